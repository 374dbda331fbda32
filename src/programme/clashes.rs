//! What cannot be at once: one speaker in two rooms, two sessions in one room.

use super::Session;

/// More than these nobody mends from a list.
const MOST: usize = 200;

/// Two sessions that cannot both be as they are said to be; the first starts no later than the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// What they cannot share.
    pub what: What,
    /// The session that starts first.
    pub first: usize,
    /// The other.
    pub second: usize,
}

/// What two sessions share at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A speaker.
    Speaker(usize),
    /// A room.
    Room(usize),
}

/// All clashes, by the start of their sessions.
pub fn clashes(sessions: &[Session]) -> Vec<Clash> {
    let mut order: Vec<usize> = (0..sessions.len()).collect();
    order.sort_by_key(|index| (sessions[*index].start, *index));
    let mut found = Vec::new();
    for (place, &first) in order.iter().enumerate() {
        let one = &sessions[first];
        let later = order[place + 1..].iter().take_while(|other| sessions[**other].start < one.end);
        for &second in later {
            let other = &sessions[second];
            if !one.overlaps(other.start, other.end) {
                continue;
            }
            match (one.room, other.room) {
                (Some(room), Some(same)) if room == same => {
                    found.push(Clash { what: What::Room(room), first, second });
                }
                _ => {
                    let shared = one.speakers.iter().filter(|speaker| other.speakers.contains(speaker));
                    found.extend(shared.map(|speaker| Clash {
                        what: What::Speaker(*speaker),
                        first,
                        second,
                    }));
                }
            }
            if found.len() >= MOST {
                return found;
            }
        }
    }
    found
}

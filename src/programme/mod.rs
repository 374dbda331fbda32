//! The programme of an event: sessions with times, rooms, speakers and audiences, as numbers. Which of them clash, how
//! each audience can attend all that is meant for it, and what the fewest changes are after which every audience can.

mod choice;
pub mod clashes;
mod fewest;
pub mod grid;
pub mod routes;
#[cfg(test)]
mod tests;
pub mod words;

pub use fewest::{Change, Proposal, fewest_changes};

/// One session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// When it starts, in minutes since any instant that is the same for all.
    pub start: i64,
    /// When it ends; not before its start.
    pub end: i64,
    /// Its room, by its number in [`Programme::rooms`].
    pub room: Option<usize>,
    /// Its speakers, by any number that is the same for one speaker.
    pub speakers: Vec<usize>,
    /// The audiences that it is meant for, each below [`Programme::audience_count`].
    pub audiences: Vec<usize>,
    /// What is shown: a session and those that repeat it have one number.
    pub talk: usize,
    /// Whether its time and room cannot be changed.
    pub is_fixed: bool,
    /// Whether it is for everybody: nothing else can be put beside it.
    pub is_plenary: bool,
    /// How many people it is for.
    pub size: Option<u32>,
}

impl Session {
    fn overlaps(&self, start: i64, end: i64) -> bool {
        self.start < end && start < self.end
    }
}

/// The sessions of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programme {
    /// The sessions that take place, in the order in which they are told.
    pub sessions: Vec<Session>,
    /// For each room, how many people it holds, if that is known.
    pub rooms: Vec<Option<u32>>,
    /// How many audiences there are.
    pub audience_count: usize,
}

impl Programme {
    /// The talks of an audience: each with the sessions at which it can be heard, in the order of their times.
    fn talks_of(&self, audience: usize) -> Vec<Vec<usize>> {
        let mut own: Vec<usize> = self
            .sessions
            .iter()
            .filter(|session| session.audiences.contains(&audience))
            .map(|session| session.talk)
            .collect();
        own.sort_unstable();
        own.dedup();
        let mut talks: Vec<Vec<usize>> = own.iter().map(|_| Vec::new()).collect();
        for (index, session) in self.sessions.iter().enumerate() {
            if let Ok(place) = own.binary_search(&session.talk) {
                talks[place].push(index);
            }
        }
        for sessions in &mut talks {
            sessions.sort_by_key(|index| (self.sessions[*index].start, *index));
        }
        talks.sort_by_key(|sessions| (self.sessions[sessions[0]].start, sessions[0]));
        talks
    }
}

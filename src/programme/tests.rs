use proptest::prelude::*;

use super::clashes::{What, clashes};
use super::routes::route;
use super::*;

/// A session of an hour that starts at an hour, in a room, for audiences.
fn at(hour: i64, room: usize, talk: usize, audiences: &[usize]) -> Session {
    Session {
        start: hour * 60,
        end: hour * 60 + 60,
        room: Some(room),
        talk,
        audiences: audiences.to_vec(),
        ..Session::default()
    }
}

fn programme(sessions: Vec<Session>, rooms: usize, audience_count: usize) -> Programme {
    Programme { sessions, rooms: vec![None; rooms], audience_count }
}

#[test]
fn a_speaker_in_two_rooms_and_a_room_with_two_sessions_are_found() {
    let mut sessions = vec![at(10, 0, 0, &[]), at(10, 1, 1, &[]), at(11, 0, 2, &[]), at(10, 0, 3, &[])];
    sessions[0].speakers = vec![7];
    sessions[1].speakers = vec![5, 7];
    sessions[2].speakers = vec![7];
    let found: Vec<(What, usize, usize)> =
        clashes(&sessions).iter().map(|clash| (clash.what, clash.first, clash.second)).collect();
    assert_eq!(
        found,
        [(What::Speaker(7), 0, 1), (What::Room(0), 0, 3)],
        "one that begins as another ends is none"
    );
}

#[test]
fn a_route_goes_to_the_repeat_that_is_free() {
    // The first audience wants 0 and 1, both at 10; 0 is repeated at 12.
    let sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[0]), at(12, 0, 0, &[0]), at(9, 0, 2, &[0, 1])];
    let route = route(&programme(sessions, 2, 2), 0);
    assert_eq!((route.attended, route.left_out.len(), route.is_most), (vec![3, 1, 2], 0, true));
}

#[test]
fn a_route_says_what_is_missed_and_what_is_heard_instead() {
    let mut long = at(10, 2, 2, &[0]);
    long.end = 12 * 60;
    let sessions = vec![at(10, 0, 0, &[0]), at(11, 1, 1, &[0]), long];
    let route = route(&programme(sessions, 3, 1), 0);
    assert_eq!(
        (route.attended, route.left_out, route.instead),
        (vec![0, 1], vec![vec![2]], vec![vec![0, 1]])
    );
}

#[test]
fn one_move_is_proposed_where_one_is_enough() {
    let sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[0]), at(11, 0, 2, &[1])];
    let found = fewest_changes(&programme(sessions, 2, 2)).unwrap();
    assert_eq!(found.changes, [Change::Move { session: 0, start: 11 * 60, room: 1 }]);
    assert!(found.is_fewest);
}

#[test]
fn what_is_fixed_is_repeated_and_a_speaker_is_in_one_place() {
    let mut sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[0]), at(11, 0, 2, &[1]), at(12, 0, 3, &[1])];
    for session in &mut sessions {
        session.is_fixed = true;
    }
    // Who speaks in the first speaks at 11 as well, and the second is for more people than the free room holds.
    sessions[0].speakers = vec![4];
    sessions[2].speakers = vec![4];
    sessions[1].size = Some(50);
    let mut programme = programme(sessions, 2, 2);
    programme.rooms[1] = Some(20);
    let found = fewest_changes(&programme).unwrap();
    assert_eq!(found.changes, [Change::Repeat { session: 0, start: 12 * 60, room: 1 }]);
}

#[test]
fn nothing_is_proposed_where_nothing_is_wrong_and_where_nothing_helps() {
    let sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[1])];
    assert!(fewest_changes(&programme(sessions, 2, 2)).unwrap().changes.is_empty());
    let sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[0])];
    assert_eq!(fewest_changes(&programme(sessions, 2, 1)), None, "there is one slot only");
}

#[test]
fn two_sessions_change_places_where_every_room_is_taken() {
    // 0 and 1 are at once for the first audience, and both rooms are taken at both times.
    let sessions = vec![at(10, 0, 0, &[0]), at(10, 1, 1, &[0]), at(11, 0, 2, &[1]), at(11, 1, 3, &[2])];
    let found = fewest_changes(&programme(sessions, 2, 3)).unwrap();
    let moved: Vec<usize> = found
        .changes
        .iter()
        .map(|change| match change {
            Change::Move { session, .. } => *session,
            Change::Repeat { .. } => panic!("there is no room for a repeat"),
        })
        .collect();
    assert_eq!((moved.len(), found.is_fewest), (2, true), "{moved:?}");
}

/// Whether a programme lets everybody attend all, with nothing wrong that its changes brought.
fn is_right(before: &Programme, changes: &[Change]) -> bool {
    let mut sessions: Vec<(Session, bool)> =
        before.sessions.iter().map(|session| (session.clone(), false)).collect();
    for change in changes {
        let (Change::Move { session, start, room } | Change::Repeat { session, start, room }) = *change;
        let mut own = before.sessions[session].clone();
        own.end = start + (own.end - own.start);
        (own.start, own.room) = (start, Some(room));
        if own.size.is_some_and(|size| before.rooms[room].is_some_and(|holds| holds < size)) {
            return false;
        }
        match change {
            Change::Move { .. } => sessions[session] = (own, true),
            Change::Repeat { .. } => sessions.push((own, true)),
        }
    }
    for (place, (one, one_changed)) in sessions.iter().enumerate() {
        for (other, other_changed) in &sessions[..place] {
            let is_meanwhile = one.overlaps(other.start, other.end) && (*one_changed || *other_changed);
            let shares = one.speakers.iter().any(|name| other.speakers.contains(name));
            if is_meanwhile && (one.room == other.room || shares || one.is_plenary || other.is_plenary) {
                return false;
            }
        }
    }
    (0..before.audience_count).all(|audience| {
        let talks: std::collections::BTreeSet<usize> = sessions
            .iter()
            .filter(|(session, _)| session.audiences.contains(&audience))
            .map(|(session, _)| session.talk)
            .collect();
        let times: Vec<Vec<(i64, i64)>> = talks
            .iter()
            .map(|talk| {
                let own = sessions.iter().filter(|(session, _)| session.talk == *talk);
                own.map(|(session, _)| (session.start, session.end)).collect()
            })
            .collect();
        attends_all(&times, &mut Vec::new())
    })
}

/// Every way of choosing, tried.
fn attends_all(talks: &[Vec<(i64, i64)>], chosen: &mut Vec<(i64, i64)>) -> bool {
    let Some(next) = talks.get(chosen.len()) else { return true };
    next.iter().any(|span| {
        if chosen.iter().any(|other| other.0 < span.1 && span.0 < other.1) {
            return false;
        }
        chosen.push(*span);
        let found = attends_all(talks, chosen);
        chosen.pop();
        found
    })
}

/// The fewest changes by trying every set of up to two.
fn by_brute_force(programme: &Programme) -> Option<usize> {
    if is_right(programme, &[]) {
        return Some(0);
    }
    let mut slots: std::collections::BTreeMap<i64, i64> = std::collections::BTreeMap::new();
    for session in programme.sessions.iter().filter(|session| !session.is_plenary) {
        let end = slots.entry(session.start).or_insert(session.end);
        *end = session.end.max(*end);
    }
    let mut all = Vec::new();
    for (session, own) in programme.sessions.iter().enumerate().filter(|(_, own)| !own.is_plenary) {
        for (&start, &end) in &slots {
            if start + own.end - own.start > end {
                continue;
            }
            for room in 0..programme.rooms.len() {
                if !own.is_fixed && (start, Some(room)) != (own.start, own.room) {
                    all.push(Change::Move { session, start, room });
                }
                all.push(Change::Repeat { session, start, room });
            }
        }
    }
    if all.iter().any(|change| is_right(programme, &[*change])) {
        return Some(1);
    }
    let moves_one_twice = |one: &Change, other: &Change| match (one, other) {
        (Change::Move { session, .. }, Change::Move { session: same, .. }) => session == same,
        _ => false,
    };
    let two = all.iter().enumerate().any(|(place, one)| {
        all[..place].iter().any(|other| !moves_one_twice(one, other) && is_right(programme, &[*one, *other]))
    });
    two.then_some(2)
}

prop_compose! {
    fn small_event()(
        rooms in prop::collection::vec(prop::option::of(prop::sample::select(vec![10, 30])), 1..4),
        sessions in prop::collection::vec(
            (0_i64..3, 0_usize..3, 0_usize..5, prop::collection::vec(0_usize..3, 0..3), any::<bool>(),
             prop::option::of(prop::sample::select(vec![5, 20])), 0_usize..6, prop::bool::weighted(0.2), prop::bool::weighted(0.15)),
            1..6),
    ) -> Programme {
        let count = rooms.len();
        let sessions = sessions.into_iter().map(|(hour, room, talk, mut audiences, is_fixed, size, speaker, is_long, is_plenary)| {
            let mut session = at(hour, room % count, talk, &[]);
            audiences.sort_unstable();
            audiences.dedup();
            session.end += if is_long { 60 } else { 0 };
            (session.is_fixed, session.size, session.speakers) = (is_fixed, size, vec![speaker]);
            session.audiences = if is_plenary { vec![0, 1, 2] } else { audiences };
            session.is_plenary = is_plenary;
            session
        }).collect();
        Programme { sessions, rooms, audience_count: 3 }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_fewest_changes_are_as_few_as_by_trying_all(programme in small_event()) {
        let found = fewest_changes(&programme);
        let brute = by_brute_force(&programme);
        if let Some(found) = &found {
            prop_assert!(is_right(&programme, &found.changes), "{found:?}");
        }
        match (brute, &found) {
            (Some(count), Some(found)) => {
                prop_assert_eq!(found.changes.len(), count);
                prop_assert!(found.is_fewest);
            }
            (Some(count), None) => prop_assert!(false, "{count} are enough"),
            (None, Some(found)) => prop_assert!(found.changes.len() > 2, "{found:?}"),
            (None, None) => {}
        }
    }

    #[test]
    fn a_route_is_as_long_as_any(programme in small_event()) {
        for audience in 0..3 {
            let route = route(&programme, audience);
            let sessions = &programme.sessions;
            for (place, one) in route.attended.iter().enumerate() {
                for other in &route.attended[..place] {
                    let other = &sessions[*other];
                    prop_assert!(!sessions[*one].overlaps(other.start, other.end));
                    prop_assert!(sessions[*one].talk != other.talk);
                }
            }
            let talks: std::collections::BTreeSet<usize> = sessions.iter().filter(|own| own.audiences.contains(&audience)).map(|own| own.talk).collect();
            prop_assert_eq!(route.attended.len() + route.left_out.len(), talks.len());
            let times: Vec<Vec<(i64, i64)>> = talks.iter().map(|talk| {
                sessions.iter().filter(|own| own.talk == *talk).map(|own| (own.start, own.end)).collect()
            }).collect();
            let most = (0..1_usize << times.len()).filter(|set| {
                let own: Vec<Vec<(i64, i64)>> = times.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, spans)| spans.clone()).collect();
                attends_all(&own, &mut Vec::new())
            }).map(usize::count_ones).max();
            prop_assert_eq!(most, u32::try_from(route.attended.len()).ok());
            prop_assert!(route.is_most);
        }
    }
}

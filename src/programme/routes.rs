//! The way of one audience through an event: as many of the talks that are meant for it as can be heard, and those
//! that cannot.

use super::Programme;
use super::choice::{Choice, Span, choose, groups};

/// Choices are looked at so often before the best that was found has to do.
const MOST_CHOICES: usize = 400;

/// The way of one audience.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The sessions to go to, by time.
    pub attended: Vec<usize>,
    /// What is meant for the audience and cannot be heard: the sessions of each talk.
    pub left_out: Vec<Vec<usize>>,
    /// For each talk that cannot be heard, sessions of the route that are at the same time as one of its own.
    pub instead: Vec<Vec<usize>>,
    /// Whether it is known that no more can be heard.
    pub is_most: bool,
}

/// The way of an audience; empty where nothing is meant for it.
pub fn route(programme: &Programme, audience: usize) -> Route {
    let talks = programme.talks_of(audience);
    let span = |session: &usize| {
        let session = &programme.sessions[*session];
        (session.start, session.end)
    };
    let spans: Vec<Vec<Span>> = talks.iter().map(|sessions| sessions.iter().map(span).collect()).collect();
    let mut route = Route { is_most: true, ..Route::default() };
    for group in groups(&spans) {
        let own: Vec<Vec<Span>> = group.iter().map(|talk| spans[*talk].clone()).collect();
        let (chosen, is_most) = most(&own);
        route.is_most &= is_most;
        for (talk, chosen) in group.iter().zip(chosen) {
            match chosen {
                Some(session) => route.attended.push(talks[*talk][session]),
                None => route.left_out.push(talks[*talk].clone()),
            }
        }
    }
    let time = |session: &usize| (programme.sessions[*session].start, *session);
    route.attended.sort_by_key(time);
    route.left_out.sort_by_key(|sessions| time(&sessions[0]));
    let beside = |sessions: &Vec<usize>| {
        let is_beside = |attended: &&usize| {
            let (start, end) = span(attended);
            sessions.iter().any(|session| programme.sessions[*session].overlaps(start, end))
        };
        route.attended.iter().filter(is_beside).copied().collect()
    };
    route.instead = route.left_out.iter().map(beside).collect();
    route
}

/// For each talk the session to go to, so that as many as possible are heard; and whether more are surely not.
fn most(talks: &[Vec<Span>]) -> (Vec<Option<usize>>, bool) {
    if let Choice::Found(chosen) = choose(talks) {
        return (chosen.into_iter().map(Some).collect(), true);
    }
    let at_least = earliest_end(talks);
    // Where nothing is repeated, going to what ends first gives the most.
    if talks.iter().all(|spans| spans.len() == 1) {
        return (at_least, true);
    }
    let missed = at_least.iter().filter(|chosen| chosen.is_none()).count();
    let mut left = MOST_CHOICES;
    let all: Vec<usize> = (0..talks.len()).collect();
    for fewer in 1..missed {
        match without(talks, &all, fewer, &mut left) {
            Some(Some(better)) => return (better, true),
            Some(None) => {}
            None => return (at_least, false),
        }
    }
    (at_least, true)
}

/// A choice for all but so many of the talks in a list; none if there is none. Nothing at all where it took too long.
#[expect(clippy::option_option, reason = "the two ways of finding nothing differ")]
fn without(
    talks: &[Vec<Span>],
    list: &[usize],
    fewer: usize,
    left: &mut usize,
) -> Option<Option<Vec<Option<usize>>>> {
    *left = left.checked_sub(1)?;
    let spans: Vec<Vec<Span>> = list.iter().map(|talk| talks[*talk].clone()).collect();
    match choose(&spans) {
        Choice::Found(found) => {
            let mut chosen = vec![None; talks.len()];
            for (talk, session) in list.iter().zip(found) {
                chosen[*talk] = Some(session);
            }
            Some(Some(chosen))
        }
        Choice::Unknown => None,
        Choice::Impossible(_) if fewer == 0 => Some(None),
        // One of those that cannot all be heard is missed, whatever else is.
        Choice::Impossible(core) => {
            for place in core {
                let rest: Vec<usize> = list.iter().copied().filter(|talk| *talk != list[place]).collect();
                if let Some(found) = without(talks, &rest, fewer - 1, left)? {
                    return Some(Some(found));
                }
            }
            Some(None)
        }
    }
}

/// Always what ends first of what can still be reached.
pub(super) fn earliest_end(talks: &[Vec<Span>]) -> Vec<Option<usize>> {
    let mut all: Vec<(i64, i64, usize, usize)> = Vec::new();
    for (talk, spans) in talks.iter().enumerate() {
        all.extend(spans.iter().enumerate().map(|(session, span)| (span.1, span.0, talk, session)));
    }
    all.sort_unstable();
    let mut chosen = vec![None; talks.len()];
    let mut free_from = i64::MIN;
    for (end, start, talk, session) in all {
        if start >= free_from && chosen[talk].is_none() {
            chosen[talk] = Some(session);
            free_from = end;
        }
    }
    chosen
}

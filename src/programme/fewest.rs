//! The fewest repeats or moves after which every audience can attend all that is meant for it. Rooms are free and large
//! enough, no speaker is in two places, and what is fixed stays.
//!
//! An exact search by iterative deepening: whatever is wrong with a programme, one of a few changes must be among any
//! that mend it, so only those are tried. Times are chosen first, and rooms for them at the end. Where it takes too long,
//! what is best at each step is taken instead.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Choice, Span, choose, overlap};
use super::routes::earliest_end;
use super::{Programme, Session};

/// More changes than these are a new programme.
const MOST_CHANGES: usize = 6;

/// So many programmes are looked at before what is best at each step has to do; fewer where an audience has many talks,
/// because each is compared with each.
const MOST_PROGRAMMES: usize = 20_000;
const LEAST_PROGRAMMES: usize = 200;
const MOST_COMPARED: usize = 50_000_000;

/// So many steps are taken by what is best at each.
const MOST_STEPS: usize = 40;

/// So many ways of giving rooms to changed sessions are tried.
const MOST_ROOMS: usize = 5_000;

/// One change of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A session takes place at another time or in another room.
    Move {
        /// Its number.
        session: usize,
        /// Its new start.
        start: i64,
        /// Its new room.
        room: usize,
    },
    /// A session takes place a further time.
    Repeat {
        /// Its number.
        session: usize,
        /// When.
        start: i64,
        /// Where.
        room: usize,
    },
}

/// Changes after which every audience can attend all that is meant for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The changes, by time.
    pub changes: Vec<Change>,
    /// Whether it is known that fewer are not enough.
    pub is_fewest: bool,
}

/// The fewest changes that let every audience attend all of its sessions; none where none were found.
pub fn fewest_changes(programme: &Programme) -> Option<Proposal> {
    let search = Search::new(programme);
    let proposal = |state: &State, is_fewest| {
        let changes = search.with_rooms(state)?;
        Some(Proposal { changes, is_fewest })
    };
    let Ok(start) = search.start() else { return None };
    let most_talks = search.talks.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut left = (MOST_COMPARED / (most_talks * most_talks)).clamp(LEAST_PROGRAMMES, MOST_PROGRAMMES);
    for count in start.least_changes()..=MOST_CHANGES {
        match search.deepen(&start, count, &mut left, &mut BTreeSet::new()) {
            Ok(Some(state)) => return proposal(&state, true),
            Ok(None) => {}
            Err(TooLong) => break,
        }
    }
    proposal(&search.step_by_step(start)?, false)
}

struct TooLong;

/// A session at the time that it has in a changed programme.
#[derive(Debug, Clone, Copy)]
struct Placed {
    session: usize,
    start: i64,
    end: i64,
    is_changed: bool,
}

/// A change whose room is still open; moves come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Move { session: usize, start: i64 },
    Repeat { session: usize, start: i64 },
}

/// A programme after some steps.
#[derive(Debug, Clone, Default)]
struct State {
    /// The sessions of the programme, then the repeats.
    placed: Vec<Placed>,
    steps: Vec<Step>,
    /// For each audience, talks that it cannot all hear.
    cores: Vec<Option<Vec<usize>>>,
}

impl State {
    /// Talks of different lists have nothing in common, so each list needs a change of its own.
    fn least_changes(&self) -> usize {
        let mut used: BTreeSet<usize> = BTreeSet::new();
        let mut count = 0;
        for core in self.cores.iter().flatten() {
            if core.iter().all(|talk| !used.contains(talk)) {
                used.extend(core);
                count += 1;
            }
        }
        count
    }
}

struct Search<'a> {
    programme: &'a Programme,
    /// For each audience, the numbers of its talks.
    talks: Vec<Vec<usize>>,
    /// When something can be put: the starts of sessions beside others, and the latest end of those that start there.
    slots: BTreeMap<i64, i64>,
}

impl<'a> Search<'a> {
    fn new(programme: &'a Programme) -> Self {
        let talks = (0..programme.audience_count).map(|audience| {
            let talks = programme.talks_of(audience);
            talks.iter().map(|sessions| programme.sessions[sessions[0]].talk).collect()
        });
        let mut slots: BTreeMap<i64, i64> = BTreeMap::new();
        for session in programme.sessions.iter().filter(|session| !session.is_plenary) {
            let end = slots.entry(session.start).or_insert(session.end);
            *end = session.end.max(*end);
        }
        Self { programme, talks: talks.collect(), slots }
    }

    fn session(&self, placed: &Placed) -> &'a Session {
        &self.programme.sessions[placed.session]
    }

    fn start(&self) -> Result<State, TooLong> {
        let placed = self.programme.sessions.iter().enumerate().map(|(session, own)| Placed {
            session,
            start: own.start,
            end: own.end,
            is_changed: false,
        });
        let mut state = State { placed: placed.collect(), ..State::default() };
        for audience in 0..self.talks.len() {
            let core = self.core(&state, audience)?;
            state.cores.push(core);
        }
        Ok(state)
    }

    fn spans(&self, state: &State, audience: usize) -> Vec<Vec<Span>> {
        let mut spans = vec![Vec::new(); self.talks[audience].len()];
        for placed in &state.placed {
            let talk = self.session(placed).talk;
            if let Some(place) = self.talks[audience].iter().position(|own| *own == talk) {
                spans[place].push((placed.start, placed.end));
            }
        }
        spans
    }

    /// Talks that an audience cannot all hear.
    fn core(&self, state: &State, audience: usize) -> Result<Option<Vec<usize>>, TooLong> {
        match choose(&self.spans(state, audience)) {
            Choice::Found(_) => Ok(None),
            Choice::Impossible(core) => {
                Ok(Some(core.into_iter().map(|place| self.talks[audience][place]).collect()))
            }
            Choice::Unknown => Err(TooLong),
        }
    }

    /// The programme after one more step.
    fn after(&self, state: &State, step: Step) -> Result<State, TooLong> {
        let mut next = state.clone();
        next.steps.push(step);
        let (Step::Move { session, start } | Step::Repeat { session, start }) = step;
        let own = &self.programme.sessions[session];
        let placed = Placed { session, start, end: start + (own.end - own.start), is_changed: true };
        let is_move = matches!(step, Step::Move { .. });
        if is_move {
            next.placed[session] = placed;
        } else {
            next.placed.push(placed);
        }
        for audience in 0..self.talks.len() {
            // A repeat takes nothing from those who can attend all.
            let is_touched = self.talks[audience].contains(&own.talk);
            if is_touched && (is_move || next.cores[audience].is_some()) {
                next.cores[audience] = self.core(&next, audience)?;
            }
        }
        Ok(next)
    }

    fn deepen(
        &self,
        state: &State,
        steps: usize,
        left: &mut usize,
        seen: &mut BTreeSet<Vec<Step>>,
    ) -> Result<Option<State>, TooLong> {
        let Some(candidates) = self.mending(state) else { return Ok(Some(state.clone())) };
        if steps == 0 || state.least_changes() > steps {
            return Ok(None);
        }
        for step in candidates {
            let mut all = state.steps.clone();
            all.push(step);
            all.sort_unstable();
            if !seen.insert(all) {
                continue;
            }
            *left = left.checked_sub(1).ok_or(TooLong)?;
            let next = self.after(state, step)?;
            if let Some(found) = self.deepen(&next, steps - 1, left, seen)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Steps of which one must be among any that mend the programme; none where nothing is wrong with it.
    fn mending(&self, state: &State) -> Option<Vec<Step>> {
        let shortest = state.cores.iter().flatten().min_by_key(|core| core.len());
        if let Some(core) = shortest {
            return Some(self.changes_of(state, core));
        }
        if let Some((one, other)) = self.speaker_twice(state) {
            let places = [one, other].into_iter();
            return Some(places.flat_map(|place| self.moves(state, place, false)).collect());
        }
        if self.with_rooms(state).is_none() {
            let changed: Vec<Span> = changed(state).map(|placed| (placed.start, placed.end)).collect();
            let is_near =
                |placed: &Placed| changed.iter().any(|span| overlap(*span, (placed.start, placed.end)));
            let near = (0..self.programme.sessions.len()).filter(|place| is_near(&state.placed[*place]));
            return Some(near.flat_map(|place| self.moves(state, place, true)).collect());
        }
        None
    }

    /// Every move and repeat of some talks, moves first.
    fn changes_of(&self, state: &State, talks: &[usize]) -> Vec<Step> {
        let sessions = || {
            let all = self.programme.sessions.iter().enumerate();
            all.filter(|(_, session)| talks.contains(&session.talk)).map(|(index, _)| index)
        };
        let moves = sessions().flat_map(|session| self.moves(state, session, false));
        moves.chain(sessions().flat_map(|session| self.repeats(state, session))).collect()
    }

    /// The starts at which a session can be put.
    fn starts(&self, session: usize) -> impl Iterator<Item = i64> {
        let own = &self.programme.sessions[session];
        let length = own.end - own.start;
        let is_free = move |start: i64| {
            let plenaries = self.programme.sessions.iter().filter(|session| session.is_plenary);
            plenaries.clone().all(|plenary| !plenary.overlaps(start, start + length))
        };
        let fitting = self.slots.iter().filter(move |(start, end)| *start + length <= **end);
        fitting.map(|(start, _)| *start).filter(move |start| is_free(*start))
    }

    /// The moves of a session that was not moved yet; with `in_place`, to another room at the same time as well.
    fn moves(&self, state: &State, session: usize, in_place: bool) -> Vec<Step> {
        let Some(own) = self.programme.sessions.get(session) else { return Vec::new() };
        if own.is_fixed || own.is_plenary || state.placed[session].is_changed {
            return Vec::new();
        }
        let starts = self.starts(session).filter(|start| in_place || *start != own.start);
        starts.map(|start| Step::Move { session, start }).collect()
    }

    /// The repeats of a session at times when its talk is not to be heard already.
    fn repeats(&self, state: &State, session: usize) -> Vec<Step> {
        let own = &self.programme.sessions[session];
        if own.is_plenary {
            return Vec::new();
        }
        let is_alike = |other: &Session| {
            other.talk == own.talk
                && other.speakers == own.speakers
                && other.size == own.size
                && other.end - other.start == own.end - own.start
        };
        if self.programme.sessions[..session].iter().any(is_alike) {
            return Vec::new();
        }
        let is_new = |start: &i64| {
            let span = (*start, *start + own.end - own.start);
            let same =
                |placed: &Placed| (placed.start, placed.end) == span && self.session(placed).talk == own.talk;
            !state.placed.iter().any(same)
        };
        self.starts(session).filter(is_new).map(|start| Step::Repeat { session, start }).collect()
    }

    /// Two sessions at one time with one speaker, at least one of them changed.
    fn speaker_twice(&self, state: &State) -> Option<(usize, usize)> {
        let is_twice = |one: &Placed, other: &Placed| {
            overlap((one.start, one.end), (other.start, other.end))
                && self.session(one).speakers.iter().any(|name| self.session(other).speakers.contains(name))
        };
        state.placed.iter().enumerate().filter(|(_, placed)| placed.is_changed).find_map(|(place, placed)| {
            let others = state.placed.iter().enumerate();
            others
                .filter(|(other, _)| *other != place)
                .find(|(_, other)| is_twice(placed, other))
                .map(|(other, _)| (place.min(other), place.max(other)))
        })
    }

    /// The steps with a room for each; none where there are not enough.
    fn with_rooms(&self, state: &State) -> Option<Vec<Change>> {
        let changed: Vec<&Placed> = changed(state).collect();
        let mut rooms = Vec::new();
        if !self.give_rooms(state, &changed, &mut rooms, &mut MOST_ROOMS.clone()) {
            return None;
        }
        let mut by_time: Vec<(i64, Change)> = Vec::new();
        for (placed, room) in changed.iter().zip(rooms) {
            let (session, start) = (placed.session, placed.start);
            let is_move = state.steps.contains(&Step::Move { session, start });
            let is_own = std::ptr::eq(*placed, &raw const state.placed[session]);
            let change = if is_move && is_own {
                Change::Move { session, start, room }
            } else {
                Change::Repeat { session, start, room }
            };
            by_time.push((start, change));
        }
        by_time.sort_unstable();
        Some(by_time.into_iter().map(|(_, change)| change).collect())
    }

    /// Gives the next of the changed sessions a room, the first that leaves rooms for the others.
    fn give_rooms(
        &self,
        state: &State,
        changed: &[&Placed],
        rooms: &mut Vec<usize>,
        left: &mut usize,
    ) -> bool {
        let Some(next) = changed.get(rooms.len()) else { return true };
        let span = (next.start, next.end);
        let is_meanwhile = |other: &Placed| overlap(span, (other.start, other.end));
        // Its own room first: that changes least.
        let own_room = self.session(next).room;
        let others = (0..self.programme.rooms.len()).filter(|room| Some(*room) != own_room);
        for room in own_room.into_iter().chain(others) {
            let holds = self.programme.rooms.get(room).copied().flatten();
            let Some(fewer) = left.checked_sub(1) else { return false };
            *left = fewer;
            let fits = self.session(next).size.is_none_or(|size| holds.is_none_or(|holds| holds >= size));
            let stays = |other: &&Placed| !other.is_changed && self.session(other).room == Some(room);
            let is_taken = state.placed.iter().filter(stays).any(is_meanwhile)
                || changed.iter().zip(rooms.iter()).any(|(other, own)| *own == room && is_meanwhile(other));
            // In its own room and at its own time a session is not changed.
            let own = self.session(next);
            let is_same = own.room == Some(room) && own.start == next.start;
            if !fits || is_taken || is_same {
                continue;
            }
            rooms.push(room);
            if self.give_rooms(state, changed, rooms, left) {
                return true;
            }
            rooms.pop();
        }
        false
    }

    /// What is best at each step: after it the fewest talks are missed, and nothing else is wrong.
    fn step_by_step(&self, mut state: State) -> Option<State> {
        for _ in 0..MOST_STEPS {
            let Some(core) = state.cores.iter().flatten().min_by_key(|core| core.len()) else {
                return Some(state);
            };
            let missed = self.missed(&state);
            let mut best: Option<(usize, State)> = None;
            for step in self.changes_of(&state, core) {
                let Ok(next) = self.after(&state, step) else { return None };
                let count = self.missed(&next);
                if count >= best.as_ref().map_or(missed, |(count, _)| *count) {
                    continue;
                }
                if self.speaker_twice(&next).is_none() && self.with_rooms(&next).is_some() {
                    best = Some((count, next));
                }
            }
            state = best?.1;
        }
        None
    }

    /// How many talks all audiences together miss.
    fn missed(&self, state: &State) -> usize {
        let audiences = (0..self.talks.len()).filter(|audience| state.cores[*audience].is_some());
        audiences
            .map(|audience| {
                let chosen = earliest_end(&self.spans(state, audience));
                chosen.iter().filter(|chosen| chosen.is_none()).count()
            })
            .sum()
    }
}

fn changed(state: &State) -> impl Iterator<Item = &Placed> {
    state.placed.iter().filter(|placed| placed.is_changed)
}

//! The sessions of each event together: when each takes place on the clocks of its event, who it is for, which repeats
//! which; what is wrong between them, and how everybody can attend all that is meant for them.

mod advice;
mod changed;
mod checks;
mod names;
mod speakers;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

pub use advice::advice;
pub use speakers::{Speaker, names_speakers, speakers};

use super::{PageIndex, Relation, Site};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::programme::{self, routes};
use crate::text::LocalTime;
use names::Numbered;

/// A session of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSession {
    /// Its page.
    pub page: PageIndex,
    /// When it starts, on the clocks of the event.
    pub start: LocalTime,
    /// When it ends.
    pub end: LocalTime,
    /// Whether it does not take place.
    pub is_cancelled: bool,
}

/// The programme of one event.
#[derive(Debug, Clone)]
pub struct Programme {
    /// The event's page.
    pub event: PageIndex,
    /// The zone of all its times.
    pub zone: TimeZone,
    /// Its sessions that have a day, by time.
    pub sessions: Vec<EventSession>,
    /// Those for whom its sessions are, in the order in which they are first named.
    pub audiences: Vec<String>,
    rooms: Vec<String>,
    /// The sessions with times that take place, as numbers.
    model: programme::Programme,
    /// For each session of the model, its place in `sessions`.
    placed: Vec<usize>,
}

/// How one audience goes through an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudienceRoute<'a> {
    /// Who.
    pub audience: &'a str,
    /// The sessions to go to, by time.
    pub attended: Vec<&'a EventSession>,
    /// What is meant for the audience and cannot be attended.
    pub left_out: Vec<LeftOut<'a>>,
    /// Whether it is known that nobody could attend more.
    pub is_most: bool,
}

/// A session, with those that repeat it, that an audience cannot attend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut<'a> {
    /// Its sessions, by time.
    pub sessions: Vec<&'a EventSession>,
    /// What the route goes to at the same time.
    pub instead: Vec<&'a EventSession>,
}

/// So many audiences are given routes, those that are named first.
const MOST_AUDIENCES: usize = 60;

/// Of a programme with more sessions nobody expects a way through all of it.
const MOST_SESSIONS: usize = 1_000;

impl Programme {
    /// A route for each audience, in the order of [`Programme::audiences`]; none for a programme of a size that no
    /// event has.
    pub fn routes(&self) -> Vec<AudienceRoute<'_>> {
        if self.model.sessions.len() > MOST_SESSIONS {
            return Vec::new();
        }
        (0..self.audiences.len().min(MOST_AUDIENCES)).map(|audience| self.route(audience)).collect()
    }

    /// Whether its last day has passed, on its own clocks.
    pub fn is_over(&self, site: &Site) -> bool {
        let today = self.zone.to_datetime(site.now).date();
        days(&site.pages[self.event].parsed).is_some_and(|(_, last)| last < today)
    }

    fn route(&self, audience: usize) -> AudienceRoute<'_> {
        let found = routes::route(&self.model, audience);
        let sessions = |numbers: &[usize]| numbers.iter().map(|number| self.session(*number)).collect();
        let left_out = found
            .left_out
            .iter()
            .zip(&found.instead)
            .map(|(talk, instead)| LeftOut { sessions: sessions(talk), instead: sessions(instead) });
        AudienceRoute {
            audience: &self.audiences[audience],
            attended: sessions(&found.attended),
            left_out: left_out.collect(),
            is_most: found.is_most,
        }
    }

    /// Whether anybody has to be told of a way: where nothing is at once, there is one for all.
    pub fn has_choices(&self) -> bool {
        let sessions = &self.model.sessions;
        let is_beside = |(place, one): (usize, &programme::Session)| {
            sessions[..place].iter().any(|other| one.start < other.end && other.start < one.end)
        };
        sessions.iter().enumerate().any(is_beside)
    }

    fn session(&self, number: usize) -> &EventSession {
        &self.sessions[self.placed[number]]
    }

    /// Minutes of the model on the clocks of the event.
    fn local(&self, minutes: i64) -> LocalTime {
        let instant = Timestamp::from_second(minutes.saturating_mul(60)).unwrap_or_default();
        let local = self.zone.to_datetime(instant);
        LocalTime { date: local.date(), time: Some(local.time()) }
    }
}

impl Site {
    /// The zone of the times of a page: an event's own, a session's that of its event, and else the site's.
    pub fn zone_of(&self, page: PageIndex) -> &TimeZone {
        self.programme_of(page).map_or(&self.config.timezone, |programme| &programme.zone)
    }

    /// The programme that a page belongs to: that of an event, or of a session's event.
    pub fn programme_of(&self, page: PageIndex) -> Option<&Programme> {
        let event = match self.pages[page].parsed.kind.name {
            "event" => page,
            "session" => named(&self.pages[page].outgoing, "event")?,
            _ => return None,
        };
        self.programmes.get(&event)
    }
}

/// Whether a page says that what it is about does not take place.
pub(super) fn is_cancelled(page: &ParsedPage) -> bool {
    page.values.text("cancelled").is_some_and(|why| !matches!(why.to_lowercase().as_str(), "false" | "no"))
}

fn named(relations: &[Relation], field: &str) -> Option<PageIndex> {
    relations.iter().find(|relation| relation.field == field).map(|relation| relation.page)
}

/// The programmes of all events, and what is wrong with them.
pub(super) fn programmes(
    pages: &[ParsedPage],
    relations: &[Vec<Relation>],
    site_zone: &TimeZone,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<PageIndex, Programme> {
    let mut of_event: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        match page.kind.name {
            "event" => drop(of_event.entry(index).or_default()),
            "session" => {
                let event =
                    named(&relations[index], "event").filter(|event| pages[*event].kind.name == "event");
                if let Some(event) = event {
                    of_event.entry(event).or_default().push(index);
                }
            }
            _ => {}
        }
    }
    let repeats: BTreeMap<PageIndex, PageIndex> = (0..pages.len())
        .filter(|page| pages[*page].kind.name == "session")
        .filter_map(|page| Some((page, named(&relations[page], "repeats_as")?)))
        .collect();
    checks::circles(pages, &repeats, problems);
    let mut made = BTreeMap::new();
    for (event, mut sessions) in of_event {
        sessions.sort_by_key(|session| (pages[*session].values.local_time("start"), *session));
        let zone = pages[event].values.text("timezone").and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| site_zone.clone());
        checks::clocks(&pages[event], &zone, ["starts", "ends"], problems);
        for session in &sessions {
            checks::clocks(&pages[*session], &zone, ["start", "end"], problems);
            checks::inside(&pages[event], &pages[*session], problems);
        }
        checks::repeats(pages, event, &sessions, &repeats, relations, problems);
        let programme = programme(pages, event, zone, &sessions, &repeats);
        checks::rooms(pages, &programme, problems);
        checks::clashes(pages, &programme, problems);
        made.insert(event, programme);
    }
    made
}

/// Names of audiences that mean all of them.
const EVERYONE: [&str; 7] =
    ["everyone", "everybody", "all", "anyone", "alldelegates", "allattendees", "allaudiences"];

fn programme(
    pages: &[ParsedPage],
    event: PageIndex,
    zone: TimeZone,
    pages_of: &[PageIndex],
    repeats: &BTreeMap<PageIndex, PageIndex>,
) -> Programme {
    let sessions: Vec<EventSession> = pages_of
        .iter()
        .filter_map(|page| {
            let start = pages[*page].values.local_time("start")?;
            let end = pages[*page].values.local_time("end").unwrap_or(start);
            Some(EventSession { page: *page, start, end, is_cancelled: is_cancelled(&pages[*page]) })
        })
        .collect();
    let talks = talks(pages_of, repeats);
    let (mut rooms, mut speakers, mut audiences) =
        (Numbered::default(), Numbered::default(), Numbered::default());
    let mut holds = Vec::new();
    for room in pages[event].values.groups("rooms") {
        let Some(name) = room.value.text("name") else { continue };
        rooms.number(name);
        holds.resize(rooms.names.len(), None);
        holds[rooms.names.len() - 1] = size(room.value.integer("capacity"));
    }
    let mut model = programme::Programme::default();
    let mut placed = Vec::new();
    let mut for_everyone: BTreeSet<usize> = BTreeSet::new();
    for (place, session) in sessions.iter().enumerate().filter(|(_, session)| !session.is_cancelled) {
        let (Some(start), Some(end)) = (minutes(&zone, session.start), minutes(&zone, session.end)) else {
            continue;
        };
        let values = &pages[session.page].values;
        let audience_names: Vec<&str> = values.texts("audiences").map(|audience| audience.value).collect();
        let is_all = |name: &&str| EVERYONE.contains(&names::key(name).as_str());
        if audience_names.iter().any(is_all) {
            for_everyone.insert(model.sessions.len());
        }
        let own = audience_names.iter().filter(|name| !is_all(name)).map(|name| audiences.number(name));
        let mut own: Vec<usize> = own.collect();
        own.sort_unstable();
        own.dedup();
        placed.push(place);
        model.sessions.push(programme::Session {
            start,
            end: end.max(start),
            room: values.text("room").map(|room| rooms.number(room)),
            speakers: values
                .texts("speakers")
                .map(|name| speakers.number(&names::person(name.value)))
                .collect(),
            audiences: own,
            talk: talks.get(&session.page).copied().unwrap_or(session.page),
            is_fixed: values.flag("fixed") == Some(true),
            is_plenary: false,
            size: size(values.integer("capacity")),
        });
    }
    holds.resize(rooms.names.len(), None);
    let mut audiences = audiences.names;
    if audiences.is_empty() {
        audiences.push("Everyone".to_string());
    }
    mark_plenaries(&mut model, &for_everyone, audiences.len());
    model.rooms = holds;
    model.audience_count = audiences.len();
    Programme { event, zone, sessions, audiences, rooms: rooms.names, model, placed }
}

/// What is for everybody belongs to every audience, and so does what names nobody and has nothing beside it, such as
/// lunch. Two sessions for everybody at one time are no plenaries: one of them can be moved.
fn mark_plenaries(model: &mut programme::Programme, for_everyone: &BTreeSet<usize>, audience_count: usize) {
    let times: Vec<(i64, i64)> = model.sessions.iter().map(|session| (session.start, session.end)).collect();
    let is_meanwhile = |one: usize, other: &usize| {
        one != *other && times[one].0 < times[*other].1 && times[*other].0 < times[one].1
    };
    for number in 0..times.len() {
        let names_nobody = model.sessions[number].audiences.is_empty() && !for_everyone.contains(&number);
        let is_alone = || !(0..times.len()).any(|other| is_meanwhile(number, &other));
        let is_for_all = for_everyone.contains(&number) || (names_nobody && is_alone());
        if is_for_all {
            let session = &mut model.sessions[number];
            session.audiences = (0..audience_count).collect();
            session.is_plenary = !for_everyone.iter().any(|other| is_meanwhile(number, other));
        }
    }
}

/// For each session, a number that it shares with those that repeat it.
fn talks(sessions: &[PageIndex], repeats: &BTreeMap<PageIndex, PageIndex>) -> BTreeMap<PageIndex, usize> {
    let mut talk: BTreeMap<PageIndex, usize> = sessions.iter().map(|session| (*session, *session)).collect();
    for (one, other) in repeats {
        if let (Some(from), Some(to)) = (talk.get(one).copied(), talk.get(other).copied()) {
            talk.values_mut()
                .filter(|number| **number == from.max(to))
                .for_each(|number| *number = from.min(to));
        }
    }
    talk
}

fn size(number: Option<i64>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

/// Of a time that happens twice the first is meant, and one that does not exist is as much later as the clocks jump.
fn instant(zone: &TimeZone, time: LocalTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(DateTime::from_parts(time.date, time.time?)).compatible().ok()
}

fn minutes(zone: &TimeZone, time: LocalTime) -> Option<i64> {
    Some(instant(zone, time)?.as_second().div_euclid(60))
}

/// The first and the last day of an event.
pub(super) fn days(event: &ParsedPage) -> Option<(Date, Date)> {
    let first = event.values.date("starts")?;
    Some((first, event.values.date("ends").unwrap_or(first)))
}

//! The programme of an event, as its page and the pages of its sessions show it: the table of each day, what repeats
//! what, what ran at the same time, and by what sessions can be found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use tera::Value;

use super::Views;
use crate::programme::grid::{Cell, Grid, Row, Slot, grid};
use crate::programme::words;
use crate::render::address::encoded;
use crate::render::value::{map, optional};
use crate::site::{PageIndex, Site};
use crate::text::{LocalTime, long_date};

/// With more rooms than this a day scrolls in a frame of its own.
const FEW_ROOMS: usize = 4;

/// The sessions of one event, by time.
pub(in crate::render) struct Programme {
    pub(super) zone: TimeZone,
    pub(super) sessions: Vec<Session>,
    /// Sessions without a time: drafts.
    untimed: Vec<PageIndex>,
    /// Whether its last day has passed when the site is built.
    pub(super) is_over: bool,
    /// What sessions can be looked for by, in order.
    pub(super) audiences: Vec<String>,
    pub(super) themes: Vec<String>,
    /// Where each page stands among the sessions.
    places: BTreeMap<PageIndex, usize>,
}

/// A session in time.
pub(in crate::render) struct Session {
    pub(super) page: PageIndex,
    pub(super) start: LocalTime,
    pub(super) end: LocalTime,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(in crate::render) room: Option<String>,
    /// The number of the first of those that are the same session at other times.
    pub(super) group: usize,
    /// Whether it does not take place; it stays in the programme, so that nobody waits at its door.
    pub(super) is_cancelled: bool,
}

impl Session {
    /// A session of whole days takes no place in a table of times.
    fn is_timed(&self) -> bool {
        self.start.time.is_some()
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// The programmes of all events that have sessions.
pub(in crate::render) fn programmes(site: &Site, today: Date) -> BTreeMap<PageIndex, Programme> {
    let events = (0..site.pages.len()).filter(|page| site.pages[*page].parsed.kind.name == "event");
    let programmes = events.map(|event| (event, Programme::of(site, event, today)));
    programmes.filter(|(_, programme)| programme.has_sessions()).collect()
}

impl Programme {
    fn of(site: &Site, event: PageIndex, today: Date) -> Self {
        let values = &site.pages[event].parsed.values;
        let zone = values.text("timezone").and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| site.config.timezone.clone());
        let mut sessions = Vec::new();
        let mut untimed = Vec::new();
        let of_event = site.pages[event].incoming.iter().filter(|relation| relation.field == "event");
        for page in of_event.map(|relation| relation.page) {
            let values = &site.pages[page].parsed.values;
            let Some(start) = values.local_time("start") else {
                untimed.push(page);
                continue;
            };
            let end = values.local_time("end").filter(|end| *end >= start).unwrap_or(start);
            let from = instant(&zone, start.date, start.time.unwrap_or(Time::midnight()));
            let to = match end.time {
                Some(time) => instant(&zone, end.date, time),
                None if start.time.is_some() => from,
                None => instant(&zone, end.date.tomorrow().unwrap_or(end.date), Time::midnight()),
            };
            let room = values.text("room").map(|room| room.split_whitespace().collect::<Vec<_>>().join(" "));
            let cancelled = values.text("cancelled").map(str::to_lowercase);
            let is_cancelled = cancelled.is_some_and(|why| !matches!(why.as_str(), "false" | "no"));
            sessions.push(Session { page, start, end, from, to: to.max(from), room, group: 0, is_cancelled });
        }
        sessions.sort_by(|one, other| {
            let key = |session: &Session| (session.from, session.to, session.room.clone(), session.page);
            key(one).cmp(&key(other))
        });
        let places: BTreeMap<PageIndex, usize> =
            sessions.iter().enumerate().map(|(number, session)| (session.page, number)).collect();
        for (number, group) in groups(site, &sessions, &places).into_iter().enumerate() {
            sessions[number].group = group;
        }
        let last_day = values.local_time("ends").or_else(|| values.local_time("starts"));
        let last_day =
            sessions.iter().map(|session| session.end.date).chain(last_day.map(|day| day.date)).max();
        let words = |field: &str| -> Vec<String> {
            let texts =
                sessions.iter().flat_map(|session| site.pages[session.page].parsed.values.texts(field));
            let texts: BTreeSet<&str> =
                texts.map(|text| text.value).filter(|text| !words::is_everyone(text)).collect();
            texts.into_iter().map(ToString::to_string).collect()
        };
        let (audiences, themes) = (words("audiences"), words("themes"));
        let is_over = last_day.is_some_and(|day| day < today);
        Self { zone, sessions, untimed, is_over, audiences, themes, places }
    }

    fn has_sessions(&self) -> bool {
        !self.sessions.is_empty() || !self.untimed.is_empty()
    }

    pub(super) fn place_of(&self, page: PageIndex) -> Option<usize> {
        self.places.get(&page).copied()
    }

    /// The days on which something starts.
    pub(in crate::render) fn days(&self) -> Vec<(Date, Vec<&Session>)> {
        let mut days: BTreeMap<Date, Vec<&Session>> = BTreeMap::new();
        for session in &self.sessions {
            days.entry(session.start.date).or_default().push(session);
        }
        days.into_iter().collect()
    }
}

/// An instant of a zone; one that the clocks skip or repeat is taken as clocks that were not changed would show it.
fn instant(zone: &TimeZone, day: Date, time: Time) -> Timestamp {
    let local = DateTime::from_parts(day, time);
    zone.to_zoned(local)
        .or_else(|_| TimeZone::UTC.to_zoned(local))
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// For each session the first of those that repeat each other, whichever of them says so.
fn groups(site: &Site, sessions: &[Session], places: &BTreeMap<PageIndex, usize>) -> Vec<usize> {
    fn first_of(groups: &mut [usize], mut number: usize) -> usize {
        while groups[number] != number {
            groups[number] = groups[groups[number]];
            number = groups[number];
        }
        number
    }
    let mut groups: Vec<usize> = (0..sessions.len()).collect();
    for (number, session) in sessions.iter().enumerate() {
        let repeats = site.pages[session.page].outgoing.iter().filter(|it| it.field == "repeats_as");
        for other in repeats.filter_map(|relation| places.get(&relation.page)) {
            let (one, other) = (first_of(&mut groups, number), first_of(&mut groups, *other));
            groups[one.max(other)] = one.min(other);
        }
    }
    (0..groups.len()).map(|number| first_of(&mut groups, number)).collect()
}

/// `Wednesday 18 April 2018`.
pub(in crate::render) fn long_day(day: Date) -> String {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let number = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    format!("{} {}", NAMES[number], long_date(day))
}

impl Views<'_> {
    /// The programme of an event; none for other pages and events without sessions.
    pub(super) fn programme(&self, event: PageIndex) -> Value {
        let Some(programme) = self.programmes.get(&event) else { return Value::none() };
        let page = &self.site.pages[event].parsed;
        // An event may list its rooms, by name alone or with more about each.
        let listed = page.values.groups("rooms").filter_map(|room| room.value.text("name"));
        let order: Vec<&str> = page.values.texts("rooms").map(|room| room.value).chain(listed).collect();
        let days: Vec<Value> =
            programme.days().into_iter().map(|(day, here)| self.day(programme, day, &here, &order)).collect();
        let rooms: BTreeSet<&str> =
            programme.sessions.iter().filter_map(|session| session.room.as_deref()).collect();
        let mut rooms: Vec<&str> = rooms.into_iter().collect();
        rooms.sort_by(|one, other| crate::programme::grid::as_counted(one, other));
        let website = self
            .site
            .website()
            .filter(|_| self.site.pack.is_some())
            .map(|base| format!("{base}{}", encoded(&page.address)));
        let missed = if programme.is_over { self.missed(programme) } else { Vec::new() };
        let texts = |texts: &[String]| -> Value {
            texts.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>().into()
        };
        map([
            ("id", Value::from(page.slug.as_str())),
            ("key", Value::from(page.address.as_str())),
            // A pack is no address that a link could carry to another device.
            ("website", optional(website.as_deref())),
            ("is_over", Value::from(programme.is_over)),
            ("days", Value::from(days)),
            ("count", Value::from(programme.sessions.len())),
            ("audiences", texts(&programme.audiences)),
            ("themes", texts(&programme.themes)),
            ("rooms", rooms.into_iter().map(Value::from).collect::<Vec<_>>().into()),
            ("zone", self.zone_note(event)),
            ("untimed", self.rows(programme.untimed.iter().copied())),
            ("missed", Value::from(missed)),
            ("has_doors", Value::from(programme.sessions.iter().any(|session| session.room.is_some()))),
        ])
    }

    /// The zone of an event's times in words, where a reader could doubt it: it can be joined from elsewhere, it keeps
    /// another time than the site, or the clocks change.
    pub(in crate::render) fn zone_note(&self, event: PageIndex) -> Value {
        let Some(programme) = self.programmes.get(&event) else { return Value::none() };
        let (Some(first), Some(last)) = (programme.sessions.first(), programme.sessions.last()) else {
            return Value::none();
        };
        let zone = &programme.zone;
        let is_online = self.site.pages[event].parsed.values.get("online").is_some();
        let changes = zone.to_offset(first.from) != zone.to_offset(last.to);
        if !(is_online || changes || *zone != self.site.config.timezone) {
            return Value::none();
        }
        map([
            ("sentence", Value::from(words::zone_sentence(zone, first.from, last.to))),
            ("name", Value::from(words::zone_name(zone))),
            ("is_online", Value::from(is_online)),
        ])
    }

    fn day(&self, programme: &Programme, day: Date, here: &[&Session], order: &[&str]) -> Value {
        let whole: Vec<Value> = here
            .iter()
            .filter(|session| !session.is_timed())
            .map(|session| self.slot(programme, session))
            .collect();
        let timed: Vec<&Session> = here.iter().copied().filter(|session| session.is_timed()).collect();
        let slots: Vec<Slot<'_>> = timed
            .iter()
            .map(|session| Slot { start: session.from, end: session.to, room: session.room.as_deref() })
            .collect();
        let Grid { rooms, stretches } = grid(&slots, order);
        let cell = |cell: &Cell| {
            let slots = cell.slots.iter().map(|index| self.slot(programme, timed[*index]));
            map([
                ("slots", slots.collect::<Vec<_>>().into()),
                ("room", optional(rooms.get(cell.column).filter(|_| cell.columns == 1).map(String::as_str))),
                ("columns", Value::from(cell.columns)),
                ("rows", Value::from(cell.rows)),
                ("column", Value::from(cell.column)),
            ])
        };
        let row = |row: &Row| {
            let local = programme.zone.to_datetime(row.start);
            let time = LocalTime { date: local.date(), time: Some(local.time()) };
            map([
                ("time", optional(time.clock().as_deref())),
                ("instant", Value::from(row.start.to_string())),
                ("is_plenary", Value::from(row.is_plenary)),
                ("cells", row.cells.iter().map(cell).collect::<Vec<_>>().into()),
            ])
        };
        let stretch = |rows: &Vec<Row>| Value::from(rows.iter().map(row).collect::<Vec<Value>>());
        map([
            ("iso", Value::from(day.to_string())),
            ("name", Value::from(long_day(day))),
            ("date", Value::from(long_date(day))),
            ("rooms", rooms.iter().map(|room| Value::from(room.as_str())).collect::<Vec<_>>().into()),
            ("is_wide", Value::from(rooms.len() > FEW_ROOMS)),
            ("whole", Value::from(whole)),
            ("stretches", stretches.iter().map(stretch).collect::<Vec<_>>().into()),
            ("path", Value::from(encoded(&format!("to:day-{day}")))),
        ])
    }
}

//! What is wrong between the sessions of an event: times that the clocks skip, days that are not the event's, rooms that
//! are spelled in two ways, and people and rooms that are needed twice at once.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::names::{is_open_role, is_slip, key, person};
use super::{Programme, days, named};
use crate::content::ParsedPage;
use crate::diagnostic::{Diagnostic, Severity};
use crate::programme::clashes::{self, What};
use crate::site::{PageIndex, Relation};
use crate::source::Span;
use crate::text::{LocalTime, list_words, long_date, nearest};

/// What is an error on a page that readers see is a warning while one of the pages is still a draft.
fn between(one: &ParsedPage, other: &ParsedPage, problem: Diagnostic) -> Diagnostic {
    let is_public = one.status.is_public() && other.status.is_public();
    let severity = if is_public { problem.severity } else { Severity::Warning };
    Diagnostic { severity, ..problem }
}

fn place(page: &ParsedPage, field: &str) -> Option<Span> {
    page.values.get(field).map(|value| value.span).or_else(|| page.values.key_span("title"))
}

fn at(page: &ParsedPage, field: &str, mut problem: Diagnostic) -> Diagnostic {
    problem.span = place(page, field);
    problem.in_file(&page.path)
}

/// Times of a page at which the clocks of its event change.
pub(super) fn clocks(page: &ParsedPage, zone: &TimeZone, fields: [&str; 2], problems: &mut Vec<Diagnostic>) {
    for field in fields {
        let Some(local) = page.values.local_time(field) else { continue };
        let Some(time) = local.time else { continue };
        let clock = local.clock().unwrap_or_default();
        let ambiguous = zone.to_ambiguous_zoned(DateTime::from_parts(local.date, time));
        let (offset, day) = (ambiguous.offset(), long_date(local.date));
        match offset {
            AmbiguousOffset::Unambiguous { .. } => {}
            AmbiguousOffset::Gap { .. } => {
                let written = |zoned: Result<jiff::Zoned, jiff::Error>| {
                    zoned.map_or_else(
                        |_| "another time".to_string(),
                        |zoned| {
                            let time = LocalTime { date: zoned.date(), time: Some(zoned.time()) };
                            time.iso().replace('T', " ")
                        },
                    )
                };
                let (before, after) = (written(ambiguous.clone().earlier()), written(ambiguous.later()));
                let message = format!("there is no {clock} on {day}: the clocks go forward past it");
                let problem = Diagnostic::error("time-skipped", message).help(format!(
                    "write {field}: {before}, before the change, or {field}: {after}, after it"
                ));
                problems.push(at(page, field, problem));
            }
            AmbiguousOffset::Fold { before, .. } => {
                let name = before
                    .to_timestamp(DateTime::from_parts(local.date, time))
                    .map(|instant| zone.to_offset_info(instant).abbreviation().to_string());
                let message = format!(
                    "{clock} on {day} happens twice, because the clocks go back; the first is taken ({})",
                    name.unwrap_or_default()
                );
                let problem = Diagnostic::warning("time-twice", message)
                    .help("choose a time outside that hour, or say in the text of the page which is meant");
                problems.push(at(page, field, problem));
            }
        }
    }
}

/// An error for a session that is not on a day of its event.
pub(super) fn inside(event: &ParsedPage, session: &ParsedPage, problems: &mut Vec<Diagnostic>) {
    let Some((first, last)) = days(event) else { return };
    // A session that ends before it starts was told of already.
    if session.values.date("start") > session.values.date("end") {
        return;
    }
    for field in ["start", "end"] {
        let Some(time) = session.values.local_time(field) else { continue };
        if (first..=last.max(first)).contains(&time.date) {
            continue;
        }
        let of_event = if last > first {
            format!("from {} to {}", long_date(first), long_date(last))
        } else {
            format!("on {}", long_date(first))
        };
        let message = format!(
            "this session is on {}, and its event `{}` is {of_event}, so the programme cannot show it",
            long_date(time.date),
            event.slug
        );
        let problem = Diagnostic::error("outside-event", message)
            .help(format!("check the day of `{field}`, and `starts` and `ends` of the event"));
        problems.push(between(event, session, at(session, field, problem)));
        return;
    }
}

/// Sessions that repeat each other in a circle; the first of them says so.
pub(super) fn circles(
    pages: &[ParsedPage],
    repeats: &BTreeMap<PageIndex, PageIndex>,
    problems: &mut Vec<Diagnostic>,
) {
    // By session, the walk that came by first.
    let mut seen: BTreeMap<PageIndex, PageIndex> = BTreeMap::new();
    for &start in repeats.keys() {
        let mut session = start;
        while let (None, Some(next)) = (seen.get(&session), repeats.get(&session)) {
            seen.insert(session, start);
            session = *next;
        }
        if seen.get(&session) != Some(&start) {
            continue;
        }
        let mut circle = vec![session];
        while let Some(next) = repeats.get(&circle[circle.len() - 1]).filter(|next| **next != session) {
            circle.push(*next);
        }
        let first = circle.iter().copied().min().unwrap_or(session);
        circle.sort_unstable();
        let names: Vec<String> = circle.iter().map(|page| format!("`{}`", pages[*page].slug)).collect();
        let message = match names.as_slice() {
            [_] => "`repeats_as` names this session itself".to_string(),
            many => format!(
                "{} repeat each other in a circle, so none of them comes first",
                list_words(many, "and")
            ),
        };
        let problem = Diagnostic::error("repeat-circle", message)
            .help("name the later session in the earlier one, and take `repeats_as` out of the last");
        problems.push(at(&pages[first], "repeats_as", problem));
    }
}

/// Errors for sessions that are repeated at another event.
pub(super) fn repeats(
    pages: &[ParsedPage],
    event: PageIndex,
    sessions: &[PageIndex],
    repeats: &BTreeMap<PageIndex, PageIndex>,
    relations: &[Vec<Relation>],
    problems: &mut Vec<Diagnostic>,
) {
    for session in sessions {
        let Some(repeat) = repeats.get(session) else { continue };
        let Some(other) = named(&relations[*repeat], "event").filter(|other| *other != event) else {
            continue;
        };
        let message = format!(
            "`repeats_as` names `{}`, a session of `{}`, so nobody at this event could go to it",
            pages[*repeat].slug, pages[other].slug
        );
        let problem = Diagnostic::error("repeat-elsewhere", message)
            .help("name a session of the same event, or name the page under `related`");
        problems.push(between(
            &pages[*session],
            &pages[*repeat],
            at(&pages[*session], "repeats_as", problem),
        ));
    }
}

/// Rooms that the event does not list, that are spelled in several ways, or that hold fewer than may come.
pub(super) fn rooms(pages: &[ParsedPage], programme: &Programme, problems: &mut Vec<Diagnostic>) {
    let event = &pages[programme.event];
    let listed: Vec<&str> = event.values.groups("rooms").filter_map(|room| room.value.text("name")).collect();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for session in &programme.sessions {
        if let Some(room) = pages[session.page].values.text("room") {
            *used.entry(room).or_default() += 1;
        }
    }
    for session in &programme.sessions {
        let page = &pages[session.page];
        let Some(room) = page.values.spanned_text("room") else { continue };
        let problem = if listed.is_empty() {
            spelled_otherwise(room.value, &used)
        } else {
            not_listed(room.value, &listed, event)
        };
        problems
            .extend(problem.map(|problem| between(event, page, problem.in_file(&page.path).at(room.span))));
        problems.extend(too_many(event, page).map(|problem| between(event, page, problem)));
    }
}

/// More rooms than these are compared by their letters alone, not for slips.
const MOST_COMPARED: usize = 200;

/// A warning where more sessions write the room in another way.
fn spelled_otherwise(room: &str, used: &BTreeMap<&str, usize>) -> Option<Diagnostic> {
    let own = used.get(room).copied().unwrap_or(0);
    let can_slip = used.len() <= MOST_COMPARED;
    let own_key = key(room);
    let is_same = |other: &str| {
        // Comparing lengths first spares most of the work.
        (other.len().abs_diff(room.len()) <= 4 && key(other) == own_key) || (can_slip && is_slip(other, room))
    };
    let usual = used
        .iter()
        .filter(|(other, count)| **other != room && (**count, room) > (own, **other) && is_same(other))
        .max_by_key(|(_, count)| **count)?
        .0;
    let message = format!(
        "this room is `{room}` here and `{usual}` in other sessions of the event, so readers look for two rooms"
    );
    Some(Diagnostic::warning("room-spelling", message).help(format!("write room: {usual}")))
}

fn not_listed(room: &str, listed: &[&str], event: &ParsedPage) -> Option<Diagnostic> {
    if listed.contains(&room) {
        return None;
    }
    let compared = || listed.iter().take(MOST_COMPARED);
    let same = compared().find(|other| key(other) == key(room) || is_slip(other, room));
    let message = format!("`{room}` is not among the rooms of the event `{}`", event.slug);
    let help = match same.copied().or_else(|| nearest(room, compared().copied())) {
        Some(meant) => format!("write room: {meant}"),
        None => format!(
            "there are {}; add it to `rooms` of the event if it is one of them",
            list_words(listed, "and")
        ),
    };
    Some(Diagnostic::error("unknown-room", message).help(help))
}

/// An error where more may come than the room holds.
fn too_many(event: &ParsedPage, session: &ParsedPage) -> Option<Diagnostic> {
    let room = session.values.text("room")?;
    let capacity = session.values.integer("capacity")?;
    let same = event.values.groups("rooms").find(|each| each.value.text("name") == Some(room))?;
    let holds = same.value.integer("capacity").filter(|holds| capacity > *holds)?;
    let message = format!("{capacity} can come to this session, and {room} holds {holds}");
    let problem = Diagnostic::error("room-too-small", message)
        .help("give it a larger room, or a `capacity` that the room holds");
    Some(at(session, "capacity", problem))
}

/// Speakers in two rooms and rooms with two sessions.
pub(super) fn clashes(pages: &[ParsedPage], programme: &Programme, problems: &mut Vec<Diagnostic>) {
    for clash in clashes::clashes(&programme.model.sessions) {
        let (first, second) = (programme.session(clash.first), programme.session(clash.second));
        let (one, other) = (&pages[first.page], &pages[second.page]);
        let also = format!(
            "“{}”, from {} to {}",
            one.title,
            first.start.clock().unwrap_or_default(),
            first.end.clock().unwrap_or_default()
        );
        let problem = match clash.what {
            What::Room(room) => room_twice(pages, programme, room, &also, other),
            What::Speaker(_) => speaker_twice(one, other, &also),
        };
        problems.extend(problem.map(|problem| between(one, other, problem)));
    }
}

fn room_twice(
    pages: &[ParsedPage],
    programme: &Programme,
    room: usize,
    also: &str,
    session: &ParsedPage,
) -> Option<Diagnostic> {
    let name = programme.rooms.get(room)?;
    let listed = pages[programme.event].values.groups("rooms");
    let listed = listed
        .into_iter()
        .find(|each| each.value.text("name").is_some_and(|listed| key(listed) == key(name)));
    if listed.as_ref().is_some_and(|room| room.value.flag("shared") == Some(true)) {
        return None;
    }
    let message = format!("{name} has another session at the same time: {also}");
    // A list of rooms says what a room is; without one, it may be a hall with several corners.
    let problem = if listed.is_some() {
        Diagnostic::error("room-clash", message)
            .help("give one of the two another room or time; where a room holds several at once, say `shared: true` in `rooms` of the event")
    } else {
        Diagnostic::warning("room-clash", message)
            .help("give one of the two another room or time; where a room holds several at once, list it in `rooms` of the event with `shared: true`")
    };
    Some(at(session, "room", problem))
}

fn speaker_twice(one: &ParsedPage, other: &ParsedPage, also: &str) -> Option<Diagnostic> {
    let same =
        |name: &str| one.values.texts("speakers").any(|own| key(&person(own.value)) == key(&person(name)));
    let name = other.values.texts("speakers").find(|name| same(name.value))?;
    let problem = if is_open_role(name.value) {
        let message = format!("{} speaks at the same time in another room: {also}", name.value);
        Diagnostic::warning("speaker-clash", message).help(format!(
            "if they are two people, say which is meant: {}, Devon; if it is one, move one of the sessions",
            name.value
        ))
    } else {
        let message = format!("{} cannot be in two rooms: another session is {also}", name.value);
        Diagnostic::error("speaker-clash", message).help("move one of the sessions, or name who else speaks")
    };
    Some(problem.in_file(&other.path).at(name.span))
}

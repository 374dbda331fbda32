//! A session as the programme of its event shows it, and what its own page says of the others: its repeats, what runs
//! at the same time, and what is left to read for those who were elsewhere.

use std::collections::BTreeSet;

use tera::Value;

use super::event::{Programme, Session};
use super::{Views, fields};
use crate::fields::Shape;
use crate::programme::words;
use crate::render::address::encoded;
use crate::render::value::{map, optional};
use crate::site::{PageIndex, Resolved};
use crate::text::{list_words, long_date, upper_first};

/// So many sessions at the same time are listed on the page of one; nobody reads more.
const MOST_BESIDE: usize = 40;

/// Kinds of pages that say what a session said, or give what it used.
const TO_READ: [&str; 3] = ["case-study", "template", "terms-of-reference"];

impl Views<'_> {
    /// A session in a cell of the programme, or in a list beside it.
    pub(in crate::render) fn slot(&self, programme: &Programme, session: &Session) -> Value {
        let page = &self.site.pages[session.page];
        let values = &page.parsed.values;
        let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
        let networks: Vec<&str> =
            networks.map(|relation| self.site.pages[relation.page].parsed.title.as_str()).collect();
        let audiences: Vec<&str> = values.texts("audiences").map(|text| text.value).collect();
        // One that names no audience, or everybody, is of interest to each.
        let for_all = audiences.iter().all(|audience| words::is_everyone(audience))
            || audiences.iter().any(|audience| words::is_everyone(audience));
        let numbers = |known: &[String], chosen: &mut dyn Iterator<Item = &str>| -> String {
            let numbers = chosen.filter_map(|text| known.binary_search_by(|one| one.as_str().cmp(text)).ok());
            numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
        };
        let themes = numbers(&programme.themes, &mut values.texts("themes").map(|text| text.value));
        let own_audiences = numbers(&programme.audiences, &mut audiences.iter().copied());
        let first = programme.sessions[session.group].page;
        let capacity = values.integer("capacity").and_then(|count| usize::try_from(count).ok());
        let access: Vec<Value> =
            values.texts("access").map(|text| Value::from(words::access(text.value).0)).collect();
        let language = values.text("lang").filter(|lang| *lang != self.site.config.language);
        let has_end = session.end.time.is_some() && session.to > session.from;
        map([
            ("id", Value::from(page.parsed.slug.as_str())),
            ("group", Value::from(self.site.pages[first].parsed.slug.as_str())),
            ("title", Value::from(page.parsed.title.as_str())),
            ("path", Value::from(encoded(&page.parsed.address))),
            ("lang", optional(language)),
            ("networks", Value::from(networks.join(", "))),
            ("room", optional(session.room.as_deref())),
            ("from", Value::from(session.from.to_string())),
            ("to", Value::from(session.to.to_string())),
            ("starts", optional(session.start.clock().as_deref())),
            ("ends", optional(session.end.clock().filter(|_| has_end).as_deref())),
            ("day", Value::from(long_date(session.start.date))),
            ("audiences", if for_all { Value::none() } else { Value::from(own_audiences) }),
            ("themes", Value::from(themes)),
            ("repeats", self.repeats(programme, session)),
            ("left", optional(upper(&self.left_in_words(session.page)).as_deref())),
            ("capacity", capacity.map_or_else(Value::none, Value::from)),
            ("access", Value::from(access)),
            ("booking", optional(values.text("booking_url"))),
            ("cancelled", Value::from(session.is_cancelled)),
            ("row", self.row(session.page)),
        ])
    }

    /// `Repeat of 11am, Room 1` and `Again at 1:15pm, Room 3`, each with the page of the other.
    fn repeats(&self, programme: &Programme, session: &Session) -> Value {
        let others = programme.sessions[session.group..].iter().filter(|other| other.group == session.group);
        let told = others.filter_map(|other| {
            let is_first = programme.sessions[session.group].page == other.page;
            let begin = match (other.from, other.page).cmp(&(session.from, session.page)) {
                std::cmp::Ordering::Greater => "Again",
                // Of a third the first is said, not the second.
                std::cmp::Ordering::Less if is_first => "Repeat of",
                _ => return None,
            };
            let day = (other.start.date != session.start.date).then(|| long_date(other.start.date));
            let time = match (day, other.start.clock()) {
                (None, None) => "the same day".to_string(),
                (None, Some(time)) => {
                    if begin == "Again" {
                        format!("at {time}")
                    } else {
                        time
                    }
                }
                (Some(day), None) => {
                    if begin == "Again" {
                        format!("on {day}")
                    } else {
                        day
                    }
                }
                (Some(day), Some(time)) if begin == "Again" => format!("on {day} at {time}"),
                (Some(day), Some(time)) => format!("{day}, {time}"),
            };
            let room = other.room.as_ref().map(|room| format!(", {room}")).unwrap_or_default();
            Some(map([
                ("words", Value::from(format!("{begin} {time}{room}"))),
                ("path", Value::from(encoded(&self.site.pages[other.page].parsed.address))),
                ("title", Value::from(self.site.pages[other.page].parsed.title.as_str())),
            ]))
        });
        told.collect::<Vec<_>>().into()
    }

    /// What a session left behind: `slides, notes and recording`.
    fn left_in_words(&self, page: PageIndex) -> String {
        let values = &self.site.pages[page].parsed.values;
        let mut left = Vec::new();
        if values.get("slides").is_some() {
            left.push("slides");
        }
        if self.notes_of(page).is_some() {
            left.push("notes");
        }
        if values.get("recording").is_some() {
            left.push("recording");
        }
        list_words(&left, "and")
    }

    /// The id of the heading of a session's notes.
    fn notes_of(&self, page: PageIndex) -> Option<&str> {
        let sections = &self.site.pages[page].parsed.body.sections;
        let headings = sections.iter().filter_map(|section| section.heading.as_ref());
        headings.into_iter().find(|heading| heading.text.trim() == "Notes").map(|heading| heading.id.as_str())
    }

    /// Sessions that had others beside them, each once however often it ran, with what they left.
    pub(super) fn missed(&self, programme: &Programme) -> Vec<Value> {
        let has_another = |session: &Session| {
            programme
                .sessions
                .iter()
                .any(|other| other.group != session.group && !other.is_cancelled && other.overlaps(session))
        };
        let mut told = BTreeSet::new();
        let held = programme.sessions.iter().filter(|session| session.start.time.is_some());
        held.filter(|session| !session.is_cancelled)
            .filter(|session| has_another(session) && told.insert(session.group))
            .map(|session| {
                let same = programme.sessions.iter().filter(|other| other.group == session.group);
                let times: Vec<String> = same.filter_map(|other| other.start.clock()).collect();
                map([
                    ("slot", self.slot(programme, session)),
                    ("times", Value::from(list_words(&times, "and"))),
                    ("left", Value::from(self.left(session.page))),
                ])
            })
            .collect()
    }

    /// What a session left behind and where it lies. Further pages are those that its fields or its text name.
    fn left(&self, index: PageIndex) -> Vec<Value> {
        let page = &self.site.pages[index];
        let values = &page.parsed.values;
        let one = |label: &str, path: String, url: Option<&str>, about: &str| {
            map([
                ("label", Value::from(label)),
                ("path", Value::from(path)),
                ("url", optional(url)),
                ("about", Value::from(about)),
            ])
        };
        let mut left = Vec::new();
        if let Some(slides) = values.get("slides") {
            let file = fields::value(self, page, &Shape::File, &slides.value);
            left.push(map([("label", Value::from("Slides")), ("file", file)]));
        }
        if let Some(notes) = self.notes_of(index) {
            left.push(one(
                "Notes",
                format!("{}#{}", encoded(&page.parsed.address), encoded(notes)),
                None,
                "",
            ));
        }
        if let Some(recording) = values.text("recording") {
            left.push(one("Recording", String::new(), Some(recording), ""));
        }
        let mut seen = BTreeSet::new();
        let named = page.outgoing.iter().map(|relation| relation.page);
        let linked = page.links.iter().filter_map(|link| match link {
            Resolved::Page(target, _) => Some(*target),
            _ => None,
        });
        for other in named.chain(linked) {
            let parsed = &self.site.pages[other].parsed;
            if TO_READ.contains(&parsed.kind.name) && seen.insert(other) {
                left.push(one(&parsed.title, encoded(&parsed.address), None, parsed.kind.title));
            }
        }
        left
    }

    /// What the page of a session says of its event; none for other pages, and sessions without a time.
    pub(super) fn session(&self, index: PageIndex) -> Value {
        let page = &self.site.pages[index];
        let event =
            page.outgoing.iter().find(|relation| relation.field == "event").map(|relation| relation.page);
        let found = event.filter(|_| page.parsed.kind.name == "session").and_then(|event| {
            let programme = self.programmes.get(&event)?;
            Some((event, programme, &programme.sessions[programme.place_of(index)?]))
        });
        let Some((event, programme, session)) = found else { return Value::none() };
        let beside = programme.sessions.iter().filter(|other| other.page != index && other.overlaps(session));
        let beside: Vec<Value> = beside.take(MOST_BESIDE).map(|other| self.slot(programme, other)).collect();
        let of_event = &self.site.pages[event].parsed;
        map([
            ("slot", self.slot(programme, session)),
            ("event", self.row(event)),
            ("id", Value::from(of_event.slug.as_str())),
            ("key", Value::from(of_event.address.as_str())),
            ("is_over", Value::from(programme.is_over)),
            ("beside", Value::from(beside)),
            ("zone", self.zone_note(event)),
        ])
    }

    /// What helps people to take part, in words; at a session, what helps at its event as well.
    pub(super) fn access(&self, index: PageIndex) -> Value {
        let event = self.site.pages[index].outgoing.iter().find(|relation| relation.field == "event");
        let pages = event.map(|relation| relation.page).into_iter().chain([index]);
        let entries = pages.flat_map(|page| self.site.pages[page].parsed.values.texts("access"));
        let mut told: Vec<(String, Option<&str>)> = Vec::new();
        for entry in entries.map(|entry| words::access(entry.value)) {
            if !told.contains(&entry) {
                told.push(entry);
            }
        }
        told.into_iter()
            .map(|(name, meaning)| map([("name", Value::from(name)), ("meaning", optional(meaning))]))
            .collect::<Vec<_>>()
            .into()
    }
}

fn upper(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| upper_first(words))
}

//! Signs for the doors of an event: for each room and day a sheet with the day's sessions in large type.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::value::{map, optional};
use super::view::{Frame, Views, long_day};
use crate::content::ParsedPage;
use crate::programme::grid::{as_counted, folded};
use crate::site::{PageIndex, Site};

/// Where the signs of an event are published.
pub(super) fn address(event: &ParsedPage) -> String {
    format!("{}doors/", event.address)
}

/// Events that have sessions in rooms at known times.
pub(super) fn events(site: &Site) -> impl Iterator<Item = PageIndex> {
    let has_a_door = |page: PageIndex| {
        let values = &site.pages[page].parsed.values;
        values.local_time("start").is_some() && values.text("room").is_some()
    };
    (0..site.pages.len()).filter(move |event| {
        let page = &site.pages[*event];
        let mut sessions = page.incoming.iter().filter(|relation| relation.field == "event");
        page.parsed.kind.name == "event" && sessions.any(|relation| has_a_door(relation.page))
    })
}

impl Views<'_> {
    /// The signs of an event, by room and day.
    pub(super) fn doors(&self, event: PageIndex) -> Context {
        let page = &self.site.pages[event].parsed;
        let title = format!("Door signs: {}", page.title);
        let mut context = self.framed(Frame {
            address: address(page),
            title: &title,
            what: "",
            description: "The sessions of each room, a page for each door and day.",
            breadcrumbs: vec![
                ("Home".to_string(), String::new()),
                (page.kind.plural.to_string(), format!("{}/", page.kind.folder)),
                (page.title.clone(), page.address.clone()),
            ],
            feed: None,
        });
        let signs = self.programmes.get(&event).map_or_else(Vec::new, |programme| {
            let mut signs = Vec::new();
            for (day, sessions) in programme.days() {
                let mut rooms: BTreeMap<String, (&str, Vec<Value>)> = BTreeMap::new();
                for session in sessions {
                    let Some(room) = session.room.as_deref() else { continue };
                    let slot = self.slot(programme, session);
                    rooms.entry(folded(room)).or_insert_with(|| (room, Vec::new())).1.push(slot);
                }
                let mut rooms: Vec<(&str, Vec<Value>)> = rooms.into_values().collect();
                rooms.sort_by(|one, other| as_counted(one.0, other.0));
                signs.extend(rooms.into_iter().map(|(room, slots)| {
                    let size = match slots.len() {
                        0..=4 => "few",
                        5..=7 => "some",
                        _ => "many",
                    };
                    map([
                        ("room", Value::from(room)),
                        ("day", Value::from(long_day(day))),
                        ("size", Value::from(size)),
                        ("slots", Value::from(slots)),
                    ])
                }));
            }
            signs
        });
        context.insert_value("event", self.row(event));
        context.insert_value("illustrative", optional(page.values.text("illustrative")));
        context.insert_value("zone", self.zone_note(event));
        context.insert_value("signs", Value::from(signs));
        context
    }
}

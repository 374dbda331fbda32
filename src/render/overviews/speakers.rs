//! Who spoke at which sessions. Search engines are asked to leave it out: what somebody once said at an event should not
//! be the first thing that is found of them.

use std::collections::BTreeSet;

use tera::{Context, Value};

use super::Entry;
use crate::render::value::map;
use crate::render::view::Views;
use crate::site::programmes::{names_speakers, speakers};
use crate::site::{MadeOverview, Overview, one_page};
use crate::text::{long_date, slugify};

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "speakers/",
        title: |_| "Speakers",
        beside: &["event", "session"],
        has_something: |pages, _| pages.iter().any(|page| names_speakers(page)),
        parts: one_page,
    },
    template: "speakers.html",
    view,
};

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let list: Vec<Value> = speakers(site)
        .iter()
        .enumerate()
        .map(|(number, speaker)| {
            let slug = slugify(&speaker.name);
            let id = if ids.insert(slug.clone()) { slug } else { format!("{slug}-{number}") };
            let sessions = speaker.sessions.iter().map(|session| {
                let event = site.programme_of(*session).map(|programme| programme.event);
                let values = &site.pages[*session].parsed.values;
                let day = values.date("start");
                map([
                    ("row", views.row(*session)),
                    ("is_partly_made_up", Value::from(values.text("illustrative").is_some())),
                    ("event", event.map_or_else(Value::none, |event| views.row(event))),
                    ("date", day.map_or_else(Value::none, |day| Value::from(long_date(day)))),
                ])
            });
            map([
                ("name", Value::from(speaker.name.as_str())),
                ("id", Value::from(id)),
                ("is_role", Value::from(speaker.is_role)),
                ("sessions", Value::from(sessions.collect::<Vec<_>>())),
            ])
        })
        .collect();
    let mut context =
        views.overview(made, part, None, "Who spoke at the sessions of events, by name or by role.");
    context.insert_value("speakers", Value::from(list));
    context
}

//! What changed: pages as they were published and the changes that they tell of, by day, the newest first.

use std::cmp::Reverse;

use jiff::civil::Date;
use tera::{Context, Value};

use super::{Entry, shown};
use crate::content::ParsedPage;
use crate::fields::Values;
use crate::render::value::{date, map, optional};
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, PageIndex, one_page};

/// How many changes are shown.
const NEWEST: usize = 100;

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "changes/",
        title: |_| "What changed",
        beside: &[],
        has_something: |pages, _| pages.iter().any(|page| days(page).next().is_some()),
        parts: one_page,
    },
    template: "changes.html",
    view,
};

/// The days on which something happened to a page, with what it says of them; nothing where it was published.
fn days(page: &ParsedPage) -> impl Iterator<Item = (Date, Option<&str>)> {
    // Where the writer tells of a change on the day of publication, that says it already.
    let is_told = |day: &Date| page.values.groups("changes").any(|change| change.value.date("date") == Some(*day));
    let published = page.values.date("published").filter(|day| !is_told(day)).map(|day| (day, None));
    let changes = page
        .values
        .groups("changes")
        .filter_map(|change| Some((change.value.date("date")?, Some(change.value.text("what")?))));
    published.into_iter().chain(changes)
}

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let mut all: Vec<(Date, PageIndex, Option<&str>)> = shown(site)
        .flat_map(|index| days(&site.pages[index].parsed).map(move |(day, what)| (day, index, what)))
        .collect();
    // The sort is stable, so that changes of one page on one day keep the writer's order.
    all.sort_by_key(|(day, index, _)| (Reverse(*day), *index));
    let since = views.events().1.and_then(|event| {
        let values = &site.pages[event].parsed.values;
        let after = last_day(values)?;
        let count = all.iter().take_while(|(day, ..)| *day > after).count();
        Some(map([
            ("page", views.row(event)),
            ("date", values.local_time("starts").map_or_else(|| date(after), |time| date(time.date))),
            ("count", Value::from(count)),
        ]))
    });
    let cut = all.len() > NEWEST;
    all.truncate(NEWEST);
    let days: Vec<Value> = all
        .chunk_by(|(one, ..), (other, ..)| one == other)
        .map(|changes| {
            let entries: Vec<Value> = changes
                .iter()
                .map(|(_, page, what)| map([("page", views.row(*page)), ("what", optional(*what))]))
                .collect();
            map([("date", date(changes[0].0)), ("entries", Value::from(entries))])
        })
        .collect();
    let mut context = views.overview(
        made,
        part,
        None,
        "Pages that were published and what changed on them, the newest first.",
    );
    context.insert_value("since", since.unwrap_or_else(Value::none));
    context.insert_value("days", Value::from(days));
    context.insert_value("newest", if cut { Value::from(NEWEST) } else { Value::none() });
    context
}

fn last_day(event: &Values) -> Option<Date> {
    event.local_time("ends").or_else(|| event.local_time("starts")).map(|time| time.date)
}

//! What pages of events and sessions show of the programme as a whole: the way of each audience, changes on the day,
//! where a case was presented.

use std::collections::BTreeSet;

use tera::Value;

use super::Views;
use crate::render::value::{map, optional};
use crate::site::programmes::{AudienceRoute, EventSession, LeftOut};
use crate::site::{Page, PageIndex, Site};
use crate::text::{long_date, slugify};

impl Views<'_> {
    /// A route for each audience of an event; none where nothing is at the same time as something else.
    pub(super) fn routes(&self, index: PageIndex) -> Value {
        let Some(programme) = self.site.programmes.get(&index).filter(|programme| programme.has_choices())
        else {
            return Value::none();
        };
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let routes: Vec<Value> = programme
            .routes()
            .iter()
            .filter(|route| !route.attended.is_empty())
            .map(|route| self.audience_route(route, &mut ids))
            .collect();
        let own_zone = programme.zone != self.site.config.timezone;
        let zone = programme.zone.iana_name().filter(|_| own_zone).map(|name| name.replace('_', " "));
        map([
            ("list", Value::from(routes)),
            ("zone", optional(zone.as_deref())),
            ("is_over", Value::from(programme.is_over(self.site))),
        ])
    }

    fn audience_route(&self, route: &AudienceRoute<'_>, ids: &mut BTreeSet<String>) -> Value {
        let slug = slugify(route.audience);
        let mut id = slug.clone();
        for number in 2.. {
            if ids.insert(id.clone()) {
                break;
            }
            id = format!("{slug}-{number}");
        }
        let days: Vec<Value> = route
            .attended
            .chunk_by(|one, other| one.start.date == other.start.date)
            .map(|sessions| {
                map([
                    ("date", Value::from(long_date(sessions[0].start.date))),
                    ("stops", sessions.iter().map(|session| self.stop(session)).collect::<Vec<_>>().into()),
                ])
            })
            .collect();
        map([
            ("audience", Value::from(route.audience)),
            ("id", Value::from(id)),
            ("days", Value::from(days)),
            ("is_complete", Value::from(route.left_out.is_empty())),
            ("is_most", Value::from(route.is_most)),
            ("count", Value::from(route.attended.len())),
            ("left_out", route.left_out.iter().map(|left| self.left_out(left)).collect::<Vec<_>>().into()),
        ])
    }

    fn stop(&self, session: &EventSession) -> Value {
        let values = &self.site.pages[session.page].parsed.values;
        map([
            ("row", self.row(session.page)),
            ("start", optional(session.start.clock().as_deref())),
            ("end", optional(session.end.clock().as_deref())),
            ("room", optional(values.text("room"))),
            ("changed", changed(self.site, session.page)),
        ])
    }

    /// A session that cannot be attended, with what to read afterwards.
    fn left_out(&self, left: &LeftOut<'_>) -> Value {
        let mut left_behind: Vec<&str> = Vec::new();
        let mut pages: Vec<PageIndex> = Vec::new();
        for session in &left.sessions {
            let page = &self.site.pages[session.page];
            let has_notes = page.parsed.body.sections.iter().any(|section| {
                let is_notes = section.heading.as_ref().is_some_and(|heading| heading.text == "Notes");
                is_notes && !section.html.text().trim().is_empty()
            });
            let values = &page.parsed.values;
            let found = [
                ("slides", values.get("slides").is_some()),
                ("a recording", values.get("recording").is_some()),
                ("notes", has_notes),
            ];
            for (name, _) in found.into_iter().filter(|(_, is_there)| *is_there) {
                if !left_behind.contains(&name) {
                    left_behind.push(name);
                }
            }
            for relation in &page.outgoing {
                if matches!(relation.field.as_str(), "cases" | "templates") && !pages.contains(&relation.page)
                {
                    pages.push(relation.page);
                }
            }
        }
        map([
            ("row", self.row(left.sessions[0].page)),
            ("times", left.sessions.iter().map(|session| self.stop(session)).collect::<Vec<_>>().into()),
            ("instead", left.instead.iter().map(|session| self.row(session.page)).collect::<Vec<_>>().into()),
            ("has", Value::from(crate::text::list_words(&left_behind, "and"))),
            ("read", pages.iter().map(|page| self.row(*page)).collect::<Vec<_>>().into()),
        ])
    }

    /// The sessions at which what a page is about was shown, and their events.
    pub(super) fn presented(&self, page: &Page) -> Value {
        let mut sessions: Vec<PageIndex> = Vec::new();
        for relation in &page.incoming {
            let is_shown = matches!(relation.field.as_str(), "cases" | "templates")
                && self.site.pages[relation.page].parsed.kind.name == "session";
            if is_shown && !sessions.contains(&relation.page) {
                sessions.push(relation.page);
            }
        }
        let one = |session: &PageIndex| {
            let event = self.site.programme_of(*session).map(|programme| programme.event);
            let day = self.site.pages[*session].parsed.values.date("start").map(long_date);
            map([
                ("row", self.row(*session)),
                ("event", event.map_or_else(Value::none, |event| self.row(event))),
                ("date", optional(day.as_deref())),
            ])
        };
        Value::from(sessions.iter().map(one).collect::<Vec<_>>())
    }
}

/// The last change of a page that has a time, which readers must know to the minute; none where there is none. `words` is short: `Changed 8:10am` on the day itself.
pub(super) fn changed(site: &Site, index: PageIndex) -> Value {
    let Some((time, what)) = site.timed_change(index) else { return Value::none() };
    let values = &site.pages[index].parsed.values;
    let is_on_the_day = values.date("start").or_else(|| values.date("starts")) == Some(time.date);
    let clock = time.clock().unwrap_or_default();
    let words = if is_on_the_day { format!("Changed {clock}") } else { format!("Changed {time}") };
    map([
        ("iso", Value::from(time.iso())),
        ("text", Value::from(time.to_string())),
        ("words", Value::from(words)),
        ("what", Value::from(what)),
    ])
}

/// Why what a page is about does not take place: `is` is there where it does not, `why` where that is said.
pub(super) fn cancelled(site: &Site, index: PageIndex) -> Value {
    site.cancelled(index).map_or_else(Value::none, |why| {
        map([("is", Value::from(true)), ("why", optional(Some(why).filter(|why| !why.is_empty())))])
    })
}

//! Calendar files of events and their sessions, and the same entries as a script, from which a reader's own choice is
//! put together. Drafts and what is under embargo are in none of them, in a preview neither.

use serde_json::{Map, json};
use tera::Value;

use super::address::encoded;
use super::value::{map, optional};
use crate::calendar::{Appointment, Calendar, When};
use crate::content::ParsedPage;
use crate::site::programmes::EventSession;
use crate::site::{PageIndex, Programme, Site};
use crate::text::{LocalTime, slugify};

/// Which of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    /// An event with all of its sessions.
    Whole,
    /// An event alone.
    Days,
    /// One session.
    Session,
    /// The entries of all sessions of an event, for a script.
    Script,
}

/// The address of a file below the root.
fn address(page: &ParsedPage, file: File) -> String {
    let name = page.slug.rsplit('/').next().unwrap_or(&page.slug);
    match file {
        File::Whole | File::Session => format!("{}{name}.ics", page.address),
        File::Days => format!("{}{name}-days.ics", page.address),
        File::Script => format!("{}calendar-data.js", page.address),
    }
}

/// Every file of a site: its page, which it is, and its address.
pub(super) fn files(site: &Site) -> Vec<(PageIndex, File, String)> {
    let mut files = Vec::new();
    for programme in site.programmes.values().filter(|programme| is_published(site, programme.event)) {
        let event = programme.event;
        if when_of_event(&site.pages[event].parsed).is_none() {
            continue;
        }
        let sessions: Vec<PageIndex> = published(site, programme).map(|session| session.page).collect();
        let of_event =
            if sessions.is_empty() { &[File::Days][..] } else { &[File::Whole, File::Days, File::Script] };
        files.extend(of_event.iter().map(|file| (event, *file)));
        files.extend(sessions.into_iter().map(|session| (session, File::Session)));
    }
    let with_address =
        |(page, file): (PageIndex, File)| (page, file, address(&site.pages[page].parsed, file));
    files.into_iter().map(with_address).collect()
}

fn is_published(site: &Site, page: PageIndex) -> bool {
    let page = &site.pages[page].parsed;
    page.status.is_public() && page.embargo.is_none_or(|embargo| embargo <= site.now)
}

fn published<'a>(site: &'a Site, programme: &'a Programme) -> impl Iterator<Item = &'a EventSession> {
    programme.sessions.iter().filter(|session| is_published(site, session.page))
}

/// A file's bytes.
pub(super) fn bytes(site: &Site, page: PageIndex, file: File) -> Vec<u8> {
    let Some(programme) = site.programme_of(page) else { return Vec::new() };
    let event = &site.pages[programme.event].parsed;
    let calendar = |name: Option<&str>, appointments| Calendar {
        name: name.map(str::to_string),
        zone: programme.zone.clone(),
        appointments,
    };
    let sessions = || published(site, programme).map(|session| of_session(site, programme, session));
    match file {
        File::Whole => {
            let whole = of_event(site, programme, false).into_iter().chain(sessions()).collect();
            calendar(Some(&event.title), whole).file().into_bytes()
        }
        File::Days => {
            calendar(None, of_event(site, programme, true).into_iter().collect()).file().into_bytes()
        }
        File::Session => {
            let own = published(site, programme).filter(|session| session.page == page);
            calendar(None, own.map(|session| of_session(site, programme, session)).collect())
                .file()
                .into_bytes()
        }
        File::Script => {
            let parts = calendar(None, sessions().collect()).parts();
            let ids = published(site, programme).map(|session| site.pages[session.page].parsed.slug.clone());
            let entries: Map<String, serde_json::Value> =
                ids.zip(parts.entries.into_iter().map(serde_json::Value::from)).collect();
            let data = json!({ (event.slug.as_str()): { "head": parts.head, "entries": entries, "tail": parts.tail } });
            format!("window.netsiteCalendars = Object.assign(window.netsiteCalendars || {{}}, {data});\n")
                .into_bytes()
        }
    }
}

/// What a page shows of its calendar files; none for a page that has none.
pub(super) fn value(site: &Site, page: PageIndex) -> Value {
    let Some(programme) = site.programme_of(page).filter(|_| is_published(site, page)) else {
        return Value::none();
    };
    // Nobody plans for what is over; the files stay for calendars that follow them.
    if programme.is_over(site) {
        return Value::none();
    }
    if !is_published(site, programme.event) || when_of_event(&site.pages[programme.event].parsed).is_none() {
        return Value::none();
    }
    let path = |file: File| Value::from(encoded(&address(&site.pages[page].parsed, file)));
    if page != programme.event {
        let is_in = programme.sessions.iter().any(|session| session.page == page);
        return if is_in { map([("file", path(File::Session))]) } else { Value::none() };
    }
    let count = published(site, programme).count();
    if count == 0 {
        return map([("days", path(File::Days))]);
    }
    let follow = site.config.base_url.as_ref().and_then(|base| {
        let rest = base.split_once("://")?.1;
        Some(format!("webcal://{rest}{}", encoded(&address(&site.pages[page].parsed, File::Whole))))
    });
    map([
        ("days", path(File::Days)),
        ("whole", path(File::Whole)),
        ("count", Value::from(count)),
        ("script", path(File::Script)),
        ("follow", optional(follow.as_deref())),
    ])
}

/// The part of a UID after `@`: the same for every build of a site, wherever the copy lies that holds it.
fn host(site: &Site) -> String {
    let known = site.website().and_then(|base| base.split_once("://"));
    match known.and_then(|(_, rest)| rest.split(['/', ':']).next()).filter(|host| !host.is_empty()) {
        Some(host) => host.to_lowercase(),
        None => format!("{}.invalid", slugify(&site.config.title)),
    }
}

/// When an event is; in days where it has no times or goes on overnight.
fn when_of_event(event: &ParsedPage) -> Option<When> {
    let starts = event.values.local_time("starts")?;
    Some(when(starts, event.values.local_time("ends").unwrap_or(starts)))
}

fn when(start: LocalTime, end: LocalTime) -> When {
    match (start.time, end.time) {
        (Some(from), Some(to)) if start.date == end.date => {
            When::Times { start: start.date.to_datetime(from), end: end.date.to_datetime(to) }
        }
        _ => When::Days { first: start.date, last: end.date.max(start.date) },
    }
}

fn of_event(site: &Site, programme: &Programme, is_busy: bool) -> Option<Appointment> {
    let event = &site.pages[programme.event].parsed;
    let mut about = About::of(site, programme.event);
    let times = [event.values.local_time("starts"), event.values.local_time("ends")];
    if let ([Some(starts), Some(ends)], Some(When::Days { .. })) = (times, when_of_event(event))
        && starts.time.is_some()
    {
        about.line(&format!("{starts} to {ends}"));
    }
    about.named("Book", event.values.text("booking_url"));
    about.named("Join online", event.values.text("online"));
    about.listed("Access", event, "access");
    about.end(site, programme.event);
    Some(Appointment {
        uid: format!("{}@{}", event.slug, host(site)),
        title: event.title.clone(),
        when: when_of_event(event)?,
        place: event.values.text("venue").or_else(|| event.values.text("online")).map(str::to_string),
        about: about.0,
        address: web_address(site, programme.event),
        changed: site.changed_at(programme.event).unwrap_or_default(),
        revision: changes(event),
        is_cancelled: site.cancelled(programme.event).is_some(),
        is_busy,
    })
}

fn of_session(site: &Site, programme: &Programme, session: &EventSession) -> Appointment {
    let page = &site.pages[session.page].parsed;
    let event = &site.pages[programme.event].parsed;
    let mut about = About::of(site, session.page);
    about.listed("Speakers", page, "speakers");
    about.listed("For", page, "audiences");
    about.named("Join online", event.values.text("online"));
    about.line(&format!("Part of: {}", event.title));
    about.end(site, session.page);
    let place: Vec<&str> =
        [page.values.text("room"), event.values.text("venue")].into_iter().flatten().collect();
    let changed = [session.page, programme.event].into_iter().filter_map(|page| site.changed_at(page)).max();
    Appointment {
        uid: format!("{}.{}@{}", page.slug, event.slug, host(site)),
        title: page.title.clone(),
        when: when(session.start, session.end),
        place: (!place.is_empty()).then(|| place.join(", ")),
        about: about.0,
        address: web_address(site, session.page),
        changed: changed.unwrap_or_default(),
        // What changes an event, such as its venue, changes the entries of its sessions.
        revision: changes(page) + changes(event),
        is_cancelled: session.is_cancelled || site.cancelled(programme.event).is_some(),
        is_busy: true,
    }
}

fn changes(page: &ParsedPage) -> u32 {
    u32::try_from(page.values.groups("changes").count()).unwrap_or(u32::MAX)
}

fn web_address(site: &Site, page: PageIndex) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    Some(format!("{base}{}", encoded(&site.pages[page].parsed.address)))
}

/// The lines of a description.
struct About(String);

impl About {
    /// Why it is cancelled and what last changed come first, then what it is about.
    fn of(site: &Site, page: PageIndex) -> Self {
        let mut about = Self(String::new());
        let values = &site.pages[page].parsed.values;
        about.named("Cancelled", site.cancelled(page).filter(|why| !why.is_empty()));
        if let Some((time, what)) = site.timed_change(page) {
            about.line(&format!("Changed {time}: {what}"));
        }
        about.line(values.text("summary").unwrap_or_default());
        about
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.0.push_str(if self.0.is_empty() { "" } else { "\n" });
            self.0.push_str(line);
        }
    }

    fn named(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(&format!("{name}: {value}"));
        }
    }

    fn listed(&mut self, name: &str, page: &ParsedPage, field: &str) {
        let values: Vec<&str> = page.values.texts(field).map(|value| value.value).collect();
        if !values.is_empty() {
            self.named(name, Some(&values.join(", ")));
        }
    }

    /// What is made up is told; and the address once more, because few calendars show a URL.
    fn end(&mut self, site: &Site, page: PageIndex) {
        self.named("Illustrative", site.pages[page].parsed.values.text("illustrative"));
        self.line(web_address(site, page).as_deref().unwrap_or_default());
    }
}

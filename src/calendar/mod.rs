//! Appointments into a calendar file (RFC 5545) that Outlook, Google and Apple calendars take in. What comes out depends
//! on what comes in alone: a second export of the same content is the same file, and one of changed content replaces
//! what a calendar took in before.

mod lines;
#[cfg(test)]
mod tests;
mod zone;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use lines::Lines;

/// When something is, on the clocks of the calendar's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Whole days; the last is one of them.
    Days {
        /// The first.
        first: Date,
        /// The last.
        last: Date,
    },
    /// From a time to a time. Of a time that happens twice, because clocks go back, the first is meant.
    Times {
        /// The start.
        start: DateTime,
        /// The end.
        end: DateTime,
    },
}

impl When {
    fn first_day(self) -> Date {
        match self {
            Self::Days { first, .. } => first,
            Self::Times { start, .. } => start.date(),
        }
    }

    fn last_day(self) -> Date {
        match self {
            Self::Days { last, .. } => last,
            Self::Times { end, .. } => end.date(),
        }
    }
}

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The same in every file and for ever: by it a calendar knows what it holds already.
    pub uid: String,
    /// What it is.
    pub title: String,
    /// When it is.
    pub when: When,
    /// Where it is.
    pub place: Option<String>,
    /// More about it, in plain words with line breaks.
    pub about: String,
    /// Its page on the web.
    pub address: Option<String>,
    /// When its content last changed.
    pub changed: Timestamp,
    /// How often its content changed since it was first published.
    pub revision: u32,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Whether who goes there is busy; a whole event, beside its sessions, leaves the day free.
    pub is_busy: bool,
}

/// Appointments of one zone.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// What a calendar that follows this one is called. A file for one's own calendar has none: Outlook opens one
    /// that has as a calendar of its own.
    pub name: Option<String>,
    /// The zone of all its times.
    pub zone: TimeZone,
    /// Its entries.
    pub appointments: Vec<Appointment>,
}

/// A calendar file in parts, so that some of its entries can be put together to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What comes before the entries.
    pub head: String,
    /// The entries, in order.
    pub entries: Vec<String>,
    /// What comes after them.
    pub tail: String,
}

impl Calendar {
    /// The whole file.
    pub fn file(&self) -> String {
        let parts = self.parts();
        parts.head + &parts.entries.concat() + &parts.tail
    }

    /// The file in parts.
    pub fn parts(&self) -> Parts {
        let mut head = Lines::default();
        head.plain("BEGIN", "VCALENDAR");
        head.plain("VERSION", "2.0");
        head.plain("PRODID", "-//netsite//Programme//EN");
        head.plain("CALSCALE", "GREGORIAN");
        // No METHOD: RFC 5546 wants an organiser with an address for PUBLISH, and any other asks for an answer.
        if let Some(name) = &self.name {
            head.text("NAME", name);
            head.text("X-WR-CALNAME", name);
        }
        let has_times = |each: &&Appointment| matches!(each.when, When::Times { .. });
        let days = || self.appointments.iter().filter(has_times).map(|each| each.when);
        let first = days().map(When::first_day).min();
        if let (Some(first), Some(last)) = (first, days().map(When::last_day).max()) {
            zone::write(&mut head, &self.zone, first, last);
        }
        let entries = self.appointments.iter().map(|each| entry(each, &self.zone)).collect();
        let mut tail = Lines::default();
        tail.plain("END", "VCALENDAR");
        Parts { head: head.into_text(), entries, tail: tail.into_text() }
    }
}

fn entry(appointment: &Appointment, zone: &TimeZone) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &appointment.uid);
    lines.plain("DTSTAMP", &instant(appointment.changed));
    lines.plain("LAST-MODIFIED", &instant(appointment.changed));
    lines.plain("SEQUENCE", &appointment.revision.to_string());
    when(&mut lines, appointment.when, zone);
    // Outlook takes a cancelled entry in like any other, so its title says it.
    let cancelled = if appointment.is_cancelled { "Cancelled: " } else { "" };
    lines.text("SUMMARY", &format!("{cancelled}{}", appointment.title));
    if let Some(place) = &appointment.place {
        lines.text("LOCATION", place);
    }
    if !appointment.about.is_empty() {
        lines.text("DESCRIPTION", &appointment.about);
    }
    if let Some(address) = &appointment.address {
        lines.plain("URL", address);
    }
    lines.plain("STATUS", if appointment.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    let is_busy = appointment.is_busy && !appointment.is_cancelled;
    lines.plain("TRANSP", if is_busy { "OPAQUE" } else { "TRANSPARENT" });
    lines.plain("END", "VEVENT");
    lines.into_text()
}

fn when(lines: &mut Lines, when: When, zone: &TimeZone) {
    match when {
        When::Days { first, last } => {
            lines.plain("DTSTART;VALUE=DATE", &zone::day(first));
            // The end of days is the day after.
            if let Ok(end) = last.max(first).tomorrow() {
                lines.plain("DTEND;VALUE=DATE", &zone::day(end));
            }
        }
        When::Times { start, end } => {
            let (property, ending) = match zone::name(zone) {
                Some(name) => (format!(";TZID={name}"), ""),
                None => (String::new(), "Z"),
            };
            lines.plain(&format!("DTSTART{property}"), &(zone::local(start) + ending));
            if end > start {
                lines.plain(&format!("DTEND{property}"), &(zone::local(end) + ending));
            }
        }
    }
}

fn instant(timestamp: Timestamp) -> String {
    zone::local(TimeZone::UTC.to_datetime(timestamp)) + "Z"
}

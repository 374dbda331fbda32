//! What a zone's clocks do in the years of a calendar, as a VTIMEZONE (RFC 5545, section 3.6.5). Outlook shifts times
//! whose zone a file does not describe, and Google garbles files that begin with a zone's whole history: so the zone is
//! there, and only those years of it.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::lines::Lines;

/// An event may say that it lasts from year 1 to 9999.
const MOST_YEARS: i16 = 30;

/// One change of the clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Onset {
    /// On the clocks as they went before it.
    local: DateTime,
    from: Offset,
    to: Offset,
    name: String,
    is_summer: bool,
}

/// The day of a yearly change: the first Sunday of a month (1), or the last (-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rule {
    month: i8,
    weekday: Weekday,
    number: i8,
    time: Time,
    from: Offset,
    to: Offset,
}

/// The zone's name in a calendar; none for UTC, whose times need no zone.
pub(super) fn name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name().filter(|name| !matches!(*name, "UTC" | "Etc/UTC" | "Etc/Unknown"))
}

pub(super) fn write(lines: &mut Lines, zone: &TimeZone, first: Date, last: Date) {
    let Some(name) = name(zone) else { return };
    lines.plain("BEGIN", "VTIMEZONE");
    lines.plain("TZID", name);
    // The year before says how the clocks go at the beginning of the first.
    let from = first.year().saturating_sub(1).clamp(1, 9998);
    let to = last.year().max(first.year()).min(from.saturating_add(MOST_YEARS)).min(9998);
    let onsets = onsets(zone, from, to);
    if let Some(rules) = yearly(&onsets, to - from + 1) {
        for (rule, onset) in rules.iter().zip(&onsets) {
            component(lines, onset, Some(rule));
        }
    } else {
        component(lines, &beginning(zone, from), None);
        for onset in &onsets {
            component(lines, onset, None);
        }
    }
    lines.plain("END", "VTIMEZONE");
}

/// How the clocks go when a year begins; for a zone that does not change them, since ever.
fn beginning(zone: &TimeZone, year: i16) -> Onset {
    let local = Date::new(year, 1, 1).unwrap_or(Date::constant(1970, 1, 1)).at(0, 0, 0, 0);
    let timestamp = zone.to_ambiguous_timestamp(local).compatible().unwrap_or_default();
    let info = zone.to_offset_info(timestamp);
    let (offset, name) = (info.offset(), info.abbreviation().to_string());
    Onset { local, from: offset, to: offset, name, is_summer: false }
}

/// The changes of the clocks from the beginning of one year to the end of another.
fn onsets(zone: &TimeZone, from: i16, to: i16) -> Vec<Onset> {
    let beginning = beginning(zone, from);
    let Ok(start) = beginning.from.to_timestamp(beginning.local) else { return Vec::new() };
    let mut before = beginning.to;
    let mut onsets = Vec::new();
    for change in zone.following(start) {
        let local = before.to_datetime(change.timestamp());
        if local.year() > to {
            break;
        }
        // What changes without the clocks is a name, or who decides about them.
        if change.offset() != before {
            onsets.push(Onset {
                local,
                from: before,
                to: change.offset(),
                name: change.abbreviation().to_string(),
                is_summer: change.offset() > before,
            });
        }
        before = change.offset();
    }
    onsets
}

/// The two rules by which the clocks change in each of these years, if there are two that say it.
fn yearly(onsets: &[Onset], years: i16) -> Option<[Rule; 2]> {
    if onsets.len() != 2 * usize::try_from(years).ok()? {
        return None;
    }
    let rule = |place: usize| {
        let own: Vec<&Onset> = onsets.iter().skip(place).step_by(2).collect();
        let fits = |number: &i8| own.iter().all(|onset| of(onset, *number) == of(own[0], *number));
        let is_last = own.iter().all(|onset| of(onset, -1).is_some());
        let number = if is_last { -1 } else { (own.first()?.local.day() - 1) / 7 + 1 };
        fits(&number).then(|| of(own[0], number))?
    };
    let rules = [rule(0)?, rule(1)?];
    // Each year has both of them.
    let pairs = onsets.chunks_exact(2).all(|pair| pair[0].local.year() == pair[1].local.year());
    pairs.then_some(rules)
}

/// An onset as a rule that counts the weekdays of its month from the beginning, or from the end for -1.
fn of(onset: &Onset, number: i8) -> Option<Rule> {
    let date = onset.local.date();
    let found = match number {
        -1 => date.day() + 7 > date.days_in_month(),
        number => (date.day() - 1) / 7 + 1 == number,
    };
    found.then(|| Rule {
        month: date.month(),
        weekday: date.weekday(),
        number,
        time: onset.local.time(),
        from: onset.from,
        to: onset.to,
    })
}

fn component(lines: &mut Lines, onset: &Onset, rule: Option<&Rule>) {
    let name = if onset.is_summer { "DAYLIGHT" } else { "STANDARD" };
    lines.plain("BEGIN", name);
    lines.plain("DTSTART", &local(onset.local));
    if let Some(rule) = rule {
        let day = weekday(rule.weekday);
        lines.plain("RRULE", &format!("FREQ=YEARLY;BYMONTH={};BYDAY={}{day}", rule.month, rule.number));
    }
    lines.plain("TZOFFSETFROM", &offset(onset.from));
    lines.plain("TZOFFSETTO", &offset(onset.to));
    lines.text("TZNAME", &onset.name);
    lines.plain("END", name);
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// `20180418T093000`.
pub(super) fn local(time: DateTime) -> String {
    let (date, clock) = (day(time.date()), time.time());
    format!("{date}T{:02}{:02}{:02}", clock.hour(), clock.minute(), clock.second())
}

/// `20180418`.
pub(super) fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// `+0100`; with seconds for clocks of long ago.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}

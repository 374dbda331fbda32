//! Dates, periods and instants as people write them, and dates as the NHS shows them ("6 August 2018").
//!
//! A date in figures with slashes is never guessed: `03/04/18` is April to one reader and March to another.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// Why a date could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateProblem {
    /// What is wrong: "`03/04/18` is unclear".
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Whether the text is no date at all, rather than a date with something wrong.
    is_unreadable: bool,
}

impl DateProblem {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), is_unreadable: false }
    }

    fn unreadable(text: &str) -> Self {
        let problem = Self::new(format!("`{text}` is not a date"), "write it as 2018-04-03 or 3 April 2018");
        Self { is_unreadable: true, ..problem }
    }
}

/// A stretch of days, as the writer put it and as dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The writer's words: "January to June 2018", "2016/17".
    pub text: String,
    /// Its first day.
    pub start: Date,
    /// Its last day; none where it has not ended ("since 2019").
    pub end: Option<Date>,
}

/// A day, with a time of day where one was given; in the zone that its page names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
}

impl LocalTime {
    /// For machines: `2018-04-18T14:30`, or the day alone.
    pub fn iso(&self) -> String {
        match self.time {
            Some(time) => format!("{}T{:02}:{:02}", self.date, time.hour(), time.minute()),
            None => self.date.to_string(),
        }
    }

    /// The time of day as the NHS writes it: `2:30pm`.
    pub fn clock(&self) -> Option<String> {
        self.time.map(clock_time)
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&long_date(self.date))?;
        match self.time {
            Some(time) => write!(formatter, ", {}", clock_time(time)),
            None => Ok(()),
        }
    }
}

/// An instant and the zone that it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub timestamp: Timestamp,
    /// The zone, for showing it.
    pub zone: TimeZone,
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.zone.to_datetime(self.timestamp);
        write!(formatter, "{}, {}", long_date(local.date()), clock_time(local.time()))
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// 0 for Monday.
fn weekday_number(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    WEEKDAYS.iter().position(|day| {
        let day = day.to_lowercase();
        day == word || day[..3] == *word
    })
}

/// `6 August 2018`.
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// `9:30am`, `midday`, `midnight`, as the NHS writes times.
fn clock_time(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (hour, minute) {
        (0, 0) => "midnight".to_string(),
        (12, 0) => "midday".to_string(),
        _ => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
        }
    }
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

fn month_number(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('.');
    let position = MONTHS.iter().position(|month| {
        let month = month.to_lowercase();
        month == word || month[..3] == *word || (word == "sept" && month == "september")
    })?;
    Some(position as i8 + 1)
}

fn digits(word: &str, count: std::ops::RangeInclusive<usize>) -> Option<i16> {
    (count.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())?
}

fn day_number(word: &str) -> Option<i8> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits(number, 1..=2).map(|day| day as i8)
}

fn real_date(text: &str, year: i16, month: i8, day: i8) -> Result<Date, DateProblem> {
    Date::new(year, month, day).map_err(|_| {
        DateProblem::new(
            format!("`{text}` is a day that does not exist"),
            "check the day and the month; write it as 2018-04-03 or 3 April 2018",
        )
    })
}

/// A date: `2018-04-03`, `3 April 2018`, `3rd Apr 2018`.
pub fn parse_date(text: &str) -> Result<Date, DateProblem> {
    let text = text.trim();
    if let [year, month, day] = text.split('-').collect::<Vec<_>>()[..]
        && let (Some(year), Some(month), Some(day)) =
            (digits(year, 4..=4), digits(month, 1..=2), digits(day, 1..=2))
    {
        return real_date(text, year, month as i8, day as i8);
    }
    if let [year, month, day] = text.split(['/', '.']).collect::<Vec<_>>()[..]
        && let (Some(year), Some(month), Some(day)) =
            (digits(year, 4..=4), digits(month, 1..=2), digits(day, 1..=2))
    {
        let date = real_date(text, year, month as i8, day as i8)?;
        return Err(DateProblem::new(
            format!("the date `{text}` is not written as dates are here"),
            format!("write {date} or {}", long_date(date)),
        ));
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    if let [weekday, day, month, year] = words[..]
        && let Some(named) = weekday_number(weekday)
    {
        let date = parse_date(&format!("{day} {month} {year}"))?;
        let real = date.weekday().to_monday_zero_offset().unsigned_abs() as usize;
        return if real == named {
            Ok(date)
        } else {
            Err(DateProblem::new(
                format!("{} is a {}, not a {}", long_date(date), WEEKDAYS[real], WEEKDAYS[named]),
                "check the day; the weekday may be left out",
            ))
        };
    }
    if let [day, month, year] = words[..]
        && let (Some(day), Some(month), Some(year)) =
            (day_number(day), month_number(month), digits(year, 4..=4))
    {
        return real_date(text, year, month, day);
    }
    if let [a, b, year] = text.split(['/', '.', '-']).collect::<Vec<_>>()[..]
        && let (Some(a), Some(b), Some(year)) = (digits(a, 1..=2), digits(b, 1..=2), digits(year, 2..=4))
    {
        return Err(unclear_date(text, a, b, year));
    }
    Err(DateProblem::unreadable(text))
}

fn unclear_date(text: &str, a: i16, b: i16, year: i16) -> DateProblem {
    let year = if year < 100 { 2000 + year } else { year };
    let readings: Vec<Date> = [(b, a), (a, b)]
        .iter()
        .filter_map(|(month, day)| Date::new(year, *month as i8, *day as i8).ok())
        .collect();
    match readings.first() {
        None => DateProblem::unreadable(text),
        Some(date) => DateProblem::new(
            format!("the date `{text}` is unclear"),
            format!("write {date} or {}", long_date(*date)),
        ),
    }
}

/// A day with an optional time: `2018-04-18 10:00`, `2018-04-18T10:00`, `18 April 2018, 10am`.
pub fn parse_local_time(text: &str) -> Result<LocalTime, DateProblem> {
    let text = text.trim();
    if let Ok(date) = parse_date(text) {
        return Ok(LocalTime { date, time: None });
    }
    let split = match text.find('T') {
        Some(t) if text[..t].ends_with(|last: char| last.is_ascii_digit()) => Some(t),
        _ => text.rfind([' ', ',']),
    };
    let Some(split) = split else {
        return Err(parse_date(text).err().unwrap_or(DateProblem::unreadable(text)));
    };
    // `18 April 2018, 2.30 pm` has a space before its last word.
    let split = match text[split + 1..].to_lowercase().as_str() {
        "am" | "pm" => text[..split].rfind([' ', ',']).unwrap_or(split),
        _ => split,
    };
    let date = match parse_date(text[..split].trim_end_matches([' ', ','])) {
        Err(problem) if problem.is_unreadable => {
            return Err(DateProblem::new(
                format!("`{text}` is not a day and time"),
                "write it as 2018-04-18 14:30",
            ));
        }
        date => date?,
    };
    let time = parse_clock_time(&text[split + 1..]).ok_or_else(|| {
        DateProblem::new(
            format!("`{}` is not a time of day", &text[split + 1..]),
            "write it as 2018-04-18 14:30",
        )
    })?;
    Ok(LocalTime { date, time: Some(time) })
}

fn parse_clock_time(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase();
    let (digits_part, shift) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim().to_string(), Some(0)),
        (_, Some(rest)) => (rest.trim().to_string(), Some(12)),
        _ => (text, None),
    };
    let mut parts = digits_part.split([':', '.']);
    let hour = digits(parts.next()?, 1..=2)? as i8;
    let minute = match parts.next() {
        Some(minute) => digits(minute, 2..=2)? as i8,
        None if shift.is_some() => 0,
        None => return None,
    };
    let second = parts.next().map_or(Some(0), |second| digits(second, 2..=2))? as i8;
    let hour = match shift {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(shift) => hour % 12 + shift,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// An instant: `2026-12-01 09:00 Europe/London`, `2026-12-01T09:00:00Z`, `2026-12-01T09:00+01:00`. Where the text names
/// no zone, `default_zone` is taken; where there is none, the zone is asked for.
pub fn parse_moment(text: &str, default_zone: Option<&TimeZone>) -> Result<Moment, DateProblem> {
    let text = text.trim();
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Ok(Moment { timestamp, zone: TimeZone::UTC });
    }
    let (local, zone) = match text.rsplit_once([' ', '[']) {
        Some((local, zone))
            if zone.starts_with(|first: char| first.is_ascii_alphabetic())
                && !zone.contains(|c: char| c.is_ascii_digit()) =>
        {
            (local, Some(zone.trim_end_matches(']')))
        }
        _ => (text, None),
    };
    let local = parse_local_time(local)?;
    let zone = match (zone, default_zone) {
        (Some(name), _) => TimeZone::get(name).map_err(|_| {
            DateProblem::new(
                format!("`{name}` is not a time zone"),
                "name the zone as a place, for example 2026-12-01 09:00 Europe/London",
            )
        })?,
        (None, Some(zone)) => zone.clone(),
        (None, None) => {
            return Err(DateProblem::new(
                format!("`{text}` does not say in which time zone"),
                format!("add the zone, for example {text} Europe/London"),
            ));
        }
    };
    let datetime = DateTime::from_parts(local.date, local.time.unwrap_or(Time::midnight()));
    let ambiguous = zone.to_ambiguous_zoned(datetime);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {}
        AmbiguousOffset::Gap { .. } => {
            return Err(DateProblem::new(
                format!("`{text}` does not exist: the clocks go forward past it"),
                "choose a time before or after the change",
            ));
        }
        AmbiguousOffset::Fold { .. } => {
            return Err(DateProblem::new(
                format!("`{text}` happens twice: the clocks go back over it"),
                "say which by the offset, for example 2026-10-25T01:30+01:00",
            ));
        }
    }
    let zoned = ambiguous.compatible().map_err(|_| DateProblem::unreadable(text))?;
    Ok(Moment { timestamp: zoned.timestamp(), zone })
}

/// A period: a date, a month (`April 2018`, `2018-04`), a quarter (`Q1 2018/19`), a year (`2018`), a financial year
/// (`2016/17`, April to March), two of them joined by `to`, `January to June 2018`, `6 months to June 2018`, or
/// `since 2019`.
pub fn parse_period(text: &str) -> Result<Period, DateProblem> {
    let text = text.trim();
    let unreadable = || {
        DateProblem::new(
            format!("`{text}` is not a period"),
            "write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019",
        )
    };
    let period = |start, end| Ok(Period { text: text.to_string(), start, end });
    if let Some(rest) = text
        .strip_prefix("since ")
        .or_else(|| text.strip_prefix("from ").filter(|rest| !rest.contains(" to ")))
    {
        let (start, _) = parse_span_of_days(rest).ok_or_else(unreadable)??;
        return period(start, None);
    }
    let bare = text.strip_prefix("from ").unwrap_or(text);
    if let Some((from, to)) = bare.split_once(" to ") {
        let (end_start, end) = parse_span_of_days(to).ok_or_else(unreadable)??;
        if let Some(start) = months_before(from, end) {
            return period(start, Some(end));
        }
        let start = match parse_span_of_days(from) {
            Some(start) => start?.0,
            // "January to June 2018": the first part takes the year of the second.
            None => parse_span_of_days(&format!("{from} {}", end_start.year())).ok_or_else(unreadable)??.0,
        };
        if start > end {
            return Err(DateProblem::new(
                format!("`{text}` ends before it starts"),
                "write the earlier date first",
            ));
        }
        return period(start, Some(end));
    }
    let (start, end) = parse_span_of_days(text).ok_or_else(unreadable)??;
    period(start, Some(end))
}

/// `6 months`, counted back from the day after `end`.
fn months_before(text: &str, end: Date) -> Option<Date> {
    let (count, unit) = text.split_once(' ')?;
    let count: i64 = digits(count, 1..=3)?.into();
    let span = match unit {
        "month" | "months" => jiff::Span::new().months(count),
        "year" | "years" => jiff::Span::new().years(count),
        "week" | "weeks" => jiff::Span::new().weeks(count),
        _ => return None,
    };
    end.tomorrow().ok()?.checked_sub(span).ok()
}

/// First and last day of one date, month, quarter or year; none where the text is none of them.
fn parse_span_of_days(text: &str) -> Option<Result<(Date, Date), DateProblem>> {
    let text = text.trim();
    let month_span = |year: i16, month: i8| {
        let start = Date::new(year, month, 1).ok()?;
        Some((start, start.last_of_month()))
    };
    if let Some(year) = digits(text, 4..=4) {
        return Some(Ok((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)));
    }
    if let Some((start, end)) = financial_year(text) {
        return Some(Ok((start, end)));
    }
    if let Some((quarter, year)) = text.split_once(' ')
        && let Some(quarter @ 1..=4) =
            quarter.strip_prefix(['Q', 'q']).and_then(|quarter| digits(quarter, 1..=1))
    {
        let start = match financial_year(year) {
            Some((start, _)) => {
                start.checked_add(jiff::Span::new().months(i64::from(quarter - 1) * 3)).ok()?
            }
            None => Date::new(digits(year, 4..=4)?, (quarter as i8 - 1) * 3 + 1, 1).ok()?,
        };
        return Some(Ok((start, start.checked_add(jiff::Span::new().months(2)).ok()?.last_of_month())));
    }
    if let Some((year, month)) = text.split_once('-')
        && let (Some(year), Some(month)) = (digits(year, 4..=4), digits(month, 1..=2))
    {
        return month_span(year, month as i8).map(Ok);
    }
    if let Some((month, year)) = text.split_once(' ')
        && let (Some(month), Some(year)) = (month_number(month), digits(year, 4..=4))
    {
        return month_span(year, month).map(Ok);
    }
    match parse_date(text) {
        Ok(date) => Some(Ok((date, date))),
        Err(problem) if problem.is_unreadable => None,
        Err(problem) => Some(Err(problem)),
    }
}

/// `2016/17`, `2016-17` or `2016/2017`: 1 April to 31 March.
fn financial_year(text: &str) -> Option<(Date, Date)> {
    let (first, second) = text.split_once('/').or_else(|| text.split_once('-'))?;
    let first = digits(first, 4..=4)?;
    let expected = first + 1;
    let second = match second.len() {
        2 => digits(second, 2..=2).filter(|second| *second == expected % 100)?,
        4 => digits(second, 4..=4).filter(|second| *second == expected)?,
        _ => return None,
    };
    // `2011-12` reads as December 2011 as well; the hyphen form is a month.
    if text.contains('-') && (1..=12).contains(&second) {
        return None;
    }
    Some((Date::new(first, 4, 1).ok()?, Date::new(expected, 3, 31).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in ["2018-04-03", "3 April 2018", "3rd Apr 2018", " 3 april 2018 ", "Tuesday 3 April 2018"] {
            assert_eq!(parse_date(text), Ok(day(2018, 4, 3)), "{text}");
        }
    }

    #[test]
    fn a_date_with_slashes_is_asked_about() {
        let problem = parse_date("03/04/18").unwrap_err();
        assert_eq!(problem.message, "the date `03/04/18` is unclear");
        assert_eq!(problem.help, "write 2018-04-03 or 3 April 2018");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert!(parse_date("31 February 2018").unwrap_err().message.contains("does not exist"));
        assert!(parse_date("2018-13-01").unwrap_err().message.contains("does not exist"));
        assert!(parse_date("soon").unwrap_err().message.contains("not a date"));
    }

    #[test]
    fn periods_as_people_write_them() {
        for (text, start, end) in [
            ("2018", day(2018, 1, 1), Some(day(2018, 12, 31))),
            ("2016/17", day(2016, 4, 1), Some(day(2017, 3, 31))),
            ("April 2018", day(2018, 4, 1), Some(day(2018, 4, 30))),
            ("2018-04", day(2018, 4, 1), Some(day(2018, 4, 30))),
            ("Q1 2018/19", day(2018, 4, 1), Some(day(2018, 6, 30))),
            ("January to June 2018", day(2018, 1, 1), Some(day(2018, 6, 30))),
            ("6 months to June 2018", day(2018, 1, 1), Some(day(2018, 6, 30))),
            ("2018-01-05 to 2018-06-01", day(2018, 1, 5), Some(day(2018, 6, 1))),
            ("since 2019", day(2019, 1, 1), None),
            ("2018 to 2020", day(2018, 1, 1), Some(day(2020, 12, 31))),
        ] {
            let period = parse_period(text).unwrap();
            assert_eq!((period.start, period.end), (start, end), "{text}");
        }
        assert!(parse_period("June 2018 to May 2018").unwrap_err().message.contains("ends before"));
        assert!(parse_period("last summer").is_err());
    }

    #[test]
    fn an_instant_needs_a_zone_and_an_unambiguous_hour() {
        let moment = parse_moment("2026-07-01 09:00 Europe/London", None).unwrap();
        assert_eq!(moment.timestamp.to_string(), "2026-07-01T08:00:00Z");
        assert!(parse_moment("2026-07-01 09:00", None).unwrap_err().message.contains("time zone"));
        assert!(
            parse_moment("2026-03-29 01:30 Europe/London", None)
                .unwrap_err()
                .message
                .contains("does not exist")
        );
        assert!(parse_moment("2026-10-25 01:30 Europe/London", None).unwrap_err().message.contains("twice"));
        assert!(parse_moment("2026-07-01T09:00:00+01:00", None).is_ok());
    }

    #[test]
    fn local_times_as_people_write_them() {
        for text in ["2018-04-18 14:30", "2018-04-18T14:30", "18 April 2018, 2:30pm", "18 April 2018 14.30"] {
            let local = parse_local_time(text).unwrap();
            assert_eq!((local.date, local.time), (day(2018, 4, 18), Time::new(14, 30, 0, 0).ok()), "{text}");
            assert_eq!(local.to_string(), "18 April 2018, 2:30pm");
        }
        assert_eq!(parse_local_time("2018-04-18").unwrap().time, None);
        assert!(parse_local_time("2018-04-18 25:00").is_err());
    }
}

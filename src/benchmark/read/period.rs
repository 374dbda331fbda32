//! Periods as people write them in a column of a spreadsheet, and as Excel leaves them. What one cell leaves open
//! (`01/04/2024`, `2011-12`) the other cells of the column may settle; what they do not settle is reported.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::benchmark::when::{Grain, When};
use crate::text::{long_date, parse_period};

/// Why a period could not be read, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) message: String,
    pub(super) help: String,
}

/// In which order a column writes the day and the month of `01/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum DayOrder {
    /// Both orders are possible, or there are no such dates.
    #[default]
    Open,
    DayFirst,
    MonthFirst,
    /// Some cells allow only the one order and some only the other.
    Mixed,
}

/// How a column writes its periods.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    order: DayOrder,
    /// `2011-12` is a financial year here, not December 2011.
    hyphen_is_year: bool,
}

impl Habits {
    /// What the different cells of a column say together.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let dates: Vec<(u8, u8)> =
            cells.clone().filter_map(|cell| slashed(&clean(cell))).map(|(a, b, _)| (a, b)).collect();
        let (mut years, mut is_other) = (Vec::new(), false);
        for cell in cells {
            match hyphenated(&clean(cell)) {
                Some((year, second)) if (year + 1).rem_euclid(100) == second => years.push(year),
                Some(_) => is_other = true,
                None => {}
            }
        }
        years.sort_unstable();
        years.dedup();
        Self { order: day_order(&dates), hyphen_is_year: !is_other && years.len() > 1 }
    }
}

fn day_order(dates: &[(u8, u8)]) -> DayOrder {
    if dates.is_empty() {
        return DayOrder::Open;
    }
    let day_first = dates.iter().all(|(_, b)| (1..=12).contains(b));
    let month_first = dates.iter().all(|(a, _)| (1..=12).contains(a));
    let varies = |part: fn(&(u8, u8)) -> u8| dates.iter().any(|date| part(date) != part(&dates[0]));
    match (day_first, month_first) {
        (true, false) => DayOrder::DayFirst,
        (false, true) => DayOrder::MonthFirst,
        (false, false) => DayOrder::Mixed,
        // The first of every month can be told: one number is always 1 and the other is not.
        (true, true) if dates.iter().all(|(a, _)| *a == 1) && varies(|date| date.1) => DayOrder::DayFirst,
        (true, true) if dates.iter().all(|(_, b)| *b == 1) && varies(|date| date.0) => DayOrder::MonthFirst,
        (true, true) => DayOrder::Open,
    }
}

/// The text with ordinary single spaces, without the apostrophe that makes Excel keep a text, and without midnight.
fn clean(cell: &str) -> String {
    let words: Vec<&str> = cell.trim_start_matches('\'').split_whitespace().collect();
    let text = words.join(" ").replace(['–', '—', '‑'], "-");
    for midnight in [" 00:00:00", " 00:00", "T00:00:00Z", "T00:00:00", "T00:00"] {
        if let Some(day) = text.strip_suffix(midnight) {
            return day.to_string();
        }
    }
    text
}

/// `01/04/2024` as its three numbers; two digits of a year belong to this century.
fn slashed(text: &str) -> Option<(u8, u8, i16)> {
    let mut parts = text.split(['/', '.', '-']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |part: &str, longest: usize| {
        (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.next().is_some() || !is_number(a, 2) || !is_number(b, 2) || !is_number(year, 4) {
        return None;
    }
    let year: i16 = match year.len() {
        2 => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    Some((a.parse().ok()?, b.parse().ok()?, year))
}

/// `2011-12` as its two numbers.
fn hyphenated(text: &str) -> Option<(i16, i16)> {
    let (year, second) = text.split_once('-')?;
    let is_number =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(year, 4) && is_number(second, 2)).then(|| Some((year.parse().ok()?, second.parse().ok()?)))?
}

/// A period that stands alone, as people write it: `Apr 2024`, `2024/25`, `Q1 2024/25`.
pub(in crate::benchmark) fn parse_one(text: &str) -> Option<When> {
    parse(text, Habits::of(std::iter::once(text))).ok()
}

/// Reads one cell.
pub(super) fn parse(cell: &str, habits: Habits) -> Result<When, Unreadable> {
    let text = clean(cell);
    if let Some((a, b, year)) = slashed(&text)
        && text.split(['/', '.', '-']).next().is_none_or(|first| first.len() != 4)
    {
        return slashed_date(&text, (a, b, year), habits.order);
    }
    if habits.hyphen_is_year
        && let Some((year, _)) = hyphenated(&text)
        && let (Ok(start), Ok(end)) = (Date::new(year, 4, 1), Date::new(year + 1, 3, 31))
    {
        return Ok(When::new(start, end));
    }
    if let Some(when) = unusual(&text) {
        return when;
    }
    match parse_period(&text) {
        Ok(period) => match period.end {
            Some(end) => Ok(When::new(period.start, end)),
            None => Err(Unreadable {
                message: format!("`{text}` has no end"),
                help: "write from when to when: 2018-04-01 to 2018-09-30".to_string(),
            }),
        },
        Err(problem) => Err(Unreadable { message: problem.message, help: problem.help }),
    }
}

fn slashed_date(text: &str, (a, b, year): (u8, u8, i16), order: DayOrder) -> Result<When, Unreadable> {
    let date = |day: u8, month: u8| Date::new(year, month.cast_signed(), day.cast_signed()).ok();
    let (day_first, month_first) = (date(a, b), date(b, a));
    let read = match order {
        DayOrder::DayFirst => day_first,
        DayOrder::MonthFirst => month_first,
        DayOrder::Mixed => {
            return Err(Unreadable {
                message: format!(
                    "`{text}` cannot be trusted: some dates of this column have the day first and others the month, as when Excel has turned some of them round"
                ),
                help: "write the dates as 2018-04-03, from the original figures".to_string(),
            });
        }
        DayOrder::Open => {
            let help = match (day_first, month_first) {
                (Some(one), Some(other)) if one != other => {
                    format!("write {one} or {other}, whichever is meant")
                }
                (Some(only), _) | (_, Some(only)) => format!("write {only}"),
                (None, None) => "write it as 2018-04-03".to_string(),
            };
            return match (day_first, month_first) {
                (Some(one), Some(other)) if one == other => Ok(When::new(one, one)),
                _ => Err(Unreadable { message: format!("the date `{text}` is unclear"), help }),
            };
        }
    };
    read.map(|day| When::new(day, day)).ok_or_else(|| Unreadable {
        message: format!("`{text}` is a day that does not exist"),
        help: "check the day and the month; write it as 2018-04-03".to_string(),
    })
}

/// Forms that spreadsheets have and texts do not.
fn unusual(text: &str) -> Option<Result<When, Unreadable>> {
    let lower = text.to_lowercase();
    for ending in ["week ending ", "week ended ", "week to ", "w/e "] {
        if let Some(rest) = lower.strip_prefix(ending) {
            return Some(one_day(rest).and_then(|end| match end.checked_sub(6.days()) {
                Ok(start) => Ok(When::new(start, end)),
                Err(_) => Err(unreadable(text)),
            }));
        }
    }
    for beginning in ["week commencing ", "week beginning ", "week starting ", "w/c "] {
        if let Some(rest) = lower.strip_prefix(beginning) {
            return Some(one_day(rest).and_then(|start| match start.checked_add(6.days()) {
                Ok(end) => Ok(When::new(start, end)),
                Err(_) => Err(unreadable(text)),
            }));
        }
    }
    for year in ["year ending ", "year to ", "12 months to ", "12 months ending "] {
        if let Some(rest) = lower.strip_prefix(year) {
            return Some(read_again(&format!("12 months to {rest}"), text));
        }
    }
    if let Some(rest) = lower.strip_prefix("fy ").or_else(|| lower.strip_prefix("fy")) {
        return Some(parse(rest, Habits { hyphen_is_year: true, ..Habits::default() }));
    }
    if lower.contains('q')
        && let Some(when) = quarter(&lower)
    {
        return Some(Ok(when));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_only(text);
    }
    excel_month(&lower, text)
}

fn unreadable(text: &str) -> Unreadable {
    Unreadable {
        message: format!("`{text}` is not a period"),
        help: "write it as 2024-04, April 2024, 2024/25, Q1 2024/25 or 20 June 2021".to_string(),
    }
}

fn one_day(text: &str) -> Result<Date, Unreadable> {
    let when = parse(text, Habits { order: DayOrder::DayFirst, hyphen_is_year: false })?;
    if when.grain == Grain::Day { Ok(when.start) } else { Err(unreadable(text)) }
}

fn read_again(text: &str, written: &str) -> Result<When, Unreadable> {
    let period = parse_period(text).map_err(|_| unreadable(written))?;
    let end = period.end.ok_or_else(|| unreadable(written))?;
    Ok(When::new(period.start, end))
}

/// `Q1 2024/25`, `2024-25 Q1`, `Q1 24/25`, `q1 2024`.
fn quarter(text: &str) -> Option<When> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [one, other] = words[..] else { return None };
    let (quarter, year) = if one.starts_with('q') { (one, other) } else { (other, one) };
    let quarter = quarter.strip_prefix('q')?;
    let year = year.strip_prefix("fy").unwrap_or(year).replace('-', "/");
    let year = if year.len() == 5 && year.as_bytes()[2] == b'/' { format!("20{year}") } else { year };
    let period = parse_period(&format!("Q{quarter} {year}")).ok()?;
    Some(When::new(period.start, period.end?))
}

/// `202404` is a month; `45383` is how Excel counts days.
fn digits_only(text: &str) -> Option<Result<When, Unreadable>> {
    if text.len() == 6 {
        let (year, month) = (text[..4].parse().ok()?, text[4..].parse().ok()?);
        let start = Date::new(year, month, 1).ok()?;
        return Some(Ok(When::new(start, start.last_of_month())));
    }
    if text.len() == 5 {
        let days: i64 = text.parse().ok()?;
        let day = Date::constant(1899, 12, 30).checked_add(days.days()).ok()?;
        return Some(Err(Unreadable {
            message: format!("`{text}` is a date as Excel counts days, probably {}", long_date(day)),
            help: format!("format the column as a date in Excel and save it again, or write {day}"),
        }));
    }
    None
}

/// `Apr-24` and `24-Apr`, which Excel makes of April 2024.
fn excel_month(lower: &str, text: &str) -> Option<Result<When, Unreadable>> {
    if let [day, month, year] = lower.split('-').collect::<Vec<_>>()[..]
        && month.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        let century = if year.len() == 2 { "20" } else { "" };
        return Some(read_again(&format!("{day} {month} {century}{year}"), text));
    }
    let (first, second) = lower.split_once(['-', ' ', '/'])?;
    let is_number =
        |part: &str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_word = |part: &str| part.len() >= 3 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_word(first) && is_year(second) {
        return Some(read_again(&format!("{first} {second}"), text));
    }
    if is_year(first) && is_word(second) {
        return Some(read_again(&format!("{second} {first}"), text));
    }
    if is_word(first) && second.len() == 2 && is_number(second) && text.contains('-') {
        return Some(read_again(&format!("{first} 20{second}"), text));
    }
    if is_number(first) && is_word(second) && text.contains('-') && !second.contains('-') {
        return Some(Err(Unreadable {
            message: format!("`{text}` is what Excel makes of a month or a day, and the year is lost"),
            help: "write it as 2024-04 or 2024-04-24, in a column that is formatted as text".to_string(),
        }));
    }
    None
}

/// Days that are the first of months, one month after the other, stand for those months.
pub(super) fn first_days_are_months(whens: &mut [&mut When]) {
    let days: Vec<Date> =
        whens.iter().filter(|when| when.grain == Grain::Day).map(|when| when.start).collect();
    if days.is_empty() || days.iter().any(|day| day.day() != 1) {
        return;
    }
    let mut months: Vec<i32> =
        days.iter().map(|day| i32::from(day.year()) * 12 + i32::from(day.month())).collect();
    months.sort_unstable();
    months.dedup();
    let are_neighbours = months.windows(2).any(|pair| pair[1] - pair[0] == 1);
    if are_neighbours || whens.iter().any(|when| when.grain == Grain::Month) {
        for when in whens.iter_mut().filter(|when| when.grain == Grain::Day) {
            **when = When::new(when.start, when.start.last_of_month());
        }
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;

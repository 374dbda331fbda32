//! Whole dates as they are written beside "date of birth": 1.2.1950, 1950-02-01, 1st February 1950, February 1, 1950.

use super::digits::{Gap, Group};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Where the date ends that begins with this group; none where it is no date with a day, a month and a year.
pub(super) fn full_date(text: &str, groups: &[Group], first: usize) -> Option<usize> {
    let group = groups[first];
    if text[..group.start].ends_with(|before: char| before.is_alphanumeric() || before == '/') {
        return None;
    }
    in_groups(text, &groups[first..])
        .or_else(|| with_slashes(text, group))
        .or_else(|| with_words(text, group))
}

fn value(text: &str) -> u32 {
    text.bytes()
        .filter(u8::is_ascii_digit)
        .fold(0, |value: u32, digit| value.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

fn is_date(first: u32, second: u32, third: u32) -> bool {
    let is_day_and_month = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let is_year = |year: u32| year < 100 || (1880..2200).contains(&year);
    (is_year(third) && (is_day_and_month(first, second) || is_day_and_month(second, first)))
        || ((1880..2200).contains(&first) && is_day_and_month(third, second))
}

fn in_groups(text: &str, groups: &[Group]) -> Option<usize> {
    let [one, two, three, ..] = groups else { return None };
    let is_apart = |group: &Group| group.count <= 4 && !matches!(group.after, Gap::Line);
    let (first, second, third) = (
        value(&text[one.start..one.end]),
        value(&text[two.start..two.end]),
        value(&text[three.start..three.end]),
    );
    (is_apart(two) && is_apart(three) && two.count <= 2 && is_date(first, second, third)).then_some(three.end)
}

fn with_slashes(text: &str, group: Group) -> Option<usize> {
    let rest = text[group.end..].strip_prefix('/')?;
    let month: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let rest = rest[month.len()..].strip_prefix('/')?;
    let year: String = rest.chars().take_while(char::is_ascii_digit).collect();
    if month.is_empty() || month.len() > 2 || year.is_empty() || year.len() > 4 {
        return None;
    }
    is_date(value(&text[group.start..group.end]), value(&month), value(&year))
        .then(|| group.end + 2 + month.len() + year.len())
}

fn with_words(text: &str, group: Group) -> Option<usize> {
    if group.count > 2 || !(1..=31).contains(&value(&text[group.start..group.end])) {
        return None;
    }
    let rest = &text[group.end..];
    let ending =
        ["st", "nd", "rd", "th"].iter().find(|ending| rest.starts_with(**ending)).map_or(0, |end| end.len());
    let mut at = group.end + ending;
    let skip = |at: usize| {
        text[at..].len() - text[at..].trim_start_matches([' ', ',', '-', '/', '.', '\u{a0}']).len()
    };
    at += skip(at);
    if with_month_before(text, group.start) == group.start {
        let word: String = text[at..].chars().take_while(char::is_ascii_alphabetic).collect();
        let is_month = word.len() >= 3 && MONTHS.contains(&word[..3].to_lowercase().as_str());
        if !is_month {
            return None;
        }
        at += word.len();
        at += skip(at);
    }
    let year = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    matches!(year, 2 | 4).then_some(at + year)
}

/// Where a date begins whose day stands at `start`, if its month stands before it.
pub(super) fn with_month_before(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end_matches([' ', '\u{a0}']);
    let letters = before.bytes().rev().take(12).take_while(u8::is_ascii_alphabetic).count();
    let word = &before[before.len() - letters..];
    let is_month = word.len() >= 3 && word.len() < 12 && MONTHS.contains(&word[..3].to_lowercase().as_str());
    if is_month { before.len() - letters } else { start }
}

//! Dates, ranges and numbers as NHS services write them.

use jiff::civil::Date;

use super::Reading;
use super::prose::{Block, Word};
use crate::diagnostic::Diagnostic;
use crate::text::{long_date, thousands};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn month(text: &str) -> Option<usize> {
    // `may` is a verb more often than a month, and `march` a walk.
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    MONTHS.iter().position(|month| month.eq_ignore_ascii_case(text))
}

/// What stands between two words.
fn between<'b>(block: &'b Block, one: &Word<'_>, other: &Word<'_>) -> &'b str {
    &block.text[one.end()..other.start]
}

/// The day of `6th`, `21st`.
fn ordinal(text: &str) -> Option<&str> {
    let digits = text.len().checked_sub(2).and_then(|end| text.get(..end))?;
    let ending = text[digits.len()..].to_lowercase();
    (is_number(digits) && digits.len() <= 2 && ["st", "nd", "rd", "th"].contains(&ending.as_str()))
        .then_some(digits)
}

/// Dates in figures, and with `th` or in American order.
pub(super) fn date_style(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &reading.prose.blocks {
        let words = block.words();
        let mut index = 0;
        while index < words.len() {
            if let Some((count, help)) = date_at(block, &words[index..]) {
                let (first, last) = (words[index], words[index + count - 1]);
                let written = &block.text[first.start..last.end()];
                index += count;
                if block.is_quoted(first.start..last.end()) {
                    continue;
                }
                problems.push(
                    Diagnostic::advice(
                        "date-style",
                        format!("the date `{written}` is not written as readers of NHS services know them"),
                    )
                    .at(block.span(first.start..last.end()))
                    .help(help),
                );
            } else {
                index += 1;
            }
        }
    }
}

/// How many of the words are a date in another form, and what to write.
fn date_at(block: &Block, words: &[Word<'_>]) -> Option<(usize, String)> {
    let first = words.first()?;
    let second = words.get(1)?;
    let gap = between(block, first, second);
    if let Some(third) = words.get(2)
        && [first, second, third].iter().all(|word| is_number(word.text))
        && gap == between(block, second, third)
        && matches!(gap, "/" | "-")
        && !is_joined(block, first, third)
    {
        let lengths = (first.text.len(), second.text.len(), third.text.len());
        if gap == "-" && lengths == (4, 2, 2) {
            let date: Date = format!("{}-{}-{}", first.text, second.text, third.text).parse().ok()?;
            return Some((3, format!("write {}", long_date(date))));
        }
        let is_date = lengths.0 <= 2 && lengths.1 <= 2 && matches!(lengths.2, 2 | 4);
        let in_year =
            |text: &str, most: u32| text.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
        if is_date && in_year(first.text, 31) && in_year(second.text, 31) {
            return Some((
                3,
                "write it as 6 August 2018, so that the day is not taken for the month".to_string(),
            ));
        }
    }
    let year = |at: usize| words.get(at).filter(|word| is_number(word.text) && word.text.len() == 4);
    if let Some(day) = ordinal(first.text) {
        let at = if second.text.eq_ignore_ascii_case("of") { 2 } else { 1 };
        let named = words.get(at).filter(|word| month(word.text).is_some())?;
        let whole = year(at + 1).map_or(String::new(), |year| format!(" {}", year.text));
        return Some((at + 1 + usize::from(!whole.is_empty()), format!("write {day} {}{whole}", named.text)));
    }
    if month(first.text).is_some() && gap.trim().is_empty() {
        let day = ordinal(second.text)
            .or_else(|| (second.text.len() <= 2 && is_number(second.text)).then_some(second.text))?;
        let named =
            year(2).filter(|year| between(block, second, year).trim_start_matches(',').trim().is_empty());
        if ordinal(second.text).is_none() && named.is_none() {
            return None;
        }
        let whole = named.map_or(String::new(), |year| format!(" {}", year.text));
        return Some((2 + usize::from(named.is_some()), format!("write {day} {}{whole}", first.text)));
    }
    None
}

/// Whether more is joined to the words on either side, so that they are a part of a code or a number.
fn is_joined(block: &Block, first: &Word<'_>, last: &Word<'_>) -> bool {
    let joins = |sign: char| sign.is_alphanumeric() || matches!(sign, '/' | '-' | '_' | '#' | '+');
    let ends = &block.text[last.end()..];
    let mut after = ends.chars();
    let goes_on = match after.next() {
        Some('.' | ',') => after.next().is_some_and(|next| next.is_ascii_digit()),
        Some(sign) => joins(sign),
        None => false,
    };
    let mut before = block.text[..first.start].chars().rev();
    let begins_before = match before.next() {
        Some('.' | ',') => before.next().is_some_and(|sign| sign.is_ascii_digit()),
        Some(sign) => joins(sign),
        None => false,
    };
    goes_on || begins_before
}

/// `10–20`, `2016-2018`, `April–June`: screen readers leave the dash out, or say "minus".
pub(super) fn range_dash(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &reading.prose.blocks {
        let words = block.words();
        for pair in words.windows(2) {
            let (from, to) = (&pair[0], &pair[1]);
            let gap = between(block, from, to);
            let dashes = gap.chars().filter(|sign| matches!(sign, '–' | '—' | '-')).count();
            let rest = gap.trim_matches(['–', '—', '-', '%', '£', '$', '€']);
            if dashes != 1 || !rest.is_empty() || is_joined(block, from, to) {
                continue;
            }
            let is_hyphen = gap.contains('-');
            let numbers = begins_with_digit(from.text) && begins_with_digit(to.text);
            let plain = is_number(from.text) && is_number(to.text);
            let named = |text: &str| {
                month(text).is_some()
                    || (text.starts_with(char::is_uppercase) && DAYS.contains(&text.to_lowercase().as_str()))
            };
            // A hyphen joins codes and scores as well: only a plain, rising pair is surely a range.
            let rises = || match (from.text.parse::<u32>(), to.text.parse::<u32>()) {
                (Ok(one), Ok(other)) => {
                    other > one && from.text.len() <= 4 && to.text.len() <= 4 && !from.text.starts_with('0')
                }
                _ => false,
            };
            let is_range =
                if is_hyphen { plain && rises() } else { numbers } || (named(from.text) && named(to.text));
            if is_range && !block.is_quoted(from.start..to.end()) {
                let start = before_number(block, from.start);
                let written = &block.text[start..to.end()];
                let better = written.replacen(['–', '—', '-'], " to ", 1);
                problems.push(
                    Diagnostic::advice(
                        "range-dash",
                        format!(
                            "the dash of `{written}` is left out when it is read aloud, or heard as minus"
                        ),
                    )
                    .at(block.span(start..to.end()))
                    .help(format!("write {better}")),
                );
            }
        }
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Where a number begins with its sign of money.
fn before_number(block: &Block, start: usize) -> usize {
    let sign = block.text[..start].chars().next_back().filter(|sign| matches!(sign, '£' | '$' | '€'));
    start - sign.map_or(0, char::len_utf8)
}

/// Numbers from 10,000 without commas, and sums of money from £1,000. Numbers of four digits may be years.
pub(super) fn large_number(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &reading.prose.blocks {
        for word in block.words() {
            let is_money = block.text[..word.start].ends_with('£');
            let is_large = matches!(word.text.len(), 5..=9) || (is_money && word.text.len() == 4);
            if !is_number(word.text) || !is_large || word.text.starts_with('0') || is_part(block, &word) {
                continue;
            }
            let Ok(number) = word.text.parse::<usize>() else { continue };
            problems.push(
                Diagnostic::advice(
                    "large-number",
                    format!("`{}` has no commas, so a reader has to count its digits", word.text),
                )
                .at(block.span(word.start..word.end()))
                .help(format!("write {}", thousands(number))),
            );
        }
    }
}

/// Whether a number is a part of a telephone number, a code or an amount with commas.
fn is_part(block: &Block, word: &Word<'_>) -> bool {
    let before = &block.text[..word.start];
    let after = &block.text[word.end()..];
    let digit_before = before.trim_end_matches([' ', '-']).ends_with(|sign: char| sign.is_ascii_digit());
    let digit_after = after.trim_start_matches([' ', '-']).starts_with(|sign: char| sign.is_ascii_digit());
    // `order 12345` and `ISO/IEC 27001` are names in figures.
    let named = before.trim_end().ends_with(['#', ':', '+'])
        || before.split_whitespace().next_back().is_some_and(|last| {
            let is_code = last.len() > 1 && last.chars().all(|sign| sign.is_ascii_uppercase() || sign == '/');
            let last = last.to_lowercase();
            is_code
                || ["no", "no.", "number", "order", "ref", "reference", "code", "id", "version"]
                    .contains(&last.as_str())
        });
    digit_before || digit_after || named || is_joined(block, word, word)
}

/// `15 per cent`: the sign is read faster, and aloud it is the same.
pub(super) fn per_cent(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &reading.prose.blocks {
        let words = block.words();
        for (index, word) in words.iter().enumerate() {
            if !begins_with_digit(word.text) {
                continue;
            }
            let Some(next) = words.get(index + 1) else { continue };
            let last = match next.text.to_lowercase().as_str() {
                "percent" => next,
                "per" => match words.get(index + 2) {
                    Some(cent) if cent.text.eq_ignore_ascii_case("cent") => cent,
                    _ => continue,
                },
                _ => continue,
            };
            if !between(block, word, next).trim().is_empty() {
                continue;
            }
            let written = &block.text[next.start..last.end()];
            problems.push(
                Diagnostic::advice(
                    "per-cent",
                    format!("`{written}` after a number is read faster as a sign"),
                )
                .at(block.span(word.start..last.end()))
                .help(format!("write {}%", word.text)),
            );
        }
    }
}

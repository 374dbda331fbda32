//! Time limits in words: "within 6 hours", "24-72 h", "≤ 60 minutes".

/// A time that words give.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimeLimit {
    /// As written: `within 6 hours`.
    pub text: String,
    /// What kind of limit it is.
    pub bound: Bound,
    /// The time in minutes; of a range, the longer. A month counts 30 days.
    pub minutes: u64,
    /// The shorter time of a range, in minutes.
    pub from: Option<u64>,
}

/// What a time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// "within 6 hours", "≤ 60 minutes".
    AtMost,
    /// "after 2 hours", "> 24 h".
    AtLeast,
    /// "24-72 h".
    Between,
    /// "24 hours in neuro-HDU": a time without such a word.
    Stated,
}

const AT_MOST: &[&str] = &[
    "within",
    "under",
    "less than",
    "up to",
    "at most",
    "no more than",
    "no later than",
    "fewer than",
    "not exceeding",
    "maximum",
    "max",
    "max.",
    "≤",
    "<=",
    "<",
    "⩽",
];
const AT_LEAST: &[&str] = &[
    "after",
    "over",
    "more than",
    "at least",
    "no less than",
    "longer than",
    "minimum",
    "min.",
    "≥",
    ">=",
    ">",
    "⩾",
];
const NUMBERS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Every time limit of a text, in the order of the words.
pub fn time_limits(text: &str) -> Vec<TimeLimit> {
    let words = words(text);
    let mut limits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match limit_at(text, &words, at) {
            Some((limit, next)) => {
                limits.push(limit);
                at = next;
            }
            None => at += 1,
        }
    }
    limits
}

/// The text without its time limits, for comparing the rest.
pub(in crate::pathway) fn without_time_limits(text: &str) -> String {
    let mut rest = text;
    let mut without = String::with_capacity(text.len());
    for limit in time_limits(text) {
        if let Some((before, after)) = rest.split_once(limit.text.as_str()) {
            without.push_str(before);
            rest = after;
        }
    }
    without + rest
}

/// A number, a run of letters, or a single mark, with its place.
struct Word<'t> {
    text: &'t str,
    start: usize,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let kind = |next: char| match next {
        '0'..='9' => 1,
        next if next.is_alphabetic() => 2,
        next if next.is_whitespace() => 0,
        _ => 3,
    };
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut before = 0;
    for (start, next) in text.char_indices() {
        let is_point =
            next == '.' && before == 1 && text[start + 1..].starts_with(|next: char| next.is_ascii_digit());
        let kind = if is_point { 1 } else { kind(next) };
        if kind != 0 {
            let end = start + next.len_utf8();
            match words.last_mut() {
                // `<=` is one mark; other marks stand alone.
                Some(word)
                    if kind == before && (kind != 3 || (next == '=' && matches!(word.text, "<" | ">"))) =>
                {
                    word.text = &text[word.start..end];
                }
                _ => words.push(Word { text: &text[start..end], start }),
            }
        }
        before = kind;
    }
    words
}

/// A limit that begins at a word, and the word after it.
fn limit_at(text: &str, words: &[Word<'_>], at: usize) -> Option<(TimeLimit, usize)> {
    let (start, bound, number_at) = match bound_at(words, at) {
        Some((bound, length)) => (words[at].start, Some(bound), at + length),
        None => (words[at].start, None, at),
    };
    let (first, mut next) = (number(words.get(number_at)?.text)?, number_at + 1);
    let mut range_unit = None;
    let mut to = next;
    if let Some((unit, length)) = unit_at(words, next) {
        range_unit = Some(unit);
        to = next + length;
    }
    let is_range_mark = words.get(to).is_some_and(|word| matches!(word.text, "-" | "–" | "—" | "to" | "and"));
    let second = if is_range_mark { words.get(to + 1).and_then(|word| number(word.text)) } else { None };
    let second = second.and_then(|second| Some((second, unit_at(words, to + 2)?, to + 2)));
    let (longer, unit, from) = if let Some((second, (unit, length), unit_at)) = second {
        next = unit_at + length;
        (second, unit, Some(minutes(first, range_unit.unwrap_or(unit))))
    } else {
        let (unit, length) = unit_at(words, next)?;
        next += length;
        (first, unit, None)
    };
    let last = &words[next - 1];
    let end = last.start + last.text.len();
    let bound = match (from, bound) {
        (Some(_), _) => Bound::Between,
        (None, bound) => bound.unwrap_or(Bound::Stated),
    };
    let limit = TimeLimit { text: text[start..end].to_string(), bound, minutes: minutes(longer, unit), from };
    Some((limit, next))
}

/// A word such as "within", and how many words it has.
fn bound_at(words: &[Word<'_>], at: usize) -> Option<(Bound, usize)> {
    let said = |length: usize| {
        let words: Vec<String> =
            words.iter().skip(at).take(length).map(|word| word.text.to_lowercase()).collect();
        words.join(" ")
    };
    [3, 2, 1].into_iter().find_map(|length| {
        let said = said(length);
        let said = said.as_str();
        if AT_MOST.contains(&said) {
            Some((Bound::AtMost, length))
        } else if AT_LEAST.contains(&said) {
            Some((Bound::AtLeast, length))
        } else {
            None
        }
    })
}

fn number(word: &str) -> Option<f64> {
    const LARGEST: f64 = 1_000_000.0;
    let word = word.to_lowercase();
    if let Some(index) = NUMBERS.iter().position(|number| *number == word) {
        return u32::try_from(index + 1).ok().map(f64::from);
    }
    if matches!(word.as_str(), "an" | "a") {
        return Some(1.0);
    }
    let starts_with_digit = word.starts_with(|next: char| next.is_ascii_digit());
    word.parse().ok().filter(|number: &f64| starts_with_digit && *number <= LARGEST)
}

/// The minutes of a unit, and how many words it has: "working days" has two.
fn unit_at(words: &[Word<'_>], at: usize) -> Option<(f64, usize)> {
    let adjective =
        words.get(at).is_some_and(|word| matches!(word.text, "working" | "calendar" | "clinical"));
    let at = at + usize::from(adjective);
    let unit = match words.get(at)?.text {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / 60.0,
        "min" | "mins" | "minute" | "minutes" | "Minutes" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "Hours" => 60.0,
        "d" | "day" | "days" | "Days" => 1_440.0,
        "wk" | "wks" | "week" | "weeks" | "Weeks" => 10_080.0,
        "month" | "months" | "Months" => 43_200.0,
        _ => return None,
    };
    Some((unit, 1 + usize::from(adjective)))
}

/// Whole minutes, a part of one counted as one.
fn minutes(number: f64, unit: f64) -> u64 {
    // Numbers are at most a million and units at most a month, so the product is a whole number that fits.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded and never below zero"
    )]
    let minutes = (number * unit).ceil() as u64;
    minutes
}

#[cfg(test)]
mod tests {
    use super::{Bound, time_limits, without_time_limits};

    fn read(text: &str) -> Vec<(String, Bound, Option<u64>, u64)> {
        time_limits(text)
            .into_iter()
            .map(|limit| (limit.text, limit.bound, limit.from, limit.minutes))
            .collect()
    }

    #[test]
    fn the_ways_in_which_people_write_time_limits() {
        let one = |text: &str, bound, from, minutes| {
            assert_eq!(
                read(text).iter().map(|found| (found.1, found.2, found.3)).collect::<Vec<_>>(),
                [(bound, from, minutes)],
                "{text}"
            );
        };
        one("Groin puncture possible within 6 hours of onset?", Bound::AtMost, None, 360);
        one("Repatriate within 24-72 h", Bound::Between, Some(1_440), 4_320);
        one("Door to needle ≤ 60 minutes", Bound::AtMost, None, 60);
        one("Scan <=20min", Bound::AtMost, None, 20);
        one("Late window (6 to 24 hours)", Bound::Between, Some(360), 1_440);
        one("Report in 4.5 hours", Bound::Stated, None, 270);
        one("No, 6–24 h", Bound::Between, Some(360), 1_440);
        one("Review after two working days", Bound::AtLeast, None, 2_880);
        one("Call back within an hour", Bound::AtMost, None, 60);
        one("Appointment within 2 weeks", Bound::AtMost, None, 20_160);
        one("30 minutes to 2 hours", Bound::Between, Some(30), 120);
        one("no more than 30 seconds", Bound::AtMost, None, 1);
    }

    #[test]
    fn what_is_no_time_is_left_alone() {
        for text in [
            "999 call: FAST positive",
            "3 D model",
            "CT 2 of 3",
            "aged 18 or over",
            "a day",
            "",
            "6-",
            "within",
        ] {
            let found = read(text);
            assert!(found.is_empty() || text == "a day", "{text}: {found:?}");
        }
    }

    #[test]
    fn the_words_without_their_limits_can_be_compared() {
        assert_eq!(
            without_time_limits("CT within 20 minutes of arrival"),
            without_time_limits("CT within 1 hour of arrival")
        );
    }
}

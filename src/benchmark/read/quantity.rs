//! A figure that a page gives in a field of its own, such as a target: a number as files write it, with its unit if the
//! writer likes and with "at least" or "≤" before it.

use super::number::{self, Unreadable, Written};

/// Words and signs that say which way a target goes; `direction` says it for the page.
const BOUNDS: [&str; 22] = [
    "no more than",
    "not more than",
    "no less than",
    "not less than",
    "no fewer than",
    "fewer than",
    "at least",
    "at most",
    "more than",
    "less than",
    "up to",
    "within",
    "under",
    "below",
    "above",
    "over",
    "<=",
    ">=",
    "≤",
    "≥",
    "<",
    ">",
];

/// No figure with its unit is longer, in characters.
const LONGEST: usize = 60;

/// A figure in the measure's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: f64,
    /// How many decimals the page writes.
    pub decimals: u8,
}

/// Reads `15%`, `1,500`, `<= 2 hours`; else what is wrong and what to write.
pub fn quantity(text: &str, unit: &str) -> Result<Quantity, (String, String)> {
    let bare = without_bound(text.trim());
    let example =
        if unit.is_empty() { "90 or 1,500".to_string() } else { format!("90 or 1,500, in `{unit}`") };
    let help = format!("write the number in the unit of the figures, such as {example}");
    let ends: Vec<usize> = bare.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8()).collect();
    let read = |end: &usize| match number::parse(&bare[..*end]) {
        Ok(Written::Figure { number, decimals, sign }) => Some((*end, Quantity { number, decimals }, sign)),
        _ => None,
    };
    let Some((end, quantity, sign)) = ends.iter().rev().find_map(read) else {
        let (message, own_help) = why_not(text, bare);
        return Err((message, own_help.unwrap_or(help)));
    };
    let rest = bare[end..].trim();
    // The comma of "12,5" and the e of "1e5" end a number that was never meant.
    let is_cut = |mark: &[char]| {
        rest.strip_prefix(mark).is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit() || c == '+'))
    };
    if is_cut(&[',', '.', 'e', 'E']) {
        let (message, own_help) = why_not(text, bare);
        return Err((message, own_help.unwrap_or(help)));
    }
    let given = sign.map_or_else(|| rest.to_string(), |sign| format!("{sign} {rest}").trim_end().to_string());
    if given.is_empty() || is_same_unit(&given, unit) {
        return Ok(quantity);
    }
    let shown = shortened(text);
    let message = match unit {
        "" => format!("`{shown}` has a unit or words, and `unit` says nothing of them"),
        unit => format!("`{shown}` is not a number of the figures' unit, which is `{unit}`"),
    };
    Err((message, help))
}

fn without_bound(text: &str) -> &str {
    let bound = BOUNDS.iter().find(|bound| {
        text.get(..bound.len()).is_some_and(|start| start.eq_ignore_ascii_case(bound))
            && (!bound.ends_with(|c: char| c.is_ascii_alphabetic()) || text[bound.len()..].starts_with(' '))
    });
    bound.map_or(text, |bound| text[bound.len()..].trim_start())
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.trim().chars().take(LONGEST).collect();
    if shown.len() < text.trim().len() {
        shown.push('…');
    }
    shown
}

fn why_not(text: &str, bare: &str) -> (String, Option<String>) {
    let first = bare.split_whitespace().next().unwrap_or_default();
    match number::parse(first) {
        Err(Unreadable { message, help }) if first.starts_with(|c: char| c.is_ascii_digit()) => {
            (message, Some(help))
        }
        _ => (format!("`{}` is not a number", shortened(text)), None),
    }
}

/// Whether words after a number are the measure's unit, or the part of it that stands there: "£1.5 million", "2 hour".
fn is_same_unit(given: &str, unit: &str) -> bool {
    let plain = |text: &str| {
        let text = text.to_lowercase().replace("per cent", "%").replace("percent", "%");
        let words = text.split_whitespace().map(|word| word.trim_end_matches('s').to_string());
        words.filter(|word| !word.is_empty()).collect::<Vec<String>>()
    };
    let (given, unit) = (plain(given), plain(unit));
    let pounds = |words: &[String]| words.join("").replace('£', "");
    given == unit
        || (given.first().is_some_and(|word| word == "£")
            && unit.concat().contains('£')
            && (given.len() == 1 || pounds(&given) == pounds(&unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_people_write_them() {
        for (text, unit, number) in [
            ("90", "%", 90.0),
            ("15%", "%", 15.0),
            ("15 %", "%", 15.0),
            ("15 per cent", "%", 15.0),
            ("1,500", "scans", 1500.0),
            ("1 500 scans", "scans", 1500.0),
            ("<= 2 hours", "hours", 2.0),
            ("≤2 hours", "Hours", 2.0),
            ("at least 95%", "%", 95.0),
            ("within 1 day", "days", 1.0),
            ("£1.5 million", "£ million", 1.5),
            ("£1,500", "£", 1500.0),
            ("-3.5", "days", -3.5),
            ("0", "", 0.0),
        ] {
            assert_eq!(quantity(text, unit).map(|read| read.number), Ok(number), "{text}");
        }
        assert_eq!(quantity("15.0", "%").unwrap().decimals, 1);
    }

    #[test]
    fn what_is_no_figure_of_the_unit_is_told() {
        for (text, unit, words) in [
            ("to be agreed", "%", "`to be agreed` is not a number"),
            ("", "%", "is not a number"),
            ("-", "%", "is not a number"),
            ("*", "%", "is not a number"),
            ("2 hours", "%", "`2 hours` is not a number of the figures' unit, which is `%`"),
            ("95%", "hours", "unit, which is `hours`"),
            ("90 to 95", "%", "`90 to 95` is not a number"),
            ("95th percentile", "%", "unit, which is `%`"),
            ("12,5", "%", "decimal point"),
            ("1e5", "", "Excel"),
            ("15 scans", "", "`unit` says nothing"),
        ] {
            let (message, help) = quantity(text, unit).unwrap_err();
            assert!(message.contains(words), "{text}: {message}");
            assert!(!help.is_empty(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,80}", unit in "\\PC{0,12}") {
            if let Ok(read) = quantity(&text, &unit) {
                proptest::prop_assert!(read.number.is_finite());
            }
        }
    }
}

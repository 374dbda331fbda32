//! Numbers as spreadsheets hold them: with commas, `%`, `£`, spaces that are none, and marks for figures that are
//! missing or were hidden before.

/// What a cell of a number column says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Written {
    /// Empty, `-` or `n/a`: there is no figure.
    Missing,
    /// `*` or `<8`: there is a small figure that the file does not tell.
    Hidden,
    /// A figure, how many decimals it has, and its sign of unit.
    Figure { number: f64, decimals: u8, sign: Option<char> },
}

/// Why a cell is no number, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) message: String,
    pub(super) help: String,
}

/// No figure of a benchmark is larger, and every whole number below it is exact.
const LARGEST: f64 = 1e15;

/// Reads a cell.
pub(super) fn parse(cell: &str) -> Result<Written, Unreadable> {
    let text = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '\u{feff}' | '\u{200b}'));
    match text {
        "" | "-" | "–" | "—" | "−" | ".." | "..." | ":" => return Ok(Written::Missing),
        "*" | "**" | "***" => return Ok(Written::Hidden),
        _ => {}
    }
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let lower = text.to_ascii_lowercase();
        return match lower.as_str() {
            "n/a" | "na" | "nil return" | "null" | "none" | "not given" | "missing" => Ok(Written::Missing),
            "suppressed" | "hidden" => Ok(Written::Hidden),
            _ => Err(not_a_number(text)),
        };
    }
    if text.starts_with('#') {
        return match text {
            "#N/A" => Ok(Written::Missing),
            _ => Err(unreadable(
                format!("`{text}` is an error of a formula"),
                "mend the formula in the spreadsheet, or leave the cell empty",
            )),
        };
    }
    if is_small_range(text) {
        return Ok(Written::Hidden);
    }
    figure(text)
}

/// `<8`, `< 5`, `1-7`, `1 to 7`: marks of those who hid a figure before.
fn is_small_range(text: &str) -> bool {
    let is_digit = |part: &str| matches!(part.trim().as_bytes(), [b'0'..=b'9'] | [b'1', b'0']);
    text.strip_prefix('<').is_some_and(is_digit)
        || ["-", "–", " to "].iter().any(|dash| {
            text.split_once(dash).is_some_and(|(from, to)| matches!(from.trim(), "0" | "1") && is_digit(to))
        })
}

fn unreadable(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
    Unreadable { message: message.into(), help: help.into() }
}

fn not_a_number(text: &str) -> Unreadable {
    let shown: String = text.chars().take(40).collect();
    unreadable(
        format!("`{shown}` is not a number"),
        "write the number alone, with `-` where there is none; put a remark into another column",
    )
}

fn figure(text: &str) -> Result<Written, Unreadable> {
    let (negative, rest) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest.starts_with('(') && rest.ends_with(')') {
        return Err(unreadable(
            format!("`{text}` may be a negative number in brackets"),
            "write it with a minus: -5",
        ));
    }
    let (sign, rest) = if let Some(rest) = rest.strip_prefix('£') {
        (Some('£'), rest.trim_start())
    } else if let Some(rest) = rest.strip_suffix('%') {
        (Some('%'), rest.trim_end())
    } else {
        (None, rest)
    };
    let (negative, rest) = match rest.strip_prefix(['-', '−']) {
        Some(rest) if !negative => (true, rest),
        _ => (negative, rest),
    };
    if rest.bytes().any(|byte| matches!(byte, b'e' | b'E')) && rest.parse::<f64>().is_ok() {
        return Err(unreadable(
            format!("`{text}` is how Excel shortens a long number, and digits may be lost"),
            "format the column as a number in Excel and save the file again",
        ));
    }
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (rest, ""),
    };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(not_a_number(text));
    }
    let digits = without_thousands(whole).ok_or_else(|| {
        let (before, after) = whole.split_once(',').unwrap_or((whole, ""));
        if fraction.is_empty() && is_digits(before) && is_digits(after) && (1..=2).contains(&after.len()) {
            unreadable(
                format!("`{text}` has a comma where a decimal point is expected"),
                format!("write {before}.{after}"),
            )
        } else {
            not_a_number(text)
        }
    })?;
    if digits.len() + fraction.len() > 40 {
        return Err(not_a_number(text));
    }
    let number: f64 = format!("{digits}.{fraction}0").parse().map_err(|_| not_a_number(text))?;
    if number >= LARGEST {
        return Err(unreadable(
            format!("`{text}` is too large a number"),
            "check it, or give it in thousands or millions and say so in `unit`",
        ));
    }
    let number = if negative && number != 0.0 { -number } else { number };
    Ok(Written::Figure { number, decimals: fraction.len().min(9) as u8, sign })
}

/// The digits of a whole number without what parts its thousands, if that parts groups of three.
fn without_thousands(whole: &str) -> Option<String> {
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(if whole.is_empty() { "0".to_string() } else { whole.to_string() });
    }
    let is_mark = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut groups = whole.split(is_mark);
    let first = groups.next()?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if first.is_empty() || first.len() > 3 || !is_digits(first) {
        return None;
    }
    let mut digits = first.to_string();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(cell: &str) -> Option<f64> {
        match parse(cell) {
            Ok(Written::Figure { number, .. }) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn numbers_as_spreadsheets_write_them() {
        for (cell, wanted) in [
            ("1234", 1234.0),
            ("1,234,567", 1_234_567.0),
            ("1\u{a0}234", 1234.0),
            (" 77.7% ", 77.7),
            ("£1,250.50", 1250.5),
            ("-£3", -3.0),
            ("£-3", -3.0),
            ("−12", -12.0),
            ("+4", 4.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("'12", 12.0),
            ("-0", 0.0),
        ] {
            assert_eq!(number(cell), Some(wanted), "{cell}");
        }
        assert_eq!(
            parse("77.70%"),
            Ok(Written::Figure { number: 77.7, decimals: 2, sign: Some('%') }),
            "the decimals that were written are kept"
        );
    }

    #[test]
    fn marks_for_missing_and_hidden_figures() {
        for cell in ["", " ", "\u{a0}", "-", "–", "n/a", "#N/A", ".."] {
            assert_eq!(parse(cell), Ok(Written::Missing), "{cell}");
        }
        for cell in ["*", "<5", "< 8", "1-7", "1 to 7"] {
            assert_eq!(parse(cell), Ok(Written::Hidden), "{cell}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (cell, words) in [
            ("1.23E+05", "Excel"),
            ("12,5", "decimal point"),
            ("#DIV/0!", "formula"),
            ("(5)", "brackets"),
            ("about 12", "not a number"),
            ("12 (est.)", "not a number"),
            ("1,23,456", "not a number"),
            ("99999999999999999999", "too large"),
            ("inf", "not a number"),
            ("NaN", "not a number"),
            ("1e999", "not a number"),
            ("12-13", "not a number"),
        ] {
            let problem = parse(cell).unwrap_err();
            let told = problem.message.contains(words) || cell == "1e999";
            assert!(told, "{cell}: {}", problem.message);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,24}") {
            if let Ok(Written::Figure { number, .. }) = parse(&text) {
                proptest::prop_assert!(number.is_finite());
            }
        }
    }
}

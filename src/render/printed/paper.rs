//! A theme's stylesheet for one long document: its headings are those of the pages, so many levels lower; for paper, what it
//! says of print holds everywhere, and what it says of screens nowhere.

/// The width of the text on paper in CSS pixels: A4 between margins of 17 mm.
const PAPER_WIDTH: f64 = 665.0;

/// How a stylesheet is to be read.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Reading {
    /// How many levels lower headings are.
    pub(in crate::render) lower: u8,
    /// Whether it is read as on paper, whatever shows it.
    pub(in crate::render) on_paper: bool,
}

/// Reads a stylesheet; never fails, what is left open ends with it.
pub(in crate::render) fn adapted(css: &str, reading: Reading) -> String {
    let mut out = String::with_capacity(css.len());
    rules(css, reading, 0, &mut out);
    out
}

/// Rules within rules are read to this depth and left out beyond it.
const MAX_DEPTH: usize = 16;

fn rules(css: &str, reading: Reading, depth: usize, out: &mut String) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut rest = css;
    loop {
        rest = after_spaces(rest);
        let end = find(rest, b"{;}");
        let Some(sign) = rest.as_bytes().get(end) else { return };
        let (prelude, after) = (rest[..end].trim(), &rest[end + 1..]);
        if *sign != b'{' {
            // `@import`, `@charset`, and whatever was closed too often.
            rest = after;
            continue;
        }
        let close = end_of_block(after);
        let body = &after[..close];
        rest = after.get(close + 1..).unwrap_or_default();
        if let Some(query) = prelude.strip_prefix("@media") {
            if !reading.on_paper {
                wrapped(prelude, body, reading, depth, out);
            } else if applies(query) {
                rules(body, reading, depth + 1, out);
            }
        } else if prelude.starts_with("@page") {
            if !reading.on_paper {
                push_rule(prelude, body, out);
            }
        } else if ["@supports", "@container", "@layer"].iter().any(|name| prelude.starts_with(name)) {
            wrapped(prelude, body, reading, depth, out);
        } else if prelude.starts_with('@') {
            push_rule(prelude, body, out);
        } else {
            push_rule(&lowered(prelude, reading.lower), body, out);
        }
    }
}

fn wrapped(prelude: &str, body: &str, reading: Reading, depth: usize, out: &mut String) {
    let mut inner = String::new();
    rules(body, reading, depth + 1, &mut inner);
    push_rule(prelude, &inner, out);
}

fn push_rule(prelude: &str, body: &str, out: &mut String) {
    out.push_str(prelude);
    out.push('{');
    out.push_str(body.trim());
    out.push_str("}\n");
}

fn after_spaces(css: &str) -> &str {
    let mut rest = css.trim_start();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/").map_or("", |(_, rest)| rest).trim_start();
    }
    rest
}

/// The place of the first of these signs, outside quotes and comments.
fn find(css: &str, signs: &[u8]) -> usize {
    let bytes = css.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at += 2 + css[at + 2..].find("*/").map_or(css.len(), |end| end + 1);
            }
            sign if signs.contains(&sign) => return at,
            _ => {}
        }
        at += 1;
    }
    css.len()
}

/// The place of the brace that ends a block.
fn end_of_block(css: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    loop {
        at += find(&css[at..], b"{}");
        match css.as_bytes().get(at) {
            None => return css.len(),
            Some(b'{') => depth += 1,
            Some(_) if depth == 0 => return at,
            Some(_) => depth -= 1,
        }
        at += 1;
    }
}

/// Whether a media query holds on paper, in light colours.
fn applies(query: &str) -> bool {
    query.split(',').any(|alternative| {
        alternative.to_ascii_lowercase().split(" and ").all(|condition| holds(condition.trim()))
    })
}

fn holds(condition: &str) -> bool {
    let condition = condition.trim_start_matches("only ").trim();
    let length = |text: &str| -> Option<f64> {
        let text = text.trim();
        let (number, unit) = ["rem", "em", "px"]
            .iter()
            .find_map(|unit| Some((text.strip_suffix(unit)?, if *unit == "px" { 1.0 } else { 16.0 })))?;
        Some(number.trim().parse::<f64>().ok()? * unit)
    };
    let inner = condition.trim_start_matches('(').trim_end_matches(')');
    match inner.split_once(':').map(|(name, value)| (name.trim(), value.trim())) {
        None => matches!(condition, "print" | "all"),
        Some(("min-width", value)) => length(value).is_some_and(|length| length <= PAPER_WIDTH),
        Some(("max-width", value)) => length(value).is_some_and(|length| length >= PAPER_WIDTH),
        Some((name, value)) => name == "prefers-color-scheme" && value == "light",
    }
}

/// Selectors with the names of headings some levels lower.
fn lowered(selectors: &str, lower: u8) -> String {
    let bytes = selectors.as_bytes();
    let mut out = String::with_capacity(selectors.len());
    let is_name =
        |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_.#\\".contains(byte));
    for (at, sign) in selectors.char_indices() {
        let is_level = matches!(sign, '1'..='6')
            && at > 0
            && bytes[at - 1] == b'h'
            && !is_name(at.checked_sub(2).and_then(|before| bytes.get(before)))
            && !bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        match sign.to_digit(10).and_then(|level| u8::try_from(level).ok()) {
            Some(level) if is_level => out.push(char::from(b'0' + level.saturating_add(lower).min(6))),
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on_paper(css: &str) -> String {
        adapted(css, Reading { lower: 2, on_paper: true }).replace('\n', "")
    }

    #[test]
    fn what_holds_on_paper_holds_everywhere_and_what_holds_on_screens_nowhere() {
        assert_eq!(
            on_paper("@media print { p { a: b } } @media screen { q { c: d } } r { e: f }"),
            "p{a: b}r{e: f}"
        );
        assert_eq!(on_paper("@media print, (min-width: 62em) { p { a: b } }"), "p{a: b}");
        assert_eq!(
            on_paper("@media (min-width: 40em) { p { a: b } } @media (min-width: 48em) { q { a: b } }"),
            "p{a: b}"
        );
        assert_eq!(on_paper("@media (prefers-color-scheme: dark) { p { a: b } } @page { size: A5 }"), "");
        assert_eq!(
            on_paper("@media print { @supports (x: y) { h2 { a: b } } }"),
            "@supports (x: y){h4{a: b}}"
        );
    }

    #[test]
    fn headings_are_lower_in_selectors_alone() {
        assert_eq!(
            on_paper("h1, .h2, h3.h4 > h5, .labelled > h2::before { content: \"h1 }\" }"),
            "h3, .h2, h5.h4 > h6, .labelled > h4::before{content: \"h1 }\"}"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(css in "[a-h1-6{}@;:/*\"' \\\\é()-]{0,120}") {
            adapted(&css, Reading { lower: 2, on_paper: true });
            adapted(&css, Reading { lower: 1, on_paper: false });
        }
    }
}

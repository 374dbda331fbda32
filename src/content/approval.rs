//! An approval, written into a page's file without touching anything else of it.

use jiff::civil::Date;

use super::front_matter;
use super::page::{Context, parse};
use crate::source::SitePath;
use crate::text::long_date;

/// Why an approval was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotApproved {
    /// The front matter has an error: what it is, and what to do.
    Wrong(String, Option<String>),
    /// Somebody approved the page already: who and when.
    Already(String),
    /// The lines could not be placed so that all else stays as it is.
    NoPlace,
}

/// The text of a page's file with the approval in its front matter. Everything else stays to the byte. An approval that
/// stands is replaced only if `replaces`.
///
/// # Errors
///
/// Why the file is to stay as it is.
pub fn with_approval(
    path: &SitePath,
    text: &str,
    role: &str,
    day: Date,
    replaces: bool,
) -> Result<String, NotApproved> {
    let (page, problems) = parse(path, text, Context::default());
    let parts = front_matter::split(text)
        .map_err(|problem| NotApproved::Wrong(problem.message.clone(), problem.help.clone()))?;
    let is_in_head = |start: u32| (start as usize) < parts.body_start;
    let wrong = problems
        .iter()
        .find(|problem| problem.is_error() && problem.span.is_none_or(|span| is_in_head(span.start)));
    if let Some(problem) = wrong {
        return Err(NotApproved::Wrong(problem.message.clone(), problem.help.clone()));
    }
    if let Some(approved) = page.values.group("approved_by")
        && !replaces
    {
        let day = approved.date("date").map(|day| format!(", {}", long_date(day))).unwrap_or_default();
        return Err(NotApproved::Already(format!("{}{day}", approved.text("role").unwrap_or("somebody"))));
    }
    let newline = if text[..parts.yaml_start].ends_with("\r\n") { "\r\n" } else { "\n" };
    let lines = format!("approved_by:{newline}  role: {}{newline}  date: {day}{newline}", quoted(role));
    let end = parts.yaml_start + parts.yaml.len();
    let (from, until) = standing(parts.yaml)
        .map_or((end, end), |(from, until)| (parts.yaml_start + from, parts.yaml_start + until));
    let changed = format!("{}{lines}{}", &text[..from], &text[until..]);
    let (after, _) = parse(path, &changed, Context::default());
    // Whatever way the front matter is written: it must now say this, and all else as before.
    let says_it = after
        .values
        .group("approved_by")
        .is_some_and(|approved| approved.text("role") == Some(role) && approved.date("date") == Some(day));
    let others = |page: &super::ParsedPage| -> Vec<String> {
        let all = page.values.iter().filter(|(name, _)| *name != "approved_by");
        all.map(|(name, value)| format!("{name} {}", without_places(&format!("{:?}", value.value)))).collect()
    };
    let is_same = others(&page) == others(&after) && page.status == after.status && page.title == after.title;
    if says_it && is_same { Ok(changed) } else { Err(NotApproved::NoPlace) }
}

/// Where the field stands in the YAML, whole lines: its own, and those below it that are indented.
fn standing(yaml: &str) -> Option<(usize, usize)> {
    let mut offset = 0;
    let mut found: Option<(usize, usize)> = None;
    for line in yaml.split_inclusive('\n') {
        let until = offset + line.len();
        let name = line.trim_start_matches('\u{feff}').trim_start_matches(['"', '\'']);
        let is_field = name
            .strip_prefix("approved_by")
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'));
        match &mut found {
            Some((_, end)) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => *end = until,
            Some(place) => return Some(*place),
            None if is_field => found = Some((offset, until)),
            None => {}
        }
        offset = until;
    }
    found
}

/// A value as it is shown for debugging, without the places in the file, which move.
fn without_places(shown: &str) -> String {
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// A role that YAML reads as text, whatever is in it.
fn quoted(role: &str) -> String {
    let is_plain = role.starts_with(char::is_alphabetic)
        && role.chars().all(|sign| sign.is_alphanumeric() || " ,.()/-".contains(sign))
        && !matches!(role.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null");
    if is_plain {
        role.to_string()
    } else {
        format!("\"{}\"", role.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str =
        "---\r\ntitle: \"A: page\" # so\r\nstatus: draft\r\n# last word\r\n---\r\n\r\nText.\r\n";

    fn approve(text: &str, role: &str, replaces: bool) -> Result<String, NotApproved> {
        let day = Date::constant(2026, 11, 22);
        with_approval(&SitePath::new("content/lessons/a.md"), text, role, day, replaces)
    }

    #[test]
    fn an_approval_is_added_and_all_else_stays() {
        let bom = format!("\u{feff}{PAGE}");
        assert_eq!(
            approve(&bom, "Director: imaging", false).unwrap(),
            bom.replacen(
                "# last word\r\n",
                "# last word\r\napproved_by:\r\n  role: \"Director: imaging\"\r\n  date: 2026-11-22\r\n",
                1
            )
        );
    }

    #[test]
    fn an_approval_that_stands_is_replaced_only_if_asked() {
        let once = approve(PAGE, "Director", false).unwrap();
        assert_eq!(
            approve(&once, "Chair", false),
            Err(NotApproved::Already("Director, 22 November 2026".to_string()))
        );
        let twice = approve(&once, "Chair", true).unwrap();
        assert_eq!(twice, once.replace("role: Director", "role: Chair"));
        let flow = PAGE
            .replace("status: draft\r\n", "approved_by: {role: A, date: 2026-01-01}\r\nstatus: draft\r\n");
        let replaced = approve(&flow, "Chair", true).unwrap();
        assert_eq!(replaced.matches("approved_by").count(), 1);
        assert!(replaced.contains("  date: 2026-11-22\r\nstatus: draft\r\n"), "{replaced}");
    }

    #[test]
    fn an_empty_line_for_it_is_filled() {
        let empty = PAGE.replace("status: draft\r\n", "status: draft\r\napproved_by:\r\n");
        let filled = approve(&empty, "Chair", false).unwrap();
        assert_eq!(filled.matches("approved_by").count(), 1);
    }

    #[test]
    fn a_file_with_errors_at_its_top_stays_as_it_is() {
        for text in [
            "No front matter.\n",
            "---\ntitle: [\n---\n",
            "---\ntitle: A\nstatus: draft\nreview_by: soon\n---\n",
        ] {
            assert!(matches!(approve(text, "Chair", false), Err(NotApproved::Wrong(..))), "{text}");
        }
        // Fields in braces have no line to add one to.
        assert_eq!(
            approve("---\n{title: A, status: draft}\n---\n", "Chair", false),
            Err(NotApproved::NoPlace)
        );
    }

    proptest! {
        #[test]
        fn whatever_the_role_it_is_read_back(role in "[^\\p{C}\\p{Z}]{1,12}( [^\\p{C}\\p{Z}]{1,12}){0,3}") {
            let text = approve(PAGE, &role, false).unwrap();
            let lines = |text: &str| text.lines().count();
            prop_assert_eq!(lines(&text), lines(PAGE) + 3);
        }
    }
}

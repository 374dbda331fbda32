//! What the last lines of a run say, in the same words whatever the command: counts, waivers, and when the answer changes.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::report::Format;
use crate::diagnostic::Located;
use crate::text::{Moment, counted, list_words, long_date, parse_date};
use crate::verdict::Waived;

/// How many problems there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) advice: usize,
}

impl Counts {
    pub(super) fn of<'a>(problems: impl IntoIterator<Item = &'a Located>) -> Self {
        let mut counts = Self::default();
        for problem in problems {
            let count = if problem.is_error() {
                &mut counts.errors
            } else if problem.is_warning() {
                &mut counts.warnings
            } else {
                &mut counts.advice
            };
            *count += 1;
        }
        counts
    }

    /// Whether they stop a publication.
    pub(super) fn stop(self, deny_warnings: bool) -> bool {
        self.errors > 0 || (deny_warnings && self.warnings > 0)
    }

    /// `2 errors and 1 warning`, or `no problems`.
    pub(super) fn in_words(self) -> String {
        let parts: Vec<String> = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.advice, "piece of advice", "pieces of advice"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
        if parts.is_empty() { "no problems".to_string() } else { list_words(&parts, "and") }
    }
}

/// The waivers that hold: for people each with what it covers and its end, else how many there are.
pub(super) fn waivers_in_words(waived: &[Waived], format: Format) -> String {
    if waived.is_empty() {
        return String::new();
    }
    let covered: usize = waived.iter().map(|waiver| waiver.count).sum();
    let verb = if waived.len() == 1 { "covers" } else { "cover" };
    let mut text = format!(
        "{} {verb} {}",
        counted(waived.len(), "waiver", "waivers"),
        counted(covered, "problem", "problems")
    );
    if format != Format::Human {
        return text + ".\n";
    }
    text.push_str(":\n");
    for Waived { rule, place, reason, role, until, count } in waived {
        let until = parse_date(until).map_or_else(|_| until.clone(), long_date);
        let line = format!("{rule} in {place}: {count} until {until}. {role}: {}", reason.trim());
        let _ = writeln!(text, "  {}", one_line(&line));
    }
    text.push('\n');
    text
}

fn one_line(text: &str) -> String {
    let is_plain = |character: char| if character.is_control() { ' ' } else { character };
    text.chars().map(is_plain).collect()
}

/// When the same files come to something else, so that somebody builds again then.
pub(super) fn next_change_in_words(next: Option<Timestamp>, zone: &TimeZone) -> String {
    next.map_or_else(String::new, |timestamp| {
        let local = zone.to_datetime(timestamp);
        let moment = if local.time() == Time::midnight() {
            long_date(local.date())
        } else {
            Moment { timestamp, zone: zone.clone() }.to_string()
        };
        format!("What is published changes by itself on {moment}: build it again then.\n")
    })
}

/// The same for programs.
pub(super) fn summary(
    page_count: usize,
    counts: Counts,
    waived: &[Waived],
    next: Option<Timestamp>,
) -> Value {
    json!({
        "pages": page_count,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "advice": counts.advice,
        "waivers": waived,
        "next_change_at": next.map(|next| next.to_string()),
    })
}

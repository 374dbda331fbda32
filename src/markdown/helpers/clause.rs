//! `[!IF lay members]`, `[!IF NOT lay members]`, `[!IF meetings is online]`: blocks that belong to a document only where
//! a question is answered so.

use std::fmt::Write as _;

use super::Marker;
use crate::diagnostic::Diagnostic;
use crate::form::{Condition, Gap, GapKind, place_of};
use crate::markdown::html::push_clean_escaped;
use crate::markdown::writer::Writer;
use crate::source::Span;
use crate::text::{did_you_mean, escape_html, list_words};

/// The condition that a helper's name holds; none where it is another helper.
pub(in crate::markdown) fn words_of(name: &str) -> Option<&str> {
    let (first, rest) = name.split_at_checked(3)?;
    first.eq_ignore_ascii_case("if ").then_some(rest.trim())
}

/// A condition as it is written, or what is wrong with it.
pub(in crate::markdown) fn read(words: &str, gaps: &[Gap], span: Span) -> Result<Condition, Box<Diagnostic>> {
    let after_not = words.split_at_checked(4).filter(|(not, _)| not.eq_ignore_ascii_case("not "));
    let (words, is_negated) = after_not.map_or((words, false), |(_, rest)| (rest.trim(), true));
    let refused = |message: String, help: String| {
        Err(Box::new(Diagnostic::error("clause-condition", message).at(span).help(help)))
    };
    let (name, wanted, is_negated) = match place_of(gaps, words) {
        Some(_) => (words, None, is_negated),
        None => match parted(words, " is not ") {
            Some((name, answer)) => (name, Some(answer), !is_negated),
            None => match parted(words, " is ") {
                Some((name, answer)) => (name, Some(answer), is_negated),
                None => (words, None, is_negated),
            },
        },
    };
    let Some(place) = place_of(gaps, name) else {
        return Err(Box::new(crate::markdown::gaps::undeclared(name, gaps, span)));
    };
    let gap = &gaps[place.gap];
    let answer = match (&gap.kind, wanted) {
        (GapKind::YesNo, None) => "Yes".to_string(),
        (GapKind::YesNo, Some(answer)) if answer.eq_ignore_ascii_case("yes") => "Yes".to_string(),
        (GapKind::YesNo, Some(answer)) if answer.eq_ignore_ascii_case("no") => "No".to_string(),
        (GapKind::YesNo, Some(answer)) => {
            return refused(
                format!("`{answer}` is no answer to `{}`, which is answered yes or no", gap.name),
                format!("write [!IF {}]", gap.name),
            );
        }
        (GapKind::Choice(choices), Some(answer)) => {
            let Some(choice) = choices.iter().find(|choice| choice.eq_ignore_ascii_case(answer)) else {
                let near = did_you_mean(answer, choices.iter().map(String::as_str));
                let help = near.unwrap_or_else(|| format!("choose {}", list_words(choices, "or")));
                return refused(format!("`{answer}` is none of the answers to `{}`", gap.name), help);
            };
            choice.clone()
        }
        (GapKind::Choice(choices), None) => {
            let first = choices.first().map_or("", String::as_str);
            return refused(
                format!("the condition does not say which answer to `{}` it is for", gap.name),
                format!("write [!IF {} is {first}]", gap.name),
            );
        }
        _ => {
            return refused(
                format!(
                    "the gap `{}` cannot decide whether a clause is there: its answers are free",
                    gap.name
                ),
                "give the gap type: yes or no, or type: choice".to_string(),
            );
        }
    };
    // What is not Yes is No, and is told so.
    Ok(match (&gap.kind, is_negated) {
        (GapKind::YesNo, true) => {
            let other = if answer == "Yes" { "No" } else { "Yes" };
            Condition { gap: place.gap, answer: other.to_string(), is_negated: false }
        }
        _ => Condition { gap: place.gap, answer, is_negated },
    })
}

/// What stands before and after a word, whatever its capitals.
fn parted<'a>(words: &'a str, middle: &str) -> Option<(&'a str, &'a str)> {
    let at = words.to_ascii_lowercase().find(middle)?;
    Some((words[..at].trim(), words[at + middle.len()..].trim()))
}

impl Writer<'_> {
    /// Opens a clause and gives the index of its first event; the ends of its paragraph and quote close it.
    pub(super) fn start_clause(&mut self, gaps: &[Gap], words: &str, marker: Marker<'_>) -> usize {
        let end_of_first = self.events.end_of(marker.paragraph);
        match read(words, gaps, marker.span) {
            Err(problem) => {
                self.problems.add(*problem);
                self.open("<blockquote>\n", "</blockquote>\n");
            }
            Ok(condition) => {
                let gap = &gaps[condition.gap];
                let mut open = String::from("<div class=\"clause\" data-if=\"");
                push_clean_escaped(&mut open, &gap.key);
                open.push_str("\" data-is=\"");
                push_clean_escaped(&mut open, &condition.answer);
                open.push_str(if condition.is_negated { "\" data-not" } else { "\"" });
                let how = if condition.is_negated { "is not answered" } else { "is answered" };
                let (label, answer) = (escape_html(&gap.label), escape_html(&condition.answer));
                let _ =
                    writeln!(open, "><p class=\"when\"{}>Only where “{label}” {how} {answer}</p>", self.ours);
                self.open(&open, "</div>\n");
            }
        }
        if marker.content == end_of_first {
            return marker.content + 1;
        }
        self.open("<p>", "</p>\n");
        marker.content
    }
}

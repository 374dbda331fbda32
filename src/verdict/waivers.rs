//! `waivers.yaml`: exceptions, each for one rule and place, with a reason, the role that answers for it and an end.

use jiff::civil::Date;

use super::Waived;
use super::glob;
use super::rules::{Bound, bound, rule};
use super::settings::unknown;
use crate::diagnostic::Diagnostic;
use crate::fields::yaml::{self, Content};
use crate::fields::{Field, Shape, Values, decode};
use crate::source::{SitePath, Span, Spanned};
use crate::text::long_date;

/// The file, beside `netsite.yaml`.
pub const FILE_NAME: &str = "waivers.yaml";

/// What each item of the list holds.
pub static FIELDS: &[Field] = &[
    Field::always(
        "rule",
        Shape::Text,
        "The rule, as the word in the brackets of its message.",
        "small-number-committed",
    ),
    Field::always(
        "place",
        Shape::Text,
        "The file from the folder of netsite.yaml; with `:12` only its line 12, with `*` or `**` several files.",
        "content/benchmarks/reporting/2024.csv",
    ),
    Field::always(
        "reason",
        Shape::Text,
        "Why the exception is right.",
        "These counts were published by NHS England in May 2024.",
    ),
    Field::always(
        "role",
        Shape::Text,
        "The role that answers for it, not a person's name.",
        "Caldicott guardian",
    ),
    Field::always("until", Shape::Date, "The last day on which it holds.", "2027-03-31"),
];

/// Exceptions, in the order of writing.
#[derive(Debug, Clone, Default)]
pub struct Waivers(pub(super) Vec<Waiver>);

/// One exception.
#[derive(Debug, Clone)]
pub(super) struct Waiver {
    pub(super) rule: Spanned<String>,
    pub(super) place: Place,
    reason: String,
    role: String,
    until: Date,
}

/// Where an exception holds.
#[derive(Debug, Clone)]
pub(super) struct Place {
    written: Spanned<String>,
    pattern: String,
    line: Option<u32>,
}

impl Waivers {
    /// Reads the file. What is wrong in it is left out of the value, so that nothing is excepted by mistake.
    pub fn read(text: &str) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let waivers = match yaml::parse(&text[bom..], bom as u32) {
            Ok(node) => match node.content {
                Content::List(items) => items
                    .iter()
                    .filter_map(|item| {
                        let decoded = decode(item, FIELDS.iter(), &|field| field.need, "a waiver");
                        problems.extend(decoded.problems);
                        waiver(&decoded.values, &mut problems)
                    })
                    .collect(),
                Content::Null => Vec::new(),
                _ => {
                    problems.push(
                        Diagnostic::error("wrong-type", "waivers are written as a list").at(node.span).help(
                            "begin each waiver with `- rule: …`, and indent its other lines by two spaces",
                        ),
                    );
                    Vec::new()
                }
            },
            Err(problem) => {
                problems.push(*problem);
                Vec::new()
            }
        };
        let file = SitePath::new(FILE_NAME);
        (Self(waivers), problems.into_iter().map(|problem| problem.in_file(&file)).collect())
    }

    /// The first day, from `today` on, after which one of them no longer holds.
    pub fn next_end(&self, today: Date) -> Option<Date> {
        self.0.iter().map(|waiver| waiver.until).filter(|until| *until >= today).min()
    }
}

fn waiver(values: &Values, problems: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let owned =
        |name: &str| values.spanned_text(name).map(|text| Spanned::new(text.value.to_string(), text.span));
    let name = owned("rule")?;
    let Some(known) = rule(&name.value) else {
        problems.push(unknown(&name));
        return None;
    };
    if let Some(problem) = refused(&name, bound(known)) {
        problems.push(problem);
        return None;
    }
    Some(Waiver {
        rule: name,
        place: Place::read(owned("place")?),
        reason: owned("reason")?.value,
        role: owned("role")?.value,
        until: values.date("until")?,
    })
}

/// An error for a rule that nothing is excepted from.
fn refused(name: &Spanned<String>, bound: Bound) -> Option<Diagnostic> {
    let why = match bound {
        Bound::Free | Bound::Waivable => return None,
        Bound::Never => "protects people",
        Bound::Unreadable => {
            "says that something cannot be read or put together, so that nobody could tell what would be published"
        }
    };
    let message = format!("there are no exceptions from `{}`: it {why}", name.value);
    Some(
        Diagnostic::error("waiver-refused", message)
            .at(name.span)
            .help("take this waiver out, and mend what the rule reports"),
    )
}

impl Place {
    fn read(written: Spanned<String>) -> Self {
        let text = written.value.trim().trim_start_matches("./");
        let (pattern, line) = match text.rsplit_once(':') {
            Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => {
                // No file has a line of a larger number, so nothing is covered.
                (path, Some(line.parse().unwrap_or(u32::MAX)))
            }
            _ => (text, None),
        };
        Self { pattern: pattern.to_string(), line, written }
    }

    /// Whether a place in a file lies here; its line is only asked for where it matters.
    pub(super) fn covers(&self, path: &SitePath, line: impl FnOnce() -> Option<u32>) -> bool {
        let is_file = self.pattern == path.as_str() || glob::matches(&self.pattern, path.as_str());
        is_file && self.line.is_none_or(|wanted| line() == Some(wanted))
    }
}

impl Waiver {
    pub(super) fn has_ended(&self, today: Date) -> bool {
        self.until < today
    }

    pub(super) fn waived(&self, count: usize) -> Waived {
        Waived {
            rule: self.rule.value.clone(),
            place: self.place.written.value.clone(),
            reason: self.reason.clone(),
            role: self.role.clone(),
            until: self.until.to_string(),
            count,
        }
    }

    pub(super) fn ended(&self) -> Diagnostic {
        let message = format!(
            "the waiver of `{}` for `{}` ended on {}",
            self.rule.value,
            self.place.written.value,
            long_date(self.until)
        );
        placed(Diagnostic::warning("waiver-ended", message), self.rule.span)
            .help("look again: mend what it covered and take it out, or renew it with a later `until`")
    }

    pub(super) fn unused(&self) -> Diagnostic {
        let Place { written, pattern, .. } = &self.place;
        let help = if pattern.contains('\\') {
            "write the path with `/` between its parts"
        } else {
            "take it out if the problem is mended; else check the path and the line"
        };
        let message =
            format!("this waiver covers nothing: there is no `{}` at `{}`", self.rule.value, written.value);
        placed(Diagnostic::warning("waiver-unused", message), written.span).help(help)
    }

    pub(super) fn refused_for_identifier(&self) -> Diagnostic {
        let message = "this waiver is for a number that identifies a person, and no waiver covers one";
        placed(Diagnostic::error("waiver-refused", message), self.rule.span).help(
            "take the waiver out, and the number out of the file; an example takes a number that begins with 999, \
             which no patient has",
        )
    }
}

fn placed(problem: Diagnostic, span: Span) -> Diagnostic {
    problem.in_file(&SitePath::new(FILE_NAME)).at(span)
}

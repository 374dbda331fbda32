//! `checks` in `netsite.yaml`: how much each rule matters on this site.

use std::collections::BTreeMap;

use super::rules::{Bound, bound, rule, rules};
use crate::config::Setting;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SitePath, Spanned};
use crate::text::did_you_mean;

/// The words that a site may set a rule to.
pub const LEVELS: &[&str] = crate::config::LEVELS;

/// How much rules matter; those that it does not name matter as they are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<&'static str, Level>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    On(Severity),
    Off,
}

impl Settings {
    /// Settings as the site gives them, with errors for those that cannot be.
    pub fn read(checks: &[Setting]) -> (Self, Vec<Diagnostic>) {
        let mut settings = BTreeMap::new();
        let mut problems = Vec::new();
        for Setting { name, value } in checks {
            let Some(known) = rule(&name.value) else {
                problems.push(unknown(name));
                continue;
            };
            let level = match value.value.as_str() {
                "error" => Level::On(Severity::Error),
                "warning" => Level::On(Severity::Warning),
                "advice" => Level::On(Severity::Advice),
                _ => Level::Off,
            };
            let is_lower = match level {
                Level::On(severity) => severity > known.severity,
                Level::Off => true,
            };
            match bound(known) {
                bound @ (Bound::Waivable | Bound::Never | Bound::Unreadable) if is_lower => {
                    problems.push(not_lowered(name, bound));
                }
                _ => {
                    settings.insert(known.code, level);
                }
            }
        }
        let file = SitePath::new(crate::config::FILE_NAME);
        (Self(settings), problems.into_iter().map(|problem| problem.in_file(&file)).collect())
    }

    /// A problem with the severity that it has here; none where its rule is off. What identifies a person is never less
    /// than it was.
    pub(super) fn apply(&self, mut problem: Diagnostic) -> Option<Diagnostic> {
        match self.0.get(problem.code) {
            _ if problem.is_identifier => {}
            Some(Level::Off) => return None,
            Some(Level::On(severity)) => problem.severity = *severity,
            None => {}
        }
        Some(problem)
    }
}

/// An error for the name of a rule that there is none of.
pub(super) fn unknown(name: &Spanned<String>) -> Diagnostic {
    let known = rules().iter().map(|rule| rule.code);
    let help = did_you_mean(&name.value, known)
        .unwrap_or_else(|| "write the word in brackets of a message, such as `broken-link`".to_string());
    Diagnostic::error(
        "unknown-rule",
        format!("there is no rule `{}`, so nothing would come of this", name.value),
    )
    .at(name.span)
    .help(help)
}

fn not_lowered(name: &Spanned<String>, bound: Bound) -> Diagnostic {
    let rule = &name.value;
    let (why, help) = match bound {
        Bound::Waivable => (
            "protects people, and is never made less than it is",
            "take the line out; an exception for one place and a time stands in waivers.yaml, with its reason and \
             the role that answers for it",
        ),
        Bound::Never => (
            "protects people, and nothing is excepted from it",
            "take the line out, and mend what the rule reports",
        ),
        _ => (
            "says that something cannot be read or put together, so that nobody could tell what would be published",
            "take the line out, and mend what the rule reports",
        ),
    };
    Diagnostic::error("rule-not-lowered", format!("`{rule}` {why}")).at(name.span).help(help)
}

//! What becomes of the problems that were found: a site sets how much a rule matters (`checks` in `netsite.yaml`) and
//! makes exceptions for a time (`waivers.yaml`). Problems go in as the stages found them, and come out as they count.

mod glob;
mod rules;
mod settings;
mod waivers;

pub use rules::{Bound, Rule, bound, is_by_date, rule, rules};
pub use settings::{LEVELS, Settings};
pub use waivers::{FIELDS as WAIVER_FIELDS, FILE_NAME as WAIVERS_FILE, Waivers};

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};

/// All that a site says of rules.
#[derive(Debug, Clone, Default)]
pub struct SiteRules {
    /// How much each rule matters.
    pub settings: Settings,
    /// Exceptions.
    pub waivers: Waivers,
}

/// Whether every rule was tried, so that a waiver that covers nothing has nothing to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Every rule, on everything.
    Whole,
    /// Some rules were not tried, as when errors stopped the rest.
    Part,
}

/// A waiver that holds, and what it covers today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    /// The rule.
    pub rule: String,
    /// The file, the line of a file or the pattern, as written.
    pub place: String,
    /// Why the exception is made.
    pub reason: String,
    /// Who answers for it.
    pub role: String,
    /// Its last day, such as `2027-03-31`.
    pub until: String,
    /// How many problems it covers.
    pub count: usize,
}

/// Problems as they count, and the waivers that hold.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// What is left, each with the severity that the site gives it.
    pub problems: Vec<Diagnostic>,
    /// Every waiver that has not ended, in the order of the file.
    pub waived: Vec<Waived>,
}

impl SiteRules {
    /// Judges problems on a day. `line_of` gives the line of a place, for waivers that name one.
    pub fn judge(
        &self,
        problems: Vec<Diagnostic>,
        today: Date,
        coverage: Coverage,
        line_of: &dyn Fn(&SitePath, Span) -> Option<u32>,
    ) -> Judged {
        let waivers = &self.waivers.0;
        let mut counts = vec![0; waivers.len()];
        let mut refused: BTreeSet<usize> = BTreeSet::new();
        let mut left = Vec::with_capacity(problems.len());
        for problem in problems {
            let covering = waivers.iter().position(|waiver| {
                !waiver.has_ended(today)
                    && waiver.rule.value == problem.code
                    && problem.path.as_ref().is_some_and(|path| {
                        waiver.place.covers(path, || problem.span.map_or(Some(1), |span| line_of(path, span)))
                    })
            });
            match covering {
                Some(index) if problem.is_identifier => {
                    refused.insert(index);
                    left.push(problem);
                }
                Some(index) => counts[index] += 1,
                None => left.push(problem),
            }
        }
        left.extend(refused.iter().map(|index| waivers[*index].refused_for_identifier()));
        for (index, waiver) in waivers.iter().enumerate() {
            if waiver.has_ended(today) {
                left.push(waiver.ended());
            } else if coverage == Coverage::Whole && counts[index] == 0 && !refused.contains(&index) {
                left.push(waiver.unused());
            }
        }
        let waived = waivers.iter().zip(counts).filter(|(waiver, _)| !waiver.has_ended(today));
        Judged {
            problems: left.into_iter().filter_map(|problem| self.settings.apply(problem)).collect(),
            waived: waived.map(|(waiver, count)| waiver.waived(count)).collect(),
        }
    }
}

#[cfg(test)]
mod tests;

//! Raw CSV text in, CSV text that may be committed out.

use std::collections::BTreeMap;

use super::{Receipt, Rule, release};
use crate::benchmark::measure::Measure;
use crate::benchmark::output::csv;
use crate::benchmark::read::{Standing, read};
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// A file that may be committed.
#[derive(Debug)]
pub struct Safe {
    /// The file; none where the raw file could not be understood.
    pub csv: Option<String>,
    /// What was hidden.
    pub receipt: Option<Receipt>,
    /// What is wrong with the raw file.
    pub problems: Vec<Diagnostic>,
}

/// Hides what `rule` hides. Columns that a benchmark does not have are left out: nobody has looked at them.
pub fn suppress(
    path: &SitePath,
    raw: &[u8],
    columns: &BTreeMap<String, String>,
    measure: &Measure,
    rule: &Rule,
) -> Safe {
    let unknown = |_: &str| Standing::Unknown { nearest: None };
    let reading = read(path, raw, columns, measure, &unknown);
    let is_sound = reading.is_sound();
    let mut problems = reading.problems;
    // The site, which knows the organisations, asks about them when it reads the safe file.
    problems.retain(|problem| problem.code != "unknown-organisation");
    let Some(table) = reading.table.filter(|_| is_sound) else {
        return Safe { csv: None, receipt: None, problems };
    };
    let release = release(std::slice::from_ref(&table), measure, Some(rule));
    problems.extend(release.problems);
    Safe { csv: release.tables.first().map(csv::text), receipt: Some(release.receipt), problems }
}

//! Raw CSV text in, CSV text that may be committed out.

use std::collections::BTreeMap;

use super::{Receipt, Rule, release};
use crate::benchmark::measure::Measure;
use crate::benchmark::output::csv;
use crate::benchmark::read::{Standing, ValueKind, read};
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// A file that may be committed.
#[derive(Debug)]
pub struct Safe {
    /// The file; none where the raw file could not be understood.
    pub csv: Option<String>,
    /// What was hidden.
    pub receipt: Option<Receipt>,
    /// Whether the values were taken for counts, which are hidden and rounded themselves.
    pub are_counts: bool,
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
        return Safe { csv: None, receipt: None, are_counts: false, problems };
    };
    let are_counts = table.kind == ValueKind::Count;
    if are_counts && measure.unit.is_empty() && table.decimals[0] > 0 {
        problems.push(
            Diagnostic::error(
                "no-unit",
                "the values have decimals, so they may be no counts, and no unit says what they are",
            )
            .in_file(path)
            .help("say what the values are, such as --unit \"%\" or --unit \"whole-time equivalent\""),
        );
        return Safe { csv: None, receipt: None, are_counts, problems };
    }
    let release = release(std::slice::from_ref(&table), measure, Some(rule));
    problems.extend(release.problems);
    let csv = release.tables.first().map(csv::text);
    Safe { csv, receipt: Some(release.receipt), are_counts, problems }
}

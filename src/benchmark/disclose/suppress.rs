//! Raw CSV text in, CSV text that may be committed out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Receipt, Rule, Withheld, release};
use crate::benchmark::measure::Measure;
use crate::benchmark::output::csv;
use crate::benchmark::read::{Row, Standing, Table, ValueKind, read};
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
    let lines = LineOf::new(&table);
    let release = release(std::slice::from_ref(&table), measure, Some(rule));
    problems.extend(release.problems);
    let (mut csv, mut receipt) = (release.tables.first().map(csv::text), release.receipt);
    // Figures that are not rounded can be sums of others by accident once one that contradicts it is hidden.
    for _ in 0..MOST_ROUNDS {
        let Some(again) =
            csv.as_ref().and_then(|text| safer(path, text, measure, rule, &lines, &mut receipt))
        else {
            break;
        };
        csv = Some(again);
    }
    Safe { csv, receipt: Some(receipt), are_counts, problems }
}

/// So often a file is read again to see whether it is safe as it stands.
const MOST_ROUNDS: usize = 16;

/// The file with what has to be hidden now that others are; none where nothing has.
fn safer(
    path: &SitePath,
    text: &str,
    measure: &Measure,
    rule: &Rule,
    lines: &LineOf,
    receipt: &mut Receipt,
) -> Option<String> {
    let unknown = |_: &str| Standing::Unknown { nearest: None };
    let table = read(path, text.as_bytes(), &BTreeMap::new(), measure, &unknown).table?;
    let release = release(std::slice::from_ref(&table), measure, Some(rule));
    let again = release.tables.first().map(csv::text).filter(|again| again != text)?;
    let known: BTreeSet<(Key, &str)> = receipt.withheld.iter().map(|one| (key(one), one.column)).collect();
    let mut new: Vec<Withheld> = release.receipt.withheld;
    new.retain(|one| !known.contains(&(key(one), one.column)));
    for withheld in &mut new {
        withheld.row = lines.of(withheld);
    }
    receipt.withheld.extend(new);
    Some(again)
}

type Key = (String, Option<String>, Option<String>);

fn key(withheld: &Withheld) -> Key {
    (withheld.period.clone(), withheld.organisation.clone(), withheld.category.clone())
}

/// The lines of the raw file, which a receipt names.
struct LineOf(BTreeMap<Key, u32>);

impl LineOf {
    fn new(table: &Table) -> Self {
        let row = |row: &Row| {
            let subject = table.subjects[row.subject];
            let organisation = subject.organisation.map(|place| table.organisations[place].code.clone());
            let category = subject.category.map(|place| table.categories[place].0.clone());
            ((row.when.code(), organisation, category), row.line)
        };
        Self(table.rows.iter().map(row).collect())
    }

    fn of(&self, withheld: &Withheld) -> u32 {
        self.0.get(&key(withheld)).copied().unwrap_or_default()
    }
}

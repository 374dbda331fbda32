//! What is committed to a public repository is disclosed, whatever the pages show: small numbers of people in a file
//! of the site are an error, also in those of drafts and of pages under embargo.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::figures::{Reader, Rounds};
use crate::benchmark::{Measure, Receipt};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::fields::{Value, Values};
use crate::source::{SitePath, Span};

impl Reader<'_> {
    /// Errors for the small numbers in files of pages that are not published. What else is wrong with such a file is
    /// said when its page is.
    pub(super) fn check_hidden(&self, hidden: &[ParsedPage], problems: &mut Vec<Diagnostic>) {
        if self.config.private_repository {
            return;
        }
        for page in hidden {
            let Some(raw) = self.read_one(page, &mut Vec::new()) else { continue };
            let release = self.released(&Rounds { of: vec![&raw], measure: raw.measure() });
            self.check_committed(page, raw.measure(), &release.receipt, problems);
        }
    }

    /// Errors for the small numbers in the files of a page, one for each file.
    pub(super) fn check_committed(
        &self,
        page: &ParsedPage,
        measure: &Measure,
        receipt: &Receipt,
        problems: &mut Vec<Diagnostic>,
    ) {
        if self.config.private_repository {
            return;
        }
        let mut rows: BTreeMap<&str, BTreeSet<(u32, &str)>> = BTreeMap::new();
        for withheld in receipt.withheld.iter().filter(|withheld| withheld.is_small_in_file) {
            rows.entry(&withheld.path).or_default().insert((withheld.row, withheld.column));
        }
        for (path, cells) in rows {
            let Some((row, column)) = cells.first() else { continue };
            let others = match cells.len() {
                1 => String::new(),
                count => format!(", and so have {} more cells of this file", count - 1),
            };
            let path = SitePath::new(path);
            let span = self.data.get(&path).map_or(Span::default(), |text| line(text, *row));
            let rule = receipt.rule.as_deref().unwrap_or("patients");
            problems.push(
                Diagnostic::error(
                    "small-number-committed",
                    format!(
                        "row {row}, column `{column}` has a number so small that it may identify somebody{others}; whoever can read the repository can read it"
                    ),
                )
                .in_file(&path)
                .at(span)
                .help(format!(
                    "move this file out of the site and run: netsite suppress RAW.csv --rule {rule}{} --output {path} – or say `repository: private` in netsite.yaml if nobody else can read it",
                    options(page, measure)
                ))
                .discreet(),
            );
        }
    }
}

/// What `netsite suppress` has to be told of the file, as the page says it.
fn options(page: &ParsedPage, measure: &Measure) -> String {
    let mut options = String::new();
    if !measure.unit.is_empty() && !measure.unit.contains(['"', '\\', '$', '`']) {
        let _ = write!(options, " --unit \"{}\"", measure.unit);
    }
    let own: Vec<String> = page
        .values
        .group("columns")
        .into_iter()
        .flat_map(Values::iter)
        .filter_map(|(usual, own)| match &own.value {
            Value::Text(own) => Some(format!("{usual}={own}")),
            _ => None,
        })
        .collect();
    if !own.is_empty() {
        let _ = write!(options, " --columns \"{}\"", own.join(","));
    }
    options
}

/// Where a line of a file stands, from 1.
fn line(text: &str, number: u32) -> Span {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number as usize {
            return Span::new(start, start + line.trim_end().len());
        }
        start += line.len();
    }
    Span::default()
}

//! What is committed to a public repository is disclosed, whatever the pages show: small numbers of people in a file
//! of the site are an error, and so are figures that let a hidden one be worked out; also in files of drafts and of
//! pages under embargo.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::figures::{Reader, Rounds};
use crate::benchmark::{InFile, Measure, Receipt, Withheld};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::fields::{Value, Values};
use crate::source::{SitePath, Span};
use crate::text::list_words;

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
        let mut has_small: BTreeSet<&str> = BTreeSet::new();
        for in_file in [InFile::Small, InFile::Telling] {
            let code = if in_file == InFile::Small { "small-number-committed" } else { "hidden-number-told" };
            let mut cells: BTreeMap<&str, BTreeMap<u32, Vec<&str>>> = BTreeMap::new();
            let is_told = |withheld: &&Withheld| {
                // A raw file is mended as a whole.
                withheld.in_file == in_file && !has_small.contains(withheld.path.as_str())
            };
            for withheld in receipt.withheld.iter().filter(is_told) {
                let columns = cells.entry(&withheld.path).or_default().entry(withheld.row).or_default();
                columns.push(withheld.column);
            }
            has_small.extend(cells.keys());
            for (path, rows) in cells {
                let Some((row, columns)) = rows.first_key_value() else { continue };
                let path = SitePath::new(path);
                let span = self.data.get(&path).map_or(Span::default(), |text| line(text, *row));
                let made = suppress_words(page, measure, receipt, &path);
                let (message, help) = match in_file {
                    InFile::Telling => (
                        telling_words(*row, columns, &rows),
                        format!("{made}; where nothing else gives a number away, write `*` there instead"),
                    ),
                    _ => (small_words(*row, columns, &rows), made),
                };
                let help = format!(
                    "{help} – or say `repository: private` in netsite.yaml if nobody else can read it"
                );
                problems.push(Diagnostic::error(code, message).in_file(&path).at(span).help(help).discreet());
            }
        }
    }
}

/// So many further rows are named.
const NAMED: usize = 8;

fn small_words(row: u32, columns: &[&str], rows: &BTreeMap<u32, Vec<&str>>) -> String {
    let count: usize = rows.values().map(Vec::len).sum();
    let others = match count {
        1 => String::new(),
        count => format!(", and so have {} more cells of this file", count - 1),
    };
    format!(
        "row {row}, column `{}` has a number so small that it may identify somebody{others}; whoever can read the repository can read it",
        columns.first().copied().unwrap_or("value")
    )
}

fn telling_words(row: u32, columns: &[&str], rows: &BTreeMap<u32, Vec<&str>>) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let others: Vec<String> = rows.keys().filter(|other| **other != row).map(u32::to_string).collect();
    let mut others: Vec<&str> = others.iter().map(String::as_str).collect();
    let more = format!("{} more", others.len().saturating_sub(NAMED));
    if others.len() > NAMED {
        others.truncate(NAMED);
        others.push(&more);
    }
    let others = match others.len() {
        0 => String::new(),
        1 => format!(", and so does row {}", others[0]),
        _ => format!(", and so do rows {}", list_words(&others, "and")),
    };
    let (column, lets) = if quoted.len() == 1 { ("column", "lets") } else { ("columns", "let") };
    format!(
        "row {row}, {column} {} {lets} a number be worked out that is hidden or so small that it may identify somebody{others}; whoever can read the repository can do the sum",
        list_words(&quoted, "and")
    )
}

/// How a file is made that may be committed.
fn suppress_words(page: &ParsedPage, measure: &Measure, receipt: &Receipt, path: &SitePath) -> String {
    let rule = receipt.rule.as_deref().unwrap_or("patients");
    format!(
        "move this file out of the site and run: netsite suppress RAW.csv --rule {rule}{} --output {path}",
        options(page, measure)
    )
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

//! The figures of benchmarks: read from their files, and what may be seen of them. All rounds of one benchmark are
//! decided together, so that none gives away what another hides; nothing after this sees any other figure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::PageIndex;
use crate::benchmark::{
    Chart, Choice, Counts, Direction, Level, Measure, Receipt, Released, Rule, Standing, Table, chosen, read,
    release,
};
use crate::config::Config;
use crate::content::ParsedPage;
use crate::content::kinds::organisation::Organisations;
use crate::diagnostic::Diagnostic;
use crate::fields::Value;
use crate::source::{SitePath, Span};
use crate::text::nearest;

/// What may be seen of a benchmark.
#[derive(Debug)]
pub struct Figures {
    /// One for each file, in the order in which the page names them; never empty.
    pub tables: Vec<Released>,
    /// Tables of earlier rounds, from other pages, the latest first: for what changed since.
    pub earlier: Vec<(PageIndex, Released)>,
    /// The chart that fits them.
    pub choice: Choice,
    /// What is hidden, and why.
    pub receipt: Receipt,
    /// What the rule for small numbers does, in a sentence; none where it concerns none of the figures.
    pub rule: Option<String>,
}

impl Figures {
    /// The table that the page is about: the last file that it names.
    ///
    /// # Panics
    ///
    /// Never: a benchmark without a table has no figures.
    pub fn main(&self) -> &Released {
        self.tables.last().expect("a benchmark has at least one table")
    }
}

/// What all pages with figures are read with.
pub(super) struct Reader<'a> {
    pub(super) config: &'a Config,
    pub(super) organisations: &'a Organisations,
    pub(super) data: &'a HashMap<SitePath, String>,
}

/// The tables of one page as they stand in its files, and what its page says of them.
pub(super) struct Raw {
    measure: Measure,
    tables: Vec<Table>,
}

impl Reader<'_> {
    /// Reads the files of every page that names some.
    pub(super) fn read(&self, pages: &[ParsedPage], problems: &mut Vec<Diagnostic>) -> Vec<Option<Raw>> {
        let read = |page| {
            let mut problems = Vec::new();
            (self.read_one(page, &mut problems), problems)
        };
        let (raw, found): (Vec<_>, Vec<_>) = pages.par_iter().map(read).unzip();
        problems.extend(found.into_iter().flatten());
        raw
    }

    /// The files of one page; none where one of them cannot be understood.
    pub(super) fn read_one(&self, page: &ParsedPage, problems: &mut Vec<Diagnostic>) -> Option<Raw> {
        if page.kind.name != "benchmark" {
            return None;
        }
        let measure = measure_of(page);
        let columns = columns(page);
        let mut tables = Vec::new();
        let mut is_sound = true;
        for path in files_of(page) {
            let Some(text) = self.data.get(&path) else {
                is_sound = false;
                continue;
            };
            let reading = read(&path, text.as_bytes(), &columns, &measure, &|name| self.standing(name));
            is_sound &= reading.is_sound();
            problems.extend(reading.problems.into_iter().map(|mut problem| {
                problem.path.get_or_insert_with(|| path.clone());
                problem
            }));
            tables.extend(reading.table);
        }
        (is_sound && !tables.is_empty()).then_some(Raw { measure, tables })
    }

    /// What may be seen of every page's figures.
    pub(super) fn release(
        &self,
        pages: &[ParsedPage],
        earlier: &[Vec<PageIndex>],
        raw: &[Option<Raw>],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Option<Figures>> {
        let rounds = rounds(earlier);
        let released: Vec<(Option<Figures>, Vec<Diagnostic>)> = (0..pages.len())
            .collect::<Vec<PageIndex>>()
            .par_iter()
            .map(|&page| {
                let mut problems = Vec::new();
                (self.release_one(page, &rounds, pages, raw, &mut problems), problems)
            })
            .collect();
        released
            .into_iter()
            .map(|(figures, found)| {
                problems.extend(found);
                figures
            })
            .collect()
    }

    fn release_one(
        &self,
        page: PageIndex,
        rounds: &[Vec<PageIndex>],
        pages: &[ParsedPage],
        raw: &[Option<Raw>],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Figures> {
        let own = raw[page].as_ref()?;
        let rule = self.rule(own.measure.counts);
        // Every round, in one order for all of them, so that each page comes to the same decisions.
        let others: Vec<PageIndex> =
            rounds[page].iter().copied().filter(|other| raw[*other].is_some()).collect();
        let tables: Vec<Table> = others
            .iter()
            .filter_map(|other| raw[*other].as_ref())
            .flat_map(|raw| raw.tables.iter().cloned())
            .collect();
        let release = release(&tables, &own.measure, rule.as_ref());
        let mut of_page: BTreeMap<PageIndex, Vec<Released>> = BTreeMap::new();
        let owners = others.iter().flat_map(|other| {
            let count = raw[*other].as_ref().map_or(0, |raw| raw.tables.len());
            std::iter::repeat_n(*other, count)
        });
        for (owner, table) in owners.zip(release.tables) {
            of_page.entry(owner).or_default().push(table);
        }
        let tables = of_page.remove(&page)?;
        let paths: BTreeSet<&str> = tables.iter().map(|table| table.path().as_str()).collect();
        let mut receipt = release.receipt;
        receipt.withheld.retain(|withheld| paths.contains(withheld.path.as_str()));
        problems.extend(
            release
                .problems
                .into_iter()
                .filter(|problem| problem.path.as_ref().is_none_or(|path| paths.contains(path.as_str()))),
        );
        self.check_committed(&receipt, problems);
        let main = tables.last()?;
        let choice = choice_of(&pages[page], main, problems);
        let hides = receipt.withheld.len() + receipt.rounded > 0;
        let rule = rule.filter(|_| hides).map(|rule| format!("{} Source: {}.", rule.words(), rule.source));
        let mut earlier: Vec<(PageIndex, Released)> = of_page
            .into_iter()
            .filter_map(|(owner, tables)| Some((owner, tables.into_iter().next_back()?)))
            .collect();
        let latest = |table: &Released| table.periods().last().copied();
        earlier.retain(|(_, table)| latest(table) < latest(main));
        earlier.sort_by_key(|(_, table)| std::cmp::Reverse(latest(table)));
        Some(Figures { tables, earlier, choice, receipt, rule })
    }

    /// What is committed to a public repository is disclosed, whatever the pages show.
    fn check_committed(&self, receipt: &Receipt, problems: &mut Vec<Diagnostic>) {
        if self.config.private_repository {
            return;
        }
        let mut rows: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for withheld in receipt.withheld.iter().filter(|withheld| withheld.is_small_in_file) {
            rows.entry(&withheld.path).or_default().insert(withheld.row);
        }
        for (path, rows) in rows {
            let first = rows.first().copied().unwrap_or(1);
            let others = match rows.len() {
                1 => String::new(),
                count => format!(", and {} more in this file", count - 1),
            };
            let path = SitePath::new(path);
            let span = self.data.get(&path).map_or(Span::default(), |text| line(text, first));
            let rule = receipt.rule.as_deref().unwrap_or("patients");
            problems.push(
                Diagnostic::error(
                    "small-number-committed",
                    format!(
                        "row {first} has a number so small that it may identify somebody{others}; what is committed to a repository can be read by everybody who reads the repository"
                    ),
                )
                .in_file(&path)
                .at(span)
                .help(format!(
                    "keep the raw file outside and run: netsite suppress RAW.csv --rule {rule} --output {path}; or say `repository: private` in netsite.yaml if nobody else can read it"
                )),
            );
        }
    }

    /// The rule for what is counted, as the site sets it.
    fn rule(&self, counts: Counts) -> Option<Rule> {
        let mut rule = Rule::of(counts)?;
        if let Some(own) = self.config.disclosure.get(rule.name.as_str()) {
            rule.hide_to = own.hide_to.unwrap_or(rule.hide_to);
            rule.round_to = own.round_to.unwrap_or(rule.round_to);
            if let Some(source) = &own.source {
                rule.source.clone_from(source);
            }
        }
        Some(rule)
    }

    /// What the site knows of an organisation that a file names by its code or its name.
    fn standing(&self, text: &str) -> Standing {
        let by_name = || self.organisations.values().find(|known| known.name.eq_ignore_ascii_case(text));
        match self.organisations.get(text).or_else(by_name) {
            Some(known) if known.fictional => {
                Standing::Fictional { code: known.ods.clone(), name: known.name.clone() }
            }
            Some(known) => Standing::Known { code: known.ods.clone(), name: known.name.clone() },
            None => {
                let names =
                    self.organisations.values().flat_map(|known| [known.ods.as_str(), known.name.as_str()]);
                Standing::Unknown { nearest: nearest(text, names).map(str::to_string) }
            }
        }
    }
}

impl Raw {
    /// Codes of the organisations that the files name.
    pub(super) fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self
            .tables
            .iter()
            .flat_map(|table| table.organisations().iter().map(|organisation| organisation.code.clone()))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// The chart that the page asks for, if its figures bear it; else the one that fits.
fn choice_of(page: &ParsedPage, main: &Released, problems: &mut Vec<Diagnostic>) -> Choice {
    let fitting = chosen(main);
    let Some(asked) = page.values.spanned_text("chart") else { return fitting };
    let Some(chart) = Chart::from_name(asked.value) else { return fitting };
    match chosen::asked_for(chart, main) {
        Ok(choice) => choice,
        Err((message, help)) => {
            problems.push(
                Diagnostic::error("chart-without-figures", message)
                    .in_file(&page.path)
                    .at(asked.span)
                    .help(help),
            );
            fitting
        }
    }
}

/// What a page says of its figures.
fn measure_of(page: &ParsedPage) -> Measure {
    let values = &page.values;
    let text = |name: &str| values.text(name).unwrap_or_default().to_string();
    let number = |text: &str| {
        let bare: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        bare.parse::<f64>().ok().filter(|number| number.is_finite())
    };
    Measure {
        metric: if values.text("metric").is_some() { text("metric") } else { page.title.clone() },
        unit: text("unit"),
        direction: values.text("direction").and_then(Direction::from_name).unwrap_or_default(),
        counts: values.text("counts").and_then(Counts::from_name).unwrap_or_default(),
        level: values.text("level").and_then(Level::from_name).unwrap_or_default(),
        target: values.text("target").and_then(number),
        peer_group: values.text("peer_group").map(str::to_string),
        is_illustrative: values.text("provenance") == Some("illustrative"),
        aggregates: Vec::new(),
    }
}

/// The files that a page names, in its order.
pub fn files_of(page: &ParsedPage) -> Vec<SitePath> {
    page.values.texts("data").filter_map(|file| page.path.parent().join(file.value)).collect()
}

fn columns(page: &ParsedPage) -> BTreeMap<String, String> {
    let Some(columns) = page.values.group("columns") else { return BTreeMap::new() };
    let named = columns.iter().filter_map(|(usual, own)| match &own.value {
        Value::Text(own) => Some((usual.to_string(), own.to_string())),
        _ => None,
    });
    named.collect()
}

/// The page that stands for a page's group.
fn head(group: &mut [PageIndex], mut page: PageIndex) -> PageIndex {
    while group[page] != page {
        group[page] = group[group[page]];
        page = group[page];
    }
    page
}

/// For each page, all rounds of its benchmark, itself included: pages that name each other, directly or through others.
fn rounds(earlier: &[Vec<PageIndex>]) -> Vec<Vec<PageIndex>> {
    let mut group: Vec<PageIndex> = (0..earlier.len()).collect();
    for (page, others) in earlier.iter().enumerate() {
        for other in others {
            let (one, two) = (head(&mut group, page), head(&mut group, *other));
            group[one.max(two)] = one.min(two);
        }
    }
    let heads: Vec<PageIndex> = (0..earlier.len()).map(|page| head(&mut group, page)).collect();
    let mut members: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
    for (page, head) in heads.iter().enumerate() {
        members.entry(*head).or_default().push(page);
    }
    heads.iter().map(|head| members.get(head).cloned().unwrap_or_default()).collect()
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

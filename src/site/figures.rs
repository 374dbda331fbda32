//! The figures of benchmarks: read from their files, and what may be seen of them. All rounds of one benchmark are
//! decided together, so that none gives away what another hides; nothing after this sees any other figure.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::measured::{check_quantities, columns, measure_of};
use super::networks::Networks;
use super::{PageIndex, rounds};
use crate::benchmark::disclose::Release;
use crate::benchmark::read::Organisation;
use crate::benchmark::{
    Chart, Choice, Measure, Panel, Receipt, Released, Rule, Standing, Table, When, Wishes, chosen, panels,
    read, release,
};
use crate::config::Config;
use crate::content::ParsedPage;
use crate::content::kinds::organisation::Organisations;
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Spanned};
use crate::text::nearest;

/// What may be seen of a benchmark.
#[derive(Debug)]
pub struct Figures {
    /// One for each file, in the order in which the page names them; never empty.
    pub tables: Vec<Released>,
    /// Its charts, with what they show in words.
    pub panels: Vec<Panel>,
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
    pub(super) networks: &'a Networks,
}

/// The tables of one page as they stand in its files, and what its page says of them.
pub(super) struct Raw {
    measure: Measure,
    tables: Vec<Table>,
}

/// All rounds of one benchmark, and what the page says for which they are looked at.
pub(super) struct Rounds<'a> {
    pub(super) of: Vec<&'a Raw>,
    pub(super) measure: &'a Measure,
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
        let mut measure = measure_of(page);
        check_quantities(page, problems);
        let found: RefCell<BTreeSet<String>> = RefCell::default();
        let columns = columns(page);
        let mut tables = Vec::new();
        let mut is_sound = true;
        for path in files_of(page) {
            let Some(text) = self.data.get(&path) else {
                is_sound = false;
                continue;
            };
            let reading =
                read(&path, text.as_bytes(), &columns, &measure, &|name| self.standing(name, &found));
            is_sound &= reading.is_sound();
            problems.extend(reading.problems.into_iter().map(|mut problem| {
                problem.path.get_or_insert_with(|| path.clone());
                problem
            }));
            tables.extend(reading.table);
        }
        measure.aggregates =
            found.into_inner().iter().filter_map(|name| self.networks.aggregate(name)).collect();
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
        let rounds = rounds::rounds(pages, earlier);
        rounds::check(pages, &rounds, problems);
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
        // Every round, in one order for all of them, so that each page comes to the same decisions.
        let others: Vec<PageIndex> =
            rounds[page].iter().copied().filter(|other| raw[*other].is_some()).collect();
        let all: Vec<&Raw> = others.iter().filter_map(|other| raw[*other].as_ref()).collect();
        let release = self.released(&Rounds { of: all, measure: &own.measure });
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
        self.check_committed(&pages[page], &own.measure, &receipt, problems);
        let main = tables.last()?;
        let choice = choice_of(&pages[page], main, problems);
        let hides = receipt.withheld.len() + receipt.rounded > 0;
        let rule = receipt.rule_says.clone().filter(|_| hides);
        let latest = |table: &Released| table.periods().last().copied();
        let before = match tables.iter().rev().nth(1) {
            Some(own) => Some(own),
            None => of_page
                .values()
                .filter_map(|tables| tables.last().filter(|table| latest(table) < latest(main)))
                .max_by_key(|table| latest(table)),
        };
        let panels = panels(main, before, &choice, &wishes_of(&pages[page], problems));
        Some(Figures { tables, panels, receipt, rule })
    }

    /// What may be seen of all rounds of a benchmark.
    pub(super) fn released(&self, rounds: &Rounds<'_>) -> Release {
        let mut measure = rounds.measure.clone();
        // A network in one round is the same in all.
        measure.aggregates =
            rounds.of.iter().flat_map(|raw| raw.measure.aggregates.iter().cloned()).collect();
        let tables: Vec<Table> = rounds.of.iter().flat_map(|raw| raw.tables.iter().cloned()).collect();
        let rule = Rule::of(measure.counts).map(|rule| own_rule(self.config, rule));
        release(&tables, &measure, rule.as_ref())
    }

    /// What the site knows of an organisation that a file names by its code or its name; `networks` takes the names
    /// that are those of networks.
    fn standing(&self, text: &str, networks: &RefCell<BTreeSet<String>>) -> Standing {
        let by_name = || self.organisations.values().find(|known| known.name.eq_ignore_ascii_case(text));
        match self.organisations.get(text).or_else(by_name) {
            Some(known) if known.fictional => {
                Standing::Fictional { code: known.ods.clone(), name: known.name.clone() }
            }
            Some(known) => Standing::Known { code: known.ods.clone(), name: known.name.clone() },
            None if self.networks.knows(text) => {
                networks.borrow_mut().insert(text.to_string());
                let (code, name) = (text.to_string(), text.to_string());
                if self.networks.is_fictional(text) {
                    Standing::Fictional { code, name }
                } else {
                    Standing::Known { code, name }
                }
            }
            None => {
                let names =
                    self.organisations.values().flat_map(|known| [known.ods.as_str(), known.name.as_str()]);
                Standing::Unknown { nearest: nearest(text, names).map(str::to_string) }
            }
        }
    }
}

impl Raw {
    pub(super) fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Codes of the organisations that the files name and that are not known to be made up.
    pub(super) fn real_codes(&self) -> Vec<String> {
        let is_real = |organisation: &&Organisation| {
            !organisation.is_total && !matches!(organisation.standing, Standing::Fictional { .. })
        };
        let mut codes: Vec<String> = self
            .tables
            .iter()
            .flat_map(|table| table.organisations().iter().filter(is_real).map(|real| real.code.clone()))
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

/// What the page says of its charts.
fn wishes_of(page: &ParsedPage, problems: &mut Vec<Diagnostic>) -> Wishes {
    let values = &page.values;
    let mut when = |text: Spanned<&str>| {
        let when = When::parse(text.value);
        if when.is_none() {
            problems.push(
                Diagnostic::error("unreadable-period", format!("`{}` is not a period", text.value))
                    .in_file(&page.path)
                    .at(text.span)
                    .help("write it as the data file does: 2024-04, Apr 2024, 2024/25, Q1 2024/25"),
            );
        }
        when
    };
    Wishes {
        is_screened: values.flag("screened") == Some(true),
        is_adjusted: values.flag("overdispersion") == Some(true),
        recalculate_from: values.texts("recalculate_from").filter_map(&mut when).collect(),
        notes: values
            .groups("notes")
            .filter_map(|note| {
                Some((when(note.value.spanned_text("when")?)?, note.value.text("what")?.to_string()))
            })
            .collect(),
        size: values.text("denominator").unwrap_or_default().to_string(),
    }
}

/// A rule for small numbers as the site sets it.
pub fn own_rule(config: &Config, mut rule: Rule) -> Rule {
    if let Some(own) = config.disclosure.get(rule.name.as_str()) {
        rule.hide_to = own.hide_to.unwrap_or(rule.hide_to);
        rule.round_to = own.round_to.unwrap_or(rule.round_to);
        if let Some(source) = &own.source {
            rule.source.clone_from(source);
        }
    }
    rule
}

/// The files that a page names, in its order.
pub fn files_of(page: &ParsedPage) -> Vec<SitePath> {
    page.values.texts("data").filter_map(|file| page.path.parent().join(file.value)).collect()
}

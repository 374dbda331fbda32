//! What readers of a site see change between two states of its files: pages, and published figures. Only figures that
//! are released are looked at; what is hidden in one state or the other is told as hidden.

use std::collections::BTreeMap;

use crate::benchmark::output::number;
use crate::benchmark::{Released, Shown};
use crate::fields::Values;
use crate::site::{Page, Site};
use crate::source::{SitePath, World};

/// What a change does to a site.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) changes: Changes,
    /// How many problems are gone.
    pub(super) mended: usize,
}

/// What readers see change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// By address.
    pub(super) pages: Vec<PageChange>,
    /// By page, in the order of their names.
    pub(super) figures: Vec<FigureChange>,
}

/// A page that is new, gone or another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageChange {
    pub(super) how: How,
    /// Below the root, without the first `/`.
    pub(super) address: String,
    pub(super) title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Added,
    Changed,
    Removed,
}

/// A published figure that is another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FigureChange {
    pub(super) page: String,
    /// Which figure of the page.
    pub(super) figure: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Where there is no figure.
const NONE: &str = "–";

/// Compares two states of a site, each with the files that it is made from.
pub(super) fn compare(
    before: &Site,
    after: &Site,
    files_before: &dyn World,
    files_after: &dyn World,
) -> Changes {
    let mut changes = Changes::default();
    let change = |how, page: &Page| PageChange {
        how,
        address: page.parsed.address.clone(),
        title: page.parsed.title.clone(),
    };
    let mut is_seen = vec![false; before.pages.len()];
    for (index, page) in after.pages.iter().enumerate() {
        let Some(earlier_index) = before.page_at(&page.parsed.address) else {
            changes.pages.push(change(How::Added, page));
            continue;
        };
        is_seen[earlier_index] = true;
        let earlier = &before.pages[earlier_index];
        let figures = changed(&figures_of(before, earlier_index), &figures_of(after, index));
        let is_same =
            |one: &SitePath, other: &SitePath| match (files_before.read(one), files_after.read(other)) {
                (Ok(one), Ok(other)) => one == other,
                _ => false,
            };
        if !figures.is_empty() || !is_same(&earlier.parsed.path, &page.parsed.path) {
            changes.pages.push(change(How::Changed, page));
        }
        changes.figures.extend(figures.into_iter().map(|(figure, before, after)| FigureChange {
            page: page.parsed.title.clone(),
            figure,
            before,
            after,
        }));
    }
    let gone = before.pages.iter().zip(is_seen).filter(|(_, is_seen)| !is_seen);
    changes.pages.extend(gone.map(|(page, _)| change(How::Removed, page)));
    changes.pages.sort_by(|a, b| a.address.cmp(&b.address));
    changes
}

/// Published figures by their names.
type Figures = BTreeMap<String, String>;

fn changed(before: &Figures, after: &Figures) -> Vec<(String, String, String)> {
    let of = |figures: &Figures, name: &str| figures.get(name).map_or(NONE, String::as_str).to_string();
    let mut names: Vec<&String> =
        before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))).collect();
    names.sort_unstable();
    names
        .into_iter()
        .map(|name| (name.clone(), of(before, name), of(after, name)))
        .filter(|(_, before, after)| before != after)
        .collect()
}

fn figures_of(site: &Site, index: usize) -> Figures {
    let mut figures = Figures::new();
    if let Some(of_page) = &site.figures[index] {
        for table in &of_page.tables {
            add_table(table, &mut figures);
        }
    }
    for measure in site.pages[index].parsed.values.groups("measures") {
        add_measure(measure.value, &mut figures);
    }
    figures
}

fn add_table(table: &Released, figures: &mut Figures) {
    for row in table.rows() {
        let organisation = table.organisation_of(row).map(|organisation| organisation.name.as_str());
        let parts = [organisation, table.category_of(row)].into_iter().flatten().map(String::from);
        let name = parts.chain([row.when.words()]).collect::<Vec<_>>().join(", ");
        for (column, shown) in
            [("", row.value), (", numerator", row.numerator), (", denominator", row.denominator)]
        {
            let text = match shown {
                Shown::Absent => continue,
                Shown::NotGiven => NONE.to_string(),
                Shown::Hidden(hidden) => hidden.words(),
                Shown::Figure { figure, .. } => {
                    let is_value = column.is_empty();
                    let decimals = if is_value { table.decimals() } else { u8::from(figure.fract() != 0.0) };
                    let unit = if is_value { table.measure().unit.as_str() } else { "" };
                    with_unit(&number::for_readers(figure, decimals), unit)
                }
            };
            figures.insert(format!("{name}{column}"), text);
        }
    }
}

fn add_measure(measure: &Values, figures: &mut Figures) {
    let metric = measure.text("metric").unwrap_or_default();
    let unit = measure.text("unit").unwrap_or_default();
    for (field, words) in [("baseline", "before"), ("result", "after")] {
        if let Some(figure) = measure.text(field) {
            figures.insert(format!("{metric}, {words}"), with_unit(figure, unit));
        }
    }
}

fn with_unit(figure: &str, unit: &str) -> String {
    match unit {
        "" => figure.to_string(),
        "%" => format!("{figure}%"),
        "£" => format!("£{figure}"),
        unit => format!("{figure} {unit}"),
    }
}

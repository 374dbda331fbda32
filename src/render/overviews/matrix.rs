//! How far networks have come against each standard, as they were last assessed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tera::{Context, Value};

use super::{Entry, ROWS, listed};
use crate::render::value::map;
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, PageIndex, one_page};

/// How many networks stand side by side.
const COLUMNS: usize = 40;

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "standards/matrix/",
        title: |_| "Maturity matrix",
        beside: &["standard", "assessment"],
        has_something: |pages, _| {
            pages.iter().any(|page| {
                page.kind.name == "assessment"
                    && !page.values.list("network").is_empty()
                    && page.values.groups("results").next().is_some()
            })
        },
        parts: one_page,
    },
    template: "matrix.html",
    view,
};

/// The result of one network for one standard.
struct Cell<'a> {
    /// When, and which assessment says so where two are of one day.
    latest: (Option<Date>, PageIndex),
    level: &'a str,
}

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let mut networks: BTreeMap<PageIndex, BTreeMap<PageIndex, Cell<'_>>> = BTreeMap::new();
    for index in listed(site, "assessment").iter().copied() {
        let page = &site.pages[index];
        let latest = (page.parsed.values.date("assessed_on"), index);
        for result in page.parsed.values.groups("results") {
            let standard =
                result.value.reference("standard").and_then(|named| site.find("standard", &named.value.name));
            let (Some(standard), Some(level)) = (standard, result.value.text("level")) else { continue };
            for network in page.outgoing.iter().filter(|relation| relation.field == "network") {
                let cells = networks.entry(network.page).or_default();
                if cells.get(&standard).is_none_or(|known| known.latest <= latest) {
                    cells.insert(standard, Cell { latest, level });
                }
            }
        }
    }
    let total = networks.len();
    let mut columns: Vec<(PageIndex, BTreeMap<PageIndex, Cell<'_>>)> = networks.into_iter().collect();
    // Of many networks those that were assessed last are shown, and all in the order of their names.
    columns.sort_by_key(|(_, cells)| Reverse(cells.values().map(|cell| cell.latest.0).max()));
    columns.truncate(COLUMNS);
    columns.sort_by_cached_key(|(network, _)| (site.pages[*network].parsed.title.to_lowercase(), *network));
    let standards: BTreeSet<PageIndex> =
        columns.iter().flat_map(|(_, cells)| cells.keys().copied()).collect();
    let mut standards: Vec<PageIndex> = standards.into_iter().collect();
    standards.sort_by_key(|index| (site.pages[*index].parsed.values.text("code"), *index));
    let standards_total = standards.len();
    standards.truncate(ROWS);
    let is_illustrative = |index: PageIndex| {
        let values = &site.pages[index].parsed.values;
        values.text("provenance") == Some("illustrative") || values.flag("fictional") == Some(true)
    };
    let heads: Vec<Value> = columns
        .iter()
        .map(|(network, cells)| {
            let illustrative =
                is_illustrative(*network) || cells.values().any(|cell| is_illustrative(cell.latest.1));
            map([("page", views.row(*network)), ("illustrative", Value::from(illustrative))])
        })
        .collect();
    let rows: Vec<Value> = standards
        .iter()
        .map(|standard| {
            let cells: Vec<Value> = columns
                .iter()
                .map(|(_, cells)| {
                    cells.get(standard).map_or_else(Value::none, |cell| Value::from(cell.level))
                })
                .collect();
            map([("page", views.row(*standard)), ("levels", Value::from(cells))])
        })
        .collect();
    let mut context = views.overview(
        made,
        part,
        None,
        "How far each network has come, standard by standard, when last assessed.",
    );
    context.insert_value("networks", Value::from(heads));
    context.insert_value("networks_total", Value::from(total));
    context.insert_value("standards", Value::from(rows));
    context.insert_value("standards_total", Value::from(standards_total));
    context
}

//! Which forms of a pathway are compared, and what differs between them: each pair once, from the earlier form (as it
//! is at a site, what was replaced) to the later (what was agreed, what was verified).

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{Drawing, PageIndex, Relation, Site};
use crate::content::ParsedPage;
use crate::pathway::Comparison;

/// A pathway is compared with this many others; nobody reads more.
const MOST: usize = 12;

/// Two forms of a pathway.
#[derive(Debug)]
pub struct Compared {
    /// The earlier form.
    pub before: PageIndex,
    /// The later, whose page tells of the comparison.
    pub after: PageIndex,
    /// Made when it is first asked for: both pages and the page of the comparison ask for the same.
    comparison: OnceLock<Comparison>,
}

impl Compared {
    /// What differs between the two drawings.
    pub fn drawings(&self, site: &Site) -> &Comparison {
        self.comparison.get_or_init(|| match (&site.drawings[self.before], &site.drawings[self.after]) {
            (Some(before), Some(after)) => Comparison::new(&before.chart, &after.chart),
            _ => Comparison::default(),
        })
    }

    /// What differs between the time limits that the two pages state, in sentences.
    pub fn time_limits(&self, site: &Site) -> Vec<String> {
        let limits = |page: PageIndex| -> Vec<(&str, &str)> {
            let limits = site.pages[page].parsed.values.groups("time_limits");
            limits.filter_map(|limit| Some((limit.value.text("what")?, limit.value.text("limit")?))).collect()
        };
        let (before, after) = (limits(self.before), limits(self.after));
        let find = |limits: &[(&str, &str)], what: &str| {
            limits.iter().find(|(other, _)| same_words(other, what)).map(|(_, limit)| (*limit).to_string())
        };
        let mut told = Vec::new();
        for (what, limit) in &after {
            match find(&before, what) {
                None => told.push(format!("New time limit: {what}, {limit}")),
                Some(was) if !same_words(&was, limit) => {
                    told.push(format!("Another time limit: {what}, {limit} instead of {was}"));
                }
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|(what, _)| find(&after, what).is_none());
        told.extend(gone.map(|(what, limit)| format!("No longer a time limit: {what}, {limit}")));
        told
    }
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().map(str::to_lowercase).eq(other.split_whitespace().map(str::to_lowercase))
}

/// Where the comparisons of a pathway with its earlier forms are published, below the root.
pub fn comparison_address(after: &ParsedPage) -> String {
    format!("{}compare/", after.address)
}

/// Every pair that is compared, by its later form, then as the pages name each other.
pub(super) fn pairs(
    pages: &[ParsedPage],
    relations: &[Vec<Relation>],
    drawings: &[Option<Drawing>],
) -> Vec<Compared> {
    let named = relations.iter().enumerate().flat_map(|(page, relations)| {
        let is_form = |relation: &&Relation| matches!(relation.field.as_str(), "variations" | "replaces");
        relations.iter().filter(is_form).map(move |relation| (page, relation.page))
    });
    let mut known = HashSet::new();
    let mut pairs: Vec<(PageIndex, PageIndex)> = named
        .filter(|(page, other)| page != other && drawings[*page].is_some() && drawings[*other].is_some())
        .filter(|(page, other)| known.insert((*page.min(other), *page.max(other))))
        .map(|(page, other)| {
            let replaces = |page: PageIndex, other: PageIndex| {
                relations[page].iter().any(|relation| relation.field == "replaces" && relation.page == other)
            };
            // Where nothing tells, the page that lists the others is taken for the one that was agreed.
            let is_earlier =
                replaces(other, page) || !replaces(page, other) && stage(&pages[page]) < stage(&pages[other]);
            if is_earlier { (other, page) } else { (page, other) }
        })
        .collect();
    pairs.sort_by_key(|(after, _)| *after);
    let mut counted = (PageIndex::MAX, 0);
    pairs.retain(|(after, _)| {
        counted = if counted.0 == *after { (*after, counted.1 + 1) } else { (*after, 1) };
        counted.1 <= MOST
    });
    let compared = |(after, before)| Compared { before, after, comparison: OnceLock::new() };
    pairs.into_iter().map(compared).collect()
}

/// How far a pathway has come, so that the less sure is the earlier.
fn stage(page: &ParsedPage) -> u8 {
    match page.values.text("verification") {
        Some("verified-in-practice") => 2,
        Some("agreed") => 1,
        _ => 0,
    }
}

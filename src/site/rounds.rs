//! Which benchmarks are rounds of one: those that name each other as `earlier`, and those that show one file. What one
//! of them hides, no other may reveal, so they have to agree on what their figures are.

use std::collections::{BTreeMap, HashMap};

use super::PageIndex;
use super::figures::files_of;
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// Fields on which all rounds of a benchmark agree, and what would come of it if they did not.
const AGREED: [(&str, &str); 3] = [
    ("counts", "one page would show the small numbers that the other hides"),
    ("level", "one page would show the small numbers that the other hides"),
    ("unit", "their figures cannot be compared"),
];

/// For each page, all rounds of its benchmark, itself included: pages that name each other, directly or through
/// others, or that show the same file. `earlier` gives the pages that each page names.
pub(super) fn rounds(pages: &[ParsedPage], earlier: &[Vec<PageIndex>]) -> Vec<Vec<PageIndex>> {
    let mut group: Vec<PageIndex> = (0..pages.len()).collect();
    for (page, others) in earlier.iter().enumerate() {
        for other in others {
            join(&mut group, page, *other);
        }
    }
    let mut first_with: HashMap<SitePath, PageIndex> = HashMap::new();
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.kind.name == "benchmark") {
        for file in files_of(page) {
            let first = *first_with.entry(file).or_insert(index);
            join(&mut group, first, index);
        }
    }
    let heads: Vec<PageIndex> = (0..pages.len()).map(|page| head(&mut group, page)).collect();
    let mut members: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
    for (page, head) in heads.iter().enumerate() {
        members.entry(*head).or_default().push(page);
    }
    heads.iter().map(|head| members.get(head).cloned().unwrap_or_default()).collect()
}

fn head(group: &mut [PageIndex], mut page: PageIndex) -> PageIndex {
    while group[page] != page {
        group[page] = group[group[page]];
        page = group[page];
    }
    page
}

fn join(group: &mut [PageIndex], one: PageIndex, other: PageIndex) {
    let (one, other) = (head(group, one), head(group, other));
    group[one.max(other)] = one.min(other);
}

/// Errors for rounds that do not agree on what their figures are.
pub(super) fn check(pages: &[ParsedPage], rounds: &[Vec<PageIndex>], problems: &mut Vec<Diagnostic>) {
    for (index, page) in pages.iter().enumerate() {
        let Some(first) = rounds[index].first().filter(|first| **first != index) else { continue };
        let first = &pages[*first];
        if !page.is_readable || !first.is_readable {
            continue;
        }
        for (field, otherwise) in AGREED {
            let (here, there) = (page.values.text(field), first.values.text(field));
            if here == there {
                continue;
            }
            let said =
                |value: Option<&str>| value.map_or("nothing".to_string(), |value| format!("`{value}`"));
            let message = format!(
                "`{field}` is {} here and {} in {}, a round of the same benchmark: {otherwise}",
                said(here),
                said(there),
                first.path
            );
            let span = page.values.get(field).or(page.values.get("earlier")).map(|value| value.span);
            let mut problem = Diagnostic::error("different-rounds", message)
                .in_file(&page.path)
                .help(format!("write the same `{field}` on both pages"));
            problem.span = span;
            problems.push(problem);
        }
    }
}

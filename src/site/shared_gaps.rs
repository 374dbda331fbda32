//! Gaps whose answers serve several templates: they must ask the same everywhere.

use std::collections::BTreeMap;

use crate::content::{ParsedPage, Status};
use crate::diagnostic::Diagnostic;
use crate::form::Gap;

/// An error for each shared gap that asks something else than the page before it, in the order of addresses. Archived
/// pages ask what they asked at their time.
pub(super) fn check(pages: &[ParsedPage], problems: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, (&ParsedPage, &Gap)> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.status != Status::Archived) {
        let Some(form) = &page.form else { continue };
        for gap in form.gaps.iter().filter(|gap| gap.is_shared) {
            let (other_page, other) = *first.entry(&gap.key).or_insert((page, gap));
            let differs = if other.kind != gap.kind {
                "its type or its choices are not the same"
            } else if other.label != gap.label {
                "its label is not the same"
            } else {
                continue;
            };
            let entries = page.values.groups("gaps").filter_map(|entry| entry.value.spanned_text("gap"));
            let span = entries
                .into_iter()
                .find(|name| form.gap_named(name.value).is_some_and(|found| form.gaps[found] == *gap));
            let mut problem = Diagnostic::error(
                "shared-gap",
                format!(
                    "the shared gap `{}` asks something else in {}: {differs}, so an answer given there could not serve here",
                    gap.name, other_page.path
                ),
            )
            .in_file(&page.path)
            .help(format!("ask the same in both (there the question is “{}”), or take shared: true out of one", other.label));
            problem.span = span.map(|name| name.span);
            problems.push(problem);
        }
    }
}

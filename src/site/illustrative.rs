//! Invented figures never stand beside real names: an illustrative page names fictional organisations only.

use super::Relation;
use crate::content::ParsedPage;
use crate::content::kinds::organisation::Organisations;
use crate::diagnostic::Diagnostic;
use crate::fields::Value;
use crate::source::Span;

/// Errors for real networks and organisations on a page of illustrative figures. `pages` are the pages that the
/// relations point into; `named_in_data` gives the codes in its data file of organisations that are not fictional.
pub(super) fn check(
    page: &ParsedPage,
    relations: &[Relation],
    pages: &[ParsedPage],
    organisations: &Organisations,
    named_in_data: &[String],
    problems: &mut Vec<Diagnostic>,
) {
    if page.values.text("provenance") != Some("illustrative") {
        return;
    }
    let declared = page.values.get("provenance").map(|value| value.span).unwrap_or_default();
    let mut report = |name: &str, span: Span| {
        problems.push(
            Diagnostic::error(
                "illustrative-beside-real",
                format!("`{name}` is real, and this page is illustrative: readers would take invented figures for theirs"),
            )
            .in_file(&page.path)
            .at(span)
            .label(declared, "said to be illustrative here")
            .help("name only organisations that organisations.csv marks as fictional, and networks with `fictional: true`"),
        );
    };
    for relation in relations.iter().filter(|relation| relation.field == "network") {
        let network = &pages[relation.page];
        if network.is_readable && network.values.flag("fictional") != Some(true) {
            let named = page.values.list("network").iter().find(|item| match &item.value {
                Value::Reference(reference) => reference.name == network.slug,
                _ => false,
            });
            report(&network.slug, named.map_or(declared, |item| item.span));
        }
    }
    let real = |ods: &str| organisations.get(ods).is_some_and(|organisation| !organisation.fictional);
    for member in page.values.groups("members") {
        if let Some(ods) = member.value.spanned_text("ods").filter(|ods| real(ods.value)) {
            report(ods.value, ods.span);
        }
    }
    let data_span = page.values.get("data").map_or(declared, |value| value.span);
    for ods in named_in_data {
        report(ods, data_span);
    }
}

//! The facets: for each, its values and which pages have them, a column of one character or two a page. Loaded once,
//! when counts or a choice are asked for.

use std::collections::BTreeSet;

use super::code::{push_number, push_string};
use super::gather::Prepared;
use super::types::Facet;

/// All facets that any page has, as arguments of a call.
pub(super) fn encode(facets: &[Facet], pages: &[Prepared]) -> String {
    let mut out = String::from("[");
    for facet in facets {
        let values = values(facet, pages);
        if values.is_empty() {
            continue;
        }
        if out.len() > 1 {
            out.push(',');
        }
        out.push('[');
        push_string(&mut out, &facet.name);
        out.push(',');
        push_string(&mut out, if facet.label.is_empty() { &facet.name } else { &facet.label });
        out.push_str(",[");
        for (index, (value, label)) in values.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            push_string(&mut out, value);
            out.push(',');
            push_string(&mut out, label);
        }
        out.push_str("],");
        push_column(&mut out, &facet.name, &values, pages);
        out.push(']');
    }
    out.push(']');
    out
}

/// The values that pages have, with labels: those of the settings in their order, then others in the order of letters.
fn values<'a>(facet: &'a Facet, pages: &'a [Prepared]) -> Vec<(&'a str, &'a str)> {
    let mut used: BTreeSet<&str> = pages.iter().flat_map(|page| values_of(page, &facet.name)).collect();
    let mut values: Vec<(&str, &str)> = Vec::new();
    for (value, label) in &facet.values {
        if used.remove(value.as_str()) {
            values.push((value, label));
        }
    }
    values.extend(used.into_iter().map(|value| (value, value)));
    values
}

fn values_of<'a>(page: &'a Prepared, name: &'a str) -> impl Iterator<Item = &'a str> {
    page.facets.iter().filter(move |(facet, _)| facet == name).map(|(_, value)| value.as_str())
}

/// Whether a page has several values, and the column: for each page its value from 1 or 0 for none; where pages have
/// several, how many and each.
fn push_column(out: &mut String, name: &str, values: &[(&str, &str)], pages: &[Prepared]) {
    let numbers: std::collections::BTreeMap<&str, u32> =
        values.iter().map(|(value, _)| *value).zip(1..).collect();
    let of_pages: Vec<Vec<u32>> = pages
        .iter()
        .map(|page| {
            let mut of: Vec<u32> =
                values_of(page, name).filter_map(|value| numbers.get(value).copied()).collect();
            of.sort_unstable();
            of.dedup();
            of
        })
        .collect();
    let has_several = of_pages.iter().any(|of| of.len() > 1);
    out.push_str(if has_several { "1,\"" } else { "0,\"" });
    for of in &of_pages {
        if has_several {
            push_number(out, of.len() as u32);
            for value in of {
                push_number(out, value - 1);
            }
        } else {
            push_number(out, of.first().copied().unwrap_or(0));
        }
    }
    out.push('"');
}

//! The facets: for each, its values and which pages have them, a column of one character or two a page. Loaded once,
//! when counts or a choice are asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{digit, push_number, push_string};
use super::gather::Prepared;
use super::types::Facet;

/// All facets that any page has, as arguments of a call.
pub(super) fn encode(facets: &[Facet], pages: &[Prepared]) -> String {
    let mut out = String::from("[");
    let mut before: Vec<Column> = Vec::new();
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
        let column = column(&facet.name, &values, pages);
        push_column(&mut out, &column, &before);
        before.push(column);
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

/// The numbers of each page's values, from 1.
struct Column {
    of_pages: Vec<Vec<u32>>,
    value_count: usize,
    has_several: bool,
}

fn column(name: &str, values: &[(&str, &str)], pages: &[Prepared]) -> Column {
    let numbers: BTreeMap<&str, u32> = values.iter().map(|(value, _)| *value).zip(1..).collect();
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
    Column { of_pages, value_count: values.len(), has_several }
}

/// Whether pages have several values, and the column: for each page its value from 1, or 0 for none; where pages have
/// several, how many and each. A column that follows from one before (a region from a network) is a value for each value
/// of that one, and its number.
fn push_column(out: &mut String, column: &Column, before: &[Column]) {
    out.push_str(if column.has_several { "1,\"" } else { "0,\"" });
    for (number, source) in before.iter().enumerate() {
        if let Some(follows) = follows(column, source) {
            for value in follows {
                push_number(out, value);
            }
            out.push_str("\",");
            out.push_str(&number.to_string());
            return;
        }
    }
    for of in &column.of_pages {
        if column.has_several {
            push_number(out, of.len() as u32);
        } else if of.is_empty() {
            out.push(digit(0));
        }
        for value in of {
            push_number(out, *value);
        }
    }
    out.push('"');
}

/// The value for each value of another column, if that one says it for every page.
fn follows(column: &Column, source: &Column) -> Option<Vec<u32>> {
    if column.has_several || source.has_several || source.value_count * 2 > source.of_pages.len() {
        return None;
    }
    let mut values: Vec<Option<u32>> = vec![None; source.value_count];
    for (own, other) in column.of_pages.iter().zip(&source.of_pages) {
        let own = own.first().copied().unwrap_or(0);
        let expected = match other.first() {
            Some(other) => *values[*other as usize - 1].get_or_insert(own),
            None => 0,
        };
        if expected != own {
            return None;
        }
    }
    Some(values.into_iter().map(Option::unwrap_or_default).collect())
}

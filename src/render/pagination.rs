//! Listings in pages of fifty.

use tera::Value;

use super::value::map;

/// How many items a page shows.
pub(super) const PER_PAGE: usize = 50;

/// How many pages a number of items makes; an empty listing is one page.
pub(super) fn page_count(items: usize) -> usize {
    items.div_ceil(PER_PAGE).max(1)
}

/// The items of a page, from 1.
pub(super) fn slice<T>(items: &[T], number: usize) -> &[T] {
    let start = (number.saturating_sub(1) * PER_PAGE).min(items.len());
    &items[start..(start + PER_PAGE).min(items.len())]
}

/// The address of a page of a listing at `base`.
pub(super) fn address(base: &str, number: usize) -> String {
    if number <= 1 { base.to_string() } else { format!("{base}page/{number}/") }
}

/// What templates see; none where there is one page.
pub(super) fn value(base: &str, number: usize, total: usize) -> Value {
    let pages = page_count(total);
    if pages == 1 {
        return Value::none();
    }
    let shown: Vec<usize> =
        (1..=pages).filter(|page| *page == 1 || *page == pages || page.abs_diff(number) <= 2).collect();
    let links: Vec<Value> = shown
        .into_iter()
        .map(|page| {
            map([
                ("page", Value::from(page)),
                ("path", Value::from(address(base, page))),
                ("current", Value::from(page == number)),
            ])
        })
        .collect();
    let neighbour = |page: usize| {
        if (1..=pages).contains(&page) { Value::from(address(base, page)) } else { Value::none() }
    };
    map([
        ("page", Value::from(number)),
        ("pages", Value::from(pages)),
        ("total", Value::from(total)),
        ("first", Value::from((number - 1) * PER_PAGE + 1)),
        ("last", Value::from((number * PER_PAGE).min(total))),
        ("previous", if number > 1 { neighbour(number - 1) } else { Value::none() }),
        ("next", neighbour(number + 1)),
        ("links", Value::from(links)),
    ])
}

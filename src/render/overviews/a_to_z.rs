//! Every page by the first letter of its title; a page for each letter where there are many.

use tera::{Context, Value};

use super::{Entry, shown};
use crate::content::ParsedPage;
use crate::render::address::encoded;
use crate::render::value::map;
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, PageIndex};
use crate::text::slugify;

/// More pages than this are a list that nobody reads to its end.
const ON_ONE_PAGE: usize = 500;

/// The places of titles: 26 letters, figures, and all other scripts.
const PLACES: usize = 28;
const FIGURES: usize = 26;

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "a-to-z/",
        title: |_| "A to Z",
        beside: &[],
        has_something: |pages, _| !pages.is_empty(),
        parts,
    },
    template: "a-to-z.html",
    view,
};

pub(super) fn place(title: &str) -> usize {
    // One character as an address has it: a letter without its accent.
    let first = title.chars().find(|character| character.is_alphanumeric());
    let as_in_address = |first: char| match first {
        first if first.is_ascii() => u8::try_from(first.to_ascii_lowercase()).ok(),
        first => slugify(first.encode_utf8(&mut [0; 4])).bytes().next(),
    };
    match first.and_then(as_in_address) {
        Some(letter @ b'a'..=b'z') => usize::from(letter - b'a'),
        Some(b'0'..=b'9') => FIGURES,
        _ => FIGURES + 1,
    }
}

pub(super) fn name(place: usize) -> String {
    match u8::try_from(place) {
        Ok(letter @ 0..=25) => char::from(b'A' + letter).to_string(),
        Ok(26) => "0–9".to_string(),
        _ => "Other".to_string(),
    }
}

pub(super) fn folder(place: usize) -> String {
    if place == FIGURES { "0-9".to_string() } else { name(place).to_lowercase() }
}

fn parts(pages: &[&ParsedPage]) -> Vec<String> {
    if pages.len() <= ON_ONE_PAGE {
        return Vec::new();
    }
    let mut filled = [false; PLACES];
    for page in pages {
        filled[place(&page.title)] = true;
    }
    (0..PLACES).filter(|place| filled[*place]).map(folder).collect()
}

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let mut places: Vec<Vec<PageIndex>> = vec![Vec::new(); PLACES];
    for index in shown(site) {
        places[place(&site.pages[index].parsed.title)].push(index);
    }
    let divided = made.addresses.len() > 1;
    let filled: Vec<usize> = (0..PLACES).filter(|place| !places[*place].is_empty()).collect();
    // The further pages are those of the letters that have any, in the same order.
    let here = part.checked_sub(1).and_then(|number| filled.get(number).copied());
    let letters: Vec<Value> = (0..PLACES)
        .filter(|place| *place < FIGURES || !places[*place].is_empty())
        .map(|place| {
            let path = match filled.iter().position(|other| *other == place) {
                Some(number) if divided => {
                    made.addresses.get(number + 1).map_or_else(Value::none, |path| Value::from(encoded(path)))
                }
                _ => Value::none(),
            };
            map([
                ("name", Value::from(name(place))),
                ("id", Value::from(folder(place))),
                ("path", path),
                ("count", Value::from(places[place].len())),
                ("current", Value::from(here == Some(place))),
            ])
        })
        .collect();
    let sections: Vec<Value> = filled
        .iter()
        .filter(|place| if divided { here == Some(**place) } else { true })
        .map(|place| {
            let pages = &mut places[*place];
            pages.sort_by_cached_key(|index| (site.pages[*index].parsed.title.to_lowercase(), *index));
            map([
                ("name", Value::from(name(*place))),
                ("id", Value::from(folder(*place))),
                ("rows", pages.iter().map(|index| views.row(*index)).collect::<Vec<Value>>().into()),
            ])
        })
        .collect();
    let title = here.map(|place| format!("A to Z: {}", name(place)));
    let mut context = views.overview(made, part, title.as_deref(), "Every page of this site by its title.");
    context.insert_value("letters", Value::from(letters));
    context.insert_value("sections", Value::from(sections));
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_under_the_letter_that_a_reader_looks_for() {
        let found = |title| name(place(title));
        assert_eq!(found("Élan"), "E");
        assert_eq!(found("  \"Quoted\""), "Q");
        assert_eq!(found("7-day working"), "0–9");
        assert_eq!(found("Ελλάδα"), "Other");
        assert_eq!(found("…"), "Other");
        assert_eq!(folder(FIGURES), "0-9");
    }
}

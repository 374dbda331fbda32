//! Where a person or an organisation appears: in every file that a site is made from, and in what is published of it. In
//! come a name, a site and the files; out come places. For when consent is withdrawn or a name changes.

mod folded;
mod person;
mod places;
mod texts;
mod wanted;

pub use person::Person;
pub use places::{Place, Searched};
pub use texts::{FoundText, texts_of};
pub use wanted::{Name, Wanted};

use std::ops::Range;

use folded::Folded;

/// One appearance in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// Whether it is surely the one looked for.
    pub is_sure: bool,
    /// By which name of an organisation it was found; none for a person.
    pub by: Option<String>,
}

/// A text has at most this many appearances that are told.
const MAX_TOLD: usize = 1_000;

impl Wanted {
    /// Whether there is anything to look for.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Person(person) => person.is_empty(),
            Self::Organisation(names) => names.is_empty(),
        }
    }

    /// Where a text names the one looked for, in order. Of appearances that overlap, the longest stands.
    pub fn find(&self, text: &str) -> Vec<Appearance> {
        let folded = Folded::of(text);
        let mut found: Vec<Appearance> = match self {
            Self::Person(person) => person
                .find(&folded)
                .into_iter()
                .map(|(words, is_sure)| Appearance { range: folded.source(&words), is_sure, by: None })
                .collect(),
            Self::Organisation(names) => names
                .iter()
                .flat_map(|name| {
                    let places = folded.find(name.letters()).into_iter().map(|words| folded.source(&words));
                    places
                        .filter(|range| !name.is_code || text[range.clone()] == name.text)
                        .map(|range| Appearance { range, is_sure: name.is_sure, by: Some(name.what.clone()) })
                })
                .collect(),
        };
        found.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end), !one.is_sure));
        let mut end = 0;
        found.retain(|one| {
            let is_new = one.range.start >= end;
            if is_new {
                end = one.range.end;
            }
            is_new
        });
        found.truncate(MAX_TOLD);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whatever is looked for in whatever text, places lie on characters of the text.
        #[test]
        fn any_name_in_any_text(name in "\\PC{0,20}", text in "\\PC{0,200}") {
            let wanted = Wanted::Person(Person::new(&name));
            for found in wanted.find(&text) {
                proptest::prop_assert!(text.get(found.range).is_some());
            }
        }

        /// A name is found in any case, with any accents taken off, in either order and within any text.
        #[test]
        fn a_name_is_found_wherever_it_stands(before in "[a-z ,.]{0,20}", after in "[a-z ,.]{0,20}", upper: bool) {
            let written = if upper { "QUINN OBRIEN-ZÚÑIGA" } else { "quinn o’brien zuniga" };
            let text = format!("{before} {written} {after}");
            let wanted = Wanted::Person(Person::new("Quinn O'Brien-Zúñiga"));
            let found = wanted.find(&text);
            proptest::prop_assert!(found.iter().any(|one| one.is_sure && text[one.range.clone()].starts_with(&written[..5])));
        }
    }
}

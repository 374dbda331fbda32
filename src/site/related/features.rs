//! What a page has that others may have too, as keys that are the same on every machine.

use std::cmp::Reverse;
use std::sync::Arc;

use super::words::{Synonyms, words};
use crate::content::ParsedPage;
use crate::site::{Page, PageIndex};
use crate::text::slugify;

/// How much counts what two pages share by a field.
pub(super) const FIELD_WEIGHT: u32 = 9;

/// What a page and others may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) enum Class {
    Network,
    Theme,
    Standard,
    Tag,
    Word,
    /// A network and a theme or tag together: it finds candidates where each alone is common, and has no weight.
    Pair,
}

/// One thing that a page has: the hash of its name, and how much it counts on this page.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Feature {
    pub(super) key: u64,
    pub(super) class: Class,
    pub(super) weight: u32,
}

/// What a page has to share by its own words, whatever other pages there are.
pub(super) fn own(page: &ParsedPage, synonyms: &Synonyms) -> Arc<[Feature]> {
    let values = &page.values;
    let mut found: Vec<Feature> = Vec::with_capacity(32);
    let terms = [(Class::Theme, "themes"), (Class::Tag, "tags")];
    for (class, term) in
        terms.iter().flat_map(|(class, field)| values.texts(field).map(|term| (*class, term)))
    {
        found.push(Feature { key: term_key(class, term.value), class, weight: FIELD_WEIGHT });
    }
    // A word of two titles counts as much as a theme, one of a title and a summary less, and of two summaries little.
    for (text, weight) in [(&*page.title, 3), (values.text("summary").unwrap_or(""), 1)] {
        words(text, synonyms, |word| found.push(Feature { key: word.key, class: Class::Word, weight }));
    }
    found.into()
}

/// Everything that a page has to share, each once.
pub(super) fn features(page: &Page, own: &[Feature], with_pairs: bool) -> Vec<Feature> {
    let mut found: Vec<Feature> = Vec::with_capacity(own.len() + 16);
    found.extend_from_slice(own);
    for relation in &page.outgoing {
        let class = match relation.field.as_str() {
            "network" => Class::Network,
            "standards" => Class::Standard,
            _ => continue,
        };
        found.push(Feature { key: page_key(relation.page), class, weight: FIELD_WEIGHT });
    }
    if with_pairs {
        let of = |classes: &[Class]| -> Vec<u64> {
            let those = found.iter().filter(|feature| classes.contains(&feature.class));
            those.map(|feature| feature.key).collect()
        };
        let terms = of(&[Class::Theme, Class::Tag]);
        for network in of(&[Class::Network]) {
            let pairs = terms.iter().map(|term| hash_from(network, &term.to_le_bytes()));
            found.extend(pairs.map(|key| Feature { key, class: Class::Pair, weight: 1 }));
        }
    }
    found.sort_unstable_by_key(|feature| (feature.key, Reverse(feature.weight)));
    found.dedup_by_key(|feature| feature.key);
    found
}

pub(super) fn page_key(page: PageIndex) -> u64 {
    hash_from(hash("page"), &(page as u64).to_le_bytes())
}

pub(super) fn term_key(class: Class, term: &str) -> u64 {
    hash_from(hash(if class == Class::Theme { "theme" } else { "tag" }), slugify(term).as_bytes())
}

pub(super) fn hash(text: &str) -> u64 {
    hash_from(0xcbf2_9ce4_8422_2325, text.as_bytes())
}

/// FNV-1a: quick for short names, and the same on every machine.
pub(super) fn hash_from(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

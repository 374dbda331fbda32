//! What a page has that others may have too, as keys that are the same on every machine.

use std::cmp::Reverse;

use super::words::{Synonyms, words};
use crate::site::{Page, PageIndex};
use crate::text::slugify;

/// How much counts what two pages share by a field.
pub(super) const FIELD_WEIGHT: u32 = 9;

/// What a page and others may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
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
pub(super) struct Feature {
    pub(super) key: u64,
    pub(super) class: Class,
    pub(super) weight: u32,
}

/// Everything that a page has to share, each once.
pub(super) fn features(page: &Page, synonyms: &Synonyms, with_pairs: bool) -> Vec<Feature> {
    let values = &page.parsed.values;
    let mut found: Vec<Feature> = Vec::with_capacity(32);
    let mut add = |class, key| found.push(Feature { key, class, weight: FIELD_WEIGHT });
    for relation in &page.outgoing {
        match relation.field.as_str() {
            "network" => add(Class::Network, page_key(relation.page)),
            "standards" => add(Class::Standard, page_key(relation.page)),
            _ => {}
        }
    }
    for theme in values.texts("themes") {
        add(Class::Theme, term_key(Class::Theme, theme.value));
    }
    for tag in values.texts("tags") {
        add(Class::Tag, term_key(Class::Tag, tag.value));
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
    // A word of two titles counts as much as a theme, one of a title and a summary less, and of two summaries little.
    for (text, weight) in [(&*page.parsed.title, 3), (values.text("summary").unwrap_or(""), 1)] {
        words(text, synonyms, |word| found.push(Feature { key: word.key, class: Class::Word, weight }));
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

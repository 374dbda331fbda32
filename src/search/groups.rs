//! Which forms of words are one word: `report`, `reports` and `reporting`; `organise` and `organize`; `MRI` and its
//! synonyms. Worked out once, here, so that a reader's browser needs no rules of language.
//!
//! The stemmer is Snowball's English of 2025 (3.0), which keeps `internal` from `intern` and `lateral` from `later` where the
//! crate `rust-stemmers` (of 2019) does not. Of three crates that have it, `pagefind_stem` compiles English alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use pagefind_stem::{Algorithm, Stemmer};

use super::gather::QuickHasher;
use super::spelling;
use super::synonyms::Synonyms;

type Quick = BuildHasherDefault<QuickHasher>;

/// Every form in the index, and the group it belongs to.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// The forms in order of first appearance; those that no page has come last.
    pub(super) names: Vec<Box<str>>,
    /// In how many pages each stands.
    pub(super) pages: Vec<u32>,
    /// The group of each.
    pub(super) groups: Vec<u32>,
    /// How many groups there are.
    pub(super) group_count: usize,
    numbers: HashMap<Box<str>, u32, Quick>,
}

impl Forms {
    /// The number of a form that stands in one more page.
    pub(super) fn count(&mut self, word: &str) -> u32 {
        let number = if let Some(number) = self.numbers.get(word) { *number } else { self.add(word) };
        self.pages[number as usize] += 1;
        number
    }

    fn add(&mut self, word: &str) -> u32 {
        let number = self.names.len() as u32;
        self.numbers.insert(word.into(), number);
        self.names.push(word.into());
        self.pages.push(0);
        number
    }

    /// Puts all forms into groups, and adds the ways in which known words may also be typed.
    pub(super) fn group(&mut self, synonyms: &Synonyms) {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut by_stem: HashMap<String, u32, Quick> = HashMap::default();
        let mut parents: Vec<u32> = Vec::new();
        for name in &self.names {
            let next = by_stem.len() as u32;
            let group = *by_stem.entry(key(&stemmer, name)).or_insert(next);
            if group == next {
                parents.push(next);
            }
            self.groups.push(group);
        }
        for (one, name) in &synonyms.words {
            let known = [one, name].map(|word| by_stem.get(&key(&stemmer, word)).copied());
            match known {
                [Some(one), Some(other)] => join(&mut parents, one, other),
                // Only one of the two stands in a page: the other is one more way to type it.
                [Some(group), None] => self.also(name, group),
                [None, Some(group)] => self.also(one, group),
                [None, None] => {}
            }
        }
        for number in 0..self.groups.len() {
            if self.pages[number] == 0 {
                continue;
            }
            let other = spelling::american(&self.names[number]);
            for other in other.into_iter().chain(spelling::british(&self.names[number])) {
                self.also(&other, self.groups[number]);
            }
        }
        self.renumber(&parents);
    }

    fn also(&mut self, word: &str, group: u32) {
        if !self.numbers.contains_key(word) {
            self.add(word);
            self.groups.push(group);
        }
    }

    fn renumber(&mut self, parents: &[u32]) {
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        for group in &mut self.groups {
            let root = root(parents, *group);
            let next = numbers.len() as u32;
            *group = *numbers.entry(root).or_insert(next);
        }
        self.group_count = numbers.len();
        self.numbers = HashMap::default();
    }
}

/// What forms of one word have in common.
fn key(stemmer: &Stemmer, word: &str) -> String {
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_word {
        return word.to_string();
    }
    let british = spelling::british(word);
    let spelt: &str = british.as_deref().unwrap_or(word);
    match stemmer.stem(spelt) {
        Cow::Borrowed(stem) => stem.to_string(),
        Cow::Owned(stem) => stem,
    }
}

fn root(parents: &[u32], mut group: u32) -> u32 {
    while parents[group as usize] != group {
        group = parents[group as usize];
    }
    group
}

fn join(parents: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other) as usize] = one.min(other);
}

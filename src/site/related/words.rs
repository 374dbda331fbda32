//! The words of titles and summaries that may say what a page is about, with those that a site calls one.

use std::collections::BTreeMap;

use super::features::{hash, hash_from};
use crate::text::{says_something, stem};

/// A word, or several that are one in the site's synonyms.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) key: u64,
    pub(super) text: &'t str,
    /// Whether it begins a sentence.
    pub(super) is_first: bool,
}

/// The words of a text that may say what it is about.
pub(super) fn words<'t>(text: &'t str, synonyms: &Synonyms, mut each: impl FnMut(Word<'t>)) {
    let tokens: Vec<Token> = tokens(text);
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        let is_first = token.start == 0 || text[..token.start].trim_end().ends_with(['.', ':', '?', '!']);
        if let Some((group, length)) = synonyms.at(&tokens[next..]) {
            let end = tokens[next + length - 1].end;
            each(Word { key: group, text: &text[token.start..end], is_first });
            next += length;
            continue;
        }
        if token.says_something {
            each(Word { key: token.key, text: &text[token.start..token.end], is_first });
        }
        next += 1;
    }
}

/// A word as it stands in a text.
struct Token {
    key: u64,
    start: usize,
    end: usize,
    says_something: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut start = 0;
    let mut tokens = Vec::with_capacity(text.len() / 5);
    for part in text.split_inclusive(|character: char| !character.is_alphanumeric()) {
        let word = part.trim_end_matches(|character: char| !character.is_alphanumeric());
        if !word.is_empty() {
            let lower = word.to_lowercase();
            let key = hash_from(hash("word"), stem(&lower).as_bytes());
            tokens.push(Token {
                key,
                start,
                end: start + word.len(),
                says_something: says_something(&lower),
            });
        }
        start += part.len();
    }
    tokens
}

/// Words that the site's configuration says are one: by the first of each, the others and their group.
#[derive(Debug)]
pub(super) struct Synonyms(BTreeMap<u64, Vec<(Vec<u64>, u64)>>);

impl Synonyms {
    pub(super) fn new(groups: &[Vec<String>]) -> Self {
        let mut by_first: BTreeMap<u64, Vec<(Vec<u64>, u64)>> = BTreeMap::new();
        for group in groups {
            let Some(name) = group.first() else { continue };
            let key = hash_from(hash("synonyms"), name.as_bytes());
            for words in group {
                let mut keys = tokens(words).into_iter().map(|token| token.key);
                if let Some(first) = keys.next() {
                    let rest: Vec<u64> = keys.collect();
                    let ways: &mut Vec<(Vec<u64>, u64)> = by_first.entry(first).or_default();
                    // The longest is what is meant.
                    let place = ways.partition_point(|(other, _)| other.len() >= rest.len());
                    ways.insert(place, (rest, key));
                }
            }
        }
        Self(by_first)
    }

    /// The group that a text begins with, and how many words of it that takes.
    fn at(&self, tokens: &[Token]) -> Option<(u64, usize)> {
        self.0.get(&tokens.first()?.key)?.iter().find_map(|(rest, group)| {
            let following = tokens.get(1..=rest.len())?;
            let is_it = following.iter().zip(rest).all(|(token, key)| token.key == *key);
            is_it.then_some((*group, rest.len() + 1))
        })
    }
}

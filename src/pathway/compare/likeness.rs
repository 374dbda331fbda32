//! How alike the words of two steps are: by the words that say something, in any form and order, time limits left out.

use std::collections::HashMap;

use crate::pathway::steps::without_time_limits;
use crate::text::{says_something, stem};

/// Of a very long label, so many words are looked at.
const MOST_WORDS: usize = 60;

/// Every word of both charts, with what it weighs.
#[derive(Default)]
pub(super) struct Lexicon {
    known: HashMap<String, u32>,
    weights: Vec<u32>,
}

/// The words of one label, as sorted numbers.
pub(super) struct Words {
    /// Each word as it is written, case aside.
    pub(super) all: Vec<u32>,
    /// Its gist: stems, without time limits.
    pub(super) gist: Vec<u32>,
}

impl Lexicon {
    /// The words of a label.
    pub(super) fn read(&mut self, label: &str) -> Words {
        let all = self.numbers(label, str::to_lowercase);
        let timeless = without_time_limits(label);
        let gist = self.numbers(&timeless, |word| stem(&word.to_lowercase()));
        let gist =
            if gist.is_empty() { self.numbers(label, |word| stem(&word.to_lowercase())) } else { gist };
        Words { all, gist }
    }

    fn numbers(&mut self, text: &str, form: impl Fn(&str) -> String) -> Vec<u32> {
        let words = text.split(|next: char| !next.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut numbers: Vec<u32> =
            words.take(MOST_WORDS).map(|word| self.number(form(word), weight(word))).collect();
        numbers.sort_unstable();
        numbers
    }

    fn number(&mut self, form: String, weight: u32) -> u32 {
        let next = self.weights.len() as u32;
        let number = *self.known.entry(form).or_insert(next);
        if number == next {
            self.weights.push(weight);
        }
        number
    }

    /// Dice's coefficient over two gists, each word with its weight: twice the weight of what both share, over the
    /// weight of both together; from 0 to 1.
    pub(super) fn likeness(&self, one: &Words, other: &Words) -> f64 {
        let weight = |words: &[u32]| -> u32 { words.iter().map(|word| self.weights[*word as usize]).sum() };
        let total = weight(&one.gist) + weight(&other.gist);
        f64::from(2 * weight(&shared(&one.gist, &other.gist))) / f64::from(total.max(1))
    }
}

/// A word that says something weighs as much as four such as "the". Abbreviations and figures say something.
fn weight(word: &str) -> u32 {
    let is_abbreviation = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let is_figure = word.starts_with(|first: char| first.is_ascii_digit());
    if is_abbreviation || is_figure || says_something(&word.to_lowercase()) { 4 } else { 1 }
}

/// What two sorted lists share, each as often as both hold it.
fn shared(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Equal => {
                both.push(one[i]);
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    both
}

/// Whether two labels share a word that says something, so that one may be the other in other words.
pub(super) fn are_related(one: &str, other: &str) -> bool {
    let mut lexicon = Lexicon::default();
    let (one, other) = (lexicon.read(one), lexicon.read(other));
    shared(&one.gist, &other.gist).into_iter().any(|word| lexicon.weights[word as usize] > 1)
}

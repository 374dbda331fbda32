//! How alike the words of two clauses are: by the words that say something, in any form and order.

use std::collections::{BTreeMap, HashMap};

use crate::text::{says_something, stem};

/// Of a very long clause, so many words are looked at.
const MOST_WORDS: usize = 400;
/// A word in more clauses than these finds none of them: what it is in, it is in by chance.
const MOST_HOLDERS: usize = 50;
/// The rarest words of a clause find those that may be like it.
const MOST_ASKED: usize = 12;

/// Every word of both versions, with what it weighs.
#[derive(Default)]
pub(super) struct Lexicon {
    known: HashMap<String, u32>,
    weights: Vec<u32>,
}

/// The words of one clause as sorted numbers.
pub(super) struct Words(Vec<u32>);

impl Lexicon {
    pub(super) fn read<'p>(&mut self, pieces: impl IntoIterator<Item = &'p String>) -> Words {
        let words = pieces.into_iter().filter(|piece| piece.contains(char::is_alphanumeric));
        let mut numbers: Vec<u32> = words.take(MOST_WORDS).map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        Words(numbers)
    }

    fn number(&mut self, word: &str) -> u32 {
        let word = word.to_lowercase();
        // A gap weighs as much as a word that says something, since it is asked for.
        let is_figure = word.starts_with(|first: char| first.is_ascii_digit() || first == '[');
        let weight = if is_figure || says_something(&word) { 4 } else { 1 };
        let next = self.weights.len() as u32;
        let number = *self.known.entry(stem(&word)).or_insert(next);
        if number == next {
            self.weights.push(weight);
        }
        number
    }

    pub(super) fn weight(&self, words: &Words) -> u32 {
        words.0.iter().map(|word| self.weights[*word as usize]).sum()
    }

    /// Dice's coefficient, each word with its weight: twice the weight of what both share, over the weight of both
    /// together; from 0 to 1.
    pub(super) fn likeness(&self, one: &Words, other: &Words) -> f64 {
        let total = self.weight(one) + self.weight(other);
        f64::from(2 * self.shared(&one.0, &other.0)) / f64::from(total.max(1))
    }

    /// The weight of what two sorted lists share, each word as often as both hold it.
    fn shared(&self, one: &[u32], other: &[u32]) -> u32 {
        let (mut i, mut j, mut weight) = (0, 0, 0);
        while i < one.len() && j < other.len() {
            match one[i].cmp(&other[j]) {
                std::cmp::Ordering::Equal => {
                    weight += self.weights[one[i] as usize];
                    i += 1;
                    j += 1;
                }
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
            }
        }
        weight
    }
}

/// Which clauses hold a word, to find those that may be alike without looking at every pair.
pub(super) struct Holders(BTreeMap<u32, Vec<usize>>);

impl Holders {
    pub(super) fn new<'w>(clauses: impl IntoIterator<Item = (usize, &'w Words)>) -> Self {
        let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (clause, Words(words)) in clauses {
            for word in words {
                let of_word = holders.entry(*word).or_default();
                if of_word.last() != Some(&clause) {
                    of_word.push(clause);
                }
            }
        }
        Self(holders)
    }

    /// The clauses that hold one of the rarest words, in order, each once.
    pub(super) fn of(&self, Words(words): &Words) -> Vec<usize> {
        let mut lists: Vec<&Vec<usize>> = words.iter().filter_map(|word| self.0.get(word)).collect();
        lists.sort_by_key(|list| list.len());
        lists.dedup();
        let few = lists.into_iter().filter(|list| list.len() <= MOST_HOLDERS).take(MOST_ASKED);
        let mut found: Vec<usize> = few.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

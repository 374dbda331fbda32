//! Words and phrases that mean the same. Each set has a name, a word of its own in the index; a phrase counts as one
//! more occurrence of the name, wherever its words follow each other.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use super::gather::QuickHasher;
use super::words::{Part, each_word};
use super::{Settings, words};

/// The words of a phrase after the first, and the name of its set.
type Phrase = (Vec<String>, String);

/// The sets that a site has, built in and its own.
#[derive(Debug, Default)]
pub struct Synonyms {
    /// Single words and the name they share, in the order of the lists.
    pub(super) words: Vec<(String, String)>,
    /// First word of a phrase → its other words and the name; longest first.
    phrases: HashMap<String, Vec<Phrase>, BuildHasherDefault<QuickHasher>>,
    /// How many words the longest phrase has.
    longest: usize,
}

impl Synonyms {
    /// The built-in sets and those of the settings.
    pub fn new(settings: &Settings) -> Self {
        let built_in = include_str!("synonyms.txt")
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(|line| line.split('|').map(str::to_string).collect::<Vec<_>>());
        let mut synonyms = Self::default();
        for set in built_in.chain(settings.synonyms.iter().cloned()) {
            synonyms.add(&set);
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for phrases in synonyms.phrases.values_mut() {
            phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            phrases.dedup();
        }
        synonyms
    }

    fn add(&mut self, set: &[String]) {
        let members: Vec<Vec<String>> =
            set.iter().map(|member| plain_words(member)).filter(|words| !words.is_empty()).collect();
        let Some(name) = members.iter().find(|words| words.len() == 1).or(members.first()) else { return };
        let name = name.concat();
        if members.len() < 2 || words::is_stop_word(&name) {
            return;
        }
        for mut member in members {
            let first = member.remove(0);
            if member.is_empty() {
                if first != name && !words::is_stop_word(&first) {
                    self.words.push((first, name.clone()));
                }
            } else {
                self.longest = self.longest.max(member.len() + 1);
                self.phrases.entry(first).or_default().push((member, name.clone()));
            }
        }
    }

    /// Whether any phrase has this for its first word.
    pub(super) fn begins_phrase(&self, word: &str) -> bool {
        self.phrases.contains_key(word)
    }

    /// How many words the longest phrase has.
    pub(super) fn longest_phrase(&self) -> usize {
        self.longest
    }

    /// The name of the phrase that begins at this place of a text, given its words.
    pub(super) fn phrase_at<'a, W: AsRef<str>>(&'a self, words: &[W]) -> Option<&'a str> {
        let (first, rest) = words.split_first()?;
        let phrases = self.phrases.get(first.as_ref())?;
        phrases.iter().find_map(|(others, name)| {
            let (last, middle) = others.split_last()?;
            let matches = rest.len() > middle.len()
                && middle.iter().zip(rest).all(|(one, other)| one == other.as_ref())
                && is_plural_of(rest[middle.len()].as_ref(), last);
            matches.then_some(name.as_str())
        })
    }

    /// The phrase that a title begins with, and its name.
    pub(super) fn beginning_of(&self, title: &str) -> Option<[String; 2]> {
        let words: Vec<&str> = title.split(' ').collect();
        let phrases = self.phrases.get(words[0])?;
        let (others, name) = phrases.iter().find(|(others, _)| {
            words[1..].starts_with(&others.iter().map(String::as_str).collect::<Vec<_>>())
        })?;
        Some([format!("{} {}", words[0], others.join(" ")), name.clone()])
    }

    /// Every phrase with its name, in order, for the client.
    pub(super) fn phrases(&self) -> BTreeMap<String, &str> {
        let mut all = BTreeMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "collected into a sorted map")]
        for (first, phrases) in &self.phrases {
            for (others, name) in phrases {
                all.entry(format!("{first} {}", others.join(" "))).or_insert(name.as_str());
            }
        }
        all
    }
}

fn is_plural_of(word: &str, one: &str) -> bool {
    word.strip_prefix(one).is_some_and(|ending| ending.is_empty() || ending == "s")
}

fn plain_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    each_word(text, &mut |word, part| {
        if part == Part::Word {
            all.push(word.to_string());
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_known_by_their_first_words() {
        let synonyms = Synonyms::new(&Settings::default());
        assert_eq!(synonyms.phrase_at(&["terms", "of", "reference", "for"]), Some("tor"));
        assert_eq!(synonyms.phrase_at(&["ct", "scans"]), Some("ct"));
        let begins = ["terms of reference", "tor"].map(String::from);
        assert_eq!(synonyms.beginning_of("terms of reference for a board"), Some(begins));
        assert_eq!(synonyms.beginning_of("the terms of reference"), None);
        assert_eq!(synonyms.phrase_at(&["terms", "of"]), None);
    }

    #[test]
    fn a_site_adds_its_own() {
        let settings = Settings {
            synonyms: vec![vec!["PROC".into(), "Peninsula Radiology On Call".into()], vec!["alone".into()]],
            ..Settings::default()
        };
        let synonyms = Synonyms::new(&settings);
        assert_eq!(synonyms.phrase_at(&["peninsula", "radiology", "on", "call"]), Some("proc"));
    }
}

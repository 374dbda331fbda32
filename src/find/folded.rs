//! A text as names are compared in it: words in small letters without accents, each with its place. Words that were run
//! together (`EastDevon`) are taken apart, and one that is written as two is still found, since words are compared joined.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text, folded.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// All words, without anything between them.
    pub(super) joined: String,
    pub(super) words: Vec<Word>,
}

/// A word of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it begins and ends in [`Folded::joined`].
    pub(super) at: usize,
    pub(super) end: usize,
    /// Where it begins and ends in the text.
    pub(super) source_start: usize,
    pub(super) source_end: usize,
    /// What stands between it and the word before it.
    pub(super) gap: Gap,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing but space.
    Space,
    /// The end of a line, and nothing else.
    Line,
    /// A few signs on one line: a comma, a cell's edge, markup.
    Signs,
    /// More than that: they do not belong together.
    Far,
}

/// Words of one name may stand this many bytes apart: in cells of a table, with markup between them.
const NEAR: usize = 16;

impl Gap {
    fn of(between: &str) -> Self {
        if between.trim().is_empty() {
            if between.contains('\n') { Self::Line } else { Self::Space }
        } else if between.len() <= NEAR && !between.contains('\n') {
            Self::Signs
        } else {
            Self::Far
        }
    }
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut open: Option<Word> = None;
        let mut was_small = false;
        let gap = |folded: &Self, at: usize| {
            folded.words.last().map_or(Gap::Far, |last| Gap::of(&text[last.source_end..at]))
        };
        for (at, character) in text.char_indices() {
            let is_apostrophe = matches!(character, '\'' | '’' | '‘' | '`' | '\u{ad}' | '\u{200b}');
            if is_apostrophe || is_combining_mark(character) {
                continue;
            }
            let is_part = character.is_alphanumeric();
            // `&` is "and" in names; within a word of markup it begins an entity, which is taken apart all the same.
            let is_and = character == '&' && text[at + 1..].starts_with([' ', '\n']);
            if !is_part || (was_small && character.is_uppercase()) {
                folded.close(&mut open);
            }
            was_small = character.is_lowercase();
            if is_and {
                let word = Word {
                    at: folded.joined.len(),
                    end: 0,
                    source_start: at,
                    source_end: at + 1,
                    gap: gap(&folded, at),
                };
                folded.joined.push_str("and");
                folded.close(&mut Some(word));
            } else if is_part {
                let joined = folded.joined.len();
                let word = open.get_or_insert_with(|| Word {
                    at: joined,
                    end: joined,
                    source_start: at,
                    source_end: at,
                    gap: gap(&folded, at),
                });
                word.source_end = at + character.len_utf8();
                push_folded(character, &mut folded.joined);
            }
        }
        folded.close(&mut open);
        folded
    }

    fn close(&mut self, open: &mut Option<Word>) {
        if let Some(mut word) = open.take() {
            word.end = self.joined.len();
            if word.end > word.at {
                self.words.push(word);
            }
        }
    }

    /// A word itself.
    pub(super) fn text(&self, word: &Word) -> &str {
        &self.joined[word.at..word.end]
    }

    /// Where these letters stand as whole words: the indexes of the words.
    pub(super) fn find(&self, wanted: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if wanted.is_empty() {
            return found;
        }
        for (at, _) in self.joined.match_indices(wanted) {
            let first = self.words.binary_search_by_key(&at, |word| word.at);
            let last = self.words.binary_search_by_key(&(at + wanted.len()), |word| word.end);
            if let (Ok(first), Ok(last)) = (first, last) {
                found.push(first..last + 1);
            }
        }
        found
    }

    /// Where words stand in the text.
    pub(super) fn source(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].source_start..self.words[words.end - 1].source_end
    }
}

fn push_folded(character: char, out: &mut String) {
    if character.is_ascii() {
        out.push(character.to_ascii_lowercase());
        return;
    }
    for part in character.nfkd().filter(|part| !is_combining_mark(*part)) {
        match part {
            'ß' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            part => out.extend(part.to_lowercase().filter(|letter| !is_combining_mark(*letter))),
        }
    }
}

/// The letters of a name, as [`Folded::find`] takes them.
pub(super) fn letters(name: &str) -> String {
    Folded::of(name).joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(wanted: &str, text: &str, as_written: &[&str]) {
        let folded = Folded::of(text);
        let found: Vec<&str> =
            folded.find(&letters(wanted)).iter().map(|words| &text[folded.source(words)]).collect();
        assert_eq!(found, as_written, "{wanted} in {text}");
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        finds(
            "Zoë O’Brien",
            "by ZOE OBRIEN, zoe  o'brien and Zoe\nO'Brien",
            &["ZOE OBRIEN", "zoe  o'brien", "Zoe\nO'Brien"],
        );
        finds("McDonald", "Mcdonald MCDONALD Mc Donald", &["Mcdonald", "MCDONALD", "Mc Donald"]);
        finds("Devon STP", "Cumbria & North EastDevon STP", &["Devon STP"]);
        finds("Cheshire and Merseyside", "Cheshire & Merseyside", &["Cheshire & Merseyside"]);
        finds("Ann", "Anna and Joann", &[]);
        finds("Łukasz Sørensen", "lukasz-sorensen.png", &["lukasz-sorensen"]);
        finds("Jose\u{301} Garci\u{301}a", "José García", &["José García"]);
    }
}

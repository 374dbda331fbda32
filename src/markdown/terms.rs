//! The glossary's terms in running text: at its first use on a page a term becomes a button that opens its meaning.
//! Where the writer spells the meaning out beside it, it needs none.

use std::cmp::Reverse;

use super::html::push_clean_escaped;
use super::writer::Writer;
use crate::text::{language_mark, slugify};

/// The terms of a site's glossary, ready to be found in texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Terms {
    list: Vec<Term>,
    /// The first word of each term, in order, with the term's index.
    by_first_word: Vec<(Box<str>, usize)>,
    /// The bytes that those words begin with: few words of a text need a second look.
    first_bytes: [bool; 256],
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// As it stands in texts.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// Its name as part of an address, unique in the glossary.
    pub id: String,
    /// The words of the meaning, to find it in a text.
    folded: String,
    /// Where its first word begins.
    word_at: usize,
}

/// A term in a text.
struct Found {
    start: usize,
    end: usize,
    term: usize,
}

/// What a page has done with a term.
#[derive(Clone, Copy, Default)]
pub(super) struct Use {
    is_used: bool,
    is_explained: bool,
}

impl Terms {
    /// No terms at all.
    pub fn none() -> &'static Self {
        static NONE: Terms = Terms::new_empty();
        &NONE
    }

    const fn new_empty() -> Self {
        Self { list: Vec::new(), by_first_word: Vec::new(), first_bytes: [false; 256] }
    }

    /// The terms and meanings of a glossary.
    pub fn new(glossary: &[(String, String)]) -> Self {
        let mut terms = Self::new_empty();
        for (name, meaning) in glossary.iter().filter(|(name, _)| !name.trim().is_empty()) {
            let slug = slugify(name);
            let is_free = |id: &str| !id.is_empty() && terms.list.iter().all(|term| term.id != id);
            let id = if is_free(&slug) { slug } else { format!("{slug}-{}", terms.list.len() + 1) };
            let word_at = name.find(is_word).unwrap_or(name.len());
            let word = first_word(&name[word_at..]);
            if let Some(byte) = word.bytes().next() {
                terms.first_bytes[usize::from(byte)] = true;
                terms.by_first_word.push((word.into(), terms.list.len()));
            }
            let folded = folded(meaning);
            terms.list.push(Term { name: name.clone(), meaning: meaning.clone(), id, folded, word_at });
        }
        let Self { list, by_first_word, .. } = &mut terms;
        by_first_word.sort_by(|(a, first), (b, second)| {
            (a, Reverse(list[*first].name.len()), first).cmp(&(b, Reverse(list[*second].name.len()), second))
        });
        terms
    }

    /// All of them, in the order of the glossary.
    pub fn list(&self) -> &[Term] {
        &self.list
    }

    /// The terms in a text, whole words only, the longest where several begin.
    fn find(&self, text: &str) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut in_word = false;
        for (start, character) in text.char_indices() {
            let begins = !in_word && is_word(character);
            in_word = is_word(character);
            if begins && self.first_bytes[usize::from(text.as_bytes()[start])] {
                let free_from = found.last().map_or(0, |last| last.end);
                found.extend(self.at_word(text, start, free_from));
            }
        }
        found
    }

    /// The longest term whose first word begins here.
    fn at_word(&self, text: &str, word_start: usize, free_from: usize) -> Option<Found> {
        let word = first_word(&text[word_start..]);
        let fits = |index: usize| {
            let Term { name, word_at, .. } = &self.list[index];
            let start = word_start.checked_sub(*word_at).filter(|start| *start >= free_from)?;
            let rest = text.get(start..)?.strip_prefix(name.as_str())?;
            let plural = rest.strip_prefix('s').filter(|rest| !rest.starts_with(is_word));
            let is_whole = !name.ends_with(is_word) || !rest.starts_with(is_word);
            let end = text.len() - if is_whole { rest.len() } else { plural?.len() };
            Some(Found { start, end, term: index })
        };
        let of = |word: &str| {
            let from = self.by_first_word.partition_point(|(first, _)| &**first < word);
            let same = self.by_first_word[from..].iter().take_while(|(first, _)| **first == *word);
            same.map(|(_, index)| *index).find_map(fits)
        };
        of(word).or_else(|| word.strip_suffix('s').and_then(of))
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|character| !is_word(character)).unwrap_or(text.len())]
}

/// The words of a text in small letters, without what stands between them.
fn folded(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Writer<'_> {
    /// Writes running text, its terms explained at their first use. `place` gives the place in the source of an
    /// offset in the text.
    pub(super) fn write_words_and_terms(&mut self, text: &str, place: &dyn Fn(usize) -> usize) {
        let terms = self.settings.terms;
        if terms.list.is_empty() {
            return self.write_words(text);
        }
        let mut written = 0;
        for Found { start, end, term } in terms.find(text) {
            if self.terms.is_empty() {
                self.terms = vec![Use::default(); terms.list.len()];
            }
            self.terms[term].is_used = true;
            if self.terms[term].is_explained || !self.explains_here() {
                continue;
            }
            self.terms[term].is_explained = true;
            if self.is_spelt_out(&terms.list[term], place(start), place(end)) {
                continue;
            }
            self.write_words(&text[written..start]);
            self.write_term(&terms.list[term], &text[start..end]);
            written = end;
        }
        self.write_words(&text[written..]);
    }

    fn write_term(&mut self, term: &Term, as_written: &str) {
        let Term { meaning, id, .. } = term;
        self.out.push(&format!(
            "<button type=\"button\" class=\"term\" popovertarget=\"term:{id}\" aria-describedby=\"term:{id}\">"
        ));
        self.write_words(as_written);
        let mark = language_mark(self.settings.site_language, self.settings.language);
        let mut html = format!("</button><span popover id=\"term:{id}\"{mark}>");
        push_clean_escaped(&mut html, meaning);
        html.push_str("</span>");
        self.out.push(&html);
    }

    /// Whether the meaning stands within a few words of the term.
    fn is_spelt_out(&self, term: &Term, start: usize, end: usize) -> bool {
        const FEW_WORDS: usize = 24;
        let source = self.events.source;
        let (start, end) = (start.min(source.len()), end.min(source.len()));
        let reach = term.meaning.len() + FEW_WORDS;
        let mut from = start.saturating_sub(reach);
        while !source.is_char_boundary(from) {
            from += 1;
        }
        let mut to = end.saturating_add(reach).min(source.len());
        while !source.is_char_boundary(to) {
            to -= 1;
        }
        let says = |text: Option<&str>| text.is_some_and(|text| folded(text).contains(&term.folded));
        says(source.get(from..start)) || says(source.get(end..to))
    }

    /// The indexes of the terms that the page uses.
    pub(super) fn used_terms(&self) -> Box<[u32]> {
        let used = self.terms.iter().enumerate().filter(|(_, term)| term.is_used);
        used.map(|(index, _)| index as u32).collect()
    }
}

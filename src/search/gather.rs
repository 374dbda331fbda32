//! One page made ready for the index: its words counted, with their places. Pages are made ready one by one, in any
//! order and on any thread, and take far less memory than their text.

use std::hash::Hasher;

use super::synonyms::Synonyms;
use super::types::Document;
use super::words::{Part, each_word, is_stop_word, title_key};

/// A phrase never runs from a heading into the text below it.
const GAP: u32 = 8;

/// Longer titles are found by their words as well as by the whole.
const LONGEST_TITLE_KEY: usize = 64;
const MOST_TITLE_WORDS: usize = 4;

/// Where in a page a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title = 0,
    Heading = 1,
    Text = 2,
}

/// One page, ready for the index.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Its words, each once, with a line feed after each. Empty once they are numbered.
    pub(super) words: String,
    /// For each word: occurrences in titles, in headings, in text, and their places as differences.
    pub(super) counts: Vec<u8>,
    /// How many words it has.
    pub(super) length: u32,
    /// Its short titles, as they are typed whole.
    pub(super) titles: Vec<String>,
    /// Its facets.
    pub(super) facets: Vec<(String, String)>,
    /// How much its matches count.
    pub(super) weight: f32,
}

/// Counts the words of a page.
pub(super) fn gather(document: &Document, synonyms: &Synonyms) -> Prepared {
    let mut gatherer = Gatherer::new(synonyms);
    let titles: Vec<&str> =
        std::iter::once(&document.title).chain(&document.other_titles).map(String::as_str).collect();
    for title in &titles {
        gatherer.add(title, Field::Title);
    }
    gatherer.add(&document.summary, Field::Heading);
    gatherer.add(&document.kind, Field::Heading);
    for section in &document.sections {
        gatherer.add(&section.heading, Field::Heading);
        gatherer.add(&section.text, Field::Text);
    }
    let mut keys: Vec<String> = titles.into_iter().map(title_key).collect();
    // A title that begins with what has a name of its own is what is looked for by it: terms of reference, ToR.
    let named: Vec<String> = keys.iter().filter_map(|key| synonyms.beginning_of(key)).flatten().collect();
    keys.extend(named);
    keys.retain(|key| is_short(key));
    keys.sort();
    keys.dedup();
    let mut prepared = gatherer.finish();
    prepared.titles = keys;
    prepared.facets.clone_from(&document.facets);
    prepared.weight = document.weight;
    prepared
}

fn is_short(key: &str) -> bool {
    !key.is_empty() && key.len() <= LONGEST_TITLE_KEY && key.split(' ').count() <= MOST_TITLE_WORDS
}

struct Gatherer<'a> {
    synonyms: &'a Synonyms,
    words: Numbered,
    /// For each word: whether phrases begin with it, and whether one was found that has it for a name.
    phrases: Vec<(bool, bool)>,
    /// Where each word stands, in the order of the text.
    found: Vec<Found>,
    /// The words of the text being read, to find phrases in: number and place.
    line: Vec<(u32, u32)>,
    position: u32,
    length: u32,
}

/// The number of a word, its place and the field.
type Found = (u32, u32, Field);

impl<'a> Gatherer<'a> {
    fn new(synonyms: &'a Synonyms) -> Self {
        Self {
            synonyms,
            words: Numbered::default(),
            phrases: Vec::new(),
            found: Vec::with_capacity(1024),
            line: Vec::new(),
            position: 0,
            length: 0,
        }
    }

    fn add(&mut self, text: &str, field: Field) {
        self.line.clear();
        let mut place = self.position;
        let mut has_phrases = false;
        each_word(text, &mut |word, part| {
            let number = self.number(word);
            if part == Part::Word {
                place = self.position;
                self.position += 1;
                self.length += 1;
                self.line.push((number, place));
                has_phrases |= self.phrases[number as usize].0;
            }
            self.found.push((number, place, field));
        });
        if has_phrases {
            self.add_phrases(field);
        }
        self.position += GAP;
    }

    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word);
        if number as usize == self.phrases.len() {
            self.phrases.push((self.synonyms.begins_phrase(word), false));
        }
        number
    }

    fn add_phrases(&mut self, field: Field) {
        for index in 0..self.line.len() {
            let (first, place) = self.line[index];
            if !self.phrases[first as usize].0 {
                continue;
            }
            let longest = self.line.len().min(index + self.synonyms.longest_phrase());
            let words: Vec<&str> =
                self.line[index..longest].iter().map(|(number, _)| self.words.get(*number)).collect();
            if let Some(name) = self.synonyms.phrase_at(&words) {
                let number = self.number(name);
                self.phrases[number as usize].1 = true;
                self.found.push((number, place, field));
            }
        }
    }

    fn finish(self) -> Prepared {
        let Self { words, phrases, found, length, .. } = self;
        // By word, and in each by place: words were found in the order of their places, names of phrases were not.
        let mut starts = vec![0_usize; phrases.len() + 1];
        for (word, ..) in &found {
            starts[*word as usize + 1] += 1;
        }
        for word in 0..phrases.len() {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut sorted = vec![(0, Field::Text); found.len()];
        for (word, place, field) in found {
            let next = &mut next[word as usize];
            sorted[*next] = (place, field);
            *next += 1;
        }
        let mut counts = Vec::with_capacity(sorted.len() * 2 + phrases.len() * 2);
        for (word, (_, is_name)) in (0_u32..).zip(&phrases) {
            let of = &mut sorted[starts[word as usize]..starts[word as usize + 1]];
            if *is_name {
                // Of a phrase and a word at one place neither is before the other.
                of.sort_unstable_by_key(|(place, _)| *place);
            }
            let mut of_fields = [0; 3];
            for (_, field) in of.iter() {
                of_fields[*field as usize] += 1;
            }
            for count in of_fields {
                push_varint(&mut counts, count);
            }
            // Nobody looks for the places of stop words.
            if is_stop_word(words.get(word)) {
                continue;
            }
            let mut before = 0;
            for (place, _) in of.iter() {
                push_varint(&mut counts, place - before);
                before = *place;
            }
        }
        counts.shrink_to_fit();
        let mut words = words.text;
        words.shrink_to_fit();
        Prepared { words, counts, length, weight: 1.0, ..Prepared::default() }
    }
}

/// Words with numbers from 0, in one text with a line feed after each: a page has hundreds, and a text for each would cost
/// more than counting them.
#[derive(Default)]
struct Numbered {
    text: String,
    /// Where each word begins and ends.
    ranges: Vec<(u32, u32)>,
    /// The number of each word plus one, where its hash or what stood there already leads; 0 where there is none.
    slots: Vec<u32>,
}

impl Numbered {
    fn get(&self, number: u32) -> &str {
        let (start, end) = self.ranges[number as usize];
        &self.text[start as usize..end as usize]
    }

    fn number(&mut self, word: &str) -> u32 {
        if self.ranges.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mut at = slot(word, self.slots.len());
        while let Some(number) = self.slots[at].checked_sub(1) {
            if self.get(number) == word {
                return number;
            }
            at = (at + 1) % self.slots.len();
        }
        let start = self.text.len() as u32;
        self.text.push_str(word);
        self.ranges.push((start, self.text.len() as u32));
        self.text.push('\n');
        self.slots[at] = self.ranges.len() as u32;
        self.ranges.len() as u32 - 1
    }

    fn grow(&mut self) {
        let count = (self.slots.len() * 2).max(1024);
        self.slots.clear();
        self.slots.resize(count, 0);
        for (number, (start, end)) in (1..).zip(&self.ranges) {
            let mut at = slot(&self.text[*start as usize..*end as usize], count);
            while self.slots[at] != 0 {
                at = (at + 1) % count;
            }
            self.slots[at] = number;
        }
    }
}

/// Where a word is looked for first among so many slots, a power of two.
fn slot(word: &str, count: usize) -> usize {
    let mut hasher = QuickHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as usize & (count - 1)
}

/// Appends a number in bytes of seven bits.
fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads back what [`push_varint`] wrote; 0 at the end.
pub(super) fn read_varint(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        shift += 7;
        if byte & 128 == 0 || shift > 28 {
            break;
        }
    }
    number
}

/// A hasher for short words. The default one resists chosen words, which cost a site no more than themselves, and takes
/// three times as long. Nothing is walked in its order.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.mix(u64::from_le_bytes(*chunk));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

impl QuickHasher {
    fn mix(&mut self, chunk: u64) {
        self.0 = (self.0.rotate_left(5) ^ chunk).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.0 ^= self.0 >> 32;
    }
}

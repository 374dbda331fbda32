//! One page made ready for the index: its words counted, with their places. Pages are made ready one by one, in any
//! order and on any thread, and take far less memory than their text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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
    Title,
    Heading,
    Text,
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
    let mut gatherer = Gatherer { synonyms, ..Gatherer::new(synonyms) };
    let titles: Vec<&str> =
        std::iter::once(&document.title).chain(&document.other_titles).map(String::as_str).collect();
    for title in &titles {
        gatherer.add(title, Field::Title);
    }
    gatherer.add(&document.summary, Field::Heading);
    for section in &document.sections {
        gatherer.add(&section.heading, Field::Heading);
        gatherer.add(&section.text, Field::Text);
    }
    let mut keys: Vec<String> = titles.into_iter().map(title_key).filter(|key| is_short(key)).collect();
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
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<QuickHasher>>,
    words: String,
    /// The places of each word, with the field.
    found: Vec<Vec<(u32, Field)>>,
    /// The words of the text being read, to find phrases in: the start of each in `line`.
    line: String,
    starts: Vec<(usize, u32)>,
    position: u32,
    length: u32,
}

impl<'a> Gatherer<'a> {
    fn new(synonyms: &'a Synonyms) -> Self {
        Self {
            synonyms,
            numbers: HashMap::with_capacity_and_hasher(512, BuildHasherDefault::default()),
            words: String::with_capacity(4096),
            found: Vec::with_capacity(512),
            line: String::new(),
            starts: Vec::new(),
            position: 0,
            length: 0,
        }
    }

    fn add(&mut self, text: &str, field: Field) {
        self.line.clear();
        self.starts.clear();
        let mut place = self.position;
        each_word(text, &mut |word, part| {
            if part == Part::Word {
                place = self.position;
                self.position += 1;
                self.length += 1;
                self.starts.push((self.line.len(), place));
                self.line.push_str(word);
            }
            let number = self.number(word);
            self.found[number].push((place, field));
        });
        self.add_phrases(field);
        self.position += GAP;
    }

    fn add_phrases(&mut self, field: Field) {
        let line = std::mem::take(&mut self.line);
        let starts = std::mem::take(&mut self.starts);
        let words: Vec<&str> = starts
            .iter()
            .enumerate()
            .map(|(index, (start, _))| {
                &line[*start..starts.get(index + 1).map_or(line.len(), |(next, _)| *next)]
            })
            .collect();
        let synonyms = self.synonyms;
        for (index, (_, place)) in starts.iter().enumerate() {
            if let Some(name) = synonyms.phrase_at(&words[index..]) {
                let number = self.number(name);
                self.found[number].push((*place, field));
            }
        }
        self.line = line;
        self.starts = starts;
    }

    fn number(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number as usize;
        }
        let number = self.found.len();
        self.numbers.insert(word.into(), number as u32);
        self.words.push_str(word);
        self.words.push('\n');
        self.found.push(Vec::new());
        number
    }

    fn finish(mut self) -> Prepared {
        let mut counts = Vec::with_capacity(self.found.len() * 6);
        for (word, places) in self.words.lines().zip(&mut self.found) {
            places.sort_unstable_by_key(|(place, _)| *place);
            let of = |field: Field| places.iter().filter(|(_, one)| *one == field).count() as u32;
            push_varint(&mut counts, of(Field::Title));
            push_varint(&mut counts, of(Field::Heading));
            push_varint(&mut counts, of(Field::Text));
            // Stop words are not looked for in their places: a flag says that none follow.
            if is_stop_word(word) {
                continue;
            }
            let mut before = 0;
            for (place, _) in places.iter() {
                push_varint(&mut counts, place - before);
                before = *place;
            }
        }
        self.words.shrink_to_fit();
        counts.shrink_to_fit();
        Prepared { words: self.words, counts, length: self.length, weight: 1.0, ..Prepared::default() }
    }
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

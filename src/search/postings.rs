//! Which pages hold each group of forms, how much they say of it, and at which places.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of words are small, and impacts are clamped to 1 to 15"
)]

use rayon::prelude::*;

use super::code::{number_length, push_number};
use super::gather::{Prepared, read_varint};
use super::groups::Forms;
use super::words::is_stop_word;

/// Okapi BM25 (Robertson and Zaragoza, 2009): how quickly further occurrences count less, and how much long pages count
/// less; with occurrences in titles and headings weighted before they count (BM25F, with one length for all fields).
const K1: f32 = 1.8;
const B: f32 = 0.65;
const TITLE_WEIGHT: f32 = 3.0;
const HEADING_WEIGHT: f32 = 1.5;

/// Impacts, shares of what a word can say at most, are kept as whole numbers from 1 to this: four bits.
pub(super) const LEVELS: u32 = 15;

/// The impact of level 0, and what each further level adds. Few impacts lie below 0.2 or above 0.9; levels spread over
/// what lies between rank nearly as well as exact impacts. `core.js` has the same numbers.
const LOWEST: f32 = 0.15;
const STEP: f32 = 0.05;

/// One page's impact on a group, in the four low bits, and the page's number above them. There are too many for two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) fn new(page: u32, level: u8) -> Self {
        Self(page << 4 | u32::from(level))
    }

    pub(super) fn page(self) -> u32 {
        self.0 >> 4
    }

    pub(super) fn level(self) -> u8 {
        (self.0 & 15) as u8
    }
}

/// The pages of one group.
#[derive(Debug, Default, Clone)]
pub(super) struct Postings {
    /// Page number and impact, by page.
    pub(super) pages: Vec<Posting>,
    /// The places in each page, encoded; empty for stop words.
    pub(super) places: String,
}

/// Numbers the words of all pages, and puts them into groups. Returns the forms and the numbers of each page's words.
pub(super) fn number_words(pages: &mut [Prepared]) -> (Forms, Vec<Vec<u32>>) {
    let mut forms = Forms::default();
    let numbers = pages
        .iter_mut()
        .map(|page| std::mem::take(&mut page.words).lines().map(|word| forms.count(word)).collect())
        .collect();
    (forms, numbers)
}

/// The postings of every group, in the order of their numbers.
pub(super) fn collect(pages: &mut [Prepared], numbers: Vec<Vec<u32>>, forms: &Forms) -> Vec<Postings> {
    let total: u64 = pages.iter().map(|page| u64::from(page.length)).sum();
    let average = (total as f32 / pages.len().max(1) as f32).max(1.0);
    let stops: Vec<bool> = forms.names.iter().map(|name| is_stop_word(name)).collect();
    let mut postings = vec![Postings::default(); forms.group_count];
    let mut scratch = Scratch { place_of: vec![u32::MAX; forms.group_count], entries: Vec::new() };
    for (page_number, (page, words)) in pages.iter_mut().zip(numbers).enumerate() {
        let counts = std::mem::take(&mut page.counts);
        let mut bytes = counts.as_slice();
        let mut used = 0;
        for form in words {
            let group = forms.groups[form as usize];
            let entry = scratch.entry(group, &mut used);
            let [title, heading, text] = std::array::from_fn(|_| read_varint(&mut bytes));
            entry.frequency += title as f32 * TITLE_WEIGHT + heading as f32 * HEADING_WEIGHT + text as f32;
            if stops[form as usize] {
                continue;
            }
            entry.forms += 1;
            let mut place = 0;
            for _ in 0..title + heading + text {
                place += read_varint(&mut bytes);
                entry.places.push(place);
            }
        }
        let norm = K1 * (1.0 - B + B * page.length as f32 / average);
        for entry in &mut scratch.entries[..used] {
            scratch.place_of[entry.group as usize] = u32::MAX;
            let of = &mut postings[entry.group as usize];
            of.pages.push(Posting::new(page_number as u32, level(entry.frequency, norm, page.weight)));
            if entry.forms > 1 {
                entry.places.sort_unstable();
                entry.places.dedup();
            }
            push_places(&mut of.places, &entry.places);
        }
    }
    postings
}

fn level(frequency: f32, norm: f32, weight: f32) -> u8 {
    let impact = frequency / (frequency + norm) * weight;
    ((impact - LOWEST) / STEP).round().clamp(1.0, LEVELS as f32) as u8
}

fn push_places(out: &mut String, places: &[u32]) {
    let Some(more) = places.len().checked_sub(1) else { return };
    push_number(out, more as u32);
    let mut before = 0;
    for place in places {
        push_number(out, place - before);
        before = *place;
    }
}

/// What one page says of each group, kept between pages so that its memory is used again.
struct Scratch {
    place_of: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Default)]
struct Entry {
    group: u32,
    frequency: f32,
    forms: u32,
    places: Vec<u32>,
}

impl Scratch {
    fn entry(&mut self, group: u32, used: &mut usize) -> &mut Entry {
        let place = &mut self.place_of[group as usize];
        if *place == u32::MAX {
            *place = *used as u32;
            if *used == self.entries.len() {
                self.entries.push(Entry::default());
            }
            let entry = &mut self.entries[*used];
            entry.group = group;
            entry.frequency = 0.0;
            entry.forms = 0;
            entry.places.clear();
            *used += 1;
        }
        &mut self.entries[*place as usize]
    }
}

/// The pages of a group as characters: for each impact from the highest how many there are, and the pages as differences.
pub(super) fn encode(pages: &[Posting]) -> String {
    let mut counts = [0_u32; LEVELS as usize + 1];
    for posting in pages {
        counts[posting.level() as usize] += 1;
    }
    let Some(last) = (1..=LEVELS).find(|level| counts[*level as usize] > 0) else { return String::new() };
    let mut out = String::with_capacity(pages.len() + 4);
    for level in (last..=LEVELS).rev() {
        let count = counts[level as usize];
        if count == 0 {
            continue;
        }
        push_number(&mut out, (count - 1) * 2 * LEVELS + (level - 1) * 2 + u32::from(level == last));
        let mut next = 0;
        for posting in pages.iter().filter(|posting| u32::from(posting.level()) == level) {
            push_number(&mut out, posting.page() - next);
            next = posting.page() + 1;
        }
    }
    out
}

/// About how many characters [`encode`] will make.
pub(super) fn encoded_length(postings: &Postings, page_count: usize) -> usize {
    let count = postings.pages.len().max(1);
    let typical = (page_count / count).min(1 << 20) as u32;
    count * number_length(typical) + 2
}

/// The greatest impact in each page over several groups.
pub(super) fn merged<'a>(groups: impl Iterator<Item = &'a Postings>, page_count: usize) -> Vec<Posting> {
    let mut levels = vec![0_u8; page_count];
    for postings in groups {
        for posting in &postings.pages {
            let best = &mut levels[posting.page() as usize];
            *best = (*best).max(posting.level());
        }
    }
    (0..).zip(levels).filter(|(_, level)| *level > 0).map(|(page, level)| Posting::new(page, level)).collect()
}

/// Every group's pages, encoded.
pub(super) fn encode_all(postings: &[Postings]) -> Vec<String> {
    postings.par_iter().map(|of| encode(&of.pages)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::code::tests::read_numbers;
    use super::*;

    /// What `core.js` reads from an encoded group.
    pub(in super::super) fn decode(code: &str) -> Vec<Posting> {
        let mut numbers = read_numbers(code).into_iter();
        let mut pages = Vec::new();
        while let Some(head) = numbers.next() {
            let level = (head >> 1) % LEVELS + 1;
            let mut next = 0;
            for _ in 0..=(head >> 1) / LEVELS {
                let page = next + numbers.next().unwrap();
                pages.push(Posting::new(page, level as u8));
                next = page + 1;
            }
            if head & 1 == 1 {
                assert!(numbers.next().is_none());
                break;
            }
        }
        pages.sort_by_key(|posting| posting.page());
        pages
    }

    proptest! {
        #[test]
        fn postings_are_read_back_as_they_were(
            pages in prop::collection::btree_map(0_u32..2_000_000, 1_u8..16, 1..200)
        ) {
            let postings: Vec<Posting> = pages.iter().map(|(page, level)| Posting::new(*page, *level)).collect();
            prop_assert_eq!(decode(&encode(&postings)), postings);
        }
    }

    #[test]
    fn more_occurrences_in_shorter_pages_say_more() {
        assert!(level(3.0, K1, 1.0) > level(1.0, K1, 1.0));
        assert!(level(1.0, K1 / 2.0, 1.0) > level(1.0, K1 * 2.0, 1.0));
        assert!(level(3.0, K1, 0.5) < level(3.0, K1, 1.0));
        assert_eq!((level(0.1, K1 * 9.0, 1.0), level(1e9, K1, 1.0)), (1, 15));
    }
}

//! Which pages have what, and how rare it is: from the things of one page to the pages that share them.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut;

use super::features::{Class, FIELD_WEIGHT, Feature, page_key, term_key};
use super::words::{Synonyms, Word, words};
use crate::content::ParsedPage;
use crate::site::{Page, PageIndex};
use crate::text::{list_words, lower_first, upper_first};

/// A list of pages longer than this finds no candidates by itself: what it stands for is common.
pub(super) const CUT: usize = 64;

/// How many entries of lists are looked at for one page, the shortest lists first, so that the cost of a site grows
/// with its pages and not with their square.
const VISITS: usize = 256;

/// How many candidates are compared exactly.
const COMPARED: usize = 16;

/// Two pages are related from this many times the weight of the rarest thing that a site can share.
const THRESHOLD: u32 = 6;

/// The pages that have one thing.
#[derive(Debug)]
struct Posting {
    key: u64,
    class: Class,
    start: usize,
    end: usize,
    /// How rare it is, in quarters of a bit.
    rarity: u32,
    /// What it is called, unless it is a word.
    name: String,
}

/// A thing of one page: its posting, and how much it counts there.
#[derive(Debug, Clone, Copy)]
struct Had {
    posting: u32,
    weight: u32,
}

#[derive(Debug)]
pub(super) struct Index {
    /// In the order of their keys.
    postings: Vec<Posting>,
    /// The pages of all postings, one after the other.
    pages: Vec<u32>,
    /// What each page has, in the order of postings, from the place that `had_from` gives until that of the next page.
    had: Vec<Had>,
    had_from: Vec<usize>,
    threshold: u32,
}

impl Index {
    pub(super) fn new(features: &[Vec<Feature>], count: usize, pages: &[Page]) -> Self {
        let mut all: Vec<(u64, u32, Class, u32)> = features
            .iter()
            .zip(0_u32..)
            .flat_map(|(features, page)| {
                features.iter().map(move |feature| (feature.key, page, feature.class, feature.weight))
            })
            .collect();
        all.par_sort_unstable();
        let mut postings = Vec::new();
        let mut had_by: Vec<usize> = vec![0; features.len() + 1];
        let mut start = 0;
        for group in all.chunk_by(|one, other| one.0 == other.0) {
            let (key, first, class, _) = group[0];
            let is_common = match class {
                Class::Word => group.len() > (count / 5).max(3),
                Class::Pair => group.len() > CUT,
                _ => false,
            };
            if group.len() > 1 && !is_common {
                for (_, page, ..) in group {
                    had_by[*page as usize + 1] += 1;
                }
                postings.push(Posting {
                    key,
                    class,
                    start,
                    end: start + group.len(),
                    rarity: rarity(count, group.len()),
                    name: name(pages, first as usize, key, class),
                });
            }
            start += group.len();
        }
        let had_from: Vec<usize> = had_by
            .iter()
            .scan(0, |sum, had| {
                *sum += had;
                Some(*sum)
            })
            .collect();
        let mut had = vec![Had { posting: 0, weight: 0 }; had_from.last().copied().unwrap_or(0)];
        let mut next = had_from.clone();
        for (posting, number) in postings.iter().zip(0_u32..) {
            for (_, page, _, weight) in &all[posting.start..posting.end] {
                let place = &mut next[*page as usize];
                had[*place] = Had { posting: number, weight: *weight };
                *place += 1;
            }
        }
        let pages = all.into_iter().map(|(_, page, ..)| page).collect();
        Self { postings, pages, had, had_from, threshold: THRESHOLD * rarity(count, 1) }
    }

    fn had(&self, page: PageIndex) -> &[Had] {
        &self.had[self.had_from[page]..self.had_from[page + 1]]
    }

    /// The pages that share enough with a page, with how much, the most first. `scores` is all zero, before and after.
    pub(super) fn nearest(&self, from: PageIndex, scores: &mut [u32]) -> Vec<(u32, PageIndex)> {
        let length = |posting: &Posting| posting.end - posting.start;
        let mut lists: Vec<(&Posting, u32)> = self
            .had(from)
            .iter()
            .map(|had| (&self.postings[had.posting as usize], had.weight))
            .filter(|(posting, _)| length(posting) <= CUT)
            .collect();
        lists.sort_unstable_by_key(|(posting, _)| (length(posting), posting.start));
        let mut found: Vec<u32> = Vec::with_capacity(VISITS);
        let mut visits = 0;
        for (posting, weight) in lists {
            if visits > VISITS {
                break;
            }
            visits += length(posting);
            for &page in &self.pages[posting.start..posting.end] {
                let score = &mut scores[page as usize];
                if *score == 0 {
                    found.push(page);
                }
                *score += weight * posting.rarity + 1;
            }
        }
        let mut candidates: Vec<(Reverse<u32>, u32)> = found
            .into_iter()
            .map(|page| (Reverse(std::mem::take(&mut scores[page as usize])), page))
            .filter(|(_, page)| *page as usize != from)
            .collect();
        if candidates.len() > COMPARED {
            candidates.select_nth_unstable(COMPARED);
            candidates.truncate(COMPARED);
        }
        let mut nearest: Vec<(u32, PageIndex)> = candidates
            .into_iter()
            .map(|(_, page)| {
                (self.shared(from, page as usize).map(|(_, weight)| weight).sum(), page as usize)
            })
            .filter(|(weight, _)| *weight >= self.threshold)
            .collect();
        nearest.sort_unstable_by_key(|(weight, page)| (Reverse(*weight), *page));
        nearest
    }

    /// What two pages share, and how much each weighs.
    fn shared(&self, one: PageIndex, other: PageIndex) -> impl Iterator<Item = (&Posting, u32)> {
        let mut others = self.had(other);
        self.had(one).iter().filter_map(move |had| {
            while let [first, rest @ ..] = others
                && first.posting < had.posting
            {
                others = rest;
            }
            let other = others.first().filter(|other| other.posting == had.posting)?;
            let posting = &self.postings[had.posting as usize];
            let times = match posting.class {
                Class::Word => had.weight * other.weight,
                Class::Pair => 0,
                _ => FIELD_WEIGHT,
            };
            Some((posting, times * posting.rarity))
        })
    }

    /// What two pages share, in words: what is rarest first.
    pub(super) fn why(&self, pages: &[Page], from: PageIndex, to: PageIndex, synonyms: &Synonyms) -> String {
        let shared: Vec<(&Posting, u32)> = self.shared(from, to).collect();
        let names = |class: Class| {
            let mut of_class: Vec<&Posting> =
                shared.iter().map(|(posting, _)| *posting).filter(|posting| posting.class == class).collect();
            of_class.sort_by_key(|posting| (Reverse(posting.rarity), &posting.name));
            of_class.into_iter().map(|posting| posting.name.as_str()).collect::<Vec<&str>>()
        };
        let has_network = shared.iter().any(|(posting, _)| posting.class == Class::Network);
        for (class, one, many, at_most) in
            [(Class::Theme, "theme", "themes", 3), (Class::Standard, "standard", "standards", 2)]
        {
            let mut names = names(class);
            names.truncate(at_most);
            if !names.is_empty() {
                let kind = if names.len() == 1 { one } else { many };
                let network = if has_network { "network and " } else { "" };
                // A name may hold an "and" of its own.
                return format!("Same {network}{kind}: {}", names.join(", "));
            }
        }
        let mut about: Vec<String> = names(Class::Tag).into_iter().map(str::to_string).collect();
        if about.is_empty() {
            about = common_words(&pages[from].parsed, &pages[to].parsed, &shared, synonyms);
        }
        about.truncate(2);
        let about = list_words(&about, "and");
        match (has_network, about.is_empty()) {
            (true, true) => "Same network".to_string(),
            (true, false) => format!("Same network, also about {about}"),
            (false, _) => format!("Also about {about}"),
        }
    }
}

/// What a thing is called on one of the pages that have it.
fn name(pages: &[Page], page: PageIndex, key: u64, class: Class) -> String {
    let page = &pages[page];
    let term = |field: &str| {
        page.parsed.values.texts(field).find(|term| term_key(class, term.value) == key).map(|term| term.value)
    };
    match class {
        Class::Theme => term("themes").map(upper_first),
        Class::Tag => term("tags").map(str::to_string),
        Class::Standard => {
            let standard = page.outgoing.iter().find(|relation| page_key(relation.page) == key);
            standard.map(|relation| {
                let standard = &pages[relation.page].parsed;
                // A code that is words says that the standard has none.
                let short = standard.values.text("code").filter(|code| !code.contains(' '));
                short.unwrap_or(&standard.title).to_string()
            })
        }
        Class::Network | Class::Word | Class::Pair => None,
    }
    .unwrap_or_default()
}

/// The words that two pages share, those that say most first.
fn common_words(
    from: &ParsedPage,
    to: &ParsedPage,
    shared: &[(&Posting, u32)],
    synonyms: &Synonyms,
) -> Vec<String> {
    let mut found: Vec<(Reverse<u32>, usize, Word<'_>)> = Vec::new();
    for page in [from, to] {
        for text in [&*page.title, page.values.text("summary").unwrap_or("")] {
            words(text, synonyms, |word| {
                // The postings are in the order of their keys.
                let Ok(place) = shared.binary_search_by_key(&word.key, |(posting, _)| posting.key) else {
                    return;
                };
                match found.iter_mut().find(|(.., known)| known.key == word.key) {
                    // In the middle of a sentence a word has a capital only if it is a name.
                    Some((.., known)) if known.is_first && !word.is_first => *known = word,
                    Some(_) => {}
                    None => found.push((Reverse(shared[place].1), found.len(), word)),
                }
            });
        }
    }
    found.sort_by_key(|(weight, place, _)| (*weight, *place));
    found
        .into_iter()
        .map(|(.., word)| {
            let is_plain = word.text.chars().skip(1).all(|character| !character.is_uppercase());
            if word.is_first && is_plain { lower_first(word.text) } else { word.text.to_string() }
        })
        .collect()
}

/// How rare it is that a thing stands on `having` of `count` pages, in quarters of a bit: whole numbers are the same on
/// every machine.
fn rarity(count: usize, having: usize) -> u32 {
    let fourth = |number: usize| (number as u128).pow(4);
    (fourth(count) / fourth(having.max(1))).checked_ilog2().unwrap_or(0)
}

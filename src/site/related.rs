//! Which pages a reader of each page may want next, and why: found by themes, tags, networks, standards and the words
//! of titles and summaries that two pages share. What many pages share says little, and what nearly all share nothing.
//! Bodies are not looked at, so that mending a text changes no other page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::{Page, PageIndex, Resolved};
use crate::config::Config;
use crate::content::{ParsedPage, Status};
use crate::text::{list_words, lower_first, says_something, slugify, stem, upper_first};

/// How many related pages a page shows.
const SHOWN: usize = 4;

/// A list of pages longer than this finds no candidates by itself: what it stands for is common.
const CUT: usize = 64;

/// How many entries of lists are looked at for one page, the shortest lists first, so that the cost of a site grows
/// with its pages and not with their square.
const VISITS: usize = 256;

/// How many candidates are compared exactly.
const COMPARED: usize = 16;

/// How much counts what two pages share by a field.
const FIELD_WEIGHT: u32 = 9;

/// Two pages are related from this many times the weight of the rarest thing that a site can share.
const THRESHOLD: u32 = 6;

/// A related page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The page.
    pub page: PageIndex,
    /// What the two share, to a reader: `Same network and theme: Stroke`.
    pub why: String,
}

/// What a page and others may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Network,
    Theme,
    Standard,
    Tag,
    Word,
    /// A network and a theme or tag together: it finds candidates where each alone is common, and has no weight.
    Pair,
}

/// One thing that a page has: the hash of its name, and how much it counts on this page.
#[derive(Debug, Clone, Copy)]
struct Feature {
    key: u64,
    class: Class,
    weight: u32,
}

/// The pages that have one thing.
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
#[derive(Clone, Copy)]
struct Had {
    posting: u32,
    weight: u32,
}

struct Index {
    /// In the order of their keys.
    postings: Vec<Posting>,
    /// The pages of all postings, one after the other.
    pages: Vec<u32>,
    /// What each page has, in the order of postings, from the place that `had_from` gives until that of the next page.
    had: Vec<Had>,
    had_from: Vec<usize>,
    threshold: u32,
}

/// What keeps two pages apart whatever they share.
struct Trait {
    language: u64,
    is_made_up: bool,
}

/// The related pages of each page, the nearest first. Only published pages have any.
pub(super) fn related(config: &Config, pages: &[Page], intros: &[PageIndex]) -> Vec<Vec<Related>> {
    let synonyms = Synonyms::new(&config.synonyms);
    let eligible: Vec<bool> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| {
            // A home page and the text above a list are no places to read on.
            page.parsed.status == Status::Published
                && !page.parsed.address.is_empty()
                && intros.binary_search(&index).is_err()
        })
        .collect();
    let count = eligible.iter().filter(|is_eligible| **is_eligible).count();
    let features: Vec<Vec<Feature>> = pages
        .par_iter()
        .zip(&eligible)
        .map(
            |(page, is_eligible)| {
                if *is_eligible { features(page, &synonyms, count > CUT) } else { Vec::new() }
            },
        )
        .collect();
    let index = Index::new(&features, count, pages);
    let traits: Vec<Trait> = pages
        .iter()
        .map(|page| {
            let values = &page.parsed.values;
            Trait {
                language: hash(values.text("lang").unwrap_or(&config.language)),
                is_made_up: values.text("provenance") == Some("illustrative")
                    || values.flag("fictional") == Some(true),
            }
        })
        .collect();
    (0..pages.len())
        .into_par_iter()
        .map_init(
            || vec![0_u32; pages.len()],
            |scores, from| {
                let mut linked = None;
                index
                    .nearest(from, scores)
                    .into_iter()
                    .filter(|(_, to)| {
                        let (one, other) = (&traits[from], &traits[*to]);
                        // What is real leads to nothing that is made up.
                        one.language == other.language
                            && (one.is_made_up || !other.is_made_up)
                            && !linked.get_or_insert_with(|| linked_pages(&pages[from])).contains(to)
                    })
                    .take(SHOWN)
                    .map(|(_, to)| Related { page: to, why: index.why(pages, from, to, &synonyms) })
                    .collect()
            },
        )
        .collect()
}

/// The pages that a page leads to already, or that lead to it and are shown for that.
fn linked_pages(page: &Page) -> Vec<PageIndex> {
    let by_fields = page.outgoing.iter().chain(&page.incoming).map(|relation| relation.page);
    let by_text = page.links.iter().filter_map(|link| match link {
        Resolved::Page(to, _) => Some(*to),
        _ => None,
    });
    by_fields.chain(by_text).chain(page.linked_from.iter().copied()).collect()
}

/// Everything that a page has to share, each once.
fn features(page: &Page, synonyms: &Synonyms, with_pairs: bool) -> Vec<Feature> {
    let values = &page.parsed.values;
    let mut found: Vec<Feature> = Vec::with_capacity(32);
    let mut add = |class, key| found.push(Feature { key, class, weight: FIELD_WEIGHT });
    for relation in &page.outgoing {
        match relation.field.as_str() {
            "network" => add(Class::Network, page_key(relation.page)),
            "standards" => add(Class::Standard, page_key(relation.page)),
            _ => {}
        }
    }
    for theme in values.texts("themes") {
        add(Class::Theme, term_key(Class::Theme, theme.value));
    }
    for tag in values.texts("tags") {
        add(Class::Tag, term_key(Class::Tag, tag.value));
    }
    if with_pairs {
        let of = |classes: &[Class]| -> Vec<u64> {
            let those = found.iter().filter(|feature| classes.contains(&feature.class));
            those.map(|feature| feature.key).collect()
        };
        let terms = of(&[Class::Theme, Class::Tag]);
        for network in of(&[Class::Network]) {
            let pairs = terms.iter().map(|term| hash_from(network, &term.to_le_bytes()));
            found.extend(pairs.map(|key| Feature { key, class: Class::Pair, weight: 1 }));
        }
    }
    // A word of two titles counts as much as a theme, one of a title and a summary less, and of two summaries little.
    for (text, weight) in [(&*page.parsed.title, 3), (values.text("summary").unwrap_or(""), 1)] {
        words(text, synonyms, |word| found.push(Feature { key: word.key, class: Class::Word, weight }));
    }
    found.sort_unstable_by_key(|feature| (feature.key, Reverse(feature.weight)));
    found.dedup_by_key(|feature| feature.key);
    found
}

impl Index {
    fn new(features: &[Vec<Feature>], count: usize, pages: &[Page]) -> Self {
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
    fn nearest(&self, from: PageIndex, scores: &mut [u32]) -> Vec<(u32, PageIndex)> {
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
    fn why(&self, pages: &[Page], from: PageIndex, to: PageIndex, synonyms: &Synonyms) -> String {
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

fn page_key(page: PageIndex) -> u64 {
    hash_from(hash("page"), &(page as u64).to_le_bytes())
}

fn term_key(class: Class, term: &str) -> u64 {
    hash_from(hash(if class == Class::Theme { "theme" } else { "tag" }), slugify(term).as_bytes())
}

fn hash(text: &str) -> u64 {
    hash_from(0xcbf2_9ce4_8422_2325, text.as_bytes())
}

/// FNV-1a: quick for short names, and the same on every machine.
fn hash_from(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A word, or several that are one in the site's synonyms.
#[derive(Clone, Copy)]
struct Word<'t> {
    key: u64,
    text: &'t str,
    /// Whether it begins a sentence.
    is_first: bool,
}

/// The words of a text that may say what it is about.
fn words<'t>(text: &'t str, synonyms: &Synonyms, mut each: impl FnMut(Word<'t>)) {
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
struct Synonyms(BTreeMap<u64, Vec<(Vec<u64>, u64)>>);

impl Synonyms {
    fn new(groups: &[Vec<String>]) -> Self {
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

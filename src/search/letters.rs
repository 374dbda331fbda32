//! What a reader's first letter finds, in one file with the texts of the pages that come first: for most readers it is the
//! first that a search is asked, when nothing is loaded yet, and ten small files would come later than one larger.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::code::push_string;
use super::groups::Forms;
use super::postings::{Posting, Postings, encode};
use super::prefixes::beginning;
use super::shards::Dictionary;

/// The texts of so many pages come with a letter, as many as are suggested or seen at once.
const RESULTS: usize = 8;

/// How much pages count in which a word only begins with the letter, and beside the letter as a word; as in `core.js`.
const CONTINUED: f64 = 0.8;
const CONTINUED_TOO: f64 = 0.4;

/// The letters and digits with which enough pages have a word, each with what its file holds, as arguments of a call.
pub(super) fn collect(
    dictionary: &Dictionary,
    forms: &Forms,
    postings: &[Postings],
    titles: &BTreeMap<&str, Vec<u32>>,
    page_count: usize,
    text_of: impl Fn(u32) -> String,
) -> BTreeMap<char, String> {
    let first = |at: u32| forms.names[at as usize].chars().next().filter(char::is_ascii_alphanumeric);
    let mut letters = BTreeMap::new();
    for order in dictionary.order.chunk_by(|one, next| first(one.0) == first(next.0)) {
        let Some(letter) = first(order[0].0) else { continue };
        let (words, begun) = beginning(order, forms, postings, page_count);
        if begun.len() < RESULTS {
            continue;
        }
        let name = letter.to_string();
        let form = order.iter().find(|(form, _)| *forms.names[*form as usize] == *name);
        let exact = form.map_or(&[][..], |(form, _)| &postings[forms.groups[*form as usize] as usize].pages);
        let in_title = titles.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        let mut out = String::new();
        push_string(&mut out, &words);
        let _ = write!(out, ",\"{}\",\"{}\",{in_title:?},{},[", encode(&begun), encode(exact), begun.len());
        for (index, page) in best(&begun, exact, in_title, page_count).into_iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(out, "{comma}[{page},{}]", text_of(page));
        }
        out.push(']');
        letters.insert(letter, out);
    }
    letters
}

/// The pages that the client will list first. Should it list others, it loads them by themselves.
fn best(begun: &[Posting], exact: &[Posting], titled: &[u32], page_count: usize) -> Vec<u32> {
    let worth = |pages: usize| {
        let (all, pages) = (f64::from(page_count as u32), f64::from(pages as u32));
        ((all - pages + 0.5) / (pages + 0.5)).ln_1p()
    };
    let impact = |posting: &Posting| 0.15 + 0.05 * f64::from(posting.level());
    let factor = worth(begun.len()) * if exact.is_empty() { CONTINUED } else { CONTINUED_TOO };
    let mut scores: BTreeMap<u32, f64> =
        begun.iter().map(|posting| (posting.page(), impact(posting) * factor)).collect();
    for posting in exact {
        let score = scores.entry(posting.page()).or_default();
        *score = score.max(impact(posting) * worth(exact.len())) + 100.0;
    }
    for page in titled {
        *scores.entry(*page).or_default() += 1e6;
    }
    let mut pages: Vec<(u32, f64)> = scores.into_iter().collect();
    // Stable: equal ones stay in the order of the site.
    pages.sort_by(|one, other| other.1.partial_cmp(&one.1).unwrap_or(Ordering::Equal));
    pages.into_iter().take(RESULTS).map(|(page, _)| page).collect()
}

//! What a reader has typed of a word whose forms lie in many shards: the pages of all of them, joined here, and the words
//! it may become. Without these, the first letter would load a tenth of the index.

use super::code::push_string;
use super::groups::Forms;
use super::postings::{Posting, Postings, encode, merged};
use super::shards::{Dictionary, ranges};

/// Forms in so many shards are loaded one by one.
const SHARDS_AT_ONCE: u32 = 2;

/// Longer beginnings are looked up whatever they cost.
const LONGEST: usize = 12;

/// How many words are suggested.
const SUGGESTED: usize = 6;

/// About how many characters a file should have.
const FILE_LENGTH: usize = 12_000;

/// The beginnings of words in files.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    /// The beginnings in each file.
    pub(super) names: Vec<Vec<String>>,
    /// What each file holds, as arguments of a call.
    pub(super) files: Vec<String>,
}

/// Joins what needs joining and does not stand elsewhere.
pub(super) fn collect(
    dictionary: &Dictionary,
    forms: &Forms,
    postings: &[Postings],
    page_count: usize,
    is_elsewhere: impl Fn(&str) -> bool,
) -> Prefixes {
    let mut found: Vec<(String, String)> = Vec::new();
    descend(&dictionary.order, 0, forms, &mut |prefix, order| {
        if is_elsewhere(prefix) {
            return;
        }
        found.push((prefix.to_string(), joined(prefix, order, forms, postings, page_count)));
    });
    let lengths: Vec<usize> = found.iter().map(|(_, text)| text.len()).collect();
    let mut prefixes = Prefixes::default();
    for range in ranges(&lengths, FILE_LENGTH, |_| true) {
        let of = &found[range];
        prefixes.names.push(of.iter().map(|(name, _)| name.clone()).collect());
        prefixes.files.push(of.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(","));
    }
    prefixes
}

/// Walks the beginnings of `units` characters and more among forms that are alike in the first `units`.
fn descend(order: &[(u32, u32)], length: usize, forms: &Forms, each: &mut impl FnMut(&str, &[(u32, u32)])) {
    let name = |at: usize| forms.names[order[at].0 as usize].as_ref();
    let mut start = 0;
    while start < order.len() {
        let Some(prefix) = start_of(name(start), length + 1) else {
            start += 1;
            continue;
        };
        let count = order[start..]
            .iter()
            .take_while(|(number, _)| forms.names[*number as usize].starts_with(prefix))
            .count();
        let of = &order[start..start + count];
        let spans_many = of[count - 1].1 - of[0].1 >= SHARDS_AT_ONCE;
        if spans_many && length < LONGEST {
            each(prefix, of);
            descend(of, length + 1, forms, each);
        }
        start += count;
    }
}

fn start_of(name: &str, characters: usize) -> Option<&str> {
    let (start, last) = name.char_indices().nth(characters - 1)?;
    Some(&name[..start + last.len_utf8()])
}

fn joined(
    prefix: &str,
    order: &[(u32, u32)],
    forms: &Forms,
    postings: &[Postings],
    page_count: usize,
) -> String {
    let (words, pages) = beginning(order, forms, postings, page_count);
    let mut out = String::new();
    push_string(&mut out, prefix);
    out.push(',');
    push_string(&mut out, &words);
    out.push_str(",\"");
    out.push_str(&encode(&pages));
    out.push('"');
    out
}

/// What forms that begin alike have together: the words that are suggested, and the pages.
pub(super) fn beginning(
    order: &[(u32, u32)],
    forms: &Forms,
    postings: &[Postings],
    page_count: usize,
) -> (String, Vec<Posting>) {
    let mut groups: Vec<u32> = order.iter().map(|(number, _)| forms.groups[*number as usize]).collect();
    groups.sort_unstable();
    groups.dedup();
    let pages = merged(groups.iter().map(|group| &postings[*group as usize]), page_count);
    let mut common: Vec<u32> = order.iter().map(|(number, _)| *number).collect();
    // Stable: equally common ones stay in the order of letters.
    common.sort_by_key(|number| std::cmp::Reverse(forms.pages[*number as usize]));
    let mut seen = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for number in common {
        let group = forms.groups[number as usize];
        if seen.contains(&group) || forms.names[number as usize].chars().count() < 3 {
            continue;
        }
        seen.push(group);
        words.push(&forms.names[number as usize]);
        if words.len() == SUGGESTED {
            break;
        }
    }
    (words.join(" "), pages)
}

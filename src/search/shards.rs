//! The dictionary, cut into shards that a query loads one or two of a word: forms in order, each with its group; each
//! group's pages beside its most frequent form; short titles as they are typed whole. Places for phrases stand in shards
//! of their own, one beside each.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::code::{push_number, push_sorted, push_string, script_order};
use super::groups::Forms;
use super::postings::{Postings, encode_all, encoded_length};

/// About how many characters a shard should have.
const SHARD_LENGTH: usize = 10_000;

/// A site of any size has at most about so many shards: the files of an index should not outnumber its pages.
const MOST_SHARDS: usize = 640;

/// The dictionary in shards.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// The least beginning of a form that tells each shard from the one before.
    pub(super) starts: Vec<String>,
    /// What each shard holds, as arguments of a call.
    pub(super) shards: Vec<String>,
    /// The places of the groups of two shards each.
    pub(super) places: Vec<String>,
    /// The forms in order: number and shard.
    pub(super) order: Vec<(u32, u32)>,
}

/// What stands in the dictionary, in its order.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Form(u32, &'a str),
    Title(&'a str, &'a [u32]),
}

impl<'a> Entry<'a> {
    fn key(&self) -> &'a str {
        match self {
            Self::Form(_, key) | Self::Title(key, _) => key,
        }
    }
}

/// Cuts the dictionary.
pub(super) fn cut(
    forms: &Forms,
    postings: &[Postings],
    titles: &BTreeMap<&str, Vec<u32>>,
    page_count: usize,
) -> Dictionary {
    let homes = homes(forms);
    let mut entries: Vec<Entry> = forms
        .names
        .iter()
        .enumerate()
        .map(|(number, name)| Entry::Form(number as u32, name))
        .chain(titles.iter().map(|(key, pages)| Entry::Title(key, pages)))
        .collect();
    entries.par_sort_unstable_by(|a, b| {
        script_order(a.key(), b.key())
            .then_with(|| matches!(a, Entry::Title(..)).cmp(&matches!(b, Entry::Title(..))))
    });
    let lengths: Vec<usize> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Form(number, name) => {
                let group = forms.groups[*number as usize] as usize;
                let is_home = homes[group] == *number;
                name.len().min(4) + 2 + if is_home { encoded_length(&postings[group], page_count) } else { 0 }
            }
            Entry::Title(key, pages) => key.len() * 2 / 3 + 4 * pages.len(),
        })
        .collect();
    let target = SHARD_LENGTH.max(lengths.iter().sum::<usize>() / MOST_SHARDS);
    // Forms of one group stay together where they can: `report` and `reporting` cost one shard, not two.
    let group_of = |entry: &Entry| match entry {
        Entry::Form(number, _) => Some(forms.groups[*number as usize]),
        Entry::Title(..) => None,
    };
    let mut ranges = ranges(&lengths, target, |at| {
        group_of(&entries[at]).is_none_or(|group| group_of(&entries[at - 1]) != Some(group))
    });
    // A word that is a title as well stands twice: both are looked for in one shard.
    for at in 1..ranges.len() {
        let start = ranges[at].start;
        if entries[start].key() == entries[start - 1].key() {
            ranges[at - 1].end += 1;
            ranges[at].start += 1;
        }
    }
    ranges.retain(|range| !range.is_empty());

    // Where each group is: its shard, and its number there, in order of the first form.
    let mut shard_of = vec![0_u32; forms.group_count];
    for (shard, range) in ranges.iter().enumerate() {
        for entry in &entries[range.clone()] {
            if let Entry::Form(number, _) = entry {
                let group = forms.groups[*number as usize] as usize;
                if homes[group] == *number {
                    shard_of[group] = shard as u32;
                }
            }
        }
    }
    let mut number_in_shard = vec![u32::MAX; forms.group_count];
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); ranges.len()];
    let mut order = Vec::with_capacity(forms.names.len());
    for (shard, range) in ranges.iter().enumerate() {
        for entry in &entries[range.clone()] {
            let Entry::Form(number, _) = entry else { continue };
            order.push((*number, shard as u32));
            let group = forms.groups[*number as usize];
            if shard_of[group as usize] == shard as u32 && number_in_shard[group as usize] == u32::MAX {
                number_in_shard[group as usize] = members[shard].len() as u32;
                members[shard].push(group);
            }
        }
    }
    let encoded = encode_all(postings);
    let shards = ranges
        .par_iter()
        .enumerate()
        .map(|(shard, range)| {
            let place_of = |group: u32| (shard_of[group as usize], number_in_shard[group as usize]);
            shard_text(shard as u32, &entries[range.clone()], forms, place_of, &members[shard], &encoded)
        })
        .collect();
    let places = members
        .par_chunks(2)
        .map(|pair| {
            let of = pair.iter().map(|groups| {
                let all: Vec<&str> = groups.iter().map(|group| &*postings[*group as usize].places).collect();
                format!("\"{}\"", all.join(","))
            });
            of.collect::<Vec<_>>().join(",")
        })
        .collect();
    let starts = ranges
        .iter()
        .map(|range| match range.start.checked_sub(1) {
            None => String::new(),
            Some(before) => least_start(entries[before].key(), entries[range.start].key()),
        })
        .collect();
    Dictionary { starts, shards, places, order }
}

/// The most frequent form of each group: where it is looked for most.
fn homes(forms: &Forms) -> Vec<u32> {
    let mut homes = vec![u32::MAX; forms.group_count];
    let better = |one: u32, other: u32| {
        let (a, b) = (one as usize, other as usize);
        forms.pages[a].cmp(&forms.pages[b]).then_with(|| script_order(&forms.names[b], &forms.names[a]))
    };
    for (number, group) in (0_u32..).zip(&forms.groups) {
        let home = &mut homes[*group as usize];
        if *home == u32::MAX || better(number, *home) == Ordering::Greater {
            *home = number;
        }
    }
    homes
}

/// Cuts a list of lengths into stretches of about `target`, where it may be cut; too long a stretch is cut anywhere.
pub(super) fn ranges(
    lengths: &[usize],
    target: usize,
    may_cut: impl Fn(usize) -> bool,
) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut length = 0;
    for (index, of) in lengths.iter().enumerate() {
        // What fills a shard alone does not come with half of one.
        if index > start
            && (length >= target || length + of > target * 3 / 2)
            && (length >= target * 2 || may_cut(index))
        {
            ranges.push(start..index);
            start = index;
            length = 0;
        }
        length += of;
    }
    if start < lengths.len() {
        ranges.push(start..lengths.len());
    }
    ranges
}

/// The least beginning of `key` that comes after `before`.
pub(super) fn least_start(before: &str, key: &str) -> String {
    let mut start = String::new();
    for character in key.chars() {
        start.push(character);
        if script_order(&start, before) == Ordering::Greater {
            break;
        }
    }
    start
}

fn shard_text(
    shard: u32,
    entries: &[Entry],
    forms: &Forms,
    place_of: impl Fn(u32) -> (u32, u32),
    members: &[u32],
    encoded: &[String],
) -> String {
    let mut out = String::with_capacity(SHARD_LENGTH * 3 / 2);
    out.push('"');
    push_sorted(
        &mut out,
        entries.iter().filter_map(|entry| match entry {
            Entry::Form(_, name) => Some(*name),
            Entry::Title(..) => None,
        }),
    );
    out.push_str("\",\"");
    let mut known = 0;
    for entry in entries {
        let Entry::Form(number, _) = entry else { continue };
        let (home, index) = place_of(forms.groups[*number as usize]);
        if home != shard {
            push_number(&mut out, 1);
            push_number(&mut out, home);
            push_number(&mut out, index);
        } else if index == known {
            push_number(&mut out, 0);
            known += 1;
        } else {
            push_number(&mut out, known - index + 1);
        }
    }
    out.push_str("\",\"");
    for (index, group) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&encoded[*group as usize]);
    }
    out.push_str("\",\"");
    let titles = || {
        entries.iter().filter_map(|entry| match entry {
            Entry::Title(key, pages) => Some((*key, *pages)),
            Entry::Form(..) => None,
        })
    };
    push_sorted(&mut out, titles().map(|(key, _)| key));
    out.push_str("\",\"");
    for (_, pages) in titles() {
        push_number(&mut out, pages.len() as u32);
        for page in pages {
            push_number(&mut out, *page);
        }
    }
    out.push('"');
    out
}

/// Texts that are sorted and hold no comma, as one string.
pub(super) fn sorted_string<'a>(entries: impl Iterator<Item = &'a str>) -> String {
    let mut list = String::new();
    push_sorted(&mut list, entries);
    let mut out = String::new();
    push_string(&mut out, &list);
    out
}

//! Abbreviations that nobody explains to a reader who meets them for the first time.

use std::collections::BTreeSet;

use super::Reading;
use super::prose::{Block, Word, words};
use crate::diagnostic::Diagnostic;

/// Capitals of two to six letters that are neither in the glossary nor written out where the page first uses them.
pub(super) fn unknown_abbreviation(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for block in &reading.prose.blocks {
        let words = block.words();
        for (index, word) in words.iter().enumerate() {
            let short = singular(word.text);
            if !is_abbreviation(short)
                || reading.names.knows_short(short)
                || is_part_of_more(block, &words, index)
            {
                continue;
            }
            if !met.insert(short) || is_written_out(&block.text, word, short) {
                continue;
            }
            problems.push(
                Diagnostic::advice(
                    "unknown-abbreviation",
                    format!("`{short}` is explained nowhere, so a reader who is new to it cannot look it up"),
                )
                .at(block.span(word.start..word.start + short.len()))
                .help(format!(
                    "write it out where the page first uses it, such as what it means ({short}), or add {short} and its \
                     meaning under glossary in netsite.yaml"
                )),
            );
        }
    }
}

/// `MDTs` without its s.
fn singular(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .or_else(|| word.strip_suffix('s'))
        .unwrap_or(word)
}

fn is_abbreviation(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()) && !is_roman(word)
}

/// II, IV, XVII: numbers of chapters and phases.
fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| b"IVX".contains(&byte))
}

/// Codes such as `IN-301`, and words among others in capitals, which are loud and not short.
fn is_part_of_more(block: &Block, words: &[Word<'_>], index: usize) -> bool {
    let word = words[index];
    let after = &block.text[word.end()..];
    let before = &block.text[..word.start];
    let joins = |sign: char| matches!(sign, '-' | '_' | '.' | '#');
    let mut next = after.chars();
    let joined_after =
        next.next().is_some_and(joins) && next.next().is_some_and(|sign| sign.is_ascii_digit());
    let mut last = before.chars().rev();
    let joined_before =
        last.next().is_some_and(joins) && last.next().is_some_and(|sign| sign.is_ascii_digit());
    let is_loud = |other: Option<&Word<'_>>| {
        other.is_some_and(|other| other.text.len() > 6 && other.text.chars().all(char::is_uppercase))
    };
    joined_after
        || joined_before
        || is_in_name_of_block(before)
        || is_loud(words.get(index + 1))
        || is_loud(index.checked_sub(1).and_then(|before| words.get(before)))
}

/// `[!IF NOT …]` is ours.
fn is_in_name_of_block(before: &str) -> bool {
    before.rfind("[!").is_some_and(|at| !before[at..].contains(']'))
}

/// Whether the text explains it there: `multidisciplinary team (MDT)`, `MDT (multidisciplinary team)`, `MDT, the …`.
fn is_written_out(text: &str, word: &Word<'_>, short: &str) -> bool {
    let before = text[..word.start].trim_end();
    let after = text[word.end()..].trim_start();
    if let Some(meaning) = before.strip_suffix(['(', '“', '"', '‘', '\'']).map(str::trim_end) {
        let meaning = meaning.trim_end_matches(['(', ' ', ',']);
        return begins_like(meaning, short);
    }
    after.strip_prefix('(').and_then(|rest| rest.split(')').next()).is_some_and(|inner| inner.contains(' '))
}

/// Whether the last words of a text begin with letters of the abbreviation: enough of them, in order.
fn begins_like(meaning: &str, short: &str) -> bool {
    let all = words(meaning);
    let last = &all[all.len().saturating_sub(short.len() * 2)..];
    let initials: Vec<char> = last
        .iter()
        .filter_map(|word| word.text.chars().next())
        .map(|first| first.to_ascii_uppercase())
        .collect();
    let mut from = 0;
    let mut met = 0;
    for letter in short.chars() {
        if let Some(at) = initials[from..].iter().position(|initial| *initial == letter) {
            from += at + 1;
            met += 1;
        }
    }
    // `picture archiving and communication system (PACS)` has all; `interventional radiology (IVR)` only some.
    met * 2 >= short.len()
}

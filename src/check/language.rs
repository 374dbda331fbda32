//! Words and type that many readers stumble over (NHS digital service manual, A to Z of content style).

use super::Reading;
use crate::diagnostic::Diagnostic;

/// Each with what to write instead.
const LATIN: [(&str, &str); 8] = [
    ("e.g", "for example"),
    ("eg", "for example"),
    ("i.e", "that is"),
    ("ie", "that is"),
    ("etc", "and so on, or all that is meant"),
    ("viz", "namely"),
    ("cf", "compare"),
    ("nb", "note"),
];

/// The length of the longest that is one word.
const LONGEST: usize = 3;

/// `e.g.` and its like: some do not know them, and screen readers read "eg" as "egg".
pub(super) fn latin_abbreviation(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &reading.prose.blocks {
        let words = block.words();
        for (index, word) in words.iter().enumerate().filter(|(_, word)| word.text.len() <= LONGEST) {
            let mut end = word.end();
            let mut written = word.text.to_lowercase();
            if matches!(word.text, "e" | "i" | "E" | "I")
                && let Some(next) = words.get(index + 1).filter(|next| matches!(next.text, "g" | "e"))
                && block.text[word.end()..next.start].trim_end() == "."
            {
                written = format!("{written}.{}", next.text);
                end = next.end();
            }
            let Some((latin, better)) = LATIN.iter().find(|(latin, _)| *latin == written) else { continue };
            // Names and codes have capitals.
            if word.text.len() > 1 && word.text.chars().all(char::is_uppercase) && *latin != "nb" {
                continue;
            }
            let is_joined = block.text[..word.start].ends_with(['.', '-', '/', '@'])
                || block.text[end..].starts_with(['-', '/', '@']);
            if is_joined || block.is_quoted(word.start..end) {
                continue;
            }
            if block.text[end..].starts_with('.') {
                end += 1;
            }
            let as_written = &block.text[word.start..end];
            problems.push(
                Diagnostic::advice(
                    "latin-abbreviation",
                    format!(
                        "`{as_written}` is not known to every reader, and read out it can be another word"
                    ),
                )
                .at(block.span(word.start..end))
                .help(format!("write {better}")),
            );
        }
    }
}

/// More words than this in italics are a block of them; a title of a book has fewer.
const MANY_WORDS: usize = 12;

/// Blocks in italics, which people with dyslexia find hard to read.
pub(super) fn long_italics(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for italics in reading.prose.italics.iter().filter(|italics| italics.words > MANY_WORDS) {
        problems.push(
            Diagnostic::advice(
                "long-italics",
                format!(
                    "{} words stand in italics, which are hard to read for people with dyslexia",
                    italics.words
                ),
            )
            .at(italics.span)
            .help("take the signs for italics away; a note can stand in a block of its own: > [!NOTE]"),
        );
    }
}

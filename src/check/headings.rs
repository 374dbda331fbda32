//! Headings and titles in the way in which NHS services write them.

use super::Reading;
use super::prose::{Kind, words};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;

/// A title has at most this many characters, so that lists of results show it whole (NHS content style).
const MAX_TITLE: usize = 65;

/// Titles that lists and search engines cut.
pub(super) fn long_title(page: &ParsedPage, problems: &mut Vec<Diagnostic>) {
    let Some(title) = page.values.spanned_text("title") else { return };
    let length = title.value.chars().count();
    if length > MAX_TITLE {
        problems.push(
            Diagnostic::advice(
                "long-title",
                format!("the title has {length} characters, and search engines show about {MAX_TITLE}"),
            )
            .at(title.span)
            .help("put what tells this page from others first, and leave the rest to the summary"),
        );
    }
}

/// Headings In Title Case, and in capitals throughout: both are read more slowly.
pub(super) fn heading_capitals(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in reading.prose.blocks.iter().filter(|block| block.kind == Kind::Heading) {
        if let Some(better) = in_sentence_case(&block.text, reading) {
            problems.push(message(&better).at(block.span(0..block.text.len())));
        }
    }
    if let Some(title) = reading.page.values.spanned_text("title")
        // The titles of these are names.
        && !["network", "event"].contains(&reading.page.kind.name)
        && let Some(better) = in_sentence_case(title.value, reading)
    {
        problems.push(message(&better).at(title.span));
    }
}

fn message(better: &str) -> Diagnostic {
    Diagnostic::advice(
        "heading-capitals",
        "this heading has capitals like a name; in sentence case it is read faster, and names in it stand out",
    )
    .help(format!("write {better}, with capitals for names only"))
}

/// The heading in sentence case, if it is not.
fn in_sentence_case(heading: &str, reading: &Reading<'_>) -> Option<String> {
    let all = words(heading);
    let is_upper = |text: &str| text.starts_with(char::is_uppercase);
    let is_short = |text: &str| {
        text.len() <= 6 && text.chars().all(|letter| letter.is_uppercase() || letter.is_numeric())
    };
    let mut capitals = 0;
    for (index, word) in all.iter().enumerate() {
        let long = word.text.chars().count() >= 4
            && word.text.chars().all(|letter| letter.is_alphabetic() || letter == '’');
        let begins = index == 0 || heading[..word.start].trim_end().ends_with([':', '.', '?', '!', '–']);
        if !long || begins || is_short(word.text) || reading.names.has_in_name(word.text) {
            continue;
        }
        if !is_upper(word.text) {
            return None;
        }
        capitals += 1;
    }
    if capitals < 2 {
        return None;
    }
    let mut better = String::with_capacity(heading.len());
    let mut written = 0;
    for (index, word) in all.iter().enumerate() {
        better.push_str(&heading[written..word.start]);
        let keeps = is_short(word.text) || reading.names.has_in_name(word.text);
        if keeps {
            better.push_str(word.text);
        } else if index == 0 {
            better.push_str(&crate::text::upper_first(&word.text.to_lowercase()));
        } else {
            better.push_str(&word.text.to_lowercase());
        }
        written = word.end();
    }
    better.push_str(&heading[written..]);
    Some(better)
}

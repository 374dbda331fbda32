//! Where one sentence ends and the next begins.

use std::ops::Range;

/// Where the sentences of a text stand in it.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let ends = match character {
            '.' | '?' | '!' => {
                let rest = text[at + 1..].trim_start_matches(['"', '”', '’', ')', '\'']);
                let goes_on = rest.trim_start().chars().next();
                rest.is_empty()
                    || (rest.starts_with(char::is_whitespace)
                        && goes_on.is_none_or(|next| !next.is_lowercase())
                        && !ends_in_title(&text[..at]))
            }
            // A list or a quotation follows, or another half of the sentence that can be read by itself.
            ';' => true,
            _ => false,
        };
        if ends {
            found.push(start..at);
            start = at + 1;
        }
    }
    found.push(start..text.len());
    found
        .into_iter()
        .map(|place| {
            let part = &text[place.clone()];
            let from = place.start + part.len() - part.trim_start().len();
            from..from + part.trim().len()
        })
        .filter(|place| !place.is_empty())
        .collect()
}

/// `Dr` and `No` before a full stop end no sentence.
fn ends_in_title(before: &str) -> bool {
    let last = before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
    ["Dr", "Mr", "Mrs", "Ms", "Prof", "No", "St", "vs", "e.g", "i.e"].contains(&last)
        || last.chars().count() == 1
}

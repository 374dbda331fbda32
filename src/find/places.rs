//! The places in one file at which a name stands, each with the words around it, and what of the file was not searched.

use std::collections::BTreeSet;

use super::texts::{FoundText, texts_of};
use super::wanted::Wanted;
use super::{Appearance, MAX_TOLD};
use crate::disclosure::{holds_identifier, mask_text};
use crate::source::{Readable, SitePath, Text};

/// A line is shown as far as this around the name, in characters.
const SHOWN_AROUND: usize = 60;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: SitePath,
    /// From 1; 0 where the name of the file or a place inside a document is meant.
    pub line: u32,
    /// From 1; 0 as `line`.
    pub column: u32,
    /// Where in a file that is no text, such as `in comment 2`; empty for the others.
    pub part: String,
    /// The words around the name.
    pub excerpt: String,
    /// Whether it is surely the one looked for.
    pub is_sure: bool,
    /// By which name of an organisation it was found; none for a person.
    pub by: Option<String>,
}

impl Place {
    /// Whether it is the name of the file that names the one looked for.
    pub fn is_file_name(&self) -> bool {
        self.line == 0 && self.part.is_empty()
    }
}

/// What a search of one file gave.
#[derive(Debug, Default)]
pub struct Searched {
    /// The places, in the order of the file.
    pub places: Vec<Place>,
    /// What of it was not searched, with the reasons.
    pub unsearched: Vec<String>,
}

impl Wanted {
    /// The place in the name of a file, if there is one.
    pub fn in_name(&self, path: &SitePath) -> Option<Place> {
        let Appearance { is_sure, by, .. } = self.find(path.as_str()).into_iter().next()?;
        let (part, excerpt) = (String::new(), String::new());
        Some(Place { path: path.clone(), line: 0, column: 0, part, excerpt, is_sure, by })
    }

    /// The places inside a file.
    pub fn in_file(&self, path: &SitePath, source: &mut dyn Readable) -> Searched {
        let mut places = Vec::new();
        // Properties stand in several parts of a picture or document.
        let mut told = BTreeSet::new();
        let mut is_cut = false;
        let mut unsearched = texts_of(path, source, &mut |found| {
            let mut new = self.in_text(path, found);
            if found.place.is_some() {
                new.retain(|place| !told.contains(&(place.part.clone(), place.excerpt.clone())));
                told.extend(new.iter().map(|place| (place.part.clone(), place.excerpt.clone())));
            }
            let room = MAX_TOLD.saturating_sub(places.len());
            is_cut |= new.len() > room || (room > 0 && new.len() == MAX_TOLD);
            places.extend(new.into_iter().take(room));
        });
        if is_cut {
            unsearched.push(format!("the name stands in more places than the {MAX_TOLD} that are listed"));
        }
        Searched { places, unsearched }
    }

    fn in_text(&self, path: &SitePath, found: &FoundText<'_>) -> Vec<Place> {
        let mut text = found.text;
        let mut all = self.find(text);
        if let Some(tight) = found.tight {
            // Letters that are set one by one are a name only without the gaps between them.
            let closer = self.find(tight);
            if closer.len() > all.len() {
                (text, all) = (tight, closer);
            }
        }
        all.retain(|one| one.range.end > found.repeated);
        if all.is_empty() {
            return Vec::new();
        }
        let lines = found.place.is_none().then(|| Text::new(text.to_string()));
        all.into_iter()
            .map(|Appearance { range, is_sure, by }| {
                let at = lines.as_ref().map(|lines| lines.line_column(range.start as u32));
                Place {
                    path: path.clone(),
                    line: at.map_or(0, |at| at.line),
                    column: at.map_or(0, |at| at.column),
                    part: found.place.map_or_else(String::new, |place| named(place(range.start))),
                    excerpt: excerpt(text, range.start, range.end),
                    is_sure,
                    by,
                }
            })
            .collect()
    }
}

/// A place inside a file; some texts are the file's as a whole.
fn named(place: String) -> String {
    if place.is_empty() { "inside the file".to_string() } else { place }
}

/// The line around a place, or as much of it as can be shown. What names a patient is not repeated.
fn excerpt(text: &str, start: usize, end: usize) -> String {
    let before = text[..start].rsplit('\n').next().unwrap_or("");
    let after = text[end..].split(['\n', '\r']).next().unwrap_or("");
    let cut = before.chars().rev().nth(SHOWN_AROUND).is_some();
    let mut around: Vec<char> = before.chars().rev().take(SHOWN_AROUND).collect();
    around.reverse();
    // Half of a number would not be known as one.
    let is_digits = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '-');
    let before: String = around.into_iter().collect();
    let before = if cut { before.trim_start_matches(is_digits) } else { &before };
    let mut shown: String = after.chars().take(SHOWN_AROUND).collect();
    if shown.len() < after.len() {
        shown.truncate(shown.trim_end_matches(is_digits).len());
    }
    let open = if cut { "…" } else { "" };
    let close = if shown.len() < after.len() { "…" } else { "" };
    let line = format!("{open}{before}{}{shown}{close}", &text[start..end]);
    let visible = |sign: char| if sign.is_control() { ' ' } else { sign };
    // Cells of a table that are empty are no words.
    let line = line.chars().map(visible).collect::<String>();
    let line = line.trim_matches(|sign: char| sign.is_whitespace() || sign == '|');
    if holds_identifier(line) { mask_text(line) } else { line.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Vec<Place> {
        let wanted = Wanted::Person(super::super::Person::new("Jane Smith"));
        wanted.in_file(&SitePath::new("a.md"), &mut std::io::Cursor::new(text.as_bytes().to_vec())).places
    }

    #[test]
    fn the_words_around_a_name_are_shown_and_no_number_of_a_patient() {
        let long = "é".repeat(80);
        let shown = find(&format!("{long} Jane Smith {long}\n\n| Jane Smith | NHS 943 476 5919 |\n"));
        assert_eq!(shown[0].excerpt, format!("…{} Jane Smith {}…", "é".repeat(59), "é".repeat(59)));
        assert_eq!((shown[1].line, shown[1].column), (3, 3));
        assert!(
            shown[1].excerpt.starts_with("Jane Smith") && !shown[1].excerpt.contains("5919"),
            "{shown:?}"
        );
    }

    proptest::proptest! {
        /// Whatever bytes a file has, places lie on its characters, and nothing ends the search.
        #[test]
        fn any_bytes_are_searched(
            start in proptest::sample::select(vec![b"PK\x03\x04".as_slice(), b"%PDF-1.4 ", b"{\\rtf ", b"\xff\xd8\xff", b""]),
            rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80),
        ) {
            let bytes = [start, b"Jane Smith", &rest].concat();
            for name in ["a.md", "a.docx", "a.eml"] {
                let wanted = Wanted::Person(super::super::Person::new("Jane Smith"));
                let searched = wanted.in_file(&SitePath::new(name), &mut std::io::Cursor::new(bytes.clone()));
                proptest::prop_assert!(searched.places.len() <= MAX_TOLD);
            }
        }
    }
}

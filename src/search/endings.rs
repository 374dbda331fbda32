//! The forms sorted by their ends, so that a word with a slip in its first half is found: its second half is right.

use super::code::{push_sorted, script_order};
use super::groups::Forms;
use super::shards::{least_start, ranges};

/// Shorter words are never taken for a slip.
const SHORTEST: usize = 4;

/// About how many characters a file should have.
const FILE_LENGTH: usize = 12_000;

/// On a large site words of one page only are more often slips than meant; they are still found when typed as they are.
const FORMS_KEPT_WHOLE: usize = 30_000;

/// The forms from their ends, in files.
#[derive(Debug, Default)]
pub(super) struct Endings {
    /// The least beginning that tells each file from the one before.
    pub(super) starts: Vec<String>,
    /// What each file holds, as arguments of a call.
    pub(super) files: Vec<String>,
}

/// Turns the forms round and sorts them.
pub(super) fn collect(forms: &Forms) -> Endings {
    let least = if forms.names.len() > FORMS_KEPT_WHOLE { 2 } else { 1 };
    let mut turned: Vec<String> = forms
        .names
        .iter()
        .zip(&forms.pages)
        .filter(|(name, pages)| **pages >= least && name.len() >= SHORTEST)
        .filter(|(name, _)| name.chars().all(char::is_alphabetic))
        .map(|(name, _)| name.chars().rev().collect())
        .collect();
    turned.sort_by(|a, b| script_order(a, b));
    let lengths: Vec<usize> = turned.iter().map(|name| name.len().min(5)).collect();
    let mut endings = Endings::default();
    for range in ranges(&lengths, FILE_LENGTH) {
        endings.starts.push(match range.start.checked_sub(1) {
            None => String::new(),
            Some(before) => least_start(&turned[before], &turned[range.start]),
        });
        let mut file = String::from("\"");
        push_sorted(&mut file, turned[range].iter().map(String::as_str));
        file.push('"');
        endings.files.push(file);
    }
    endings
}

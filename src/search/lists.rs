//! The forms alone, in order and from their ends, for words that no page has: where the slip is in one half of a word, the
//! other half is right and leads to it. With each form stands how common it is.

use super::code::{digit, push_sorted, script_order};
use super::groups::Forms;
use super::shards::{least_start, ranges};

/// Shorter words are never taken for a slip.
const SHORTEST: usize = 4;

/// About how many characters a file should have.
const FILE_LENGTH: usize = 10_000;

/// On a large site words of one page only are more often slips than meant; they are still found when typed as they are.
const FORMS_KEPT_WHOLE: usize = 30_000;

/// Forms in files.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The least beginning that tells each file from the one before.
    pub(super) starts: Vec<String>,
    /// What each file holds, as arguments of a call: the forms, and for each the logarithm of its pages.
    pub(super) files: Vec<String>,
}

/// All forms in one file, if they are few enough: two or three files of a larger list cost a reader as much.
pub(super) fn whole(forms: &Forms) -> Option<String> {
    let mut files = lists(forms, FILE_LENGTH * 2, str::to_string).files;
    let only = files.pop().unwrap_or_default();
    files.is_empty().then_some(only)
}

/// The forms in order.
pub(super) fn forwards(forms: &Forms) -> Lists {
    lists(forms, FILE_LENGTH, str::to_string)
}

/// The forms turned round, in their order.
pub(super) fn backwards(forms: &Forms) -> Lists {
    lists(forms, FILE_LENGTH, |name| name.chars().rev().collect())
}

fn lists(forms: &Forms, file_length: usize, turn: impl Fn(&str) -> String) -> Lists {
    let least = if forms.names.len() > FORMS_KEPT_WHOLE { 2 } else { 1 };
    let mut turned: Vec<(String, u32)> = forms
        .names
        .iter()
        .zip(&forms.pages)
        .filter(|(name, pages)| **pages >= least && name.len() >= SHORTEST)
        .filter(|(name, _)| name.chars().all(char::is_alphabetic))
        .map(|(name, pages)| (turn(name), pages.ilog2()))
        .collect();
    turned.sort_by(|a, b| script_order(&a.0, &b.0));
    let lengths: Vec<usize> = turned.iter().map(|(name, _)| name.len().min(5) + 1).collect();
    let mut lists = Lists::default();
    for range in ranges(&lengths, file_length, |_| true) {
        lists.starts.push(match range.start.checked_sub(1) {
            None => String::new(),
            Some(before) => least_start(&turned[before].0, &turned[range.start].0),
        });
        let mut file = String::from("\"");
        push_sorted(&mut file, turned[range.clone()].iter().map(|(name, _)| name.as_str()));
        file.push_str("\",\"");
        file.extend(turned[range].iter().map(|(_, common)| digit(*common)));
        file.push('"');
        lists.files.push(file);
    }
    lists
}

//! Names for addresses and files.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as part of an address: lower case, words joined by `-`, accents dropped from Latin letters, other
/// scripts kept. Empty where nothing is left.
pub fn slugify(text: &str) -> String {
    if text.is_ascii() {
        return joined(text.chars());
    }
    // Put together again at the end: Korean syllables fall into letters, which nobody types in an address.
    joined(text.nfkd().filter(|character| !is_combining_mark(*character))).as_str().nfc().collect()
}

fn joined(text: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(text.size_hint().0);
    let mut gap = false;
    for character in text {
        if character == '\'' || character == '’' {
            continue;
        }
        if character.is_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.extend(character.to_lowercase());
        } else {
            gap = true;
        }
    }
    slug
}

/// Why a file of this name could not be held by Windows, where the writers work; none for a good name.
pub fn file_name_problem(name: &str) -> Option<String> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    if let Some(character) =
        name.chars().find(|character| character.is_control() || "<>:\"|?*\\".contains(*character))
    {
        return Some(format!("it contains `{}`, which Windows does not allow", character.escape_default()));
    }
    if name.ends_with('.') || name.ends_with(' ') || name.starts_with(' ') {
        return Some(
            "it begins with a space, or ends with a space or a full stop, which Windows drops".to_string(),
        );
    }
    let stem = name.split('.').next().unwrap_or("").to_lowercase();
    let numbered = (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.chars().count() == 4
        // Windows takes the small raised digits for digits here.
        && stem.ends_with(|last: char| ('1'..='9').contains(&last) || "¹²³".contains(last));
    if DEVICES.contains(&stem.as_str()) || numbered {
        return Some(format!("`{stem}` is the name of a device on Windows"));
    }
    if name.len() > 200 {
        return Some("it is longer than 200 bytes".to_string());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_read_as_the_words() {
        assert_eq!(slugify("Problem: what's wrong?"), "problem-whats-wrong");
        assert_eq!(slugify("Ynys Môn — Zürich"), "ynys-mon-zurich");
        assert_eq!(slugify("日本 東京"), "日本-東京");
        assert_eq!(slugify("한국 영상"), "한국-영상");
        assert_eq!(slugify("!?"), "");
    }

    #[test]
    fn names_that_windows_cannot_hold_are_found() {
        assert!(file_name_problem("aux.md").is_some());
        assert!(file_name_problem("COM1.txt").is_some());
        assert!(file_name_problem("lpt³.md").is_some());
        assert!(file_name_problem("CONIN$").is_some());
        assert!(file_name_problem("what?.md").is_some());
        assert!(file_name_problem("devon.md").is_none());
        assert!(file_name_problem("auxiliary.md").is_none());
    }
}

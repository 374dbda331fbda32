//! Words in Markdown that stay words: what is escaped, which signs say how words look, and what stands beside them.

use std::fmt::Write as _;

use super::super::pattern::{cleaned, one_line, says_anything};
use super::super::{Inline, Style};

/// Stars work where white space or punctuation is outside; elsewhere a tag says the same.
pub(super) fn style_signs(style: Style, is_apart: bool) -> (String, String) {
    let signs = [(style.bold, "**", "strong"), (style.italic, "*", "em"), (style.struck, "~~", "del")];
    let is_one = signs.iter().filter(|(is_set, ..)| *is_set).count() == 1;
    let mut both = (String::new(), String::new());
    for (_, sign, tag) in signs.iter().filter(|(is_set, ..)| *is_set) {
        if is_apart && is_one && !style.code {
            both.0.push_str(sign);
            both.1.insert_str(0, sign);
        } else {
            let _ = write!(both.0, "<{tag}>");
            both.1.insert_str(0, &format!("</{tag}>"));
        }
    }
    both
}

const APART: &[char] = &[' ', '.', ',', ';', ':', '?', ')', '('];

pub(super) fn ends_apart(inline: &Inline) -> bool {
    match inline {
        Inline::Text { text, .. } => text.ends_with(APART),
        Inline::Break => true,
        _ => false,
    }
}

pub(super) fn begins_apart(inline: &Inline) -> bool {
    match inline {
        Inline::Text { text, .. } => text.starts_with(APART),
        Inline::Break => true,
        _ => false,
    }
}

pub(super) fn push_code(text: &mut String, words: &str) {
    if words.contains(['`', '|', '\\']) {
        text.push_str("<code>");
        push_escaped_words(text, words, false);
        text.push_str("</code>");
    } else {
        text.push('`');
        text.push_str(words);
        text.push('`');
    }
}

pub(super) fn link_address(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for character in cleaned(address).chars() {
        match character {
            ' ' | '<' | '>' | '\\' | '|' | '`' => {
                let _ = write!(safe, "%{:02X}", u32::from(character));
            }
            '&' => safe.push_str("&amp;"),
            '\n' => {}
            _ => safe.push(character),
        }
    }
    safe
}

/// Adds a line of words so that none of its letters means anything in Markdown. Some mean something only where a line
/// begins, as `is_start` says, or where one ends, since what follows is not known. `fill.js` does the same.
pub(in crate::form) fn push_escaped_words(text: &mut String, words: &str, is_start: bool) {
    let letters: Vec<char> = words.chars().collect();
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let is_escaped = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
            '_' => {
                !(before.is_some_and(char::is_ascii_alphanumeric)
                    && after.is_some_and(char::is_ascii_alphanumeric))
            }
            '#' => after.is_none() || (index == 0 && is_start),
            '!' => after.is_none(),
            '&' => {
                let name = letters[index + 1..]
                    .iter()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '#');
                letters.get(index + 1 + name.count()).is_none_or(|end| *end == ';')
            }
            '+' | '-' | '=' | ':' | '>' => index == 0 && is_start,
            '.' | ')' => is_start && index == digits,
            _ => false,
        };
        if is_escaped {
            text.push('\\');
        }
        text.push(*letter);
    }
}

/// Running text with clean words, those of one style together.
pub(super) fn merged(words: &[Inline]) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::new();
    for inline in words {
        match (merged.last_mut(), inline) {
            (Some(Inline::Text { text, style }), Inline::Text { text: more, style: other })
                if style == other =>
            {
                text.push_str(&one_line(more));
            }
            (_, Inline::Text { text, style }) => {
                merged.push(Inline::Text { text: one_line(text), style: *style });
            }
            _ => merged.push(inline.clone()),
        }
    }
    // A break at an end of the text would be a stroke.
    let says_nothing = |inline: &Inline| !says_anything(std::slice::from_ref(inline));
    while merged.last().is_some_and(says_nothing) {
        merged.pop();
    }
    let begin = merged.iter().take_while(|inline| says_nothing(inline)).count();
    merged.drain(..begin);
    if let Some(Inline::Text { text, .. }) = merged.first_mut() {
        *text = text.trim_start().to_string();
    }
    if let Some(Inline::Text { text, .. }) = merged.last_mut() {
        *text = text.trim_end().to_string();
    }
    merged
}

/// Whether brackets need no strokes: nothing follows that would make a link of them, and they are no box to tick.
pub(super) fn reads_as_brackets(name: &str, after: Option<&Inline>) -> bool {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | ':' | '-');
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_followed_by_text = match after {
        None => true,
        Some(Inline::Text { text, style }) => {
            *style == Style::default() && !text.is_empty() && !text.starts_with(['(', '[', ':'])
        }
        Some(_) => false,
    };
    inner.is_some_and(|inner| inner.chars().count() > 1 && inner.chars().all(is_plain)) && is_followed_by_text
}

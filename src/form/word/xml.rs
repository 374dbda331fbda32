//! Text as XML 1.0 can hold it, and in which direction it runs.

use crate::text::escape_html;

/// The text without the characters that XML 1.0 cannot hold; every kind of line end is one line feed.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() && !matches!(character, '\t' | '\n') => {}
            _ => clean.push(character),
        }
    }
    clean
}

/// Any text as text of XML, or as the value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    escape_html(&clean(text))
}

/// The text on one line, as the value of an attribute, of at most `limit` characters as Word counts them.
pub(super) fn attribute(text: &str, limit: usize) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.encode_utf16().count() <= limit {
        return escaped(&line);
    }
    let mut room = limit.saturating_sub(1);
    let fits = |character: &char| {
        let left = room.checked_sub(character.len_utf16());
        room = left.unwrap_or_default();
        left.is_some()
    };
    let beginning: String = line.chars().take_while(fits).collect();
    escaped(&format!("{}…", beginning.trim_end()))
}

/// In which direction a character runs by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    LeftToRight,
    RightToLeft,
    /// As its neighbours do.
    Neither,
}

fn direction(character: char) -> Direction {
    match character {
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}'
        | '\u{200f}' => {
            if character.is_numeric() {
                Direction::Neither
            } else {
                Direction::RightToLeft
            }
        }
        _ if character.is_alphabetic() => Direction::LeftToRight,
        _ => Direction::Neither,
    }
}

/// Whether the first character that has a direction runs from right to left; none if no character has one.
pub(super) fn begins_from_right(text: &str) -> Option<bool> {
    text.chars()
        .map(direction)
        .find(|direction| *direction != Direction::Neither)
        .map(|direction| direction == Direction::RightToLeft)
}

/// The text in pieces of one direction, each with whether it runs from right to left. What has no direction of its own
/// belongs to right-to-left text only between two words of it, which is how Word sets it right.
pub(super) fn by_direction(text: &str) -> Vec<(bool, &str)> {
    let mut pieces: Vec<(bool, usize, usize)> = Vec::new();
    let mut end_of_last = 0;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let direction = direction(character);
        match (direction, pieces.last_mut()) {
            (Direction::RightToLeft, Some((true, _, piece_end)))
            | (Direction::LeftToRight, Some((false, _, piece_end))) => *piece_end = end,
            (Direction::RightToLeft, _) => {
                if end_of_last < start {
                    pieces.push((false, end_of_last, start));
                }
                pieces.push((true, start, end));
            }
            (Direction::LeftToRight, Some((true, ..))) => pieces.push((false, end_of_last, end)),
            (Direction::LeftToRight, None) => pieces.push((false, 0, end)),
            (Direction::Neither, _) => continue,
        }
        end_of_last = end;
    }
    if end_of_last < text.len() {
        match pieces.last_mut() {
            Some((false, _, piece_end)) => *piece_end = text.len(),
            _ => pieces.push((false, end_of_last, text.len())),
        }
    }
    pieces.iter().filter_map(|(is_rtl, start, end)| Some((*is_rtl, text.get(*start..*end)?))).collect()
}

//! How wide words are in Arial and Helvetica, so that room for them is known before a browser draws them.

mod advances;

use advances::{ASCII, ASCII_BOLD, LATIN, LATIN_BOLD, SIGNS};

/// The advance of a character in 1/2048 of the type size.
pub fn advance(character: char, bold: bool) -> u32 {
    let code = character as u32;
    let units = match code {
        0x20..=0x7e => (if bold { &ASCII_BOLD } else { &ASCII })[(code - 0x20) as usize],
        0xa0..=0x17f => (if bold { &LATIN_BOLD } else { &LATIN })[(code - 0xa0) as usize],
        // Marks that sit on the letter before, and controls, take no room.
        0..=0x1f | 0x7f..=0x9f | 0x300..=0x36f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f => 0,
        _ => match SIGNS.binary_search_by_key(&character, |&(sign, _, _)| sign) {
            Ok(found) if bold => SIGNS[found].2,
            Ok(found) => SIGNS[found].1,
            Err(_) if is_wide(character) => 2048,
            // Averages of Greek and Cyrillic letters, with a little to spare for other scripts.
            Err(_) if bold => 1480,
            Err(_) => 1400,
        },
    };
    u32::from(units)
}

/// Whether a character fills a square, as Chinese, Japanese, Korean and pictures do.
pub fn is_wide(character: char) -> bool {
    matches!(character as u32,
        0x1100..=0x115f | 0x2600..=0x27bf | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f000..=0x1faff | 0x20000..=0x3fffd)
}

/// The width of words in px at a type size in px.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let units: u32 = text.chars().map(|character| advance(character, bold)).fold(0, u32::saturating_add);
    f64::from(units) * size / 2048.0
}

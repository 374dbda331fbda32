//! Rich text (RTF 1.9): control words left out, characters resolved. Pictures and objects in it stand as hexadecimal
//! digits and are looked into too.

use std::io::Cursor;

use super::{Look, within};
use crate::disclosure::Form;

impl Look<'_> {
    pub(super) fn rich_text(&mut self, bytes: &[u8], outer: &str, depth: usize) {
        let (text, objects) = read(bytes);
        self.text(&text, Form::Prose, &within("in the text", outer));
        for object in objects {
            let place = within("in an object of the document", outer);
            let start = [b"PK\x03\x04".as_slice(), b"\xff\xd8\xff", b"\x89PNG", super::compound::SIGNATURE]
                .iter()
                .filter_map(|start| object.windows(start.len()).position(|window| window == *start))
                .min();
            match start {
                Some(start) => self.file("object", &mut Cursor::new(&object[start..]), &place, depth + 1),
                None => self.rough(&object, &place),
            }
        }
    }
}

/// Its text, and its objects of some length.
fn read(bytes: &[u8]) -> (String, Vec<Vec<u8>>) {
    let mut text = String::new();
    let mut objects = Vec::new();
    let mut digits: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        at += 1;
        if byte.is_ascii_hexdigit() || (digits.len() > 200 && matches!(byte, b'\r' | b'\n')) {
            if byte.is_ascii_hexdigit() {
                digits.push(byte);
            }
            text.push(char::from(byte));
            continue;
        }
        if digits.len() > 200 {
            text.truncate(text.len().saturating_sub(digits.len()));
            objects.push(unhexed(&digits));
        }
        digits.clear();
        match byte {
            b'{' | b'}' | b'\r' | b'\n' => {}
            b'\\' => at = control(bytes, at, &mut text),
            byte => text.push(char::from(byte)),
        }
    }
    if digits.len() > 200 {
        objects.push(unhexed(&digits));
    }
    (text, objects)
}

fn unhexed(digits: &[u8]) -> Vec<u8> {
    let value = |digit: u8| (digit as char).to_digit(16).unwrap_or(0) as u8;
    digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()
}

/// Reads what follows a backslash; gives the place after it.
fn control(bytes: &[u8], at: usize, text: &mut String) -> usize {
    match bytes.get(at) {
        Some(b'\'') => {
            let code = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
            if let Some(code) = code.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
                text.push(char::from(code));
            }
            at + 3
        }
        Some(b'~') => {
            text.push('\u{a0}');
            at + 1
        }
        Some(b'_') => {
            text.push('-');
            at + 1
        }
        Some(byte) if byte.is_ascii_alphabetic() => {
            let letters = bytes[at..].iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
            let word = &bytes[at..at + letters];
            let mut end = at + letters;
            let number = bytes[end..]
                .iter()
                .enumerate()
                .take_while(|(index, byte)| byte.is_ascii_digit() || (*index == 0 && **byte == b'-'))
                .take(11)
                .count();
            let value = std::str::from_utf8(&bytes[end..end + number])
                .ok()
                .and_then(|number| number.parse::<i64>().ok());
            end += number;
            if bytes.get(end) == Some(&b' ') {
                end += 1;
            }
            match (word, value) {
                (b"par" | b"line" | b"row" | b"sect" | b"page", _) => text.push('\n'),
                (b"cell", _) => text.push_str(" | "),
                (b"tab", _) => text.push(' '),
                (b"u", Some(code)) => {
                    let code = u32::try_from(if code < 0 { code + 65_536 } else { code }).unwrap_or(0);
                    text.extend(char::from_u32(code));
                    // The character for programs without Unicode follows.
                    end += usize::from(bytes.get(end) == Some(&b'?'));
                }
                _ => {}
            }
            end
        }
        Some(byte) => {
            if matches!(byte, b'\\' | b'{' | b'}') {
                text.push(char::from(*byte));
            }
            at + 1
        }
        None => at,
    }
}

//! Saved mails (RFC 5322): header and text, and attachments that are packed as letters (base64, RFC 2045).

use std::io::Cursor;

use super::letters::latin;
use super::{Look, within};
use crate::disclosure::Form;

impl Look<'_> {
    pub(super) fn mail(&mut self, bytes: &[u8], outer: &str, depth: usize) {
        let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| latin(error.as_bytes()));
        let mut words = String::with_capacity(text.len());
        let mut packed = String::new();
        let mut is_packed = false;
        for line in text.lines() {
            let lower: String = line.chars().take(60).flat_map(char::to_lowercase).collect();
            if line.starts_with("--") {
                is_packed = false;
                self.unpack(&mut packed, outer, depth);
            } else if lower.starts_with("content-transfer-encoding:") {
                is_packed = lower.contains("base64");
            }
            let is_letters = line.len() > 20 && !line.contains([' ', ':', '.', '<', '-']);
            if is_packed && (is_letters || (!packed.is_empty() && !line.is_empty())) {
                packed.push_str(line.trim());
            } else {
                // Quoted-printable ends lines that go on with `=`.
                words.push_str(line.strip_suffix('=').unwrap_or(line));
                if !line.ends_with('=') {
                    words.push('\n');
                }
            }
        }
        self.unpack(&mut packed, outer, depth);
        let words = words.replace("=20", " ").replace("=C2=A0", "\u{a0}").replace("=A0", "\u{a0}");
        self.text(&words, Form::Prose, &within("in the mail", outer));
    }

    fn unpack(&mut self, packed: &mut String, outer: &str, depth: usize) {
        if packed.is_empty() {
            return;
        }
        let bytes = unpacked(packed);
        packed.clear();
        self.file(
            "attachment.txt",
            &mut Cursor::new(bytes),
            &within("in an attachment of the mail", outer),
            depth + 1,
        );
    }
}

fn unpacked(letters: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in letters.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

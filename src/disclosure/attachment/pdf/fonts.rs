//! Which letters the codes of a font mean: by its table to Unicode (9.10.3), by the names of its glyphs, or as they are.

use std::collections::BTreeMap;

use super::syntax::{Reader, Value};

/// How the codes of one font are read.
#[derive(Debug, Default, Clone)]
pub(super) struct Font {
    letters: BTreeMap<u32, String>,
    /// Bytes of one code.
    width: usize,
    /// Whether its codes mean nothing without a table, and there is none.
    pub(super) is_unreadable: bool,
}

impl Font {
    /// A font whose codes are letters as they are.
    pub(super) fn plain() -> Self {
        Self { width: 1, ..Self::default() }
    }

    /// A font whose codes are of two bytes and have no table.
    pub(super) fn unreadable() -> Self {
        Self { width: 2, is_unreadable: true, ..Self::default() }
    }

    /// From the table that a font carries.
    pub(super) fn of_table(table: &[u8]) -> Self {
        let mut font = Self { width: 1, ..Self::default() };
        let mut reader = Reader::new(table, 0);
        let mut waiting: Vec<Value> = Vec::new();
        while reader.at < table.len() && font.letters.len() < MOST_LETTERS {
            let Some(value) = reader.value(0) else {
                reader.at += 1;
                continue;
            };
            match &value {
                Value::Word(word) => {
                    match word.as_str() {
                        "endcodespacerange" => {
                            let width = waiting.iter().filter_map(code).map(|(_, width)| width).max();
                            font.width = width.unwrap_or(1).clamp(1, 4);
                        }
                        "endbfchar" => {
                            for pair in waiting.chunks_exact(2) {
                                if let (Some((code, _)), Value::Text(letters)) = (code(&pair[0]), &pair[1]) {
                                    font.letters.insert(code, wide(letters));
                                }
                            }
                        }
                        "endbfrange" => font.ranges(&waiting),
                        _ => {}
                    }
                    waiting.clear();
                }
                _ if waiting.len() < 100_000 => waiting.push(value),
                _ => {}
            }
        }
        font
    }

    fn ranges(&mut self, values: &[Value]) {
        for range in values.chunks_exact(3) {
            let (Some((first, _)), Some((last, _))) = (code(&range[0]), code(&range[1])) else { continue };
            for (index, code) in (first..=last).take(MOST_LETTERS).enumerate() {
                let letters = match &range[2] {
                    Value::Text(start) => {
                        let mut letters = wide(start);
                        let last = letters.pop().map_or(0, u32::from);
                        letters.extend(char::from_u32(last.saturating_add(index as u32)));
                        letters
                    }
                    Value::Array(each) => match each.get(index) {
                        Some(Value::Text(letters)) => wide(letters),
                        _ => break,
                    },
                    _ => break,
                };
                self.letters.insert(code, letters);
            }
            if self.letters.len() > MOST_LETTERS {
                return;
            }
        }
    }

    /// Codes whose glyphs have names of digits and letters (9.6.6.1).
    pub(super) fn with_differences(mut self, differences: &[Value]) -> Self {
        let mut code = 0_u32;
        for value in differences.iter().take(1_000) {
            match value {
                Value::Number(_) => code = value.count().unwrap_or(0),
                Value::Name(name) => {
                    let letter =
                        GLYPHS.iter().find(|(own, _)| own == name).map(|(_, letter)| (*letter).to_string());
                    let letter = letter.or_else(|| (name.chars().count() == 1).then(|| name.clone()));
                    if let Some(letter) = letter {
                        self.letters.entry(code).or_insert(letter);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        self
    }

    /// Adds what codes mean to a text.
    pub(super) fn read(&self, codes: &[u8], text: &mut String) {
        for chunk in codes.chunks(self.width.max(1)) {
            let code = chunk.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            match self.letters.get(&code) {
                Some(letters) => text.push_str(letters),
                None if self.is_unreadable => {}
                None if self.width == 1 => text.push(char::from(chunk[0])),
                None => {}
            }
        }
    }
}

const MOST_LETTERS: usize = 70_000;

const GLYPHS: [(&str, &str); 16] = [
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("space", " "),
    ("hyphen", "-"),
    ("period", "."),
    ("colon", ":"),
    ("slash", "/"),
    ("at", "@"),
];

/// A code and how many bytes it has.
fn code(value: &Value) -> Option<(u32, usize)> {
    match value {
        Value::Text(bytes) if (1..=4).contains(&bytes.len()) => {
            Some((bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)), bytes.len()))
        }
        _ => None,
    }
}

fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

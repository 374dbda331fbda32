//! The words of a page, from the operators that paint them (9.4). Where a gap between letters stands is a guess, so that
//! the words are given twice: with every move as a space, and without.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::fonts::Font;
use super::syntax::{Reader, Value};

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Moves on a line are spaces.
    pub(super) loose: String,
    /// Moves on a line are nothing.
    pub(super) tight: String,
    /// Whether some letters could not be told.
    pub(super) has_unreadable: bool,
    /// The names of what else is painted: pictures, and pieces that are painted more than once.
    pub(super) painted: Vec<String>,
}

/// So many operators of one page are read.
const MOST_VALUES: usize = 5_000_000;

impl Words {
    /// Reads the operators of a page or piece.
    pub(super) fn read(&mut self, content: &[u8], fonts: &BTreeMap<String, Rc<Font>>) {
        let plain = Font::plain();
        let mut font: &Font = &plain;
        let mut reader = Reader::new(content, 0);
        let mut values: Vec<Value> = Vec::new();
        let mut height = f64::NAN;
        for _ in 0..MOST_VALUES {
            let value = match reader.value(0) {
                Some(value) => value,
                None if reader.at >= content.len() => break,
                None => {
                    reader.at += 1;
                    continue;
                }
            };
            let Value::Word(operator) = &value else {
                if values.len() < 50_000 {
                    values.push(value);
                }
                continue;
            };
            match operator.as_str() {
                "Tf" => {
                    let name = values.iter().find_map(Value::name).unwrap_or("");
                    font = fonts.get(name).map_or(&plain, |font| &**font);
                }
                "Tj" => self.show(values.last(), font),
                "'" | "\"" => {
                    self.line();
                    self.show(values.last(), font);
                }
                "TJ" => {
                    if let Some(Value::Array(pieces)) = values.last() {
                        for piece in pieces {
                            match piece {
                                // In thousandths of the letters' size.
                                Value::Number(back) if *back < -180.0 => self.space(),
                                piece => self.show(Some(piece), font),
                            }
                        }
                    }
                }
                "Td" | "TD" => match values.as_slice() {
                    [.., _, Value::Number(down)] if down.abs() > 0.5 => self.line(),
                    _ => self.moved(),
                },
                "T*" | "ET" => self.line(),
                "Tm" => {
                    let now = values.last().and_then(Value::number).unwrap_or(0.0);
                    if (now - height).abs() > 0.5 || height.is_nan() {
                        self.line();
                    } else {
                        self.moved();
                    }
                    height = now;
                }
                "Do" => self.painted.extend(values.last().and_then(Value::name).map(str::to_string)),
                // A picture in the middle of the operators: its bytes are none.
                "ID" => {
                    let end = super::objects::position(&content[reader.at..], b"EI");
                    reader.at = end.map_or(content.len(), |end| reader.at + end + 2);
                }
                _ => {}
            }
            values.clear();
        }
        self.line();
    }

    fn show(&mut self, value: Option<&Value>, font: &Font) {
        if let Some(Value::Text(codes)) = value {
            self.has_unreadable |= font.is_unreadable && !codes.is_empty();
            font.read(codes, &mut self.loose);
            font.read(codes, &mut self.tight);
        }
    }

    fn line(&mut self) {
        for text in [&mut self.loose, &mut self.tight] {
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
    }

    fn space(&mut self) {
        self.loose.push(' ');
        self.tight.push(' ');
    }

    fn moved(&mut self) {
        self.loose.push(' ');
    }
}

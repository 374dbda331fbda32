//! The objects of a PDF file, found by their beginnings and not by the file's own table: so a damaged table hides nothing,
//! and neither does an earlier state of the document that the file still holds.

use std::collections::BTreeMap;
use std::io::Read;

use super::syntax::{Reader, Value};

/// One object.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) number: u32,
    pub(super) value: Value,
    /// Where its stream stands in the file, if it has one.
    pub(super) stream: Option<(usize, usize)>,
}

/// Everything that was found in a file.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) all: Vec<Object>,
    /// The latest object of each number.
    latest: BTreeMap<u32, usize>,
}

/// So many objects are read.
const MOST_OBJECTS: usize = 300_000;
/// So many bytes of one stream are unpacked.
const MOST_OF_A_STREAM: u64 = 50_000_000;

impl Objects {
    /// Finds the objects; `spent` counts the bytes that are unpacked, of which there may be `most`.
    pub(super) fn find(bytes: &[u8], spent: &mut u64, most: u64) -> Self {
        let mut objects = Self::default();
        let mut at = 0;
        while let Some(found) = position(&bytes[at..], b"obj") {
            let keyword = at + found;
            at = keyword + 3;
            let Some(number) = number_before(bytes, keyword) else { continue };
            let mut reader = Reader::new(bytes, at);
            let Some(value) = reader.whole_value() else { continue };
            reader.skip_space();
            let stream = bytes[reader.at..].starts_with(b"stream").then(|| {
                let mut start = reader.at + 6;
                start += usize::from(bytes.get(start) == Some(&b'\r'));
                start += usize::from(bytes.get(start) == Some(&b'\n'));
                let length = value.get("Length").and_then(Value::count).map(|length| length as usize);
                let is_end = |end: usize| {
                    bytes.get(end..).is_some_and(|rest| {
                        rest[..rest.len().min(20)].trim_ascii_start().starts_with(b"endstream")
                    })
                };
                let said = length.and_then(|length| start.checked_add(length)).filter(|end| is_end(*end));
                let end = said.or_else(|| Some(start + position(&bytes[start..], b"endstream")?));
                (start, end.unwrap_or(bytes.len()))
            });
            at = stream.map_or(reader.at.max(at), |(_, end)| end);
            objects.add(Object { number, value, stream });
            if objects.all.len() > MOST_OBJECTS {
                break;
            }
        }
        objects.unpack(bytes, spent, most);
        objects
    }

    fn add(&mut self, object: Object) {
        self.latest.insert(object.number, self.all.len());
        self.all.push(object);
    }

    /// Objects that are packed together in streams (7.5.7).
    fn unpack(&mut self, bytes: &[u8], spent: &mut u64, most: u64) {
        for index in 0..self.all.len() {
            let object = &self.all[index];
            if object.value.get("Type").and_then(Value::name) != Some("ObjStm") {
                continue;
            }
            let (Some(count), Some(first)) = (
                object.value.get("N").and_then(Value::count),
                object.value.get("First").and_then(Value::count),
            ) else {
                continue;
            };
            let Some(data) = self.data(object, bytes, spent, most) else { continue };
            let mut reader = Reader::new(&data, 0);
            for _ in 0..(count as usize).min(MOST_OBJECTS) {
                let next = |reader: &mut Reader<'_>| reader.value(0).as_ref().and_then(Value::count);
                let (Some(number), Some(offset)) = (next(&mut reader), next(&mut reader)) else { break };
                let at = first.saturating_add(offset) as usize;
                if at < data.len()
                    && self.all.len() < MOST_OBJECTS
                    && let Some(value) = Reader::new(&data, at).whole_value()
                {
                    self.add(Object { number, value, stream: None });
                }
            }
        }
    }

    /// The object that a value names, or the value itself.
    pub(super) fn resolved<'o>(&'o self, value: &'o Value) -> &'o Value {
        match value {
            Value::Object(number) => self.numbered(*number).map_or(value, |object| &object.value),
            value => value,
        }
    }

    pub(super) fn numbered(&self, number: u32) -> Option<&Object> {
        self.latest.get(&number).map(|index| &self.all[*index])
    }

    /// A field of a value, resolved.
    pub(super) fn field<'o>(&'o self, value: &'o Value, name: &str) -> Option<&'o Value> {
        Some(self.resolved(value.get(name)?))
    }

    /// A stream unpacked; none where it is packed in a way that is not known, such as a picture's.
    pub(super) fn data(&self, object: &Object, bytes: &[u8], spent: &mut u64, most: u64) -> Option<Vec<u8>> {
        let (start, end) = object.stream?;
        let mut data = bytes.get(start..end)?.to_vec();
        let filters: Vec<String> = match self.field(&object.value, "Filter") {
            Some(Value::Name(name)) => vec![name.clone()],
            Some(Value::Array(names)) => {
                names.iter().filter_map(|name| self.resolved(name).name().map(str::to_string)).collect()
            }
            _ => Vec::new(),
        };
        for filter in filters.iter().take(4) {
            data = match filter.as_str() {
                "FlateDecode" | "Fl" => {
                    let limit = MOST_OF_A_STREAM.min(most.saturating_sub(*spent));
                    let mut out = Vec::new();
                    // A stream that was cut is looked at as far as it goes.
                    let _ = flate2::read::ZlibDecoder::new(&data[..]).take(limit).read_to_end(&mut out);
                    *spent += out.len() as u64;
                    out
                }
                "ASCIIHexDecode" | "AHx" => {
                    let digits: Vec<u32> =
                        data.iter().filter_map(|byte| (*byte as char).to_digit(16)).collect();
                    digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
                }
                "ASCII85Decode" | "A85" => from_85(&data),
                _ => return None,
            };
        }
        Some(data)
    }
}

/// Four bytes in five letters (7.4.3).
fn from_85(letters: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group = Vec::with_capacity(5);
    for byte in letters {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(four(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        out.extend(&four(&group)[..count]);
    }
    out
}

fn four(group: &[u8]) -> [u8; 4] {
    group
        .iter()
        .fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)))
        .to_be_bytes()
}

pub(super) fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(next) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        if bytes[at + next..].starts_with(what) {
            return Some(at + next);
        }
        at += next + 1;
    }
    None
}

/// The object's number in `12 0 obj`, read backwards from `obj`.
fn number_before(bytes: &[u8], keyword: usize) -> Option<u32> {
    let trimmed = |end: usize| {
        let spaces = bytes[..end].iter().rev().take(8).take_while(|byte| byte.is_ascii_whitespace()).count();
        end - spaces
    };
    let digits =
        |end: usize| bytes[..end].iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let end = trimmed(keyword);
    let generation = digits(end);
    let before = trimmed(end - generation);
    let number = digits(before);
    if generation == 0 || number == 0 || before == end - generation {
        return None;
    }
    std::str::from_utf8(&bytes[before - number..before]).ok()?.parse().ok()
}

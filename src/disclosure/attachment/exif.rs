//! What cameras and programs write into pictures (EXIF 2.32): words, names and positions. Offsets come from the file, so
//! each is checked, and every table is read once.

use super::letters::{decoded, latin};
use super::{Look, within};
use crate::disclosure::{Form, Kind};

const EXIF_TABLE: u16 = 0x8769;
const GPS_TABLE: u16 = 0x8825;
const LATITUDE: u16 = 0x0002;
/// Artist, the author in Windows, the camera's owner.
const PEOPLE: [u16; 3] = [0x013b, 0x9c9d, 0xa430];
/// Text in pairs of bytes, as Windows writes it.
const WIDE: std::ops::RangeInclusive<u16> = 0x9c9b..=0x9c9f;
/// No camera writes so many; it bounds what a hostile file costs.
const MOST_ENTRIES: u16 = 512;
const LONGEST_VALUE: usize = 100_000;

impl Look<'_> {
    /// Looks at a block that begins as a TIFF file does.
    pub(super) fn exif(&mut self, tiff: &[u8], outer: &str) {
        let is_little = match tiff.get(..4) {
            Some(b"II*\0") => true,
            Some(b"MM\0*") => false,
            _ => return,
        };
        let reader = Reader { tiff, is_little };
        let mut tables: Vec<(usize, bool)> = reader.long(4).map(|first| (first, false)).into_iter().collect();
        let mut seen = Vec::new();
        while let Some((table, is_gps)) = tables.pop() {
            if seen.contains(&table) || seen.len() > 16 {
                continue;
            }
            seen.push(table);
            for entry in reader.entries(table) {
                match entry.tag {
                    LATITUDE if is_gps => self.add(Kind::Position, false, outer),
                    EXIF_TABLE => tables.extend(reader.long(entry.at + 8).map(|table| (table, false))),
                    GPS_TABLE => tables.extend(reader.long(entry.at + 8).map(|table| (table, true))),
                    tag => self.said(tag, reader.bytes(&entry), outer),
                }
            }
            let count = usize::from(reader.short(table).unwrap_or(0));
            let next = reader.long(table + 2 + count * 12).filter(|next| *next > 0);
            tables.extend(next.filter(|_| !is_gps).map(|next| (next, false)));
        }
    }

    fn said(&mut self, tag: u16, bytes: Option<&[u8]>, outer: &str) {
        let Some(bytes) = bytes else { return };
        let text = if WIDE.contains(&tag) {
            decoded(&[&[0xff, 0xfe], bytes].concat()).unwrap_or_default()
        } else {
            let bytes = bytes.strip_prefix(b"ASCII\0\0\0").unwrap_or(bytes);
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| latin(error.as_bytes()))
        };
        let text = text.trim_matches(['\0', ' ']);
        let place = within("in what its camera or program wrote into it", outer);
        if PEOPLE.contains(&tag) {
            self.receiver.author(text, &place);
        }
        self.text(text, Form::Prose, &place);
    }
}

struct Reader<'a> {
    tiff: &'a [u8],
    is_little: bool,
}

struct Entry {
    tag: u16,
    at: usize,
}

impl<'a> Reader<'a> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(value).ok()
    }

    fn entries(&self, table: usize) -> Vec<Entry> {
        let count = self.short(table).unwrap_or(0).min(MOST_ENTRIES);
        (0..usize::from(count))
            .filter_map(|index| {
                let at = table.checked_add(2 + index * 12)?;
                Some(Entry { tag: self.short(at)?, at })
            })
            .collect()
    }

    /// The bytes of an entry of letters.
    fn bytes(&self, entry: &Entry) -> Option<&'a [u8]> {
        let kind = self.short(entry.at + 2)?;
        let length = self.long(entry.at + 4)?;
        // Letters, bytes and values of no declared type.
        if !matches!(kind, 1 | 2 | 7) || !(4..LONGEST_VALUE).contains(&length) {
            return None;
        }
        let start = if length <= 4 { entry.at + 8 } else { self.long(entry.at + 8)? };
        self.tiff.get(start..start.checked_add(length)?)
    }
}

//! What cameras and programs write into pictures (EXIF 2.32): words, names and positions. Every
//! table is read once.

use super::letters::{decoded, latin};
use super::{Look, within};
use crate::disclosure::{Form, Kind};
use crate::tiff::{Entry, Tiff};

const EXIF_TABLE: u16 = 0x8769;
const GPS_TABLE: u16 = 0x8825;
const LATITUDE: u16 = 0x0002;
/// Artist, the author in Windows, the camera's owner.
const PEOPLE: [u16; 3] = [0x013b, 0x9c9d, 0xa430];
/// Text in pairs of bytes, as Windows writes it.
const WIDE: std::ops::RangeInclusive<u16> = 0x9c9b..=0x9c9f;
const LONGEST_VALUE: usize = 100_000;

impl Look<'_> {
    /// Looks at a block that begins as a TIFF file does.
    pub(super) fn exif(&mut self, tiff: &[u8], outer: &str) {
        let Some(tiff) = Tiff::of(tiff) else { return };
        let mut tables: Vec<(usize, bool)> =
            tiff.first_table().map(|first| (first, false)).into_iter().collect();
        let mut seen = Vec::new();
        while let Some((table, is_gps)) = tables.pop() {
            if seen.contains(&table) || seen.len() > 16 {
                continue;
            }
            seen.push(table);
            for entry in tiff.entries(table) {
                match entry.tag {
                    LATITUDE if is_gps => self.add(Kind::Position, false, outer),
                    EXIF_TABLE => tables.extend(tiff.long(entry.value()).map(|table| (table, false))),
                    GPS_TABLE => tables.extend(tiff.long(entry.value()).map(|table| (table, true))),
                    tag => self.said(tag, letters(&tiff, entry), outer),
                }
            }
            tables.extend(tiff.table_after(table).filter(|_| !is_gps).map(|next| (next, false)));
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

/// The bytes of an entry of letters.
fn letters<'a>(tiff: &Tiff<'a>, entry: Entry) -> Option<&'a [u8]> {
    let kind = tiff.short(entry.at + 2)?;
    let length = tiff.long(entry.at + 4)?;
    // Letters, bytes and values of no declared type.
    if !matches!(kind, 1 | 2 | 7) || !(4..LONGEST_VALUE).contains(&length) {
        return None;
    }
    let start = if length <= 4 { entry.value() } else { tiff.long(entry.value())? };
    tiff.bytes(start, length)
}

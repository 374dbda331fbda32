//! What stands in pictures beside their pixels: EXIF, XMP, IPTC, text and comments. Pixels are passed over without being
//! read, so that a picture of any size costs little.

use std::io::{Read, SeekFrom};

use super::letters::{latin, runs};
use super::markup::{Mark, marks};
use super::{Extracted, Look, Source, within};
use crate::disclosure::{Form, Kind, NotRead};

/// The longest block that is read, in bytes.
const LONGEST_BLOCK: u64 = 4_000_000;
/// No picture has more blocks.
const MOST_BLOCKS: usize = 20_000;
/// So much of a picture of another format is looked at.
const MOST_ROUGHLY: u64 = 8_000_000;

pub(super) fn is_picture(head: &[u8]) -> bool {
    head.starts_with(b"\x89PNG\r\n\x1a\n")
        || head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"GIF8")
        || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"))
        || head.starts_with(b"II*\0")
        || head.starts_with(b"MM\0*")
        || (head.get(4..8) == Some(b"ftyp")
            && matches!(head.get(8..11), Some(b"hei" | b"avi" | b"mif" | b"hev")))
        || (head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]))
}

impl Look<'_> {
    pub(super) fn picture(&mut self, head: &[u8], size: u64, source: &mut dyn Source, outer: &str) {
        let read = if head.starts_with(b"\x89") {
            self.png(source, size, outer)
        } else if head.starts_with(b"\xff\xd8") {
            self.jpeg(source, outer)
        } else if head.starts_with(b"GIF8") {
            self.gif(source, outer)
        } else if head.starts_with(b"RIFF") {
            self.webp(source, size, outer)
        } else {
            self.other_picture(head, source, outer)
        };
        if read.is_none() {
            self.not_read(NotRead::Damaged, outer);
        }
    }

    /// Chunks of length, type, data and checksum.
    fn png(&mut self, source: &mut dyn Source, size: u64, outer: &str) -> Option<()> {
        let mut at = 8;
        for _ in 0..MOST_BLOCKS {
            if at >= size {
                return Some(());
            }
            let head = block(source, at, 8)?;
            let length = u64::from(u32::from_be_bytes(head[..4].try_into().ok()?));
            match &head[4..8] {
                b"IEND" => return Some(()),
                kind @ (b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf") if length <= LONGEST_BLOCK => {
                    let data = block(source, at + 8, length)?;
                    match kind {
                        b"eXIf" => self.exif(&data, outer),
                        _ => self.png_text(kind, &data, outer),
                    }
                }
                _ => {}
            }
            at = at.checked_add(12 + length)?;
        }
        self.not_read(NotRead::TooLarge, outer);
        Some(())
    }

    fn png_text(&mut self, kind: &[u8], data: &[u8], outer: &str) {
        let Some(end) = data.iter().position(|byte| *byte == 0) else { return };
        let keyword = latin(&data[..end]);
        let rest = &data[end + 1..];
        let text = match kind {
            b"zTXt" => rest.get(1..).map(|packed| self.inflated(packed)),
            b"iTXt" => {
                let is_packed = rest.first() == Some(&1);
                let mut parts = rest.get(2..).unwrap_or_default().splitn(3, |byte| *byte == 0);
                parts.nth(2).map(|text| if is_packed { self.inflated(text) } else { text.to_vec() })
            }
            _ => Some(rest.to_vec()),
        };
        let text = text.unwrap_or_default();
        let text = String::from_utf8(text).unwrap_or_else(|error| latin(error.as_bytes()));
        let place = within("in the text beside the picture", outer);
        if keyword == "Author" || keyword == "Artist" {
            self.receiver.author(&text, &place);
        }
        if keyword.contains("adobe.xmp") {
            self.xmp(&text, outer);
        } else {
            self.text(&format!("{keyword}: {text}"), Form::Prose, &place);
        }
    }

    fn inflated(&mut self, packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(packed).take(LONGEST_BLOCK).read_to_end(&mut bytes);
        self.unpacked += bytes.len() as u64;
        bytes
    }

    /// Segments up to the pixels.
    fn jpeg(&mut self, source: &mut dyn Source, outer: &str) -> Option<()> {
        let mut at = 2;
        for _ in 0..MOST_BLOCKS {
            let head = block(source, at, 4)?;
            if head[0] != 0xff {
                return None;
            }
            let length = u64::from(u16::from_be_bytes([head[2], head[3]]));
            match head[1] {
                0xff => {
                    at += 1;
                    continue;
                }
                0x01 | 0xd0..=0xd8 => {
                    at += 2;
                    continue;
                }
                // The pixels, or the end.
                0xda | 0xd9 => return Some(()),
                0xe1 | 0xed | 0xfe => {
                    let data = block(source, at + 4, length.checked_sub(2)?)?;
                    if let Some(tiff) = data.strip_prefix(b"Exif\0\0") {
                        self.exif(tiff, outer);
                    } else if head[1] == 0xed {
                        self.iptc(&data, outer);
                    } else if head[1] == 0xfe {
                        let place = within("in the comment of the picture", outer);
                        self.text(&latin(&data), Form::Prose, &place);
                    } else if let Some(end) = data.iter().position(|byte| *byte == 0) {
                        self.xmp(&String::from_utf8_lossy(&data[end + 1..]), outer);
                    }
                }
                _ => {}
            }
            at += 2 + length.max(2);
        }
        Some(())
    }

    /// A screen, then blocks; what is no picture may be a comment or XMP.
    fn gif(&mut self, source: &mut dyn Source, outer: &str) -> Option<()> {
        let head = block(source, 0, 13)?;
        let palette = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << (u64::from(flags & 7) + 1) };
        let mut at = 13 + palette(head[10]);
        let mut budget = 4_000_000_usize;
        loop {
            // Files that were cut are shown as far as they go.
            let Some(kind) = block(source, at, 2) else { return Some(()) };
            let is_text = match kind[0] {
                0x21 => {
                    at += 2;
                    matches!(kind[1], 0xfe | 0xff | 0x01)
                }
                0x2c => {
                    let picture = block(source, at, 10)?;
                    at += 11 + palette(picture[9]);
                    false
                }
                _ => return Some(()),
            };
            let mut text = Vec::new();
            while let Some(length) = block(source, at, 1).map(|length| u64::from(length[0])) {
                at += 1;
                if length == 0 {
                    break;
                }
                if is_text && text.len() < 1_000_000 {
                    text.extend(block(source, at, length)?);
                }
                at += length;
                budget = budget.checked_sub(1)?;
            }
            if is_text {
                let place = within("in the comment of the picture", outer);
                self.text(&String::from_utf8_lossy(&text), Form::Prose, &place);
            }
            budget = budget.checked_sub(1)?;
        }
    }

    fn webp(&mut self, source: &mut dyn Source, size: u64, outer: &str) -> Option<()> {
        let mut at = 12;
        for _ in 0..MOST_BLOCKS {
            if at + 8 > size {
                break;
            }
            let head = block(source, at, 8)?;
            let length = u64::from(u32::from_le_bytes(head[4..8].try_into().ok()?));
            if matches!(&head[..4], b"EXIF" | b"XMP ") && length <= LONGEST_BLOCK {
                let data = block(source, at + 8, length)?;
                if &head[..4] == b"EXIF" {
                    self.exif(data.strip_prefix(b"Exif\0\0").unwrap_or(&data), outer);
                } else {
                    self.xmp(&String::from_utf8_lossy(&data), outer);
                }
            }
            at = at.checked_add(8 + length + length % 2)?;
        }
        Some(())
    }

    /// TIFF, HEIC and bitmaps: their tables, or what can be read at their beginning.
    fn other_picture(&mut self, head: &[u8], source: &mut dyn Source, outer: &str) -> Option<()> {
        let mut bytes = Vec::new();
        source.rewind().ok()?;
        (&mut *source).take(MOST_ROUGHLY).read_to_end(&mut bytes).ok()?;
        if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
            self.exif(&bytes, outer);
        } else if head.get(4..8) == Some(b"ftyp") {
            if let Some(start) = bytes.windows(6).position(|window| window == b"Exif\0\0") {
                self.exif(&bytes[start + 6..], outer);
            }
            self.text(&runs(&bytes), Form::Markup, &within("in what its program wrote into it", outer));
        }
        Some(())
    }

    /// Properties as XML (ISO 16684).
    fn xmp(&mut self, xml: &str, outer: &str) {
        let place = within("in the properties of the picture", outer);
        let mut extracted = Extracted::default();
        super::word::extract(xml, &place, &mut extracted);
        let mut is_creator = false;
        marks(xml, &mut |mark| match mark {
            Mark::Open(name, attributes) => {
                is_creator |= matches!(name, "creator" | "Author" | "OwnerName");
                let has_position = name == "GPSLatitude" || attributes.get("GPSLatitude").is_some();
                if has_position {
                    self.add(Kind::Position, false, outer);
                }
                for (_, value) in attributes.iter().filter(|(_, value)| value.len() > 2) {
                    extracted.line(&value, &place);
                }
            }
            Mark::Close("creator" | "Author" | "OwnerName") => is_creator = false,
            Mark::Text(words) if is_creator => self.receiver.author(words.trim(), &place),
            _ => {}
        });
        self.extracted(&extracted, "");
    }

    /// Records of a tag and letters (IPTC IIM 4.2) in Photoshop's block.
    fn iptc(&mut self, data: &[u8], outer: &str) {
        let place = within("in the caption data of the picture", outer);
        let mut at = 0;
        while let Some(start) =
            data.get(at..).and_then(|rest| rest.windows(2).position(|pair| pair == [0x1c, 2]))
        {
            at += start;
            let Some(&[tag, high, low]) = data.get(at + 2..at + 5) else { return };
            let length = usize::from(u16::from_be_bytes([high, low]));
            let text =
                data.get(at + 5..at + 5 + length).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            if let Some(text) = text {
                // By-line and writer.
                if matches!(tag, 80 | 122) {
                    self.receiver.author(&text, &place);
                }
                self.text(&text, Form::Prose, &place);
            }
            at += 5;
        }
    }
}

fn block(source: &mut dyn Source, at: u64, length: u64) -> Option<Vec<u8>> {
    source.seek(SeekFrom::Start(at)).ok()?;
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    source.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

//! Looks into files that are no plain text: documents, pictures, archives and what is packed in them. Every file is
//! hostile until read: what is unpacked, how deep and how much of it is bounded, and what is not looked into is said.

mod archive;
mod compound;
mod dicom;
mod exif;
mod extracted;
mod letters;
mod mail;
mod markup;
mod office;
mod open_document;
mod pdf;
mod picture;
mod relations;
mod rich_text;
mod sheets;
mod slides;
mod word;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{Read, SeekFrom};

pub(super) use self::extracted::Extracted;
use super::mask::masked_name;
use super::{Form, Inside, Kind, NotRead, scan, without_coordinates};
use crate::source::Readable as Source;

/// Archives in archives are looked into so deep.
const MOST_DEPTH: usize = 4;
/// So many bytes are unpacked of one file together.
const MOST_UNPACKED: u64 = 400_000_000;
/// So many bytes of one part are taken into memory.
const MOST_OF_A_PART: u64 = 100_000_000;
/// So many files in archives are looked into.
const MOST_PARTS: usize = 20_000;
/// So many findings of one file are told.
const MOST_FOUND: usize = 60;
/// A file of fewer bytes holds nothing that identifies anybody.
const SHORTEST: u64 = 8;
/// So many bytes at its beginning say what a file is.
const HEAD: usize = 1_100;

/// What a file holds that may identify somebody. Its `name` says what it should be where its bytes do not.
pub fn look(name: &str, source: &mut dyn Source) -> Vec<Inside> {
    let mut look = Look { found: BTreeSet::new(), unpacked: 0, parts: 0 };
    look.file(name, source, "", 0);
    look.found.into_iter().take(MOST_FOUND).collect()
}

/// What was found so far, and what was spent on it.
struct Look {
    found: BTreeSet<Inside>,
    unpacked: u64,
    parts: usize,
}

impl Look {
    fn add(&mut self, kind: Kind, is_sure: bool, place: String) {
        // What stops a publication is never crowded out by what does not.
        if is_sure || self.found.len() < 10 * MOST_FOUND {
            self.found.insert(Inside { kind, is_sure, place });
        }
    }

    fn not_read(&mut self, why: NotRead, place: &str) {
        self.add(Kind::NotRead(why), false, place.to_string());
    }

    /// Everything that is left of a reader, as far as it may be unpacked.
    fn all(&mut self, reader: &mut dyn Read) -> Result<Vec<u8>, NotRead> {
        let most = MOST_OF_A_PART.min(MOST_UNPACKED.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        reader.take(most + 1).read_to_end(&mut bytes).map_err(|_| NotRead::Damaged)?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > most { Err(NotRead::TooLarge) } else { Ok(bytes) }
    }

    /// Looks at a text that stands in one place.
    fn text(&mut self, text: &str, form: Form, place: &str) {
        for finding in scan(text, form) {
            self.add(finding.kind, finding.is_sure, place.to_string());
        }
    }

    /// Looks at a text whose pieces stand in many places.
    fn extracted(&mut self, extracted: &Extracted, outer: &str) {
        for finding in scan(extracted.text(), Form::Prose) {
            let place = within(&extracted.place(finding.span.start as usize), outer);
            self.add(finding.kind, finding.is_sure, place);
        }
    }

    /// Says so where a property holds a person's name.
    fn author(&mut self, name: &str, place: &str) {
        if super::person::is_name(name) {
            self.add(Kind::AuthorName, false, place.to_string());
        }
    }

    /// Looks into a file. `outer` is where it stands in the file that is published, as in a sentence.
    fn file(&mut self, name: &str, source: &mut dyn Source, outer: &str, depth: usize) {
        if depth > MOST_DEPTH {
            return self.not_read(NotRead::TooDeep, outer);
        }
        let mut head = Vec::new();
        let begun = (&mut *source).take(HEAD as u64).read_to_end(&mut head).is_ok();
        let Ok(size) = source.seek(SeekFrom::End(0)) else { return self.not_read(NotRead::Damaged, outer) };
        if size < SHORTEST {
            return;
        }
        if !begun || source.rewind().is_err() {
            return self.not_read(NotRead::Damaged, outer);
        }
        let extension =
            name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        if dicom::is_dicom(&head) || matches!(extension.as_str(), "dcm" | "dicom") {
            return self.add(Kind::Dicom, true, outer.to_string());
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return self.zip(source, outer, depth);
        }
        if picture::is_picture(&head) {
            return self.picture(&head, size, source, outer);
        }
        if is_harmless(&head) {
            return;
        }
        if head.get(257..262) == Some(b"ustar") {
            return self.tar(source, outer, depth);
        }
        let bytes = match self.all(source) {
            Ok(bytes) => bytes,
            Err(why) => return self.not_read(why, outer),
        };
        if head.starts_with(b"\x1f\x8b") {
            self.gzip(name, &bytes, outer, depth);
        } else if head.starts_with(compound::SIGNATURE) {
            self.compound(&bytes, outer);
        } else if head.windows(5).any(|window| window == b"%PDF-") {
            self.pdf(&bytes, outer, depth);
        } else if head.starts_with(b"{\\rtf") {
            self.rich_text(&bytes, outer, depth);
        } else if extension == "eml" || extension == "mbox" {
            self.mail(&bytes, outer, depth);
        } else if let Some(text) = letters::decoded(&bytes) {
            self.plain(&text, &extension, outer);
        } else {
            self.not_read(NotRead::Unknown, outer);
        }
    }

    /// A text file in an archive, or one in an old encoding.
    fn plain(&mut self, text: &str, extension: &str, outer: &str) {
        let form = Form::of(extension).unwrap_or(Form::Prose);
        let text = if extension == "svg" { without_coordinates(text) } else { text.into() };
        let (mut line, mut counted) = (1, 0);
        for finding in scan(&text, form) {
            let start = finding.span.start as usize;
            line += text[counted..start].matches('\n').count();
            counted = start;
            self.add(finding.kind, finding.is_sure, within(&format!("in line {line}"), outer));
        }
    }
}

/// Whether a name has one of these endings, in letters of any size.
fn has_ending(name: &str, endings: &[&str]) -> bool {
    let own = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|ending| own.eq_ignore_ascii_case(ending))
}

/// Fonts and icons hold nothing of people.
fn is_harmless(head: &[u8]) -> bool {
    let starts: [&[u8]; 6] = [b"wOF2", b"wOFF", b"OTTO", b"\0\x01\0\0\0", b"ttcf", b"\0\0\x01\0"];
    head.is_empty() || starts.iter().any(|start| head.starts_with(start))
}

/// A place inside another.
fn within(inner: &str, outer: &str) -> String {
    match (inner, outer) {
        (inner, "") => inner.to_string(),
        ("", outer) => outer.to_string(),
        (inner, outer) => format!("{inner}, {outer}"),
    }
}

/// The last part of a name in an archive, as it may be shown.
fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or("");
    let short: String = last.chars().filter(|character| !character.is_control()).take(60).collect();
    masked_name(&short)
}

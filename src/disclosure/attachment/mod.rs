//! Looks into files that are no plain text: documents, pictures, archives and what is packed in them. Every file is
//! hostile until read: what is unpacked, how deep and how much of it is bounded, and what is not looked into is said. Its
//! texts go with their places to a [`Receiver`]: the one here looks for what identifies somebody, `find` for names.

mod archive;
mod compound;
mod dicom;
mod exif;
mod extracted;
mod identifying;
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

use std::cell::Cell;
use std::io::{Read, SeekFrom};

pub(super) use self::extracted::Extracted;
use self::identifying::Identifying;
use super::mask::masked_name;
use super::{Form, Inside, Kind, NotRead, without_coordinates};
use crate::source::Readable as Source;

/// Archives in archives are looked into so deep.
const MOST_DEPTH: usize = 4;
/// So many bytes are unpacked of one file together.
const MOST_UNPACKED: u64 = 400_000_000;
/// So many bytes of one part are taken into memory.
const MOST_OF_A_PART: u64 = 100_000_000;
/// So many files in archives are looked into.
const MOST_PARTS: usize = 20_000;
/// A file of fewer bytes may be a text, and nothing else.
const SHORTEST: u64 = 8;
/// So many bytes at its beginning say what a file is.
const HEAD: usize = 1_100;

/// A text of a file, as it is given to a [`Receiver`].
pub struct Piece<'a> {
    /// The text: paragraphs, rows, pages, properties.
    pub text: &'a str,
    /// What its marks mean.
    pub form: Form,
    /// So many bytes at its beginning were given before and stand here again, so that what follows is understood.
    pub repeated: usize,
    /// Where in the file a byte of the text stood, as in a sentence: `in cell B7 of the hidden sheet “Data”`; empty for the
    /// file as a whole.
    pub place: &'a dyn Fn(usize) -> String,
}

/// Who is given what a file holds, piece by piece, while it is read. Places are as those of [`Piece`].
pub trait Receiver {
    /// A text.
    fn text(&mut self, piece: &Piece<'_>);

    /// One text in two readings: gaps between letters taken for spaces, and for nothing.
    fn readings(&mut self, readings: [&str; 2], place: &str);

    /// Loose letters out of bytes whose format is not known.
    fn letters(&mut self, letters: &str, place: &str);

    /// Who made a file or wrote in it. The name is given as a text too.
    fn author(&mut self, name: &str, place: &str);

    /// What the file is or hides, beside its words, and what of it could not be read.
    fn note(&mut self, kind: Kind, is_sure: bool, place: &str);
}

/// What a file holds that may identify somebody. Its `name` says what it should be where its bytes do not.
pub fn look(name: &str, source: &mut dyn Source) -> Vec<Inside> {
    let mut identifying = Identifying::default();
    read(name, source, &mut identifying);
    identifying.found()
}

/// Gives everything that a file holds to `receiver`. Its `name` says what it should be where its bytes do not.
pub fn read(name: &str, source: &mut dyn Source, receiver: &mut dyn Receiver) {
    Look { receiver, unpacked: 0, parts: 0 }.file(name, source, "", 0);
}

/// A file that is being read, and what was spent on it.
struct Look<'a> {
    receiver: &'a mut dyn Receiver,
    unpacked: u64,
    parts: usize,
}

impl Look<'_> {
    fn add(&mut self, kind: Kind, is_sure: bool, place: &str) {
        self.receiver.note(kind, is_sure, place);
    }

    fn not_read(&mut self, why: NotRead, place: &str) {
        self.add(Kind::NotRead(why), false, place);
    }

    /// Everything that is left of a reader, as far as it may be unpacked.
    fn all(&mut self, reader: &mut dyn Read) -> Result<Vec<u8>, NotRead> {
        let most = MOST_OF_A_PART.min(MOST_UNPACKED.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        reader.take(most + 1).read_to_end(&mut bytes).map_err(|_| NotRead::Damaged)?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > most { Err(NotRead::TooLarge) } else { Ok(bytes) }
    }

    /// A text that stands in one place.
    fn text(&mut self, text: &str, form: Form, place: &str) {
        self.receiver.text(&Piece { text, form, repeated: 0, place: &|_| place.to_string() });
    }

    /// A text whose pieces stand in many places.
    fn extracted(&mut self, extracted: &Extracted, outer: &str) {
        self.receiver.text(&Piece {
            text: extracted.text(),
            form: Form::Prose,
            repeated: extracted.repeated(),
            place: &|offset| within(&extracted.place(offset), outer),
        });
    }

    /// The name of who made something, where it is no part of another text.
    fn author(&mut self, name: &str, place: &str) {
        self.receiver.author(name, place);
        self.text(name, Form::Prose, place);
    }

    /// Looks into a file. `outer` is where it stands in the file that is published, as in a sentence.
    fn file(&mut self, name: &str, source: &mut dyn Source, outer: &str, depth: usize) {
        if depth > MOST_DEPTH {
            return self.not_read(NotRead::TooDeep, outer);
        }
        let mut head = Vec::new();
        let begun = (&mut *source).take(HEAD as u64).read_to_end(&mut head).is_ok();
        let Ok(size) = source.seek(SeekFrom::End(0)) else { return self.not_read(NotRead::Damaged, outer) };
        if !begun || source.rewind().is_err() {
            return self.not_read(NotRead::Damaged, outer);
        }
        let extension =
            name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        if size < SHORTEST {
            if let Some(text) = letters::decoded(&head) {
                self.plain(&text, &extension, outer);
            }
            return;
        }
        if dicom::is_dicom(&head) || matches!(extension.as_str(), "dcm" | "dicom") {
            return self.add(Kind::Dicom, true, outer);
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
        // Places are asked for in order, so that lines are counted once.
        let counted = Cell::new((0, 1));
        let place = |offset: usize| {
            let (from, line) = Some(counted.get()).filter(|(from, _)| *from <= offset).unwrap_or((0, 1));
            let line = line + text[from..offset].matches('\n').count();
            counted.set((offset, line));
            within(&format!("in line {line}"), outer)
        };
        self.receiver.text(&Piece { text: &text, form, repeated: 0, place: &place });
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

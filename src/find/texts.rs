//! The texts in a file, for every kind of file that can be read, and what of it could not be: a text file is one text, and
//! documents, pictures and archives are opened.

use std::collections::BTreeMap;
use std::io::{Read, SeekFrom};

use crate::disclosure::attachment::{self, Piece, Receiver};
use crate::disclosure::{Form, Kind, NotRead};
use crate::source::{Readable, SitePath};

/// A text in a file.
pub struct FoundText<'a> {
    /// The text.
    pub text: &'a str,
    /// So many bytes at its beginning were given before.
    pub repeated: usize,
    /// Where in the file a byte of the text stands, as in a sentence, such as `in the speaker notes of slide 3`; none where
    /// the file is the text.
    pub place: Option<&'a dyn Fn(usize) -> String>,
    /// The same text once more, without the gaps that were taken for spaces.
    pub tight: Option<&'a str>,
}

/// A text file that is larger than this is not searched, in bytes.
const MAX_TEXT: u64 = 100_000_000;
/// So many bytes at its beginning say whether a file is a text.
const HEAD: u64 = 4_000;
/// No document, picture or archive has fewer bytes.
const SHORTEST: usize = 8;
/// Where many parts of a file could not be read, so many are named.
const MOST_NAMED: usize = 3;
/// Endings of files that people have to listen to or watch.
const PLAYED: [&str; 9] = ["mp3", "mp4", "m4a", "m4v", "wav", "webm", "mov", "ogg", "oga"];

/// Gives the texts of a file to `each`. What comes back says what of the file was not searched, and why.
pub fn texts_of(
    path: &SitePath,
    source: &mut dyn Readable,
    each: &mut dyn FnMut(&FoundText<'_>),
) -> Vec<String> {
    let extension = path.extension();
    if PLAYED.contains(&extension.as_str()) {
        return vec!["nothing here listens to it or watches it".to_string()];
    }
    match whole_text(&extension, source) {
        Ok(Some(text)) => {
            each(&FoundText { text: &text, repeated: 0, place: None, tight: None });
            return Vec::new();
        }
        Ok(None) => {}
        Err(why) => return vec![why.in_words().to_string()],
    }
    let mut texts = Texts { each, unread: BTreeMap::new() };
    attachment::read(path.file_name(), source, &mut texts);
    let said = |(why, places): (&str, Vec<String>)| match places.as_slice() {
        [place] if place.is_empty() => why.to_string(),
        places => {
            let named = places[..places.len().min(MOST_NAMED)].join(" and ");
            match places.len().saturating_sub(MOST_NAMED) {
                0 => format!("{named}: {why}"),
                more => format!("{named}, and in {more} more places: {why}"),
            }
        }
    };
    texts.unread.into_iter().map(said).collect()
}

/// The text of a file that is nothing else; none for files that have to be opened.
fn whole_text(extension: &str, source: &mut dyn Readable) -> Result<Option<String>, NotRead> {
    let damaged = |_| NotRead::Damaged;
    let mut bytes = Vec::new();
    (&mut *source).take(HEAD).read_to_end(&mut bytes).map_err(damaged)?;
    let is_marked = || {
        bytes.starts_with(b"PK")
            || bytes.starts_with(b"{\\rtf")
            || bytes.windows(5).any(|window| window == b"%PDF-")
            || matches!(extension, "eml" | "mbox")
    };
    let is_opened = bytes.contains(&0) || (Form::of(extension).is_none() && is_marked());
    if (1..SHORTEST).contains(&bytes.len()) && (is_opened || std::str::from_utf8(&bytes).is_err()) {
        return Err(NotRead::Damaged);
    }
    if !is_opened {
        let size = source.seek(SeekFrom::End(0)).map_err(damaged)?;
        if size > MAX_TEXT && std::str::from_utf8(&bytes).is_ok() {
            return Err(NotRead::TooLarge);
        }
        if size <= MAX_TEXT {
            source.seek(SeekFrom::Start(bytes.len() as u64)).map_err(damaged)?;
            source.take(MAX_TEXT).read_to_end(&mut bytes).map_err(damaged)?;
            if let Ok(text) = String::from_utf8(bytes)
                && !text.contains('\0')
            {
                return Ok(Some(text));
            }
        }
    }
    source.rewind().map_err(damaged)?;
    Ok(None)
}

struct Texts<'a> {
    each: &'a mut dyn FnMut(&FoundText<'_>),
    /// Places that could not be read, by the reason.
    unread: BTreeMap<&'static str, Vec<String>>,
}

impl Receiver for Texts<'_> {
    fn text(&mut self, piece: &Piece<'_>) {
        let Piece { text, repeated, place, .. } = *piece;
        (self.each)(&FoundText { text, repeated, place: Some(place), tight: None });
    }

    fn readings(&mut self, [loose, tight]: [&str; 2], place: &str) {
        let place = |_| place.to_string();
        (self.each)(&FoundText { text: loose, repeated: 0, place: Some(&place), tight: Some(tight) });
    }

    fn letters(&mut self, letters: &str, place: &str) {
        let place = |_| place.to_string();
        (self.each)(&FoundText { text: letters, repeated: 0, place: Some(&place), tight: None });
    }

    // It is given as a text as well.
    fn author(&mut self, _: &str, _: &str) {}

    fn note(&mut self, kind: Kind, _: bool, place: &str) {
        let why = match kind {
            Kind::NotRead(why) => why.in_words(),
            Kind::RoughlyRead => "it is of an old format, so that only its plain letters were searched",
            Kind::Dicom => "it is an image of a scanner, and those are not opened here",
            _ => return,
        };
        self.unread.entry(why).or_default().push(place.to_string());
    }
}

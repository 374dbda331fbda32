//! Disclosure: what may identify a patient or a member of staff, in texts and in the files that are attached to them.
//!
//! A text or a file goes in, findings come out: what kind, how sure, and where. A finding never holds what was found, so
//! that no message, log or kept result can repeat it. `scan` looks at texts, `attachment` into documents, pictures and
//! archives, `told` puts findings into words, and `conceal` masks what other messages of the same file would show.

pub mod attachment;
mod contact;
mod context;
mod dates;
mod digits;
mod kept;
mod mask;
mod number;
mod person;
mod scan;
mod scanner_image;
mod table;
mod told;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use kept::{MAX_KEPT_BYTES, Scans};
pub use mask::{conceal, holds_identifier, mask_text, masked_path};
pub use scan::scan;
pub use scanner_image::{is_of_a_scanner, unchecked_image};
use table::Columns;
pub use told::{of_attachment, of_path, of_text};

use crate::source::Span;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An NHS number.
    NhsNumber,
    /// A number of Scotland's Community Health Index.
    ChiNumber,
    /// A Health and Care number of Northern Ireland.
    HealthAndCareNumber,
    /// A number of the test range, which begins with 999.
    TestNumber,
    /// A number by which a hospital or a department knows a patient or an examination.
    HospitalNumber,
    /// A date of birth.
    DateOfBirth,
    /// A postcode beside a person's name.
    Postcode,
    /// A mailbox of a person outside the fields for contacts.
    PersonalEmail,
    /// A mobile number outside the fields for contacts.
    MobileNumber,
    /// Where a photo was taken.
    Position,
    /// Who made a document or photo.
    AuthorName,
    /// An image of a scanner with all that belongs to it.
    Dicom,
    /// A file, or a part of one, that was not looked into.
    NotRead(NotRead),
    /// A file of an old format, of which only the letters were looked at.
    RoughlyRead,
}

/// Why a file was not looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NotRead {
    /// It needs a password.
    Locked,
    /// It is damaged, or not what its name says.
    Damaged,
    /// It unpacks to more than is looked at.
    TooLarge,
    /// Archives stand inside archives, deeper than is looked at.
    TooDeep,
    /// Its format is not known.
    Unknown,
    /// Its words are pictures, or letters that only their shapes tell.
    Pictured,
}

impl Kind {
    /// Whether it identifies a person by itself: such a finding can never be waived.
    pub fn is_identifier(self) -> bool {
        matches!(self, Self::NhsNumber | Self::ChiNumber | Self::HealthAndCareNumber | Self::Dicom)
    }
}

/// Something in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Whether it stops a publication.
    pub is_sure: bool,
    /// Where it stands.
    pub span: Span,
}

/// Something in a file that is no text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Inside {
    /// What it is.
    pub kind: Kind,
    /// Whether it stops a publication.
    pub is_sure: bool,
    /// Where it stands, as in a sentence: `in cell B7 of the hidden sheet “Data”`; empty for the file as a whole.
    pub place: String,
}

/// What the marks of a text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Sentences, as in Markdown, with fields at the beginning and tables in between.
    Prose,
    /// Rows of a table, whose first line names the columns: CSV.
    Rows,
    /// Fields with names: YAML.
    Fields,
    /// Elements or another notation of programs: SVG, HTML, JSON.
    Markup,
}

impl Form {
    /// The form of a file with this extension (without a dot, in small letters); none for files that are no text.
    pub fn of(extension: &str) -> Option<Self> {
        Some(match extension {
            "md" | "txt" | "mmd" | "markdown" | "text" | "log" => Self::Prose,
            "csv" | "tsv" => Self::Rows,
            "yaml" | "yml" | "toml" | "ini" => Self::Fields,
            "svg" | "html" | "htm" | "xhtml" | "xml" | "json" | "js" | "css" | "vtt" | "srt" | "ics"
            | "vcf" | "geojson" | "webmanifest" => Self::Markup,
            _ => return None,
        })
    }

    fn columns(self, text: &str) -> Columns {
        match self {
            Self::Rows => Columns::of_rows(text),
            _ => Columns::of_markdown(),
        }
    }
}

/// An SVG drawing with blanks in place of its coordinates, whose digits mean places on the drawing. Everything else
/// stands where it stood.
pub fn without_coordinates(svg: &str) -> Cow<'_, str> {
    let mut bytes = svg.as_bytes().to_vec();
    let mut is_changed = false;
    for (at, _) in svg.match_indices("=\"").chain(svg.match_indices("='")) {
        let name = svg[..at].rfind(|before: char| !before.is_ascii_alphanumeric() && before != '-');
        let name = &svg[name.map_or(0, |before| before + 1)..at];
        if !COORDINATES.contains(&name) {
            continue;
        }
        let quote = bytes[at + 1];
        for byte in bytes[at + 2..].iter_mut().take_while(|byte| **byte != quote) {
            if byte.is_ascii() {
                *byte = b' ';
                is_changed = true;
            }
        }
    }
    if !is_changed {
        return Cow::Borrowed(svg);
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(svg), Cow::Owned)
}

const COORDINATES: [&str; 14] = [
    "d",
    "points",
    "transform",
    "viewBox",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "values",
    "gradientTransform",
];

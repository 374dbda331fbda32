//! The two facts of EXIF that matter here: which way up the picture is, and whether it tells where it was taken.
//! A damaged block says nothing.

use crate::tiff::{Entry, Tiff};

/// What an EXIF block says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exif {
    /// From 1 (as stored) to 8, as EXIF counts.
    pub(super) orientation: u8,
    pub(super) has_location: bool,
}

const ORIENTATION: u16 = 0x0112;
const GPS: u16 = 0x8825;
const GPS_LATITUDE: u16 = 0x0002;

impl Exif {
    pub(super) const NONE: Self = Self { orientation: 1, has_location: false };

    /// Reads a block that begins as a TIFF file does.
    pub(super) fn read(tiff: &[u8]) -> Self {
        let Some(tiff) = Tiff::of(tiff) else { return Self::NONE };
        let Some(first) = tiff.first_table() else { return Self::NONE };
        let value = |table, tag| tiff.entries(table).find(|entry| entry.tag == tag).map(Entry::value);
        let orientation = value(first, ORIENTATION)
            .and_then(|value| tiff.short(value))
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (1..=8).contains(value))
            .unwrap_or(1);
        // Phones that may not know the place write an empty table.
        let has_location = value(first, GPS)
            .and_then(|value| tiff.long(value))
            .is_some_and(|table| value(table, GPS_LATITUDE).is_some());
        Self { orientation, has_location }
    }
}

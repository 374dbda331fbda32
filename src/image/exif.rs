//! The two facts of EXIF that matter here: which way up the picture is, and whether it tells where it was taken.
//! Offsets in EXIF come from the file, so each is checked, and a damaged block says nothing.

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
/// No camera writes so many; it bounds what a hostile file costs.
const MOST_ENTRIES: u16 = 512;

impl Exif {
    pub(super) const NONE: Self = Self { orientation: 1, has_location: false };

    /// Reads a block that begins as a TIFF file does.
    pub(super) fn read(tiff: &[u8]) -> Self {
        let reader = match tiff.get(..4) {
            Some(b"II*\0") => Reader { tiff, is_little: true },
            Some(b"MM\0*") => Reader { tiff, is_little: false },
            _ => return Self::NONE,
        };
        let Some(first) = reader.long(4) else { return Self::NONE };
        let orientation = reader
            .entry(first, ORIENTATION)
            .and_then(|value| reader.short(value))
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (1..=8).contains(value))
            .unwrap_or(1);
        // Phones that may not know the place write an empty table.
        let has_location = reader
            .entry(first, GPS)
            .and_then(|value| reader.long(value))
            .is_some_and(|table| reader.entry(table, GPS_LATITUDE).is_some());
        Self { orientation, has_location }
    }
}

struct Reader<'a> {
    tiff: &'a [u8],
    is_little: bool,
}

impl Reader<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(value).ok()
    }

    /// Where the value of an entry stands in the table at `table`.
    fn entry(&self, table: usize, tag: u16) -> Option<usize> {
        let count = self.short(table)?.min(MOST_ENTRIES);
        (0..usize::from(count))
            .filter_map(|index| table.checked_add(2 + index * 12))
            .find(|at| self.short(*at) == Some(tag))
            .map(|at| at + 8)
    }
}

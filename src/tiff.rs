//! The tables of a TIFF file, which is what EXIF in pictures is too (TIFF 6.0; EXIF 2.32). Offsets come from the file, so
//! each is checked; what a damaged file promises and does not have is not there.

/// No camera writes so many entries; it bounds what a hostile file costs.
const MOST_ENTRIES: u16 = 512;

/// A block that begins as a TIFF file does.
#[derive(Debug, Clone, Copy)]
pub struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

/// One entry of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub tag: u16,
    /// Where it stands, in bytes from the beginning of the block.
    pub at: usize,
}

impl Entry {
    /// Where its value stands, or the offset of a value of more than four bytes.
    pub fn value(self) -> usize {
        self.at + 8
    }
}

impl<'a> Tiff<'a> {
    /// None for bytes that begin otherwise.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let is_little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, is_little })
    }

    /// Where the first table stands.
    pub fn first_table(&self) -> Option<usize> {
        self.long(4)
    }

    /// Where the table after another stands.
    pub fn table_after(&self, table: usize) -> Option<usize> {
        let count = usize::from(self.short(table)?);
        self.long(table.checked_add(2 + count * 12)?).filter(|next| *next > 0)
    }

    /// The entries of a table, up to 512.
    pub fn entries(&self, table: usize) -> impl Iterator<Item = Entry> {
        let count = self.short(table).unwrap_or(0).min(MOST_ENTRIES);
        (0..usize::from(count)).filter_map(move |index| {
            let at = table.checked_add(2 + index * 12)?;
            Some(Entry { tag: self.short(at)?, at })
        })
    }

    /// Two bytes as a number.
    pub fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    /// Four bytes as a number.
    pub fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(value).ok()
    }

    /// So many bytes from a place on.
    pub fn bytes(&self, from: usize, length: usize) -> Option<&'a [u8]> {
        self.bytes.get(from..from.checked_add(length)?)
    }
}

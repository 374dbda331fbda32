//! The zip format (PKWARE, APPNOTE 6.3.10): headers for files that are packed already, with sizes beyond 4 GB where they
//! are needed, names in UTF-8, one time and one set of permissions for all.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write};
use std::path::Path;

use jiff::civil::Date;

/// Stands at the end of every pack, and by it one is known.
const COMMENT: &[u8] = b"made by netsite pack";

/// From here on a size, an offset or a count needs the longer form.
const LIMIT_32: u64 = u32::MAX as u64;
const LIMIT_16: usize = u16::MAX as usize;

/// Names are UTF-8 (bit 11 of the flags).
const FLAGS: u16 = 1 << 11;

/// The versions of the format that a reader needs.
const PLAIN: u16 = 20;
const LONG: u16 = 45;

/// As a file of Unix, version 3.0 of the format's own tool, so that permissions count.
const MADE_BY: u16 = 0x031e;

/// A file that everybody may read and its owner may write.
const PERMISSIONS: u32 = 0o100_644 << 16;

/// How a file's bytes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// A file of the archive.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) method: Method,
    pub(super) crc: u32,
    pub(super) size: u64,
    pub(super) packed_size: u64,
    /// Where its bytes begin in the spool.
    pub(super) offset: u64,
    /// SHA-256 of the file itself.
    pub(super) hash: [u8; 32],
}

/// Writes an archive from its beginning to its end.
pub(super) struct Writer<W> {
    out: W,
    at: u64,
    date: u16,
    directory: Vec<u8>,
    count: usize,
}

impl<W: Write> Writer<W> {
    /// Every file bears midnight of this day.
    pub(super) fn new(out: W, day: Date) -> Self {
        // The format counts from 1980, in seven bits.
        let years = u16::try_from(i32::from(day.year()) - 1980).unwrap_or(0).min(127);
        let [month, day] = [day.month(), day.day()].map(|part| u16::try_from(part).unwrap_or(1));
        Self { out, at: 0, date: years << 9 | month << 5 | day, directory: Vec::new(), count: 0 }
    }

    /// Writes one file; `packed` gives its bytes.
    pub(super) fn file(&mut self, entry: &Entry, packed: &mut impl Read) -> io::Result<()> {
        let begin = self.at;
        let is_long = entry.size >= LIMIT_32 || entry.packed_size >= LIMIT_32;
        let mut extra = Vec::new();
        if is_long {
            push_extra(&mut extra, &[entry.size, entry.packed_size]);
        }
        let mut header = Vec::with_capacity(64 + entry.path.len());
        put(&mut header, &0x0403_4b50_u32.to_le_bytes());
        put(&mut header, &(if is_long { LONG } else { PLAIN }).to_le_bytes());
        self.push_common(&mut header, entry, is_long, extra.len());
        put(&mut header, entry.path.as_bytes());
        put(&mut header, &extra);
        self.out.write_all(&header)?;
        let copied = io::copy(packed, &mut self.out)?;
        if copied != entry.packed_size {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        self.at += header.len() as u64 + copied;
        self.list(entry, begin);
        Ok(())
    }

    /// The line of the directory for a file that begins at this place.
    fn list(&mut self, entry: &Entry, begin: u64) {
        let is_long = entry.size >= LIMIT_32 || entry.packed_size >= LIMIT_32;
        let is_far = begin >= LIMIT_32;
        let mut long = Vec::new();
        if is_long {
            long.extend([entry.size, entry.packed_size]);
        }
        if is_far {
            long.push(begin);
        }
        let mut extra = Vec::new();
        if !long.is_empty() {
            push_extra(&mut extra, &long);
        }
        let mut line = Vec::with_capacity(64 + entry.path.len());
        put(&mut line, &0x0201_4b50_u32.to_le_bytes());
        put(&mut line, &MADE_BY.to_le_bytes());
        put(&mut line, &(if long.is_empty() { PLAIN } else { LONG }).to_le_bytes());
        self.push_common(&mut line, entry, is_long, extra.len());
        // No comment, on the first disk, no marks of its own.
        put(&mut line, &[0; 6]);
        put(&mut line, &PERMISSIONS.to_le_bytes());
        put(&mut line, &short(begin).to_le_bytes());
        put(&mut line, entry.path.as_bytes());
        put(&mut line, &extra);
        self.directory.extend(line);
        self.count += 1;
    }

    /// What a file's header and its line in the directory have in common.
    fn push_common(&self, out: &mut Vec<u8>, entry: &Entry, is_long: bool, extra: usize) {
        let method: u16 = if entry.method == Method::Stored { 0 } else { 8 };
        put(out, &FLAGS.to_le_bytes());
        put(out, &method.to_le_bytes());
        put(out, &0_u16.to_le_bytes());
        put(out, &self.date.to_le_bytes());
        put(out, &entry.crc.to_le_bytes());
        for size in [entry.packed_size, entry.size] {
            put(out, &(if is_long { u32::MAX } else { short(size) }).to_le_bytes());
        }
        put(out, &(entry.path.len() as u16).to_le_bytes());
        put(out, &(extra as u16).to_le_bytes());
    }

    /// Writes the directory, and gives the size of the archive.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        let begin = self.at;
        let length = self.directory.len() as u64;
        let mut end = Vec::new();
        if self.count >= LIMIT_16 || begin >= LIMIT_32 || length >= LIMIT_32 {
            put(&mut end, &0x0606_4b50_u32.to_le_bytes());
            put(&mut end, &44_u64.to_le_bytes());
            put(&mut end, &MADE_BY.to_le_bytes());
            put(&mut end, &LONG.to_le_bytes());
            put(&mut end, &[0; 8]);
            for number in [self.count as u64, self.count as u64, length, begin] {
                put(&mut end, &number.to_le_bytes());
            }
            put(&mut end, &0x0706_4b50_u32.to_le_bytes());
            put(&mut end, &0_u32.to_le_bytes());
            put(&mut end, &(begin + length).to_le_bytes());
            put(&mut end, &1_u32.to_le_bytes());
        }
        put(&mut end, &0x0605_4b50_u32.to_le_bytes());
        put(&mut end, &[0; 4]);
        for _ in 0..2 {
            put(&mut end, &(self.count.min(LIMIT_16) as u16).to_le_bytes());
        }
        put(&mut end, &short(length).to_le_bytes());
        put(&mut end, &short(begin).to_le_bytes());
        put(&mut end, &(COMMENT.len() as u16).to_le_bytes());
        put(&mut end, COMMENT);
        self.out.write_all(&self.directory)?;
        self.out.write_all(&end)?;
        self.out.flush()?;
        Ok(begin + length + end.len() as u64)
    }
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(bytes);
}

/// A number in four bytes, or the mark that the longer form has it.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The longer forms of numbers that four bytes do not hold.
fn push_extra(out: &mut Vec<u8>, numbers: &[u64]) {
    put(out, &1_u16.to_le_bytes());
    put(out, &((numbers.len() * 8) as u16).to_le_bytes());
    for number in numbers {
        put(out, &number.to_le_bytes());
    }
}

/// Whether a file is an archive that was made here.
pub(super) fn is_ours(path: &Path) -> bool {
    let ends_as_ours = || -> io::Result<bool> {
        let mut file = File::open(path)?;
        let mut end = vec![0; COMMENT.len()];
        file.seek(SeekFrom::End(-i64::try_from(COMMENT.len()).unwrap_or(0)))?;
        file.read_exact(&mut end)?;
        Ok(end == COMMENT)
    };
    ends_as_ours().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_four_gigabytes_takes_the_longer_form() {
        let entry = |path: &str, size| Entry {
            path: path.into(),
            method: Method::Stored,
            crc: 7,
            size,
            packed_size: size,
            offset: 0,
            hash: [0; 32],
        };
        let mut writer = Writer::new(Vec::new(), Date::constant(2026, 11, 22));
        writer.list(&entry("a", 5_000_000_000), 0);
        writer.at = 5_000_000_031;
        writer.file(&entry("b", 0), &mut io::empty()).unwrap();
        // A header, two lines of the directory with 16 and 8 bytes in the longer form, three endings.
        let header = 30 + 1;
        let lines = 46 + 1 + 20 + 46 + 1 + 12;
        let endings = 56 + 20 + 22 + "made by netsite pack".len() as u64;
        assert_eq!(writer.finish().unwrap(), 5_000_000_031 + header + lines + endings);
    }
}

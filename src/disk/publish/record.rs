//! The stat record: size, time and identity of every published file, so that an unchanged one need not be read.
//!
//! It lies in the site's cache, is never needed, and is trusted only for the manifest that it was written for. A file
//! whose time is so near to the record's that a later edit could bear the same one is not trusted either.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

const HEADER: &str = "netsite-record 1";

/// File systems count time in ticks of up to 10 ms.
const TICK: i64 = 20_000_000;
/// Some count in whole seconds, or in two.
const LONG_TICK: i64 = 2_000_000_000;

/// What tells that a file is still the one that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// Zero where the system has no such number.
    inode: u64,
}

impl Stat {
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Self { size: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds), inode }
    }
}

/// The stats of a published tree.
#[derive(Debug, Default)]
pub(super) struct Record {
    stats: BTreeMap<Box<str>, Stat>,
    taken_at: i64,
}

impl Record {
    /// The record in a file, if it is whole and of the manifest with this digest; else an empty one.
    pub(super) fn read(file: &Path, digest: &[u8; 32]) -> Self {
        fs::read_to_string(file).ok().and_then(|text| Self::parse(&text, digest)).unwrap_or_default()
    }

    fn parse(text: &str, digest: &[u8; 32]) -> Option<Self> {
        let mut lines = text.strip_suffix("\nend\n")?.split('\n');
        let (header, taken_at) = lines.next()?.rsplit_once(' ')?;
        if header != heading(digest) {
            return None;
        }
        let mut stats = BTreeMap::new();
        for line in lines {
            let mut parts = line.splitn(4, ' ');
            let stat = Stat {
                size: parts.next()?.parse().ok()?,
                modified: parts.next()?.parse().ok()?,
                inode: parts.next()?.parse().ok()?,
            };
            stats.insert(Box::from(parts.next()?), stat);
        }
        Some(Self { stats, taken_at: taken_at.parse().ok()? })
    }

    /// Whether the file at `path` is certainly the one that was recorded.
    pub(super) fn vouches_for(&self, path: &str, stat: &Stat) -> bool {
        let tick = if stat.modified % 1_000_000_000 == 0 { LONG_TICK } else { TICK };
        self.stats.get(path) == Some(stat) && stat.modified.saturating_add(tick) < self.taken_at
    }

    /// Writes a record. `taken_at` is an instant from which on the files could have been edited.
    pub(super) fn write<'a>(
        file: &Path,
        digest: &[u8; 32],
        taken_at: SystemTime,
        stats: impl Iterator<Item = (&'a str, Stat)>,
    ) -> io::Result<()> {
        let mut text = format!("{} {}\n", heading(digest), nanoseconds(taken_at));
        for (path, stat) in stats {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{} {} {} {path}", stat.size, stat.modified, stat.inode);
        }
        text.push_str("end\n");
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut unfinished = file.as_os_str().to_os_string();
        unfinished.push(".new");
        fs::write(&unfinished, text)?;
        fs::rename(&unfinished, file)
    }
}

fn heading(digest: &[u8; 32]) -> String {
    format!("{HEADER} {}", blake3::Hash::from_bytes(*digest).to_hex())
}

fn nanoseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}

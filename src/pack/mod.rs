//! Packs: a site as one archive that can be taken where there is no network. Files arrive in any order from many threads
//! and go, packed, into a spool beside the output; the archive is then put together in the order of their paths, so that
//! the same files make the same bytes, and takes its place in one step. Memory holds one line a file and no more.

mod error;
mod manifest;
mod zip;

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use flate2::write::DeflateEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::disk::AskedFile;
pub use error::PackError;
pub use manifest::{About, MANIFEST, READ_ME, SUMS};
use zip::{Entry, Method, Writer};

/// What Windows can hold of a path: 260 characters with the folder that the pack is extracted into.
pub const LONGEST_PATH: usize = 200;

/// How hard is tried to make files small: 1 takes two fifths of the time and makes pages a third larger, 6 takes an eighth
/// more and makes them a hundredth smaller.
const LEVEL: u32 = 4;

/// Files up to this size are packed by the thread that brings them; larger ones go through the spool piece by piece.
const LARGE: u64 = 8_000_000;

/// Endings of files that are packed already.
const PACKED: [&str; 16] = [
    "7z", "avif", "docx", "gif", "gz", "jpeg", "jpg", "mp3", "mp4", "odt", "png", "pptx", "webm", "webp",
    "xlsx", "zip",
];

/// An archive that is being made.
#[derive(Debug)]
pub struct Archive {
    output: PathBuf,
    unfinished: PathBuf,
    /// Open, and locked, from the beginning, so that a second pack into the same file is refused before any work.
    file: File,
    spool: Mutex<Spool>,
    day: Date,
}

/// Files as they will stand in the archive, in the order in which they came.
#[derive(Debug)]
struct Spool {
    file: File,
    end: u64,
    entries: Vec<Entry>,
}

/// A pack that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// How many files it holds.
    pub file_count: usize,
    /// Its size in bytes.
    pub byte_count: u64,
}

impl Archive {
    /// Begins an archive that will take the place of `output`. All its files bear one day.
    ///
    /// # Errors
    ///
    /// Another program packs into the same file, something that no pack is stands there, or nothing can be written.
    pub fn begin(output: &AskedFile, day: Date) -> Result<Self, PackError> {
        let output = output.path().to_path_buf();
        if output.exists() && !zip::is_ours(&output) {
            return Err(PackError::SomeoneElses { output });
        }
        let beside = |ending: &str| {
            let name = output.file_name().unwrap_or_default().to_string_lossy();
            output.with_file_name(format!(".{name}.netsite-{ending}"))
        };
        let unfinished = beside("new");
        let open = |path: &Path| {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false).open(path)
        };
        let file = open(&unfinished).map_err(PackError::io("write", &unfinished))?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(PackError::InUse { output }),
            // Some network file systems have no locks. Two packs at once are rare; to make none at all is worse.
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
        file.set_len(0).map_err(PackError::io("write", &unfinished))?;
        let spool = beside("spool");
        let spool_file = open(&spool).map_err(PackError::io("write", &spool))?;
        spool_file.set_len(0).map_err(PackError::io("write", &spool))?;
        // Without a name, nothing of it is left whatever happens. Where the system does not allow that, it is emptied above.
        let _ = fs::remove_file(&spool);
        let spool = Mutex::new(Spool { file: spool_file, end: 0, entries: Vec::new() });
        Ok(Self { output, unfinished, file, spool, day })
    }

    /// Adds a file. `path` is relative, with `/` between its parts, and given once only.
    ///
    /// # Errors
    ///
    /// It could not be written.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), PackError> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let hash = Sha256::digest(bytes).into();
        let packed = if is_packed(path) { None } else { deflated(bytes) };
        let method = if packed.is_some() { Method::Deflated } else { Method::Stored };
        let stored = packed.as_deref().unwrap_or(bytes);
        let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        spool.file.write_all(stored).map_err(PackError::io("write", &self.output))?;
        let entry = Entry {
            path: path.to_string(),
            method,
            crc: crc.sum(),
            size: bytes.len() as u64,
            packed_size: stored.len() as u64,
            offset: spool.end,
            hash,
        };
        spool.end += entry.packed_size;
        spool.entries.push(entry);
        Ok(())
    }

    /// Adds a file from the disk as it stands, if its BLAKE3 hash is still the one that the site was made with.
    ///
    /// # Errors
    ///
    /// It cannot be read, was changed meanwhile, or could not be written.
    pub fn add_file(&self, path: &str, from: &Path, hash: [u8; 32]) -> Result<(), PackError> {
        let mut file = File::open(from).map_err(PackError::io("read", from))?;
        let size = file.metadata().map_err(PackError::io("read", from))?.len();
        if size > LARGE {
            return self.add_large(path, from, file, hash);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        file.read_to_end(&mut bytes).map_err(PackError::io("read", from))?;
        if *blake3::hash(&bytes).as_bytes() != hash {
            return Err(PackError::Changed { path: from.to_path_buf() });
        }
        self.add(path, &bytes)
    }

    /// A file that would take too much memory. The spool is its own meanwhile.
    fn add_large(&self, path: &str, from: &Path, mut file: File, hash: [u8; 32]) -> Result<(), PackError> {
        let write = PackError::io("write", &self.output);
        let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        let Spool { file: spooled, end, entries } = &mut *spool;
        let is_stored = is_packed(path);
        let level = if is_stored { Compression::none() } else { Compression::new(LEVEL) };
        // What cannot be packed is stored in blocks of the same form, which costs a few bytes in a hundred thousand.
        let mut encoder = DeflateEncoder::new(BufWriter::new(&mut *spooled), level);
        let (mut crc, mut sum, mut known) = (Crc::new(), Sha256::new(), blake3::Hasher::new());
        let mut piece = vec![0; 256 * 1024];
        loop {
            let length = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(PackError::io("read", from)(error)),
            };
            crc.update(&piece[..length]);
            sum.update(&piece[..length]);
            known.update(&piece[..length]);
            if let Err(error) = encoder.write_all(&piece[..length]) {
                return Err(write(error));
            }
        }
        let size = encoder.total_in();
        let packed_size = encoder.try_finish().map(|()| encoder.total_out());
        let flushed = encoder.finish().and_then(|mut writer| writer.flush());
        let packed_size = flushed.and(packed_size).map_err(write)?;
        if *known.finalize().as_bytes() != hash {
            return Err(PackError::Changed { path: from.to_path_buf() });
        }
        let offset = *end;
        *end += packed_size;
        let (crc, hash, method) = (crc.sum(), sum.finalize().into(), Method::Deflated);
        entries.push(Entry { path: path.to_string(), method, crc, size, packed_size, offset, hash });
        Ok(())
    }

    /// The paths that are longer than Windows extracts everywhere, sorted.
    pub fn long_paths(&self) -> Vec<String> {
        let spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        let is_long = |entry: &&Entry| entry.path.chars().count() > LONGEST_PATH;
        let mut paths: Vec<String> =
            spool.entries.iter().filter(is_long).map(|entry| entry.path.clone()).collect();
        paths.sort();
        paths
    }

    /// Adds what a pack says about itself, puts the archive together and lets it take its place.
    ///
    /// # Errors
    ///
    /// It could not be written, or a file of the site bears a name of the pack's own; what stood there before still stands.
    pub fn finish(self, about: &About) -> Result<Packed, PackError> {
        let page_files = self.take_own_names()?;
        self.add(READ_ME, about.read_me().as_bytes())?;
        self.add(MANIFEST, about.json(page_files).as_bytes())?;
        let sums = {
            let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
            spool.entries.sort_by(|one, other| one.path.cmp(&other.path));
            about.sums(spool.entries.iter().map(|entry| (&entry.hash, entry.path.as_str())))
        };
        self.add(SUMS, sums.as_bytes())?;
        let write = PackError::io("write", &self.output);
        let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        spool.entries.sort_by(|one, other| one.path.cmp(&other.path));
        let packed = put_together(&mut spool, &self.file, self.day).map_err(write)?;
        fs::rename(&self.unfinished, &self.output)
            .map_err(PackError::io("put in its place", &self.output))?;
        sync_folder(&self.output);
        Ok(packed)
    }

    /// An error if the site publishes a file where one of the pack's own would stand; else how many files there are.
    fn take_own_names(&self) -> Result<usize, PackError> {
        let spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        for name in [READ_ME, MANIFEST, SUMS] {
            if let Some(entry) = spool.entries.iter().find(|entry| entry.path.eq_ignore_ascii_case(name)) {
                return Err(PackError::OwnName { path: entry.path.clone() });
            }
        }
        Ok(spool.entries.len())
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // After it took its place there is nothing to remove.
        let _ = fs::remove_file(&self.unfinished);
    }
}

fn put_together(spool: &mut Spool, file: &File, day: Date) -> io::Result<Packed> {
    let Spool { file: spooled, entries, .. } = spool;
    let mut writer = Writer::new(BufWriter::with_capacity(1 << 20, file), day);
    for entry in &*entries {
        spooled.seek(SeekFrom::Start(entry.offset))?;
        writer.file(entry, &mut Read::take(&*spooled, entry.packed_size))?;
    }
    let byte_count = writer.finish()?;
    file.sync_all()?;
    Ok(Packed { file_count: entries.len(), byte_count })
}

/// So that after a loss of power the new name is there as well as the new bytes.
fn sync_folder(output: &Path) {
    if cfg!(unix)
        && let Some(folder) = output.parent().and_then(|folder| File::open(folder).ok())
    {
        let _ = folder.sync_all();
    }
}

thread_local! {
    /// Its tables are as large as several pages; to make them anew for each file would take a quarter longer.
    static COMPRESS: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// The bytes as deflate writes them; none where that is not shorter.
fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    // More than they can ever become, so that one call is enough.
    let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / 8 + 1024);
    let status = COMPRESS.with_borrow_mut(|compress| {
        compress.reset();
        compress.compress_vec(bytes, &mut packed, FlushCompress::Finish)
    });
    (matches!(status, Ok(Status::StreamEnd)) && packed.len() < bytes.len()).then_some(packed)
}

fn is_packed(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| PACKED.contains(&ending.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests;

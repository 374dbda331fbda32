//! The files of a site as they were last seen, so that one edit costs a look at one file. What is told of edits is a
//! hint: a walk over all files, now and then, finds what nobody told of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::disk::DiskWorld;
use crate::source::{FileEntry, Listing, ReadError, SitePath, World};
use crate::verdict::WAIVERS_FILE;
use crate::{config, content, theme};

/// A site's folder that is watched.
pub(super) struct WatchedWorld {
    root: PathBuf,
    disk: DiskWorld,
    /// The instant that was asked for, in the place of the clock's.
    as_of: Option<Timestamp>,
    seen: RwLock<Seen>,
}

/// By folder, what was found there.
type Seen = BTreeMap<&'static str, Found>;

#[derive(Debug, Default, PartialEq)]
struct Found {
    files: BTreeMap<SitePath, Stamp>,
    refused: Vec<(SitePath, String)>,
}

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// Where the system has one, the file's number: editors that save by renaming put another file in its place.
    number: u64,
}

const FOLDERS: [&str; 2] = [content::FOLDER, theme::FOLDER];
/// Files beside them.
const FILES: [&str; 2] = [config::FILE_NAME, WAIVERS_FILE];

impl WatchedWorld {
    pub(super) fn new(root: &Path, as_of: Option<Timestamp>) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        let disk = DiskWorld::new(root.clone(), as_of.unwrap_or_else(Timestamp::now));
        let world = Self { root, disk, as_of, seen: RwLock::default() };
        world.walk();
        world
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn disk(&self) -> &DiskWorld {
        &self.disk
    }

    /// Walks over all files. Returns those that came, went or changed; none where the system has no descriptor to spare
    /// for looking, because then all would seem to be gone.
    pub(super) fn walk(&self) -> BTreeSet<SitePath> {
        if has_no_descriptors(&self.root) {
            return BTreeSet::new();
        }
        let mut now: Seen = FOLDERS.into_iter().map(|folder| (folder, self.found(folder))).collect();
        now.extend(FILES.into_iter().map(|file| {
            let files = self.stamp(&SitePath::new(file)).into_iter().collect();
            (file, Found { files, refused: Vec::new() })
        }));
        if has_no_descriptors(&self.root) {
            return BTreeSet::new();
        }
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = BTreeSet::new();
        for (folder, found) in &now {
            let none = Found::default();
            let before = seen.get(folder).unwrap_or(&none);
            let is_other = |path: &&SitePath| before.files.get(*path) != found.files.get(*path);
            changed.extend(before.files.keys().chain(found.files.keys()).filter(is_other).cloned());
            if before.refused != found.refused {
                let refused = before.refused.iter().chain(&found.refused);
                changed.extend(refused.map(|(path, _)| path.clone()));
            }
        }
        *seen = now;
        changed
    }

    /// Looks at the files that something was told of. Where they are not all known files, everything is walked.
    pub(super) fn look_at(&self, told: &BTreeSet<PathBuf>) -> BTreeSet<SitePath> {
        let mut known = BTreeSet::new();
        for path in told {
            let Some(path) = self.site_path(path) else { continue };
            let Some(folder) = folder_of(&path) else { continue };
            let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
            let stamp = self.stamp(&path);
            let entry = seen.get_mut(folder).and_then(|found| found.files.get_mut(&path));
            match (entry, stamp) {
                (Some(entry), Some((_, stamp))) => {
                    *entry = stamp;
                    known.insert(path);
                }
                (None, None) => {}
                _ => {
                    drop(seen);
                    known.extend(self.walk());
                }
            }
        }
        known
    }

    fn found(&self, folder: &str) -> Found {
        let Listing { files, refused } = self.disk.list(&SitePath::new(folder));
        Found { files: files.into_iter().filter_map(|entry| self.stamp(&entry.path)).collect(), refused }
    }

    fn stamp(&self, path: &SitePath) -> Option<(SitePath, Stamp)> {
        let metadata = fs::metadata(self.root.join(path.as_str())).ok()?;
        if !metadata.is_file() {
            return None;
        }
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        let stamp = Stamp { size: metadata.len(), modified: metadata.modified().ok(), number };
        Some((path.clone(), stamp))
    }

    fn site_path(&self, path: &Path) -> Option<SitePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        Some(SitePath::new(&parts?.join("/")))
    }
}

/// Whether nothing can be opened because too much is open.
fn has_no_descriptors(root: &Path) -> bool {
    #[cfg(unix)]
    return fs::read_dir(root).is_err_and(|error| {
        [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE]
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
    });
    #[cfg(not(unix))]
    {
        let _ = root;
        false
    }
}

/// The watched folder that a path lies in, or the file that it is.
fn folder_of(path: &SitePath) -> Option<&'static str> {
    if let Some(file) = FILES.into_iter().find(|file| path.as_str() == *file) {
        return Some(file);
    }
    FOLDERS.into_iter().find(|folder| path.below(folder).is_some() || path.as_str() == *folder)
}

impl World for WatchedWorld {
    fn list(&self, folder: &SitePath) -> Listing {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let Some(found) = seen.get(folder.as_str()) else { return self.disk.list(folder) };
        let files = found
            .files
            .iter()
            .map(|(path, stamp)| FileEntry { path: path.clone(), size: stamp.size })
            .collect();
        Listing { files, refused: found.refused.clone() }
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        self.disk.read(path)
    }

    fn hash(&self, path: &SitePath) -> Result<[u8; 32], ReadError> {
        self.disk.hash(path)
    }

    fn now(&self) -> Timestamp {
        self.as_of.unwrap_or_else(Timestamp::now)
    }
}

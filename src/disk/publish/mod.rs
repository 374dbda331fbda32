//! Publishing a folder whole or not at all.
//!
//! Files arrive from many threads; each is compared with what stands, and written beside the output only where it
//! differs. At the end the two trees change places. An output is replaced only if an earlier build made all of it.

mod error;
mod exchange;
mod guard;
mod lock;
mod manifest;
mod places;
mod record;
mod staging;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;

pub use error::{PublishError, Refusal};
pub use guard::Protected;

use crate::disk::publish::lock::Lock;
use crate::disk::publish::manifest::{MANIFEST_NAME, Made, Manifest, path_problem};
use crate::disk::publish::places::{MadeFolders, Places};
use crate::disk::publish::record::{Record, Stat};
use crate::disk::publish::staging::{Linked, Staging};
use crate::disk::regular::{hash_reader, open_file};

/// One publication into one folder. Files may be added from many threads. Dropped without
/// [`finish`](Publication::finish), it leaves what stands as it is.
#[derive(Debug)]
pub struct Publication {
    // The order of the fields is the order in which they are dropped: the lock's file must be gone before the folder
    // that it lies in can be.
    _lock: Lock,
    _made_folders: MadeFolders,
    places: Places,
    staging: Staging,
    standing: StandingTree,
    /// Where the stat record is kept, if anywhere.
    cache: Option<PathBuf>,
    added: Mutex<Vec<Added>>,
}

/// A file of the new tree.
#[derive(Debug)]
struct Added {
    path: Box<str>,
    made: Made,
    stat: Stat,
    /// Whether it lies in the staging tree; else the standing file is kept.
    is_staged: bool,
}

/// What a publication has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or different.
    pub written: usize,
    /// Files that stayed as they were, with their times.
    pub unchanged: usize,
    /// Files that the site has no more.
    pub removed: usize,
    /// The hash of the new manifest, as [`standing`] will give it.
    pub digest: [u8; 32],
}

/// An output that is exactly what its manifest says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The hash of the manifest, which names every file with its hash.
    pub digest: [u8; 32],
}

/// Whether the output is whole and exactly what its manifest says: no file edited, missing or added since. Only files
/// whose stats do not tell are read; without the `cache` that the last publication wrote, these are all.
pub fn standing(output: &Path, cache: Option<&Path>) -> Option<Standing> {
    let output = guard::resolve(output).ok()?;
    if output.join(exchange::JOURNAL_NAME).exists() {
        return None;
    }
    let tree = StandingTree::read(output, cache).ok()?;
    let manifest = tree.manifest.as_ref()?;
    let files: Vec<(&str, &Made)> = manifest.files.iter().map(|(path, made)| (&**path, made)).collect();
    let is_whole = files.par_iter().all(|(path, made)| tree.stands(path, &made.hash).is_some());
    is_whole.then_some(Standing { digest: manifest.digest })
}

impl Publication {
    /// Checks that the output may be replaced, repairs what a killed run left, and keeps other builds out.
    ///
    /// `cache` is a file in which the stats of what is published are kept, so that the next run need not read it.
    pub fn begin(
        output: &Path,
        protected: &Protected<'_>,
        cache: Option<&Path>,
    ) -> Result<Self, PublishError> {
        let output = guard::resolve(output)?;
        guard::check_place(&output, protected)?;
        guard::check_owner(&output)?;
        let made_folders = match output.parent() {
            Some(parent) => MadeFolders::make(parent)?,
            None => MadeFolders::default(),
        };
        let (places, lock) = Places::open(output)?;
        exchange::recover(&places)?;
        let standing = StandingTree::read(places.output.clone(), cache)?;
        Ok(Self {
            _lock: lock,
            _made_folders: made_folders,
            staging: Staging::new(places.staging.clone()),
            places,
            standing,
            cache: cache.map(Path::to_path_buf),
            added: Mutex::default(),
        })
    }

    /// Adds one file. `path` is relative, with `/` between its parts, and given once only.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        check_path(path)?;
        let made = Made { hash: *blake3::hash(bytes).as_bytes(), size: bytes.len() as u64 };
        if let Some((_, stat)) = self.standing.stands(path, &made.hash) {
            self.record(path, made, stat, false);
        } else {
            let stat = self.staging.write(path, bytes)?;
            self.record(path, made, stat, true);
        }
        Ok(())
    }

    /// Adds a copy of the file `from`, whose BLAKE3 hash is known. It is read only where it differs from what stands.
    pub fn add_copy(&self, path: &str, from: &Path, hash: [u8; 32]) -> Result<(), PublishError> {
        check_path(path)?;
        if let Some((made, stat)) = self.standing.stands(path, &hash) {
            self.record(path, made, stat, false);
        } else {
            let (stat, size) = self.staging.copy(path, from, &hash)?;
            self.record(path, Made { hash, size }, stat, true);
        }
        Ok(())
    }

    /// Puts the new tree into the old one's place. Where nothing differs, nothing is touched.
    pub fn finish(mut self) -> Result<Published, PublishError> {
        let mut added = std::mem::take(self.added.get_mut().unwrap_or_else(PoisonError::into_inner));
        added.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        if let Some(twice) = added.windows(2).find(|pair| pair[0].path == pair[1].path) {
            let path = twice[0].path.to_string();
            return Err(PublishError::Path { path, problem: "two pages or files would have this address" });
        }

        let (manifest, text) = Manifest::of(added.iter().map(|file| (&*file.path, file.made)));
        let written = added.iter().filter(|file| file.is_staged).count();
        let old_files: Vec<Box<str>> = self.standing.paths();
        let removed: Vec<&str> =
            old_files.iter().map(|path| &**path).filter(|path| !manifest.files.contains_key(*path)).collect();
        let published = Published {
            written,
            unchanged: added.len() - written,
            removed: removed.len(),
            digest: manifest.digest,
        };

        let is_same = written == 0
            && self.standing.manifest.as_ref().is_some_and(|standing| standing.digest == manifest.digest);
        if is_same {
            if self.standing.had_to_read.load(Ordering::Relaxed) {
                self.write_record(&manifest.digest, self.standing.seen_at, &added);
            }
            return Ok(published);
        }

        self.staging.write(MANIFEST_NAME, text.as_bytes())?;
        let published_at = SystemTime::now();
        if !self.publish_whole(&mut added, &old_files)? {
            let staged: Vec<&str> =
                added.iter().filter(|file| file.is_staged).map(|file| &*file.path).collect();
            exchange::file_by_file(&self.places, &removed, &staged)?;
        }
        self.write_record(&manifest.digest, published_at, &added);
        Ok(published)
    }

    /// Completes the staging tree with the files that stay, and exchanges it with the standing one. False where the
    /// folder itself cannot be replaced.
    fn publish_whole(&self, added: &mut [Added], old_files: &[Box<str>]) -> Result<bool, PublishError> {
        if self.places.is_inside() {
            return Ok(false);
        }
        let is_apart = AtomicBool::new(false);
        added.par_iter_mut().filter(|file| !file.is_staged).try_for_each(|file| {
            if !is_apart.load(Ordering::Relaxed) {
                match self.staging.link(&file.path, &self.places.output.join(&*file.path))? {
                    Linked::Same => {}
                    Linked::Copied(stat) => file.stat = stat,
                    Linked::Apart => is_apart.store(true, Ordering::Relaxed),
                }
            }
            Ok(())
        })?;
        if is_apart.into_inner() {
            return Ok(false);
        }
        let old_files: Vec<&str> = old_files.iter().map(|path| &**path).chain([MANIFEST_NAME]).collect();
        exchange::whole(&self.places, &old_files)
    }

    fn record(&self, path: &str, made: Made, stat: Stat, is_staged: bool) {
        let file = Added { path: Box::from(path), made, stat, is_staged };
        self.added.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    }

    /// A record that cannot be written costs the next run time and nothing else.
    fn write_record(&self, digest: &[u8; 32], taken_at: SystemTime, added: &[Added]) {
        if let Some(cache) = &self.cache {
            let stats = added.iter().map(|file| (&*file.path, file.stat));
            let _ = Record::write(cache, digest, taken_at, stats);
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // With a journal, what is staged is already part of what is published; the next run completes it.
        if !self.places.journal.exists() {
            let _ = self.staging.discard();
            let _ = staging::remove_tree(&self.places.staging_inside);
        }
    }
}

fn check_path(path: &str) -> Result<(), PublishError> {
    match path_problem(path) {
        Some(problem) => Err(PublishError::Path { path: path.to_string(), problem }),
        None => Ok(()),
    }
}

/// The tree that an earlier build published.
#[derive(Debug)]
struct StandingTree {
    output: PathBuf,
    manifest: Option<Manifest>,
    record: Record,
    /// When it was looked at: what is edited later is not in the next record.
    seen_at: SystemTime,
    /// Whether a file's stat did not tell what it holds.
    had_to_read: AtomicBool,
}

impl StandingTree {
    fn read(output: PathBuf, cache: Option<&Path>) -> Result<Self, PublishError> {
        let seen_at = SystemTime::now();
        let manifest = guard::check_contents(&output)?;
        let record = match (&manifest, cache) {
            (Some(manifest), Some(cache)) => Record::read(cache, &manifest.digest),
            _ => Record::default(),
        };
        Ok(Self { output, manifest, record, seen_at, had_to_read: AtomicBool::new(false) })
    }

    fn made(&self, path: &str) -> Option<Made> {
        self.manifest.as_ref()?.files.get(path).copied()
    }

    fn paths(&self) -> Vec<Box<str>> {
        self.manifest.as_ref().map(|manifest| manifest.files.keys().cloned().collect()).unwrap_or_default()
    }

    /// What stands at `path`, if it is a file with this hash.
    fn stands(&self, path: &str, hash: &[u8; 32]) -> Option<(Made, Stat)> {
        let made = self.made(path).filter(|made| made.hash == *hash)?;
        let target = self.output.join(path);
        let metadata = fs::symlink_metadata(&target).ok()?;
        if !metadata.is_file() || metadata.len() != made.size {
            return None;
        }
        let stat = Stat::of(&metadata);
        if !self.record.vouches_for(path, &stat) {
            self.had_to_read.store(true, Ordering::Relaxed);
            let standing_hash = hash_reader(open_file(&target).ok()?).ok()?;
            if standing_hash != *hash {
                return None;
            }
        }
        Some((made, stat))
    }
}

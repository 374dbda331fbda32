//! The tree that is being written. Nothing exists of it until the first file that differs from what stands.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use crate::disk::publish::error::PublishError;
use crate::disk::publish::record::Stat;
use crate::disk::regular::open_file;

const CHUNK: usize = 256 * 1024;

/// A tree of files below one folder, filled from many threads.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    /// The folders that exist already, by their paths from the root.
    folders: RwLock<HashSet<Box<str>>>,
}

/// What became of a standing file that should be part of the new tree.
pub(super) enum Linked {
    /// It is the same file.
    Same,
    /// It had to be copied: this file system has no hard links, or not so many to one file.
    Copied(Stat),
    /// The two trees lie on different file systems after all, so they cannot be exchanged either.
    Apart,
}

impl Staging {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, folders: RwLock::new(HashSet::new()) }
    }

    /// Writes a new file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Stat, PublishError> {
        let (mut file, target) = self.create(path)?;
        file.write_all(bytes)
            .and_then(|()| file.metadata())
            .map(|metadata| Stat::of(&metadata))
            .map_err(PublishError::io("write", target))
    }

    /// Copies a file from elsewhere, and checks that it still is what it was when its hash was taken. Returns its
    /// size too.
    pub(super) fn copy(&self, path: &str, from: &Path, hash: &[u8; 32]) -> Result<(Stat, u64), PublishError> {
        let mut source = open_file(from).map_err(PublishError::io("read", from))?;
        let (mut file, target) = self.create(path)?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; CHUNK];
        let mut size = 0;
        loop {
            let read = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(PublishError::io("read", from)(error)),
            };
            hasher.update(&buffer[..read]);
            file.write_all(&buffer[..read]).map_err(PublishError::io("write", &target))?;
            size += read as u64;
        }
        if hasher.finalize().as_bytes() != hash {
            return Err(PublishError::Changed { path: from.to_path_buf() });
        }
        let metadata = file.metadata().map_err(PublishError::io("write", target))?;
        Ok((Stat::of(&metadata), size))
    }

    /// Takes over a standing file with its time.
    pub(super) fn link(&self, path: &str, standing: &Path) -> Result<Linked, PublishError> {
        self.make_folder_of(path)?;
        let target = self.root.join(path);
        match fs::hard_link(standing, &target) {
            Ok(()) => Ok(Linked::Same),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Ok(Linked::Apart),
            Err(_) => {
                let copied = copy_with_time(standing, &target);
                copied.map(Linked::Copied).map_err(PublishError::io("copy", standing))
            }
        }
    }

    /// Removes what was written, if anything was.
    pub(super) fn discard(&self) -> io::Result<()> {
        remove_tree(&self.root)
    }

    fn create(&self, path: &str) -> Result<(File, PathBuf), PublishError> {
        self.make_folder_of(path)?;
        let target = self.root.join(path);
        match OpenOptions::new().write(true).create_new(true).open(&target) {
            Ok(file) => Ok((file, target)),
            Err(error) => Err(PublishError::io("write", target)(error)),
        }
    }

    fn make_folder_of(&self, path: &str) -> Result<(), PublishError> {
        let folder = path.rfind('/').map_or("", |slash| &path[..slash]);
        if self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        let target = self.root.join(folder);
        // Most folders lie in one that exists; and another thread may just have made this one.
        match fs::create_dir(&target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && target.is_dir() => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&target).map_err(PublishError::io("make the folder", &target))?;
            }
            Err(error) => return Err(PublishError::io("make the folder", target)(error)),
        }
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(Box::from(folder));
        Ok(())
    }
}

fn copy_with_time(from: &Path, to: &Path) -> io::Result<Stat> {
    let mut source = open_file(from)?;
    let mut target = OpenOptions::new().write(true).create_new(true).open(to)?;
    io::copy(&mut source, &mut target)?;
    target.set_modified(source.metadata()?.modified()?)?;
    target.metadata().map(|metadata| Stat::of(&metadata))
}

/// Removes a folder with all that is in it, a link, or a file; what does not exist is removed already.
pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

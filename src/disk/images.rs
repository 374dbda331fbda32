//! What was made of images, kept in files from one run to the next. What this run did not ask for is dropped at its
//! end, so that the folder holds what one site shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::build::ImageStore;

/// A folder of files by the name under which each is kept.
#[derive(Debug)]
pub struct ImageFolder {
    folder: PathBuf,
    used: Mutex<BTreeSet<String>>,
}

impl ImageFolder {
    /// A store in `folder`, which is made when something is first kept.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, used: Mutex::default() }
    }

    /// Removes what this run did not ask for, and what a killed run left half-written. What cannot be removed stays.
    pub fn drop_unused(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl ImageStore for ImageFolder {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_string());
        fs::read(self.folder.join(name)).ok()
    }

    /// A build is no worse for what cannot be kept, so failures are let pass.
    fn put(&self, name: &str, bytes: &[u8]) {
        let _ = fs::create_dir_all(&self.folder);
        let unfinished = self.folder.join(format!("{name}.new"));
        if fs::write(&unfinished, bytes).is_ok() {
            let _ = fs::rename(&unfinished, self.folder.join(name));
        }
    }
}

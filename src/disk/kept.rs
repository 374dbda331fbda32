//! One file of what the next run can reuse. A run is no worse for having none, so what fails is let pass.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::SystemTime;

use super::regular::open_file;

/// A file that is read and written whole.
#[derive(Debug)]
pub struct KeptFile {
    path: PathBuf,
}

impl KeptFile {
    /// The file at a path, whether it is there or not.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Its bytes; nothing where it cannot be read or has more than `most` bytes.
    pub fn read(&self, most: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Ok(file) = open_file(&self.path) else { return bytes };
        bytes.reserve(file.metadata().map_or(0, |metadata| metadata.len().min(most as u64) as usize));
        match file.take(most as u64 + 1).read_to_end(&mut bytes) {
            Ok(length) if length <= most => bytes,
            _ => Vec::new(),
        }
    }

    /// Puts other bytes in its place, in one step. Builds of one site may do so at the same time: the last one counts.
    pub fn write(&self, bytes: &[u8]) {
        let (Some(folder), Some(name)) = (self.path.parent(), self.path.file_name()) else { return };
        let _ = fs::create_dir_all(folder);
        let start = format!("{}.new-", name.to_string_lossy());
        // What a killed run left half-written.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(&start)) {
                let _ = fs::remove_file(entry.path());
            }
        }
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let own = format!("{start}{}-{}", std::process::id(), now.as_nanos());
        let unfinished = folder.join(own);
        if fs::write(&unfinished, bytes).is_err() || fs::rename(&unfinished, &self.path).is_err() {
            let _ = fs::remove_file(&unfinished);
        }
    }
}

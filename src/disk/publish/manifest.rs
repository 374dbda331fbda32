//! The manifest: which files of the output a build made, with their hashes. It lies in the output itself, holds no
//! times, and is the licence to replace the folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::disk::publish::error::PublishError;

/// The manifest's name in the output.
pub(super) const MANIFEST_NAME: &str = ".netsite-manifest";
/// What names of our own begin with; no page may have such an address.
pub(super) const OWN_PREFIX: &str = ".netsite-";

const HEADER: &str = "netsite-manifest 1";

/// A file that a build made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) hash: [u8; 32],
    pub(super) size: u64,
}

/// All files that a build made.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<Box<str>, Made>,
    /// The hash of the manifest's own text.
    pub(super) digest: [u8; 32],
}

/// What a folder says about itself.
pub(super) enum Reading {
    Absent,
    Damaged,
    Read(Manifest),
}

impl Manifest {
    /// The manifest of these files, sorted by path, and its text.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Made)>) -> (Self, String) {
        let files: BTreeMap<Box<str>, Made> = files.map(|(path, made)| (Box::from(path), made)).collect();
        let mut text = String::with_capacity(HEADER.len() + 1 + files.len() * 110);
        text.push_str(HEADER);
        text.push('\n');
        for (path, made) in &files {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{} {} {path}", blake3::Hash::from_bytes(made.hash).to_hex(), made.size);
        }
        let digest = *blake3::hash(text.as_bytes()).as_bytes();
        (Self { files, digest }, text)
    }

    /// The manifest in a folder.
    pub(super) fn read(folder: &Path) -> Result<Reading, PublishError> {
        let path = folder.join(MANIFEST_NAME);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(Reading::Damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reading::Absent),
            Err(error) => return Err(PublishError::io("read", path)(error)),
        }
        let bytes = fs::read(&path).map_err(PublishError::io("read", path))?;
        Ok(Self::parse(&bytes).map_or(Reading::Damaged, Reading::Read))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let (hash, rest) = line.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            let made =
                Made { hash: *blake3::Hash::from_hex(hash).ok()?.as_bytes(), size: size.parse().ok()? };
            if path_problem(path).is_some() || files.insert(Box::from(path), made).is_some() {
                return None;
            }
        }
        Some(Self { files, digest: *blake3::hash(bytes).as_bytes() })
    }
}

/// Why no file of the output may have this path.
pub(super) fn path_problem(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("its path is empty");
    }
    if path.chars().any(char::is_control) {
        return Some("its path holds a control character");
    }
    if path.contains('\\') {
        return Some("its path holds a backslash, which is a folder's mark on Windows");
    }
    if path.starts_with('/') {
        return Some("its path begins at the root of the file system");
    }
    // `C:` names a drive on Windows, and `name:stream` a hidden part of a file.
    if cfg!(windows) && path.contains(':') {
        return Some("its path holds a colon, which Windows does not allow");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some("its path holds an empty part, `.` or `..`");
    }
    if path.starts_with(OWN_PREFIX) {
        return Some("names that begin with `.netsite-` are kept for netsite itself");
    }
    None
}

//! One file that a person names on the command line: read with a limit, and written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::regular::open_file;

/// Whether a file that is there already may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// Nothing is overwritten.
    Never,
    /// The new file takes the old one's place.
    Allowed,
}

/// A file by its path, with links resolved; it need not be there, but its folder must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFile {
    path: PathBuf,
}

impl AskedFile {
    /// The file at a path.
    ///
    /// # Errors
    ///
    /// Its folder is not there, or the path is that of a folder or of a link that leads to nothing.
    pub fn at(path: &Path) -> io::Result<Self> {
        let wrong = |words: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        match fs::canonicalize(path) {
            Ok(path) if path.is_dir() => wrong("it is a folder"),
            Ok(path) => Ok(Self { path }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if fs::symlink_metadata(path).is_ok() {
                    return wrong("it is a link that leads to nothing");
                }
                let Some(name) = path.file_name() else { return wrong("it names no file") };
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                match fs::canonicalize(folder.unwrap_or(Path::new("."))) {
                    Ok(folder) if folder.is_dir() => Ok(Self { path: folder.join(name) }),
                    Ok(_) => wrong("what stands above it is no folder"),
                    Err(_) => wrong("its folder is not there"),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// The path with links resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is such a file.
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Whether it lies below a folder, by whatever name the folder is given.
    pub fn is_inside(&self, folder: &Path) -> bool {
        let resolved = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
        resolved.is_ok_and(|folder| self.path.starts_with(folder))
    }

    /// Its bytes.
    ///
    /// # Errors
    ///
    /// It is not there, cannot be read, is no file, or has more than `most` bytes.
    pub fn read(&self, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        open_file(&self.path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > most {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large"));
        }
        Ok(bytes)
    }

    /// Writes it in one step: nobody ever sees a part of it.
    ///
    /// # Errors
    ///
    /// It is there already and may not be replaced (`AlreadyExists`), or it cannot be written.
    pub fn write(&self, bytes: &[u8], replacing: Replacing) -> io::Result<()> {
        let mut name = std::ffi::OsString::from(".");
        name.push(self.path.file_name().unwrap_or_default());
        name.push(format!(".netsite-new-{}", std::process::id()));
        let unfinished = self.path.with_file_name(name);
        let whole = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        let placed = whole.and_then(|()| match replacing {
            Replacing::Allowed => fs::rename(&unfinished, &self.path),
            Replacing::Never => match fs::hard_link(&unfinished, &self.path) {
                // Some disks know no second name for a file.
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !self.is_there() => {
                    fs::rename(&unfinished, &self.path)
                }
                placed => placed,
            },
        });
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&unfinished);
        placed
    }
}

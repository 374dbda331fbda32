//! The lock that keeps two builds from publishing into one folder at once. The kernel releases it when a build is
//! killed, so none is ever left behind closed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock that is held; released, and its file removed, when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

/// Takes the lock at `path`; none if another build holds it.
pub(super) fn take(path: &Path) -> io::Result<Option<Lock>> {
    loop {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some network file systems have no locks. Two builds at once are rare; not to build at all is worse.
            Err(TryLockError::Error(error)) if has_no_locks(&error) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // The build that held the lock before may have removed its file between our opening and locking it: then
        // what we hold is a file that nobody else can find.
        if is_same_file(&file, path)? {
            return Ok(Some(Lock { path: path.to_path_buf(), file }));
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked, so that whoever opens it meanwhile finds out above. Without identities of
        // files (see `is_same_file`) the file has to stay.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

fn has_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as where the question can be asked")]
fn is_same_file(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}

//! Where a publication keeps what it needs besides the output, and who made the folders above it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::publish::error::PublishError;
use crate::disk::publish::lock::{self, Lock};

/// The paths of one publication.
#[derive(Debug)]
pub(super) struct Places {
    /// The folder that is published, with links resolved.
    pub(super) output: PathBuf,
    /// The new tree: beside the output, so that both can be exchanged; or inside where they cannot.
    pub(super) staging: PathBuf,
    /// The new tree inside the output.
    pub(super) staging_inside: PathBuf,
    /// Where the old tree waits while the new one takes its place in two steps.
    pub(super) retired: PathBuf,
    /// What is left to do while files change places one by one.
    pub(super) journal: PathBuf,
    /// The journal before it is whole.
    pub(super) journal_draft: PathBuf,
}

impl Places {
    /// Chooses the places and takes the lock.
    pub(super) fn open(output: PathBuf) -> Result<(Self, Lock), PublishError> {
        let beside = |ending: &str| {
            let mut name = OsString::from(".");
            name.push(output.file_name().unwrap_or_default());
            name.push(".netsite-");
            name.push(ending);
            output.with_file_name(name)
        };
        let inside = |ending: &str| output.join(format!(".netsite-{ending}"));
        let exists = output.is_dir();

        let mut is_apart = exists && is_on_another_disk(&output);
        let mut taken = Ok(None);
        let mut lock_path = beside("lock");
        if !is_apart {
            taken = lock::take(&lock_path);
            // The folder may be ours to write although the one above is not.
            is_apart = exists && taken.as_ref().is_err_and(|error| is_forbidden(error.kind()));
        }
        if is_apart {
            lock_path = inside("lock");
            taken = lock::take(&lock_path);
        }
        let lock = match taken {
            Ok(Some(lock)) => lock,
            Ok(None) => return Err(PublishError::InUse { output }),
            Err(error) if is_forbidden(error.kind()) => {
                let folder = if exists { &output } else { output.parent().unwrap_or(&output) };
                return Err(PublishError::io("write into", folder)(error));
            }
            Err(error) => return Err(PublishError::io("write", lock_path)(error)),
        };
        let places = Self {
            staging: if is_apart { inside("new") } else { beside("new") },
            staging_inside: inside("new"),
            retired: beside("old"),
            journal: inside("journal"),
            journal_draft: inside("journal-draft"),
            output,
        };
        Ok((places, lock))
    }

    /// Whether the new tree is written inside the output.
    pub(super) fn is_inside(&self) -> bool {
        self.staging == self.staging_inside
    }
}

fn is_forbidden(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Whether a folder is the top of another disk than the folder above it. What this does not tell (a part of the same
/// disk, mounted a second time) shows when the trees are to be exchanged.
fn is_on_another_disk(output: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let disk = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
        output.parent().is_some_and(|parent| disk(parent) != disk(output))
    }
    #[cfg(not(unix))]
    {
        let _ = output;
        false
    }
}

/// Folders that were made on the way to the output. Those that stay empty are removed again when dropped.
#[derive(Debug, Default)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes the folder and those above it.
    pub(super) fn make(folder: &Path) -> Result<Self, PublishError> {
        // From the deepest upward, which is the order to remove them in.
        let missing: Vec<PathBuf> =
            folder.ancestors().take_while(|ancestor| !ancestor.exists()).map(Path::to_path_buf).collect();
        let made = Self(missing);
        fs::create_dir_all(folder).map_err(PublishError::io("make the folder", folder))?;
        Ok(made)
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Refused by the system for a folder that holds something, which is what is wanted.
            let _ = fs::remove_dir(folder);
        }
    }
}

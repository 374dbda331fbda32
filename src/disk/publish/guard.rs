//! Which folders may be replaced: none that holds anything but what an earlier build made.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::disk::publish::error::{PublishError, Refusal};
use crate::disk::publish::manifest::{MANIFEST_NAME, Manifest, OWN_PREFIX, Reading};
use crate::disk::world::is_litter;

/// How many strangers are named.
const NAMED: usize = 5;

/// The folders that an output must keep clear of.
#[derive(Debug, Clone, Copy)]
pub struct Protected<'a> {
    /// The site's root: the output may lie inside, but may not be or hold it.
    pub root: &'a Path,
    /// The folders that the site is made from (content, themes): the output may not lie inside one either. They need
    /// not exist.
    pub sources: &'a [&'a Path],
}

/// The path with links resolved, whether or not its last parts exist.
pub(super) fn resolve(output: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(output).map_err(PublishError::io("find", output))?;
    resolve_absolute(&absolute)
}

fn resolve_absolute(path: &Path) -> Result<PathBuf, PublishError> {
    let refuse = |refusal| Err(PublishError::Unsafe { output: path.to_path_buf(), refusal });
    match fs::canonicalize(path) {
        Ok(resolved) => Ok(resolved),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if fs::symlink_metadata(path).is_ok() {
                return refuse(Refusal::DanglingLink);
            }
            match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) => Ok(resolve_absolute(parent)?.join(name)),
                // The path ends in `..`.
                (Some(parent), None) => {
                    let parent = resolve_absolute(parent)?;
                    Ok(parent.parent().unwrap_or(&parent).to_path_buf())
                }
                (None, _) => Ok(path.to_path_buf()),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => refuse(Refusal::NotAFolder),
        Err(error) => Err(PublishError::io("find", path)(error)),
    }
}

/// Checks where the output lies; `output` is resolved.
pub(super) fn check_place(output: &Path, protected: &Protected<'_>) -> Result<(), PublishError> {
    let refuse = |refusal| Err(PublishError::Unsafe { output: output.to_path_buf(), refusal });
    if output.parent().is_none() {
        return refuse(Refusal::FileSystemRoot);
    }
    if let Some(home) = env::home_dir().filter(|home| home.parent().is_some())
        && is_inside(&resolve(&home)?, output)
    {
        return refuse(Refusal::Home);
    }
    let root = resolve(protected.root)?;
    if is_inside(&root, output) {
        return refuse(Refusal::Site);
    }
    let own = [root.join(".git"), root.join(".netsite")];
    for source in protected.sources.iter().copied().chain(own.iter().map(PathBuf::as_path)) {
        let resolved = resolve(source)?;
        if is_inside(&resolved, output) {
            return refuse(Refusal::HoldsSource(source.to_path_buf()));
        }
        if is_inside(output, &resolved) {
            return refuse(Refusal::InsideSource(source.to_path_buf()));
        }
    }
    match fs::metadata(output) {
        Ok(metadata) if !metadata.is_dir() => refuse(Refusal::NotAFolder),
        _ => Ok(()),
    }
}

/// Whether `path` is `folder` or lies below it. Where the system tells, folders are compared by identity, because one
/// can bear several names (letter case, bind mounts).
fn is_inside(path: &Path, folder: &Path) -> bool {
    let wanted = identity(folder);
    path.ancestors().any(|ancestor| ancestor == folder || (wanted.is_some() && identity(ancestor) == wanted))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}

/// A quick look, before anything is touched: a folder that holds something and bears no mark of ours is refused.
pub(super) fn check_owner(output: &Path) -> Result<(), PublishError> {
    let entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(PublishError::io("look into", output)(error)),
    };
    let mut example: Option<String> = None;
    for entry in entries {
        let entry = entry.map_err(PublishError::io("look into", output))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(OWN_PREFIX) {
            return Ok(());
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_ignored(&name, is_folder, true) && example.as_ref().is_none_or(|least| name < *least) {
            example = Some(name);
        }
    }
    match example {
        Some(example) => Err(PublishError::Unsafe {
            output: output.to_path_buf(),
            refusal: Refusal::SomeoneElses { example },
        }),
        None => Ok(()),
    }
}

/// Reads the manifest and checks that the folder holds nothing that it does not name. None where the folder is absent
/// or empty.
pub(super) fn check_contents(output: &Path) -> Result<Option<Manifest>, PublishError> {
    let refuse = |refusal| Err(PublishError::Unsafe { output: output.to_path_buf(), refusal });
    if !output.exists() {
        return Ok(None);
    }
    let manifest = match Manifest::read(output)? {
        Reading::Read(manifest) => Some(manifest),
        Reading::Absent => None,
        Reading::Damaged => return refuse(Refusal::DamagedManifest { name: MANIFEST_NAME }),
    };
    let mut strangers = strangers(output, "", manifest.as_ref())?;
    if strangers.is_empty() {
        return Ok(manifest);
    }
    strangers.sort();
    let count = strangers.len();
    if manifest.is_none() {
        return refuse(Refusal::SomeoneElses { example: strangers.swap_remove(0) });
    }
    strangers.truncate(NAMED);
    refuse(Refusal::Strangers { examples: strangers, count })
}

/// The files below a folder of the output that the manifest does not name; without a manifest, folders count too.
/// `inside` is the folder's path from the output, with a `/` at its end unless it is the output itself.
fn strangers(folder: &Path, inside: &str, manifest: Option<&Manifest>) -> Result<Vec<String>, PublishError> {
    let is_top = inside.is_empty();
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).map_err(PublishError::io("look into", folder))? {
        let entry = entry.map_err(PublishError::io("look into", folder))?;
        let is_folder = entry.file_type().map_err(PublishError::io("look into", entry.path()))?.is_dir();
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        if is_ignored(&shown, is_folder, is_top) || (is_top && shown.starts_with(OWN_PREFIX)) {
            continue;
        }
        let path = format!("{inside}{shown}");
        match manifest {
            Some(_) if is_folder => folders.push((entry.path(), path + "/")),
            // A name that is not Unicode is not in the manifest, whatever it looks like.
            Some(manifest) if name.to_str().is_some() && manifest.files.contains_key(&*path) => {}
            _ => found.push(path),
        }
    }
    let deeper: Result<Vec<Vec<String>>, PublishError> =
        folders.par_iter().map(|(folder, inside)| strangers(folder, inside, manifest)).collect();
    found.extend(deeper?.into_iter().flatten());
    Ok(found)
}

/// What systems put into folders by themselves; `lost+found` stands at the top of every ext4 volume.
fn is_ignored(name: &str, is_folder: bool, is_top: bool) -> bool {
    if is_folder { is_top && name == "lost+found" } else { is_litter(name) }
}

//! The step at which the new tree takes the old one's place, and the way back to a whole tree after a kill in it.
//!
//! Three ways, each for where the one before it does not work. The system exchanges two folders in one step. Or the
//! old folder is renamed away and the new one into its place: a kill in between leaves no output but the retired
//! tree, which the next run renames back. Or, where a folder cannot be renamed (a mount point, a layer of a container),
//! files are renamed one by one: a journal says which, and the next run completes it.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::disk::publish::error::{PublishError, Refusal};
use crate::disk::publish::manifest::{MANIFEST_NAME, path_problem};
use crate::disk::publish::places::Places;
use crate::disk::publish::staging::remove_tree;

pub(super) const JOURNAL_NAME: &str = ".netsite-journal";
const JOURNAL_HEADER: &str = "netsite-journal 1";

/// Brings the output back to one whole tree after a run that was killed, and removes what it left.
pub(super) fn recover(places: &Places) -> Result<(), PublishError> {
    if places.journal.exists() {
        let journal = fs::read(&places.journal).map_err(PublishError::io("read", &places.journal))?;
        let Some(journal) = Journal::parse(&journal) else {
            return Err(PublishError::Unsafe {
                output: places.output.clone(),
                refusal: Refusal::DamagedManifest { name: JOURNAL_NAME },
            });
        };
        journal.complete(places)?;
    }
    if places.retired.exists() && !places.output.exists() {
        fs::rename(&places.retired, &places.output).map_err(PublishError::io("restore", &places.output))?;
    }
    for leftover in [&places.staging, &places.staging_inside, &places.journal_draft, &places.retired] {
        remove_tree(leftover)
            .map_err(PublishError::io("remove what an interrupted build left in", leftover))?;
    }
    Ok(())
}

/// Puts the whole tree at `places.staging` into the output's place. `old_files` are the files of the tree that stood
/// there. False, with nothing changed, where folders cannot be renamed.
pub(super) fn whole(places: &Places, old_files: &[&str]) -> Result<bool, PublishError> {
    if !places.output.exists() {
        return fs::rename(&places.staging, &places.output)
            .map(|()| true)
            .map_err(PublishError::io("publish into", &places.output));
    }
    let old_tree = match in_one_step(&places.staging, &places.output) {
        Ok(true) => &places.staging,
        Ok(false) if in_two_steps(places)? => &places.retired,
        Ok(false) => return Ok(false),
        Err(error) if is_immovable(error.kind()) => return Ok(false),
        Err(error) => return Err(PublishError::io("publish into", &places.output)(error)),
    };
    remove_old_tree(old_tree, old_files);
    Ok(true)
}

/// False where the system cannot do this at all.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(new: &Path, old: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(error) if [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(&error) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as where the system can do it")]
fn in_one_step(_new: &Path, _old: &Path) -> io::Result<bool> {
    Ok(false)
}

pub(super) fn in_two_steps(places: &Places) -> Result<bool, PublishError> {
    match fs::rename(&places.output, &places.retired) {
        Ok(()) => {}
        Err(error) if is_immovable(error.kind()) => return Ok(false),
        Err(error) => return Err(PublishError::io("replace", &places.output)(error)),
    }
    match fs::rename(&places.staging, &places.output) {
        Ok(()) => Ok(true),
        Err(error) => {
            // If this fails too, the next run does it.
            let _ = fs::rename(&places.retired, &places.output);
            Err(PublishError::io("publish into", &places.output)(error))
        }
    }
}

/// A mount point is busy, and a folder of a container's lower layer counts as lying on another device.
fn is_immovable(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

/// The new tree is published; an old one that cannot be removed now is removed by the next run.
fn remove_old_tree(tree: &Path, files: &[&str]) {
    // Most pages are alone in their folder, so most folders can go at once, on every thread.
    files.par_iter().for_each(|file| {
        let file = tree.join(file);
        let _ = fs::remove_file(&file);
        let _ = file.parent().map(fs::remove_dir);
    });
    let _ = remove_tree(tree);
}

/// Publishes only the files that differ, each by itself. `removed` are the files that the new tree has no more,
/// `changed` those at `places.staging` that are new or different; the manifest there is the last one to arrive.
pub(super) fn file_by_file(places: &Places, removed: &[&str], changed: &[&str]) -> Result<(), PublishError> {
    let journal = Journal {
        removed: removed.iter().copied().map(Box::from).collect(),
        changed: changed.iter().copied().chain([MANIFEST_NAME]).map(Box::from).collect(),
    };
    if !places.is_inside() {
        for path in &journal.changed {
            let target = places.staging_inside.join(&**path);
            make_parent(&target)?;
            let from = places.staging.join(&**path);
            match fs::rename(&from, &target) {
                Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                    fs::copy(&from, &target).map_err(PublishError::io("write", target))?;
                }
                moved => moved.map_err(PublishError::io("write", target))?,
            }
        }
    }
    // Whole or absent: from here on the next run completes what a kill interrupts.
    fs::write(&places.journal_draft, journal.to_text())
        .map_err(PublishError::io("write", &places.journal_draft))?;
    fs::rename(&places.journal_draft, &places.journal).map_err(PublishError::io("write", &places.journal))?;
    journal.complete(places)
}

/// What is left to do while files change places one by one. Each step may be done twice.
#[derive(Debug, PartialEq, Eq)]
struct Journal {
    removed: Vec<Box<str>>,
    changed: Vec<Box<str>>,
}

impl Journal {
    fn to_text(&self) -> String {
        let mut text = format!("{JOURNAL_HEADER}\n");
        for (verb, paths) in [("remove ", &self.removed), ("take ", &self.changed)] {
            for path in paths {
                text.push_str(verb);
                text.push_str(path);
                text.push('\n');
            }
        }
        text.push_str("end\n");
        text
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let lines = text.strip_prefix(JOURNAL_HEADER)?.strip_prefix('\n')?.strip_suffix("end\n")?;
        let mut journal = Self { removed: Vec::new(), changed: Vec::new() };
        for line in lines.lines() {
            let (verb, path) = line.split_once(' ')?;
            if path != MANIFEST_NAME && path_problem(path).is_some() {
                return None;
            }
            match verb {
                "remove" => journal.removed.push(Box::from(path)),
                "take" => journal.changed.push(Box::from(path)),
                _ => return None,
            }
        }
        Some(journal)
    }

    fn complete(&self, places: &Places) -> Result<(), PublishError> {
        // Removals first: a file may have become a folder, or the other way round.
        for path in &self.removed {
            let target = places.output.join(&**path);
            match fs::symlink_metadata(&target) {
                // Done before, and a folder has taken its place.
                Ok(metadata) if metadata.is_dir() => continue,
                Ok(_) => fs::remove_file(&target).map_err(PublishError::io("remove", &target))?,
                // Removed before, or a part of its path is a file by now.
                Err(_) => {}
            }
            let folders = target.ancestors().skip(1).take_while(|folder| *folder != places.output);
            for folder in folders {
                if fs::remove_dir(folder).is_err() && folder.exists() {
                    break;
                }
            }
        }
        for path in &self.changed {
            let from = places.staging_inside.join(&**path);
            if !from.exists() {
                continue;
            }
            let target = places.output.join(&**path);
            make_parent(&target)?;
            if target.is_dir() {
                remove_tree(&target).map_err(PublishError::io("remove", &target))?;
            }
            fs::rename(&from, &target).map_err(PublishError::io("write", target))?;
        }
        fs::remove_file(&places.journal).map_err(PublishError::io("remove", &places.journal))?;
        // What fails here, the next run does.
        let _ = remove_tree(&places.staging_inside);
        Ok(())
    }
}

fn make_parent(path: &Path) -> Result<(), PublishError> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(PublishError::io("make the folder", folder)),
        None => Ok(()),
    }
}

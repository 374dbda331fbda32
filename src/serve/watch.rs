//! Word of edits: from the system where it gives any, else by looking at all files now and then. Both are hints only;
//! what changed is found by looking.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Event;
use crate::{config, content, theme};

/// How often all files are looked at, where the system tells of edits.
const SELDOM: Duration = Duration::from_secs(2);
/// How often, where it does not: on network drives, in folders of Windows seen from Linux.
const OFTEN: Duration = Duration::from_millis(300);

/// Watches a site's folder for as long as it lives.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched, each with what tells it from another of its name.
    watched: Vec<(PathBuf, Option<u64>)>,
}

impl Watch {
    /// Begins to watch. Without the system's word (`polls`, or where it gives none) all files are looked at often. The
    /// text says why, where that was not asked for.
    pub(super) fn begin(root: &Path, polls: bool, events: Sender<Event>) -> (Self, Option<String>) {
        let mut watch = Self { root: root.to_path_buf(), watcher: None, watched: Vec::new() };
        let mut complaint = None;
        if !polls {
            let sender = events.clone();
            match notify::recommended_watcher(move |event| tell(event, &sender)) {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => complaint = Some(error.to_string()),
            }
            if let Err(error) = watch.renew() {
                watch.watcher = None;
                complaint = Some(error.to_string());
            }
        }
        let pause = if watch.watcher.is_some() { SELDOM } else { OFTEN };
        thread::spawn(move || {
            // Ends with the preview, when nobody takes the events any more.
            while events.send(Event::Walk).is_ok() {
                thread::sleep(pause);
            }
        });
        (watch, complaint)
    }

    /// Watches the folders that are there now: one that was deleted and came back is another.
    pub(super) fn renew(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        let folders = [
            (self.root.clone(), RecursiveMode::NonRecursive),
            (self.root.join(content::FOLDER), RecursiveMode::Recursive),
            (self.root.join(theme::FOLDER), RecursiveMode::Recursive),
        ];
        for (folder, mode) in folders {
            let identity = identity(&folder);
            let known = self.watched.iter().position(|(watched, _)| *watched == folder);
            if let Some(known) = known {
                if self.watched[known].1 == identity {
                    continue;
                }
                let _ = watcher.unwatch(&folder);
                self.watched.remove(known);
            }
            if folder.is_dir() {
                watcher.watch(&folder, mode)?;
                self.watched.push((folder, identity));
            }
        }
        Ok(())
    }
}

/// What tells a folder from another that took its place.
fn identity(folder: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(folder).ok()?;
    #[cfg(unix)]
    return Some(std::os::unix::fs::MetadataExt::ino(&metadata));
    #[cfg(not(unix))]
    metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

fn tell(event: notify::Result<notify::Event>, events: &Sender<Event>) {
    let event = match event {
        Ok(event) if event.need_rescan() => Event::Walk,
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
        Ok(event) => {
            let paths: BTreeSet<PathBuf> = event.paths.into_iter().filter(|path| may_matter(path)).collect();
            if paths.is_empty() {
                return;
            }
            Event::Files(paths)
        }
        // Word was lost.
        Err(_) => Event::Walk,
    };
    let _ = events.send(event);
}

/// Hidden files, the editor's among them, are no part of a site.
fn may_matter(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    !name.starts_with('.') && !name.ends_with('~') || name == config::FILE_NAME
}

//! The world on a disk: the files below a site's root.
//!
//! Pages come from many hands, so a link may point only to what lies inside the root, only files are read (no pipe,
//! no device), and whatever is left out for another reason than being hidden is reported with that reason.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use crate::disk::regular::{hash_reader, open_file};
use crate::source::{FileEntry, Listing, ReadError, Readable, SitePath, World};

/// The file whose folder is a site's root.
const CONFIG_NAME: &str = "netsite.yaml";

/// Folders deeper than this are refused: nobody nests so by intent, and a path has a limited length.
const DEEPEST: usize = 64;

/// The files below one folder, at one instant.
#[derive(Debug, Clone)]
pub struct DiskWorld {
    root: PathBuf,
    now: Timestamp,
}

impl DiskWorld {
    /// The world below `root`, as it is at the instant `now`.
    pub fn new(root: PathBuf, now: Timestamp) -> Self {
        // A root that does not resolve does not exist: it lists nothing, and every read says so.
        Self { root: fs::canonicalize(&root).unwrap_or(root), now }
    }

    /// The nearest folder, from `start` upward, that holds a `netsite.yaml`.
    pub fn find_root(start: &Path) -> Option<PathBuf> {
        let start = fs::canonicalize(start).ok()?;
        start.ancestors().find(|folder| folder.join(CONFIG_NAME).is_file()).map(Path::to_path_buf)
    }

    /// Where a file of this world really lies, with links resolved: always inside the root.
    pub fn locate(&self, path: &SitePath) -> Result<PathBuf, ReadError> {
        self.resolve(path).map_err(|source| ReadError { path: path.clone(), source })
    }

    /// A file of this world, opened for reading.
    ///
    /// # Errors
    ///
    /// It cannot be opened, is no file, or lies outside the root.
    pub fn open_file(&self, path: &SitePath) -> Result<fs::File, ReadError> {
        self.open(path)
    }

    fn resolve(&self, path: &SitePath) -> io::Result<PathBuf> {
        let relative = Path::new(path.as_str());
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let resolved = fs::canonicalize(self.root.join(relative))?;
        if resolved.starts_with(&self.root) { Ok(resolved) } else { Err(outside()) }
    }

    fn open(&self, path: &SitePath) -> Result<fs::File, ReadError> {
        self.resolve(path)
            .and_then(|resolved| open_file(&resolved))
            .map_err(|source| ReadError { path: path.clone(), source })
    }

    /// Why a link must not be followed, if so.
    fn link_problem(&self, entry: &DirEntry) -> Option<&'static str> {
        let Ok(target) = fs::canonicalize(entry.path()) else {
            return Some("this link cannot be followed");
        };
        match target.strip_prefix(&self.root) {
            Err(_) => Some("this link leads out of the site's folder; put the file itself here"),
            // Otherwise a link could publish what is hidden on purpose, such as `.git/config`.
            Ok(inside) if inside.iter().any(|part| part.to_str().is_some_and(is_hidden)) => {
                Some("this link leads to a hidden file or folder")
            }
            Ok(_) => None,
        }
    }

    fn site_path(&self, path: &Path) -> SitePath {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        SitePath::new(&parts.join("/"))
    }
}

impl World for DiskWorld {
    fn list(&self, folder: &SitePath) -> Listing {
        let mut listing = Listing::default();
        match self.resolve(folder) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return listing,
            Err(error) => {
                listing.refused.push((folder.clone(), error.to_string()));
                return listing;
            }
        }

        let start = self.root.join(folder.as_str());
        let mut walk = WalkDir::new(&start).follow_links(true).max_depth(DEEPEST).into_iter();
        // The depth of the linked folder that the walk is in.
        let mut linked_at: Option<usize> = None;
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&start);
                    if !path.file_name().and_then(|name| name.to_str()).is_some_and(is_hidden) {
                        listing.refused.push((self.site_path(path), walk_problem(&error)));
                    }
                    continue;
                }
            };
            if entry.depth() == 0 {
                continue;
            }
            if linked_at.is_some_and(|depth| entry.depth() <= depth) {
                linked_at = None;
            }
            let kind = entry.file_type();
            let verdict = self.verdict(&entry, linked_at.is_some());
            if kind.is_dir() {
                if matches!(verdict, Verdict::Taken) {
                    if entry.path_is_symlink() {
                        linked_at = Some(entry.depth());
                    }
                } else {
                    walk.skip_current_dir();
                }
            }
            match verdict {
                Verdict::Hidden => {}
                Verdict::Refused(reason) => {
                    listing.refused.push((self.site_path(entry.path()), reason.to_string()));
                }
                Verdict::Taken if kind.is_dir() => {}
                Verdict::Taken => match entry.metadata() {
                    Ok(metadata) => listing
                        .files
                        .push(FileEntry { path: self.site_path(entry.path()), size: metadata.len() }),
                    Err(error) => {
                        listing.refused.push((self.site_path(entry.path()), walk_problem(&error)));
                    }
                },
            }
        }
        listing.files.sort_by(|one, other| one.path.cmp(&other.path));
        listing.refused.sort();
        listing
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        let mut file = self.open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|source| ReadError { path: path.clone(), source })?;
        Ok(bytes)
    }

    fn reader(&self, path: &SitePath) -> Result<Box<dyn Readable>, ReadError> {
        Ok(Box::new(io::BufReader::with_capacity(64 * 1024, self.open(path)?)))
    }

    fn hash(&self, path: &SitePath) -> Result<[u8; 32], ReadError> {
        hash_reader(self.open(path)?).map_err(|source| ReadError { path: path.clone(), source })
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

/// What becomes of something that the walk meets.
enum Verdict {
    Taken,
    Hidden,
    Refused(&'static str),
}

impl DiskWorld {
    fn verdict(&self, entry: &DirEntry, in_linked_folder: bool) -> Verdict {
        let Some(name) = entry.file_name().to_str() else {
            return Verdict::Refused("its name is not Unicode; rename it");
        };
        if is_hidden(name) {
            return Verdict::Hidden;
        }
        if name.chars().any(char::is_control) {
            return Verdict::Refused("its name holds a control character such as a line break; rename it");
        }
        let kind = entry.file_type();
        if entry.path_is_symlink() {
            if let Some(problem) = self.link_problem(entry) {
                return Verdict::Refused(problem);
            }
            // A few folders that link to each other twice would list more files than any disk holds.
            if kind.is_dir() && in_linked_folder {
                return Verdict::Refused(
                    "a link to a folder, inside a folder that is itself linked, is not followed",
                );
            }
        }
        if kind.is_dir() && entry.depth() == DEEPEST {
            return Verdict::Refused("folders are nested too deeply here");
        }
        if kind.is_dir() || kind.is_file() {
            Verdict::Taken
        } else {
            Verdict::Refused("it is not a file but a pipe, socket or device")
        }
    }
}

/// Whether a name belongs to a system or an editor and not to the site: `.git`, `.DS_Store`, the lock files of Word,
/// the backups of editors.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.to_ascii_lowercase().ends_with(".swp")
        || is_litter(name)
}

/// Whether a name is of a file that an operating system leaves in folders that people look at.
pub(super) fn is_litter(name: &str) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|litter| name.eq_ignore_ascii_case(litter))
}

fn outside() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "it lies outside the site's folder")
}

fn walk_problem(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "this link leads back to a folder that holds it, so it would never end".to_string();
    }
    match error.io_error() {
        Some(cause) => match cause.kind() {
            io::ErrorKind::NotFound => "this link leads to nothing".to_string(),
            io::ErrorKind::PermissionDenied => "there is no permission to read it".to_string(),
            _ => cause.to_string(),
        },
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(root: &Path) -> DiskWorld {
        DiskWorld::new(root.to_path_buf(), Timestamp::UNIX_EPOCH)
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn names(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|file| file.path.as_str()).collect()
    }

    fn refused(listing: &Listing) -> Vec<&str> {
        listing.refused.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn files_are_listed_by_path_without_what_systems_and_editors_leave() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "content/b.md",
            "content/a/index.md",
            "content/a.md",
            "content/.git/config",
            "content/.DS_Store",
            "content/~$minutes.docx",
            "content/Thumbs.db",
            "content/desktop.ini",
            "content/.a.md.swp",
            "content/a.md~",
            "elsewhere/c.md",
        ] {
            write(folder.path(), path, "text");
        }
        let listing = world(folder.path()).list(&SitePath::new("content"));
        assert_eq!(names(&listing), ["content/a.md", "content/a/index.md", "content/b.md"]);
        assert_eq!(listing.files[0].size, 4);
        assert!(listing.refused.is_empty());
    }

    #[test]
    fn an_absent_folder_lists_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let listing = world(folder.path()).list(&SitePath::new("content"));
        assert!(listing.files.is_empty() && listing.refused.is_empty());
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_a_configuration() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "site/netsite.yaml", "title: x");
        write(folder.path(), "site/content/a/b.md", "x");
        let root = fs::canonicalize(folder.path().join("site")).unwrap();
        assert_eq!(DiskWorld::find_root(&root.join("content/a")), Some(root.clone()));
        assert_eq!(DiskWorld::find_root(&root), Some(root));
    }

    #[test]
    fn a_path_with_two_dots_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "secret.txt", "x");
        write(folder.path(), "site/a.md", "x");
        let world = world(&folder.path().join("site"));
        assert!(world.read(&SitePath::new("../secret.txt")).is_err());
        assert!(world.list(&SitePath::new("../")).files.is_empty());
        assert_eq!(world.read(&SitePath::new("a.md")).unwrap(), b"x");
    }

    #[test]
    fn the_hash_of_a_file_is_that_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.md", "hello");
        let world = world(folder.path());
        assert_eq!(world.hash(&SitePath::new("a.md")).unwrap(), *blake3::hash(b"hello").as_bytes());
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::symlink;

        use super::*;

        #[test]
        fn a_link_is_followed_only_to_what_lies_inside_the_root() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("site");
            write(folder.path(), "passwords", "x");
            write(&root, "shared/logo.svg", "svg");
            write(&root, ".git/config", "x");
            write(&root, "content/a.md", "x");
            symlink("../shared", root.join("content/images")).unwrap();
            symlink(root.join("shared/logo.svg"), root.join("content/logo.svg")).unwrap();
            symlink("../../passwords", root.join("content/out.md")).unwrap();
            symlink(folder.path(), root.join("content/up")).unwrap();
            symlink("../.git", root.join("content/history")).unwrap();
            symlink("nowhere.md", root.join("content/dangling.md")).unwrap();

            let world = world(&root);
            let listing = world.list(&SitePath::new("content"));
            assert_eq!(names(&listing), ["content/a.md", "content/images/logo.svg", "content/logo.svg"]);
            assert_eq!(
                refused(&listing),
                ["content/dangling.md", "content/history", "content/out.md", "content/up"]
            );
            assert!(listing.refused[2].1.contains("out of the site's folder"));
            assert_eq!(world.read(&SitePath::new("content/images/logo.svg")).unwrap(), b"svg");
            assert!(world.read(&SitePath::new("content/out.md")).is_err());
            assert!(world.hash(&SitePath::new("content/up/passwords")).is_err());
        }

        #[test]
        fn links_in_a_circle_end() {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), "content/a/one.md", "x");
            write(folder.path(), "content/b/two.md", "x");
            symlink("..", folder.path().join("content/a/up")).unwrap();
            symlink("../b", folder.path().join("content/a/to-b")).unwrap();
            symlink("../a", folder.path().join("content/b/to-a")).unwrap();
            symlink("itself", folder.path().join("content/itself")).unwrap();
            let listing = world(folder.path()).list(&SitePath::new("content"));
            assert_eq!(
                names(&listing),
                ["content/a/one.md", "content/a/to-b/two.md", "content/b/to-a/one.md", "content/b/two.md"]
            );
            assert!(refused(&listing).contains(&"content/a/up"));
            assert!(refused(&listing).contains(&"content/itself"));
        }

        #[test]
        fn a_pipe_is_refused_and_never_waited_for() {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), "content/a.md", "x");
            let pipe = folder.path().join("content/pipe.md");
            rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::from_raw_mode(0o644)).unwrap();
            let world = world(folder.path());
            let listing = world.list(&SitePath::new("content"));
            assert_eq!(names(&listing), ["content/a.md"]);
            assert_eq!(refused(&listing), ["content/pipe.md"]);
            assert!(world.read(&SitePath::new("content/pipe.md")).is_err());
        }

        #[test]
        #[cfg(target_os = "linux")]
        fn a_name_that_is_not_unicode_is_refused() {
            use std::os::unix::ffi::OsStrExt as _;
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), "content/a.md", "x");
            let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
            fs::write(folder.path().join("content").join(name), "x").unwrap();
            let listing = world(folder.path()).list(&SitePath::new("content"));
            assert_eq!(names(&listing), ["content/a.md"]);
            assert!(listing.refused[0].1.contains("not Unicode"));
        }
    }
}

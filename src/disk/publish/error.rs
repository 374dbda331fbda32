//! Why a publication was refused or failed, in words for someone who is no programmer.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::text::{counted, list_words};

/// Why nothing was published. Whatever stood in the output folder before still stands there.
#[derive(Debug)]
pub enum PublishError {
    /// The folder must not be replaced.
    Unsafe {
        /// The folder, with links resolved.
        output: PathBuf,
        /// Why not.
        refusal: Refusal,
    },
    /// Another build is publishing into the same folder.
    InUse {
        /// The folder.
        output: PathBuf,
    },
    /// A path that no file of the output may have.
    Path {
        /// The path as it was given.
        path: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A file that is published as it stands was changed after the build had read it.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The system refused something.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as a verb with its object: "write the file".
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
}

/// Why a folder must not become the output: publishing replaces the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of the file system.
    FileSystemRoot,
    /// It is the home folder, or holds it.
    Home,
    /// It is the site's own folder, or holds it.
    Site,
    /// It is or holds a folder that the site is made from.
    HoldsSource(PathBuf),
    /// It lies inside a folder that the site is made from.
    InsideSource(PathBuf),
    /// It is a file, or lies below one.
    NotAFolder,
    /// It is a link that leads to nothing.
    DanglingLink,
    /// It holds files, and nothing says that an earlier build made them.
    SomeoneElses {
        /// One of the names in it.
        example: String,
    },
    /// An earlier build made it, but it also holds files that no build made.
    Strangers {
        /// Up to five of them, sorted.
        examples: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// What says which files an earlier build made cannot be read.
    DamagedManifest {
        /// The file that cannot be read.
        name: &'static str,
    },
}

impl PublishError {
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.into(), doing, source }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe { output, refusal } => {
                write!(formatter, "`{}` cannot be the output folder: {refusal}", output.display())
            }
            Self::InUse { output } => write!(
                formatter,
                "another netsite is publishing into `{}`; wait until it has finished, or choose another folder \
                 with --output",
                output.display()
            ),
            Self::Path { path, problem } => {
                write!(formatter, "`{}` cannot be published: {problem}", path.escape_default())
            }
            Self::Changed { path } => write!(
                formatter,
                "`{}` was changed while the site was being built; nothing was published, so build again",
                path.display()
            ),
            Self::Io { path, doing, source } => {
                write!(formatter, "could not {doing} `{}`: {}", path.display(), io_words(source))
            }
        }
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What went wrong and what to do, for the failures that people meet; the system's own words for the others.
fn io_words(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full. Free some space and build again; what was published before still stands"
        }
        io::ErrorKind::PermissionDenied => {
            "there is no permission. Ask whoever owns the folder, or choose another with --output"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk can only be read. Choose a folder on another with --output"
        }
        io::ErrorKind::InvalidFilename => {
            "this system cannot hold so long a name. Shorten the page's file name or folder"
        }
        io::ErrorKind::NotADirectory => "a part of this path is a file, not a folder",
        io::ErrorKind::AlreadyExists => "it exists already",
        io::ErrorKind::NotFound => "it does not exist, or was removed while the site was being built",
        _ => return error.to_string(),
    };
    words.to_string()
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const INSTEAD: &str = "Choose a folder of its own with --output, such as `public`";
        match self {
            Self::FileSystemRoot => write!(
                formatter,
                "publishing replaces the whole folder, and this is the root of the file system. {INSTEAD}"
            ),
            Self::Home => write!(
                formatter,
                "publishing replaces the whole folder, and this is your home folder or holds it. {INSTEAD}"
            ),
            Self::Site => write!(
                formatter,
                "publishing replaces the whole folder, and this is the site's own folder or holds it. {INSTEAD}"
            ),
            Self::HoldsSource(source) => write!(
                formatter,
                "publishing replaces the whole folder, and the site is made from `{}`. {INSTEAD}",
                source.display()
            ),
            Self::InsideSource(source) => write!(
                formatter,
                "it lies inside `{}`, which the site is made from, so the next build would read what this one \
                 published. {INSTEAD}",
                source.display()
            ),
            Self::NotAFolder => write!(formatter, "it is a file or lies below one. {INSTEAD}"),
            Self::DanglingLink => {
                write!(
                    formatter,
                    "it is a link that leads to nothing. Remove the link, or make what it names"
                )
            }
            Self::SomeoneElses { example } => write!(
                formatter,
                "it holds files that no earlier build made (`{example}`), and publishing would remove them. Empty \
                 the folder, or choose another with --output"
            ),
            Self::Strangers { examples, count } => {
                let names: Vec<String> = examples.iter().map(|name| format!("`{name}`")).collect();
                write!(
                    formatter,
                    "it also holds {} that no build made, and publishing would remove {}: {}{}. Move {} into \
                     `content`, or out of the folder, and build again",
                    counted(*count, "file", "files"),
                    if *count == 1 { "it" } else { "them" },
                    list_words(&names, "and"),
                    if *count > examples.len() { ", among others" } else { "" },
                    if *count == 1 { "it" } else { "them" },
                )
            }
            Self::DamagedManifest { name } => write!(
                formatter,
                "its `{name}`, which says what an earlier build made, is damaged or of a newer netsite, so it \
                 cannot be told what may be replaced. Empty the folder, or choose another with --output"
            ),
        }
    }
}

//! Why no pack was made, in words for someone who is no programmer.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why no pack was made. Whatever stood at its place before still stands there.
#[derive(Debug)]
pub enum PackError {
    /// Something stands there that no pack is.
    SomeoneElses {
        /// The file.
        output: PathBuf,
    },
    /// Another program makes the same pack.
    InUse {
        /// The file.
        output: PathBuf,
    },
    /// A file of the site bears a name of the pack's own.
    OwnName {
        /// Its path below the site's root.
        path: String,
    },
    /// A file that is packed as it stands was changed after the site had been read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The system refused something.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as a verb: "write".
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
}

impl PackError {
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.into(), doing, source }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SomeoneElses { output } => write!(
                formatter,
                "`{}` is there already, and netsite did not make it. Choose another name with --output, or take that \
                 file away",
                output.display()
            ),
            Self::InUse { output } => write!(
                formatter,
                "another netsite is making `{}`; wait until it has finished, or choose another name with --output",
                output.display()
            ),
            Self::OwnName { path } => write!(
                formatter,
                "the site publishes a file `{path}`, and a pack says what it holds in a file of that name; rename it \
                 below content/"
            ),
            Self::Changed { path } => {
                write!(formatter, "`{}` was changed while the pack was being made; try again", path.display())
            }
            Self::Io { path, doing, source } => {
                write!(formatter, "could not {doing} `{}`: {}", path.display(), words(source))
            }
        }
    }
}

impl Error for PackError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What went wrong and what to do, for the failures that people meet; the system's own words for the others.
fn words(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full. A pack needs about twice its own size while it is made: free some space, or choose \
             another disk with --output"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => {
            "it is open in another program, or there is no permission. Close it, ask whoever owns the folder, or \
             choose another name with --output"
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read. Choose another with --output",
        io::ErrorKind::FileTooLarge => {
            "it is larger than this disk takes in one file (a stick may allow 4 GB). Choose fewer pages, or another disk"
        }
        io::ErrorKind::NotFound => "it does not exist, or was removed meanwhile",
        _ => return error.to_string(),
    };
    words.to_string()
}

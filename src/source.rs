//! The identity of files and of places in them, and the one trait through which the stages see the outside world.
//!
//! Everything below the top floors is a function of what a [`World`] gives: which files there are, what they hold,
//! and which instant it is.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// A file's or folder's path from the site's root, with `/` between its parts and none at its ends:
/// `content/case-studies/devon.md`. The root itself is the empty path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// A path from text that already has the form above.
    pub fn new(path: &str) -> Self {
        Self(Arc::from(path.trim_matches('/')))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `devon.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last part without its extension: `devon`.
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The extension in lower case, without its dot; empty where there is none.
    pub fn extension(&self) -> String {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => name[dot + 1..].to_lowercase(),
            _ => String::new(),
        }
    }

    /// The folder that holds this path; the root for a path of one part.
    #[must_use]
    pub fn parent(&self) -> SitePath {
        match self.0.rfind('/') {
            Some(slash) => Self(Arc::from(&self.0[..slash])),
            None => Self(Arc::from("")),
        }
    }

    /// This path's part below `folder`, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path that a relative reference written in a file of this folder names, with `.` and `..` resolved;
    /// none where it would leave the root.
    pub fn join(&self, relative: &str) -> Option<SitePath> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self(Arc::from(parts.join("/"))))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// A range of bytes in a file: `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from offsets in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The same span in a text that begins `base` bytes later in its file.
    #[must_use]
    pub fn shifted(self, base: u32) -> Self {
        Self { start: self.start + base, end: self.end + base }
    }

    /// The text that the span covers; empty where the text is shorter than the span says.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A position as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The text of a file, and where its lines begin: a file may have thousands of places to be shown.
#[derive(Debug, Clone)]
pub struct Text {
    text: String,
    line_starts: Vec<u32>,
}

impl Text {
    /// Finds the lines of a text.
    pub fn new(text: String) -> Self {
        let after_breaks = text.match_indices('\n').map(|(newline, _)| newline as u32 + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { text, line_starts }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The line in which the byte `offset` lies, without its break.
    pub fn line_at(&self, offset: u32) -> &str {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1] as usize;
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| *next as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// Where the byte `offset` lies; an offset past the end or inside a character is moved back to one that exists.
    /// A byte order mark is not counted as a column, because no editor shows one.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|start| *start as usize <= offset);
        let line_start = self.line_starts[line - 1] as usize;
        let before = self.text[line_start..offset].chars();
        let column = before.filter(|character| *character != '\u{feff}').count() as u32 + 1;
        LineColumn { line: line as u32, column }
    }
}

/// A file that a [`World`] lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its path from the root.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
}

/// What stands below a folder.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Every file, sorted by path.
    pub files: Vec<FileEntry>,
    /// What could not or must not be read, each with the reason in words: a link that leaves the root, a name that is
    /// not Unicode, a folder without permission.
    pub refused: Vec<(SitePath, String)>,
}

/// Why a file could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// The file.
    pub path: SitePath,
    /// What the system says.
    pub source: std::io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} could not be read: {}", self.path, self.source)
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A file that can be read at any place, without being held in memory where the world can.
pub trait Readable: std::io::Read + std::io::Seek {}

impl<T: std::io::Read + std::io::Seek> Readable for T {}

/// All that a build sees of the outside: files below one root, and one instant.
pub trait World: Sync {
    /// Every file below `folder`, however deep. An absent folder lists nothing.
    fn list(&self, folder: &SitePath) -> Listing;

    /// The bytes of a file.
    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError>;

    /// A file to be read piece by piece.
    fn reader(&self, path: &SitePath) -> Result<Box<dyn Readable>, ReadError> {
        Ok(Box::new(std::io::Cursor::new(self.read(path)?)))
    }

    /// A hash of a file's bytes (BLAKE3), made without holding the file in memory where the world can.
    fn hash(&self, path: &SitePath) -> Result<[u8; 32], ReadError> {
        Ok(*blake3::hash(&self.read(path)?).as_bytes())
    }

    /// The instant that the build is made for.
    fn now(&self) -> Timestamp;
}

/// A world in memory, for tests and for sites that are not on a disk.
#[derive(Debug, Clone)]
pub struct MemoryWorld {
    files: std::collections::BTreeMap<SitePath, Vec<u8>>,
    now: Timestamp,
}

impl MemoryWorld {
    /// A world without files at the instant `now`.
    pub fn new(now: Timestamp) -> Self {
        Self { files: std::collections::BTreeMap::new(), now }
    }

    /// The same world with a file added or replaced.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(SitePath::new(path), bytes.into());
        self
    }

    /// The same world at another instant.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = now;
        self
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &SitePath) -> Listing {
        let files = self
            .files
            .iter()
            .filter(|(path, _)| path.below(folder.as_str()).is_some())
            .map(|(path, bytes)| FileEntry { path: path.clone(), size: bytes.len() as u64 })
            .collect();
        Listing { files, refused: Vec::new() }
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| ReadError { path: path.clone(), source: std::io::ErrorKind::NotFound.into() })
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_reference_never_leaves_the_root() {
        let folder = SitePath::new("content/case-studies");
        assert_eq!(folder.join("../pathways/stroke.md").unwrap().as_str(), "content/pathways/stroke.md");
        assert_eq!(folder.join("../../../etc/passwd"), None);
    }

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let text = Text::new("\u{feff}title: é x\nnext".to_string());
        assert_eq!(text.line_column(3), LineColumn { line: 1, column: 1 });
        assert_eq!(text.line_column(13), LineColumn { line: 1, column: 10 });
        assert_eq!(text.line_column(15), LineColumn { line: 2, column: 1 });
        assert_eq!(text.line_column(900), LineColumn { line: 2, column: 5 });
        assert_eq!(Text::new(String::new()).line_column(0), LineColumn { line: 1, column: 1 });
    }
}

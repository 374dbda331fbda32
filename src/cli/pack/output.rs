//! Where a pack goes: an archive, or one document.

use std::path::{Path, PathBuf};

use crate::build::{Sink, SinkError};
use crate::cli::Failure;
use crate::cli::build::CACHE_FOLDER;
use crate::diagnostic::Diagnostic;
use crate::disk::{AskedFile, DiskWorld, Replacing};
use crate::pack::{About, Archive, LONGEST_PATH, PackError, Packed};
use crate::render::{SINGLE_FILE_MARK, SingleFile, TooLarge};
use crate::site::{Asset, Site};
use crate::source::World;
use crate::text::{counted, list_words};

/// So much of a document is looked at to see whether it was made here.
const HEAD: usize = 1_000;

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Archive,
    SingleFile,
    Paper,
    Draft,
}

impl Shape {
    /// How its file's name may end.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Archive => &["zip"],
            Self::SingleFile | Self::Paper => &["html"],
            Self::Draft => &["html", "docx"],
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Archive | Self::SingleFile => "pack",
            Self::Paper => "document",
            Self::Draft => "draft",
        }
    }
}

/// A file that a pack may become.
#[derive(Debug)]
pub(super) struct Place {
    file: AskedFile,
    shape: Shape,
}

/// A pack that is being made.
pub(super) struct Output<'a> {
    place: Place,
    form: Form<'a>,
    world: &'a DiskWorld,
}

enum Form<'a> {
    Archive(Archive),
    Single(SingleFile<'a>),
}

impl Place {
    /// The file that was asked for, if a pack may stand there: not where the next build would read it or take it away.
    pub(super) fn at(path: &Path, root: &Path, shape: Shape) -> Result<Self, Failure> {
        let ending = shape.endings()[0];
        let noun = shape.noun();
        let refused = |why: String| {
            Failure::new(format!("the {noun} cannot be written to `{}`: {why}", path.display()))
        };
        let file = AskedFile::at(path).map_err(|error| {
            refused(error.to_string())
                .help(format!("name a file in a folder that is there, such as --output {noun}.{ending}"))
        })?;
        let closed = [crate::content::FOLDER, crate::theme::FOLDER, "public", CACHE_FOLDER, ".git"];
        if let Some(folder) =
            closed.iter().map(|folder| root.join(folder)).find(|folder| file.is_inside(folder))
        {
            return Err(refused(format!(
                "it lies in `{}`, and what lies there is a part of the site or is made anew by each build",
                folder.display()
            ))
            .help(format!("name a file outside, such as --output ../{noun}.{ending}")));
        }
        let written = path.extension().map(|written| written.to_string_lossy().to_ascii_lowercase());
        if !written.is_some_and(|written| shape.endings().contains(&written.as_str())) {
            let endings: Vec<String> = shape.endings().iter().map(|ending| format!(".{ending}")).collect();
            let endings = list_words(&endings, "or");
            return Err(refused(format!("its name does not end in {endings}, so nobody could open it"))
                .help(format!("write --output {}", path.with_extension(ending).display())));
        }
        let place = Self { file, shape };
        if place.is_word() && place.file.is_there() {
            // Whoever was asked may have written into it.
            return Err(refused("it is there already, and somebody's comments may stand in it".to_string())
                .help("name another file, or move that one away first"));
        }
        if shape != Shape::Archive && place.file.is_there() && !is_document_of_ours(&place.file) {
            let error = PackError::SomeoneElses { output: place.file.path().to_path_buf() };
            return Err(pack_failure(&error));
        }
        Ok(place)
    }

    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Whether a Word file was asked for.
    pub(super) fn is_word(&self) -> bool {
        self.file.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
    }

    /// Writes a document of one file.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<Packed, Failure> {
        let replacing = if self.is_word() { Replacing::Never } else { Replacing::Allowed };
        self.file.write(bytes, replacing).map_err(|source| {
            let output = self.file.path().to_path_buf();
            pack_failure(&PackError::Io { path: output, doing: "write", source })
        })?;
        Ok(Packed { file_count: 1, byte_count: bytes.len() as u64 })
    }

    /// Begins the pack of a site.
    pub(super) fn begin<'a>(self, site: &'a Site, world: &'a DiskWorld) -> Result<Output<'a>, Failure> {
        let day = site.config.timezone.to_datetime(site.now).date();
        let form = if self.shape == Shape::SingleFile {
            Form::Single(SingleFile::new(site))
        } else {
            Form::Archive(Archive::begin(&self.file, day).map_err(|error| pack_failure(&error))?)
        };
        Ok(Output { place: self, form, world })
    }
}

fn is_document_of_ours(file: &AskedFile) -> bool {
    let bytes = file.read(usize::MAX / 2).unwrap_or_default();
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).contains(SINGLE_FILE_MARK)
}

impl Output<'_> {
    pub(super) fn path(&self) -> &Path {
        self.place.path()
    }

    /// A warning for files whose names Windows may not be able to extract.
    pub(super) fn long_paths(&self) -> Option<Diagnostic> {
        let Form::Archive(archive) = &self.form else { return None };
        let paths = archive.long_paths();
        let longest = paths.iter().max_by_key(|path| path.chars().count())?;
        let message = format!(
            "{} of the pack {} a path of more than {LONGEST_PATH} characters, which Windows may not extract; the \
             longest is `{longest}`",
            counted(paths.len(), "file", "files"),
            if paths.len() == 1 { "has" } else { "have" }
        );
        let problem = Diagnostic::warning("long-path", message);
        Some(problem.help("shorten the names of files and folders below content/"))
    }

    /// Lets the pack take its place.
    pub(super) fn finish(self, about: &About) -> Result<Packed, Failure> {
        match self.form {
            Form::Archive(archive) => archive.finish(about).map_err(|error| pack_failure(&error)),
            Form::Single(document) => {
                let bytes = document.finish().map_err(|error| too_large(&error))?;
                self.place.write(&bytes)
            }
        }
    }

    fn located(&self, asset: &Asset) -> Result<PathBuf, SinkError> {
        Ok(self.world.locate(&asset.path)?)
    }
}

impl Sink for Output<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        match &self.form {
            Form::Archive(archive) => Ok(archive.add(path, bytes)?),
            Form::Single(document) => Ok(document.add(path, bytes)?),
        }
    }

    fn copy(&self, path: &str, asset: &Asset) -> Result<(), SinkError> {
        match &self.form {
            Form::Archive(archive) => Ok(archive.add_file(path, &self.located(asset)?, asset.hash)?),
            // What the document has no place for is not even read.
            Form::Single(document) if !document.takes(path) => Ok(()),
            Form::Single(document) => Ok(document.add(path, &self.world.read(&asset.path)?)?),
        }
    }
}

pub(super) fn sink_failure(error: &SinkError) -> Failure {
    if let Some(error) = error.downcast_ref::<PackError>() {
        return pack_failure(error);
    }
    error.downcast_ref::<TooLarge>().map_or_else(|| Failure::new(error.to_string()), too_large)
}

fn too_large(error: &TooLarge) -> Failure {
    Failure::new(format!("no pack was made: {error}"))
        .help("choose fewer pages, or make an archive: without --single-file")
}

fn pack_failure(error: &PackError) -> Failure {
    Failure::new(error.to_string()).help("no pack was made; what stood there before stands as it was")
}

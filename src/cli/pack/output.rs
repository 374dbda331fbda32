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
use crate::text::counted;

/// So much of a document is looked at to see whether it was made here.
const HEAD: usize = 1_000;

/// A file that a pack may become.
#[derive(Debug)]
pub(super) struct Place {
    file: AskedFile,
    is_single_file: bool,
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
    pub(super) fn at(path: &Path, root: &Path, is_single_file: bool) -> Result<Self, Failure> {
        let refused =
            |why: String| Failure::new(format!("the pack cannot be written to `{}`: {why}", path.display()));
        let file = AskedFile::at(path).map_err(|error| {
            refused(error.to_string())
                .help("name a file in a folder that is there, such as --output pack.zip")
        })?;
        let closed = [crate::content::FOLDER, crate::theme::FOLDER, "public", CACHE_FOLDER, ".git"];
        if let Some(folder) =
            closed.iter().map(|folder| root.join(folder)).find(|folder| file.is_inside(folder))
        {
            return Err(refused(format!(
                "it lies in `{}`, and what lies there is a part of the site or is made anew by each build",
                folder.display()
            ))
            .help("name a file outside, such as --output ../pack.zip"));
        }
        let ending = if is_single_file { "html" } else { "zip" };
        if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case(ending)) {
            return Err(refused(format!("its name does not end in .{ending}, so nobody could open it"))
                .help(format!("write --output {}", path.with_extension(ending).display())));
        }
        if is_single_file && file.is_there() && !is_document_of_ours(&file) {
            let error = PackError::SomeoneElses { output: file.path().to_path_buf() };
            return Err(pack_failure(&error));
        }
        Ok(Self { file, is_single_file })
    }

    /// Begins the pack of a site.
    pub(super) fn begin<'a>(self, site: &'a Site, world: &'a DiskWorld) -> Result<Output<'a>, Failure> {
        let day = site.config.timezone.to_datetime(site.now).date();
        let form = if self.is_single_file {
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
        self.place.file.path()
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
                let path = || self.place.file.path().to_path_buf();
                self.place.file.write(&bytes, Replacing::Allowed).map_err(|source| {
                    pack_failure(&PackError::Io { path: path(), doing: "write", source })
                })?;
                Ok(Packed { file_count: 1, byte_count: bytes.len() as u64 })
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

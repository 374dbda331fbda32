//! Everything that is read is looked at for what may identify somebody: texts where they are parsed, attached files by
//! themselves, and what stands beside `content/`.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::read::MAX_DATA_BYTES;
use crate::diagnostic::Diagnostic;
use crate::disclosure::{self, Form, Inside, Kind, NotRead, Scans, scan, without_coordinates};
use crate::site::Asset;
use crate::source::{FileEntry, Listing, SitePath, World};
use crate::theme;

/// Files beside the configuration that are read, if they are there.
const BESIDE: [&str; 1] = ["waivers.yaml"];

/// What stands in a text that was read.
pub(super) fn text(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    let extension = path.extension();
    let form = Form::of(&extension).unwrap_or(Form::Prose);
    if extension == "svg" {
        return disclosure::of_text(path, &scan(&without_coordinates(text), form));
    }
    disclosure::of_text(path, &scan(text, form))
}

/// What stands in a file of fields.
pub(super) fn fields(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    disclosure::of_text(path, &scan(text, Form::Fields))
}

/// What the names of files and folders hold, also of files that are not read.
pub(super) fn names(listing: &Listing) -> Vec<Diagnostic> {
    let files = listing.files.iter().map(|file| &file.path);
    files.chain(listing.refused.iter().map(|(path, _)| path)).flat_map(disclosure::of_path).collect()
}

/// What stands in a file that is published as it is.
pub(super) fn asset(world: &dyn World, asset: &Asset, scans: &Scans) -> Vec<Diagnostic> {
    let Asset { path, size, hash } = asset;
    let extension = path.extension();
    if Form::of(&extension).is_some() && *size <= MAX_DATA_BYTES {
        match world.read(path).map(String::from_utf8) {
            Ok(Ok(content)) => return text(path, &content),
            // What is no UTF-8 is looked at as any other file.
            Ok(Err(_)) => {}
            Err(_) => return Vec::new(),
        }
    }
    let found = scans.found(hash, &extension, || match world.reader(path) {
        Ok(mut reader) => disclosure::attachment::look(path.file_name(), &mut *reader),
        Err(_) => {
            vec![Inside { kind: Kind::NotRead(NotRead::Damaged), is_sure: false, place: String::new() }]
        }
    });
    disclosure::of_attachment(path, &found)
}

/// What stands in the files of themes and beside the configuration.
pub(super) fn beside_content(world: &dyn World, scans: &Scans) -> Vec<Diagnostic> {
    let listing = world.list(&SitePath::new(theme::FOLDER));
    let mut problems = names(&listing);
    let found: Vec<Vec<Diagnostic>> = listing
        .files
        .par_iter()
        .map(|FileEntry { path, size }| {
            let hash = world.hash(path).unwrap_or_default();
            asset(world, &Asset { path: path.clone(), size: *size, hash }, scans)
        })
        .collect();
    problems.extend(found.into_iter().flatten());
    for path in BESIDE.map(SitePath::new) {
        if let Ok(content) = world.read(&path) {
            problems.extend(fields(&path, &String::from_utf8_lossy(&content)));
        }
    }
    problems
}

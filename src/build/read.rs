//! The first stage: everything that a site is made from, read once, with a fingerprint of it all.

use std::collections::HashMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Options, Progress, Stage};
use crate::config;
use crate::content::kinds::organisation;
use crate::content::{self, MAX_PAGE_BYTES};
use crate::diagnostic::Diagnostic;
use crate::site::Asset;
use crate::source::{FileEntry, ReadError, SitePath, World};
use crate::text::file_name_problem;
use crate::theme;

/// What was read.
pub struct Sources {
    pub(super) config_text: String,
    pub(super) pages: Vec<(SitePath, Vec<u8>)>,
    pub(super) assets: Vec<Asset>,
    pub(super) data: HashMap<SitePath, String>,
    pub(super) problems: Vec<Diagnostic>,
    fingerprint: [u8; 32],
}

impl Sources {
    /// A hash of every file's path and bytes and of the options: the same sources make the same site.
    pub fn fingerprint(&self, options: &Options) -> [u8; 32] {
        let Options { base_url, drafts } = options;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.fingerprint);
        hasher.update(&[u8::from(*drafts), u8::from(base_url.is_some())]);
        hasher.update(base_url.as_deref().unwrap_or("").as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// How many pages were read.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }
}

/// A data file may have at most this many bytes.
const MAX_DATA_BYTES: u64 = 20_000_000;

/// Image headers are found within this many bytes.
const IMAGE_HEADER_BYTES: usize = 256 * 1024;

/// One file below `content/`, as it is used.
enum Item {
    Page(SitePath, Vec<u8>),
    Data(SitePath, String, Option<Asset>),
    Asset(Asset),
    Refused(Diagnostic),
}

/// Reads everything below `content/` and the configuration.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub fn read(world: &dyn World, progress: &Progress) -> Result<Sources, ReadError> {
    let config_path = SitePath::new(config::FILE_NAME);
    let config_bytes = world.read(&config_path)?;
    let mut hasher = blake3::Hasher::new();
    let mut note = |path: &str, hash: &[u8; 32]| {
        hasher.update(&(path.len() as u64).to_le_bytes());
        hasher.update(path.as_bytes());
        hasher.update(hash);
    };
    note(config::FILE_NAME, blake3::hash(&config_bytes).as_bytes());
    let mut problems = Vec::new();
    let config_text = content::decode_utf8(&config_path, config_bytes).unwrap_or_else(|problem| {
        problems.push(*problem);
        String::new()
    });
    let listing = world.list(&SitePath::new(content::FOLDER));
    for (path, reason) in listing.refused {
        note(path.as_str(), &[0; 32]);
        problems.push(
            Diagnostic::error("refused-file", format!("this cannot be published: {reason}"))
                .in_file(&path)
                .help("take it out of content/, or put a plain file in its place"),
        );
    }
    progress.begin(Stage::Reading, listing.files.len());
    let mut items: Vec<(SitePath, [u8; 32], Item)> = listing
        .files
        .into_par_iter()
        .map(|entry| {
            let path = entry.path.clone();
            let (hash, item) = read_item(world, entry).unwrap_or_else(|error| {
                let problem =
                    Diagnostic::error("unreadable", format!("the file could not be read: {}", error.source))
                        .in_file(&error.path);
                (
                    [0; 32],
                    Item::Refused(
                        problem.help("check that the file is still there and that you may read it"),
                    ),
                )
            });
            progress.step();
            (path, hash, item)
        })
        .collect();
    items.sort_by(|a, b| a.0.cmp(&b.0));
    for entry in world.list(&SitePath::new(theme::FOLDER)).files {
        let hash = world.hash(&entry.path).unwrap_or_default();
        note(entry.path.as_str(), &hash);
    }
    let mut sources = Sources {
        config_text,
        pages: Vec::new(),
        assets: Vec::new(),
        data: HashMap::new(),
        problems,
        fingerprint: [0; 32],
    };
    for (path, hash, item) in items {
        note(path.as_str(), &hash);
        match item {
            Item::Page(path, bytes) => sources.pages.push((path, bytes)),
            Item::Data(path, text, asset) => {
                sources.data.insert(path, text);
                sources.assets.extend(asset);
            }
            Item::Asset(asset) => sources.assets.push(asset),
            Item::Refused(problem) => sources.problems.push(problem),
        }
    }
    let pages = sources.pages.iter().map(|(path, _)| path);
    let names: Vec<Diagnostic> =
        pages.chain(sources.assets.iter().map(|asset| &asset.path)).filter_map(name_problem).collect();
    sources.problems.extend(names);
    sources.fingerprint = *hasher.finalize().as_bytes();
    Ok(sources)
}

fn read_item(world: &dyn World, entry: FileEntry) -> Result<([u8; 32], Item), ReadError> {
    let FileEntry { path, size } = entry;
    let extension = path.extension();
    let too_large = |limit: u64, advice: &str| {
        let message = format!(
            "the file has {} MB, and {} MB is the most that is read",
            size / 1_000_000,
            limit / 1_000_000
        );
        Item::Refused(Diagnostic::error("file-too-large", message).in_file(&path).help(advice))
    };
    match extension.as_str() {
        "md" if size > MAX_PAGE_BYTES => Ok((
            size_hash(size),
            too_large(MAX_PAGE_BYTES, "divide the page, and put pictures and data into files of their own"),
        )),
        "md" => {
            let bytes = world.read(&path)?;
            Ok((*blake3::hash(&bytes).as_bytes(), Item::Page(path, bytes)))
        }
        "csv" | "mmd" if is_data(&path, &extension) => {
            if size > MAX_DATA_BYTES {
                return Ok((
                    size_hash(size),
                    too_large(MAX_DATA_BYTES, "keep only the rows that the page shows"),
                ));
            }
            let bytes = world.read(&path)?;
            let hash = *blake3::hash(&bytes).as_bytes();
            // The source of a drawing is published beside it; data that may identify people never is.
            let asset =
                (extension == "mmd").then(|| Asset { path: path.clone(), size, hash, dimensions: None });
            Ok((
                hash,
                match content::decode_utf8(&path, bytes) {
                    Ok(text) => Item::Data(path, text, asset),
                    Err(problem) => Item::Refused(*problem),
                },
            ))
        }
        _ => {
            let hash = world.hash(&path)?;
            let dimensions = if is_raster(&extension) {
                dimensions(&world.read_start(&path, IMAGE_HEADER_BYTES)?)
            } else {
                None
            };
            Ok((hash, Item::Asset(Asset { path, size, hash, dimensions })))
        }
    }
}

fn is_data(path: &SitePath, extension: &str) -> bool {
    extension == "mmd" || path.as_str() == organisation::FILE || path.below("content/benchmarks").is_some()
}

fn is_raster(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
}

fn dimensions(header: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(header).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// A file that is not read changes the fingerprint when its size does.
fn size_hash(size: u64) -> [u8; 32] {
    *blake3::hash(&size.to_le_bytes()).as_bytes()
}

fn name_problem(path: &SitePath) -> Option<Diagnostic> {
    path.as_str().split('/').find_map(|part| {
        let problem = file_name_problem(part)?;
        Some(
            Diagnostic::error(
                "file-name",
                format!("the name `{}` cannot be kept: {problem}", part.escape_debug()),
            )
            .in_file(path)
            .help("rename it with letters, digits and hyphens"),
        )
    })
}

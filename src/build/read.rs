//! The first stage: everything that a site is made from, read once, with a fingerprint of it all. Pages are parsed as
//! they are read, so that memory never holds the text of all of them.

use std::collections::HashMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Kept, Options, Progress, Stage, scanned};
use crate::config::{self, Config};
use crate::content::kinds::organisation;
use crate::content::{self, Context, Examples, MAX_PAGE_BYTES, ParsedPage};
use crate::diagnostic::Diagnostic;
use crate::markdown::Terms;
use crate::site::Asset;
use crate::source::{FileEntry, Listing, ReadError, SitePath, World};
use crate::text::file_name_problem;
use crate::theme;

/// What was read.
pub(super) struct Sources {
    pub(super) config: Config,
    pub(super) pages: Vec<ParsedPage>,
    pub(super) assets: Vec<Asset>,
    pub(super) data: HashMap<SitePath, String>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) fingerprint: Fingerprint,
}

/// A hash of every file's path and bytes and of the options: the same sources make the same site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

/// A data file may have at most this many bytes.
pub(super) const MAX_DATA_BYTES: u64 = 20_000_000;

/// One file below `content/`, as it is used.
enum Item {
    Page(Vec<u8>),
    Data(String, Option<Asset>),
    Asset(Asset),
    Refused(Diagnostic),
}

/// One file below `content/`, done with.
enum Done {
    Page(Box<ParsedPage>, Vec<Diagnostic>),
    Data(SitePath, String, Option<Asset>, Vec<Diagnostic>),
    Asset(Asset, Vec<Diagnostic>),
    Refused(Diagnostic),
    Nothing,
}

/// Hashes everything below `content/` and `themes/` and the configuration, and keeps nothing of it.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub fn fingerprint(
    world: &dyn World,
    options: &Options,
    progress: &Progress,
) -> Result<Fingerprint, ReadError> {
    let config_bytes = world.read(&SitePath::new(config::FILE_NAME))?;
    let listing = world.list(&SitePath::new(content::FOLDER));
    let (found, _) = visit(world, listing, progress, &|_, _| Done::Nothing);
    Ok(fingerprint_of(world, options, &config_bytes, found.iter().map(|(path, hash, _)| (path, hash))))
}

/// Reads and parses everything below `content/`, and the configuration.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub(super) fn read(
    world: &dyn World,
    options: &Options,
    kept: &Kept,
    progress: &Progress,
) -> Result<Sources, ReadError> {
    let config_path = SitePath::new(config::FILE_NAME);
    let config_bytes = world.read(&config_path)?;
    let mut problems = Vec::new();
    let config_text = content::decode_utf8(&config_path, config_bytes.clone()).unwrap_or_else(|problem| {
        problems.push(*problem);
        String::new()
    });
    problems.extend(scanned::fields(&config_path, &config_text));
    let (mut config, config_problems) = Config::read(&config_text);
    problems.extend(config_problems);
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(format!("{}/", base_url.trim_end_matches('/')));
    }
    let terms = Terms::new(&config.glossary);
    let listing = world.list(&SitePath::new(content::FOLDER));
    let today = config.timezone.to_datetime(world.now()).date();
    let examples = Examples::of(listing.files.iter().map(|file| &file.path), today, config.review_months);
    let context = Context {
        safe_html: config.safe_html,
        terms: &terms,
        language: &config.language,
        examples: &examples,
        layouts: &kept.layouts,
    };
    problems.extend(scanned::beside_content(world, &kept.scans));
    problems.extend(scanned::names(&listing));
    let (found, refused) = visit(world, listing, progress, &|path, item| match item {
        Item::Page(bytes) => parse(path, bytes, context),
        Item::Data(text, asset) => {
            let found = scanned::text(path, &text);
            Done::Data(path.clone(), text, asset, found)
        }
        Item::Asset(asset) => {
            let found = scanned::asset(world, &asset, &kept.scans);
            Done::Asset(asset, found)
        }
        // The page keeps its address, so that links to it raise no further errors.
        Item::Refused(problem) if path.extension() == "md" => {
            Done::Page(Box::new(content::unreadable(path, context)), vec![problem])
        }
        Item::Refused(problem) => Done::Refused(problem),
    });
    problems.extend(refused);
    problems.extend(found.iter().filter_map(|(path, ..)| name_problem(path)));
    let fingerprint =
        fingerprint_of(world, options, &config_bytes, found.iter().map(|(path, hash, _)| (path, hash)));
    let mut sources = Sources {
        config,
        pages: Vec::new(),
        assets: Vec::new(),
        data: HashMap::new(),
        problems,
        fingerprint,
    };
    for (_, _, done) in found {
        match done {
            Done::Page(page, page_problems) => {
                sources.pages.push(*page);
                sources.problems.extend(page_problems);
            }
            Done::Data(path, text, asset, found) => {
                sources.problems.extend(found);
                sources.data.insert(path, text);
                sources.assets.extend(asset);
            }
            Done::Asset(asset, found) => {
                sources.problems.extend(found);
                sources.assets.push(asset);
            }
            Done::Refused(problem) => sources.problems.push(problem),
            Done::Nothing => {}
        }
    }
    Ok(sources)
}

fn parse(path: &SitePath, bytes: Vec<u8>, context: Context<'_>) -> Done {
    match content::decode_utf8(path, bytes) {
        Ok(text) => {
            let (page, mut problems) = content::parse(path, &text, context);
            problems.extend(scanned::text(path, &text));
            Done::Page(Box::new(page), problems)
        }
        Err(problem) => Done::Page(Box::new(content::unreadable(path, context)), vec![*problem]),
    }
}

/// A file's path, the hash of its bytes, and what came of it.
type Visited = (SitePath, [u8; 32], Done);

/// Reads every file of the listing of `content/` and hands each to `use_it` at once. What comes back is in the order of paths,
/// with the hash of each file's bytes; beside it, what could not be read.
fn visit(
    world: &dyn World,
    listing: Listing,
    progress: &Progress,
    use_it: &(dyn Fn(&SitePath, Item) -> Done + Sync),
) -> (Vec<Visited>, Vec<Diagnostic>) {
    let mut refused = Vec::new();
    for (path, reason) in &listing.refused {
        refused.push(
            Diagnostic::error("refused-file", format!("this cannot be published: {reason}"))
                .in_file(path)
                .help("take it out of content/, or put a plain file in its place"),
        );
    }
    progress.begin(Stage::Reading, listing.files.len());
    let mut found: Vec<Visited> = listing
        .files
        .into_par_iter()
        .map(|entry| {
            let path = entry.path.clone();
            let (hash, item) = read_item(world, entry).unwrap_or_else(|error| {
                let problem =
                    Diagnostic::error("unreadable", format!("the file could not be read: {}", error.source))
                        .in_file(&error.path)
                        .help("check that the file is still there and that you may read it");
                ([0; 32], Item::Refused(problem))
            });
            let done = use_it(&path, item);
            progress.step();
            (path, hash, done)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    // A refused file changes the fingerprint by its path alone.
    found.extend(listing.refused.into_iter().map(|(path, _)| (path, [0; 32], Done::Nothing)));
    (found, refused)
}

fn fingerprint_of<'f>(
    world: &dyn World,
    options: &Options,
    config: &[u8],
    found: impl Iterator<Item = (&'f SitePath, &'f [u8; 32])>,
) -> Fingerprint {
    let Options { base_url, drafts } = options;
    let mut hasher = blake3::Hasher::new();
    let mut note = |name: &str, hash: &[u8; 32]| {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(hash);
    };
    note(if *drafts { "drafts" } else { "published" }, &[0; 32]);
    note(base_url.as_deref().unwrap_or(""), &[0; 32]);
    note(config::FILE_NAME, blake3::hash(config).as_bytes());
    for (path, hash) in found {
        note(path.as_str(), hash);
    }
    let themes = world.list(&SitePath::new(theme::FOLDER));
    for (path, _) in themes.refused {
        note(path.as_str(), &[0; 32]);
    }
    for entry in themes.files {
        note(entry.path.as_str(), &world.hash(&entry.path).unwrap_or_default());
    }
    Fingerprint(*hasher.finalize().as_bytes())
}

fn read_item(world: &dyn World, entry: FileEntry) -> Result<([u8; 32], Item), ReadError> {
    let FileEntry { path, size } = entry;
    let extension = path.extension();
    match extension.as_str() {
        "md" if size > MAX_PAGE_BYTES => Ok((
            size_hash(size),
            Item::Refused(too_large(
                &path,
                size,
                MAX_PAGE_BYTES,
                "divide the page, and put pictures and data into files of their own",
            )),
        )),
        "md" => {
            let bytes = world.read(&path)?;
            Ok((*blake3::hash(&bytes).as_bytes(), Item::Page(bytes)))
        }
        "csv" | "mmd" if is_data(&path, &extension) => {
            if size > MAX_DATA_BYTES {
                return Ok((size_hash(size), Item::Refused(data_too_large(&path, size))));
            }
            let bytes = world.read(&path)?;
            let hash = *blake3::hash(&bytes).as_bytes();
            // The source of a drawing is published beside it; data that may identify people never is.
            let asset = (extension == "mmd").then(|| Asset { path: path.clone(), size, hash });
            Ok((
                hash,
                match content::decode_utf8(&path, bytes) {
                    Ok(text) => Item::Data(text, asset),
                    Err(problem) => Item::Refused(*problem),
                },
            ))
        }
        _ => {
            let hash = world.hash(&path)?;
            Ok((hash, Item::Asset(Asset { path, size, hash })))
        }
    }
}

/// An error for a data file that is not read.
pub(super) fn data_too_large(path: &SitePath, size: u64) -> Diagnostic {
    too_large(path, size, MAX_DATA_BYTES, "keep only the rows that the page shows")
}

fn too_large(path: &SitePath, size: u64, limit: u64, advice: &str) -> Diagnostic {
    let (size, limit) = (size / 1_000_000, limit / 1_000_000);
    Diagnostic::error(
        "file-too-large",
        format!("the file has {size} MB, and {limit} MB is the most that is read"),
    )
    .in_file(path)
    .help(advice)
}

fn is_data(path: &SitePath, extension: &str) -> bool {
    extension == "mmd" || path.as_str() == organisation::FILE || path.below("content/benchmarks").is_some()
}

/// A file that is not read changes the fingerprint when its size does.
fn size_hash(size: u64) -> [u8; 32] {
    *blake3::hash(&size.to_le_bytes()).as_bytes()
}

/// A page under a name that is no page's would be published as it stands, draft or not: `devon.md.txt` is what Notepad
/// makes of `devon.md`.
fn is_page_in_disguise(path: &SitePath) -> bool {
    let name = path.file_name().to_lowercase();
    name.contains(".md.") || [".markdown", ".mdown", ".mkd"].iter().any(|ending| name.ends_with(ending))
}

fn name_problem(path: &SitePath) -> Option<Diagnostic> {
    if is_page_in_disguise(path) {
        let message = "this looks like a page, and would be published as it stands, with all that is in it";
        return Some(
            Diagnostic::error("file-name", message)
                .in_file(path)
                .help("let the name of a page end with .md, or take the file out of content/"),
        );
    }
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

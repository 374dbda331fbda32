//! The first stage: everything that a site is made from, read once, with a fingerprint of it all. Pages are parsed as
//! they are read, so that memory never holds the text of all of them.

use std::collections::{BTreeSet, HashMap};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Kept, Options, Progress, Stage, scanned};
use crate::config::{self, Config};
use crate::content::kinds::organisation;
use crate::content::{self, Context, Examples, MAX_PAGE_BYTES, ParsedPage};
use crate::diagnostic::Diagnostic;
use crate::markdown::Terms;
use crate::pathway::layout::Layouts;
use crate::site::Asset;
use crate::source::{FileEntry, Listing, ReadError, SitePath, World};
use crate::text::file_name_problem;
use crate::theme;
use crate::verdict::{Settings, SiteRules, WAIVERS_FILE, Waivers};

/// What was read.
pub(super) struct Sources {
    pub(super) config: Config,
    pub(super) rules: SiteRules,
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
#[derive(Clone)]
enum Done {
    Page(ParsedPage, Vec<Diagnostic>),
    Data(SitePath, String, Option<Asset>, Vec<Diagnostic>),
    Asset(Asset, Vec<Diagnostic>),
    Refused(Diagnostic),
    Nothing,
}

/// Which files may be others than at the last look.
#[derive(Debug, Clone, Copy)]
pub enum Changed<'c> {
    /// Any of them.
    Any,
    /// These at most.
    These(&'c BTreeSet<SitePath>),
}

impl Changed<'_> {
    fn includes(self, path: &SitePath) -> bool {
        match self {
            Self::Any => true,
            Self::These(paths) => paths.contains(path),
        }
    }
}

/// What came of each file, for the next time.
#[derive(Default)]
pub(super) struct Shelf {
    setting: Option<Setting>,
    files: HashMap<SitePath, Shelved>,
}

/// What the parsing of every page depends on beside its own file.
#[derive(PartialEq)]
struct Setting {
    config: Vec<u8>,
    base_url: Option<String>,
    examples: Examples,
}

#[derive(Clone)]
struct Shelved {
    size: u64,
    hash: [u8; 32],
    done: Done,
}

/// A page whose file was read by itself, after the others.
pub(super) struct ReadAgain {
    pub(super) page: ParsedPage,
    pub(super) problems: Vec<Diagnostic>,
    size: u64,
    hash: [u8; 32],
}

/// What reading a file by itself came to.
pub(super) enum Again {
    /// It holds what it held.
    Same,
    /// It is a page, with these words now.
    Page(Box<ReadAgain>),
    /// More may have changed than one page.
    More,
}

impl Shelf {
    /// Reads the file of a page by itself, as it would be read among the others.
    pub(super) fn read_again(
        &self,
        world: &dyn World,
        config: &Config,
        layouts: &Layouts,
        path: &SitePath,
    ) -> Again {
        let (Some(Setting { examples, .. }), Some(kept)) = (&self.setting, self.files.get(path)) else {
            return Again::More;
        };
        if !matches!(kept.done, Done::Page(..)) {
            return Again::More;
        }
        let Ok(bytes) = world.read(path) else { return Again::More };
        let hash = *blake3::hash(&bytes).as_bytes();
        if hash == kept.hash {
            return Again::Same;
        }
        let size = bytes.len() as u64;
        if size > MAX_PAGE_BYTES {
            return Again::More;
        }
        let terms = Terms::new(&config.glossary);
        match parse(path, bytes, context(config, &terms, examples, layouts)) {
            Done::Page(page, problems) => Again::Page(Box::new(ReadAgain { page, problems, size, hash })),
            _ => Again::More,
        }
    }

    /// Puts such a page in the place of what was read before.
    pub(super) fn put(&mut self, read: ReadAgain) {
        let ReadAgain { page, problems, size, hash } = read;
        let path = page.path.clone();
        self.files.insert(path, Shelved { size, hash, done: Done::Page(page, problems) });
    }
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
    let (found, _) = visit(world, listing, progress, &|_| None, &|_, _| Done::Nothing);
    let settings = [config_bytes, waivers(world).unwrap_or_default()];
    Ok(fingerprint_of(world, options, &settings, &found))
}

/// The exceptions that the site makes; none where it has no file of them.
fn waivers(world: &dyn World) -> Result<Vec<u8>, ReadError> {
    match world.read(&SitePath::new(WAIVERS_FILE)) {
        Err(error) if error.source.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// How much rules matter on this site, and the exceptions from them.
fn rules(config: &Config, waivers: Result<Vec<u8>, ReadError>, problems: &mut Vec<Diagnostic>) -> SiteRules {
    let (settings, found) = Settings::read(&config.checks);
    problems.extend(found);
    let path = SitePath::new(WAIVERS_FILE);
    let text = match waivers {
        Ok(bytes) => content::decode_utf8(&path, bytes).map_err(|problem| *problem),
        Err(error) => Err(Diagnostic::error("unreadable", error.to_string()).in_file(&path)),
    };
    let (waivers, found) = match text {
        Ok(text) => Waivers::read(&text),
        Err(problem) => (Waivers::default(), vec![problem]),
    };
    problems.extend(found);
    SiteRules { settings, waivers }
}

/// Reads and parses everything below `content/`, and the configuration. What the shelf has of files that have not
/// changed is taken from there; whatever was read is put there.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub(super) fn read(
    world: &dyn World,
    options: &Options,
    kept: &Kept,
    progress: &Progress,
    shelf: Option<(&mut Shelf, Changed<'_>)>,
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
    let waivers = waivers(world);
    let waivers_bytes = waivers.as_ref().ok().cloned().unwrap_or_default();
    let rules = rules(&config, waivers, &mut problems);
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(format!("{}/", base_url.trim_end_matches('/')));
    }
    let terms = Terms::new(&config.glossary);
    let listing = world.list(&SitePath::new(content::FOLDER));
    let today = config.timezone.to_datetime(world.now()).date();
    let examples = Examples::of(listing.files.iter().map(|file| &file.path), today, config.review_months);
    let context = context(&config, &terms, &examples, &kept.layouts);
    let setting = || Setting {
        config: config_bytes.clone(),
        base_url: options.base_url.clone(),
        examples: examples.clone(),
    };
    let stands = shelf.as_ref().is_some_and(|(shelf, _)| shelf.setting.as_ref() == Some(&setting()));
    let shelved = |entry: &FileEntry| {
        let (shelf, changed) = shelf.as_ref().filter(|_| stands)?;
        let before = shelf.files.get(&entry.path)?;
        let stands = before.size == entry.size && !changed.includes(&entry.path);
        stands.then(|| (before.hash, before.done.clone()))
    };
    problems.extend(scanned::beside_content(world, &kept.scans));
    problems.extend(scanned::names(&listing));
    let (mut found, refused) = visit(world, listing, progress, &shelved, &|path, item| match item {
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
            Done::Page(content::unreadable(path, context), vec![problem])
        }
        Item::Refused(problem) => Done::Refused(problem),
    });
    problems.extend(refused);
    problems.extend(found.iter().filter_map(|visited| name_problem(&visited.path)));
    let setting = setting();
    let settings = [config_bytes, waivers_bytes];
    let fingerprint = fingerprint_of(world, options, &settings, &found);
    if let Some((shelf, _)) = shelf {
        put_away(shelf, setting, &mut found);
    }
    let mut sources = Sources {
        config,
        rules,
        pages: Vec::new(),
        assets: Vec::new(),
        data: HashMap::new(),
        problems,
        fingerprint,
    };
    for Visited { done, .. } in found {
        match done {
            Done::Page(page, page_problems) => {
                sources.pages.push(page);
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

fn context<'c>(
    config: &'c Config,
    terms: &'c Terms,
    examples: &'c Examples,
    layouts: &'c Layouts,
) -> Context<'c> {
    Context { safe_html: config.safe_html, terms, language: &config.language, examples, layouts }
}

/// Puts what was read on the shelf. A page that cannot be read any more is shown as it was when it could.
fn put_away(shelf: &mut Shelf, setting: Setting, found: &mut [Visited]) {
    let mut files = HashMap::with_capacity(found.len());
    for Visited { path, size, hash, done } in found {
        if let Done::Page(page, _) = done
            && !page.is_readable
            && let Some(Shelved { done: Done::Page(before, _), .. }) = shelf.files.get(path)
            && before.status.is_public()
        {
            *page = before.as_unreadable();
        }
        // What could not be read is tried again each time.
        if *hash == [0; 32] {
            continue;
        }
        files.insert(path.clone(), Shelved { size: *size, hash: *hash, done: done.clone() });
    }
    *shelf = Shelf { setting: Some(setting), files };
}

fn parse(path: &SitePath, bytes: Vec<u8>, context: Context<'_>) -> Done {
    match content::decode_utf8(path, bytes) {
        Ok(text) => {
            let (page, mut problems) = content::parse(path, &text, context);
            problems.extend(scanned::text(path, &text));
            Done::Page(page, problems)
        }
        Err(problem) => Done::Page(content::unreadable(path, context), vec![*problem]),
    }
}

/// The hash of a file's bytes at the last time, and what came of them.
type Before = ([u8; 32], Done);

/// A file, the hash of its bytes, and what came of it.
struct Visited {
    path: SitePath,
    size: u64,
    hash: [u8; 32],
    done: Done,
}

/// Reads every file of the listing of `content/` and hands each to `use_it` at once. What comes back is in the order of paths,
/// with the hash of each file's bytes; beside it, what could not be read.
fn visit(
    world: &dyn World,
    listing: Listing,
    progress: &Progress,
    kept: &(dyn Fn(&FileEntry) -> Option<Before> + Sync),
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
            let (path, size) = (entry.path.clone(), entry.size);
            if let Some((hash, done)) = kept(&entry) {
                return Visited { path, size, hash, done };
            }
            let (hash, item) = read_item(world, entry).unwrap_or_else(|error| {
                let problem =
                    Diagnostic::error("unreadable", format!("the file could not be read: {}", error.source))
                        .in_file(&error.path)
                        .help("check that the file is still there and that you may read it");
                ([0; 32], Item::Refused(problem))
            });
            let done = use_it(&path, item);
            progress.step();
            Visited { path, size, hash, done }
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    // A refused file changes the fingerprint by its path alone.
    found.extend(listing.refused.into_iter().map(|(path, _)| Visited {
        path,
        size: 0,
        hash: [0; 32],
        done: Done::Nothing,
    }));
    (found, refused)
}

fn fingerprint_of(
    world: &dyn World,
    options: &Options,
    [config, waivers]: &[Vec<u8>; 2],
    found: &[Visited],
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
    note(WAIVERS_FILE, blake3::hash(waivers).as_bytes());
    for Visited { path, hash, .. } in found {
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

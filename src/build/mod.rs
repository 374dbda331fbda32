//! The stages over a [`World`]: read, parse, assemble, make images, render. Where the outputs go is the caller's: a folder, a
//! server's memory, an archive. Every command that needs the site goes this way.

mod active;
mod check;
mod documents;
mod draft;
mod images;
mod preview;
mod problems;
mod progress;
mod read;
mod scanned;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::sync::Mutex;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use check::{Checked, check};
pub use documents::{MOST_PRINTED, printed, signoff, signoff_word};
pub use draft::{Draft, NoDraft, assemble_draft};
pub use images::{ImageStore, Images, NoStore, images, sound_images};
pub use preview::{Answer, Opened, Preview, Updated};
pub use problems::{Problems, Verdict};
pub use progress::{Progress, Stage};
pub use read::{Changed, Fingerprint, fingerprint};
use read::{Shelf, Sources};

use crate::content::kinds::organisation;
use crate::content::{self, ParsedPage};
use crate::diagnostic::{self, Diagnostic, Located, Texts};
use crate::disclosure::{Scans, conceal, mask_text, masked_path};
use crate::pathway::layout::Layouts;
use crate::render::{Output, Planned, Renderer};
use crate::site::{Asset, Inputs, Remembered, Site};
use crate::source::{ReadError, SitePath, Text, World};
use crate::theme::Theme;

/// What a build is asked for beside the files themselves.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Takes the place of `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts and embargoed pages are built as well.
    pub drafts: bool,
}

/// Where outputs go. They arrive in any order, from many threads.
pub trait Sink: Sync {
    /// Takes a file that was made.
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError>;

    /// Takes a file that is published as it stands.
    fn copy(&self, path: &str, asset: &Asset) -> Result<(), SinkError>;
}

/// Why an output could not be taken; it ends the build.
pub type SinkError = Box<dyn Error + Send + Sync>;

/// What an earlier run made and this one can take up; what it makes anew is added.
#[derive(Debug, Default)]
pub struct Kept {
    /// Drawings that were laid out.
    pub layouts: Layouts,
    /// What was found in attachments.
    pub scans: Scans,
}

impl From<Layouts> for Kept {
    fn from(layouts: Layouts) -> Self {
        Self { layouts, scans: Scans::default() }
    }
}

/// A site that can be rendered, with everything that is wrong with it so far.
pub struct Assembled {
    /// The site.
    pub site: Site,
    /// Its theme; none where the theme has errors.
    pub theme: Option<Theme>,
    /// Problems of all stages up to here, and the rules by which they are judged.
    pub problems: Problems,
    /// Pages that are not published yet, with what each still needs.
    pub unpublished: Vec<Unpublished>,
    /// How many pages were read, published or not.
    pub page_count: usize,
    /// The hash of all that the site was made from.
    pub fingerprint: Fingerprint,
    /// The next instant at which the same sources come to something else than a new day: an embargo ends, a review falls
    /// due, an event is over, a waiver ends.
    pub next_change_at: Option<Timestamp>,
    /// What was found in attachments, for the next run.
    pub scans: Scans,
}

/// A page that readers do not see yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unpublished {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `draft`, `in-review`, or until when it is under embargo.
    pub status: String,
    /// Lines to type before it can be published.
    pub missing: Vec<String>,
}

/// What rendering came to.
#[derive(Debug)]
pub struct Rendered {
    /// How many outputs were taken.
    pub output_count: usize,
    /// Template errors and colliding addresses; with any, the outputs must not be published.
    pub problems: Vec<Diagnostic>,
}

/// Reads, parses and assembles a site. What was kept of earlier runs comes in as a value; with what this build adds, it
/// goes out with the site.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub fn assemble(
    world: &dyn World,
    options: &Options,
    kept: impl Into<Kept>,
    progress: &Progress,
) -> Result<Assembled, ReadError> {
    let kept = kept.into();
    let assembled = assemble_pages(world, options, kept, progress, None, &mut Remembered::default())?;
    Ok(with_theme(world, assembled))
}

fn with_theme(world: &dyn World, mut assembled: Assembled) -> Assembled {
    let (theme, theme_problems) = Theme::load(world, &assembled.site.config);
    assembled.theme = theme;
    assembled.problems.extend(theme_problems);
    assembled
}

/// The same without the theme, and with what an earlier look at the files left.
fn assemble_pages(
    world: &dyn World,
    options: &Options,
    kept: Kept,
    progress: &Progress,
    shelf: Option<(&mut Shelf, Changed<'_>)>,
    remembered: &mut Remembered,
) -> Result<Assembled, ReadError> {
    let sources = read::read(world, options, &kept, progress, shelf)?;
    let hidden = Hidden { all: options.drafts, one: None };
    Ok(put_together(world, sources, kept, hidden, progress, remembered))
}

/// What is shown of that which readers do not see yet.
struct Hidden {
    all: bool,
    one: Option<SitePath>,
}

/// The site of what was read.
fn put_together(
    world: &dyn World,
    sources: Sources,
    kept: Kept,
    shown: Hidden,
    progress: &Progress,
    remembered: &mut Remembered,
) -> Assembled {
    let Sources { config, rules, pages, mut assets, mut data, mut problems, fingerprint } = sources;
    let Kept { layouts, scans } = kept;
    let page_count = pages.len();
    set_data_aside(world, &pages, &mut assets, &mut data, &mut problems);
    problems.extend(active::problems(world, &assets));
    let organisations = match data.get(&SitePath::new(organisation::FILE)) {
        Some(text) => {
            let (organisations, organisation_problems) = organisation::parse(text);
            problems.extend(organisation_problems);
            organisations
        }
        None => organisation::Organisations::default(),
    };
    progress.begin(Stage::Assembling, 0);
    let now = world.now();
    let unpublished = unpublished(&pages, now);
    let overviews = crate::render::overviews();
    let inputs = Inputs {
        config,
        pages,
        organisations,
        assets,
        data,
        layouts,
        now,
        drafts: shown.all,
        shown: shown.one,
        overviews,
    };
    let (site, site_problems) = crate::site::assemble(inputs, remembered);
    problems.extend(site_problems);
    images::leave_to_pages(&site, &mut problems);
    let today = site.config.timezone.to_datetime(now).date();
    let waivers_end = rules.waivers.next_end(today).and_then(|day| end_of(day, &site));
    let next_change_at = [site.next_change, waivers_end].into_iter().flatten().min();
    let problems = Problems::new(problems, rules, today);
    Assembled { site, theme: None, problems, unpublished, page_count, fingerprint, scans, next_change_at }
}

/// What would read better, and what is worth knowing though it stops nothing: only `netsite check` asks for it.
pub fn advice(site: &Site, theme: &Theme, world: &dyn World) -> Vec<Diagnostic> {
    let mut advice = crate::check::advice(site, theme, world);
    advice.extend(crate::site::programmes::advice(site));
    advice
}

/// The instant after the last of a day.
fn end_of(day: Date, site: &Site) -> Option<Timestamp> {
    day.tomorrow().ok()?.to_zoned(site.config.timezone.clone()).ok().map(|midnight| midnight.timestamp())
}

/// Data files that pages name are read as text and are not published as they stand.
fn set_data_aside(
    world: &dyn World,
    pages: &[ParsedPage],
    assets: &mut Vec<Asset>,
    data: &mut HashMap<SitePath, String>,
    problems: &mut Vec<Diagnostic>,
) {
    let named: BTreeSet<SitePath> =
        pages.iter().flat_map(crate::site::files_of).filter(|path| !data.contains_key(path)).collect();
    if named.is_empty() {
        return;
    }
    for Asset { path, size, .. } in assets.iter().filter(|asset| named.contains(&asset.path)) {
        if *size > read::MAX_DATA_BYTES {
            problems.push(read::data_too_large(path, *size));
            continue;
        }
        match world.read(path).map(|bytes| content::decode_utf8(path, bytes)) {
            Ok(Ok(text)) => {
                data.insert(path.clone(), text);
            }
            Ok(Err(problem)) => problems.push(*problem),
            Err(error) => problems.push(Diagnostic::error("unreadable", error.to_string()).in_file(path)),
        }
    }
    assets.retain(|asset| !named.contains(&asset.path));
}

/// The first instant at which the same sources may make another site: an embargo ends, or a day (reviews fall due
/// and events pass by the day).
pub fn next_change(site: &Site) -> Timestamp {
    let today = site.config.timezone.to_datetime(site.now).date();
    // Past the end of the calendar every instant is taken for another.
    let midnight = end_of(today, site).unwrap_or(site.now);
    site.next_change.map_or(midnight, |change| change.min(midnight))
}

fn unpublished(pages: &[ParsedPage], now: Timestamp) -> Vec<Unpublished> {
    let mut unpublished: Vec<Unpublished> = pages
        .iter()
        .filter_map(|page| {
            let under_embargo = page.embargo.is_some_and(|embargo| embargo > now);
            if page.status.is_public() && !under_embargo {
                return None;
            }
            let status = match page.values.moment("embargo_until") {
                Some(moment) if page.status.is_public() => format!("under embargo until {moment}"),
                _ => page.status.name().to_string(),
            };
            Some(Unpublished {
                path: masked_path(page.path.as_str()),
                title: mask_text(&page.title),
                status,
                missing: page.missing.iter().map(|line| mask_text(line)).collect(),
            })
        })
        .collect();
    unpublished.sort_by(|a, b| a.path.cmp(&b.path));
    unpublished
}

/// Errors for outputs that would stand at one address: what [`render`] would find, for a site with other errors.
pub fn address_problems(site: &Site, theme: &Theme, images: &Images<'_>) -> Vec<Diagnostic> {
    crate::render::address_problems(site, theme, &images.pictures)
}

/// Renders every output into a sink.
///
/// # Errors
///
/// The first output that the sink could not take.
pub fn render(
    site: &Site,
    theme: Theme,
    images: &Images<'_>,
    sink: &dyn Sink,
    progress: &Progress,
) -> Result<(Rendered, Theme), SinkError> {
    let renderer = Renderer::new(site, theme, &images.pictures);
    let (plan, mut problems) = renderer.plan();
    progress.begin(Stage::Rendering, plan.len());
    let failures: Mutex<BTreeMap<FailureKey, (Diagnostic, String)>> = Mutex::new(BTreeMap::new());
    let make = |planned: &&Planned| -> Result<(), SinkError> {
        match renderer.render(planned) {
            Ok(Output::Bytes(bytes)) => sink.add(&planned.path, &bytes)?,
            Ok(Output::Copy(asset)) => sink.copy(&planned.path, asset)?,
            Ok(Output::Resized { asset, width }) => match images.variant(asset, width) {
                Ok(bytes) => sink.add(&planned.path, &bytes)?,
                Err(problem) => note_failure(&failures, problem, &planned.path),
            },
            Err(error) => note_failure(&failures, *error.0, &planned.path),
        }
        progress.step();
        Ok(())
    };
    let (feeding, others): (Vec<&Planned>, Vec<&Planned>) =
        plan.iter().partition(|planned| planned.feeds_the_index());
    // Putting the index together is much work for one thread; the others render meanwhile.
    let (index_count, rest) = rayon::join(
        || -> Result<usize, SinkError> {
            feeding.par_iter().try_for_each(make)?;
            let index = renderer.index();
            index.par_iter().try_for_each(|(path, bytes)| sink.add(path, bytes))?;
            Ok(index.len())
        },
        || others.par_iter().try_for_each(make),
    );
    rest?;
    let output_count = plan.len() + index_count?;
    problems.extend(in_words(failures));
    Ok((Rendered { output_count, problems }, renderer.into_theme()))
}

/// Renders what [`Renderer::to_try`] names, and keeps nothing of it: only whether templates fail, and whether two outputs
/// would stand at one address.
pub fn try_templates(
    site: &Site,
    theme: Theme,
    images: &Images<'_>,
    progress: &Progress,
) -> (Vec<Diagnostic>, Theme) {
    let renderer = Renderer::new(site, theme, &images.pictures);
    let (plan, mut problems) = renderer.plan();
    let made = renderer.to_try(&plan);
    progress.begin(Stage::Rendering, made.len());
    let failures: Mutex<BTreeMap<FailureKey, (Diagnostic, String)>> = Mutex::new(BTreeMap::new());
    made.par_iter().for_each(|planned| {
        if let Err(error) = renderer.render(planned) {
            note_failure(&failures, *error.0, &planned.path);
        }
        progress.step();
    });
    problems.extend(in_words(failures));
    (problems, renderer.into_theme())
}

/// Each failure, with the first output on which it was seen.
fn in_words(failures: Mutex<BTreeMap<FailureKey, (Diagnostic, String)>>) -> impl Iterator<Item = Diagnostic> {
    let failures = failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    failures.into_values().map(|(mut problem, output)| {
        problem.message =
            format!("{} (first seen on /{})", problem.message, output.trim_end_matches("index.html"));
        problem
    })
}

/// A template that fails on many pages is one problem.
type FailureKey = (Option<SitePath>, Option<u32>, String);

/// Keeps the first output, by path, on which a template failed in one way: the same on any number of threads.
fn note_failure(
    failures: &Mutex<BTreeMap<FailureKey, (Diagnostic, String)>>,
    problem: Diagnostic,
    output: &str,
) {
    let key = (problem.path.clone(), problem.span.map(|span| span.start), problem.message.clone());
    let mut failures = failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let entry = failures.entry(key).or_insert_with(|| (problem, output.to_string()));
    if output < entry.1.as_str() {
        entry.1 = output.to_string();
    }
}

/// Sorts diagnostics and works out their lines, columns and excerpts, reading the files that they point into.
fn locate(world: &dyn World, theme: Option<&Theme>, mut problems: Vec<Diagnostic>) -> Vec<Located> {
    diagnostic::sort(&mut problems);
    let mut texts = Texts::new();
    if let Some(theme) = theme {
        theme.add_texts(&mut texts);
    } else {
        Theme::add_default_texts(&mut texts);
    }
    let paths: BTreeSet<&SitePath> = problems
        .iter()
        .filter(|problem| problem.span.is_some())
        .filter_map(|problem| problem.path.as_ref())
        .collect();
    for path in paths {
        if let Ok(bytes) = world.read(path) {
            let text = String::from_utf8(bytes).unwrap_or_else(|error| lossy(error.as_bytes()));
            texts.insert(path.clone(), Text::new(text));
        }
    }
    let secret = secret_values(&problems, &texts);
    let mut located = Vec::with_capacity(problems.len());
    for problem in &problems {
        let own = value_of(problem, &texts);
        let of_file = problem.path.as_ref().and_then(|path| secret.get(path)).into_iter().flatten().copied();
        let values: Vec<&str> = own.into_iter().chain(of_file).collect();
        let mut one = Located::new(problem, &texts);
        conceal(&mut one, &values);
        located.push(one);
    }
    located
}

/// What may not be repeated of each file. Beyond some, values are known by their looks alone.
fn secret_values<'t>(problems: &[Diagnostic], texts: &'t Texts) -> BTreeMap<SitePath, BTreeSet<&'t str>> {
    let mut secret: BTreeMap<SitePath, BTreeSet<&str>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| problem.is_redacted) {
        let Some(path) = &problem.path else { continue };
        let of_file = secret.entry(path.clone()).or_default();
        if of_file.len() < MOST_SECRETS {
            of_file.extend(value_of(problem, texts));
        }
    }
    secret
}

const MOST_SECRETS: usize = 200;

fn value_of<'t>(problem: &Diagnostic, texts: &'t Texts) -> Option<&'t str> {
    let text = texts.get(problem.path.as_ref()?)?;
    let value = problem.span.filter(|_| problem.is_redacted)?.of(text.as_str());
    (!value.is_empty()).then_some(value)
}

/// Text of the same length in bytes as its source, so that offsets stay right: a byte that is not UTF-8 becomes `?`.
fn lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return text;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                text.push('?');
                rest = &after[1..];
            }
        }
    }
}

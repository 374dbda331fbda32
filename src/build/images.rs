//! The images that public pages show: each is read, checked, and made into the variants that pages offer. What was made
//! is kept in a store, so that the next build finds it there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Condvar, Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{Progress, Stage};
use crate::diagnostic::Diagnostic;
use crate::image::{self, Format, Header, MAKER, Made, Problem};
use crate::markdown::ReferenceKind;
use crate::render::{Pictures, Shown};
use crate::site::{Asset, Resolved, Site};
use crate::source::{ReadError, SitePath, Span, World};
use crate::text::thousands;

/// Where what was made of images is kept from one run to the next. It may forget anything at any time.
pub trait ImageStore: Sync {
    /// What was kept under this name.
    fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps bytes under a name of letters and digits.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// A store that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;

impl ImageStore for NoStore {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &str, _: &[u8]) {}
}

/// The most bytes of files and pixels that are being decoded at one time, in about: four photos of a phone, or one
/// picture of the largest size.
const MAX_AT_ONCE: u64 = 240_000_000;

/// Where a page shows an image first.
type Place = (SitePath, Span);

/// What the images of a site came to: for the plan, the pages and the outputs.
pub struct Images<'a> {
    source: Source<'a>,
    pub(super) pictures: Pictures,
    /// What is known of each image that can be shown, by the hash of its bytes.
    known: HashMap<[u8; 32], (Header, Shown)>,
}

/// Where images come from, and where what was made of them is kept.
pub(super) struct Source<'a> {
    world: &'a dyn World,
    store: &'a dyn ImageStore,
    gate: Gate,
    purpose: Purpose,
}

/// What images are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be published, with variants.
    Publishing,
    /// To see whether they are whole.
    Checking,
}

/// Reads every image that a public page shows. The problems stand where a page shows the image first: the file itself
/// has no lines to point at.
pub fn images<'a>(
    world: &'a dyn World,
    store: &'a dyn ImageStore,
    site: &Site,
    progress: &Progress,
) -> (Images<'a>, Vec<Diagnostic>) {
    read(world, store, site, Purpose::Publishing, progress, None)
}

/// The same, with what is known of images from the last time.
pub(super) fn images_beside<'a>(
    world: &'a dyn World,
    store: &'a dyn ImageStore,
    site: &Site,
    progress: &Progress,
    before: Option<&Images<'_>>,
) -> (Images<'a>, Vec<Diagnostic>) {
    read(world, store, site, Purpose::Publishing, progress, before)
}

/// Reads every image that a public page shows, only to find what is wrong with it: none is made narrower, which takes
/// many times as long, and nothing is put into the store.
pub fn sound_images<'a>(
    world: &'a dyn World,
    store: &'a dyn ImageStore,
    site: &Site,
    progress: &Progress,
) -> (Images<'a>, Vec<Diagnostic>) {
    read(world, store, site, Purpose::Checking, progress, None)
}

fn read<'a>(
    world: &'a dyn World,
    store: &'a dyn ImageStore,
    site: &Site,
    purpose: Purpose,
    progress: &Progress,
    before: Option<&Images<'_>>,
) -> (Images<'a>, Vec<Diagnostic>) {
    let shown = shown(site);
    if !shown.is_empty() {
        progress.begin(Stage::Images, shown.len());
    }
    let source = Source { world, store, gate: Gate::default(), purpose };
    let results: Vec<Looked> = shown
        .par_iter()
        .map(|(index, place)| {
            let asset = &site.assets[*index];
            let known = before.and_then(|before| before.known.get(&asset.hash)).cloned();
            let looked = known.map_or_else(
                || {
                    source.made(asset).map(|made| {
                        let shown = shown_as(&made);
                        (made.header, shown)
                    })
                },
                Ok,
            );
            let (shown, problems) = match looked {
                Ok((header, shown)) => {
                    let problems = advice(asset, &header, place);
                    (Some((header, shown)), problems)
                }
                Err(Failure::Image(problem)) => (None, vec![refusal(asset, problem, place)]),
                Err(Failure::Read(error)) => {
                    (None, vec![Diagnostic::error("unreadable", error.to_string()).in_file(&asset.path)])
                }
            };
            progress.step();
            (*index, shown, problems)
        })
        .collect();
    let mut pictures = BTreeMap::new();
    let mut known = HashMap::new();
    let mut problems = Vec::new();
    for (index, looked, found) in results {
        if let Some((header, shown)) = looked {
            known.insert(site.assets[index].hash, (header, shown.clone()));
            pictures.insert(index, shown);
        }
        problems.extend(found);
    }
    (Images { source, pictures: Pictures::new(pictures), known }, problems)
}

/// What looking at an image came to: its index, what is known of it, and what is wrong with it.
type Looked = (usize, Option<(Header, Shown)>, Vec<Diagnostic>);

/// The images made of pixels that pages show, each with its first place.
fn shown(site: &Site) -> Vec<(usize, Place)> {
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for page in &site.pages {
        for (reference, resolved) in page.parsed.body.references.iter().zip(&page.links) {
            if let (ReferenceKind::Image, Resolved::Asset(index)) = (reference.kind, resolved)
                && site.assets[*index].path.extension() != "svg"
            {
                places.entry(*index).or_insert_with(|| (page.parsed.path.clone(), reference.span));
            }
        }
    }
    places.into_iter().collect()
}

/// Problems of pictures that pages show are told beside those pages, which somebody can open: where a photo was taken,
/// and that it is damaged.
pub(super) fn leave_to_pages(site: &Site, problems: &mut Vec<Diagnostic>) {
    let is_theirs = |problem: &Diagnostic| matches!(problem.code, "image-location" | "attachment-not-read");
    if !problems.iter().any(is_theirs) {
        return;
    }
    let shown: BTreeSet<&SitePath> = shown(site).iter().map(|(index, _)| &site.assets[*index].path).collect();
    problems.retain(|problem| {
        !is_theirs(problem) || !problem.path.as_ref().is_some_and(|path| shown.contains(path))
    });
}

fn shown_as(made: &Made) -> Shown {
    Shown {
        width: made.header.width,
        height: made.header.height,
        variants: made.variants.iter().map(|variant| variant.width).collect(),
    }
}

/// Why there is nothing of an image.
enum Failure {
    Image(Problem),
    Read(ReadError),
}

impl<'a> Images<'a> {
    pub(super) fn source(&self) -> &Source<'a> {
        &self.source
    }

    /// The bytes of a variant: those that were kept, or the same ones made anew.
    pub(super) fn variant(&self, asset: &Asset, width: u32) -> Result<Vec<u8>, Diagnostic> {
        let made = self.source.made(asset).map_err(|failure| match failure {
            Failure::Image(_) => gone(asset),
            Failure::Read(error) => Diagnostic::error("unreadable", error.to_string()).in_file(&asset.path),
        })?;
        let variant = made.variants.into_iter().find(|variant| variant.width == width);
        variant.map(|variant| variant.webp).ok_or_else(|| gone(asset))
    }
}

/// An error for a file that became another one in the middle of a build.
fn gone(asset: &Asset) -> Diagnostic {
    Diagnostic::error("unreadable", format!("{} changed while it was read", asset.path))
        .in_file(&asset.path)
        .help("build once more")
}

impl Source<'_> {
    /// The bytes of a file as it stands, where it is no larger than images may be.
    pub(super) fn whole(&self, asset: &Asset) -> Option<Vec<u8>> {
        (asset.size <= image::MAX_BYTES).then(|| self.world.read(&asset.path).ok())?
    }

    fn made(&self, asset: &Asset) -> Result<Made, Failure> {
        if asset.size > image::MAX_BYTES {
            return Err(Failure::Image(Problem::TooManyBytes(asset.size)));
        }
        let name = store_name(asset);
        if let Some(made) = self.store.get(&name).and_then(|bytes| Made::from_bytes(&bytes)) {
            return Ok(made);
        }
        let bytes = self.world.read(&asset.path).map_err(Failure::Read)?;
        let header = Header::read(&bytes).map_err(Failure::Image)?;
        let weight = u64::from(header.width) * u64::from(header.height) * 4 + bytes.len() as u64;
        if self.purpose == Purpose::Checking {
            return self.gate.pass(weight, || image::look_at(&bytes)).map_err(Failure::Image);
        }
        let made = self.gate.pass(weight, || image::make(&bytes)).map_err(Failure::Image)?;
        self.store.put(&name, &made.to_bytes());
        Ok(made)
    }
}

/// The name under which what is made of a file is kept: of its bytes and of how they are made into others.
fn store_name(asset: &Asset) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&asset.hash).update(MAKER.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Lets work through while its weight together stays below [`MAX_AT_ONCE`], and always at least one piece.
#[derive(Default)]
struct Gate {
    inside: Mutex<u64>,
    left: Condvar,
}

impl Gate {
    fn pass<T>(&self, weight: u64, work: impl FnOnce() -> T) -> T {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        while *inside > 0 && *inside + weight > MAX_AT_ONCE {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        *inside += weight;
        drop(inside);
        let result = work();
        *self.inside.lock().unwrap_or_else(PoisonError::into_inner) -= weight;
        self.left.notify_all();
        result
    }
}

/// An error for an image that no browser could show, or that would be too much for one.
fn refusal(asset: &Asset, problem: Problem, (path, span): &Place) -> Diagnostic {
    let file = asset.path.file_name();
    let problem = match problem {
        Problem::NotAnImage(resemblance) => {
            let what = resemblance.map_or_else(String::new, |what| format!(": it is {what}"));
            let message = format!("`{file}` is no image that a browser can show{what}");
            Diagnostic::error("not-an-image", message).help(
                "open it in a program for pictures and export it as JPEG (a photo) or PNG (a screenshot, a \
                 drawing); another name does not change what it is",
            )
        }
        Problem::Damaged => {
            let message = format!(
                "`{file}` is damaged or was not copied whole, so that readers would see a part of it or nothing"
            );
            Diagnostic::error("damaged-image", message)
                .help("copy it here once more, or open it in a program for pictures and export it again")
        }
        Problem::TooManyPixels { width, height } => {
            let message = format!(
                "`{file}` says that it is {} pixels wide and {} high, too large for the browsers of many readers",
                thousands(width as usize),
                thousands(height as usize)
            );
            Diagnostic::error("image-too-large", message).help(format!(
                "make it smaller: 4,000 pixels are enough to look at closely; the most are {} on a side and {} million in all",
                thousands(image::MAX_SIDE as usize),
                image::MAX_PIXELS / 1_000_000
            ))
        }
        Problem::TooManyBytes(size) => {
            let message = format!("`{file}` has {} MB, too much for readers to wait for", size / 1_000_000);
            Diagnostic::error("image-too-large", message).help(format!(
                "export it as JPEG, or with fewer pixels; the most that is taken is {} MB",
                image::MAX_BYTES / 1_000_000
            ))
        }
    };
    problem.in_file(path).at(*span)
}

/// What a writer should know about an image that can be shown.
fn advice(asset: &Asset, header: &Header, (path, span): &Place) -> Vec<Diagnostic> {
    let file = asset.path.file_name();
    let mut advice = Vec::new();
    if !header.format.extensions().contains(&asset.path.extension().as_str()) {
        advice.push(
            Diagnostic::warning(
                "image-name",
                format!(
                    "`{file}` is a {} by what it holds, so that programs that go by names cannot open it",
                    header.format.name()
                ),
            )
            .help(format!("let its name end with .{}", header.format.extensions()[0])),
        );
    }
    if header.has_location {
        let message =
            format!("`{file}` says where it was taken, and everyone who gets the file can read that");
        let how = match header.format {
            Format::Jpeg => "export it without its location (“remove properties” in Windows)",
            _ => "export it without its location",
        };
        advice.push(Diagnostic::warning("image-location", message).help(how));
    }
    advice.into_iter().map(|problem| problem.in_file(path).at(*span)).collect()
}

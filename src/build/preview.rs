//! A site that is looked at while it is written: the same stages as a build, with what the last look at the files left.
//!
//! Nothing is rendered before somebody asks for it. What is asked for is rendered from the site as it stands, which is
//! the site that a clean build would assemble; so an answer can be out of date only if the site is, and what keeps the
//! site is small:
//!
//! - a file that did not change is not read again; its page is the same value as before (`read::Shelf`);
//! - where links lead is kept for pages that did not change, while what links can lead to stays (`site::Remembered`);
//! - where the one change is in the words of a page's text, the page takes the place of the old one in a site that
//!   stays: no other page is made of those words but by rendering them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::images::images_beside;
use super::read::{Again, Shelf};
use super::{
    Assembled, Changed, ImageStore, Images, Kept, Options, Problems, Progress, Unpublished, assemble_pages,
    locate, next_change,
};
use crate::config::{self, Config};
use crate::content;
use crate::diagnostic::{Diagnostic, Located};
use crate::disclosure::Scans;
use crate::render::{Output, Planned, Renderer};
use crate::site::{Remembered, Site};
use crate::source::{ReadError, SitePath, World};
use crate::theme::{self, Theme};
use crate::verdict::Coverage;

/// A site and all that is kept for its next look at the files.
pub struct Preview<'w> {
    world: &'w dyn World,
    store: &'w dyn ImageStore,
    options: Options,
    shelf: Shelf,
    remembered: Remembered,
    standing: Option<Standing<'w>>,
    theme: Option<Theme>,
    theme_problems: Vec<Diagnostic>,
    /// Errors for which the last good configuration stays.
    config_problems: Vec<Diagnostic>,
    /// Files that changed while no site could be put together: they are looked at when it can.
    missed: BTreeSet<SitePath>,
}

/// The site as it stands.
struct Standing<'w> {
    site: Site,
    images: Images<'w>,
    /// Problems of the files and between pages, and those of images.
    problems: Problems,
    scans: Scans,
    unpublished: Vec<Unpublished>,
}

/// What an update came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updated {
    /// No file says anything else.
    Nothing,
    /// The words of pages, and nothing else.
    Words,
    /// The theme alone.
    Theme,
    /// The site was put together anew.
    Site,
}

impl<'w> Preview<'w> {
    /// A preview that has not looked at anything yet.
    pub fn new(world: &'w dyn World, store: &'w dyn ImageStore, options: Options) -> Self {
        Self {
            world,
            store,
            options,
            shelf: Shelf::default(),
            remembered: Remembered::default(),
            standing: None,
            theme: None,
            theme_problems: Vec::new(),
            config_problems: Vec::new(),
            missed: BTreeSet::new(),
        }
    }

    /// Looks at the files that may have changed.
    ///
    /// # Errors
    ///
    /// The configuration could not be read. The site stays as it was.
    pub fn update(&mut self, changed: Changed<'_>) -> Result<Updated, ReadError> {
        let is_due =
            self.standing.as_ref().is_none_or(|standing| self.world.now() >= next_change(&standing.site));
        if let (Changed::These(paths), false) = (changed, is_due) {
            if paths.iter().all(is_of_theme) {
                if paths.is_empty() {
                    return Ok(Updated::Nothing);
                }
                self.load_theme();
                return Ok(Updated::Theme);
            }
            if let Some(updated) = self.update_words(paths) {
                return Ok(updated);
            }
        }
        let all: BTreeSet<SitePath>;
        let changed = match changed {
            Changed::These(paths) if !self.missed.is_empty() => {
                all = paths.union(&self.missed).cloned().collect();
                Changed::These(&all)
            }
            changed => changed,
        };
        let outcome = self.update_site(changed);
        match (changed, self.config_problems.is_empty() && outcome.is_ok()) {
            (_, true) => self.missed.clear(),
            (Changed::These(paths), false) => self.missed.extend(paths.iter().cloned()),
            (Changed::Any, false) => {}
        }
        outcome.map(|()| Updated::Site)
    }

    /// Takes the pages of these files, if they differ in their words alone.
    fn update_words(&mut self, paths: &BTreeSet<SitePath>) -> Option<Updated> {
        let standing = self.standing.as_mut()?;
        let mut pages = Vec::new();
        for path in paths {
            let site = &standing.site;
            let read = match self.shelf.read_again(self.world, &site.config, &site.layouts, path) {
                Again::Same => continue,
                Again::More => return None,
                Again::Page(read) => read,
            };
            let index = site.page_at(&read.page.address)?;
            // A problem between pages, or of an image, may stand below what was written, and would be told in its old place.
            let is_told = standing.problems.found().iter().any(|problem| problem.path.as_ref() == Some(path));
            if is_told
                || !read.problems.is_empty()
                || !site.pages[index].parsed.differs_in_text_only(&read.page)
            {
                return None;
            }
            pages.push((index, read));
        }
        if pages.is_empty() {
            return Some(Updated::Nothing);
        }
        for (index, read) in pages {
            standing.site.set_words(index, read.page.clone());
            self.shelf.put(*read);
        }
        Some(Updated::Words)
    }

    fn update_site(&mut self, changed: Changed<'_>) -> Result<(), ReadError> {
        let config_path = SitePath::new(config::FILE_NAME);
        // Read first, so that a configuration that is gone leaves the site as it was.
        let config_bytes = self.world.read(&config_path)?;
        self.config_problems = errors_of_config(&config_path, config_bytes);
        let is_theme_touched = match changed {
            Changed::Any => true,
            Changed::These(paths) => paths.iter().any(is_of_theme),
        };
        if self.standing.is_some() && !self.config_problems.is_empty() {
            // A site without its settings helps nobody: the last one stays, with the errors.
            if is_theme_touched {
                self.load_theme();
            }
            return Ok(());
        }
        let (mut kept, mut images_before, mut theme_before) = (Kept::default(), None, None);
        if let Some(Standing { mut site, images, scans, .. }) = self.standing.take() {
            kept = Kept { layouts: std::mem::take(&mut site.layouts), scans };
            images_before = Some(images);
            theme_before = Some(theme_settings(&site.config));
            self.remembered = std::mem::take(&mut self.remembered).with_links_of(site);
        }
        let progress = Progress::default();
        let Assembled { site, mut problems, unpublished, scans, .. } = assemble_pages(
            self.world,
            &self.options,
            kept,
            &progress,
            Some((&mut self.shelf, changed)),
            &mut self.remembered,
        )?;
        let (images, image_problems) =
            images_beside(self.world, self.store, &site, &progress, images_before.as_ref());
        problems.extend(image_problems);
        let settings = theme_settings(&site.config);
        self.standing = Some(Standing { site, images, problems, scans, unpublished });
        if is_theme_touched || theme_before != Some(settings) {
            self.load_theme();
        }
        Ok(())
    }

    /// Reads the theme. One with errors leaves the last good one in its place.
    fn load_theme(&mut self) {
        let Some(standing) = &self.standing else { return };
        let (theme, problems) = Theme::load(self.world, &standing.site.config);
        self.theme_problems = problems;
        if theme.is_some() {
            self.theme = theme;
        }
    }

    /// Everything that is wrong, placed, but for what only rendering finds.
    pub fn problems(&self) -> Vec<Located> {
        let Some(standing) = &self.standing else { return Vec::new() };
        let mut problems = standing.problems.clone();
        problems.extend(self.config_problems.iter().chain(&self.theme_problems).cloned());
        problems.verdict(self.world, self.theme.as_ref(), Coverage::Part).problems
    }

    /// Pages that are not published yet, with the lines that each still needs.
    pub fn unpublished(&self) -> &[Unpublished] {
        self.standing.as_ref().map_or(&[], |standing| &standing.unpublished)
    }

    /// Lends the site, ready to be rendered, for as long as `look` takes.
    pub fn open<R>(&mut self, look: impl FnOnce(&Opened<'_>) -> R) -> Option<R> {
        let standing = self.standing.as_ref()?;
        let theme = self.theme.take()?;
        let renderer = Renderer::new(&standing.site, theme, &standing.images.pictures);
        let (plan, problems) = renderer.plan();
        let opened = Opened {
            world: self.world,
            site: &standing.site,
            images: &standing.images,
            renderer,
            plan,
            problems,
            index: OnceLock::new(),
        };
        let result = look(&opened);
        self.theme = Some(opened.renderer.into_theme());
        Some(result)
    }
}

/// Errors for which a configuration cannot be followed.
fn errors_of_config(path: &SitePath, bytes: Vec<u8>) -> Vec<Diagnostic> {
    match content::decode_utf8(path, bytes) {
        Ok(text) => Config::read(&text).1.into_iter().filter(Diagnostic::is_error).collect(),
        Err(problem) => vec![*problem],
    }
}

fn is_of_theme(path: &SitePath) -> bool {
    path.below(theme::FOLDER).is_some()
}

/// What a theme is made from beside its own files.
fn theme_settings(config: &Config) -> String {
    format!("{:?} {:?}", config.theme, config.appearance)
}

/// A site that can be rendered.
pub struct Opened<'o> {
    world: &'o dyn World,
    /// The site.
    pub site: &'o Site,
    images: &'o Images<'o>,
    renderer: Renderer<'o>,
    plan: Vec<Planned>,
    /// Outputs that would overwrite each other.
    problems: Vec<Diagnostic>,
    /// The files of the search's index, made when one is first asked for.
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Answer {
    /// Bytes that were made.
    Bytes(Vec<u8>),
    /// A file as it stands in the site's folder.
    File(SitePath),
}

impl Opened<'_> {
    /// The file of the published site at a path such as `case-studies/devon/index.html`; none where there is none.
    ///
    /// # Errors
    ///
    /// What is wrong with the template, or with the image.
    pub fn get(&self, path: &str) -> Option<Result<Answer, Diagnostic>> {
        let Some(planned) = self.planned(path) else {
            // Only a path of the search is worth making the index for.
            if !path.starts_with("search/") {
                return None;
            }
            return self.index().get(path).map(|bytes| Ok(Answer::Bytes(bytes.clone())));
        };
        Some(match self.renderer.render(planned) {
            Ok(Output::Bytes(bytes)) => Ok(Answer::Bytes(bytes)),
            Ok(Output::Copy(asset)) => Ok(Answer::File(asset.path.clone())),
            Ok(Output::Resized { asset, width }) => self.images.variant(asset, width).map(Answer::Bytes),
            Err(error) => Err(*error.0),
        })
    }

    /// Whether something stands at a path.
    pub fn has(&self, path: &str) -> bool {
        self.planned(path).is_some() || (path.starts_with("search/") && self.index().contains_key(path))
    }

    /// Files that pages show rather than lead to, each with the hash of its bytes: those of the theme, images, data.
    pub fn files(&self) -> impl Iterator<Item = (String, [u8; 32])> {
        self.plan.iter().filter_map(|planned| {
            let hash = self.renderer.hash_of_file(planned)?;
            Some((planned.path.clone(), hash))
        })
    }

    /// The address below the site's root of the page that a file holds.
    pub fn address_of(&self, path: &SitePath) -> Option<String> {
        let page = self.site.pages.iter().find(|page| page.parsed.path == *path)?;
        Some(page.parsed.address.clone())
    }

    /// Diagnostics with their places and excerpts.
    pub fn located(&self, problems: Vec<Diagnostic>) -> Vec<Located> {
        if problems.is_empty() {
            Vec::new()
        } else {
            locate(self.world, Some(self.renderer.theme()), problems)
        }
    }

    /// Outputs that would overwrite each other, as problems.
    pub fn located_problems(&self) -> Vec<Located> {
        self.located(self.problems.clone())
    }

    /// The file that an output is made from: a page's Markdown, an asset's own.
    pub fn source_of(&self, path: &str) -> Option<&SitePath> {
        self.planned(path)?.source()
    }

    /// The paths of all outputs but those of the search's index.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.plan.iter().map(|planned| planned.path.as_str())
    }

    /// The files of the search's index.
    pub fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| self.renderer.index().into_iter().collect())
    }

    fn planned(&self, path: &str) -> Option<&Planned> {
        let place = self.plan.binary_search_by(|planned| planned.path.as_str().cmp(path)).ok()?;
        Some(&self.plan[place])
    }
}

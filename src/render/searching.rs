//! The files by which a site is searched: the index, a file for each page's excerpts, and the client.

use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::beside;
use super::findable::Findable;
use crate::config::Config;
use crate::search::{self, Document, File, Prepared, Synonyms};
use crate::site::{PageIndex, Site};

/// Where the client of the search is published; the index stands beside it.
pub(super) const CLIENT: &str = "search/search.js";

/// Files of a theme that only a search needs.
const OF_THEME: [&str; 3] = ["search.css", "search-field.js", "search-page.js"];

/// The file of a theme that makes a key lead to the search field.
const SHORTCUT: &str = "search-shortcut.js";

/// Whether a file of the theme is not published, because this site has no use for it.
pub(super) fn is_left_out(config: &Config, address: &str) -> bool {
    (!config.search && OF_THEME.contains(&address))
        || (!(config.search && config.search_shortcut) && address == SHORTCUT)
}

/// The search of one site.
pub(super) struct Searching<'a> {
    site: &'a Site,
    /// Made when a file of the search is first asked for.
    made: OnceLock<Made<'a>>,
}

struct Made<'a> {
    findable: Findable<'a>,
    synonyms: Synonyms,
    /// The pages by the numbers that the index has for them.
    order: Vec<PageIndex>,
    /// What the index needs of each page, once the page's file was made: its text is read once for both.
    prepared: Vec<Mutex<Option<Prepared>>>,
}

impl<'a> Searching<'a> {
    /// Gets ready to index a site; none where it is not to be searched.
    pub(super) fn new(site: &'a Site) -> Option<Self> {
        if !site.config.search {
            return None;
        }
        Some(Self { site, made: OnceLock::new() })
    }

    fn made(&self) -> &Made<'a> {
        self.made.get_or_init(|| {
            let findable = Findable::new(self.site);
            let order = findable.order();
            let synonyms = Synonyms::new(findable.settings());
            let prepared = order.iter().map(|_| Mutex::default()).collect();
            Made { findable, synonyms, order, prepared }
        })
    }

    /// The paths of the files of pages, each with the number of its page.
    pub(super) fn page_files(&self) -> impl Iterator<Item = (usize, String)> {
        (0..self.site.held_pages().count()).map(|number| (number, search::page_path(number)))
    }

    /// The file of a page. What the index needs of the page is kept.
    pub(super) fn page_bytes(&self, number: usize) -> Vec<u8> {
        let made = self.made();
        let mut document = made.findable.document(made.order[number]);
        let prepared = search::prepare(&document, &made.synonyms);
        *made.kept(number) = Some(prepared);
        self.add_beside(number, &mut document);
        search::page_file(number, &document).bytes
    }

    /// The files beside those of the pages. Whatever was not kept of a page is read now.
    pub(super) fn index(&self) -> Vec<File> {
        let made = self.made();
        let prepare =
            |number: usize| search::prepare(&made.findable.document(made.order[number]), &made.synonyms);
        let prepared = made.order.par_iter().enumerate();
        let prepared = prepared
            .map(|(number, _)| {
                let kept = made.kept(number).take();
                kept.unwrap_or_else(|| prepare(number))
            })
            .collect();
        let shown = |number: usize| {
            let mut document = made.findable.document(made.order[number]);
            self.add_beside(number, &mut document);
            document
        };
        search::finish(prepared, made.findable.settings(), &made.synonyms, &shown)
    }

    fn add_beside(&self, number: usize, document: &mut Document) {
        document.facets.extend(beside::of(self.site, self.made().order[number]));
    }
}

impl Made<'_> {
    fn kept(&self, number: usize) -> std::sync::MutexGuard<'_, Option<Prepared>> {
        self.prepared[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

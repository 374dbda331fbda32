//! The files by which a site is searched: the index, a file for each page's excerpts, and the client.

use std::sync::{Mutex, PoisonError};

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
        let findable = Findable::new(site);
        let order = findable.order();
        let synonyms = Synonyms::new(findable.settings());
        let prepared = order.iter().map(|_| Mutex::default()).collect();
        Some(Self { site, findable, synonyms, order, prepared })
    }

    /// The paths of the files of pages, each with the number of its page.
    pub(super) fn page_files(&self) -> impl Iterator<Item = (usize, String)> {
        (0..self.order.len()).map(|number| (number, search::page_path(number)))
    }

    /// The file of a page. What the index needs of the page is kept.
    pub(super) fn page_bytes(&self, number: usize) -> Vec<u8> {
        let mut document = self.findable.document(self.order[number]);
        let prepared = search::prepare(&document, &self.synonyms);
        *self.kept(number) = Some(prepared);
        self.add_beside(number, &mut document);
        search::page_file(number, &document).bytes
    }

    /// The files beside those of the pages. Whatever was not kept of a page is read now.
    pub(super) fn index(&self) -> Vec<File> {
        let prepare =
            |number: usize| search::prepare(&self.findable.document(self.order[number]), &self.synonyms);
        let prepared = self.order.par_iter().enumerate();
        let prepared = prepared
            .map(|(number, _)| {
                let kept = self.kept(number).take();
                kept.unwrap_or_else(|| prepare(number))
            })
            .collect();
        let shown = |number: usize| {
            let mut document = self.findable.document(self.order[number]);
            self.add_beside(number, &mut document);
            document
        };
        search::finish(prepared, self.findable.settings(), &self.synonyms, &shown)
    }

    fn kept(&self, number: usize) -> std::sync::MutexGuard<'_, Option<Prepared>> {
        self.prepared[number].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_beside(&self, number: usize, document: &mut Document) {
        document.facets.extend(beside::of(self.site, self.order[number]));
    }
}

//! The files by which a site is searched: the index, a file for each page's excerpts, and the client.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::beside;
use super::findable::Findable;
use crate::config::Config;
use crate::search::{self, File, Synonyms};
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
    /// The pages by the numbers that the index has for them.
    order: Vec<PageIndex>,
    files: Vec<File>,
}

impl<'a> Searching<'a> {
    /// Indexes a site; none where it is not to be searched.
    pub(super) fn new(site: &'a Site) -> Option<Self> {
        if !site.config.search {
            return None;
        }
        let findable = Findable::new(site);
        let order = findable.order();
        let synonyms = Synonyms::new(findable.settings());
        // One page's text at a time and thread; what is kept of it is far smaller.
        let prepared =
            order.par_iter().map(|page| search::prepare(&findable.document(*page), &synonyms)).collect();
        let files = search::finish(prepared, findable.settings(), &synonyms);
        Some(Self { site, findable, order, files })
    }

    /// The paths of all files of the index, each with its number.
    pub(super) fn files(&self) -> impl Iterator<Item = (usize, &str)> {
        self.files.iter().map(|file| file.path.as_str()).enumerate()
    }

    /// What a file of the index holds.
    pub(super) fn bytes(&self, number: usize) -> &[u8] {
        &self.files[number].bytes
    }

    /// The paths of the files of pages, each with the number of its page.
    pub(super) fn page_files(&self) -> impl Iterator<Item = (usize, String)> {
        (0..self.order.len()).map(|number| (number, search::page_path(number)))
    }

    /// The file of a page.
    pub(super) fn page_bytes(&self, number: usize) -> Vec<u8> {
        let page = self.order[number];
        let mut document = self.findable.document(page);
        document.facets.extend(beside::of(self.site, page));
        search::page_file(number, &document).bytes
    }
}

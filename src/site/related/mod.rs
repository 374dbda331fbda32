//! Which pages a reader of each page may want next, and why: found by themes, tags, networks, standards and the words
//! of titles and summaries that two pages share. What many pages share says little, and what nearly all share nothing.
//! Bodies are not looked at, so that mending a text changes no other page.
//!
//! What all pages have is put together once ([`Relatedness`]); the neighbours of one page are worked out when it is
//! rendered, which in a preview is one page of thousands.

mod features;
mod index;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::{Page, PageIndex, Resolved};
use crate::config::Config;
use crate::content::{ParsedPage, Status};
use features::{Feature, hash};
use index::Index;
use words::Synonyms;

/// How many related pages a page shows.
const SHOWN: usize = 4;

/// A related page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The page.
    pub page: PageIndex,
    /// What the two share, to a reader: `Same network and theme: Stroke`.
    pub why: String,
}

/// What each page has to share by its own words, in the order of the pages. It rests on the site's synonyms too, which need
/// no comparing: with other settings every page is read anew, and is another value.
pub(super) type Topics = Vec<(ParsedPage, Arc<[Feature]>)>;

/// What the pages of a site have in common.
#[derive(Debug)]
pub(super) struct Relatedness {
    index: Index,
    traits: Vec<Trait>,
    synonyms: Synonyms,
    /// Sums that are all zero, one for each page, for whoever looks for neighbours next.
    sums: Mutex<Vec<Vec<u32>>>,
}

/// What keeps two pages apart whatever they share.
#[derive(Debug)]
struct Trait {
    language: u64,
    is_made_up: bool,
}

impl Relatedness {
    /// Looks at all pages. Only published ones have anything in common; `intros` (sorted) stand above lists.
    ///
    /// `known` is what the last look left, and is taken up where the page is the same value as then.
    pub(super) fn new(config: &Config, pages: &[Page], intros: &[PageIndex], known: &mut Topics) -> Self {
        let synonyms = Synonyms::new(&config.synonyms);
        let eligible: Vec<bool> = pages
            .iter()
            .enumerate()
            .map(|(index, page)| {
                // A home page and the text above a list are no places to read on.
                page.parsed.status == Status::Published
                    && !page.parsed.address.is_empty()
                    && intros.binary_search(&index).is_err()
            })
            .collect();
        let count = eligible.iter().filter(|is_eligible| **is_eligible).count();
        let with_pairs = count > index::CUT;
        let before = std::mem::take(known);
        *known = pages
            .par_iter()
            .enumerate()
            .map(|(index, Page { parsed, .. })| match before.get(index) {
                Some((page, own)) if page.is(parsed) => (page.clone(), Arc::clone(own)),
                _ => (parsed.clone(), features::own(parsed, &synonyms)),
            })
            .collect();
        let features: Vec<Vec<Feature>> = pages
            .par_iter()
            .zip(&eligible)
            .zip(&*known)
            .map(
                |((page, is_eligible), (_, own))| {
                    if *is_eligible { features::features(page, own, with_pairs) } else { Vec::new() }
                },
            )
            .collect();
        let index = Index::new(&features, count, pages);
        let traits = pages
            .iter()
            .map(|page| {
                let values = &page.parsed.values;
                Trait {
                    language: hash(values.text("lang").unwrap_or(&config.language)),
                    is_made_up: values.text("provenance") == Some("illustrative")
                        || values.flag("fictional") == Some(true),
                }
            })
            .collect();
        Self { index, traits, synonyms, sums: Mutex::default() }
    }

    /// The related pages of a page, the nearest first. `pages` are those that were looked at.
    pub(super) fn of(&self, pages: &[Page], from: PageIndex) -> Vec<Related> {
        let free = self.sums.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut sums = free.unwrap_or_else(|| vec![0; pages.len()]);
        let nearest = self.index.nearest(from, &mut sums);
        self.sums.lock().unwrap_or_else(PoisonError::into_inner).push(sums);
        let mut linked = None;
        nearest
            .into_iter()
            .filter(|(_, to)| {
                let (one, other) = (&self.traits[from], &self.traits[*to]);
                // What is real leads to nothing that is made up.
                one.language == other.language
                    && (one.is_made_up || !other.is_made_up)
                    && !linked.get_or_insert_with(|| linked_pages(&pages[from])).contains(to)
            })
            .take(SHOWN)
            .map(|(_, to)| Related { page: to, why: self.index.why(pages, from, to, &self.synonyms) })
            .collect()
    }
}

/// The pages that a page leads to already, or that lead to it and are shown for that.
fn linked_pages(page: &Page) -> Vec<PageIndex> {
    let by_fields = page.outgoing.iter().chain(&page.incoming).map(|relation| relation.page);
    let by_text = page.links.iter().filter_map(|link| match link {
        Resolved::Page(to, _) => Some(*to),
        _ => None,
    });
    by_fields.chain(by_text).chain(page.linked_from.iter().copied()).collect()
}

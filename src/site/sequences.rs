//! Orders that readers know, in which pages stand before and after each other: listings, the sessions of an event, and
//! sections, which are the pages of a folder that has no kind.

use std::collections::BTreeMap;

use super::{Listing, Page, PageIndex, Resolved};
use crate::content::Status;
use crate::content::kinds::Kind;

/// Where a page stands among others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The page before it.
    pub previous: Option<PageIndex>,
    /// The page after it.
    pub next: Option<PageIndex>,
    /// Its section, if it belongs to one: an index into [`super::Site::sections`].
    pub section: Option<usize>,
}

/// The pages of a folder that has no kind, with the folder's own page first if there is one.
pub type Section = Vec<PageIndex>;

/// The sections of a site, and the place of each of its pages.
pub(super) fn places(
    pages: &[Page],
    listings: &[Listing],
    is_shown: &dyn Fn(PageIndex) -> bool,
) -> (Vec<Section>, Vec<Place>) {
    let mut places = vec![Place::default(); pages.len()];
    for listing in listings {
        if listing.kind.name == "session" {
            // A session follows the one before it on the same event, in the order of time.
            let mut by_event: BTreeMap<Option<PageIndex>, Vec<PageIndex>> = BTreeMap::new();
            for &index in &listing.pages {
                let event = pages[index].outgoing.iter().find(|relation| relation.field == "event");
                by_event.entry(event.map(|relation| relation.page)).or_default().push(index);
            }
            for sessions in by_event.values() {
                chain(sessions, &mut places);
            }
        } else {
            chain(&listing.pages, &mut places);
        }
    }
    let sections = sections(pages, is_shown);
    for (number, section) in sections.iter().enumerate() {
        chain(section, &mut places);
        for &index in section {
            // A folder in a folder shows its own pages; the way up is in the breadcrumbs.
            if places[index].section.is_none_or(|known| sections[known][0] != index) {
                places[index].section = Some(number);
            }
        }
    }
    (sections, places)
}

/// Each page after the one before it; what is known already stays, so that the page of a folder keeps its place among
/// its siblings and leads on to its own pages only if nothing follows it there.
fn chain(pages: &[PageIndex], places: &mut [Place]) {
    for pair in pages.windows(2) {
        let next = &mut places[pair[0]].next;
        *next = next.or(Some(pair[1]));
        let previous = &mut places[pair[1]].previous;
        *previous = previous.or(Some(pair[0]));
    }
}

/// Folders by address, so that a folder comes before those in it.
fn sections(pages: &[Page], is_shown: &dyn Fn(PageIndex) -> bool) -> Vec<Section> {
    let mut folders: BTreeMap<&str, Vec<PageIndex>> = BTreeMap::new();
    let is_plain = |index: PageIndex| {
        let page = &pages[index].parsed;
        is_shown(index) && page.kind == Kind::page() && page.status != Status::Archived
    };
    for (index, page) in pages.iter().enumerate().filter(|(index, _)| is_plain(*index)) {
        let address = page.parsed.address.trim_end_matches('/');
        if let Some((slash, _)) = address.rmatch_indices('/').next() {
            folders.entry(&page.parsed.address[..=slash]).or_default().push(index);
        }
    }
    folders
        .into_iter()
        .filter_map(|(folder, mut below)| {
            let own = pages.binary_search_by(|page| page.parsed.address.as_str().cmp(folder)).ok();
            let own = own.filter(|own| is_plain(*own));
            // The folder's own page puts the others in order by naming them.
            let links = own.map_or(&[][..], |own| &pages[own].links);
            let named = |index: PageIndex| {
                links.iter().position(|link| matches!(link, Resolved::Page(to, _) if *to == index))
            };
            below.sort_by_cached_key(|index| {
                (named(*index).unwrap_or(usize::MAX), pages[*index].parsed.title.to_lowercase(), *index)
            });
            let section: Section = own.into_iter().chain(below).collect();
            (section.len() > 1).then_some(section)
        })
        .collect()
}

//! Pages that are made from others so that readers find their way. Each is one file here, its name in the table below,
//! and a template.

use std::cmp::Reverse;

use tera::Context;

use super::view::Views;
use crate::content::Status;
use crate::site::{MadeOverview, Overview, PageIndex, Site};

/// A table of this many rows is still one that somebody reads.
const ROWS: usize = 200;

/// One overview: what it is, and how it is made.
pub(super) struct Entry {
    about: Overview,
    /// The template that shows it.
    pub(super) template: &'static str,
    /// What the template sees of its page of this number, from 0.
    pub(super) view: fn(&Views<'_>, &MadeOverview, usize) -> Context,
}

macro_rules! overviews {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every overview, in the order in which they are linked to.
        pub(super) static ALL: &[&Entry] = &[$(&$name::ENTRY),*];
    };
}

overviews! {
    a_to_z,
    changes,
    glossary,
    help,
    map,
    compare_networks,
    compare_case_studies,
    matrix,
    speakers,
}

/// What every overview is, for the stage that finds out which of them a site has.
pub fn overviews() -> Vec<Overview> {
    ALL.iter().map(|entry| entry.about).collect()
}

/// The overviews of a site: their place in the table, and among the site's.
pub(super) fn of_site(site: &Site) -> impl Iterator<Item = (usize, usize, &MadeOverview)> {
    site.overviews.iter().enumerate().filter_map(|(made_index, made)| {
        let entry = ALL.iter().position(|entry| entry.about.address == made.about.address)?;
        Some((entry, made_index, made))
    })
}

/// The pages that lists show.
fn shown(site: &Site) -> impl Iterator<Item = PageIndex> {
    site.held_pages().filter(|index| site.pages[*index].parsed.status != Status::Archived)
}

/// The pages of a kind, in the order of its listing.
fn listed<'a>(site: &'a Site, kind: &str) -> &'a [PageIndex] {
    let listing = site.listings.iter().find(|listing| listing.kind.name == kind);
    listing.map_or(&[], |listing| &listing.pages)
}

/// The newest pages of a kind, as many as a table holds, and how many there are in all.
fn newest(site: &Site, kind: &str) -> (Vec<PageIndex>, usize) {
    let mut pages = listed(site, kind).to_vec();
    let total = pages.len();
    pages.sort_by_key(|index| Reverse(crate::site::day_of(&site.pages[*index].parsed)));
    pages.truncate(ROWS);
    (pages, total)
}

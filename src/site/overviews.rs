//! Pages that help to find one's way: everything by letter, what changed, comparisons. What stands on them is made when
//! they are rendered; which of them there are must be known before, so that content can link to them.

use crate::content::kinds::organisation::Organisations;
use crate::content::{ParsedPage, Status};

/// A page that is made from others.
#[derive(Debug, Clone, Copy)]
pub struct Overview {
    /// Its address below the root.
    pub address: &'static str,
    /// What it is called on a site of these pages.
    pub title: fn(&[&ParsedPage]) -> &'static str,
    /// The kinds whose listings link to it; none where every page does, in its footer.
    pub beside: &'static [&'static str],
    /// Whether these pages, with what is known of organisations, give it anything to show.
    pub has_something: fn(&[&ParsedPage], &Organisations) -> bool,
    /// The names of further pages below its address, for what is too long for one.
    pub parts: fn(&[&ParsedPage]) -> Vec<String>,
}

impl Overview {
    /// Whether search engines should know it. A list of people is for readers of the site alone.
    pub fn is_for_search_engines(&self) -> bool {
        self.address != "speakers/"
    }
}

/// For an overview that is one page however long.
pub fn one_page(_: &[&ParsedPage]) -> Vec<String> {
    Vec::new()
}

/// An overview of this site.
#[derive(Debug)]
pub struct MadeOverview {
    /// What it is.
    pub about: Overview,
    /// What it is called.
    pub title: &'static str,
    /// Its own address and those of its further pages.
    pub addresses: Vec<String>,
}

/// Those that have something to show. Archived pages stand in none, as in no list.
pub(super) fn made<'a>(
    all: &[Overview],
    pages: impl Iterator<Item = &'a ParsedPage>,
    organisations: &Organisations,
) -> Vec<MadeOverview> {
    let pages: Vec<&ParsedPage> = pages.filter(|page| page.status != Status::Archived).collect();
    all.iter()
        .filter(|about| (about.has_something)(&pages, organisations))
        .map(|about| {
            let parts = (about.parts)(&pages).into_iter().map(|part| format!("{}{part}/", about.address));
            let addresses = std::iter::once(about.address.to_string()).chain(parts).collect();
            MadeOverview { about: *about, title: (about.title)(&pages), addresses }
        })
        .collect()
}

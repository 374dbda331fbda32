//! Chosen pages in the order in which they are read one after the other.

use std::collections::BTreeSet;

use super::Choice;
use crate::site::{PageIndex, Site};

impl Choice {
    /// What was asked for by name, the sessions of an event by time, then all others as lists have them. The home page
    /// and what stands above lists are left out: they lead to pages and say nothing of their own.
    pub fn in_order(&self, site: &Site) -> Vec<PageIndex> {
        let above_lists: BTreeSet<PageIndex> =
            site.listings.iter().filter_map(|listing| listing.intro).collect();
        let of_event = self.first.and_then(|event| site.programmes.get(&event));
        let sessions = of_event.into_iter().flat_map(|programme| &programme.sessions);
        let listed = site.listings.iter().flat_map(|listing| listing.pages.iter().copied());
        let all = self.first.into_iter().chain(sessions.map(|session| session.page)).chain(listed);
        let mut seen = BTreeSet::new();
        all.chain(0..site.pages.len())
            .filter(|page| self.pages.as_ref().is_none_or(|chosen| chosen[*page]))
            .filter(|page| !site.pages[*page].parsed.address.is_empty() && !above_lists.contains(page))
            .filter(|page| seen.insert(*page))
            .collect()
    }
}

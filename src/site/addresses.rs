//! Addresses of pages that are made rather than written: listings, taxonomies and the like.

use std::collections::HashSet;

use super::{Listing, MadeOverview, Taxonomy, TermKind};
use crate::config::Config;

/// The addresses at which something is made whether or not a file stands there.
pub(super) fn generated(
    config: &Config,
    listings: &[Listing],
    taxonomies: &[Taxonomy],
    overviews: &[MadeOverview],
) -> HashSet<String> {
    let mut addresses: HashSet<String> = HashSet::new();
    addresses.insert(String::new());
    for listing in listings {
        addresses.insert(format!("{}/", listing.kind.folder));
    }
    let has_feeds = config.base_url.is_some();
    for taxonomy in taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty()) {
        addresses.insert(format!("{}/", taxonomy.plural));
        for term in taxonomy.terms.iter().filter(|term| term.kind == TermKind::Word) {
            addresses.insert(term.address.clone());
        }
        for term in taxonomy.terms.iter().filter(|term| has_feeds && !term.pages.is_empty()) {
            addresses.insert(format!("{}feed.xml", term.address));
        }
    }
    addresses.extend(overviews.iter().flat_map(|made| made.addresses.iter().cloned()));
    if config.accessibility.is_some() {
        addresses.insert("accessibility/".to_string());
    }
    if has_feeds {
        addresses.insert("feed.xml".to_string());
        addresses.insert("sitemap.xml".to_string());
    }
    if listings.iter().any(|listing| listing.kind.name == "case-study") {
        addresses.insert("case-studies/catalogue.csv".to_string());
        addresses.insert("case-studies/catalogue.json".to_string());
    }
    addresses
}

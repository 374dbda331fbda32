//! The sitemap (sitemaps.org, 50,000 addresses a file) and robots.txt.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::address::encoded;
use super::pagination;
use crate::site::{Site, TermKind, changes_address, comparison_address};
use crate::text::push_escaped;

/// A file may hold this many addresses.
const PER_FILE: usize = 50_000;

/// Every address that search engines should know, with the day of its last change, in order. It is gathered once,
/// however many files it falls into.
pub(super) struct Sitemap(Vec<(String, Option<Date>)>);

fn addresses(site: &Site) -> Vec<(String, Option<Date>)> {
    let mut addresses: Vec<(String, Option<Date>)> = Vec::with_capacity(site.pages.len() + 64);
    if site.page_at("").is_none() {
        addresses.push((String::new(), None));
    }
    for (index, page) in site.pages.iter().enumerate() {
        let under_embargo = page.parsed.embargo.is_some_and(|embargo| embargo > site.now);
        if page.parsed.status.is_public() && !under_embargo {
            addresses.push((page.parsed.address.clone(), super::feed::updated(site, index)));
        }
    }
    let compared = site.compared_pages().map(|index| comparison_address(&site.pages[index].parsed));
    addresses.extend(compared.map(|address| (address, None)));
    let changed = site.versions.changed_pages().map(|index| changes_address(&site.pages[index].parsed));
    addresses.extend(changed.map(|address| (address, None)));
    for listing in &site.listings {
        let base = format!("{}/", listing.kind.folder);
        let first = if listing.intro.is_some() { 2 } else { 1 };
        for number in first..=pagination::page_count(listing.pages.len()) {
            addresses.push((pagination::address(&base, number), None));
        }
    }
    for taxonomy in site.taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty()) {
        addresses.push((format!("{}/", taxonomy.plural), None));
        for term in &taxonomy.terms {
            let first = if term.kind == TermKind::Word { 1 } else { 2 };
            for number in first..=pagination::page_count(term.pages.len()) {
                addresses.push((pagination::address(&term.address, number), None));
            }
        }
    }
    let overviews = site.overviews.iter().filter(|made| made.about.is_for_search_engines());
    let overviews = overviews.flat_map(|made| &made.addresses);
    addresses.extend(overviews.map(|address| (address.clone(), None)));
    if site.config.accessibility.is_some() {
        addresses.push(("accessibility/".to_string(), None));
    }
    // Of an address that is a page of content and a list, the entry with a day is kept.
    addresses.sort_by(|(one, day), (other, other_day)| one.cmp(other).then_with(|| other_day.cmp(day)));
    addresses.dedup_by(|a, b| a.0 == b.0);
    addresses
}

impl Sitemap {
    /// Gathers the addresses; none where the site does not know its own.
    pub(super) fn new(site: &Site) -> Self {
        Self(if site.config.base_url.is_some() { addresses(site) } else { Vec::new() })
    }

    /// How many files it falls into.
    pub(super) fn part_count(&self) -> usize {
        self.0.len().div_ceil(PER_FILE).max(1)
    }

    /// One file, from 1; the whole where it falls into no parts.
    pub(super) fn part(&self, site: &Site, number: Option<usize>) -> Vec<u8> {
        let from = number.map_or(0, |number| (number - 1) * PER_FILE).min(self.0.len());
        let to = number.map_or(self.0.len(), |number| (number * PER_FILE).min(self.0.len()));
        write_part(site, &self.0[from..to])
    }
}

fn write_part(site: &Site, addresses: &[(String, Option<Date>)]) -> Vec<u8> {
    let base = site.config.base_url.as_deref().unwrap_or("/");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (address, changed) in addresses {
        xml.push_str("<url><loc>");
        push_escaped(&mut xml, &format!("{base}{}", encoded(address)));
        xml.push_str("</loc>");
        if let Some(day) = changed {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// The list of the sitemap's files.
pub(super) fn index(site: &Site, part_count: usize) -> Vec<u8> {
    let base = site.config.base_url.as_deref().unwrap_or("/");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for part in 1..=part_count {
        xml.push_str("<sitemap><loc>");
        push_escaped(&mut xml, &format!("{base}sitemap-{part}.xml"));
        xml.push_str("</loc></sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// Everything may be read; the sitemap is named where there is one.
pub(super) fn robots(site: &Site) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.config.base_url {
        let _ = writeln!(text, "Sitemap: {base}sitemap.xml");
    }
    text.into_bytes()
}

//! Documents as a pack holds them, where no server stands between an address and its file: every link names the file
//! that it opens, one to a page that is not in the pack leads to the website or becomes plain text, one that leaves the
//! folder says so, and what only a website needs (feeds, other addresses of the page) is left out.
//!
//! This is done to each document once it is made, and not where addresses are put together. An address can come from a
//! template of the site's own theme, from a text or from a field; only here are all of them seen, so that nothing can
//! lead nowhere, and links that leave have to be found and marked here in any case.

mod paths;
mod settled;
mod single;
mod tags;

use std::collections::HashSet;

use super::plan::{Planned, What};
use crate::site::Site;
use paths::{decoded, joined};
use settled::Settled;
pub use single::{MARK, SingleFile, TooLarge};

/// The look of what only packs have.
pub(super) const STYLES: &str = "pack.css";

/// Nothing but what lies in the folder is loaded, and nothing is sent. `file:` is for browsers that take each file of a
/// folder for a site of its own.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
                      img-src 'self' file: data:; media-src 'self' file:; font-src 'self' file:; form-action 'self' file:; \
                      base-uri 'none'";

/// What whoever opens the first page inside the archive sees: there the stylesheet that hides it is not at hand.
const EXTRACT: &str = "<div class=\"extract-first\"><h2>Extract all first</h2><p>This page was opened inside a zip \
                       file, where its pictures, styles and links do not work. Close it, choose “Extract all” (or “Extract \
                       here”) for the zip file, and open index.html in the folder that this makes.</p><hr></div>";

/// What all documents of a pack share.
#[derive(Debug)]
pub(super) struct Offline {
    /// The path of every output.
    files: HashSet<String>,
    website: Option<String>,
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
enum Leads {
    /// Within its document, or to what is no page: `mailto:`, `data:`.
    Stays,
    /// To a file of the pack, with what its address lacks.
    Inside(&'static str),
    /// Out of the pack.
    Outside,
    /// To what the website may have, below its root.
    NotHere(String),
}

/// Leaves out of a plan what a pack does not hold: what makes sense on a website only, and all that lies below the
/// address of a page that was not chosen.
pub(super) fn retain(site: &Site, outputs: &mut Vec<Planned>) {
    if site.pack.is_none() {
        outputs.retain(|output| output.path != STYLES || !matches!(output.what, What::Static(_)));
        return;
    }
    let folders: HashSet<&str> = site.listings.iter().map(|listing| listing.kind.folder).collect();
    // The page above a list, and the home page, stand at addresses that are made in any case.
    let apart: HashSet<&str> = (0..site.pages.len())
        .filter(|index| !site.holds(*index))
        .map(|index| site.pages[index].parsed.address.as_str())
        .filter(|address| !address.is_empty() && !folders.contains(address.trim_end_matches('/')))
        .collect();
    let held: HashSet<&str> =
        site.held_pages().map(|index| site.pages[index].parsed.address.as_str()).collect();
    outputs.retain(|output| match &output.what {
        What::NotFound
        | What::Robots
        | What::SiteFeed
        | What::TermFeed { .. }
        | What::Sitemap(_)
        | What::SitemapIndex => false,
        What::Asset(asset) | What::Resized { asset, .. } => site.holds_file(*asset),
        What::Static(_) => true,
        What::Page(page) if !site.holds(*page) => false,
        _ => {
            let mut path = output.path.as_str();
            while let Some((above, _)) = path.rsplit_once('/') {
                let address = &output.path[..=above.len()];
                if held.contains(address) {
                    return true;
                }
                if apart.contains(address) {
                    return false;
                }
                path = above;
            }
            true
        }
    });
}

impl Offline {
    pub(super) fn new(site: &Site, plan: &[Planned]) -> Self {
        let mut files: HashSet<String> = plan.iter().map(|output| output.path.clone()).collect();
        // Its files are known only once all pages were read.
        files.insert("search/index.js".to_string());
        if site.pack.as_ref().is_some_and(|pack| pack.is_single_file) {
            let pages: HashSet<String> = single::pages(site).map(|(file, _)| file).collect();
            files.retain(|file| pages.contains(file) || single::is_image(file));
        }
        Self { files, website: site.website().map(str::to_string) }
    }

    /// A document as it stands in the pack; `path` is its own.
    pub(super) fn settled(&self, path: &str, document: &[u8]) -> Vec<u8> {
        let Ok(document) = std::str::from_utf8(document) else { return document.to_vec() };
        Settled::of(self, path, document).into_bytes()
    }

    /// Where an address in a document leads; it is escaped as in HTML.
    fn leads(&self, from: &str, address: &str) -> Leads {
        let address = address.trim();
        if address.is_empty() || address.starts_with('#') {
            return Leads::Stays;
        }
        let path_end = address.find(['?', '#']).unwrap_or(address.len());
        let (written, _) = address.split_at(path_end);
        if let Some(colon) = written.find(':') {
            let scheme = &written[..colon];
            if !scheme.contains('/') {
                return self.by_scheme(scheme, written);
            }
        }
        if written.starts_with("//") {
            return Leads::Outside;
        }
        let Some(target) = joined(from, &decoded(written)) else {
            return Leads::NotHere(String::new());
        };
        self.found(target, written)
    }

    fn by_scheme(&self, scheme: &str, written: &str) -> Leads {
        if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Leads::Stays;
        }
        match &self.website {
            // A page of the website that is not here keeps its address, but is told apart from other sites.
            Some(website) => match decoded(written).strip_prefix(website.as_str()) {
                Some(below) if !self.has(below) => Leads::NotHere(below.to_string()),
                _ => Leads::Outside,
            },
            None => Leads::Outside,
        }
    }

    fn has(&self, target: &str) -> bool {
        matches!(self.found(target.to_string(), target), Leads::Inside(_))
    }

    fn found(&self, target: String, written: &str) -> Leads {
        if target.is_empty() || target.ends_with('/') {
            return match self.files.contains(&format!("{target}index.html")) {
                // `..` names a folder without saying so.
                true if written.is_empty() || written.ends_with('/') => Leads::Inside("index.html"),
                true => Leads::Inside("/index.html"),
                false => Leads::NotHere(target),
            };
        }
        if self.files.contains(&target) {
            Leads::Inside("")
        } else if self.files.contains(&format!("{target}/index.html")) {
            Leads::Inside("/index.html")
        } else {
            Leads::NotHere(target)
        }
    }
}

#[cfg(test)]
mod tests;

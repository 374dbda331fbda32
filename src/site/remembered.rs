//! Where the links of pages lead and what pages are about, kept from one assembling to the next: links are found anew only
//! for pages whose file changed, or when what links can lead to changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::related::Topics;
use super::{Asset, Page, Resolved, Site};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// What one assembling leaves for the next. Without it every link is looked for.
#[derive(Debug, Default)]
pub struct Remembered {
    /// A hash of all that links can lead to.
    key: [u8; 32],
    links: HashMap<SitePath, (ParsedPage, Vec<Resolved>)>,
    /// Pages whose links have problems: those are told each time.
    reported: BTreeSet<SitePath>,
    /// What pages are about.
    pub(super) topics: Topics,
}

impl Remembered {
    /// Takes out of a site that is over what the next one can use.
    #[must_use]
    pub fn with_links_of(mut self, site: Site) -> Self {
        self.links = site
            .pages
            .into_iter()
            .filter(|page| !self.reported.contains(&page.parsed.path))
            .map(|Page { parsed, links, .. }| (parsed.path.clone(), (parsed, links)))
            .collect();
        self
    }

    /// Forgets everything unless the links can lead to what they could lead to before.
    pub(super) fn keep_if(&mut self, key: [u8; 32]) {
        if self.key != key {
            let topics = std::mem::take(&mut self.topics);
            *self = Self { key, topics, ..Self::default() };
        }
        self.reported.clear();
    }

    /// The links of a page: those that are known, or the ones that `find` finds.
    pub(super) fn links_of(
        &mut self,
        page: &ParsedPage,
        problems: &mut Vec<Diagnostic>,
        find: impl FnOnce(&mut Vec<Diagnostic>) -> Vec<Resolved>,
    ) -> Vec<Resolved> {
        if let Some((known, links)) = self.links.remove(&page.path)
            && known.is(page)
        {
            return links;
        }
        let before = problems.len();
        let links = find(problems);
        if problems.len() > before {
            self.reported.insert(page.path.clone());
        }
        links
    }
}

/// A hash of all that links can lead to: pages with their headings, files, and addresses that are made.
pub(super) fn key(
    pages: &[ParsedPage],
    hidden: &[ParsedPage],
    assets: &[Asset],
    data: impl Iterator<Item = SitePath>,
    generated: &HashSet<String>,
    base_url: Option<&str>,
) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut note = |text: &str| {
        hasher.update(&(text.len() as u32).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for (is_public, page) in
        pages.iter().map(|page| (true, page)).chain(hidden.iter().map(|page| (false, page)))
    {
        note(if is_public { "public" } else { "hidden" });
        for text in [page.path.as_str(), &page.address, page.kind.name, &page.slug] {
            note(text);
        }
        note(page.kind.key.and_then(|key| page.values.text(key)).unwrap_or(""));
        note(if page.is_readable { "" } else { "any heading" });
        for heading in &page.body.headings {
            note(&heading.id);
        }
    }
    for asset in assets {
        note(asset.path.as_str());
    }
    let data: BTreeSet<SitePath> = data.collect();
    for path in &data {
        note(path.as_str());
    }
    let generated: BTreeSet<&String> = generated.iter().collect();
    for address in generated {
        note(address);
    }
    note(base_url.unwrap_or(""));
    *hasher.finalize().as_bytes()
}

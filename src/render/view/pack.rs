//! The first page of a pack that holds a part of its site: what is inside, by kind.

use tera::{Context, Value};

use super::{Frame, Views};
use crate::content::Status;
use crate::content::kinds::Kind;
use crate::render::value::{date, map, optional};
use crate::site::{PageIndex, Site};
use crate::text::counted;

/// Of a kind with more pages the first page names only so many; its list has all.
const NAMED: usize = 50;

/// What every page of a pack can say of it; none on the website.
pub(super) fn value(site: &Site) -> Value {
    site.pack.as_ref().map_or_else(Value::none, |pack| {
        map([
            ("selection", Value::from(pack.selection.as_str())),
            ("date", date(pack.day)),
            ("website", optional(pack.website.as_deref())),
            ("whole", Value::from(!site.is_selection())),
        ])
    })
}

impl Views<'_> {
    /// The list of what is inside.
    pub(in crate::render) fn pack(&self) -> Context {
        let site = self.site;
        let selection = site.pack.as_ref().map_or("", |pack| pack.selection.as_str());
        let held: Vec<PageIndex> = site.held_pages().collect();
        let inside = counted(held.len(), "page", "pages");
        let mut context = self.framed(Frame {
            address: String::new(),
            title: &site.config.title,
            what: "",
            description: &format!("{inside} of {}: {selection}.", site.config.title),
            breadcrumbs: Vec::new(),
            feed: None,
        });
        let first = site.pack.as_ref().and_then(|pack| pack.first);
        context.insert_value("first", self.rows(first));
        let mut groups: Vec<Value> = site
            .listings
            .iter()
            .filter(|listing| !listing.pages.is_empty())
            .map(|listing| {
                let path = format!("{}/", listing.kind.folder);
                let shown = listing.pages.iter().copied().take(NAMED);
                self.group(listing.kind.plural, Some(&path), listing.pages.len(), shown)
            })
            .collect();
        let is_of = |index: &PageIndex, kind: &Kind| site.pages[*index].parsed.kind == kind;
        let is_archived = |index: &PageIndex| site.pages[*index].parsed.status == Status::Archived;
        let plain: Vec<PageIndex> =
            held.iter().copied().filter(|index| is_of(index, Kind::page()) && !is_archived(index)).collect();
        let archived: Vec<PageIndex> = held.iter().copied().filter(is_archived).collect();
        for (title, pages) in [("Other pages", plain), ("Archived", archived)] {
            if !pages.is_empty() {
                let count = pages.len();
                groups.push(self.group(title, None, count, pages.into_iter().take(NAMED)));
            }
        }
        context.insert_value("groups", Value::from(groups));
        context.insert_value("count", Value::from(held.len()));
        context.insert_value("overviews", self.overview_links(|_| true));
        context
    }

    fn group(
        &self,
        title: &str,
        path: Option<&str>,
        count: usize,
        shown: impl Iterator<Item = PageIndex>,
    ) -> Value {
        map([
            ("title", Value::from(title)),
            ("path", optional(path)),
            ("count", Value::from(count)),
            ("rows", self.rows(shown)),
        ])
    }
}

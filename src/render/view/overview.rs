//! What every overview's view begins with, and the links to them.

use tera::{Context, Value};

use super::{Frame, Views, map};
use crate::render::address::encoded;
use crate::site::{MadeOverview, Overview};

impl Views<'_> {
    /// The frame of one page of an overview; `title` is its own where it is not the overview's.
    pub(in crate::render) fn overview(
        &self,
        made: &MadeOverview,
        part: usize,
        title: Option<&str>,
        description: &str,
    ) -> Context {
        let mut breadcrumbs = vec![("Home".to_string(), String::new())];
        let above = self
            .site
            .listings
            .iter()
            .find(|listing| made.about.address.starts_with(&format!("{}/", listing.kind.folder)));
        if let Some(listing) = above {
            breadcrumbs.push((listing.kind.plural.to_string(), format!("{}/", listing.kind.folder)));
        }
        if part > 0 {
            breadcrumbs.push((made.title.to_string(), made.about.address.to_string()));
        }
        let title = title.unwrap_or(made.title);
        let mut context = self.framed(Frame {
            address: made.addresses[part].clone(),
            title,
            what: "",
            description,
            breadcrumbs,
            feed: None,
        });
        context.insert_value(
            "overview",
            map([("title", Value::from(title)), ("about", Value::from(description))]),
        );
        context
    }

    /// Links to those overviews that belong.
    pub(super) fn overview_links(&self, belongs: impl Fn(&Overview) -> bool) -> Value {
        let link = |made: &MadeOverview| {
            map([("title", Value::from(made.title)), ("path", Value::from(encoded(made.about.address)))])
        };
        self.site
            .overviews
            .iter()
            .filter(|made| belongs(&made.about))
            .map(link)
            .collect::<Vec<Value>>()
            .into()
    }
}

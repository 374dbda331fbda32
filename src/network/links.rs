//! The links of a site that lead out of it, wherever they are written: in texts, in fields, in drawings.

use std::collections::BTreeMap;

use super::address;
use crate::fields::Value;
use crate::site::{Resolved, Site};
use crate::source::{SitePath, Span};

/// An address of another site, and where it is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLink {
    /// The address, without what stands after `#`.
    pub url: String,
    /// Where it is written, by path and place.
    pub places: Vec<LinkPlace>,
}

/// A place at which a link is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkPlace {
    /// The file.
    pub path: SitePath,
    /// The place in it.
    pub span: Span,
}

/// Every link of the site's pages to another site, by address.
pub fn external_links(site: &Site) -> Vec<ExternalLink> {
    let mut links: BTreeMap<String, Vec<LinkPlace>> = BTreeMap::new();
    let own = site.config.base_url.as_deref();
    let mut add = |url: &str, path: &SitePath, span: Span| {
        let url = address::without_fragment(url.trim());
        let is_own = own.is_some_and(|own| url.starts_with(own));
        if address::host(url).is_some() && !is_own {
            links.entry(url.to_string()).or_default().push(LinkPlace { path: path.clone(), span });
        }
    };
    for (page, drawing) in site.pages.iter().zip(&site.drawings) {
        let parsed = &page.parsed;
        for (reference, resolved) in parsed.body.references.iter().zip(&page.links) {
            if let Resolved::External(url) = resolved {
                add(url, &parsed.path, reference.span);
            }
        }
        for (_, value) in parsed.values.iter() {
            in_value(&value.value, value.span, &mut |url, span| add(url, &parsed.path, span));
        }
        let diagram = parsed.values.get("diagram").map(|value| value.span).unwrap_or_default();
        for url in drawing.iter().flat_map(|drawing| drawing.links.values()) {
            if let Resolved::External(url) = url {
                add(url, &parsed.path, diagram);
            }
        }
    }
    links
        .into_iter()
        .map(|(url, mut places)| {
            places.sort();
            places.dedup();
            ExternalLink { url, places }
        })
        .collect()
}

/// Fields that hold nothing but an address.
fn in_value(value: &Value, span: Span, add: &mut dyn FnMut(&str, Span)) {
    match value {
        Value::Text(text) if text.starts_with("http") && !text.contains(char::is_whitespace) => {
            add(text, span);
        }
        Value::List(list) => list.iter().for_each(|item| in_value(&item.value, item.span, add)),
        Value::Group(group) => group.iter().for_each(|(_, item)| in_value(&item.value, item.span, add)),
        _ => {}
    }
}

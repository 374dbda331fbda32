//! A page's text with its links in place.

use super::address::push_encoded;
use super::images;
use super::view::Views;
use crate::markdown::{Html, Part, ReferenceKind};
use crate::site::{PageIndex, Resolved, Site};
use crate::text::push_escaped;
use crate::theme::{RenderError, Theme};

/// Fills the holes of a piece of a page's text. `root` is the way to the site's root from where it will stand.
pub(super) fn fill(
    views: &Views<'_>,
    theme: &Theme,
    index: PageIndex,
    html: &Html,
    root: &str,
) -> Result<String, RenderError> {
    let site = views.site;
    let page = &site.pages[index];
    let mut out = String::with_capacity(html.byte_len() + 512);
    let mut failed = None;
    html.fill(&mut out, &mut |reference, part, out| {
        let written = &page.parsed.body.references[reference as usize];
        let Some(resolved) = page.links.get(reference as usize) else { return };
        if let (ReferenceKind::Image, Resolved::Asset(asset)) = (written.kind, resolved) {
            let file = (*asset, &site.assets[*asset]);
            images::push(out, part, file, &written.text, views.pictures, root);
            return;
        }
        if part != Part::Inside {
            return;
        }
        if written.kind == ReferenceKind::Embed {
            if let Resolved::Page(target, _) = resolved
                && let Err(error) = embed(views, theme, *target, root, out)
            {
                failed = Some(error);
            }
            return;
        }
        let attribute = if written.kind == ReferenceKind::Image { "src" } else { "href" };
        let Some(address) = address(site, resolved, root) else { return };
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        push_escaped(out, &address);
        out.push('"');
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(out),
    }
}

/// Where a link leads, written from a place with this way to the site's root; none where it is broken.
pub(super) fn address(site: &Site, resolved: &Resolved, root: &str) -> Option<String> {
    let mut address = String::new();
    match resolved {
        Resolved::Broken => return None,
        Resolved::Heading(id) => {
            address.push('#');
            push_encoded(&mut address, id);
        }
        Resolved::Page(target, fragment) => {
            address.push_str(root);
            push_encoded(&mut address, &site.pages[*target].parsed.address);
            if let Some(fragment) = fragment {
                address.push('#');
                push_encoded(&mut address, fragment);
            }
        }
        Resolved::Asset(asset) => {
            address.push_str(root);
            push_encoded(&mut address, site.assets[*asset].address());
        }
        Resolved::Address(below) => {
            address.push_str(root);
            push_encoded(&mut address, below);
        }
        Resolved::External(url) => address.push_str(url),
    }
    Some(address)
}

/// A pathway or benchmark in the middle of another page.
fn embed(
    views: &Views<'_>,
    theme: &Theme,
    target: PageIndex,
    root: &str,
    out: &mut String,
) -> Result<(), RenderError> {
    let mut bytes = Vec::new();
    theme.render("embed.html", &views.embed(target, root), &mut bytes)?;
    out.push_str(&String::from_utf8_lossy(&bytes));
    Ok(())
}

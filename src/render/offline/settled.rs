//! One document on its way into a pack, tag by tag.

use super::paths::{has_ending, with_ending};
use super::tags::{Attribute, Piece, Pieces, Tag};
use super::{EXTRACT, Leads, Offline, POLICY, STYLES};
use crate::render::address::{encoded, root_of};
use crate::text::escape_html;

/// An open link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Outside,
    OnTheWebsite,
    NotHere,
}

impl Mark {
    fn words(self) -> &'static str {
        match self {
            Self::Outside => "online",
            Self::OnTheWebsite => "on the website",
            Self::NotHere => "not in this copy",
        }
    }
}

/// A document that is being settled.
pub(super) struct Settled<'a> {
    offline: &'a Offline,
    path: &'a str,
    out: String,
    /// The link that is open, if it is to be marked.
    open: Option<Mark>,
    /// How many drawings are open; in one, a mark would be text without a place.
    drawings: usize,
    /// The element that is left out until it ends.
    drops: Option<&'static str>,
}

impl<'a> Settled<'a> {
    /// A document as it stands in a pack; `path` is its own.
    pub(super) fn of(offline: &'a Offline, path: &'a str, document: &str) -> String {
        let out = String::with_capacity(document.len() + 1024);
        let mut settled = Self { offline, path, out, open: None, drawings: 0, drops: None };
        for piece in Pieces::of(document) {
            settled.push(&piece);
        }
        settled.out
    }

    fn push(&mut self, piece: &Piece<'_>) {
        if let Some(name) = self.drops {
            if matches!(piece, Piece::Close { name: end, .. } if end.eq_ignore_ascii_case(name)) {
                self.drops = None;
            }
            return;
        }
        match piece {
            Piece::Text(text) => self.out.push_str(text),
            Piece::Close { text, name } => self.close(text, name),
            Piece::Open(tag) => self.open(tag),
        }
    }

    fn close(&mut self, text: &str, name: &str) {
        if name == "svg" {
            self.drawings = self.drawings.saturating_sub(1);
        }
        if name == "a"
            && let Some(mark) = self.open.take()
            && self.drawings == 0
        {
            self.out.push_str(" <span class=\"leaves\">(");
            self.out.push_str(mark.words());
            self.out.push_str(")</span>");
        }
        if name == "head" {
            self.out.push_str("<link rel=\"stylesheet\" href=\"");
            self.out.push_str(&root_of(self.path));
            self.out.push_str(STYLES);
            self.out.push_str("\">\n");
        }
        self.out.push_str(text);
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "svg" if tag.ending() == ">" => self.drawings += 1,
            "link" if self.is_for_websites(tag) => return self.trim_line(),
            "script" if tag.value("type") == Some("application/ld+json") => {
                self.drops = Some("script");
                return self.trim_line();
            }
            "meta" if self.pushed_refresh(tag) => return,
            "a" | "area" => return self.push_link(tag),
            _ => {}
        }
        if tag.attributes().any(|attribute| self.lacks(attribute).is_some()) {
            self.push_with(tag, Self::lacks);
        } else {
            self.out.push_str(tag.text);
        }
        match tag.name {
            "head" => {
                self.out.push_str("\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
                self.out.push_str(POLICY);
                self.out.push_str("\">");
            }
            "body" if self.path == "index.html" => {
                self.out.push('\n');
                self.out.push_str(EXTRACT);
            }
            _ => {}
        }
    }

    /// Feeds, and the address of the page itself on the website.
    fn is_for_websites(&self, tag: &Tag<'_>) -> bool {
        let rel = tag.value("rel").unwrap_or("");
        let href = tag.value("href").unwrap_or("");
        let is_here = || matches!(self.offline.leads(self.path, href), Leads::Inside(_) | Leads::Stays);
        rel == "canonical" || (rel == "alternate" && !is_here())
    }

    /// Takes back the line end before what is left out.
    fn trim_line(&mut self) {
        if self.out.ends_with('\n') {
            self.out.pop();
        }
    }

    /// What the address in an attribute lacks to name its file.
    fn lacks(&self, attribute: Attribute<'_>) -> Option<String> {
        if !is_address(attribute.name) {
            return None;
        }
        match self.offline.leads(self.path, attribute.value) {
            Leads::Inside(ending) if !ending.is_empty() => Some(with_ending(attribute.value, ending)),
            _ => None,
        }
    }

    /// A page that leads on by itself: `0; url=../devon/`.
    fn pushed_refresh(&mut self, tag: &Tag<'_>) -> bool {
        let is_refresh = tag.value("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"));
        let Some((before, address)) = tag
            .value("content")
            .filter(|_| is_refresh)
            .and_then(|content| content.find("url=").map(|at| content.split_at(at + 4)))
        else {
            return false;
        };
        let Leads::Inside(ending) = self.offline.leads(self.path, address) else { return false };
        let content = format!("{before}{}", with_ending(address, ending));
        self.push_with(tag, |_, attribute| (attribute.name == "content").then(|| content.clone()));
        true
    }

    fn push_link(&mut self, tag: &Tag<'_>) {
        let href = tag.attributes().find(|attribute| matches!(attribute.name, "href" | "xlink:href"));
        let Some(href) = href else { return self.out.push_str(tag.text) };
        match self.offline.leads(self.path, href.value) {
            Leads::Stays => self.out.push_str(tag.text),
            Leads::Inside(ending) => {
                let value = with_ending(href.value, ending);
                self.push_with(tag, |_, attribute| (attribute == href).then(|| value.clone()));
            }
            Leads::Outside => self.push_leaving(tag, href, href.value, Mark::Outside),
            Leads::NotHere(target) => {
                let rest = href.value.find(['?', '#']).map_or("", |at| &href.value[at..]);
                let website = self.offline.website.as_ref();
                if let Some(website) = website {
                    let address = format!("{}{}{rest}", escape_html(website), encoded(&target));
                    self.push_leaving(tag, href, &address, Mark::OnTheWebsite);
                } else {
                    // A link without an address is text, also to a screen reader.
                    self.push_with(tag, |_, attribute| (attribute == href).then(String::new));
                    self.open = Some(Mark::NotHere);
                }
            }
        }
    }

    /// A link that leaves the folder, in words at its end; in a drawing, as what is shown beside the pointer and read out.
    fn push_leaving(&mut self, tag: &Tag<'_>, href: Attribute<'_>, address: &str, mark: Mark) {
        let rel = tag.value("rel").filter(|rel| !rel.is_empty());
        let rel =
            rel.map_or_else(|| "external noreferrer".to_string(), |rel| format!("{rel} external noreferrer"));
        self.push_with(tag, |_, attribute| match attribute.name {
            _ if attribute == href => Some(address.to_string()),
            "rel" => Some(String::new()),
            _ => None,
        });
        let ending = tag.ending();
        self.out.truncate(self.out.len() - ending.len());
        self.out.push_str(" rel=\"");
        self.out.push_str(&rel);
        self.out.push('"');
        self.out.push_str(ending);
        if tag.name == "a" && ending == ">" {
            if self.drawings > 0 || has_ending(self.path, "svg") {
                self.out.push_str("<title>(");
                self.out.push_str(mark.words());
                self.out.push_str(")</title>");
            } else {
                self.open = Some(mark);
            }
        }
    }

    /// A tag with other values for some of its attributes, which stay escaped; an empty one takes the attribute out.
    fn push_with(&mut self, tag: &Tag<'_>, value: impl Fn(&Self, Attribute<'_>) -> Option<String>) {
        let mut text = format!("<{}", tag.name);
        for attribute in tag.attributes() {
            match value(self, attribute) {
                Some(new) if new.is_empty() => {}
                Some(new) => {
                    text.push(' ');
                    text.push_str(attribute.name);
                    text.push_str("=\"");
                    // It may have stood between apostrophes.
                    text.push_str(&new.replace('"', "&quot;"));
                    text.push('"');
                }
                None => {
                    text.push(' ');
                    text.push_str(attribute.text);
                }
            }
        }
        text.push_str(tag.ending());
        self.out.push_str(&text);
    }
}

/// Attributes whose values are addresses, of elements other than links.
fn is_address(name: &str) -> bool {
    matches!(name, "href" | "xlink:href" | "src" | "action" | "formaction" | "data")
}

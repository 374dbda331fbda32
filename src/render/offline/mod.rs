//! Documents as a pack holds them, where no server stands between an address and its file: every link names the file
//! that it opens, one to a page that is not in the pack leads to the website or becomes plain text, one that leaves the
//! folder says so, and what only a website needs (feeds, other addresses of the page) is left out.
//!
//! This is done to each document once it is made, and not where addresses are put together. An address can come from a
//! template of the site's own theme, from a text or from a field; only here are all of them seen, so that nothing can
//! lead nowhere, and links that leave have to be found and marked here in any case.

mod single;
mod tags;

use std::collections::HashSet;

use super::address::{encoded, root_of};
use super::plan::{Planned, What};
use crate::site::Site;
use crate::text::escape_html;
pub use single::{MARK, SingleFile, TooLarge};
use tags::{Attribute, Piece, Pieces, Tag};

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

/// Leaves out of a plan what a pack does not hold: what makes sense on a website only, and all that lies below the
/// address of a page that was not chosen.
pub(super) fn retain(site: &Site, outputs: &mut Vec<Planned>) {
    if site.pack.is_none() {
        outputs.retain(|output| output.path != STYLES);
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
        let mut settled = Settled {
            offline: self,
            path,
            out: String::with_capacity(document.len() + 1024),
            open: None,
            drawings: 0,
            drops: None,
        };
        for piece in Pieces::of(document) {
            settled.push(&piece);
        }
        settled.out.into_bytes()
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

/// A document that is being settled.
struct Settled<'a> {
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

impl Settled<'_> {
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
                match website.map(|website| format!("{}{}{rest}", escape_html(website), encoded(&target))) {
                    Some(address) => self.push_leaving(tag, href, &address, Mark::OnTheWebsite),
                    None => {
                        // A link without an address is text, also to a screen reader.
                        self.push_with(tag, |_, attribute| (attribute == href).then(String::new));
                        self.open = Some(Mark::NotHere);
                    }
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
            if self.drawings > 0 || self.path.ends_with(".svg") {
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

/// An address with an ending to its path.
fn with_ending(address: &str, ending: &str) -> String {
    let at = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(at);
    format!("{path}{ending}{rest}")
}

/// The path that an address names from a document; none above the root. A folder ends in `/`, the root is empty.
fn joined(from: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = match address.starts_with('/') {
        true => Vec::new(),
        false => from.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    let mut is_folder = true;
    for part in address.trim_start_matches('/').split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut path = parts.join("/");
    if is_folder && !path.is_empty() {
        path.push('/');
    }
    Some(path)
}

/// An address without the escapes of HTML and of addresses.
fn decoded(address: &str) -> String {
    let mut text = address.to_string();
    if text.contains('&') {
        for (escape, character) in [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ] {
            text = text.replace(escape, character);
        }
    }
    if !text.contains('%') {
        return text;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or(text)
}

#[cfg(test)]
mod tests;

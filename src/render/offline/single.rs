//! A selection as one document, for mailboxes that take no archives: its pages one after the other behind a list of contents,
//! with styles, pictures and drawings in the document itself. Links from page to page lead to places in it.

mod article;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use article::Article;
use sha2::{Digest as _, Sha256};

use super::paths::has_ending;
use super::tags::{Piece, Pieces};
use crate::content::Status;
use crate::render::address::{encoded, file_of};
use crate::site::{PageIndex, Site};
use crate::text::{counted, escape_html, long_date};

/// The document is put together in memory, and no mailbox takes more.
const MOST_BYTES: usize = 100_000_000;

/// Stands at the top of every such document, and by it one is known.
pub const MARK: &str = "<meta name=\"generator\" content=\"netsite pack\">";

const SCRIPT: &str = include_str!("single.js");

/// Stylesheets of what works in a folder only.
const NOT_HERE: [&str; 2] = ["search.css", "fill.css"];

/// Stands around the path of an image whose bytes may not have come yet; no text holds this character.
const IMAGE: char = '\u{1}';

/// A document that is being put together. Files come in any order, from many threads.
pub struct SingleFile<'a> {
    site: &'a Site,
    by_file: HashMap<String, PageIndex>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    pages: BTreeMap<PageIndex, String>,
    images: BTreeMap<String, Vec<u8>>,
    styles: BTreeMap<String, String>,
    size: usize,
}

/// The document would be too large.
#[derive(Debug)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "the pages and pictures are more than {} MB, too much for one file",
            MOST_BYTES / 1_000_000
        )
    }
}

impl std::error::Error for TooLarge {}

/// The files of the pages that stand in such a document: all but those whose text stands above a list.
pub(super) fn pages(site: &Site) -> impl Iterator<Item = (String, PageIndex)> {
    let intros: Vec<PageIndex> = site.listings.iter().filter_map(|listing| listing.intro).collect();
    site.held_pages()
        .map(|index| (site.pages[index].parsed.address.as_str(), index))
        .filter(move |(address, index)| !address.is_empty() && !intros.contains(index))
        .map(|(address, index)| (file_of(address), index))
}

/// How browsers call the form of an image.
fn form_of(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

pub(super) fn is_image(path: &str) -> bool {
    form_of(path).is_some()
}

impl<'a> SingleFile<'a> {
    /// A document of a packed site.
    pub fn new(site: &'a Site) -> Self {
        Self { site, by_file: pages(site).collect(), held: Mutex::default() }
    }

    /// Whether a file has any part in it.
    pub fn takes(&self, path: &str) -> bool {
        self.by_file.contains_key(path) || is_image(path) || is_style(path)
    }

    /// Adds a file of the pack.
    ///
    /// # Errors
    ///
    /// The document would be too large.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), TooLarge> {
        let page = self.by_file.get(path).map(|index| (*index, self.article(path, *index, bytes)));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match page {
            Some((index, article)) => {
                held.size += article.len();
                held.pages.insert(index, article);
            }
            None if is_style(path) => {
                held.styles.insert(path.to_string(), String::from_utf8_lossy(bytes).into_owned());
            }
            None if is_image(path) => {
                held.size += bytes.len();
                held.images.insert(path.to_string(), bytes.to_vec());
            }
            None => {}
        }
        if held.size > MOST_BYTES { Err(TooLarge) } else { Ok(()) }
    }

    /// The name of a page in the document.
    fn id(&self, index: PageIndex) -> &str {
        self.site.pages[index].parsed.address.trim_end_matches('/')
    }

    /// What stands in `main` on a page, with names of places that no other page has.
    fn article(&self, path: &str, index: PageIndex, bytes: &[u8]) -> String {
        let document = String::from_utf8_lossy(bytes);
        let mut article = Article::new(self, path, index);
        let mut is_inside = false;
        for piece in Pieces::of(&document) {
            match &piece {
                Piece::Open(tag) if tag.name == "main" => is_inside = true,
                Piece::Close { name: "main", .. } => is_inside = false,
                _ if is_inside => article.push(&piece),
                _ => {}
            }
        }
        article.into_html()
    }

    /// The whole document.
    ///
    /// # Errors
    ///
    /// It would be too large.
    pub fn finish(self) -> Result<Vec<u8>, TooLarge> {
        let site = self.site;
        let held = std::mem::take(&mut *self.held.lock().unwrap_or_else(PoisonError::into_inner));
        // The one stylesheet of all pages first, the others beside it.
        let mut styles = held.styles.get("style.css").cloned().unwrap_or_default();
        for (_, text) in held.styles.iter().filter(|(path, _)| *path != "style.css") {
            styles.push('\n');
            styles.push_str(text);
        }
        let styles = styles.replace("</", "<\\/");
        let script = crate::search::compact(SCRIPT);
        let title = escape_html(&site.config.title);
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            hash_of(&styles),
            hash_of(&script)
        );
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>{styles}</style>\n</head>\n\
             <body class=\"single\">\n<a class=\"skip\" href=\"#to:content\">Skip to main content</a>\n\
             <header class=\"masthead\"><div class=\"plate\"><div class=\"wrap bar\"><span class=\"name\">{title}</span>\
             </div></div></header>\n<main id=\"to:content\" tabindex=\"-1\">\n",
            escape_html(&site.config.language)
        );
        let groups = self.groups(&held.pages);
        self.push_contents(&groups, &mut out);
        for index in groups.iter().flat_map(|(_, pages)| pages) {
            let page = &site.pages[*index].parsed;
            let _ = write!(out, "<section class=\"single-page\" id=\"{}\"", escape_html(self.id(*index)));
            if let Some(lang) = page.values.text("lang") {
                let _ = write!(out, " lang=\"{}\"", escape_html(lang));
            }
            out.push_str(">\n");
            push_with_images(&held.pages[index], &held.images, &mut out);
            out.push_str(
                "<p class=\"wrap back\"><a href=\"#to:contents\">Back to the contents</a></p>\n</section>\n",
            );
            if out.len() > MOST_BYTES {
                return Err(TooLarge);
            }
        }
        let _ = write!(out, "</main>\n<script>{script}</script>\n</body>\n</html>\n");
        Ok(out.into_bytes())
    }

    /// The pages as the contents list them, each once.
    fn groups(&self, held: &BTreeMap<PageIndex, String>) -> Vec<(&'static str, Vec<PageIndex>)> {
        let site = self.site;
        let mut listed = std::collections::BTreeSet::new();
        let mut groups: Vec<(&'static str, Vec<PageIndex>)> = Vec::new();
        for listing in &site.listings {
            let pages: Vec<PageIndex> =
                listing.pages.iter().copied().filter(|index| held.contains_key(index)).collect();
            listed.extend(pages.iter().copied());
            groups.push((listing.kind.plural, pages));
        }
        let (archived, others): (Vec<PageIndex>, Vec<PageIndex>) = held
            .keys()
            .copied()
            .filter(|index| !listed.contains(index))
            .partition(|index| site.pages[*index].parsed.status == Status::Archived);
        groups.extend([("Other pages", others), ("Archived", archived)]);
        groups.retain(|(_, pages)| !pages.is_empty());
        groups
    }

    fn push_contents(&self, groups: &[(&'static str, Vec<PageIndex>)], out: &mut String) {
        let site = self.site;
        let count = groups.iter().map(|(_, pages)| pages.len()).sum();
        let Some(pack) = &site.pack else { return };
        let _ = write!(
            out,
            "<div class=\"wrap\">\n<header class=\"title\"><p class=\"kicker\">A copy to read without a network</p>\
             <h1>{}</h1>\n<p class=\"lead\">{} of this site, as of {}: {}.</p>",
            escape_html(&site.config.title),
            counted(count, "page", "pages"),
            long_date(pack.day),
            escape_html(&pack.selection)
        );
        if let Some(website) = &pack.website {
            let _ = write!(
                out,
                "\n<p><a href=\"{}\" rel=\"external noreferrer\">The website <span class=\"leaves\">(online)</span></a> may be newer.</p>",
                escape_html(website)
            );
        }
        out.push_str(
            "</header>\n<p class=\"narrow-contents\" hidden><label for=\"to:filter\">Show pages with these words</label> \
             <input type=\"search\" id=\"to:filter\"> <span role=\"status\" id=\"to:count\"></span></p>\n\
             <nav id=\"to:contents\" aria-label=\"Contents\">\n",
        );
        for (title, pages) in groups {
            let _ = write!(
                out,
                "<section class=\"labelled\"><h2>{title}</h2><div class=\"text\"><ul class=\"links\">"
            );
            for index in pages {
                let page = &site.pages[*index].parsed;
                let _ = write!(out, "\n<li><a href=\"#{}\"", escape_html(&encoded(self.id(*index))));
                if let Some(lang) = page.values.text("lang") {
                    let _ = write!(out, " lang=\"{}\"", escape_html(lang));
                }
                let _ = write!(out, ">{}</a></li>", escape_html(&page.title));
            }
            out.push_str("\n</ul></div></section>\n");
        }
        out.push_str("</nav>\n</div>\n");
    }
}

fn is_style(path: &str) -> bool {
    has_ending(path, "css") && !NOT_HERE.contains(&path)
}

/// An article with its pictures in place.
fn push_with_images(article: &str, images: &BTreeMap<String, Vec<u8>>, out: &mut String) {
    for (number, part) in article.split(IMAGE).enumerate() {
        if number % 2 == 0 {
            out.push_str(part);
        } else if let (Some(bytes), Some(form)) = (images.get(part), form_of(part)) {
            out.push_str("data:");
            out.push_str(form);
            out.push_str(";base64,");
            push_base64(bytes, out);
        }
    }
}

fn hash_of(text: &str) -> String {
    let mut hash = String::from("sha256-");
    push_base64(&Sha256::digest(text), &mut hash);
    hash
}

/// Base64 with padding (RFC 4648, section 4).
fn push_base64(bytes: &[u8], out: &mut String) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn base64_is_that_of_the_specification() {
        let of = |text: &str| {
            let mut out = String::new();
            push_base64(text.as_bytes(), &mut out);
            out
        };
        let words = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        assert_eq!(words.map(of), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}

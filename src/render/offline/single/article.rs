//! One page on its way into the document, tag by tag.

use std::fmt::Write as _;

use super::{IMAGE, SingleFile};
use crate::render::address::encoded;
use crate::render::offline::paths::{decoded, joined};
use crate::render::offline::tags::{Attribute, Piece, Tag};
use crate::site::PageIndex;
use crate::text::{escape_html, push_escaped};

/// A picture of more pixels than a column of text shows is taken narrower, where it comes so.
const WIDEST: u32 = 800;

/// One page on its way into the document.
pub(super) struct Article<'a> {
    of: &'a SingleFile<'a>,
    path: &'a str,
    index: PageIndex,
    out: String,
    /// The element that is left out until it ends.
    drops: Option<&'static str>,
    /// The narrower form of the picture that comes next.
    narrower: Option<String>,
}

impl<'a> Article<'a> {
    pub(super) fn new(of: &'a SingleFile<'a>, path: &'a str, index: PageIndex) -> Self {
        Self { of, path, index, out: String::new(), drops: None, narrower: None }
    }

    pub(super) fn into_html(self) -> String {
        self.out
    }

    pub(super) fn push(&mut self, piece: &Piece<'_>) {
        if let Some(name) = self.drops {
            if matches!(piece, Piece::Close { name: end, .. } if *end == name) {
                self.drops = None;
            }
            return;
        }
        match piece {
            Piece::Text(text) | Piece::Close { text, .. } => self.out.push_str(text),
            Piece::Open(tag) => self.open(tag),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            // What works by scripts and files of a folder has no place here.
            "script" => self.drops = Some("script"),
            "form" => self.drops = Some("form"),
            "noscript" => self.drops = Some("noscript"),
            "link" => {}
            "source" => self.narrower = tag.value("srcset").and_then(|set| self.narrow(set)),
            _ => {
                let _ = write!(self.out, "<{}", tag.name);
                for attribute in tag.attributes() {
                    self.push_attribute(tag, attribute);
                }
                self.out.push_str(tag.ending());
            }
        }
    }

    /// The path of the widest picture of a set that is no wider than a column.
    fn narrow(&self, set: &str) -> Option<String> {
        let widths = set.split(',').filter_map(|one| {
            let (address, width) = one.trim().rsplit_once(' ')?;
            Some((width.strip_suffix('w')?.parse::<u32>().ok()?, address))
        });
        let (_, address) = widths.filter(|(width, _)| *width <= WIDEST).max_by_key(|(width, _)| *width)?;
        joined(self.path, &decoded(address))
    }

    fn push_attribute(&mut self, tag: &Tag<'_>, attribute: Attribute<'_>) {
        let Attribute { name, value, text } = attribute;
        let id = escape_html(self.of.id(self.index));
        let new = match name {
            "id" => format!("{id}:{value}"),
            "for" | "list" | "headers" | "aria-labelledby" | "aria-describedby" | "aria-controls"
            | "aria-owns" | "aria-details" => {
                let names: Vec<String> =
                    value.split_whitespace().map(|name| format!("{id}:{name}")).collect();
                names.join(" ")
            }
            "src" if tag.name == "img" => {
                match self.narrower.take().or_else(|| joined(self.path, &decoded(value))) {
                    Some(path) => format!("{IMAGE}{path}{IMAGE}"),
                    None => return,
                }
            }
            "href" | "xlink:href" => match self.place(value) {
                Some(place) => place,
                None => return,
            },
            "srcset" | "sizes" => return,
            _ if value.contains("url(#") => value.replace("url(#", &format!("url(#{id}:")),
            _ => {
                self.out.push(' ');
                self.out.push_str(text);
                return;
            }
        };
        let _ = write!(self.out, " {name}=\"{new}\"");
    }

    /// Where a link leads in this document; none where it leads to a file that is not in it.
    fn place(&self, href: &str) -> Option<String> {
        let own = || escape_html(&encoded(self.of.id(self.index)));
        if let Some(fragment) = href.strip_prefix('#') {
            return Some(if fragment.is_empty() {
                format!("#{}", own())
            } else {
                format!("#{}:{fragment}", own())
            });
        }
        let at = href.find(['?', '#']).unwrap_or(href.len());
        let (path, rest) = href.split_at(at);
        if path.split('/').next().is_some_and(|first| first.contains(':')) {
            return Some(href.to_string());
        }
        let target = joined(self.path, &decoded(path))?;
        let index = self.of.by_file.get(&target)?;
        let mut place = String::from("#");
        push_escaped(&mut place, &encoded(self.of.id(*index)));
        if let Some((_, fragment)) = rest.split_once('#').filter(|(_, fragment)| !fragment.is_empty()) {
            place.push(':');
            place.push_str(fragment);
        }
        Some(place)
    }
}

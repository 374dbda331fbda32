//! The text of one page in the middle of a document of many, or in a file of its own: its ids made unique, its headings
//! lowered, its pictures brought along, its links led to where they lead from here, and what only a website has left out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::around::{Surroundings, below_root};
use crate::render::markup::{Tag, Token, Tokens, tokens};

/// One page, and how it is to be told.
pub(in crate::render) struct Retelling<'r> {
    /// The address of the page, from which its links are seen.
    pub(in crate::render) address: &'r str,
    /// What its ids begin with.
    pub(in crate::render) prefix: &'r str,
    /// Its number among the sections of the document, which stands before its title; none where it is alone.
    pub(in crate::render) number: Option<usize>,
    /// How many levels lower its headings are.
    pub(in crate::render) lower: u8,
    /// What is around it.
    pub(in crate::render) around: &'r dyn Surroundings,
}

/// What is no part of a page once it stands on paper or travels alone.
const LEFT_OUT: [&str; 14] = [
    "nav", "form", "script", "style", "noscript", "template", "input", "select", "dialog", "source",
    "iframe", "link", "meta", "base",
];
const LEFT_OUT_CLASSES: [&str; 17] = [
    "aside",
    "see-also",
    "anchor",
    "languages",
    "full-size",
    "drawing-links",
    "data-links",
    "skip",
    "share",
    "cite",
    "turn",
    "tags",
    "follow",
    "unseen-on-paper",
    "pages",
    "back",
    "printed-day",
];
/// Attributes that name ids of the page.
const NAMES_IDS: [&str; 8] = [
    "id",
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "popovertarget",
];
/// Attributes of what can be done with a page on a screen.
const OF_SCREENS: [&str; 5] = ["tabindex", "loading", "decoding", "srcset", "sizes"];

/// The content of a page's `<main>`, or of its body, told anew.
pub(in crate::render) fn retold(html: &str, how: &Retelling<'_>) -> String {
    let mut teller = Teller { how, out: String::with_capacity(html.len()), ..Teller::of(how) };
    teller.tell(tokens(content(html)));
    teller.add_addresses();
    teller.out
}

/// The stylesheets that a page asks for, by their addresses below the root.
pub(in crate::render) fn stylesheets(html: &str, address: &str) -> Vec<String> {
    let links = tokens(html).filter_map(|token| match token {
        Token::Open(tag) if tag.name == "link" && tag.attribute("rel") == Some("stylesheet") => {
            tag.attribute("href")
        }
        _ => None,
    });
    links.filter_map(|href| below_root(href, address)).map(|(address, _)| address).collect()
}

fn content(html: &str) -> &str {
    for name in ["main", "body"] {
        let mut all = tokens(html);
        while let Some(token) = all.next() {
            if let Token::Open(tag) = token
                && tag.name == name
            {
                return all.inside(&tag);
            }
        }
    }
    html
}

struct Teller<'r> {
    how: &'r Retelling<'r>,
    out: String,
    /// Whether the title was told.
    has_title: bool,
    /// How each open `<a>` ends.
    links: Vec<Link>,
    /// Addresses outside, by their notes.
    notes: Vec<String>,
    /// Sections that were named with their numbers already.
    named: BTreeSet<usize>,
    /// The open headings' new names.
    buttons: Vec<bool>,
}

/// What follows the words of a link.
enum Link {
    /// Nothing: the words themselves say it, or it leads nowhere.
    Plain {
        has_tag: bool,
    },
    Section(usize, String),
    Note {
        from: usize,
        address: String,
    },
}

impl<'r> Teller<'r> {
    fn of(how: &'r Retelling<'r>) -> Self {
        Self {
            how,
            out: String::new(),
            has_title: false,
            links: Vec::new(),
            notes: Vec::new(),
            named: BTreeSet::new(),
            buttons: Vec::new(),
        }
    }

    fn tell(&mut self, mut all: Tokens<'_>) {
        while let Some(token) = all.next() {
            match token {
                Token::Text(text) => self.out.push_str(text),
                Token::Aside => {}
                Token::Open(tag) if is_left_out(&tag) => all.pass_over(&tag),
                Token::Open(tag) => self.open(&tag),
                Token::Close(name) => self.close(name),
            }
        }
        while !self.links.is_empty() {
            self.close("a");
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "a" => self.open_link(tag),
            "img" => self.picture(tag),
            "picture" => {}
            // Only terms are left of the buttons: their meanings follow in brackets.
            "button" => {
                let is_term = tag.has_class("term");
                self.buttons.push(is_term);
                if is_term {
                    self.out.push_str("<span class=\"term\">");
                }
            }
            name if heading(name).is_some() => {
                let is_title = name == "h1" && !std::mem::replace(&mut self.has_title, true);
                let lowered = self.lowered(name);
                self.push_tag(tag, &lowered);
                if let Some(number) = self.how.number.filter(|_| is_title) {
                    let _ = write!(self.out, "<span class=\"number\">{number}</span> ");
                }
            }
            "details" => {
                self.push_tag(tag, "details");
                let at = self.out.len() - 1;
                self.out.insert_str(at, " open");
            }
            name => self.push_tag(tag, name),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "picture" => {}
            "button" => {
                if self.buttons.pop() == Some(true) {
                    self.out.push_str("</span>");
                }
            }
            _ => {
                let name = self.lowered(name);
                let _ = write!(self.out, "</{name}>");
            }
        }
    }

    fn lowered(&self, name: &str) -> String {
        heading(name)
            .map_or_else(|| name.to_string(), |level| format!("h{}", (level + self.how.lower).min(6)))
    }

    /// A tag with the attributes that mean something here.
    fn push_tag(&mut self, tag: &Tag<'_>, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in tag.attributes() {
            if OF_SCREENS.contains(&attribute) || attribute.starts_with("on") || attribute == "style" {
                continue;
            }
            // What could be closed is open, and what popped up stands in the text.
            if matches!(attribute, "open" | "popover") && matches!(tag.name, "details" | "span") {
                if attribute == "popover" {
                    self.out.push_str(" data-meaning");
                }
                continue;
            }
            self.out.push(' ');
            self.out.push_str(attribute);
            if let Some(value) = value {
                self.out.push_str("=\"");
                self.push_value(attribute, value);
                self.out.push('"');
            }
        }
        self.out.push_str(if tag.is_closed { "/>" } else { ">" });
    }

    fn push_value(&mut self, attribute: &str, value: &str) {
        let prefix = self.how.prefix;
        let value = kept(value);
        if NAMES_IDS.contains(&attribute) {
            let ids: Vec<String> = value.split_ascii_whitespace().map(|id| format!("{prefix}{id}")).collect();
            self.out.push_str(&ids.join(" "));
        } else if matches!(attribute, "href" | "xlink:href") && value.starts_with('#') {
            let _ = write!(self.out, "#{prefix}{}", &value[1..]);
        } else {
            self.out.push_str(&value.replace("url(#", &format!("url(#{prefix}")));
        }
    }

    fn open_link(&mut self, tag: &Tag<'_>) {
        let href = &kept(tag.attribute("href").unwrap_or_default());
        let around = self.how.around;
        let link = if href.is_empty() {
            Link::Plain { has_tag: false }
        } else if let Some(fragment) = href.strip_prefix('#') {
            let _ = write!(self.out, "<a href=\"#{}{fragment}\">", self.how.prefix);
            Link::Plain { has_tag: true }
        } else if href.starts_with("mailto:") || href.starts_with("tel:") {
            let _ = write!(self.out, "<a href=\"{href}\">");
            Link::Plain { has_tag: true }
        } else if let Some((address, fragment)) = below_root(href, self.how.address) {
            match (around.section(&address), around.on_website(&address)) {
                (Some((number, id)), _) => {
                    let _ = write!(self.out, "<a href=\"#{id}\">");
                    Link::Section(number, id)
                }
                (None, Some(mut whole)) => {
                    whole.push_str(&fragment);
                    self.open_note(&whole)
                }
                (None, None) => Link::Plain { has_tag: false },
            }
        } else {
            // As written: character references and all.
            self.open_note(href)
        };
        self.links.push(link);
    }

    fn open_note(&mut self, address: &str) -> Link {
        let _ = write!(self.out, "<a href=\"{address}\">");
        Link::Note { from: self.out.len(), address: address.to_string() }
    }

    fn close_link(&mut self) {
        match self.links.pop() {
            None | Some(Link::Plain { has_tag: false }) => {}
            Some(Link::Plain { has_tag: true }) => self.out.push_str("</a>"),
            Some(Link::Section(number, id)) => {
                self.out.push_str("</a>");
                if self.how.number != Some(number) && self.named.insert(number) {
                    let _ = write!(
                        self.out,
                        "<span class=\"see\"> (section {number}<span class=\"on-page\" data-of=\"{id}\"></span>)</span>"
                    );
                }
            }
            Some(Link::Note { from, address }) => {
                let says_it =
                    self.out[from..].contains(address.trim_start_matches("https://").trim_end_matches('/'));
                self.out.push_str("</a>");
                if self.how.number.is_some() && !says_it {
                    let known = self.notes.iter().position(|note| *note == address);
                    let note = known.unwrap_or_else(|| {
                        self.notes.push(address);
                        self.notes.len() - 1
                    });
                    let _ = write!(self.out, "<sup class=\"note-mark\">{}</sup>", note + 1);
                }
            }
        }
    }

    fn picture(&mut self, tag: &Tag<'_>) {
        let source = tag.attribute("src").unwrap_or_default();
        let known =
            below_root(source, self.how.address).and_then(|(address, _)| self.how.around.picture(&address));
        let words = kept(tag.attribute("alt").unwrap_or_default());
        let Some(source) = known else {
            if !words.is_empty() {
                let _ = write!(self.out, "<span class=\"picture-gone\">[Picture: {words}]</span>");
            }
            return;
        };
        let _ = write!(self.out, "<img src=\"{source}\" alt=\"{words}\"");
        for name in ["width", "height", "class"] {
            if let Some(value) = tag.attribute(name) {
                let _ = write!(self.out, " {name}=\"{}\"", kept(value));
            }
        }
        self.out.push('>');
    }

    /// The addresses outside that the text named by numbers.
    fn add_addresses(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"addresses\"><p class=\"addresses-title\">Addresses of links</p><ol>");
        for note in &self.notes {
            let _ = write!(self.out, "<li>{note}</li>");
        }
        self.out.push_str("</ol></div>");
    }
}

/// A value of an attribute as it was written, with what would end it or begin a tag as character references.
fn kept(value: &str) -> String {
    value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

fn is_left_out(tag: &Tag<'_>) -> bool {
    LEFT_OUT.iter().any(|name| name.eq_ignore_ascii_case(tag.name))
        || LEFT_OUT_CLASSES.iter().any(|class| tag.has_class(class))
        // What is to be typed before a page can be published is told in other words.
        || (tag.name == "section" && tag.has_class("callout-warn"))
        || (tag.name == "button" && !tag.has_class("term"))
        || (tag.attribute("hidden").is_some() && tag.name != "td")
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

//! The text of one page in the middle of a document of many, or in a file of its own: its ids made unique, its headings
//! lowered, its pictures brought along, its links led to where they lead from here, and what only a website has left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::render::address::file_of;
use crate::render::markup::{Tag, Token, Tokens, tokens};
use crate::text::push_escaped;

/// What a document knows of the site around the page.
pub(in crate::render) trait Surroundings {
    /// The number and the id of the section that holds the page at an address below the root.
    fn section(&self, address: &str) -> Option<(usize, String)>;

    /// Where an address below the root is found on the website; none where the site has no address of its own.
    fn on_website(&self, address: &str) -> Option<String>;

    /// A picture by its address below the root, as the address of itself.
    fn picture(&self, address: &str) -> Option<String>;
}

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
    "on-paper",
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
        let value = value.replace('"', "&quot;");
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
        let href = tag.attribute("href").unwrap_or_default();
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
        let words = tag.attribute("alt").unwrap_or_default();
        let Some(source) = known else {
            if !words.is_empty() {
                let _ = write!(self.out, "<span class=\"picture-gone\">[Picture: {words}]</span>");
            }
            return;
        };
        let _ = write!(self.out, "<img src=\"{source}\" alt=\"{words}\"");
        for name in ["width", "height", "class"] {
            if let Some(value) = tag.attribute(name) {
                let _ = write!(self.out, " {name}=\"{value}\"");
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

fn is_left_out(tag: &Tag<'_>) -> bool {
    LEFT_OUT.contains(&tag.name)
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

/// Where a relative address leads from a page: the address below the root, and the fragment with its sign. None for
/// addresses elsewhere and for those that leave the site.
fn below_root(href: &str, page: &str) -> Option<(String, String)> {
    if href.starts_with(['/', '#'])
        || href.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'))
    {
        return None;
    }
    let (path, fragment) = href.find(['#', '?']).map_or((href, ""), |at| href.split_at(at));
    let file = file_of(page);
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut address = parts.join("/");
    if matches!(path.rsplit('/').next(), Some("." | "..")) && !address.is_empty() {
        address.push('/');
    }
    let address = address.strip_suffix("index.html").unwrap_or(&address).to_string();
    Some((address, fragment.to_string()))
}

/// A link's address in the words of a page of its own.
pub(in crate::render) fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_escaped(&mut out, text);
    out
}

/// The sections of a document by the addresses of their pages.
#[derive(Debug, Default)]
pub(in crate::render) struct Sections(BTreeMap<String, (usize, String)>);

impl Sections {
    pub(in crate::render) fn add(&mut self, address: String, number: usize, id: String) {
        self.0.insert(address, (number, id));
    }

    pub(in crate::render) fn get(&self, address: &str) -> Option<(usize, String)> {
        self.0.get(address).cloned()
    }
}

/// A title as the value of a CSS string: nothing in it ends the string or the style.
pub(in crate::render) fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        if sign.is_control() || "\"\\<>".contains(sign) {
            let _ = write!(out, "\\{:x} ", u32::from(sign));
        } else {
            out.push(sign);
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Site;

    impl Surroundings for Site {
        fn section(&self, address: &str) -> Option<(usize, String)> {
            (address == "networks/devon/").then(|| (7, "s7".to_string()))
        }

        fn on_website(&self, address: &str) -> Option<String> {
            Some(format!("https://x.example/{address}"))
        }

        fn picture(&self, address: &str) -> Option<String> {
            (address == "a/b/map.png").then(|| "data:image/png;base64,AA==".to_string())
        }
    }

    fn told(html: &str) -> String {
        let how = Retelling { address: "a/b/", prefix: "s2-", number: Some(2), lower: 2, around: &Site };
        retold(&format!("<body><nav>x</nav><main id=\"m\">{html}</main></body>"), &how)
    }

    #[test]
    fn headings_are_lowered_and_the_title_is_numbered() {
        assert_eq!(
            told("<h1 id=\"t\">One</h1><h2>Two</h2><h5>Five</h5>"),
            "<h3 id=\"s2-t\"><span class=\"number\">2</span> One</h3><h4>Two</h4><h6>Five</h6>"
        );
    }

    #[test]
    fn ids_are_unique_and_what_names_them_follows() {
        assert_eq!(
            told(
                "<svg aria-labelledby=\"a b\"><title id=\"a\">A</title><path fill=\"url(#g)\" d=\"M0\"/></svg><a href=\"#a\">up</a>"
            ),
            "<svg aria-labelledby=\"s2-a s2-b\"><title id=\"s2-a\">A</title><path fill=\"url(#s2-g)\" d=\"M0\"/></svg><a href=\"#s2-a\">up</a>"
        );
    }

    #[test]
    fn links_lead_to_sections_or_have_their_addresses_below() {
        assert_eq!(
            told(
                "<a href=\"../../networks/devon/#x\">Devon</a>, <a href=\"../../networks/devon/\">again</a>, <a href=\"c/\">C</a> and <a href=\"https://y.example/\">y.example</a>"
            ),
            "<a href=\"#s7\">Devon</a><span class=\"see\"> (section 7<span class=\"on-page\" data-of=\"s7\"></span>)</span>, <a href=\"#s7\">again</a>, <a href=\"https://x.example/a/b/c/\">C</a><sup class=\"note-mark\">1</sup> and <a href=\"https://y.example/\">y.example</a><div class=\"addresses\"><p class=\"addresses-title\">Addresses of links</p><ol><li>https://x.example/a/b/c/</li></ol></div>"
        );
    }

    #[test]
    fn pictures_come_along_and_what_only_a_website_has_stays_behind() {
        assert_eq!(
            told(
                "<picture><source srcset=\"m\"><img src=\"map.png\" alt=\"Map\" width=\"2\" loading=\"lazy\"></picture><img src=\"gone.png\" alt=\"Gone\"><form><p>x</p></form><p class=\"tags\">t</p><details><summary>S</summary></details>"
            ),
            "<img src=\"data:image/png;base64,AA==\" alt=\"Map\" width=\"2\"><span class=\"picture-gone\">[Picture: Gone]</span><details open><summary>S</summary></details>"
        );
    }

    #[test]
    fn the_meaning_of_a_term_stands_in_the_text() {
        assert_eq!(
            told("<button class=\"term\" popovertarget=\"t\">CT</button><span id=\"t\" popover>scan</span>"),
            "<span class=\"term\">CT</span><span id=\"s2-t\" data-meaning>scan</span>"
        );
    }

    #[test]
    fn no_title_ends_the_style_in_which_it_stands() {
        assert_eq!(css_string("a\"</style>\n"), "\"a\\22 \\3c /style\\3e \\a \"");
    }

    proptest! {
        #[test]
        fn no_page_can_bring_a_script_along(html in "(<|>|a|script|main|/|\"| href=|on=| |h1){0,60}") {
            let out = told(&html);
            prop_assert!(!out.contains("<script"), "{out}");
        }
    }
}

//! What is around a page in a document of one file: where addresses lead from there, and what may stand in a style.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::render::address::file_of;
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

/// Where a relative address leads from a page: the address below the root, and the fragment with its sign. None for
/// addresses elsewhere and for those that leave the site.
pub(super) fn below_root(href: &str, page: &str) -> Option<(String, String)> {
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
pub(super) fn escaped(text: &str) -> String {
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
pub(super) fn css_string(text: &str) -> String {
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

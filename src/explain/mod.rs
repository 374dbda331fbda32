//! What each rule means: a page for every code, written for those who keep a site, with examples that the tests build.
//! The pages lie in `docs/rules/`, topics that are no single rule in `docs/topics/`; both come with the program.

mod page;
mod shown;

pub use page::{Block, Example, Line, Mark, Page, Role, marked};
pub use shown::{list, show};

/// Name and text of every page, sorted by name.
static RULES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/rules.rs"));
static TOPICS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/topics.rs"));

/// The pages of all codes, by code.
pub fn rules() -> impl Iterator<Item = Page<'static>> {
    RULES.iter().map(|(name, text)| Page::read(name, text))
}

/// The pages that are about more than one code.
pub fn topics() -> impl Iterator<Item = Page<'static>> {
    TOPICS.iter().map(|(name, text)| Page::read(name, text))
}

/// The page of a code or topic.
pub fn page(name: &str) -> Option<Page<'static>> {
    let mut all = RULES.iter().chain(TOPICS);
    all.find(|(known, _)| *known == name).map(|(name, text)| Page::read(name, text))
}

/// The names of all pages, codes first.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().chain(TOPICS).map(|(name, _)| *name)
}

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

/// The Markdown of a page below its head, for programs that show it themselves.
pub fn markdown(name: &str) -> Option<&'static str> {
    let (_, text) = RULES.iter().chain(TOPICS).find(|(known, _)| *known == name)?;
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    Some(body.map_or(*text, |(_, body)| body).trim_start())
}

/// The names of all pages, codes first.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().chain(TOPICS).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_as_it_was_written_without_its_head() {
        assert!(
            markdown("broken-link").unwrap().starts_with("# `broken-link`\n\nA link leads to nothing.\n")
        );
        assert!(markdown("embargo").unwrap().starts_with("# What an embargo cannot hide\n"));
        assert_eq!(markdown("no-such-rule"), None);
    }

    #[test]
    fn the_names_of_pages_are_sorted_and_no_topic_is_a_code() {
        let codes: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
        assert!(codes.is_sorted());
        assert!(TOPICS.iter().all(|(topic, _)| !codes.contains(topic)));
    }
}

//! A page's text as blocks, for documents beside the website that are no HTML.

use super::front_matter;
use super::page::ParsedPage;
use crate::form::Block;
use crate::markdown::{self, RawHtml, Settings, Terms};
use crate::pathway::layout::Layouts;
use crate::text::phrases;

/// The text of a page's file as blocks. Its references are those of the page's body, in the same order. What is withheld
/// on the page is withheld here.
pub fn blocks(page: &ParsedPage, text: &str, site_language: &str) -> Vec<Block> {
    if let Some(form) = &page.form {
        return form.blocks.clone();
    }
    let Ok(parts) = front_matter::split(text) else { return Vec::new() };
    let language = page.values.text("lang").unwrap_or(site_language);
    let is_live = page.values.text("procurement") == Some("live");
    let settings = Settings {
        raw_html: RawHtml::Escape,
        withhold: is_live.then(|| phrases(language).withheld.to_string()),
        terms: Terms::none(),
        language,
        site_language,
        layouts: Layouts::none(),
        gaps: Some(&[]),
    };
    markdown::parse(parts.body, parts.body_start as u32, &settings).blocks
}

//! Tests of Markdown as writers and readers meet it.

mod blocks;
mod gaps;
mod helpers;
mod inlines;
mod limits;
mod problems;
mod properties;
mod raw_html;
mod stretches;
mod terms;

use std::fmt::Write as _;

use super::{Document, RawHtml, Settings, Terms, parse};
use crate::pathway::layout::Layouts;

fn settings(raw_html: RawHtml) -> Settings<'static> {
    Settings {
        raw_html,
        withhold: None,
        terms: Terms::none(),
        language: "en-GB",
        site_language: "en-GB",
        layouts: Layouts::none(),
        gaps: None,
    }
}

fn document(text: &str) -> Document {
    parse(text, 0, &settings(RawHtml::Escape))
}

/// The whole page as a site would show it, addresses filled in as they were written.
fn page(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.sections {
        if let Some(heading) = &section.heading {
            heading.push_element(&mut out, "Link to this section", "");
        }
        section.html.fill(&mut out, &mut |reference, part, out| {
            if part != super::Part::Inside {
                return;
            }
            let reference = &document.references[reference as usize];
            let attribute = match reference.kind {
                super::ReferenceKind::Link => "href",
                super::ReferenceKind::Image => "src",
                super::ReferenceKind::Embed => {
                    out.push_str("<div class=\"embedded\"></div>");
                    return;
                }
            };
            let _ = write!(out, " {attribute}=\"{}\"", crate::text::escape_html(&reference.target));
        });
    }
    out
}

fn html(text: &str) -> String {
    page(&document(text))
}

fn safe_html(text: &str) -> String {
    page(&parse(text, 0, &settings(RawHtml::Sanitise)))
}

/// The codes of the problems, errors with a `!`.
fn codes(text: &str) -> Vec<String> {
    document(text)
        .problems
        .iter()
        .map(|problem| format!("{}{}", problem.code, if problem.is_error() { "!" } else { "" }))
        .collect()
}

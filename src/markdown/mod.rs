//! Markdown: the text of one body into a [`Document`]: sections of HTML with holes where links and images wait for
//! their addresses, the headings, the references as the writer put them, and what is wrong with the text.
//!
//! Nothing here knows of a site. What a writer typed never reaches the HTML unescaped, but for a short list of
//! harmless tags under [`RawHtml::Sanitise`]; the cost of a page is bounded whatever it holds.

mod as_typed;
mod autolink;
mod blocks;
mod code;
mod events;
mod flowchart;
mod footnotes;
mod gaps;
mod headings;
mod helpers;
mod highlight;
mod html;
mod limits;
mod links;
mod problems;
mod raw_html;
mod stretches;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod words;
mod writer;

pub use gaps::undeclared as undeclared_gap;
pub use headings::Heading;
pub use html::{Html, Part};
pub use stretches::{Stretch, stretches, words_of};
pub use terms::{Term, Terms};

use crate::diagnostic::Diagnostic;
use crate::form::{Block, Gap};
use crate::pathway::layout::Layouts;
use crate::source::Span;

/// How a body is to be read.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// What becomes of HTML in the text.
    pub raw_html: RawHtml,
    /// Where this is a note, tables of options and suppliers show it in the place of their names and scores (a live
    /// procurement).
    pub withhold: Option<String>,
    /// Terms that are explained where they are first used.
    pub terms: &'a Terms,
    /// The language of the body.
    pub language: &'a str,
    /// The language of the site, and so of the terms' meanings.
    pub site_language: &'a str,
    /// Drawings that were laid out before.
    pub layouts: &'a Layouts,
    /// What readers fill in, where the page is a document to be filled in.
    pub gaps: Option<&'a [Gap]>,
}

/// What becomes of HTML that a writer typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// It is shown as text.
    Escape,
    /// A short list of harmless tags stays, the rest is shown as text.
    Sanitise,
}

/// A body, parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The text before the first second-level heading (it may be empty), then one section for each such heading.
    pub sections: Vec<Section>,
    /// What the text refers to, in the order of writing.
    pub references: Vec<Reference>,
    /// Every heading, in order: for tables of contents, and for checks of `#fragments`.
    pub headings: Vec<Heading>,
    /// What is wrong, placed in the file and without its path.
    pub problems: Vec<Diagnostic>,
    /// Words of running text, headings and tables included, code blocks left out.
    pub word_count: usize,
    /// Whether a flowchart is drawn in it.
    pub has_drawing: bool,
    /// The terms that the text uses, by their places in the glossary.
    pub terms: Box<[u32]>,
    /// The text as blocks, where it has gaps to fill in.
    pub blocks: Vec<Block>,
}

/// A second-level heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// None for the text before the first heading.
    pub heading: Option<Heading>,
    /// What follows, without the heading itself.
    pub html: Html,
}

/// Something that the text points to. Its hole waits for ` href="…"`, for ` src="…"` with the image's size, or for
/// a block of HTML, as its kind says. One in a heading has no hole, because headings are shown without links.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// What the hole waits for.
    pub kind: ReferenceKind,
    /// The address as written, with Markdown's escapes resolved: `../a.md#b`, `#b`, `https://…`, `mailto:…`.
    pub target: String,
    /// The link's text, or the image's words, as plain text.
    pub text: String,
    /// The address in the file where it could be found there, else the whole link.
    pub span: Span,
}

/// What a reference is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// The hole lies in `<a …>` and takes ` href="…"`.
    Link,
    /// The hole lies in `<img …>` and takes ` src="…" width="…" height="…"`; others lie before and after it, and where
    /// a link to the whole image may stand.
    Image,
    /// The hole stands between blocks and takes a block: a drawing, a chart.
    Embed,
}

/// Parses a body that begins `base` bytes into its file.
pub fn parse(text: &str, base: u32, settings: &Settings<'_>) -> Document {
    writer::write(text, base, settings)
}

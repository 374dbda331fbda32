//! Documents that are filled in: blocks of text with gaps, clauses that stand only under a condition, and rows that
//! repeat. Markdown makes a [`Form`]; here it becomes a Word file, Markdown and what a browser needs to fill it in,
//! and two of them become the differences between two versions. Nothing here knows of a site.

#[cfg(test)]
mod copies;
mod html;
mod markdown;
mod model;
mod pattern;
#[cfg(test)]
pub(crate) mod sample;
mod script;
mod settled;
mod sheet;
pub mod versions;
pub mod word;

pub use html::{html, html_pattern};
pub use markdown::{markdown, markdown_pattern};
pub use model::{
    Answers, Block, Cell, Condition, Form, Gap, GapKind, Inline, Item, Numbering, Place, Row, Style, Wanted,
    place_of,
};
pub use pattern::{Format, fill};
pub use script::template_script;
pub use settled::settled;

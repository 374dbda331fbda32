//! One source file into one parsed page: its front matter as typed fields, its Markdown as HTML with holes for links,
//! and everything that is wrong with it. Parsing never fails: a page with errors keeps its address and its ids, so
//! that links to it raise no others.

mod active;
mod approval;
mod as_blocks;
mod diagram;
mod examples;
mod front_matter;
mod gaps;
pub mod kinds;
mod page;
mod place;
mod scanner_images;
mod utf8;

pub use active::{active_by_name, active_inside, may_be_active};
pub use approval::{NotApproved, with_approval};
pub use as_blocks::blocks;
pub use diagram::named_by_page;
pub use examples::Examples;
pub use front_matter::text_below;
pub use page::{Context, PageFacts, ParsedPage, Status, parse, unreadable};
pub use place::Place;
pub use utf8::decode_utf8;

/// The folder of the content, below the root.
pub const FOLDER: &str = "content";

/// A page's file may have at most this many bytes; the longest book chapter has a tenth.
pub const MAX_PAGE_BYTES: u64 = 2_000_000;

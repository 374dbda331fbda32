//! The content kinds: one file each, one line each in [`ALL`]. A kind is data (its name, folder, fields, sections,
//! template) and a check; reading, `netsite new`, the JSON Schemas, the field reference, the listings and the tests
//! are all made from this registry.

mod after;
mod appraisal;
mod common;
mod filling;
pub mod organisation;

use std::fmt;

pub use common::COMMON;

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Need, Values};

/// The registry: each name is a file beside this one that holds a `KIND`.
macro_rules! registry {
    ($($file:ident)*) => {
        $(mod $file;)*

        /// Every kind of page, in the order in which the site lists them.
        pub static ALL: &[&Kind] = &[$(&$file::KIND),*];
    };
}

registry! {
    case_study
    network
    pathway
    benchmark
    event
    session
    terms_of_reference
    template
    lesson
    standard
    assessment
    page
}

/// A kind of content.
pub struct Kind {
    /// Its name in `kind:` and in references: `case-study`.
    pub name: &'static str,
    /// Its folder below `content/`; empty for pages, which may lie anywhere.
    pub folder: &'static str,
    /// Its title: `Case study`.
    pub title: &'static str,
    /// The title of several: `Case studies`.
    pub plural: &'static str,
    /// What it is for, in one sentence to a writer.
    pub about: &'static str,
    /// What its pages are, in one sentence to a reader: it stands above their list.
    pub lead: &'static str,
    /// Its fields beside the common ones.
    pub fields: &'static [Field],
    /// Common fields that pages of this kind need before they can be published.
    pub also_needs: &'static [&'static str],
    /// Sets of headings, one of which a published page must have (in any order); empty where the body is free.
    pub sections: &'static [&'static [&'static str]],
    /// Headings that readers also know; offered by `netsite new`, never asked for.
    pub optional_sections: &'static [&'static str],
    /// A field that names a page of this kind beside its slug, such as `code`.
    pub key: Option<&'static str>,
    /// Fields that hold further names by which a page of this kind is found.
    pub other_names: &'static [&'static str],
    /// How its listing is ordered.
    pub order: Order,
    /// The template that renders its pages.
    pub template: &'static str,
    /// Its schema.org type.
    pub schema_org: &'static str,
    /// What `netsite new` writes into the body of a new page instead of empty sections; may be empty.
    pub starter: &'static str,
    /// Whether files lie beside a page of this kind, so that each has a folder of its own.
    pub has_files: bool,
    /// Whether a page of this kind can be shown in the middle of another.
    pub embeddable: bool,
    /// Checks that no single field can make.
    pub check: fn(&Values) -> Vec<Diagnostic>,
}

/// How a listing is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By date, the newest first, then by title.
    NewestFirst,
    /// By title.
    ByTitle,
    /// By the field of this name, then by title.
    ByField(&'static str),
    /// By the field of this name, the latest first, then by title.
    LatestFirst(&'static str),
}

impl fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Kind({})", self.name)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

impl Kind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<&'static Kind> {
        ALL.iter().copied().find(|kind| kind.name == name)
    }

    /// The kind whose folder is the first part of a path below `content/`.
    pub fn of_folder(folder: &str) -> Option<&'static Kind> {
        ALL.iter().copied().find(|kind| !kind.folder.is_empty() && kind.folder == folder)
    }

    /// Its title in a sentence, with the article: `a case study`, `an event`.
    pub fn with_article(&self) -> String {
        let title = self.title.to_lowercase();
        let article = match title.chars().next() {
            _ if self.title.ends_with("reference") => return title,
            Some('a' | 'e' | 'i' | 'o' | 'u') => "an",
            _ => "a",
        };
        format!("{article} {title}")
    }

    /// The kind of pages that belong to no other.
    pub fn page() -> &'static Kind {
        &page::KIND
    }

    /// Every field that a page of this kind may have: its own, then the common ones.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        let own = self.fields;
        own.iter()
            .chain(COMMON.iter().filter(move |common| own.iter().all(|field| field.name != common.name)))
    }

    /// Whether a field must be given before a page of this kind can be published, or always.
    pub fn need(&self, field: &Field) -> Need {
        if field.need == Need::Optional && self.also_needs.contains(&field.name) {
            Need::ToPublish
        } else {
            field.need
        }
    }
}

/// For kinds that have nothing to check beyond their fields.
fn nothing_more(_: &Values) -> Vec<Diagnostic> {
    Vec::new()
}

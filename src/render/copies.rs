//! Copies of a document to be filled in, which its page offers: the empty ones, and what a browser makes filled ones from.

use jiff::civil::Date;

use super::address::encoded;
use super::links;
use crate::content::ParsedPage;
use crate::form::word::{self, About};
use crate::form::{self, Form};
use crate::site::{PageIndex, Resolved, Site};

/// A copy of a document, or what copies are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copy {
    Word,
    Markdown,
    Html,
    Script,
}

impl Copy {
    pub(super) const ALL: [Self; 4] = [Self::Word, Self::Markdown, Self::Html, Self::Script];

    /// Where it is published.
    pub(super) fn address(self, page: &ParsedPage) -> String {
        let (folder, name) = (&page.address, &page.slug);
        match self {
            Self::Word => format!("{folder}{name}.docx"),
            Self::Markdown => format!("{folder}{name}.md"),
            Self::Html => format!("{folder}{name}.html"),
            Self::Script => format!("{folder}template.js"),
        }
    }

    /// Whether a document has it: only what has gaps is filled in.
    pub(super) fn is_of(self, form: &Form) -> bool {
        self != Self::Script || !form.gaps.is_empty()
    }

    pub(super) fn bytes(self, site: &Site, index: PageIndex) -> Vec<u8> {
        let page = &site.pages[index].parsed;
        let Some(form) = &page.form else { return Vec::new() };
        let form = &Form::clone(form).with_addresses(&|reference| address(site, index, reference));
        match self {
            Self::Word => word::word(form, &[], &about(site, page)),
            Self::Markdown => form::markdown(form, &[]).into_bytes(),
            Self::Html => form::html(form, &[]).into_bytes(),
            Self::Script => form::template_script(form, &word::parts(form, &about(site, page))).into_bytes(),
        }
    }
}

/// Where a link of a copy leads, in full: a copy is read elsewhere. None where the site has no address of its own, and for
/// headings of the page itself.
pub(super) fn address(site: &Site, index: PageIndex, reference: u32) -> Option<String> {
    match site.pages[index].links.get(reference as usize)? {
        Resolved::Heading(_) => None,
        outside @ Resolved::External(_) => links::address(site, outside, ""),
        inside => links::address(site, inside, site.website()?),
    }
}

/// What a Word file says about itself.
fn about(site: &Site, page: &ParsedPage) -> About {
    let text = |name| page.values.text(name).map(str::to_string);
    let day = |name| page.values.date(name);
    About {
        publisher: site
            .config
            .publisher
            .as_ref()
            .map_or(&site.config.title, |publisher| &publisher.name)
            .clone(),
        subject: page.kind.title.to_string(),
        summary: text("summary").unwrap_or_default(),
        created: day("published").or_else(|| day("last_reviewed")).unwrap_or(Date::constant(1980, 1, 1)),
        address: site.website().map(|base| format!("{base}{}", encoded(&page.address))),
        licence: text("licence").or_else(|| site.config.licence.clone()),
    }
}

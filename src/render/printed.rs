//! Pages of a site as one long document for paper: a cover, a list of what is inside, each page as a numbered section with
//! its links as cross-references. It is one HTML file that needs nothing else, ready to be saved as PDF.
//!
//! Browsers number pages but do not say to a document on which page something stands, so numbered sections are the
//! references that always hold; `printed.js` adds page numbers by laying the document out in columns of a page's size.

mod around;
mod paper;
mod retold;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use tera::{Context, Value};

use super::address::encoded;
use super::inline::{Files, data_address, picture_type, policy};
use super::value::{date, map, optional};
use super::view::Views;
use super::{Renderer, pathway};
use crate::qr;
use crate::site::{PageIndex, Site};
use crate::text::counted;
use crate::theme::{RenderError, Theme};
pub(super) use around::Sections;
use around::{Surroundings, css_string, escaped};
pub(super) use paper::Reading;
use paper::adapted;
pub(super) use retold::{Retelling, retold, stylesheets};

/// Files of a theme that only documents of one file take in.
pub(super) const OF_THEME: [&str; 3] = ["printed.css", "printed.js", "signoff.css"];

/// What is asked to be printed.
#[derive(Debug, Clone)]
pub struct Print<'p> {
    /// What stands on the cover.
    pub title: &'p str,
    /// What was chosen, in words, below the title; may be empty.
    pub about: &'p str,
    /// The day that was asked for.
    pub day: Date,
    /// The pages in their order; pages of one kind stand together where the first of them stands.
    pub selection: &'p [PageIndex],
}

/// Sections of one kind.
struct Part {
    title: &'static str,
    sections: Vec<PageIndex>,
}

impl Renderer<'_> {
    /// The document.
    ///
    /// # Errors
    ///
    /// The template's error, with its place.
    pub fn printed(&self, print: &Print<'_>, files: &dyn Files) -> Result<Vec<u8>, RenderError> {
        let site = self.site;
        let parts = parts(site, print.selection);
        let mut sections = Sections::default();
        let order: Vec<PageIndex> = parts.iter().flat_map(|part| part.sections.iter().copied()).collect();
        for (place, page) in order.iter().enumerate() {
            let number = place + 1;
            sections.add(encoded(&site.pages[*page].parsed.address), number, format!("s{number}"));
        }
        let around =
            Document { views: &self.views, sections: &sections, files, theme: &self.theme, draft: None };
        let mut sheets: Vec<String> = Vec::new();
        let mut heads = String::new();
        let mut number = 0;
        let mut told = Vec::new();
        for part in &parts {
            let mut values = Vec::new();
            for page in &part.sections {
                number += 1;
                let parsed = &site.pages[*page].parsed;
                let html = self.whole_page(*page)?;
                for sheet in stylesheets(&html, &parsed.address) {
                    if !sheets.contains(&sheet) {
                        sheets.push(sheet);
                    }
                }
                let prefix = format!("s{number}-");
                let how = Retelling {
                    address: &parsed.address,
                    prefix: &prefix,
                    number: Some(number),
                    lower: 2,
                    around: &around,
                };
                let _ = writeln!(
                    heads,
                    ".s{number} {{ page: s{number}; }}\n@page s{number} {{ @top-left {{ content: {}; }} @top-right {{ content: {}; }} }}",
                    css_string(part.title),
                    css_string(&head(number, &parsed.title))
                );
                let lang = parsed.values.text("lang").filter(|lang| *lang != site.config.language);
                values.push(map([
                    ("number", Value::from(number)),
                    ("title", Value::from(parsed.title.as_str())),
                    ("lang", optional(lang)),
                    ("is_draft", Value::from(!parsed.status.is_public())),
                    ("html", Value::safe_string(&retold(&html, &how))),
                ]));
            }
            told.push(map([("title", Value::from(part.title)), ("sections", Value::from(values))]));
        }
        let style = self.style(&sheets, Reading { lower: 2, on_paper: true }, "printed.css") + &heads;
        let script = text_of(&self.theme, "printed.js");
        let base_url = site.config.base_url.as_deref();
        let code = base_url.and_then(|base| qr::svg(base, "Code to scan: leads to the website"));
        let mut context = Context::new();
        context.insert_value("lang", Value::from(site.config.language.as_str()));
        context.insert_value("policy", Value::from(policy(&style, &script)));
        context.insert_value("style", Value::safe_string(&style));
        context.insert_value("script", Value::safe_string(&script));
        context.insert_value("parts", Value::from(told));
        context.insert_value(
            "print",
            map([
                ("title", Value::from(print.title)),
                ("about", Value::from(print.about)),
                ("day", date(print.day)),
                ("inside", parts.iter().map(|part| Value::from(part.in_words())).collect::<Vec<_>>().into()),
                ("count", Value::from(order.len())),
                ("website", optional(base_url)),
                ("code", code.map_or_else(Value::none, |svg| Value::safe_string(&svg))),
            ]),
        );
        let mut out = Vec::with_capacity(64 * 1024);
        self.theme.render("printed.html", &context, &mut out)?;
        Ok(out)
    }

    /// The HTML of a page as the website has it.
    pub(super) fn whole_page(&self, index: PageIndex) -> Result<String, RenderError> {
        let mut html = Vec::with_capacity(32 * 1024);
        self.theme.render(self.template_of(index), &self.views.page(index, &self.theme)?, &mut html)?;
        Ok(String::from_utf8_lossy(&html).into_owned())
    }

    /// The stylesheets that pages ask for, with that of the document itself after them.
    pub(super) fn style(&self, sheets: &[String], reading: Reading, own: &str) -> String {
        let mut style = String::new();
        for sheet in sheets {
            style.push_str(&adapted(&text_of(&self.theme, sheet), reading));
        }
        // No text of a theme ends the element that it stands in.
        (style + &text_of(&self.theme, own)).replace("</", "<\\/")
    }
}

fn text_of(theme: &Theme, address: &str) -> String {
    theme.static_file(address).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

/// What stands at the head of a section's pages: short enough for its place.
fn head(number: usize, title: &str) -> String {
    const MOST: usize = 70;
    if title.chars().count() <= MOST {
        return format!("{number}  {title}");
    }
    let short: String = title.chars().take(MOST).collect();
    format!("{number}  {}…", short.trim_end())
}

/// The pages by their kinds, without the home page and what only stands above lists.
fn parts(site: &Site, selection: &[PageIndex]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in selection {
        let Some(parsed) = site.pages.get(*page).map(|page| &page.parsed) else { continue };
        let is_above_list = site.listings.iter().any(|listing| listing.intro == Some(*page));
        if parsed.address.is_empty() || is_above_list {
            continue;
        }
        let place = *places.entry(parsed.kind.name).or_insert_with(|| {
            parts.push(Part { title: parsed.kind.plural, sections: Vec::new() });
            parts.len() - 1
        });
        if !parts[place].sections.contains(page) {
            parts[place].sections.push(*page);
        }
    }
    parts
}

impl Part {
    fn in_words(&self) -> String {
        let count = self.sections.len();
        let plural = self.title.to_lowercase();
        let one = crate::content::kinds::ALL
            .iter()
            .find(|kind| kind.plural == self.title)
            .map_or_else(|| plural.clone(), |kind| kind.title.to_lowercase());
        counted(count, &one, &plural)
    }
}

/// What a document of one file knows of the site around its pages.
pub(super) struct Document<'d, 's> {
    pub(super) views: &'d Views<'s>,
    pub(super) sections: &'d Sections,
    pub(super) files: &'d dyn Files,
    pub(super) theme: &'d Theme,
    /// The address of a draft: the website has neither it nor what would stand below it.
    pub(super) draft: Option<&'d str>,
}

/// Paper shows no more of a wider image.
const WIDEST: u32 = 1_500;

impl Surroundings for Document<'_, '_> {
    fn section(&self, address: &str) -> Option<(usize, String)> {
        self.sections.get(address)
    }

    fn on_website(&self, address: &str) -> Option<String> {
        if self.draft.is_some_and(|draft| address.starts_with(draft)) {
            return None;
        }
        self.views.site.config.base_url.as_ref().map(|base| escaped(&format!("{base}{address}")))
    }

    fn picture(&self, address: &str) -> Option<String> {
        let site = self.views.site;
        let media_type = picture_type(address)?;
        if let Some(asset) = site.assets.iter().position(|asset| encoded(asset.address()) == address) {
            let file = &site.assets[asset];
            let narrower = self.views.pictures.widest_below(asset, WIDEST);
            if let Some(bytes) = narrower.and_then(|width| self.files.narrower(file, width)) {
                return Some(data_address("image/webp", &bytes));
            }
            return self.files.whole(file).map(|bytes| data_address(media_type, &bytes));
        }
        let drawing = (0..site.pages.len()).find(|page| {
            site.drawings[*page].is_some() && encoded(&pathway::address(site, *page)) == address
        });
        if let Some(page) = drawing {
            return Some(data_address(media_type, pathway::stand_alone(site, page).as_bytes()));
        }
        self.theme.static_file(address).map(|bytes| data_address(media_type, bytes))
    }
}

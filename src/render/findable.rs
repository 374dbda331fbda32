//! What a search finds of each page: its title and other names, its text below its headings, what its fields say, the
//! steps of its drawing, and the facets by which readers narrow what they found.
//!
//! Everything here is what the page itself shows: no page that is not published, no figures of a benchmark, no name or
//! score that is withheld.

use std::collections::BTreeSet;

use super::address::encoded;
use super::members::members;
use super::view::{referenced, shown};
use crate::content::Status;
use crate::content::kinds::Kind;
use crate::fields::{Shape, Value, Values};
use crate::markdown::stretches;
use crate::pathway::steps::Steps;
use crate::search::{Document, Facet, Section, Settings};
use crate::site::{PageIndex, Site};
use crate::text::{slugify, upper_first};

/// The taxonomies by which results are narrowed, in the order of their facets; kinds stand before and years after them.
const TAXONOMIES: [&str; 5] = ["theme", "network", "region", "stage", "standard"];

/// Fields that say nothing of what a page is about, and those that are shown in their own places.
const NOT_SEARCHED: [&str; 12] = [
    "title",
    "summary",
    "status",
    "kind",
    "diagram",
    "licence",
    "image_checked",
    "approved_by",
    "interests",
    "claims",
    "changes",
    "aliases",
];

/// The pages of a site as a search sees them.
pub(super) struct Findable<'a> {
    site: &'a Site,
    /// For each page its facets: name and value.
    facets: Vec<Vec<(String, String)>>,
    settings: Settings,
}

impl<'a> Findable<'a> {
    /// Finds out by what each page can be narrowed.
    pub(super) fn new(site: &'a Site) -> Self {
        let mut facets: Vec<Vec<(String, String)>> = vec![Vec::new(); site.pages.len()];
        let mut listed = vec![kinds(site, &mut facets)];
        for name in TAXONOMIES {
            let Some(taxonomy) = site.taxonomies.iter().find(|taxonomy| taxonomy.name == name) else {
                continue;
            };
            let mut values = Vec::new();
            for term in &taxonomy.terms {
                let value = slugify(&term.name);
                let own = match term.kind {
                    crate::site::TermKind::Page(page) => Some(page),
                    crate::site::TermKind::Word => None,
                };
                for &page in term.pages.iter().chain(&own) {
                    facets[page].push((name.to_string(), value.clone()));
                }
                values.push((value, upper_first(&term.name)));
            }
            let label = upper_first(name);
            listed.push(Facet { name: name.to_string(), label, values });
        }
        listed.push(years(site, &mut facets));
        let settings = Settings { synonyms: site.config.synonyms.clone(), facets: listed };
        Self { site, facets, settings }
    }

    /// What the site says of its search.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The pages in the order in which the search numbers them.
    pub(super) fn order(&self) -> Vec<PageIndex> {
        let mut pages: Vec<(Document, PageIndex)> =
            self.site.held_pages().map(|index| (self.head(index), index)).collect();
        pages.sort_by(|(one, _), (other, _)| crate::search::reading_order(one, other));
        pages.into_iter().map(|(_, index)| index).collect()
    }

    /// A page with all its text.
    pub(super) fn document(&self, index: PageIndex) -> Document {
        let page = &self.site.pages[index].parsed;
        let mut document = self.head(index);
        document.other_titles = Self::other_titles(page.kind, &page.values);
        document.kind = page.kind.title.to_string();
        document.summary = page.values.text("summary").unwrap_or_default().to_string();
        document.facets.clone_from(&self.facets[index]);
        document.sections = self.sections(index);
        document
    }

    /// What its place in the order depends on.
    fn head(&self, index: PageIndex) -> Document {
        let page = &self.site.pages[index].parsed;
        let is_list = self.site.listings.iter().any(|listing| listing.intro == Some(index));
        let weight = match page.status {
            Status::Archived => 0.6,
            _ if is_list || page.address.is_empty() => 0.8,
            _ => 1.0,
        };
        Document {
            address: encoded(&page.address),
            title: page.title.clone(),
            date: page.values.date("published").map(|day| day.to_string()).unwrap_or_default(),
            weight,
            ..Document::default()
        }
    }

    /// Codes, abbreviations, former names: the fields by which a kind's pages are named as well.
    fn other_titles(kind: &Kind, values: &Values) -> Vec<String> {
        let names = kind.other_names.iter().copied().chain(kind.key);
        names.flat_map(|name| values.texts(name).map(|text| text.value.to_string())).collect()
    }

    fn sections(&self, index: PageIndex) -> Vec<Section> {
        let page = &self.site.pages[index].parsed;
        let mut sections = Vec::new();
        let mut facts = String::new();
        for field in page.kind.all_fields().filter(|field| !NOT_SEARCHED.contains(&field.name)) {
            if let Some(value) = shown(&page.values, field.name) {
                self.push_field(&field.shape, &value.value, &mut facts);
            }
        }
        let mut stretches = stretches(&page.body.sections).into_iter().peekable();
        if let Some(first) = stretches.next_if(|stretch| stretch.id.is_empty()) {
            sections.push(Section { id: String::new(), heading: String::new(), text: first.text });
        }
        if let Some(drawing) = &self.site.drawings[index] {
            let own = page.body.sections.iter().filter_map(|section| section.heading.as_ref());
            let id = if own.into_iter().any(|heading| heading.id == "steps") { "steps" } else { "to:steps" };
            let heading = "Steps".to_string();
            sections.push(Section { id: id.to_string(), heading, text: words_of_steps(&drawing.steps) });
        }
        sections.extend(stretches.map(|stretch| Section {
            id: stretch.id,
            heading: stretch.heading,
            text: stretch.text,
        }));
        if page.kind.name == "network" {
            let text = self.members(index);
            sections.push(Section { id: "map:members".to_string(), heading: "Members".to_string(), text });
        }
        if !facts.is_empty() {
            sections.push(Section { id: String::new(), heading: String::new(), text: facts });
        }
        sections
    }

    /// The members of a network by their names, then and today, and codes.
    fn members(&self, index: PageIndex) -> String {
        let members = members(&self.site.pages[index].parsed, &self.site.organisations);
        let mut words = Vec::new();
        for member in &members {
            words.extend([member.name, member.code]);
            if let Some(today) = member.today {
                words.extend([today.name.as_str(), today.ods.as_str()]);
            }
        }
        words.join(" ")
    }

    /// The words of a field, as a reader of the page sees them; one line a value.
    fn push_field(&self, shape: &Shape, value: &Value, out: &mut String) {
        match (shape, value) {
            (Shape::List(item), Value::List(items)) => {
                for each in items {
                    self.push_field(item, &each.value, out);
                }
            }
            (Shape::Group(fields), Value::Group(values)) => {
                for field in *fields {
                    if let Some(value) = values.get(field.name) {
                        self.push_field(&field.shape, &value.value, out);
                    }
                }
            }
            (Shape::Map(item), Value::Group(values)) => {
                for (name, each) in values.iter() {
                    push_words(out, name);
                    self.push_field(item, &each.value, out);
                }
            }
            (Shape::Text | Shape::Paragraphs | Shape::Quantity | Shape::Term(_), Value::Text(text)) => {
                push_words(out, text);
            }
            (Shape::Ods, Value::Text(code)) => {
                push_words(out, code);
                if let Some(known) = self.site.organisations.get(&**code) {
                    push_words(out, &known.name);
                }
            }
            // A file is found by what it is called.
            (Shape::File, Value::Text(file)) => {
                let name = file.rsplit('/').next().unwrap_or(file);
                push_words(out, &name.replace(['-', '_', '.'], " "));
            }
            (_, Value::Period(period)) => push_words(out, &period.text),
            (Shape::Reference(target), Value::Reference(reference)) => {
                if let Some(page) = referenced(self.site, *target, reference) {
                    push_words(out, &self.site.pages[page].parsed.title);
                }
            }
            _ => {}
        }
    }
}

fn push_words(out: &mut String, words: &str) {
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if !out.is_empty() && !out.ends_with(['.', '?', '!', ':', ';']) {
        out.push('.');
    }
}

/// What the steps of a drawing say, with the outcomes that lead on.
fn words_of_steps(steps: &Steps) -> String {
    let mut words = String::new();
    for step in &steps.steps {
        push_words(&mut words, &step.text);
        for next in step.next.iter().filter(|next| !next.words.is_empty()) {
            push_words(&mut words, &next.words);
        }
    }
    words
}

fn kinds(site: &Site, facets: &mut [Vec<(String, String)>]) -> Facet {
    for (page, facets) in site.pages.iter().zip(facets) {
        facets.push(("kind".to_string(), page.parsed.kind.name.to_string()));
    }
    let values =
        crate::content::kinds::ALL.iter().map(|kind| (kind.name.to_string(), kind.plural.to_string()));
    Facet { name: "kind".to_string(), label: "Kind".to_string(), values: values.collect() }
}

/// The year that a page tells of, or in which it was published: the newest first.
fn years(site: &Site, facets: &mut [Vec<(String, String)>]) -> Facet {
    let mut years: BTreeSet<i16> = BTreeSet::new();
    for index in site.held_pages() {
        let (values, facets) = (&site.pages[index].parsed.values, &mut facets[index]);
        let told = values.period("period").map(|period| period.start);
        let held = values.local_time("starts").map(|time| time.date);
        if let Some(day) = told.or(held).or_else(|| values.date("published")) {
            years.insert(day.year());
            facets.push(("year".to_string(), day.year().to_string()));
        }
    }
    let values = years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect();
    Facet { name: "year".to_string(), label: "Year".to_string(), values }
}

//! Views: what templates see. Each is built here from the site, for one output, and holds nothing that the output
//! does not need; values that many outputs share (rows of lists, terms) are built once.

mod event;
mod fields;
mod form;
mod home;
mod hub;
mod overview;
mod pack;
mod page;
mod routes;
mod rows;
mod session;
mod wayfinding;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use jiff::civil::Date;
use tera::{Context, Value};

use super::address::{encoded, file_of, root_of};
use super::images::Pictures;
use super::pagination;
use super::value::{date, map, optional};
use crate::site::{PageIndex, Site, TermKind};
use crate::text::{counted, lower_first, slugify};
use crate::theme::{RenderError, Theme};
pub(super) use event::{Programme, long_day};
pub(super) use fields::{referenced, shown, size_in_words};
use rows::{By, RowHtml};

/// Builds views of one site.
pub(super) struct Views<'a> {
    pub(super) site: &'a Site,
    pub(super) pictures: &'a Pictures,
    /// The row of each page in lists, made when a list first needs it.
    rows: Vec<OnceLock<Value>>,
    /// The same rows as HTML, made when a long list first needs them.
    row_html: RowHtml,
    /// Terms of words by taxonomy and slug, as pages show them.
    terms: HashMap<(&'static str, String), Value>,
    /// For pages that are terms: their taxonomy and term.
    term_of_page: HashMap<PageIndex, (usize, usize)>,
    /// The programme of each event that has sessions.
    pub(super) programmes: BTreeMap<PageIndex, Programme>,
    today: Date,
}

/// Where an output stands and what it is called.
pub(super) struct Frame<'v> {
    pub(super) address: String,
    pub(super) title: &'v str,
    /// What it is, where the title does not say it: a page of what kind, a term of which taxonomy.
    pub(super) what: &'v str,
    pub(super) description: &'v str,
    pub(super) breadcrumbs: Vec<(String, String)>,
    pub(super) feed: Option<String>,
}

/// A title that tells the further pages of a list apart.
fn numbered(title: &str, number: usize) -> String {
    if number > 1 { format!("{title}, page {number}") } else { title.to_string() }
}

impl<'a> Views<'a> {
    pub(super) fn new(site: &'a Site, pictures: &'a Pictures) -> Self {
        let mut terms = HashMap::new();
        let mut term_of_page = HashMap::new();
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            for (term_index, term) in taxonomy.terms.iter().enumerate() {
                match term.kind {
                    TermKind::Page(page) => {
                        term_of_page.insert(page, (index, term_index));
                    }
                    TermKind::Word => {
                        let value = map([
                            ("name", Value::from(term.name.as_str())),
                            ("path", Value::from(encoded(&term.address))),
                        ]);
                        terms.insert((taxonomy.name, slugify(&term.name)), value);
                    }
                }
            }
        }
        let today = site.config.timezone.to_datetime(site.now).date();
        let row_html = RowHtml::new(site.pages.len());
        let programmes = event::programmes(site, today);
        let rows = site.pages.iter().map(|_| OnceLock::new()).collect();
        Self { site, pictures, rows, row_html, terms, term_of_page, programmes, today }
    }

    pub(super) fn row(&self, index: PageIndex) -> Value {
        self.rows[index].get_or_init(|| rows::row(self, index)).clone()
    }

    fn rows(&self, indexes: impl IntoIterator<Item = PageIndex>) -> Value {
        Value::from(indexes.into_iter().map(|index| self.row(index)).collect::<Vec<_>>())
    }

    /// What every template sees, whatever it renders.
    pub(super) fn globals(&self) -> Context {
        let site = self.site;
        let config = &site.config;
        let kinds: Vec<Value> = site
            .listings
            .iter()
            .map(|listing| {
                map([
                    ("name", Value::from(listing.kind.name)),
                    ("title", Value::from(listing.kind.title)),
                    ("plural", Value::from(listing.kind.plural)),
                    ("about", Value::from(listing.kind.lead)),
                    ("path", Value::from(format!("{}/", listing.kind.folder))),
                    ("count", Value::from(listing.pages.len())),
                ])
            })
            .collect();
        let taxonomies: Vec<Value> = site
            .taxonomies
            .iter()
            .filter(|taxonomy| !taxonomy.terms.is_empty())
            .map(|taxonomy| {
                map([
                    ("name", Value::from(taxonomy.name)),
                    ("title", Value::from(taxonomy.title)),
                    ("path", Value::from(format!("{}/", taxonomy.plural))),
                    ("count", Value::from(taxonomy.terms.len())),
                ])
            })
            .collect();
        let navigation: Vec<Value> = site
            .navigation
            .iter()
            .map(|(title, address)| {
                map([("title", Value::from(title.as_str())), ("path", Value::from(encoded(address)))])
            })
            .collect();
        let glossary: Vec<Value> = config
            .glossary
            .iter()
            .map(|(term, meaning)| {
                map([("term", Value::from(term.as_str())), ("meaning", Value::from(meaning.as_str()))])
            })
            .collect();
        let publisher = config.publisher.as_ref().map_or_else(Value::none, |publisher| {
            map([
                ("name", Value::from(publisher.name.as_str())),
                ("mailbox", optional(publisher.mailbox.as_deref())),
                ("url", optional(publisher.url.as_deref())),
            ])
        });
        let mut globals = Context::new();
        // `base.html` says on a page in another language how each is marked; rows and embedded pages are made without it.
        for mark in ["ours", "theirs"] {
            globals.insert_value(mark, Value::from(""));
        }
        globals.insert_value(
            "site",
            map([
                ("title", Value::from(config.title.as_str())),
                ("description", Value::from(config.description.as_str())),
                ("language", Value::from(config.language.as_str())),
                ("publisher", publisher),
                ("licence", optional(config.licence.as_deref())),
                ("base_url", optional(config.base_url.as_deref())),
                ("pack", pack::value(site)),
                ("navigation", Value::from(navigation)),
                ("kinds", Value::from(kinds)),
                ("taxonomies", Value::from(taxonomies)),
                ("overviews", self.overview_links(|about| about.beside.is_empty())),
                (
                    "has_accessibility",
                    Value::from(config.accessibility.is_some() || site.page_at("accessibility/").is_some()),
                ),
                ("glossary", Value::from(glossary)),
                ("has_search", Value::from(config.search)),
                ("has_search_shortcut", Value::from(config.search && config.search_shortcut)),
                ("suggest", wayfinding::suggest_link(site).map_or_else(Value::none, Value::from)),
            ]),
        );
        globals
    }

    /// What every template sees of its own output.
    pub(super) fn framed(&self, frame: Frame<'_>) -> Context {
        let site = self.site;
        let file = file_of(&frame.address);
        let mut context = Context::new();
        // Two pages may bear one title, such as a pathway and the session about it: what they are tells their tabs apart.
        let site_title = site.config.title.as_str();
        let page_title = match frame.what {
            _ if frame.address.is_empty() => site_title.to_string(),
            "" if frame.title == site_title => site_title.to_string(),
            "" => format!("{} – {site_title}", frame.title),
            what => format!("{} – {what} – {site_title}", frame.title),
        };
        let section = site
            .navigation
            .iter()
            .map(|(_, address)| address.as_str())
            .filter(|address| !address.is_empty() && frame.address.starts_with(address))
            .max_by_key(|address| address.len())
            .unwrap_or("");
        let canonical =
            site.config.base_url.as_ref().map(|base| format!("{base}{}", encoded(&frame.address)));
        let website = site.website().map(|base| format!("{base}{}", encoded(&frame.address)));
        let report = {
            let relative = || format!("/{}", encoded(&frame.address));
            let address = website.unwrap_or_else(relative);
            wayfinding::report_link(site, frame.title, &address)
        };
        let site_feed = site.config.base_url.is_some().then_some("feed.xml");
        let breadcrumbs: Vec<Value> = frame
            .breadcrumbs
            .iter()
            .map(|(title, path)| {
                map([("title", Value::from(title.as_str())), ("path", Value::from(encoded(path)))])
            })
            .collect();
        context.insert_value("root", Value::from(root_of(&file)));
        context.insert_value("lang", Value::from(site.config.language.as_str()));
        context.insert_value("page_title", Value::from(page_title));
        context.insert_value("og_title", Value::from(frame.title));
        context.insert_value("report", report.map_or_else(Value::none, Value::from));
        context.insert_value("description", Value::from(frame.description));
        context.insert_value("canonical", optional(canonical.as_deref()));
        context.insert_value("feed", frame.feed.map_or_else(Value::none, Value::from));
        context.insert_value("site_feed", optional(site_feed));
        context.insert_value("section", Value::from(encoded(section)));
        context.insert_value("breadcrumbs", Value::from(breadcrumbs));
        context.insert_value("json_ld", Value::none());
        context.insert_value("alternates", Value::from(Vec::<Value>::new()));
        context.insert_value("og_type", Value::from("website"));
        context.insert_value("has_drawing", Value::from(false));
        context.insert_value("has_versions", Value::from(false));
        context.insert_value("has_chart", Value::from(false));
        context
    }

    pub(super) fn listing(&self, index: usize, number: usize, theme: &Theme) -> Result<Context, RenderError> {
        let listing = &self.site.listings[index];
        let kind = listing.kind;
        let base = format!("{}/", kind.folder);
        let intro = listing.intro.map(|page| &self.site.pages[page].parsed);
        let title = intro.map_or(kind.plural, |page| &page.title);
        let description = intro.and_then(|page| page.values.text("summary")).unwrap_or(kind.lead);
        let address = pagination::address(&base, number);
        let mut breadcrumbs = vec![("Home".to_string(), String::new())];
        if number > 1 {
            breadcrumbs.push((title.to_string(), base.clone()));
        }
        let mut context = self.framed(Frame {
            address: address.clone(),
            title: &numbered(title, number),
            what: "",
            description,
            breadcrumbs,
            feed: None,
        });
        context.insert_value(
            "listing",
            map([
                ("title", Value::from(title)),
                ("plural", Value::from(kind.plural)),
                ("one", Value::from(kind.title.to_lowercase())),
                ("many", Value::from(kind.plural.to_lowercase())),
                ("about", Value::from(description)),
                ("kind", Value::from(kind.name)),
                ("path", Value::from(base.as_str())),
                ("count", Value::from(listing.pages.len())),
            ]),
        );
        context.insert_value("overviews", self.overview_links(|about| about.beside.contains(&kind.name)));
        let root = root_of(&file_of(&address));
        let intro_page = match listing.intro {
            Some(page) if number == 1 => {
                self.add_language(page, &mut context);
                self.note_drawings(page, &mut context);
                self.page_value(page, &root, theme)?
            }
            _ => Value::none(),
        };
        context.insert_value("intro_page", intro_page);
        let items = pagination::slice(&listing.pages, number);
        context.insert_value("items", self.rows(items.iter().copied()));
        context.insert_value("items_html", self.items_html(items, By::Network, &root, theme)?);
        context.insert_value("years", self.years(items, &root, theme)?);
        context.insert_value("pagination", pagination::value(&base, number, listing.pages.len()));
        Ok(context)
    }

    pub(super) fn taxonomy(&self, index: usize) -> Context {
        let taxonomy = &self.site.taxonomies[index];
        let address = format!("{}/", taxonomy.plural);
        let mut context = self.framed(Frame {
            address: address.clone(),
            title: taxonomy.title,
            what: "",
            description: &format!(
                "All pages of {} by {}.",
                self.site.config.title,
                lower_first(&taxonomy.name.replace('-', " "))
            ),
            breadcrumbs: vec![("Home".to_string(), String::new())],
            feed: None,
        });
        context.insert_value(
            "taxonomy",
            map([
                ("name", Value::from(taxonomy.name)),
                ("title", Value::from(taxonomy.title)),
                ("path", Value::from(address)),
            ]),
        );
        let terms: Vec<Value> = taxonomy
            .terms
            .iter()
            .map(|term| {
                map([
                    ("name", Value::from(term.name.as_str())),
                    ("path", Value::from(encoded(&term.address))),
                    ("count", Value::from(term.pages.len())),
                ])
            })
            .collect();
        context.insert_value("terms", Value::from(terms));
        context
    }

    pub(super) fn term(
        &self,
        taxonomy_index: usize,
        term_index: usize,
        number: usize,
        theme: &Theme,
    ) -> Result<Context, RenderError> {
        let taxonomy = &self.site.taxonomies[taxonomy_index];
        let term = &taxonomy.terms[term_index];
        let overview = format!("{}/", taxonomy.plural);
        let mut breadcrumbs =
            vec![("Home".to_string(), String::new()), (taxonomy.title.to_string(), overview.clone())];
        if number > 1 {
            breadcrumbs.push((term.name.clone(), term.address.clone()));
        }
        let mut context = self.framed(Frame {
            address: pagination::address(&term.address, number),
            title: &numbered(&term.name, number),
            what: taxonomy.title,
            description: &format!(
                "{} of {} under the {} {}.",
                counted(term.pages.len(), "page", "pages"),
                self.site.config.title,
                taxonomy.name,
                term.name
            ),
            breadcrumbs,
            feed: self.feed_of(&term.address),
        });
        let page = match term.kind {
            TermKind::Page(page) => self.row(page),
            TermKind::Word => Value::none(),
        };
        context.insert_value(
            "taxonomy",
            map([
                ("name", Value::from(taxonomy.name)),
                ("title", Value::from(taxonomy.title)),
                ("path", Value::from(overview)),
            ]),
        );
        context.insert_value(
            "term",
            map([
                ("name", Value::from(term.name.as_str())),
                ("path", Value::from(encoded(&term.address))),
                ("count", Value::from(term.pages.len())),
                ("page", page),
            ]),
        );
        let items = pagination::slice(&term.pages, number);
        let root = root_of(&file_of(&pagination::address(&term.address, number)));
        context.insert_value("items", self.rows(items.iter().copied()));
        context.insert_value("items_html", self.items_html(items, By::Kind, &root, theme)?);
        context.insert_value("pagination", pagination::value(&term.address, number, term.pages.len()));
        Ok(context)
    }

    fn feed_of(&self, address: &str) -> Option<String> {
        self.site.config.base_url.as_ref().map(|_| format!("{}feed.xml", encoded(address)))
    }

    pub(super) fn accessibility(&self) -> Context {
        let mut context = self.framed(Frame {
            address: "accessibility/".to_string(),
            title: "Accessibility statement",
            what: "",
            description: "How far this site works for everybody, and what to do where it does not.",
            breadcrumbs: vec![("Home".to_string(), String::new())],
            feed: None,
        });
        let empty = crate::fields::Values::default();
        let facts = self.site.config.accessibility.as_ref().unwrap_or(&empty);
        let problems: Vec<Value> =
            facts.texts("known_problems").map(|problem| Value::from(problem.value)).collect();
        context.insert_value(
            "statement",
            map([
                ("status", optional(facts.text("status"))),
                ("tested_on", facts.date("tested_on").map_or_else(Value::none, date)),
                ("tested_by", optional(facts.text("tested_by"))),
                ("method", optional(facts.text("method"))),
                ("known_problems", Value::from(problems)),
                ("contact", optional(facts.text("contact"))),
                ("response_days", facts.integer("response_days").map_or_else(Value::none, Value::from)),
            ]),
        );
        context
    }

    pub(super) fn not_found(&self) -> Context {
        let mut context = self.framed(Frame {
            address: "404.html".to_string(),
            title: "Page not found",
            what: "",
            description: "",
            breadcrumbs: Vec::new(),
            feed: None,
        });
        // It is served at any depth, so its links begin at the site's folder.
        context.insert_value("root", Value::from(self.site.config.base_path()));
        context.insert_value("canonical", Value::none());
        context
    }

    pub(super) fn redirect(&self, from: &str, page: PageIndex) -> Context {
        let target = &self.site.pages[page].parsed;
        let mut context = self.framed(Frame {
            address: from.to_string(),
            title: &target.title,
            what: "",
            description: "",
            breadcrumbs: Vec::new(),
            feed: None,
        });
        let canonical =
            self.site.config.base_url.as_ref().map(|base| format!("{base}{}", encoded(&target.address)));
        context.insert_value("canonical", optional(canonical.as_deref()));
        context.insert_value("target", Value::from(encoded(&target.address)));
        context.insert_value("title", Value::from(target.title.as_str()));
        context
    }
}

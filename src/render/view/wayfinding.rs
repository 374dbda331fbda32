//! What leads a reader on from a page, and what a reader can do with it: related pages, the pages before and after,
//! its section, how to cite and share it, and whom to tell of a problem.

use tera::{Context, Value};

use super::{Frame, Views};
use crate::config::Contact;
use crate::content::{ParsedPage, Status};
use crate::render::address::{encoded, percent_encoded};
use crate::render::value::map;
use crate::site::{Page, PageIndex, Related, Site};
use crate::text::{list_words, long_date};

/// How many pages of a section are shown on either side of one of them: a folder may hold thousands.
const SECTION_NEIGHBOURS: usize = 15;

impl Views<'_> {
    /// Related pages, each a row and why it is related.
    pub(super) fn related(&self, index: PageIndex) -> Value {
        let related = self
            .site
            .related_to(index)
            .into_iter()
            .map(|Related { page, why }| map([("row", self.row(page)), ("why", Value::from(why))]));
        related.collect::<Vec<_>>().into()
    }

    /// The page of the search; without script its lists are the way on.
    pub(in crate::render) fn search(&self) -> Context {
        let mut context = self.framed(Frame {
            address: "search/".to_string(),
            title: "Search",
            what: "",
            description: "Search and browse all pages of this site.",
            breadcrumbs: vec![("Home".to_string(), String::new())],
            feed: None,
        });
        context.insert_value("ways", self.ways());
        context
    }

    /// The row of the page before or after, or none.
    pub(super) fn neighbour(&self, neighbour: Option<PageIndex>) -> Value {
        neighbour.map_or_else(Value::none, |index| self.row(index))
    }

    /// The pages of a page's section, its folder's own page first.
    pub(super) fn section(&self, index: PageIndex) -> Value {
        let Some(section) = self.site.places[index].section.map(|section| &self.site.sections[section])
        else {
            return self.rows([]);
        };
        let here = section.iter().position(|page| *page == index).unwrap_or(0);
        let from = here.saturating_sub(SECTION_NEIGHBOURS);
        let until = (here + SECTION_NEIGHBOURS + 1).min(section.len());
        let first = section.first().filter(|_| from > 0);
        self.rows(first.into_iter().chain(&section[from..until]).copied())
    }

    /// How to cite and share a page: a sentence, its address, and a letter about it. None before it is published.
    pub(super) fn cite(&self, page: &Page) -> Value {
        let parsed = &page.parsed;
        let is_hidden = matches!(parsed.status, Status::Draft | Status::InReview)
            || parsed.embargo.is_some_and(|embargo| embargo > self.site.now);
        if is_hidden {
            return Value::none();
        }
        let address = self.site.website().map(|base| format!("{base}{}", encoded(&parsed.address)));
        let letter = address.as_ref().map(|address| {
            format!("mailto:?subject={}&body={}", percent_encoded(&parsed.title), percent_encoded(address))
        });
        map([
            ("text", Value::from(citation(self.site, page, address.as_deref()))),
            ("address", address.map_or_else(Value::none, Value::from)),
            ("letter", letter.map_or_else(Value::none, Value::from)),
        ])
    }
}

/// A page as others cite it. A network is named as its author only where the page says that those who did the work
/// tell it.
fn citation(site: &Site, page: &Page, address: Option<&str>) -> String {
    let parsed = &page.parsed;
    let values = &parsed.values;
    let networks: Vec<&str> = page
        .outgoing
        .iter()
        .filter(|relation| relation.field == "network")
        .map(|relation| site.pages[relation.page].parsed.title.as_str())
        .collect();
    let publisher = site.config.publisher.as_ref().map(|publisher| publisher.name.as_str());
    let author = match values.text("told_by") {
        Some("own") if !networks.is_empty() => Some(list_words(&networks, "and")),
        _ => publisher.map(str::to_string),
    };
    let mut sentences: Vec<String> = Vec::new();
    let container = Some(site.config.title.clone()).filter(|title| author.as_ref() != Some(title));
    sentences.extend(author);
    sentences.push(parsed.title.clone());
    sentences.extend(container);
    if values.text("told_by") == Some("retold") {
        sentences.push("Retold from published sources".to_string());
    }
    if values.text("provenance") == Some("illustrative") {
        sentences.push("Made up to show how it works".to_string());
    }
    sentences.extend(dates(parsed));
    if parsed.status == Status::Archived {
        sentences.push("Archived, no longer reviewed".to_string());
    }
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence);
        if !sentence.ends_with(['.', '?', '!']) {
            text.push('.');
        }
    }
    if let Some(address) = address {
        text.push(' ');
        text.push_str(address);
    }
    text
}

fn dates(page: &ParsedPage) -> Option<String> {
    let day = |name: &str| page.values.date(name).map(long_date);
    match (day("published"), day("last_reviewed")) {
        (Some(published), Some(reviewed)) if published == reviewed => {
            Some(format!("Published and reviewed {published}"))
        }
        (Some(published), Some(reviewed)) => Some(format!("Published {published}, last reviewed {reviewed}")),
        (Some(published), None) => Some(format!("Published {published}")),
        (None, Some(reviewed)) => Some(format!("Last reviewed {reviewed}")),
        (None, None) => None,
    }
}

/// Where a reader of the page with this title and address reports a problem with it.
pub(super) fn report_link(site: &Site, title: &str, address: &str) -> Option<String> {
    let subject = format!("A problem with: {title}");
    let body = format!("{address}\r\n\r\nWhat is wrong:\r\n");
    Some(link(site.config.report.as_ref()?, title, address, &subject, &body))
}

/// Where readers suggest a case study.
pub(super) fn suggest_link(site: &Site) -> Option<String> {
    let title = &site.config.title;
    let address = site.website().unwrap_or("/");
    let subject = format!("A case study for {title}");
    let body = "Network:\r\nProblem:\r\nSolution:\r\nOutput:\r\nWho can tell more:\r\n";
    Some(link(site.config.suggest.as_ref()?, title, address, &subject, body))
}

fn link(contact: &Contact, title: &str, address: &str, subject: &str, body: &str) -> String {
    match contact {
        Contact::Mailbox(mailbox) => format!(
            "mailto:{}?subject={}&body={}",
            percent_encoded(mailbox).replace("%40", "@"),
            percent_encoded(subject),
            percent_encoded(body)
        ),
        Contact::Form(form) => {
            form.replace("{title}", &percent_encoded(title)).replace("{address}", &percent_encoded(address))
        }
    }
}

//! The home page: the newest, the next event, a few figures and the ways in.

use std::cmp::Reverse;

use jiff::civil::Date;
use tera::{Context, Value};

use super::{Frame, Views};
use crate::render::address::encoded;
use crate::render::benchmark;
use crate::render::value::{map, optional};
use crate::site::{Page, PageIndex, Term};
use crate::theme::{RenderError, Theme};

/// How many terms of a taxonomy are named.
const WAYS: usize = 12;

impl Views<'_> {
    pub(in crate::render) fn home(
        &self,
        index: Option<PageIndex>,
        theme: &Theme,
    ) -> Result<Context, RenderError> {
        let site = self.site;
        let summary = index.and_then(|index| site.pages[index].parsed.values.text("summary"));
        let title = index.map_or(site.config.title.as_str(), |index| &site.pages[index].parsed.title);
        let mut context = self.framed(Frame {
            address: String::new(),
            title,
            what: "",
            description: summary.unwrap_or(&site.config.description),
            breadcrumbs: Vec::new(),
            feed: site.config.base_url.as_ref().map(|_| "feed.xml".to_string()),
        });
        let page = match index {
            Some(index) => {
                self.add_language(index, &mut context);
                self.page_value(index, "./", theme)?
            }
            None => Value::none(),
        };
        context.insert_value("page", page);
        let case_studies = self.listed("case-study");
        context.insert_value("newest", self.rows(case_studies.iter().copied().take(6)));
        let (upcoming, past) = self.events();
        context.insert_value("events", self.rows(upcoming));
        context.insert_value("past_event", past.map_or_else(Value::none, |index| self.row(index)));
        context.insert_value("figures", self.figures());
        context.insert_value("ways", self.ways());
        context.insert_value("overviews", self.overview_links(|_| true));
        // A single case study stands among the newest, and twice would be once too often.
        let candidates = if case_studies.len() > 1 { case_studies } else { &[] };
        let before_after = candidates.iter().find_map(|index| before_after(&site.pages[*index]));
        context.insert_value("before_after", before_after.unwrap_or_else(Value::none));
        Ok(context)
    }

    fn listed(&self, kind: &str) -> &[PageIndex] {
        let listing = self.site.listings.iter().find(|listing| listing.kind.name == kind);
        listing.map_or(&[], |listing| &listing.pages)
    }

    /// Events that have not ended, the soonest first, and the last that has.
    pub(in crate::render) fn events(&self) -> (Vec<PageIndex>, Option<PageIndex>) {
        let last_day = |index: PageIndex| -> Option<Date> {
            let values = &self.site.pages[index].parsed.values;
            values.local_time("ends").or_else(|| values.local_time("starts")).map(|time| time.date)
        };
        let (upcoming, past): (Vec<PageIndex>, Vec<PageIndex>) = self
            .listed("event")
            .iter()
            .copied()
            .filter(|index| last_day(*index).is_some())
            .partition(|index| last_day(*index) >= Some(self.today));
        let newest_past = past.into_iter().max_by_key(|index| last_day(*index));
        (upcoming, newest_past)
    }

    /// The ways in: by theme, network and standard, those with the most pages, in the order of their names. One
    /// alone is no choice.
    pub(super) fn ways(&self) -> Value {
        let ways = ["theme", "network", "standard"].into_iter().filter_map(|name| {
            let taxonomy = self.site.taxonomies.iter().find(|taxonomy| taxonomy.name == name)?;
            let mut terms: Vec<&Term> = taxonomy.terms.iter().collect();
            // The order of names stays among equals.
            terms.sort_by_key(|term| Reverse(term.pages.len()));
            terms.truncate(WAYS);
            terms.sort_by_key(|term| term.name.to_lowercase());
            let links: Vec<Value> = terms
                .iter()
                .map(|term| {
                    map([
                        ("name", Value::from(term.name.as_str())),
                        ("path", Value::from(encoded(&term.address))),
                    ])
                })
                .collect();
            (links.len() > 1).then(|| {
                map([
                    ("title", Value::from(format!("By {name}"))),
                    ("plural", Value::from(taxonomy.title.to_lowercase())),
                    ("path", Value::from(format!("{}/", taxonomy.plural))),
                    ("count", Value::from(taxonomy.terms.len())),
                    ("terms", Value::from(links)),
                ])
            })
        });
        ways.collect::<Vec<_>>().into()
    }

    /// Up to four national figures.
    fn figures(&self) -> Value {
        let figures: Vec<Value> = self
            .listed("benchmark")
            .iter()
            .filter_map(|index| {
                let page = &self.site.pages[*index].parsed;
                if page.values.text("level") != Some("national") {
                    return None;
                }
                let figure = benchmark::single_figure(self.site, *index)?;
                Some(map([
                    ("figure", Value::from(figure)),
                    ("unit", optional(page.values.text("unit"))),
                    ("what", optional(page.values.text("metric"))),
                    ("path", Value::from(encoded(&page.address))),
                ]))
            })
            .take(4)
            .collect();
        Value::from(figures)
    }
}

/// The first measure of a case study that has a figure before and one after.
fn before_after(page: &Page) -> Option<Value> {
    let values = &page.parsed.values;
    if values.text("provenance") == Some("illustrative") {
        return None;
    }
    let measure = values.groups("measures").find(|measure| measure.value.get("baseline").is_some())?.value;
    Some(map([
        ("title", Value::from(page.parsed.title.as_str())),
        ("path", Value::from(encoded(&page.parsed.address))),
        ("metric", optional(measure.text("metric"))),
        ("baseline", optional(measure.text("baseline"))),
        ("result", optional(measure.text("result"))),
        ("unit", optional(measure.text("unit"))),
        ("note", optional(measure.text("note"))),
    ]))
}

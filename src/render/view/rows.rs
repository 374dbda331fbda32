//! A page as one row of a list, as a value and as HTML.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::{Context, Value};

use super::{Views, fields, routes};
use crate::fields::Value as FieldValue;
use crate::render::address::encoded;
use crate::render::value::{date, map, optional};
use crate::site::PageIndex;
use crate::theme::{RenderError, Theme};

/// Fields that lists show or sort by, where a page has them.
const META: [&str; 15] = [
    "stage",
    "evidence",
    "verification",
    "code",
    "region",
    "period",
    "starts",
    "ends",
    "start",
    "end",
    "room",
    "level",
    "metric",
    "version",
    "told_by",
];

pub(super) fn row(views: &Views<'_>, index: PageIndex) -> Value {
    let page = &views.site.pages[index];
    let parsed = &page.parsed;
    let values = &parsed.values;
    let mut meta: BTreeMap<&'static str, Value> = BTreeMap::new();
    for name in META {
        // An assessment's `evidence` is a list of documents, a case study's is a word.
        if let Some(value) = values.get(name).filter(|value| !matches!(value.value, FieldValue::List(_))) {
            meta.insert(name, fields::plain(&value.value));
        }
    }
    for (name, value) in
        [("changed", routes::changed(views.site, index)), ("cancelled", routes::cancelled(views.site, index))]
    {
        if !value.is_none() {
            meta.insert(name, value);
        }
    }
    let networks: Vec<Value> = page
        .outgoing
        .iter()
        .filter(|relation| relation.field == "network")
        .map(|relation| {
            let network = &views.site.pages[relation.page].parsed;
            map([
                ("title", Value::from(network.title.as_str())),
                ("path", Value::from(encoded(&network.address))),
            ])
        })
        .collect();
    let day = values.date("published");
    let illustrative =
        values.text("provenance") == Some("illustrative") || values.flag("fictional") == Some(true);
    // Templates read rows more than anything else; up to twelve names are found without hashing.
    map([
        ("title", Value::from(parsed.title.as_str())),
        ("summary", Value::from(values.text("summary").unwrap_or(""))),
        ("path", Value::from(encoded(&parsed.address))),
        ("kind", Value::from(parsed.kind.name)),
        ("kind_title", Value::from(parsed.kind.title)),
        ("id", Value::from(parsed.id())),
        ("date", day.map_or_else(Value::none, date)),
        ("status", Value::from(parsed.status.name())),
        ("lang", optional(values.text("lang").filter(|lang| *lang != views.site.config.language))),
        ("illustrative", Value::from(illustrative)),
        ("meta", Value::from(meta)),
        ("networks", Value::from(networks)),
    ])
}

/// What the first column of a list says.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// The kind, in lists of several.
    Kind,
    /// The network, in lists of one kind.
    Network,
}

/// Rows as HTML, with [`ROOT`] where the way to the site's root belongs: a page stands in a dozen lists at different
/// depths, and its row is the same in all of them.
pub(super) struct RowHtml(Vec<[OnceLock<Box<str>>; 2]>);

/// Stands for the way to the root; no text holds this character.
const ROOT: &str = "\u{1}";

impl RowHtml {
    pub(super) fn new(page_count: usize) -> Self {
        Self((0..page_count).map(|_| [OnceLock::new(), OnceLock::new()]).collect())
    }
}

impl Views<'_> {
    /// The rows of some pages, one after the other.
    pub(super) fn items_html(
        &self,
        items: &[PageIndex],
        by: By,
        root: &str,
        theme: &Theme,
    ) -> Result<Value, RenderError> {
        let mut html = String::with_capacity(items.len() * 800);
        for index in items {
            let kept = &self.row_html.0[*index][by as usize];
            if kept.get().is_none() {
                // Another thread may make the same row meanwhile; either is kept.
                let _ = kept.set(self.one_row(*index, by, theme)?.into_boxed_str());
            }
            let row = kept.get().map_or("", |row| &**row);
            for (number, part) in row.split(ROOT).enumerate() {
                if number > 0 {
                    html.push_str(root);
                }
                html.push_str(part);
            }
        }
        Ok(Value::safe_string(&html))
    }

    /// Events by the year in which they begin, in the order in which they are listed; empty for other pages.
    pub(super) fn years(&self, items: &[PageIndex], root: &str, theme: &Theme) -> Result<Value, RenderError> {
        let year = |index: &PageIndex| {
            let page = &self.site.pages[*index].parsed;
            page.values.date("starts").filter(|_| page.kind.name == "event").map(jiff::civil::Date::year)
        };
        let mut years = Vec::new();
        for events in items.chunk_by(|one, other| year(one) == year(other)) {
            let Some(year) = year(&events[0]) else { return Ok(Value::from(Vec::<Value>::new())) };
            years.push(map([
                ("year", Value::from(year.to_string())),
                ("items_html", self.items_html(events, By::Network, root, theme)?),
            ]));
        }
        Ok(Value::from(years))
    }

    fn one_row(&self, index: PageIndex, by: By, theme: &Theme) -> Result<String, RenderError> {
        let mut context = Context::new();
        context.insert_value("root", Value::from(ROOT));
        context.insert_value("row", self.row(index));
        context.insert_value(
            "by",
            Value::from(match by {
                By::Kind => "kind",
                By::Network => "network",
            }),
        );
        let mut html = Vec::new();
        theme.render("row.html", &context, &mut html)?;
        Ok(String::from_utf8_lossy(&html).into_owned())
    }
}

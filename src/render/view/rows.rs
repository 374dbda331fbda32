//! A page as one row of a list.

use std::collections::BTreeMap;

use tera::Value;

use super::{Views, date, fields, map};
use crate::fields::Value as FieldValue;
use crate::render::address::encoded;
use crate::site::PageIndex;

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
    let day = crate::site::day_of(parsed);
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
        ("lang", Value::from(values.text("lang").unwrap_or(&views.site.config.language))),
        ("illustrative", Value::from(illustrative)),
        ("meta", Value::from(meta)),
        ("networks", Value::from(networks)),
    ])
}

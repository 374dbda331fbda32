//! The catalogue of case studies, for those who want them in a spreadsheet or a program.

use serde_json::{Map, Value};

use super::address::encoded;
use crate::fields::Values;
use crate::site::{Page, Site};
use crate::text::spreadsheet_text;

const COLUMNS: [&str; 14] = [
    "id",
    "title",
    "summary",
    "address",
    "networks",
    "period",
    "stage",
    "evidence",
    "themes",
    "standards",
    "told_by",
    "published",
    "last_reviewed",
    "licence",
];

/// As CSV, one line a case study, several values parted by `; `.
pub(super) fn csv(site: &Site) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        // Writing into memory cannot fail.
        let written = writer.write_record(&record);
        debug_assert!(written.is_ok());
    };
    write(COLUMNS.iter().map(ToString::to_string).collect());
    for page in case_studies(site) {
        let record = record(site, page);
        write(COLUMNS.iter().map(|column| spreadsheet_text(&flat(&record[*column]))).collect());
    }
    writer.into_inner().unwrap_or_default()
}

/// As JSON: a list of objects with the same names, one a line.
pub(super) fn json(site: &Site) -> Vec<u8> {
    let mut text = format!("{{\"site\": {},\n\"case_studies\": [", Value::from(site.config.title.as_str()));
    for (number, page) in case_studies(site).enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        // One record at a time: a national catalogue is not held in memory as a tree.
        text.push_str(&Value::Object(record(site, page)).to_string());
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

fn case_studies(site: &Site) -> impl Iterator<Item = &Page> {
    site.listings
        .iter()
        .filter(|listing| listing.kind.name == "case-study")
        .flat_map(|listing| listing.pages.iter().map(|index| &site.pages[*index]))
}

fn record(site: &Site, page: &Page) -> Map<String, Value> {
    let values = &page.parsed.values;
    let text = |name: &str| values.text(name).map_or(Value::Null, Value::from);
    let date = |name: &str| values.date(name).map_or(Value::Null, |date| Value::from(date.to_string()));
    let titles = |field: &str| {
        page.outgoing
            .iter()
            .filter(|relation| relation.field == field)
            .map(|relation| Value::from(site.pages[relation.page].parsed.title.clone()))
            .collect::<Value>()
    };
    let base = site.website().unwrap_or("/");
    let mut record = Map::new();
    record.insert("id".into(), page.parsed.id().into());
    record.insert("title".into(), page.parsed.title.clone().into());
    record.insert("summary".into(), text("summary"));
    record.insert("address".into(), format!("{base}{}", encoded(&page.parsed.address)).into());
    record.insert("networks".into(), titles("network"));
    record.insert(
        "period".into(),
        values.period("period").map_or(Value::Null, |period| period.text.clone().into()),
    );
    record.insert("stage".into(), text("stage"));
    record.insert("evidence".into(), text("evidence"));
    record.insert("themes".into(), themes(values));
    record.insert("standards".into(), titles("standards"));
    record.insert("told_by".into(), text("told_by"));
    record.insert("published".into(), date("published"));
    record.insert("last_reviewed".into(), date("last_reviewed"));
    let licence = values.text("licence").or(site.config.licence.as_deref());
    record.insert("licence".into(), licence.map_or(Value::Null, Value::from));
    record
}

fn themes(values: &Values) -> Value {
    values.texts("themes").map(|theme| Value::from(theme.value)).collect()
}

fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

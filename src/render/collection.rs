//! Templates for collecting data: their columns on the page, and the files that are filled in.

use tera::Value;

use super::address::encoded;
use super::value::{map, optional};
use crate::collection::{Collection, Column, ColumnKind, blank, definitions, workbook};
use crate::content::ParsedPage;
use crate::site::Site;

/// Which of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Workbook,
    Blank,
    Definitions,
}

impl File {
    pub(super) const ALL: [Self; 3] = [Self::Workbook, Self::Blank, Self::Definitions];
}

/// Whether a page collects anything.
pub(super) fn has_columns(page: &ParsedPage) -> bool {
    !page.values.list("collects").is_empty()
}

/// The address of a file below the root.
pub(super) fn address(page: &ParsedPage, file: File) -> String {
    let ending = match file {
        File::Workbook => ".xlsx",
        File::Blank => "-blank.csv",
        File::Definitions => "-definitions.csv",
    };
    format!("{}{}{ending}", page.address, page.slug)
}

/// A file's bytes; none of a workbook that Excel could not hold.
pub(super) fn file(site: &Site, page: &ParsedPage, file: File) -> Vec<u8> {
    let collection = collection(site, page);
    match file {
        File::Workbook => workbook(&collection).unwrap_or_default(),
        File::Blank => blank(&collection),
        File::Definitions => definitions(&collection),
    }
}

/// What a page shows of it; none for one that collects nothing.
pub(super) fn value(site: &Site, page: &ParsedPage) -> Value {
    if !has_columns(page) {
        return Value::none();
    }
    let path = |file: File| Value::from(encoded(&address(page, file)));
    let columns = collection(site, page).columns;
    map([
        ("columns", columns.iter().map(column_value).collect::<Vec<_>>().into()),
        ("workbook", path(File::Workbook)),
        ("blank", path(File::Blank)),
        ("definitions", path(File::Definitions)),
    ])
}

fn column_value(column: &Column) -> Value {
    // Yes and No are said already.
    let choices = if column.kind == ColumnKind::YesNo { Vec::new() } else { column.kind.choices() };
    map([
        ("name", Value::from(column.name.as_str())),
        ("means", Value::from(column.means.as_str())),
        ("takes", Value::from(column.kind.in_words())),
        ("choices", Value::from(choices.join(", "))),
        ("unit", optional(column.unit.as_deref())),
        ("example", optional(column.example.as_deref())),
        ("required", Value::from(column.is_required)),
    ])
}

fn collection(site: &Site, page: &ParsedPage) -> Collection {
    let values = &page.values;
    let text = |name: &str| values.text(name).unwrap_or_default().to_string();
    let columns = values.groups("collects").filter_map(|column| {
        let column = column.value;
        let choices = column.texts("choices").map(|choice| choice.value.to_string()).collect();
        let given = |name: &str| column.text(name).map(str::to_string);
        Some(Column {
            name: given("column")?,
            means: given("means").unwrap_or_default(),
            kind: match column.text("type") {
                Some("whole number") => ColumnKind::WholeNumber,
                Some("number") => ColumnKind::Number,
                Some("date") => ColumnKind::Date,
                Some("choice") => ColumnKind::Choice(choices),
                Some("yes or no") => ColumnKind::YesNo,
                _ => ColumnKind::Text,
            },
            unit: given("unit"),
            example: given("example"),
            is_required: column.flag("required") == Some(true),
        })
    });
    Collection {
        title: page.title.clone(),
        about: text("summary"),
        version: text("version"),
        address: site.website().map(|base| format!("{base}{}", encoded(&page.address))),
        day: values.date("last_reviewed").or_else(|| values.date("published")),
        columns: columns.collect(),
    }
}

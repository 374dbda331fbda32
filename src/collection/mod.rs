//! Templates for collecting data: columns with their definitions in, a workbook and two CSV files out. Nothing here
//! knows of a site.

mod csv;
mod workbook;

use jiff::civil::Date;

pub use csv::{blank, definitions};
pub use workbook::workbook;

/// What is collected, and how those who fill it in are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collection {
    /// What it is called.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub about: String,
    /// Its version: `1.0`.
    pub version: String,
    /// Where its page stands, in full.
    pub address: Option<String>,
    /// The day that the file is said to be from.
    pub day: Option<Date>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What exactly is asked.
    pub means: String,
    /// What it takes.
    pub kind: ColumnKind,
    /// What its numbers count: `scans`, `%`.
    pub unit: Option<String>,
    /// An entry that shows what is meant.
    pub example: Option<String>,
    /// Whether a row without it is unfinished.
    pub is_required: bool,
}

/// What a column takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A whole number, 0 or more.
    WholeNumber,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of these.
    Choice(Vec<String>),
    /// `Yes` or `No`.
    YesNo,
}

impl ColumnKind {
    /// What it takes, in words: `a whole number`.
    pub fn in_words(&self) -> &'static str {
        match self {
            Self::Text => "words",
            Self::WholeNumber => "a whole number, 0 or more",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Choice(_) => "one of a list",
            Self::YesNo => "Yes or No",
        }
    }

    /// The entries that it allows; none where they are free.
    pub fn choices(&self) -> Vec<&str> {
        match self {
            Self::Choice(choices) => choices.iter().map(String::as_str).collect(),
            Self::YesNo => vec!["Yes", "No"],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Collection, Column, ColumnKind, blank, definitions, workbook};

    fn column(name: &str, kind: ColumnKind) -> Column {
        Column {
            name: name.to_string(),
            means: "What to enter, \"as it is\", and why".to_string(),
            kind,
            unit: None,
            example: Some("=1+1".to_string()),
            is_required: true,
        }
    }

    #[test]
    fn files_hold_the_columns_and_no_formula() {
        let columns =
            vec![column("Site, in full", ColumnKind::Text), column("@Scans", ColumnKind::WholeNumber)];
        let collection = Collection { columns, ..Collection::default() };
        assert_eq!(String::from_utf8(blank(&collection)).unwrap(), "\u{feff}\"Site, in full\",'@Scans\r\n");
        let text = String::from_utf8(definitions(&collection)).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("\"What to enter, \"\"as it is\"\", and why\""), "{text}");
        assert!(text.ends_with(",Yes,'=1+1\r\n"), "{text}");
    }

    #[test]
    fn a_workbook_is_the_same_each_time_and_takes_whatever_is_given() {
        let long = "x".repeat(40_000);
        let many = (0..200).map(|number| format!("Choice {number}, and more")).collect();
        for columns in [
            Vec::new(),
            vec![
                column("A", ColumnKind::Choice(many)),
                column("B", ColumnKind::YesNo),
                column("C", ColumnKind::Date),
            ],
            vec![column("<&>\u{1}😀", ColumnKind::Number), column(&"é".repeat(300), ColumnKind::Text)],
        ] {
            let collection = Collection { title: "T".into(), columns, ..Collection::default() };
            let bytes = workbook(&collection).unwrap();
            assert!(bytes.starts_with(b"PK"));
            assert_eq!(bytes, workbook(&collection).unwrap());
        }
        let too_long = Collection { about: long, ..Collection::default() };
        assert!(workbook(&too_long).is_err(), "a cell of Excel holds 32,767 characters");
    }
}

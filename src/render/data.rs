//! The rows of a benchmark's data file as a table. What may not be shown (small numbers of patients and staff below
//! national level) is withheld whole, with the reason.

use jiff::civil::Date;
use tera::Value;

use super::value::map;
use crate::content::ParsedPage;
use crate::site::Site;
use crate::text::{long_date, upper_first};

/// At most this many rows stand on a page.
const MAX_ROWS: usize = 2_000;

/// The table of a benchmark, or the reason why its figures are not shown.
pub(super) fn table(site: &Site, page: &ParsedPage) -> Value {
    if let Some(reason) = withheld(page) {
        return map([
            ("columns", Value::from(Vec::<Value>::new())),
            ("rows", Value::from(Vec::<Value>::new())),
            ("numeric", Value::from(Vec::<Value>::new())),
            ("withheld", Value::from(reason)),
        ]);
    }
    let Some(rows) = rows(site, page) else { return Value::none() };
    let (header, rows) = rows;
    let numeric: Vec<Value> = (0..header.len())
        .map(|column| Value::from(rows.iter().all(|row| row.get(column).is_none_or(|cell| is_number(cell)))))
        .collect();
    let organisation = header.iter().position(|name| name == "organisation");
    let period = header.iter().position(|name| name == "period");
    let cell = |column: usize, text: &str| {
        if Some(column) == organisation
            && let Some(known) = site.organisations.get(text)
        {
            return Value::from(format!("{} ({text})", known.name));
        }
        if text == "-" || text == "*" || text.is_empty() {
            return Value::from("Not given");
        }
        Value::from(if Some(column) == period { in_words(text) } else { text.to_string() })
    };
    let rows: Vec<Value> = rows
        .iter()
        .take(MAX_ROWS)
        .map(|row| {
            Value::from(row.iter().enumerate().map(|(column, text)| cell(column, text)).collect::<Vec<_>>())
        })
        .collect();
    map([
        (
            "columns",
            Value::from(header.iter().map(|name| Value::from(upper_first(name))).collect::<Vec<_>>()),
        ),
        ("rows", Value::from(rows)),
        ("numeric", Value::from(numeric)),
        ("withheld", Value::none()),
    ])
}

/// A month or day that is written with digits only, as people read it: `2024-10` is October 2024.
fn in_words(period: &str) -> String {
    if let Ok(day) = period.parse::<Date>() {
        return long_date(day);
    }
    let first = format!("{period}-01").parse::<Date>().map(long_date);
    first.map_or_else(|_| period.to_string(), |first| first.trim_start_matches("1 ").to_string())
}

/// The one figure of a national benchmark that has a single row; none otherwise.
pub(super) fn single_figure(site: &Site, page: &ParsedPage) -> Option<String> {
    if withheld(page).is_some() || page.values.text("provenance") != Some("real") {
        return None;
    }
    let (header, rows) = rows(site, page)?;
    let [row] = &rows[..] else { return None };
    let value = row.get(header.iter().position(|name| name == "value")?)?;
    is_number(value).then(|| value.clone())
}

fn withheld(page: &ParsedPage) -> Option<String> {
    let counts = page.values.text("counts")?;
    let national = page.values.text("level") == Some("national");
    (matches!(counts, "patients" | "staff") && !national).then(|| {
        format!("Figures that count {counts} below national level are not shown until small numbers can be hidden safely.")
    })
}

/// Header and rows, with the page's own names of columns replaced by the usual ones.
fn rows(site: &Site, page: &ParsedPage) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let file = page.path.parent().join(page.values.text("data")?)?;
    let text = site.data.get(&file)?.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let named = page.values.group("columns");
    let header: Vec<String> = reader
        .headers()
        .ok()?
        .iter()
        .map(|name| {
            let usual = named.and_then(|columns| {
                ["period", "value", "organisation", "numerator", "denominator"]
                    .into_iter()
                    .find(|usual| columns.text(usual).is_some_and(|own| own.eq_ignore_ascii_case(name)))
            });
            usual.map_or_else(|| name.to_lowercase(), str::to_string)
        })
        .collect();
    let rows = reader
        .records()
        .flatten()
        .filter(|record| record.iter().any(|cell| !cell.is_empty()))
        .map(|record| record.iter().take(header.len()).map(str::to_string).collect())
        .collect();
    Some((header, rows))
}

fn is_number(cell: &str) -> bool {
    let bare = cell.trim_matches(['%', '£', ' ']).replace(',', "");
    cell.is_empty() || cell == "-" || cell == "*" || bare.parse::<f64>().is_ok()
}

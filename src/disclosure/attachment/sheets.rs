//! Sheets of an Excel file, cell by cell, and the copies of figures that pivot tables keep.

use std::collections::BTreeSet;

use super::archive::Package;
use super::markup::{Mark, marks};
use super::relations::{self, relations};
use super::{Extracted, Look, has_ending, shown, within};
use crate::disclosure::Kind;
use crate::disclosure::context::{Label, of_heading};

const MAIN: &str = "xl/workbook.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
/// So many bytes of rows are looked at together.
const STRETCH: usize = 200_000;
/// Strings that cells share are kept in memory up to so many bytes.
const MOST_STRINGS: usize = 100_000_000;

impl Look<'_> {
    /// Looks at all sheets, and gives the names of the parts that need no other look.
    pub(super) fn workbook(&mut self, package: &mut Package<'_>, outer: &str) -> BTreeSet<String> {
        let mut done = BTreeSet::new();
        if !package.names.contains_key(MAIN) {
            return done;
        }
        let main = self.part_text(package, MAIN, outer);
        let related = relations(MAIN, &self.part_text(package, &relations::of(MAIN), outer));
        let mut strings = Strings::read(&self.part_text(package, STRINGS, outer));
        let mut sheets = Vec::new();
        let mut names = Extracted::default();
        marks(&main, &mut |mark| {
            if let Mark::Open("sheet", attributes) = mark
                && let Some(part) = attributes.get("id").and_then(|id| related.get(&*id).cloned())
            {
                let state = attributes.get("state");
                let is_hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                let name = shown(&attributes.get("name").unwrap_or_default().replace('/', " "));
                let hidden = if is_hidden { "hidden " } else { "" };
                names.line(&attributes.get("name").unwrap_or_default(), "in the name of a sheet");
                sheets.push((part, format!("the {hidden}sheet “{name}”")));
            }
        });
        self.extracted(&names, outer);
        for (part, called) in sheets {
            let xml = self.part_text(package, &part, outer);
            self.sheet(&xml, &mut strings, &called, outer);
            done.insert(part);
        }
        let mut unused = Extracted::default();
        for (text, _) in strings.0.iter().filter(|(_, is_used)| !is_used) {
            unused.line(text, "in words that no cell shows any more");
        }
        self.extracted(&unused, outer);
        done.insert(STRINGS.to_string());
        done.extend(self.pivots(package, outer));
        done
    }

    fn sheet(&mut self, xml: &str, strings: &mut Strings, called: &str, outer: &str) {
        let mut extracted = Extracted::default();
        let mut header = String::new();
        let mut header_labels: Vec<Option<Label>> = Vec::new();
        // Titles may stand above the row that names the columns.
        let mut is_sought = true;
        let mut labels: Vec<Option<Label>> = Vec::new();
        let mut row = String::new();
        let mut births = Vec::new();
        let mut cell = Cell::default();
        let mut rows = 0_u32;
        let mut columns = 0_usize;
        let mut stretches = Vec::new();
        marks(xml, &mut |mark| match mark {
            Mark::Open("row", _) => {
                rows += 1;
                columns = 0;
                row.clear();
                extracted.begin(&format!("in row {rows} of {called}"));
                extracted.push("|");
            }
            Mark::Open("c", attributes) => {
                columns += 1;
                let own = attributes.get("r").map_or(String::new(), std::borrow::Cow::into_owned);
                // Empty cells are left out of the file, and of no others the column counts.
                let column = column(&own).unwrap_or(columns);
                while columns < column && columns < MOST_COLUMNS {
                    columns += 1;
                    extracted.push(" |");
                    row.push_str(" |");
                }
                cell = Cell {
                    place: own,
                    kind: attributes.get("t").map_or(String::new(), std::borrow::Cow::into_owned),
                    ..Cell::default()
                };
            }
            Mark::Open("v" | "t", _) => cell.is_reading = true,
            Mark::Close("v" | "t") => cell.is_reading = false,
            Mark::Text(words) if cell.is_reading => cell.text.push_str(&words),
            Mark::Close("c") => {
                let value = cell.value(strings);
                let is_birth = header_labels.get(columns).copied().flatten() == Some(Label::Birth);
                if is_birth && value.parse::<f64>().is_ok_and(|days| (1.0..80_000.0).contains(&days)) {
                    births.push(cell.place.clone());
                }
                if cell.place.is_empty() {
                    extracted.begin(&format!("in row {rows} of {called}"));
                } else {
                    extracted.begin(&format!("in cell {} of {called}", shown(&cell.place)));
                }
                extracted.push(" ");
                extracted.push(&value);
                extracted.push(" |");
                row.push_str(&value);
                row.push_str(" |");
                if is_sought {
                    labels.resize(columns, None);
                    labels.push(of_heading(&value));
                }
            }
            Mark::Close("row") => {
                extracted.push("\n");
                let names_columns =
                    labels.iter().any(Option::is_some) && !row.contains(|c: char| c.is_ascii_digit());
                if is_sought && (names_columns || header.is_empty()) {
                    header = format!("| {row}\n");
                    header_labels = std::mem::take(&mut labels);
                    is_sought = !names_columns;
                }
                labels.clear();
                if extracted.text().len() > STRETCH {
                    stretches.push(std::mem::take(&mut extracted));
                    extracted.restart(&header, &format!("in row 1 of {called}"));
                    for stretch in stretches.drain(..) {
                        self.extracted(&stretch, outer);
                    }
                }
            }
            Mark::Close(
                "oddHeader" | "evenHeader" | "firstHeader" | "oddFooter" | "evenFooter" | "firstFooter",
            ) => {
                extracted.push("\n");
            }
            _ => {}
        });
        self.extracted(&extracted, outer);
        for place in births {
            self.add(Kind::DateOfBirth, false, &within(&format!("in cell {place} of {called}"), outer));
        }
        self.words(&without_cells(xml), &format!("on {called}"), outer);
    }

    /// Figures that pivot tables keep, with the names of their fields.
    fn pivots(&mut self, package: &mut Package<'_>, outer: &str) -> BTreeSet<String> {
        let parts: Vec<String> = package
            .names
            .keys()
            .filter(|name| name.starts_with("xl/pivotCache/") && has_ending(name, &["xml"]))
            .cloned()
            .collect();
        for part in &parts {
            let xml = self.part_text(package, part, outer);
            let mut extracted = Extracted::default();
            let mut field = String::new();
            let mut row = String::new();
            marks(&xml, &mut |mark| match mark {
                Mark::Open("cacheField", attributes) => {
                    field = attributes.get("name").map_or(String::new(), std::borrow::Cow::into_owned);
                }
                Mark::Open("s" | "n" | "d", attributes) => {
                    let Some(value) = attributes.get("v") else { return };
                    let value = whole(&value);
                    if field.is_empty() {
                        row.push_str(&value);
                        row.push_str(" | ");
                    } else {
                        extracted.line(&format!("{field}: {value}"), PIVOT);
                    }
                }
                Mark::Close("cacheField") => field.clear(),
                Mark::Close("r") => extracted.line(&std::mem::take(&mut row), PIVOT),
                _ => {}
            });
            self.extracted(&extracted, outer);
        }
        parts.into_iter().collect()
    }
}

const PIVOT: &str = "in the copy of the figures that a pivot table keeps";
/// Excel has no more columns.
const MOST_COLUMNS: usize = 16_384;

/// The strings that cells share, each with whether a cell shows it.
struct Strings(Vec<(String, bool)>);

impl Strings {
    fn read(xml: &str) -> Self {
        let mut strings = Vec::new();
        let mut text = String::new();
        let mut size = 0;
        let mut is_reading = false;
        marks(xml, &mut |mark| match mark {
            Mark::Open("t", _) => is_reading = true,
            Mark::Close("t") => is_reading = false,
            Mark::Text(words) if is_reading => text.push_str(&words),
            Mark::Close("si") if size < MOST_STRINGS => {
                size += text.len();
                strings.push((std::mem::take(&mut text), false));
            }
            _ => {}
        });
        Self(strings)
    }

    /// The string that a cell names by its number.
    fn used(&mut self, number: &str) -> &str {
        let found = number.trim().parse::<usize>().ok().and_then(|index| self.0.get_mut(index));
        found.map_or("", |(text, is_used)| {
            *is_used = true;
            text
        })
    }
}

#[derive(Debug, Default)]
struct Cell {
    place: String,
    kind: String,
    text: String,
    is_reading: bool,
}

impl Cell {
    fn value(&self, strings: &mut Strings) -> String {
        let text = match self.kind.as_str() {
            "s" => strings.used(&self.text),
            "" | "n" => return whole(&self.text),
            _ => &self.text,
        };
        text.chars()
            .map(|character| if matches!(character, '\n' | '\r' | '|') { ' ' } else { character })
            .collect()
    }
}

/// A whole number as people write it: files hold 9.434765919E9 too.
fn whole(text: &str) -> String {
    if text.contains(['.', 'E', 'e'])
        && let Ok(number) = text.parse::<f64>()
        && number.fract() == 0.0
        && (0.0..1e15).contains(&number)
    {
        return format!("{number:.0}");
    }
    text.to_string()
}

/// The column of a cell's name, from 1.
fn column(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.take(3).fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (column > 0).then_some(column)
}

/// A sheet's part without its rows: links, names of tables, headers and footers.
fn without_cells(xml: &str) -> String {
    match (xml.find("<sheetData"), xml.rfind("</sheetData>")) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &xml[..start], &xml[end..]),
        _ => String::new(),
    }
}

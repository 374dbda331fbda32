//! The text of the markup of Office and of open documents: paragraphs as lines, rows of tables with bars between their
//! cells, so that the name of a column says what stands below it. Deleted text that a document still holds comes apart.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Extracted;
use super::markup::{Attributes, Mark, marks};

/// Attributes that hold words of people.
const SAID: [&str; 12] = [
    "title",
    "descr",
    "alt",
    "tooltip",
    "label",
    "v",
    "href",
    "author",
    "display",
    "desc",
    "description",
    "prompt",
];

/// Elements between which words run on.
const RUNS: [&str; 43] = [
    "r",
    "t",
    "span",
    "ins",
    "hyperlink",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "smartTag",
    "sdt",
    "sdtContent",
    "rPr",
    "delText",
    "fld",
    "fldSimple",
    "fldChar",
    "instrText",
    "bookmarkStart",
    "bookmarkEnd",
    "proofErr",
    "bookmark",
    "commentRangeStart",
    "commentRangeEnd",
    "lastRenderedPageBreak",
    "del",
    "moveFrom",
    "moveTo",
    "lang",
    "noProof",
    "latin",
    "ea",
    "commentReference",
    "footnoteReference",
    "endnoteReference",
    "annotationRef",
    "permStart",
    "permEnd",
    "noBreakHyphen",
    "softHyphen",
    "tab",
];

/// Elements that say how what follows looks: nothing in them ends a line.
const LOOKS: [&str; 3] = ["rPr", "pPr", "endParaRPr"];

/// Adds the text of a part to `extracted`.
pub(super) fn extract(xml: &str, place: &str, extracted: &mut Extracted) {
    let deleted_place = format!("{place}, in words that were deleted and are still there (tracked changes)");
    let mut line = String::new();
    let mut deleted = String::new();
    let mut removed = 0_usize;
    let mut rows = 0_usize;
    let mut row = String::new();
    let mut looks = 0_usize;
    let mut authors = BTreeSet::new();
    marks(xml, &mut |mark| match mark {
        Mark::Open(name, attributes) => {
            said(attributes, place, &mut authors, extracted);
            match name {
                name if LOOKS.contains(&name) => looks += 1,
                "p" => looks = 0,
                "del" | "moveFrom" | "deletion" | "tracked-changes" => removed += 1,
                "tab" | "br" | "cr" | "s" | "line-break" | "ptab" => line.push(' '),
                "noBreakHyphen" => line.push('-'),
                "tr" | "table-row" => {
                    rows += 1;
                    // A table may stand in a cell of another.
                    extracted.line(&std::mem::take(&mut row), place);
                }
                _ => {}
            }
        }
        Mark::Text(words) if removed > 0 => deleted.push_str(&words),
        Mark::Text(words) => line.push_str(&words),
        Mark::Comment(words) => extracted.line(words, place),
        Mark::Close(name) => match name {
            name if LOOKS.contains(&name) => looks = looks.saturating_sub(1),
            "del" | "moveFrom" | "deletion" | "tracked-changes" => {
                removed = removed.saturating_sub(1);
                extracted.line(&deleted, &deleted_place);
                deleted.clear();
            }
            "tr" | "table-row" => {
                rows = rows.saturating_sub(1);
                extracted.line(&std::mem::take(&mut row), place);
            }
            name if looks > 0 || RUNS.contains(&name) => {}
            _ if rows > 0 => {
                if matches!(name, "tc" | "table-cell" | "td" | "th") {
                    row.push_str(" | ");
                } else {
                    row.push_str(line.trim_matches('\n'));
                    row.push(' ');
                    line.clear();
                }
            }
            _ => {
                extracted.line(&line, place);
                line.clear();
            }
        },
    });
    extracted.line(&row, place);
    extracted.line(&line, place);
    extracted.line(&deleted, &deleted_place);
}

fn said<'a>(
    attributes: Attributes<'a>,
    place: &str,
    authors: &mut BTreeSet<Cow<'a, str>>,
    extracted: &mut Extracted,
) {
    for (name, value) in attributes.iter().filter(|(name, value)| SAID.contains(name) && value.len() > 2) {
        if name != "author" {
            extracted.line(&value, place);
        } else if authors.insert(value.clone()) {
            extracted.line(&value, &format!("{place}, as who made a change"));
        }
    }
}

//! A document to be filled in, as its page shows it: its head, its questions, and where its copies lie.

use tera::Value;

use super::Views;
use crate::content::kinds::organisation::Organisation;
use crate::form::{Form, Gap, GapKind, Inline, Numbering, Place, Wanted};
use crate::render::address::encoded;
use crate::render::value::{map, optional};
use crate::site::PageIndex;
use crate::text::{escape_html, parse_date};

impl Views<'_> {
    /// None for a page that is no document to be filled in.
    pub(super) fn form(&self, index: PageIndex) -> Value {
        let page = &self.site.pages[index].parsed;
        let Some(form) = &page.form else { return Value::none() };
        let asks_organisations = form.gaps.iter().any(|gap| gap.kind == GapKind::Organisations);
        let organisations: Vec<Value> = if asks_organisations {
            let stands = |known: &&Organisation| known.valid_to.is_none_or(|last| last >= self.today);
            let standing = self.site.organisations.values().filter(stands);
            standing.map(|known| Value::from(known.name.as_str())).collect()
        } else {
            Vec::new()
        };
        let path = encoded(&page.address);
        let file = |ending: &str| Value::from(format!("{path}{}.{ending}", encoded(&page.slug)));
        map([
            ("title", Value::safe_string(&title_html(form))),
            ("version", Value::from(form.version.as_str())),
            ("numbering", Value::from(numbering(form.numbering))),
            ("key", Value::from(page.address.as_str())),
            ("gaps", form.gaps.iter().map(gap).collect::<Vec<_>>().into()),
            ("organisations", Value::from(organisations)),
            ("word", file("docx")),
            ("markdown", file("md")),
            ("html", file("html")),
            ("script", Value::from(format!("{path}template.js"))),
        ])
    }
}

fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Clauses => "clauses",
        Numbering::Headings => "headings",
        Numbering::Nothing => "nothing",
    }
}

fn gap(gap: &Gap) -> Value {
    let texts = |texts: &[String]| texts.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>();
    let (kind, choices) = match &gap.kind {
        GapKind::Text => ("text", Vec::new()),
        GapKind::LongText => ("long", Vec::new()),
        GapKind::Number => ("number", Vec::new()),
        GapKind::Date => ("date", Vec::new()),
        GapKind::Choice(choices) => ("choice", texts(choices)),
        GapKind::YesNo => ("yes-no", texts(&["Yes", "No"].map(String::from))),
        GapKind::Members(_) => ("members", Vec::new()),
        GapKind::Organisations => ("organisations", Vec::new()),
    };
    // What a field for a day takes, whatever the reader sees in it.
    let day =
        gap.default.as_deref().filter(|_| gap.kind == GapKind::Date).and_then(|day| parse_date(day).ok());
    map([
        ("key", Value::from(gap.key.as_str())),
        ("name", Value::from(gap.name.as_str())),
        ("label", Value::from(gap.label.as_str())),
        ("hint", optional(gap.hint.as_deref())),
        ("kind", Value::from(kind)),
        ("choices", Value::from(choices)),
        ("columns", Value::from(texts(gap.columns()))),
        ("default", day.map_or_else(|| optional(gap.default.as_deref()), |day| Value::from(day.to_string()))),
        ("example", optional(gap.example.as_deref())),
        ("rows", gap.example_rows().iter().map(|row| Value::from(texts(row))).collect::<Vec<_>>().into()),
        ("required", Value::from(gap.wanted == Wanted::Required)),
        ("shared", Value::from(gap.is_shared)),
    ])
}

/// The head of the document, with its gaps as they stand in the text.
fn title_html(form: &Form) -> String {
    let mut html = String::new();
    for inline in &form.title {
        match inline {
            Inline::Text { text, .. } => html.push_str(&escape_html(text)),
            Inline::Gap { gap, column, is_capital, .. } => {
                let place = Place { gap: *gap, column: *column, is_capital: *is_capital };
                let (open, words) = form.gaps[*gap].on_sheet(place, None);
                html.push_str(&open);
                html.push_str(&escape_html(&words));
                html.push_str("</span>");
            }
            Inline::Link { .. } | Inline::Break => {}
        }
    }
    html
}

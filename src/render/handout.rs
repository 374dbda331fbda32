//! The hand-out of a case study: one page of A4 to give to somebody, with a code that leads to the whole. What does not
//! fit is cut at the end of a sentence; how much fits is worked out here from the widths of letters, with the measures that
//! `handout.css` sets.

mod fit;
mod told;

use tera::{Context, Value};

use super::address::encoded;
use super::value::{date, map, optional};
use super::view::{Frame, Views, shown};
use crate::content::ParsedPage;
use crate::fields::{self, Values};
use crate::qr;
use crate::site::{PageIndex, Site};
use crate::text::fitting::Setting;
use crate::text::language_mark;
use fit::{Fitted, Room, fitted};
use told::told;

/// The kind that has hand-outs.
const KIND: &str = "case-study";

/// Lengths in points, as `handout.css` has them: the sheet within its margins.
const WIDTH: f64 = 504.0;
const HEIGHT: f64 = 762.0;
/// The name of the site and its rule, the lines at the foot, and the space between the blocks.
const HEAD: f64 = 30.0;
const FOOT: f64 = 48.0;
const GAPS: f64 = 24.0;

const TITLE: Setting = Setting { size: 22.0, is_bold: true, line: WIDTH };
const TITLE_LEADING: f64 = 25.0;
const MOST_TITLE_LINES: usize = 3;
const LEAD: Setting = Setting { size: 11.5, is_bold: false, line: WIDTH };
const LEAD_LEADING: f64 = 15.5;
const MOST_LEAD_LINES: usize = 4;
/// A line that says what is illustrative, or what else a reader must know.
const FLAG: Setting = Setting { size: 9.0, is_bold: false, line: WIDTH - 16.0 };
const FLAG_LEADING: f64 = 12.0;
const MOST_FLAG_LINES: usize = 3;

const MOST_FIGURES: usize = 3;
const FIGURES: f64 = 112.0;
const METRIC: Setting = Setting { size: 9.0, is_bold: true, line: 144.0 };
const VALUE: Setting = Setting { size: 16.0, is_bold: true, line: 68.0 };
const MOST_METRIC_LINES: usize = 3;

const FACT: Setting = Setting { size: 9.0, is_bold: false, line: 132.0 };
const MOST_FACT_LINES: usize = 2;
/// Notes below a figure, and what stands below one half of it.
const SMALL: Setting = Setting { size: 8.0, is_bold: false, line: 144.0 };
const SMALL_HALF: Setting = Setting { line: 68.0, ..SMALL };
const FOOT_LINE: Setting = Setting { size: 8.0, is_bold: false, line: WIDTH };

/// Where the hand-out of a page is published; none for kinds that have none.
pub(super) fn address(page: &ParsedPage) -> Option<String> {
    (page.kind.name == KIND).then(|| format!("{}hand-out/", page.address))
}

impl Views<'_> {
    /// A case study on one page.
    pub(super) fn handout(&self, index: PageIndex) -> Context {
        let site = self.site;
        let page = &site.pages[index].parsed;
        let values = &page.values;
        let title = TITLE.cut(&page.title, MOST_TITLE_LINES);
        let lead = LEAD.cut(values.text("summary").unwrap_or_default(), MOST_LEAD_LINES);
        let flags = flags(page);
        let figures: Vec<Value> =
            values.groups("measures").take(MOST_FIGURES).map(|m| figure(m.value)).collect();
        let above = HEAD
            + lines(TITLE, &title) * TITLE_LEADING
            + lines(LEAD, &lead) * LEAD_LEADING
            + flags.iter().map(|flag| lines(FLAG, flag) * FLAG_LEADING + 10.0).sum::<f64>()
            + if figures.is_empty() { 0.0 } else { FIGURES };
        let room = Room { height: HEIGHT - above - FOOT - GAPS };
        let Fitted { parts, is_cut } = fitted(told(page), &room);

        let mut context = self.framed(Frame {
            address: address(page).unwrap_or_default(),
            title: &page.title,
            what: "One page to print",
            description: "",
            breadcrumbs: Vec::new(),
            feed: None,
        });
        let whole = site.config.base_url.as_ref().map(|base| format!("{base}{}", encoded(&page.address)));
        self.add_language(index, &mut context);
        let lang = values.text("lang").unwrap_or(&site.config.language);
        context.insert_value("ours", Value::from(language_mark(&site.config.language, lang)));
        context.insert_value("canonical", optional(whole.as_deref()));
        let code =
            whole.as_deref().and_then(|whole| qr::svg(whole, "Code to scan: leads to the whole case study"));
        let licence = values.text("licence").or(site.config.licence.as_deref());
        let is_draft = !page.status.is_public() || page.embargo.is_some_and(|until| until > site.now);
        context.insert_value(
            "sheet",
            map([
                ("title", Value::from(title)),
                ("lead", Value::from(lead)),
                ("path", Value::from(encoded(&page.address))),
                ("kind", Value::from(page.kind.title)),
                ("is_draft", Value::from(is_draft)),
                ("flags", flags.into_iter().map(Value::from).collect::<Vec<_>>().into()),
                ("provenance", optional(values.text("provenance"))),
                ("figures", Value::from(figures)),
                ("parts", parts.iter().map(fit::Part::value).collect::<Vec<_>>().into()),
                ("is_cut", Value::from(is_cut)),
                ("facts", facts(site, index)),
                ("stage", optional(values.text("stage"))),
                ("evidence", optional(values.text("evidence"))),
                ("contact", optional(values.text("contact"))),
                ("owner", optional(values.text("owner"))),
                ("reviewed", values.date("last_reviewed").map_or_else(Value::none, date)),
                ("told_by", optional(values.text("told_by"))),
                ("licence", licence.map_or_else(Value::none, |text| Value::from(FOOT_LINE.cut(text, 1)))),
                ("code", code.map_or_else(Value::none, |svg| Value::safe_string(&svg))),
                ("whole", optional(whole.as_deref())),
            ]),
        );
        context
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
fn lines(setting: Setting, text: &str) -> f64 {
    setting.line_count(text) as f64
}

/// What a reader must know before anything else.
fn flags(page: &ParsedPage) -> Vec<String> {
    let mut flags = Vec::new();
    if page.values.text("provenance") == Some("illustrative") {
        flags.push("Illustrative. Names and figures here are made up to show how it works.".to_string());
    }
    flags.extend(page.values.text("illustrative").map(|text| format!("Illustrative in part. {text}")));
    flags.extend(page.values.text("notice").map(str::to_string));
    flags.iter().map(|flag| FLAG.cut(flag, MOST_FLAG_LINES)).collect()
}

/// One key figure, each of its texts at a length that its place can hold.
fn figure(measure: &Values) -> Value {
    let unit = measure.text("unit").unwrap_or_default();
    let quantity = |name| {
        let value = match &measure.get(name)?.value {
            fields::Value::Text(text) => text.to_string(),
            fields::Value::Integer(number) => number.to_string(),
            _ => return None,
        };
        // 1 day, 2 days.
        let unit = if value == "1" { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
        let whole = format!("{} {unit}", grouped(&value)).replace(" %", "%");
        Some(VALUE.cut(whole.trim(), 2))
    };
    map([
        (
            "metric",
            optional(measure.text("metric").map(|text| METRIC.cut(text, MOST_METRIC_LINES)).as_deref()),
        ),
        ("before", optional(quantity("baseline").as_deref())),
        ("after", optional(quantity("result").as_deref())),
        (
            "period",
            optional(measure.period("period").map(|period| SMALL_HALF.cut(&period.text, 2)).as_deref()),
        ),
        ("note", optional(measure.text("note").map(|text| SMALL.cut(text, 2)).as_deref())),
    ])
}

/// A whole number with its commas; anything else as it is.
fn grouped(text: &str) -> String {
    let is_whole = text.len() < 16 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if is_whole => crate::text::thousands(number),
        _ => text.to_string(),
    }
}

/// What stands beside the text: label and words.
fn facts(site: &Site, index: PageIndex) -> Value {
    let page = &site.pages[index];
    let values = &page.parsed.values;
    let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
    let networks: Vec<&str> =
        networks.map(|relation| site.pages[relation.page].parsed.title.as_str()).collect();
    let mut facts = Vec::new();
    let mut add = |label: &str, words: Option<&str>| {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            let words = FACT.cut(words, MOST_FACT_LINES);
            facts.push(map([("label", Value::from(label)), ("words", Value::from(words))]));
        }
    };
    add(if networks.len() > 1 { "Networks" } else { "Network" }, Some(&networks.join(", ")));
    add("Period", values.period("period").map(|period| period.text.as_str()));
    add("Programme", values.text("programme"));
    add("Cost", shown(values, "cost").and(values.text("cost")));
    add("Savings", shown(values, "savings").and(values.text("savings")));
    Value::from(facts)
}

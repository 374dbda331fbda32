//! The hand-out of a case study: one page of A4 to give to somebody, with a code that leads to the whole. What does not
//! fit is cut at the end of a sentence; how much fits is worked out here from the widths of letters, with the measures that
//! `handout.css` sets.

mod fit;
mod told;

use tera::{Context, Value};

use super::address::encoded;
use super::value::{map, optional};
use super::view::{Frame, Views, shown};
use crate::config::Config;
use crate::content::ParsedPage;
use crate::fields::{self, Values};
use crate::qr;
use crate::site::{PageIndex, Site};
use crate::text::fitting::Setting;
use crate::text::{language_mark, long_date};
use fit::{Fitted, Room, fitted};
pub(super) use told::told;

/// The kind that has hand-outs.
const KIND: &str = "case-study";

/// Lengths in points, as `handout.css` has them: the sheet within its margins.
const WIDTH: f64 = 504.0;
const HEIGHT: f64 = 762.0;
/// The name of the site and its rule, the lines at the foot, and the space between the blocks.
const HEAD: f64 = 30.0;
/// Above and below the lines at the foot.
const FOOT: f64 = 12.0;
const FOOT_LEADING: f64 = 11.0;
const GAPS: f64 = 26.0;

const TITLE: Setting = Setting { size: 22.0, is_bold: true, line: WIDTH };
const TITLE_LEADING: f64 = 25.0;
const MOST_TITLE_LINES: usize = 3;
const LEAD: Setting = Setting { size: 11.5, is_bold: false, line: WIDTH };
const LEAD_LEADING: f64 = 15.5;
const MOST_LEAD_LINES: usize = 3;
/// A line that says what is illustrative, or what else a reader must know.
const FLAG: Setting = Setting { size: 9.0, is_bold: false, line: WIDTH - 16.0 };
const FLAG_LEADING: f64 = 12.0;
const MOST_FLAG_LINES: usize = 2;

const MOST_FIGURES: usize = 3;
/// Rules and spaces around the figures; lines of their rows.
const AROUND_FIGURES: f64 = 30.0;
const METRIC_LEADING: f64 = 12.0;
const VALUE_LEADING: f64 = 18.0;
const SMALL_LEADING: f64 = 10.0;
const METRIC: Setting = Setting { size: 9.0, is_bold: true, line: 144.0 };
const VALUE: Setting = Setting { size: 16.0, is_bold: true, line: 68.0 };
const MOST_METRIC_LINES: usize = 2;

const FACT: Setting = Setting { size: 9.0, is_bold: false, line: 132.0 };
const MOST_FACT_LINES: usize = 2;
const FACT_LEADING: f64 = 12.0;
/// A fact without its lines, one with a ladder, and the code with its caption.
const AROUND_FACT: f64 = 18.0;
const LADDER: f64 = 31.0;
const CODE: f64 = 142.0;
const SITE_TITLE: Setting = Setting { size: 9.0, is_bold: true, line: 400.0 };
/// Notes below a figure, and what stands below one half of it.
const SMALL: Setting = Setting { size: 8.0, is_bold: false, line: 144.0 };
const SMALL_HALF: Setting = Setting { line: 68.0, ..SMALL };
const FOOT_LINE: Setting = Setting { size: 8.0, is_bold: false, line: WIDTH };

/// Where the hand-out of a page is published; none for kinds that have none, and where a site wants none.
pub(super) fn address(page: &ParsedPage, config: &Config) -> Option<String> {
    (config.hand_outs && page.kind.name == KIND).then(|| format!("{}hand-out/", page.address))
}

impl Views<'_> {
    /// A case study on one page.
    pub(super) fn handout(&self, index: PageIndex) -> Context {
        let site = self.site;
        let page = &site.pages[index].parsed;
        let values = &page.values;
        let title = TITLE.cut(&page.title, MOST_TITLE_LINES);
        let lead = LEAD.cut(values.text("summary").unwrap_or_default(), MOST_LEAD_LINES);
        let is_draft = !page.status.is_public() || page.embargo.is_some_and(|until| until > site.now);
        let flags = flags(page, is_draft);
        let figures: Vec<Figure> =
            values.groups("measures").take(MOST_FIGURES).map(|measure| Figure::of(measure.value)).collect();
        let above = HEAD
            + lines(TITLE, &title) * TITLE_LEADING
            + lines(LEAD, &lead) * LEAD_LEADING
            + flags.iter().map(|flag| lines(FLAG, flag) * FLAG_LEADING + 10.0).sum::<f64>()
            + height_of(&figures);
        let whole = site.config.base_url.as_ref().map(|base| format!("{base}{}", encoded(&page.address)));
        let licence = values.text("licence").or(site.config.licence.as_deref());
        let kept_by = kept_by(page, licence.map(|text| FOOT_LINE.cut(text, 1)).as_deref());
        let foot = lines(FOOT_LINE, &format!("{SHORTENED}{}", whole.as_deref().unwrap_or_default()))
            + lines(FOOT_LINE, &kept_by);
        let room = Room { height: HEIGHT - above - FOOT - foot * FOOT_LEADING - GAPS };
        let Fitted { parts, is_cut } = fitted(told(page), room);
        let code =
            whole.as_deref().and_then(|whole| qr::svg(whole, "Code to scan: leads to the whole case study"));
        let contact = values.text("contact");
        let ladders = ["stage", "evidence"].iter().filter(|name| values.text(name).is_some()).count();
        #[expect(clippy::cast_precision_loss, reason = "there are two")]
        let beside = room.height
            - if code.is_some() { CODE } else { 0.0 }
            - ladders as f64 * LADDER
            // Browsers break an address where it has a sign, which may take a line more.
            - contact.map_or(0.0, |contact| AROUND_FACT + (lines(FACT, contact) + 1.0) * FACT_LEADING);

        let mut context = self.framed(Frame {
            address: address(page, &site.config).unwrap_or_default(),
            title: &page.title,
            what: "One page to print",
            description: "",
            breadcrumbs: Vec::new(),
            feed: None,
        });
        self.add_language(index, &mut context);
        let lang = values.text("lang").unwrap_or(&site.config.language);
        context.insert_value("ours", Value::from(language_mark(&site.config.language, lang)));
        context.insert_value("canonical", optional(whole.as_deref()));
        context.insert_value(
            "sheet",
            map([
                ("title", Value::from(title)),
                ("lead", Value::from(lead)),
                ("path", Value::from(encoded(&page.address))),
                ("kind", Value::from(page.kind.title)),
                ("flags", flags.into_iter().map(Value::from).collect::<Vec<_>>().into()),
                ("provenance", optional(values.text("provenance"))),
                ("figures", figures.iter().map(Figure::value).collect::<Vec<_>>().into()),
                ("parts", parts.iter().map(fit::Part::value).collect::<Vec<_>>().into()),
                ("is_cut", Value::from(is_cut)),
                ("facts", facts(site, index, beside)),
                ("stage", optional(values.text("stage"))),
                ("evidence", optional(values.text("evidence"))),
                ("contact", optional(contact)),
                ("kept_by", Value::from(kept_by)),
                ("site_title", Value::from(SITE_TITLE.cut(&site.config.title, 1))),
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

/// What stands before the address at the foot where the text was cut.
const SHORTENED: &str = "[…] Shortened to fit one page. Read more at ";

/// Who tells it, who keeps it, since when, and its licence.
fn kept_by(page: &ParsedPage, licence: Option<&str>) -> String {
    let values = &page.values;
    let mut words: Vec<String> = Vec::new();
    words.extend(match values.text("told_by") {
        Some("retold") => Some("Retold from published sources, not by the network itself.".to_string()),
        Some("own") => Some("Told by the network itself.".to_string()),
        _ => None,
    });
    words.extend(values.date("last_reviewed").map(|day| format!("Last reviewed {}.", long_date(day))));
    words.extend(values.text("owner").map(|owner| format!("Kept by {owner}.")));
    words.extend(licence.map(|licence| format!("Licence: {licence}.")));
    words.join(" ")
}

/// What a reader must know before anything else.
fn flags(page: &ParsedPage, is_draft: bool) -> Vec<String> {
    let mut flags = Vec::new();
    if is_draft {
        flags.push("Draft: not published.".to_string());
    }
    if page.values.text("provenance") == Some("illustrative") {
        flags.push("Illustrative. Names and figures here are made up to show how it works.".to_string());
    }
    flags.extend(page.values.text("illustrative").map(|text| format!("Illustrative in part. {text}")));
    flags.extend(page.values.text("notice").map(str::to_string));
    flags.iter().map(|flag| FLAG.cut(flag, MOST_FLAG_LINES)).collect()
}

/// A key figure, each of its texts at a length that its place can hold.
struct Figure {
    metric: String,
    before: Option<String>,
    after: Option<String>,
    period: Option<String>,
    note: Option<String>,
}

impl Figure {
    fn of(measure: &Values) -> Self {
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
        let period = measure.period("period").map(|period| {
            let label = SMALL_HALF.cut(&format!("{AFTER}{}", period.text), 3);
            label.strip_prefix(AFTER).unwrap_or_default().to_string()
        });
        Self {
            metric: METRIC.cut(measure.text("metric").unwrap_or_default(), MOST_METRIC_LINES),
            before: quantity("baseline"),
            after: quantity("result"),
            period,
            note: measure.text("note").map(|text| SMALL.cut(text, 2)),
        }
    }

    fn value(&self) -> Value {
        map([
            ("metric", Value::from(self.metric.as_str())),
            ("before", optional(self.before.as_deref())),
            ("after", optional(self.after.as_deref())),
            ("period", optional(self.period.as_deref())),
            ("note", optional(self.note.as_deref())),
        ])
    }
}

/// What stands before the period of a result.
const AFTER: &str = "Result, ";

/// The figures stand side by side, their rows as high as the highest cell in each.
fn height_of(figures: &[Figure]) -> f64 {
    if figures.is_empty() {
        return 0.0;
    }
    let highest = |height: &dyn Fn(&Figure) -> f64| figures.iter().map(height).fold(0.0, f64::max);
    let value = |text: &Option<String>| lines(VALUE, text.as_deref().unwrap_or_default());
    AROUND_FIGURES
        + highest(&|figure| lines(METRIC, &figure.metric)) * METRIC_LEADING
        + highest(&|figure| value(&figure.before).max(value(&figure.after))) * VALUE_LEADING
        + highest(&|figure| {
            let period = figure.period.as_deref().map(|period| format!("{AFTER}{period}"));
            lines(SMALL_HALF, &period.unwrap_or_else(|| AFTER.to_string()))
        }) * SMALL_LEADING
        + highest(&|figure| {
            figure.note.as_deref().map_or(0.0, |note| lines(SMALL, note) * SMALL_LEADING + 2.0)
        })
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
fn facts(site: &Site, index: PageIndex, mut room: f64) -> Value {
    let page = &site.pages[index];
    let values = &page.parsed.values;
    let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
    let networks: Vec<&str> =
        networks.map(|relation| site.pages[relation.page].parsed.title.as_str()).collect();
    let mut facts = Vec::new();
    let mut add = |label: &str, words: Option<&str>| {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            let words = FACT.cut(words, MOST_FACT_LINES);
            room -= AROUND_FACT + lines(FACT, &words) * FACT_LEADING;
            if room < 0.0 {
                return;
            }
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

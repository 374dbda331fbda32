//! The poster of an event: what, when, where, the programme in short, how to come and a code to scan. All its measures are
//! hundredths of its width, so that it prints on A4 and on A3 alike; `poster.css` has the same ones.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use tera::{Context, Value};

use super::address::encoded;
use super::handout::told;
use super::value::{map, optional};
use super::view::{Frame, Views};
use crate::content::ParsedPage;
use crate::fields::Values;
use crate::qr;
use crate::site::{PageIndex, Site};
use crate::text::fitting::Setting;
use crate::text::{LocalTime, counted, escape_html, language_mark, long_date, upper_first};

const KIND: &str = "event";

/// The height of a sheet of any A size in hundredths of its width.
const HEIGHT: f64 = 141.4;
/// Everything but the title, the place, the summary, flags and the rows of the programme.
const FRAME: f64 = 43.2;
/// The length of a line within the margins.
const LINE: f64 = 86.0;
/// Sizes of the title, the largest that it fits is taken, and how many lines of it stand there at most.
const TITLE_SIZES: [f64; 4] = [10.5, 8.5, 7.0, 5.6];
const MOST_TITLE_LINES: [usize; 4] = [2, 3, 4, 5];
const SUMMARY: Setting = Setting { size: 3.0, is_bold: false, line: LINE };
const PLACE: Setting = Setting { size: 3.2, is_bold: false, line: LINE };
/// The two columns: the programme, and beside it how to come.
const FLAG: Setting = Setting { size: 1.8, is_bold: false, line: 52.0 };
/// Titles that stand alone at their time are bold.
const ROW: Setting = Setting { size: 2.2, is_bold: false, line: 39.0 };
const ROW_LEADING: f64 = 2.6;
const BELOW_TITLE: f64 = 0.7;
const BELOW_SLOT: f64 = 1.2;
const DAY: Setting = Setting { size: 4.4, is_bold: true, line: LINE };
const SITE_TITLE: Setting = Setting { size: 2.6, is_bold: true, line: LINE };
const FACT: Setting = Setting { size: 2.0, is_bold: false, line: 26.0 };
const FACT_LEADING: f64 = 2.7;
/// A fact without its lines; the code with its caption.
const AROUND_FACT: f64 = 3.8;
const CODE: f64 = 32.0;
/// The head of the programme and what it leaves out, which the other column has not.
const HEAD: f64 = 8.5;
const MORE: f64 = 3.0;
const ABOUT: Setting = Setting { size: 2.4, is_bold: false, line: 54.0 };
const ABOUT_LEADING: f64 = 3.5;
/// Sessions at one time that are named.
const MOST_NAMED: usize = 4;

/// Where the poster of a page is published; none for kinds that have none.
pub(super) fn address(page: &ParsedPage) -> Option<String> {
    (page.kind.name == KIND).then(|| format!("{}poster/", page.address))
}

/// What starts at one time.
struct Slot {
    start: LocalTime,
    titles: Vec<String>,
}

impl Views<'_> {
    /// An event to hang on a wall.
    pub(super) fn poster(&self, index: PageIndex) -> Context {
        let site = self.site;
        let page = &site.pages[index].parsed;
        let values = &page.values;
        let (title_size, title) = sized(&page.title);
        let summary = SUMMARY.cut(values.text("summary").unwrap_or_default(), 3);
        let place = place(values).map(|place| PLACE.cut(&place, 2));
        let flag = flag(site, index);
        let day = days(values);
        #[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
        let lines = |setting: Setting, text: &str| setting.line_count(text) as f64;
        let title_setting = Setting { size: TITLE_SIZES[title_size], is_bold: true, line: LINE };
        let used = FRAME
            + lines(title_setting, &title) * TITLE_SIZES[title_size] * 1.05
            + lines(SUMMARY, &summary) * 4.2
            + place.as_deref().map_or(0.0, |place| lines(PLACE, place) * 4.2)
            + day.as_deref().map_or(0.0, |day| lines(DAY, day) * 5.4)
            + flag.as_deref().map_or(0.0, |flag| lines(FLAG, flag) * 2.4 + 2.8);
        let slots = slots(site, index);
        let mut room = HEIGHT - used;
        let mut rows = Vec::new();
        let several_days = slots.iter().map(|slot| slot.start.date).collect::<BTreeSet<Date>>().len() > 1;
        let mut left_out = 0;
        for (place, slot) in slots.iter().enumerate() {
            let titles = slot.told();
            let row = slot.setting();
            let height: f64 =
                titles.iter().map(|title| lines(row, title) * ROW_LEADING + BELOW_TITLE).sum::<f64>()
                    + BELOW_SLOT;
            // Where only the last is too much, it has the line that would say so.
            let spare = if place + 1 == slots.len() { MORE } else { 0.0 };
            if left_out > 0 || height > room + spare {
                left_out += slot.titles.len();
                continue;
            }
            room -= height;
            rows.push(map([
                ("time", Value::from(slot.time(several_days))),
                ("titles", titles.into_iter().map(Value::from).collect::<Vec<_>>().into()),
                ("is_for_all", Value::from(slot.titles.len() == 1)),
            ]));
        }

        // Where nothing is known of the programme, the poster says what the day is about.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of lines of one page"
        )]
        let about_lines = (room.max(0.0) / ABOUT_LEADING) as usize;
        let about = told(page).first().filter(|_| rows.is_empty()).map(|tale| {
            // A list says nothing in the middle of a line, nor does what announces it.
            let paragraphs = tale.blocks.iter().filter(|block| !block.is_point);
            let sentences: Vec<&str> = paragraphs
                .flat_map(|block| &block.sentences)
                .map(String::as_str)
                .filter(|sentence| !sentence.ends_with(':'))
                .collect();
            ABOUT.cut(&sentences.join(" "), about_lines.min(12))
        });

        let mut context = self.framed(Frame {
            address: address(page).unwrap_or_default(),
            title: &page.title,
            what: "Poster",
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
            whole.as_deref().and_then(|whole| qr::svg(whole, "Code to scan: leads to the page of the event"));
        let is_over = values
            .local_time("ends")
            .or_else(|| values.local_time("starts"))
            .is_some_and(|ends| ends.date < site.config.timezone.to_datetime(site.now).date());
        let flag_height = flag.as_deref().map_or(0.0, |flag| lines(FLAG, flag) * 2.4 + 2.8);
        let beside = HEIGHT - used + HEAD + flag_height - if code.is_some() { CODE } else { 0.0 };
        let facts = facts(values, whole.as_deref(), is_over, beside);
        context.insert_value(
            "poster",
            map([
                ("title", Value::from(title)),
                ("size", Value::from(title_size + 1)),
                ("path", Value::from(encoded(&page.address))),
                ("summary", Value::from(summary)),
                ("day", optional(day.as_deref())),
                ("site_title", Value::from(SITE_TITLE.cut(&site.config.title, 1))),
                ("place", optional(place.as_deref())),
                ("flag", optional(flag.as_deref())),
                ("rows", Value::from(rows)),
                ("more", Value::from(left_out)),
                ("about", optional(about.as_deref())),
                ("facts", facts),
                ("is_over", Value::from(is_over)),
                ("code", code.map_or_else(Value::none, |svg| Value::safe_string(&svg))),
            ]),
        );
        context
    }
}

/// How to come and whom to ask, as far as it fits: label, words and where they lead. The first matter most; no address is
/// cut.
fn facts(values: &Values, whole: Option<&str>, is_over: bool, mut room: f64) -> Value {
    let listed = |name: &str| -> Option<String> {
        let all: Vec<String> = values.texts(name).map(|text| access_in_words(text.value)).collect();
        (!all.is_empty()).then(|| FACT.cut(&upper_first(&all.join(", ")), 4))
    };
    let places = values.integer("capacity").and_then(|places| usize::try_from(places).ok());
    let book = places
        .map_or_else(|| "Book".to_string(), |places| format!("Book: {}", counted(places, "place", "places")));
    let link =
        |address: Option<&str>| address.map(|address| (address.to_string(), Some(address.to_string())));
    let owner = values.text("owner").map(|owner| (owner.to_string(), Some(format!("mailto:{owner}"))));
    let wanted = [
        (book, link(values.text("booking_url").filter(|_| !is_over))),
        (if is_over { "What came of it" } else { "All about it" }.to_string(), link(whole)),
        ("Access".to_string(), listed("access").map(|words| (words, None))),
        ("For".to_string(), listed("audiences").map(|words| (words, None))),
        ("Ask".to_string(), owner),
    ];
    let mut facts = Vec::new();
    for (label, fact) in wanted {
        let Some((words, href)) = fact else { continue };
        let count = FACT.line_count(&words);
        // Browsers break an address where it has a sign, which may take a line more.
        let count =
            if href.is_some() { count + usize::from(count > 1) + usize::from(count > 2) } else { count };
        #[expect(clippy::cast_precision_loss, reason = "a count of lines is small")]
        let height = AROUND_FACT + count as f64 * FACT_LEADING;
        if height <= room {
            room -= height;
            facts.push(map([
                ("label", Value::from(label)),
                ("words", if href.is_some() { breakable(&words) } else { Value::from(words) }),
                ("href", optional(href.as_deref())),
            ]));
        }
    }
    Value::from(facts)
}

/// An address that breaks after its strokes before it breaks within a word.
fn breakable(address: &str) -> Value {
    let html = escape_html(address).replace('/', "/<wbr>").replace("/<wbr>/<wbr>", "//");
    Value::safe_string(&html)
}

/// The largest size at which the title fits its lines; at the smallest it is cut.
fn sized(title: &str) -> (usize, String) {
    let setting = |size: f64| Setting { size, is_bold: true, line: LINE };
    // No word is broken for the sake of size.
    let longest = |size: f64| title.split_whitespace().all(|word| setting(size).line_count(word) == 1);
    let fits = (0..TITLE_SIZES.len()).find(|place| {
        longest(TITLE_SIZES[*place])
            && setting(TITLE_SIZES[*place]).line_count(title) <= MOST_TITLE_LINES[*place]
    });
    if let Some(place) = fits {
        return (place, title.to_string());
    }
    let last = TITLE_SIZES.len() - 1;
    (last, setting(TITLE_SIZES[last]).cut(title, MOST_TITLE_LINES[last]))
}

fn flag(site: &Site, index: PageIndex) -> Option<String> {
    let values = &site.pages[index].parsed.values;
    let cancelled = site.cancelled(index).map(|why| format!("Cancelled. {why}").trim_end().to_string());
    let illustrative = match (values.text("illustrative"), values.text("provenance")) {
        (Some(text), _) => Some(format!("Illustrative in part. {text}")),
        (None, Some("illustrative")) => {
            Some("Illustrative. This event is made up to show how it works.".to_string())
        }
        (None, _) => values.text("notice").map(str::to_string),
    };
    let all: Vec<String> = cancelled.into_iter().chain(illustrative).collect();
    (!all.is_empty()).then(|| FLAG.cut(&all.join(" "), 5))
}

fn place(values: &Values) -> Option<String> {
    let venue = values.text("venue").map(str::to_string);
    match (venue, values.get("online").is_some()) {
        (Some(venue), true) => Some(format!("{venue}, and online")),
        (None, true) => Some("Online".to_string()),
        (venue, false) => venue,
    }
}

/// The days of the event with their weekdays, and its hours where it has one day.
fn days(values: &Values) -> Option<String> {
    let from = values.local_time("starts")?;
    let to = values.local_time("ends").unwrap_or(from);
    if from.date != to.date {
        let whole = with_weekday(from.date);
        let is_same_month = (from.date.year(), from.date.month()) == (to.date.year(), to.date.month());
        let words = if is_same_month { 2 } else { 4 };
        let begin = whole.split(' ').take(words).collect::<Vec<_>>().join(" ");
        return Some(format!("{begin} to {}", with_weekday(to.date)));
    }
    let mut text = with_weekday(from.date);
    if let Some(start) = from.clock() {
        text.push_str(", ");
        text.push_str(&start);
        if let Some(end) = to.clock().filter(|end| *end != start) {
            text.push_str(" to ");
            text.push_str(&end);
        }
    }
    Some(text)
}

fn with_weekday(day: Date) -> String {
    let name = match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{name} {}", long_date(day))
}

/// What short words of `access` mean to somebody who reads them on a wall.
fn access_in_words(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "bsl" => "British Sign Language",
        "captions" => "live captions",
        "loop" => "hearing loop",
        "step-free" | "step free" => "step-free access",
        _ => word,
    }
    .to_string()
}

/// The sessions that take place, by the time at which they start and by their rooms.
fn slots(site: &Site, event: PageIndex) -> Vec<Slot> {
    let sessions = site.pages[event].incoming.iter().filter(|relation| relation.field == "event");
    let mut timed: Vec<(LocalTime, Option<&str>, &str)> = sessions
        .filter_map(|relation| {
            let session = &site.pages[relation.page].parsed;
            let start = session.values.local_time("start")?;
            let takes_place = site.cancelled(relation.page).is_none();
            takes_place.then(|| (start, session.values.text("room"), session.title.as_str()))
        })
        .collect();
    timed.sort();
    let mut slots: Vec<Slot> = Vec::new();
    for (start, _, title) in timed {
        match slots.last_mut() {
            Some(slot) if slot.start == start => slot.titles.push(title.to_string()),
            _ => slots.push(Slot { start, titles: vec![title.to_string()] }),
        }
    }
    slots
}

impl Slot {
    fn setting(&self) -> Setting {
        Setting { is_bold: self.titles.len() == 1, ..ROW }
    }

    /// The titles, each at a length that its place can hold; of many only the first.
    fn told(&self) -> Vec<String> {
        let count = self.titles.len();
        let named = if count > MOST_NAMED { MOST_NAMED - 1 } else { count };
        let mut told: Vec<String> =
            self.titles[..named].iter().map(|title| self.setting().cut(title, 2)).collect();
        if count > named {
            told.push(format!("and {} more at the same time", count - named));
        }
        told
    }

    fn time(&self, several_days: bool) -> String {
        let clock = self.start.clock().map_or_else(|| "All day".to_string(), |clock| upper_first(&clock));
        if several_days {
            let weekday: String = with_weekday(self.start.date).chars().take(3).collect();
            format!("{weekday} {clock}")
        } else {
            clock
        }
    }
}

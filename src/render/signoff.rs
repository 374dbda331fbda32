//! A draft for the one who approves it: one page in a file of its own that opens from an email, with what is still missing,
//! what will be checked before it is published, and how to approve it. As HTML, and as a document for Word.

use jiff::civil::Date;
use tera::{Context, Value};

use super::address::{encoded, percent_encoded};
use super::inline::{Files, policy};
use super::printed::{Document, Reading, Retelling, Sections, retold, stylesheets};
use super::value::{date, map, optional};
use super::view::shown;
use super::{Renderer, copies};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::fields;
use crate::form::word::{self, About};
use crate::form::{Block, Form, Inline, Item, Numbering, Row, Style};
use crate::site::{PageIndex, Site};
use crate::text::{long_date, upper_first};
use crate::theme::RenderError;

/// What is asked to be approved.
#[derive(Debug, Clone)]
pub struct SignOff<'s> {
    /// The page.
    pub page: PageIndex,
    /// What is wrong with it as it stands.
    pub problems: &'s [Diagnostic],
    /// The day that the draft is of.
    pub day: Date,
}

/// What a build looks at before it publishes anything, in words for one who answers for a page.
const CHECKS: [&str; 5] = [
    "Everything that readers of such a page expect is there.",
    "Names of networks, organisations and other pages are right, and no link leads nowhere.",
    "Counts of people that are so small that somebody could be recognised are hidden.",
    "Made-up figures are marked, and stand beside no real organisation’s name.",
    "The day by which the page is reviewed again is set, and a team answers for it.",
];

impl Renderer<'_> {
    /// The draft as one HTML file.
    ///
    /// # Errors
    ///
    /// The template's error, with its place.
    pub fn signoff(&self, asked: &SignOff<'_>, files: &dyn Files) -> Result<Vec<u8>, RenderError> {
        let site = self.site;
        let page = &site.pages[asked.page].parsed;
        let html = self.whole_page(asked.page)?;
        let sections = Sections::default();
        let own = encoded(&page.address);
        let draft = Some(own.as_str()).filter(|own| !own.is_empty());
        let around = Document { views: &self.views, sections: &sections, files, theme: &self.theme, draft };
        let how = Retelling { address: &page.address, prefix: "", number: None, lower: 1, around: &around };
        let reading = Reading { lower: 1, on_paper: false };
        let style = self.style(&stylesheets(&html, &page.address), reading, "signoff.css");
        let mut context = Context::new();
        let lang = page.values.text("lang").unwrap_or(&site.config.language);
        context.insert_value("lang", Value::from(site.config.language.as_str()));
        context.insert_value("policy", Value::from(policy(&style, "")));
        context.insert_value("style", Value::safe_string(&style));
        context.insert_value("html", Value::safe_string(&retold(&html, &how)));
        let texts =
            |all: Vec<String>| -> Value { all.into_iter().map(Value::from).collect::<Vec<_>>().into() };
        context.insert_value(
            "draft",
            map([
                ("title", Value::from(page.title.as_str())),
                ("lang", optional(Some(lang).filter(|lang| *lang != site.config.language))),
                ("kind", Value::from(page.kind.title.to_lowercase())),
                ("file", Value::from(page.path.as_str())),
                ("day", date(asked.day)),
                ("is_published", Value::from(page.status.is_public())),
                ("owner", optional(page.values.text("owner"))),
                (
                    "letter",
                    page.values
                        .text("owner")
                        .map_or_else(Value::none, |owner| Value::from(letter(owner, page))),
                ),
                ("open", texts(open_points(page, asked.problems))),
                ("checks", texts(CHECKS.iter().map(|check| (*check).to_string()).collect())),
                ("approval", optional(approval(page).as_deref())),
                ("lines", Value::from(lines(asked.day))),
            ]),
        );
        let mut out = Vec::with_capacity(64 * 1024);
        self.theme.render("signoff.html", &context, &mut out)?;
        Ok(out)
    }
}

/// A letter of approval, ready to be sent to those who keep the page.
fn letter(owner: &str, page: &ParsedPage) -> String {
    let subject = format!("Approved: {}", page.title);
    let body = format!(
        "I have read the draft “{}” ({}) and approve it for publication.\n\nMy role: \nDate: \n",
        page.title, page.path
    );
    format!("mailto:{owner}?subject={}&body={}", percent_encoded(&subject), percent_encoded(&body))
}

/// What goes back into the front matter.
fn lines(day: Date) -> String {
    format!("approved_by:\n  role: Your role, such as Director of imaging\n  date: {day}")
}

fn approval(page: &ParsedPage) -> Option<String> {
    let approved = page.values.group("approved_by")?;
    let role = approved.text("role")?;
    Some(match approved.date("date") {
        Some(day) => format!("{role}, {}", long_date(day)),
        None => role.to_string(),
    })
}

/// What is still missing and what is wrong, each in a sentence.
fn open_points(page: &ParsedPage, problems: &[Diagnostic]) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for line in &page.missing {
        if let Some(heading) = line.strip_prefix("## ") {
            points.push(format!("The section “{heading}” is not written yet."));
            continue;
        }
        let name = line.split(':').next().unwrap_or(line).trim();
        // The page is published once all is done: that is no point of its own.
        if name == "status" {
            continue;
        }
        let label = upper_first(&name.replace('_', " "));
        let about = page.kind.all_fields().find(|field| field.name == name).map(|field| field.about);
        points.push(match about {
            Some(about) => format!("{label} is not given yet: {}", crate::text::lower_first(about)),
            None => format!("{label} is not given yet."),
        });
    }
    for problem in problems.iter().filter(|problem| problem.path.as_ref() == Some(&page.path)) {
        let mut point = upper_first(&problem.message.replace('`', ""));
        if !point.ends_with(['.', '?', '!']) {
            point.push('.');
        }
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

/// The draft as a Word file. `blocks` is the page's text.
pub fn signoff_word(site: &Site, asked: &SignOff<'_>, blocks: Vec<Block>) -> Vec<u8> {
    let page = &site.pages[asked.page].parsed;
    let facts = facts(site, asked.page);
    let mut all = vec![Block::Quote {
        title: Some("Draft for approval: not published".to_string()),
        blocks: vec![paragraph(&format!(
            "This is the {} “{}” as it stood on {}. Read it, and say whether it can be published: how to do so stands at its end.",
            page.kind.title.to_lowercase(),
            page.title,
            long_date(asked.day)
        ))],
    }];
    if let Some(summary) = page.values.text("summary") {
        all.push(paragraph(summary));
    }
    if !facts.is_empty() {
        all.push(Block::Table {
            head: vec![vec![text("What")], vec![text("As it would be published")]],
            rows: facts.iter().map(|(label, words)| row(&[label, words])).collect(),
        });
    }
    all.extend(blocks);
    all.push(heading("Before it is published"));
    let open = open_points(page, asked.problems);
    if !open.is_empty() {
        all.push(paragraph("Still to be done by those who write it:"));
        all.push(list(&open));
    }
    all.push(paragraph("Then this is checked by the program that makes the website:"));
    all.push(list(&CHECKS.map(str::to_string)));
    all.push(heading("Approval"));
    if let Some(approval) = approval(page) {
        all.push(paragraph(&format!("An approval is on record: {approval}.")));
    }
    if let Some(owner) = page.values.text("owner") {
        all.push(paragraph(&format!("Send your answer to {owner}, or sign here:")));
    }
    all.push(Block::Table {
        head: vec![vec![text("Role")], vec![text("Date")], vec![text("Signature")]],
        rows: vec![row(&["\u{a0}", "\u{a0}", "\u{a0}"])],
    });
    all.push(paragraph("For those who keep the website: these lines go to the top of the page’s file."));
    all.push(Block::Code(lines(asked.day)));
    let form = Form {
        title: vec![text(&page.title)],
        version: String::new(),
        language: page.values.text("lang").unwrap_or(&site.config.language).to_string(),
        numbering: Numbering::Nothing,
        gaps: page.form.as_ref().map(|form| form.gaps.clone()).unwrap_or_default(),
        blocks: all,
    };
    let form = form.with_addresses(&|reference| copies::address(site, asked.page, reference));
    let about = About {
        publisher: String::new(),
        subject: format!("Draft for approval: {}", page.kind.title.to_lowercase()),
        summary: page.values.text("summary").unwrap_or_default().to_string(),
        created: asked.day,
        address: None,
        licence: None,
    };
    word::word(&form, &[], &about)
}

/// The fields of the page's own kind that are one value, in words.
fn facts(site: &Site, index: PageIndex) -> Vec<(String, String)> {
    let page = &site.pages[index];
    let mut facts = Vec::new();
    let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
    let networks: Vec<&str> =
        networks.map(|relation| site.pages[relation.page].parsed.title.as_str()).collect();
    if !networks.is_empty() {
        facts.push(("Network".to_string(), networks.join(", ")));
    }
    for field in page.parsed.kind.fields {
        let Some(value) = shown(&page.parsed.values, field.name) else { continue };
        let words = match &value.value {
            fields::Value::Text(_) if field.name == "diagram" => continue,
            fields::Value::Text(text) => text.to_string(),
            fields::Value::Integer(number) => number.to_string(),
            fields::Value::Date(day) => long_date(*day),
            fields::Value::LocalTime(time) => time.to_string(),
            fields::Value::Period(period) => period.text.clone(),
            fields::Value::List(items) => {
                let texts = items.iter().filter_map(|item| match &item.value {
                    fields::Value::Text(text) => Some(text.to_string()),
                    _ => None,
                });
                texts.collect::<Vec<_>>().join(", ")
            }
            _ => continue,
        };
        if !words.is_empty() {
            facts.push((upper_first(&field.name.replace('_', " ")), words));
        }
    }
    facts
}

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_string(), style: Style::default() }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

fn heading(words: &str) -> Block {
    Block::Heading { level: 2, id: String::new(), words: vec![text(words)] }
}

fn row(cells: &[&str]) -> Row {
    Row { repeats: None, cells: cells.iter().map(|cell| vec![text(cell)]).collect() }
}

fn list(points: &[String]) -> Block {
    let item = |point: &String| Item { repeats: None, blocks: vec![paragraph(point)] };
    Block::List { start: None, items: points.iter().map(item).collect() }
}

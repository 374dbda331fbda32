//! Headings: their ids, their levels, and the sections that they begin.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag};

use super::html::push_clean_escaped;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text::slugify;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// From 2 to 6: the page's title is the heading of the first level.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its words as HTML, without links.
    pub html: String,
    /// Where it stands in the file.
    pub span: Span,
}

impl Heading {
    /// Adds the whole element, with the link to itself that people copy. `label` is what that is called, and `mark` the
    /// mark of the label's language.
    pub(super) fn push_element(&self, out: &mut String, label: &str, mark: &str) {
        let (level, html) = (self.level, &self.html);
        let _ = write!(out, "<h{level} id=\"");
        push_clean_escaped(out, &self.id);
        let _ = write!(out, "\">{html}");
        if level <= 4 {
            out.push_str(" <a class=\"anchor\" href=\"#");
            push_clean_escaped(out, &self.id);
            let _ = write!(out, "\" aria-label=\"{label}\"{mark}>#</a>");
        }
        let _ = writeln!(out, "</h{level}>");
    }
}

/// The ids of a page. Ids that writers gave are reserved before any is made from words, so that an earlier heading
/// never takes one away.
#[derive(Default)]
pub(super) struct Ids {
    given: HashMap<String, Span>,
    /// For each id that is taken, the number to try next.
    taken: HashMap<String, u32>,
}

impl Ids {
    fn made_from(&mut self, words: &str) -> String {
        let slug = slugify(words);
        let slug = if slug.is_empty() { "section".to_string() } else { slug };
        let mut id = slug.clone();
        while self.taken.contains_key(&id) {
            let next = self.taken.entry(slug.clone()).or_insert(2);
            id = format!("{slug}-{next}");
            *next += 1;
        }
        self.taken.insert(id.clone(), 2);
        id
    }
}

/// Letters, digits, `-`, `_` and `.`: what needs no encoding in an address.
fn is_plain_id(id: &str) -> bool {
    id.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

impl Writer<'_> {
    /// Reserves the ids that writers gave and reports those given twice.
    pub(super) fn reserve_ids(&mut self) {
        let events = self.events;
        for index in 0..events.len() {
            let Event::Start(Tag::Heading { id: Some(id), .. }) = events.event(index) else { continue };
            let span = events.span(index);
            if id.is_empty() || !is_plain_id(id) {
                continue;
            }
            if let Some(first) = self.ids.given.get(&**id) {
                let first = *first;
                let problem = Diagnostic::error(
                    "duplicate-id",
                    format!("the id `{id}` is given to two headings, so a link to it reaches only the first"),
                );
                self.problems.add(
                    problem
                        .at(span)
                        .label(first, "first given here")
                        .help("give each heading an id of its own"),
                );
            } else {
                self.ids.given.insert(id.to_string(), span);
                self.ids.taken.insert(id.to_string(), 2);
            }
        }
    }

    pub(super) fn write_heading(&mut self, index: usize, level: u8, id: Option<&str>, has_attributes: bool) {
        let span = self.events.span(index);
        let end = self.events.end_of(index);
        let text = self.events.plain_text(index + 1, end);
        if text.is_empty() {
            let problem =
                Diagnostic::warning("empty-heading", "a heading without words is left out of the page");
            self.problems.add(
                problem.at(span).help("write the heading's words after the `#` signs, or delete the line"),
            );
            return;
        }
        let level = self.checked_level(level, span);
        if has_attributes {
            let problem = Diagnostic::warning(
                "heading-attributes",
                "words in braces at the end of a heading are read as attributes and are not shown",
            );
            self.problems.add(
                problem
                    .at(span)
                    .help("write `\\{` for a brace that readers see; only `{#an-id}` has a meaning"),
            );
        }
        let id = self.heading_id(id, &text, span);
        self.in_heading = true;
        let html = self.capture(index + 1, end).into_text();
        self.in_heading = false;
        let mut heading = Heading { level, id, text, html: html.trim_end().to_string(), span };
        heading.text.shrink_to_fit();
        self.park(heading.html.len());
        self.headings.push(heading.clone());
        self.table_count = 0;
        if level == 2 && self.at_top_level() {
            self.begin_section(heading);
        } else {
            let mut element = String::new();
            heading.push_element(&mut element, self.phrases.link_to_section, &self.ours);
            self.out.push(&element);
        }
    }

    fn checked_level(&mut self, level: u8, span: Span) -> u8 {
        if level == 1 {
            let problem = Diagnostic::warning(
                "heading-level-one",
                "a heading of the first level stands in the text, but a page has only one: its title",
            );
            self.problems.add(problem.at(span).help("write `##` in the place of `#`"));
            return 2;
        }
        let before = self.headings.last().map_or(1, |heading| heading.level);
        if level > before + 1 {
            let (skipped, signs) = (before + 1, "#".repeat(before as usize + 1));
            let problem = Diagnostic::warning(
                "skipped-heading-level",
                format!(
                    "a heading of level {level} follows level {before}, so a reader who moves by headings looks for a \
                     missing level {skipped}"
                ),
            );
            self.problems.add(problem.at(span).help(format!("write `{signs}` for this heading")));
        }
        level
    }

    fn heading_id(&mut self, given: Option<&str>, text: &str, span: Span) -> String {
        match given {
            Some(id) if self.ids.given.get(id) == Some(&span) => id.to_string(),
            // Reported as a duplicate.
            Some(id) if self.ids.given.contains_key(id) => self.ids.made_from(id),
            Some(id) => {
                let made = self.ids.made_from(if slugify(id).is_empty() { text } else { id });
                let problem = Diagnostic::warning(
                    "unsafe-id",
                    "this heading's id has characters that do not work in an address",
                );
                self.problems.add(problem.at(span).help(format!("write `{{#{made}}}`")));
                made
            }
            None => self.ids.made_from(text),
        }
    }
}

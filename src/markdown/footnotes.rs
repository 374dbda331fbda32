//! Footnotes: numbered in the order of their first mention, written at the end of the page, each with a way back.
//! Their ids hold a colon, which no heading's id does.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::Tag;

use super::html::Html;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text::did_you_mean;

/// A note mentioned more often than this shows no further ways back: its list of arrows would outgrow it.
const MAX_BACK_LINKS: usize = 26;

/// Footnotes with which one that is not there is compared, for the one that was meant.
const MAX_COMPARED: usize = 1_000;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// In the order of writing.
    definitions: Vec<Definition>,
    by_label: HashMap<String, usize>,
    /// Indexes of definitions in the order of their numbers.
    numbered: Vec<usize>,
}

struct Definition {
    label: String,
    start: usize,
    number: Option<usize>,
    /// How many links lead here, each with an id to come back to.
    link_count: usize,
}

impl Writer<'_> {
    /// Notes where every footnote is defined: a mention may come before.
    pub(super) fn find_footnotes(&mut self) {
        let events = self.events;
        for start in 0..events.len() {
            let Some(Tag::FootnoteDefinition(label)) = events.tag(start) else { continue };
            let folded = label.to_lowercase();
            if let Some(first) = self.footnotes.by_label.get(&folded) {
                let first = events.span(self.footnotes.definitions[*first].start);
                let problem = Diagnostic::warning(
                    "footnote-repeated",
                    format!("the footnote `[^{label}]` is written twice, and readers see only the first"),
                );
                self.problems.add(
                    problem
                        .at(events.span(start))
                        .label(first, "first written here")
                        .help("give it another name"),
                );
                continue;
            }
            self.footnotes.by_label.insert(folded, self.footnotes.definitions.len());
            self.footnotes.definitions.push(Definition {
                label: label.to_string(),
                start,
                number: None,
                link_count: 0,
            });
        }
    }

    pub(super) fn write_footnote_reference(&mut self, label: &str) {
        let is_linked = !self.in_heading && !self.in_link;
        let footnotes = &mut self.footnotes;
        let Some(index) = footnotes.by_label.get(&label.to_lowercase()).copied() else {
            return self.write_words(&format!("[^{label}]"));
        };
        let definition = &mut footnotes.definitions[index];
        let number = *definition.number.get_or_insert_with(|| {
            footnotes.numbered.push(index);
            footnotes.numbered.len()
        });
        if !is_linked {
            self.out.push(&format!("<sup>{number}</sup>"));
            return;
        }
        definition.link_count += 1;
        let id = back_id(number, definition.link_count);
        let (word, mark) = (self.phrases.footnote, &self.ours);
        self.out.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\" aria-label=\"{word} {number}\"{mark}>{number}</a></sup>"
        ));
    }

    /// Warns where `[^label]` stands in the text and no footnote has that name.
    pub(super) fn check_footnote_mark(&mut self, bracket: Span) {
        let start = bracket.start as usize;
        let source = self.events.source;
        let Some(rest) = source[start..].strip_prefix("[^") else { return };
        let length =
            rest.bytes().take(100).take_while(|byte| *byte != b']' && !byte.is_ascii_whitespace()).count();
        if length == 0 || rest.as_bytes().get(length) != Some(&b']') || source[..start].ends_with('\\') {
            return;
        }
        let Some(label) = rest.get(..length) else { return };
        if self.problems.is_full() {
            return self.problems.count_one();
        }
        let known = self.footnotes.definitions.iter().take(MAX_COMPARED);
        let near = did_you_mean(label, known.map(|definition| definition.label.as_str()));
        let problem = Diagnostic::warning(
            "footnote-missing",
            format!(
                "the footnote `[^{label}]` is not written anywhere, so readers see its mark as plain text"
            ),
        );
        let help = near.unwrap_or_else(|| format!("write it on a line of its own: `[^{label}]: the note`"));
        self.problems.add(problem.at(Span::new(start, start + length + 3)).help(help));
    }

    /// Writes the footnotes that the page mentions, and reports the others.
    pub(super) fn write_footnotes(&mut self) {
        self.enclosed = true;
        let mut notes: Vec<Html> = Vec::new();
        // A footnote may mention others, so the list grows while it is written.
        while let Some(index) = self.footnotes.numbered.get(notes.len()).copied() {
            let start = self.footnotes.definitions[index].start;
            let html = self.capture(start + 1, self.events.end_of(start));
            self.park(html.byte_len());
            notes.push(html);
        }
        if !notes.is_empty() {
            // The role says what it is; a label in another language would mark the notes with it.
            let label = if self.ours.is_empty() {
                format!(" aria-label=\"{}\"", self.phrases.footnotes)
            } else {
                String::new()
            };
            let (back, mark) = (self.phrases.back_to_text, self.ours.clone());
            self.out.push(&format!("<section class=\"footnotes\" role=\"doc-endnotes\"{label}>\n<ol>\n"));
            for (position, mut note) in notes.into_iter().enumerate() {
                let number = position + 1;
                let link_count = self.footnotes.definitions[self.footnotes.numbered[position]].link_count;
                let in_paragraph = note.reopen_paragraph();
                let mut end = String::new();
                for link in 1..=link_count.min(MAX_BACK_LINKS) {
                    let id = back_id(number, link);
                    let _ = write!(
                        end,
                        " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{back}\"{mark}>↩</a>"
                    );
                }
                end.push_str(if in_paragraph { "</p>\n</li>\n" } else { "\n</li>\n" });
                self.out.push(&format!("<li id=\"fn:{number}\">"));
                self.out.append(&note);
                self.out.push(&end);
            }
            self.out.push("</ol>\n</section>\n");
        }
        self.report_unused_footnotes();
    }

    fn report_unused_footnotes(&mut self) {
        if self.is_full(self.events.len()) {
            return;
        }
        for definition in &self.footnotes.definitions {
            if definition.number.is_none() {
                let label = &definition.label;
                let problem = Diagnostic::warning(
                    "footnote-unused",
                    format!("the footnote `[^{label}]` is mentioned nowhere, so no reader sees it"),
                );
                let help = format!("write `[^{label}]` in the text where it belongs, or delete it");
                self.problems
                    .add(problem.at(self.events.first_line(self.events.span(definition.start))).help(help));
            }
        }
    }
}

fn back_id(number: usize, link: usize) -> String {
    if link == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{link}") }
}

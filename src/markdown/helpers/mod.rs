//! Blocks with a meaning of their own: a quote whose first line is `[!NAME]`, which GitHub shows as a quote or an
//! alert. Each helper is one file; this one finds the name and hands over.

mod alert;
mod clause;
mod embed;
mod figure;
mod figures;
mod matrix;
mod options;

use pulldown_cmark::{Event, Tag};

use super::tables::Grid;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::form::{Condition, Gap};
use crate::source::Span;
use crate::text::{Phrases, list_words, nearest};

/// The names that may stand in `[!…]`.
const NAMES: [&str; 10] =
    ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "FIGURE", "FIGURES", "EMBED", "OPTIONS", "MATRIX"];

/// A helper's first line.
#[derive(Clone, Copy)]
pub(super) struct Marker<'a> {
    /// As written.
    name: &'a str,
    /// The place of `[!NAME]`.
    span: Span,
    /// The quote's start.
    quote: usize,
    /// The first paragraph's start.
    paragraph: usize,
    /// The event after the marker's line; the end of the first paragraph where nothing else stands in it.
    content: usize,
}

/// The name of a helper, `[!NAME]`.
pub(super) struct Name<'a> {
    words: &'a str,
    span: Span,
}

/// What follows a helper's name.
pub(super) struct AfterName {
    /// The first paragraph's start.
    pub(super) paragraph: usize,
    /// The event after the line of the name; the end of the first paragraph where nothing else stands in it.
    pub(super) words: usize,
}

/// The condition that a clause stands under, if the name is one that can be read.
pub(super) fn condition_of(name: &Name<'_>, gaps: &[Gap]) -> Option<Condition> {
    clause::read(clause::words_of(name.words)?, gaps, name.span).ok()
}

/// The title of a block that is set apart.
pub(super) fn title_of(name: &Name<'_>, phrases: &Phrases) -> Option<&'static str> {
    alert::find(&name.words.to_uppercase()).map(|alert| alert.title(phrases))
}

impl<'a> Writer<'a> {
    /// Opens a quote, or writes a helper, and gives the index to go on from.
    pub(super) fn start_quote(&mut self, index: usize) -> usize {
        let after = self.events.end_of(index) + 1;
        let Some(marker) = self.find_marker(index) else {
            self.open("<blockquote>\n", "</blockquote>\n");
            return index + 1;
        };
        if let Some((gaps, words)) = self.settings.gaps.zip(clause::words_of(marker.name)) {
            return self.start_clause(gaps, words, marker);
        }
        let name = marker.name.to_uppercase();
        if let Some(alert) = alert::find(&name) {
            return self.start_alert(alert, marker);
        }
        if self.enclosed && NAMES.contains(&name.as_str()) {
            let problem = Diagnostic::error(
                "nested-helper",
                format!("`[!{name}]` stands inside another block or a footnote, where it cannot be shown"),
            );
            self.problems
                .add(problem.at(marker.span).help("put it in a quote of its own, with an empty line before"));
            self.open("<blockquote>\n", "</blockquote>\n");
            return index + 1;
        }
        let was_enclosed = std::mem::replace(&mut self.enclosed, true);
        match name.as_str() {
            "FIGURE" => self.write_figure(marker),
            "FIGURES" => self.write_figures(marker),
            "EMBED" => self.write_embed(marker),
            "OPTIONS" => self.write_options(marker),
            "MATRIX" => self.write_matrix(marker),
            _ => self.write_unknown(marker),
        }
        self.enclosed = was_enclosed;
        after
    }

    /// The name on a quote's first line, where one stands there, and what follows it.
    pub(super) fn marker_of(&self, quote: usize) -> Option<(Name<'a>, AfterName)> {
        let marker = self.find_marker(quote)?;
        let after = AfterName { paragraph: marker.paragraph, words: marker.content };
        Some((Name { words: marker.name, span: marker.span }, after))
    }

    /// The note that stands in the place of a block with this name, where its content is withheld.
    pub(super) fn withheld_in(&self, name: &Name<'_>) -> Option<&'a str> {
        let is_withheld =
            ["OPTIONS", "MATRIX"].iter().any(|withheld| name.words.eq_ignore_ascii_case(withheld));
        self.settings.withhold.as_deref().filter(|_| is_withheld)
    }

    fn find_marker(&self, quote: usize) -> Option<Marker<'a>> {
        let events = self.events;
        let paragraph = quote + 1;
        if !matches!(events.tag(paragraph), Some(Tag::Paragraph)) {
            return None;
        }
        let start = events.span(paragraph).start as usize;
        let rest = events.source[start..].strip_prefix("[!")?;
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let name = line.trim_end().strip_suffix(']')?;
        let is_condition = self.settings.gaps.is_some() && clause::words_of(name).is_some();
        let is_name = is_condition
            || (1..=30).contains(&name.len())
                && name.chars().all(|character| {
                    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | ' ')
                });
        if !is_name {
            return None;
        }
        let end = events.end_of(paragraph);
        let content = (paragraph + 1..end)
            .find(|event| matches!(events.event(*event), Event::SoftBreak | Event::HardBreak))
            .map_or(end, |line_break| line_break + 1);
        Some(Marker { name, span: Span::new(start, start + name.len() + 3), quote, paragraph, content })
    }

    /// Reports a name that does not stand alone on a quote's first line: its block would be shown as ordinary text,
    /// and a table that must be withheld would be published.
    pub(super) fn check_stray_marker(&mut self, paragraph: usize) {
        let events = self.events;
        let start = events.span(paragraph).start as usize;
        let Some(rest) = events.source[start..].strip_prefix("[!") else { return };
        let length = rest.bytes().take(30).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..length].to_uppercase();
        if !rest[length..].starts_with(']') || !NAMES.contains(&name.as_str()) {
            return;
        }
        let in_quote = paragraph > 0 && matches!(events.tag(paragraph - 1), Some(Tag::BlockQuote(_)));
        if in_quote && self.find_marker(paragraph - 1).is_some() {
            return;
        }
        let problem = Diagnostic::error(
            "stray-helper",
            format!(
                "`[!{name}]` has its meaning only alone on the first line of a quote, so readers would see the mark itself"
            ),
        );
        let help = format!("begin the block with the line `> [!{name}]`, and every line after it with `> `");
        self.problems.add(problem.at(Span::new(start, start + length + 3)).help(help));
    }

    /// The words on the lines after the marker's, in its paragraph, and the blocks after that paragraph.
    fn content(&self, marker: Marker<'_>) -> Content {
        let end_of_first = self.events.end_of(marker.paragraph);
        Content {
            inline: (marker.content, end_of_first),
            blocks: (end_of_first + 1, self.events.end_of(marker.quote)),
        }
    }

    fn write_unknown(&mut self, marker: Marker<'_>) {
        let near =
            nearest(marker.name, NAMES).map_or(String::new(), |near| format!("did you mean `[!{near}]`? "));
        let names: Vec<String> = NAMES.iter().map(|name| format!("`[!{name}]`")).collect();
        let problem = Diagnostic::error(
            "unknown-helper",
            format!(
                "`[!{}]` is no block that netsite knows, so readers would see the mark itself",
                marker.name
            ),
        );
        self.problems
            .add(problem.at(marker.span).help(format!("{near}the names are {}", list_words(&names, "and"))));
        self.write_as_quote(marker);
    }

    /// Writes a helper's content as an ordinary quote.
    fn write_as_quote(&mut self, marker: Marker<'_>) {
        let content = self.content(marker);
        self.open("<blockquote>\n", "</blockquote>\n");
        if content.has_inline() {
            self.open("<p>", "</p>\n");
            self.write_range(content.inline.0, content.inline.1);
            self.close_ours();
        }
        self.write_range(content.blocks.0, content.blocks.1);
        self.close_ours();
    }

    /// Reports a helper that does not hold what it needs, with an example to copy, and shows it as a quote.
    fn refuse(&mut self, marker: Marker<'_>, what: &str, example: &str) {
        self.report_shape(marker, what, example);
        self.write_as_quote(marker);
    }

    fn report_shape(&mut self, marker: Marker<'_>, what: &str, example: &str) {
        let name = marker.name.to_uppercase();
        let problem = Diagnostic::error(
            "helper-shape",
            format!("`[!{name}]` needs {what}, and cannot be shown without"),
        );
        self.problems
            .add(problem.at(marker.span).help(format!("write it like this:\n> [!{name}]\n{example}")));
    }

    /// The table that must be a helper's first block, and where the blocks after it begin.
    fn table_of(&self, marker: Marker<'_>) -> Option<(Grid, usize)> {
        let content = self.content(marker);
        let is_table =
            !content.has_inline() && matches!(self.events.tag(content.blocks.0), Some(Tag::Table(_)));
        is_table.then(|| (self.read_table(content.blocks.0), self.events.end_of(content.blocks.0) + 1))
    }

    /// Writes what stands after a helper's table.
    fn write_rest(&mut self, marker: Marker<'_>, from: usize) {
        self.write_range(from, self.events.end_of(marker.quote));
    }

    /// Where names and scores are withheld, writes the note that says so.
    fn write_withheld(&mut self) -> bool {
        let Some(note) = self.settings.withhold.as_deref() else { return false };
        self.out.push(&format!("<p class=\"withheld\"{}>", self.ours));
        self.write_words(note);
        self.out.push("</p>\n");
        true
    }
}

/// What a helper holds, as ranges of events.
struct Content {
    inline: (usize, usize),
    blocks: (usize, usize),
}

impl Content {
    fn has_inline(&self) -> bool {
        self.inline.0 < self.inline.1
    }
}

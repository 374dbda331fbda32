//! Gaps: words in square brackets that readers fill in, `[network name]`, on the pages that have such. The parser takes
//! them for links that lead nowhere, so none is found in code and `\[` keeps a bracket. A row or an item that holds a
//! gap with several answers is written once for each line of its example.

use pulldown_cmark::{BrokenLink, Event, LinkType, Tag};

use super::events::Events;
use super::html::push_clean_escaped;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::form::{Gap, Place, place_of};
use crate::source::Span;
use crate::text::{did_you_mean, list_words};

/// Rows of an example that are shown.
const MAX_EXAMPLE_ROWS: usize = 20;

/// Longer words in brackets are no gap.
const MAX_NAME: usize = 200;

/// Whether what stands in brackets without an address may be a gap, not a footnote, a helper's name or an image.
pub(super) fn may_be_gap(source: &str, link: &BrokenLink<'_>) -> bool {
    let name = link.reference.trim();
    !name.is_empty()
        && name.len() <= MAX_NAME
        && !name.starts_with(['!', '^'])
        && !source[link.span.start.min(source.len())..].starts_with('!')
}

/// The names of the gaps at `index`, with their places; none where something else stands there. Two stand there where
/// one follows the other at once: `[first][second]`.
pub(super) fn gaps_at(events: &Events<'_>, index: usize) -> Option<Vec<(String, Span)>> {
    let Tag::Link { link_type, dest_url, .. } = events.tag(index)? else { return None };
    let words = events.plain_text(index + 1, events.end_of(index));
    let span = events.span(index);
    match link_type {
        LinkType::ShortcutUnknown | LinkType::CollapsedUnknown => Some(vec![(words, span)]),
        LinkType::ReferenceUnknown => Some(vec![(words, span), (dest_url.to_string(), span)]),
        _ => None,
    }
}

/// The gap for each of whose answers the item or row in `from..to` is repeated: one whose columns are named in it, or
/// one with several names that stands alone there.
pub(super) fn repeated_for(events: &Events<'_>, gaps: &[Gap], from: usize, to: usize) -> Option<usize> {
    let mut index = from;
    let mut alone = None;
    let mut is_alone = true;
    while index < to {
        if let Some(found) = gaps_at(events, index) {
            for place in found.iter().filter_map(|(name, _)| place_of(gaps, name)) {
                if place.column.is_some() {
                    return Some(place.gap);
                }
                is_alone = is_alone && alone.is_none();
                alone = Some(place.gap);
            }
            index = events.end_of(index) + 1;
            continue;
        }
        match events.event(index) {
            Event::Text(text) | Event::Code(text) if !text.trim().is_empty() => is_alone = false,
            Event::Start(Tag::List(_)) => break,
            _ => {}
        }
        index += 1;
    }
    alone.filter(|gap| is_alone && gaps[*gap].is_list())
}

/// The message for brackets that no gap is declared for.
pub fn undeclared(name: &str, gaps: &[Gap], span: Span) -> Diagnostic {
    let column_of = name.split_once(':').and_then(|(gap, _)| place_of(gaps, gap));
    if let Some(place) = column_of {
        let gap = &gaps[place.gap];
        let columns = gap.columns();
        let (why, help) = if columns.is_empty() {
            ("its type has no columns".to_string(), format!("write [{}]", gap.name))
        } else {
            let written: Vec<String> =
                columns.iter().map(|column| format!("[{}: {}]", gap.name, column.to_lowercase())).collect();
            ("it is not one of its columns".to_string(), format!("write {}", list_words(&written, "or")))
        };
        let message = format!(
            "the gap `{}` has no `{}`: {why}",
            gap.name,
            name[gap.name.len()..].trim_matches([':', ' '])
        );
        return Diagnostic::error("undeclared-gap", message).at(span).help(help);
    }
    let near = did_you_mean(name, gaps.iter().map(|gap| gap.name.as_str()));
    let to_declare = format!(
        "add the line - gap: {name} under gaps: in the front matter, or write \\[ for a bracket that readers see"
    );
    let message = format!("no gap `{name}` is declared, so readers could not fill it in");
    let problem = if gaps.is_empty() {
        Diagnostic::warning("undeclared-gap", message)
    } else {
        Diagnostic::error("undeclared-gap", message)
    };
    let help = near.map_or_else(|| to_declare.clone(), |near| format!("{near} otherwise {to_declare}"));
    problem.at(span).help(help)
}

impl Writer<'_> {
    /// Writes the gaps at `index`, if any stand there, and gives the index to go on from.
    pub(super) fn write_gaps(&mut self, index: usize) -> Option<usize> {
        let gaps = self.settings.gaps?;
        let events = self.events;
        let found = gaps_at(events, index)?;
        for (name, span) in found {
            if let Some(place) = place_of(gaps, &name) {
                self.write_gap(&gaps[place.gap], place);
            } else {
                self.problems.add(undeclared(&name, gaps, span));
                self.write_words(&format!("[{name}]"));
            }
            self.check_around(span);
        }
        Some(events.end_of(index) + 1)
    }

    fn write_gap(&mut self, gap: &Gap, place: Place) {
        let row = self.example_row.filter(|(repeated, _)| *repeated == place.gap).map(|(_, row)| row);
        let (open, words) = gap.on_sheet(place, row);
        self.out.push(&open);
        self.write_words(&words);
        self.out.push("</span>");
    }

    /// Writes the item at `index` once for each line of an example, if it is repeated.
    pub(super) fn write_repeated_item(&mut self, index: usize) -> bool {
        let Some(gaps) = self.settings.gaps else { return false };
        let end = self.events.end_of(index);
        let Some(gap) = repeated_for(self.events, gaps, index + 1, end) else { return false };
        self.repeat(gap, |writer| {
            let mut open = String::from("<li data-rows=\"");
            push_clean_escaped(&mut open, &gaps[gap].key);
            open.push_str("\">");
            writer.open(&open, "</li>\n");
            writer.write_range(index + 1, end);
            writer.close_ours();
        });
        true
    }

    /// Calls `write` once for each line of a gap's example, and at least once.
    pub(super) fn repeat(&mut self, gap: usize, mut write: impl FnMut(&mut Self)) {
        let count = self.settings.gaps.map_or(1, |gaps| gaps[gap].example_rows().len());
        let outer = self.example_row;
        for row in 0..count.clamp(1, MAX_EXAMPLE_ROWS) {
            self.example_row = Some((gap, row));
            write(self);
        }
        self.example_row = outer;
    }

    /// A gap in the words of a link keeps the link from being one.
    fn check_around(&mut self, span: Span) {
        let source = self.events.source;
        let rest = source[span.end as usize..].split(['\n', '[']).next().unwrap_or("");
        let line = source[..span.start as usize].rsplit('\n').next().unwrap_or("");
        let is_open = line.rfind('[').is_some_and(|open| !line[open..].contains(']'));
        if is_open && rest.contains("](") {
            let problem = Diagnostic::error(
                "gap-in-link",
                "a gap stands in the words of a link, which cannot hold one, so readers would see the link's brackets",
            );
            self.problems.add(problem.at(span).help("put the gap before or after the link"));
        }
    }

    /// A gap in an image's words, in an address or in code is not filled in.
    pub(super) fn check_gaps_in_image(&mut self, index: usize) {
        if self.settings.gaps.is_none() {
            return;
        }
        let events = self.events;
        let end = events.end_of(index);
        if (index + 1..end).any(|inner| gaps_at(events, inner).is_some()) {
            let problem = Diagnostic::error(
                "gap-in-link",
                "a gap stands in the words for an image, which cannot be filled in",
            );
            self.problems.add(
                problem
                    .at(events.span(index))
                    .help("say in the image's words what it shows, without the gap"),
            );
        }
    }

    /// Reports declared gaps in text that is shown or used as it was typed.
    pub(super) fn check_gaps_in(&mut self, text: &str, what: &str, span: Span) {
        let Some(gaps) = self.settings.gaps else { return };
        if !text.contains('[') && !text.contains("%5B") {
            return;
        }
        let decoded = text.replace("%5B", "[").replace("%5D", "]").replace("%20", " ");
        let mut names =
            decoded.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(name, _)| name);
        if let Some(name) = names.find(|name| place_of(gaps, name).is_some()) {
            let message = format!("the gap `{name}` stands in {what}, where it is not filled in");
            let problem = Diagnostic::warning("gap-in-code", message).at(span);
            self.problems.add(problem.help(format!("write [{name}] in the running text instead")));
        }
    }
}

//! The parser's events, held together so that an element can be looked at before it is written: every start knows
//! its end.

use std::collections::HashMap;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

use super::gaps::may_be_gap;
use super::html::clean;
use super::limits::max_events;
use crate::source::Span;

/// One event and its place in the body.
pub(super) struct Item<'a> {
    pub(super) event: Event<'a>,
    pub(super) span: Span,
    /// For a start the index of its end.
    end: u32,
}

/// All events of a body.
pub(super) struct Events<'a> {
    pub(super) source: &'a str,
    list: Vec<Item<'a>>,
    /// Where each link definition (`[label]: address`) stands, by its folded label.
    definitions: HashMap<String, Span>,
    /// Whether HTML is shown as text and so belongs to plain text as well.
    shows_html: bool,
    /// Whether the body raised more events than a page may.
    pub(super) cut: bool,
}

impl<'a> Events<'a> {
    pub(super) fn read(source: &'a str, shows_html: bool, has_gaps: bool) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST;
        // What stands in brackets without an address is a gap, where there are such; it keeps its own words.
        let gap = |link: BrokenLink<'a>| {
            (has_gaps && may_be_gap(source, &link)).then(|| (link.reference.clone(), CowStr::Borrowed("")))
        };
        let mut iter = Parser::new_with_broken_link_callback(source, options, Some(gap)).into_offset_iter();
        let limit = max_events(source.len());
        let mut list: Vec<Item<'a>> = Vec::with_capacity((source.len() / 16).max(8));
        let mut open: Vec<usize> = Vec::new();
        let mut cut = false;
        for (event, range) in iter.by_ref() {
            if list.len() >= limit {
                cut = true;
                break;
            }
            match event {
                Event::Start(_) => open.push(list.len()),
                Event::End(_) => {
                    if let Some(start) = open.pop() {
                        list[start].end = list.len() as u32;
                    }
                }
                _ => {}
            }
            list.push(Item { event, span: placed(source, range), end: 0 });
        }
        while let Some(start) = open.pop() {
            list[start].end = list.len() as u32;
            let (event, span) = match &list[start].event {
                Event::Start(tag) => (Event::End(tag.to_end()), list[start].span),
                _ => continue,
            };
            list.push(Item { event, span, end: 0 });
        }
        let definitions = iter
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (folded(label), placed(source, definition.span.clone())))
            .collect();
        Self { source, list, definitions, shows_html, cut }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn event(&self, index: usize) -> &Event<'a> {
        &self.list[index].event
    }

    pub(super) fn span(&self, index: usize) -> Span {
        self.list.get(index).map_or(Span::new(self.source.len(), self.source.len()), |item| item.span)
    }

    /// The first line of a place.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let text = span.of(self.source);
        Span::new(span.start as usize, span.start as usize + text.find('\n').unwrap_or(text.len()))
    }

    /// The index of the end that belongs to the start at `index`; for any other event the index itself.
    pub(super) fn end_of(&self, index: usize) -> usize {
        match self.list[index].event {
            Event::Start(_) => self.list[index].end as usize,
            _ => index,
        }
    }

    pub(super) fn tag(&self, index: usize) -> Option<&Tag<'a>> {
        match self.list.get(index)?.event {
            Event::Start(ref tag) => Some(tag),
            _ => None,
        }
    }

    /// The indexes of the elements (and single events) that stand in `from..to` side by side.
    pub(super) fn siblings(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = from;
        std::iter::from_fn(move || {
            (next < to).then(|| {
                let index = next;
                next = self.end_of(index) + 1;
                index
            })
        })
    }

    /// What a reader hears of `from..to`: text, code and the words for images, with single spaces.
    pub(super) fn plain_text(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for item in &self.list[from..to.min(self.list.len())] {
            match &item.event {
                Event::Text(piece) | Event::Code(piece) => push_spaced(&mut text, piece),
                Event::SoftBreak | Event::HardBreak => push_spaced(&mut text, " "),
                Event::InlineHtml(html) if self.shows_html && !html.starts_with("<!--") => {
                    push_spaced(&mut text, html);
                }
                Event::InlineHtml(html) if html.starts_with("<br") => push_spaced(&mut text, " "),
                _ => {}
            }
        }
        text.truncate(text.trim_end().len());
        clean(&text)
    }

    /// Where a link definition's whole line stands.
    pub(super) fn definition(&self, label: &str) -> Option<Span> {
        self.definitions.get(&folded(label)).copied()
    }
}

fn push_spaced(text: &mut String, piece: &str) {
    for character in piece.chars() {
        if !character.is_whitespace() {
            text.push(character);
        } else if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A range as a span that lies in the text and on characters, whatever the parser says.
fn placed(source: &str, range: std::ops::Range<usize>) -> Span {
    let on_character = |offset: usize| {
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    Span::new(on_character(range.start), on_character(range.end))
}

/// The text of an event that has one.
pub(super) fn text_of<'e, 'a>(event: &'e Event<'a>) -> Option<&'e CowStr<'a>> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => Some(text),
        _ => None,
    }
}

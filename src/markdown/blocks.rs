//! The text of a page as the blocks of a document to be filled in, from the same events as its HTML.

use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::gaps::{gaps_at, repeated_for};
use super::helpers::{condition_of, title_of};
use super::html::clean;
use super::limits::MAX_DEPTH;
use super::links::destination;
use super::writer::Writer;
use super::{RawHtml, ReferenceKind};
use crate::form::{Block, Cell, Gap, Inline, Item, Row, Style, place_of};
use crate::source::Span;

/// What the blocks are made from.
struct Maker<'a, 'w> {
    writer: &'w Writer<'a>,
    gaps: &'w [Gap],
    /// The places of addresses, with the references that they are.
    references: HashMap<Span, u32>,
    /// The places of headings, with their ids.
    headings: HashMap<Span, &'w str>,
    /// Labels of footnotes, in the order of their numbers.
    notes: Vec<String>,
}

/// The blocks of all events; none where the page has no gaps.
pub(super) fn blocks_of(writer: &Writer<'_>) -> Vec<Block> {
    let Some(gaps) = writer.settings.gaps else { return Vec::new() };
    let links = writer.references.iter().enumerate().filter(|(_, link)| link.kind == ReferenceKind::Link);
    let mut maker = Maker {
        writer,
        gaps,
        references: links.map(|(index, link)| (link.span, index as u32)).collect(),
        headings: writer.headings.iter().map(|heading| (heading.span, heading.id.as_str())).collect(),
        notes: Vec::new(),
    };
    let mut blocks = maker.blocks(0, writer.events.len(), 0);
    blocks.extend(maker.footnotes());
    blocks
}

impl Maker<'_, '_> {
    /// The blocks in `from..to`, which holds whole elements.
    fn blocks(&mut self, from: usize, to: usize, depth: usize) -> Vec<Block> {
        let events = self.writer.events;
        let mut blocks = Vec::new();
        // Words that stand in no paragraph, as in the items of a list without blank lines.
        let mut loose: Option<usize> = None;
        let siblings: Vec<usize> = events.siblings(from, to).collect();
        for index in siblings {
            if is_inline(events.event(index)) {
                loose.get_or_insert(index);
                continue;
            }
            if let Some(start) = loose.take() {
                push_paragraph(&mut blocks, self.words(start, index));
            }
            self.push_block(&mut blocks, index, depth);
        }
        if let Some(start) = loose {
            push_paragraph(&mut blocks, self.words(start, to));
        }
        blocks
    }

    fn push_block(&mut self, blocks: &mut Vec<Block>, index: usize, depth: usize) {
        let events = self.writer.events;
        let end = events.end_of(index);
        if depth > MAX_DEPTH {
            return;
        }
        match events.event(index) {
            Event::Start(Tag::Paragraph) => push_paragraph(blocks, self.words(index + 1, end)),
            Event::Start(Tag::Heading { level, .. }) => {
                let words = self.words(index + 1, end);
                if words.is_empty() {
                    return;
                }
                let id = self.headings.get(&events.span(index)).map_or(String::new(), |id| (*id).to_string());
                blocks.push(Block::Heading { level: (*level as u8).max(2), id, words });
            }
            Event::Start(Tag::BlockQuote(_)) => self.push_quote(blocks, index, depth),
            Event::Start(Tag::List(start)) => {
                let start = *start;
                let items: Vec<usize> = events.siblings(index + 1, end).collect();
                let items = items.into_iter().map(|item| self.item(item, depth)).collect();
                blocks.push(Block::List { start, items });
            }
            Event::Start(Tag::Table(_)) => {
                let table = self.table(index);
                blocks.push(table);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let is_drawing = matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("mermaid")));
                let text: String = (index + 1..end).filter_map(|part| text_of(events.event(part))).collect();
                if is_drawing {
                    push_paragraph(
                        blocks,
                        vec![plain("A drawing stands here on the page of this template.")],
                    );
                } else {
                    blocks.push(Block::Code(clean(text.trim_end())));
                }
            }
            Event::Start(Tag::HtmlBlock) if self.writer.settings.raw_html == RawHtml::Escape => {
                let text: String = (index + 1..end).filter_map(|part| text_of(events.event(part))).collect();
                push_paragraph(blocks, vec![plain(clean(text.trim()))]);
            }
            Event::Start(Tag::DefinitionListTitle) => {
                let mut words = self.words(index + 1, end);
                words.iter_mut().for_each(embolden);
                push_paragraph(blocks, words);
            }
            Event::Start(Tag::FootnoteDefinition(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {}
            Event::Rule => blocks.push(Block::Rule),
            Event::Start(_) => blocks.extend(self.blocks(index + 1, end, depth + 1)),
            _ => {}
        }
    }

    fn push_quote(&mut self, blocks: &mut Vec<Block>, index: usize, depth: usize) {
        let end = self.writer.events.end_of(index);
        let Some((marker, after)) = self.writer.marker_of(index) else {
            let inner = self.blocks(index + 1, end, depth + 1);
            blocks.push(Block::Quote { title: None, blocks: inner });
            return;
        };
        let mut inner = Vec::new();
        let end_of_first = self.writer.events.end_of(after.paragraph);
        push_paragraph(&mut inner, self.words(after.words, end_of_first));
        inner.extend(self.blocks(end_of_first + 1, end, depth + 1));
        if let Some(condition) = condition_of(&marker, self.gaps) {
            blocks.push(Block::Clause { condition, blocks: inner });
        } else if let Some(title) = title_of(&marker, self.writer.phrases) {
            blocks.push(Block::Quote { title: Some(title.to_string()), blocks: inner });
        } else if let Some(note) = self.writer.withheld_in(&marker) {
            push_paragraph(blocks, vec![plain(note)]);
        } else {
            blocks.extend(inner);
        }
    }

    fn item(&mut self, index: usize, depth: usize) -> Item {
        let end = self.writer.events.end_of(index);
        Item {
            repeats: repeated_for(self.writer.events, self.gaps, index + 1, end),
            blocks: self.blocks(index + 1, end, depth + 1),
        }
    }

    fn table(&mut self, index: usize) -> Block {
        let grid = self.writer.read_table(index);
        let head: Vec<Cell> =
            grid.columns.iter().map(|column| self.words(column.cell.from, column.cell.to)).collect();
        let rows = grid.rows.iter().map(|row| Row {
            repeats: row
                .iter()
                .find_map(|cell| repeated_for(self.writer.events, self.gaps, cell.from, cell.to)),
            cells: row.iter().map(|cell| self.words(cell.from, cell.to)).collect(),
        });
        let rows = rows.collect();
        Block::Table { head, rows }
    }

    /// Running text in `from..to`.
    fn words(&mut self, from: usize, to: usize) -> Vec<Inline> {
        let mut words = Vec::new();
        self.push_words(&mut words, from, to, Style::default(), 0);
        if let Some(Inline::Text { text, .. }) = words.last_mut() {
            text.truncate(text.trim_end().len());
        }
        words
    }

    fn push_words(&mut self, words: &mut Vec<Inline>, from: usize, to: usize, style: Style, depth: usize) {
        let events = self.writer.events;
        let siblings: Vec<usize> = events.siblings(from, to).collect();
        for index in siblings {
            let inside = (index + 1, events.end_of(index));
            match events.event(index) {
                Event::Text(text) => push_text(words, text, style),
                Event::Code(text) => push_text(words, text, Style { code: true, ..style }),
                Event::SoftBreak => push_text(words, " ", style),
                Event::HardBreak => words.push(Inline::Break),
                Event::TaskListMarker(is_done) => push_text(words, if *is_done { "☑ " } else { "☐ " }, style),
                Event::FootnoteReference(label) => {
                    let number = self.number_of(label);
                    push_text(words, &format!(" (note {number})"), style);
                }
                Event::InlineHtml(html) if html.starts_with("<br") => words.push(Inline::Break),
                Event::InlineHtml(html) if self.writer.settings.raw_html == RawHtml::Escape => {
                    push_text(words, html, style);
                }
                Event::Start(_) if depth > MAX_DEPTH => {}
                Event::Start(tag) => {
                    let inner = match tag {
                        Tag::Strong => Style { bold: true, ..style },
                        Tag::Emphasis => Style { italic: true, ..style },
                        Tag::Strikethrough => Style { struck: true, ..style },
                        Tag::Link { .. } => {
                            self.push_link(words, index, style, depth);
                            continue;
                        }
                        _ => style,
                    };
                    self.push_words(words, inside.0, inside.1, inner, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn push_link(&mut self, words: &mut Vec<Inline>, index: usize, style: Style, depth: usize) {
        let events = self.writer.events;
        if let Some(found) = gaps_at(events, index) {
            for (name, _) in found {
                match place_of(self.gaps, &name) {
                    Some(place) => words.push(Inline::Gap {
                        gap: place.gap,
                        column: place.column,
                        is_capital: place.is_capital,
                        style,
                    }),
                    None => push_text(words, &format!("[{name}]"), style),
                }
            }
            return;
        }
        let mut inner = Vec::new();
        self.push_words(&mut inner, index + 1, events.end_of(index), style, depth + 1);
        let span = destination(events, index).unwrap_or(events.span(index));
        match self.references.get(&span) {
            Some(reference) if !inner.is_empty() => {
                words.push(Inline::Link { reference: *reference, address: None, words: inner });
            }
            _ => words.extend(inner),
        }
    }

    fn number_of(&mut self, label: &str) -> usize {
        let folded = label.to_lowercase();
        if let Some(index) = self.notes.iter().position(|note| *note == folded) {
            return index + 1;
        }
        self.notes.push(folded);
        self.notes.len()
    }

    /// The footnotes that were mentioned, in the order of their numbers.
    fn footnotes(&mut self) -> Vec<Block> {
        let events = self.writer.events;
        let mut blocks = Vec::new();
        let mut number = 0;
        while let Some(label) = self.notes.get(number).cloned() {
            number += 1;
            let found = (0..events.len()).find(|index| {
                matches!(events.tag(*index), Some(Tag::FootnoteDefinition(other)) if other.to_lowercase() == label)
            });
            let Some(start) = found else { continue };
            let mut inner = self.blocks(start + 1, events.end_of(start), 0);
            let lead = plain(format!("Note {number}. "));
            match inner.first_mut() {
                Some(Block::Paragraph(words)) => words.insert(0, lead),
                _ => inner.insert(0, Block::Paragraph(vec![lead])),
            }
            if blocks.is_empty() {
                blocks.push(Block::Rule);
            }
            blocks.extend(inner);
        }
        blocks
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::Rule | Event::End(_) | Event::Html(_) => false,
        _ => true,
    }
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    super::events::text_of(event).map(|text| &**text)
}

fn plain(text: impl Into<String>) -> Inline {
    Inline::Text { text: text.into(), style: Style::default() }
}

fn embolden(inline: &mut Inline) {
    match inline {
        Inline::Text { style, .. } | Inline::Gap { style, .. } => style.bold = true,
        Inline::Link { words, .. } => words.iter_mut().for_each(embolden),
        Inline::Break => {}
    }
}

fn push_text(words: &mut Vec<Inline>, more: &str, wanted: Style) {
    let more = clean(more);
    match words.last_mut() {
        Some(Inline::Text { text, style }) if *style == wanted => text.push_str(&more),
        _ => words.push(Inline::Text { text: more, style: wanted }),
    }
}

fn push_paragraph(blocks: &mut Vec<Block>, words: Vec<Inline>) {
    let says_something =
        |inline: &Inline| !matches!(inline, Inline::Text { text, .. } if text.trim().is_empty());
    if words.iter().any(says_something) {
        blocks.push(Block::Paragraph(words));
    }
}

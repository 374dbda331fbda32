//! The text of the document: `word/document.xml`.

use std::fmt::Write;

use super::super::{Block, Condition, Inline, Item, Numbering};
use super::lists::{self, Ground};
use super::runs::{Look, text_runs};
use super::writer::Writer;
use super::xml;

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Whether paragraphs here have numbers.
    is_numbered: bool,
    /// Where lists stand.
    ground: Ground,
    /// In how many lists it stands.
    depth: u8,
    /// The style of its paragraphs.
    style: &'static str,
    /// How far they stand from the margin, where their style does not say it.
    indent: Option<u32>,
}

impl Place {
    /// The text before the first section.
    pub(super) const START: Self =
        Self { is_numbered: false, ground: Ground::Margin, depth: 0, style: "BodyText", indent: None };

    /// The text of a section.
    const SECTION: Self = Self { is_numbered: true, ground: Ground::Clause, ..Self::START };

    fn paragraph_style(self) -> &'static str {
        if self.is_numbered { "Clause" } else { self.style }
    }
}

impl Writer<'_> {
    /// Blocks one after another. In terms that are quoted by number, paragraphs are numbered from the first section on.
    pub(super) fn blocks(&mut self, blocks: &[Block], place: &mut Place) -> String {
        let mut body = String::new();
        for (index, block) in blocks.iter().enumerate() {
            let introduces = matches!(blocks.get(index + 1), Some(Block::List { .. } | Block::Table { .. }));
            body.push_str(&self.block(block, place, introduces));
        }
        body
    }

    fn block(&mut self, block: &Block, place: &mut Place, introduces: bool) -> String {
        match block {
            Block::Heading { level, words, .. } => self.heading(*level, words, place),
            Block::Paragraph(words) => {
                let keeps = if introduces { "<w:keepNext/>" } else { "" };
                let indent =
                    place.indent.map_or(String::new(), |left| format!(r#"<w:ind w:left="{left}"/>"#));
                self.paragraph(place.paragraph_style(), keeps, &indent, words)
            }
            Block::List { start, items } => self.list(*start, items, *place),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { title, blocks } => self.quote(title.as_deref(), blocks, *place),
            Block::Code(text) => {
                let text = text.trim_end_matches('\n');
                format!(
                    r#"<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr>{}</w:p>"#,
                    text_runs(text, Look::default())
                )
            }
            Block::Rule => r#"<w:p><w:pPr><w:pStyle w:val="Line"/></w:pPr></w:p>"#.to_string(),
            Block::Clause { condition, blocks } => self.clause(condition, blocks, place),
        }
    }

    /// A paragraph: its style, what keeps it together, what its style does not say, and its words.
    pub(super) fn paragraph(&mut self, style: &str, keeps: &str, layout: &str, words: &[Inline]) -> String {
        // A sentence of the template keeps its direction, whatever answer it begins with.
        let is_from_right =
            xml::begins_from_right(&own_words(words)).or_else(|| xml::begins_from_right(&self.plain(words)));
        // The schema wants the direction between the numbering and the indent.
        let bidi = if is_from_right == Some(true) { "<w:bidi/>" } else { "" };
        let words = self.words(words);
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{keeps}{bidi}{layout}</w:pPr>{words}</w:p>"#)
    }

    fn heading(&mut self, level: u8, words: &[Inline], place: &mut Place) -> String {
        self.heading = self.plain(words);
        let level = level.clamp(2, 6) - 1;
        if level == 1 && place.depth == 0 && self.form.numbering == Numbering::Clauses {
            *place = Place::SECTION;
        }
        self.paragraph(&format!("Heading{level}"), "", "", words)
    }

    /// A clause under a condition begins with a line that says so: it must be seen on paper, too.
    fn clause(&mut self, condition: &Condition, blocks: &[Block], place: &mut Place) -> String {
        let (what, it) = match blocks {
            [Block::Heading { .. }, ..] => ("This section stands".to_string(), "it"),
            [Block::Paragraph(_)] => ("The next paragraph stands".to_string(), "it"),
            [_] => ("What follows stands".to_string(), "it"),
            _ if blocks.iter().all(|block| matches!(block, Block::Paragraph(_))) => {
                (format!("The next {} paragraphs stand", blocks.len()), "them")
            }
            _ => (format!("The next {} paragraphs, lists or tables stand", blocks.len()), "them"),
        };
        let words = format!("{what} {}; delete {it} otherwise.", self.condition_words(condition));
        let mut content = format!(
            r#"<w:p><w:pPr><w:pStyle w:val="Instruction"/></w:pPr>{}</w:p>"#,
            text_runs(&words, Look::default())
        );
        content.push_str(&self.blocks(blocks, place));
        self.clause_control(condition, &content)
    }

    fn quote(&mut self, title: Option<&str>, blocks: &[Block], place: Place) -> String {
        let style = if title.is_some() { "Note" } else { "Quote" };
        let mut inside = Place { is_numbered: false, style, ..place };
        let title = title.map_or(String::new(), |title| {
            format!(
                r#"<w:p><w:pPr><w:pStyle w:val="NoteTitle"/></w:pPr>{}</w:p>"#,
                text_runs(title, Look::default())
            )
        });
        format!("{title}{}", self.blocks(blocks, &mut inside))
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], place: Place) -> String {
        let instance = self.lists.begin(start, place.ground, place.depth);
        let name = if start.is_some() { "ListNumber" } else { "ListBullet" };
        let style = match place.depth {
            0 => name.to_string(),
            // The styles end at the fifth; the level of the numbering goes on.
            depth => format!("{name}{}", depth.min(4) + 1),
        };
        let level = lists::level(place.depth);
        let mut inside = Place {
            is_numbered: false,
            depth: place.depth.saturating_add(1),
            style: "ListContinue",
            indent: Some(lists::indent(place.ground, place.depth)),
            ..place
        };
        let mut list = String::new();
        for item in items {
            let (first, rest) = match item.blocks.split_first() {
                Some((Block::Paragraph(words), rest)) => (words.as_slice(), rest),
                _ => (Default::default(), item.blocks.as_slice()),
            };
            let numbering =
                format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>"#);
            let mut content = self.paragraph(&style, &numbering, "", first);
            let _ = write!(content, "{}", self.blocks(rest, &mut inside));
            list.push_str(&match item.repeats {
                Some(gap) => self.repeated(gap, &content),
                None => content,
            });
        }
        list
    }
}

/// What a paragraph says itself, without what stands in its gaps.
fn own_words(words: &[Inline]) -> String {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Link { words, .. } => own_words(words),
            Inline::Gap { .. } | Inline::Break => String::new(),
        })
        .collect()
}

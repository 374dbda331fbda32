//! A form as Markdown: a file that reads well as it is, and that `CommonMark` with the tables of GitHub reads back with the
//! same words, whatever was answered.

mod escape;

use super::pattern::{
    self, Format, Pattern, Spot, bracketed, cleaned, is_lone_clause, one_line, says_anything, when,
};
use super::{Answers, Block, Cell, Condition, Form, Inline, Item, Numbering, Row};

pub(super) use escape::push_escaped_words;
use escape::{begins_apart, ends_apart, link_address, merged, push_code, reads_as_brackets, style_signs};

/// The document as Markdown, with the answers in their places.
pub fn markdown(form: &Form, answers: &Answers) -> String {
    let filled = pattern::fill(&markdown_pattern(form), form, answers, Format::Markdown);
    format!("{}\n", filled.trim_end())
}

/// The document as Markdown with places for the answers.
pub fn markdown_pattern(form: &Form) -> String {
    let mut writer = Writer {
        form,
        pattern: Pattern::default(),
        prefix: String::new(),
        list_before: None,
        is_in_rows: false,
    };
    if !form.title.is_empty() {
        writer.pattern.push("# ");
        writer.words(&form.title, "<br>");
        writer.pattern.push("\n\n");
    }
    let version = one_line(form.version.trim());
    if !version.is_empty() {
        let mut words = String::from("Version ");
        push_escaped_words(&mut words, &version, false);
        writer.pattern.push(&format!("{words}\n\n"));
    }
    writer.blocks(&form.blocks, true);
    writer.pattern.finish()
}

struct Writer<'a> {
    form: &'a Form,
    pattern: Pattern,
    /// What every line begins with: `> ` in a quotation, spaces in an item.
    prefix: String,
    /// Whether the list just before had the other sign; neighbours with one sign would be one list.
    list_before: Option<bool>,
    is_in_rows: bool,
}

impl Writer<'_> {
    fn line(&mut self) {
        self.pattern.push("\n");
        let prefix = self.prefix.clone();
        self.pattern.push(&prefix);
    }

    /// Ends a block; what follows stands apart from it.
    fn apart(&mut self) {
        self.line();
        self.line();
    }

    fn blocks(&mut self, blocks: &[Block], is_top: bool) {
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            if is_lone_clause(blocks, index)
                && let Some(Block::Clause { condition, blocks: inner }) = blocks.get(index + 1)
            {
                self.clause(condition);
                self.block(block, is_top);
                self.blocks(inner, is_top);
                self.pattern.end_clause();
                index += 2;
                continue;
            }
            self.block(block, is_top);
            index += 1;
        }
    }

    fn clause(&mut self, condition: &Condition) {
        let mut note = Pattern::default();
        let mut words = String::from("*");
        push_escaped_words(&mut words, &when(self.form, condition), false);
        note.push(&format!("{words}:*\n{0}\n{0}", self.prefix));
        self.pattern.clause(self.form, condition, &note.finish());
    }

    fn block(&mut self, block: &Block, is_top: bool) {
        if !matches!(block, Block::List { .. } | Block::Clause { .. }) {
            self.list_before = None;
        }
        match block {
            Block::Heading { level, words, .. } => {
                self.pattern.push(&"#".repeat(usize::from((*level).clamp(2, 6))));
                self.pattern.push(" ");
                match (self.form.numbering, *level) {
                    (Numbering::Nothing, _) => {}
                    (_, 0..=2) if is_top => {
                        self.pattern.section_number();
                        self.pattern.push(". ");
                    }
                    (Numbering::Headings, 3) if is_top => {
                        self.pattern.paragraph_number();
                        self.pattern.push(" ");
                    }
                    _ => {}
                }
                self.words(words, "<br>");
                self.apart();
            }
            Block::Paragraph(words) if !says_anything(words) => {}
            Block::Paragraph(words) => {
                if is_top && self.form.numbering == Numbering::Clauses {
                    self.pattern.paragraph_number();
                    self.pattern.push(" ");
                }
                let line_break = format!("\\\n{}", self.prefix);
                self.words(words, &line_break);
                self.apart();
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { title, blocks } => {
                self.pattern.push("> ");
                let outer = self.prefix.len();
                self.prefix.push_str("> ");
                if let Some(title) = title {
                    let mut words = String::new();
                    push_escaped_words(&mut words, &one_line(title), false);
                    self.pattern.push(&format!("<strong>{words}</strong>"));
                    self.apart();
                }
                self.blocks(blocks, false);
                self.prefix.truncate(outer);
                self.apart();
            }
            Block::Code(text) => {
                let text = cleaned(text);
                let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
                let fence = "`".repeat(longest.max(2) + 1);
                self.pattern.push(&fence);
                for line in text.trim_end_matches('\n').split('\n') {
                    self.line();
                    self.pattern.push(line);
                }
                self.line();
                self.pattern.push(&fence);
                self.apart();
            }
            Block::Rule => {
                self.pattern.push("___");
                self.apart();
            }
            Block::Clause { condition, blocks } => {
                self.clause(condition);
                self.blocks(blocks, is_top);
                self.pattern.end_clause();
            }
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let is_other = self.list_before == Some(false);
        let is_tight = items.iter().all(|item| match item.blocks.as_slice() {
            [] | [Block::Paragraph(_)] => true,
            [Block::Paragraph(_), Block::List { start, items }] => can_follow_at_once(*start, items),
            _ => false,
        });
        for (item, number) in items.iter().zip(start.unwrap_or_default()..) {
            let sign = match (start, is_other) {
                // No more than nine digits make a number of a list.
                (Some(_), false) => format!("{}. ", number % 1_000_000_000),
                (Some(_), true) => format!("{}) ", number % 1_000_000_000),
                (None, false) => "- ".to_string(),
                (None, true) => "* ".to_string(),
            };
            let repeats = item.repeats.filter(|_| !self.is_in_rows);
            if let Some(gap) = repeats {
                self.pattern.rows(self.form, gap);
                self.is_in_rows = true;
            }
            self.pattern.push(&sign);
            let outer = self.prefix.len();
            self.prefix.push_str(&" ".repeat(sign.len()));
            self.list_before = None;
            if is_tight {
                for (index, block) in item.blocks.iter().enumerate() {
                    match block {
                        Block::Paragraph(words) => {
                            let line_break = format!("\\\n{}", self.prefix);
                            self.words(words, &line_break);
                        }
                        Block::List { start, items } => {
                            if index > 0 {
                                self.line();
                            }
                            self.list(*start, items);
                        }
                        _ => {}
                    }
                }
            } else {
                // An item whose first line may be empty would end there.
                let begins = item
                    .blocks
                    .iter()
                    .find(|block| !matches!(block, Block::Paragraph(words) if !says_anything(words)));
                if self.is_in_rows || matches!(begins, Some(Block::Clause { .. } | Block::Table { .. })) {
                    self.pattern.push("<!-- -->");
                    self.apart();
                }
                self.blocks(&item.blocks, false);
            }
            self.prefix.truncate(outer);
            self.line();
            if repeats.is_some() {
                self.pattern.end_rows();
                self.is_in_rows = false;
            }
        }
        self.line();
        self.list_before = Some(is_other);
    }

    fn table(&mut self, head: &[Cell], rows: &[Row]) {
        if head.is_empty() {
            return;
        }
        self.row(head, head.len());
        self.line();
        self.pattern.push(&format!("|{}", " --- |".repeat(head.len())));
        self.line();
        for row in rows {
            let repeats = row.repeats.filter(|_| !self.is_in_rows);
            if let Some(gap) = repeats {
                self.pattern.rows(self.form, gap);
                self.is_in_rows = true;
            }
            self.row(&row.cells, head.len());
            self.line();
            if repeats.is_some() {
                self.pattern.end_rows();
                self.is_in_rows = false;
            }
        }
        self.line();
    }

    fn row(&mut self, cells: &[Cell], count: usize) {
        self.pattern.push("|");
        for index in 0..count {
            self.pattern.push(" ");
            self.words(cells.get(index).map_or(&[], Vec::as_slice), "<br>");
            self.pattern.push(" |");
        }
    }

    fn words(&mut self, words: &[Inline], line_break: &str) {
        let mut is_start = true;
        let pieces = merged(words);
        for (index, piece) in pieces.iter().enumerate() {
            let neighbours = (index.checked_sub(1).map(|before| &pieces[before]), pieces.get(index + 1));
            is_start = self.piece(piece, neighbours, is_start, line_break);
        }
    }

    /// Adds a piece of running text; true where what follows may still begin a line, or go on with the number at its
    /// beginning.
    fn piece(
        &mut self,
        piece: &Inline,
        (before, after): (Option<&Inline>, Option<&Inline>),
        is_start: bool,
        line_break: &str,
    ) -> bool {
        match piece {
            Inline::Text { text, style } => {
                let words = text.trim();
                if words.is_empty() {
                    self.pattern.push(if text.is_empty() { "" } else { " " });
                    return is_start;
                }
                if text.starts_with(char::is_whitespace) {
                    self.pattern.push(" ");
                }
                let is_apart = (before.is_none_or(ends_apart) || text != text.trim_start())
                    && (after.is_none_or(begins_apart) || text != text.trim_end());
                let (open, close) = style_signs(*style, is_apart);
                self.pattern.push(&open);
                let mut escaped = String::new();
                if style.code {
                    push_code(&mut escaped, words);
                } else {
                    push_escaped_words(&mut escaped, words, is_start);
                }
                self.pattern.push(&escaped);
                self.pattern.push(&close);
                if text.ends_with(char::is_whitespace) {
                    self.pattern.push(" ");
                }
                is_start && words.chars().all(|letter| letter.is_ascii_digit())
            }
            Inline::Gap { gap, column, is_capital, style } => {
                let is_apart =
                    before.is_none_or(ends_apart) && after.is_none_or(begins_apart) && !self.is_in_rows;
                let (mut open, mut close) = style_signs(*style, is_apart);
                if style.code {
                    open.push_str("<code>");
                    close.insert_str(0, "</code>");
                }
                self.pattern.push(&open);
                let name = bracketed(self.form, *gap, *column);
                let mut empty = String::new();
                if reads_as_brackets(&name, after) {
                    empty = name;
                } else {
                    push_escaped_words(&mut empty, &name, false);
                }
                let place = Spot {
                    gap: *gap,
                    column: *column,
                    is_capital: *is_capital,
                    is_start,
                    is_plain: false,
                    line_break,
                    empty: &empty,
                };
                self.pattern.gap(self.form, place);
                self.pattern.push(&close);
                is_start
            }
            Inline::Link { address, words, .. } => {
                if let Some(address) = address {
                    self.pattern.push("[");
                    self.words(words, line_break);
                    self.pattern.push(&format!("](<{}>)", link_address(address)));
                } else {
                    self.words(words, line_break);
                }
                false
            }
            Inline::Break => {
                if before.is_some() && after.is_some() {
                    self.pattern.push(line_break);
                }
                true
            }
        }
    }
}

/// Whether a list may follow a paragraph without an empty line, as `CommonMark` has it.
fn can_follow_at_once(start: Option<u64>, items: &[Item]) -> bool {
    let first = items.first().and_then(|item| item.blocks.first());
    matches!(start, None | Some(1)) && matches!(first, Some(Block::Paragraph(words)) if says_anything(words))
}

//! A form as an HTML document that stands alone: no script, nothing loaded, its numbers written out, so that it can be
//! opened anywhere and pasted into a message.

use std::fmt::Write as _;

use super::pattern::{self, Format, Pattern, Spot, bracketed, cleaned, is_lone_clause, says_anything, when};
use super::{Answers, Block, Cell, Form, Inline, Item, Numbering, Row, Style};
use crate::text::escape_html;

const STYLES: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.5 Georgia,serif;color:#212b32;background:#fff}\
h1,h2,h3,h4,h5,h6{font-family:Arial,sans-serif;line-height:1.25}table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #d8dde0;padding:.5rem 1rem .5rem 0;text-align:start;vertical-align:top}\
thead{display:table-header-group}blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid #d8dde0}\
.empty,.when{background:#e3edf7;border-bottom:1px dashed #005eb8}.when{padding:.25rem .5rem}\
@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}}";

/// The document as HTML, with the answers in their places.
pub fn html(form: &Form, answers: &Answers) -> String {
    pattern::fill(&html_pattern(form), form, answers, Format::Html)
}

/// The document as HTML with places for the answers.
pub fn html_pattern(form: &Form) -> String {
    let mut writer = Writer { form, pattern: Pattern::default(), is_in_rows: false, is_plain: true };
    let language = escape_html(&cleaned(&form.language));
    writer.pattern.push("<!DOCTYPE html>\n<html lang=\"");
    writer.pattern.push(if language.is_empty() { "en-GB" } else { &language });
    writer.pattern.push("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    writer.words(&form.title);
    writer.is_plain = false;
    let head = "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>";
    writer.pattern.push(&format!("{head}{STYLES}</style>\n</head>\n<body>\n<main>\n"));
    if !form.title.is_empty() {
        writer.element("h1", |writer| writer.words(&form.title));
    }
    let version = typed(form.version.trim());
    if !version.is_empty() {
        writer.pattern.push(&format!("<p>Version {version}</p>\n"));
    }
    writer.blocks(&form.blocks, true);
    writer.pattern.push("</main>\n</body>\n</html>\n");
    writer.pattern.finish()
}

struct Writer<'a> {
    form: &'a Form,
    pattern: Pattern,
    is_in_rows: bool,
    /// Whether no tags may stand here.
    is_plain: bool,
}

impl Writer<'_> {
    fn element(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.pattern.push(&format!("<{name}>"));
        inner(self);
        self.pattern.push(&format!("</{name}>\n"));
    }

    fn blocks(&mut self, blocks: &[Block], is_top: bool) {
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            let lone = if is_lone_clause(blocks, index) { blocks.get(index + 1) } else { None };
            if let Some(Block::Clause { condition, blocks: inner }) = lone {
                self.pattern.clause(self.form, condition, &note(&when(self.form, condition)));
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

    fn block(&mut self, block: &Block, is_top: bool) {
        match block {
            Block::Heading { level, words, .. } => {
                let name = format!("h{}", (*level).clamp(2, 6));
                self.element(&name, |writer| {
                    match (writer.form.numbering, *level) {
                        (Numbering::Nothing, _) => {}
                        (_, 0..=2) if is_top => {
                            writer.pattern.section_number();
                            writer.pattern.push(". ");
                        }
                        (Numbering::Headings, 3) if is_top => {
                            writer.pattern.paragraph_number();
                            writer.pattern.push(" ");
                        }
                        _ => {}
                    }
                    writer.words(words);
                });
            }
            Block::Paragraph(words) if !says_anything(words) => {}
            Block::Paragraph(words) => self.element("p", |writer| {
                if is_top && writer.form.numbering == Numbering::Clauses {
                    writer.pattern.paragraph_number();
                    writer.pattern.push(" ");
                }
                writer.words(words);
            }),
            Block::List { start, items } => self.list(*start, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { title, blocks } => self.element("blockquote", |writer| {
                if let Some(title) = title {
                    writer.pattern.push(&format!("<p><strong>{}</strong></p>\n", typed(title)));
                }
                writer.blocks(blocks, false);
            }),
            Block::Code(text) => self.pattern.push(&format!("<pre><code>{}</code></pre>\n", typed(text))),
            Block::Rule => self.pattern.push("<hr>\n"),
            Block::Clause { condition, blocks } => {
                self.pattern.clause(self.form, condition, &note(&when(self.form, condition)));
                self.blocks(blocks, is_top);
                self.pattern.end_clause();
            }
        }
    }

    /// Adds what is there once for each row of a gap.
    fn repeated(&mut self, gap: Option<usize>, inner: impl FnOnce(&mut Self)) {
        match gap.filter(|_| !self.is_in_rows) {
            Some(gap) => {
                self.pattern.rows(self.form, gap);
                self.is_in_rows = true;
                inner(self);
                self.is_in_rows = false;
                self.pattern.end_rows();
            }
            None => inner(self),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let (open, close) = match start {
            None => ("<ul>\n".to_string(), "</ul>\n"),
            Some(1) => ("<ol>\n".to_string(), "</ol>\n"),
            // No browser counts further.
            Some(start) => (format!("<ol start=\"{}\">\n", start.min(2_147_483_647)), "</ol>\n"),
        };
        self.pattern.push(&open);
        for item in items {
            self.repeated(item.repeats, |writer| {
                writer.element("li", |writer| match item.blocks.as_slice() {
                    [Block::Paragraph(words)] => writer.words(words),
                    [Block::Paragraph(words), list @ Block::List { .. }] => {
                        writer.words(words);
                        writer.block(list, false);
                    }
                    blocks => writer.blocks(blocks, false),
                });
            });
        }
        self.pattern.push(close);
    }

    fn table(&mut self, head: &[Cell], rows: &[Row]) {
        self.pattern.push("<table>\n");
        if !head.is_empty() {
            self.pattern.push("<thead>\n<tr>");
            for cell in head {
                self.pattern.push("<th scope=\"col\">");
                self.words(cell);
                self.pattern.push("</th>");
            }
            self.pattern.push("</tr>\n</thead>\n");
        }
        self.pattern.push("<tbody>\n");
        for row in rows {
            self.repeated(row.repeats, |writer| {
                writer.pattern.push("<tr>");
                for index in 0..head.len().max(row.cells.len()) {
                    writer.pattern.push("<td>");
                    writer.words(row.cells.get(index).map_or(&[], Vec::as_slice));
                    writer.pattern.push("</td>");
                }
                writer.pattern.push("</tr>\n");
            });
        }
        self.pattern.push("</tbody>\n</table>\n");
    }

    fn words(&mut self, words: &[Inline]) {
        for inline in words {
            match inline {
                Inline::Text { text, style } => {
                    let (open, close) = self.tags(*style);
                    self.pattern.push(&format!("{open}{}{close}", typed(text)));
                }
                Inline::Gap { gap, column, is_capital, style } => {
                    let (open, close) = self.tags(*style);
                    self.pattern.push(&open);
                    let name = escape_html(&bracketed(self.form, *gap, *column));
                    let marked = format!("<span class=\"empty\">{name}</span>");
                    let place = Spot {
                        gap: *gap,
                        column: *column,
                        is_capital: *is_capital,
                        is_start: false,
                        is_plain: self.is_plain,
                        line_break: if self.is_plain { " " } else { "<br>" },
                        empty: if self.is_plain { &name } else { &marked },
                    };
                    self.pattern.gap(self.form, place);
                    self.pattern.push(&close);
                }
                Inline::Link { address: Some(address), words, .. } if !self.is_plain => {
                    self.pattern.push(&format!("<a href=\"{}\">", typed(address)));
                    self.words(words);
                    self.pattern.push("</a>");
                }
                Inline::Link { words, .. } => self.words(words),
                Inline::Break => self.pattern.push(if self.is_plain { " " } else { "<br>" }),
            }
        }
    }

    fn tags(&self, style: Style) -> (String, String) {
        let names =
            [(style.bold, "strong"), (style.italic, "em"), (style.struck, "del"), (style.code, "code")];
        let mut both = (String::new(), String::new());
        for (_, name) in names.iter().filter(|(is_set, _)| *is_set && !self.is_plain) {
            let _ = write!(both.0, "<{name}>");
            both.1.insert_str(0, &format!("</{name}>"));
        }
        both
    }
}

/// What somebody typed, as HTML text.
fn typed(text: &str) -> String {
    escape_html(&cleaned(text))
}

fn note(words: &str) -> String {
    format!("<p class=\"when\">{}:</p>\n", escape_html(words))
}

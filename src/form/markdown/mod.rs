//! A document as Markdown, for those who go on with it in a text editor or a repository. Its numbers are Markdown's own:
//! paragraphs have none.

mod escape;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use super::settled::settled;
use super::{Answers, Block, Cell, Form, Inline, Item, Row, Style};
use escape::{clean, code, escaped, in_angles};

/// The document with its answers as Markdown. Gaps without one stay as their names in brackets; clauses that nobody has
/// decided say when they stand.
pub fn markdown(form: &Form, answers: &Answers) -> String {
    let form = settled(form, answers);
    let writer = Writer { form: &form, answers };
    let mut text = format!("# {}\n", writer.line(&form.title));
    let version = form.version.trim();
    if !version.is_empty() {
        let _ = writeln!(text, "\nVersion {}", escaped(version, "Version "));
    }
    let blocks = writer.blocks(&form.blocks);
    if !blocks.is_empty() {
        text.push('\n');
        text.push_str(&blocks);
        text.push('\n');
    }
    text
}

struct Writer<'a> {
    form: &'a Form,
    answers: &'a Answers,
}

impl Writer<'_> {
    /// Blocks with an empty line between each and the next.
    fn blocks(&self, blocks: &[Block]) -> String {
        let mut text = String::new();
        let mut last_list: Option<bool> = None;
        for block in blocks {
            let written = self.block(block);
            if written.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let list = if let Block::List { start, .. } = block { Some(start.is_some()) } else { None };
            // Two lists of one kind would become one.
            if list.is_some() && list == last_list {
                text.push_str("<!-- -->\n\n");
            }
            last_list = list;
            text.push_str(&written);
        }
        text
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, words, .. } => {
                let marks = "#".repeat(usize::from((*level).clamp(2, 6)));
                format!("{marks} {}", self.line(words)).trim_end().to_string()
            }
            Block::Paragraph(words) => self.words(words, "\\\n"),
            Block::List { start, items } => self.list(*start, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { title, blocks } => {
                let mut inside = String::new();
                if let Some(title) = title {
                    inside = format!("**{}**", escaped(title, "**"));
                }
                let blocks = self.blocks(blocks);
                if !inside.is_empty() && !blocks.is_empty() {
                    inside.push_str("\n\n");
                }
                inside.push_str(&blocks);
                prefixed(&inside, "> ", "> ")
            }
            Block::Code(code) => {
                let code = clean(code);
                let longest =
                    code.split(|character| character != '`').map(str::len).max().unwrap_or_default();
                let fence = "`".repeat(longest.max(2) + 1);
                format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n'))
            }
            Block::Rule => "---".to_string(),
            Block::Clause { condition, blocks } => {
                let label = self.form.gaps.get(condition.gap).map_or("", |gap| gap.label.as_str());
                let is = if condition.is_negated { "is not" } else { "is" };
                let when = format!("Only where the answer to “{label}” {is} {}:", condition.answer);
                format!("*{}*\n\n{}", escaped(&when, "*"), self.blocks(blocks))
            }
        }
    }

    fn list(&self, start: Option<u64>, items: &[Item]) -> String {
        // As many digits as Markdown reads.
        let first = start.map(|start| start.min(999_999_000));
        let written: Vec<String> = items
            .iter()
            .zip(0_u64..)
            .map(|(item, index)| {
                let mark = match first {
                    Some(first) => format!("{}. ", first.saturating_add(index).min(999_999_999)),
                    None => "- ".to_string(),
                };
                let indent = " ".repeat(mark.len());
                let inside = self.blocks(&item.blocks);
                prefixed(&inside, &mark, &indent).trim_end().to_string()
            })
            .collect();
        let is_loose = items.iter().any(|item| item.blocks.len() > 1);
        written.join(if is_loose { "\n\n" } else { "\n" })
    }

    fn table(&self, head: &[Cell], rows: &[Row]) -> String {
        let columns = head.len().max(rows.iter().map(|row| row.cells.len()).max().unwrap_or_default());
        if columns == 0 {
            return String::new();
        }
        let row = |cells: &[Cell]| {
            let cells: Vec<String> = (0..columns)
                .map(|column| {
                    let cell = cells.get(column).map(Vec::as_slice).unwrap_or_default();
                    self.words(cell, "<br>").replace('|', "\\|")
                })
                .collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![row(head), format!("|{}", " --- |".repeat(columns))];
        lines.extend(rows.iter().map(|found| row(&found.cells)));
        lines.join("\n")
    }

    fn line(&self, words: &[Inline]) -> String {
        self.words(words, " ")
    }

    /// Running text; `line_break` stands for its line breaks.
    fn words(&self, words: &[Inline], line_break: &str) -> String {
        let mut text = String::new();
        for inline in words {
            match inline {
                Inline::Text { text: words, style } => push_styled(&mut text, words, *style, line_break),
                Inline::Gap { gap, column, is_capital, style } => {
                    match self.form.filling(*gap, *column, *is_capital, self.answers) {
                        Some(filling) => push_styled(&mut text, &filling, *style, line_break),
                        // As it stands in the template, so that the text can become one again.
                        None => text.push_str(&self.bracketed(*gap, *column, *is_capital)),
                    }
                }
                Inline::Link { address, words, .. } => {
                    let inside = self.words(words, " ");
                    match address.as_deref().filter(|_| !inside.trim().is_empty()) {
                        Some(address) => {
                            // An exclamation mark before it would make it an image.
                            if text.ends_with('!') {
                                text.insert(text.len() - 1, '\\');
                            }
                            let _ = write!(text, "[{}](<{}>)", inside.trim(), in_angles(address));
                        }
                        None => text.push_str(&inside),
                    }
                }
                Inline::Break => text.push_str(line_break),
            }
        }
        // A break at the end breaks nothing, and leaves its mark behind.
        let mut rest = text.trim();
        while let Some(shorter) =
            rest.strip_suffix(line_break.trim()).filter(|_| !line_break.trim().is_empty())
        {
            rest = shorter.trim_end();
        }
        rest.to_string()
    }
}

impl Writer<'_> {
    fn bracketed(&self, gap: usize, column: Option<usize>, is_capital: bool) -> String {
        let brackets = self.form.brackets(gap, column, is_capital);
        let name = brackets.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or_default();
        format!("[{}]", escaped(name, "["))
    }
}

/// Words as they read in Markdown, with the marks of their style beside them.
fn push_styled(markdown: &mut String, words: &str, style: Style, line_break: &str) {
    let words = clean(words);
    let lines: Vec<&str> = words.split('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            markdown.push_str(line_break);
        }
        let inside = line.trim();
        if inside.is_empty() {
            if !line.is_empty() && !markdown.ends_with([' ', '\n']) {
                markdown.push(' ');
            }
            continue;
        }
        if line.starts_with(char::is_whitespace) && !markdown.ends_with([' ', '\n']) {
            markdown.push(' ');
        }
        let marks = [(style.bold, "**"), (style.italic, "*"), (style.struck, "~~")];
        let opening: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
        let closing: String = marks.iter().rev().filter(|mark| mark.0).map(|mark| mark.1).collect();
        let line_so_far = markdown.rsplit('\n').next().unwrap_or_default();
        let escaped = match style.code {
            true => code(inside),
            false if opening.is_empty() => escaped(inside, line_so_far),
            false => escaped(inside, "*"),
        };
        let _ = write!(markdown, "{opening}{escaped}{closing}");
        if line.ends_with(char::is_whitespace) {
            markdown.push(' ');
        }
    }
}

/// The first line behind one mark, the others behind another; empty lines have none of their spaces.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(index, line)| {
            let prefix = if index == 0 { first } else { others };
            if line.is_empty() && index > 0 {
                prefix.trim_end().to_string()
            } else {
                format!("{prefix}{line}")
            }
        })
        .collect();
    lines.join("\n")
}

//! A document as Markdown, for those who go on with it in a text editor or a repository. Its numbers are Markdown's own:
//! paragraphs have none.

use super::settled::settled;
use super::{Answers, Block, Cell, Form, Inline, Item, Row, Style};

/// The document with its answers as Markdown. Gaps without one stay as their names in brackets; clauses that nobody has
/// decided say when they stand.
pub fn markdown(form: &Form, answers: &Answers) -> String {
    let form = settled(form, answers);
    let writer = Writer { form: &form, answers };
    let mut text = format!("# {}\n", writer.line(&form.title));
    let version = form.version.trim();
    if !version.is_empty() {
        text.push_str(&format!("\nVersion {}\n", escaped(version, "Version ")));
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
                let longest = code.split(|character| character != '`').map(str::len).max().unwrap_or_default();
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
                            text.push_str(&format!("[{}](<{}>)", inside.trim(), in_angles(address)));
                        }
                        None => text.push_str(&inside),
                    }
                }
                Inline::Break => text.push_str(line_break),
            }
        }
        // A break at the end breaks nothing, and leaves its mark behind.
        let mut rest = text.trim();
        while let Some(shorter) = rest.strip_suffix(line_break.trim()).filter(|_| !line_break.trim().is_empty()) {
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
        markdown.push_str(&format!("{opening}{escaped}{closing}"));
        if line.ends_with(char::is_whitespace) {
            markdown.push(' ');
        }
    }
}

fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// Text with everything that Markdown or HTML would read as something else made harmless; `line` is what stands before
/// it on its line. Spaces stay single.
fn escaped(text: &str, line: &str) -> String {
    let text = one_line(&clean(text));
    let mut markdown = String::with_capacity(text.len() + 8);
    for (index, character) in text.char_indices() {
        let (before, after) = text.split_at(index);
        let is_mark = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '<' => true,
            '#' | '-' | '+' | '=' | '>' => before.is_empty() && line.trim().is_empty(),
            // The number of a list.
            '.' | ')' => is_digits(line.trim(), before),
            // What a name in brackets before it would be read with, as a link or its definition.
            '(' | ':' => before.is_empty() && line.ends_with(']'),
            '&' => is_entity(after),
            _ => false,
        };
        if is_mark {
            markdown.push('\\');
        }
        markdown.push(character);
    }
    markdown
}

fn is_digits(line: &str, before: &str) -> bool {
    let mut bytes = line.bytes().chain(before.bytes()).take(10).peekable();
    bytes.peek().is_some() && bytes.all(|byte| byte.is_ascii_digit())
}

fn is_entity(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let end = name.bytes().take(40).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

fn in_angles(address: &str) -> String {
    address
        .chars()
        .filter(|character| !character.is_control())
        .map(|character| match character {
            '<' => "%3C".to_string(),
            '>' => "%3E".to_string(),
            '\\' => "%5C".to_string(),
            '|' => "%7C".to_string(),
            '&' => "&amp;".to_string(),
            other => other.to_string(),
        })
        .collect()
}

/// The text without controls, every kind of line end a line feed.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| match character {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        })
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n'))
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line behind one mark, the others behind another; empty lines have none of their spaces.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(index, line)| {
            let prefix = if index == 0 { first } else { others };
            if line.is_empty() && index > 0 { prefix.trim_end().to_string() } else { format!("{prefix}{line}") }
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::markdown;
    use crate::form::sample::{self, answers, gap, text};
    use crate::form::{Block, Form, Row};

    /// The headings and cells of a Markdown text.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut headings, mut cells) = (Vec::new(), Vec::new());
        let mut words = String::new();
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Heading { .. } | Tag::TableCell) => words.clear(),
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::InlineHtml(html) if &*html == "<br>" => words.push(' '),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                Event::End(TagEnd::Heading(_)) => headings.push(std::mem::take(&mut words)),
                Event::End(TagEnd::TableCell) => cells.push(std::mem::take(&mut words)),
                Event::Html(html) | Event::InlineHtml(html) => panic!("markup: {html}"),
                _ => {}
            }
        }
        (headings, cells)
    }

    #[test]
    fn the_document_reads_as_markdown() {
        let text = markdown(&sample::form(), &answers());
        let beginning = "# Terms of reference of North Example Imaging Network\n\nVersion 1.2\n\n> **Note**\n>\n> Words in square";
        assert!(text.starts_with(beginning), "{text}");
        for part in [
            "\n\n2. what it would take to change them:\n\n   - people\n   - money, systems and time\n\n   with what each",
            "as [the guidance on **governance**](<https://example.org/governance?a=1&amp;b=two words>) says. Files are named `minutes-2027.docx`.\\\nNothing *~~else~~* is.",
            "| Name | Role | Organisation |\n| --- | --- | --- |\n| Dr A. Example | Chair | North Example Hospitals |\n",
            "- North Example Hospitals\n- East Example Trust\n- West Example Trust\n",
            "\n```\nBoard\n  Workstream <A & B>\n\tGroup\n```\n\n---\n",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn what_nobody_answered_stays_in_brackets() {
        let text = markdown(&sample::form(), &[]);
        assert!(text.starts_with("# Terms of reference of [network name]\n"), "{text}");
        assert!(text.contains("*Only where the answer to “Network holds money” is not Yes:*\n\nEach trust"), "{text}");
        let form = Form { blocks: vec![Block::Paragraph(vec![gap(0), text_inline("(here)")])], ..sample::form() };
        assert!(markdown(&form, &[]).ends_with("\n\n[network name]\\(here)\n"));
    }

    fn text_inline(words: &str) -> crate::form::Inline {
        text(words)
    }

    proptest! {
        #[test]
        fn headings_and_cells_are_read_back(
            heading in "\\PC{0,30}", cell in "\\PC{0,30}", marks in "[-#>*_`|<&;a1.()! +=~:\\[\\]\\\\]{0,16}",
        ) {
            let blocks = vec![
                Block::Paragraph(vec![text(&marks)]),
                Block::Heading { level: 2, id: String::new(), words: vec![text("H "), text(&heading), gap(0)] },
                Block::Table {
                    head: vec![vec![text("Head")]],
                    rows: vec![
                        Row { repeats: None, cells: vec![vec![text(&cell)]] },
                        Row { repeats: None, cells: vec![vec![text(&marks), gap(0)]] },
                    ],
                },
                Block::Heading { level: 3, id: String::new(), words: vec![text("I "), text(&marks)] },
            ];
            let form = Form { title: vec![text("T "), text(&marks)], blocks, ..sample::form() };
            let name = Some(heading.clone());
            let (headings, cells) = read(&markdown(&form, &[name]));
            let squeezed = |text: String| text.split_whitespace().collect::<String>();
            let filled = if heading.trim().is_empty() { "[network name]" } else { heading.trim() };
            prop_assert_eq!(
                headings.into_iter().map(squeezed).collect::<Vec<_>>(),
                [format!("T{marks}"), format!("H{heading}{filled}"), format!("I{marks}")].map(squeezed)
            );
            prop_assert_eq!(
                cells.into_iter().map(squeezed).collect::<Vec<_>>(),
                ["Head".to_string(), cell, format!("{marks}{filled}")].map(squeezed)
            );
        }
    }
}

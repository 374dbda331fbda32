//! What was meant as a table, a list, a heading or a link and is none in Markdown, such as what comes out of Word and
//! Excel: readers would see it as it was typed, run together into one paragraph.

use pulldown_cmark::Tag;

use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Signs by which Word begins the items of a list.
const BULLETS: [char; 7] = ['•', '·', '●', '▪', '◦', '‣', '\u{f0b7}'];

/// A line of a paragraph without the signs of quotations before it, and its first byte in the body.
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl Line<'_> {
    fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// What stands between tabs, if more than one thing does.
    fn tabbed(&self) -> Option<Vec<&str>> {
        let cells: Vec<&str> = self.text.split('\t').map(str::trim).collect();
        (cells.len() > 1 && !self.text.starts_with(BULLETS)).then_some(cells)
    }

    /// What stands between bars, if the line begins with one.
    fn barred(&self) -> Option<Vec<&str>> {
        let inner = self.text.strip_prefix('|')?;
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        Some(inner.split('|').map(str::trim).collect())
    }
}

impl Writer<'_> {
    /// Looks at every paragraph.
    pub(super) fn find_as_typed(&mut self) {
        let events = self.events;
        for index in 0..events.len() {
            if matches!(events.tag(index), Some(Tag::Item)) {
                self.find_links_in_item(index);
            }
            if !matches!(events.tag(index), Some(Tag::Paragraph)) {
                continue;
            }
            let span = events.span(index);
            let lines = lines_of(events.source, span);
            if let Some(problem) = table_after_blank(events.source, &lines).or_else(|| table(&lines)) {
                self.problems.add(problem);
                continue;
            }
            let found = lines.iter().filter_map(|line| item(line).or_else(|| heading(line)));
            // A list of Word's is one slip, however long it is.
            if let Some(problem) = found.into_iter().next() {
                self.problems.add(problem);
            }
            for problem in lines.iter().flat_map(links) {
                self.problems.add(problem);
            }
        }
    }

    /// The words of an item are no paragraph unless blank lines part the items.
    fn find_links_in_item(&mut self, index: usize) {
        let events = self.events;
        let is_block = |child: &usize| {
            matches!(
                events.tag(*child),
                Some(Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_))
            )
        };
        let Span { start, end } = events.span(index);
        let block = events.siblings(index + 1, events.end_of(index)).find(is_block);
        let own = Span { start, end: block.map_or(end, |block| events.span(block).start.max(start)) };
        for problem in lines_of(events.source, own).iter().flat_map(links) {
            self.problems.add(problem);
        }
    }
}

fn lines_of(source: &str, span: Span) -> Vec<Line<'_>> {
    let mut start = span.start as usize;
    let Some(text) = source.get(start..span.end as usize) else { return Vec::new() };
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_start_matches(['>', ' ']);
        lines.push(Line { text: line.trim_end(), start: start + whole.len() - line.len() });
        start += whole.len();
    }
    lines
}

fn as_typed(span: Span, message: &str, help: String) -> Diagnostic {
    Diagnostic::warning("shown-as-typed", message).at(span).help(help)
}

/// Columns with tabs between them, as they come out of Excel, or with bars and without the line below the first.
fn table(lines: &[Line<'_>]) -> Option<Diagnostic> {
    let [first, second, ..] = lines else { return None };
    let (cells, next, message) = match (first.tabbed(), second.tabbed(), first.barred(), second.barred()) {
        (Some(cells), Some(next), ..) => {
            (cells, next, "columns with tabs between them are not a table, so readers see them run together")
        }
        (_, _, Some(cells), Some(next)) => {
            (cells, next, "a table needs a line of dashes below its first line, so readers see its bars")
        }
        _ => return None,
    };
    let row = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let help =
        format!("write it like this:\n{}\n{}\n{}", row(&cells), row(&vec!["---"; cells.len()]), row(&next));
    Some(as_typed(first.span(), message, help))
}

/// Rows with a blank line above them, where the line of dashes should stand or a table was to go on.
fn table_after_blank(source: &str, lines: &[Line<'_>]) -> Option<Diagnostic> {
    let first = lines.first()?;
    let cells = first.barred().filter(|cells| cells.len() > 1)?;
    let before = source.get(..first.start)?;
    let mut start = before.rfind('\n')? + 1;
    let mut above = before[..start].split_inclusive('\n').rev().map(|whole| {
        start -= whole.len();
        let text = whole.trim_start_matches(['>', ' ']);
        Line { text: text.trim_end(), start: start + whole.len() - text.len() }
    });
    above.next().filter(|line| line.text.is_empty())?;
    let header = above.next()?;
    let names = header.barred().filter(|names| names.len() == cells.len())?;
    if let Some(row) = above.next().filter(|line| line.barred().is_some()) {
        let mut block = above.take_while(|line| line.barred().is_some());
        let is_table = is_dashes(&row) || is_dashes(&header) || block.any(|line| is_dashes(&line));
        let message = "a blank line ends the table above, so readers see these rows as they were typed";
        return is_table
            .then(|| as_typed(first.span(), message, "take out the blank line above this one".into()));
    }
    let next = if is_dashes(first) { lines.get(1)?.barred()? } else { cells };
    let row = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let (names, dashes, next) = (row(&names), row(&vec!["---"; names.len()]), row(&next));
    let message = "a table needs a line of dashes below its first line, and a blank line stands there, so readers see its bars";
    Some(as_typed(header.span(), message, format!("write it like this:\n{names}\n{dashes}\n{next}")))
}

/// `| --- | :-: |`
fn is_dashes(line: &Line<'_>) -> bool {
    line.text.contains('-') && line.text.chars().all(|sign| "|-: ".contains(sign))
}

/// `• An item`.
fn item(line: &Line<'_>) -> Option<Diagnostic> {
    let sign = line.text.chars().next().filter(|first| BULLETS.contains(first))?;
    let words = line.text[sign.len_utf8()..].trim_start();
    let message =
        format!("a line that begins with `{sign}` is not an item of a list, so readers see a paragraph");
    let help = format!("begin each item with a hyphen and a space: - {words}");
    (!words.is_empty()).then(|| as_typed(line.span(), &message, help))
}

/// `##Problem`. One sign alone may be a hashtag or a number.
fn heading(line: &Line<'_>) -> Option<Diagnostic> {
    let words = line.text.trim_start_matches('#');
    let signs = line.text.len() - words.len();
    let is_meant = (2..=6).contains(&signs) && words.starts_with(char::is_alphabetic);
    is_meant.then(|| {
        let message = "a heading needs a space after its signs, so readers see the signs";
        as_typed(line.span(), message, format!("write {} {words}", &line.text[..signs]))
    })
}

/// `[the form](the form.docx)`: an address ends at a space.
fn links<'a>(line: &'a Line<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    line.text.match_indices("](").filter_map(|(middle, _)| link(line, middle))
}

fn link(line: &Line<'_>, middle: usize) -> Option<Diagnostic> {
    let open = line.text[..middle].rfind('[')?;
    let is_image = line.text[..open].ends_with('!');
    let open = if is_image { open - 1 } else { open };
    let address = &line.text[middle + 2..];
    let address = &address[..closing_bracket(address)?];
    let is_file = address.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=4).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric)
    });
    let is_meant = address.contains(' ') && is_file && !address.contains(['"', '\'', '<', '`']);
    let is_code = line.text[..open].matches('`').count() % 2 == 1;
    (is_meant && !is_code).then(|| {
        let words = &line.text[open..=middle];
        let end = middle + 2 + address.len() + 1;
        let help = if is_on_a_drive(address) {
            let name = address.rsplit(['/', '\\']).next().unwrap_or(address);
            let name = if name.contains(' ') { format!("<{name}>") } else { name.to_string() };
            format!("copy the file beside the page and write {words}({name})")
        } else {
            let address = address.replace('\\', "/");
            format!("write {words}(<{address}>), or take the spaces out of the file's name")
        };
        let span = Span::new(line.start + open, line.start + end);
        if is_image {
            let message = "an image's address cannot hold a space, so readers see the brackets and no image";
            Diagnostic::error("image-as-typed", message).at(span).help(help)
        } else {
            as_typed(span, "a link's address cannot hold a space, so readers see the brackets", help)
        }
    })
}

/// Where the bracket closes that was opened before this text: names of files hold pairs of them, `scan (1).png`.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(index, character)| {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(index),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// `C:\Users\me\plan.docx`, or the same as a browser writes it.
fn is_on_a_drive(address: &str) -> bool {
    let drive = address.split_once(':').is_some_and(|(drive, rest)| {
        drive.len() == 1 && drive.starts_with(char::is_alphabetic) && rest.starts_with(['/', '\\'])
    });
    drive || address.starts_with("file:") || address.starts_with("\\\\")
}

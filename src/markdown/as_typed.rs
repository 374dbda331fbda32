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
            if !matches!(events.tag(index), Some(Tag::Paragraph)) {
                continue;
            }
            let span = events.span(index);
            let lines = lines_of(events.source, span);
            if let Some(problem) = table(&lines) {
                self.problems.add(problem);
                continue;
            }
            let found = lines.iter().filter_map(|line| item(line).or_else(|| heading(line)));
            // A list of Word's is one slip, however long it is.
            if let Some(problem) = found.into_iter().next() {
                self.problems.add(problem);
            }
            for problem in lines.iter().filter_map(link) {
                self.problems.add(problem);
            }
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
fn link(line: &Line<'_>) -> Option<Diagnostic> {
    let middle = line.text.find("](")?;
    let open = line.text[..middle].rfind('[')?;
    let address = &line.text[middle + 2..];
    let address = &address[..address.find(')')?];
    let is_file = address.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=4).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric)
    });
    let is_meant = address.contains(' ') && is_file && !address.contains(['"', '\'', '<', '`']);
    let is_code = line.text[..open].matches('`').count() % 2 == 1;
    (is_meant && !is_code).then(|| {
        let words = &line.text[open..=middle];
        let end = middle + 2 + address.len() + 1;
        as_typed(
            Span::new(line.start + open, line.start + end),
            "a link's address cannot hold a space, so readers see the brackets",
            format!("write {words}(<{address}>), or take the spaces out of the file's name"),
        )
    })
}

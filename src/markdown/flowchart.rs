//! A fence of Mermaid in a page's text: drawn where it stands, with its steps below, and its mistakes at their places.

use pulldown_cmark::Event;

use super::ReferenceKind;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::pathway::layout::Options as Arranged;
use crate::pathway::{draw, parse, steps::Steps, told};
use crate::source::Span;

/// Steps and links that the drawings of one page may have together; a further drawing stays as text.
const MAX_DRAWN: usize = 2_000;

/// Stands around the number of a link in the steps until its hole is made; no text holds this character.
const MARK: char = '\u{1}';

impl Writer<'_> {
    /// Draws the flowchart of the fence that starts at `index`; false where it is left to be shown as text.
    pub(super) fn write_flowchart(&mut self, index: usize, code: &str) -> bool {
        let parsed = parse(code, 0);
        let pieces = self.pieces_of(index);
        let whole = self.events.first_line(self.events.span(index));
        for mut problem in parsed.problems {
            problem.span = Some(problem.span.and_then(|span| placed(span, &pieces)).unwrap_or(whole));
            for label in &mut problem.labels {
                label.span = placed(label.span, &pieces).unwrap_or(whole);
            }
            self.problems.add(problem);
        }
        let Some(chart) = parsed.chart else { return false };
        let size = chart.nodes.len() + chart.edges.len();
        if self.drawn + size > MAX_DRAWN {
            let problem = Diagnostic::warning(
                "flowchart-many-steps",
                format!(
                    "the drawings of this page have more than {MAX_DRAWN} steps and links, so this one is shown as text"
                ),
            );
            self.problems.add(problem.at(whole).help("divide the page, or make pathways of them"));
            return false;
        }
        self.drawn += size;
        self.drawings += 1;
        let prefix = format!("to:drawing-{}", self.drawings);
        let options = draw::Options { prefix: &prefix, ..draw::Options::default() };
        let layout = self.settings.layouts.layout(&chart, Arranged::default());
        let svg = draw::svg(&chart, &layout, &options);
        let links: Vec<&str> = chart.links().map(|link| link.href.as_str()).collect();
        let number = |href: &str| links.iter().position(|link| *link == href);
        let mark = |href: &str| Some(format!("{MARK}{}{MARK}", number(href)?));
        let steps = told::html(&chart, &Steps::new(&chart), &prefix, &mark);
        // The words of a drawing are English, and the page may not be.
        self.out.push("<figure class=\"drawing\"><div class=\"drawing-box\" id=\"");
        self.out.push(&prefix);
        self.out.push("-box\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.out.push_text(chart.title.as_deref().unwrap_or("Drawing"));
        self.out.push("\">\n");
        self.out.push(&svg);
        self.out.push("</div>\n<p class=\"drawing-links\"><a class=\"drawing-open\" href=\"#");
        self.out.push(&prefix);
        self.out.push("-box\"");
        self.out.push(&self.ours.clone());
        self.out.push(">");
        self.out.push(self.phrases.show_drawing);
        self.out.push("</a></p></figure>\n<div class=\"pathway-steps\">");
        let (begin, end) = (format!(" href=\"{MARK}"), format!("{MARK}\""));
        let mut parts = steps.split(begin.as_str());
        self.out.push(parts.next().unwrap_or(""));
        for part in parts {
            let (link, rest) = part.split_once(end.as_str()).unwrap_or(("", part));
            if let Some(link) = link.parse::<usize>().ok().and_then(|number| chart.links().nth(number)) {
                let span = placed(link.span, &pieces).unwrap_or(whole);
                let reference = self.refer(ReferenceKind::Link, &link.href, String::new(), span);
                self.out.push_hole(reference);
            }
            self.out.push(rest);
        }
        self.out.push("</div>\n");
        true
    }

    /// Where the text of a block of code stands: offsets in the code, and places in the body.
    fn pieces_of(&self, index: usize) -> Vec<(u32, Span)> {
        let mut pieces = Vec::new();
        let mut offset = 0;
        for part in index + 1..self.events.end_of(index) {
            if let Event::Text(text) = self.events.event(part) {
                pieces.push((offset, self.events.span(part)));
                offset += text.len() as u32;
            }
        }
        pieces
    }
}

fn placed(span: Span, pieces: &[(u32, Span)]) -> Option<Span> {
    let in_body = |offset: u32| {
        let (start, place) = pieces[pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)?];
        Some((place.start + offset - start).min(place.end) as usize)
    };
    Some(Span::new(in_body(span.start)?, in_body(span.end)?))
}

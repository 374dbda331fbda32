//! Arrows and lines between nodes: every style, ending and length, with their words in either form.

use super::draft::Arrow;
use super::label::{Writing, read};
use super::reader::{Broken, Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::{Head, Label, Line};

/// The characters of an arrow. `--`, `==` and `-.` are only its beginning: words and the rest follow.
pub(super) struct Stroke {
    line: Line,
    tail: Head,
    head: Head,
    length: u32,
    pub(super) end: usize,
    is_beginning: bool,
}

/// The stroke that begins at `at`, if one does.
pub(super) fn stroke_at(text: &str, at: usize) -> Option<Stroke> {
    let bytes = text.as_bytes();
    let run =
        |from: usize, of: u8| bytes[from.min(bytes.len())..].iter().take_while(|byte| **byte == of).count();
    let head_at = |at: usize| match bytes.get(at) {
        Some(b'>') => Head::Arrow,
        Some(b'x') => Head::Cross,
        Some(b'o') => Head::Circle,
        _ => Head::None,
    };
    let tail = match bytes.get(at)? {
        b'<' => Head::Arrow,
        b'x' => Head::Cross,
        b'o' => Head::Circle,
        _ => Head::None,
    };
    let start = at + usize::from(tail != Head::None);
    let stroke = |line, length: usize, end: usize, head, is_beginning| {
        let end = end + usize::from(head != Head::None);
        Some(Stroke { line, tail, head, length: (length.clamp(1, 10)) as u32, end, is_beginning })
    };
    let dashes = run(start, b'-');
    let dots = run(start + dashes, b'.');
    if dashes <= 1 && dots > 0 {
        let end = start + dashes + dots;
        return match bytes.get(end) {
            Some(b'-') => stroke(Line::Dotted, dots, end + 1, head_at(end + 1), false),
            _ if dashes == 1 => stroke(Line::Dotted, 1, start + 2, Head::None, true),
            _ => None,
        };
    }
    if bytes.get(start) == Some(&b'~') && tail == Head::None {
        let waves = run(start, b'~');
        return if waves >= 3 {
            stroke(Line::Invisible, waves - 2, start + waves, Head::None, false)
        } else {
            None
        };
    }
    let (line, count) = if dashes > 0 { (Line::Solid, dashes) } else { (Line::Thick, run(start, b'=')) };
    let end = start + count;
    match head_at(end) {
        _ if count < 2 => None,
        Head::None if count == 2 => stroke(line, 1, end, Head::None, true),
        Head::None => stroke(line, count - 2, end, Head::None, false),
        head => stroke(line, count - 1, end, head, false),
    }
}

impl Reader<'_> {
    /// An arrow if one stands here, after spaces and ends of lines.
    pub(super) fn arrow(&mut self) -> Result<Option<Arrow>, Broken> {
        let before = self.at;
        self.skip_blank();
        let start = self.at;
        let name = self.edge_name();
        if name.is_some() {
            self.skip_blank();
        }
        let Some(stroke) = stroke_at(self.text, self.at) else {
            self.at = before;
            return Ok(None);
        };
        let stroke_start = self.at;
        self.at = stroke.end;
        if stroke.is_beginning {
            return self.arrow_with_words(name, &stroke, start).map(Some).ok_or(Broken);
        }
        self.warn_of_swallowed_letter(&stroke, stroke_start);
        let tail = self.kept_tail(stroke.tail, stroke.head, stroke_start, stroke.end);
        self.skip_blank();
        let label =
            if self.takes("|") { self.words(&["|"], self.at - 1).ok_or(Broken)?.0 } else { Label::default() };
        self.skip_spaces();
        Ok(Some(self.finished(name, &stroke, tail, label, start, stroke.end)))
    }

    fn finished(
        &self,
        name: Option<String>,
        stroke: &Stroke,
        tail: Head,
        label: Label,
        start: usize,
        end: usize,
    ) -> Arrow {
        Arrow {
            name,
            label,
            line: stroke.line,
            tail,
            head: stroke.head,
            // Mermaid counts the beginning of a link that it does not draw.
            length: stroke.length + u32::from(tail == Head::None && stroke.tail != Head::None),
            span: self.span(start, end),
        }
    }

    /// `e1@` before an arrow.
    fn edge_name(&mut self) -> Option<String> {
        const LONGEST: usize = 200;
        let is_part = |next: char| !next.is_whitespace() && !"\"[](){}|@;".contains(next);
        let rest = self.rest();
        let end = rest.char_indices().take(LONGEST).find(|(_, next)| !is_part(*next)).map(|(end, _)| end)?;
        let after = rest[end..].strip_prefix('@')?;
        if end == 0 || after.starts_with(['{', '"']) {
            return None;
        }
        self.at += end + 1;
        Some(rest[..end].to_string())
    }

    /// `-- words -->`.
    fn arrow_with_words(&mut self, name: Option<String>, opening: &Stroke, start: usize) -> Option<Arrow> {
        self.skip_blank();
        let (label, closing) = if self.sees("\"") {
            let label = self.quoted_words()?;
            self.skip_blank();
            let closing = stroke_at(self.text, self.at).filter(|stroke| is_closing(opening, stroke));
            (label, closing)
        } else {
            self.bare_arrow_words(opening)?
        };
        let Some(closing) = closing else {
            return self.fail(no_closing(opening).at(self.span(start, opening.end)));
        };
        self.at = closing.end;
        let end = closing.end;
        if label.is_empty() {
            return self.fail(
                Diagnostic::error("flowchart-arrow", "this arrow has room for words and none in it")
                    .at(self.span(start, end))
                    .help("write `A --> B` for an arrow without words, `A -- words --> B` with them"),
            );
        }
        self.skip_blank();
        if self.sees("|") {
            return self.fail(
                Diagnostic::error("flowchart-arrow", "this arrow has words twice")
                    .at(self.here())
                    .help("write `A -- words --> B` or `A -->|words| B`"),
            );
        }
        let tail = if opening.tail == Head::None { closing.tail } else { opening.tail };
        let tail = self.kept_tail(tail, closing.head, start, end);
        Some(self.finished(name, &closing, tail, label, start, end))
    }

    /// Words without quotes run up to the rest of the arrow, which stands on the same line or begins the next one.
    fn bare_arrow_words(&mut self, opening: &Stroke) -> Option<(Label, Option<Stroke>)> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut is_next_line = false;
        while at < bytes.len() {
            if bytes[at] == b'\n' {
                if is_next_line {
                    break;
                }
                let next = self.text[at..].find(|next: char| !next.is_whitespace()).map(|offset| at + offset);
                let Some(next) = next.filter(|next| is_mark(opening.line, bytes, *next)) else { break };
                is_next_line = true;
                at = next;
            }
            if is_mark(opening.line, bytes, at) {
                // `x` and `o` belong to the words unless they stand alone: `No--> B` says "No".
                let is_tail = |before: u8| {
                    before == b'<'
                        || (b"xo".contains(&before) && at >= start + 2 && bytes[at - 2].is_ascii_whitespace())
                };
                let stroke_start = if at > start && is_tail(bytes[at - 1]) { at - 1 } else { at };
                let closing = stroke_at(self.text, stroke_start).filter(|stroke| is_closing(opening, stroke));
                let words = &self.text[start..stroke_start];
                if words.contains('"') {
                    self.fail::<()>(quotes_inside(words).at(self.span(start, stroke_start)));
                }
                return Some((self.read_words(words, Writing::Plain, start)?, closing));
            }
            at += 1;
        }
        Some((Label::default(), None))
    }

    /// Mermaid knows two heads only where they are equal, and draws the second of `o--x` alone.
    fn kept_tail(&mut self, tail: Head, head: Head, start: usize, end: usize) -> Head {
        if tail == Head::None || head == tail {
            return tail;
        }
        let help = if head == Head::None {
            "write the link the other way round, with the head at its end: `B --> A`"
        } else {
            "write the same head at both ends: `<-->`, `o--o`, `x--x`"
        };
        self.problems.push(
            Diagnostic::warning(
                "flowchart-arrow",
                "GitHub leaves out the head at the beginning of this arrow",
            )
            .at(self.span(start, end))
            .help(help),
        );
        if head == Head::None { tail } else { Head::None }
    }

    /// `A---oB` draws a circle and links to `B`, which few mean.
    fn warn_of_swallowed_letter(&mut self, stroke: &Stroke, start: usize) {
        let letter = match stroke.head {
            Head::Circle => 'o',
            Head::Cross => 'x',
            _ => return,
        };
        let Some(next) = self.peek().filter(|next| next.is_alphanumeric()) else { return };
        let arrow = &self.text[start..stroke.end - 1];
        let problem = Diagnostic::warning(
            "flowchart-arrow",
            format!(
                "`{arrow}{letter}` draws a line that ends in a {}",
                if letter == 'o' { "circle" } else { "cross" }
            ),
        )
        .at(self.span(start, stroke.end))
        .help(format!(
            "for a name that begins with `{letter}{next}`, put a space before it: `{arrow} {letter}{next}…`; \
             else put a space after the `{letter}`"
        ));
        self.problems.push(problem);
    }

    /// Words with their limit and what of them cannot be drawn.
    pub(super) fn read_words(&mut self, source: &str, writing: Writing, start: usize) -> Option<Label> {
        let place = self.span(start, start + source.len());
        if source.len() > super::MAX_LABEL_BYTES {
            return self.fail(
                Diagnostic::error("flowchart-too-large", "these words are longer than 100 KB")
                    .at(place)
                    .help("keep a step to a few words, and put the rest into the text of the page"),
            );
        }
        let words = read(source, writing);
        if words.has_icon {
            self.problems.push(
                Diagnostic::warning("flowchart-icon", "pictures and icons inside words are left out")
                    .at(place)
                    .help("say it in words: a screen reader could not read the picture either"),
            );
        }
        Some(words.label)
    }
}

/// Whether a closing part of this kind of line, or a second opening, begins here.
fn is_mark(line: Line, bytes: &[u8], at: usize) -> bool {
    let byte = |offset: usize| bytes.get(at + offset).copied().unwrap_or(0);
    match line {
        Line::Thick => byte(0) == b'=' && byte(1) == b'=',
        Line::Dotted => {
            (byte(0) == b'-' && byte(1) == b'.')
                || (byte(0) == b'.' && {
                    let dots = bytes[at..].iter().take_while(|byte| **byte == b'.').count();
                    byte(dots) == b'-'
                })
        }
        _ => byte(0) == b'-' && byte(1) == b'-',
    }
}

fn is_closing(opening: &Stroke, stroke: &Stroke) -> bool {
    !stroke.is_beginning && stroke.line == opening.line
}

fn no_closing(opening: &Stroke) -> Diagnostic {
    let (begins, arrow, line) = match opening.line {
        Line::Thick => ("==", "A == words ==> B", "A === B"),
        Line::Dotted => ("-.", "A -. words .-> B", "A -.- B"),
        _ => ("--", "A -- words --> B", "A --- B"),
    };
    Diagnostic::error(
        "flowchart-arrow",
        format!("this arrow begins with `{begins}`, and its second half does not follow on the same line"),
    )
    .help(format!("write `{arrow}` for an arrow with words, `{line}` for a plain line"))
}

fn quotes_inside(words: &str) -> Diagnostic {
    let plain: String = words.chars().filter(|next| *next != '"').collect();
    Diagnostic::error("flowchart-quotes", "quotes stand inside the words of this arrow")
        .help(format!("put them around all the words: `-- \"{}\" -->`", quoted(&plain)))
}

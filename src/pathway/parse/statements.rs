//! The statements of a chart, one after another. A broken one leaves its problem, and reading goes on at the next.

use super::MAX_LABEL_BYTES;
use super::header::{direction_of, unknown_direction};
use super::label::with_entities_resolved;
use super::reader::{Broken, Reader, quoted};
use super::words::not_closed;
use crate::diagnostic::Diagnostic;

/// A text with more problems is read no further: each costs time, and nobody reads so many.
const MAX_PROBLEMS: usize = 500;
/// A longer text is read no further.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

impl Reader<'_> {
    /// Reads every statement.
    pub(super) fn document(&mut self) {
        if self.text.len() > MAX_TEXT_BYTES {
            let place = self.head;
            self.problems.push(
                Diagnostic::error("flowchart-too-large", "this chart is longer than 4 MB")
                    .at(place)
                    .help("divide it"),
            );
            return;
        }
        loop {
            self.take_while(|next| next.is_whitespace() || next == ';');
            if self.is_at_end() || self.draft.is_full {
                break;
            }
            if self.problems.len() >= MAX_PROBLEMS {
                let place = self.here();
                self.problems.push(
                    Diagnostic::error("flowchart-many-problems", "the rest of this chart was not looked at")
                        .at(place)
                        .help("mend the problems above first"),
                );
                break;
            }
            if self.statement().is_none() {
                self.skip_statement();
            }
        }
        for open in std::mem::take(&mut self.draft.open) {
            self.problems.push(
                Diagnostic::error("flowchart-not-closed", "this `subgraph` has no `end`")
                    .at(open.opening)
                    .help("write `end` on a line of its own after its last step"),
            );
        }
    }

    fn statement(&mut self) -> Option<()> {
        if let Some(said) = self.accessible_text() {
            return said.ok();
        }
        if self.sees_word("end") {
            return self.end_of_group();
        }
        if let Some(said) = self.direction_statement() {
            return said.ok();
        }
        let is_keyword = |word: &str| self.sees_word(word);
        if is_keyword("subgraph") {
            return self.subgraph();
        }
        let said = if is_keyword("linkStyle") {
            self.link_style()
        } else if is_keyword("classDef") {
            self.class_definition()
        } else if is_keyword("class") {
            self.class_statement()
        } else if is_keyword("style") {
            self.style_statement()
        } else if is_keyword("click") && self.rest()["click".len()..].starts_with([' ', '\t']) {
            self.click_statement()
        } else if is_keyword("flowchart") || is_keyword("graph") {
            return self.second_header();
        } else {
            self.chain()
        };
        said?;
        self.skip_spaces();
        if self.is_at_separator() { Some(()) } else { self.unexpected() }
    }

    /// `A --> B & C --> D`.
    fn chain(&mut self) -> Option<()> {
        let mut left = self.node_list()?;
        while let Some(arrow) = self.arrow().ok()? {
            let right = self.node_list()?;
            if let Err(problem) = self.draft.join(&left, &right, &arrow) {
                return self.fail(problem);
            }
            left = right;
        }
        Some(())
    }

    fn second_header(&mut self) -> Option<()> {
        let place = self.span(self.at, self.at + 5);
        self.fail(
            Diagnostic::error("flowchart-syntax", "a second chart begins here")
                .at(place)
                .help("give it a block of its own; inside a chart, `subgraph` makes a group"),
        )
    }

    /// What follows a finished statement without a line end between them.
    fn unexpected(&mut self) -> Option<()> {
        let place = self.here();
        let rest = self.rest();
        let problem = match self.peek() {
            Some('%') if rest.starts_with("%%") => {
                Diagnostic::error("flowchart-comment", "a comment cannot stand at the end of a line")
                    .help("put `%%` and its words on a line of their own")
            }
            Some('\u{2013}' | '\u{2014}' | '\u{2192}') => return self.wrong_arrow(),
            Some('-' | '=' | '>' | '<' | '~' | '.') => {
                Diagnostic::error("flowchart-arrow", format!("`{}` is no arrow", first_word(rest)))
                    .help("write `-->` for an arrow, `---` for a line, `-.->` for a dotted and `==>` for a thick one")
            }
            Some('[' | '(' | '{') => {
                Diagnostic::error("flowchart-syntax", "a space stands between the name of a step and its words")
                    .help("write them together: `A[\"words\"]`")
            }
            Some('|') => Diagnostic::error("flowchart-arrow", "words between `|` come right after an arrow")
                .help("write `A -->|words| B`"),
            Some('"') => Diagnostic::error("flowchart-syntax", "words in quotes need brackets around them")
                .help("write `A[\"words\"]`"),
            Some(':') => Diagnostic::error("flowchart-syntax", "a class is given without a space")
                .help("write `A:::key`"),
            Some('@') => Diagnostic::error("flowchart-syntax", "`@` cannot be part of a name")
                .help("write it in the words of the step: `A[\"name@example.nhs.uk\"]`"),
            _ => Diagnostic::error("flowchart-syntax", format!("`{}` does not belong here", first_word(rest))).help(
                "a name holds no spaces: write `A[\"two words\"]`; each step or chain stands on a line of its own",
            ),
        };
        self.fail(problem.at(place))
    }

    /// `accTitle: …`, `accDescr: …`, `accDescr { … }`, where one stands here.
    fn accessible_text(&mut self) -> Option<Result<(), Broken>> {
        let is_title = self.sees_word("accTitle");
        if !is_title && !self.sees_word("accDescr") {
            return None;
        }
        let start = self.at;
        let after = self.rest()["accTitle".len()..].trim_start();
        self.at = self.text.len() - after.len();
        if after.starts_with(':') {
            self.at += 1;
            let line = self.line_rest();
            self.at += line.len();
            return Some(self.set_accessible_text(is_title, line, start).ok_or(Broken));
        }
        if !is_title && after.starts_with('{') {
            let Some(length) = after.find('}') else {
                let place = self.span(start, self.at + 1);
                self.problems.push(not_closed("accDescr {", "}").at(place));
                return Some(Err(Broken));
            };
            self.at += length + 1;
            return Some(self.set_accessible_text(false, &after[1..length], start).ok_or(Broken));
        }
        self.at = start;
        None
    }

    fn set_accessible_text(&mut self, is_title: bool, text: &str, start: usize) -> Option<()> {
        if text.len() > MAX_LABEL_BYTES {
            let place = self.span(start, start + "accTitle".len());
            return self.fail(
                Diagnostic::error("flowchart-too-large", "this description is longer than 100 KB")
                    .at(place)
                    .help("say in one or two sentences what the chart shows"),
            );
        }
        let words = with_entities_resolved(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let target = if is_title { &mut self.draft.title } else { &mut self.draft.description };
            *target = Some(words);
        }
        Some(())
    }

    /// `direction LR` inside a group, where it stands here.
    fn direction_statement(&mut self) -> Option<Result<(), Broken>> {
        if !self.sees_word("direction") {
            return None;
        }
        let line = self.line_rest();
        let after = line["direction".len()..].strip_prefix(char::is_whitespace)?.trim_start();
        let word = after.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or("");
        let start = self.at + (line.len() - after.len());
        let place = self.span(start, start + word.len());
        if let Some(direction) = direction_of(word) {
            self.at += line.len();
            if let Some(open) = self.draft.open.last() {
                self.draft.groups[open.group].direction = Some(direction);
            } else {
                self.problems.push(
                    Diagnostic::warning(
                        "flowchart-direction",
                        "a direction outside a `subgraph` does nothing",
                    )
                    .at(place)
                    .help("write it on the first line: `flowchart LR`"),
                );
            }
            return Some(Ok(()));
        }
        // `direction --> B` is a step of that name.
        if word.is_empty() || word.len() > 3 {
            return None;
        }
        self.problems.push(unknown_direction(word).at(place));
        Some(Err(Broken))
    }
}

fn first_word(text: &str) -> String {
    quoted(text.split([' ', '\n', ';']).next().unwrap_or(""))
}

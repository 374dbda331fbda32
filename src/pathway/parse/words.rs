//! Words in brackets and quotes, up to where they close, and what is said where they do not.

use super::label::Writing;
use super::reader::{Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Label;

impl Reader<'_> {
    /// Words up to one of the closing brackets, and which one it was. `opening` is where the opening bracket stands.
    pub(super) fn words(&mut self, closings: &[&str], opening: usize) -> Option<(Label, usize)> {
        self.skip_blank();
        let start = self.at;
        if self.sees("\"") {
            let label = self.quoted_words()?;
            self.skip_blank();
            if let Some(closing) = self.takes_one_of(closings) {
                return Some((label, closing));
            }
            let is_many_lines = self.text[start..self.at].contains('\n');
            let problem = if is_many_lines {
                let line_end = start + self.text[start..].find('\n').unwrap_or(0);
                self.at = line_end;
                not_closed("\"", "\"").at(self.span(start, line_end))
            } else {
                let shown = closings[0];
                let found = self.here();
                Diagnostic::error(
                    "flowchart-not-closed",
                    format!("`{shown}` is missing after the closing quote"),
                )
                .at(found)
                .help(format!(
                    "all the words stand between the quotes, then comes `{shown}`; for a quotation mark \
                                   inside words, write `#quot;`"
                ))
            };
            return self.fail(problem);
        }
        let has_slashes = closings.len() > 1;
        loop {
            let limit = super::MAX_LABEL_BYTES - (self.at - start).min(super::MAX_LABEL_BYTES);
            let is_words = |next: &char| !"[](){}|\"/\\-".contains(*next);
            self.at +=
                self.rest().chars().take(limit).take_while(is_words).map(char::len_utf8).sum::<usize>();
            if let Some(closing) = closings.iter().position(|closing| self.sees(closing)) {
                let source = &self.text[start..self.at];
                if source.is_empty() {
                    return self.no_words(start);
                }
                let label = self.read_words(source, Writing::Plain, start)?;
                self.at += closings[closing].len();
                return Some((label, closing));
            }
            match self.peek() {
                Some('-') => self.at += 1,
                Some('/' | '\\') if !has_slashes || !self.rest()[1..].starts_with(']') => self.at += 1,
                _ => return self.bare_words_fail(closings, opening, start),
            }
        }
    }

    fn takes_one_of(&mut self, closings: &[&str]) -> Option<usize> {
        let found = closings.iter().position(|closing| self.sees(closing))?;
        self.at += closings[found].len();
        Some(found)
    }

    fn no_words<T>(&mut self, at: usize) -> Option<T> {
        let place = self.span(at.saturating_sub(1), at + 1);
        self.fail(
            Diagnostic::error("flowchart-syntax", "there are no words in these brackets")
                .at(place)
                .help("write the words of the step, or a space in quotes for an empty one: `[\" \"]`"),
        )
    }

    /// `"words"`, or Markdown between `` "` `` and `` `" ``.
    pub(super) fn quoted_words(&mut self) -> Option<Label> {
        let start = self.at;
        let markdown = self.sees("\"`").then(|| self.rest()[2..].find("`\"")).flatten();
        let plain = || self.rest()[1..].find('"').map(|length| (start + 1, length, Writing::Plain, 1));
        let found = markdown.map(|length| (start + 2, length, Writing::Markdown, 2)).or_else(plain);
        let Some((inner_start, inner_length, writing, closing)) = found else {
            let place = self.span(start, start + self.line_rest().len());
            self.at += self.line_rest().len();
            return self.fail(not_closed("\"", "\"").at(place));
        };
        let inner = &self.text[inner_start..inner_start + inner_length];
        self.at = inner_start + inner_length + closing;
        if inner.is_empty() {
            return self.no_words(inner_start);
        }
        self.read_words(inner, writing, inner_start)
    }

    /// Brackets or quotes inside words without quotes, or a bracket that never closes.
    fn bare_words_fail<T>(&mut self, closings: &[&str], opening: usize, start: usize) -> Option<T> {
        const LONGEST: usize = 2_000;
        let line_end = start + self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        let bracket = &self.text[opening..start.max(opening + 1)];
        let line = &self.text[start..line_end];
        // The bracket that pairs with the opening one: most likely the end of the words.
        let mut depth = 0_i32;
        let pair = line.char_indices().take(LONGEST).find(|(at, next)| {
            if depth == 0 && closings.iter().any(|closing| line[*at..].starts_with(closing)) {
                return true;
            }
            depth += match next {
                '[' | '(' | '{' => 1,
                ']' | ')' | '}' => -1,
                _ => 0,
            };
            false
        });
        let Some((length, _)) = pair.filter(|_| self.at < line_end) else {
            let place = self.span(opening, line_end.min(opening + LONGEST));
            self.at = line_end;
            return self.fail(not_closed(bracket.trim_end(), closings[0]).at(place));
        };
        let found = self.peek().unwrap_or(' ');
        let place = self.here();
        let words: String =
            line[..length].chars().map(|next| if next == '"' { '\'' } else { next }).collect();
        self.at = start + length;
        self.takes_one_of(closings);
        let (bracket, closing) = (bracket.trim_end(), closings[0]);
        self.fail(
            Diagnostic::error(
                "flowchart-quotes",
                format!("`{found}` inside words needs quotes around all the words"),
            )
            .at(place)
            .help(format!("write {bracket}\"{}\"{closing}", quoted(&words))),
        )
    }
}

/// The message for what begins and never ends.
pub(super) fn not_closed(opening: &str, closing: &str) -> Diagnostic {
    Diagnostic::error("flowchart-not-closed", format!("`{opening}` begins here and is not closed"))
        .help(format!("write `{closing}` where the words end"))
}

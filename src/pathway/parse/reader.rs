//! A place in the text, with what every part of the parser asks of it: the next character, a word, where a span lies,
//! how to go on after an error.

use super::draft::Draft;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Reads a masked text from its beginning to its end. What fails leaves a problem and returns none; the caller then
/// goes on at the next statement.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) base: u32,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) draft: Draft,
    /// Where the diagram's first line stands.
    pub(super) head: Span,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, base: u32) -> Self {
        Self { text, at: 0, base, problems: Vec::new(), draft: Draft::default(), head: Span::default() }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn sees(&self, words: &str) -> bool {
        self.rest().starts_with(words)
    }

    /// Moves past `words` if they stand here.
    pub(super) fn takes(&mut self, words: &str) -> bool {
        let sees = self.sees(words);
        if sees {
            self.at += words.len();
        }
        sees
    }

    /// Whether `word` stands here and does not go on.
    pub(super) fn sees_word(&self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word).map(|rest| rest.chars().next());
        after.is_some_and(|next| next.is_none_or(|next| !next.is_ascii_alphanumeric() && next != '_'))
    }

    /// Moves past what the test accepts and returns it.
    pub(super) fn take_while(&mut self, accepts: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|character| !accepts(character)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Moves past spaces, not past the end of the line.
    pub(super) fn skip_spaces(&mut self) {
        self.take_while(|character| character.is_whitespace() && character != '\n');
    }

    /// Moves past spaces and ends of lines.
    pub(super) fn skip_blank(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// The rest of the line, without moving.
    pub(super) fn line_rest(&self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// Whether a statement may end here.
    pub(super) fn is_at_separator(&self) -> bool {
        matches!(self.peek(), None | Some('\n' | ';'))
    }

    /// A span of the file, widened to whole characters and kept inside the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let mut start = start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let shift = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(self.base);
        Span { start: shift(start), end: shift(end) }
    }

    /// The span of the character that stands here.
    pub(super) fn here(&self) -> Span {
        self.span(self.at, self.at + self.peek().filter(|next| *next != '\n').map_or(0, char::len_utf8))
    }

    /// Leaves a problem.
    pub(super) fn fail<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// Goes to the end of a broken statement: the end of its line or a `;` outside quotes.
    pub(super) fn skip_statement(&mut self) {
        let mut is_quoted = false;
        while let Some(next) = self.peek() {
            match next {
                '\n' => return,
                ';' if !is_quoted => return,
                '"' => is_quoted = !is_quoted,
                _ => {}
            }
            self.at += next.len_utf8();
        }
    }
}

/// What could not be read and has left its problem.
pub(super) struct Broken;

/// A piece of the source as a message quotes it: one line, not too long.
pub(super) fn quoted(source: &str) -> String {
    const LONGEST: usize = 60;
    let mut words = String::new();
    // Only the beginning of a long label is looked at.
    for (count, character) in source.trim().chars().enumerate() {
        if count == LONGEST {
            words.push('…');
            break;
        }
        words.push(if character.is_whitespace() || character.is_control() { ' ' } else { character });
    }
    words
}

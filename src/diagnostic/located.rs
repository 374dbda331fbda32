//! Diagnostics with their lines and columns worked out and the source lines beside them: all that a terminal, an
//! editor or the preview needs, and all that outlives the run in which they were found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Severity};
use crate::source::{SitePath, Span, Text};

/// The texts of the files that diagnostics point into.
pub type Texts = BTreeMap<SitePath, Text>;

/// A second place, see [`super::Label`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocatedLabel {
    /// Byte offsets into [`Located::excerpt`].
    pub start: usize,
    /// Byte offset after the last byte of the label, in the excerpt.
    pub end: usize,
    /// What stands there; empty for the main place.
    pub text: String,
}

/// A diagnostic that needs no file any more to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// See [`Diagnostic::code`].
    pub code: String,
    /// `error`, `warning` or `advice`.
    pub severity: String,
    /// The path from the root; empty where no file is meant.
    pub path: String,
    /// From 1; 1 where the whole file is meant.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// See [`Diagnostic::message`].
    pub message: String,
    /// See [`Diagnostic::help`].
    pub help: Option<String>,
    /// The source lines from the first to the last place; empty where there is none to show.
    pub excerpt: String,
    /// The number of the excerpt's first line.
    pub first_line: u32,
    /// The places in the excerpt, the main one first.
    pub labels: Vec<LocatedLabel>,
    /// Tells this problem from others however lines move: a hash of its rule, its file and the words of its line. Two
    /// on lines with the same words share it.
    pub fingerprint: String,
}

/// No excerpt is longer than this many bytes: a line of a pasted table can be huge.
const MAX_EXCERPT: usize = 2_000;

impl Located {
    /// Whether it stops a publication.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.name()
    }

    /// Works out a diagnostic's place from the text of its file, if `texts` has it.
    pub fn new(diagnostic: &Diagnostic, texts: &Texts) -> Self {
        let mut located = Self {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity.name().to_string(),
            path: diagnostic.path.as_ref().map_or(String::new(), |path| visible(path.as_str())),
            line: 1,
            column: 1,
            message: visible(&diagnostic.message),
            help: diagnostic.help.as_deref().map(visible),
            excerpt: String::new(),
            first_line: 1,
            labels: Vec::new(),
            fingerprint: String::new(),
        };
        let mut line = "";
        let text = diagnostic.path.as_ref().and_then(|path| texts.get(path));
        if let (Some(text), Some(span)) = (text, diagnostic.span) {
            let place = text.line_column(span.start);
            located.line = place.line;
            located.column = place.column;
            if !diagnostic.is_discreet {
                line = text.line_at(span.start);
                located.add_excerpt(diagnostic, text, span);
            }
        }
        located.fingerprint = fingerprint(&located.code, &located.path, line);
        located
    }

    /// Whether it is worth mending and yet stops nothing.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning.name()
    }

    /// The place after the last character that is meant, as line and column from 1; none where no line is shown.
    pub fn end(&self) -> Option<(u32, u32)> {
        let upto = self.excerpt.get(..self.labels.first()?.end)?;
        let line_start = upto.rfind('\n').map_or(0, |newline| newline + 1);
        let lines = upto.matches('\n').count() as u32;
        Some((self.first_line + lines, upto[line_start..].chars().count() as u32 + 1))
    }

    fn add_excerpt(&mut self, diagnostic: &Diagnostic, whole: &Text, span: Span) {
        let text = whole.as_str();
        let places: Vec<(Span, &str)> = std::iter::once((span, ""))
            .chain(diagnostic.labels.iter().map(|label| (label.span, label.text.as_str())))
            .collect();
        let clamp = |offset: u32| {
            let mut offset = (offset as usize).min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let first = places.iter().map(|(span, _)| clamp(span.start)).min().unwrap_or(0);
        let last = places.iter().map(|(span, _)| clamp(span.end)).max().unwrap_or(0);
        let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
        let start = if text[start..].starts_with('\u{feff}') { start + '\u{feff}'.len_utf8() } else { start };
        let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
        let end = clamp(end.min(start + MAX_EXCERPT) as u32).max(start);
        self.first_line = whole.line_column(start as u32).line;
        self.excerpt = text[start..end].trim_end_matches('\r').to_string();
        self.labels = places
            .into_iter()
            .map(|(span, label)| LocatedLabel {
                start: clamp(span.start).clamp(start, start + self.excerpt.len()) - start,
                end: clamp(span.end).clamp(start, start + self.excerpt.len()) - start,
                text: visible(label),
            })
            .collect();
    }
}

/// Digits are left out: numbers change while the problem stays, and from the hash of a line of one number that number
/// could be found by trying.
fn fingerprint(code: &str, path: &str, line: &str) -> String {
    // A number of a person may stand in a file's name too.
    let is_kept = |character: &char| !character.is_numeric();
    let has_long_number = path.chars().filter(|character| character.is_numeric()).count() > 8;
    let path: String =
        if has_long_number { path.chars().filter(is_kept).collect() } else { path.to_string() };
    let words = line.split(|character: char| character.is_whitespace() || character.is_numeric());
    let mut hasher = blake3::Hasher::new();
    for part in [code, &path].into_iter().chain(words.filter(|word| !word.is_empty())) {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex()[..16].to_string()
}

/// A message quotes what pages hold, and a terminal would obey a control character in it.
fn visible(message: &str) -> String {
    let is_hidden = |character: char| character.is_control() && character != '\n';
    message.chars().map(|character| if is_hidden(character) { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_known_again_where_lines_moved_and_numbers_changed() {
        let path = SitePath::new("content/a.md");
        let located = |text: &str, code| {
            let start = text.find("gone.md").unwrap();
            let problem = Diagnostic::error(code, "broken").in_file(&path).at(Span::new(start, start + 7));
            Located::new(&problem, &Texts::from([(path.clone(), Text::new(text.to_string()))]))
        };
        let first = located("See 3 [a](gone.md).\n", "broken-link");
        assert_eq!(first.end(), Some((1, 18)));
        let moved = located("New line\n\n  See 45 [a](gone.md).\r\n", "broken-link");
        assert_eq!((moved.line, first.fingerprint.as_str()), (3, moved.fingerprint.as_str()));
        assert_ne!(located("Read [a](gone.md).\n", "broken-link").fingerprint, first.fingerprint);
        assert_ne!(located("See 3 [a](gone.md).\n", "other").fingerprint, first.fingerprint);
    }

    #[test]
    fn what_a_page_holds_gives_no_orders_to_a_terminal() {
        let problem = Diagnostic::error("wrong-type", "`\u{1b}[2J` is not a date")
            .help("write \u{7}it\nlike this: \u{9b}1m");
        let located = Located::new(&problem, &Texts::new());
        assert_eq!(located.message, "`\u{fffd}[2J` is not a date");
        assert_eq!(located.help.as_deref(), Some("write \u{fffd}it\nlike this: \u{fffd}1m"));
    }
}

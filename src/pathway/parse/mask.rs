//! Comments, directives and carriage returns become spaces of the same length, so that the rest of the parser need
//! not know of them and every offset stays true.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A text without its comments.
pub(super) struct Masked {
    pub(super) text: String,
    /// A directive that is not closed.
    unclosed: Option<Span>,
}

impl Masked {
    /// What is wrong with the comments.
    pub(super) fn problems(&self, base: u32) -> impl Iterator<Item = Diagnostic> + use<> {
        self.unclosed.into_iter().map(move |span| {
            Diagnostic::error("flowchart-not-closed", "this directive begins with `%%{` and never ends")
                .at(span.shifted(base))
                .help("end it with `}%%`, or delete it: colours and fonts come from the site's theme")
        })
    }
}

/// The text with everything blanked that is no part of the chart; as long as the original.
pub(super) fn mask(text: &str) -> Masked {
    let mut bytes = text.as_bytes().to_vec();
    single_line_ends(&mut bytes);
    blank_marks_without_width(text, &mut bytes);
    let unclosed = blank_comments(&mut bytes);
    single_quotes_in_tags(&mut bytes);
    // Only whole ASCII characters, or whole runs between two of them, were replaced by ASCII.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_string());
    Masked { text, unclosed }
}

/// Byte order marks, which editors leave behind; JavaScript takes them for spaces.
fn blank_marks_without_width(text: &str, bytes: &mut [u8]) {
    for (at, mark) in text.match_indices('\u{feff}') {
        bytes[at..at + mark.len()].fill(b' ');
    }
}

fn single_line_ends(bytes: &mut [u8]) {
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' {
            bytes[at] = if bytes.get(at + 1) == Some(&b'\n') { b' ' } else { b'\n' };
        }
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

/// U+00A0 as word processors write it, in UTF-8.
const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

/// A comment is a line that begins with `%%`; a directive may stand anywhere and run over lines.
fn blank_comments(bytes: &mut [u8]) -> Option<Span> {
    let mut at = 0;
    let mut at_line_start = true;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"%%{") {
            let Some(length) = find(rest, b"}%%") else {
                let span = Span::new(at, at + 3);
                blank(&mut bytes[at..]);
                return Some(span);
            };
            blank(&mut bytes[at..at + length + 3]);
            at += length + 3;
        } else if at_line_start && rest.starts_with(b"%%") {
            let length = find(rest, b"\n").unwrap_or(rest.len());
            blank(&mut bytes[at..at + length]);
            at += length;
        } else {
            let is_space = rest[0].is_ascii_whitespace() || rest.starts_with(NO_BREAK_SPACE);
            at_line_start = rest[0] == b'\n' || (at_line_start && is_space);
            at += if rest.starts_with(NO_BREAK_SPACE) { NO_BREAK_SPACE.len() } else { 1 };
        }
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// `<a href="x">` inside a quoted label: Mermaid takes the quotes of attributes as single ones.
fn single_quotes_in_tags(bytes: &mut [u8]) {
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] != b'<' || !bytes[at + 1].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let Some(length) = find(&bytes[at..], b">") else { return };
        let tag = &mut bytes[at..at + length];
        let mut from = 0;
        while let Some(opening) = find(&tag[from..], b"=\"").map(|offset| from + offset + 1) {
            let Some(closing) = find(&tag[opening + 1..], b"\"").map(|offset| opening + 1 + offset) else {
                break;
            };
            tag[opening] = b'\'';
            tag[closing] = b'\'';
            from = closing + 1;
        }
        at += length;
    }
}

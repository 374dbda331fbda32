//! Where the front matter ends and the text begins.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A page's two parts, as ranges of its file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The YAML between the two `---` lines.
    pub(super) yaml: &'a str,
    /// The YAML's first byte in the file.
    pub(super) yaml_start: usize,
    /// The Markdown after them.
    pub(super) body: &'a str,
    /// The Markdown's first byte in the file.
    pub(super) body_start: usize,
}

/// The text below a page's fields, and where it begins in the file; none where the fields do not end.
pub fn text_below(file: &str) -> Option<(&str, usize)> {
    split(file).ok().map(|parts| (parts.body, parts.body_start))
}

/// Finds the two parts. Blank lines and a byte order mark before the first `---` are taken.
pub(super) fn split(text: &str) -> Result<Parts<'_>, Box<Diagnostic>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']).len();
    let first_line = text[start..].lines().next().unwrap_or("");
    if first_line.trim_end() != "---" {
        let problem = if first_line.trim_end() == "+++" {
            Diagnostic::error(
                "front-matter",
                "the front matter is written in TOML (`+++`), which netsite does not read",
            )
            .help("write it as YAML between two lines of `---`: title = \"x\" becomes title: x")
        } else {
            Diagnostic::error(
                "front-matter",
                "the page does not begin with front matter, so nobody knows its title",
            )
            .help("begin the file with three lines: ---, then title: The title of the page, then ---")
        };
        let shown: usize = first_line.chars().take(80).map(char::len_utf8).sum();
        return Err(Box::new(problem.at(Span::new(start, start + shown))));
    }
    let yaml_start = start + text[start..].find('\n').map_or(text.len() - start, |newline| newline + 1);
    let mut offset = yaml_start;
    for line in text[yaml_start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") && !line.starts_with([' ', '\t']) {
            let body_start = offset + line.len();
            return Ok(Parts {
                yaml: &text[yaml_start..offset],
                yaml_start,
                body: &text[body_start..],
                body_start,
            });
        }
        offset += line.len();
    }
    Err(Box::new(not_closed(&text[yaml_start..], yaml_start, Span::new(start, start + 3))))
}

/// The end of the fields is missing, or it is a line of dashes that is none: Word makes one dash of several.
fn not_closed(text: &str, start: usize, opened: Span) -> Diagnostic {
    let is_dashes = |line: &str| {
        let line = line.trim();
        let is_dash = |sign: char| matches!(sign, '-' | '‐' | '‑' | '–' | '—' | '―' | '−');
        !line.is_empty() && line.chars().all(is_dash)
    };
    let mut offset = start;
    for line in text.split_inclusive('\n') {
        if is_dashes(line) {
            let indentation = line.len() - line.trim_start().len();
            let message =
                "this line does not close the front matter: that takes three hyphens and nothing else";
            return Diagnostic::error("front-matter", message)
                .at(Span::new(offset + indentation, offset + line.trim_end().len()))
                .help("write --- at the beginning of the line");
        }
        offset += line.len();
    }
    let message = "the front matter is not closed, so the whole page would be read as fields";
    Diagnostic::error("front-matter", message).at(opened).help("add a line --- after the last field")
}

/// A field whose lines stand in a file as a comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Commented {
    /// The first of the lines.
    pub(super) span: Span,
    /// The numbers of the first and the last, from 1.
    lines: [usize; 2],
}

impl Commented {
    /// The lines as a message names them: `line 13`.
    pub(super) fn in_words(&self) -> String {
        let [first, last] = self.lines;
        if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
    }
}

/// The lines of a field that stand behind a `#`.
pub(super) fn commented(text: &str, field: &str) -> Option<Commented> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let names_it = line.strip_prefix('#').is_some_and(|rest| {
            rest.trim_start().strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
        if names_it {
            // What belongs to the field stands further in.
            let further = text[start + line.len()..]
                .lines()
                .take_while(|line| line.strip_prefix('#').is_some_and(|rest| rest.starts_with("  ")))
                .count();
            return Some(Commented {
                span: Span::new(start, start + line.trim_end().len()),
                lines: [index + 1, index + 1 + further],
            });
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_falls_into_two_parts_with_either_line_ending() {
        let parts = split("\u{feff}---\r\ntitle: x\r\n---\r\n\r\nText").unwrap();
        assert_eq!((parts.yaml, parts.yaml_start), ("title: x\r\n", 8));
        assert_eq!(parts.body, "\r\nText");
    }

    #[test]
    fn a_field_behind_a_sign_is_found_with_all_its_lines() {
        let text = "---\ntitle: x\n## Who: owner: of it\n# owner: a\n# sources:\n#   - title: y\n#     url: z\n# a: b\n---\n";
        let found = commented(text, "owner").unwrap();
        assert_eq!((found.span.of(text), found.in_words().as_str()), ("# owner: a", "line 4"));
        assert_eq!(commented(text, "sources").unwrap().in_words(), "lines 5 to 7");
        assert_eq!(commented(text, "title"), None);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(split("# Title\n").unwrap_err().message.contains("does not begin"));
        assert!(split("+++\ntitle = 1\n+++\n").unwrap_err().message.contains("TOML"));
        assert!(split("---\ntitle: x\n").unwrap_err().message.contains("not closed"));
        assert_eq!(split("---\ntitle: x\n—-\n").unwrap_err().span, Some(Span::new(13, 17)));
        assert!(split("").unwrap_err().message.contains("does not begin"));
    }
}

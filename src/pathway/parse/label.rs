//! Words into lines and runs: line breaks, entity codes, bold and italic. Other formatting is left out and what is no
//! formatting stays text, so nothing that an author writes can become an element of the page.

use super::entities::character_of;
use crate::pathway::model::{Label, Run};

/// How words were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// Bare or in quotes.
    Plain,
    /// In quotes and backticks.
    Markdown,
}

/// A label, and what of it cannot be drawn.
pub(super) struct Words {
    pub(super) label: Label,
    /// Whether pictures were left out: `fa:fa-car`, `<img …>`.
    pub(super) has_icon: bool,
}

/// Formatting that changes no word.
const INLINE: &[&str] = &[
    "a", "abbr", "big", "cite", "code", "del", "dfn", "font", "ins", "kbd", "mark", "nobr", "q", "s", "samp",
    "small", "span", "strike", "sub", "sup", "tt", "u", "var", "wbr",
];

/// Formatting that begins a line.
const BLOCKS: &[&str] =
    &["blockquote", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"];

struct Writer<'s> {
    rest: &'s str,
    label: Label,
    line: Vec<Run>,
    bold: usize,
    italic: usize,
    /// The open Markdown marks.
    marks: Vec<&'static str>,
    /// Marks that are known to have no partner in the rest of the text.
    lonely: Vec<&'static str>,
    before: char,
    has_icon: bool,
}

/// Reads words.
pub(super) fn read(source: &str, writing: Writing) -> Words {
    let mut writer = Writer {
        rest: source,
        label: Label::default(),
        line: Vec::new(),
        bold: 0,
        italic: 0,
        marks: Vec::new(),
        lonely: Vec::new(),
        before: ' ',
        has_icon: false,
    };
    while let Some(next) = writer.rest.chars().next() {
        let is_special = match next {
            '\n' | '\\' => writer.line_break(),
            '<' => writer.tag(),
            '&' | '#' => writer.entity(),
            '*' | '_' if writing == Writing::Markdown => writer.mark(),
            'f' => writer.icon(),
            _ => false,
        };
        if !is_special {
            writer.rest = &writer.rest[next.len_utf8()..];
            writer.push(next);
        }
    }
    writer.end_line();
    let mut lines = writer.label.lines;
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    Words { label: Label { lines }, has_icon: writer.has_icon }
}

impl Writer<'_> {
    fn push(&mut self, character: char) {
        self.before = character;
        let character = if character.is_whitespace() { ' ' } else { character };
        if character.is_control() {
            return;
        }
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        let ends_in_space = self.line.last().is_none_or(|run| run.text.ends_with(' '));
        if character == ' ' && ends_in_space {
            return;
        }
        match self.line.last_mut() {
            Some(run) if run.bold == bold && run.italic == italic => run.text.push(character),
            _ => self.line.push(Run { text: character.to_string(), bold, italic }),
        }
    }

    fn end_line(&mut self) {
        if let Some(run) = self.line.last_mut() {
            run.text.truncate(run.text.trim_end().len());
        }
        let line = std::mem::take(&mut self.line);
        self.label.lines.push(line.into_iter().filter(|run| !run.text.is_empty()).collect());
        self.before = ' ';
    }

    /// An end of line, or `\n` as people write it.
    fn line_break(&mut self) -> bool {
        let after = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\\n"));
        if let Some(after) = after {
            self.rest = after;
            self.end_line();
        }
        after.is_some()
    }

    fn tag(&mut self) -> bool {
        const LONGEST: usize = 1_000;
        let Some(end) = self.rest.bytes().take(LONGEST).position(|byte| byte == b'>') else { return false };
        let tag = &self.rest[1..end];
        let (tag, is_closing) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or("");
        let weighed = |count: usize| if is_closing { count.saturating_sub(1) } else { count + 1 };
        match name.to_ascii_lowercase().as_str() {
            "br" => self.end_line(),
            "b" | "strong" => self.bold = weighed(self.bold),
            "i" | "em" => self.italic = weighed(self.italic),
            "img" => self.has_icon = true,
            name if INLINE.contains(&name) => {}
            name if BLOCKS.contains(&name) => {
                if !self.line.is_empty() {
                    self.end_line();
                }
            }
            _ => return false,
        }
        self.rest = &self.rest[end + 1..];
        true
    }

    /// `&amp;`, `&#9829;`, and Mermaid's `#quot;`, `#9829;`.
    fn entity(&mut self) -> bool {
        let Some((character, length)) = entity(self.rest) else { return false };
        self.rest = &self.rest[length..];
        self.push(character);
        true
    }

    fn icon(&mut self) -> bool {
        let Some(name) = ["fa:fa-", "fas:fa-", "far:fa-", "fal:fa-", "fab:fa-", "fad:fa-", "fak:fa-"]
            .iter()
            .find_map(|prefix| self.rest.strip_prefix(prefix))
            .filter(|_| !self.before.is_alphanumeric())
        else {
            return false;
        };
        self.rest = name.trim_start_matches(|next: char| next.is_ascii_alphanumeric() || next == '-');
        self.has_icon = true;
        true
    }

    /// `**`, `__`, `*`, `_` where they open or close a run.
    fn mark(&mut self) -> bool {
        // `***` closes the inner of two runs first.
        let inner = self.marks.last().filter(|mark| self.rest.starts_with("***") && **mark == "*").copied();
        let longest = ["**", "__", "*", "_"].into_iter().find(|mark| self.rest.starts_with(mark));
        let Some(mark) = inner.or(longest) else { return false };
        let after = &self.rest[mark.len()..];
        let next = after.chars().next();
        if self.marks.last() == Some(&mark) && !self.before.is_whitespace() {
            self.marks.pop();
            *self.weight(mark) -= 1;
        } else {
            let opens = next.is_some_and(|next| !next.is_whitespace())
                && (mark.starts_with('*') || !self.before.is_alphanumeric())
                && !self.lonely.contains(&mark);
            if !opens {
                return false;
            }
            if !has_partner(after, mark) {
                self.lonely.push(mark);
                return false;
            }
            self.marks.push(mark);
            *self.weight(mark) += 1;
        }
        self.rest = after;
        true
    }

    fn weight(&mut self, mark: &str) -> &mut usize {
        if mark.len() == 2 { &mut self.bold } else { &mut self.italic }
    }
}

fn has_partner(text: &str, mark: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, character)| {
        let is_partner = !before.is_whitespace() && text[at..].starts_with(mark);
        before = character;
        is_partner
    })
}

/// The character that an entity code at the beginning of `text` stands for, and the code's length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let code = text[1..end].strip_prefix('#').filter(|_| text.starts_with('&'));
    let character = match (code, text.starts_with('#')) {
        (Some(code), _) => match code.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => char::from_u32(u32::from_str_radix(hexadecimal, 16).ok()?)?,
            None => char::from_u32(code.parse().ok()?)?,
        },
        (None, true) if text[1..end].bytes().all(|byte| byte.is_ascii_digit()) => {
            char::from_u32(text[1..end].parse().ok()?)?
        }
        (None, _) => character_of(&text[1..end])?,
    };
    Some((character, end + 1))
}

/// The text with its entity codes resolved.
pub(super) fn with_entities_resolved(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let found = if matches!(next, '&' | '#') { entity(rest) } else { None };
        let (character, length) = found.unwrap_or((next, next.len_utf8()));
        resolved.push(character);
        rest = &rest[length..];
    }
    resolved
}

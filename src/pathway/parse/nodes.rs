//! Nodes: a name, the brackets that give its form, the words in them, a class.

use super::draft::{Applied, Dress};
use super::label::Writing;
use super::links::stroke_at;
use super::reader::{Broken, Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::{Label, Shape};

/// Opening brackets with the closing ones that may follow, longer ones first.
const BRACKETS: &[(&str, &[&str], &[Shape])] = &[
    ("(((", &[")))"], &[Shape::DoubleCircle]),
    ("((", &["))"], &[Shape::Circle]),
    ("([", &["])"], &[Shape::Stadium]),
    ("(-", &["-)"], &[Shape::Stadium]),
    ("(", &[")"], &[Shape::Rounded]),
    ("[[", &["]]"], &[Shape::Subprocess]),
    ("[(", &[")]"], &[Shape::Cylinder]),
    ("[/", &["/]", "\\]"], &[Shape::LeanRight, Shape::Trapezoid]),
    ("[\\", &["\\]", "/]"], &[Shape::LeanLeft, Shape::TrapezoidDown]),
    ("[", &["]"], &[Shape::Rectangle]),
    ("{{", &["}}"], &[Shape::Hexagon]),
    ("{", &["}"], &[Shape::Diamond]),
    (">", &["]"], &[Shape::Flag]),
];

/// Words of the language that cannot be names. `click` and `href` are such only before a space.
const RESERVED: &[&str] = &[
    "end",
    "style",
    "linkStyle",
    "classDef",
    "class",
    "subgraph",
    "flowchart-elk",
    "flowchart",
    "graph",
    "swimlane-beta",
    "interpolate",
    "_self",
    "_blank",
    "_parent",
    "_top",
];

/// What a name may hold beside letters and digits.
pub(super) fn is_name_mark(next: char) -> bool {
    "!#$%&'*+.`?\\_/:,".contains(next)
}

impl<'t> Reader<'t> {
    /// Nodes joined by `&`.
    pub(super) fn node_list(&mut self) -> Option<Vec<usize>> {
        let mut nodes = vec![self.node()?];
        loop {
            let before = self.at;
            self.skip_spaces();
            if before == self.at || !self.takes("&") {
                self.at = before;
                return Some(nodes);
            }
            self.skip_spaces();
            nodes.push(self.node()?);
        }
    }

    fn node(&mut self) -> Option<usize> {
        let start = self.at;
        self.refuse_reserved()?;
        let id = self.name_word();
        if id.is_empty() {
            return self.no_name();
        }
        let name_span = self.span(start, self.at);
        let node = match self.draft.name(id, name_span) {
            Ok(node) => node,
            Err(problem) => return self.fail(problem),
        };
        if let Some((shape, label)) = self.body().ok()? {
            let around = self.draft.open.last().map(|open| open.group);
            let span = self.span(start, self.at);
            let known = &mut self.draft.nodes[node];
            if known.label.is_none() {
                known.span = span;
                known.worded_in = around;
            }
            known.label = Some(label);
            known.shape = Some(shape);
        }
        if self.takes(":::") {
            let class_start = self.at;
            let class = self.name_word().to_string();
            let span = self.span(start, self.at);
            if class.is_empty() {
                return self.fail(
                    Diagnostic::error("flowchart-syntax", "`:::` is not followed by the name of a class")
                        .at(self.span(class_start - 3, class_start))
                        .help("write the name without a space: `A:::key`"),
                );
            }
            self.draft.applied.push(Applied { name: id.to_string(), what: Dress::Class(class), span });
        }
        if self.sees("@{") {
            self.node_data(id, node, start)?;
        }
        Some(node)
    }

    /// A name, as far as it goes; empty where none begins here.
    pub(super) fn name_word(&mut self) -> &'t str {
        let start = self.at;
        while let Some(next) = self.peek() {
            let after = self.rest()[next.len_utf8()..].chars().next();
            let is_part = match next {
                // A dash that does not begin an arrow belongs to the name: `follow-up`.
                // So does one before the bracket `>` where its words end on the line: `odd->words]`.
                '-' => {
                    after.is_some_and(|after| !">-.".contains(after)) || (self.at > start && self.sees_flag())
                }
                ':' => !self.sees(":::"),
                // Between spaces it joins nodes.
                '&' => self.at > start,
                next => next.is_alphanumeric() || is_name_mark(next),
            };
            if !is_part {
                break;
            }
            self.at += next.len_utf8();
        }
        &self.text[start..self.at]
    }

    /// Whether `->words]` stands here: the end of a name, and a flag with its words.
    fn sees_flag(&self) -> bool {
        const LONGEST: usize = 2_000;
        let words = self.rest().strip_prefix("->").unwrap_or("");
        let end = words.chars().take(LONGEST).find(|next| "[](){}|\"\n".contains(*next));
        end == Some(']') && !words.starts_with(']')
    }

    /// Words of the language and arrows where a name is expected.
    fn refuse_reserved(&mut self) -> Option<()> {
        let word = RESERVED.iter().find(|word| self.sees_word(word)).copied().or_else(|| {
            ["click", "href"].into_iter().find(|word| {
                self.sees_word(word) && self.rest()[word.len()..].starts_with(char::is_whitespace)
            })
        });
        if let Some(word) = word {
            let place = self.span(self.at, self.at + word.len());
            let other =
                if word == "end" { "End".to_string() } else { format!("{}1", word.trim_matches('_')) };
            return self.fail(
                Diagnostic::error(
                    "flowchart-reserved-word",
                    format!(
                        "`{word}` is a word of the flowchart language, so no step can have it as its name"
                    ),
                )
                .at(place)
                .help(format!("choose another name and keep the words: `{other}[\"{word}\"]`")),
            );
        }
        let Some(stroke) = stroke_at(self.text, self.at) else { return Some(()) };
        let place = self.span(self.at, stroke.end);
        let letter = self.peek().filter(char::is_ascii_alphabetic);
        let help = match letter {
            Some(letter) => format!(
                "`{letter}` here belongs to the arrow; for a step called `{letter}`, write a space after it"
            ),
            None => "write the name of a step before and after each arrow: `A --> B`".to_string(),
        };
        self.fail(
            Diagnostic::error("flowchart-arrow", "an arrow stands where the name of a step is expected")
                .at(place)
                .help(help),
        )
    }

    fn no_name<T>(&mut self) -> Option<T> {
        let place = self.here();
        let (message, help) = match self.peek() {
            None | Some('\n' | ';') => return self.name_missing(),
            Some('[' | '(' | '{' | '"') => (
                "these words stand without the name of a step".to_string(),
                "give the step a short name before its words: `A[\"Arrival\"]`",
            ),
            Some('\u{2013}' | '\u{2014}' | '\u{2192}') => return self.wrong_arrow(),
            Some(other) => (
                format!("no name of a step can begin with `{other}`"),
                "begin with a letter and put the words into quotes: `A[\"…\"]`",
            ),
        };
        self.fail(Diagnostic::error("flowchart-syntax", message).at(place).help(help))
    }

    /// Said of the arrow before, not of the end of the file.
    fn name_missing<T>(&mut self) -> Option<T> {
        let end = self.text[..self.at].trim_end().len();
        let place = self.span(end.saturating_sub(1), end);
        self.fail(
            Diagnostic::error("flowchart-syntax", "the name of a step is missing here")
                .at(place)
                .help("after an arrow or `&`, name the step that follows on the same line: `A --> B`"),
        )
    }

    /// Long dashes and arrow characters, which word processors make of `-->`.
    pub(super) fn wrong_arrow<T>(&mut self) -> Option<T> {
        let place = self.here();
        self.fail(
            Diagnostic::error(
                "flowchart-arrow",
                "a word processor has turned an arrow into another character",
            )
            .at(place)
            .help("write two short dashes and a greater-than sign: `-->`"),
        )
    }

    /// Brackets with words, where they stand here.
    fn body(&mut self) -> Result<Option<(Shape, Label)>, Broken> {
        let opening_at = self.at;
        if self.sees("[|") {
            self.skip_properties().ok_or(Broken)?;
            let (label, _) = self.words(&["]"], opening_at).ok_or(Broken)?;
            return Ok(Some((Shape::Rectangle, label)));
        }
        let Some((opening, closings, shapes)) = BRACKETS.iter().find(|(opening, ..)| self.sees(opening))
        else {
            return Ok(None);
        };
        self.at += opening.len();
        let (label, closing) = self.words(closings, opening_at).ok_or(Broken)?;
        Ok(Some((shapes[closing], label)))
    }

    /// `[|borders:lt|words]`: properties of an old form, of no meaning here.
    fn skip_properties(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 2;
        self.take_while(|next| next != '|' && next != '\n' && next != ']');
        if self.takes("|") {
            return Some(());
        }
        let place = self.span(start, self.at);
        self.fail(Diagnostic::error("flowchart-not-closed", "`[|` is not followed by a second `|`").at(place))
    }

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

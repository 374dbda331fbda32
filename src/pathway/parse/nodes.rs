//! Nodes: a name, the brackets that give its form, the words in them, a class.

use super::draft::{Applied, Dress};
use super::links::stroke_at;
use super::reader::{Broken, Reader};
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
}

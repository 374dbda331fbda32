//! `A@{ shape: doc, label: "Report" }`: form and words of a node in the newer notation, and settings of an edge.

use super::draft::Draft;
use super::label::Writing;
use super::reader::{Reader, quoted};
use super::shapes::{shape_names, shape_of};
use super::words::not_closed;
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Shape;
use crate::source::Span;
use crate::text::did_you_mean;

/// A setting between the braces.
struct Entry<'t> {
    key: &'t str,
    value: &'t str,
    /// Where the value stands.
    at: usize,
}

/// What Mermaid knows beside `shape` and `label`, of no meaning for this drawing.
const IGNORED: &[&str] = &[
    "animate",
    "animation",
    "curve",
    "step",
    "form",
    "pos",
    "constraint",
    "w",
    "h",
    "labelType",
    "view",
    "htmlLabels",
];

impl Reader<'_> {
    /// Reads `@{ … }` for a name.
    pub(super) fn node_data(&mut self, id: &str, node: usize, start: usize) -> Option<()> {
        let opening = self.at;
        self.at += 2;
        let Some(end) = end_of_data(self.rest()) else {
            let line = self.line_rest().len();
            let place = self.span(opening, self.at + line);
            self.at += line;
            return self.fail(not_closed("@{", "}").at(place));
        };
        let inner = &self.text[self.at..self.at + end];
        let entries = self.entries(inner, self.at);
        self.at += end + 1;
        // Unlike words in brackets, these are Markdown unless their author says otherwise.
        let writing = match entries.iter().find(|entry| entry.key == "labelType") {
            Some(entry) if matches!(entry.value, "text" | "string") => Writing::Plain,
            _ => Writing::Markdown,
        };
        for entry in entries {
            let place = self.span(entry.at, entry.at + entry.value.len());
            match entry.key {
                "shape" => {
                    let shape = self.shape(entry.value, place);
                    self.draft.nodes[node].shape = Some(shape);
                }
                "label" => self.data_label(node, entry.value, writing, entry.at, start)?,
                "icon" | "img" => self.problems.push(
                    Diagnostic::warning("flowchart-icon", "pictures and icons in a step are left out")
                        .at(place)
                        .help("say in the step's words what the picture shows"),
                ),
                key if IGNORED.contains(&key) => {}
                key => {
                    let known = IGNORED.iter().copied().chain(["shape", "label"]);
                    let help =
                        did_you_mean(key, known).unwrap_or_else(|| "write `shape:` or `label:`".to_string());
                    self.problems.push(
                        Diagnostic::warning(
                            "flowchart-setting",
                            format!("`{}` is no setting of a step", quoted(key)),
                        )
                        .at(place)
                        .help(help),
                    );
                }
            }
        }
        note_edge_settings(&mut self.draft, id);
        Some(())
    }

    fn data_label(
        &mut self,
        node: usize,
        value: &str,
        writing: Writing,
        at: usize,
        start: usize,
    ) -> Option<()> {
        let markdown = value.strip_prefix('`').and_then(|value| value.strip_suffix('`'));
        let writing = if markdown.is_some() { Writing::Markdown } else { writing };
        let label = self.read_words(markdown.unwrap_or(value), writing, at)?;
        let span = self.span(start, self.at);
        let around = self.draft.open.last().map(|open| open.group);
        let known = &mut self.draft.nodes[node];
        if known.label.is_none() {
            known.span = span;
            known.worded_in = around;
        }
        known.label = Some(label);
        Some(())
    }

    /// A shape that nobody knows is drawn as a rectangle, and said.
    fn shape(&mut self, name: &str, place: Span) -> Shape {
        if matches!(name, "icon" | "image" | "iconSquare" | "iconCircle" | "iconRounded" | "imageSquare") {
            self.problems.push(
                Diagnostic::warning("flowchart-icon", "pictures and icons are drawn as a plain step")
                    .at(place)
                    .help("say in the step's words what the picture shows"),
            );
            return Shape::Rectangle;
        }
        if let Some(shape) = shape_of(name) {
            return shape;
        }
        let help = did_you_mean(&name.to_lowercase().replace('_', "-"), shape_names())
            .unwrap_or_else(|| "write one of Mermaid's names: `rect`, `diam`, `stadium`, `doc`".to_string());
        self.problems.push(
            Diagnostic::warning(
                "flowchart-shape",
                format!("`{}` is no shape of a flowchart; a plain step is drawn", quoted(name)),
            )
            .at(place)
            .help(help),
        );
        Shape::Rectangle
    }

    fn entries<'t>(&mut self, inner: &'t str, offset: usize) -> Vec<Entry<'t>> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        // Mermaid reads settings on lines of their own as YAML lines, which commas do not part.
        let ends = if inner.contains('\n') { "\n" } else { "," };
        let mut at = 0;
        while at < inner.len() {
            let length = end_of_entry(&inner[at..], ends);
            let entry = inner[at..at + length].trim_end();
            let entry_at = offset + at;
            at += length + 1;
            if ends == "\n" && entry.ends_with(',') {
                let comma = self.span(entry_at + entry.len() - 1, entry_at + entry.len());
                self.problems.push(
                    Diagnostic::error("flowchart-syntax", "a comma stands at the end of this line")
                        .at(comma)
                        .help("delete it: settings on lines of their own are not parted by commas"),
                );
                continue;
            }
            if entry.trim().is_empty() {
                continue;
            }
            let Some(colon) = entry.find(':') else {
                let place = self.span(entry_at, entry_at + entry.len());
                self.problems.push(
                    Diagnostic::error("flowchart-syntax", format!("`{}` is no setting", quoted(entry)))
                        .at(place)
                        .help("write a name, a colon and a value, parted by commas: `@{ shape: doc, label: \"Report\" }`"),
                );
                continue;
            };
            let mut value = entry[colon + 1..].trim();
            if matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+") && at <= inner.len() {
                let length = length_of_block(&inner[at..], indent_of(entry));
                value = inner[at..at + length].trim();
                at += length;
            }
            let unquoted = ['"', '\'']
                .into_iter()
                .find_map(|quote| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote)));
            let found = unquoted.unwrap_or(value);
            let value_at = offset + (found.as_ptr().addr() - inner.as_ptr().addr());
            let key = entry[..colon].trim().trim_matches(['"', '\'']);
            if entries.iter().any(|known| known.key == key) {
                let place = self.span(value_at, value_at + found.len());
                self.problems.push(
                    Diagnostic::error("flowchart-syntax", format!("`{}` is given twice", quoted(key)))
                        .at(place)
                        .help("keep one of the two"),
                );
                continue;
            }
            entries.push(Entry { key, value: found, at: value_at });
        }
        entries
    }
}

/// A name that an edge already bears is that edge, not a node.
fn note_edge_settings(draft: &mut Draft, id: &str) {
    if draft.edge_names.contains_key(id)
        && let Some(node) = draft.known(id)
    {
        draft.nodes[node].shape = None;
    }
}

/// Where the closing brace stands, outside double quotes.
fn end_of_data(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'}' && !is_quoted
    })
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The lines that stand further in than `indent`: a text after `label: |`.
fn length_of_block(text: &str, indent: usize) -> usize {
    let is_part = |line: &&str| line.trim().is_empty() || indent_of(line) > indent;
    text.split_inclusive('\n').take_while(is_part).map(str::len).sum()
}

/// Up to one of the characters in `ends`, outside quotes.
fn end_of_entry(text: &str, ends: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    text.bytes()
        .position(|byte| {
            let opens = before == b':' || before.is_ascii_whitespace();
            match quote {
                Some(open) if open == byte => quote = None,
                None if byte == b'"' || (byte == b'\'' && opens) => quote = Some(byte),
                _ => {}
            }
            before = byte;
            quote.is_none() && ends.as_bytes().contains(&byte)
        })
        .unwrap_or(text.len())
}

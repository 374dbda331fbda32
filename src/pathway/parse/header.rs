//! What stands before the first statement: front matter, and the line that names the kind of diagram and its direction.

use super::reader::{Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Direction;
use crate::text::did_you_mean;

/// What the beginning of a text says.
pub(super) struct Header {
    pub(super) direction: Direction,
    /// The front matter's title.
    pub(super) title: Option<String>,
}

const FLOWCHARTS: &[&str] = &["flowchart-elk", "swimlane-beta", "flowchart", "graph"];

/// The other kinds of diagram that Mermaid knows.
const OTHERS: &[&str] = &[
    "architecture",
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "gantt",
    "gitGraph",
    "info",
    "ishikawa",
    "ishikawa-beta",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar",
    "radar-beta",
    "requirement",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap",
    "treemap-beta",
    "treeView-beta",
    "usecase-beta",
    "venn-beta",
    "wardley-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
];

impl Reader<'_> {
    /// Reads up to the first statement; none where this is no flowchart.
    pub(super) fn header(&mut self) -> Option<Header> {
        let title = self.front_matter();
        self.skip_blank();
        let start = self.at;
        let word = self.take_while(|next| next.is_alphanumeric() || next == '-' || next == '_');
        self.head = self.span(start, start + word.len());
        if !FLOWCHARTS.contains(&word) {
            return self.no_flowchart(word);
        }
        let direction = self.direction_word().unwrap_or_default();
        Some(Header { direction, title })
    }

    fn no_flowchart(&mut self, word: &str) -> Option<Header> {
        let place = self.head;
        if word.is_empty() && self.is_at_end() {
            return self.fail(
                Diagnostic::warning("flowchart-empty", "there is no flowchart here, so nothing is drawn")
                    .at(place)
                    .help("begin with a line `flowchart TD`"),
            );
        }
        if OTHERS.contains(&word) {
            return self.fail(
                Diagnostic::warning(
                    "diagram-type",
                    format!(
                        "this is a `{word}` diagram; only flowcharts are drawn, so readers see its source"
                    ),
                )
                .at(place)
                .help("write it as a `flowchart`, or keep the source and describe the diagram in words"),
            );
        }
        let known = FLOWCHARTS.iter().chain(OTHERS).copied();
        let meant = did_you_mean(word, known).map_or(String::new(), |meant| format!("{meant} "));
        self.fail(
            Diagnostic::error("flowchart-no-header", "a flowchart begins with the word `flowchart`")
                .at(if word.is_empty() { self.here() } else { place })
                .help(format!(
                    "{meant}write `flowchart TD` on the first line (TD runs down, LR runs to the right)"
                )),
        )
    }

    /// The direction after `flowchart`, up to the end of that statement.
    fn direction_word(&mut self) -> Option<Direction> {
        self.skip_spaces();
        if self.is_at_separator() {
            return None;
        }
        let start = self.at;
        let word = match self.peek() {
            Some('<' | '>' | '^') => {
                self.at += 1;
                &self.text[start..self.at]
            }
            _ => self.take_while(char::is_alphanumeric),
        };
        let direction = match word {
            "v" | "BR" => Some(Direction::Down),
            "<" => Some(Direction::Left),
            ">" => Some(Direction::Right),
            "^" => Some(Direction::Up),
            word => direction_of(word),
        };
        if direction.is_none() {
            let said = if word.is_empty() { quoted(self.line_rest()) } else { word.to_string() };
            self.problems.push(unknown_direction(&said).at(self.span(start, self.at.max(start + 1))));
            self.skip_statement();
            return None;
        }
        self.skip_spaces();
        if !self.is_at_separator() {
            let place = self.here();
            self.problems.push(
                Diagnostic::error("flowchart-syntax", "nothing may follow the direction on the first line")
                    .at(place)
                    .help("begin the first step on a line of its own"),
            );
        }
        direction
    }

    /// `---`, YAML, `---`: only the title is of use; the rest configures Mermaid.
    fn front_matter(&mut self) -> Option<String> {
        let start = self.at;
        self.skip_blank();
        if !self.sees("---") || !self.line_rest()[3..].trim().is_empty() {
            self.at = start;
            return None;
        }
        let opening = self.here();
        let margin = self.text[..self.at].rsplit('\n').next().unwrap_or("");
        let body_start = self.at + self.line_rest().len();
        let mut line_start = body_start + 1;
        while line_start <= self.text.len() {
            self.at = line_start;
            let line = self.line_rest();
            // Mermaid ends it at dashes that stand below the first ones; others belong to a text in between.
            if line.strip_prefix(margin).is_some_and(|line| line.trim_end() == "---") {
                self.at = line_start + line.len();
                return front_matter_title(&self.text[body_start..line_start], margin);
            }
            line_start += line.len() + 1;
        }
        self.at = self.text.len();
        self.fail(
            Diagnostic::error("flowchart-not-closed", "the front matter begins with `---` and never ends")
                .at(opening)
                .help("write `---` on a line of its own before `flowchart`"),
        )
    }
}

/// The value of `title:` at the margin of a YAML text.
fn front_matter_title(yaml: &str, margin: &str) -> Option<String> {
    let value = yaml.lines().find_map(|line| line.strip_prefix(margin)?.strip_prefix("title:"))?.trim();
    let inner = |quote: char| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
    let title = inner('"').or_else(|| inner('\'')).unwrap_or(value).trim();
    (!title.is_empty()).then(|| title.to_string())
}

/// `TB`, `TD`, `BT`, `LR`, `RL`.
pub(super) fn direction_of(word: &str) -> Option<Direction> {
    match word {
        "TB" | "TD" => Some(Direction::Down),
        "BT" => Some(Direction::Up),
        "LR" => Some(Direction::Right),
        "RL" => Some(Direction::Left),
        _ => None,
    }
}

/// The message for a direction that is none.
pub(super) fn unknown_direction(word: &str) -> Diagnostic {
    let capitals = word.to_uppercase();
    let help = if direction_of(&capitals).is_some() {
        format!("write it in capitals: `{capitals}`")
    } else {
        "write TD (down), LR (to the right), BT (up) or RL (to the left)".to_string()
    };
    Diagnostic::error("flowchart-direction", format!("`{}` is no direction", quoted(word))).help(help)
}

//! `subgraph … end`: a group, its name and its title.

use super::MAX_DEPTH;
use super::draft::DraftGroup;
use super::label::Writing;
use super::nodes::is_name_mark;
use super::reader::{Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Label;

impl Reader<'_> {
    pub(super) fn subgraph(&mut self) -> Option<()> {
        let start = self.at;
        self.at += "subgraph".len();
        self.skip_spaces();
        let id_at = self.at;
        if self.draft.open.len() >= MAX_DEPTH {
            self.draft.is_full = true;
            let place = self.span(start, self.at);
            return self.fail(
                Diagnostic::error(
                    "flowchart-too-large",
                    format!("groups lie more than {MAX_DEPTH} deep in each other"),
                )
                .at(place)
                .help("use fewer levels; three are as much as a reader can take in"),
            );
        }
        let named = self.subgraph_name(start);
        let is_broken = named.is_none();
        let (id, label) = named.unwrap_or_default();
        // A group that could not be read is opened all the same, so that its `end` is no second problem.
        let id = id.unwrap_or_else(|| format!("subGraph{}", self.draft.groups.len()));
        let span = self.span(id_at, self.at.max(id_at));
        let opening = self.span(start, start + "subgraph".len());
        let group = DraftGroup { id, label, direction: None, span };
        if let Err(problem) = self.draft.open_group(group, opening) {
            return self.fail(problem);
        }
        if is_broken { None } else { Some(()) }
    }

    /// The name, where there is one beside the title, and the title.
    fn subgraph_name(&mut self, start: usize) -> Option<(Option<String>, Label)> {
        let at = self.at;
        let (id, label) = if self.sees("\"") {
            let label = self.quoted_words()?;
            let words = self.text[at..self.at].trim_matches(['"', '`']);
            (Some(words.trim().to_string()).filter(|id| !id.contains(char::is_whitespace)), label)
        } else {
            let bare = self.take_while(is_bare_title).trim().to_string();
            if bare.is_empty() && (self.is_at_separator() || self.sees("[")) {
                let place = self.span(start, start + "subgraph".len());
                return self.fail(
                    Diagnostic::error(
                        "flowchart-group-name",
                        "this `subgraph` has no name, and GitHub cannot draw it",
                    )
                    .at(place)
                    .help("write `subgraph hub[\"Comprehensive stroke centre\"]`"),
                );
            }
            if let Some(arrow) =
                self.text[at..self.at].find("--").or_else(|| self.text[at..self.at].find("-."))
            {
                self.at = at + arrow;
            }
            if self.sees("[") {
                self.at += 1;
                let opening = self.at - 1;
                (Some(bare), self.words(&["]"], opening)?.0)
            } else {
                let label = self.read_words(&bare, Writing::Plain, at)?;
                (Some(bare).filter(|id| !id.contains(char::is_whitespace)), label)
            }
        };
        self.skip_spaces();
        if self.is_at_separator() {
            return Some((id, label));
        }
        let place = self.here();
        let line_end = self.at + self.line_rest().len();
        let whole = self.text[at..line_end].trim();
        // Words without brackets are all of the title.
        let help = if whole.contains(['[', ']', '"']) {
            "give a short name, then the title in brackets and quotes: `subgraph hub[\"Hub (days)\"]`"
                .to_string()
        } else {
            format!("put the title into quotes: `subgraph \"{}\"`", quoted(whole))
        };
        let rest = quoted(self.line_rest());
        self.fail(
            Diagnostic::error(
                "flowchart-group-name",
                format!("`{rest}` cannot be part of a group's title as it stands"),
            )
            .at(place)
            .help(help),
        )
    }

    pub(super) fn end_of_group(&mut self) -> Option<()> {
        let start = self.at;
        let place = self.span(start, start + 3);
        let after = self.rest()[3..].trim_start_matches([' ', '\t']);
        let is_step = after.starts_with("--")
            || after.starts_with("-.")
            || after.starts_with("==")
            || self.rest()[3..].starts_with(['[', '(', '{', '-']);
        if is_step {
            return self.fail(
                Diagnostic::error(
                    "flowchart-reserved-word",
                    "`end` closes a group, so no step can have it as its name",
                )
                .at(place)
                .help("write the name with a capital: `End[\"End\"]`"),
            );
        }
        self.at += 3;
        if !self.draft.close_group() {
            return self.fail(
                Diagnostic::error("flowchart-group-end", "this `end` closes no group")
                    .at(place)
                    .help("delete it; for a step called so, write `End` with a capital"),
            );
        }
        Some(())
    }
}

/// What Mermaid reads as a title without quotes.
fn is_bare_title(next: char) -> bool {
    let is_mark = is_name_mark(next) || "-^".contains(next);
    next != '\n' && (next.is_whitespace() || next.is_alphanumeric() || (is_mark && next != ','))
}

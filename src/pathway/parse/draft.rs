//! What the statements have said so far. Names are resolved at the end only, because a step may be styled, linked or
//! put into a group before it is written.

use std::collections::HashMap;

use super::{MAX_EDGES, MAX_NODES};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::{Direction, Head, Label, Line, Shape, Style};
use crate::source::Span;

/// A name that stands for a node, unless a group turns out to bear it.
pub(super) struct DraftNode {
    pub(super) id: String,
    pub(super) label: Option<Label>,
    pub(super) shape: Option<Shape>,
    /// Where it is first named; where it gets its words, once it does.
    pub(super) span: Span,
    /// The group around the place where it gets its words.
    pub(super) worded_in: Option<usize>,
    /// The group that holds it.
    pub(super) owner: Option<usize>,
}

/// An edge between two names.
pub(super) struct DraftEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) arrow: Arrow,
    pub(super) style: Style,
}

/// All that is written between two names.
#[derive(Clone)]
pub(super) struct Arrow {
    pub(super) name: Option<String>,
    pub(super) label: Label,
    pub(super) line: Line,
    pub(super) tail: Head,
    pub(super) head: Head,
    pub(super) length: u32,
    pub(super) span: Span,
}

/// A subgraph.
pub(super) struct DraftGroup {
    pub(super) id: String,
    pub(super) label: Label,
    pub(super) direction: Option<Direction>,
    pub(super) span: Span,
}

/// A subgraph whose `end` is still to come.
pub(super) struct OpenGroup {
    pub(super) group: usize,
    pub(super) opening: Span,
    members: Vec<usize>,
}

/// A style or a class that was given to a name.
pub(super) struct Applied {
    pub(super) name: String,
    pub(super) what: Dress,
    pub(super) span: Span,
}

/// What a name is given.
pub(super) enum Dress {
    Class(String),
    Style(Style),
}

/// A link that was given to a name.
pub(super) struct Click {
    pub(super) name: String,
    pub(super) name_span: Span,
    pub(super) link: crate::pathway::model::Link,
}

/// See the module.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) nodes: Vec<DraftNode>,
    names: HashMap<String, usize>,
    pub(super) edges: Vec<DraftEdge>,
    pub(super) edge_names: HashMap<String, usize>,
    pub(super) groups: Vec<DraftGroup>,
    pub(super) group_names: HashMap<String, usize>,
    pub(super) open: Vec<OpenGroup>,
    pub(super) classes: HashMap<String, Style>,
    pub(super) applied: Vec<Applied>,
    pub(super) clicks: Vec<Click>,
    pub(super) line_default: Style,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Whether a limit was passed: nothing more is read.
    pub(super) is_full: bool,
}

impl Draft {
    /// The node of a name, made if need be, and noted as a member of the group around.
    pub(super) fn name(&mut self, id: &str, span: Span) -> Result<usize, Diagnostic> {
        let index = match self.names.get(id) {
            Some(index) => *index,
            None => self.add_name(id, span)?,
        };
        if let Some(open) = self.open.last_mut() {
            open.members.push(index);
        }
        Ok(index)
    }

    fn add_name(&mut self, id: &str, span: Span) -> Result<usize, Diagnostic> {
        // A group's name counts as a node only until it is known.
        if self.nodes.len() >= MAX_NODES + self.groups.len() || self.groups.len() > MAX_NODES {
            self.is_full = true;
            return Err(too_large("steps", MAX_NODES, span));
        }
        let index = self.nodes.len();
        self.nodes.push(DraftNode {
            id: id.to_string(),
            label: None,
            shape: None,
            span,
            worded_in: None,
            owner: None,
        });
        self.names.insert(id.to_string(), index);
        Ok(index)
    }

    /// The node of a name that was already written.
    pub(super) fn known(&self, id: &str) -> Option<usize> {
        self.names.get(id).copied()
    }

    /// Every node and group that was named.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(|node| node.id.as_str())
    }

    /// Joins each of `from` with each of `to`. A name given to the edge goes to one of them, as in Mermaid.
    pub(super) fn join(&mut self, from: &[usize], to: &[usize], arrow: &Arrow) -> Result<(), Diagnostic> {
        if self.edges.len() + from.len() * to.len() > MAX_EDGES {
            self.is_full = true;
            return Err(too_large("links", MAX_EDGES, arrow.span));
        }
        if let Some(name) = &arrow.name {
            let index = self.edges.len() + from.len().saturating_sub(1) * to.len();
            self.edge_names.entry(name.clone()).or_insert(index);
        }
        for from in from {
            for to in to {
                let arrow = arrow.clone();
                self.edges.push(DraftEdge { from: *from, to: *to, arrow, style: self.line_default.clone() });
            }
        }
        Ok(())
    }

    /// Opens a group; one whose name is already borne by another goes on with that one.
    pub(super) fn open_group(&mut self, group: DraftGroup, opening: Span) -> Result<(), Diagnostic> {
        let index = if let Some(index) = self.group_names.get(&group.id) {
            *index
        } else {
            self.group_names.insert(group.id.clone(), self.groups.len());
            self.groups.push(group);
            self.groups.len() - 1
        };
        // The group is a member of the one around it, by its name.
        let id = self.groups[index].id.clone();
        let named = self.name(&id, opening);
        self.open.push(OpenGroup { group: index, opening, members: Vec::new() });
        named.map(|_| ())
    }

    /// Closes the innermost group. Inner groups close first and a member stays where it was first held: the innermost
    /// of the groups that name it, as in Mermaid.
    pub(super) fn close_group(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        for member in open.members {
            let node = &mut self.nodes[member];
            if node.owner.is_none() && node.id != self.groups[open.group].id {
                node.owner = Some(open.group);
            }
        }
        true
    }
}

fn too_large(what: &str, limit: usize, span: Span) -> Diagnostic {
    let limit = crate::text::thousands(limit);
    Diagnostic::error("flowchart-too-large", format!("this chart has more than {limit} {what}"))
        .at(span)
        .help("divide it into several charts that link to each other; nobody can follow one of this size")
}

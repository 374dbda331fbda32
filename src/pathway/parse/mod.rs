//! Mermaid flowchart text into a [`Flowchart`]: the language as Mermaid 11 and 12 read it, statement by statement, so
//! that every problem of a text is found in one run. Nothing in a text is ever executed, and a text with an error
//! gives no chart: a wrong drawing is worse than none.

mod assemble;
mod click;
mod colours;
mod data;
mod draft;
mod entities;
mod groups;
mod header;
mod label;
mod links;
mod mask;
mod nodes;
mod reader;
mod shapes;
mod statements;
mod styles;
mod words;

pub use shapes::shape_names;

use super::Flowchart;
use crate::diagnostic::Diagnostic;

/// A chart may have so many nodes.
pub const MAX_NODES: usize = 2_000;
/// A chart may have so many edges.
pub const MAX_EDGES: usize = 10_000;
/// Words of one label may have so many bytes.
pub const MAX_LABEL_BYTES: usize = 100 * 1024;
/// Groups may lie so deep in each other.
pub const MAX_DEPTH: usize = 32;

/// What a text gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The chart; none where the text has an error or is another kind of diagram.
    pub chart: Option<Flowchart>,
    /// Every problem, in the order of their places.
    pub problems: Vec<Diagnostic>,
}

/// Reads a flowchart. All spans, in the problems as in the chart, are offsets into `text` plus `base`: give the place
/// of `text` in its file where it stands there in one piece, and 0 where it does not (a fence inside a quotation, an
/// indented YAML block), and map the spans afterwards.
pub fn parse(text: &str, base: u32) -> Parsed {
    let masked = mask::mask(text);
    let mut reader = reader::Reader::new(&masked.text, base);
    reader.problems.extend(masked.problems(base));
    let chart = match reader.header() {
        Some(header) => {
            reader.document();
            Some(assemble::assemble(&mut reader, header))
        }
        None => None,
    };
    let mut problems = reader.problems;
    problems.sort_by(|a, b| (a.span, a.severity, a.code).cmp(&(b.span, b.severity, b.code)));
    problems.dedup();
    let is_broken = problems.iter().any(Diagnostic::is_error);
    Parsed { chart: chart.filter(|_| !is_broken), problems }
}

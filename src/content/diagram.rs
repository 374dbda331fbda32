//! A flowchart that stands in the front matter itself: parsed, with its problems at their places in the file.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fields::Values;
use crate::pathway::{Flowchart, parse};
use crate::source::Span;

/// The chart of the field `diagram`, where its text and not the name of a file stands there.
pub(super) fn read(file: &str, values: &Values) -> (Option<Arc<Flowchart>>, Vec<Diagnostic>) {
    let Some(diagram) = values.spanned_text("diagram").filter(|diagram| diagram.value.contains('\n')) else {
        return (None, Vec::new());
    };
    let parsed = parse(diagram.value, 0);
    let lines = lines_in(file, diagram.span, diagram.value);
    let problems = named_by_page(parsed.problems)
        .map(|mut problem| {
            problem.span = problem.span.map(|span| placed(span, &lines).unwrap_or(diagram.span));
            for label in &mut problem.labels {
                label.span = placed(label.span, &lines).unwrap_or(diagram.span);
            }
            problem
        })
        .collect();
    (parsed.chart.map(Arc::new), problems)
}

/// Problems without those of a missing title and description: a pathway's page has both.
pub fn named_by_page(problems: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    problems
        .into_iter()
        .filter(|problem| !matches!(problem.code, "flowchart-no-title" | "flowchart-no-description"))
}

/// Where lines of a YAML block stand in its file: for each its offset in the value, its offset in the file, its length.
/// YAML takes the indentation off, so a block is not one piece.
fn lines_in(file: &str, block: Span, value: &str) -> Vec<(u32, u32, u32)> {
    let mut lines = Vec::new();
    let (mut from, end) = (block.start as usize, (block.end as usize).min(file.len()));
    let mut offset = 0;
    for line in value.split_inclusive('\n') {
        let written = line.trim();
        if let Some(at) =
            file.get(from..end).and_then(|rest| rest.find(written)).filter(|_| !written.is_empty())
        {
            let indent = line.len() - line.trim_start().len();
            lines.push(((offset + indent) as u32, (from + at) as u32, written.len() as u32));
            from += at + written.len();
        }
        offset += line.len();
    }
    lines
}

fn placed(span: Span, lines: &[(u32, u32, u32)]) -> Option<Span> {
    let in_file = |offset: u32| {
        let (value, file, length) =
            lines[lines.partition_point(|(value, ..)| *value <= offset).checked_sub(1)?];
        Some((file + (offset - value).min(length)) as usize)
    };
    Some(Span::new(in_file(span.start)?, in_file(span.end)?))
}

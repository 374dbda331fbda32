//! A problem for people: what is wrong, the line that is meant, and what to write instead.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};

use super::renderer;
use crate::diagnostic::Located;

pub(super) fn text(problem: &Located) -> String {
    let level = match problem.severity.as_str() {
        "error" => Level::ERROR,
        "warning" => Level::WARNING,
        _ => Level::NOTE.with_name("advice"),
    };
    let title = level.primary_title(problem.message.as_str()).id(problem.code.as_str());
    let mut group = Group::with_title(title);
    if !problem.labels.is_empty() {
        let mut snippet = Snippet::source(problem.excerpt.as_str())
            .line_start(problem.first_line as usize)
            .path(problem.path.as_str());
        for (index, label) in problem.labels.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(label.start..label.end);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        group = group.element(snippet);
    } else if !problem.path.is_empty() {
        let mut origin = Origin::path(problem.path.as_str());
        if (problem.line, problem.column) != (1, 1) {
            origin = origin.line(problem.line as usize).char_column(problem.column as usize);
        }
        group = group.element(origin);
    }
    let mut groups = vec![group];
    if let Some(help) = &problem.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    format!("{}\n\n", renderer().render(&groups))
}

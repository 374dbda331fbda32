//! Template errors as diagnostics.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind};

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};
use crate::text::list_words;
use crate::text::lower_first;

/// The template in which an error lies, by its name.
pub(super) fn template(error: &Error) -> Option<String> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            Some(report.filename().to_string())
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        _ => None,
    }
}

/// The parent that a template extends and that is not there.
pub(super) fn missing_parent(error: &Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::MissingParent { parent, .. } => Some(parent),
        _ => None,
    }
}

/// A replaced `base.html` or `item.html` lacks blocks that the templates on top of it fill: one problem that says which,
/// instead of one for each of those templates, which the theme's writer never touched.
fn missing_blocks(said: &str) -> Option<Diagnostic> {
    let after = |start: &str, end: char| {
        let found: BTreeSet<&str> =
            said.split(start).skip(1).filter_map(|rest| rest.split(end).next()).map(str::trim).collect();
        found.into_iter().collect::<Vec<_>>()
    };
    if !said.contains("is not defined in any parent template") {
        return None;
    }
    let blocks = after("Block `", '`');
    let templates = after("-->", ':');
    let lines: Vec<String> =
        blocks.iter().map(|block| format!("{{% block {block} %}}{{% endblock {block} %}}")).collect();
    Some(
        Diagnostic::error(
            "template-blocks",
            format!(
                "this theme's base.html or item.html lacks the {} {}, which {} fill",
                if blocks.len() == 1 { "block" } else { "blocks" },
                list_words(&blocks, "and"),
                list_words(&templates, "and"),
            ),
        )
        .help(format!("add to it {}, or replace those templates as well", lines.join(" "))),
    )
}

/// The error as a diagnostic, with its place where it has one.
pub(super) fn diagnostic(error: &Error, path_of: &dyn Fn(&str) -> Option<SitePath>) -> Diagnostic {
    if let Some(problem) = missing_blocks(&error.to_string()) {
        return problem;
    }
    let mut diagnostic = match error.kind() {
        ErrorKind::SyntaxError(report) => {
            Diagnostic::error("template-syntax", format!("the template cannot be read: {}", lower_first(report.message())))
                .at(Span::new(report.span().range.start, report.span().range.end))
        }
        ErrorKind::RenderingError(report) => {
            Diagnostic::error("template-error", format!("the template failed: {}", lower_first(report.message())))
                .at(Span::new(report.span().range.start, report.span().range.end))
        }
        ErrorKind::MissingParent { parent, .. } => {
            Diagnostic::error("template-error", format!("the template extends `{parent}`, which does not exist"))
                .help("templates are named by their path below `templates/`, such as base.html; a parent theme's are theme/base.html")
        }
        ErrorKind::TemplateNotFound(name) => Diagnostic::error("template-error", format!("there is no template `{name}`")),
        other => Diagnostic::error("template-error", format!("the templates cannot be used: {other}")),
    };
    diagnostic.path = template(error).and_then(|name| path_of(&name));
    diagnostic
}

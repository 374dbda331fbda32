//! Template errors as diagnostics.

use tera::{Error, ErrorKind};

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};

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

/// The error as a diagnostic, with its place where it has one.
pub(super) fn diagnostic(error: &Error, path_of: &dyn Fn(&str) -> Option<SitePath>) -> Diagnostic {
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

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_lowercase().chain(characters).collect())
}

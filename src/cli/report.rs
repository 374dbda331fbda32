//! Diagnostics for people (with the source line), for editors, for programs and for GitHub.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use clap::ValueEnum;

use super::terminal::{print, print_error};
use super::{Failure, unless_closed};
use crate::diagnostic::Located;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, with the line that is meant
    Human,
    /// One line each: path:line:column
    Short,
    /// One JSON object a line, on standard output
    Json,
    /// Annotations for GitHub Actions, on standard output
    Github,
}

/// Shows diagnostics in a format. People's go to standard error, the others to standard output.
pub(super) fn show(diagnostics: &[Located], format: Format) -> Result<(), Failure> {
    let mut text = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human => human(diagnostic, &mut text),
            Format::Short => short(diagnostic, &mut text),
            Format::Json => json(diagnostic, &mut text),
            Format::Github => github(diagnostic, &mut text),
        }
    }
    if format == Format::Human {
        print_error(&text);
        return Ok(());
    }
    unless_closed(print(&text))
}

/// Shows why a command could not do its work.
pub(super) fn failure(failure: &Failure) {
    let mut groups = vec![Group::with_title(Level::ERROR.primary_title(failure.message.as_str()))];
    if let Some(help) = &failure.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    // Each by itself: together they are joined by a bar, which stands for source lines that there are none of here.
    for group in groups {
        print_error(&format!("{}\n", renderer().render(&[group])));
    }
}

fn renderer() -> Renderer {
    Renderer::styled().decor_style(DecorStyle::Ascii)
}

fn human(diagnostic: &Located, text: &mut String) {
    let level = if diagnostic.is_error() { Level::ERROR } else { Level::WARNING };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    if !diagnostic.labels.is_empty() {
        let mut snippet = Snippet::source(diagnostic.excerpt.as_str())
            .line_start(diagnostic.first_line as usize)
            .path(diagnostic.path.as_str());
        for (index, label) in diagnostic.labels.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(label.start..label.end);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        group = group.element(snippet);
    } else if !diagnostic.path.is_empty() {
        let mut origin = Origin::path(diagnostic.path.as_str());
        if (diagnostic.line, diagnostic.column) != (1, 1) {
            origin = origin.line(diagnostic.line as usize).char_column(diagnostic.column as usize);
        }
        group = group.element(origin);
    }
    let mut groups = vec![group];
    if let Some(help) = &diagnostic.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    text.push_str(&renderer().render(&groups));
    text.push_str("\n\n");
}

fn short(diagnostic: &Located, text: &mut String) {
    let Located { severity, path, line, column, message, code, help, .. } = diagnostic;
    if !path.is_empty() {
        let _ = write!(text, "{}:{line}:{column}: ", one_line(path));
    }
    let _ = write!(text, "{severity}[{code}]: {}", one_line(message));
    if let Some(help) = help {
        let _ = write!(text, " – {}", one_line(help));
    }
    text.push('\n');
}

fn json(diagnostic: &Located, text: &mut String) {
    let Located { code, severity, path, line, column, message, help, .. } = diagnostic;
    let object = serde_json::json!({
        "code": code,
        "severity": severity,
        "path": path,
        "line": line,
        "column": column,
        "message": message,
        "help": help,
    });
    let _ = writeln!(text, "{object}");
}

/// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
fn github(diagnostic: &Located, text: &mut String) {
    let Located { code, severity, path, line, column, message, help, .. } = diagnostic;
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let place = if path.is_empty() {
        String::new()
    } else {
        format!("file={},line={line},col={column},", property(path))
    };
    let help = help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
    let _ =
        writeln!(text, "::{severity} {place}title={}::{}", property(code), data(&format!("{message}{help}")));
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

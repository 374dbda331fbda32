//! Template errors as diagnostics.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind};

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};
use crate::text::list_words;
use crate::text::lower_first;

/// What Tera says of a block that no parent has.
const WITHOUT_BLOCK: &str = "is not defined in any parent template";

/// The template in which an error lies, by its name.
pub(super) fn template(error: &Error) -> Option<String> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            Some(report.filename().to_string())
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        _ => drawn(&error.to_string()).map(|place| place.template.to_string()),
    }
}

/// The first place of an error that comes as a drawing only: `error: what\n  --> template:line:column\n…`.
struct Drawn<'a> {
    what: &'a str,
    template: &'a str,
    line: usize,
    column: usize,
    /// How many characters are underlined.
    width: usize,
}

fn drawn(said: &str) -> Option<Drawn<'_>> {
    if said.contains(WITHOUT_BLOCK) {
        return None;
    }
    let (what, rest) = said.split_once("-->")?;
    let mut place = rest.lines().next()?.trim().rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    let template = place.next()?;
    let width = rest
        .lines()
        .find_map(|line| line.rsplit_once('|').filter(|(_, marks)| marks.trim().starts_with('^')));
    let width = width.map_or(1, |(_, marks)| marks.matches('^').count());
    Some(Drawn { what: what.trim().trim_start_matches("error: "), template, line, column, width })
}

impl Drawn<'_> {
    fn span(&self, text: &str) -> Option<Span> {
        let start: usize = text.split_inclusive('\n').take(self.line.checked_sub(1)?).map(str::len).sum();
        let line = text[start..].lines().next()?;
        let offset =
            |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(offset, _)| offset);
        let from = self.column.checked_sub(1)?;
        Some(Span::new(start + offset(from), start + offset(from + self.width)))
    }
}

/// Whether an error is one of a template by itself: those that come as a drawing only are about what it misses of others.
pub(super) fn is_of_template_itself(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_) | ErrorKind::RenderingError(_))
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
    if !said.contains(WITHOUT_BLOCK) {
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

/// A template's path and text.
pub(super) type Found<'t> = (SitePath, &'t [u8]);

/// The error as a diagnostic, with its place where it has one.
pub(super) fn diagnostic<'t>(error: &Error, file_of: &dyn Fn(&str) -> Option<Found<'t>>) -> Diagnostic {
    let said = error.to_string();
    if let Some(problem) = missing_blocks(&said) {
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
        other => {
            let drawn = drawn(&said);
            let what = drawn.as_ref().map_or_else(|| other.to_string(), |drawn| lower_first(drawn.what));
            let mut problem = Diagnostic::error("template-error", format!("the templates cannot be used: {what}"));
            problem.span = drawn.and_then(|drawn| {
                let (_, bytes) = file_of(drawn.template)?;
                drawn.span(std::str::from_utf8(bytes).ok()?)
            });
            problem
        }
    };
    diagnostic.path = template(error).and_then(|name| Some(file_of(&name)?.0));
    diagnostic
}

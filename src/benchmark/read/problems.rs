//! The problems of one file, at most 20 of a kind: a column of 10,000 texts is one mistake.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SitePath, Span};
use crate::text::counted;

/// So many problems of one kind are listed; further ones are counted.
const LISTED: usize = 20;

/// So much of a name is repeated, in characters.
const LONGEST: usize = 80;

/// Collects the problems of a file.
#[derive(Debug)]
pub(super) struct Problems {
    path: SitePath,
    /// Whether the file may hold numbers that identify people, which no message repeats.
    pub(super) is_discreet: bool,
    listed: Vec<Diagnostic>,
    /// Problems of each kind, by severity and code.
    counts: BTreeMap<(Severity, &'static str), usize>,
}

impl Problems {
    pub(super) fn new(path: &SitePath, is_discreet: bool) -> Self {
        Self { path: path.clone(), is_discreet, listed: Vec::new(), counts: BTreeMap::new() }
    }

    /// What a cell holds, as messages may quote it: without its digits where they may identify people.
    pub(super) fn quotable(&self, text: &str) -> String {
        let shown = |c: char| if self.is_discreet && c.is_numeric() { '#' } else { c };
        text.chars().map(shown).collect()
    }

    /// Adds a problem; `make` is asked for it only where it will be listed.
    pub(super) fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        make: impl FnOnce() -> (Option<Span>, String, String),
    ) {
        let count = self.counts.entry((severity, code)).or_default();
        *count += 1;
        if *count > LISTED {
            return;
        }
        let (span, message, help) = make();
        let diagnostic = match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
            Severity::Advice => Diagnostic::advice(code, message),
        };
        let mut diagnostic = diagnostic.in_file(&self.path).help(help);
        diagnostic.span = span;
        diagnostic.is_discreet = self.is_discreet;
        self.listed.push(diagnostic);
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        make: impl FnOnce() -> (Option<Span>, String, String),
    ) {
        self.add(Severity::Error, code, make);
    }

    pub(super) fn warning(
        &mut self,
        code: &'static str,
        make: impl FnOnce() -> (Option<Span>, String, String),
    ) {
        self.add(Severity::Warning, code, make);
    }

    /// Points the problem that was added last to a second place.
    pub(super) fn label(&mut self, code: &'static str, span: Span, text: &str) {
        if let Some(last) = self.listed.last_mut().filter(|last| last.code == code) {
            last.labels.push(crate::diagnostic::Label { span, text: text.to_string() });
        }
    }

    /// What stands where a name or a period should, as messages may quote it: a number there may be a figure of
    /// another column.
    pub(super) fn quotable_name(&self, name: &str) -> String {
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%');
        if name.len() <= 4 && name.chars().all(is_digit) {
            return self.quotable(name);
        }
        match name.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &name[..end]),
            None => name.to_string(),
        }
    }

    /// What was found, with one line for what is not listed of each kind.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        for ((severity, code), count) in &self.counts {
            let Some(more) = count.checked_sub(LISTED).filter(|more| *more > 0) else { continue };
            let message = format!("and {} of the same kind", counted(more, "more problem", "more problems"));
            let rest = match severity {
                Severity::Error => Diagnostic::error(code, message),
                Severity::Warning => Diagnostic::warning(code, message),
                Severity::Advice => Diagnostic::advice(code, message),
            };
            self.listed.push(rest.in_file(&self.path).help("mend those that are listed, and the rest alike"));
        }
        self.listed
    }
}

//! What is wrong with a link. Words that help take a search through all of a site's names, so they are looked for only
//! once the problem is to be shown.

use crate::content::ParsedPage;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::Reference;

/// A problem, not placed yet.
pub(super) struct Problem<'a> {
    code: &'static str,
    severity: Severity,
    message: String,
    help: Box<dyn FnOnce() -> String + 'a>,
}

impl<'a> Problem<'a> {
    /// An error.
    pub(super) fn error(code: &'static str, message: String, help: impl Into<String>) -> Self {
        let help = help.into();
        Self::costly_error(code, message, || help)
    }

    /// An error whose help has to be searched for.
    pub(super) fn costly_error(
        code: &'static str,
        message: String,
        help: impl FnOnce() -> String + 'a,
    ) -> Self {
        Self { code, severity: Severity::Error, message, help: Box::new(help) }
    }

    /// A warning.
    pub(super) fn warning(code: &'static str, message: String, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, help) }
    }

    /// The diagnostic at the reference of a page.
    pub(super) fn place(self, page: &ParsedPage, reference: &Reference) -> Diagnostic {
        let diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(self.code, self.message),
            Severity::Warning => Diagnostic::warning(self.code, self.message),
            Severity::Advice => Diagnostic::advice(self.code, self.message),
        };
        let diagnostic = diagnostic.in_file(&page.path).at(reference.span);
        let help = (self.help)();
        if help.is_empty() { diagnostic } else { diagnostic.help(help) }
    }
}

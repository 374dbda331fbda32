//! Diagnostics: what is wrong with the content, as data. They are collected beside the values of every stage,
//! sorted, and shown all at once; the words are for someone who is no programmer. Rendering is the business of the
//! command line and the preview server.

mod located;

pub use located::{Located, LocatedLabel, Texts};

use crate::source::{SitePath, Span};
use crate::text::counted;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published until it is mended.
    Error,
    /// Published all the same, but worth mending.
    Warning,
    /// How it would read better; it never fails anything.
    Advice,
}

impl Severity {
    /// `error`, `warning` or `advice`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A second place that a diagnostic points to, in the same file, with what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there: "first given here".
    pub text: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// A stable name in kebab case: `broken-link`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong and why it matters to a reader, in one sentence without a full stop.
    pub message: String,
    /// The file, if the problem lies in one.
    pub path: Option<SitePath>,
    /// The place in the file; none where the whole file is meant.
    pub span: Option<Span>,
    /// Further places in the same file.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// Whether the lines of the file must not be shown beside it: they may hold numbers that identify people.
    pub is_discreet: bool,
    /// Whether it is about something that identifies a person by itself. No waiver covers that.
    pub is_identifier: bool,
    /// Whether nothing that is shown of the file may repeat what stands at its place.
    pub is_redacted: bool,
}

impl Diagnostic {
    /// An error that no file is given for yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A warning that no file is given for yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    /// Advice that no file is given for yet.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Advice, message.into())
    }

    fn new(code: &'static str, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            path: None,
            span: None,
            labels: Vec::new(),
            help: None,
            is_discreet: false,
            is_identifier: false,
            is_redacted: false,
        }
    }

    /// Places it in a file.
    #[must_use]
    pub fn in_file(mut self, path: &SitePath) -> Self {
        self.path = Some(path.clone());
        self
    }

    /// Places it at a span of its file.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points to a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Keeps the lines of the file from being shown beside it.
    #[must_use]
    pub fn discreet(mut self) -> Self {
        self.is_discreet = true;
        self
    }

    /// Says that it is about something that identifies a person by itself.
    #[must_use]
    pub fn identifier(mut self) -> Self {
        self.is_identifier = true;
        self
    }

    /// Keeps what stands at its place out of everything that is shown of the file.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.is_redacted = true;
        self
    }

    /// Whether it is worth mending and yet stops nothing.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }

    /// Whether it stops a publication.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Problems of one page and one stage that are listed; further ones are only counted.
pub const MAX_LISTED: usize = 500;

/// An error that stands for what is beyond [`MAX_LISTED`], if `count` is.
pub fn not_listed(count: usize) -> Option<Diagnostic> {
    let left_out = count.checked_sub(MAX_LISTED).filter(|left_out| *left_out > 0)?;
    let count = counted(left_out, "further problem", "further problems");
    Some(
        Diagnostic::error("too-many-problems", format!("this page has {count} that are not listed"))
            .help("mend the ones that are listed and build again"),
    )
}

/// Puts diagnostics in the order in which they are shown (by path, then place, then severity) and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.span, a.severity, a.code, &a.message)
            .cmp(&(&b.path, b.span, b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}

//! The problems of a run. They are gathered as the stages find them, and come out only as the site's rules judge them:
//! what a command shows and what it stops for cannot differ.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Located};
use crate::source::{SitePath, Span, Text, World};
use crate::theme::Theme;
use crate::verdict::{Bound, Coverage, Judged, SiteRules, Waived, bound, rule};

/// Problems as they were found, with the rules by which they are judged.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    found: Vec<Diagnostic>,
    rules: SiteRules,
    today: Date,
}

/// What a run comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The problems in the order in which they are shown.
    pub problems: Vec<Located>,
    /// The waivers that hold.
    pub waived: Vec<Waived>,
}

impl Problems {
    pub(super) fn new(found: Vec<Diagnostic>, rules: SiteRules, today: Date) -> Self {
        Self { found, rules, today }
    }

    /// The problems as the stages found them, before anything was waived or set.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// The problems in some files as the site's rules judge them: without those that are waived.
    pub fn in_files(&self, world: &dyn World, paths: &BTreeSet<SitePath>) -> Vec<Diagnostic> {
        let is_of_them =
            |problem: &&Diagnostic| problem.path.as_ref().is_some_and(|path| paths.contains(path));
        let found: Vec<Diagnostic> = self.found.iter().filter(is_of_them).cloned().collect();
        let mut problems = self.judged(world, found, Coverage::Part).problems;
        crate::diagnostic::sort(&mut problems);
        problems
    }

    /// Other problems in the place of these, judged by the same rules.
    #[must_use]
    pub fn replaced(self, found: Vec<Diagnostic>) -> Self {
        Self { found, ..self }
    }

    /// Whether there is a reason to publish nothing. With `deny_warnings`, a warning is one.
    pub fn stop(&self, world: &dyn World, deny_warnings: bool) -> bool {
        let is_reason = |problem: &Diagnostic| problem.is_error() || (deny_warnings && problem.is_warning());
        // Judging a copy is cheap: whoever has many problems has the time to read them.
        self.judged(world, self.found.clone(), Coverage::Part).problems.iter().any(is_reason)
    }

    /// Whether pages can be rendered to see if templates fail, though the site may not be published: nothing that could
    /// not be read is missing from them.
    pub fn allow_rendering(&self) -> bool {
        let is_free = |problem: &Diagnostic| {
            !problem.is_error()
                || rule(problem.code).is_some_and(|rule| matches!(bound(rule), Bound::Free | Bound::Waivable))
        };
        self.found.iter().all(is_free)
    }

    /// Judges the problems, sorts them, and works out their lines, columns and excerpts from the files that they point
    /// into.
    pub fn verdict(mut self, world: &dyn World, theme: Option<&Theme>, coverage: Coverage) -> Verdict {
        let found = std::mem::take(&mut self.found);
        let Judged { problems, waived } = self.judged(world, found, coverage);
        Verdict { problems: super::locate(world, theme, problems), waived }
    }

    fn judged(&self, world: &dyn World, found: Vec<Diagnostic>, coverage: Coverage) -> Judged {
        let texts: RefCell<HashMap<SitePath, Option<Text>>> = RefCell::default();
        let line_of = |path: &SitePath, span: Span| {
            let mut texts = texts.borrow_mut();
            let text = texts.entry(path.clone()).or_insert_with(|| {
                let bytes = world.read(path).ok()?;
                Some(Text::new(String::from_utf8_lossy(&bytes).into_owned()))
            });
            text.as_ref().map(|text| text.line_column(span.start).line)
        };
        self.rules.judge(found, self.today, coverage, &line_of)
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        self.found.extend(problems);
    }
}

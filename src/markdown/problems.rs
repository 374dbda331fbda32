//! The problems of one page as they are found, placed in its file.

use crate::diagnostic::{self, Diagnostic, MAX_LISTED};

/// Collects diagnostics whose spans are offsets in the body, and gives them as offsets in the file.
pub(super) struct Problems {
    list: Vec<Diagnostic>,
    base: u32,
    /// How many were found, listed or not.
    count: usize,
}

impl Problems {
    pub(super) fn new(base: u32) -> Self {
        Self { list: Vec::new(), base, count: 0 }
    }

    /// Whether further problems are only counted, so that nothing need be searched for to help with them.
    pub(super) fn is_full(&self) -> bool {
        self.count >= MAX_LISTED
    }

    /// Counts a problem that is not to be listed.
    pub(super) fn count_one(&mut self) {
        self.count += 1;
    }

    pub(super) fn add(&mut self, mut problem: Diagnostic) {
        self.count += 1;
        if self.count > MAX_LISTED {
            return;
        }
        problem.span = problem.span.map(|span| span.shifted(self.base));
        for label in &mut problem.labels {
            label.span = label.span.shifted(self.base);
        }
        self.list.push(problem);
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.extend(diagnostic::not_listed(self.count));
        self.list.sort_by(|a, b| (a.span, a.severity, a.code).cmp(&(b.span, b.severity, b.code)));
        self.list.shrink_to_fit();
        self.list
    }
}

//! The problems of one page as they are found, placed in its file.

use super::limits::MAX_PROBLEMS;
use crate::diagnostic::Diagnostic;
use crate::text::counted;

/// Collects diagnostics whose spans are offsets in the body, and gives them as offsets in the file.
pub(super) struct Problems {
    list: Vec<Diagnostic>,
    base: u32,
    left_out: usize,
}

impl Problems {
    pub(super) fn new(base: u32) -> Self {
        Self { list: Vec::new(), base, left_out: 0 }
    }

    pub(super) fn add(&mut self, mut problem: Diagnostic) {
        if self.list.len() >= MAX_PROBLEMS {
            self.left_out += 1;
            return;
        }
        problem.span = problem.span.map(|span| span.shifted(self.base));
        for label in &mut problem.labels {
            label.span = label.span.shifted(self.base);
        }
        self.list.push(problem);
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.left_out > 0 {
            let count = counted(self.left_out, "further problem", "further problems");
            self.list.push(
                Diagnostic::error("too-many-problems", format!("this page has {count} that are not listed"))
                    .help("mend the ones that are listed and build again"),
            );
        }
        self.list.sort_by(|a, b| (a.span, a.severity, a.code).cmp(&(b.span, b.severity, b.code)));
        self.list.shrink_to_fit();
        self.list
    }
}

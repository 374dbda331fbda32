//! A problem on one line, as editors and `grep` read it.

use std::fmt::Write as _;

use super::one_line;
use crate::diagnostic::Located;

pub(super) fn line(problem: &Located) -> String {
    let Located { severity, path, line, column, message, code, help, .. } = problem;
    let mut text = String::new();
    if !path.is_empty() {
        let _ = write!(text, "{}:{line}:{column}: ", one_line(path));
    }
    let _ = write!(text, "{severity}[{code}]: {}", one_line(message));
    if let Some(help) = help {
        let _ = write!(text, " – {}", one_line(help));
    }
    text.push('\n');
    text
}

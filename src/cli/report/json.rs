//! A problem as a JSON object on one line, and what the run came to as the last one.

use serde_json::{Value, json};

use crate::diagnostic::Located;

pub(super) fn line(problem: &Located) -> String {
    let Located { code, severity, path, line, column, message, help, .. } = problem;
    let object = json!({
        "code": code,
        "severity": severity,
        "path": path,
        "line": line,
        "column": column,
        "message": message,
        "help": help,
    });
    format!("{object}\n")
}

/// The last line, told from problems by its one key.
pub(super) fn summary(summary: &Value) -> String {
    format!("{}\n", json!({ "summary": summary }))
}

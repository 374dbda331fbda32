//! A problem as an annotation:
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use crate::diagnostic::Located;

pub(super) fn command(problem: &Located, folder: &str) -> String {
    let Located { code, severity, path, line, column, message, help, .. } = problem;
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = if severity == "advice" { "notice" } else { severity };
    let place = if path.is_empty() {
        String::new()
    } else {
        format!("file={},line={line},col={column},", property(&format!("{folder}{path}")))
    };
    let help = help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
    format!("::{command} {place}title={}::{}\n", property(code), data(&format!("{message}{help}")))
}

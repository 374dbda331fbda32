//! What a build tells its writer, compared whole: every problem, its place, its words and the help, in the order in
//! which they are shown. Written in a test as
//!
//! ```text
//! error broken-link content/a.md:12:9
//!   there is no file `b.md`
//!   help: did you mean `c.md`?
//! ```

use super::harness::{Problem, Run, TestSite};

/// The build of a site says exactly this; it fails where an error is among it, and publishes nothing then.
#[track_caller]
pub(crate) fn told(site: &TestSite, expected: &str) {
    let run = site.build();
    run_told(&run, expected);
    assert_eq!(run.code, i32::from(expected.contains("error ")), "{}", run.stderr);
    assert_eq!(site.publishes("index.html"), run.code == 0, "errors publish nothing");
}

/// A run said exactly this.
#[track_caller]
pub(crate) fn run_told(run: &Run, expected: &str) {
    let said = run.problems().iter().map(in_words).collect::<Vec<_>>().join("\n");
    let expected = dedented(expected);
    assert!(said == expected, "\n--- told ---\n{said}\n--- expected ---\n{expected}\n---\n{}", run.stderr);
}

fn in_words(problem: &Problem) -> String {
    let Problem { code, severity, message, help, .. } = problem;
    let place = problem.place();
    let help = if help.is_empty() { String::new() } else { format!("\n  help: {}", indented(help)) };
    format!("{severity} {code} {place}\n  {}{help}", indented(message))
}

/// Further lines of one message stand below its first.
fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}").trim_end().to_string()).collect();
    lines.join("\n").trim_start().to_string()
}

/// The text without the indentation that it has in a test.
fn dedented(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(indentation).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("")).collect();
    lines.join("\n").trim_matches('\n').to_string()
}

//! One page's examples: the wrong ones are told at their marks, as the page says and not otherwise; the right ones not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use netsite::diagnostic::Located;
use netsite::explain::{Example, Page, Role};

use super::sites::{file, problems, world};

/// Examples that belong together: a site that is wrong, and how it becomes right.
#[derive(Default)]
struct Case<'p> {
    with: Vec<&'p Example<'p>>,
    wrong: Vec<&'p Example<'p>>,
    right: Vec<&'p Example<'p>>,
}

/// A new case begins with the first example that is not right after one that is.
fn cases<'p>(page: &'p Page<'p>) -> Vec<Case<'p>> {
    let mut cases: Vec<Case<'p>> = vec![Case::default()];
    for example in page.examples() {
        if example.role != Role::Right && cases.last().is_some_and(|case| !case.right.is_empty()) {
            cases.push(Case::default());
        }
        let Some(case) = cases.last_mut() else { continue };
        match example.role {
            Role::With => case.with.push(example),
            Role::Wrong => case.wrong.push(example),
            Role::Right => case.right.push(example),
            Role::Plain => {}
        }
    }
    cases.retain(|case| !case.wrong.is_empty());
    cases
}

/// A place with how much it matters: `content/a.md:3:5 error`.
type Place = (String, usize, usize, String);

/// What is wrong with a page's examples, and the page with marks where it had none.
pub(super) fn check(code: &str, text: &str) -> (Vec<String>, Option<String>) {
    let page = Page::read(code, text);
    let stage = page.head("stage");
    let usual = page.head("severity").split(',').next().unwrap_or("error");
    let mut told = Vec::new();
    let mut new_marks: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for case in cases(&page) {
        let of_wrong: Vec<&Example<'_>> = case.with.iter().chain(&case.wrong).copied().collect();
        let found = problems(&world(&of_wrong), stage);
        let mut expected: BTreeSet<Place> = BTreeSet::new();
        let mut allowed: BTreeSet<&str> = BTreeSet::from([code]);
        for example in &case.wrong {
            allowed.extend(example.attribute("also").into_iter().flat_map(|also| also.split(',')));
            let severity = example.attribute("as").unwrap_or(usual).to_string();
            let same_path: Vec<&Example<'_>> =
                of_wrong.iter().filter(|other| other.path == example.path).copied().collect();
            let lines = &file(&same_path).lines
                [same_path.iter().position(|other| std::ptr::eq(*other, *example)).unwrap()];
            // Most messages point to a place that is marked; others to a file as a whole, to none, or far below.
            match example.attribute("at") {
                None => {}
                Some("file") => {
                    expected.insert((example.path.to_string(), 1, 1, severity.clone()));
                }
                Some("nowhere") => {
                    expected.insert((String::new(), 1, 1, severity.clone()));
                }
                Some(place) => {
                    let (line, column) = place.split_once(':').expect("`at=line:column`");
                    let place = (line.parse().unwrap(), column.parse().unwrap());
                    expected.insert((example.path.to_string(), place.0, place.1, severity.clone()));
                }
            }
            for (number, line) in lines.iter().zip(&example.lines) {
                for mark in &line.marks {
                    expected.insert((example.path.to_string(), *number, mark.column, severity.clone()));
                }
            }
            let is_marked =
                example.attribute("at").is_some() || example.lines.iter().any(|line| !line.marks.is_empty());
            if !is_marked {
                for problem in
                    found.iter().filter(|problem| problem.code == code && problem.path == example.path)
                {
                    if let Some(index) = lines.iter().position(|line| *line == problem.line as usize) {
                        let marks = new_marks.entry(example.first_line + index).or_default();
                        marks.insert((problem.column as usize, length_of(problem)));
                    }
                }
            }
        }
        let of_code = found.iter().filter(|problem| problem.code == code);
        let places: BTreeSet<Place> = of_code
            .map(|problem| {
                (
                    problem.path.clone(),
                    problem.line as usize,
                    problem.column as usize,
                    problem.severity.clone(),
                )
            })
            .collect();
        let strangers = found.iter().any(|problem| !allowed.contains(problem.code.as_str()));
        if places != expected || strangers || places.is_empty() {
            told.push(in_words(code, "is wrong", &expected, &found));
        }
        if case.right.is_empty() {
            told.push(format!("docs/rules/{code}.md: a wrong example has no right one"));
            continue;
        }
        let of_right: Vec<&Example<'_>> = case.with.iter().chain(&case.right).copied().collect();
        let found = problems(&world(&of_right), stage);
        if !found.is_empty() {
            told.push(in_words(code, "is right", &BTreeSet::new(), &found));
        }
    }
    let marked = (!new_marks.is_empty()).then(|| with_marks(text, &new_marks));
    (told, marked)
}

fn in_words(code: &str, what: &str, expected: &BTreeSet<Place>, found: &[Located]) -> String {
    let mut words = format!("docs/rules/{code}.md: the example that {what} is told otherwise\n");
    for (path, line, column, severity) in expected {
        let _ = writeln!(words, "  expected {severity} {path}:{line}:{column}");
    }
    for Located { code, severity, path, line, column, message, help, .. } in found.iter().take(12) {
        let help = help.as_deref().unwrap_or("");
        let _ = writeln!(words, "  found    {severity} {path}:{line}:{column} [{code}] {message} – {help}");
    }
    words
}

/// How many characters of its first line a message points to.
fn length_of(problem: &Located) -> usize {
    let Some(label) = problem.labels.first() else { return 1 };
    let covered = problem.excerpt.get(label.start..label.end).unwrap_or("");
    covered.lines().next().unwrap_or("").trim_end().chars().count().max(1)
}

/// The page with lines of marks below these lines of it.
fn with_marks(text: &str, marks: &BTreeMap<usize, BTreeSet<(usize, usize)>>) -> String {
    let mut marked = String::new();
    for (index, line) in text.lines().enumerate() {
        marked.push_str(line);
        marked.push('\n');
        for (column, length) in marks.get(&index).into_iter().flatten() {
            let _ = writeln!(marked, "{}{}", " ".repeat(column - 1), "^".repeat(*length));
        }
    }
    marked
}

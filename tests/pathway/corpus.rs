//! The corpus: what is well written gives the chart that its author meant, and what is not gives every message at its
//! place. The counts were checked against Mermaid 12.3.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use netsite::diagnostic::Diagnostic;
use netsite::pathway::{Steps, parse};
use netsite::source::Text;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pathway/corpus").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "mmd"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_construct_gives_its_nodes_edges_and_groups() {
    let mut counts = String::new();
    for path in files("good") {
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed = parse(&text, 0);
        let errors: Vec<&Diagnostic> = parsed.problems.iter().filter(|problem| problem.is_error()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", name(&path));
        let chart = parsed.chart.unwrap();
        assert_eq!(Steps::new(&chart).faults(&chart), Vec::<String>::new(), "{}", name(&path));
        let (nodes, edges, groups) = (chart.nodes.len(), chart.edges.len(), chart.groups.len());
        writeln!(counts, "{}: {nodes} nodes, {edges} edges, {groups} groups", name(&path)).unwrap();
    }
    assert_eq!(counts, include_str!("corpus/good/counts.txt"));
}

#[test]
fn every_mistake_is_said_at_its_place_with_what_to_write_instead() {
    let mut told = String::new();
    for path in files("broken") {
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed = parse(&text, 0);
        assert!(parsed.chart.is_none(), "{}", name(&path));
        let text = Text::new(text);
        writeln!(told, "{}", name(&path)).unwrap();
        for problem in parsed.problems.iter().filter(|problem| problem.is_error()) {
            let place = text.line_column(problem.span.unwrap().start);
            let help = problem.help.as_deref().expect("every error says what to write instead");
            writeln!(told, "  {}:{} {}\n      {help}", place.line, place.column, problem.message).unwrap();
        }
    }
    assert_eq!(told, include_str!("corpus/broken/messages.txt"));
}

//! Whatever the input: no panic, spans inside the text, steps that tell every edge, comparisons that hold together.

use std::fmt::Write as _;

use netsite::pathway::compare::Mark;
use netsite::pathway::{Comparison, Flowchart, Steps, parse};
use proptest::prelude::*;

/// Pieces of the language, to be put together in any way.
const PIECES: &[&str] = &[
    "flowchart TD\n",
    "A",
    "B",
    "C1",
    "end",
    "\n",
    "\n",
    ";",
    " ",
    " --> ",
    "-->",
    " -- ",
    " --- ",
    "-.->",
    " -. ",
    "==>",
    " == ",
    "~~~",
    "|",
    "|words|",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "[[",
    "]]",
    "[/",
    "/]",
    "\\]",
    ">",
    "\"",
    "`",
    "&",
    " & ",
    ":::",
    "@{",
    "@{ shape: doc, label: \"x\" }",
    "e1@",
    "subgraph ",
    "subgraph s[T]\n",
    "end\n",
    "direction LR\n",
    "style A fill:#fff\n",
    "classDef k fill:red\n",
    "class A k\n",
    "linkStyle 0 stroke:red\n",
    "click A \"x\"\n",
    "accTitle: t\n",
    "accDescr {",
    "%%",
    "%%{",
    "}%%",
    "---\n",
    "#quot;",
    "&amp;",
    "<br/>",
    "**",
    "_",
    "é",
    "東",
    "🚑",
    "\u{a0}",
    "\r\n",
    "<a href=\"x\">",
    "o",
    "x",
    "<",
    "-",
    ".",
];

fn check(text: &str) -> Option<Flowchart> {
    let parsed = parse(text, 7);
    let length = text.len() as u32 + 7;
    for problem in &parsed.problems {
        let span = problem.span.expect("every problem has a place");
        assert!(7 <= span.start && span.start <= span.end && span.end <= length, "{span:?} in {text:?}");
        for offset in [span.start, span.end] {
            assert!(text.is_char_boundary(offset as usize - 7), "{span:?} in {text:?}: {problem:?}");
        }
    }
    assert_eq!(parsed, parse(text, 7));
    let chart = parsed.chart?;
    let nodes = chart.nodes.iter().map(|node| node.span);
    let edges = chart.edges.iter().map(|edge| edge.span);
    let groups = chart.groups.iter().map(|group| group.span);
    for span in nodes.chain(edges).chain(groups) {
        let found = text.get(span.start as usize - 7..span.end as usize - 7);
        assert!(found.is_some(), "{span:?} in {text:?}");
    }
    for (index, group) in chart.groups.iter().enumerate() {
        assert!(group.parent.is_none_or(|parent| parent < index));
    }
    let steps = Steps::new(&chart);
    assert_eq!(steps.faults(&chart), Vec::<String>::new(), "{text:?}");
    steps.plain(&chart);
    assert!(Comparison::new(&chart, &chart).before.len() == chart.nodes.len());
    Some(chart)
}

fn corpus() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pathway/corpus");
    let mut texts = Vec::new();
    for folder in ["good", "broken"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        texts.extend(paths.iter().map(|path| std::fs::read_to_string(path).unwrap()));
    }
    texts
}

/// A chart of any form: links between a few steps, in lanes or not.
fn any_chart() -> impl Strategy<Value = String> {
    let link = (0_usize..12, 0_usize..12, 0_usize..5);
    (prop::collection::vec(link, 0..30), prop::collection::vec(0_usize..4, 12)).prop_map(|(links, lanes)| {
        let mut text = "flowchart TD\n".to_string();
        for lane in 1..4 {
            writeln!(text, "subgraph lane{lane}[Lane {lane}]").unwrap();
            for node in (0..12).filter(|node| lanes[*node] == lane) {
                let words =
                    if node % 3 == 0 { format!("{{Question {node}?}}") } else { format!("[Step {node}]") };
                writeln!(text, "n{node}{words}").unwrap();
            }
            text += "end\n";
        }
        for (from, to, arrow) in links {
            let arrow = ["-->", "-- Yes -->", "---", "<-->", "-. within 2 hours .->"][arrow];
            let from = if from == 11 { "lane1".to_string() } else { format!("n{from}") };
            writeln!(text, "{from} {arrow} n{to}").unwrap();
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
        check(&format!("flowchart TD\n{text}"));
    }

    #[test]
    fn any_pieces_of_the_language(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
        check(&format!("flowchart TD\n{}", pieces.concat()));
    }

    #[test]
    fn any_change_of_the_corpus(choice in any::<prop::sample::Index>(), places in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 1..6)) {
        let texts = corpus();
        let mut characters: Vec<char> = texts[choice.index(texts.len())].chars().collect();
        for (place, piece, what) in places {
            let at = place.index(characters.len() + 1);
            let piece = PIECES[piece.index(PIECES.len())].chars();
            match what % 3 {
                0 => { characters.splice(at..at, piece); }
                1 => { characters.drain(at..(at + 3).min(characters.len())); }
                _ => { let end = (at + 2).min(characters.len()); characters.splice(at..end, piece); }
            }
        }
        check(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn any_two_charts_compare(first in any_chart(), second in any_chart()) {
        let (first, second) = (check(&first).unwrap(), check(&second).unwrap());
        prop_assert!(Comparison::new(&first, &first).is_same());
        let comparison = Comparison::new(&first, &second);
        let kept = |marks: &[Mark], gone: Mark| marks.iter().filter(|mark| **mark != gone).count();
        prop_assert_eq!(kept(&comparison.before, Mark::Removed), kept(&comparison.after, Mark::Added));
        prop_assert_eq!(kept(&comparison.edges_before, Mark::Removed), kept(&comparison.edges_after, Mark::Added));
    }
}

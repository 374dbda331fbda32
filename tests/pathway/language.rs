//! What the language means: words, colours, links, groups, and the limits.

use netsite::diagnostic::Diagnostic;
use netsite::pathway::model::{Direction, End, Head, Line, Rgb, Shape};
use netsite::pathway::{Flowchart, parse};

fn chart(text: &str) -> Flowchart {
    let parsed = parse(text, 0);
    parsed.chart.unwrap_or_else(|| panic!("{:?}", parsed.problems))
}

fn problems(text: &str) -> Vec<(&'static str, String)> {
    let said = |problem: &Diagnostic| {
        let span = problem.span.expect("every problem has a place");
        (problem.code, span.of(text).to_string())
    };
    let parsed = parse(text, 0);
    let is_spoken = |code: &str| code != "flowchart-no-title" && code != "flowchart-no-description";
    parsed.problems.iter().filter(|problem| is_spoken(problem.code)).map(said).collect()
}

fn words(text: &str) -> Vec<String> {
    let chart = chart(&format!("flowchart TD\n{text}"));
    let line = |line: &Vec<netsite::pathway::model::Run>| -> String {
        let run = |run: &netsite::pathway::model::Run| match (run.bold, run.italic) {
            (false, false) => run.text.clone(),
            (true, false) => format!("<{}>", run.text),
            (false, true) => format!("/{}/", run.text),
            (true, true) => format!("</{}/>", run.text),
        };
        line.iter().map(run).collect()
    };
    chart.nodes[0].label.lines.iter().map(line).collect()
}

#[test]
fn words_break_where_their_author_broke_them() {
    assert_eq!(words("A[\"one<br/>two<br>three\\nfour\n  five\"]"), ["one", "two", "three", "four", "five"]);
    assert_eq!(words("A[  bare   words  ]"), ["bare words"]);
    assert_eq!(words("A"), ["A"]);
    assert_eq!(words("A[\" \"]"), Vec::<String>::new());
}

#[test]
fn markdown_words_have_bold_and_slanted_runs() {
    assert_eq!(words("A[\"`a **b** c *d* _e_ **f *g***`\"]"), ["a <b> c /d/ /e/ <f ></g/>"]);
    assert_eq!(
        words("A[\"`2 * 3 and snake_case_name and **open`\"]"),
        ["2 * 3 and snake_case_name and **open"]
    );
    assert_eq!(words("A[\"plain **stars**\"]"), ["plain **stars**"]);
    assert_eq!(words("A[\"<b>b</b> and <i>i</i>\"]"), ["<b> and /i/"]);
}

#[test]
fn entity_codes_become_characters_and_unknown_ones_stay() {
    assert_eq!(
        words("A[\"#quot;x#quot; #9829; &amp; &#60;b&#x3E; #35; &hearts; #nothing; #; &;\"]"),
        ["\"x\" ♥ & <b> # ♥ #nothing; #; &;"]
    );
}

#[test]
fn tags_that_are_no_formatting_stay_text() {
    assert_eq!(
        words("A[\"<script>alert(1)</script><svg onload=y> Vec<String>\"]"),
        ["<script>alert(1)</script><svg onload=y> Vec<String>"]
    );
    assert_eq!(words("A[\"if a < b and p > q\"]"), ["if a < b and p > q"]);
}

#[test]
fn formatting_is_left_out_and_its_words_stay() {
    assert_eq!(
        words("A[\"CT<br/><small class='x'>20 <u>min</u></small><p>H<sub>2</sub>O</p><div>end</div>\"]"),
        ["CT", "20 min", "H2O", "end"]
    );
    assert_eq!(words("A[\"<B>b</B> <em title='x'>i</em>\"]"), ["<b> /i/"]);
    let picture = "flowchart TD\nA[\"<img src=x onerror=alert(1)> Scan\"]";
    assert_eq!(problems(picture).first().map(|found| found.0), Some("flowchart-icon"));
    assert_eq!(chart(picture).nodes[0].label.plain(), "Scan");
}

#[test]
fn settings_may_stand_on_lines_of_their_own() {
    let text = "A@{\n  shape: doc\n  label: |\n    CT report,\n    *in* hours\n  view: expanded\n}";
    assert_eq!(words(text), ["CT report,", "/in/ hours"]);
    assert_eq!(chart(&format!("flowchart TD\n{text}")).nodes[0].shape, Shape::Document);
    assert_eq!(words("A@{ shape: doc, label: \"**x** y\" }"), ["<x> y"]);
    assert_eq!(words("A@{ shape: doc, label: \"**x** y\", labelType: text }"), ["**x** y"]);
}

#[test]
fn titles_and_descriptions_come_from_either_place() {
    let text = "---\ntitle: Front\n---\nflowchart RL\naccTitle: Knee pain\naccDescr {\n from\n to }\nA";
    let read = chart(text);
    assert_eq!((read.title.as_deref(), read.description.as_deref()), (Some("Knee pain"), Some("from to")));
    assert_eq!(read.direction, Direction::Left);
    assert_eq!(
        chart("---\ntitle: \"Front: matter\"\n---\nflowchart TD\nA").title.as_deref(),
        Some("Front: matter")
    );
    let codes: Vec<&str> = parse("flowchart TD\nA", 0).problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["flowchart-no-description", "flowchart-no-title"]);
}

#[test]
fn arrows_have_lines_heads_and_lengths() {
    let edge = |text: &str| {
        let chart = chart(&format!("flowchart TD\n{text}"));
        let edge = &chart.edges[0];
        (edge.line, edge.tail, edge.head, edge.length, edge.label.plain())
    };
    let none = String::new;
    assert_eq!(edge("A --> B"), (Line::Solid, Head::None, Head::Arrow, 1, none()));
    assert_eq!(edge("A ---> B"), (Line::Solid, Head::None, Head::Arrow, 2, none()));
    assert_eq!(edge("A --- B"), (Line::Solid, Head::None, Head::None, 1, none()));
    assert_eq!(edge("A -...-> B"), (Line::Dotted, Head::None, Head::Arrow, 3, none()));
    assert_eq!(edge("A <==> B"), (Line::Thick, Head::Arrow, Head::Arrow, 1, none()));
    assert_eq!(edge("A ~~~~ B"), (Line::Invisible, Head::None, Head::None, 2, none()));
    assert_eq!(edge("A o--o B"), (Line::Solid, Head::Circle, Head::Circle, 1, none()));
    assert_eq!(edge("A x-- no --x B"), (Line::Solid, Head::Cross, Head::Cross, 1, "no".to_string()));
    assert_eq!(edge("A -- No--> B"), (Line::Solid, Head::None, Head::Arrow, 1, "No".to_string()));
    assert_eq!(edge("A -. 6-24 h .-> B"), (Line::Dotted, Head::None, Head::Arrow, 1, "6-24 h".to_string()));
    assert_eq!(edge("A -->|\"a (b)\"| B"), (Line::Solid, Head::None, Head::Arrow, 1, "a (b)".to_string()));
}

#[test]
fn a_head_that_github_does_not_draw_is_said() {
    let heads = |arrow: &str| {
        let text = format!("flowchart TD\nA {arrow} B");
        let edge = &chart(&text).edges[0];
        ((edge.tail, edge.head), problems(&text).len())
    };
    assert_eq!(heads("o--x"), ((Head::None, Head::Cross), 1));
    assert_eq!(heads("x-- both --o"), ((Head::None, Head::Circle), 1));
    assert_eq!(heads("<---"), ((Head::Arrow, Head::None), 1));
    assert_eq!(heads("o--o"), ((Head::Circle, Head::Circle), 0));
}

#[test]
fn a_colour_that_github_takes_for_a_character_is_said() {
    let text = "flowchart TD\nA\nstyle A fill: #f66;\nstyle A fill:#f66;\nstyle A fill: #f66";
    assert_eq!(problems(text), [("flowchart-style", "#f66;".to_string())]);
    assert_eq!(chart(text).nodes[0].style.fill, Some(Rgb([0xff, 0x66, 0x66])));
}

#[test]
fn a_letter_that_an_arrow_swallows_is_said() {
    assert_eq!(problems("flowchart TD\nA---old --> B"), [("flowchart-arrow", "---o".to_string())]);
}

#[test]
fn colours_are_colours_or_nothing() {
    let read = chart(
        "flowchart TD\nA:::key & B\nclassDef default fill:white,color:#000\nclassDef key fill:#d9f2e6,stroke:#007F3B,\
         stroke-width:300px\nstyle A stroke:rebeccapurple,stroke-dasharray:5 5,font-weight:bold\nA --> B\nlinkStyle 0 \
         stroke:#f00",
    );
    let style = &read.nodes[0].style;
    assert_eq!(style.fill, Some(Rgb([0xd9, 0xf2, 0xe6])));
    assert_eq!(style.stroke, Some(Rgb([0x66, 0x33, 0x99])));
    assert_eq!(style.color, Some(Rgb([0, 0, 0])));
    assert_eq!((style.stroke_width, style.dashed, style.bold), (Some(8.0), true, true));
    assert_eq!(style.classes, ["key"]);
    assert_eq!(read.nodes[1].style.fill, Some(Rgb([255, 255, 255])));
    assert_eq!(read.edges[0].style.stroke, Some(Rgb([255, 0, 0])));
    let text = "flowchart TD\nA\nstyle A fill:url(#x),stroke:expression(alert(1))";
    assert_eq!(
        problems(text),
        [
            ("flowchart-style", "fill:url(#x)".to_string()),
            ("flowchart-style", "stroke:expression(alert(1))".to_string())
        ]
    );
    assert_eq!(chart(text).nodes[0].style.fill, None);
}

#[test]
fn only_safe_addresses_become_links() {
    let read = chart(
        "flowchart TD\nA & B\nclick A \"https://www.example.nhs.uk/\" \"Guideline\" _blank\nclick B href \"../b/\"",
    );
    let link = read.nodes[0].link.as_ref().unwrap();
    assert_eq!(
        (link.href.as_str(), link.tooltip.as_deref()),
        ("https://www.example.nhs.uk/", Some("Guideline"))
    );
    assert_eq!(read.nodes[1].link.as_ref().unwrap().href, "../b/");
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\tscript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript#58;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///c:/x",
    ] {
        let text = format!("flowchart TD\nA\nclick A \"{address}\"");
        assert_eq!(problems(&text).first().map(|found| found.0), Some("flowchart-unsafe-link"), "{address}");
    }
    let called = problems("flowchart TD\nA\nclick A call alert(1)");
    assert_eq!(called, [("flowchart-click", "call alert(1)".to_string())]);
}

#[test]
fn a_step_stays_in_the_group_that_names_it_first() {
    let text = "flowchart TD\nsubgraph one\n a --> b\nend\nsubgraph two\n b[\"words\"] --> c\nend";
    let read = chart(text);
    let group = |id: &str| {
        read.nodes
            .iter()
            .find(|node| node.id == id)
            .unwrap()
            .group
            .map(|group| read.groups[group].id.as_str())
    };
    assert_eq!((group("b"), group("c")), (Some("one"), Some("two")));
    assert_eq!(problems(text), [("flowchart-scattered-step", "b[\"words\"]".to_string())]);
}

#[test]
fn a_group_stands_before_those_inside_it_and_can_be_an_end() {
    let read = chart(
        "flowchart TD\nsubgraph in[Inside]\n a\nend\nsubgraph out[Outside]\n in --> b\nend\nin --> out",
    );
    let ids: Vec<&str> = read.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids, ["out", "in"]);
    assert_eq!(read.groups[1].parent, Some(0));
    assert_eq!((read.edges[1].from, read.edges[1].to), (End::Group(1), End::Group(0)));
    let circle = chart("flowchart TD\nsubgraph x\n y\nend\nsubgraph y\n x\nend");
    assert_eq!(circle.groups.iter().filter(|group| group.parent.is_none()).count(), 1);
}

#[test]
fn other_diagrams_and_unknown_shapes_are_warnings() {
    let other = parse("sequenceDiagram\n A->>B: x", 0);
    assert!(other.chart.is_none());
    assert!(
        other.problems.len() == 1
            && !other.problems[0].is_error()
            && other.problems[0].message.contains("sequenceDiagram")
    );
    let text = "flowchart TD\nA@{ shape: diamnd, label: \"x\" }";
    assert_eq!(problems(text), [("flowchart-shape", "diamnd".to_string())]);
    assert_eq!(chart(text).nodes[0].shape, Shape::Rectangle);
    let help = parse(text, 0)
        .problems
        .iter()
        .find_map(|problem| problem.help.clone().filter(|help| help.contains("diamond")));
    assert!(help.is_some());
    assert_eq!(
        problems("flowchart TD\nA@{ icon: \"fa:user\", form: \"square\" }"),
        [("flowchart-icon", "fa:user".to_string())]
    );
}

#[test]
fn every_documented_shape_name_is_known() {
    for name in netsite::pathway::parse::shape_names() {
        assert_eq!(problems(&format!("flowchart TD\nA@{{ shape: {name} }}")), [], "{name}");
    }
}

#[test]
fn styles_of_nothing_say_what_was_meant() {
    let parsed = parse("flowchart TD\nReferral --> Scan\nstyle Referal fill:red", 0);
    let found = parsed.problems.iter().find(|problem| problem.code == "flowchart-unknown-step").unwrap();
    assert_eq!(found.help.as_deref(), Some("did you mean `Referral`?"));
    assert_eq!(parsed.chart.unwrap().nodes.len(), 2);
}

#[test]
fn spans_are_offsets_into_the_file() {
    let text = "flowchart TD\n    A[\"Ü\"] --> B";
    let parsed = parse(text, 100);
    let chart = parsed.chart.unwrap();
    let start = 100 + text.find("A[").unwrap() as u32;
    assert_eq!((chart.nodes[0].span.start, chart.nodes[0].span.end), (start, start + 7));
}

#[test]
fn what_is_too_large_is_said_once() {
    use std::fmt::Write as _;
    let too_large = |text: &str| {
        let parsed = parse(text, 0);
        let found = parsed.problems.iter().filter(|problem| problem.code == "flowchart-too-large").count();
        assert!(parsed.chart.is_none());
        assert_eq!(found, 1);
    };
    let nodes = |count: usize| {
        (0..count).fold("flowchart TD".to_string(), |mut text, node| {
            write!(text, "\nn{node}").unwrap();
            text
        })
    };
    assert_eq!(chart(&nodes(2_000)).nodes.len(), 2_000);
    too_large(&nodes(2_001));
    let list: Vec<String> = (0..101).map(|node| format!("n{node}")).collect();
    too_large(&format!("flowchart TD\n{} --> {}", list[..100].join(" & "), list.join(" & ")));
    let long = "word ".repeat(20_000);
    assert_eq!(chart(&format!("flowchart TD\nA[\"{long}\"]")).nodes.len(), 1);
    too_large(&format!("flowchart TD\nA[\"{long}{long}\"]"));
    let deep =
        |depth: usize| format!("flowchart TD\n{}A\n{}", "subgraph s\n".repeat(depth), "end\n".repeat(depth));
    too_large(&deep(1_000));
    too_large(&format!("flowchart TD\n{}", "subgraph s\n".repeat(100_000)));
}

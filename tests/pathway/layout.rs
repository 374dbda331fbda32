//! What a reader would notice in any drawing, over generated charts: nothing overlaps, every line ends on its steps.

use netsite::pathway::draw::{Options as Drawn, svg};
use netsite::pathway::layout::{Arrangement, Layout, Options, Rect, is_on_outline, layout};
use netsite::pathway::model::{
    Direction, Edge, End, Flowchart, Group, Head, Label, Line, Node, Run, Shape, Style,
};
use netsite::source::Span;
use proptest::prelude::*;

use crate::facts::facts;

const SHAPES: [Shape; 12] = [
    Shape::Rectangle,
    Shape::Rounded,
    Shape::Stadium,
    Shape::Diamond,
    Shape::Circle,
    Shape::Cylinder,
    Shape::Document,
    Shape::LeanRight,
    Shape::Triangle,
    Shape::Flag,
    Shape::Bar,
    Shape::Cloud,
];

fn label(words: usize) -> Label {
    let text = ["Scan", "report", "within", "20", "minutes", "of", "arrival", "neuroradiologist"];
    let text: Vec<&str> = text.iter().cycle().take(words).copied().collect();
    Label { lines: vec![vec![Run { text: text.join(" "), bold: false, italic: false }]] }
}

fn chart() -> impl Strategy<Value = (Flowchart, Arrangement)> {
    let direction = prop_oneof![
        Just(Direction::Down),
        Just(Direction::Right),
        Just(Direction::Up),
        Just(Direction::Left)
    ];
    let groups = prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 0..4_usize), 0..5);
    let nodes = prop::collection::vec((0..SHAPES.len(), 0..9_usize, any::<prop::sample::Index>()), 1..30);
    let edge = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_usize, 0..12_u8);
    let arrangement =
        prop_oneof![Just(Arrangement::Automatic), Just(Arrangement::Lanes), Just(Arrangement::Layers)];
    (direction, groups, nodes, prop::collection::vec(edge, 0..40), arrangement).prop_map(
        |(direction, groups, nodes, edges, arrangement)| {
            let groups: Vec<Group> = groups
                .into_iter()
                .enumerate()
                .map(|(index, (parent, top, words))| Group {
                    id: format!("g{index}"),
                    label: label(words),
                    parent: (!top && index > 0).then(|| parent.index(index)),
                    direction: None,
                    style: Style::default(),
                    span: Span::new(0, 0),
                })
                .collect();
            let nodes: Vec<Node> = nodes
                .into_iter()
                .enumerate()
                .map(|(index, (shape, words, group))| Node {
                    id: format!("n{index}"),
                    label: label(words),
                    shape: SHAPES[shape],
                    group: Some(group.index(groups.len() + 1)).filter(|&group| group < groups.len()),
                    style: Style::default(),
                    link: None,
                    span: Span::new(0, 0),
                })
                .collect();
            let edges = edges
                .into_iter()
                .map(|(from, to, words, kind)| Edge {
                    from: if kind == 10 && !groups.is_empty() {
                        End::Group(from.index(groups.len()))
                    } else {
                        End::Node(from.index(nodes.len()))
                    },
                    to: if kind == 9 && !groups.is_empty() {
                        End::Group(to.index(groups.len()))
                    } else {
                        End::Node(to.index(nodes.len()))
                    },
                    label: label(words),
                    line: if kind == 8 { Line::Invisible } else { Line::Solid },
                    tail: Head::None,
                    head: Head::Arrow,
                    length: 1,
                    style: Style::default(),
                    span: Span::new(0, 0),
                })
                .collect();
            (Flowchart { direction, title: None, description: None, nodes, edges, groups }, arrangement)
        },
    )
}

fn check(chart: &Flowchart, drawn: &Layout) {
    let all = Rect { x: 0, y: 0, w: drawn.width, h: drawn.height };
    for (index, one) in drawn.nodes.iter().enumerate() {
        assert!(all.contains(&one.rect), "node {index} is outside");
        for (other_index, other) in drawn.nodes.iter().enumerate().skip(index + 1) {
            assert!(!one.rect.overlaps(&other.rect), "nodes {index} and {other_index} overlap");
        }
        let wide = one.lines.iter().map(|line| line.width).max().unwrap_or(0);
        let high = i32::try_from(one.lines.len()).unwrap() * 18;
        let (x, y) = one.words_at;
        let words = Rect { x: x - wide / 2, y: y - high / 2, w: wide, h: high };
        assert!(one.rect.contains(&words), "words of node {index} leave it: {words:?} {:?}", one.rect);
        for frame in &drawn.frames {
            assert!(!frame.title.rect.overlaps(&one.rect), "node {index} stands on a title");
        }
        if let Some(group) = chart.nodes[index].group {
            let frame = drawn.frames.iter().find(|frame| frame.group == Some(group)).unwrap();
            assert!(frame.rect.contains(&one.rect), "node {index} leaves its frame");
        }
    }
    for (index, (edge, route)) in chart.edges.iter().zip(&drawn.edges).enumerate() {
        if edge.line == Line::Invisible {
            assert!(route.points.is_empty());
            continue;
        }
        assert!(route.points.len() >= 2, "edge {index} has no line");
        assert!(
            route.points.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1),
            "edge {index} is slanted"
        );
        for (end, point) in [(edge.from, route.points[0]), (edge.to, route.points[route.points.len() - 1])] {
            if let End::Node(node) = end {
                assert!(
                    is_on_outline(chart.nodes[node].shape, &drawn.nodes[node], point),
                    "edge {index} does not end on node {node}: {point:?} {:?}",
                    drawn.nodes[node].rect
                );
            }
        }
        for &(x, y) in &route.points {
            assert!(
                (0..=drawn.width).contains(&x) && (0..=drawn.height).contains(&y),
                "edge {index} leaves the drawing"
            );
        }
        if let Some(label) = &route.label {
            assert!(all.contains(&label.rect), "words of edge {index} are outside");
        }
    }
    if chart.nodes.len() > 200 {
        // A drawing so large is not read line by line.
        return;
    }
    let found = facts(chart, drawn);
    assert_eq!(found.through_steps, 0, "a line passes behind a step");
    if chart.nodes.len() <= 30 {
        assert_eq!(found.over_titles, 0, "a line runs over a title");
        assert_eq!(found.words_on_steps, 0, "words of a line lie on a step");
        assert_eq!(found.words_on_words, 0, "words of a line lie on other words");
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_chart_is_drawn_without_overlaps((chart, arrangement) in chart()) {
        let options = Options { arrangement };
        let drawn = layout(&chart, options);
        check(&chart, &drawn);
        prop_assert_eq!(&drawn, &layout(&chart, options));
        let text = svg(&chart, &drawn, &Drawn { prefix: "p", ..Drawn::default() });
        prop_assert!(!text.contains("style="));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases() / 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn lines_of_large_charts_keep_clear_of_steps(
        (count, pairs) in (30..=200_usize).prop_flat_map(|count| {
            (Just(count), prop::collection::vec((0..count, 0..count), 0..2 * count))
        })
    ) {
        let chart = from_pairs(count, &pairs, "Step with some words");
        check(&chart, &layout(&chart, Options::default()));
    }
}

/// A chart from pairs of node numbers.
fn from_pairs(count: usize, pairs: &[(usize, usize)], words: &str) -> Flowchart {
    let label = |text: String| Label { lines: vec![vec![Run { text, bold: false, italic: false }]] };
    let nodes = (0..count)
        .map(|index| Node {
            id: format!("n{index}"),
            label: label(format!("{words} {index}")),
            shape: Shape::Rectangle,
            group: None,
            style: Style::default(),
            link: None,
            span: Span::new(0, 0),
        })
        .collect();
    let edges = pairs
        .iter()
        .map(|&(from, to)| Edge {
            from: End::Node(from),
            to: End::Node(to),
            label: Label::default(),
            line: Line::Solid,
            tail: Head::None,
            head: Head::Arrow,
            length: 1,
            style: Style::default(),
            span: Span::new(0, 0),
        })
        .collect();
    Flowchart { nodes, edges, ..Flowchart::default() }
}

#[test]
fn a_very_large_chart_is_still_drawn() {
    let pairs: Vec<(usize, usize)> =
        (0..10_000_usize).map(|index| (index * 7919 % 2000, (index * 104_729 + index / 3) % 2000)).collect();
    let chart = from_pairs(2000, &pairs, "Step");
    check(&chart, &layout(&chart, Options::default()));
}

#[test]
fn a_label_of_a_hundred_kilobytes_is_shortened() {
    let chart = from_pairs(2, &[(0, 1), (1, 1)], &"neuroradiologist ".repeat(6000));
    let drawn = layout(&chart, Options::default());
    check(&chart, &drawn);
    assert!(drawn.height < 1000 && drawn.width < 1000);
    let last = drawn.nodes[0].lines.last().unwrap();
    assert!(last.runs.last().unwrap().text.ends_with('…'));
}

#[test]
fn nothing_to_draw_is_drawn_as_nothing() {
    let chart = Flowchart::default();
    let drawn = layout(&chart, Options { arrangement: Arrangement::Lanes });
    assert!(drawn.width > 0 && drawn.height > 0);
    assert!(svg(&chart, &drawn, &Drawn::default()).contains("role=\"img\""));
}

#[test]
fn words_never_become_markup() {
    let chart = from_pairs(1, &[], "<script>alert(1)</script> \" onload=\"x");
    let text =
        svg(&chart, &layout(&chart, Options::default()), &Drawn { prefix: "p\"><b", ..Drawn::default() });
    assert!(!text.contains("<script") && !text.contains("<b") && !text.contains("onload=\""));
}

#[test]
fn what_has_a_limit_in_time_has_a_clock() {
    let clocks = |words: &str| {
        let text = format!("flowchart TD\n  a[{words}] --> b[Report]\n  b -->|{words}| c[End]");
        let chart = netsite::pathway::parse(&text, 0).chart.unwrap();
        let drawn = svg(&chart, &layout(&chart, Options::default()), &Drawn::default());
        drawn.matches("class=\"clock\"").count()
    };
    assert_eq!(clocks("CT within 20 minutes"), 2);
    assert_eq!(clocks("24 hours of observation"), 0, "a time that is no limit");
    assert_eq!(clocks("CT of the head"), 0);
}

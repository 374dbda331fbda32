//! The work that a layout takes, counted: any chart that can be read is drawn within a budget, and an ordinary one needs
//! so little of it that nothing is drawn in haste.

use std::fmt::Write as _;

use super::labels::MOST_COMPARED;
use super::place::Scene;
use super::{Options, Rect, scene};
use crate::pathway::parse::parse;

/// The chart with this many links, and what its layout took.
fn drawn(count: usize, link: impl Fn(usize) -> String) -> Scene {
    let mut text = String::from("flowchart TD\n");
    for number in 0..count {
        writeln!(text, "{}", link(number)).unwrap();
    }
    let chart = parse(&text, 0).chart.unwrap();
    assert_eq!(chart.edges.len(), count, "every link is read");
    scene(&chart, Options::default())
}

/// Whatever the chart, its words are compared with no more than this: while lines are routed, and once they are. The
/// words that use the budget up may take a little more.
fn is_within_budget(name: &str, count: usize, scene: &Scene) {
    let most = 2 * MOST_COMPARED + MOST_COMPARED / 10;
    assert!(scene.work.compared <= most, "{name}: {:?}", scene.work);
    assert!(scene.routes.iter().all(|route| route.len() >= 2), "{name}: every line is drawn");
    assert_eq!(scene.labels.iter().flatten().count(), count, "{name}: all words are drawn");
}

#[test]
fn many_lines_between_the_same_steps_are_drawn_within_a_budget() {
    for count in [500, 2_000] {
        is_within_budget("the same way", count, &drawn(count, |number| format!("a -- w{number} --> b")));
    }
    let both = |number: usize| if number.is_multiple_of(2) { ("a", "b") } else { ("b", "a") };
    let there_and_back = |number| format!("{} -- w{number} --> {}", both(number).0, both(number).1);
    is_within_budget("there and back", 600, &drawn(600, there_and_back));
    is_within_budget("loops", 600, &drawn(600, |number| format!("a -- w{number} --> a")));
}

#[test]
fn many_lines_of_one_step_are_drawn_within_a_budget() {
    let outwards = |number| format!("a -- w{number} --> b{}", number % 700);
    is_within_budget("outwards", 1_500, &drawn(1_500, outwards));
    let complete = |number| format!("a{} -- w{number} --> b{}", number % 12, number % 11);
    let scene = drawn(2_640, complete);
    is_within_budget("each with each", 2_640, &scene);
    assert!(scene.work.stacked > 0, "it is used up: {:?}", scene.work);
}

#[test]
fn the_words_of_very_many_lines_between_two_steps_stand_in_a_table() {
    let scene = drawn(60, |number| format!("a -- words {number} --> b"));
    let words: Vec<Rect> = scene.labels.iter().copied().flatten().collect();
    for (index, one) in words.iter().enumerate() {
        assert!(words[index + 1..].iter().all(|other| !one.overlaps(other)), "{index}");
        assert!(scene.nodes.iter().all(|step| !one.overlaps(step)), "{index}");
    }
}

#[test]
fn an_ordinary_chart_needs_little_of_the_budget() {
    let chain =
        |number: usize| format!("a{number} -- yes --> a{}\na{number} -- no --> a{}", number + 1, number / 2);
    let text: String = (0..100).map(|number| chain(number) + "\n").collect();
    let chart = parse(&format!("flowchart TD\n{text}"), 0).chart.unwrap();
    let work = scene(&chart, Options::default()).work;
    assert!(work.compared < MOST_COMPARED / 20, "{work:?}");
    assert_eq!(work.stacked, 0);
}

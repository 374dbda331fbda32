//! What a reader would hold against a drawing, counted: lines through steps, words over words, crossings.

use netsite::pathway::layout::{Layout, Rect, Route};
use netsite::pathway::model::{End, Flowchart};

/// Counts over a whole drawing; the fewer of each the better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Parts of lines that pass behind a step.
    pub(crate) through_steps: usize,
    /// Parts of lines that run over a title.
    pub(crate) over_titles: usize,
    /// Words of lines that lie on a step.
    pub(crate) words_on_steps: usize,
    /// Words of lines that lie on other words or a title.
    pub(crate) words_on_words: usize,
    /// Words of lines that a line runs through.
    pub(crate) words_on_lines: usize,
    /// Lines without a common end that run on one another.
    pub(crate) together: usize,
    pub(crate) crossings: usize,
    pub(crate) bends: usize,
}

/// A part of a line, as a rectangle without width or height.
fn parts(route: &Route) -> Vec<Rect> {
    let part = |a: (i32, i32), b: (i32, i32)| Rect {
        x: a.0.min(b.0),
        y: a.1.min(b.1),
        w: (a.0 - b.0).abs(),
        h: (a.1 - b.1).abs(),
    };
    route.points.windows(2).map(|pair| part(pair[0], pair[1])).collect()
}

/// The middle of a step: a line may end inside the box of a shape that does not fill it, but not as far in as this.
fn core(rect: &Rect) -> Rect {
    Rect { x: rect.x + rect.w / 3, y: rect.y + rect.h / 3, w: rect.w / 3, h: rect.h / 3 }
}

fn crosses(one: &Rect, other: &Rect) -> bool {
    let (upright, level) = if one.w == 0 { (one, other) } else { (other, one) };
    level.h == 0
        && upright.w == 0
        && level.x < upright.x
        && upright.x < level.right()
        && upright.y < level.y
        && level.y < upright.bottom()
}

fn runs_on(one: &Rect, other: &Rect) -> bool {
    let upright = one.w == 0 && other.w == 0 && one.x == other.x;
    let level = one.h == 0 && other.h == 0 && one.y == other.y;
    (upright && one.y.max(other.y) < one.bottom().min(other.bottom()))
        || (level && one.x.max(other.x) < one.right().min(other.right()))
}

pub(crate) fn facts(chart: &Flowchart, drawn: &Layout) -> Facts {
    let mut facts = Facts::default();
    let parts: Vec<Vec<Rect>> = drawn.edges.iter().map(parts).collect();
    let titles: Vec<&Rect> = drawn
        .frames
        .iter()
        .filter(|frame| !frame.title.lines.is_empty())
        .map(|frame| &frame.title.rect)
        .collect();
    for (edge, (written, route)) in chart.edges.iter().zip(&drawn.edges).enumerate() {
        facts.bends += route.points.len().saturating_sub(2);
        for part in &parts[edge] {
            for (node, place) in drawn.nodes.iter().enumerate() {
                let own = written.from == End::Node(node) || written.to == End::Node(node);
                let solid = if own { core(&place.rect) } else { place.rect.grown(-1) };
                facts.through_steps += usize::from(part.overlaps(&solid));
            }
            facts.over_titles += titles.iter().filter(|title| part.overlaps(title)).count();
            for label in drawn.edges.iter().filter_map(|route| route.label.as_ref()) {
                facts.words_on_lines += usize::from(part.overlaps(&label.rect));
            }
        }
        for (other, theirs) in chart.edges.iter().enumerate().skip(edge + 1) {
            let pairs = || parts[edge].iter().flat_map(|one| parts[other].iter().map(move |two| (one, two)));
            facts.crossings += pairs().filter(|(one, two)| crosses(one, two)).count();
            if written.from != theirs.from && written.to != theirs.to {
                facts.together += pairs().filter(|(one, two)| runs_on(one, two)).count();
            }
        }
        let Some(label) = &route.label else { continue };
        facts.words_on_steps += drawn.nodes.iter().filter(|node| node.rect.overlaps(&label.rect)).count();
        let others = drawn.edges[edge + 1..].iter().filter_map(|route| route.label.as_ref());
        facts.words_on_words += others.filter(|other| other.rect.overlaps(&label.rect)).count();
        facts.words_on_words += titles.iter().filter(|title| title.overlaps(&label.rect)).count();
    }
    facts
}

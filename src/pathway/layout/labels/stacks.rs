//! Words in regular stacks, where there are too many to look for a place for each. In: a scene with routes. Out:
//! rectangles of words.

use std::collections::BTreeMap;

use super::super::Rect;
use super::super::place::Scene;
use super::longest;
use crate::pathway::model::{End, Flowchart, Line};

/// With more lines with words between the same two ends, the words are a table beside them: which belongs to which line
/// cannot be seen anyway.
const MOST_BESIDE: usize = 24;
/// How many stacks of words stand beside each other, where there are too many words to look for a place for each.
const MOST_STACKS: i32 = 40;

/// The edges of each bundle of so many lines, in the order of writing.
fn bundles(chart: &Flowchart) -> Vec<Vec<usize>> {
    let mut between: BTreeMap<(End, End), Vec<usize>> = BTreeMap::new();
    for (edge, written) in chart.edges.iter().enumerate() {
        if !written.label.is_empty() && written.line != Line::Invisible {
            let ends = (written.from.min(written.to), written.from.max(written.to));
            between.entry(ends).or_default().push(edge);
        }
    }
    between.into_values().filter(|bundle| bundle.len() > MOST_BESIDE).collect()
}

/// For each edge whether its words stand in a table.
pub(in super::super) fn crowded(chart: &Flowchart) -> Vec<bool> {
    let mut crowded = vec![false; chart.edges.len()];
    for edge in bundles(chart).into_iter().flatten() {
        crowded[edge] = true;
    }
    crowded
}

/// Sets the words of each bundle to the right of its lines, in columns; hands back where they stand.
pub(super) fn tables(chart: &Flowchart, scene: &mut Scene) -> Vec<Rect> {
    let mut taken = Vec::new();
    for bundle in bundles(chart) {
        let points = || bundle.iter().flat_map(|&edge| &scene.routes[edge]);
        let ends = [chart.edges[bundle[0]].from, chart.edges[bundle[0]].to];
        let steps = ends.into_iter().filter_map(|end| match end {
            End::Node(node) => Some(scene.nodes[node].right()),
            End::Group(_) => None,
        });
        let right = points().map(|point| point.0).chain(steps).max().unwrap_or(0);
        let (top, bottom) = (points().map(|point| point.1).min(), points().map(|point| point.1).max());
        let (top, bottom) = (top.unwrap_or(0), bottom.unwrap_or(0));
        let sizes = || bundle.iter().map(|&edge| &scene.sizes.edges[edge]);
        let wide = sizes().map(|size| size.w).max().unwrap_or(0) + 8;
        let high = sizes().map(|size| size.h).max().unwrap_or(0) + 2;
        // As high as the lines, or about as high as wide where that is not enough.
        let area =
            f64::from(u32::try_from(bundle.len()).unwrap_or(u32::MAX)) * f64::from(wide) * f64::from(high);
        let rows = ((bottom - top).max(area.sqrt() as i32) / high).max(1);
        for (number, &edge) in (0_i32..).zip(&bundle) {
            let (x, y) = (right + 12 + number / rows * wide, top + number % rows * high);
            let rect = Rect { x, y, w: scene.sizes.edges[edge].w, h: scene.sizes.edges[edge].h };
            scene.labels[edge] = Some(rect);
            taken.push(rect);
        }
    }
    taken
}

/// A place without looking at what else is there: the words of lines between the same two ends stand in a stack beside
/// the longest part of the line, and in the next stack beside that one where the first is full.
pub(super) fn stacked(points: &[(i32, i32)], (w, h): (i32, i32), number: i32) -> Option<Rect> {
    let (one, other) = longest(points)?;
    let (x, y) = (one.0.min(other.0), one.1.min(other.1));
    let (wide, high) = (w + 6, h + 2);
    let in_stack = |length: i32, each: i32| (length / each).max(1);
    Some(if one.0 == other.0 {
        let room = in_stack((one.1 - other.1).abs(), high);
        Rect { x: x + 6 + number / room % MOST_STACKS * wide, y: y + number % room * high, w, h }
    } else {
        let room = in_stack((one.0 - other.0).abs(), wide);
        Rect { x: x + number % room * wide, y: y + 5 + number / room % MOST_STACKS * high, w, h }
    })
}

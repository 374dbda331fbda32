//! Room that nothing uses, taken out: bands from side to side, or from top to bottom, in which no step, line or word
//! stands. Titles of lanes are set anew at the width that is left.

use super::place::Scene;
use super::{Rect, WordBox};
use crate::pathway::measure::{BOLD_WORDS, wrap};
use crate::pathway::model::Flowchart;

/// Half of what two steps keep apart.
const AROUND_NODE: i32 = 14;
/// Half of what two lines keep apart.
const AROUND_LINE: i32 = 5;
const AROUND_WORDS: i32 = 3;
/// A lane that holds nothing is still this wide.
const EMPTY_LANE: i32 = 130;

/// Takes unused room out of a scene.
pub(super) fn shrink(chart: &Flowchart, scene: &mut Scene) {
    let x = free_bands(used(scene, false));
    let y = free_bands(used(scene, true));
    scene.remap(|at| without(&x, at), |at| without(&y, at));
    set_bands(chart, scene);
}

/// What is used along one axis.
fn used(scene: &Scene, upright: bool) -> Vec<(i32, i32)> {
    let side = |rect: &Rect, more: i32| {
        if upright { (rect.y - more, rect.bottom() + more) } else { (rect.x - more, rect.right() + more) }
    };
    let mut used: Vec<(i32, i32)> = scene.nodes.iter().map(|rect| side(rect, AROUND_NODE)).collect();
    used.extend(scene.labels.iter().flatten().map(|rect| side(rect, AROUND_WORDS)));
    for points in &scene.routes {
        // An arrowhead needs its length, whatever it points at.
        for end in [points.iter().take(2).collect::<Vec<_>>(), points.iter().rev().take(2).collect()] {
            if let [&one, &other] = end[..] {
                let (one, other) = if upright { (one.1, other.1) } else { (one.0, other.0) };
                used.push((
                    one.min(one + 18 * (other - one).signum()),
                    one.max(one + 18 * (other - one).signum()),
                ));
            }
        }
        for pair in points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            let at = if upright { (y1 == y2).then_some(y1) } else { (x1 == x2).then_some(x1) };
            used.extend(at.map(|at| (at - AROUND_LINE, at + AROUND_LINE)));
        }
    }
    for frame in &scene.frames {
        let (start, end) = side(&frame.rect, 0);
        let beside = if frame.lane { 6 } else { 9 };
        used.extend([(start - beside, start + beside), (end - beside, end + beside)]);
        if !frame.lane {
            used.push(side(&frame.title.rect, 6));
            continue;
        }
        let middle = i32::midpoint(start, end);
        if scene.across() == upright {
            // The title stands beside the row, which must be high enough for it.
            let least = i32::try_from(frame.title.lines.len()).unwrap_or(1) * 18 + 12;
            let tallest =
                scene.nodes.iter().filter(|node| frame.rect.contains(node)).map(|node| node.h).max();
            if scene.across() && tallest.is_none_or(|tallest| tallest + 2 * AROUND_NODE < least) {
                used.push((middle - least / 2, middle + least / 2));
            }
            if !scene.nodes.iter().any(|node| frame.rect.contains(node)) {
                let least = if scene.across() { 50 } else { EMPTY_LANE };
                used.push((middle - least / 2, middle + least / 2));
            }
        } else {
            used.push(side(&frame.title.rect, 0));
        }
    }
    used
}

/// The bands that nothing uses, in order.
fn free_bands(mut used: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    used.sort_unstable();
    let mut free = Vec::new();
    let mut end: Option<i32> = None;
    for (from, to) in used {
        if let Some(end) = end
            && from > end
        {
            free.push((end, from));
        }
        end = Some(end.map_or(to, |end| end.max(to)));
    }
    free
}

/// A place once the bands before it are gone.
fn without(bands: &[(i32, i32)], at: i32) -> i32 {
    let mut moved = at;
    for &(from, to) in bands {
        if from >= at {
            break;
        }
        moved -= to.min(at) - from;
    }
    moved
}

/// Sets the titles of lanes in bands of equal height (width, where lanes are rows).
fn set_bands(chart: &Flowchart, scene: &mut Scene) {
    let across = scene.across();
    let lines: Vec<_> = scene
        .frames
        .iter()
        .map(|frame| match frame.group {
            Some(group) if frame.lane && !across => {
                wrap(&chart.groups[group].label, (frame.rect.w - 20).max(40), BOLD_WORDS)
            }
            _ => frame.title.lines.clone(),
        })
        .collect();
    let most = scene.frames.iter().zip(&lines).filter(|(frame, _)| frame.lane);
    let band = most
        .map(|(_, lines)| {
            if across {
                lines.iter().map(|line| line.width).max().map_or(0, |width| width + 20)
            } else {
                i32::try_from(lines.len()).unwrap_or(0) * 18 + if lines.is_empty() { 0 } else { 12 }
            }
        })
        .max()
        .unwrap_or(0);
    for (frame, lines) in scene.frames.iter_mut().zip(lines) {
        if !frame.lane {
            continue;
        }
        let old = frame.title.rect;
        let (rect, title) = if across {
            let edge = old.right();
            let rect = Rect { x: edge - band, w: frame.rect.right() - edge + band, ..frame.rect };
            (rect, Rect { x: edge - band, w: band, y: rect.y, h: rect.h })
        } else {
            let edge = old.bottom();
            let rect = Rect { y: edge - band, h: frame.rect.bottom() - edge + band, ..frame.rect };
            (rect, Rect { y: edge - band, h: band, x: rect.x, w: rect.w })
        };
        frame.rect = rect;
        frame.title = WordBox { rect: title, lines };
    }
}

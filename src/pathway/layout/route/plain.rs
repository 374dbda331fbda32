//! Lines without a search, for charts too large for one; and lines as their corners only.

use super::super::place::Scene;
use super::super::shape::{Side, shore};
use super::rect_of;
use crate::pathway::model::{End, Flowchart, Shape};

/// The corners only.
pub(super) fn straightened(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut corners: Vec<(i32, i32)> = Vec::with_capacity(8);
    for &point in points {
        if corners.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = corners[..]
            && ((a.0 == b.0 && b.0 == point.0) || (a.1 == b.1 && b.1 == point.1))
        {
            corners.pop();
        }
        corners.push(point);
    }
    corners
}

/// A line without a search, for charts too large for one: out, half way, across, in.
pub(super) fn plain_route(chart: &Flowchart, scene: &Scene, edge: usize) -> Vec<(i32, i32)> {
    let written = &chart.edges[edge];
    let shape = |end: End| match end {
        End::Node(node) => chart.nodes[node].shape,
        End::Group(_) => Shape::Rectangle,
    };
    let at = |end: End, side: Side| {
        let rect = rect_of(scene, end);
        let middle = if side.is_level() { rect.x + rect.w / 2 } else { rect.y + rect.h / 2 };
        let shore = shore(shape(end), rect, side);
        let along = shore.map_or(middle, |shore| middle.clamp(shore.from, shore.to));
        let depth = shore.map_or(0, |shore| shore.depth_at(along));
        match side {
            Side::Top => (along, rect.y + depth),
            Side::Bottom => (along, rect.bottom() - depth),
            Side::Left => (rect.x + depth, along),
            Side::Right => (rect.right() - depth, along),
        }
    };
    let (from, to) = (rect_of(scene, written.from), rect_of(scene, written.to));
    if written.from == written.to {
        let (start, end) = (at(written.from, Side::Bottom), at(written.from, Side::Top));
        let out = from.right() + 12;
        let corners = [
            start,
            (start.0, start.1 + 12),
            (out, start.1 + 12),
            (out, end.1 - 12),
            (end.0, end.1 - 12),
            end,
        ];
        return corners.to_vec();
    }
    let spread = i32::try_from(edge % 3).unwrap_or(0) * 6;
    let level = from.bottom() <= to.y || to.bottom() <= from.y;
    let has_sides = [(written.from, from), (written.to, to)]
        .into_iter()
        .all(|(end, rect)| shore(shape(end), rect, Side::Left).is_some());
    if !level && !has_sides {
        let (start, end) = (at(written.from, Side::Bottom), at(written.to, Side::Bottom));
        let below = from.bottom().max(to.bottom()) + 14 + spread;
        return straightened(&[start, (start.0, below), (end.0, below), end]);
    }
    let corners = if level {
        let down = from.bottom() <= to.y;
        let (start, end) = if down {
            (at(written.from, Side::Bottom), at(written.to, Side::Top))
        } else {
            (at(written.from, Side::Top), at(written.to, Side::Bottom))
        };
        let half = if down { end.1 - 14 - spread } else { end.1 + 14 + spread };
        [start, (start.0, half), (end.0, half), end]
    } else {
        let right = from.right() <= to.x;
        let (start, end) = if right {
            (at(written.from, Side::Right), at(written.to, Side::Left))
        } else {
            (at(written.from, Side::Left), at(written.to, Side::Right))
        };
        let half = if right { end.0 - 14 - spread } else { end.0 + 14 + spread };
        [start, (half, start.1), (half, end.1), end]
    };
    straightened(&corners)
}

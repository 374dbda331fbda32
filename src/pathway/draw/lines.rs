//! Lines of a drawing: rounded corners, a casing where they cross others, and what stands at their ends.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::number;
use crate::pathway::compare::Mark;
use crate::pathway::layout::Route;
use crate::pathway::model::{Edge, Head, Line};

/// The radius of a corner in px.
const CORNER: i32 = 7;
/// The length of an arrowhead.
const ARROW: i32 = 9;

/// Which lines run together: for each edge the first that begins or ends where it does. Their casings are drawn before
/// them all, or one would cut another where they part.
pub(super) fn bundles(routes: &[Route]) -> Vec<Vec<usize>> {
    let mut first_at: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    let mut bundle_of: Vec<usize> = Vec::with_capacity(routes.len());
    let mut bundles: Vec<Vec<usize>> = Vec::new();
    for (edge, route) in routes.iter().enumerate() {
        let ends = [route.points.first(), route.points.last()];
        let known =
            ends.into_iter().flatten().find_map(|end| first_at.get(end)).map(|&first| bundle_of[first]);
        let bundle = known.unwrap_or(bundles.len());
        if bundle == bundles.len() {
            bundles.push(Vec::new());
        }
        bundles[bundle].push(edge);
        bundle_of.push(bundle);
        for end in ends.into_iter().flatten() {
            first_at.entry(*end).or_insert(edge);
        }
    }
    bundles
}

/// The casing of a line: it sets the line off from what it crosses.
pub(super) fn draw_casing(out: &mut String, edge: &Edge, route: &Route) {
    if route.points.len() >= 2 && edge.line != Line::Invisible {
        let _ = write!(out, "<path class=\"casing\" d=\"{}\"/>", path(&held(edge, &route.points)));
    }
}

/// A line's corners, with its ends inside its arrowheads, or its blunt ends would show beside their points.
fn held(edge: &Edge, points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut drawn = points.to_vec();
    let last = drawn.len() - 1;
    drawn[last] = towards(points[last], points[last - 1], held_back(edge.head));
    drawn[0] = towards(points[0], points[1], held_back(edge.tail));
    drawn
}

pub(super) fn draw(out: &mut String, edge: &Edge, route: &Route, mark: Option<Mark>) {
    let points = &route.points;
    if points.len() < 2 || edge.line == Line::Invisible {
        return;
    }
    let last = points.len() - 1;
    let path = path(&held(edge, points));
    let mut classes = String::from("line");
    match edge.line {
        Line::Dotted => classes.push_str(" dotted"),
        Line::Thick => classes.push_str(" thick"),
        _ => {}
    }
    if let Some(mark) = mark {
        let _ = write!(classes, " {}", mark.class());
    }
    let mut paint = String::new();
    if let Some(stroke) = edge.style.stroke {
        let _ = write!(paint, " stroke=\"{stroke}\"");
    }
    if let Some(width) = edge.style.stroke_width {
        let _ = write!(paint, " stroke-width=\"{}\"", number(width.clamp(0.5, 8.0)));
    }
    if edge.style.dashed {
        paint.push_str(" stroke-dasharray=\"5 4\"");
    }
    let _ = write!(out, "<path class=\"{classes}\" d=\"{path}\"{paint}/>");
    head(out, edge, edge.head, points[last], points[last - 1]);
    head(out, edge, edge.tail, points[0], points[1]);
}

fn held_back(head: Head) -> i32 {
    match head {
        Head::Arrow => ARROW - 2,
        Head::Circle => 8,
        Head::None | Head::Cross => 0,
    }
}

/// A point moved so far towards another.
fn towards(from: (i32, i32), to: (i32, i32), by: i32) -> (i32, i32) {
    let by = by.min((from.0 - to.0).abs().max((from.1 - to.1).abs()));
    (from.0 + (to.0 - from.0).signum() * by, from.1 + (to.1 - from.1).signum() * by)
}

fn path(points: &[(i32, i32)]) -> String {
    let mut path = format!("M{} {}", points[0].0, points[0].1);
    for three in points.windows(3) {
        let (before, corner, after) = (three[0], three[1], three[2]);
        let length = |a: (i32, i32), b: (i32, i32)| (a.0 - b.0).abs() + (a.1 - b.1).abs();
        let radius = CORNER.min(length(before, corner) / 2).min(length(corner, after) / 2);
        let (start, end) = (towards(corner, before, radius), towards(corner, after, radius));
        let _ = write!(path, "L{} {}Q{} {} {} {}", start.0, start.1, corner.0, corner.1, end.0, end.1);
    }
    let last = points[points.len() - 1];
    let _ = write!(path, "L{} {}", last.0, last.1);
    path
}

fn head(out: &mut String, edge: &Edge, head: Head, tip: (i32, i32), before: (i32, i32)) {
    let (dx, dy) = ((before.0 - tip.0).signum(), (before.1 - tip.1).signum());
    let paint = edge.style.stroke.map_or_else(String::new, |stroke| {
        if head == Head::Arrow { format!(" fill=\"{stroke}\"") } else { format!(" stroke=\"{stroke}\"") }
    });
    match head {
        Head::None => {}
        Head::Arrow => {
            let base = (tip.0 + dx * ARROW, tip.1 + dy * ARROW);
            let (one, other) = ((base.0 + dy * 4, base.1 + dx * 4), (base.0 - dy * 4, base.1 - dx * 4));
            let _ = write!(
                out,
                "<path class=\"head\" d=\"M{} {}L{} {}L{} {}Z\"{paint}/>",
                tip.0, tip.1, one.0, one.1, other.0, other.1
            );
        }
        Head::Circle => {
            let _ = write!(
                out,
                "<circle class=\"ring\" cx=\"{}\" cy=\"{}\" r=\"4\"{paint}/>",
                tip.0 + dx * 4,
                tip.1 + dy * 4
            );
        }
        Head::Cross => {
            let (x, y) = (tip.0 + dx * 6, tip.1 + dy * 6);
            let _ = write!(out, "<path class=\"ring\" d=\"M{} {}l8 8m0 -8l-8 8\"{paint}/>", x - 4, y - 4);
        }
    }
}

/// Places along a line: the middles of its parts, the longest first, then places nearer to their ends.
pub(super) fn places(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut parts: Vec<&[(i32, i32)]> = points.windows(2).collect();
    parts.sort_by_key(|pair| -((pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs()));
    let between = |a: i32, b: i32, eighths: i32| a + (b - a) * eighths / 8;
    [4, 5, 3, 6, 2]
        .into_iter()
        .flat_map(|eighths| {
            parts.iter().map(move |pair| {
                (between(pair[0].0, pair[1].0, eighths), between(pair[0].1, pair[1].1, eighths))
            })
        })
        .collect()
}

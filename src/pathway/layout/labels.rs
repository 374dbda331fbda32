//! Where the words of lines stand: beside an upright part or above a level one, near where the line sets out, on no
//! step, line, title or other words. In: a scene with routes. Out: rectangles of words.

mod index;

use super::Rect;
use super::place::Scene;
use crate::pathway::model::{End, Flowchart, Line};
use index::{Clear, Index, Kind, fixed, piece};

/// Where words may stand while lines are still being routed: each line keeps clear of the words of those before it.
pub(super) struct Words {
    index: Index,
}

impl Words {
    pub(super) fn new(chart: &Flowchart, scene: &Scene) -> Self {
        Words { index: fixed(chart, scene) }
    }

    /// Sets a line down, and its words where they are free of everything; where they stand is handed back.
    pub(super) fn settle(&mut self, edge: usize, points: &[(i32, i32)], size: (i32, i32)) -> Option<Rect> {
        for pair in points.windows(2) {
            self.index.add_of(edge, piece(pair[0], pair[1]), Kind::Line(edge));
        }
        if size.0 == 0 {
            return None;
        }
        let rect =
            find_free(&self.index, &candidates(&self.index, points, edge, size, false), Clear::OfLines)?;
        self.index.add_of(edge, rect, Kind::Words);
        Some(rect)
    }

    /// Where the words of an edge would best stand if lines were out of their way.
    pub(super) fn wish(&self, edge: usize, points: &[(i32, i32)], size: (i32, i32)) -> Option<Rect> {
        let own: Vec<Rect> = points.windows(2).map(|pair| piece(pair[0], pair[1])).collect();
        let mut candidates = candidates(&self.index, points, edge, size, false);
        candidates.retain(|(_, rect)| !own.iter().any(|piece| piece.overlaps(rect)));
        find_free(&self.index, &candidates, Clear::OfWords)
    }

    /// Takes a line and its words up again.
    pub(super) fn lift(&mut self, edge: usize) {
        self.index.remove_of(edge);
    }
}

/// Places the words of all lines; `known` are places that were kept free for them while the lines were routed.
pub(super) fn place_labels(chart: &Flowchart, scene: &mut Scene, known: &[Option<Rect>]) {
    let mut order: Vec<usize> = (0..chart.edges.len())
        .filter(|&edge| scene.sizes.edges[edge].w > 0 && chart.edges[edge].line != Line::Invisible)
        .collect();
    if order.is_empty() {
        return;
    }
    let length = |edge: usize| -> i32 {
        scene.routes[edge]
            .windows(2)
            .map(|pair| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs())
            .sum()
    };
    order.sort_by_key(|&edge| (length(edge), edge));
    let mut index = fixed(chart, scene);
    for (edge, points) in scene.routes.iter().enumerate() {
        for pair in points.windows(2) {
            index.add(piece(pair[0], pair[1]), Kind::Line(edge));
        }
    }
    let bundles = bundles(chart, scene);
    for &edge in &order {
        let kept = known.get(edge).copied().flatten().filter(|_| bundles[edge] == (edge, false));
        if let Some(rect) = kept.filter(|&rect| index.price(rect, Clear::OfLines).is_some()) {
            index.add(rect, Kind::Words);
            scene.labels[edge] = Some(rect);
        }
    }
    for edge in order {
        let size = &scene.sizes.edges[edge];
        let (first, many) = bundles[edge];
        if first != edge || scene.labels[edge].is_some() {
            continue;
        }
        let mut points = scene.routes[edge].clone();
        if many {
            // One set of words for lines that come together, next to where they arrive together.
            points.reverse();
        }
        if let Some(rect) = find(&index, &points, edge, (size.w, size.h), many) {
            index.add(rect, Kind::Words);
            scene.labels[edge] = Some(rect);
        }
    }
}

/// For each edge the first of those that arrive as one line with the same words, and whether there are others.
fn bundles(chart: &Flowchart, scene: &Scene) -> Vec<(usize, bool)> {
    let mut bundles: Vec<(usize, bool)> = (0..chart.edges.len()).map(|edge| (edge, false)).collect();
    let mut known: std::collections::BTreeMap<_, usize> = std::collections::BTreeMap::new();
    for (edge, written) in chart.edges.iter().enumerate() {
        let (Some(&end), true) = (scene.routes[edge].last(), may_share(chart, edge)) else { continue };
        let before = scene.routes[edge].iter().rev().nth(1).copied();
        let side = before.map(|before| ((before.0 - end.0).signum(), (before.1 - end.1).signum()));
        let first =
            *known.entry((end, side, written.to, written.label.plain(), written.line as u8)).or_insert(edge);
        if first != edge && chart.edges[first].from != written.from {
            bundles[edge] = (first, true);
            bundles[first].1 = true;
        }
    }
    bundles
}

/// Which edges come to one end with the same words as another, so that these may be said once.
pub(super) fn sharing(chart: &Flowchart) -> Vec<bool> {
    let mut known: std::collections::BTreeMap<_, usize> = std::collections::BTreeMap::new();
    let mut shares = vec![false; chart.edges.len()];
    for (edge, written) in chart.edges.iter().enumerate() {
        if may_share(chart, edge) {
            let first = *known.entry((written.to, written.label.plain(), written.line as u8)).or_insert(edge);
            if chart.edges[first].from != written.from {
                shares[first] = true;
                shares[edge] = true;
            }
        }
    }
    shares
}

/// Whether an edge's words may be said once for several lines: never an outcome, which is read at its decision.
fn may_share(chart: &Flowchart, edge: usize) -> bool {
    let written = &chart.edges[edge];
    let decision = matches!(written.from, End::Node(node) if chart.nodes[node].shape.is_decision());
    !written.label.is_empty() && !decision
}

fn find(index: &Index, points: &[(i32, i32)], edge: usize, size: (i32, i32), many: bool) -> Option<Rect> {
    let candidates = candidates(index, points, edge, size, many);
    for clear in [Clear::OfLines, Clear::OfWords] {
        if let Some(rect) = find_free(index, &candidates, clear) {
            return Some(rect);
        }
    }
    // Nothing next to the line is free: the nearest place around it that is no step's.
    for away in 1..=48 {
        let by = away * 9;
        let around = candidates.iter().flat_map(|&(_, rect)| {
            [(by, 0), (-by, 0), (0, by), (0, -by)].map(|(dx, dy)| Rect {
                x: rect.x + dx,
                y: rect.y + dy,
                ..rect
            })
        });
        let best = around.filter_map(|rect| index.price(rect, Clear::OfWords).map(|price| (price, rect)));
        if let Some((_, rect)) = best.min_by_key(|&(price, rect)| (price, rect.y, rect.x)) {
            return Some(rect);
        }
    }
    // Nowhere: on the line itself, where it is longest.
    let longest =
        points.windows(2).max_by_key(|pair| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs())?;
    let middle = (i32::midpoint(longest[0].0, longest[1].0), i32::midpoint(longest[0].1, longest[1].1));
    Some(Rect { x: middle.0 - size.0 / 2, y: middle.1 - size.1 / 2, w: size.0, h: size.1 })
}

/// The best of some places.
fn find_free(index: &Index, candidates: &[(i32, Rect)], clear: Clear) -> Option<Rect> {
    let priced = candidates.iter().filter_map(|&(own, rect)| {
        index.price(rect, clear).map(|more| (own + more + index.widening(rect), rect))
    });
    priced.min_by_key(|&(price, rect)| (price, rect.y, rect.x)).map(|(_, rect)| rect)
}

/// Places along a line, each with what it costs by itself.
fn candidates(
    index: &Index,
    points: &[(i32, i32)],
    edge: usize,
    (w, h): (i32, i32),
    many: bool,
) -> Vec<(i32, Rect)> {
    let mut found = Vec::new();
    let mut travelled = 0;
    for (number, pair) in points.windows(2).enumerate().take(24) {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        let upright = x1 == x2;
        let length = (x1 - x2).abs() + (y1 - y2).abs();
        let shared = if index.is_shared(piece(pair[0], pair[1]), edge) == many { 0 } else { 60 };
        let own = if upright { h } else { w };
        let room = length - own;
        let sign = if upright { (y2 - y1).signum() } else { (x2 - x1).signum() };
        let short = if room < 6 { 30 } else { 0 };
        let later = if number == 0 { 0 } else { 16 };
        let mut offset = if room < 6 { room / 2 } else { 4 };
        let step = (room / 40).max(5);
        loop {
            let from = if upright { y1 } else { x1 };
            let start = if sign >= 0 { from + offset } else { from - offset - own };
            let price = (travelled + offset.max(0)) / 3 + shared + short + later;
            if upright {
                found.push((price, Rect { x: x1 + 6, y: start, w, h }));
                found.push((price + 7, Rect { x: x1 - 6 - w, y: start, w, h }));
            } else {
                found.push((price, Rect { x: start, y: y1 - 4 - h, w, h }));
                found.push((price + 9, Rect { x: start, y: y1 + 5, w, h }));
            }
            offset += step;
            if offset > room - 2 {
                break;
            }
        }
        travelled += length;
    }
    found
}

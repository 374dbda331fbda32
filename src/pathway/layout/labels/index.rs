//! What lies where, so that a place for words is checked against its neighbourhood only. In: a scene. Out: what a place
//! for words would cost.

use super::super::Rect;
use super::super::place::Scene;
use super::super::shape::{CLOCK, clock_at};
use super::super::size::is_timed;
use crate::pathway::model::Flowchart;

/// The side of a square of the index, in px.
const CELL: i32 = 120;

/// What lies where, so that a place is checked against its neighbourhood only.
pub(super) struct Index {
    left: i32,
    top: i32,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    things: Vec<Thing>,
    /// What belongs to each edge: the pieces of its line, and its words.
    of_edge: Vec<Vec<u32>>,
    /// How many px from side to side, up to each, steps stand on: words elsewhere make the drawing wider.
    covered: Vec<i32>,
    upright: bool,
}

#[derive(Debug, Clone, Copy)]
struct Thing {
    rect: Rect,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Steps, titles.
    Solid,
    Words,
    Line(usize),
    Border,
}

/// What words keep clear of, besides steps, titles and other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clear {
    OfLines,
    OfWords,
}

impl Index {
    fn new(bounds: Rect) -> Self {
        let count = |length: i32| usize::try_from(length / CELL + 1).unwrap_or(1).min(400);
        let (columns, rows) = (count(bounds.w), count(bounds.h));
        let cells = vec![Vec::new(); columns * rows];
        Index {
            left: bounds.x,
            top: bounds.y,
            columns,
            rows,
            cells,
            things: Vec::new(),
            of_edge: Vec::new(),
            covered: Vec::new(),
            upright: false,
        }
    }

    fn squares(&self, rect: Rect) -> impl Iterator<Item = usize> + use<> {
        let clamp = |value: i32, count: usize| usize::try_from(value.max(0)).unwrap_or(0).min(count - 1);
        let (c1, c2) = (
            clamp((rect.x - self.left) / CELL, self.columns),
            clamp((rect.right() - self.left) / CELL, self.columns),
        );
        let (r1, r2) = (
            clamp((rect.y - self.top) / CELL, self.rows),
            clamp((rect.bottom() - self.top) / CELL, self.rows),
        );
        let columns = self.columns;
        (r1..=r2).flat_map(move |row| (c1..=c2).map(move |column| row * columns + column))
    }

    pub(super) fn add(&mut self, rect: Rect, kind: Kind) {
        let number = self.things.len() as u32;
        self.things.push(Thing { rect, kind });
        for square in self.squares(rect) {
            self.cells[square].push(number);
        }
    }

    /// Adds what belongs to an edge, so that it can be taken away again.
    pub(super) fn add_of(&mut self, edge: usize, rect: Rect, kind: Kind) {
        if self.of_edge.len() <= edge {
            self.of_edge.resize(edge + 1, Vec::new());
        }
        self.of_edge[edge].push(self.things.len() as u32);
        self.add(rect, kind);
    }

    /// Takes away what belongs to an edge.
    pub(super) fn remove_of(&mut self, edge: usize) {
        for number in self.of_edge.get_mut(edge).map(std::mem::take).unwrap_or_default() {
            // A rectangle of no size overlaps nothing.
            self.things[number as usize].rect = Rect { x: i32::MIN / 2, y: i32::MIN / 2, w: 0, h: 0 };
        }
    }

    /// How bad a place is: nothing where it is free, none where a step or other words are in the way.
    pub(super) fn price(&self, rect: Rect, clear: Clear) -> Option<i32> {
        let grown = rect.grown(2);
        let mut price = 0;
        for square in self.squares(grown) {
            for &number in &self.cells[square] {
                let thing = &self.things[number as usize];
                if !thing.rect.overlaps(&grown) {
                    continue;
                }
                match thing.kind {
                    Kind::Solid | Kind::Words => return None,
                    Kind::Line(_) if clear == Clear::OfLines => return None,
                    Kind::Line(_) => price += 150,
                    Kind::Border => price += 80,
                }
            }
        }
        Some(price)
    }

    /// Notes where steps stand, from side to side of the main way.
    fn cover(&mut self, scene: &Scene) {
        self.upright = scene.across();
        let side = |rect: &Rect| {
            if self.upright { (rect.y - self.top, rect.h) } else { (rect.x - self.left, rect.w) }
        };
        let length = scene.nodes.iter().map(|rect| side(rect).0 + side(rect).1).max().unwrap_or(0);
        let mut stands = vec![0; usize::try_from(length + 1).unwrap_or(0)];
        for rect in &scene.nodes {
            let (from, long) = side(rect);
            let (from, long) = (usize::try_from(from).unwrap_or(0), usize::try_from(long).unwrap_or(0));
            if long < 1_000 {
                stands[from..from + long].fill(1);
            }
        }
        let mut sum = 0;
        self.covered = stands
            .iter()
            .map(|stands| {
                sum += stands;
                sum
            })
            .collect();
    }

    /// How many px of a place are where no step stands, above it or below.
    pub(super) fn widening(&self, rect: Rect) -> i32 {
        let (from, long) =
            if self.upright { (rect.y - self.top, rect.h) } else { (rect.x - self.left, rect.w) };
        let at = |place: i32| {
            let place = usize::try_from(place).unwrap_or(0).min(self.covered.len().saturating_sub(1));
            self.covered.get(place).copied().unwrap_or(0)
        };
        (long - (at(from + long) - at(from))).max(0)
    }

    /// Whether another line runs along the same piece.
    pub(super) fn is_shared(&self, piece: Rect, edge: usize) -> bool {
        self.squares(piece).any(|square| {
            self.cells[square].iter().any(|&number| {
                let thing = &self.things[number as usize];
                let same = (thing.rect.w > 2) == (piece.w > 2);
                matches!(thing.kind, Kind::Line(other) if other != edge)
                    && same
                    && thing.rect.overlaps(&piece)
            })
        })
    }
}

/// What never moves: steps, titles, frames.
pub(super) fn fixed(chart: &Flowchart, scene: &Scene) -> Index {
    let mut index = Index::new(bounds(scene));
    index.cover(scene);
    for (node, rect) in chart.nodes.iter().zip(&scene.nodes) {
        index.add(*rect, Kind::Solid);
        if is_timed(&node.label) {
            let (x, y) = clock_at(node.shape, *rect, false);
            index.add(Rect { x, y, w: 0, h: 0 }.grown(CLOCK), Kind::Solid);
        }
    }
    for frame in &scene.frames {
        if frame.lane || !frame.title.lines.is_empty() {
            index.add(frame.title.rect, Kind::Solid);
        }
        let rect = frame.rect;
        let corners = [
            (rect.x, rect.y),
            (rect.right(), rect.y),
            (rect.right(), rect.bottom()),
            (rect.x, rect.bottom()),
        ];
        for side in 0..4 {
            index.add(piece(corners[side], corners[(side + 1) % 4]), Kind::Border);
        }
    }
    index
}

/// A piece of a line as a thin rectangle.
pub(super) fn piece(a: (i32, i32), b: (i32, i32)) -> Rect {
    let (x, y) = (a.0.min(b.0), a.1.min(b.1));
    Rect { x: x - 1, y: y - 1, w: (a.0 - b.0).abs() + 2, h: (a.1 - b.1).abs() + 2 }
}

fn bounds(scene: &Scene) -> Rect {
    let mut all = Rect::default();
    for rect in scene.nodes.iter().chain(scene.frames.iter().map(|frame| &frame.rect)) {
        let (x, y) = (all.x.min(rect.x), all.y.min(rect.y));
        all = Rect { x, y, w: all.right().max(rect.right()) - x, h: all.bottom().max(rect.bottom()) - y };
    }
    all
}

//! What placing hands to routing, and the scene that routing, labels and tidying work on: rectangles of nodes and
//! frames, lines, places of words, all in the drawing's own px.

use super::size::{Size, Sizes};
use super::{Frame, Layout, NodeBox, Rect, Route, WordBox, is_across};
use crate::pathway::model::{Direction, Flowchart, Line};

/// Room around the drawing.
const MARGIN: i32 = 10;

/// Where everything was placed.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub(super) nodes: Vec<Rect>,
    pub(super) frames: Vec<Frame>,
}

/// How much was done for a drawing: what is counted has a limit, whatever the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Work {
    /// Places that the searches for lines looked at.
    pub(super) looked: usize,
    /// Things that places for words were compared with, and how many words stand where they were put without looking.
    pub(super) compared: usize,
    pub(super) stacked: usize,
}

/// A drawing in the making.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) sizes: Sizes,
    pub(super) nodes: Vec<Rect>,
    pub(super) frames: Vec<Frame>,
    /// The frame of each group.
    pub(super) frame_of: Vec<Option<usize>>,
    /// The corners of each edge; none for those that only order.
    pub(super) routes: Vec<Vec<(i32, i32)>>,
    pub(super) labels: Vec<Option<Rect>>,
    pub(super) in_lanes: bool,
    pub(super) direction: Direction,
    pub(super) work: Work,
}

impl Scene {
    pub(super) fn new(chart: &Flowchart, sizes: Sizes, placed: Placed, in_lanes: bool) -> Self {
        let mut frame_of = vec![None; chart.groups.len()];
        for (index, frame) in placed.frames.iter().enumerate() {
            if let Some(group) = frame.group {
                frame_of[group] = Some(index);
            }
        }
        Scene {
            sizes,
            nodes: placed.nodes,
            frames: placed.frames,
            frame_of,
            routes: vec![Vec::new(); chart.edges.len()],
            labels: vec![None; chart.edges.len()],
            in_lanes,
            direction: chart.direction,
            work: Work::default(),
        }
    }

    /// Whether the main way runs from side to side.
    pub(super) fn across(&self) -> bool {
        is_across(self.direction)
    }

    /// Every place, moved by two maps.
    pub(super) fn remap(&mut self, x: impl Fn(i32) -> i32, y: impl Fn(i32) -> i32) {
        let moved = |rect: &mut Rect| {
            // Nodes and words keep their size; only the place of their middle is mapped.
            rect.x = x(rect.x + rect.w / 2) - rect.w / 2;
            rect.y = y(rect.y + rect.h / 2) - rect.h / 2;
        };
        self.nodes.iter_mut().for_each(moved);
        self.labels.iter_mut().flatten().for_each(moved);
        for frame in &mut self.frames {
            moved(&mut frame.title.rect);
            let (right, bottom) = (x(frame.rect.right()), y(frame.rect.bottom()));
            let (left, top) = (x(frame.rect.x), y(frame.rect.y));
            frame.rect = Rect { x: left, y: top, w: right - left, h: bottom - top };
        }
        for point in self.routes.iter_mut().flatten() {
            *point = (x(point.0), y(point.1));
        }
    }

    /// Moves all to the margin and hands it over.
    pub(super) fn finish(mut self, chart: &Flowchart) -> Layout {
        let mut bounds: Option<(i32, i32, i32, i32)> = None;
        let mut include = |x0: i32, y0: i32, x1: i32, y1: i32| {
            bounds = Some(match bounds {
                None => (x0, y0, x1, y1),
                Some((a, b, c, d)) => (a.min(x0), b.min(y0), c.max(x1), d.max(y1)),
            });
        };
        for rect in
            self.nodes.iter().chain(self.labels.iter().flatten()).chain(self.frames.iter().map(|f| &f.rect))
        {
            include(rect.x, rect.y, rect.right(), rect.bottom());
        }
        for &(x, y) in self.routes.iter().flatten() {
            include(x - 4, y - 4, x + 4, y + 4);
        }
        let (left, top, right, bottom) = bounds.unwrap_or((0, 0, 0, 0));
        self.remap(|x| x - left + MARGIN, |y| y - top + MARGIN);
        let nodes =
            self.nodes.iter().zip(self.sizes.nodes).map(|(&rect, size)| node_box(rect, size)).collect();
        let labels = self.labels.into_iter().zip(self.sizes.edges);
        let edges = self
            .routes
            .into_iter()
            .zip(labels)
            .zip(&chart.edges)
            .map(|((points, (rect, size)), edge)| Route {
                points: if edge.line == Line::Invisible { Vec::new() } else { points },
                label: rect.map(|rect| WordBox { rect, lines: size.lines }),
            })
            .collect();
        Layout {
            width: right - left + 2 * MARGIN,
            height: bottom - top + 2 * MARGIN,
            in_lanes: self.in_lanes,
            nodes,
            edges,
            frames: self.frames,
        }
    }
}

fn node_box(rect: Rect, size: Size) -> NodeBox {
    let words_at = (rect.x + rect.w / 2 + size.shift.0, rect.y + rect.h / 2 + size.shift.1);
    NodeBox { rect, lines: size.lines, words_at }
}

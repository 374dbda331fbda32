//! Where everything of a pathway stands: a [`Flowchart`] into a [`Layout`] of boxes, frames and routes, in whole px.
//! Steps are placed first (in lanes, or in layers), then the lines are routed around them, then the words of the lines
//! find their places, and what room is left over is taken out.

mod compact;
mod cross;
mod cycles;
mod grid;
mod kept;
mod labels;
mod lanes;
mod layered;
mod order;
mod place;
mod ranks;
mod route;
pub(super) mod shape;
mod size;
pub use kept::{Layouts, MAX_KEPT_BYTES};
pub use shape::is_on_outline;
pub(super) use size::{CLOCK_ROOM, is_timed, slant};
mod tidy;

use crate::pathway::measure::TextLine;
use crate::pathway::model::{Direction, Flowchart, Line};

/// What a page asks of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Lanes or layers.
    pub arrangement: Arrangement,
}

/// How the groups at the top are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Lanes where two or more groups hold nearly all the steps, layers otherwise.
    #[default]
    Automatic,
    /// A lane for each group at the top.
    Lanes,
    /// Layers, with groups as frames.
    Layers,
}

/// A rectangle in px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub w: i32,
    /// Its height.
    pub h: i32,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// The lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Whether two rectangles have area in common.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether another lies inside, edges included.
    pub fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Larger by so many px on every side.
    #[must_use]
    pub fn grown(&self, by: i32) -> Rect {
        Rect { x: self.x - by, y: self.y - by, w: self.w + 2 * by, h: self.h + 2 * by }
    }
}

/// A node as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeBox {
    /// The room that its shape fills.
    pub rect: Rect,
    /// Its words.
    pub lines: Vec<TextLine>,
    /// Where the middle of its words stands.
    pub words_at: (i32, i32),
}

/// Words with their place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordBox {
    /// The room they take.
    pub rect: Rect,
    /// The words.
    pub lines: Vec<TextLine>,
}

/// An edge as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// Its corners from beginning to end; none where it only orders.
    pub points: Vec<(i32, i32)>,
    /// Its words.
    pub label: Option<WordBox>,
}

/// A lane, or the frame around a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The group, by index; none for the lane of the steps that have no group.
    pub group: Option<usize>,
    /// Whether it is a lane.
    pub lane: bool,
    /// Its outline.
    pub rect: Rect,
    /// Its title: the band of a lane, the room of a frame's words.
    pub title: WordBox,
}

/// A pathway with every place settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The width of the drawing in px.
    pub width: i32,
    /// Its height in px.
    pub height: i32,
    /// Whether groups are lanes.
    pub in_lanes: bool,
    /// As in the flowchart.
    pub nodes: Vec<NodeBox>,
    /// As in the flowchart.
    pub edges: Vec<Route>,
    /// Lanes first, then frames, outer ones before those inside them.
    pub frames: Vec<Frame>,
}

/// From one line of the routing grid to the next, in px.
const PITCH: i32 = 10;

/// The next multiple of the grid's pitch.
fn up(value: i32) -> i32 {
    value.div_euclid(PITCH) * PITCH + if value.rem_euclid(PITCH) == 0 { 0 } else { PITCH }
}

/// Lays out a flowchart.
pub fn layout(chart: &Flowchart, options: Options) -> Layout {
    let sizes = size::sizes(chart);
    let in_lanes = wants_lanes(chart, options);
    let placed = if in_lanes { lanes::place(chart, &sizes) } else { layered::place_all(chart, &sizes) };
    let mut scene = place::Scene::new(chart, sizes, placed, in_lanes);
    let kept = route::route_all(chart, &mut scene);
    labels::place_labels(chart, &mut scene, &kept);
    tidy::shrink(chart, &mut scene);
    if in_lanes {
        compact::compact(&mut scene);
    }
    scene.finish(chart)
}

/// Whether lanes suit: asked for, or two or more groups at the top hold nearly all the steps.
fn wants_lanes(chart: &Flowchart, options: Options) -> bool {
    let tops: Vec<usize> =
        (0..chart.groups.len()).filter(|&group| chart.groups[group].parent.is_none()).collect();
    match options.arrangement {
        Arrangement::Layers => false,
        Arrangement::Lanes => !tops.is_empty(),
        Arrangement::Automatic => {
            let mut held = vec![0_usize; chart.groups.len()];
            for node in 0..chart.nodes.len() {
                if let Some(lane) = chart.lane_of(node) {
                    held[lane] += 1;
                }
            }
            let total: usize = held.iter().sum();
            let filled = tops.iter().filter(|&&top| held[top] > 0).count();
            let turned = tops.iter().any(|&top| {
                chart.groups[top].direction.is_some_and(|own| is_across(own) != is_across(chart.direction))
            });
            let across_groups = chart.edges.iter().any(|edge| {
                edge.line != Line::Invisible && {
                    let lane = |end| match end {
                        crate::pathway::model::End::Node(node) => chart.lane_of(node),
                        crate::pathway::model::End::Group(group) => Some(chart.outermost(group)),
                    };
                    lane(edge.from) != lane(edge.to)
                }
            });
            // A line to a whole lane would have nothing to end on but the border that two lanes share.
            let to_lanes = chart.edges.iter().flat_map(|edge| [edge.from, edge.to]).any(|end| {
                matches!(end, crate::pathway::model::End::Group(group) if chart.groups[group].parent.is_none())
            });
            !to_lanes
                && (2..=6).contains(&filled)
                && total * 10 >= chart.nodes.len() * 9
                && !turned
                && across_groups
        }
    }
}

/// Whether a direction runs from side to side.
fn is_across(direction: Direction) -> bool {
    matches!(direction, Direction::Right | Direction::Left)
}

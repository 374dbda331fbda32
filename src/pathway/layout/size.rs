//! How large each node is: its words wrapped, and the room that its shape needs around them. In: the flowchart. Out:
//! widths and heights, and the words of edges and titles wrapped as well.

use crate::pathway::measure::{BOLD_WORDS, EDGE_WORDS, TextLine, Type, WORDS, wrap};
use crate::pathway::model::{Flowchart, Label, Shape};
use crate::pathway::steps::{Bound, time_limits};

/// The words of a rectangle are at most this wide.
const WORDS_AT_MOST: i32 = 166;
/// The words of an edge are at most this wide.
const EDGE_WORDS_AT_MOST: i32 = 112;
/// Those that would take more than three lines may be this wide.
const LONG_EDGE_WORDS_AT_MOST: i32 = 164;

/// A size with its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Size {
    pub(super) w: i32,
    pub(super) h: i32,
    pub(super) lines: Vec<TextLine>,
    /// The middle of the words, from the middle of the shape.
    pub(super) shift: (i32, i32),
}

/// Everything that has words.
#[derive(Debug, Clone, Default)]
pub(super) struct Sizes {
    pub(super) nodes: Vec<Size>,
    pub(super) edges: Vec<Size>,
}

pub(super) fn sizes(chart: &Flowchart) -> Sizes {
    let nodes = chart
        .nodes
        .iter()
        .map(|node| node_size(node.shape, &node.label, if node.style.bold { BOLD_WORDS } else { WORDS }))
        .collect();
    let edges = chart
        .edges
        .iter()
        .map(|edge| {
            let narrow = plain(&edge.label, EDGE_WORDS_AT_MOST, EDGE_WORDS);
            let long = narrow.lines.len() > 3;
            let mut size =
                if long { plain(&edge.label, LONG_EDGE_WORDS_AT_MOST, EDGE_WORDS) } else { narrow };
            if is_timed(&edge.label) {
                size.w += CLOCK_ROOM;
            }
            size
        })
        .collect();
    Sizes { nodes, edges }
}

/// Words longer than this are not searched for a limit; the drawing shortens them.
const LONGEST_TIMED: usize = 2_000;
/// What a clock before the words of an edge takes.
pub(crate) const CLOCK_ROOM: i32 = 20;

/// Whether words set a limit in time: those that only name a time do not.
pub(crate) fn is_timed(label: &Label) -> bool {
    let length: usize = label.lines.iter().flatten().map(|run| run.text.len()).sum();
    length <= LONGEST_TIMED && time_limits(&label.plain()).iter().any(|limit| limit.bound != Bound::Stated)
}

/// Words without a shape around them.
pub(super) fn plain(label: &Label, most: i32, set: Type) -> Size {
    if label.is_empty() {
        return Size::default();
    }
    let lines = wrap(label, most, set);
    let (w, h) = extent(&lines, set);
    Size { w, h, lines, shift: (0, 0) }
}

fn extent(lines: &[TextLine], set: Type) -> (i32, i32) {
    let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
    (lines.iter().map(|line| line.width).max().unwrap_or(0), count * i32::from(set.leading))
}

fn even(value: i32) -> i32 {
    value + (value & 1)
}

fn node_size(shape: Shape, label: &Label, set: Type) -> Size {
    match shape {
        Shape::SmallCircle | Shape::FilledCircle | Shape::FramedCircle => return bare(20, 20),
        Shape::CrossedCircle => return bare(36, 36),
        Shape::Bar => return bare(80, 10),
        Shape::Hourglass => return bare(40, 40),
        Shape::Bolt => return bare(40, 48),
        _ => {}
    }
    if matches!(shape, Shape::Circle | Shape::DoubleCircle) {
        return round(label, set, if shape == Shape::DoubleCircle { 10 } else { 0 });
    }
    if matches!(shape, Shape::Triangle | Shape::TriangleDown) {
        return triangle(label, set, shape == Shape::Triangle);
    }
    let most = match shape {
        Shape::Comment | Shape::Text => 210,
        Shape::Diamond | Shape::Hexagon => 156,
        _ => WORDS_AT_MOST,
    };
    let lines = wrap(label, most, set);
    let (w, h) = extent(&lines, set);
    let (wide, high, shift) = match shape {
        Shape::Diamond | Shape::Hexagon => (w + 2 * slant(h + 22) + 14, h + 22, (0, 0)),
        Shape::Stadium => (w + (h + 18).min(44), h + 18, (0, 0)),
        Shape::Subprocess => (w + 40, h + 18, (0, 0)),
        Shape::Cylinder => (w + 28, h + 34, (0, 5)),
        Shape::HorizontalCylinder => (w + 50, h + 18, (-5, 0)),
        Shape::Flag => (w + 46, h + 18, (8, 0)),
        Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::TrapezoidDown => {
            (w + 58, h + 18, (0, 0))
        }
        Shape::Document => (w + 28, h + 30, (0, -5)),
        Shape::Tape => (w + 28, h + 36, (0, 0)),
        Shape::Delay => (w + 39 + h / 2, h + 18, (-(h + 18) / 6, 0)),
        Shape::Display => (w + 60, h + 18, (0, 0)),
        Shape::ManualInput => (w + 28, h + 30, (0, 5)),
        Shape::Cloud => (w + 56, h + 44, (0, 0)),
        Shape::Card => (w + 34, h + 20, (0, 0)),
        Shape::LinedRectangle => (w + 36, h + 22, (3, 2)),
        Shape::Comment => (w + 26, h + 12, (6, 0)),
        Shape::Text => (w + 12, h + 12, (0, 0)),
        _ => (w + 28, h + 18, (0, 0)),
    };
    Size { w: even(wide).max(52), h: even(high).max(36), lines, shift }
}

/// How far the ends of a flat hexagon reach: flat, so that a decision is hardly larger than a step.
pub(crate) fn slant(height: i32) -> i32 {
    (height * 3 / 10).clamp(10, 24)
}

fn bare(w: i32, h: i32) -> Size {
    Size { w, h, lines: Vec::new(), shift: (0, 0) }
}

/// A circle: of the ways to break its words, the one with the smallest.
fn round(label: &Label, set: Type, more: i32) -> Size {
    let best = [48, 64, 84, 108, 136].into_iter().map(|most| {
        let lines = wrap(label, most, set);
        let (w, h) = extent(&lines, set);
        let across = (f64::from(w * w + h * h).sqrt().ceil() as i32 + 14 + more).max(36);
        (across, lines)
    });
    let (across, lines) = best.min_by_key(|(across, _)| *across).unwrap_or_default();
    Size { w: even(across), h: even(across), lines, shift: (0, 0) }
}

/// A triangle: the words stand at its broad side.
fn triangle(label: &Label, set: Type, upright: bool) -> Size {
    let lines = wrap(label, 110, set);
    let (w, h) = extent(&lines, set);
    let high = even((h * 2 + 24).max(44));
    // Where the words begin, the sides must already be apart by their width.
    let free = high - h - 10;
    let wide = even(((w + 12) * high / free.max(1)).max(52));
    let down = (high - h) / 2 - 6;
    Size { w: wide, h: high, lines, shift: (0, if upright { down } else { -down }) }
}

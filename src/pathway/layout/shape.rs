//! The outlines of shapes, as far as lines end on them: along which part of each side a line may end, and how far the
//! outline stands inside the box there.

use super::size::slant;
use super::{NodeBox, Rect};
use crate::pathway::model::Shape;

/// A side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

impl Side {
    pub(super) const ALL: [Side; 4] = [Side::Top, Side::Right, Side::Bottom, Side::Left];

    /// The step that leads away from the side.
    pub(super) fn away(self) -> (i32, i32) {
        match self {
            Side::Top => (0, -1),
            Side::Right => (1, 0),
            Side::Bottom => (0, 1),
            Side::Left => (-1, 0),
        }
    }

    /// Whether it lies above or below.
    pub(super) fn is_level(self) -> bool {
        matches!(self, Side::Top | Side::Bottom)
    }
}

/// Where lines may end on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shore {
    /// From here, in px along the side's axis.
    pub(super) from: i32,
    /// To here.
    pub(super) to: i32,
    /// How far inside the box the outline stands, in the middle of a curved side.
    pub(super) depth: i32,
    /// The half axes of a curved side, along it and across; none where it is straight.
    pub(super) curve: Option<(i32, i32)>,
}

impl Shore {
    /// How far inside the box the outline stands at a place.
    pub(super) fn depth_at(&self, along: i32) -> i32 {
        let Some((long, high)) = self.curve else { return self.depth };
        let off = f64::from(along - i32::midpoint(self.from, self.to)) / f64::from(long.max(1));
        let rise = (1.0 - off * off).max(0.0).sqrt();
        self.depth + (f64::from(high) * (1.0 - rise)).round() as i32
    }
}

/// How far the sides of leaning shapes lean.
pub(crate) const LEAN: i32 = 16;
/// The notch of a flag.
pub(crate) const NOTCH: i32 = 14;
/// The corner that a card lacks.
pub(crate) const CORNER: i32 = 10;
/// Half the height of a cylinder's lid.
pub(crate) const LID: i32 = 7;
/// The depth of a wave.
pub(crate) const WAVE: i32 = 6;
/// How much lower a manual input begins at its left.
pub(crate) const SLOPE: i32 = 12;

/// Where lines may end on a side of a shape; none where the outline does not reach it.
pub(crate) fn shore(shape: Shape, rect: Rect, side: Side) -> Option<Shore> {
    let (start, length) = if side.is_level() { (rect.x, rect.w) } else { (rect.y, rect.h) };
    let middle = start + length / 2;
    let centre = |depth| Some(Shore { from: middle, to: middle, depth, curve: None });
    // Six tenths to each side of the middle: there the outline is still nearly square to the line.
    let round = |long: i32, high: i32| {
        let reach = long * 6 / 10;
        Some(Shore { from: middle - reach, to: middle + reach, depth: 0, curve: Some((long, high)) })
    };
    let flat = |before: i32, after: i32| {
        let (from, to) = (start + before, start + length - after);
        Some(if from > to {
            Shore { from: middle, to: middle, depth: 0, curve: None }
        } else {
            Shore { from, to, depth: 0, curve: None }
        })
    };
    let level = side.is_level();
    match shape {
        // A decision, a stadium and the like end in a point; what is not named is a box.
        Shape::Diamond | Shape::Hexagon if level => flat(slant(rect.h) + 4, slant(rect.h) + 4),
        Shape::Stadium if level => flat(rect.h.min(44) / 2, rect.h.min(44) / 2),
        Shape::Stadium if rect.h > 44 => flat(22, 22),
        Shape::Stadium if !level => round(rect.h / 2, rect.h / 2),
        Shape::Circle | Shape::DoubleCircle => round(rect.w / 2, rect.w / 2),
        Shape::Cylinder if level => round(rect.w / 2, LID),
        Shape::HorizontalCylinder if !level => round(rect.h / 2, LID),
        Shape::Cylinder if !level => flat(2 * LID + 4, 2 * LID + 4),
        Shape::HorizontalCylinder if level => flat(2 * LID + 4, 2 * LID + 4),
        Shape::Flag if side == Side::Left => centre(NOTCH),
        Shape::LeanRight | Shape::LeanLeft if level => flat(LEAN + 4, LEAN + 4),
        Shape::Trapezoid if side == Side::Top => flat(LEAN + 4, LEAN + 4),
        Shape::TrapezoidDown if side == Side::Bottom => flat(LEAN + 4, LEAN + 4),
        Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::TrapezoidDown if !level => {
            centre(LEAN / 2)
        }
        Shape::Document if side == Side::Bottom => centre(WAVE),
        Shape::Tape if level => centre(WAVE),
        Shape::Document | Shape::Tape => flat(2 * WAVE + 4, 2 * WAVE + 4),
        Shape::Delay if level => flat(10, rect.h / 2 + 2),
        Shape::Display if level => flat(28, 22),
        Shape::Delay if side == Side::Left => flat(10, 10),
        Shape::ManualInput if side == Side::Top => centre(SLOPE / 2),
        Shape::ManualInput if side == Side::Left => flat(SLOPE + 4, 10),
        Shape::Card if matches!(side, Side::Top | Side::Left) => flat(CORNER + 4, 10),
        Shape::Triangle | Shape::TriangleDown if !level => centre(rect.w / 4),
        Shape::Hourglass | Shape::Bolt if !level => None,
        Shape::Bar if level => flat(4, 4),
        Shape::Triangle if side == Side::Top => centre(0),
        Shape::TriangleDown if side == Side::Bottom => centre(0),
        Shape::Diamond
        | Shape::Hexagon
        | Shape::SmallCircle
        | Shape::FilledCircle
        | Shape::FramedCircle
        | Shape::CrossedCircle
        | Shape::Cloud
        | Shape::Delay
        | Shape::Display
        | Shape::Bolt
        | Shape::Bar => centre(0),
        _ => flat(10, 10),
    }
}

/// Half the width of the clock at what has a time limit.
pub(crate) const CLOCK: i32 = 7;

/// Where the clock of a step stands: on its outline, at the upper right, or at the lower right.
pub(crate) fn clock_at(shape: Shape, rect: Rect, low: bool) -> (i32, i32) {
    // From the corner of the box to the outline.
    let (inward, down) = match shape {
        Shape::Diamond | Shape::Hexagon => (slant(rect.h) * 2 / 3, rect.h / 6),
        Shape::Circle | Shape::DoubleCircle => (rect.w * 15 / 100, rect.w * 15 / 100),
        Shape::Stadium => (rect.h.min(44) * 15 / 100, rect.h.min(44) * 15 / 100),
        Shape::Delay | Shape::Cloud | Shape::Display => (rect.w / 12, rect.h * 15 / 100),
        Shape::Triangle if !low => (rect.w / 3, rect.h / 3),
        Shape::TriangleDown if low => (rect.w / 3, rect.h / 3),
        Shape::LeanRight | Shape::TrapezoidDown if low => (LEAN, 0),
        Shape::LeanLeft | Shape::Trapezoid if !low => (LEAN, 0),
        Shape::Cylinder | Shape::Document | Shape::Tape => (0, LID),
        _ => (0, 0),
    };
    (rect.right() - inward, if low { rect.bottom() - down } else { rect.y + down })
}

/// Whether a point lies on the outline of a node, where lines may end.
pub fn is_on_outline(shape: Shape, node: &NodeBox, point: (i32, i32)) -> bool {
    Side::ALL.into_iter().any(|side| {
        shore(shape, node.rect, side).is_some_and(|shore| {
            let (along, across) = if side.is_level() { point } else { (point.1, point.0) };
            let line = match side {
                Side::Top => node.rect.y + shore.depth_at(along),
                Side::Bottom => node.rect.bottom() - shore.depth_at(along),
                Side::Left => node.rect.x + shore.depth_at(along),
                Side::Right => node.rect.right() - shore.depth_at(along),
            };
            across == line && (shore.from..=shore.to).contains(&along)
        })
    })
}

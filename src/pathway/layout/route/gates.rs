//! Where a line may leave a step or frame and arrive at one: places along each side, with what each costs.

use super::super::grid::Gate;
use super::super::shape::{Shore, Side, shore};
use super::super::{PITCH, Rect, up};
use super::{CLEAR, Port, Router, rect_of};
use crate::pathway::model::{Direction, End};

impl Router<'_> {
    /// The gates of an end of an edge.
    pub(super) fn gates(&self, edge: usize, begins: bool) -> Vec<Port> {
        let written = &self.chart.edges[edge];
        let (end, other) = if begins { (written.from, written.to) } else { (written.to, written.from) };
        let (rect, far) = (rect_of(self.scene, end), rect_of(self.scene, other));
        let loops = written.from == written.to;
        let mut gates = Vec::new();
        for side in Side::ALL {
            if loops && !self.loop_side(side, begins) {
                continue;
            }
            let (shore, inward) = match end {
                End::Node(node) => (shore(self.chart.nodes[node].shape, rect, side), false),
                End::Group(group) => (self.frame_shore(group, rect, side), rect.contains(&far) && !loops),
            };
            let Some(shore) = shore else { continue };
            let price = self.side_price(side, rect, far, begins);
            for along in stops(shore, side, far) {
                if let Some(port) = self.port(rect, side, shore, along, begins, inward) {
                    let middle = if side.is_level() { rect.x + rect.w / 2 } else { rect.y + rect.h / 2 };
                    let off = u32::try_from((along - middle).abs()).unwrap_or(0);
                    let taken = self.taken(edge, end, &port, begins);
                    let gate = Gate { cost: port.gate.cost + price + off / 2 + taken, ..port.gate };
                    gates.push(Port { gate, ..port });
                }
            }
        }
        gates
    }

    /// A loop leaves at the side and comes back from above or below.
    fn loop_side(&self, side: Side, begins: bool) -> bool {
        side.is_level() != (begins != self.scene.across())
    }

    fn frame_shore(&self, group: usize, rect: Rect, side: Side) -> Option<Shore> {
        let frame = &self.scene.frames[self.scene.frame_of[group]?];
        if frame.lane && side.is_level() != self.scene.across() {
            return None;
        }
        let title = if self.scene.across() && frame.lane { frame.title.rect.w } else { frame.title.rect.h };
        let (from, to) = if side.is_level() { (rect.x, rect.right()) } else { (rect.y, rect.bottom()) };
        let skipped = if frame.lane { title } else { 0 };
        (to - from > skipped + 40).then_some(Shore {
            from: from + skipped + 15,
            to: to - 15,
            depth: 0,
            curve: None,
        })
    }

    /// How much a side is against the way the chart runs.
    fn side_price(&self, side: Side, rect: Rect, far: Rect, begins: bool) -> u32 {
        let along =
            |rect: Rect| if self.scene.across() { (rect.x, rect.right()) } else { (rect.y, rect.bottom()) };
        let ((start, end), (far_start, far_end)) = (along(rect), along(far));
        let forward = match self.scene.direction {
            Direction::Down => Side::Bottom,
            Direction::Up => Side::Top,
            Direction::Right => Side::Right,
            Direction::Left => Side::Left,
        };
        let mirrored = matches!(self.scene.direction, Direction::Up | Direction::Left);
        let before = if mirrored { far_start >= end } else { far_end <= start };
        let after = if mirrored { far_end <= start } else { far_start >= end };
        let onward = if begins { after } else { before };
        let back = if begins { before } else { after };
        let wanted = if begins { forward } else { opposite(forward) };
        let lateral = side.is_level() == self.scene.across();
        if onward {
            if side == wanted {
                0
            } else if lateral {
                if self.scene.in_lanes { 12 } else { 30 }
            } else {
                300
            }
        } else if back {
            if lateral {
                0
            } else if side == wanted {
                60
            } else {
                90
            }
        } else if lateral {
            0
        } else if side == wanted {
            30
        } else {
            60
        }
    }

    /// What it costs that others use the same place, or a decision's side.
    fn taken(&self, edge: usize, end: End, port: &Port, begins: bool) -> u32 {
        let End::Node(node) = end else { return 0 };
        let decision = self.chart.nodes[node].shape.is_decision();
        let mut cost = 0;
        for &(other, side, outline, other_begins) in &self.ports[node] {
            if other == edge {
                continue;
            }
            let mine = self.keys[edge];
            let theirs = self.keys[other];
            let friends = begins == other_begins
                && if begins {
                    mine.from != 0 && mine.from == theirs.from
                } else {
                    mine.to != 0 && mine.to == theirs.to
                };
            if outline == port.outline && !friends {
                cost += 900;
            } else if side == port.side && decision && (begins || other_begins) {
                cost += 130;
            } else if side == port.side && begins != other_begins {
                cost += 35;
            }
        }
        cost
    }

    fn port(
        &self,
        rect: Rect,
        side: Side,
        shore: Shore,
        along: i32,
        begins: bool,
        inward: bool,
    ) -> Option<Port> {
        let clear = |edge: i32, sign: i32| {
            if sign > 0 { up(edge + CLEAR) } else { -up(-(edge - CLEAR)) }
        };
        let (dx, dy) = side.away();
        let (dx, dy) = if inward { (-dx, -dy) } else { (dx, dy) };
        let (outline, point) = match side {
            Side::Top => ((along, rect.y + shore.depth_at(along)), (along, clear(rect.y, dy))),
            Side::Bottom => {
                ((along, rect.bottom() - shore.depth_at(along)), (along, clear(rect.bottom(), dy)))
            }
            Side::Left => ((rect.x + shore.depth_at(along), along), (clear(rect.x, dx), along)),
            Side::Right => ((rect.right() - shore.depth_at(along), along), (clear(rect.right(), dx), along)),
        };
        let point = self.grid.free_point(point.0, point.1)?;
        let outward = Side::ALL.iter().position(|&known| known == side)?;
        let outward = if inward { (outward + 2) % 4 } else { outward };
        let direction = if begins { outward } else { (outward + 2) % 4 };
        Some(Port { gate: Gate { point, direction, cost: 0 }, outline, side })
    }
}

fn opposite(side: Side) -> Side {
    match side {
        Side::Top => Side::Bottom,
        Side::Right => Side::Left,
        Side::Bottom => Side::Top,
        Side::Left => Side::Right,
    }
}

/// The places along a shore where a line may end: on the grid, from the middle outwards, and in line with the far end.
fn stops(shore: Shore, side: Side, far: Rect) -> Vec<i32> {
    let (from, to) = (up(shore.from), shore.to.div_euclid(PITCH) * PITCH);
    if from > to {
        return Vec::new();
    }
    let middle = (i32::midpoint(from, to)).div_euclid(PITCH) * PITCH;
    let mut stops = vec![middle];
    for step in 1..=6 {
        let by = step * PITCH * if to - from > 400 { 3 } else { 1 };
        stops.extend([middle - by, middle + by].into_iter().filter(|stop| (from..=to).contains(stop)));
    }
    let aim = if side.is_level() { far.x + far.w / 2 } else { far.y + far.h / 2 };
    let aim = aim.div_euclid(PITCH) * PITCH;
    if (from..=to).contains(&aim) && !stops.contains(&aim) {
        stops.push(aim);
    }
    stops
}

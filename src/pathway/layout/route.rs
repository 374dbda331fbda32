//! Lines around steps: where each may leave and arrive, in what order they are routed, and what happens to those for
//! which no way is found. In: a scene with places. Out: the corners of every line.

mod keys;
mod plain;

use super::grid::{BLIND, Gate, Grid, Keys};
use super::labels::{Words, sharing};
use super::place::Scene;
use super::shape::{Shore, Side, shore};
use super::{PITCH, Rect, up};
use crate::pathway::model::{Direction, End, Flowchart, Line};
use keys::keys;
use plain::{plain_route, straightened};

/// The largest grid, in points.
const MOST_POINTS: usize = 1_500_000;
/// How many places all searches together may look at.
const MOST_LOOKS: usize = 600_000;
/// How many more the searches may look at that take the first good way, once the others are used up; and those that see
/// nothing but steps.
const MOST_HASTY_LOOKS: usize = 1_400_000;
const MOST_BLIND_LOOKS: usize = 800_000;
/// From a step to the first line that passes it.
const CLEAR: i32 = 10;

/// A gate with the place on the outline that it leads to.
#[derive(Debug, Clone, Copy)]
struct Port {
    gate: Gate,
    outline: (i32, i32),
    side: Side,
}

/// A line as it was routed.
#[derive(Debug, Clone)]
struct Routed {
    points: Vec<usize>,
    from: Port,
    to: Port,
}

/// A line at a node: the edge, the side, the place on the outline, and whether it begins there.
type Landing = (usize, Side, (i32, i32), bool);

struct Router<'a> {
    chart: &'a Flowchart,
    scene: &'a Scene,
    grid: Grid,
    keys: Vec<Keys>,
    routed: Vec<Option<Routed>>,
    /// Lines at each node.
    ports: Vec<Vec<Landing>>,
    words: Words,
    /// Where the words of each edge stand for now.
    labels: Vec<Option<Rect>>,
    /// Whether the words of each edge may be said once for several lines.
    shares: Vec<bool>,
}

/// Routes every line of a scene; hands back the places that were kept free for words.
pub(super) fn route_all(chart: &Flowchart, scene: &mut Scene) -> Vec<Option<Rect>> {
    let mut order: Vec<usize> =
        (0..chart.edges.len()).filter(|&edge| chart.edges[edge].line != Line::Invisible).collect();
    order.sort_by_key(|&edge| (distance(chart, scene, edge), edge));
    let keys = keys(chart);
    let (routes, labels) = match Grid::over(area(scene), keys.clone(), MOST_POINTS) {
        None => (vec![None; chart.edges.len()], Vec::new()),
        Some(mut grid) => {
            prepare(&mut grid, scene);
            grid.looks_left = MOST_LOOKS + MOST_HASTY_LOOKS + MOST_BLIND_LOOKS;
            let mut router = Router {
                chart,
                scene,
                grid,
                keys,
                routed: vec![None; chart.edges.len()],
                ports: vec![Vec::new(); chart.nodes.len()],
                words: Words::new(scene),
                labels: vec![None; chart.edges.len()],
                shares: sharing(chart),
            };
            router.run(&order);
            (router.all_corners(), router.labels)
        }
    };
    for edge in order {
        scene.routes[edge] = routes[edge].clone().unwrap_or_else(|| plain_route(chart, scene, edge));
    }
    labels
}

/// The rectangle of an end.
pub(super) fn rect_of(scene: &Scene, end: End) -> Rect {
    match end {
        End::Node(node) => scene.nodes[node],
        End::Group(group) => scene.frame_of[group].map(|frame| scene.frames[frame].rect).unwrap_or_default(),
    }
}

fn distance(chart: &Flowchart, scene: &Scene, edge: usize) -> i32 {
    if chart.edges[edge].from == chart.edges[edge].to {
        // A loop finds room at any side; the others should not have to go round it.
        return i32::MAX;
    }
    let (from, to) = (rect_of(scene, chart.edges[edge].from), rect_of(scene, chart.edges[edge].to));
    let apart = |a: i32, b: i32, c: i32, d: i32| (c - b).max(a - d).max(0);
    let across = apart(from.x, from.right(), to.x, to.right());
    let along = apart(from.y, from.bottom(), to.y, to.bottom());
    // Straight lines first: the others can go round them.
    across + along + if across > 0 && along > 0 { 200 } else { 0 }
}

/// What the grid covers: in lanes, the lanes without their titles.
fn area(scene: &Scene) -> Rect {
    let mut all: Option<Rect> = None;
    let rects = scene.nodes.iter().chain(scene.frames.iter().map(|frame| &frame.rect));
    for rect in rects {
        all = Some(all.map_or(*rect, |all| {
            let (x, y) = (all.x.min(rect.x), all.y.min(rect.y));
            Rect { x, y, w: all.right().max(rect.right()) - x, h: all.bottom().max(rect.bottom()) - y }
        }));
    }
    let all = all.unwrap_or_default();
    if scene.in_lanes { all.grown(-6) } else { all.grown(80) }
}

fn prepare(grid: &mut Grid, scene: &Scene) {
    for (index, frame) in scene.frames.iter().enumerate() {
        grid.mark(frame.rect, index);
    }
    for frame in &scene.frames {
        if !frame.title.lines.is_empty() {
            grid.block(frame.title.rect.grown(if frame.lane { 4 } else { 6 }));
        } else if frame.lane {
            grid.block(frame.title.rect.grown(4));
        }
    }
    for rect in &scene.nodes {
        grid.block(rect.grown(CLEAR));
    }
}

impl Router<'_> {
    fn run(&mut self, order: &[usize]) {
        for &edge in order {
            self.route(edge);
        }
        // Take up those that meet others, and look again now that all ways are known.
        for _ in 0..2 {
            let mut changed = false;
            for &edge in order {
                if self.grid.looks_left <= MOST_HASTY_LOOKS + MOST_BLIND_LOOKS {
                    return;
                }
                let Some(routed) = self.routed[edge].clone() else { continue };
                if self.grid.quarrels(edge, &routed.points) || self.grid.runs_over_words(edge, &routed.points)
                {
                    self.lift(edge);
                    self.route(edge);
                    changed |= self.routed[edge].as_ref().is_none_or(|now| now.points != routed.points);
                }
            }
            if !changed {
                break;
            }
        }
    }

    fn lift(&mut self, edge: usize) {
        if let Some(routed) = self.routed[edge].take() {
            self.grid.release(edge, &routed.points);
            self.words.lift(edge);
            if let Some(rect) = self.labels[edge].take() {
                self.grid.letter(rect, edge, false);
            }
            for end in [self.chart.edges[edge].from, self.chart.edges[edge].to] {
                if let End::Node(node) = end {
                    self.ports[node].retain(|port| port.0 != edge);
                }
            }
        }
    }

    fn route(&mut self, edge: usize) {
        let written = &self.chart.edges[edge];
        let (starts, ends) = (self.gates(edge, true), self.gates(edge, false));
        let mut own = vec![false; self.scene.frames.len()];
        for end in [written.from, written.to] {
            let mut group = match end {
                End::Node(node) => self.chart.nodes[node].group,
                End::Group(group) => Some(group),
            };
            while let Some(at) = group {
                if let Some(frame) = self.scene.frame_of[at] {
                    own[frame] = true;
                }
                group = self.chart.groups[at].parent;
            }
        }
        let start_gates: Vec<Gate> = starts.iter().map(|port| port.gate).collect();
        let end_gates: Vec<Gate> = ends.iter().map(|port| port.gate).collect();
        let hastes: &[u32] = match self.grid.looks_left {
            0 => &[],
            1..=MOST_BLIND_LOOKS => &[BLIND],
            left if left <= MOST_BLIND_LOOKS + MOST_HASTY_LOOKS => &[6, BLIND],
            _ => &[1, 3, 6, BLIND],
        };
        let found =
            hastes.iter().find_map(|&haste| self.grid.search(&start_gates, &end_gates, edge, &own, haste));
        let Some((points, from, to, _)) = found else { return };
        let (from, to) = (starts[from], ends[to]);
        self.grid.occupy(edge, &points, from.gate.direction, to.gate.direction);
        for (end, port, begins) in [(written.from, from, true), (written.to, to, false)] {
            if let End::Node(node) = end {
                self.ports[node].push((edge, port.side, port.outline, begins));
            }
        }
        let routed = Routed { points, from, to };
        let size = &self.scene.sizes.edges[edge];
        let size = if self.shares[edge] { (0, 0) } else { (size.w, size.h) };
        self.labels[edge] = self.words.settle(edge, &self.corners(&routed), size);
        if let Some(rect) = self.labels[edge] {
            self.grid.letter(rect, edge, true);
        }
        self.routed[edge] = Some(routed);
    }

    /// The gates of an end of an edge.
    fn gates(&self, edge: usize, begins: bool) -> Vec<Port> {
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
        (to - from > skipped + 40).then_some(Shore { from: from + skipped + 15, to: to - 15, depth: 0, curve: None })
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
            Side::Bottom => ((along, rect.bottom() - shore.depth_at(along)), (along, clear(rect.bottom(), dy))),
            Side::Left => ((rect.x + shore.depth_at(along), along), (clear(rect.x, dx), along)),
            Side::Right => ((rect.right() - shore.depth_at(along), along), (clear(rect.right(), dx), along)),
        };
        let point = self.grid.free_point(point.0, point.1)?;
        let outward = Side::ALL.iter().position(|&known| known == side)?;
        let outward = if inward { (outward + 2) % 4 } else { outward };
        let direction = if begins { outward } else { (outward + 2) % 4 };
        Some(Port { gate: Gate { point, direction, cost: 0 }, outline, side })
    }

    fn corners(&self, routed: &Routed) -> Vec<(i32, i32)> {
        let mut corners = vec![routed.from.outline];
        corners.extend(routed.points.iter().map(|&point| self.grid.place(point)));
        corners.push(routed.to.outline);
        straightened(&corners)
    }

    fn all_corners(&self) -> Vec<Option<Vec<(i32, i32)>>> {
        self.routed.iter().map(|routed| routed.as_ref().map(|routed| self.corners(routed))).collect()
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

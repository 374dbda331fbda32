//! Lines around steps: where each may leave and arrive, in what order they are routed, and what happens to those for
//! which no way is found. In: a scene with places. Out: the corners of every line.

mod amend;
mod gates;
mod keys;
mod plain;

use super::Rect;
use super::grid::{BLIND, EXACT, Gate, Grid, Keys};
use super::labels::{Words, sharing};
use super::place::Scene;
use super::shape::Side;
use crate::pathway::model::{End, Flowchart, Line};
use keys::keys;
use plain::{plain_route, straightened};

/// The largest grid, in points.
const MOST_POINTS: usize = 1_500_000;
/// How many places all searches together may look at.
const MOST_LOOKS: usize = 600_000;
/// How many more the searches may look at that take the first good way, once the others are used up; and those that see
/// nothing but steps.
const MOST_HASTY_LOOKS: usize = 900_000;
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
    cost: u32,
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
    let shares = sharing(chart);
    let keys = keys(chart, &shares);
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
                words: Words::new(chart, scene),
                labels: vec![None; chart.edges.len()],
                shares,
            };
            router.run(&order);
            router.amend(&order);
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
                if self.is_hurried() {
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

    /// Whether the searches have no time left to be thorough.
    fn is_hurried(&self) -> bool {
        self.grid.looks_left <= MOST_HASTY_LOOKS + MOST_BLIND_LOOKS
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
        self.route_avoiding(edge, None, None);
    }

    /// Routes a line that leaves and arrives by other sides than these; what it costs, where a way was found.
    fn route_avoiding(&mut self, edge: usize, leaving: Option<Side>, arriving: Option<Side>) -> Option<u32> {
        let written = &self.chart.edges[edge];
        let (mut starts, mut ends) = (self.gates(edge, true), self.gates(edge, false));
        starts.retain(|port| Some(port.side) != leaving);
        ends.retain(|port| Some(port.side) != arriving);
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
            left if left <= MOST_BLIND_LOOKS + MOST_HASTY_LOOKS => &[8, BLIND],
            _ => &[EXACT, 3, 8, BLIND],
        };
        let found =
            hastes.iter().find_map(|&haste| self.grid.search(&start_gates, &end_gates, edge, &own, haste));
        let (points, from, to, cost) = found?;
        let (from, to) = (starts[from], ends[to]);
        self.put(edge, Routed { points, from, to, cost });
        Some(cost)
    }

    /// Sets a line down.
    fn put(&mut self, edge: usize, routed: Routed) {
        let written = &self.chart.edges[edge];
        let (from, to) = (routed.from, routed.to);
        self.grid.occupy(edge, &routed.points, from.gate.direction, to.gate.direction);
        for (end, port, begins) in [(written.from, from, true), (written.to, to, false)] {
            if let End::Node(node) = end {
                self.ports[node].push((edge, port.side, port.outline, begins));
            }
        }
        self.set_words(edge, &routed);
        self.routed[edge] = Some(routed);
    }

    /// Sets a line's words down, where they find a free place.
    fn set_words(&mut self, edge: usize, routed: &Routed) {
        let size = &self.scene.sizes.edges[edge];
        let size = if self.shares[edge] { (0, 0) } else { (size.w, size.h) };
        self.labels[edge] = self.words.settle(edge, &self.corners(routed), size);
        if let Some(rect) = self.labels[edge] {
            self.grid.letter(rect, edge, true);
        }
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

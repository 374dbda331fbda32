//! Lanes drawn together along their main way: what stands in one column moves up as far as what stands above it allows,
//! with lines as short as they can be, by the same simplex that found the ranks. In and out: a scene with lines and words.

use std::collections::BTreeSet;

use super::place::Scene;
use super::ranks::{Forward, improved};
use super::{Frame, Rect};

/// Above this many things the rows stay as they are.
const MOST_THINGS: usize = 420;

/// Something that moves as a whole along the main way.
#[derive(Debug, Clone, Copy)]
struct Thing {
    /// From side to side.
    from: i32,
    to: i32,
    /// Along the main way.
    at: i32,
    size: i32,
    kind: Kind,
    /// The thing that it is fixed to.
    held_by: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Node,
    /// A part of a line that runs from side to side.
    Level(usize),
    Words,
}

/// Draws the columns of lanes together.
pub(super) fn compact(scene: &mut Scene) {
    if scene.frames.iter().any(|frame| !frame.lane) {
        return;
    }
    let mut flat = Flat::of(scene);
    if flat.things.is_empty() || flat.things.len() > MOST_THINGS {
        return;
    }
    flat.hold(scene);
    let moved = flat.solve(scene);
    flat.write(scene, &moved);
}

/// A scene as things, each route's points tied to the things that carry them.
struct Flat {
    across: bool,
    things: Vec<Thing>,
    /// For each route, the thing that carries each of its points.
    carriers: Vec<Vec<usize>>,
    words: Vec<Option<usize>>,
    /// Steps that a line joins, the one before first in number.
    joined: BTreeSet<(usize, usize)>,
}

fn turn(across: bool, point: (i32, i32)) -> (i32, i32) {
    if across { (point.1, point.0) } else { point }
}

fn turned(across: bool, rect: Rect) -> Rect {
    if across { Rect { x: rect.y, y: rect.x, w: rect.h, h: rect.w } } else { rect }
}

impl Flat {
    fn of(scene: &Scene) -> Self {
        let across = scene.across();
        let mut things: Vec<Thing> = Vec::new();
        let mut add = |from: i32, to: i32, at: i32, size: i32, kind: Kind| {
            things.push(Thing { from, to, at, size, kind, held_by: things.len() });
            things.len() - 1
        };
        for rect in &scene.nodes {
            let rect = turned(across, *rect);
            add(rect.x, rect.right(), rect.y, rect.h, Kind::Node);
        }
        let mut carriers = Vec::new();
        for (edge, points) in scene.routes.iter().enumerate() {
            let mut carried = vec![usize::MAX; points.len()];
            for (index, pair) in points.windows(2).enumerate() {
                let (a, b) = (turn(across, pair[0]), turn(across, pair[1]));
                if a.1 == b.1 {
                    let level = add(a.0.min(b.0), a.0.max(b.0), a.1, 0, Kind::Level(edge));
                    carried[index] = level;
                    carried[index + 1] = level;
                }
            }
            carriers.push(carried);
        }
        let words = scene
            .labels
            .iter()
            .map(|label| {
                label.map(|rect| {
                    let rect = turned(across, rect);
                    add(rect.x, rect.right(), rect.y, rect.h, Kind::Words)
                })
            })
            .collect();
        Flat { across, things, carriers, words, joined: BTreeSet::new() }
    }

    /// Ties what must move together.
    fn hold(&mut self, scene: &Scene) {
        let nodes: Vec<Rect> = scene.nodes.iter().map(|&rect| turned(self.across, rect)).collect();
        for (edge, points) in scene.routes.iter().enumerate() {
            let last = points.len().saturating_sub(1);
            let mut holders = Vec::with_capacity(2);
            for end in [0, last] {
                let Some(&point) = points.get(end) else { continue };
                let (x, y) = turn(self.across, point);
                // The node that the line ends on: on its outline, so inside its rectangle.
                let holder = nodes
                    .iter()
                    .position(|rect| rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom());
                let Some(holder) = holder else { continue };
                holders.push(holder);
                if self.carriers[edge][end] == usize::MAX {
                    self.carriers[edge][end] = holder;
                } else {
                    self.join(self.carriers[edge][end], holder);
                }
            }
            if let [one, other] = holders[..] {
                self.joined.insert((one.min(other), one.max(other)));
            }
        }
        for edge in 0..scene.routes.len() {
            let Some(words) = self.words[edge] else { continue };
            let thing = self.things[words];
            // Words above or below a level part stay with it.
            let level = self.carriers[edge].iter().copied().find(|&carrier| {
                carrier != usize::MAX && matches!(self.things[carrier].kind, Kind::Level(_)) && {
                    let level = self.things[carrier];
                    let near =
                        (thing.at + thing.size - level.at).abs() <= 6 || (thing.at - level.at).abs() <= 6;
                    near && level.from < thing.to && thing.from < level.to
                }
            });
            if let Some(level) = level {
                self.join(words, level);
            }
        }
    }

    fn root(&self, mut thing: usize) -> usize {
        while self.things[thing].held_by != thing {
            thing = self.things[thing].held_by;
        }
        thing
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        self.things[second].held_by = first;
    }

    /// New places along the main way, for each thing.
    fn solve(&self, scene: &Scene) -> Vec<i32> {
        let count = self.things.len();
        let roots: Vec<usize> = (0..count).map(|thing| self.root(thing)).collect();
        // One more thing for each end of the lanes.
        let (top, bottom) = (count, count + 1);
        let (start, end) = lanes_span(self.across, &scene.frames);
        let mut rules: Vec<Forward> = Vec::new();
        // All rules hold as things stand, so that there is something to begin from.
        let mut now: Vec<i32> = self.things.iter().map(|thing| thing.at).collect();
        for thing in 0..count {
            now[thing] = self.things[roots[thing]].at;
        }
        now.extend([start, end]);
        let mut rule = |from: usize, to: usize, least: i32, weight: i32| {
            if from != to {
                rules.push(Forward { from, to, least: least.min(now[to] - now[from]), weight });
            }
        };
        // A thing's place is its root's place and a fixed distance.
        let offset = |thing: usize| self.things[thing].at - self.things[roots[thing]].at;
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&thing| (self.things[thing].at, thing));
        for (position, &high) in order.iter().enumerate() {
            let one = self.things[high];
            let room = |kind: Kind| if kind == Kind::Node { 20 } else { 16 };
            rule(top, roots[high], room(one.kind).min(one.at - start) - offset(high), 0);
            rule(
                roots[high],
                bottom,
                offset(high) + one.size + room(one.kind).min(end - one.at - one.size),
                0,
            );
            for &low in &order[position + 1..] {
                let other = self.things[low];
                if roots[high] == roots[low] {
                    continue;
                }
                let more = margin(one.kind).max(margin(other.kind));
                if one.from - more >= other.to || other.from - more >= one.to {
                    continue;
                }
                let now = other.at - one.at - one.size;
                let unjoined = one.kind == Kind::Node
                    && other.kind == Kind::Node
                    && !self.joined.contains(&(high.min(low), high.max(low)));
                let wanted = if unjoined { APART } else { gap(one.kind, other.kind) };
                rule(roots[high], roots[low], offset(high) + one.size + wanted.min(now) - offset(low), 0);
            }
        }
        // Lines should be short.
        for carried in &self.carriers {
            for pair in carried.windows(2) {
                let (one, other) = (pair[0], pair[1]);
                if one == usize::MAX || other == usize::MAX || roots[one] == roots[other] {
                    continue;
                }
                let (high, low) =
                    if self.things[one].at <= self.things[other].at { (one, other) } else { (other, one) };
                let now = self.things[low].at - self.things[high].at;
                let least = (self.things[high].size + 10).min(now) + offset(high) - offset(low);
                rule(roots[high], roots[low], least, 2);
            }
        }
        // Words keep within the reach of the upright part that they stand beside.
        for (edge, words) in self.words.iter().enumerate() {
            let Some(words) = *words else { continue };
            let thing = self.things[words];
            for pair in self.carriers[edge].windows(2) {
                let (one, other) = (pair[0], pair[1]);
                if one == usize::MAX || other == usize::MAX || one == other {
                    continue;
                }
                let (high, low) =
                    if self.things[one].at <= self.things[other].at { (one, other) } else { (other, one) };
                let (from, to) = (self.things[high].at + self.things[high].size, self.things[low].at);
                if from <= thing.at && thing.at + thing.size <= to && roots[words] == words {
                    rule(roots[high], words, offset(high) + self.things[high].size + 2, 1);
                    rule(words, roots[low], thing.size + 2 - offset(low), 0);
                    break;
                }
            }
        }
        rule(top, bottom, 0, 4);
        let places = improved(&rules, now);
        let moved = |place: i32| start + place - places[top];
        (0..count)
            .map(|thing| moved(places[roots[thing]]) + offset(thing))
            .chain([moved(places[bottom])])
            .collect()
    }

    fn write(&self, scene: &mut Scene, moved: &[i32]) {
        let across = self.across;
        let set = |rect: &mut Rect, to: i32| if across { rect.x = to } else { rect.y = to };
        for (node, rect) in scene.nodes.iter_mut().enumerate() {
            set(rect, moved[node]);
        }
        for (label, words) in scene.labels.iter_mut().zip(&self.words) {
            if let (Some(rect), Some(words)) = (label, words) {
                set(rect, moved[*words]);
            }
        }
        for (points, carried) in scene.routes.iter_mut().zip(&self.carriers) {
            for (point, &carrier) in points.iter_mut().zip(carried) {
                if carrier == usize::MAX {
                    continue;
                }
                let by = moved[carrier] - self.things[carrier].at;
                if across { point.0 += by } else { point.1 += by }
            }
        }
        let end = moved[self.things.len()];
        for frame in &mut scene.frames {
            if across {
                frame.rect.w = end - frame.rect.x;
            } else {
                frame.rect.h = end - frame.rect.y;
                frame.title.rect.w = frame.rect.w;
            }
        }
    }
}

/// Where the lanes begin below their titles, and where they end.
fn lanes_span(across: bool, frames: &[Frame]) -> (i32, i32) {
    frames.first().map_or((0, 0), |frame| {
        let (rect, title) = (turned(across, frame.rect), turned(across, frame.title.rect));
        (title.bottom(), rect.bottom())
    })
}

/// What two steps keep apart that no line joins.
const APART: i32 = 20;

fn margin(kind: Kind) -> i32 {
    match kind {
        Kind::Node => 10,
        Kind::Level(_) => 8,
        Kind::Words => 3,
    }
}

/// What two things keep apart along the main way.
fn gap(one: Kind, other: Kind) -> i32 {
    match (one, other) {
        (Kind::Node, Kind::Node) => 28,
        (Kind::Words, Kind::Words | Kind::Node) | (Kind::Node, Kind::Words) => 6,
        (Kind::Words, Kind::Level(_)) | (Kind::Level(_), Kind::Words) => 4,
        (Kind::Level(_), Kind::Level(_)) => 10,
        _ => 17,
    }
}

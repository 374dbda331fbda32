//! The grid that lines are routed on, and the search for the cheapest way over it: A* over place and direction, after
//! Wybrow, Marriott and Stuckey (2010). Lines of the grid stand [`PITCH`] px apart, so lines that are not the same
//! never touch.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{PITCH, Rect};

/// What a line pays, in tenths of a px.
const STEP: u32 = 10;
const BEND: u32 = 55;
const CROSSING: u32 = 260;
/// Friends (lines with a common end) may run together, but should not cross.
const FRIENDS_CROSSING: u32 = 120;
const TOUCHING: u32 = 700;
const OVERLAP: u32 = 2500;
const FOREIGN_FRAME: u32 = 300;
/// Each step inside a frame that is neither end's, and each along a border.
const FOREIGN_STEP: u32 = 3;
const ALONG_BORDER: u32 = 5;
/// Running over the words of another line.
const WORDS: u32 = 700;
/// The haste of a search that does not look at other lines.
pub(super) const BLIND: u32 = 18;
/// The haste of a search for the cheapest way; it counts halves.
pub(super) const EXACT: u32 = 2;
/// The most places that the search for one line looks at.
const MOST_LOOKS: usize = 24_000;

/// The four directions, in the order of `Side`: up, right, down, left.
const STEPS: [(i32, i32); 4] = [(0, -1), (1, 0), (0, 1), (-1, 0)];

/// A place on the grid from which a line may set out, or where it may arrive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    pub(super) point: usize,
    /// The direction in which the line leaves its start, or arrives at its end.
    pub(super) direction: usize,
    pub(super) cost: u32,
}

/// Who a line may run together with: lines with the same key at their beginning or at their end. 0 is nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Keys {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Keys {
    fn friends(self, other: Keys) -> bool {
        (self.from != 0 && self.from == other.from) || (self.to != 0 && self.to == other.to)
    }
}

/// A line that passes a point.
#[derive(Debug, Clone, Copy)]
struct Pass {
    edge: u32,
    /// The directions in which it leaves the point.
    mask: u8,
    next: u32,
}

const NOTHING: u32 = u32::MAX;

/// A place that the search has reached.
#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    stamp: u32,
    cost: u32,
    /// The direction of the step before.
    before: u8,
}

pub(super) struct Grid {
    x: i32,
    y: i32,
    pub(super) columns: usize,
    pub(super) rows: usize,
    blocked: Vec<bool>,
    /// The innermost frame at each point, plus one.
    region: Vec<u32>,
    has_regions: bool,
    /// The edge whose words stand at each point, plus one.
    words: Vec<u32>,
    passes: Vec<u32>,
    arena: Vec<Pass>,
    reached: Vec<Reached>,
    goals: Vec<(u32, u32)>,
    stamp: u32,
    keys: Vec<Keys>,
    pub(super) looks_left: usize,
}

impl Grid {
    /// A grid over a rectangle; none where it would be too large.
    pub(super) fn over(area: Rect, keys: Vec<Keys>, most_points: usize) -> Option<Self> {
        let (x, y) = (area.x.div_euclid(PITCH), area.y.div_euclid(PITCH));
        let columns = usize::try_from(area.right().div_euclid(PITCH) - x + 2).ok()?;
        let rows = usize::try_from(area.bottom().div_euclid(PITCH) - y + 2).ok()?;
        let count = columns.checked_mul(rows).filter(|&count| count <= most_points)?;
        Some(Grid {
            x: x * PITCH,
            y: y * PITCH,
            columns,
            rows,
            blocked: vec![false; count],
            region: vec![0; count],
            has_regions: false,
            words: vec![0; count],
            passes: vec![NOTHING; count],
            arena: Vec::new(),
            reached: vec![Reached::default(); count * 4],
            goals: vec![(0, 0); count],
            stamp: 0,
            keys,
            looks_left: 0,
        })
    }

    /// The columns and rows of the grid strictly inside a rectangle.
    fn inside(&self, rect: Rect) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let range = |from: i32, to: i32, origin: i32, count: usize| {
            let first = (from - origin).div_euclid(PITCH) + 1;
            let last = (to - origin - 1).div_euclid(PITCH);
            let clamp = |value: i32| usize::try_from(value.max(0)).unwrap_or(0).min(count);
            clamp(first)..clamp(last + 1).max(clamp(first))
        };
        (range(rect.x, rect.right(), self.x, self.columns), range(rect.y, rect.bottom(), self.y, self.rows))
    }

    /// No line may pass inside a rectangle.
    pub(super) fn block(&mut self, rect: Rect) {
        let (columns, rows) = self.inside(rect);
        for row in rows {
            self.blocked[row * self.columns + columns.start..row * self.columns + columns.end].fill(true);
        }
    }

    /// Marks the inside of a frame.
    pub(super) fn mark(&mut self, rect: Rect, frame: usize) {
        self.has_regions = true;
        let (columns, rows) = self.inside(rect);
        for row in rows {
            self.region[row * self.columns + columns.start..row * self.columns + columns.end]
                .fill(frame as u32 + 1);
        }
    }

    /// Notes that words of an edge stand in a rectangle, or no longer do.
    pub(super) fn letter(&mut self, rect: Rect, edge: usize, stands: bool) {
        let (columns, rows) = self.inside(rect.grown(4));
        let (old, new) = if stands { (0, edge as u32 + 1) } else { (edge as u32 + 1, 0) };
        for row in rows {
            for cell in &mut self.words[row * self.columns + columns.start..row * self.columns + columns.end] {
                if *cell == old {
                    *cell = new;
                }
            }
        }
    }

    /// Whether a line runs over the words of another.
    pub(super) fn runs_over_words(&self, edge: usize, points: &[usize]) -> bool {
        points.iter().any(|&point| self.words[point] != 0 && self.words[point] != edge as u32 + 1)
    }

    /// The point at a place, where it is on the grid and free.
    pub(super) fn free_point(&self, x: i32, y: i32) -> Option<usize> {
        let column = usize::try_from((x - self.x).div_euclid(PITCH)).ok()?;
        let row = usize::try_from((y - self.y).div_euclid(PITCH)).ok()?;
        let point = row * self.columns + column;
        (column < self.columns && row < self.rows && !self.blocked[point]).then_some(point)
    }

    /// The place of a point in px.
    pub(super) fn place(&self, point: usize) -> (i32, i32) {
        let (column, row) = (point % self.columns, point / self.columns);
        let along = |count: usize| i32::try_from(count).unwrap_or(i32::MAX / PITCH) * PITCH;
        (self.x + along(column), self.y + along(row))
    }

    fn step(&self, point: usize, direction: usize) -> Option<usize> {
        let (column, row) = (point % self.columns, point / self.columns);
        match direction {
            0 => (row > 0).then(|| point - self.columns),
            1 => (column + 1 < self.columns).then(|| point + 1),
            2 => (row + 1 < self.rows).then(|| point + self.columns),
            _ => (column > 0).then(|| point - 1),
        }
    }

    /// The points to both sides of a point, as seen in a direction; the point itself at the grid's edge.
    fn beside(&self, point: usize, direction: usize) -> (usize, usize) {
        let by = if direction % 2 == 0 { 1 } else { self.columns };
        (point.saturating_sub(by), (point + by).min(self.region.len() - 1))
    }

    /// What passing a point costs for the lines that are there: `came` and `goes` are directions of movement.
    fn meeting(&self, point: usize, came: usize, goes: usize, keys: Keys) -> u32 {
        let mut at = self.passes[point];
        let mut cost = 0;
        let own = (1_u8 << ((came + 2) % 4)) | (1 << goes);
        while at != NOTHING {
            let pass = self.arena[at as usize];
            at = pass.next;
            let friends = keys.friends(self.keys[pass.edge as usize]);
            if pass.mask & (1 << goes) != 0 {
                cost += if friends { 0 } else { OVERLAP };
            } else if pass.mask & own != 0 {
                // They part here.
            } else if came == goes && (pass.mask == 0b0101 || pass.mask == 0b1010) {
                cost += if friends { FRIENDS_CROSSING } else { CROSSING };
            } else {
                cost += if friends { FRIENDS_CROSSING } else { TOUCHING };
            }
        }
        cost
    }

    /// The cheapest way from one of the starts to one of the ends: its points, first to last, and which gates it took.
    /// With more haste than [`EXACT`] it goes for the end and takes a way that is good enough; [`BLIND`] to other lines it only
    /// keeps clear of steps.
    pub(super) fn search(
        &mut self,
        starts: &[Gate],
        ends: &[Gate],
        edge: usize,
        own_frames: &[bool],
        haste: u32,
    ) -> Option<(Vec<usize>, usize, usize, u32)> {
        if starts.is_empty() || ends.is_empty() {
            return None;
        }
        let keys = self.keys[edge];
        let own_words = edge as u32 + 1;
        self.stamp += 1;
        let stamp = self.stamp;
        let (mut left, mut right, mut high, mut low) = (usize::MAX, 0, usize::MAX, 0);
        for (index, end) in ends.iter().enumerate() {
            self.goals[end.point] = (stamp, index as u32);
            let (column, row) = (end.point % self.columns, end.point / self.columns);
            (left, right) = (left.min(column), right.max(column));
            (high, low) = (high.min(row), low.max(row));
        }
        let columns = self.columns;
        let least_end = ends.iter().map(|end| end.cost).min().unwrap_or(0);
        let far = |point: usize, direction: usize| {
            let (column, row) = (point % columns, point / columns);
            let across = left.saturating_sub(column) + column.saturating_sub(right);
            let along = high.saturating_sub(row) + row.saturating_sub(low);
            // The turns that are still needed: the direction of movement counts, so that few places are looked at.
            let turns = match direction {
                0 => {
                    u32::from(across > 0)
                        + 2 * u32::from(row < high) * u32::from(across == 0)
                        + u32::from(row < high && across > 0)
                }
                2 => {
                    u32::from(across > 0)
                        + 2 * u32::from(row > low) * u32::from(across == 0)
                        + u32::from(row > low && across > 0)
                }
                1 => {
                    u32::from(along > 0)
                        + 2 * u32::from(column > right) * u32::from(along == 0)
                        + u32::from(column > right && along > 0)
                }
                _ => {
                    u32::from(along > 0)
                        + 2 * u32::from(column < left) * u32::from(along == 0)
                        + u32::from(column < left && along > 0)
                }
            };
            haste * ((across + along) as u32 * STEP + turns * BEND) / EXACT + least_end
        };
        let mut queue = BinaryHeap::new();
        let mut number = u32::MAX;
        for start in starts {
            let state = start.point * 4 + start.direction;
            let known = &mut self.reached[state];
            if known.stamp != stamp || known.cost > start.cost {
                *known = Reached { stamp, cost: start.cost, before: 9 };
                queue.push(Reverse((start.cost + far(start.point, start.direction), number, state)));
                number -= 1;
            }
        }
        let mut best: Option<(u32, usize, usize)> = None;
        let mut looks = 0;
        while let Some(Reverse((estimate, _, state))) = queue.pop() {
            if best.is_some_and(|(cost, ..)| cost <= estimate) {
                break;
            }
            let (point, came) = (state / 4, state % 4);
            let cost = self.reached[state].cost;
            if cost + far(point, came) < estimate {
                continue;
            }
            looks += 1;
            if looks > MOST_LOOKS * haste as usize / 2 {
                break;
            }
            let (goal_stamp, goal) = self.goals[point];
            if goal_stamp == stamp {
                let end = ends[goal as usize];
                if (came + 2) % 4 != end.direction {
                    let turn = if came == end.direction { 0 } else { BEND };
                    let total = cost + turn + end.cost + self.meeting(point, came, end.direction, keys);
                    if best.is_none_or(|(least, ..)| total < least) {
                        best = Some((total, state, goal as usize));
                    }
                }
            }
            for goes in 0..4 {
                if (goes + 2) % 4 == came {
                    continue;
                }
                let Some(next) = self.step(point, goes) else { continue };
                if self.blocked[next] {
                    continue;
                }
                let mut more = STEP + if goes == came { 0 } else { BEND };
                if haste < BLIND && self.passes[point] != NOTHING {
                    more += self.meeting(point, came, goes, keys);
                }
                let region = self.region[next];
                if region != 0 && !own_frames[region as usize - 1] {
                    more += FOREIGN_STEP;
                    if region != self.region[point] {
                        more += FOREIGN_FRAME;
                    }
                }
                if self.has_regions {
                    let (one, other) = self.beside(next, goes);
                    if self.region[one] != region || self.region[other] != region {
                        more += ALONG_BORDER;
                    }
                }
                let words = self.words[next];
                if haste < BLIND && words != 0 && words != own_words {
                    more += if words == self.words[point] { STEP } else { WORDS };
                }
                let total = cost + more;
                let next_state = next * 4 + goes;
                let known = &mut self.reached[next_state];
                if known.stamp != stamp || known.cost > total {
                    *known = Reached { stamp, cost: total, before: came as u8 };
                    queue.push(Reverse((total + far(next, goes), number, next_state)));
                    number = number.wrapping_sub(1);
                }
            }
        }
        self.looks_left = self.looks_left.saturating_sub(looks);
        let (total, last, goal) = best?;
        let mut points = vec![last / 4];
        let mut state = last;
        while self.reached[state].before < 4 {
            let (point, came) = (state / 4, state % 4);
            let Some(before) = self.step(point, (came + 2) % 4) else { break };
            state = before * 4 + usize::from(self.reached[state].before);
            points.push(before);
        }
        points.reverse();
        let first = points[0];
        let start =
            starts.iter().position(|gate| gate.point == first && gate.direction == state % 4).unwrap_or(0);
        Some((points, start, goal, total))
    }

    /// Sets a line down on the grid, or takes it up again.
    pub(super) fn occupy(&mut self, edge: usize, points: &[usize], leaves: usize, arrives: usize) {
        for (index, &point) in points.iter().enumerate() {
            let back = if index == 0 { (leaves + 2) % 4 } else { self.towards(point, points[index - 1]) };
            let on = if index + 1 == points.len() { arrives } else { self.towards(point, points[index + 1]) };
            let mask = (1 << back) | (1 << on);
            self.arena.push(Pass { edge: edge as u32, mask, next: self.passes[point] });
            self.passes[point] = self.arena.len() as u32 - 1;
        }
    }

    pub(super) fn release(&mut self, edge: usize, points: &[usize]) {
        for &point in points {
            let mut before = NOTHING;
            let mut at = self.passes[point];
            while at != NOTHING {
                let pass = self.arena[at as usize];
                if pass.edge as usize == edge {
                    if before == NOTHING {
                        self.passes[point] = pass.next;
                    } else {
                        self.arena[before as usize].next = pass.next;
                    }
                } else {
                    before = at;
                }
                at = pass.next;
            }
        }
    }

    fn towards(&self, from: usize, to: usize) -> usize {
        let (a, b) = (self.place(from), self.place(to));
        let step = ((b.0 - a.0).signum(), (b.1 - a.1).signum());
        STEPS.iter().position(|&known| known == step).unwrap_or(0)
    }

    /// What a line on the grid pays at a point for the others there.
    fn meeting_of_others(&self, edge: usize, point: usize, came: usize, goes: usize, keys: Keys) -> u32 {
        let mut at = self.passes[point];
        let mut alone = 0;
        while at != NOTHING {
            let pass = self.arena[at as usize];
            alone += u32::from(pass.edge as usize == edge);
            at = pass.next;
        }
        // Its own pass counts as an overlap with itself, unless it is its own friend.
        let own = if keys.friends(keys) { 0 } else { OVERLAP * alone };
        self.meeting(point, came, goes, keys).saturating_sub(own)
    }

    /// Whether a line pays for anything but length and turns.
    pub(super) fn quarrels(&self, edge: usize, points: &[usize]) -> bool {
        let keys = self.keys[edge];
        points.windows(3).any(|three| {
            let (came, goes) = (self.towards(three[0], three[1]), self.towards(three[1], three[2]));
            let mut at = self.passes[three[1]];
            let mut others = false;
            while at != NOTHING {
                let pass = self.arena[at as usize];
                others |= pass.edge as usize != edge && !keys.friends(self.keys[pass.edge as usize]);
                at = pass.next;
            }
            others && self.meeting_of_others(edge, three[1], came, goes, keys) > 0
        })
    }
}

//! The grid that lines are routed on, and the search for the cheapest way over it: A* over place and direction, after
//! Wybrow, Marriott and Stuckey (2010). Lines of the grid stand [`PITCH`] px apart, so lines that are not the same
//! never touch.

mod search;

use super::{PITCH, Rect};
use search::OVERLAP;
pub(super) use search::{BLIND, EXACT};

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
            for cell in &mut self.words[row * self.columns + columns.start..row * self.columns + columns.end]
            {
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
        let by = if direction.is_multiple_of(2) { 1 } else { self.columns };
        (point.saturating_sub(by), (point + by).min(self.region.len() - 1))
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

//! The search for the cheapest way over the grid: A* over place and direction, with what a line pays for its length, its
//! turns and what it meets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Gate, Grid, Keys, NOTHING, Reached};

/// What a line pays, in tenths of a px.
const STEP: u32 = 10;
const BEND: u32 = 100;
const CROSSING: u32 = 260;
/// Friends (lines with a common end) may run together, but should not cross.
const FRIENDS_CROSSING: u32 = 120;
const TOUCHING: u32 = 700;
pub(super) const OVERLAP: u32 = 2500;
const FOREIGN_FRAME: u32 = 300;
/// Each step inside a frame that is neither end's, and each along a border.
const FOREIGN_STEP: u32 = 3;
const ALONG_BORDER: u32 = 5;
/// Running over the words of another line.
const WORDS: u32 = 1000;
/// The haste of a search that does not look at other lines.
pub(in super::super) const BLIND: u32 = 18;
/// The haste of a search for the cheapest way; it counts halves.
pub(in super::super) const EXACT: u32 = 2;
/// The most places that the search for one line looks at.
const MOST_LOOKS: usize = 24_000;

impl Grid {
    /// What passing a point costs for the lines that are there: `came` and `goes` are directions of movement.
    pub(super) fn meeting(&self, point: usize, came: usize, goes: usize, keys: Keys) -> u32 {
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
    pub(in super::super) fn search(
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
}

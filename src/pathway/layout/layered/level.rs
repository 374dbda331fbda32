//! One level of a layered layout: ranks, order, middles. In: sizes turned so that the main way runs down. Out: the
//! middle of each item, in the same sense; parts that no edge joins are set side by side, in rows.

use super::super::cross::{Reach, middles};
use super::super::cycles::turned;
use super::super::order::{Ranked, reorder};
use super::super::ranks::{Forward, ranks, sorted};
use super::super::up;
use super::room::{BESIDE, Words, rows, words};

/// An edge between items of a level.
#[derive(Debug, Clone, Copy)]
pub(super) struct LevelEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) least: i32,
    /// The width and height of its words as they are read, not turned.
    pub(super) label: (i32, i32),
}

/// A level with all its middles.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    /// From side to side, and along the main way.
    pub(super) middles: Vec<(i32, i32)>,
    pub(super) cross: i32,
    pub(super) main: i32,
}

/// Above this many passing points long edges do without them.
const MOST_PASSING: usize = 12_000;
/// A rank wider than this hands its ends on to the next one.
const WIDEST: i32 = 1500;

/// Lays out a level; `framed` where a frame is to hold it with its words.
pub(super) fn place_level(items: &[(i32, i32)], edges: &[LevelEdge], across: bool, framed: bool) -> Settled {
    let part_of = parts(items.len(), edges);
    let count = part_of.iter().max().map_or(0, |last| last + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut place = vec![0; items.len()];
    for (item, &part) in part_of.iter().enumerate() {
        place[item] = members[part].len();
        members[part].push(item);
    }
    let mut joined: Vec<Vec<LevelEdge>> = vec![Vec::new(); count];
    for edge in edges {
        joined[part_of[edge.from]].push(LevelEdge { from: place[edge.from], to: place[edge.to], ..*edge });
    }
    let settled: Vec<Settled> = members
        .iter()
        .zip(&joined)
        .map(|(members, edges)| {
            let sizes: Vec<(i32, i32)> = members.iter().map(|&item| items[item]).collect();
            place_part(&sizes, edges, across, framed)
        })
        .collect();
    shelve(items.len(), &members, &settled, across)
}

/// Sets parts side by side, in as many rows as a sensible width asks for.
fn shelve(count: usize, members: &[Vec<usize>], settled: &[Settled], across: bool) -> Settled {
    let gap = 40;
    let area: f64 = settled.iter().map(|part| f64::from(part.cross + gap) * f64::from(part.main + gap)).sum();
    let widest = settled.iter().map(|part| part.cross).max().unwrap_or(0);
    let usual = if across { 700 } else { 1000 };
    let room = widest.max(usual).max((area.sqrt() * 1.2) as i32);
    let mut all = Settled { middles: vec![(0, 0); count], ..Settled::default() };
    let (mut x, mut y, mut row) = (0, 0, 0);
    for (members, part) in members.iter().zip(settled) {
        if x > 0 && x + part.cross > room {
            y = up(y + row + gap);
            (x, row) = (0, 0);
        }
        for (&item, &(cross, main)) in members.iter().zip(&part.middles) {
            all.middles[item] = (x + cross, y + main);
        }
        all.cross = all.cross.max(x + part.cross);
        x = up(x + part.cross + gap);
        row = row.max(part.main);
        all.main = all.main.max(y + part.main);
    }
    all
}

/// Which part each item belongs to, in the order of their first items.
fn parts(count: usize, edges: &[LevelEdge]) -> Vec<usize> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in edges {
        near[edge.from].push(edge.to);
        near[edge.to].push(edge.from);
    }
    let mut part = vec![usize::MAX; count];
    let mut next = 0;
    for start in 0..count {
        if part[start] != usize::MAX {
            continue;
        }
        part[start] = next;
        let mut stack = vec![start];
        while let Some(item) = stack.pop() {
            for &other in &near[item] {
                if part[other] == usize::MAX {
                    part[other] = next;
                    stack.push(other);
                }
            }
        }
        next += 1;
    }
    part
}

fn place_part(items: &[(i32, i32)], edges: &[LevelEdge], across: bool, framed: bool) -> Settled {
    if let [(w, h)] = items {
        return Settled { middles: vec![(up(w / 2), up(h / 2))], cross: up(w / 2) * 2, main: up(h / 2) * 2 };
    }
    let pairs: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let turned = turned(items.len(), &pairs);
    let forward: Vec<Forward> = edges
        .iter()
        .zip(&turned)
        .filter(|(edge, _)| edge.from != edge.to)
        .map(|(edge, &turned)| {
            let (from, to) = if turned { (edge.to, edge.from) } else { (edge.from, edge.to) };
            Forward { from, to, least: edge.least, weight: if turned { 1 } else { 2 } }
        })
        .collect();
    let mut rank = ranks(items.len(), &forward);
    hand_on(items, &forward, &mut rank);
    let labels = words(edges, &turned);
    let (mut graph, reach) = ranked(items, &forward, &labels, &rank, (across, framed));
    reorder(&mut graph);
    let middle = middles(&graph, &reach);
    let downs = rows(items, &forward, &labels, &rank, across);
    let least = (0..reach.len()).map(|vertex| middle[vertex] - reach[vertex].before).min().unwrap_or(0);
    let most = (0..reach.len()).map(|vertex| middle[vertex] + reach[vertex].after).max().unwrap_or(0);
    let left = -(-least).div_euclid(10) * 10 - if (-least).rem_euclid(10) == 0 { 0 } else { 10 };
    Settled {
        middles: (0..items.len())
            .map(|item| (middle[item] - left, downs.middles[usize::try_from(rank[item]).unwrap_or(0)]))
            .collect(),
        cross: up(most - left),
        main: downs.end,
    }
}

/// Moves ends off ranks that are too wide, so that a step with sixty ways on is not drawn as one row.
fn hand_on(items: &[(i32, i32)], edges: &[Forward], rank: &mut [i32]) {
    let mut leaves = vec![true; items.len()];
    for edge in edges {
        leaves[edge.from] = false;
    }
    let mut ranks: Vec<Vec<usize>> = Vec::new();
    for (item, &rank) in rank.iter().enumerate() {
        let rank = usize::try_from(rank).unwrap_or(0);
        if ranks.len() <= rank {
            ranks.resize(rank + 1, Vec::new());
        }
        ranks[rank].push(item);
    }
    let mut at = 0;
    while at < ranks.len() {
        let width = |members: &[usize]| members.iter().map(|&item| items[item].0 + 40).sum::<i32>();
        let mut total = width(&ranks[at]);
        let mut moved = Vec::new();
        if total > WIDEST && ranks[at].len() > 3 {
            let mut kept = Vec::new();
            for item in std::mem::take(&mut ranks[at]).into_iter().rev() {
                if leaves[item] && total > WIDEST {
                    total -= items[item].0 + 40;
                    moved.push(item);
                } else {
                    kept.push(item);
                }
            }
            kept.reverse();
            ranks[at] = kept;
        }
        if !moved.is_empty() {
            if ranks.len() == at + 1 {
                ranks.push(Vec::new());
            }
            moved.reverse();
            for &item in &moved {
                rank[item] += 1;
            }
            ranks[at + 1].extend(moved);
        }
        at += 1;
    }
}

/// Ranks with a point for each rank that an edge passes, and the room that everything needs to its sides.
fn ranked(
    items: &[(i32, i32)],
    edges: &[Forward],
    labels: &[Words],
    rank: &[i32],
    (across, framed): (bool, bool),
) -> (Ranked, Vec<Reach>) {
    let mut reach: Vec<Reach> = items
        .iter()
        .map(|&(w, _)| Reach { before: w / 2, after: w - w / 2, passing: false, main: usize::MAX })
        .collect();
    let main = main_ways(items.len(), edges);
    let last = rank.iter().copied().max().unwrap_or(0);
    let mut graph = Ranked {
        ranks: vec![Vec::new(); usize::try_from(last).unwrap_or(0) + 1],
        above: vec![Vec::new(); items.len()],
        below: vec![Vec::new(); items.len()],
    };
    let passing: usize =
        edges.iter().map(|edge| usize::try_from(rank[edge.to] - rank[edge.from] - 1).unwrap_or(0)).sum();
    for (number, (edge, words)) in edges.iter().zip(labels).enumerate() {
        let span = rank[edge.to] - rank[edge.from];
        if span > 1 && passing > MOST_PASSING {
            continue;
        }
        let mut before = edge.from;
        for step in 1..=span {
            let vertex = if step == span {
                edge.to
            } else {
                graph.above.push(Vec::new());
                graph.below.push(Vec::new());
                reach.push(Reach { before: 5, after: 5, passing: true, main: usize::MAX });
                graph.above.len() - 1
            };
            if main[edge.from] == number {
                reach[before].main = vertex;
            }
            graph.below[before].push(vertex);
            graph.above[vertex].push(before);
            // The words stand beside the line, or above it, next to where it comes from.
            if step == 1 && words.w > 0 {
                let room = &mut reach[vertex];
                // A line that runs back does so beside the steps; of several between the same two, each needs its room.
                let half = |item: usize| items[item].0 / 2;
                let beside = if words.back && span == 1 {
                    BESIDE + if framed { half(edge.from).max(half(edge.to)) } else { 0 }
                } else {
                    0
                };
                if across {
                    room.before = room.before.max(words.h + 8 + beside) + words.others * (words.h + 8) / 2;
                    room.after += words.others * (words.h + 8) / 2;
                } else {
                    room.after = room.after.max(words.w + 12 + beside) + words.others * (words.w + 12) / 2;
                    room.before += words.others * (words.w + 12) / 2;
                }
            }
            before = vertex;
        }
    }
    // Depth-first from the sources, so that what belongs together begins together.
    let mut seen = vec![false; reach.len()];
    let mut starts: Vec<usize> = (0..items.len()).collect();
    starts.sort_by_key(|&item| rank[item]);
    let mut vertex_rank = vec![0_usize; reach.len()];
    for start in starts {
        let mut stack = vec![(start, usize::try_from(rank[start]).unwrap_or(0))];
        while let Some((vertex, at)) = stack.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            vertex_rank[vertex] = at;
            graph.ranks[at].push(vertex);
            for &next in graph.below[vertex].iter().rev() {
                let next_rank =
                    if next < items.len() { usize::try_from(rank[next]).unwrap_or(0) } else { at + 1 };
                stack.push((next, next_rank));
            }
        }
    }
    (graph, reach)
}

/// The edge of each item on which most is still to come, where one stands out: the way that should be straight.
fn main_ways(count: usize, edges: &[Forward]) -> Vec<usize> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut entering = vec![0; count];
    for (number, edge) in edges.iter().enumerate() {
        leaving[edge.from].push(number);
        entering[edge.to] += 1;
    }
    let mut ahead = vec![0; count];
    let mut main = vec![usize::MAX; count];
    for item in sorted(count, edges).into_iter().rev() {
        let mut best: Option<(i32, usize)> = None;
        let mut tied = false;
        for &number in &leaving[item] {
            let length = ahead[edges[number].to] + 1;
            match best {
                Some((longest, _)) if length < longest => {}
                Some((longest, _)) if length == longest => tied = true,
                _ => (best, tied) = (Some((length, number)), false),
            }
        }
        if let Some((longest, number)) = best {
            ahead[item] = longest;
            if !tied && (entering[edges[number].to] == 1 || leaving[item].len() == 1) {
                main[item] = number;
            }
        }
    }
    main
}

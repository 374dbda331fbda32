//! Which rank each step stands on, so that edges run forward and are short in sum: network simplex after Gansner,
//! Koutsofios, North and Vo (1993). Large charts get the longest-path ranks, tightened step by step.

use std::collections::VecDeque;

/// An edge that runs forward.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forward {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The ranks it spans at least.
    pub(super) least: i32,
    /// How much each rank of its length costs.
    pub(super) weight: i32,
}

/// Above this the simplex would take too long.
const MOST_NODES: usize = 600;

/// Ranks from 0 on, for a graph without cycles.
pub(super) fn ranks(count: usize, edges: &[Forward]) -> Vec<i32> {
    let mut rank = longest_paths(count, edges);
    if count <= MOST_NODES && edges.len() <= 4 * MOST_NODES {
        simplex(count, edges, &mut rank);
    } else {
        tighten(count, edges, &mut rank);
    }
    let first = rank.iter().copied().min().unwrap_or(0);
    for rank in &mut rank {
        *rank -= first;
    }
    rank
}

/// Places from places that already keep every rule: the same, with the sum of lengths as small as it can be. The rules
/// may form circles.
pub(super) fn improved(edges: &[Forward], mut places: Vec<i32>) -> Vec<i32> {
    simplex(places.len(), edges, &mut places);
    places
}

/// The nodes in an order in which every edge runs forward.
pub(super) fn sorted(count: usize, edges: &[Forward]) -> Vec<usize> {
    let mut entering = vec![0_usize; count];
    let mut leaving = vec![Vec::new(); count];
    for edge in edges {
        entering[edge.to] += 1;
        leaving[edge.from].push(edge.to);
    }
    let mut ready: VecDeque<usize> = (0..count).filter(|&node| entering[node] == 0).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(node) = ready.pop_front() {
        order.push(node);
        for &to in &leaving[node] {
            entering[to] -= 1;
            if entering[to] == 0 {
                ready.push_back(to);
            }
        }
    }
    order
}

fn longest_paths(count: usize, edges: &[Forward]) -> Vec<i32> {
    let mut leaving: Vec<Vec<&Forward>> = vec![Vec::new(); count];
    for edge in edges {
        leaving[edge.from].push(edge);
    }
    let mut rank = vec![0; count];
    for node in sorted(count, edges) {
        for edge in &leaving[node] {
            rank[edge.to] = rank[edge.to].max(rank[node] + edge.least);
        }
    }
    rank
}

/// Moves each node to where its own edges are shortest, a few times.
fn tighten(count: usize, edges: &[Forward], rank: &mut [i32]) {
    let mut around: Vec<Vec<&Forward>> = vec![Vec::new(); count];
    for edge in edges {
        around[edge.from].push(edge);
        around[edge.to].push(edge);
    }
    for _ in 0..4 {
        for node in (0..count).rev() {
            let (mut low, mut high, mut pull) = (i32::MIN, i32::MAX, 0);
            for edge in &around[node] {
                if edge.to == node {
                    low = low.max(rank[edge.from] + edge.least);
                    pull -= edge.weight;
                } else {
                    high = high.min(rank[edge.to] - edge.least);
                    pull += edge.weight;
                }
            }
            if pull > 0 && high != i32::MAX {
                rank[node] = high;
            } else if pull < 0 && low != i32::MIN {
                rank[node] = low;
            }
        }
    }
}

/// A spanning tree of tight edges with, for each node, the edge towards the root.
struct Tree {
    /// Nodes, each after the one it hangs on.
    order: Vec<usize>,
    up: Vec<Option<usize>>,
}

fn simplex(count: usize, edges: &[Forward], rank: &mut [i32]) {
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, edge) in edges.iter().enumerate() {
        around[edge.from].push(index);
        around[edge.to].push(index);
    }
    let mut in_tree = vec![false; edges.len()];
    tight_forest(count, edges, &around, rank, &mut in_tree);
    let pull: Vec<i32> = {
        let mut pull = vec![0; count];
        for edge in edges {
            pull[edge.from] += edge.weight;
            pull[edge.to] -= edge.weight;
        }
        pull
    };
    let mut below = vec![false; count];
    for _ in 0..4 * count + 16 {
        let tree = hang(count, edges, &around, &in_tree);
        let Some((leaving, child)) = worst(edges, &tree, &pull) else { return };
        // The part of the tree that hangs below the edge that goes.
        below.fill(false);
        below[child] = true;
        for &node in &tree.order {
            if let Some(edge) = tree.up[node] {
                let other = if edges[edge].from == node { edges[edge].to } else { edges[edge].from };
                below[node] |= below[other];
            }
        }
        let child_is_tail = edges[leaving].from == child;
        let entering = (0..edges.len())
            .filter(|&index| {
                let edge = &edges[index];
                !in_tree[index] && below[edge.from] != below[edge.to] && below[edge.to] == child_is_tail
            })
            .min_by_key(|&index| slack(&edges[index], rank));
        let Some(entering) = entering else { return };
        let by = slack(&edges[entering], rank);
        let by = if child_is_tail { -by } else { by };
        for node in 0..count {
            if below[node] {
                rank[node] += by;
            }
        }
        in_tree[leaving] = false;
        in_tree[entering] = true;
    }
}

fn slack(edge: &Forward, rank: &[i32]) -> i32 {
    rank[edge.to] - rank[edge.from] - edge.least
}

/// Grows trees of tight edges until each connected part is spanned, moving the grown part where nothing is tight.
fn tight_forest(
    count: usize,
    edges: &[Forward],
    around: &[Vec<usize>],
    rank: &mut [i32],
    in_tree: &mut [bool],
) {
    let mut reached = vec![false; count];
    for start in 0..count {
        if reached[start] {
            continue;
        }
        reached[start] = true;
        let mut part = vec![start];
        loop {
            let mut at = 0;
            while at < part.len() {
                let node = part[at];
                at += 1;
                for &index in &around[node] {
                    let edge = &edges[index];
                    let other = if edge.from == node { edge.to } else { edge.from };
                    if !reached[other] && slack(edge, rank) == 0 {
                        reached[other] = true;
                        in_tree[index] = true;
                        part.push(other);
                    }
                }
            }
            let nearest = part
                .iter()
                .flat_map(|&node| &around[node])
                .filter(|&&index| reached[edges[index].from] != reached[edges[index].to])
                .min_by_key(|&&index| (slack(&edges[index], rank), index));
            let Some(&nearest) = nearest else { break };
            let gap = slack(&edges[nearest], rank);
            let by = if reached[edges[nearest].from] { gap } else { -gap };
            for &node in &part {
                rank[node] += by;
            }
        }
    }
}

fn hang(count: usize, edges: &[Forward], around: &[Vec<usize>], in_tree: &[bool]) -> Tree {
    let mut up = vec![None; count];
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    for start in 0..count {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut at = order.len();
        order.push(start);
        while at < order.len() {
            let node = order[at];
            at += 1;
            for &index in &around[node] {
                let edge = &edges[index];
                let other = if edge.from == node { edge.to } else { edge.from };
                if in_tree[index] && !seen[other] {
                    seen[other] = true;
                    up[other] = Some(index);
                    order.push(other);
                }
            }
        }
    }
    Tree { order, up }
}

/// The tree edge whose removal shortens most, with the node below it.
fn worst(edges: &[Forward], tree: &Tree, pull: &[i32]) -> Option<(usize, usize)> {
    let mut sum = pull.to_vec();
    let mut worst: Option<(i32, usize, usize)> = None;
    for &node in tree.order.iter().rev() {
        let Some(edge) = tree.up[node] else { continue };
        let other = if edges[edge].from == node { edges[edge].to } else { edges[edge].from };
        // What leaves the part below less what enters it: the cut value, or its negative.
        let cut = if edges[edge].from == node { sum[node] } else { -sum[node] };
        if cut < 0 && worst.is_none_or(|(least, ..)| cut < least) {
            worst = Some((cut, edge, node));
        }
        sum[other] += sum[node];
    }
    worst.map(|(_, edge, node)| (edge, node))
}

#[cfg(test)]
mod tests {
    use super::{Forward, ranks};

    fn edge(from: usize, to: usize) -> Forward {
        Forward { from, to, least: 1, weight: 1 }
    }

    #[test]
    fn a_late_source_stands_next_to_what_it_feeds() {
        let edges = [edge(0, 1), edge(1, 2), edge(2, 3), edge(4, 3)];
        assert_eq!(ranks(5, &edges), [0, 1, 2, 3, 2]);
    }

    #[test]
    fn the_sum_of_lengths_is_least() {
        // A long way and a short one: the step of the short way stands at one of its ends, not between.
        let edges = [edge(0, 1), edge(1, 2), edge(2, 3), edge(0, 4), edge(4, 3), edge(4, 5)];
        let ranks = ranks(6, &edges);
        let length: i32 = edges.iter().map(|edge| ranks[edge.to] - ranks[edge.from]).sum();
        assert_eq!(length, 7);
    }
}

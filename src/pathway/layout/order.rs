//! In what order the steps of each rank stand, with few crossings: medians, then exchanges of neighbours. In: ranks
//! with a point for every rank that an edge passes. Out: the same ranks, reordered.

/// A graph in ranks, whose edges join neighbouring ranks only.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranked {
    /// The vertices of each rank from left to right.
    pub(super) ranks: Vec<Vec<usize>>,
    /// Towards smaller ranks.
    pub(super) above: Vec<Vec<usize>>,
    /// Towards larger ranks.
    pub(super) below: Vec<Vec<usize>>,
}

impl Ranked {
    fn positions(&self, count: usize) -> Vec<usize> {
        let mut positions = vec![0; count];
        for rank in &self.ranks {
            for (position, &vertex) in rank.iter().enumerate() {
                positions[vertex] = position;
            }
        }
        positions
    }
}

/// Up to so many vertices and edges are ordered from two beginnings.
const MOST_TWICE: usize = 800;
/// Parts of a place, so that means are whole numbers.
const FINE: usize = 4096;

/// Reorders each rank.
pub(super) fn reorder(graph: &mut Ranked) {
    let count = graph.above.len();
    let edges: usize = graph.below.iter().map(Vec::len).sum();
    let rounds = match count + edges {
        0..=2_000 => 12,
        2_001..=20_000 => 4,
        _ => 2,
    };
    let mut best = graph.ranks.clone();
    let mut fewest = crossings(graph);
    let mut is_mirrored = false;
    let mirrored: Vec<Vec<usize>> =
        graph.ranks.iter().map(|rank| rank.iter().rev().copied().collect()).collect();
    for attempt in 0..if count + edges <= MOST_TWICE { 2 } else { 1 } {
        if fewest > 0 && attempt == 1 {
            // From the other side, and with exchanges that cost nothing, what is stuck may come free.
            graph.ranks.clone_from(&mirrored);
        }
        for round in 0..rounds {
            if fewest == 0 {
                break;
            }
            sweep(graph, round % 2 == 0);
            if attempt == 1 && round % 4 > 1 {
                exchange(graph, true);
            }
            if count <= 2_500 {
                exchange(graph, false);
            }
            let now = crossings(graph);
            if now < fewest {
                fewest = now;
                best.clone_from(&graph.ranks);
                is_mirrored = attempt == 1;
            }
        }
    }
    graph.ranks = best;
    if is_mirrored {
        // Seen from behind it crosses no more, and what was written first stands first again.
        graph.ranks.iter_mut().for_each(|rank| rank.reverse());
    }
}

/// Sorts each rank by the medians of its neighbours on the rank before.
fn sweep(graph: &mut Ranked, down: bool) {
    let mut position = graph.positions(graph.above.len());
    let last = graph.ranks.len();
    for step in 1..last {
        let index = if down { step } else { last - 1 - step };
        let rank = std::mem::take(&mut graph.ranks[index]);
        let mut keyed: Vec<(usize, usize)> = rank
            .into_iter()
            .map(|vertex| {
                let near = if down { &graph.above[vertex] } else { &graph.below[vertex] };
                (middle(near, &position).unwrap_or(position[vertex] * FINE), vertex)
            })
            .collect();
        keyed.sort_by_key(|&(key, _)| key);
        graph.ranks[index] = keyed.into_iter().map(|(_, vertex)| vertex).collect();
        for (place, &vertex) in graph.ranks[index].iter().enumerate() {
            position[vertex] = place;
        }
    }
}

/// The mean place of neighbours; a mean tells the sides of an odd number apart better than a median of two.
fn middle(near: &[usize], position: &[usize]) -> Option<usize> {
    let sum: usize = near.iter().map(|&vertex| position[vertex]).sum();
    (sum * FINE).checked_div(near.len())
}

/// Exchanges neighbours as long as that removes crossings; with `ties` once also those where it changes nothing.
fn exchange(graph: &mut Ranked, ties: bool) {
    let mut position = graph.positions(graph.above.len());
    for _ in 0..if ties { 1 } else { 6 } {
        let mut better = false;
        for rank in &mut graph.ranks {
            for place in 1..rank.len() {
                let (left, right) = (rank[place - 1], rank[place]);
                let mut now = 0;
                let mut then = 0;
                for near in [&graph.above, &graph.below] {
                    if near[left].len() * near[right].len() > 400 {
                        continue;
                    }
                    for &one in &near[left] {
                        for &other in &near[right] {
                            now += i32::from(position[one] > position[other]);
                            then += i32::from(position[one] < position[other]);
                        }
                    }
                }
                if then < now || (ties && then == now && then > 0) {
                    rank.swap(place - 1, place);
                    (position[left], position[right]) = (place, place - 1);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// How many pairs of edges cross.
fn crossings(graph: &Ranked) -> u64 {
    let position = graph.positions(graph.above.len());
    let mut total = 0;
    for pair in graph.ranks.windows(2) {
        // Counts, for each edge from left to right, those before it that end further right (Barth, Jünger, Mutzel).
        let mut tree = vec![0_u64; pair[1].len() + 1];
        let mut seen = 0;
        for &vertex in &pair[0] {
            let mut ends: Vec<usize> = graph.below[vertex].iter().map(|&end| position[end]).collect();
            ends.sort_unstable();
            for &end in &ends {
                let mut at = end + 1;
                let mut before = 0;
                while at > 0 {
                    before += tree[at];
                    at &= at - 1;
                }
                total += seen - before;
            }
            for &end in &ends {
                let mut at = end + 1;
                while at < tree.len() {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
                seen += 1;
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::{Ranked, crossings, reorder};

    #[test]
    fn crossings_that_can_be_avoided_are() {
        let edges = [(0, 5), (1, 4), (2, 3), (0, 4)];
        let mut graph = Ranked {
            ranks: vec![vec![0, 1, 2], vec![3, 4, 5]],
            above: vec![Vec::new(); 6],
            below: vec![Vec::new(); 6],
        };
        for (from, to) in edges {
            graph.below[from].push(to);
            graph.above[to].push(from);
        }
        assert!(crossings(&graph) > 0);
        reorder(&mut graph);
        assert_eq!(crossings(&graph), 0);
    }
}

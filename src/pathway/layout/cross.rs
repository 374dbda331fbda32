//! Where the steps of each rank stand from side to side: each as near to its neighbours on other ranks as the order of
//! its own rank allows, by isotonic regression rank by rank. In: ordered ranks. Out: middles on the grid.

use super::order::Ranked;
use super::up;

/// The room that a vertex needs to both sides of its middle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    pub(super) before: i32,
    pub(super) after: i32,
    /// Whether it is a point on the way of a long edge.
    pub(super) passing: bool,
    /// The vertex below on the main way, which should stand straight under this one; `usize::MAX` is none.
    pub(super) main: usize,
}

/// The middles of all vertices, in px, multiples of the grid's pitch.
pub(super) fn middles(graph: &Ranked, reach: &[Reach]) -> Vec<i32> {
    let mut middle = vec![0.0_f64; reach.len()];
    let gaps: Vec<Vec<f64>> = graph.ranks.iter().map(|rank| offsets(rank, reach)).collect();
    for (rank, offsets) in graph.ranks.iter().zip(&gaps) {
        let half = offsets.last().copied().unwrap_or(0.0) / 2.0;
        for (&vertex, offset) in rank.iter().zip(offsets) {
            middle[vertex] = offset - half;
        }
    }
    let rounds = if reach.len() > 4_000 { 3 } else { 10 };
    for round in 0..rounds {
        let settle = round + 2 >= rounds;
        for (rank, offsets) in graph.ranks.iter().zip(&gaps) {
            fit(graph, reach, (rank, offsets), &mut middle, (true, settle));
        }
        for (rank, offsets) in graph.ranks.iter().zip(&gaps).rev() {
            fit(graph, reach, (rank, offsets), &mut middle, (settle, true));
        }
    }
    let mut settled = vec![0; reach.len()];
    for (rank, offsets) in graph.ranks.iter().zip(&gaps) {
        let mut least = i32::MIN;
        let mut before = 0.0;
        for (&vertex, offset) in rank.iter().zip(offsets) {
            let wanted = (middle[vertex] / 10.0).round() as i32 * 10;
            let at = if least == i32::MIN { wanted } else { wanted.max(least + (offset - before) as i32) };
            settled[vertex] = at;
            least = at;
            before = *offset;
        }
    }
    straighten(graph, reach, &gaps, &mut settled);
    settled
}

/// Sets what stands nearly under its parent on the main way exactly there, where its neighbours leave it room.
fn straighten(graph: &Ranked, reach: &[Reach], gaps: &[Vec<f64>], whole: &mut [i32]) {
    for (parents, (rank, offsets)) in graph.ranks.iter().zip(graph.ranks.iter().zip(gaps).skip(1)) {
        for &parent in parents {
            let child = reach[parent].main;
            let Some(place) = rank.iter().position(|&vertex| vertex == child).filter(|_| child != usize::MAX)
            else {
                continue;
            };
            let wanted = whole[parent];
            let fits_left =
                place == 0 || whole[rank[place - 1]] + (offsets[place] - offsets[place - 1]) as i32 <= wanted;
            let fits_right = place + 1 == rank.len()
                || wanted + (offsets[place + 1] - offsets[place]) as i32 <= whole[rank[place + 1]];
            if fits_left && fits_right && (whole[child] - wanted).abs() <= 60 {
                whole[child] = wanted;
            }
        }
    }
}

/// The least distances of a rank's middles from its first, on the grid.
fn offsets(rank: &[usize], reach: &[Reach]) -> Vec<f64> {
    let mut at = 0;
    let mut offsets = Vec::with_capacity(rank.len());
    for (place, &vertex) in rank.iter().enumerate() {
        if place > 0 {
            let (left, right) = (reach[rank[place - 1]], reach[vertex]);
            let between = match (left.passing, right.passing) {
                (true, true) => 0,
                (false, false) => 34,
                _ => 20,
            };
            at += up(left.after + right.before + between);
        }
        offsets.push(f64::from(at));
    }
    offsets
}

/// How much an edge wants to be straight.
fn weight(reach: &[Reach], one: usize, other: usize) -> f64 {
    if reach[one].main == other || reach[other].main == one {
        return 9.0;
    }
    match (reach[one].passing, reach[other].passing) {
        (true, true) => 8.0,
        (false, false) => 2.0,
        _ => 3.0,
    }
}

/// Moves a rank towards its neighbours above, below or both, least squares with its order and distances kept.
fn fit(
    graph: &Ranked,
    reach: &[Reach],
    (rank, offsets): (&[usize], &[f64]),
    middle: &mut [f64],
    (above, below): (bool, bool),
) {
    // Blocks of vertices that stand as close as they may: sum of weights, weighted sum of wishes, how many.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(rank.len());
    for (&vertex, offset) in rank.iter().zip(offsets) {
        let mut wishes: Vec<(f64, f64)> = Vec::new();
        for (near, counts) in [(&graph.above, above), (&graph.below, below)] {
            if counts {
                wishes.extend(near[vertex].iter().map(|&at| (middle[at], weight(reach, vertex, at))));
            }
        }
        let (wish, heavy) = match median(&mut wishes) {
            None => (middle[vertex], 0.1),
            // Between two equal wishes there is nothing to gain by moving, unless a parent stands over its children.
            Some((low, high, heavy)) if above && below => (middle[vertex].clamp(low, high), heavy),
            Some((low, high, heavy)) => (f64::midpoint(low, high), heavy),
        };
        blocks.push((heavy, heavy * (wish - offset), 1));
        while let [.., (w1, s1, n1), (w2, s2, n2)] = blocks[..] {
            if s1 / w1 <= s2 / w2 {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((w1 + w2, s1 + s2, n1 + n2));
        }
    }
    let mut place = 0;
    for (heavy, sum, many) in blocks {
        for _ in 0..many {
            middle[rank[place]] = sum / heavy + offsets[place];
            place += 1;
        }
    }
}

/// The weighted median of wishes, as the two that it lies between, and their weight.
fn median(wishes: &mut [(f64, f64)]) -> Option<(f64, f64, f64)> {
    wishes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let total: f64 = wishes.iter().map(|wish| wish.1).sum();
    let mut sum = 0.0;
    for (index, &(wish, heavy)) in wishes.iter().enumerate() {
        sum += heavy;
        if (sum * 2.0 - total).abs() < 1e-9
            && let Some(next) = wishes.get(index + 1)
        {
            return Some((wish, next.0, total));
        }
        if sum * 2.0 > total {
            return Some((wish, wish, total));
        }
    }
    None
}

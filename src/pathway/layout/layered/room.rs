//! The room that ranks and the words of their edges need. In: ranks and sizes. Out: how far apart the ranks stand.

use super::super::ranks::Forward;
use super::super::up;
use super::level::LevelEdge;

/// The words of an edge, as far as they need room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) w: i32,
    pub(super) h: i32,
    /// Whether the edge runs back.
    pub(super) back: bool,
    /// Whether another edge with words before it joins the same two: 0 or 1.
    pub(super) others: i32,
}

/// What a line that runs back beside two steps keeps from them, with its words.
pub(super) const BESIDE: i32 = 24;

pub(super) fn words(edges: &[LevelEdge], turned: &[bool]) -> Vec<Words> {
    let mut known = std::collections::BTreeSet::new();
    edges
        .iter()
        .zip(turned)
        .filter(|(edge, _)| edge.from != edge.to)
        .map(|(edge, &back)| {
            let (w, h) = edge.label;
            let ends = (edge.from.min(edge.to), edge.from.max(edge.to));
            let others = i32::from(w > 0 && !known.insert(ends));
            Words { w, h, back, others }
        })
        .collect()
}

/// The middles of the ranks.
pub(super) struct Rows {
    pub(super) middles: Vec<i32>,
    pub(super) end: i32,
}

pub(super) fn rows(
    items: &[(i32, i32)],
    edges: &[Forward],
    labels: &[Words],
    rank: &[i32],
    across: bool,
) -> Rows {
    let count = usize::try_from(rank.iter().copied().max().unwrap_or(0)).unwrap_or(0) + 1;
    let mut half = vec![0; count];
    for (item, &rank) in rank.iter().enumerate() {
        let rank = usize::try_from(rank).unwrap_or(0);
        half[rank] = half[rank].max(items[item].1.div_euclid(2) + 1);
    }
    let mut tracks = vec![0; count];
    let mut words = vec![0; count];
    for (edge, words_of) in edges.iter().zip(labels) {
        let (from, to) =
            (usize::try_from(rank[edge.from]).unwrap_or(0), usize::try_from(rank[edge.to]).unwrap_or(0));
        tracks[from] += 1;
        if to > from + 1 {
            tracks[to - 1] += 1;
        }
        if words_of.w > 0 && !(words_of.back && to == from + 1) {
            words[from] = words[from].max(if across { words_of.w + 34 } else { words_of.h + 22 });
        }
    }
    let mut middles = Vec::with_capacity(count);
    let mut at = up(half[0]);
    for rank in 0..count {
        if rank > 0 {
            let gap = 40 + 10 * (tracks[rank - 1] / 2).min(9) + words[rank - 1];
            at = up(at + half[rank - 1] + gap + half[rank]);
        }
        middles.push(at);
    }
    Rows { end: up(at + half[count - 1]), middles }
}

//! Which lines may run together: those with a common end that nothing tells apart.

use std::collections::BTreeMap;

use super::super::grid::Keys;
use crate::pathway::model::{End, Flowchart, Head, Line};

/// Set in the keys of lines that share their words.
const SHARED: u32 = 1 << 31;

/// Lines may run together from a common step, or into one, where nothing tells them apart.
pub(super) fn keys(chart: &Flowchart, shares: &[bool]) -> Vec<Keys> {
    let number = |end: End| match end {
        End::Node(node) => node * 2,
        End::Group(group) => group * 2 + 1,
    };
    let kind = |line: Line| match line {
        Line::Dotted => 1,
        Line::Thick => 2,
        _ => 0,
    };
    let most = 2 * chart.nodes.len().max(chart.groups.len()) + 2;
    // Several lines between the same two steps that say different things are each to be seen.
    let mut between: BTreeMap<(End, End), Vec<usize>> = BTreeMap::new();
    for (index, edge) in chart.edges.iter().enumerate().filter(|(_, edge)| !edge.label.is_empty()) {
        between.entry((edge.from, edge.to)).or_default().push(index);
    }
    let mut apart = vec![false; chart.edges.len()];
    for together in between.values() {
        let differ = together.iter().any(|&edge| chart.edges[edge].label != chart.edges[together[0]].label);
        for &edge in together.iter().filter(|_| differ) {
            apart[edge] = true;
        }
    }
    chart
        .edges
        .iter()
        .enumerate()
        .map(|(index, edge)| {
            let key = |end: End, mark: Head| {
                let mark = usize::from(mark != Head::None);
                u32::try_from((number(end) + most * (kind(edge.line) * 2 + mark)) + 1).unwrap_or(0)
            };
            let loops = edge.from == edge.to;
            let styled =
                edge.style.stroke.is_some() || edge.style.dashed || edge.style.stroke_width.is_some();
            if loops || styled || apart[index] {
                return Keys::default();
            }
            let decision = matches!(edge.from, End::Node(node) if chart.nodes[node].shape.is_decision());
            let from = if edge.label.is_empty() && !decision { key(edge.from, edge.tail) } else { 0 };
            // Words that are said once for several lines speak of all that run together there.
            let to = if shares[index] { key(edge.to, edge.head) | SHARED } else { key(edge.to, edge.head) };
            Keys { from, to }
        })
        .collect()
}

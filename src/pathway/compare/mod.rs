//! Two versions of a pathway (as it is at a site, as it was agreed) and what differs between them: as marks for the
//! drawing, and in sentences.

mod edges;
mod likeness;
mod nodes;
mod pairing;

use std::collections::BTreeMap;

use super::Flowchart;
use super::model::End;
use pairing::{Named, partners};

/// What became of a node or an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    /// It is in both, unchanged.
    #[default]
    Same,
    /// Only in the second.
    Added,
    /// Only in the first.
    Removed,
    /// Its words, its form as a decision, its outcomes or its time limit changed.
    Changed,
    /// It is in another lane; its words may have changed as well.
    Moved,
}

/// What kind of difference it is, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A step is new.
    Added,
    /// A step is gone.
    Removed,
    /// A step is in another lane.
    Moved,
    /// Other words, of a step, a link or a group.
    Words,
    /// Another time limit.
    TimeLimit,
    /// Another outcome of a decision, or one that leads elsewhere.
    Decision,
    /// A new link between steps that both have.
    LinkAdded,
    /// A link that is gone between steps that both have.
    LinkRemoved,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind it is.
    pub kind: Kind,
    /// In words, without a full stop: "Added: CT perfusion, at Comprehensive stroke centre (hub)".
    pub sentence: String,
    /// The node of the first chart that it is about, by index.
    pub before: Option<usize>,
    /// The node of the second chart.
    pub after: Option<usize>,
}

/// All that differs between two charts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// A mark for each node of the first chart: `Same`, `Removed`, `Changed` or `Moved`.
    pub before: Vec<Mark>,
    /// A mark for each node of the second.
    pub after: Vec<Mark>,
    /// A mark for each edge of the first chart: `Same`, `Removed` or `Changed`.
    pub edges_before: Vec<Mark>,
    /// A mark for each edge of the second.
    pub edges_after: Vec<Mark>,
    /// The node of the second chart that each node of the first became.
    pub partner_of: Vec<Option<usize>>,
    /// In sentences: by kind, then in the order of the charts.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// What has changed from `before` to `after`.
    pub fn new(before: &Flowchart, after: &Flowchart) -> Self {
        let mut groups = partners(&named_groups(before), &named_groups(after));
        let named_before = named_nodes(before, |lane| groups[lane]);
        let named_after = named_nodes(after, Some);
        let partner_of = partners(&named_before, &named_after);
        pair_by_members(before, after, &partner_of, &mut groups);
        let mut comparison = Self {
            before: vec![Mark::Removed; before.nodes.len()],
            after: vec![Mark::Added; after.nodes.len()],
            edges_before: vec![Mark::Removed; before.edges.len()],
            edges_after: vec![Mark::Added; after.edges.len()],
            partner_of,
            differences: Vec::new(),
        };
        let pair = Versions { before, after, groups: &groups };
        comparison.compare_groups(&pair);
        comparison.compare_nodes(&pair);
        comparison.compare_edges(&pair);
        comparison.differences.sort_by_key(|difference| difference.kind);
        comparison
    }

    /// Whether both say the same.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty()
    }

    fn mark_changed(&mut self, before: usize, after: usize) {
        for mark in [&mut self.before[before], &mut self.after[after]] {
            if *mark == Mark::Same {
                *mark = Mark::Changed;
            }
        }
    }

    fn tell(&mut self, kind: Kind, sentence: String, before: Option<usize>, after: Option<usize>) {
        self.differences.push(Difference { kind, sentence, before, after });
    }
}

/// The two charts and which groups they share.
struct Versions<'c> {
    before: &'c Flowchart,
    after: &'c Flowchart,
    groups: &'c [Option<usize>],
}

impl Versions<'_> {
    /// What an end of an edge of the first chart is in the second.
    fn now(&self, partner_of: &[Option<usize>], end: End) -> Option<End> {
        match end {
            End::Node(node) => partner_of[node].map(End::Node),
            End::Group(group) => self.groups[group].map(End::Group),
        }
    }
}

/// A group whose title is another one altogether is still the same where most of the steps of both are shared.
fn pair_by_members(
    before: &Flowchart,
    after: &Flowchart,
    partner_of: &[Option<usize>],
    groups: &mut [Option<usize>],
) {
    let mut is_taken = vec![false; after.groups.len()];
    for group in groups.iter().flatten() {
        is_taken[*group] = true;
    }
    let (mut sizes, mut sizes_now) = (vec![0_usize; before.groups.len()], vec![0_usize; after.groups.len()]);
    for group in after.nodes.iter().filter_map(|node| node.group) {
        sizes_now[group] += 1;
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (node, partner) in before.nodes.iter().zip(partner_of) {
        let Some(group) = node.group else { continue };
        sizes[group] += 1;
        if let Some(now) = partner.and_then(|partner| after.nodes[partner].group) {
            *shared.entry((group, now)).or_default() += 1;
        }
    }
    for ((group, now), count) in shared {
        let is_most = 2 * count > sizes[group] && 2 * count > sizes_now[now];
        if groups[group].is_none() && !is_taken[now] && is_most {
            groups[group] = Some(now);
            is_taken[now] = true;
        }
    }
}

fn named_groups(chart: &Flowchart) -> Vec<Named<'_>> {
    let named = |group: &'_ super::model::Group| group.label.plain();
    chart
        .groups
        .iter()
        .map(|group| Named { id: &group.id, words: named(group), ..Named::default() })
        .collect()
}

fn named_nodes(chart: &Flowchart, place_of: impl Fn(usize) -> Option<usize>) -> Vec<Named<'_>> {
    let mut named: Vec<Named<'_>> = chart
        .nodes
        .iter()
        .enumerate()
        .map(|(index, node)| Named {
            id: &node.id,
            words: node.label.plain(),
            place: chart.lane_of(index).and_then(&place_of),
            is_decision: node.shape.is_decision(),
            ..Named::default()
        })
        .collect();
    for edge in &chart.edges {
        if let (End::Node(from), End::Node(to)) = (edge.from, edge.to)
            && from != to
        {
            named[from].after.push(to);
            named[to].before.push(from);
        }
    }
    for node in &mut named {
        for side in [&mut node.before, &mut node.after] {
            side.sort_unstable();
            side.dedup();
        }
    }
    named
}

/// A step as a sentence names it: short, in quotes.
fn name_of(chart: &Flowchart, end: End) -> String {
    const LONGEST: usize = 90;
    let words = match end {
        End::Node(node) => chart.nodes[node].label.plain(),
        End::Group(group) => chart.groups[group].label.plain(),
    };
    let words = match (words.is_empty(), end) {
        (true, End::Node(node)) => chart.nodes[node].id.clone(),
        (true, End::Group(group)) => chart.groups[group].id.clone(),
        (false, _) => words,
    };
    if words.chars().count() <= LONGEST {
        return format!("“{words}”");
    }
    let short: String = words.chars().take(LONGEST).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("“{}…”", &short[..end])
}

#[cfg(test)]
mod tests;

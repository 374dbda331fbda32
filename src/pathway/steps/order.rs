//! The order in which steps are read: each after all that lead to it, a branch to its end before the next one, and
//! loops broken where their author closed them.

use std::collections::BTreeSet;

use crate::pathway::Flowchart;
use crate::pathway::model::{Edge, End, Head, Line};

/// Where an edge leads once its arrowheads are looked at: `A <--- B` leads from `B` to `A`.
pub(super) fn ends(edge: &Edge) -> (End, End) {
    let leads_back = edge.tail == Head::Arrow && edge.head == Head::None;
    if leads_back { (edge.to, edge.from) } else { (edge.from, edge.to) }
}

/// Whether an edge is read at all; an invisible one only orders.
pub(super) fn is_read(edge: &Edge) -> bool {
    edge.line != Line::Invisible
}

/// The nodes of a chart in the order of reading, the unlinked ones last, and which of them begin a pathway.
pub(super) fn reading_order(chart: &Flowchart) -> (Vec<usize>, BTreeSet<usize>) {
    let mut order = Acyclic::new(chart.nodes.len());
    let members = Members::of(chart);
    // How whole groups follow each other is the frame; a link between two of their steps may lead back against it.
    for edge in chart.edges.iter().filter(|edge| is_read(edge)) {
        if let (from @ End::Group(_), to @ End::Group(_)) = ends(edge)
            && let (Some(from), Some(to)) = (members.last_in(from), members.first_in(to))
        {
            order.add(from, to);
        }
    }
    let mut is_linked = vec![false; chart.nodes.len()];
    let mut is_entered = vec![false; chart.nodes.len()];
    for edge in chart.edges.iter().filter(|edge| is_read(edge)) {
        match ends(edge) {
            (End::Node(from), End::Node(to)) => {
                is_linked[from] = true;
                is_linked[to] = true;
                is_entered[to] |= from != to && order.add(from, to);
            }
            (End::Group(_), End::Node(to)) => is_entered[to] = true,
            _ => {}
        }
    }
    let is_in_entered_group = members_of(chart, |edge| ends(edge).1);
    let is_start = |node: &usize| is_linked[*node] && !is_entered[*node] && !is_in_entered_group[*node];
    let starts: BTreeSet<usize> = (0..chart.nodes.len()).filter(is_start).collect();
    // What only orders comes after what is read, so that it never breaks a loop at another place.
    for edge in &chart.edges {
        let (from, to) = ends(edge);
        let is_between_nodes = matches!((from, to), (End::Node(_), End::Node(_)));
        if is_read(edge) && is_between_nodes {
            continue;
        }
        if let (Some(from), Some(to)) = (members.last_in(from), members.first_in(to)) {
            order.add(from, to);
        }
    }
    let (in_from, in_to) = (members_of(chart, |edge| edge.from), members_of(chart, |edge| edge.to));
    let is_late = |node: usize| !is_linked[node] && !in_from[node] && !in_to[node];
    let first = (0..chart.nodes.len()).filter(|node| !is_late(*node));
    let waiting: Vec<usize> = first.chain((0..chart.nodes.len()).filter(|node| is_late(*node))).collect();
    (order.depth_first(&waiting), starts)
}

/// The first and last node that each group holds, those of the groups inside it included.
struct Members {
    first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl Members {
    fn of(chart: &Flowchart) -> Self {
        let mut members =
            Self { first: vec![None; chart.groups.len()], last: vec![None; chart.groups.len()] };
        for (index, node) in chart.nodes.iter().enumerate() {
            let mut group = node.group;
            while let Some(around) = group {
                members.first[around].get_or_insert(index);
                members.last[around] = Some(index);
                group = chart.groups[around].parent;
            }
        }
        members
    }

    fn first_in(&self, end: End) -> Option<usize> {
        match end {
            End::Node(node) => Some(node),
            End::Group(group) => self.first[group],
        }
    }

    fn last_in(&self, end: End) -> Option<usize> {
        match end {
            End::Node(node) => Some(node),
            End::Group(group) => self.last[group],
        }
    }
}

/// Which nodes lie in a group that is such an end of an edge, at any depth.
fn members_of(chart: &Flowchart, end_of: impl Fn(&Edge) -> End) -> Vec<bool> {
    let mut is_end = vec![false; chart.groups.len()];
    for edge in chart.edges.iter().filter(|edge| is_read(edge)) {
        if let End::Group(group) = end_of(edge) {
            is_end[group] = true;
        }
    }
    // Parents stand before their children.
    for group in 0..chart.groups.len() {
        is_end[group] |= chart.groups[group].parent.is_some_and(|parent| is_end[parent]);
    }
    chart.nodes.iter().map(|node| node.group.is_some_and(|group| is_end[group])).collect()
}

/// The first node that a group holds, by which it is entered.
pub(super) fn first_in_group(chart: &Flowchart) -> Vec<Option<usize>> {
    Members::of(chart).first
}

/// A graph without cycles that grows edge by edge, each in the order of writing; an edge that would close a cycle is
/// left out. It keeps a topological order after Pearce and Kelly, "A dynamic topological sort algorithm for directed
/// acyclic graphs" (2006), so that only what lies between the two ends is searched.
struct Acyclic {
    after: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    place: Vec<usize>,
    /// The number of the last search that reached a node.
    reached_in: Vec<usize>,
    searches: usize,
}

/// Which way a search goes.
#[derive(Clone, Copy)]
enum Way {
    After,
    Before,
}

impl Acyclic {
    fn new(count: usize) -> Self {
        Self {
            after: vec![Vec::new(); count],
            before: vec![Vec::new(); count],
            place: (0..count).collect(),
            reached_in: vec![0; count],
            searches: 0,
        }
    }

    /// Whether the edge could be added.
    fn add(&mut self, from: usize, to: usize) -> bool {
        if from == to {
            return false;
        }
        if self.place[from] > self.place[to] {
            let (floor, ceiling) = (self.place[to], self.place[from]);
            let reached = self.search(to, Way::After, |place| place <= ceiling);
            if self.reached_in[from] == self.searches {
                return false;
            }
            let reaching = self.search(from, Way::Before, |place| place >= floor);
            self.reorder(reaching, reached);
        }
        self.after[from].push(to);
        self.before[to].push(from);
        true
    }

    /// What is reached from `start` among the places that the test accepts.
    fn search(&mut self, start: usize, way: Way, accepts: impl Fn(usize) -> bool) -> Vec<usize> {
        self.searches += 1;
        self.reached_in[start] = self.searches;
        let next = match way {
            Way::After => &self.after,
            Way::Before => &self.before,
        };
        let mut reached = vec![start];
        let mut at = 0;
        while at < reached.len() {
            for next in &next[reached[at]] {
                if accepts(self.place[*next]) && self.reached_in[*next] != self.searches {
                    self.reached_in[*next] = self.searches;
                    reached.push(*next);
                }
            }
            at += 1;
        }
        reached
    }

    /// Puts the first nodes before the second in the places that they hold together.
    fn reorder(&mut self, mut first: Vec<usize>, mut second: Vec<usize>) {
        first.sort_by_key(|node| self.place[*node]);
        second.sort_by_key(|node| self.place[*node]);
        first.append(&mut second);
        let mut places: Vec<usize> = first.iter().map(|node| self.place[*node]).collect();
        places.sort_unstable();
        for (node, place) in first.into_iter().zip(places) {
            self.place[node] = place;
        }
    }

    /// Each node after all that lead to it; after a node, the first of its followers that is free is read on to its
    /// end before the second.
    fn depth_first(&self, order: &[usize]) -> Vec<usize> {
        let mut missing: Vec<usize> = self.before.iter().map(Vec::len).collect();
        let mut waiting: Vec<usize> =
            order.iter().rev().copied().filter(|node| missing[*node] == 0).collect();
        let mut read = Vec::with_capacity(order.len());
        while let Some(node) = waiting.pop() {
            read.push(node);
            let mut free = Vec::new();
            for next in &self.after[node] {
                missing[*next] -= 1;
                if missing[*next] == 0 {
                    free.push(*next);
                }
            }
            waiting.extend(free.into_iter().rev());
        }
        read
    }
}

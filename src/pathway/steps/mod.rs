//! A pathway as numbered steps, for reading aloud, for a phone, for print and for search: made from the model, so it
//! says what the drawing shows. Every edge of the chart appears in it exactly once.

mod order;
mod time_limits;
mod words;

use std::collections::BTreeSet;

pub use time_limits::{Bound, TimeLimit, time_limits};

pub(in crate::pathway) use time_limits::without_time_limits;

use super::Flowchart;
use super::model::{Edge, End, Head, Link, Node, Shape};
use order::{ends, first_in_group, is_read, reading_order};

/// A pathway in steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// The numbers of the steps at which a reader can begin; of a loop without a beginning, the first that was written.
    pub starts: Vec<usize>,
    /// In the order of reading; their numbers count from 1.
    pub steps: Vec<Step>,
    /// What follows a whole group.
    pub from_groups: Vec<GroupStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// From 1.
    pub number: usize,
    /// The node, by index.
    pub node: usize,
    /// What it says, on one line; never empty.
    pub text: String,
    /// The outermost group around it, by index: its lane, where groups are lanes.
    pub lane: Option<usize>,
    /// The groups around it that the step before does not share, the outermost first: headings to be read before it.
    pub headings: Vec<usize>,
    /// What it is.
    pub kind: Kind,
    /// The times that its words give.
    pub time_limits: Vec<TimeLimit>,
    /// What follows, in the order of writing.
    pub next: Vec<Next>,
    /// Where its author links it to.
    pub link: Option<Link>,
}

/// What a step is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing leads to it.
    Start,
    /// Something leads to it and something follows.
    Step,
    /// A question whose outcomes lead on.
    Decision,
    /// Nothing follows.
    End,
    /// Nothing leads to it and nothing follows.
    Unlinked,
    /// A comment or bare words.
    Remark,
}

/// What follows a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The edge, by index.
    pub edge: usize,
    /// The edge's words: the outcome of a decision, a time limit; may be empty.
    pub words: String,
    /// What it leads to.
    pub target: Target,
    /// Whether that was read before, or is the step itself.
    pub is_back: bool,
    /// The lane that takes over, by index, where it is another one.
    pub hand_over: Option<usize>,
    /// The times that the words give.
    pub time_limits: Vec<TimeLimit>,
    /// Which way it can be gone.
    pub way: Way,
}

/// What an edge leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A step, by number.
    Step(usize),
    /// A whole group.
    Group {
        /// The group, by index.
        group: usize,
        /// The number of the first of its steps, where it has any.
        first: Option<usize>,
    },
}

impl Target {
    /// The number of the step to go to.
    pub fn number(self) -> Option<usize> {
        match self {
            Self::Step(number) => Some(number),
            Self::Group { first, .. } => first,
        }
    }
}

/// Which way an edge can be gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// An arrow.
    Onward,
    /// Arrows at both ends.
    BothWays,
    /// A line without arrows.
    Linked,
}

/// What follows a whole group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupStep {
    /// The group, by index.
    pub group: usize,
    /// The number of the last of its steps, after which this is read; none where it has no steps.
    pub after: Option<usize>,
    /// What follows it.
    pub next: Vec<Next>,
}

impl Steps {
    /// The steps of a chart.
    pub fn new(chart: &Flowchart) -> Self {
        let (order, starts) = reading_order(chart);
        let mut numbers = vec![0; chart.nodes.len()];
        for (place, node) in order.iter().enumerate() {
            numbers[*node] = place + 1;
        }
        let mut from_nodes: Vec<Vec<usize>> = vec![Vec::new(); chart.nodes.len()];
        let mut from_groups: Vec<Vec<usize>> = vec![Vec::new(); chart.groups.len()];
        let mut has_before = vec![false; chart.nodes.len()];
        let mut is_group_entered = vec![false; chart.groups.len()];
        for (index, edge) in chart.edges.iter().enumerate().filter(|(_, edge)| is_read(edge)) {
            let (from, to) = ends(edge);
            match from {
                End::Node(node) => from_nodes[node].push(index),
                End::Group(group) => from_groups[group].push(index),
            }
            match to {
                End::Node(node) => has_before[node] |= from != to,
                End::Group(group) => is_group_entered[group] = true,
            }
        }
        let firsts = first_in_group(chart);
        let writer = Writer { chart, numbers: &numbers, firsts: &firsts };
        let mut steps: Vec<Step> = Vec::with_capacity(order.len());
        let mut around: Vec<usize> = Vec::new();
        for node in order {
            let groups = groups_around(chart, node);
            let shared = around.iter().zip(&groups).take_while(|(a, b)| a == b).count();
            let next: Vec<Next> = from_nodes[node].iter().map(|edge| writer.next(*edge)).collect();
            let has_next = next.iter().any(|next| next.target != Target::Step(numbers[node]));
            let is_decision = chart.nodes[node].shape.is_decision() && has_next;
            // A link to or from a whole group is one of each of its steps.
            let has_next = has_next || groups.iter().any(|group| !from_groups[*group].is_empty());
            let has_before = has_before[node] || groups.iter().any(|group| is_group_entered[*group]);
            let written = &chart.nodes[node];
            let text = words::text_of(written, &next);
            steps.push(Step {
                number: numbers[node],
                node,
                lane: chart.lane_of(node),
                headings: groups[shared..].to_vec(),
                kind: kind_of(written, is_decision, has_before, has_next),
                time_limits: time_limits(&text),
                text,
                next,
                link: written.link.clone(),
            });
            around = groups;
        }
        let from_groups = from_groups
            .into_iter()
            .enumerate()
            .filter(|(_, edges)| !edges.is_empty())
            .map(|(group, edges)| GroupStep {
                group,
                after: steps
                    .iter()
                    .filter(|step| is_inside(chart, step.node, group))
                    .map(|step| step.number)
                    .max(),
                next: edges.into_iter().map(|edge| writer.next(edge)).collect(),
            })
            .collect();
        let mut starts: Vec<usize> = starts.into_iter().map(|node| numbers[node]).collect();
        starts.sort_unstable();
        Self { starts, steps, from_groups }
    }

    /// Everything that follows a step or a group.
    pub fn all_next(&self) -> impl Iterator<Item = &Next> {
        let of_groups = self.from_groups.iter().flat_map(|group| &group.next);
        self.steps.iter().flat_map(|step| &step.next).chain(of_groups)
    }

    /// What is wrong with the steps as an image of their chart: an edge that is missing or told twice, a step that is,
    /// a number that leads nowhere. Empty for what [`Steps::new`] makes.
    pub fn faults(&self, chart: &Flowchart) -> Vec<String> {
        let mut faults = Vec::new();
        let mut told = vec![0_usize; chart.edges.len()];
        for next in self.all_next() {
            match told.get_mut(next.edge) {
                Some(count) => *count += 1,
                None => faults.push(format!("there is no edge {}", next.edge)),
            }
            if next.target.number().is_some_and(|number| number == 0 || number > self.steps.len()) {
                faults.push(format!("edge {} leads to no step", next.edge));
            }
        }
        for (index, edge) in chart.edges.iter().enumerate() {
            let wanted = usize::from(is_read(edge));
            if told[index] != wanted {
                faults.push(format!("edge {index} is told {} times", told[index]));
            }
        }
        let nodes: BTreeSet<usize> = self.steps.iter().map(|step| step.node).collect();
        if nodes.len() != chart.nodes.len() || self.steps.len() != chart.nodes.len() {
            faults.push(format!("{} nodes are told in {} steps", chart.nodes.len(), self.steps.len()));
        }
        let is_counted = |(index, step): (usize, &Step)| step.number == index + 1;
        if !self.steps.iter().enumerate().all(is_counted) {
            faults.push("the steps are not counted from 1".to_string());
        }
        faults
    }
}

struct Writer<'c> {
    chart: &'c Flowchart,
    numbers: &'c [usize],
    firsts: &'c [Option<usize>],
}

impl Writer<'_> {
    fn next(&self, index: usize) -> Next {
        let edge = &self.chart.edges[index];
        let (from, to) = ends(edge);
        let target = match to {
            End::Node(node) => Target::Step(self.numbers[node]),
            End::Group(group) => {
                Target::Group { group, first: self.firsts[group].map(|node| self.numbers[node]) }
            }
        };
        let own = match from {
            End::Node(node) => Some(self.numbers[node]),
            End::Group(group) => self.firsts[group].map(|node| self.numbers[node]),
        };
        let words = edge.label.plain();
        let lane = |end: End| match end {
            End::Node(node) => self.chart.lane_of(node),
            End::Group(group) => Some(self.chart.outermost(group)),
        };
        Next {
            edge: index,
            target,
            is_back: own.zip(target.number()).is_some_and(|(own, target)| target <= own),
            hand_over: lane(to).filter(|lane_to| lane(from).is_some_and(|lane_from| lane_from != *lane_to)),
            time_limits: time_limits(&words),
            words,
            way: way_of(edge),
        }
    }
}

fn way_of(edge: &Edge) -> Way {
    match (edge.tail, edge.head) {
        (Head::None, Head::None) => Way::Linked,
        (Head::None, _) | (_, Head::None) => Way::Onward,
        _ => Way::BothWays,
    }
}

fn kind_of(node: &Node, is_decision: bool, has_before: bool, has_next: bool) -> Kind {
    match (has_before, has_next) {
        _ if matches!(node.shape, Shape::Comment | Shape::Text) => Kind::Remark,
        _ if is_decision => Kind::Decision,
        (true, true) => Kind::Step,
        (true, false) => Kind::End,
        (false, true) => Kind::Start,
        (false, false) => Kind::Unlinked,
    }
}

/// The groups around a node, the outermost first.
fn groups_around(chart: &Flowchart, node: usize) -> Vec<usize> {
    let mut groups: Vec<usize> =
        std::iter::successors(chart.nodes[node].group, |group| chart.groups[*group].parent).collect();
    groups.reverse();
    groups
}

fn is_inside(chart: &Flowchart, node: usize, group: usize) -> bool {
    std::iter::successors(chart.nodes[node].group, |around| chart.groups[*around].parent)
        .any(|around| around == group)
}

#[cfg(test)]
mod tests;

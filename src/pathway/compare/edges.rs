//! Links: added, removed, with other words or another time limit. Links of a decision are told as its outcomes.

use std::collections::{BTreeMap, BTreeSet};

use super::nodes::{changed_limits, folded};
use super::{Comparison, Kind, Mark, Versions, name_of};
use crate::pathway::Flowchart;
use crate::pathway::model::{Edge, End, Head, Line};
use crate::pathway::steps::{time_limits, without_time_limits};

/// The ends of a link and its words.
type Key = (End, End, String);

impl Comparison {
    pub(super) fn compare_edges(&mut self, versions: &Versions<'_>) {
        let partners = self.pair_equal(versions);
        self.pair_by_ends(versions, &partners);
        self.pair_by_outcome(versions);
        self.tell_of_rest(versions);
    }

    /// Links with equal ends and words are the same, whatever their order.
    fn pair_equal(&mut self, versions: &Versions<'_>) -> Vec<Option<(End, End)>> {
        let mut waiting: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (index, edge) in versions.after.edges.iter().enumerate().rev() {
            if edge.line == Line::Invisible {
                self.edges_after[index] = Mark::Same;
                continue;
            }
            waiting.entry((edge.from, edge.to, folded(&edge.label.plain()))).or_default().push(index);
        }
        let mut ends = Vec::with_capacity(versions.before.edges.len());
        for (index, edge) in versions.before.edges.iter().enumerate() {
            let now = |end| versions.now(&self.partner_of, end);
            let both = now(edge.from).zip(now(edge.to));
            ends.push(both);
            if edge.line == Line::Invisible {
                self.edges_before[index] = Mark::Same;
                continue;
            }
            let found = both.and_then(|(from, to)| {
                waiting.get_mut(&(from, to, folded(&edge.label.plain()))).and_then(Vec::pop)
            });
            if let Some(after) = found {
                self.edges_before[index] = Mark::Same;
                self.edges_after[after] = Mark::Same;
            }
        }
        ends
    }

    /// Links with equal ends and other words have changed.
    fn pair_by_ends(&mut self, versions: &Versions<'_>, ends: &[Option<(End, End)>]) {
        let mut waiting: BTreeMap<(End, End), Vec<usize>> = BTreeMap::new();
        for (index, edge) in versions.after.edges.iter().enumerate().rev() {
            if self.edges_after[index] == Mark::Added {
                waiting.entry((edge.from, edge.to)).or_default().push(index);
            }
        }
        for (before, both) in ends.iter().enumerate() {
            if self.edges_before[before] != Mark::Removed {
                continue;
            }
            let Some(after) = both.and_then(|both| waiting.get_mut(&both).and_then(Vec::pop)) else {
                continue;
            };
            self.edges_before[before] = Mark::Changed;
            self.edges_after[after] = Mark::Changed;
            self.tell_of_words(versions, before, after);
        }
    }

    fn tell_of_words(&mut self, versions: &Versions<'_>, before: usize, after: usize) {
        let (old, new) = (&versions.before.edges[before], &versions.after.edges[after]);
        let (old_words, new_words) = (old.label.plain(), new.label.plain());
        let from = name_of(versions.after, new.from);
        let to = name_of(versions.after, new.to);
        let (node_before, node_after) = (node(old.from), node(new.from));
        let is_decision = node_after.is_some_and(|node| versions.after.nodes[node].shape.is_decision());
        if is_decision && let (Some(before), Some(after)) = (node_before, node_after) {
            self.mark_changed(before, after);
        }
        if let Some(change) = changed_limits(&time_limits(&old_words), &time_limits(&new_words)) {
            let sentence = format!("Time limit from {from} to {to}: {change}");
            self.tell(Kind::TimeLimit, sentence, node_before, node_after);
        }
        if folded(&without_time_limits(&old_words)) == folded(&without_time_limits(&new_words)) {
            return;
        }
        let change = match (old_words.is_empty(), new_words.is_empty()) {
            (true, _) => format!("“{new_words}” is new"),
            (_, true) => format!("“{old_words}” is no longer said"),
            _ => format!("“{old_words}” is now “{new_words}”"),
        };
        let (kind, sentence) = if is_decision {
            (Kind::Decision, format!("Decision: at {from}, on the way to {to}, {change}"))
        } else {
            (Kind::Words, format!("Reworded: from {from} to {to}, {change}"))
        };
        self.tell(kind, sentence, node_before, node_after);
    }

    /// An outcome of a decision that both have, with the same words, but which leads to another step.
    fn pair_by_outcome(&mut self, versions: &Versions<'_>) {
        let mut waiting: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (index, edge) in versions.after.edges.iter().enumerate().rev() {
            if let Some(node) =
                decision(versions.after, edge).filter(|_| self.edges_after[index] == Mark::Added)
            {
                waiting.entry((node, folded(&edge.label.plain()))).or_default().push(index);
            }
        }
        for (before, edge) in versions.before.edges.iter().enumerate() {
            let Some(decided) =
                decision(versions.before, edge).filter(|_| self.edges_before[before] == Mark::Removed)
            else {
                continue;
            };
            let words = edge.label.plain();
            let found = self.partner_of[decided].and_then(|now| {
                waiting.get_mut(&(now, folded(&words))).and_then(Vec::pop).map(|after| (now, after))
            });
            let Some((now, after)) = found else { continue };
            self.edges_before[before] = Mark::Changed;
            self.edges_after[after] = Mark::Changed;
            self.mark_changed(decided, now);
            let (to, was_to) =
                (name_of(versions.after, versions.after.edges[after].to), name_of(versions.before, edge.to));
            let outcome = outcome(&name_of(versions.after, End::Node(now)), &words);
            let sentence = format!("Decision: {outcome} now leads to {to}, no longer to {was_to}");
            self.tell(Kind::Decision, sentence, Some(decided), Some(now));
        }
    }

    /// Links to steps that are new or gone go without saying, as do those that a step was put into or taken out of.
    fn tell_of_rest(&mut self, versions: &Versions<'_>) {
        let rest = |marks: &[Mark], wanted: Mark| -> Vec<usize> {
            (0..marks.len()).filter(|index| marks[*index] == wanted).collect()
        };
        let detours_after = detours(versions.after, |node| self.after[node] == Mark::Added);
        let detours_before = detours(versions.before, |node| self.before[node] == Mark::Removed);
        for index in rest(&self.edges_before, Mark::Removed) {
            let edge = &versions.before.edges[index];
            let now = |end| versions.now(&self.partner_of, end);
            let both = now(edge.from).zip(now(edge.to));
            if let Some(decided) = decision(versions.before, edge)
                && let Some(after) = self.partner_of[decided]
            {
                self.mark_changed(decided, after);
                let outcome = outcome(&name_of(versions.after, End::Node(after)), &edge.label.plain());
                let to = name_of(versions.before, edge.to);
                let sentence = format!("Decision: {outcome} no longer leads to {to}");
                self.tell(Kind::Decision, sentence, Some(decided), Some(after));
                continue;
            }
            let Some(both) = both.filter(|both| !detours_after.contains(both)) else { continue };
            let leads = if has_head(edge) { "no longer leads to" } else { "is no longer linked with" };
            let (from, to) = (name_of(versions.before, edge.from), name_of(versions.before, edge.to));
            let sentence = format!("Link removed: {from} {leads} {to}{}", with_words(edge));
            self.tell(Kind::LinkRemoved, sentence, node(edge.from), node(both.0));
        }
        let mut before_of = vec![None; versions.after.nodes.len()];
        for (before, after) in self.partner_of.iter().enumerate() {
            if let Some(after) = after {
                before_of[*after] = Some(before);
            }
        }
        let short_cuts: BTreeSet<(End, End)> = detours_before
            .iter()
            .filter_map(|(from, to)| {
                let now = |end| versions.now(&self.partner_of, end);
                now(*from).zip(now(*to))
            })
            .collect();
        for index in rest(&self.edges_after, Mark::Added) {
            let edge = &versions.after.edges[index];
            let is_known = |end| match end {
                End::Node(node) => before_of[node].is_some(),
                End::Group(group) => versions.groups.contains(&Some(group)),
            };
            if let Some(decided) = decision(versions.after, edge)
                && let Some(before) = before_of[decided]
            {
                self.mark_changed(before, decided);
                let outcome = outcome(&name_of(versions.after, End::Node(decided)), &edge.label.plain());
                let to = name_of(versions.after, edge.to);
                let sentence = format!("Decision: {outcome} now leads to {to}");
                self.tell(Kind::Decision, sentence, Some(before), Some(decided));
                continue;
            }
            if !is_known(edge.from) || !is_known(edge.to) || short_cuts.contains(&(edge.from, edge.to)) {
                continue;
            }
            let leads = if has_head(edge) { "now leads to" } else { "is now linked with" };
            let (from, to) = (name_of(versions.after, edge.from), name_of(versions.after, edge.to));
            let sentence = format!("New link: {from} {leads} {to}{}", with_words(edge));
            self.tell(
                Kind::LinkAdded,
                sentence,
                node(edge.from).and_then(|node| before_of[node]),
                node(edge.from),
            );
        }
    }
}

/// The pairs that are joined by way of steps that the test accepts. Of very many, the first ones.
fn detours(chart: &Flowchart, accepts: impl Fn(usize) -> bool) -> BTreeSet<(End, End)> {
    const MOST_VISITS: usize = 100_000;
    let passes = |end: End| matches!(end, End::Node(node) if accepts(node));
    let mut out_of: BTreeMap<End, Vec<End>> = BTreeMap::new();
    for edge in &chart.edges {
        out_of.entry(edge.from).or_default().push(edge.to);
    }
    let mut pairs = BTreeSet::new();
    let mut visits = 0;
    for (from, first) in out_of.iter().filter(|(from, _)| !passes(**from)) {
        let mut waiting: Vec<End> = first.iter().copied().filter(|end| passes(*end)).collect();
        let mut seen: BTreeSet<End> = waiting.iter().copied().collect();
        while let Some(through) = waiting.pop() {
            for to in out_of.get(&through).into_iter().flatten() {
                visits += 1;
                if visits > MOST_VISITS {
                    return pairs;
                }
                if !passes(*to) {
                    pairs.insert((*from, *to));
                } else if seen.insert(*to) {
                    waiting.push(*to);
                }
            }
        }
    }
    pairs
}

/// The decision that an edge leaves, if it leaves one.
fn decision(chart: &Flowchart, edge: &Edge) -> Option<usize> {
    node(edge.from).filter(|node| chart.nodes[*node].shape.is_decision())
}

fn node(end: End) -> Option<usize> {
    match end {
        End::Node(node) => Some(node),
        End::Group(_) => None,
    }
}

/// An outcome as a sentence begins with it: "at “Urgent?”, “Yes”".
fn outcome(decision: &str, words: &str) -> String {
    if words.is_empty() { decision.to_string() } else { format!("at {decision}, “{words}”") }
}

fn has_head(edge: &Edge) -> bool {
    (edge.tail, edge.head) != (Head::None, Head::None)
}

fn with_words(edge: &Edge) -> String {
    let words = edge.label.plain();
    if words.is_empty() { words } else { format!(" (“{words}”)") }
}

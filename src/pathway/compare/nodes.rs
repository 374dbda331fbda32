//! Steps: added, removed, moved, worded otherwise, with other time limits.

use super::likeness::are_related;
use super::{Comparison, Kind, Mark, Versions, name_of};
use crate::pathway::Flowchart;
use crate::pathway::model::End;
use crate::pathway::steps::{TimeLimit, time_limits, without_time_limits};

impl Comparison {
    /// Groups with another title. That a group is new or gone shows in its steps.
    pub(super) fn compare_groups(&mut self, versions: &Versions<'_>) {
        for (before, after) in versions.groups.iter().enumerate() {
            let Some(after) = *after else { continue };
            let old = versions.before.groups[before].label.plain();
            let new = versions.after.groups[after].label.plain();
            if folded(&old) != folded(&new) && !old.is_empty() && !new.is_empty() {
                let (was, is) = (
                    name_of(versions.before, End::Group(before)),
                    name_of(versions.after, End::Group(after)),
                );
                self.tell(Kind::Words, format!("Renamed: {was} is now {is}"), None, None);
            }
        }
    }

    pub(super) fn compare_nodes(&mut self, versions: &Versions<'_>) {
        for before in 0..versions.before.nodes.len() {
            if let Some(after) = self.partner_of[before] {
                self.compare_node(versions, before, after);
                continue;
            }
            let sentence = format!("Removed: {}", placed(versions.before, before));
            self.tell(Kind::Removed, sentence, Some(before), None);
        }
        for after in 0..versions.after.nodes.len() {
            if self.after[after] == Mark::Added {
                let sentence = format!("Added: {}", placed(versions.after, after));
                self.tell(Kind::Added, sentence, None, Some(after));
            }
        }
    }

    fn compare_node(&mut self, versions: &Versions<'_>, before: usize, after: usize) {
        self.before[before] = Mark::Same;
        self.after[after] = Mark::Same;
        let (lane_before, lane_after) = (versions.before.lane_of(before), versions.after.lane_of(after));
        if lane_before.map(|lane| versions.groups[lane]) != lane_after.map(Some) {
            self.before[before] = Mark::Moved;
            self.after[after] = Mark::Moved;
            let name = name_of(versions.after, End::Node(after));
            let title = |chart: &Flowchart, lane: usize| chart.groups[lane].label.plain();
            let sentence = match (lane_before, lane_after) {
                (Some(from), Some(to)) => {
                    let (from, to) = (title(versions.before, from), title(versions.after, to));
                    format!("Moved: {name}, from {from} to {to}")
                }
                (None, Some(to)) => format!("Moved: {name}, now at {}", title(versions.after, to)),
                (Some(from), None) => format!("Moved: {name}, no longer at {}", title(versions.before, from)),
                (None, None) => format!("Moved: {name}"),
            };
            self.tell(Kind::Moved, sentence, Some(before), Some(after));
        }
        let old = versions.before.nodes[before].label.plain();
        let new = versions.after.nodes[after].label.plain();
        if folded(&without_time_limits(&old)) != folded(&without_time_limits(&new)) {
            self.mark_changed(before, after);
            let (was, is) =
                (name_of(versions.before, End::Node(before)), name_of(versions.after, End::Node(after)));
            let sentence = if are_related(&old, &new) {
                format!("Reworded: {was} is now {is}")
            } else {
                format!("Replaced: {was} by {is}")
            };
            self.tell(Kind::Words, sentence, Some(before), Some(after));
        }
        if let Some(change) = changed_limits(&time_limits(&old), &time_limits(&new)) {
            self.mark_changed(before, after);
            let sentence = format!("Time limit at {}: {change}", name_of(versions.after, End::Node(after)));
            self.tell(Kind::TimeLimit, sentence, Some(before), Some(after));
        }
        let was_decision = versions.before.nodes[before].shape.is_decision();
        let is_decision = versions.after.nodes[after].shape.is_decision();
        if was_decision != is_decision {
            self.mark_changed(before, after);
            let change = if is_decision { "is now a decision" } else { "is no longer a decision" };
            let sentence = format!("Decision: {} {change}", name_of(versions.after, End::Node(after)));
            self.tell(Kind::Decision, sentence, Some(before), Some(after));
        }
    }
}

/// The words as they are compared: case and spacing say nothing.
pub(super) fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How time limits changed: "“within 6 hours” is now “within 24 hours”"; none where they say the same.
pub(super) fn changed_limits(old: &[TimeLimit], new: &[TimeLimit]) -> Option<String> {
    let same = |a: &TimeLimit, b: &TimeLimit| (a.bound, a.minutes, a.from) == (b.bound, b.minutes, b.from);
    let gone: Vec<&str> = missing(old, new, same);
    let come: Vec<&str> = missing(new, old, same);
    let list = |texts: &[&str]| {
        let quoted: Vec<String> = texts.iter().map(|text| format!("“{text}”")).collect();
        crate::text::list_words(&quoted, "and")
    };
    let is_one = |texts: &[&str]| if texts.len() == 1 { "is" } else { "are" };
    match (gone.is_empty(), come.is_empty()) {
        (true, true) => None,
        (false, false) => Some(format!("{} {} now {}", list(&gone), is_one(&gone), list(&come))),
        (true, false) => Some(format!("{} {} new", list(&come), is_one(&come))),
        (false, true) => {
            Some(format!("{} no longer {}", list(&gone), if gone.len() == 1 { "applies" } else { "apply" }))
        }
    }
}

/// The limits that another list does not hold.
fn missing<'l>(
    limits: &'l [TimeLimit],
    other: &[TimeLimit],
    same: impl Fn(&TimeLimit, &TimeLimit) -> bool,
) -> Vec<&'l str> {
    let is_missing = |limit: &&TimeLimit| !other.iter().any(|known| same(limit, known));
    limits.iter().filter(is_missing).map(|limit| limit.text.as_str()).collect()
}

/// A step with its lane.
fn placed(chart: &Flowchart, node: usize) -> String {
    let name = name_of(chart, End::Node(node));
    match chart.lane_of(node) {
        Some(lane) => format!("{name}, at {}", chart.groups[lane].label.plain()),
        None => name,
    }
}

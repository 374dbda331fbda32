//! Two versions of a pathway step beside step, in the order of reading: for a table that says what the two drawings
//! show.

use super::compare::{Comparison, Mark};
use super::steps::{Step, Steps};

/// A step in the one version, in the other, or in both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair<'s> {
    /// In the first.
    pub before: Option<&'s Step>,
    /// In the second.
    pub after: Option<&'s Step>,
    /// What became of it.
    pub mark: Mark,
}

/// The steps of the second version in their order; those only in the first stand where they stood there, after the
/// step that came before them.
pub fn aligned<'s>(before: &'s Steps, after: &'s Steps, comparison: &Comparison) -> Vec<Pair<'s>> {
    let partner = |step: &Step| {
        let node = (*comparison.partner_of.get(step.node)?)?;
        after.steps.iter().position(|other| other.node == node)
    };
    // For each place in the second version (from 0: before its first step) what stood there in the first.
    let mut gone: Vec<Vec<&Step>> = vec![Vec::new(); after.steps.len() + 1];
    let mut was: Vec<Option<&Step>> = vec![None; after.steps.len()];
    let mut place = 0;
    for step in &before.steps {
        match partner(step) {
            Some(index) => {
                was[index] = Some(step);
                place = index + 1;
            }
            None => gone[place].push(step),
        }
    }
    let mut pairs = Vec::with_capacity(before.steps.len() + after.steps.len());
    let removed = |step| Pair { before: Some(step), after: None, mark: Mark::Removed };
    pairs.extend(gone[0].iter().copied().map(removed));
    for (index, step) in after.steps.iter().enumerate() {
        let mark = comparison.after.get(step.node).copied().unwrap_or_default();
        pairs.push(Pair { before: was[index], after: Some(step), mark });
        pairs.extend(gone[index + 1].iter().copied().map(removed));
    }
    pairs
}

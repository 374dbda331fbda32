//! A section as a page shows it: differences one by one, and between them how many clauses are as they were.

use super::{Entry, Section};
use crate::text::counted;

/// What a page shows of a section at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch<'s> {
    /// Clauses that are as they were, in words: `3 clauses unchanged, 2.3 to 2.5, which were 2.2 to 2.4`.
    Same(String),
    /// A clause that differs.
    Differs(&'s Entry),
}

impl Section {
    /// Whether nothing in it differs.
    pub fn is_same(&self) -> bool {
        self.entries.iter().all(Entry::is_same)
    }

    /// Everything in it but an unchanged heading.
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        let is_heading = |entry: &Entry| entry.after.as_ref().is_some_and(super::Clause::begins_section);
        let rest =
            usize::from(self.entries.first().is_some_and(|first| is_heading(first) && first.is_same()));
        let mut stretches = Vec::new();
        for same in self.entries[rest..].chunk_by(|one, other| one.is_same() && other.is_same()) {
            match same {
                [entry] if !entry.is_same() => stretches.push(Stretch::Differs(entry)),
                _ => stretches.push(Stretch::Same(unchanged(same))),
            }
        }
        stretches
    }
}

fn unchanged(entries: &[Entry]) -> String {
    let count = counted(entries.len(), "clause unchanged", "clauses unchanged");
    let numbers = |number: fn(&Entry) -> Option<&str>| {
        let mut numbers = entries.iter().filter_map(number);
        let first = numbers.next()?;
        Some(match numbers.next_back() {
            Some(last) => format!("{first} to {last}"),
            None => first.to_string(),
        })
    };
    let now = numbers(|entry| entry.after.as_ref()?.number.as_deref());
    let was = numbers(|entry| entry.before.as_ref()?.number.as_deref());
    match (now, was) {
        (Some(now), Some(was)) if now != was && now.contains(" to ") => {
            format!("{count}: {now}, which were {was}")
        }
        (Some(now), Some(was)) if now != was => format!("{count}: {now}, which was {was}"),
        (Some(now), _) => format!("{count}: {now}"),
        (None, _) => count,
    }
}

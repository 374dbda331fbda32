//! Two versions of a form and what differs between them, clause by clause: in a sentence each, and as marked text. In
//! come two [`Form`]s, out come [`Differences`]. Whichever is the earlier, the same clauses are paired.

mod clauses;
mod likeness;
mod pairing;
mod questions;
mod stretches;
#[cfg(test)]
mod tests;
mod told;
mod words;

use super::Form;
use crate::text::{counted, upper_first};
use clauses::Document;
pub use clauses::{Clause, Kind};
use pairing::Pairing;
pub use stretches::Stretch;
pub use words::{Edit, Run};

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It is in both, unchanged, though its number may be another.
    Same,
    /// Only in the later version.
    Added,
    /// Only in the earlier version.
    Removed,
    /// Its words, what it depends on, or where its links lead.
    Changed,
    /// It stands in another section, or in another order in its own.
    Moved,
    /// Both.
    MovedAndChanged,
}

/// A clause of either version, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What became of it.
    pub mark: Mark,
    /// As it was.
    pub before: Option<Clause>,
    /// As it is.
    pub after: Option<Clause>,
    /// The difference in a sentence without a full stop. None where it is the same, and where the sentence of another
    /// entry tells of it: that of its section, its table, or of the clauses with which it moved.
    pub sentence: Option<String>,
    /// Its text: what stayed, what went and what came.
    pub runs: Vec<Run>,
}

/// A section of either version, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title as it is, or was before it went; empty before the first heading.
    pub title: String,
    /// Its number in the later version, or in the earlier before it went.
    pub number: Option<String>,
    /// What became of it, its heading first, in the order of the later version; what went stands where it stood.
    pub entries: Vec<Entry>,
}

/// How many clauses there are of each kind of difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// As they were.
    pub same: usize,
    /// New.
    pub added: usize,
    /// Gone.
    pub removed: usize,
    /// Changed in their place.
    pub changed: usize,
    /// Moved, whether changed or not.
    pub moved: usize,
}

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// How many clauses differ, and how.
    pub counts: Counts,
    /// What differs in the title, the version and what is numbered, in sentences.
    pub general: Vec<String>,
    /// What differs in the questions, in sentences.
    pub questions: Vec<String>,
    /// Every clause of each version, once.
    pub sections: Vec<Section>,
}

/// What differs between two versions of a form.
pub fn differences(before: &Form, after: &Form) -> Differences {
    let (old, new) = (Document::read(before), Document::read(after));
    let pairing = Pairing::new(&old, &new);
    let mut sections = Sides { old: &old, new: &new, pairing: &pairing }.sections();
    let mut counts = Counts::default();
    for entry in sections.iter().flat_map(|section| &section.told.entries) {
        let count = match entry.mark {
            Mark::Same => &mut counts.same,
            Mark::Added => &mut counts.added,
            Mark::Removed => &mut counts.removed,
            Mark::Changed => &mut counts.changed,
            Mark::Moved | Mark::MovedAndChanged => &mut counts.moved,
        };
        *count += 1;
    }
    let earlier = if before.version == after.version { "" } else { before.version.as_str() };
    told::tell(&mut sections, &old, earlier);
    Differences {
        counts,
        general: questions::general(before, after),
        questions: questions::questions(before, after),
        sections: sections.into_iter().map(|section| section.told).collect(),
    }
}

impl Differences {
    /// Whether there is none.
    pub fn is_same(&self) -> bool {
        self.general.is_empty() && self.questions.is_empty() && !self.has_clauses()
    }

    fn has_clauses(&self) -> bool {
        let Counts { same: _, added, removed, changed, moved } = self.counts;
        added + removed + changed + moved > 0
    }

    /// All in one line, without a full stop: `4 clauses changed, 1 added, 1 moved; 12 as before`.
    pub fn summary(&self) -> String {
        let Counts { same, added, removed, changed, moved } = self.counts;
        let told = [(changed, "changed"), (added, "added"), (removed, "taken out"), (moved, "moved")];
        let mut parts: Vec<String> = Vec::new();
        for (count, what) in told.into_iter().filter(|(count, _)| *count > 0) {
            let count =
                if parts.is_empty() { counted(count, "clause", "clauses") } else { counted_alone(count) };
            parts.push(format!("{count} {what}"));
        }
        let mut summary = match (parts.is_empty(), same) {
            (true, _) => "No clause changed".to_string(),
            (false, 0) => parts.join(", "),
            (false, _) => format!("{}; {} as before", parts.join(", "), counted_alone(same)),
        };
        if !self.questions.is_empty() {
            summary.push_str("; ");
            let many = "differences in the questions";
            summary.push_str(&counted(self.questions.len(), "difference in the questions", many));
        }
        summary
    }

    /// Every difference in a sentence without a full stop, in the order of the page.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let of_text = self.sections.iter().flat_map(|section| &section.entries);
        let of_text = of_text.filter_map(|entry| entry.sentence.as_deref());
        self.general
            .iter()
            .map(String::as_str)
            .chain(of_text)
            .chain(self.questions.iter().map(String::as_str))
    }
}

fn counted_alone(count: usize) -> String {
    crate::text::thousands(count)
}

impl Entry {
    /// Whether a reader sees no difference in it.
    pub fn is_same(&self) -> bool {
        self.mark == Mark::Same
    }

    /// Its number as it is, or as it was before it went.
    pub fn number(&self) -> Option<&str> {
        self.after.as_ref().or(self.before.as_ref())?.number.as_deref()
    }

    /// What it is called, as a sentence begins with it: `Clause 2.3`, `A point under 2.3`.
    pub fn name(&self) -> String {
        self.after.as_ref().or(self.before.as_ref()).map(told::name).unwrap_or_default()
    }

    /// What differs beside its words, each in a sentence without a full stop.
    pub fn beside_words(&self) -> Vec<String> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return Vec::new() };
        told::beside_words(before, after).iter().map(|told| upper_first(told)).collect()
    }

    /// The number that it had, where that was another.
    pub fn number_before(&self) -> Option<&str> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        before.number.as_deref().filter(|number| after.number.as_deref() != Some(number))
    }
}

/// Both versions, paired.
struct Sides<'d> {
    old: &'d Document,
    new: &'d Document,
    pairing: &'d Pairing,
}

/// A section with what its telling needs beside it.
struct Grouped {
    told: Section,
    /// For each entry, the place of its clause in the earlier version.
    places: Vec<Option<usize>>,
}

impl Sides<'_> {
    /// The sections of the later version; those that went stand after the one that they followed.
    fn sections(&self) -> Vec<Grouped> {
        let (old, new) = (self.old, self.new);
        let mut before_of: Vec<Option<usize>> = vec![None; new.clauses.len()];
        for (clause, partner) in self.pairing.partner_of.iter().enumerate() {
            if let Some(partner) = partner {
                before_of[*partner] = Some(clause);
            }
        }
        let mut section_before: Vec<Option<usize>> = vec![None; new.sections.len()];
        let mut gone_after: Vec<Vec<usize>> = vec![Vec::new(); new.sections.len()];
        let mut place = 0;
        for (section, partner) in self.pairing.sections.iter().enumerate() {
            match partner {
                Some(partner) => {
                    section_before[*partner] = Some(section);
                    place = *partner;
                }
                None => gone_after[place].push(section),
            }
        }
        let mut sections = Vec::new();
        for (section, range) in new.sections.iter().enumerate() {
            let earlier = section_before[section].map_or(0..0, |section| old.sections[section].clone());
            let mut entries = self.aligned(range.clone(), earlier, &before_of);
            sections.extend(self.grouped(&mut entries));
            for gone in &gone_after[section] {
                let mut entries = self.aligned(0..0, old.sections[*gone].clone(), &before_of);
                sections.extend(self.grouped(&mut entries));
            }
        }
        sections
    }

    /// The clauses of a section in their order; those that went stand after the one that they followed.
    fn aligned(
        &self,
        new: std::ops::Range<usize>,
        old: std::ops::Range<usize>,
        before_of: &[Option<usize>],
    ) -> Vec<(Option<usize>, Option<usize>)> {
        let mut gone: Vec<Vec<usize>> = vec![Vec::new(); new.len() + 1];
        let mut place = 0;
        for clause in old {
            match self.pairing.partner_of[clause] {
                None => gone[place].push(clause),
                Some(partner) if new.contains(&partner) && !self.pairing.is_moved[clause] => {
                    place = partner - new.start + 1;
                }
                Some(_) => {}
            }
        }
        let mut gone = gone.into_iter();
        let mut went = || gone.next().unwrap_or_default().into_iter().map(|clause| (Some(clause), None));
        let mut entries: Vec<_> = went().collect();
        for clause in new {
            entries.push((before_of[clause], Some(clause)));
            entries.extend(went());
        }
        entries
    }

    /// None for the text before the first heading, where there is none.
    fn grouped(&self, entries: &mut Vec<(Option<usize>, Option<usize>)>) -> Option<Grouped> {
        let places = entries.iter().map(|(before, _)| *before).collect();
        let entries: Vec<Entry> =
            entries.drain(..).map(|(before, after)| self.entry(before, after)).collect();
        let first = entries.first()?;
        let heading = first.after.as_ref().or(first.before.as_ref()).filter(|clause| clause.begins_section());
        Some(Grouped {
            told: Section {
                title: heading.map(Clause::text).unwrap_or_default(),
                number: heading.and_then(|heading| heading.number.clone()),
                entries,
            },
            places,
        })
    }

    fn entry(&self, before: Option<usize>, after: Option<usize>) -> Entry {
        let is_moved = before.is_some_and(|clause| self.pairing.is_moved[clause]);
        let before = before.map(|clause| self.old.clauses[clause].clone());
        let after = after.map(|clause| self.new.clauses[clause].clone());
        let pieces =
            |clause: &Option<Clause>| clause.as_ref().map(|it| it.pieces.clone()).unwrap_or_default();
        let runs = words::runs(&pieces(&before), &pieces(&after));
        let mark = match (&before, &after) {
            (Some(before), Some(after)) => match (is_moved, told::is_changed(before, after)) {
                (false, false) => Mark::Same,
                (false, true) => Mark::Changed,
                (true, false) => Mark::Moved,
                (true, true) => Mark::MovedAndChanged,
            },
            (None, _) => Mark::Added,
            (_, None) => Mark::Removed,
        };
        Entry { mark, before, after, sentence: None, runs }
    }
}

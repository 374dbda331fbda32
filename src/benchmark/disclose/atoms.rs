//! Where a hidden figure could lie. A hidden figure of a year may all lie on one day of it, and a hidden total may all
//! lie with one member: if every row that contains that day of that member is hidden, no figure that is shown
//! depends on the hidden one, also not by way of others (months of all organisations against years of each).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::conceal::Periods;
use super::cover::{All, BUDGET};
use super::stretches::Stretches;
use crate::benchmark::when::When;

/// So many members and so many days are tried for the place that costs the fewest other figures.
const TRIED: usize = 12;

impl All<'_> {
    /// The hidden stretches of each subject, and for those of which other rows have parts a day of one member in which
    /// the figure could lie. None where there is too much to compare.
    pub(super) fn with_atoms(&self, hidden: &Periods) -> Option<Periods> {
        let mut all = hidden.clone();
        let shorter = Stretches::new(self.rows.iter().flatten().map(|place| (self.row(*place).when, 0.0)));
        let mut steps = 0;
        for (subject, stretches) in hidden.iter().enumerate() {
            for (when, weight) in stretches {
                if self.members_of(subject).is_empty() && !shorter.any_shorter_within(when) {
                    continue;
                }
                let (member, day) = self.cheapest_atom(subject, when, hidden, &mut steps);
                if steps > BUDGET {
                    return None;
                }
                all[member].push((When::new(day, day), *weight));
            }
        }
        Some(all)
    }

    /// A day of a member: the one that the fewest rows contain, and hidden ones that are no part of this stretch least
    /// of all, because their range would bind this one.
    fn cheapest_atom(
        &self,
        subject: usize,
        when: &When,
        hidden: &Periods,
        steps: &mut usize,
    ) -> (usize, Date) {
        let members: Vec<usize> = self
            .members_of(subject)
            .iter()
            .copied()
            .filter(|member| self.members_of(*member).is_empty())
            .collect();
        let members = if members.is_empty() { vec![subject] } else { members };
        let mut best: Option<(usize, usize, Date)> = None;
        for member in members.into_iter().take(TRIED) {
            let wholes: Vec<usize> = (0..self.subjects.len())
                .filter(|whole| *whole == member || self.members_of(*whole).contains(&member))
                .collect();
            let rows = || {
                wholes.iter().flat_map(|whole| self.rows[*whole].iter().map(move |place| (*whole, *place)))
            };
            let mut days = BTreeSet::from([when.start, when.end]);
            for (_, place) in rows() {
                let other = self.row(place).when;
                for day in [
                    Some(other.start),
                    Some(other.end),
                    other.end.tomorrow().ok(),
                    other.start.yesterday().ok(),
                ] {
                    days.extend(
                        day.filter(|day| when.start <= *day && *day <= when.end && days.len() < TRIED),
                    );
                }
            }
            for day in days {
                let cost: usize = rows()
                    .map(|(whole, place)| {
                        *steps += 1;
                        let other = self.row(place).when;
                        if day < other.start || other.end < day || (whole == subject && other == *when) {
                            return 0;
                        }
                        let contains = other.contains(when)
                            && (whole == subject || self.members_of(whole).contains(&subject));
                        let is_hidden = hidden[whole].iter().any(|(hidden, _)| *hidden == other);
                        let is_within = when.contains(&other)
                            && (whole == subject || self.members_of(subject).contains(&whole));
                        match (contains, is_hidden) {
                            (true, _) => 0,
                            // What is shown within a small figure is 0, and would be known to be 0 if it were hidden.
                            (false, false) if is_within => 100_000,
                            (false, false) => 1,
                            (false, true) => 1_000,
                        }
                    })
                    .sum();
                if best.is_none_or(|(least, _, _)| cost < least) {
                    best = Some((cost, member, day));
                }
            }
        }
        best.map_or((subject, when.end), |(_, member, day)| (member, day))
    }
}

//! What a search looks at next: the place with the least estimate, and among equals the one found last. Estimates are
//! small whole numbers, so that a list for each of them is faster than a heap (Dial 1969).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Estimates this far above the first are kept in order by a heap: few places are that far.
const MOST_LISTS: usize = 1 << 18;
const NOTHING: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The estimate of the first list.
    base: u32,
    /// For each estimate from the base on the entry that was added last.
    heads: Vec<u32>,
    /// Which lists hold anything, 64 to a number; and the first of those numbers that may not be 0.
    filled: Vec<u64>,
    first: usize,
    entries: Vec<(u32, u32)>,
    /// Estimate, number of the entry, state: for what lies outside of the lists.
    far: BinaryHeap<Reverse<(u32, Reverse<u32>, u32)>>,
}

impl Queue {
    /// Adds a state. The first one settles where the lists begin.
    pub(super) fn push(&mut self, estimate: u32, state: u32) {
        let number = self.entries.len() as u32;
        if number == 0 {
            // The estimates of other starts, and hasty ones, may be less.
            self.base = estimate.saturating_sub(20_000);
        }
        let list =
            estimate.checked_sub(self.base).map(|list| list as usize).filter(|&list| list < MOST_LISTS);
        let Some(list) = list else {
            self.far.push(Reverse((estimate, Reverse(number), state)));
            self.entries.push((state, NOTHING));
            return;
        };
        if self.heads.len() <= list {
            let length = (list + 1).next_multiple_of(4096);
            self.heads.resize(length, NOTHING);
            self.filled.resize(length / 64, 0);
        }
        self.entries.push((state, self.heads[list]));
        self.heads[list] = number;
        self.filled[list / 64] |= 1 << (list % 64);
        self.first = self.first.min(list / 64);
    }

    /// The state with the least estimate.
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        if self.far.peek().is_some_and(|Reverse((estimate, ..))| *estimate < self.base) {
            return self.pop_far();
        }
        while self.filled.get(self.first) == Some(&0) {
            self.first += 1;
        }
        let Some(&filled) = self.filled.get(self.first) else { return self.pop_far() };
        let list = self.first * 64 + filled.trailing_zeros() as usize;
        let (state, next) = self.entries[self.heads[list] as usize];
        self.heads[list] = next;
        if next == NOTHING {
            self.filled[self.first] &= filled - 1;
        }
        Some((self.base + list as u32, state))
    }

    fn pop_far(&mut self) -> Option<(u32, u32)> {
        self.far.pop().map(|Reverse((estimate, _, state))| (estimate, state))
    }

    /// Empties it for the next search.
    pub(super) fn clear(&mut self) {
        for (number, filled) in self.filled.iter_mut().enumerate().skip(self.first) {
            if std::mem::take(filled) != 0 {
                self.heads[number * 64..number * 64 + 64].fill(NOTHING);
            }
        }
        self.first = 0;
        self.entries.clear();
        self.far.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Queue;

    proptest! {
        /// Whatever is added and taken in whatever order: always the least, and among equals the last.
        #[test]
        fn the_least_comes_first(
            runs in prop::collection::vec(prop::collection::vec((0..400_000_u32, 0..3_u8), 0..80), 1..4),
        ) {
            let mut queue = Queue::default();
            for run in runs {
                let mut plain: Vec<(u32, u32)> = Vec::new();
                for (number, (estimate, takes)) in (0..).zip(run) {
                    let estimate = if estimate % 2 == 0 { 30_000 + estimate % 50 } else { estimate };
                    queue.push(estimate, number);
                    plain.push((estimate, number));
                    for _ in 0..takes {
                        let least = plain.iter().copied().min_by_key(|&(estimate, number)| (estimate, u32::MAX - number));
                        plain.retain(|&entry| Some(entry) != least);
                        prop_assert_eq!(queue.pop(), least);
                    }
                }
                queue.clear();
                prop_assert_eq!(queue.pop(), None);
            }
        }
    }
}

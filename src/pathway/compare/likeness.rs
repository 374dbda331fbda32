//! Which nodes of two charts are the same step: by words first, because ids differ from author to author.

use std::collections::{BTreeMap, HashMap};

/// The least likeness at which two labels count as the same step.
const LEAST: f64 = 0.5;
/// The same, where the ids agree too. Ids such as `A` agree by chance, so the words must agree somewhat.
const LEAST_WITH_ID: f64 = 0.3;
/// Of very many steps with nearly the same words, each looks at so many.
const MOST_CANDIDATES: usize = 50;

/// What is compared of a node or a group.
pub(super) struct Named<'c> {
    pub(super) id: &'c str,
    pub(super) words: String,
    /// Where it stands, in terms that both charts share; breaks ties.
    pub(super) place: Option<usize>,
}

/// The partner of each of `before` among `after`. Each has one at most. Deterministic: pairs are taken from the most
/// alike to the least, ties by equal ids, then by equal places, then in the order of writing.
///
/// The likeness of two labels is Dice's coefficient over their words in lower case, figures included:
/// 2 × shared words / (words of one + words of the other), from 0 to 1.
pub(super) fn partners(before: &[Named<'_>], after: &[Named<'_>]) -> Vec<Option<usize>> {
    let mut known: HashMap<String, u32> = HashMap::new();
    let before_words: Vec<Vec<u32>> = before.iter().map(|named| numbered(&named.words, &mut known)).collect();
    let after_words: Vec<Vec<u32>> = after.iter().map(|named| numbered(&named.words, &mut known)).collect();
    let mut pairing = Pairing { partner_of: vec![None; before.len()], is_taken: vec![false; after.len()] };
    pairing.pair_equal(before, after, &before_words, &after_words);
    // Only labels that share a word can be alike.
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, words) in after_words.iter().enumerate().filter(|(index, _)| !pairing.is_taken[*index]) {
        let mut words = words.clone();
        words.dedup();
        for word in words {
            holders.entry(word).or_default().push(index);
        }
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for (index, words) in
        before_words.iter().enumerate().filter(|(index, _)| pairing.partner_of[*index].is_none())
    {
        let mut candidates: Vec<usize> =
            words.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let alike = candidates.into_iter().filter_map(|other| {
            let likeness = dice(words, &after_words[other]);
            let has_same_id = before[index].id == after[other].id;
            let has_same_place = before[index].place.is_some() && before[index].place == after[other].place;
            let is_enough = likeness >= if has_same_id { LEAST_WITH_ID } else { LEAST };
            is_enough.then_some(Pair { likeness, has_same_id, has_same_place, before: index, after: other })
        });
        let mut alike: Vec<Pair> = alike.collect();
        alike.sort_by(Pair::order);
        alike.truncate(MOST_CANDIDATES);
        pairs.append(&mut alike);
    }
    pairs.sort_by(Pair::order);
    for pair in pairs {
        pairing.pair(pair.before, pair.after);
    }
    pairing.partner_of
}

struct Pairing {
    partner_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairing {
    fn pair(&mut self, before: usize, after: usize) {
        if self.partner_of[before].is_none() && !self.is_taken[after] {
            self.partner_of[before] = Some(after);
            self.is_taken[after] = true;
        }
    }

    /// Equal words are the same step: of several, those with the same id, then those in the same place, then in the
    /// order of writing.
    fn pair_equal(
        &mut self,
        before: &[Named<'_>],
        after: &[Named<'_>],
        before_words: &[Vec<u32>],
        after_words: &[Vec<u32>],
    ) {
        self.pair_by(
            before.len(),
            after.len(),
            |index| (&before_words[index], before[index].id),
            |index| (&after_words[index], after[index].id),
        );
        let wordless: &Vec<u32> = &Vec::new();
        // Steps without a word in common are told apart by their ids alone.
        let words = |words: &'_ Vec<u32>, index: usize| {
            if words == wordless { Err(index) } else { Ok(words.clone()) }
        };
        let count = before.len();
        self.pair_by(
            count,
            after.len(),
            |index| (words(&before_words[index], index), before[index].place),
            |index| (words(&after_words[index], count + index), after[index].place),
        );
        self.pair_by(
            count,
            after.len(),
            |index| words(&before_words[index], index),
            |index| words(&after_words[index], count + index),
        );
    }

    /// Pairs what has equal keys, in the order of writing.
    fn pair_by<K: Ord>(
        &mut self,
        before: usize,
        after: usize,
        key: impl Fn(usize) -> K,
        other: impl Fn(usize) -> K,
    ) {
        let mut waiting: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for index in (0..after).rev().filter(|index| !self.is_taken[*index]) {
            waiting.entry(other(index)).or_default().push(index);
        }
        for index in 0..before {
            if self.partner_of[index].is_none()
                && let Some(found) = waiting.get_mut(&key(index)).and_then(Vec::pop)
            {
                self.pair(index, found);
            }
        }
    }
}

struct Pair {
    likeness: f64,
    has_same_id: bool,
    has_same_place: bool,
    before: usize,
    after: usize,
}

impl Pair {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let ties = |pair: &Self| (!pair.has_same_id, !pair.has_same_place, pair.before, pair.after);
        other.likeness.total_cmp(&self.likeness).then_with(|| ties(self).cmp(&ties(other)))
    }
}

/// The words as sorted numbers; of a very long label, the first ones.
fn numbered(words: &str, known: &mut HashMap<String, u32>) -> Vec<u32> {
    const MOST: usize = 60;
    let mut numbers: Vec<u32> = words
        .split(|next: char| !next.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MOST)
        .map(|word| {
            let next = known.len() as u32;
            *known.entry(word.to_lowercase()).or_insert(next)
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

fn dice(a: &[u32], b: &[u32]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    let total = (a.len() + b.len()).max(1) as u32;
    f64::from(2 * shared) / f64::from(total)
}

//! Which nodes of two charts are the same step: first by their words, because ids differ from author to author, then
//! by the steps before and after them, because words differ too.

use std::collections::BTreeMap;

use super::likeness::{Lexicon, Words};

/// The least likeness at which two labels count as the same step.
const LEAST: f64 = 0.5;
/// The same, where the ids agree too. Ids such as `A` agree by chance, so the words must agree somewhat.
const LEAST_WITH_ID: f64 = 0.3;
/// The same, where the ids agree and say what the step is, or the steps before and after agree.
const LEAST_WITH_MORE: f64 = 0.2;
/// What a shared step before or after adds where several labels are nearly as alike.
const SHARED_SIDE: f64 = 0.2;
/// Of very many steps with nearly the same words, or around one step, each looks at so many.
const MOST_CANDIDATES: usize = 50;
/// Each round may pair what the one before made a neighbour of the paired.
const MOST_ROUNDS: usize = 8;

/// What is compared of a node or a group.
#[derive(Default)]
pub(super) struct Named<'c> {
    pub(super) id: &'c str,
    pub(super) words: String,
    /// Where it stands, in terms that both charts share; breaks ties.
    pub(super) place: Option<usize>,
    /// A decision never becomes another kind of step by its neighbours alone.
    pub(super) is_decision: bool,
    /// What leads to it, by index.
    pub(super) before: Vec<usize>,
    /// What it leads to.
    pub(super) after: Vec<usize>,
}

/// The partner of each of `old` among `new`. Each has one at most. Deterministic: equal words first, then pairs from
/// the most alike to the least, ties by equal ids, then by equal places, then in the order of writing; at last, what
/// stands between the same steps.
pub(super) fn partners(old: &[Named<'_>], new: &[Named<'_>]) -> Vec<Option<usize>> {
    let mut lexicon = Lexicon::default();
    let old_words: Vec<Words> = old.iter().map(|named| lexicon.read(&named.words)).collect();
    let new_words: Vec<Words> = new.iter().map(|named| lexicon.read(&named.words)).collect();
    let mut pairing = Pairing {
        old,
        new,
        old_words,
        new_words,
        lexicon,
        partner_of: vec![None; old.len()],
        is_taken: vec![false; new.len()],
    };
    pairing.pair_equal();
    pairing.pair_alike();
    for _ in 0..MOST_ROUNDS {
        if !pairing.pair_between_same() {
            break;
        }
    }
    pairing.partner_of
}

struct Pairing<'p> {
    old: &'p [Named<'p>],
    new: &'p [Named<'p>],
    old_words: Vec<Words>,
    new_words: Vec<Words>,
    lexicon: Lexicon,
    partner_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

/// Two nodes that may be one step.
struct Pair {
    likeness: f64,
    has_same_id: bool,
    has_same_place: bool,
    old: usize,
    new: usize,
}

impl Pair {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let ties = |pair: &Self| (!pair.has_same_id, !pair.has_same_place, pair.old, pair.new);
        other.likeness.total_cmp(&self.likeness).then_with(|| ties(self).cmp(&ties(other)))
    }
}

/// How the steps on one side of two nodes agree.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// Neither has any.
    Empty,
    /// They share none.
    Other,
    /// They share one at least.
    Shared,
    /// They are all the same.
    Same,
}

impl Side {
    fn is_shared(self) -> bool {
        matches!(self, Self::Shared | Self::Same)
    }
}

impl Pairing<'_> {
    fn pair(&mut self, old: usize, new: usize) -> bool {
        let is_free = self.partner_of[old].is_none() && !self.is_taken[new];
        if is_free {
            self.partner_of[old] = Some(new);
            self.is_taken[new] = true;
        }
        is_free
    }

    /// Equal words are the same step: of several, those with the same id, then those in the same place, then in the
    /// order of writing. Steps without words are told apart by their ids alone.
    fn pair_equal(&mut self) {
        let (old, new) = (self.old, self.new);
        let keys =
            |words: &[Words]| -> Vec<Vec<u32>> { words.iter().map(|words| words.all.clone()).collect() };
        let (old_words, new_words) = (keys(&self.old_words), keys(&self.new_words));
        self.pair_by(
            |index| Some((&old_words[index], old[index].id)),
            |index| Some((&new_words[index], new[index].id)),
        );
        let said = |words: &'_ Vec<u32>| !words.is_empty();
        self.pair_by(
            |index| said(&old_words[index]).then_some((&old_words[index], old[index].place)),
            |index| said(&new_words[index]).then_some((&new_words[index], new[index].place)),
        );
        self.pair_by(
            |index| said(&old_words[index]).then_some(&old_words[index]),
            |index| said(&new_words[index]).then_some(&new_words[index]),
        );
    }

    /// Pairs what has equal keys, in the order of writing.
    fn pair_by<K: Ord>(&mut self, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) {
        let mut waiting: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for index in (0..self.new.len()).rev().filter(|index| !self.is_taken[*index]) {
            if let Some(key) = new(index) {
                waiting.entry(key).or_default().push(index);
            }
        }
        for index in 0..self.old.len() {
            if self.partner_of[index].is_none()
                && let Some(key) = old(index)
                && let Some(found) = waiting.get_mut(&key).and_then(Vec::pop)
            {
                self.pair(index, found);
            }
        }
    }

    /// Pairs labels that share enough of what they say.
    fn pair_alike(&mut self) {
        // Only labels that share a word can be alike.
        let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for index in (0..self.new.len()).filter(|index| !self.is_taken[*index]) {
            let mut words = self.new_words[index].gist.clone();
            words.dedup();
            for word in words {
                holders.entry(word).or_default().push(index);
            }
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for old in (0..self.old.len()).filter(|old| self.partner_of[*old].is_none()) {
            let words = self.old_words[old].gist.iter().filter_map(|word| holders.get(word));
            let mut candidates: Vec<usize> = words.flatten().copied().collect();
            candidates.sort_unstable();
            candidates.dedup();
            let mut alike: Vec<Pair> =
                candidates.into_iter().filter_map(|new| self.alike(old, new)).collect();
            alike.sort_by(Pair::order);
            alike.truncate(MOST_CANDIDATES);
            pairs.append(&mut alike);
        }
        pairs.sort_by(Pair::order);
        for pair in pairs {
            self.pair(pair.old, pair.new);
        }
    }

    fn alike(&self, old: usize, new: usize) -> Option<Pair> {
        let mut pair = self.pair_of(old, new);
        let least = match pair.has_same_id {
            true if is_chosen(self.old[old].id) => LEAST_WITH_MORE,
            true => LEAST_WITH_ID,
            false => LEAST,
        };
        if pair.likeness < least {
            return None;
        }
        let (before, after) = self.sides(old, new);
        for _ in [before, after].into_iter().filter(|side| side.is_shared()) {
            pair.likeness += SHARED_SIDE;
        }
        Some(pair)
    }

    fn pair_of(&self, old: usize, new: usize) -> Pair {
        let (a, b) = (&self.old[old], &self.new[new]);
        Pair {
            likeness: self.lexicon.likeness(&self.old_words[old], &self.new_words[new]),
            has_same_id: a.id == b.id,
            has_same_place: a.place == b.place,
            old,
            new,
        }
    }

    /// Pairs what stands between the same steps, where it is the only one that does. Whether anything was paired.
    fn pair_between_same(&mut self) -> bool {
        let mut pairs: Vec<Pair> = Vec::new();
        // How many each could become, of what stands at its place: of several, nobody can say which became which.
        let (mut of_old, mut of_new) = (vec![0; self.old.len()], vec![0; self.new.len()]);
        for old in (0..self.old.len()).filter(|old| self.partner_of[*old].is_none()) {
            for new in self.around(old) {
                let (before, after) = self.sides(old, new);
                if self.old[old].is_decision != self.new[new].is_decision {
                    continue;
                }
                let mut pair = self.pair_of(old, new);
                let fits = |side: Side| side.is_shared() || side == Side::Empty;
                let is_reworded = pair.likeness >= LEAST_WITH_MORE && fits(before) && fits(after);
                let is_named = pair.has_same_id && is_chosen(self.old[old].id);
                if is_reworded || is_named {
                    // Ahead of those that only stand at the same place.
                    pair.likeness += 1.0;
                    pairs.push(pair);
                } else if (before, after) == (Side::Same, Side::Same) && pair.has_same_place {
                    of_old[old] += 1;
                    of_new[new] += 1;
                    pairs.push(pair);
                }
            }
        }
        pairs.retain(|pair| pair.likeness >= 1.0 || (of_old[pair.old], of_new[pair.new]) == (1, 1));
        pairs.sort_by(Pair::order);
        let mut has_paired = false;
        for pair in pairs {
            has_paired |= self.pair(pair.old, pair.new);
        }
        has_paired
    }

    /// What stands, unpaired, beside the partners of a node's neighbours.
    fn around(&self, old: usize) -> Vec<usize> {
        let node = &self.old[old];
        let partners = |nodes: &[usize]| -> Vec<usize> {
            nodes.iter().take(MOST_CANDIDATES).filter_map(|node| self.partner_of[*node]).collect()
        };
        let behind = partners(&node.before)
            .into_iter()
            .flat_map(|new| self.new[new].after.iter().take(MOST_CANDIDATES));
        let ahead = partners(&node.after)
            .into_iter()
            .flat_map(|new| self.new[new].before.iter().take(MOST_CANDIDATES));
        let mut around: Vec<usize> =
            behind.chain(ahead).copied().filter(|new| !self.is_taken[*new]).collect();
        around.sort_unstable();
        around.dedup();
        around.truncate(MOST_CANDIDATES);
        around
    }

    /// How the steps before two nodes agree, and those after them.
    fn sides(&self, old: usize, new: usize) -> (Side, Side) {
        let (old, new) = (&self.old[old], &self.new[new]);
        (self.side(&old.before, &new.before), self.side(&old.after, &new.after))
    }

    fn side(&self, old: &[usize], new: &[usize]) -> Side {
        if old.is_empty() && new.is_empty() {
            return Side::Empty;
        }
        let (old, new) = (&old[..old.len().min(MOST_CANDIDATES)], &new[..new.len().min(MOST_CANDIDATES)]);
        let shared = old
            .iter()
            .filter(|node| self.partner_of[**node].is_some_and(|partner| new.contains(&partner)))
            .count();
        match shared {
            0 => Side::Other,
            count if count == old.len() && count == new.len() => Side::Same,
            _ => Side::Shared,
        }
    }
}

/// Whether an author chose an id for what the step is: `vetting`, not `A` or `n12`, which agree by chance.
fn is_chosen(id: &str) -> bool {
    id.chars().count() > 2 && id.chars().all(|next| next.is_alphabetic() || "-_".contains(next))
}

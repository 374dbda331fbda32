//! Which clauses of two versions are the same clause: sections by their headings and words, then clauses by equal words
//! in order, equal words elsewhere, like words, and at last by standing alone between the same neighbours.

use std::collections::{BTreeMap, HashMap};

use super::clauses::Document;
use super::likeness::{Holders, Lexicon, Words};
use super::words::matched;

/// The least likeness of headings, or of the words in two sections, at which they are one section.
const LEAST_OF_SECTIONS: f64 = 0.5;
/// More pairs of sections than these are told by equal headings alone.
const MOST_PAIRS_OF_SECTIONS: usize = 10_000;
/// The least likeness at which two clauses of one section are one clause.
const LEAST: f64 = 0.45;
/// The same, where they stand in different sections.
const LEAST_ELSEWHERE: f64 = 0.7;
/// A clause that says less than this (three words that say something) is not found in another section by likeness.
const LEAST_WEIGHT: u32 = 12;
/// The least likeness, where two clauses stand alone between the same neighbours.
const LEAST_ALONE: f64 = 0.15;
/// Of two clauses that are nearly as alike, the one in the same section is taken.
const SAME_SECTION: f64 = 0.2;

/// What of one version is what of the other.
pub(super) struct Pairing {
    /// For each clause of the earlier version, the same in the later.
    pub(super) partner_of: Vec<Option<usize>>,
    /// For each section of the earlier version, the same in the later.
    pub(super) sections: Vec<Option<usize>>,
    /// For each clause of the earlier version, whether it stands elsewhere in the later.
    pub(super) is_moved: Vec<bool>,
}

impl Pairing {
    pub(super) fn new(before: &Document, after: &Document) -> Self {
        // One order for both directions, so that the way back is the way forth turned round.
        let (old_words, new_words) = (texts(before), texts(after));
        if old_words > new_words {
            Self::of(after, before).turned(before, after)
        } else {
            Self::of(before, after)
        }
    }

    fn of(old: &Document, new: &Document) -> Self {
        let mut lexicon = Lexicon::default();
        let words = |document: &Document, lexicon: &mut Lexicon| -> Vec<Words> {
            document.clauses.iter().map(|clause| lexicon.read(&clause.pieces)).collect()
        };
        let (old_words, new_words) = (words(old, &mut lexicon), words(new, &mut lexicon));
        let sections = pair_sections(old, new, &mut lexicon);
        let mut pairer = Pairer {
            old,
            new,
            old_words,
            new_words,
            lexicon,
            partner_of: vec![None; old.clauses.len()],
            is_taken: vec![false; new.clauses.len()],
            sections,
        };
        pairer.pair_headings();
        pairer.pair_equal_in_order();
        pairer.pair_equal_anywhere(true);
        pairer.pair_equal_anywhere(false);
        pairer.pair_alike();
        pairer.pair_alone();
        pairer.finish()
    }

    fn turned(self, before: &Document, after: &Document) -> Self {
        let turn = |pairs: &[Option<usize>], length: usize| {
            let mut turned = vec![None; length];
            for (one, other) in pairs.iter().enumerate() {
                if let Some(other) = other {
                    turned[*other] = Some(one);
                }
            }
            turned
        };
        let mut is_moved = vec![false; before.clauses.len()];
        for (one, other) in self.partner_of.iter().enumerate() {
            if let Some(other) = other {
                is_moved[*other] = self.is_moved[one];
            }
        }
        debug_assert_eq!(self.partner_of.len(), after.clauses.len());
        Self {
            partner_of: turn(&self.partner_of, before.clauses.len()),
            sections: turn(&self.sections, before.sections.len()),
            is_moved,
        }
    }
}

fn texts(document: &Document) -> Vec<(u8, &[String])> {
    document.clauses.iter().map(|clause| (clause.kind.class(), clause.pieces.as_slice())).collect()
}

/// The section without a heading is one in both. Others by equal headings, then from the most alike to the least.
fn pair_sections(old: &Document, new: &Document, lexicon: &mut Lexicon) -> Vec<Option<usize>> {
    let mut pairs = vec![None; old.sections.len()];
    pairs[0] = Some(0);
    let title = |document: &Document, section: usize| {
        let heading = &document.clauses[document.sections[section].start];
        heading.text().to_lowercase()
    };
    let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
    for section in (1..new.sections.len()).rev() {
        waiting.entry(title(new, section)).or_default().push(section);
    }
    for (section, pair) in pairs.iter_mut().enumerate().skip(1) {
        *pair = waiting.get_mut(&title(old, section)).and_then(Vec::pop);
    }
    let rest_of_old: Vec<usize> = (1..pairs.len()).filter(|section| pairs[*section].is_none()).collect();
    let mut taken = vec![false; new.sections.len()];
    pairs.iter().flatten().for_each(|section| taken[*section] = true);
    let rest_of_new: Vec<usize> = (1..taken.len()).filter(|section| !taken[*section]).collect();
    if rest_of_old.len() * rest_of_new.len() > MOST_PAIRS_OF_SECTIONS {
        return pairs;
    }
    let mut read = |document: &Document, section: usize| {
        let clauses = &document.clauses[document.sections[section].clone()];
        let heading = lexicon.read(&clauses[0].pieces);
        (section, heading, lexicon.read(clauses[1..].iter().flat_map(|clause| &clause.pieces)))
    };
    let old_words: Vec<_> = rest_of_old.iter().map(|section| read(old, *section)).collect();
    let new_words: Vec<_> = rest_of_new.iter().map(|section| read(new, *section)).collect();
    let mut alike = Vec::new();
    for (one, heading, words) in &old_words {
        for (other, new_heading, new_words) in &new_words {
            let likeness = lexicon.likeness(heading, new_heading).max(lexicon.likeness(words, new_words));
            if likeness >= LEAST_OF_SECTIONS {
                alike.push((likeness, *one, *other));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, one, other) in alike {
        if pairs[one].is_none() && !taken[other] {
            pairs[one] = Some(other);
            taken[other] = true;
        }
    }
    pairs
}

struct Pairer<'d> {
    old: &'d Document,
    new: &'d Document,
    old_words: Vec<Words>,
    new_words: Vec<Words>,
    lexicon: Lexicon,
    partner_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
    sections: Vec<Option<usize>>,
}

impl Pairer<'_> {
    fn pair(&mut self, old: usize, new: usize) {
        self.partner_of[old] = Some(new);
        self.is_taken[new] = true;
    }

    fn are_of_one_section(&self, old: usize, new: usize) -> bool {
        self.sections[self.old.section_of[old]] == Some(self.new.section_of[new])
    }

    /// The headings of sections go with their sections, and with nothing else.
    fn pair_headings(&mut self) {
        for section in 1..self.sections.len() {
            if let Some(other) = self.sections[section] {
                self.pair(self.old.sections[section].start, self.new.sections[other].start);
            }
        }
    }

    fn free_of_old(&self) -> Vec<usize> {
        let is_free = |clause: &usize| {
            self.partner_of[*clause].is_none() && !self.old.clauses[*clause].begins_section()
        };
        (0..self.partner_of.len()).filter(is_free).collect()
    }

    fn free_of_new(&self) -> Vec<usize> {
        let is_free = |clause: &usize| !self.is_taken[*clause] && !self.new.clauses[*clause].begins_section();
        (0..self.is_taken.len()).filter(is_free).collect()
    }

    fn pair_equal_in_order(&mut self) {
        let (old_texts, new_texts) = (texts(self.old), texts(self.new));
        let mut known = HashMap::new();
        let mut number = |text| {
            let next = known.len();
            *known.entry(text).or_insert(next)
        };
        let old_numbers: Vec<usize> = old_texts.into_iter().map(&mut number).collect();
        let new_numbers: Vec<usize> = new_texts.into_iter().map(&mut number).collect();
        for section in 0..self.sections.len() {
            let Some(other) = self.sections[section] else { continue };
            let (old, new) = (self.old.sections[section].clone(), self.new.sections[other].clone());
            // A section's heading is paired already.
            let skipped = usize::from(section > 0);
            let (old, new) = (old.start + skipped..old.end, new.start + skipped..new.end);
            for (is_same, from, to) in matched(&old_numbers[old.clone()], &new_numbers[new.clone()]) {
                if is_same {
                    from.zip(to).for_each(|(from, to)| self.pair(old.start + from, new.start + to));
                }
            }
        }
    }

    /// Clauses with equal words that stand out of order, or in another section.
    fn pair_equal_anywhere(&mut self, within_section: bool) {
        let key = |document: &Document, clause: usize, section: Option<usize>| {
            let found = &document.clauses[clause];
            (section.filter(|_| within_section), found.kind.class(), found.text())
        };
        let mut waiting: HashMap<_, Vec<usize>> = HashMap::new();
        for clause in self.free_of_new().into_iter().rev() {
            let section = Some(self.new.section_of[clause]);
            waiting.entry(key(self.new, clause, section)).or_default().push(clause);
        }
        for clause in self.free_of_old() {
            let section = self.sections[self.old.section_of[clause]];
            if within_section && section.is_none() {
                continue;
            }
            if let Some(other) = waiting.get_mut(&key(self.old, clause, section)).and_then(Vec::pop) {
                self.pair(clause, other);
            }
        }
    }

    /// From the most alike to the least.
    fn pair_alike(&mut self) {
        let free_of_new = self.free_of_new();
        let holders = Holders::new(free_of_new.iter().map(|clause| (*clause, &self.new_words[*clause])));
        let mut alike = Vec::new();
        for old in self.free_of_old() {
            for new in holders.of(&self.old_words[old]) {
                if self.old.clauses[old].kind.class() != self.new.clauses[new].kind.class() {
                    continue;
                }
                let likeness = self.lexicon.likeness(&self.old_words[old], &self.new_words[new]);
                let is_same_section = self.are_of_one_section(old, new);
                let says_enough = || {
                    let weight = |words| self.lexicon.weight(words);
                    weight(&self.old_words[old]).min(weight(&self.new_words[new])) >= LEAST_WEIGHT
                };
                if is_same_section && likeness >= LEAST {
                    alike.push((likeness + SAME_SECTION, old, new));
                } else if !is_same_section && likeness >= LEAST_ELSEWHERE && says_enough() {
                    alike.push((likeness, old, new));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in alike {
            if self.partner_of[old].is_none() && !self.is_taken[new] {
                self.pair(old, new);
            }
        }
    }

    /// A clause that was written anew stands where the old one stood.
    fn pair_alone(&mut self) {
        for section in 0..self.sections.len() {
            let Some(other) = self.sections[section] else { continue };
            let new = self.new.sections[other].clone();
            let mut gaps: BTreeMap<(usize, u8), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
            let mut place = new.start;
            for old in self.old.sections[section].clone() {
                match self.partner_of[old] {
                    Some(partner) if new.contains(&partner) => place = partner + 1,
                    Some(_) => {}
                    None => {
                        let class = self.old.clauses[old].kind.class();
                        gaps.entry((place, class)).or_default().0.push(old);
                    }
                }
            }
            place = new.start;
            for clause in new {
                if self.is_taken[clause] {
                    place = clause + 1;
                } else {
                    let class = self.new.clauses[clause].kind.class();
                    gaps.entry((place, class)).or_default().1.push(clause);
                }
            }
            for (one, two) in gaps.into_values() {
                if let ([old], [new]) = (one.as_slice(), two.as_slice())
                    && self.lexicon.likeness(&self.old_words[*old], &self.new_words[*new]) >= LEAST_ALONE
                {
                    self.pair(*old, *new);
                }
            }
        }
    }

    /// A clause has moved if it stands in another section, or in another order among those of its own.
    fn finish(self) -> Pairing {
        let mut is_moved = vec![false; self.partner_of.len()];
        let in_order = longest_rising(&self.sections.iter().filter_map(|pair| *pair).collect::<Vec<_>>());
        let mut kept = in_order.into_iter();
        for section in 0..self.sections.len() {
            let Some(other) = self.sections[section] else { continue };
            let has_moved = !kept.next().unwrap_or(true);
            let (old, new) = (self.old.sections[section].clone(), self.new.sections[other].clone());
            let stayed: Vec<(usize, usize)> = old
                .filter_map(|clause| {
                    Some((clause, self.partner_of[clause].filter(|new_one| new.contains(new_one))?))
                })
                .collect();
            let rising = longest_rising(&stayed.iter().map(|(_, partner)| *partner).collect::<Vec<_>>());
            for ((clause, partner), is_kept) in stayed.into_iter().zip(rising) {
                let is_heading = section > 0 && partner == new.start;
                is_moved[clause] = if is_heading { has_moved } else { !is_kept };
            }
        }
        for (clause, partner) in self.partner_of.iter().enumerate() {
            is_moved[clause] |= partner.is_some_and(|partner| !self.are_of_one_section(clause, partner));
        }
        Pairing { partner_of: self.partner_of, sections: self.sections, is_moved }
    }
}

/// Which of the numbers belong to a longest rising row among them.
fn longest_rising(numbers: &[usize]) -> Vec<bool> {
    // For each length, the place of the smallest number that ends a rising row of it.
    let mut ends: Vec<usize> = Vec::new();
    let mut earlier: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        earlier.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut is_kept = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(place) = next {
        is_kept[place] = true;
        next = earlier[place];
    }
    is_kept
}

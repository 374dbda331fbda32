//! How far one weight must move, the others as they are, before the first place is another's. As a function of that
//! weight an option's sum is a straight line, and the first place belongs to the highest of these lines: what comes
//! first loses its place once, where a steeper line crosses it, and never has it again beyond.

use std::cmp::Ordering;

use super::Appraisal;

/// Which way a weight moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It counts more.
    Rise,
    /// It counts less, down to 0, which leaves the criterion out.
    Fall,
}

/// A fraction of whole numbers, not negative, in its lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

/// A change of one weight that changes the first place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tipping {
    /// Which criterion's weight.
    pub criterion: usize,
    /// Which way it moves.
    pub direction: Direction,
    /// By how much it moves to the point itself, where the old and the new share the first place. Beyond it the place
    /// is the new one's. 0 where a tie is broken by any change, however small.
    pub change: Fraction,
    /// The first whole weight beyond that point.
    pub weight: u128,
    /// What comes first at that whole weight, in the order of the options; several share the place.
    pub first: Vec<usize>,
    /// Whether the same come first at every weight beyond.
    pub stays: bool,
}

impl Fraction {
    fn new(numerator: i128, denominator: i128) -> Self {
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// The numerator, in lowest terms.
    pub fn numerator(self) -> u128 {
        self.numerator.unsigned_abs()
    }

    /// The denominator, in lowest terms.
    pub fn denominator(self) -> u128 {
        self.denominator.unsigned_abs()
    }

    /// The first whole number above it.
    fn next_whole(self) -> i128 {
        self.numerator / self.denominator + 1
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn greatest_common_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl Appraisal {
    /// The least move of one weight after which some option that is first now no longer is; none where no such move
    /// is left. Options that are not ranked play no part.
    pub fn tipping(&self, criterion: usize, direction: Direction) -> Option<Tipping> {
        let sign = match direction {
            Direction::Rise => 1,
            Direction::Fall => -1,
        };
        // What an option gains for each step of the weight in that direction.
        let gain = |option: usize| sign * self.score(option, criterion);
        let best = *self.order.first()?;
        let least_gain = self.winners().into_iter().map(gain).min()?;
        let change = self
            .ranked()
            .filter(|(option, _)| gain(*option) > least_gain)
            .map(|(option, sum)| Fraction::new(best - sum, gain(option) - least_gain))
            .min()?;
        let now = i128::from(self.criteria[criterion].weight);
        let steps = change.next_whole();
        if direction == Direction::Fall && steps > now {
            return None;
        }
        let first = self.first_by(|option, sum| sum + steps * gain(option));
        let at_the_end = match direction {
            Direction::Rise => self.first_by(|option, sum| (gain(option), sum)),
            Direction::Fall => self.first_by(|option, sum| sum + now * gain(option)),
        };
        Some(Tipping {
            criterion,
            direction,
            change,
            weight: (now + sign * steps).unsigned_abs(),
            stays: first == at_the_end,
            first,
        })
    }

    /// Of all moves of a single weight that change the first place, the least. Of equal ones a rise goes before a
    /// fall, and then the criterion whose name comes first, so that the order of the criteria changes nothing.
    pub fn nearest(&self) -> Option<Tipping> {
        let both = |criterion: usize| {
            [Direction::Rise, Direction::Fall].map(|direction| self.tipping(criterion, direction))
        };
        (0..self.criteria.len())
            .flat_map(both)
            .flatten()
            .min_by_key(|tipping| (tipping.change, tipping.direction, &self.criteria[tipping.criterion].name))
    }

    /// The criteria, this one's included, for whose weights the same move has the same outcome.
    pub(super) fn peers(&self, tipping: &Tipping) -> Vec<usize> {
        let is_peer = |criterion: &usize| {
            self.tipping(*criterion, tipping.direction).is_some_and(|other| {
                (other.change, other.weight, &other.first) == (tipping.change, tipping.weight, &tipping.first)
            })
        };
        (0..self.criteria.len()).filter(is_peer).collect()
    }

    /// Where several share the first place: the rises that end that, however small they are.
    pub fn tie_breaks(&self) -> Vec<Tipping> {
        let rises = (0..self.criteria.len()).filter_map(|criterion| self.tipping(criterion, Direction::Rise));
        rises.filter(|tipping| tipping.change.numerator == 0).collect()
    }
}

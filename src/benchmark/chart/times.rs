//! The axis of time: where each period stands, where a line has a gap, and which periods are named.

use jiff::civil::Date;

use super::letters::width;
use crate::benchmark::released::{Series, Shown};
use crate::benchmark::when::{Grain, When};

/// A period and its figure, if there is one that may be seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The period.
    pub when: When,
    /// Its figure.
    pub value: Shown,
}

/// The periods of a series, the earliest first.
pub fn moments(series: &Series<'_>) -> Vec<Moment> {
    series.rows.iter().map(|row| Moment { when: row.when, value: row.value }).collect()
}

/// A name under the axis, with the place (0 to 1) that it stands for.
pub(super) struct Named {
    pub(super) share: f64,
    pub(super) words: String,
}

/// Where periods stand.
pub(super) struct Times {
    grain: Grain,
    /// In steps of the grain.
    numbers: Vec<i64>,
    first: i64,
    last: i64,
}

/// So many months lie between two names at most.
const MONTHS: [i64; 12] = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1_200];
/// Financial years begin in April.
const APRIL: i64 = 3;
/// Names keep so far from each other.
const APART: f64 = 16.0;

impl Times {
    pub(super) fn new(moments: &[Moment]) -> Self {
        let mut grains: Vec<Grain> = moments.iter().map(|moment| moment.when.grain).collect();
        grains.dedup();
        let grain = if let [grain] = grains[..] { grain } else { Grain::Other };
        let numbers: Vec<i64> = moments.iter().map(|moment| number(moment.when, grain)).collect();
        let first = numbers.iter().copied().min().unwrap_or(0);
        let last = numbers.iter().copied().max().unwrap_or(0);
        Self { grain, numbers, first, last }
    }

    /// Where a moment stands, from 0 to 1.
    pub(super) fn share(&self, place: usize) -> f64 {
        self.share_of(self.numbers.get(place).copied().unwrap_or(self.last))
    }

    fn share_of(&self, number: i64) -> f64 {
        if self.last == self.first {
            0.5
        } else {
            (number - self.first) as f64 / (self.last - self.first) as f64
        }
    }

    /// Whether a period is missing between two neighbours.
    pub(super) fn has_gap_after(&self, place: usize) -> bool {
        let is_regular = matches!(
            self.grain,
            Grain::Week | Grain::Month | Grain::Quarter | Grain::FinancialYear | Grain::Year
        );
        is_regular && self.numbers.get(place).zip(self.numbers.get(place + 1)).is_some_and(|(a, b)| b - a > 1)
    }

    /// How far one period is from the next, as a share of the axis.
    pub(super) fn step(&self) -> f64 {
        let nearest = self.numbers.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0).min();
        nearest.map_or(1.0, |step| self.share_of(self.first + step)).clamp(0.0, 1.0)
    }

    /// As many names as have room along a length; `before` and `after` are the room beyond its ends.
    pub(super) fn names(&self, moments: &[Moment], length: f64, before: f64, after: f64) -> Vec<Named> {
        let fits = |names: &[Named]| {
            let mut end = f64::NEG_INFINITY;
            names.iter().all(|name| {
                let half = width(&name.words, false) / 2.0;
                let middle =
                    (name.share * length).clamp(half - before, (length + after - half).max(half - before));
                let is_free = middle - half >= end + APART;
                end = middle + half;
                is_free
            })
        };
        if self.grain == Grain::Month {
            for step in MONTHS {
                let from = self.first + (APRIL - self.first).rem_euclid(step);
                // So many names never have room.
                if (self.last - from) / step > 60 {
                    continue;
                }
                let names: Vec<Named> = (from..=self.last)
                    .step_by(step as usize)
                    .filter_map(|number| {
                        Some(Named { share: self.share_of(number), words: month_name(number)? })
                    })
                    .collect();
                if names.len() > 1 && fits(&names) {
                    return names;
                }
            }
        } else {
            for step in
                (1..=10).chain([12, 13, 16, 20, 24, 26, 30, 40, 52, 60, 100, 200, 500, 1_000, 5_000, 20_000])
            {
                if moments.len() / step > 60 {
                    continue;
                }
                let names: Vec<Named> = self.of_places(moments, (0..moments.len()).rev().step_by(step));
                if names.len() > 1 && fits(&names) {
                    return names;
                }
            }
        }
        let ends = self.of_places(moments, [moments.len().saturating_sub(1), 0].into_iter());
        if moments.len() > 1 && fits(&ends) {
            return ends;
        }
        self.of_places(moments, moments.len().checked_sub(1).into_iter())
    }

    /// Names of some moments, the last first; they come out the other way round.
    fn of_places(&self, moments: &[Moment], places: impl Iterator<Item = usize>) -> Vec<Named> {
        let mut names: Vec<Named> = places
            .filter_map(|place| {
                Some(Named { share: self.share(place), words: moments.get(place)?.when.short() })
            })
            .collect();
        names.reverse();
        names
    }
}

/// Months from the year 0 as "Apr 2024".
fn month_name(number: i64) -> Option<String> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    let month = i8::try_from(number.rem_euclid(12) + 1).ok()?;
    let start = Date::new(year, month, 1).ok()?;
    Some(When::new(start, start.last_of_month()).short())
}

/// A period's place among those of its length.
fn number(when: When, grain: Grain) -> i64 {
    let start = when.start;
    let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1;
    match grain {
        Grain::Month => months,
        Grain::Quarter => months.div_euclid(3),
        Grain::FinancialYear | Grain::Year => i64::from(start.year()),
        Grain::Week => days(start).div_euclid(7),
        Grain::Day | Grain::Other => days(start),
    }
}

/// Days since the start of 1970.
fn days(date: Date) -> i64 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn months(count: i32) -> Vec<Moment> {
        let mut when = When::new(date(2016, 1, 1), date(2016, 1, 31));
        (0..count)
            .map(|_| {
                let moment = Moment { when, value: Shown::NotGiven };
                when = when.next().unwrap();
                moment
            })
            .collect()
    }

    #[test]
    fn names_have_room_and_follow_the_financial_year() {
        for (count, length) in [(36, 600.0), (36, 220.0), (120, 220.0), (2, 220.0), (8, 600.0)] {
            let moments = months(count);
            let names = Times::new(&moments).names(&moments, length, 30.0, 30.0);
            assert!(names.len() > 1, "{count} in {length}");
            for pair in names.windows(2) {
                assert!((pair[1].share - pair[0].share) * length > width(&pair[0].words, false));
            }
        }
        let moments = months(60);
        let names = Times::new(&moments).names(&moments, 400.0, 30.0, 30.0);
        assert!(names.iter().all(|name| name.words.starts_with("Apr ")));
    }

    #[test]
    fn a_missing_month_is_a_gap() {
        let mut moments = months(5);
        moments.remove(2);
        let times = Times::new(&moments);
        assert_eq!((0..3).map(|place| times.has_gap_after(place)).collect::<Vec<_>>(), [false, true, false]);
        assert!((times.share(3) - 1.0).abs() < 1e-9 && (times.share(1) - 0.25).abs() < 1e-9);
    }
}

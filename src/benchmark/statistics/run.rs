//! Run charts, for series that are too short for limits: a median, and two rules that keep the chance of a false
//! signal near 5% however many points there are (Anhøj and Olesen 2014).

use super::quantile::median;

/// With fewer points that are not on the median, nothing is concluded.
const LEAST: usize = 10;

/// A run chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// In order of time.
    pub values: Vec<f64>,
    /// Their median.
    pub median: f64,
    /// Points that are not on the median; the rules count these alone.
    pub useful: usize,
    /// The longest run on one side of the median.
    pub longest: usize,
    /// The longest run that chance gives.
    pub longest_by_chance: usize,
    /// How often the line crosses the median.
    pub crossings: usize,
    /// The fewest crossings that chance gives.
    pub fewest_by_chance: usize,
}

impl Run {
    /// Values in order of time; none where there are none.
    pub fn new(values: &[f64]) -> Option<Self> {
        let median = median(values)?;
        let slack = values.iter().map(|value| value.abs()).fold(0.0, f64::max) * 1e-12;
        let sides: Vec<bool> = values
            .iter()
            .filter(|value| (**value - median).abs() > slack)
            .map(|value| *value > median)
            .collect();
        let longest = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).max().unwrap_or(0);
        let crossings = sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let useful = sides.len();
        Some(Self {
            values: values.to_vec(),
            median,
            useful,
            longest,
            longest_by_chance: longest_by_chance(useful),
            crossings,
            fewest_by_chance: fewest_by_chance(useful),
        })
    }

    /// Whether there are enough points to conclude anything.
    pub fn is_judged(&self) -> bool {
        self.useful >= LEAST
    }

    /// Whether the series has shifted: a run too long, or too few crossings.
    pub fn has_signal(&self) -> bool {
        self.is_judged() && (self.longest > self.longest_by_chance || self.crossings < self.fewest_by_chance)
    }
}

/// log₂ n + 3, rounded.
fn longest_by_chance(useful: usize) -> usize {
    if useful == 0 { 0 } else { ((useful as f64).log2() + 3.0).round() as usize }
}

/// The lower 5% quantile of the binomial distribution of n − 1 tosses of a fair coin.
fn fewest_by_chance(useful: usize) -> usize {
    let tosses = useful.saturating_sub(1);
    let mut term = 0.5_f64.powi(i32::try_from(tosses.min(1_000)).unwrap_or(1_000));
    if tosses > 1_000 {
        // The normal distribution is as good there.
        let tosses = tosses as f64;
        return (tosses / 2.0 - 1.644_854 * (tosses / 4.0).sqrt()).floor().max(0.0) as usize;
    }
    let mut below = 0.0;
    for successes in 0..=tosses {
        below += term;
        if below >= 0.05 {
            return successes;
        }
        term *= (tosses - successes) as f64 / (successes + 1) as f64;
    }
    tosses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_table_of_signals() {
        // Anhøj and Olesen 2014, table 1: points, longest run, fewest crossings.
        for (useful, longest, fewest) in
            [(10, 6, 2), (12, 7, 3), (15, 7, 4), (16, 7, 4), (20, 7, 6), (23, 8, 7), (24, 8, 8)]
        {
            assert_eq!((longest_by_chance(useful), fewest_by_chance(useful)), (longest, fewest), "{useful}");
        }
    }

    #[test]
    fn points_on_the_median_count_for_nothing() {
        let run = Run::new(&[1.0, 2.0, 3.0, 2.0, 1.0]).unwrap();
        assert_eq!((run.median, run.useful, run.longest, run.crossings), (2.0, 3, 1, 2));
        assert!(!run.is_judged() && !run.has_signal());
        assert_eq!(Run::new(&[]), None);
    }

    #[test]
    fn a_shift_is_seen() {
        let mut values = vec![10.0, 11.0, 9.0, 10.5, 9.5, 10.2];
        assert!(!Run::new(&values.repeat(2)).unwrap().has_signal());
        values.extend([20.0, 21.0, 19.0, 20.5, 19.5, 20.2]);
        assert!(Run::new(&values).unwrap().has_signal());
    }
}

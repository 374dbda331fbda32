//! The icons of Making Data Count, as words: what the latest point says about variation, and what the limits say
//! about a target.

use super::xmr::{Flag, Meaning, Way};
use crate::benchmark::measure::Direction;

/// What the latest point says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variation {
    /// Nothing but chance.
    CommonCause,
    /// Better, and high or rising.
    ImprovementHigh,
    /// Better, and low or falling.
    ImprovementLow,
    /// Worse, and high or rising.
    ConcernHigh,
    /// Worse, and low or falling.
    ConcernLow,
    /// High or rising, where neither direction is better.
    NeitherHigh,
    /// Low or falling, where neither direction is better.
    NeitherLow,
}

impl Variation {
    pub(super) fn of(flag: Option<Flag>) -> Self {
        match flag.map(|flag| (flag.meaning, flag.way)) {
            None => Self::CommonCause,
            Some((Meaning::Improvement, Way::Up)) => Self::ImprovementHigh,
            Some((Meaning::Improvement, Way::Down)) => Self::ImprovementLow,
            Some((Meaning::Concern, Way::Up)) => Self::ConcernHigh,
            Some((Meaning::Concern, Way::Down)) => Self::ConcernLow,
            Some((Meaning::Neither, Way::Up)) => Self::NeitherHigh,
            Some((Meaning::Neither, Way::Down)) => Self::NeitherLow,
        }
    }

    /// For machines: `common-cause`, `improvement-high`.
    pub fn name(self) -> &'static str {
        match self {
            Self::CommonCause => "common-cause",
            Self::ImprovementHigh => "improvement-high",
            Self::ImprovementLow => "improvement-low",
            Self::ConcernHigh => "concern-high",
            Self::ConcernLow => "concern-low",
            Self::NeitherHigh => "neither-high",
            Self::NeitherLow => "neither-low",
        }
    }

    /// For readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::CommonCause => "Common cause: no significant change",
            Self::ImprovementHigh => "Special cause of improvement: higher figures",
            Self::ImprovementLow => "Special cause of improvement: lower figures",
            Self::ConcernHigh => "Special cause of concern: higher figures",
            Self::ConcernLow => "Special cause of concern: lower figures",
            Self::NeitherHigh => "Special cause: higher figures, neither better nor worse",
            Self::NeitherLow => "Special cause: lower figures, neither better nor worse",
        }
    }

    /// The letter in the icon: H or L; none for common cause.
    pub fn letter(self) -> Option<char> {
        match self {
            Self::CommonCause => None,
            Self::ImprovementHigh | Self::ConcernHigh | Self::NeitherHigh => Some('H'),
            Self::ImprovementLow | Self::ConcernLow | Self::NeitherLow => Some('L'),
        }
    }
}

/// What the limits say about a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// The target lies beyond the limits on the better side's far end: it is always reached.
    Pass,
    /// It is never reached.
    Fail,
    /// It lies between the limits.
    HitOrMiss,
}

impl Assurance {
    pub(super) fn of(target: f64, lower: f64, upper: f64, direction: Direction) -> Option<Self> {
        let (above, below) = match direction {
            Direction::Neutral => return None,
            Direction::Higher => (Self::Fail, Self::Pass),
            Direction::Lower => (Self::Pass, Self::Fail),
        };
        Some(if target > upper {
            above
        } else if target < lower {
            below
        } else {
            Self::HitOrMiss
        })
    }

    /// For machines: `pass`, `fail`, `hit-or-miss`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::HitOrMiss => "hit-or-miss",
        }
    }

    /// For readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "The target is consistently reached",
            Self::Fail => "The target is consistently missed unless something changes",
            Self::HitOrMiss => "The target is sometimes reached and sometimes missed by chance",
        }
    }

    /// The letter in the icon: P, F or ?.
    pub fn letter(self) -> char {
        match self {
            Self::Pass => 'P',
            Self::Fail => 'F',
            Self::HitOrMiss => '?',
        }
    }
}

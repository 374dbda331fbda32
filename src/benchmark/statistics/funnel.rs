//! Funnel plots: is the difference between organisations more than their sizes explain? Proportions against the
//! common proportion, standardised ratios against 1, with 95% and 99.8% limits.

use super::gamma::chi_squared_quantile;
use super::quantile::{quantile, sorted};
use crate::benchmark::released::{Kind, Released, Snapshot};

/// Two-sided 95% and 99.8% of the normal distribution, in standard deviations.
const DEVIATIONS: [f64; 2] = [1.959_963_984_540_054, 3.090_232_306_167_813_5];
/// The probability below each lower limit.
const TAILS: [f64; 2] = [0.025, 0.001];
/// This share of the scores at each end is pulled in before overdispersion is judged.
const WINSORISED: f64 = 0.1;

/// What the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelKind {
    /// Numerator ÷ denominator, each of the denominator counted or not.
    Proportion,
    /// Observed ÷ expected.
    Ratio,
}

/// One organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelInput {
    /// What readers see.
    pub name: String,
    /// Its code.
    pub code: String,
    /// What is counted, or observed.
    pub numerator: f64,
    /// Out of how many, or expected.
    pub denominator: f64,
}

/// Where an organisation lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Below the lower 99.8% limit.
    FarBelow,
    /// Below the lower 95% limit, and not the 99.8% one.
    Below,
    /// Within the limits.
    Within,
    /// Above the upper 95% limit, and not the 99.8% one.
    Above,
    /// Above the upper 99.8% limit.
    FarAbove,
}

/// The limits at one denominator, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower 95%.
    pub lower_95: f64,
    /// Upper 95%.
    pub upper_95: f64,
    /// Lower 99.8%.
    pub lower_998: f64,
    /// Upper 99.8%.
    pub upper_998: f64,
}

/// One organisation and where it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    /// What readers see.
    pub name: String,
    /// Its code.
    pub code: String,
    /// In the unit of the values.
    pub value: f64,
    /// How large the organisation is: the place on the axis below.
    pub denominator: f64,
    /// The limits at its size.
    pub limits: Limits,
    /// Where it lies.
    pub zone: Zone,
}

/// More variation between organisations than chance gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overdispersion {
    /// The mean square of the winsorised scores; 1 is what chance gives.
    pub phi: f64,
    /// The variance between organisations that is added to that of chance, on the transformed scale.
    pub tau_squared: f64,
}

/// A funnel plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What the values are.
    pub kind: FunnelKind,
    /// What numerator ÷ denominator is multiplied by: 100 for percentages.
    pub scale: f64,
    /// The middle line, in the unit of the values: the common proportion, or a ratio of 1.
    pub centre: f64,
    /// In the order in which they were given.
    pub points: Vec<FunnelPoint>,
    /// What was found, where limits are adjusted.
    pub overdispersion: Option<Overdispersion>,
}

impl Funnel {
    /// Organisations with a denominator above 0 are taken; none where fewer than two are left. `is_adjusted` widens
    /// the limits by the variation between organisations (Spiegelhalter 2005: additive, scores winsorised at 10%).
    pub fn new(inputs: &[FunnelInput], kind: FunnelKind, scale: f64, is_adjusted: bool) -> Option<Self> {
        let inputs: Vec<&FunnelInput> = inputs
            .iter()
            .filter(|input| input.denominator > 0.0 && input.numerator >= 0.0)
            .filter(|input| kind == FunnelKind::Ratio || input.numerator <= input.denominator)
            .collect();
        if inputs.len() < 2 {
            return None;
        }
        let share = match kind {
            FunnelKind::Ratio => 1.0,
            FunnelKind::Proportion => {
                let whole: f64 = inputs.iter().map(|input| input.denominator).sum();
                inputs.iter().map(|input| input.numerator).sum::<f64>() / whole
            }
        };
        let overdispersion = is_adjusted.then(|| Overdispersion::of(&inputs, kind, share));
        let mut funnel = Self { kind, scale, centre: share * scale, points: Vec::new(), overdispersion };
        funnel.points = inputs
            .iter()
            .map(|input| {
                let value = input.numerator / input.denominator * scale;
                let limits = funnel.limits(input.denominator);
                FunnelPoint {
                    name: input.name.clone(),
                    code: input.code.clone(),
                    value,
                    denominator: input.denominator,
                    limits,
                    zone: limits.zone(value),
                }
            })
            .collect();
        Some(funnel)
    }

    /// The organisations of one period, if the values are proportions or standardised ratios.
    pub fn of(snapshot: &Snapshot<'_>, is_adjusted: bool) -> Option<Self> {
        let (kind, scale) = match snapshot.released().kind() {
            Kind::Proportion { scale } => (FunnelKind::Proportion, scale),
            Kind::StandardisedRatio { scale } => (FunnelKind::Ratio, scale),
            Kind::Count | Kind::Other => return None,
        };
        let inputs: Vec<FunnelInput> = snapshot
            .rows
            .iter()
            .filter_map(|row| {
                let (name, code) = snapshot.named(row);
                let denominator = row.denominator.figure()?;
                let value = row.value.figure()?;
                let numerator = row.numerator.figure().unwrap_or(value / scale * denominator);
                Some(FunnelInput { name: name.to_string(), code: code.to_string(), numerator, denominator })
            })
            .collect();
        Self::new(&inputs, kind, scale, is_adjusted)
    }

    /// The latest period that can be compared, see [`Released::latest`].
    pub fn of_latest(released: &Released) -> Option<Self> {
        Self::of(&released.latest()?, false)
    }

    /// The limits at a denominator above 0, for drawing the funnel's lines.
    pub fn limits(&self, denominator: f64) -> Limits {
        let share = self.centre / self.scale;
        let widened = self.overdispersion.map_or(0.0, |found| found.tau_squared);
        let [at_95, at_998] = [0, 1].map(|which| {
            let z = DEVIATIONS[which];
            match (self.kind, widened > 0.0) {
                (FunnelKind::Proportion, false) => {
                    let reach = z * (share * (1.0 - share) / denominator).sqrt();
                    ((share - reach).max(0.0), (share + reach).min(1.0))
                }
                (FunnelKind::Ratio, false) => (
                    chi_squared_quantile(TAILS[which], 2.0 * denominator) / (2.0 * denominator),
                    chi_squared_quantile(1.0 - TAILS[which], 2.0 * (denominator + 1.0)) / (2.0 * denominator),
                ),
                (kind, true) => {
                    let reach = z * (variance(denominator) + widened).sqrt();
                    let middle = transformed(kind, share);
                    (back(kind, middle - reach), back(kind, middle + reach))
                }
            }
        });
        Limits {
            lower_95: at_95.0 * self.scale,
            upper_95: at_95.1 * self.scale,
            lower_998: at_998.0 * self.scale,
            upper_998: at_998.1 * self.scale,
        }
    }
}

impl Limits {
    fn zone(&self, value: f64) -> Zone {
        let slack = value.abs() * 1e-12;
        if value > self.upper_998 + slack {
            Zone::FarAbove
        } else if value > self.upper_95 + slack {
            Zone::Above
        } else if value < self.lower_998 - slack {
            Zone::FarBelow
        } else if value < self.lower_95 - slack {
            Zone::Below
        } else {
            Zone::Within
        }
    }
}

/// Proportions by the arcsine of their root and ratios by their root: then chance varies with the size alone.
fn transformed(kind: FunnelKind, share: f64) -> f64 {
    match kind {
        FunnelKind::Proportion => share.clamp(0.0, 1.0).sqrt().asin(),
        FunnelKind::Ratio => share.max(0.0).sqrt(),
    }
}

fn back(kind: FunnelKind, transformed: f64) -> f64 {
    match kind {
        FunnelKind::Proportion => transformed.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
        FunnelKind::Ratio => transformed.max(0.0).powi(2),
    }
}

/// The variance that chance gives on the transformed scale: 1 ÷ 4n.
fn variance(denominator: f64) -> f64 {
    0.25 / denominator
}

impl Overdispersion {
    fn of(inputs: &[&FunnelInput], kind: FunnelKind, share: f64) -> Self {
        let middle = transformed(kind, share);
        let scores: Vec<f64> = inputs
            .iter()
            .map(|input| {
                let own = transformed(kind, input.numerator / input.denominator);
                (own - middle) / variance(input.denominator).sqrt()
            })
            .collect();
        let in_order = sorted(&scores);
        let low = quantile(&in_order, WINSORISED).unwrap_or(0.0);
        let high = quantile(&in_order, 1.0 - WINSORISED).unwrap_or(0.0);
        let count = scores.len() as f64;
        let phi = scores.iter().map(|score| score.clamp(low, high).powi(2)).sum::<f64>() / count;
        let weights: Vec<f64> = inputs.iter().map(|input| 1.0 / variance(input.denominator)).collect();
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        let spread = sum - squares / sum;
        let excess = count * phi - (count - 1.0);
        let tau_squared = if excess > 0.0 && spread > 0.0 { excess / spread } else { 0.0 };
        Self { phi, tau_squared }
    }
}

#[cfg(test)]
#[path = "funnel_tests.rs"]
mod tests;

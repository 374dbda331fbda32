//! Figures as a chart writes them: with the unit's sign, short where they are huge, with as many decimals as matter.

use crate::benchmark::measure::Measure;
use crate::benchmark::output::number::for_readers;

/// Larger figures are taken as this: nothing that is counted comes near.
const LARGEST: f64 = 1e300;

/// What large figures are told in.
const LARGE: [(f64, &str); 3] = [(1e12, "tn"), (1e9, "bn"), (1e6, "m")];

/// A figure that can be reckoned with: no infinity, nothing that is no number.
pub(super) fn sound(figure: f64) -> f64 {
    if figure.is_nan() { 0.0 } else { figure.clamp(-LARGEST, LARGEST) }
}

/// How a chart writes figures.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    before: &'static str,
    after: &'static str,
    /// The unit in words, where no sign says it.
    unit: Option<String>,
    decimals: u8,
}

impl Figures {
    pub(super) fn new(measure: &Measure, decimals: u8) -> Self {
        let unit = measure.unit.trim();
        let (before, after, unit) = match unit {
            "%" | "percent" | "per cent" | "percentage" => ("", "%", None),
            "£" => ("£", "", None),
            "" => ("", "", None),
            _ => ("", "", Some(unit.to_string())),
        };
        Self { before, after, unit, decimals: decimals.min(6) }
    }

    /// The unit in words, for the head of the axis.
    pub(super) fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    pub(super) fn is_percent(&self) -> bool {
        self.after == "%"
    }

    /// A figure as the table has it.
    pub(super) fn value(&self, figure: f64) -> String {
        self.with(figure, self.decimals)
    }

    /// A figure with its own decimals, if they are more than those of the table.
    pub(super) fn with_decimals(&self, figure: f64, decimals: u8) -> String {
        self.with(figure, self.decimals.max(decimals).min(6))
    }

    /// A mean or a limit: with a further decimal where the axis has steps so small.
    pub(super) fn statistic(&self, figure: f64, step: f64) -> String {
        let needed = if step > 0.0 { (-(step / 10.0).log10()).ceil().clamp(0.0, 6.0) as u8 } else { 0 };
        self.with(figure, self.decimals.max(needed))
    }

    fn with(&self, figure: f64, decimals: u8) -> String {
        let (sign, size) = if figure < 0.0 { ("−", -figure) } else { ("", figure) };
        let digits = if size >= 1e6 || (size > 0.0 && size < 5e-7) {
            short(size, 3)
        } else {
            for_readers(size, if decimals == 6 && size >= 1.0 { 3 } else { decimals })
        };
        let sign = if digits.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { sign } else { "" };
        format!("{sign}{}{digits}{}", self.before, self.after)
    }

    /// A figure of the axis, whose neighbours are a step away.
    pub(super) fn tick(&self, figure: f64, step: f64, largest: f64) -> String {
        let (sign, size) = if figure < 0.0 { ("−", -figure) } else { ("", figure) };
        let digits = if size < step / 1e6 {
            "0".to_string()
        } else if let Some((unit, name)) =
            LARGE.into_iter().find(|(unit, _)| largest >= *unit && largest < 1e15)
        {
            format!("{}{name}", for_readers(size / unit, decimals_of(step / unit)))
        } else if largest >= 1e15 || step < 1e-6 {
            let significant = (largest / step).log10().ceil().clamp(1.0, 12.0) as usize + 1;
            short(size, significant)
        } else {
            for_readers(size, decimals_of(step))
        };
        let sign = if digits == "0" { "" } else { sign };
        format!("{sign}{}{digits}{}", self.before, self.after)
    }
}

/// The decimals that a step of 1, 2, 2.5 or 5 times a power of ten needs.
fn decimals_of(step: f64) -> u8 {
    (0..=7)
        .find(|decimals| {
            let scaled = step * 10_f64.powi(i32::from(*decimals));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3)
        })
        .unwrap_or(7)
}

/// With so many significant digits: `1.25m`, `340bn`, `2×10⁻⁹`.
fn short(size: f64, significant: usize) -> String {
    for (unit, sign) in LARGE {
        if size >= unit * 0.999_5 && size < 1e15 {
            return format!("{}{sign}", trimmed(size / unit, significant));
        }
    }
    if (1e-3..1e6).contains(&size) {
        let whole_digits = size.log10().floor().max(0.0) as usize + 1;
        return for_readers(size, significant.saturating_sub(whole_digits).min(6) as u8)
            .trim_end_matches('.')
            .to_string();
    }
    let text = format!("{size:.*e}", significant.clamp(1, 12) - 1);
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    let power: String = power
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            _ => '⁰',
        })
        .collect();
    format!("{digits}×10{power}")
}

/// So many significant digits, without zeros at the end.
fn trimmed(figure: f64, significant: usize) -> String {
    let whole_digits = figure.log10().floor().max(0.0) as usize + 1;
    let text = for_readers(figure, significant.saturating_sub(whole_digits).min(6) as u8);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(unit: &str, decimals: u8) -> Figures {
        Figures::new(&Measure { unit: unit.to_string(), ..Measure::default() }, decimals)
    }

    #[test]
    fn figures_are_short_and_plain() {
        assert_eq!(figures("%", 1).value(12.5), "12.5%");
        assert_eq!(figures("£", 0).value(-1_204.0), "−£1,204");
        assert_eq!(figures("", 0).value(1_250_000.0), "1.25m");
        assert_eq!(figures("", 0).value(39e9), "39bn");
        assert_eq!(figures("", 2).value(-0.001), "0.00");
        assert_eq!(figures("", 0).value(3e300), "3×10³⁰⁰");
    }

    #[test]
    fn the_axis_has_as_many_decimals_as_its_steps() {
        let tick = |figure, step, largest| figures("", 0).tick(figure, step, largest);
        assert_eq!(tick(1_000.0, 500.0, 2_000.0), "1,000");
        assert_eq!(tick(2.5, 2.5, 10.0), "2.5");
        assert_eq!(tick(0.0, 0.05, 1.0), "0");
        assert_eq!(tick(0.1, 0.05, 1.0), "0.10");
        assert_eq!(tick(1.5e6, 5e5, 3e6), "1.5m");
        assert_eq!(tick(5e5, 5e5, 3e6), "0.5m");
        assert_eq!(tick(2e-9, 1e-9, 4e-9), "2×10⁻⁹");
    }

    #[test]
    fn a_mean_has_the_decimals_that_can_be_seen() {
        assert_eq!(figures("", 0).statistic(1.94, 2.0), "1.9");
        assert_eq!(figures("", 0).statistic(1_460.4, 500.0), "1,460");
    }
}

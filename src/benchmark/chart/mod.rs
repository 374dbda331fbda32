//! Charts: statistics in, SVG text out. A drawing has classes and no styles, so that a page's stylesheet colours it;
//! what is told by colour is told by shape and words as well. [`both`] gives a page the wide and the narrow drawing.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    clippy::format_push_string,
    clippy::similar_names,
    reason = "counts and places are far below 2^52 and never negative; figures are compared with what \
              they were copied from; descriptions are sentences put one after the other"
)]

mod axis;
mod columns;
mod document;
mod figures;
mod frame;
mod funnel;
mod head;
mod icons;
mod letters;
mod marks;
mod over_time;
mod places;
mod plain;
mod profile;
mod ranked;
mod scene;
mod slope;
mod sparkline;
mod times;
mod xmr;

#[cfg(test)]
mod tests;

use crate::benchmark::measure::Measure;
use crate::benchmark::statistics::{Change, Funnel, Profile, Ranked, Run, Xmr};

pub use document::{Drawing, STYLES, both};
pub use times::{Moment, moments};

/// The words of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// What the chart shows, in a sentence: "All points since Apr 2018 are above the mean".
    pub headline: &'a str,
    /// Measure, unit, who and when, see [`subtitle`].
    pub subtitle: &'a str,
    /// What is measured: its unit, direction, target and peer group, and whether the figures are invented.
    pub measure: &'a Measure,
    /// Decimals of the figures.
    pub decimals: u8,
    /// What the axis of sizes of a funnel plot counts: "Plain X-rays". Empty where nobody said.
    pub size: &'a str,
    /// What happened when, for charts over time.
    pub notes: &'a [Note<'a>],
}

/// What happened at a point of a series.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// Which of the figures that are shown, from 0: as the statistics count them.
    pub point: usize,
    /// In a few words: "first cohort reports".
    pub words: &'a str,
}

/// How wide a drawing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// 840 units: for panels and for paper.
    #[default]
    Wide,
    /// 320 units: for phones.
    Narrow,
}

/// What a drawing is for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What its ids begin with, so that several drawings fit on one page. Letters, digits and hyphens.
    pub prefix: &'a str,
    /// The codes or the names of organisations that are picked out: those of a network on its page.
    pub picked: &'a [&'a str],
    /// For which room.
    pub width: Width,
    /// Whether headline and subtitle are part of the drawing, as in a download, and not on the page beside it.
    pub is_titled: bool,
}

impl Options<'_> {
    fn is_wide(&self) -> bool {
        self.width == Width::Wide
    }

    fn units(&self) -> f64 {
        if self.is_wide() { 840.0 } else { 320.0 }
    }

    /// What the key calls those that are picked out, given all by name and code; none where none is.
    fn picked_in_key<'p>(&self, all: impl Iterator<Item = (&'p str, &'p str)>) -> Option<String> {
        let names: Vec<&str> = all
            .filter(|(name, code)| self.picks(name, code))
            .map(|(name, _)| letters::short_name(name))
            .collect();
        match names[..] {
            [] => None,
            [only] => Some(only.to_string()),
            _ => Some(format!("Picked out: {} organisations", names.len())),
        }
    }

    fn picks(&self, name: &str, code: &str) -> bool {
        self.picked.iter().any(|picked| !picked.is_empty() && (*picked == code || *picked == name))
    }
}

/// "Plain X-rays reported by radiographers, %. Newcastle, April 2016 to March 2018."
pub fn subtitle(measure: &Measure, who: &str, when: &str) -> String {
    let (metric, unit) = (measure.metric.trim().trim_end_matches('.'), measure.unit.trim());
    let what = match (metric.is_empty(), unit.is_empty()) {
        (_, true) => metric.to_string(),
        (true, false) => unit.to_string(),
        (false, false) => format!("{metric}, {unit}"),
    };
    let parts: Vec<&str> = [who.trim(), when.trim()].into_iter().filter(|part| !part.is_empty()).collect();
    let whose = parts.join(", ");
    match (what.is_empty(), whose.is_empty()) {
        (false, false) => format!("{what}. {whose}."),
        (false, true) => format!("{what}."),
        (true, _) => whose,
    }
}

/// One series with its limits and special causes. `moments` are all its periods, those without a figure too.
pub fn xmr(xmr: &Xmr, moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    xmr::draw(xmr, moments, labels, options)
}

/// One series with its median. `moments` are all its periods, those without a figure too.
pub fn run(run: &Run, moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    plain::run(run, moments, labels, options)
}

/// One series of few periods, each with its figure.
pub fn line(moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    plain::line(moments, labels, options)
}

/// Organisations by size, with limits.
pub fn funnel(funnel: &Funnel, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    funnel::draw(funnel, labels, options)
}

/// Organisations by value, each in a row with its earlier periods; where they are many, as columns.
pub fn ranked(ranked: &Ranked, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    ranked::draw(ranked, labels, options)
}

/// Two periods side by side.
pub fn slope(change: &Change, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    slope::draw(change, labels, options)
}

/// Bars of categories, in their own order.
pub fn profile(profile: &Profile, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    profile::draw(profile, labels, options)
}

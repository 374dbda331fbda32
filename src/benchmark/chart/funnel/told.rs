//! What a funnel plot says in words: its key and its description.

use super::{Plot, centre_words, mark};
use crate::benchmark::chart::figures::{Figures, sound};
use crate::benchmark::chart::letters::short_name;
use crate::benchmark::chart::marks::{self, Mark, Sign};
use crate::benchmark::chart::{Labels, Options};
use crate::benchmark::measure::Measure;
use crate::benchmark::statistics::Funnel;
use crate::benchmark::statistics::funnel::{FunnelPoint, Zone};
use crate::text::{counted, list_words};

pub(super) fn key(
    plot: &mut Plot<'_>,
    measure: &Measure,
    options: &Options<'_>,
    has_target: bool,
    unnamed: &[String],
) {
    let marks: Vec<Mark> =
        plot.funnel.points.iter().map(|point| mark(point.zone, measure.direction)).collect();
    let mut entries = Vec::new();
    for (own, words) in [
        (Mark::Improvement, "Outside the 99.8% limits: better"),
        (Mark::Concern, "Outside the 99.8% limits: worse"),
        (Mark::Neither, "Outside the 99.8% limits"),
        (Mark::Open, "Outside the 95% limits, as 1 in 20 is by chance"),
        (Mark::Usual, "Within the limits"),
    ] {
        if marks.contains(&own) {
            entries.push((Sign::Mark(own), words.to_string()));
        }
    }
    let all = plot.funnel.points.iter().map(|point| (point.name.as_str(), point.code.as_str()));
    entries.extend(options.picked_in_key(all).map(|name| (Sign::Around, name)));
    entries.push((Sign::Line("limit"), "99.8% limits".to_string()));
    entries.push((Sign::Line("inner"), "95% limits".to_string()));
    if has_target {
        entries.push((Sign::Line("target"), "Target".to_string()));
    }
    if plot.funnel.points.iter().any(|point| plot.up.is_beyond(point.value)) {
        entries.push((Sign::Beyond, "Beyond the scale".to_string()));
    }
    if plot.funnel.overdispersion.is_some_and(|found| found.tau_squared > 0.0) {
        let words =
            "Limits are widened, because organisations vary more than chance explains (overdispersion)";
        entries.push((Sign::Words, words.to_string()));
    }
    if !unnamed.is_empty() {
        let shown = unnamed.len().min(6);
        let mut names: Vec<String> = unnamed[..shown].to_vec();
        if unnamed.len() > shown {
            names.push(format!("{} more", unnamed.len() - shown));
        }
        entries.push((Sign::Words, format!("Also outside the 99.8% limits: {}", list_words(&names, "and"))));
    }
    marks::key(&mut plot.scene, &entries);
}

pub(super) fn description(
    funnel: &Funnel,
    labels: &Labels<'_>,
    figures: &Figures,
    step: f64,
    options: &Options<'_>,
) -> String {
    let count = counted(funnel.points.len(), "organisation", "organisations");
    let [what, centre] = centre_words(funnel, figures, step);
    let mut text = format!("Funnel plot of {count} by size, with 95% and 99.8% limits. {what} {centre}.");
    for (zone, words) in
        [(Zone::FarAbove, "Above the upper 99.8% limit"), (Zone::FarBelow, "Below the lower 99.8% limit")]
    {
        let own: Vec<&FunnelPoint> = funnel.points.iter().filter(|point| point.zone == zone).collect();
        let names: Vec<String> = own
            .iter()
            .take(12)
            .map(|point| format!("{} ({})", short_name(&point.name), figures.value(sound(point.value))))
            .collect();
        if !names.is_empty() {
            let others = if own.len() > 12 { format!(" and {} more", own.len() - 12) } else { String::new() };
            text += &format!(
                " {words}: {}{others}.",
                list_words(&names, if others.is_empty() { "and" } else { "," })
            );
        }
    }
    let near = funnel.points.iter().filter(|point| matches!(point.zone, Zone::Above | Zone::Below)).count();
    text += &match near {
        0 => " All others are within the 95% limits.".to_string(),
        1 => " One more is outside the 95% limits, as 1 in 20 is by chance.".to_string(),
        _ => format!(" {near} more are outside the 95% limits, as 1 in 20 is by chance."),
    };
    for point in funnel.points.iter().filter(|point| options.picks(&point.name, &point.code)).take(12) {
        text += &format!(" Picked out: {}, {}.", short_name(&point.name), figures.value(sound(point.value)));
    }
    if let Some(target) = labels.measure.target {
        text += &format!(" Target {}.", figures.value(sound(target)));
    }
    text
}

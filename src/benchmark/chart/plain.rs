//! The two plain charts over time: the run chart, and a line of few periods with each figure written beside it.

use super::figures::{Figures, sound};
use super::frame::nothing;
use super::marks::{Mark, Sign};
use super::over_time::{Plot, Side};
use super::scene::Style;
use super::times::Moment;
use super::{Drawing, Labels, Options};
use crate::benchmark::statistics::Run;

pub(super) fn run(run: &Run, moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let median = sound(run.median);
    let target = target(labels);
    let lines: Vec<f64> = [Some(median), target].into_iter().flatten().collect();
    let plot = Plot::new(moments, &lines, &[], labels, options, |figures, axis| {
        let mut sides = vec![Side {
            at: median,
            name: "Median",
            figure: figures.statistic(median, axis.step),
            style: Style::BOLD,
        }];
        sides.extend(target.map(|target| target_side(target, figures)));
        sides
    });
    let Some(mut plot) = plot else { return nothing(labels, options) };
    let (left, right) = (plot.scene.plot.left, plot.scene.plot.right);
    if let Some(target) = target {
        plot.across("target", target, left, right);
    }
    plot.across("mean", median, left, right);
    plot.trace();
    plot.marks(|_| (Mark::Usual, ""));
    plot.say_last();
    notes(&mut plot, labels);
    if !run.is_judged() {
        plot.key.push((Sign::Words, "Too few points to tell a change from chance".to_string()));
    }
    let median = plot.figures.statistic(median, plot.axis.step);
    let target = target.map_or(String::new(), |target| format!(" Target {}.", plot.figures.value(target)));
    let description = format!("{} Median {median}.{target} {}.", plot.told("Run chart"), run.headline());
    plot.finish(description, labels)
}

pub(super) fn line(moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let target = target(labels);
    let lines: Vec<f64> = target.into_iter().collect();
    let plot = Plot::new(moments, &lines, &[], labels, options, |figures, _| {
        target.map(|target| target_side(target, figures)).into_iter().collect()
    });
    let Some(mut plot) = plot else { return nothing(labels, options) };
    if let Some(target) = target {
        let (left, right) = (plot.scene.plot.left, plot.scene.plot.right);
        plot.across("target", target, left, right);
    }
    plot.trace();
    plot.marks(|_| (Mark::Picked, ""));
    // Few figures can all be read from the drawing itself.
    let few = if options.is_wide() { 12 } else { 6 };
    if plot.values.len() <= few {
        for point in (0..plot.values.len()).rev() {
            if plot.axis.is_beyond(plot.values[point]) {
                continue;
            }
            let lines = [plot.figures.value(plot.values[point])];
            let neighbour = plot
                .values
                .get(point + 1)
                .or(point.checked_sub(1).and_then(|before| plot.values.get(before)));
            let is_above = neighbour.is_none_or(|other| *other <= plot.values[point]);
            plot.say(&lines, &[plot.spots[point]], is_above, Style::OVER_BOLD, 30.0);
        }
    } else {
        plot.say_last();
    }
    notes(&mut plot, labels);
    let all: Vec<String> = (0..plot.values.len().min(12))
        .map(|point| format!("{} {}", plot.whens[point].short(), plot.figures.value(plot.values[point])))
        .collect();
    let all = if plot.values.len() <= 12 { format!(" {}.", all.join(", ")) } else { String::new() };
    let description = format!("{}{all}", plot.told("Line chart"));
    plot.finish(description, labels)
}

/// What happened when.
pub(super) fn notes(plot: &mut Plot<'_>, labels: &Labels<'_>) {
    for note in labels.notes.iter().take(4) {
        let (Some(spot), Some(when)) = (plot.spots.get(note.point), plot.whens.get(note.point)) else {
            continue;
        };
        let (x, words) = (spot.0, format!("{}: {}", when.short(), note.words));
        plot.mark_time(x, &words);
    }
}

/// The target of a measure as a line and as words.
pub(super) fn target(labels: &Labels<'_>) -> Option<f64> {
    labels.measure.target.map(sound)
}

pub(super) fn target_side(target: f64, figures: &Figures) -> Side {
    Side { at: target, name: "Target", figure: figures.value(target), style: Style::PLAIN }
}

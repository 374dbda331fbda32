//! The `XmR` chart of Making Data Count: mean, limits, special causes by shape, colour and a few words, steps, target,
//! and the two icons.

use super::figures::sound;
use super::frame::nothing;
use super::icons::Icon;
use super::marks::{Mark, Sign};
use super::over_time::{Plot, Side};
use super::plain::target_side;
use super::scene::{Anchor, Candidate, Rect, Spot, Style};
use super::times::Moment;
use super::{Drawing, Labels, Options};
use crate::benchmark::statistics::xmr::{Flag, Meaning, Phase, SpecialCause, Way};
use crate::benchmark::statistics::{Assurance, Variation, Xmr};
use crate::benchmark::when::When;
use crate::text::{list_words, upper_first};

/// Neighbours with the same special cause.
struct Group {
    from: usize,
    to: usize,
    flag: Flag,
}

/// So many groups are told in the description.
const TOLD: usize = 8;

pub(super) fn draw(xmr: &Xmr, moments: &[Moment], labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let Some(last) = xmr.last_phase() else { return nothing(labels, options) };
    let has_limits = xmr.points.len() > 1;
    let target = xmr.target.map(sound);
    let mut lines: Vec<f64> = target.into_iter().collect();
    for phase in &xmr.phases {
        lines.extend([phase.mean, phase.lower, phase.upper].map(sound));
    }
    let mut icons: Vec<Icon> = xmr.variation.map(Icon::Variation).into_iter().collect();
    icons.extend(xmr.assurance.map(Icon::Assurance));
    let plot = Plot::new(moments, &lines, &icons, labels, options, |figures, axis| {
        let side = |name, at: f64, style| Side {
            at: sound(at),
            name,
            figure: figures.statistic(sound(at), axis.step),
            style,
        };
        let mut sides = Vec::new();
        if has_limits {
            sides.push(side("Mean", last.mean, Style::BOLD));
        }
        sides.extend(target.map(|target| target_side(target, figures)));
        if has_limits && last.upper > last.lower {
            sides.push(side("Upper limit", last.upper, Style::QUIET));
            sides.push(side("Lower limit", last.lower, Style::QUIET));
        }
        sides
    });
    let Some(mut plot) = plot else { return nothing(labels, options) };
    let ends = ends(&plot, &xmr.phases);
    if has_limits {
        for (phase, (from, to)) in xmr.phases.iter().zip(&ends) {
            limits(&mut plot, xmr, phase, *from, *to);
        }
    }
    if let Some(target) = target {
        let (left, right) = (plot.scene.plot.left, plot.scene.plot.right);
        plot.across("target", target, left, right);
    }
    plot.trace();
    let flag_of = |point: usize| xmr.points.get(point).and_then(|point| point.flag);
    plot.marks(|point| match flag_of(point) {
        Some(flag) => (Mark::of(flag.meaning), cause_of_one(flag)),
        None => (Mark::Usual, ""),
    });
    steps(&mut plot, xmr, &ends, labels);
    let groups = groups(xmr, plot.spots.len());
    words(&mut plot, &groups);
    key(&mut plot, xmr, &groups, has_limits, target.is_some());
    let description = description(&plot, xmr, &groups);
    plot.finish(description, labels)
}

/// Where the limits of each phase begin and end: half way between its points and those of its neighbours.
fn ends(plot: &Plot<'_>, phases: &[Phase]) -> Vec<(f64, f64)> {
    let frame = plot.scene.plot;
    let between = |point: usize| match (
        point.checked_sub(1).and_then(|before| plot.spots.get(before)),
        plot.spots.get(point),
    ) {
        (Some(a), Some(b)) => f64::midpoint(a.0, b.0),
        (None, _) => frame.left,
        (_, None) => frame.right,
    };
    phases.iter().map(|phase| (between(phase.from), between(phase.to))).collect()
}

fn limits(plot: &mut Plot<'_>, xmr: &Xmr, phase: &Phase, from: f64, to: f64) {
    let is_near = |way| {
        let own = xmr.points.get(phase.from..phase.to).unwrap_or_default();
        own.iter().any(|point| {
            point.flag.is_some_and(|flag| flag.cause == SpecialCause::NearLimit && flag.way == way)
        })
    };
    // The zone is shown only where it explains a point.
    for (way, near, limit) in
        [(Way::Up, phase.near_upper, phase.upper), (Way::Down, phase.near_lower, phase.lower)]
    {
        if is_near(way) {
            let (a, b) = (plot.y(near), plot.y(limit));
            let zone = Rect { left: from, right: to, top: a.min(b), bottom: a.max(b) };
            plot.scene.rect("near", zone);
        }
    }
    for limit in [phase.upper, phase.lower] {
        plot.across("limit", limit, from, to);
    }
    plot.across("mean", phase.mean, from, to);
}

/// Where limits were worked out anew, and what else happened when.
fn steps(plot: &mut Plot<'_>, xmr: &Xmr, ends: &[(f64, f64)], labels: &Labels<'_>) {
    for note in labels.notes.iter().take(4) {
        let (Some(spot), Some(when)) = (plot.spots.get(note.point), plot.whens.get(note.point)) else {
            continue;
        };
        let phase = xmr.phases.iter().position(|phase| phase.from == note.point && note.point > 0);
        let x = phase.map_or(spot.0, |phase| ends[phase].0);
        let words = format!("{}: {}", when.short(), note.words);
        plot.mark_time(x, &words);
    }
    for (phase, (x, _)) in xmr.phases.iter().zip(ends).skip(1).take(6) {
        if !labels.notes.iter().take(4).any(|note| note.point == phase.from)
            && let Some(when) = plot.whens.get(phase.from)
        {
            let words = format!("Limits recalculated from {}", when.short());
            plot.mark_time(*x, &words);
        }
    }
    // The means of earlier phases, where there is room; the last one's stands at the right end.
    let earlier = xmr.phases.len().saturating_sub(1);
    for (phase, (from, to)) in xmr.phases.iter().zip(ends).take(earlier).rev().take(6) {
        let words = [format!("Mean {}", plot.figures.statistic(sound(phase.mean), plot.axis.step))];
        let y = plot.y(phase.mean);
        let mut candidates = Vec::new();
        for (x, anchor) in [
            (from + 4.0, Anchor::Start),
            (to - 4.0, Anchor::End),
            (f64::midpoint(*from, *to), Anchor::Middle),
        ] {
            for away in [-11.0, 12.0] {
                candidates.push(Candidate { x, middle: y + away, anchor, cost: 0.0 });
            }
        }
        let frame = Rect { left: *from, right: *to, ..plot.scene.plot };
        if let Some((at, _)) = plot.scene.best(&words, true, &candidates, &frame, 14.0) {
            plot.scene.lines(&words, at.x, at.middle, at.anchor, Style::OVER_BOLD);
        }
    }
}

fn groups(xmr: &Xmr, shown: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (point, flag) in xmr.flagged().filter(|(point, _)| *point < shown) {
        match groups.last_mut() {
            Some(group)
                if group.to + 1 == point
                    && group.flag.cause == flag.cause
                    && group.flag.way == flag.way
                    && xmr.points[group.to].phase == xmr.points[point].phase =>
            {
                group.to = point;
            }
            _ => groups.push(Group { from: point, to: point, flag }),
        }
    }
    groups
}

/// What a group is, in as few words as can be.
fn cause(group: &Group) -> String {
    let count = group.to - group.from + 1;
    let is_up = group.flag.way == Way::Up;
    let side = if is_up { "above" } else { "below" };
    let limit = if is_up { "upper limit" } else { "lower limit" };
    match (group.flag.cause, count) {
        (SpecialCause::Outside, 1) => format!("{side} the {limit}"),
        (SpecialCause::Outside, _) => format!("{count} {side} the {limit}"),
        // Points of a longer run or trend, whose others have a cause that comes first.
        (SpecialCause::Trend, 1..7) => if is_up { "part of a rise" } else { "part of a fall" }.to_string(),
        (SpecialCause::Trend, _) => format!("{count} {} in a row", if is_up { "rising" } else { "falling" }),
        (SpecialCause::NearLimit, 1) => format!("close to the {limit}"),
        (SpecialCause::NearLimit, _) => format!("{count} close to the {limit}"),
        (SpecialCause::Run, 1..7) => format!("part of a run {side} the mean"),
        (SpecialCause::Run, _) => format!("{count} in a row {side} the mean"),
    }
}

fn cause_of_one(flag: Flag) -> &'static str {
    match (flag.cause, flag.way) {
        (SpecialCause::Outside, Way::Up) => "above the upper limit",
        (SpecialCause::Outside, Way::Down) => "below the lower limit",
        (SpecialCause::Trend, Way::Up) => "part of a rise",
        (SpecialCause::Trend, Way::Down) => "part of a fall",
        (SpecialCause::NearLimit, Way::Up) => "close to the upper limit",
        (SpecialCause::NearLimit, Way::Down) => "close to the lower limit",
        (SpecialCause::Run, Way::Up) => "in a run above the mean",
        (SpecialCause::Run, Way::Down) => "in a run below the mean",
    }
}

/// The latest figure, and a few of the special causes: the latest ones, and those outside the limits before others.
fn words(plot: &mut Plot<'_>, groups: &[Group]) {
    let most = if plot.options.is_wide() { 4 } else { 2 };
    // What is left of a run whose other points have a cause that comes first says little by itself.
    let is_whole = |group: &Group| match group.flag.cause {
        SpecialCause::Outside => true,
        SpecialCause::NearLimit => group.to > group.from,
        SpecialCause::Trend | SpecialCause::Run => group.to - group.from >= 6,
    };
    let has_whole = groups.iter().any(is_whole);
    let order: Vec<usize> =
        (0..groups.len()).rev().filter(|place| !has_whole || is_whole(&groups[*place])).collect();
    plot.say_last();
    let mut said = 0;
    for group in order.into_iter().take(12).map(|place| &groups[place]) {
        if said == most {
            break;
        }
        let points: Vec<Spot> = plot.spots[group.from..=group.to].to_vec();
        if points.len() == 1 && plot.axis.is_beyond(plot.values[group.from]) {
            // Its name says where it lies.
            continue;
        }
        let told = if group.from == group.to {
            format!("{}: {}", plot.whens[group.from].short(), cause(group))
        } else {
            upper_first(&cause(group))
        };
        let room = if plot.options.is_wide() { 230.0 } else { 112.0 };
        let lines = super::letters::wrap(&told, room, false, 3);
        if plot.say(
            &lines,
            &points,
            group.flag.way == Way::Up,
            Style::OVER,
            if plot.options.is_wide() { 17.0 } else { 12.0 },
        ) {
            said += 1;
        }
    }
}

fn key(plot: &mut Plot<'_>, xmr: &Xmr, groups: &[Group], has_limits: bool, has_target: bool) {
    let mut entries = vec![];
    for (meaning, words) in [
        (Meaning::Improvement, "Special cause: improvement"),
        (Meaning::Concern, "Special cause: concern"),
        (Meaning::Neither, "Special cause: neither better nor worse"),
    ] {
        if groups.iter().any(|group| group.flag.meaning == meaning) {
            entries.push((Sign::Mark(Mark::of(meaning)), words.to_string()));
        }
    }
    entries.push((
        Sign::Mark(Mark::Usual),
        if has_limits { "Common cause variation" } else { "Figure" }.to_string(),
    ));
    if has_limits {
        entries.push((Sign::Line("mean"), "Mean".to_string()));
        let are_trial = xmr.phases.iter().filter(|phase| phase.is_trial).count();
        let limits = match are_trial {
            0 => "Process limits",
            _ if are_trial == xmr.phases.len() => "Trial limits: under 12 points",
            _ => "Process limits (trial limits where under 12 points)",
        };
        entries.push((Sign::Line("limit"), limits.to_string()));
    }
    if has_target {
        entries.push((Sign::Line("target"), "Target".to_string()));
    }
    if groups.iter().any(|group| group.flag.cause == SpecialCause::NearLimit) {
        entries.push((Sign::Box("near"), "Close to a limit".to_string()));
    }
    plot.key.splice(0..0, entries);
}

fn description(plot: &Plot<'_>, xmr: &Xmr, groups: &[Group]) -> String {
    let mut text = plot.told("Statistical process control (XmR) chart");
    if xmr.points.len() > 1 {
        let figure = |figure: f64| plot.figures.statistic(sound(figure), plot.axis.step);
        for (number, phase) in xmr.phases.iter().enumerate().rev().take(4).rev() {
            let from = plot.whens.get(phase.from).filter(|_| number > 0);
            let from = from.map_or(String::new(), |when| format!("From {}: ", when.short()));
            let limits = if phase.is_trial { "trial limits" } else { "limits" };
            let mean = if from.is_empty() { "Mean" } else { "mean" };
            text += &format!(
                " {from}{mean} {}, {limits} {} to {}.",
                figure(phase.mean),
                figure(phase.lower),
                figure(phase.upper)
            );
        }
    }
    if let Some(target) = xmr.target {
        text += &format!(" Target {}.", plot.figures.value(sound(target)));
    }
    let short = |point: usize| plot.whens.get(point).map_or(String::new(), When::short);
    let told: Vec<String> = groups
        .iter()
        .rev()
        .take(TOLD)
        .rev()
        .map(|group| {
            let to = if group.from == group.to { String::new() } else { format!(" to {}", short(group.to)) };
            format!("{}{to} ({})", short(group.from), cause(group))
        })
        .collect();
    let earlier = if groups.len() > TOLD { ", the latest of them" } else { "" };
    if told.is_empty() {
        text += " No special cause.";
    } else {
        text += &format!(" Special causes{earlier}: {}.", list_words(&told, "and"));
    }
    for words in
        [xmr.variation.map(Variation::words), xmr.assurance.map(Assurance::words)].into_iter().flatten()
    {
        text += &format!(" {words}.");
    }
    text
}

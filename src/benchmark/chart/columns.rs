//! Many organisations side by side: a column each, from the highest figure to the lowest. Only those that matter are
//! named: the one that is picked out, the highest and the lowest.

use std::fmt::Write as _;

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::frame::frame;
use super::letters::{self, short_name};
use super::marks::{self, Beyond, Mark, Sign};
use super::places::{around, leader};
use super::ranked::{self, key, lines_of, median_words};
use super::scene::{Anchor, At, Candidate, Rect, Scene, Style};
use super::{Labels, Options};
use crate::benchmark::statistics::Ranked;
use crate::benchmark::statistics::ranked::RankedPoint;
use crate::text::counted;

/// Draws columns; the step of their axis.
pub(super) fn draw(
    scene: &mut Scene,
    ranked: &Ranked,
    figures: &Figures,
    labels: &Labels<'_>,
    options: &Options<'_>,
) -> f64 {
    let values: Vec<f64> = ranked.points.iter().map(|point| sound(point.value)).collect();
    let steps = if options.is_wide() { 6 } else { 5 };
    let by_place = Axis::new(&values, &lines_of(ranked, labels), From::Figures, figures.is_percent(), steps);
    // Bars show lengths: they need zero, and none may be cut.
    let are_bars =
        values.iter().all(|value| *value >= 0.0) && !values.iter().any(|value| by_place.is_beyond(*value));
    let axis = if are_bars {
        Axis::new(&values, &lines_of(ranked, labels), From::Zero, figures.is_percent(), steps)
    } else {
        by_place
    };
    frame(scene, &axis, figures, 2.0, if options.is_wide() { 290.0 } else { 230.0 });
    let plot = scene.plot;
    let y = |figure: f64| plot.bottom - axis.share(figure) * plot.height();
    scene.rect("band", Rect { top: y(ranked.upper_quartile), bottom: y(ranked.lower_quartile), ..plot });
    let count = ranked.points.len();
    let step = plot.width() / count as f64;
    let order: Vec<&RankedPoint> = ranked.points.iter().rev().collect();
    let x = |number: usize| plot.left + step * (number as f64 + 0.5);
    let picked = order.iter().position(|point| options.picks(&point.name, &point.code));
    if are_bars {
        bars(scene, &order, step, picked, &y);
    }
    let mut has_beyond = false;
    // More dots than the paper has places say no more.
    let mut drawn = f64::NEG_INFINITY;
    for (number, point) in order.iter().enumerate() {
        let spot = (x(number), y(sound(point.value)));
        scene.avoid((spot.0, spot.1), (spot.0, if are_bars { plot.bottom } else { spot.1 + 3.0 }), 3.0);
        if are_bars {
            scene.spots.push(spot);
        } else if axis.is_beyond(point.value) {
            let way = if point.value > axis.high { Beyond::Above } else { Beyond::Below };
            has_beyond = true;
            if spot.0 - drawn >= 1.0 {
                marks::beyond(
                    scene,
                    spot,
                    way,
                    &format!("{}: {}", point.name, figures.value(sound(point.value))),
                );
                drawn = spot.0;
            }
        } else if Some(number) == picked || spot.0 - drawn >= 1.0 {
            let mark = if Some(number) == picked { Mark::Picked } else { Mark::Usual };
            mark.draw(scene, spot, if step < 6.0 { 0.75 } else { 1.0 }, "");
            drawn = spot.0;
        }
    }
    let lines = ranked::across(ranked, figures, labels);
    across(scene, ranked, &axis, figures, &lines, &y);
    let mut named: Vec<usize> = picked.into_iter().collect();
    if are_bars {
        named.extend([0, count - 1]);
    } else {
        let beyond = order
            .iter()
            .enumerate()
            .filter(|(_, point)| axis.is_beyond(point.value))
            .map(|(number, _)| number);
        named.extend(beyond.take(3));
        named.extend([0, count - 1]);
    }
    let mut said: Vec<usize> = Vec::new();
    for number in named {
        if said.contains(&number) {
            continue;
        }
        let point = order[number];
        let is_picked = Some(number) == picked;
        let style = if is_picked { Style::OVER_BOLD } else { Style::OVER };
        let room = if options.is_wide() { 240.0 } else { 130.0 };
        let words = format!("{}: {}", short_name(&point.name), figures.value(sound(point.value)));
        let lines = letters::wrap(&words, room, style.bold, 3);
        let spot = (x(number), y(sound(point.value)));
        let mut places = around(spot, lines.len(), 0.0);
        for away in [110.0, 150.0, 190.0] {
            for (dx, anchor) in [(0.0, Anchor::Middle), (-6.0, Anchor::Start), (6.0, Anchor::End)] {
                places.push(Candidate { x: spot.0 + dx, middle: spot.1 - away, anchor, cost: away / 12.0 });
            }
        }
        let room = Rect {
            left: plot.left + 2.0,
            top: plot.top - 4.0,
            right: scene.width,
            bottom: plot.bottom - 1.0,
        };
        let most = if is_picked { 400.0 } else { 16.0 };
        if let Some((at, rect)) = scene.best(&lines, style.bold, &places, &room, most) {
            leader(scene, spot, rect, if are_bars { 2.0 } else { 8.0 });
            scene.lines(&lines, at.x, at.middle, at.anchor, style);
            said.push(number);
        }
    }
    scene.text("Highest", plot.left, plot.bottom + 14.0, Anchor::Start, Style::QUIET);
    scene.text("Lowest", plot.right, plot.bottom + 14.0, Anchor::End, Style::QUIET);
    let all = counted(count, "organisation", "organisations");
    scene.text(&all, f64::midpoint(plot.left, plot.right), plot.bottom + 14.0, Anchor::Middle, Style::QUIET);
    scene.height = plot.bottom + 26.0;
    let mut entries = key(ranked, figures, axis.step, &lines, options);
    if are_bars && picked.is_some() {
        entries[0].0 = Sign::Box("bar on");
    }
    if has_beyond {
        entries.push((Sign::Beyond, "Beyond the scale".to_string()));
    }
    match ranked.without_figure.len() {
        0 => {}
        1 => entries.push((Sign::Words, "One has no figure that can be shown".to_string())),
        several => entries.push((Sign::Words, format!("{several} have no figure that can be shown"))),
    }
    marks::key(scene, &entries);
    axis.step
}

fn bars(scene: &mut Scene, order: &[&RankedPoint], step: f64, picked: Option<usize>, y: &dyn Fn(f64) -> f64) {
    let plot = scene.plot;
    let wide = (step * 0.74).min(40.0);
    let (mut usual, mut on) = (String::new(), String::new());
    let mut drawn = f64::NEG_INFINITY;
    for (number, point) in order.iter().enumerate() {
        let left = plot.left + step * (number as f64 + 0.5) - wide / 2.0;
        let is_picked = Some(number) == picked;
        if left - drawn < 0.5 && !is_picked {
            continue;
        }
        drawn = left;
        let path = if is_picked { &mut on } else { &mut usual };
        let top = At(y(sound(point.value)));
        let (left, wide, bottom) = (At(left), At(wide.max(0.5)), At(plot.bottom));
        let _ = write!(path, "M{left} {bottom}V{top}h{wide}V{bottom}z");
    }
    for (class, path) in [("bar", usual), ("bar on", on)] {
        if !path.is_empty() {
            scene.draw(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }
}

/// Median, peers' median and target with their names.
fn across(
    scene: &mut Scene,
    ranked: &Ranked,
    axis: &Axis,
    figures: &Figures,
    lines: &[ranked::Across],
    y: &dyn Fn(f64) -> f64,
) {
    let plot = scene.plot;
    let median = (ranked.median, "mean", median_words(ranked, figures, axis.step), Style::OVER_BOLD);
    let others = lines.iter().map(|line| (line.at, line.class, line.words.clone(), Style::OVER));
    let all: Vec<_> = std::iter::once(median).chain(others).collect();
    for (at, class, ..) in &all {
        let at = y(*at);
        scene.line(class, (plot.left, at), (plot.right, at));
        scene.avoid((plot.left, at), (plot.right, at), 1.0);
    }
    // The key says what a line is whose name finds no room beside it.
    let most = if lines.is_empty() { 400.0 } else { 12.0 };
    for (at, _, words, style) in all {
        let at = y(at);
        let lines = letters::wrap(&words, plot.width() * 0.6, style.bold, 2);
        let half = letters::LINE * lines.len() as f64 / 2.0;
        let mut candidates = Vec::new();
        let middle = f64::midpoint(plot.left, plot.right);
        for (x, anchor) in
            [(plot.right - 2.0, Anchor::End), (plot.left + 4.0, Anchor::Start), (middle, Anchor::Middle)]
        {
            for away in [half + 2.0, -half - 3.0] {
                candidates.push(Candidate { x, anchor, middle: at - away, cost: away.abs() * 0.1 });
            }
        }
        let room = Rect { top: plot.top - 4.0, ..plot };
        if let Some((place, _)) = scene.best(&lines, style.bold, &candidates, &room, most) {
            scene.lines(&lines, place.x, place.middle, place.anchor, style);
        }
    }
}

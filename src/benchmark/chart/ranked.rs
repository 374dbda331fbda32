//! Organisations side by side, from the highest figure to the lowest: a row each, with the middle half as a band, the
//! median as a line, and earlier periods as a small line. No rank numbers: neighbours differ by chance.

mod layout;

use std::fmt::Write as _;

use self::layout::Layout;
use super::axis::{Axis, From};
use super::columns;
use super::figures::{Figures, sound};
use super::letters::{self, short_name};
use super::marks::{self, Beyond, Mark, Sign};
use super::scene::{Anchor, At, Rect, Scene, Style};
use super::sparkline::{Sparklines, Traces};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::statistics::Ranked;
use crate::benchmark::statistics::ranked::RankedPoint;

/// More organisations than this are columns, on a wide and on a narrow drawing.
const ROWS: [usize; 2] = [45, 16];
/// So many without a figure are listed.
const LISTED: usize = 12;

pub(super) fn draw(ranked: &Ranked, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let mut scene = Scene::new(options.units());
    head::draw(&mut scene, labels, options, &[]);
    let figures = Figures::new(labels.measure, labels.decimals);
    let step = if ranked.points.len() > ROWS[usize::from(!options.is_wide())] {
        columns::draw(&mut scene, ranked, &figures, labels, options)
    } else {
        rows(&mut scene, ranked, &figures, labels, options)
    };
    let description = description(ranked, &figures, step, labels, options);
    Drawing::new(scene, description, labels, options)
}

/// The lines that a comparison has.
pub(super) fn lines_of(ranked: &Ranked, labels: &Labels<'_>) -> Vec<f64> {
    let mut lines = vec![ranked.lower_quartile, ranked.median, ranked.upper_quartile];
    lines.extend(labels.measure.target);
    lines.extend(ranked.peer_median.as_ref().map(|peer| peer.value));
    lines
}

/// The median of those shown, by the name of their group where they have one.
pub(super) fn median_words(ranked: &Ranked, figures: &Figures, step: f64) -> String {
    let median = figures.statistic(sound(ranked.median), step);
    if ranked.peer_median.is_some() {
        return format!("Median of those shown {median}");
    }
    match ranked.peer_group.as_deref().map(str::trim).filter(|group| !group.is_empty()) {
        Some(group) => format!("{group} median {median}"),
        None => format!("Median {median}"),
    }
}

/// A line across a comparison besides the median, with its name.
pub(super) struct Across {
    pub(super) at: f64,
    pub(super) class: &'static str,
    pub(super) words: String,
}

/// The median of a peer group from elsewhere ("Shelford Group median 15.0%"), and the target.
pub(super) fn across(ranked: &Ranked, figures: &Figures, labels: &Labels<'_>) -> Vec<Across> {
    let peer = ranked.peer_median.as_ref().map(|peer| {
        let figure = figures.with_decimals(sound(peer.value), peer.decimals);
        Across { at: peer.value, class: "peer", words: format!("{} median {figure}", peer.group.trim()) }
    });
    let target = labels.measure.target.map(|at| Across {
        at,
        class: "target",
        words: format!("Target {}", figures.value(sound(at))),
    });
    peer.into_iter().chain(target).collect()
}

/// Draws rows; the step of their axis.
fn rows(
    scene: &mut Scene,
    ranked: &Ranked,
    figures: &Figures,
    labels: &Labels<'_>,
    options: &Options<'_>,
) -> f64 {
    let values: Vec<f64> = ranked.points.iter().map(|point| sound(point.value)).collect();
    let steps = if options.is_wide() { 5 } else { 3 };
    let axis = Axis::new(&values, &lines_of(ranked, labels), From::Figures, figures.is_percent(), steps);
    let sparklines = Sparklines::of(&ranked.points);
    let across = across(ranked, figures, labels);
    let layout = Layout::new(scene, ranked, &axis, figures, sparklines.is_some(), across.len(), options);
    let listed = ranked.without_figure.len().min(LISTED);
    let rows = ranked.points.len() + listed;
    let plot = Rect {
        left: layout.left,
        right: layout.right,
        top: layout.top,
        bottom: layout.top + layout.row * rows as f64,
    };
    scene.plot = plot;
    let x = |figure: f64| plot.left + axis.share(figure) * plot.width();
    // What is compared ends above those without a figure.
    let end = layout.row.mul_add(ranked.points.len() as f64, layout.top);
    let band = Rect { left: x(ranked.lower_quartile), right: x(ranked.upper_quartile), bottom: end, ..plot };
    scene.rect("band", band);
    for tick in &axis.ticks {
        scene.line("grid", (x(*tick), plot.top), (x(*tick), plot.bottom));
    }
    let guides: String = (0..ranked.points.len())
        .map(|number| {
            let y = layout.row.mul_add(number as f64, plot.top) + layout.middle();
            format!("M{} {}H{}", At(plot.left), At(y), At(plot.right))
        })
        .collect();
    scene.draw(format_args!("<path class=\"grid\" d=\"{guides}\"/>"));
    for line in &across {
        scene.line(line.class, (x(line.at), plot.top - 4.0), (x(line.at), end));
    }
    scene.line("mean", (x(ranked.median), plot.top - 4.0), (x(ranked.median), end));
    tops(scene, ranked, &axis, figures, &across, &layout);
    if let (Some(sparklines), true) = (&sparklines, layout.spark > 0.0) {
        let words = format!("{} periods", sparklines.periods);
        let words = letters::cut(&words, layout.spark, false);
        scene.text(&words, scene.width, plot.top - 12.0, Anchor::End, Style::QUIET);
    }
    let mut has_beyond = false;
    let (mut dots, mut sparks, mut picked) = (String::new(), Traces::default(), Vec::new());
    for (number, point) in ranked.points.iter().rev().enumerate() {
        let top = layout.row.mul_add(number as f64, plot.top);
        let is_picked = options.picks(&point.name, &point.code);
        let style = if is_picked { Style::BOLD } else { Style::PLAIN };
        let middle = layout.names(scene, point, figures, top, style);
        let spot = (x(sound(point.value)), middle);
        if axis.is_beyond(point.value) {
            has_beyond = true;
            let way = if point.value > axis.high { Beyond::Right } else { Beyond::Left };
            marks::beyond(scene, spot, way, told(point));
        } else if is_picked {
            picked.push(spot);
        } else {
            let _ = write!(dots, "M{} {}h.1", At(spot.0), At(spot.1));
            scene.spots.push(spot);
        }
        if let (Some(sparklines), true) = (&sparklines, layout.spark > 0.0) {
            let room = Rect {
                left: scene.width - layout.spark,
                right: scene.width,
                top: middle - 9.0,
                bottom: middle + 9.0,
            };
            sparklines.trace(&mut sparks, point, room);
        }
    }
    scene.draw(format_args!("<path class=\"dots\" d=\"{dots}\"/>"));
    sparks.draw(scene);
    for spot in picked {
        Mark::Picked.draw(scene, spot, 1.15, "");
    }
    for (number, name) in ranked.without_figure.iter().take(LISTED).enumerate() {
        let top = layout.row.mul_add((ranked.points.len() + number) as f64, plot.top);
        layout.without(scene, name, top);
    }
    ticks(scene, &axis, figures, plot);
    let mut entries = key(ranked, figures, axis.step, &across, options);
    if has_beyond {
        entries.push((Sign::Beyond, "Beyond the scale".to_string()));
    }
    if sparklines.is_some() && layout.spark > 0.0 {
        entries.push((Sign::Words, "Small lines: earlier periods, all to one scale".to_string()));
    }
    if ranked.without_figure.len() > LISTED {
        let more = ranked.without_figure.len() - LISTED;
        entries.push((Sign::Words, format!("{more} more have no figure that can be shown")));
    }
    marks::key(scene, &entries);
    axis.step
}

/// The names of median, peers' median and target above the plot.
fn tops(
    scene: &mut Scene,
    ranked: &Ranked,
    axis: &Axis,
    figures: &Figures,
    across: &[Across],
    layout: &Layout,
) {
    let plot = scene.plot;
    let end = if layout.spark > 0.0 { scene.width - layout.spark - 8.0 } else { scene.width };
    let mut put = |words: &str, at: f64, style: Style| {
        let words = letters::cut(words, end, style.bold);
        let half = letters::width(&words, style.bold) / 2.0;
        let middle = (plot.left + axis.share(at) * plot.width()).clamp(half, (end - half).max(half));
        let is_free = |row: &f64| {
            let wanted = super::scene::extent(
                std::slice::from_ref(&words),
                middle,
                plot.top - row,
                Anchor::Middle,
                style.bold,
            );
            !scene.words.iter().any(|other| other.overlaps(&wanted.grown(3.0)))
        };
        let row = [13.0, 36.0, 59.0].into_iter().find(is_free).unwrap_or(59.0);
        scene.text(&words, middle, plot.top - row, Anchor::Middle, style);
    };
    put(&median_words(ranked, figures, axis.step), ranked.median, Style::BOLD);
    for line in across {
        put(&line.words, line.at, Style::PLAIN);
    }
}

/// The names of the axis below a plot of rows.
pub(super) fn ticks(scene: &mut Scene, axis: &Axis, figures: &Figures, plot: Rect) {
    let mut end = f64::NEG_INFINITY;
    scene.line("zero", (plot.left, plot.bottom), (plot.right, plot.bottom));
    for tick in &axis.ticks {
        let words = figures.tick(*tick, axis.step, axis.largest());
        let half = letters::width(&words, false) / 2.0;
        let x = (plot.left + axis.share(*tick) * plot.width()).clamp(half, (scene.width - half).max(half));
        if x - half > end + 8.0 {
            scene.text(&words, x, plot.bottom + 13.0, Anchor::Middle, Style::QUIET);
            end = x + half;
        }
    }
    scene.height = plot.bottom + 25.0;
    if let Some(unit) = figures.unit() {
        let unit = letters::cut(unit, scene.width - plot.left, false);
        scene.text(&unit, plot.left, scene.height + 7.0, Anchor::Start, Style::QUIET);
        scene.height += 18.0;
    }
}

pub(super) fn key(
    ranked: &Ranked,
    figures: &Figures,
    step: f64,
    across: &[Across],
    options: &Options<'_>,
) -> Vec<(Sign, String)> {
    let mut entries = Vec::new();
    let all = ranked.points.iter().map(|point| (point.name.as_str(), point.code.as_str()));
    entries.extend(options.picked_in_key(all).map(|name| (Sign::Mark(Mark::Picked), name)));
    let quartile = |figure: f64| figures.statistic(sound(figure), step);
    let (low, high) = (quartile(ranked.lower_quartile), quartile(ranked.upper_quartile));
    entries.push((Sign::Box("band"), format!("Middle half: {low} to {high} (type 7 quartiles)")));
    // Names of lines that stand close together may be far from them.
    if !across.is_empty() {
        entries.push((Sign::Line("mean"), median_words(ranked, figures, step)));
        entries.extend(across.iter().map(|line| (Sign::Line(line.class), line.words.clone())));
    }
    entries
}

fn told(point: &RankedPoint) -> &'static str {
    match point.quarter {
        1 => "In the lowest quarter",
        2 => "In the second lowest quarter",
        3 => "In the second highest quarter",
        _ => "In the highest quarter",
    }
}

fn description(
    ranked: &Ranked,
    figures: &Figures,
    step: f64,
    labels: &Labels<'_>,
    options: &Options<'_>,
) -> String {
    let quartile = |figure: f64| figures.statistic(sound(figure), step);
    let (Some(lowest), Some(highest)) = (ranked.points.first(), ranked.points.last()) else {
        return "No figures are shown.".to_string();
    };
    let with_figure =
        |point: &RankedPoint| format!("{} {}", short_name(&point.name), figures.value(sound(point.value)));
    let mut text = format!(
        "Figures of {} organisations, from the highest, {}, to the lowest, {}. {}. The middle half lies from {} to {}.",
        ranked.points.len(),
        with_figure(highest),
        with_figure(lowest),
        median_words(ranked, figures, step),
        quartile(ranked.lower_quartile),
        quartile(ranked.upper_quartile),
    );
    for point in ranked.points.iter().filter(|point| options.picks(&point.name, &point.code)).take(12) {
        text += &format!(" Picked out: {}. {}.", with_figure(point), told(point));
    }
    for line in across(ranked, figures, labels) {
        text += &format!(" {}.", line.words);
    }
    match ranked.without_figure.len() {
        0 => {}
        1 => text += " One has no figure that can be shown.",
        several => text += &format!(" {several} have no figure that can be shown."),
    }
    text
}

//! The funnel plot: organisations by size, the common value, 95% and 99.8% limits. Those outside are named on the
//! drawing, the others are dots.

mod told;

use std::fmt::Write as _;

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::frame::frame;
use super::letters::{self, LINE, short_name};
use super::marks::{self, Beyond, Mark};
use super::places::{around, leader};
use super::scene::{Anchor, At, Rect, Scene, Spot, Style, spread};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::measure::{Direction, Measure};
use crate::benchmark::statistics::Funnel;
use crate::benchmark::statistics::funnel::{FunnelKind, FunnelPoint, Limits, Zone};

/// Each line of limits is drawn through so many points.
const STEPS: usize = 48;
/// So many organisations are named on a wide and on a narrow drawing.
const NAMED: [usize; 2] = [10, 5];

struct Plot<'a> {
    scene: Scene,
    across: Axis,
    up: Axis,
    funnel: &'a Funnel,
}

pub(super) fn draw(funnel: &Funnel, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let mut scene = Scene::new(options.units());
    head::draw(&mut scene, labels, options, &[]);
    let figures = Figures::new(labels.measure, labels.decimals);
    let target = labels.measure.target.map(sound);
    let sizes: Vec<f64> = funnel.points.iter().map(|point| sound(point.denominator)).collect();
    let across = Axis::new(&sizes, &[], From::Zero, false, if options.is_wide() { 7 } else { 3 });
    let up = upwards(funnel, &figures, target, options);
    let centre = sound(funnel.centre);
    let mut sides = vec![(centre, centre_words(funnel, &figures, up.step), Style::BOLD)];
    sides.extend(target.map(|target| (target, ["Target".to_string(), figures.value(target)], Style::PLAIN)));
    let end = limits(funnel, across.high);
    for (at, words) in
        [(end.upper_998, "99.8%"), (end.lower_998, "99.8%"), (end.upper_95, "95%"), (end.lower_95, "95%")]
    {
        sides.push((sound(at), [words.to_string(), "limit".to_string()], Style::QUIET));
    }
    let lines_of = |words: &[String; 2]| {
        if options.is_wide() || words[1] == "limit" { vec![words.join(" ")] } else { words.to_vec() }
    };
    let margin = sides.iter().flat_map(|(_, words, style)| {
        lines_of(words)
            .into_iter()
            .map(|line| letters::width(&letters::cut(&line, 180.0, style.bold), style.bold))
    });
    let margin = margin.fold(0.0, f64::max) + 9.0;
    frame(&mut scene, &up, &figures, margin, if options.is_wide() { 330.0 } else { 260.0 });
    let mut plot = Plot { scene, across, up, funnel };
    plot.lines(target);
    let wanted: Vec<(f64, f64)> =
        sides.iter().map(|(at, words, _)| (plot.y(*at), LINE * lines_of(words).len() as f64 + 1.0)).collect();
    let frame = plot.scene.plot;
    for ((_, words, style), middle) in sides.iter().zip(spread(&wanted, frame.top - 8.0, frame.bottom + 8.0))
    {
        let lines: Vec<String> =
            lines_of(words).iter().map(|line| letters::cut(line, 180.0, style.bold)).collect();
        if let Some(middle) = middle {
            plot.scene.lines(&lines, frame.right + 7.0, middle, Anchor::Start, *style);
        }
    }
    plot.sizes(labels);
    plot.points(&figures, labels.measure, options);
    let unnamed = plot.name(labels.measure, options);
    told::key(&mut plot, labels.measure, options, target.is_some(), &unnamed);
    let description = told::description(funnel, labels, &figures, plot.up.step, options);
    Drawing::new(plot.scene, description, labels, options)
}

/// The axis of values holds all of them, and the limits of all but the smallest organisations.
fn upwards(funnel: &Funnel, figures: &Figures, target: Option<f64>, options: &Options<'_>) -> Axis {
    let values: Vec<f64> = funnel.points.iter().map(|point| point.value).collect();
    let mut by_size: Vec<&FunnelPoint> = funnel.points.iter().collect();
    by_size.sort_by(|a, b| a.denominator.total_cmp(&b.denominator));
    let mut lines = vec![funnel.centre];
    lines.extend(target);
    for point in by_size.iter().skip(by_size.len() / 4) {
        lines.extend([point.limits.lower_998, point.limits.upper_998]);
    }
    Axis::new(&values, &lines, From::Figures, figures.is_percent(), if options.is_wide() { 6 } else { 5 })
}

fn centre_words(funnel: &Funnel, figures: &Figures, step: f64) -> [String; 2] {
    let centre = figures.statistic(sound(funnel.centre), step);
    match funnel.kind {
        FunnelKind::Proportion => ["Average".to_string(), centre],
        FunnelKind::Ratio => ["As expected".to_string(), centre],
    }
}

fn limits(funnel: &Funnel, size: f64) -> Limits {
    funnel.limits(size.clamp(1e-9, 1e15))
}

impl Plot<'_> {
    fn x(&self, size: f64) -> f64 {
        let plot = self.scene.plot;
        plot.left + self.across.share(size) * plot.width()
    }

    fn y(&self, figure: f64) -> f64 {
        let plot = self.scene.plot;
        plot.bottom - self.up.share(figure) * plot.height()
    }

    fn lines(&mut self, target: Option<f64>) {
        let least =
            self.funnel.points.iter().map(|point| sound(point.denominator)).fold(f64::INFINITY, f64::min);
        let (from, to) = ((least * 0.6).clamp(0.0, self.across.high * 0.5), self.across.high);
        // Closer together where the lines bend.
        let sizes: Vec<f64> = (0..=STEPS)
            .map(|step| {
                let share = step as f64 / STEPS as f64;
                (to - from).mul_add(share * share, from)
            })
            .filter(|size| *size > 0.0)
            .collect();
        let at: Vec<Limits> = sizes.iter().map(|size| limits(self.funnel, *size)).collect();
        for (class, of) in [
            ("limit", (|at: &Limits| at.upper_998) as fn(&Limits) -> f64),
            ("limit", |at| at.lower_998),
            ("inner", |at| at.upper_95),
            ("inner", |at| at.lower_95),
        ] {
            let curve: Vec<(f64, f64)> =
                sizes.iter().zip(&at).map(|(size, at)| (*size, sound(of(at)))).collect();
            self.curve(class, &curve);
        }
        let plot = self.scene.plot;
        let y = self.y(self.funnel.centre);
        self.scene.line("mean", (plot.left, y), (plot.right, y));
        self.scene.avoid((plot.left, y), (plot.right, y), 7.0);
        if let Some(target) = target {
            let y = self.y(target);
            self.scene.line("target", (plot.left, y), (plot.right, y));
            self.scene.avoid((plot.left, y), (plot.right, y), 7.0);
        }
    }

    /// A line through sizes and values, cut where it leaves the plot.
    fn curve(&mut self, class: &str, curve: &[(f64, f64)]) {
        let mut path = String::new();
        let mut is_open = false;
        for pair in curve.windows(2) {
            let Some((a, b)) = self.within(pair[0], pair[1]) else {
                is_open = false;
                continue;
            };
            let (from, to) = ((self.x(a.0), self.y(a.1)), (self.x(b.0), self.y(b.1)));
            if !is_open {
                let _ = write!(path, "M{} {}", At(from.0), At(from.1));
            }
            let _ = write!(path, "L{} {}", At(to.0), At(to.1));
            is_open = b == pair[1];
            self.scene.avoid(from, to, 2.0);
        }
        if !path.is_empty() {
            self.scene.draw(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }

    /// The part of a piece of a curve that lies on the axis of values.
    fn within(&self, a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (low, high) = (self.up.low, self.up.high);
        let cut = |from: (f64, f64), to: (f64, f64)| {
            let edge = if from.1 > high { high } else { low };
            let share = if to.1 == from.1 { 0.0 } else { (edge - from.1) / (to.1 - from.1) };
            (from.0 + (to.0 - from.0) * share, edge)
        };
        let is_on = |spot: (f64, f64)| (low..=high).contains(&spot.1);
        match (is_on(a), is_on(b)) {
            (true, true) => Some((a, b)),
            (true, false) => Some((a, cut(b, a))),
            (false, true) => Some((cut(a, b), b)),
            (false, false) => None,
        }
    }

    /// The axis of sizes.
    fn sizes(&mut self, labels: &Labels<'_>) {
        let plain = Figures::new(&Measure::default(), 0);
        let plot = self.scene.plot;
        let mut end = f64::NEG_INFINITY;
        for tick in self.across.ticks.clone() {
            let x = self.x(tick);
            let words = plain.tick(tick, self.across.step, self.across.largest());
            let half = letters::width(&words, false) / 2.0;
            let middle = x.clamp(half, self.scene.width - half);
            self.scene.line("zero", (x, plot.bottom), (x, plot.bottom + 5.0));
            if middle - half > end + 8.0 {
                self.scene.text(&words, middle, plot.bottom + 19.0, Anchor::Middle, Style::QUIET);
                end = middle + half;
            }
        }
        let words = match (labels.size.trim(), self.funnel.kind) {
            ("", FunnelKind::Proportion) => "Size: the denominator",
            ("", FunnelKind::Ratio) => "Size: the number expected",
            (size, _) => size,
        };
        let words = letters::cut(words, self.scene.width - plot.left, false);
        self.scene.text(&words, plot.left, plot.bottom + 38.0, Anchor::Start, Style::QUIET);
        self.scene.height = plot.bottom + 50.0;
    }

    fn spot(&self, point: &FunnelPoint) -> Spot {
        (self.x(point.denominator), self.y(point.value))
    }

    fn points(&mut self, figures: &Figures, measure: &Measure, options: &Options<'_>) {
        let is_told = options.is_wide() && self.funnel.points.len() <= 60;
        let scale = if self.funnel.points.len() > 120 { 0.75 } else { 1.0 };
        let mut order: Vec<&FunnelPoint> = self.funnel.points.iter().collect();
        // Those outside lie on top of those within.
        order.sort_by_key(|point| mark(point.zone, measure.direction) != Mark::Usual);
        for point in order {
            let spot = self.spot(point);
            let (x, y) = spot;
            let weight = if is_far(point) { 25.0 } else { 6.0 };
            self.scene.avoid((x - 4.0, y - 4.0), (x + 4.0, y + 4.0), weight);
            let words = format!("{}: {}", point.name, figures.value(sound(point.value)));
            if self.up.is_beyond(point.value) {
                let way = if point.value > self.up.high { Beyond::Above } else { Beyond::Below };
                marks::beyond(&mut self.scene, spot, way, &words);
            } else {
                let words = if is_told { words.as_str() } else { "" };
                mark(point.zone, measure.direction).draw(&mut self.scene, spot, scale, words);
            }
            if options.picks(&point.name, &point.code) {
                marks::around(&mut self.scene, spot, 9.0);
            }
        }
    }

    /// Names those outside the 99.8% limits, the farthest first, and the one that is picked out. What comes back are
    /// the names for which there was no room.
    fn name(&mut self, measure: &Measure, options: &Options<'_>) -> Vec<String> {
        let most = NAMED[usize::from(!options.is_wide())];
        let is_picked = |point: &FunnelPoint| options.picks(&point.name, &point.code);
        let mut chosen: Vec<&FunnelPoint> = self
            .funnel
            .points
            .iter()
            .filter(|point| is_picked(point) || is_far(point) || self.up.is_beyond(point.value))
            .collect();
        chosen.sort_by(|a, b| {
            let first = |point: &FunnelPoint| (!is_picked(point), !self.up.is_beyond(point.value));
            first(a).cmp(&first(b)).then(distance(b).total_cmp(&distance(a)))
        });
        let mut unnamed: Vec<String> =
            chosen.iter().skip(most).map(|point| short_name(&point.name).to_string()).collect();
        let plot = self.scene.plot;
        let frame = Rect {
            left: plot.left + 3.0,
            top: plot.top - 6.0,
            right: plot.right - 1.0,
            bottom: plot.bottom - 2.0,
        };
        let figures = Figures::new(measure, 0);
        for point in chosen.into_iter().take(most) {
            let spot = self.spot(point);
            let style = if is_picked(point) { Style::OVER_BOLD } else { Style::OVER };
            let mut words = short_name(&point.name).to_string();
            if self.up.is_beyond(point.value) {
                words += &format!(" {}", figures.value(sound(point.value)));
            }
            let room = match (options.is_wide(), self.up.is_beyond(point.value)) {
                (true, _) => 210.0,
                (false, true) => 150.0,
                (false, false) => 112.0,
            };
            let lines = letters::wrap(&words, room, style.bold, 3);
            let most = if is_picked(point) || self.up.is_beyond(point.value) { 100.0 } else { 20.0 };
            let ring = if is_picked(point) { 3.0 } else { 0.0 };
            let Some((at, rect)) =
                self.scene.best(&lines, style.bold, &around(spot, lines.len(), ring), &frame, most)
            else {
                unnamed.extend(Some(words).filter(|words| !words.trim().is_empty()));
                continue;
            };
            leader(&mut self.scene, spot, rect, 7.0 + ring);
            self.scene.lines(&lines, at.x, at.middle, at.anchor, style);
        }
        unnamed
    }
}

fn is_far(point: &FunnelPoint) -> bool {
    matches!(point.zone, Zone::FarAbove | Zone::FarBelow)
}

/// How far beyond its 99.8% limit, as a share of the width between the limits.
fn distance(point: &FunnelPoint) -> f64 {
    let wide = (sound(point.limits.upper_998) - sound(point.limits.lower_998)).max(1e-12);
    let value = sound(point.value);
    (value - point.limits.upper_998).max(point.limits.lower_998 - value) / wide
}

fn mark(zone: Zone, direction: Direction) -> Mark {
    match (zone, direction) {
        (Zone::Within, _) => Mark::Usual,
        (Zone::Above | Zone::Below, _) => Mark::Open,
        (_, Direction::Neutral) => Mark::Neither,
        (Zone::FarAbove, Direction::Higher) | (Zone::FarBelow, Direction::Lower) => Mark::Improvement,
        (Zone::FarAbove, Direction::Lower) | (Zone::FarBelow, Direction::Higher) => Mark::Concern,
    }
}

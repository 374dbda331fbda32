//! What charts over time share: the axes, the line with its gaps, hidden figures, words at the right end.

mod words;

use std::fmt::Write as _;

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::frame::frame;
use super::icons::Icon;
use super::letters::{self, LINE};
use super::marks::{self, Beyond, Mark, Sign};
use super::scene::{Anchor, At, Candidate, Rect, Scene, Spot, Style, spread};
use super::times::{Moment, Times};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::released::Shown;
use crate::benchmark::when::When;

/// More points than this are a line without dots.
const DOTS: usize = 200;
/// More points than this are drawn as the highest and lowest of each step of the paper.
const SINGLE: usize = 500;
/// With more points, none has words under the pointer.
const TOLD: usize = 60;

/// Words at the right end of a line.
pub(super) struct Side {
    /// The figure whose line it is.
    pub(super) at: f64,
    /// "Upper limit".
    pub(super) name: &'static str,
    /// "21.4%".
    pub(super) figure: String,
    pub(super) style: Style,
}

/// A chart over time in the making.
pub(super) struct Plot<'a> {
    pub(super) scene: Scene,
    pub(super) axis: Axis,
    pub(super) figures: Figures,
    pub(super) options: Options<'a>,
    moments: &'a [Moment],
    times: Times,
    /// Of each figure that is shown: its value, its period, its place among the moments, its spot.
    pub(super) values: Vec<f64>,
    pub(super) whens: Vec<When>,
    places: Vec<usize>,
    pub(super) spots: Vec<Spot>,
    pub(super) key: Vec<(Sign, String)>,
    /// Why figures are hidden, and where the column begins and ends.
    columns: Vec<(String, f64, f64)>,
}

impl<'a> Plot<'a> {
    /// The axes, and words at the right end, the most important first. None where no figure is shown.
    pub(super) fn new(
        moments: &'a [Moment],
        lines: &[f64],
        icons: &[Icon],
        labels: &Labels<'_>,
        options: &Options<'a>,
        sides: impl Fn(&Figures, &Axis) -> Vec<Side>,
    ) -> Option<Self> {
        let mut scene = Scene::new(options.units());
        head::draw(&mut scene, labels, options, icons);
        let figures = Figures::new(labels.measure, labels.decimals);
        let shown = || {
            moments
                .iter()
                .enumerate()
                .filter_map(|(place, moment)| Some((place, moment, moment.value.figure()?)))
        };
        let values: Vec<f64> = shown().map(|(_, _, figure)| sound(figure)).collect();
        let whens = shown().map(|(_, moment, _)| moment.when).collect();
        let places = shown().map(|(place, _, _)| place).collect();
        if values.is_empty() {
            return None;
        }
        let steps = if options.is_wide() { 6 } else { 5 };
        let axis = Axis::new(&values, lines, From::Figures, figures.is_percent(), steps);
        let sides = sides(&figures, &axis);
        let mut plot = Self {
            scene,
            axis,
            figures,
            options: *options,
            moments,
            times: Times::new(moments),
            values,
            whens,
            places,
            spots: Vec::new(),
            key: Vec::new(),
            columns: Vec::new(),
        };
        plot.axes(&sides);
        plot.hidden();
        Some(plot)
    }

    fn axes(&mut self, sides: &[Side]) {
        let is_wide = self.options.is_wide();
        let sides: Vec<(f64, Vec<String>, Style)> = sides
            .iter()
            .map(|side| {
                let words = if is_wide {
                    vec![letters::cut(&format!("{} {}", side.name, side.figure), 190.0, side.style.bold)]
                } else {
                    [side.name, &side.figure].map(|line| letters::cut(line, 92.0, side.style.bold)).to_vec()
                };
                (side.at, words, side.style)
            })
            .collect();
        let margin = sides
            .iter()
            .flat_map(|(_, lines, style)| lines.iter().map(|line| letters::width(line, style.bold)));
        let margin = margin.fold(0.0, f64::max) + if sides.is_empty() { 4.0 } else { 8.0 };
        frame(&mut self.scene, &self.axis, &self.figures, margin, if is_wide { 290.0 } else { 220.0 });
        let plot = self.scene.plot;
        self.spots = (0..self.values.len()).map(|point| self.spot(point)).collect();
        // The words at the right end keep to the plot's height and a little more.
        let wanted: Vec<(f64, f64)> =
            sides.iter().map(|(at, lines, _)| (self.y(*at), LINE * lines.len() as f64 + 1.0)).collect();
        let places = spread(&wanted, plot.top - 10.0, plot.bottom + 9.0);
        for ((_, lines, style), middle) in sides.iter().zip(places) {
            if let Some(middle) = middle {
                self.scene.lines(lines, plot.right + 7.0, middle, Anchor::Start, *style);
            }
        }
        let (from, length) = (self.x(0.0), self.x(1.0) - self.x(0.0));
        let names = self.times.names(self.moments, length, from, self.scene.width - from - length);
        for name in names {
            let half = letters::width(&name.words, false) / 2.0;
            let at = self.x(name.share);
            self.scene.line("zero", (at, plot.bottom), (at, plot.bottom + 5.0));
            let middle = at.clamp(half, (self.scene.width - half).max(half));
            self.scene.text(&name.words, middle, plot.bottom + 19.0, Anchor::Middle, Style::QUIET);
        }
        self.scene.height = plot.bottom + 29.0;
    }

    pub(super) fn x(&self, share: f64) -> f64 {
        let plot = self.scene.plot;
        let inset = if self.options.is_wide() { 12.0 } else { 7.0 };
        plot.left + inset + share * (plot.width() - inset * 2.0)
    }

    pub(super) fn y(&self, figure: f64) -> f64 {
        let plot = self.scene.plot;
        plot.bottom - self.axis.share(figure) * plot.height()
    }

    fn spot(&self, point: usize) -> Spot {
        (self.x(self.times.share(self.places[point])), self.y(self.values[point]))
    }

    /// How far two neighbours are from each other.
    fn step(&self) -> f64 {
        self.times.step() * (self.x(1.0) - self.x(0.0))
    }

    /// How large marks are drawn.
    pub(super) fn scale(&self) -> f64 {
        match self.step() {
            step if step >= 11.0 || self.values.len() == 1 => 1.0,
            step if step >= 6.0 => 0.85,
            _ => 0.65,
        }
    }

    /// Stretches of hidden figures: a dashed column with a star, never a point.
    fn hidden(&mut self) {
        let mut told: Vec<String> = Vec::new();
        let mut place = 0;
        let half = (self.step() * 0.4).clamp(3.0, 9.0);
        let plot = self.scene.plot;
        while place < self.moments.len() {
            let Shown::Hidden(reason) = self.moments[place].value else {
                place += 1;
                continue;
            };
            let from = place;
            while self.moments.get(place + 1).is_some_and(|next| next.value == Shown::Hidden(reason)) {
                place += 1;
            }
            let left = (self.x(self.times.share(from)) - half).max(plot.left);
            let right = (self.x(self.times.share(place)) + half).min(plot.right);
            self.scene.rect("hidden", Rect { left, right, top: plot.top, bottom: plot.bottom });
            for x in [left, right] {
                self.scene.avoid((x, plot.top), (x, plot.bottom), 4.0);
            }
            let star = Candidate {
                x: f64::midpoint(left, right),
                middle: plot.top + 11.0,
                anchor: Anchor::Middle,
                cost: 0.0,
            };
            let words = ["*".to_string()];
            if let Some((at, _)) = self.scene.best(&words, true, &[star], &plot.grown(6.0), 10.0) {
                self.scene.lines(&words, at.x, at.middle, at.anchor, Style::BOLD);
            }
            let words = reason.words();
            self.columns.push((words.clone(), left, right));
            if !told.contains(&words) {
                told.push(words);
            }
            place += 1;
        }
        self.key.extend(told.into_iter().map(|words| (Sign::Star, words)));
    }

    /// A horizontal line across the plot.
    pub(super) fn across(&mut self, class: &str, figure: f64, from: f64, to: f64) {
        let y = self.y(figure);
        self.scene.line(class, (from, y), (to, y));
        self.scene.avoid((from, y), (to, y), 6.0);
    }

    /// The line through the figures, with its gaps.
    pub(super) fn trace(&mut self) {
        let mut path = String::new();
        let mut is_open = false;
        let is_dense = self.spots.len() > SINGLE;
        let mut at = 0;
        let mut has_gap = false;
        while at < self.spots.len() {
            // Points that share a step of the paper: the first, the lowest, the highest and the last are enough.
            let mut end = at + 1;
            let mut gap = self.gap_after(at);
            while is_dense && !gap && end < self.spots.len() && self.spots[end].0 - self.spots[at].0 < 0.7 {
                gap = self.gap_after(end);
                end += 1;
            }
            let own = &self.spots[at..end];
            let mut few: Vec<Spot> = Vec::with_capacity(4);
            if own.len() > 4 {
                let low = own.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
                let high = own.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
                few.extend([Some(own[0]), low, high, own.last().copied()].into_iter().flatten());
            } else {
                few.extend_from_slice(own);
            }
            for (x, y) in few {
                let command = if is_open { 'L' } else { 'M' };
                let _ = write!(path, "{command}{} {}", At(x), At(y));
                is_open = true;
            }
            is_open = !gap;
            has_gap |= gap && end < self.spots.len();
            at = end;
        }
        self.scene.draw(format_args!("<path class=\"trace\" d=\"{path}\"/>"));
        if !is_dense {
            for point in 0..self.spots.len() {
                let (x, y) = self.spots[point];
                self.scene.avoid((x, y - 3.0), (x, y + 3.0), 6.0);
                if point + 1 < self.spots.len() && !self.gap_after(point) {
                    self.scene.avoid(self.spots[point], self.spots[point + 1], 4.0);
                }
            }
        }
        let any_hidden = self.key.iter().any(|(sign, _)| *sign == Sign::Star);
        if has_gap && !any_hidden {
            self.key.push((Sign::Words, "A gap in the line: no figure was given".to_string()));
        }
    }

    /// Whether the line is broken after a figure: the next period has none.
    fn gap_after(&self, point: usize) -> bool {
        let Some(next) = self.places.get(point + 1) else { return false };
        let place = self.places[point];
        next - place > 1 || self.times.has_gap_after(place)
    }

    /// The points, each with its mark and what is said of it under the pointer.
    pub(super) fn marks(&mut self, of: impl Fn(usize) -> (Mark, &'static str)) {
        let scale = self.scale();
        let is_told = self.options.is_wide() && self.values.len() <= TOLD;
        let mut last_drawn: Option<(Mark, f64)> = None;
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        // What matters lies on top.
        order.sort_by_key(|point| (of(*point).0 != Mark::Usual, *point));
        let mut has_beyond = false;
        for point in order {
            let (mark, what) = of(point);
            let spot = self.spots[point];
            let is_beyond = self.axis.is_beyond(self.values[point]);
            if !is_beyond && self.values.len() > DOTS {
                let is_close = last_drawn.is_some_and(|(other, x)| other == mark && (spot.0 - x).abs() < 3.0);
                if mark == Mark::Usual || is_close {
                    continue;
                }
                last_drawn = Some((mark, spot.0));
            }
            let words = || {
                let figure = self.figures.value(self.values[point]);
                let what = if what.is_empty() { String::new() } else { format!(", {what}") };
                format!("{}: {figure}{what}", self.whens[point].short())
            };
            if is_beyond {
                has_beyond = true;
                let words = words();
                let way = if self.values[point] > self.axis.high { Beyond::Above } else { Beyond::Below };
                marks::beyond(&mut self.scene, spot, way, &words);
            } else {
                let words = if is_told { words() } else { String::new() };
                mark.draw(&mut self.scene, spot, scale, &words);
            }
        }
        if has_beyond {
            self.name_beyond();
            self.key.push((Sign::Beyond, "Beyond the scale".to_string()));
        }
    }

    pub(super) fn finish(mut self, description: String, labels: &Labels<'_>) -> Drawing {
        for (words, left, right) in std::mem::take(&mut self.columns).into_iter().take(3) {
            self.say_hidden(&words, left, right);
        }
        marks::key(&mut self.scene, &self.key);
        Drawing::new(self.scene, description, labels, &self.options)
    }
}

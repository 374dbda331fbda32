//! What charts over time share: the axes, the line with its gaps, hidden figures, words at the right end; and the two
//! charts that need nothing else.

use std::fmt::Write as _;

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::icons::Icon;
use super::letters::{self, LINE};
use super::marks::{self, Beyond, Mark, Sign};
use super::scene::{Anchor, At, Candidate, Rect, Scene, Spot, Style, spread};
use super::times::{Moment, Times};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::released::Shown;
use crate::benchmark::statistics::Run;
use crate::benchmark::when::When;
use crate::text::counted;

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

    /// Why figures are hidden, beside their column where it is free.
    fn say_hidden(&mut self, words: &str, left: f64, right: f64) {
        let plot = self.scene.plot;
        let lines = letters::wrap(words, 96.0, false, 3);
        let half = LINE * lines.len() as f64 / 2.0;
        let mut candidates = Vec::new();
        for (x, anchor, more) in [(right + 5.0, Anchor::Start, 0.0), (left - 5.0, Anchor::End, 0.3)] {
            for (number, away) in [3.0, 22.0, 41.0].into_iter().enumerate() {
                let cost = more + number as f64 * 0.2;
                candidates.push(Candidate { x, middle: plot.top + half + away, anchor, cost });
                candidates.push(Candidate { x, middle: plot.bottom - half - away, anchor, cost: cost + 0.1 });
            }
        }
        if let Some((at, _)) = self.scene.best(&lines, false, &candidates, &plot, 2.0) {
            self.scene.lines(&lines, at.x, at.middle, at.anchor, Style { halo: true, ..Style::QUIET });
        }
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

    /// Names the figures that lie beyond the axis: they would be misread otherwise.
    fn name_beyond(&mut self) {
        let beyond: Vec<usize> =
            (0..self.values.len()).filter(|point| self.axis.is_beyond(self.values[*point])).take(4).collect();
        for point in beyond {
            let (when, figure) = (self.whens[point].short(), self.figures.value(self.values[point]));
            let lines = if self.options.is_wide() {
                vec![format!("{when}: {figure}")]
            } else {
                vec![format!("{when}:"), figure]
            };
            self.say(
                &lines,
                &[self.spots[point]],
                self.values[point] > self.axis.high,
                Style::OVER_BOLD,
                40.0,
            );
        }
    }

    /// The last figure, which readers look for first.
    pub(super) fn say_last(&mut self) {
        let (Some(last), Some(value)) = (self.spots.last().copied(), self.values.last().copied()) else {
            return;
        };
        if self.axis.is_beyond(value) || self.values.len() < 2 {
            return;
        }
        let (when, figure) = (self.whens[self.whens.len() - 1].short(), self.figures.value(value));
        let lines = vec![format!("{when}: {figure}")];
        let before = self.spots[self.spots.len() - 2];
        self.say(
            &lines,
            &[last],
            before.1 > last.1,
            Style::OVER_BOLD,
            if self.options.is_wide() { 26.0 } else { 20.0 },
        );
    }

    /// Words for some points, above or below them; false where there is no room.
    pub(super) fn say(
        &mut self,
        lines: &[String],
        points: &[Spot],
        is_above: bool,
        style: Style,
        most: f64,
    ) -> bool {
        let Some(first) = points.first() else { return false };
        let left = points.iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
        let right = points.iter().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
        let top = points.iter().copied().fold(*first, |a, b| if b.1 < a.1 { b } else { a });
        let bottom = points.iter().copied().fold(*first, |a, b| if b.1 > a.1 { b } else { a });
        let half = LINE * lines.len() as f64 / 2.0;
        let plot = self.scene.plot;
        let frame = Rect {
            left: plot.left + 3.0,
            top: plot.top - 13.0,
            right: plot.right + 4.0,
            bottom: plot.bottom - 2.0,
        };
        let mut candidates = Vec::with_capacity(80);
        for upwards in [is_above, !is_above] {
            let turned = if upwards == is_above { 0.0 } else { 3.5 };
            for (number, away) in
                [7.0, 14.0, 24.0, 36.0, 50.0, 66.0, 84.0, 104.0, 130.0, 160.0].into_iter().enumerate()
            {
                let middle = if upwards { top.1 - away - half } else { bottom.1 + away + half };
                let cost = turned + number as f64 * if self.options.is_wide() { 0.8 } else { 1.5 };
                let peak = if upwards { top.0 } else { bottom.0 };
                for (x, anchor, more) in [
                    (f64::midpoint(left, right), Anchor::Middle, 0.0),
                    (peak + 5.0, Anchor::End, 0.4),
                    (peak - 5.0, Anchor::Start, 0.4),
                    (peak - 10.0, Anchor::End, 1.0),
                    (peak + 10.0, Anchor::Start, 1.0),
                    (frame.right - 1.0, Anchor::End, 2.5),
                    (frame.left + 1.0, Anchor::Start, 2.5),
                ] {
                    let far = (x - peak).abs() * 0.05;
                    candidates.push(Candidate { x, middle, anchor, cost: cost + more + far });
                }
            }
        }
        let Some((at, rect)) = self.scene.best(lines, style.bold, &candidates, &frame, most) else {
            return false;
        };
        let target = if rect.bottom <= top.1 { top } else { bottom };
        let (near, end) = if rect.bottom <= top.1 {
            (rect.bottom - 2.0, target.1 - 8.0)
        } else {
            (rect.top + 3.0, target.1 + 8.0)
        };
        let x = target.0.clamp(rect.left + 3.0, rect.right - 3.0);
        let is_far = (near - end).abs() > 12.0 || (x - target.0).abs() > 16.0;
        if is_far && (near < end) == (rect.bottom <= top.1) {
            self.scene.line("when", (x, near), (target.0, end));
            self.scene.avoid((x, near), (target.0, end), 5.0);
        }
        self.scene.lines(lines, at.x, at.middle, at.anchor, style);
        true
    }

    /// Words at a time, beside a thin upright line.
    pub(super) fn mark_time(&mut self, x: f64, words: &str) {
        let plot = self.scene.plot;
        self.scene.line("when", (x, plot.top), (x, plot.bottom));
        self.scene.avoid((x, plot.top), (x, plot.bottom), 5.0);
        let lines = letters::wrap(words, if self.options.is_wide() { 170.0 } else { 120.0 }, false, 3);
        let half = LINE * lines.len() as f64 / 2.0;
        let mut candidates = Vec::new();
        for (x, anchor) in [(x + 6.0, Anchor::Start), (x - 6.0, Anchor::End)] {
            for number in 0..6 {
                let away = half + f64::from(number) * 14.0;
                let cost = f64::from(number) * 0.7;
                candidates.push(Candidate { x, anchor, middle: plot.bottom - away - 1.0, cost });
                candidates.push(Candidate { x, anchor, middle: plot.top + away + 1.0, cost: cost + 0.3 });
            }
        }
        if let Some((at, _)) = self.scene.best(&lines, false, &candidates, &plot, 60.0) {
            self.scene.lines(&lines, at.x, at.middle, at.anchor, Style::OVER);
        }
    }

    /// How many figures there are, from when to when, and what is not shown.
    pub(super) fn told(&self, chart: &str) -> String {
        let count = self.values.len();
        let span = match (self.whens.first(), self.whens.last()) {
            (Some(first), Some(last)) if first != last => format!(", {} to {}", first.short(), last.short()),
            (Some(first), _) => format!(", {}", first.short()),
            _ => String::new(),
        };
        let hidden = self.moments.iter().filter(|moment| moment.value.is_hidden()).count();
        let hidden = match hidden {
            0 => String::new(),
            _ => format!(" {} hidden.", counted(hidden, "figure is", "figures are")),
        };
        let last = match (self.values.last(), self.values.len()) {
            (Some(value), 2..) => format!(" The latest is {}.", self.figures.value(*value)),
            (Some(value), _) => format!(" It is {}.", self.figures.value(*value)),
            _ => String::new(),
        };
        format!("{chart} of {}{span}.{last}{hidden}", counted(count, "figure", "figures"))
    }

    pub(super) fn finish(mut self, description: String, labels: &Labels<'_>) -> Drawing {
        for (words, left, right) in std::mem::take(&mut self.columns).into_iter().take(3) {
            self.say_hidden(&words, left, right);
        }
        marks::key(&mut self.scene, &self.key);
        Drawing::new(self.scene, description, labels, &self.options)
    }
}

/// The lines of an axis of figures with their names, and the plot beside it; `margin` is the room at its right.
pub(super) fn frame(scene: &mut Scene, axis: &Axis, figures: &Figures, margin: f64, high: f64) {
    let names: Vec<String> =
        axis.ticks.iter().map(|tick| figures.tick(*tick, axis.step, axis.largest())).collect();
    let wide = names.iter().map(|name| letters::width(name, false)).fold(0.0, f64::max);
    let mut top = scene.height + 13.0;
    if let Some(unit) = figures.unit() {
        let wide = letters::width(unit, false);
        if let Some((middle, _)) = scene.free_row.filter(|(_, end)| wide <= *end) {
            scene.text(unit, 0.0, middle, Anchor::Start, Style::QUIET);
        } else {
            let unit = letters::cut(unit, scene.width, false);
            scene.text(&unit, 0.0, scene.height + 9.0, Anchor::Start, Style::QUIET);
            top += 20.0;
        }
    }
    let left = wide + 8.0;
    let right = (scene.width - margin).max(left + 60.0);
    let plot = Rect { left, right, top, bottom: top + high };
    scene.plot = plot;
    let mut lowest = f64::INFINITY;
    for (tick, name) in axis.ticks.iter().zip(names) {
        let y = plot.bottom - axis.share(*tick) * high;
        scene.line("grid", (left, y), (right, y));
        if lowest - y >= LINE {
            scene.text(&name, left - 8.0, y, Anchor::End, Style::QUIET);
            lowest = y;
        }
    }
    scene.line("zero", (left, plot.bottom), (right, plot.bottom));
    scene.height = plot.bottom + 8.0;
}

/// A drawing that says that there is nothing to see.
pub(super) fn nothing(labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let mut scene = Scene::new(options.units());
    head::draw(&mut scene, labels, options, &[]);
    let words = "No figures are shown";
    scene.text(words, 0.0, scene.height + 12.0, Anchor::Start, Style::PLAIN);
    scene.height += 24.0;
    scene.plot = Rect { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
    Drawing::new(scene, format!("{words}."), labels, options)
}

/// The target of a measure as a line and as words.
pub(super) fn target(labels: &Labels<'_>) -> Option<f64> {
    labels.measure.target.map(sound)
}

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

pub(super) fn target_side(target: f64, figures: &Figures) -> Side {
    Side { at: target, name: "Target", figure: figures.value(target), style: Style::PLAIN }
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

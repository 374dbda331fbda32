//! A drawing in the making: shapes as SVG text, and the places of all words, so that no two of them meet.

use std::fmt::{self, Write as _};

use super::letters::{self, LINE};
use crate::text::push_escaped;

/// A point of the drawing.
pub(super) type Spot = (f64, f64);

/// A coordinate, rounded to one decimal and as short as it can be written.
pub(super) struct At(pub(super) f64);

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let (whole, tenth) = (tenths / 10, tenths.abs() % 10);
        if tenths < 0 && whole == 0 {
            out.write_str("-")?;
        }
        if tenth == 0 { write!(out, "{whole}") } else { write!(out, "{whole}.{tenth}") }
    }
}

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn is_within(&self, other: &Rect) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    pub(super) fn grown(&self, by: f64) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    #[cfg(test)]
    pub(super) fn holds(&self, (x, y): Spot) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a straight line passes through (Liang and Barsky 1984).
    pub(super) fn is_crossed(&self, from: Spot, to: Spot) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        enter <= leave
    }
}

/// Which end of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) quiet: bool,
    /// With an edge of the ground around the letters, for words over lines.
    pub(super) halo: bool,
}

impl Style {
    pub(super) const PLAIN: Self = Self { bold: false, quiet: false, halo: false };
    pub(super) const BOLD: Self = Self { bold: true, quiet: false, halo: false };
    pub(super) const QUIET: Self = Self { bold: false, quiet: true, halo: false };
    /// Words within the plot.
    pub(super) const OVER: Self = Self { bold: false, quiet: false, halo: true };
    /// Words within the plot that matter most.
    pub(super) const OVER_BOLD: Self = Self { bold: true, quiet: false, halo: true };
}

/// What words should not cover, and how bad it would be.
#[derive(Debug, Clone, Copy)]
struct Obstacle {
    from: Spot,
    to: Spot,
    weight: f64,
}

/// Where words may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) x: f64,
    /// The middle of all lines together.
    pub(super) middle: f64,
    pub(super) anchor: Anchor,
    /// What this place costs beside what it covers.
    pub(super) cost: f64,
}

/// A drawing in the making.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) width: f64,
    /// How far down it reaches so far.
    pub(super) height: f64,
    /// The last row of the head, if it has room at its left: its middle and where the room ends.
    pub(super) free_row: Option<(f64, f64)>,
    /// Where figures stand.
    pub(super) plot: Rect,
    /// The places of all words.
    pub(super) words: Vec<Rect>,
    /// The places of all figures.
    pub(super) spots: Vec<Spot>,
    pub(super) body: String,
    obstacles: Vec<Obstacle>,
}

impl Scene {
    pub(super) fn new(width: f64) -> Self {
        Self {
            width,
            height: 0.0,
            free_row: None,
            plot: Rect { left: 0.0, top: 0.0, right: width, bottom: 0.0 },
            words: Vec::new(),
            spots: Vec::new(),
            body: String::with_capacity(6_000),
            obstacles: Vec::new(),
        }
    }

    /// Adds SVG.
    pub(super) fn draw(&mut self, svg: fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(svg);
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: Spot, to: Spot) {
        let (x, y) = (At(from.0), At(from.1));
        if from.1 == to.1 {
            self.draw(format_args!("<path class=\"{class}\" d=\"M{x} {y}H{}\"/>", At(to.0)));
        } else if from.0 == to.0 {
            self.draw(format_args!("<path class=\"{class}\" d=\"M{x} {y}V{}\"/>", At(to.1)));
        } else {
            self.draw(format_args!("<path class=\"{class}\" d=\"M{x} {y}L{} {}\"/>", At(to.0), At(to.1)));
        }
    }

    /// A box.
    pub(super) fn rect(&mut self, class: &str, rect: Rect) {
        let (x, y) = (At(rect.left), At(rect.top));
        let (wide, high) = (At(rect.width()), At(rect.height()));
        self.draw(format_args!("<path class=\"{class}\" d=\"M{x} {y}h{wide}v{high}h-{wide}z\"/>"));
    }

    /// What words should rather not cover.
    pub(super) fn avoid(&mut self, from: Spot, to: Spot, weight: f64) {
        self.obstacles.push(Obstacle { from, to, weight });
    }

    /// One line of words around a middle line, wherever that is.
    pub(super) fn text(&mut self, words: &str, x: f64, middle: f64, anchor: Anchor, style: Style) -> Rect {
        self.lines(&[words.to_string()], x, middle, anchor, style)
    }

    /// Lines of words around a middle line.
    pub(super) fn lines(
        &mut self,
        lines: &[String],
        x: f64,
        middle: f64,
        anchor: Anchor,
        style: Style,
    ) -> Rect {
        let rect = extent(lines, x, middle, anchor, style.bold);
        let mut class = String::new();
        for (is_so, name) in [
            (style.bold, "b"),
            (style.quiet, "q"),
            (style.halo, "h"),
            (anchor == Anchor::Middle, "m"),
            (anchor == Anchor::End, "e"),
        ] {
            if is_so {
                if !class.is_empty() {
                    class.push(' ');
                }
                class.push_str(name);
            }
        }
        let class = if class.is_empty() { class } else { format!(" class=\"{class}\"") };
        let first = rect.top + LINE / 2.0 + letters::SIZE * 0.36;
        if let [only] = lines {
            self.draw(format_args!("<text{class} x=\"{}\" y=\"{}\">", At(x), At(first)));
            push_escaped(&mut self.body, only);
        } else {
            self.draw(format_args!("<text{class}>"));
            for (number, line) in lines.iter().enumerate() {
                let gap = if number > 0 { " " } else { "" };
                let y = At(LINE.mul_add(number as f64, first));
                self.draw(format_args!("{gap}<tspan x=\"{}\" y=\"{y}\">", At(x)));
                push_escaped(&mut self.body, line);
                self.body.push_str("</tspan>");
            }
        }
        self.body.push_str("</text>");
        self.words.push(rect);
        rect
    }

    /// The best of some places for words within a frame, if one is free of other words and costs no more than `most`.
    pub(super) fn best(
        &self,
        lines: &[String],
        bold: bool,
        candidates: &[Candidate],
        frame: &Rect,
        most: f64,
    ) -> Option<(Candidate, Rect)> {
        let mut best: Option<(f64, Candidate, Rect)> = None;
        // A name of spaces has no words.
        if lines.is_empty() {
            return None;
        }
        for candidate in candidates {
            let rect = extent(lines, candidate.x, candidate.middle, candidate.anchor, bold);
            if !rect.is_within(frame) || self.words.iter().any(|other| other.overlaps(&rect.grown(2.0))) {
                continue;
            }
            // Letters fill less than their line.
            let ink = Rect { top: rect.top + 1.5, bottom: rect.bottom - 1.0, ..rect };
            let mut cost = candidate.cost;
            let limit = best.as_ref().map_or(most, |(least, _, _)| *least);
            for obstacle in &self.obstacles {
                if cost > limit {
                    break;
                }
                if ink.is_crossed(obstacle.from, obstacle.to) {
                    cost += obstacle.weight;
                }
            }
            if cost <= most && best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                best = Some((cost, *candidate, rect));
            }
        }
        best.map(|(_, candidate, rect)| (candidate, rect))
    }
}

/// The room that lines of words take.
pub(super) fn extent(lines: &[String], x: f64, middle: f64, anchor: Anchor, bold: bool) -> Rect {
    let wide = lines.iter().map(|line| letters::width(line, bold)).fold(0.0, f64::max);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - wide / 2.0,
        Anchor::End => x - wide,
    };
    let high = LINE * lines.len() as f64;
    Rect { left, right: left + wide, top: middle - high / 2.0, bottom: middle + high / 2.0 }
}

/// Middles of things that want to stand at a height and have one, from the top down, so that none meets another and
/// all lie between top and bottom: the least movement. What has no room is left out (`None`), the last given first.
pub(super) fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<Option<f64>> {
    let mut kept = wanted.len();
    while kept > 0 && wanted[..kept].iter().map(|(_, high)| high).sum::<f64>() > bottom - top {
        kept -= 1;
    }
    let mut order: Vec<usize> = (0..kept).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    // Blocks of things that touch: where the block wants to begin, its height, its members.
    let mut blocks: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for place in order {
        let (middle, high) = wanted[place];
        let mut block = ((middle - high / 2.0).clamp(top, (bottom - high).max(top)), high, vec![place]);
        while let Some(last) = blocks.last() {
            if last.0 + last.1 <= block.0 {
                break;
            }
            let (start, height, mut members) = blocks.pop().expect("there is a last block");
            let (a, b) = (members.len() as f64, block.2.len() as f64);
            let wanted_start = (start * a + (block.0 - height) * b) / (a + b);
            members.append(&mut block.2);
            let height = height + block.1;
            block = (wanted_start.clamp(top, (bottom - height).max(top)), height, members);
        }
        blocks.push(block);
    }
    let mut middles = vec![None; wanted.len()];
    for (start, _, members) in blocks {
        let mut at = start;
        for place in members {
            middles[place] = Some(at + wanted[place].1 / 2.0);
            at += wanted[place].1;
        }
    }
    middles
}

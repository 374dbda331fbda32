//! The marks of a chart and their key: what is told by colour is told by shape and by words as well.

use super::letters::{self, LINE};
use super::scene::{Anchor, At, Rect, Scene, Style};
use crate::benchmark::statistics::xmr::Meaning;

/// A figure's mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A grey dot.
    Usual,
    /// A blue disc.
    Improvement,
    /// A hollow orange square.
    Concern,
    /// A purple diamond.
    Neither,
    /// An open ring: between the 95% and the 99.8% limits.
    Open,
    /// A larger dot: the organisation that is picked out.
    Picked,
}

impl Mark {
    pub(super) fn of(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Improvement => Self::Improvement,
            Meaning::Concern => Self::Concern,
            Meaning::Neither => Self::Neither,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Improvement => "good",
            Self::Concern => "bad",
            Self::Neither => "other",
            Self::Open => "open",
            Self::Picked => "picked",
        }
    }

    /// Draws it, with words that show under the pointer. `scale` is below 1 where figures stand close together.
    pub(super) fn draw(self, scene: &mut Scene, (x, y): (f64, f64), scale: f64, words: &str) {
        let (class, at_x, at_y) = (self.class(), At(x), At(y));
        let told = if words.is_empty() {
            "/>".to_string()
        } else {
            format!("><title>{}</title></{}>", crate::text::escape_html(words), self.element())
        };
        match self {
            Self::Usual | Self::Open | Self::Improvement | Self::Picked => {
                let radius = match self {
                    Self::Usual => 3.2,
                    Self::Open => 4.0,
                    _ => 5.5,
                };
                let radius = At(radius * scale);
                scene.draw(format_args!(
                    "<circle class=\"{class}\" cx=\"{at_x}\" cy=\"{at_y}\" r=\"{radius}\"{told}"
                ));
            }
            Self::Concern => {
                let half = 4.6 * scale;
                let (left, top, side) = (At(x - half), At(y - half), At(half * 2.0));
                scene.draw(format_args!(
                    "<path class=\"bad\" d=\"M{left} {top}h{side}v{side}h-{side}z\"{told}"
                ));
            }
            Self::Neither => {
                let reach = At(6.4 * scale);
                let top = At(y - 6.4 * scale);
                scene.draw(format_args!(
                    "<path class=\"other\" d=\"M{at_x} {top}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z\"{told}"
                ));
            }
        }
        scene.spots.push((x, y));
    }

    fn element(self) -> &'static str {
        if matches!(self, Self::Concern | Self::Neither) { "path" } else { "circle" }
    }
}

/// A ring around the mark of the organisation that is picked out.
pub(super) fn around(scene: &mut Scene, (x, y): (f64, f64), radius: f64) {
    let (x, y, radius) = (At(x), At(y), At(radius));
    scene.draw(format_args!("<circle class=\"around\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
}

/// A triangle at the edge of the plot: the figure lies beyond the axis.
pub(super) fn beyond(scene: &mut Scene, (x, y): (f64, f64), way: Beyond, words: &str) {
    let (x_at, y_at) = (At(x), At(y));
    let shape = match way {
        Beyond::Above => format!("M{x_at} {y_at}l6 10h-12z"),
        Beyond::Below => format!("M{x_at} {y_at}l6 -10h-12z"),
        Beyond::Right => format!("M{x_at} {y_at}l-10 6v-12z"),
        Beyond::Left => format!("M{x_at} {y_at}l10 6v-12z"),
    };
    let words = crate::text::escape_html(words);
    scene.draw(format_args!("<path class=\"beyond\" d=\"{shape}\"><title>{words}</title></path>"));
    scene.spots.push((x, y));
}

/// On which side a figure lies beyond the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    Above,
    Below,
    Right,
    Left,
}

/// What stands before words in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Mark(Mark),
    /// The ring of what is picked out.
    Around,
    /// A line of this class.
    Line(&'static str),
    /// A box of this class.
    Box(&'static str),
    /// A triangle for figures beyond the axis.
    Beyond,
    /// A star for hidden figures.
    Star,
    /// Nothing: a remark.
    Words,
}

/// The key, in as many rows as it needs, below what is drawn so far.
pub(super) fn key(scene: &mut Scene, entries: &[(Sign, String)]) {
    const BETWEEN: f64 = 22.0;
    if entries.is_empty() {
        return;
    }
    let (mut x, mut y) = (0.0, scene.height + 14.0);
    for (sign, words) in entries {
        let before = match sign {
            Sign::Line(_) => 34.0,
            Sign::Words => 0.0,
            Sign::Around => 21.0,
            _ => 20.0,
        };
        let lines = letters::wrap(words, scene.width - before, false, 4);
        let wide = lines.iter().map(|line| letters::width(line, false)).fold(0.0, f64::max) + before;
        if x > 0.0 && x + wide > scene.width {
            x = 0.0;
            y = scene.height + 12.0;
        }
        match sign {
            Sign::Mark(mark) => {
                mark.draw(scene, (x + 7.0, y), 1.0, "");
                // A key is no figure.
                scene.spots.pop();
            }
            Sign::Around => around(scene, (x + 8.0, y), 6.5),
            Sign::Line(class) => scene.line(class, (x, y), (x + 26.0, y)),
            Sign::Box(class) => {
                scene.rect(class, Rect { left: x, right: x + 14.0, top: y - 7.0, bottom: y + 7.0 });
            }
            Sign::Beyond => {
                let (x, y) = (At(x + 7.0), At(y - 5.0));
                scene.draw(format_args!("<path class=\"beyond\" d=\"M{x} {y}l6 10h-12z\"/>"));
            }
            Sign::Star => {
                scene.text("*", x + 7.0, y + 2.0, Anchor::Middle, Style::BOLD);
            }
            Sign::Words => {}
        }
        let middle = y + LINE * (lines.len() as f64 - 1.0) / 2.0;
        let rect = scene.lines(&lines, x + before, middle, Anchor::Start, Style::PLAIN);
        scene.height = scene.height.max(rect.bottom);
        x += wide + BETWEEN;
    }
    scene.height += 3.0;
}

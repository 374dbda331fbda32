//! What stands above the plot: the headline where the drawing carries it, the icons, and the mark of invented figures.

use super::icons::{self, Icon};
use super::letters::{self, HEADLINE, HEADLINE_LINE, LINE};
use super::scene::{Anchor, At, Rect, Scene, Style};
use super::{Labels, Options};
use crate::text::push_escaped;

/// What a reader must not miss, on the drawing itself.
const ILLUSTRATIVE: &str = "Illustrative data";

/// Draws it at the top.
pub(super) fn draw(scene: &mut Scene, labels: &Labels<'_>, options: &Options<'_>, icons: &[Icon]) {
    if options.is_titled {
        titles(scene, labels);
    }
    let mut x = 0.0;
    let mut row = 0.0_f64;
    let mut top = scene.height;
    for icon in icons {
        let before = icons::RADIUS * 2.0 + 8.0;
        let lines = letters::wrap(
            icon.words(),
            (scene.width - before).min(scene.width.max(640.0) / 2.0 - 60.0),
            false,
            3,
        );
        let high = (LINE * lines.len() as f64).max(icons::RADIUS * 2.0);
        let wide = before + lines.iter().map(|line| letters::width(line, false)).fold(0.0, f64::max);
        if x > 0.0 && x + wide > scene.width {
            top += row + 8.0;
            (x, row) = (0.0, 0.0);
        }
        icon.draw(scene, (x + icons::RADIUS, top + high / 2.0));
        scene.lines(&lines, x + before, top + high / 2.0, Anchor::Start, Style::PLAIN);
        x += wide + 24.0;
        row = row.max(high);
    }
    if labels.measure.is_illustrative {
        let wide = letters::width(ILLUSTRATIVE, false) + 16.0;
        if x > 0.0 && x + wide > scene.width {
            top += row + 8.0;
            (x, row) = (0.0, 0.0);
        }
        let right = scene.width - 1.0;
        let middle = top + row.max(26.0) / 2.0;
        let rect = Rect { left: right - wide, right, top: middle - 12.0, bottom: middle + 12.0 };
        scene.rect("flag", rect);
        scene.text(ILLUSTRATIVE, right - wide / 2.0, middle, Anchor::Middle, Style::QUIET);
        row = row.max(26.0);
        if x == 0.0 {
            scene.free_row = Some((middle, rect.left - 12.0));
        }
    }
    if row > 0.0 {
        scene.height = top + row + 6.0;
    }
}

fn titles(scene: &mut Scene, labels: &Labels<'_>) {
    let mut y = 0.0;
    for line in letters::wrap_headline(labels.headline, scene.width, 6) {
        let baseline = At(y + HEADLINE_LINE / 2.0 + HEADLINE * 0.36);
        scene.draw(format_args!("<text class=\"t\" x=\"0\" y=\"{baseline}\">"));
        push_escaped(&mut scene.body, &line);
        scene.body.push_str("</text>");
        let wide = letters::headline_width(&line);
        scene.words.push(Rect { left: 0.0, right: wide, top: y, bottom: y + HEADLINE_LINE });
        y += HEADLINE_LINE;
    }
    let lines = letters::wrap(labels.subtitle, scene.width, false, 5);
    if !lines.is_empty() {
        let high = LINE * lines.len() as f64;
        scene.lines(&lines, 0.0, y + 4.0 + high / 2.0, Anchor::Start, Style::QUIET);
        y += high + 4.0;
    }
    scene.height = if y > 0.0 { y + 12.0 } else { 0.0 };
}

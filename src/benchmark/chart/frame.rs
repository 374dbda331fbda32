//! The axis of figures with its names and the plot beside it; and the drawing that says that there is nothing to see.

use super::axis::Axis;
use super::figures::Figures;
use super::letters::{self, LINE};
use super::scene::{Anchor, Rect, Scene, Style};
use super::{Drawing, Labels, Options, head};

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

//! How a whole is made up: a bar for each category, in the order of the file, with its figure at its end. A hidden
//! figure is words where its bar would be.

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::letters::{self, LINE};
use super::marks::{self, Sign};
use super::ranked::ticks;
use super::scene::{Anchor, Rect, Scene, Style};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::statistics::Profile;
use crate::benchmark::statistics::profile::Band;
use crate::text::counted;

/// So many categories are drawn; the table has all.
const MOST: usize = 60;

pub(super) fn draw(profile: &Profile, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let mut scene = Scene::new(options.units());
    head::draw(&mut scene, labels, options, &[]);
    let figures = Figures::new(labels.measure, labels.decimals);
    let bands: Vec<&Band> = profile.bands.iter().take(MOST).collect();
    let values: Vec<f64> = bands.iter().filter_map(|band| band.value).map(sound).collect();
    let target = labels.measure.target.map(sound);
    let lines: Vec<f64> = target.into_iter().collect();
    let is_wide = options.is_wide();
    let axis = Axis::new(&values, &lines, From::Zero, figures.is_percent(), if is_wide { 6 } else { 4 });
    let words: Vec<String> = bands.iter().map(|band| told(band, &figures)).collect();
    let ends = words.iter().map(|words| letters::width(words, false)).fold(0.0, f64::max) + 10.0;
    let name = bands.iter().map(|band| letters::width(&band.name, true)).fold(0.0, f64::max).min(260.0);
    let half = letters::width(&figures.tick(axis.low, axis.step, axis.largest()), false) / 2.0;
    let has_two =
        is_wide && bands.iter().any(|band| letters::wrap(&band.name, name + 1.0, true, 2).len() > 1);
    let (left, row) = match (is_wide, has_two) {
        (true, false) => (name + 12.0, 28.0),
        (true, true) => (name + 12.0, 40.0),
        (false, _) => (half.min(24.0), 46.0),
    };
    let top = scene.height + if target.is_some() { 30.0 } else { 8.0 };
    let right = (scene.width - ends).max(left + 70.0);
    let plot = Rect { left, right, top, bottom: top + row * bands.len() as f64 };
    scene.plot = plot;
    let x = |figure: f64| plot.left + axis.share(figure) * plot.width();
    for tick in &axis.ticks {
        scene.line("grid", (x(*tick), plot.top), (x(*tick), plot.bottom));
    }
    let zero = x(0.0);
    let mut told_at = Vec::with_capacity(bands.len());
    for (number, band) in bands.iter().enumerate() {
        let from = row.mul_add(number as f64, plot.top);
        let is_on = options.picks(&band.name, &band.name);
        let style = if is_on { Style::BOLD } else { Style::PLAIN };
        let middle = name_of(&mut scene, band, &plot, from, row, is_wide, style);
        let end = band.value.map(sound).map_or(zero, x);
        told_at.push((zero.max(end), middle, style));
        if band.value.is_some() {
            let (a, b) = (zero.min(end), zero.max(end));
            let class = if is_on { "bar on" } else { "bar" };
            scene.rect(class, Rect { left: a, right: b, top: middle - 8.0, bottom: middle + 8.0 });
            scene.spots.push((end, middle));
        }
    }
    scene.line("zero", (zero, plot.top), (zero, plot.bottom));
    if let Some(target) = target {
        scene.line("target", (x(target), plot.top - 4.0), (x(target), plot.bottom));
        let words = letters::cut(&format!("Target {}", figures.value(target)), scene.width, true);
        let half = letters::width(&words, true) / 2.0;
        scene.text(
            &words,
            x(target).clamp(half, scene.width - half),
            plot.top - 13.0,
            Anchor::Middle,
            Style::BOLD,
        );
    }
    for ((band, words), (end, middle, style)) in bands.iter().zip(&words).zip(told_at) {
        let style = match band.value {
            None => Style { halo: true, ..Style::QUIET },
            Some(_) => Style { halo: true, ..style },
        };
        let words = letters::cut(words, scene.width - end - 6.0, style.bold);
        scene.text(&words, end + 6.0, middle, Anchor::Start, style);
    }
    ticks(&mut scene, &axis, &figures, plot);
    let mut entries = Vec::new();
    if bands.iter().any(|band| band.hidden.is_some()) {
        entries.push((Sign::Words, "* hidden to protect people; its bar is not drawn".to_string()));
    }
    if profile.bands.len() > MOST {
        entries.push((Sign::Words, format!("{} more are in the table", profile.bands.len() - MOST)));
    }
    marks::key(&mut scene, &entries);
    let description = description(profile, &figures);
    Drawing::new(scene, description, labels, options)
}

/// The name of a row; the height at which its bar stands.
fn name_of(
    scene: &mut Scene,
    band: &Band,
    plot: &Rect,
    from: f64,
    row: f64,
    is_wide: bool,
    style: Style,
) -> f64 {
    if is_wide {
        let middle = from + row / 2.0;
        let name = letters::wrap(&band.name, plot.left - 11.0, true, 2);
        scene.lines(&name, plot.left - 10.0, middle, Anchor::End, style);
        return middle;
    }
    let name = letters::cut(&band.name, scene.width, style.bold);
    scene.text(&name, 0.0, from + 3.0 + LINE / 2.0, Anchor::Start, Style { halo: true, ..style });
    from + 32.0
}

/// What stands at the end of a bar.
fn told(band: &Band, figures: &Figures) -> String {
    match (band.value, band.share, &band.hidden) {
        (Some(value), Some(share), _) if !figures.is_percent() => {
            format!("{} ({})", figures.value(sound(value)), share_words(share))
        }
        (Some(value), _, _) => figures.value(sound(value)),
        (None, _, Some(hidden)) => format!("* {hidden}"),
        (None, _, None) => "not given".to_string(),
    }
}

fn share_words(share: f64) -> String {
    if share > 0.0 && share < 0.5 { "under 1%".to_string() } else { format!("{share:.0}%") }
}

fn description(profile: &Profile, figures: &Figures) -> String {
    let count = counted(profile.bands.len(), "bar", "bars");
    let parts: Vec<String> =
        profile.bands.iter().take(24).map(|band| format!("{}: {}", band.name, told(band, figures))).collect();
    let more = if profile.bands.len() > 24 { "; the others are in the table" } else { "" };
    let total = profile
        .total
        .map_or(String::new(), |total| format!(" Those shown together: {}.", figures.value(sound(total))));
    format!("{count}, {}. {}{more}.{total}", profile.when.short(), parts.join("; "))
}

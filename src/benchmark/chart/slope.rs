//! Two snapshots side by side: a line for each organisation that is in both. Those that matter are named at the right
//! end; where there are few, all are.

use super::axis::{Axis, From};
use super::figures::{Figures, sound};
use super::frame::frame;
use super::letters::{self, LINE, short_name};
use super::marks::{self, Sign};
use super::scene::{Anchor, At, Rect, Scene, Style, spread};
use super::{Drawing, Labels, Options, head};
use crate::benchmark::statistics::Change;
use crate::benchmark::statistics::change::Changed;
use crate::text::counted;

/// So many lines are all named, on a wide and on a narrow drawing.
const ALL: [usize; 2] = [14, 6];
/// So many of those that rose and of those that fell the most are named where not all are.
const MOST: usize = 2;

/// A line.
struct Line<'a> {
    point: Option<&'a Changed>,
    name: String,
    ends: (f64, f64),
    style: Style,
}

pub(super) fn draw(change: &Change, labels: &Labels<'_>, options: &Options<'_>) -> Drawing {
    let mut scene = Scene::new(options.units());
    head::draw(&mut scene, labels, options, &[]);
    let figures = Figures::new(labels.measure, labels.decimals);
    let target = labels.measure.target.map(sound);
    let values: Vec<f64> = change.points.iter().flat_map(|point| [point.before, point.after]).collect();
    let mut lines = vec![change.medians.0, change.medians.1];
    lines.extend(target);
    let is_wide = options.is_wide();
    let axis = Axis::new(&values, &lines, From::Figures, figures.is_percent(), if is_wide { 6 } else { 5 });
    let margin = if is_wide { 300.0 } else { 138.0 };
    let high = (change.points.len() as f64 * 24.0).clamp(if is_wide { 300.0 } else { 280.0 }, 400.0);
    frame(&mut scene, &axis, &figures, margin, high);
    let plot = scene.plot;
    let y = |figure: f64| plot.bottom - axis.share(figure) * plot.height();
    let (from, to) = (plot.left + if is_wide { 30.0 } else { 16.0 }, plot.right - 8.0);
    if let Some(target) = target {
        scene.line("target", (plot.left, y(target)), (plot.right, y(target)));
    }
    for x in [from, to] {
        scene.line("zero", (x, plot.top), (x, plot.bottom));
    }
    let named = named(change, options);
    for class in ["way", "way median", "way on"] {
        for point in &change.points {
            let own = if options.picks(&point.name, &point.code) { "way on" } else { "way" };
            if own == class {
                way(&mut scene, class, (from, y(point.before)), (to, y(point.after)));
            }
        }
        if class == "way median" && change.points.len() > 1 {
            way(&mut scene, class, (from, y(change.medians.0)), (to, y(change.medians.1)));
        }
    }
    words(&mut scene, &named, &figures, target, is_wide, &y);
    periods(&mut scene, change, from, to);
    let mut entries = Vec::new();
    let all = change.points.iter().map(|point| (point.name.as_str(), point.code.as_str()));
    entries.extend(options.picked_in_key(all).map(|name| (Sign::Line("way on"), name)));
    if change.points.len() > 1 {
        entries.push((Sign::Line("way median"), "Median of those in both".to_string()));
    }
    if target.is_some() {
        entries.push((Sign::Line("target"), "Target".to_string()));
    }
    if values.iter().any(|value| axis.is_beyond(*value)) {
        entries.push((Sign::Words, "A line that ends at the edge goes beyond the scale".to_string()));
    }
    match change.in_one_only.len() {
        0 => {}
        1 => entries.push((Sign::Words, "One has a figure in one period only".to_string())),
        several => entries.push((Sign::Words, format!("{several} have a figure in one period only"))),
    }
    marks::key(&mut scene, &entries);
    let description = description(change, &figures, &named, axis.step);
    Drawing::new(scene, description, labels, options)
}

fn way(scene: &mut Scene, class: &str, from: (f64, f64), to: (f64, f64)) {
    scene.line(class, from, to);
    scene.spots.extend([from, to]);
    if class != "way median" {
        let dot = if class == "way on" { "picked" } else { "usual" };
        let radius = At(if class == "way on" { 5.5 } else { 3.0 });
        for (x, y) in [from, to] {
            let (x, y) = (At(x), At(y));
            scene.draw(format_args!("<circle class=\"{dot}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
        }
    }
}

/// Lines that have a name, the most important first.
fn named<'a>(change: &'a Change, options: &Options<'_>) -> Vec<Line<'a>> {
    let line = |point: &'a Changed, style| Line {
        point: Some(point),
        name: short_name(&point.name).to_string(),
        ends: (sound(point.before), sound(point.after)),
        style,
    };
    let is_picked = |place: usize| options.picks(&change.points[place].name, &change.points[place].code);
    let picked: Vec<usize> = (0..change.points.len()).filter(|place| is_picked(*place)).collect();
    let mut lines: Vec<Line<'a>> =
        picked.iter().map(|place| line(&change.points[*place], Style::BOLD)).collect();
    if change.points.len() > 1 {
        let ends = (sound(change.medians.0), sound(change.medians.1));
        lines.push(Line { point: None, name: "Median".to_string(), ends, style: Style::PLAIN });
    }
    let mut order: Vec<usize> = (0..change.points.len()).filter(|place| !is_picked(*place)).collect();
    let rise = |place: &usize| sound(change.points[*place].after) - sound(change.points[*place].before);
    order.sort_by(|a, b| rise(b).total_cmp(&rise(a)).then(a.cmp(b)));
    if change.points.len() > ALL[usize::from(!options.is_wide())] {
        let rose = order.iter().take(MOST).filter(|place| rise(place) > 0.0);
        let fell = order.iter().rev().take(MOST).filter(|place| rise(place) < 0.0);
        order = rose.chain(fell).copied().collect();
    }
    lines.extend(order.into_iter().map(|place| line(&change.points[place], Style::PLAIN)));
    lines
}

fn words(
    scene: &mut Scene,
    named: &[Line<'_>],
    figures: &Figures,
    target: Option<f64>,
    is_wide: bool,
    y: &dyn Fn(f64) -> f64,
) {
    let plot = scene.plot;
    let room = scene.width - plot.right - 12.0;
    let mut sides: Vec<(f64, Vec<String>, Style)> = Vec::new();
    for line in named {
        let from_to = format!("{} to {}", figures.value(line.ends.0), figures.value(line.ends.1));
        let bold = line.style.bold;
        let one = format!("{}: {from_to}", line.name);
        let lines = if is_wide && letters::width(&one, bold) <= room {
            vec![one]
        } else {
            let mut lines = letters::wrap(&line.name, room, bold, 2);
            lines.push(letters::cut(&from_to, room, bold));
            lines
        };
        sides.push((y(line.ends.1), lines, line.style));
    }
    if let Some(target) = target {
        sides.push((
            y(target),
            vec![letters::cut(&format!("Target {}", figures.value(target)), room, false)],
            Style::QUIET,
        ));
    }
    let wanted: Vec<(f64, f64)> =
        sides.iter().map(|(at, lines, _)| (*at, LINE * lines.len() as f64 + 2.0)).collect();
    for ((at, lines, style), middle) in sides.iter().zip(spread(&wanted, plot.top - 10.0, plot.bottom + 9.0))
    {
        let Some(middle) = middle else { continue };
        if (middle - at).abs() > 6.0 {
            scene.line("when", (plot.right - 2.0, *at), (plot.right + 9.0, middle));
        }
        scene.lines(lines, plot.right + 12.0, middle, Anchor::Start, *style);
    }
}

fn periods(scene: &mut Scene, change: &Change, from: f64, to: f64) {
    let plot = scene.plot;
    let gap = (to - from) / 2.0 - 8.0;
    let mut lowest = plot.bottom;
    for (x, when, is_first) in [(from, change.before, true), (to, change.after, false)] {
        let room = if is_first { gap + from.min(gap) } else { gap * 2.0 };
        let lines = letters::wrap(&when.short(), room, true, 3);
        let half = lines.iter().map(|line| letters::width(line, true)).fold(0.0, f64::max) / 2.0;
        let middle = x.clamp(half, scene.width - half);
        let high = LINE * lines.len() as f64;
        let rect: Rect =
            scene.lines(&lines, middle, plot.bottom + 10.0 + high / 2.0, Anchor::Middle, Style::BOLD);
        lowest = lowest.max(rect.bottom);
    }
    scene.height = lowest + 2.0;
}

fn description(change: &Change, figures: &Figures, named: &[Line<'_>], step: f64) -> String {
    let count = counted(change.points.len(), "organisation", "organisations");
    let median = |figure: f64| figures.statistic(sound(figure), step);
    let mut text = format!(
        "Change of {count} from {} to {}. {}. Median {} before and {} after.",
        change.before.short(),
        change.after.short(),
        change.headline(),
        median(change.medians.0),
        median(change.medians.1)
    );
    for line in named.iter().filter(|line| line.point.is_some()).take(8) {
        text += &format!(" {}: {} to {}.", line.name, figures.value(line.ends.0), figures.value(line.ends.1));
    }
    text
}

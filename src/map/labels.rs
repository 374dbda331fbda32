//! Names beside stops: each in one to three lines on one of eight sides, where it meets no stop, no other name and no
//! edge of the drawing. Whoever has the fewest places to go to chooses first.

use super::outline;
use super::{Drawing, Edge, Rect, TEXT};
use crate::text::widths;

/// From one line to the next.
pub(super) const LINE: f64 = 16.0;

/// How far names keep from stops and from the drawing's other parts.
const CLEAR: f64 = 3.0;

/// How far they keep from each other, so that two in a row do not read as one.
const APART: f64 = 8.0;

/// The most lines of a name.
const MOST_LINES: usize = 3;

/// The most words of one; a longer one is a sentence, and gets a number.
const MOST_WORDS: usize = 16;

/// Which point of a line of text is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A name where it stands.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) anchor: Anchor,
    pub(super) extent: Rect,
    /// The less the better it can be read there.
    cost: f64,
}

/// Labels the stops of named places, as many as there is room for.
pub(super) fn label_all(drawing: &mut Drawing, named: &[bool]) {
    let coast: Vec<Edge> = outline::edges()
        .map(|(from, to)| (drawing.frame.on_paper(from), drawing.frame.on_paper(to)))
        .collect();
    let mut choices: Vec<Vec<Label>> = (0..drawing.stops.len())
        .map(|index| {
            let stop = &drawing.stops[index];
            // A shared stop has several names.
            let is_named = stop.places.len() == 1 && stop.places.iter().all(|place| named[*place]);
            if is_named { candidates(drawing, index, &coast) } else { Vec::new() }
        })
        .collect();
    let mut order: Vec<usize> = (0..choices.len()).filter(|index| !choices[*index].is_empty()).collect();
    order.sort_by_key(|index| (choices[*index].len(), *index));
    let mut chosen: Vec<Option<usize>> = vec![None; choices.len()];
    for index in order.iter().copied() {
        let others: Vec<usize> = order.iter().copied().filter(|other| *other != index).collect();
        let in_the_way = |label: &Label| {
            let blocked = others.iter().filter(|other| {
                chosen[**other].is_none()
                    && choices[**other]
                        .iter()
                        .filter(|choice| choice.extent.meets(&label.extent, APART))
                        .count()
                        * 2
                        > choices[**other].len()
            });
            blocked.fold(label.cost, |cost, _| cost + 2.0)
        };
        let free = (0..choices[index].len())
            .filter(|choice| meeting(&choices, &chosen, &choices[index][*choice], index).next().is_none());
        let costs: Vec<(usize, f64)> =
            free.map(|choice| (choice, in_the_way(&choices[index][choice]))).collect();
        chosen[index] = costs.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(choice, _)| *choice);
    }
    for _ in 0..3 {
        for index in order.iter().copied() {
            improve(&choices, &mut chosen, index);
        }
    }
    for (index, choice) in chosen.into_iter().enumerate() {
        drawing.stops[index].label = choice.map(|choice| choices[index].swap_remove(choice));
    }
}

/// The stops whose chosen names meet this one.
fn meeting<'c>(
    choices: &'c [Vec<Label>],
    chosen: &'c [Option<usize>],
    label: &'c Label,
    own: usize,
) -> impl Iterator<Item = usize> + 'c {
    chosen.iter().enumerate().filter_map(move |(other, choice)| {
        let theirs = &choices[other][(*choice)?];
        (other != own && theirs.extent.meets(&label.extent, APART)).then_some(other)
    })
}

/// Gives a stop a better name's place, where one is free or where the one name in the way can stand elsewhere.
fn improve(choices: &[Vec<Label>], chosen: &mut [Option<usize>], index: usize) {
    let now = chosen[index].map_or(f64::MAX, |choice| choices[index][choice].cost);
    let mut sorted: Vec<usize> = (0..choices[index].len()).collect();
    sorted.sort_by(|a, b| choices[index][*a].cost.total_cmp(&choices[index][*b].cost));
    for choice in sorted {
        let label = &choices[index][choice];
        if label.cost >= now {
            return;
        }
        let in_the_way: Vec<usize> = meeting(choices, chosen, label, index).take(2).collect();
        match in_the_way[..] {
            [] => {
                chosen[index] = Some(choice);
                return;
            }
            // Only a stop without any name may ask another to move.
            [other] if chosen[index].is_none() => {
                let elsewhere = (0..choices[other].len()).find(|theirs| {
                    let theirs = &choices[other][*theirs];
                    !theirs.extent.meets(&label.extent, APART)
                        && meeting(choices, chosen, theirs, other).next().is_none()
                });
                if elsewhere.is_some() {
                    chosen[other] = elsewhere;
                    chosen[index] = Some(choice);
                    return;
                }
            }
            _ => {}
        }
    }
}

/// Where the name of a stop can stand.
fn candidates(drawing: &Drawing, index: usize, coast: &[Edge]) -> Vec<Label> {
    let stop = &drawing.stops[index];
    let (x, y) = (stop.x, stop.y);
    // On a diagonal the corner of the name comes nearer to the stop.
    let (far, near) = (stop.radius + CLEAR + 1.0, stop.radius * 0.72 + CLEAR);
    let mut found = Vec::new();
    for lines in broken(&stop.name) {
        let wide = lines.iter().map(|line| width(line, TEXT)).fold(0.0, f64::max);
        let high = lines.iter().map(|_| LINE).sum::<f64>();
        let length = match lines.len() {
            1 => (wide - 110.0).max(0.0) / 25.0,
            2 => 0.8,
            _ => 2.5,
        };
        let sides = [
            (Anchor::Start, x + far, y - high / 2.0, 0.0),
            (Anchor::End, x - far, y - high / 2.0, 0.6),
            (Anchor::Start, x + near, y - near - high + 4.0, 1.6),
            (Anchor::Start, x + near, y + near - 4.0, 1.6),
            (Anchor::End, x - near, y - near - high + 4.0, 1.8),
            (Anchor::End, x - near, y + near - 4.0, 1.8),
            (Anchor::Middle, x, y + far - 2.0, 1.4),
            (Anchor::Middle, x, y - far - high + 2.0, 1.4),
        ];
        for (anchor, at, top, cost) in sides {
            let left = match anchor {
                Anchor::Start => at,
                Anchor::Middle => at - wide / 2.0,
                Anchor::End => at - wide,
            };
            let extent = Rect { left, top, right: left + wide, bottom: top + high };
            let is_clear = extent.is_within(drawing.width, drawing.height)
                && drawing.locator.is_none_or(|locator| !extent.meets(&locator, CLEAR))
                && drawing
                    .stops
                    .iter()
                    .enumerate()
                    .all(|(other, stop)| other == index || !extent.meets(&stop.extent(), CLEAR));
            if is_clear {
                let crossed = coast.iter().filter(|(from, to)| outline::crosses(&extent, *from, *to)).count();
                let crossing = f64::from(u8::try_from(crossed).unwrap_or(4).min(4)) * 0.7;
                found.push(Label { lines: lines.clone(), anchor, extent, cost: cost + length + crossing });
            }
        }
    }
    found
}

/// A name in one, two and three lines, each as even as its words allow.
fn broken(name: &str) -> Vec<Vec<String>> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() || words.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut limits: Vec<f64> = Vec::new();
    for first in 0..words.len() {
        for last in first..words.len() {
            limits.push(width(&words[first..=last].join(" "), TEXT));
        }
    }
    limits.sort_by(f64::total_cmp);
    let mut found: Vec<Vec<String>> = Vec::new();
    for count in 1..=MOST_LINES {
        let fitting = limits.iter().find_map(|limit| {
            let lines = filled(&words, *limit)?;
            (lines.len() <= count).then_some(lines)
        });
        if let Some(lines) = fitting
            && !found.contains(&lines)
        {
            found.push(lines);
        }
    }
    found
}

/// Words in lines of at most this width.
fn filled(words: &[&str], limit: f64) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer.filter(|longer| width(longer, TEXT) <= limit), lines.last_mut()) {
            (Some(longer), Some(line)) => *line = longer,
            _ if width(word, TEXT) <= limit => lines.push((*word).to_string()),
            _ => return None,
        }
    }
    Some(lines)
}

/// The width of words on a map, with a little more for fonts that are not quite the same.
fn width(words: &str, size: f64) -> f64 {
    widths::width(words, size, false) * 1.03
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_evenly() {
        let lines = broken("Bath, Swindon and Wiltshire");
        assert_eq!(lines[0], ["Bath, Swindon and Wiltshire"]);
        assert_eq!(lines[1], ["Bath, Swindon", "and Wiltshire"]);
        assert_eq!(lines[2], ["Bath,", "Swindon", "and Wiltshire"]);
        assert_eq!(broken("Devon"), [["Devon"]]);
        assert!(broken("  ").is_empty());
    }
}

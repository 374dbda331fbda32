//! Signs on a drawing: the clock of what has a limit in time, and in a word or a sign what a comparison found.

use std::fmt::Write as _;

use super::words::plain_text;
use super::{lines, rect};
use crate::pathway::compare::Mark;
use crate::pathway::layout::shape::CLOCK;
use crate::pathway::layout::{Layout, Rect, Route};
use crate::pathway::measure::{EDGE_WORDS, width};

impl Mark {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }

    /// A sign and a word: never colour alone.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Same => "= same",
            Self::Added => "+ added",
            Self::Removed => "− removed",
            Self::Changed => "± changed",
            Self::Moved => "→ moved",
        }
    }
}

/// What a comparison found at a node or an edge, where that is shown.
pub(super) fn shown(marks: &[Mark], index: usize) -> Option<Mark> {
    marks.get(index).copied().filter(|mark| *mark != Mark::Same)
}

/// A clock with hands: what it stands at has a limit in time.
pub(super) fn clock(out: &mut String, (x, y): (i32, i32)) {
    let _ = write!(
        out,
        "<g class=\"clock\"><circle cx=\"{x}\" cy=\"{y}\" r=\"{CLOCK}\"/><path d=\"M{x} {}v4h3\"/></g>",
        y - 4
    );
}

pub(super) fn tag_width(words: &str) -> i32 {
    width(words, EDGE_WORDS) + 10
}

/// A word in a small box, on the corner of what it speaks of.
pub(super) fn tag(out: &mut String, class: &str, words: &str, at: (i32, i32)) {
    let wide = tag_width(words);
    let _ = write!(out, "<g class=\"tag {class}\">");
    rect(out, "t", Rect { x: at.0, y: at.1, w: wide, h: 18 }, "");
    plain_text(out, words, (at.0 + 5, at.1 + 13), "");
    out.push_str("</g>");
}

/// What became of a line: in a word where one fits on it, else as a sign.
pub(super) fn draw_edge_mark(
    out: &mut String,
    layout: &Layout,
    route: &Route,
    mark: Mark,
    node_marks: &[Mark],
) {
    let whole = Rect { x: 0, y: 0, w: layout.width, h: layout.height };
    let words = mark.words();
    let sign = words.split(' ').next().unwrap_or(words);
    let places = lines::places(&route.points);
    let set = |text: &str, (x, y): (i32, i32)| {
        let wide = tag_width(text);
        Rect { x: x - wide / 2, y: y - 9, w: wide, h: 18 }
    };
    // The tags of steps stand on their upper edges.
    let is_free = |place: &Rect| {
        let labels = layout.edges.iter().filter_map(|edge| edge.label.as_ref());
        whole.contains(place)
            && !layout.nodes.iter().enumerate().any(|(index, node)| {
                let over = if shown(node_marks, index).is_some() { 15 } else { 0 };
                Rect { y: node.rect.y - over, h: node.rect.h + over, ..node.rect }.overlaps(place)
            })
            && !labels.into_iter().any(|label| label.rect.overlaps(place))
    };
    let free = [words, sign]
        .into_iter()
        .flat_map(|text| places.iter().map(move |&at| (text, at)))
        .map(|(text, at)| (text, set(text, at)))
        .find(|(_, place)| is_free(place));
    // Where nothing is free, where it hides least of any words.
    let hidden = |place: &Rect| -> i32 {
        let labels = layout.edges.iter().filter_map(|edge| edge.label.as_ref()).map(|label| label.rect);
        let steps = layout.nodes.iter().map(|node| node.rect);
        labels.chain(steps).map(|other| common(place, &other)).sum()
    };
    let least = || places.iter().map(|&at| (sign, set(sign, at))).min_by_key(|(_, place)| hidden(place));
    let Some((text, place)) = free.or_else(least) else { return };
    tag(out, mark.class(), text, (place.x, place.y));
}

/// The area that two rectangles have in common.
fn common(one: &Rect, other: &Rect) -> i32 {
    let wide = one.right().min(other.right()) - one.x.max(other.x);
    let high = one.bottom().min(other.bottom()) - one.y.max(other.y);
    wide.max(0) * high.max(0)
}

//! The drawing: a [`Flowchart`] and its [`Layout`] as SVG text, one labelled image with classes and no styles, so that
//! a page's own stylesheet colours it. [`stand_alone`] gives the same with its styles inside, for a download.

mod colour;
mod lines;
mod marks;
mod shapes;
mod words;

use std::fmt::Write as _;

use crate::pathway::compare::Mark;
use crate::pathway::layout::shape::{CLOCK, clock_at};
use crate::pathway::layout::{CLOCK_ROOM, Frame, Layout, Rect, is_timed};
use crate::pathway::measure::{BOLD_WORDS, EDGE_WORDS, WORDS, width};
use crate::pathway::model::{Flowchart, Shape, Style};
use marks::{clock, draw_edge_mark, tag, tag_width};
use words::{escape, lines_at, plain_text};

/// The styles of a drawing, by the custom properties of the page.
pub const STYLES: &str = include_str!("pathway.css");

/// The properties that a page would set, for a drawing that stands alone.
const PALETTE: &str = ".pathway{--ground:#f0f4f5;--surface:#fff;--ink:#212b32;--quiet:#4c6272;--link:#005eb8;\
--line:#005eb8;--tint:#e3edf7;--hair:#d8dde0;--edge:#4c6272;--warn:#a84607;background:#fff}\
@media(prefers-color-scheme:dark){.pathway{--ground:#12181c;--surface:#1b2329;--ink:#e8edee;--quiet:#aebbc4;\
--link:#84bdf5;--line:#4a9fec;--tint:#16304d;--hair:#37444d;--edge:#8b9aa5;--warn:#f0a35e;background:#12181c}}\
@media print{.pathway{--surface:#fff;--ground:#fff;--ink:#000;--quiet:#333;--line:#003087;--tint:#e3edf7;--hair:#999;\
--edge:#333;--warn:#a84607;background:#fff}}";

/// What a drawing shows beside the pathway.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// What its ids begin with, so that several drawings fit on one page.
    pub prefix: &'a str,
    /// The id of the list of steps that says the same in words, named in the description.
    pub title: Option<&'a str>,
    /// What a screen reader says after the title, where the chart has no description of its own.
    pub description: Option<&'a str>,
    /// How far the pathway has been verified.
    pub badge: Option<Badge<'a>>,
    /// What a comparison found at each node; may be shorter than the nodes.
    pub node_marks: &'a [Mark],
    /// What a comparison found at each edge; may be shorter than the edges.
    pub edge_marks: &'a [Mark],
}

/// A statement of verification on the drawing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge<'a> {
    /// How far it has come.
    pub stage: Verification,
    /// Who and when, in words.
    pub words: &'a str,
}

/// How far a pathway has been verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// A proposal to be taken apart.
    StrawMan,
    /// Agreed, not yet seen in practice.
    Agreed,
    /// Verified in practice.
    Verified,
}

/// The height that a badge adds above the drawing.
const BADGE: i32 = 40;

/// The drawing as SVG for a page that has [`STYLES`].
pub fn svg(chart: &Flowchart, layout: &Layout, options: &Options<'_>) -> String {
    document(chart, layout, options, "")
}

/// The drawing as a file of its own, with its styles inside.
pub fn stand_alone(chart: &Flowchart, layout: &Layout, options: &Options<'_>) -> String {
    let styles = format!("<style>{PALETTE}{}</style>", STYLES.trim_end());
    document(chart, layout, options, &styles)
}

/// The width and height of the drawing in px.
pub fn size(layout: &Layout, options: &Options<'_>) -> (i32, i32) {
    let Some(badge) = options.badge else { return (layout.width, layout.height) };
    let badge_width = width(badge_words(badge).as_str(), BOLD_WORDS) + 110;
    (layout.width.max(badge_width), layout.height + BADGE)
}

fn document(chart: &Flowchart, layout: &Layout, options: &Options<'_>, styles: &str) -> String {
    let title = chart.title.as_deref().or(options.title).unwrap_or("Pathway");
    let description = chart.description.as_deref().or(options.description);
    let prefix = escape(options.prefix);
    let described = if description.is_some() { format!(" {prefix}-desc") } else { String::new() };
    let over = if options.badge.is_some() { BADGE } else { 0 };
    let (wide, high) = size(layout, options);
    let mut out = String::with_capacity(4096 + 600 * (chart.nodes.len() + chart.edges.len()));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pathway\" role=\"img\" \
         viewBox=\"0 {} {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
         aria-labelledby=\"{prefix}-title{described}\"><title id=\"{prefix}-title\">{}</title>",
        -over,
        escape(title)
    );
    if let Some(description) = description {
        let _ = write!(out, "<desc id=\"{prefix}-desc\">{}</desc>", escape(description));
    }
    out.push_str(styles);
    if let Some(badge) = options.badge {
        draw_badge(&mut out, badge);
    }
    for (index, frame) in layout.frames.iter().enumerate() {
        // Every second lane is a little darker, so that an eye keeps to its lane.
        let class = if !frame.lane {
            "frame"
        } else if index % 2 == 1 {
            "lane alt"
        } else {
            "lane"
        };
        draw_frame(&mut out, chart, frame, class);
    }
    for bundle in lines::bundles(&layout.edges) {
        let edges =
            || bundle.iter().filter_map(|&edge| Some((edge, chart.edges.get(edge)?, &layout.edges[edge])));
        for (_, edge, route) in edges() {
            lines::draw_casing(&mut out, edge, route);
        }
        for (index, edge, route) in edges() {
            lines::draw(&mut out, edge, route, marks::shown(options.edge_marks, index));
        }
    }
    for (index, node) in chart.nodes.iter().enumerate() {
        let Some(place) = layout.nodes.get(index) else { continue };
        let mark = marks::shown(options.node_marks, index);
        let mut classes = String::from("node");
        if node.shape.is_decision() {
            classes.push_str(" decision");
        }
        if let Some(mark) = mark {
            let _ = write!(classes, " {}", mark.class());
        }
        let _ = write!(out, "<g class=\"{classes}\">");
        shapes::draw(&mut out, node.shape, place.rect, &paint(&node.style), &stroke(&node.style));
        let set = if node.style.bold { BOLD_WORDS } else { WORDS };
        let colour = match (node.shape, node.style.fill) {
            (Shape::Text, _) | (_, None) => String::new(),
            (_, Some(fill)) => format!(" fill=\"{}\"", colour::readable(node.style.color, fill)),
        };
        let class = if node.style.bold { " class=\"b\"" } else { "" };
        lines_at(&mut out, &place.lines, place.words_at, set, &format!("{class}{colour}"));
        if is_timed(&node.label) {
            // The sign of a comparison stands at the upper left.
            let crowded = mark.is_some_and(|mark| tag_width(mark.words()) + 6 > place.rect.w);
            clock(&mut out, clock_at(node.shape, place.rect, crowded));
        }
        if let Some(mark) = mark {
            tag(&mut out, mark.class(), mark.words(), (place.rect.x - 4, place.rect.y - 14));
        }
        out.push_str("</g>");
    }
    for (edge, route) in chart.edges.iter().zip(&layout.edges) {
        if let Some(label) = &route.label {
            let mut rect = label.rect;
            if is_timed(&edge.label) {
                let widest = label.lines.iter().map(|line| line.width).max().unwrap_or(0);
                let lead = label.lines.first().map_or(0, |line| (widest - line.width) / 2);
                clock(&mut out, (rect.x + lead + CLOCK, rect.y + i32::from(EDGE_WORDS.leading) / 2));
                rect = Rect { x: rect.x + CLOCK_ROOM, w: rect.w - CLOCK_ROOM, ..rect };
            }
            lines_at(
                &mut out,
                &label.lines,
                (rect.x + rect.w / 2, rect.y + rect.h / 2),
                EDGE_WORDS,
                " class=\"on\"",
            );
        }
    }
    for (index, route) in layout.edges.iter().enumerate() {
        if let Some(mark) = marks::shown(options.edge_marks, index) {
            draw_edge_mark(&mut out, layout, route, mark, options.node_marks);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The author's own colours as attributes; the stylesheet leaves those alone.
fn paint(style: &Style) -> String {
    let mut paint = String::new();
    if let Some(fill) = style.fill {
        let _ = write!(paint, " fill=\"{fill}\"");
    }
    paint.push_str(&stroke(style));
    if let Some(width) = style.stroke_width {
        let _ = write!(paint, " stroke-width=\"{}\"", number(width.clamp(0.0, 8.0)));
    }
    if style.dashed {
        paint.push_str(" stroke-dasharray=\"5 4\"");
    }
    paint
}

fn stroke(style: &Style) -> String {
    style.stroke.map_or_else(String::new, |stroke| format!(" stroke=\"{stroke}\""))
}

/// A number with one decimal at most.
fn number(value: f32) -> String {
    let tenths = (value * 10.0).round();
    if tenths % 10.0 == 0.0 { format!("{}", tenths / 10.0) } else { format!("{:.1}", tenths / 10.0) }
}

fn rect(out: &mut String, class: &str, rect: Rect, more: &str) {
    let Rect { x, y, w, h } = rect;
    let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{more}/>");
}

fn draw_frame(out: &mut String, chart: &Flowchart, frame: &Frame, class: &str) {
    let style = frame.group.map(|group| &chart.groups[group].style);
    let paint = style.map(paint).unwrap_or_default();
    rect(out, class, frame.rect, &paint);
    if frame.title.lines.is_empty() {
        return;
    }
    if frame.lane {
        rect(out, "band", frame.title.rect, "");
    }
    let title = frame.title.rect;
    let colour = style
        .and_then(|style| style.fill.map(|fill| colour::readable(style.color, fill)))
        .filter(|_| !frame.lane)
        .map_or_else(String::new, |words| format!(" fill=\"{words}\""));
    let middle = (title.x + title.w / 2, title.y + title.h / 2);
    lines_at(out, &frame.title.lines, middle, BOLD_WORDS, &format!(" class=\"b\"{colour}"));
}

fn badge_words(badge: Badge<'_>) -> String {
    let stage = match badge.stage {
        Verification::StrawMan => "Straw man",
        Verification::Agreed => "Agreed, not yet verified in practice",
        Verification::Verified => "Verified in practice",
    };
    let words: String = badge.words.chars().take(120).collect();
    if words.trim().is_empty() { stage.to_owned() } else { format!("{stage}: {}", words.trim()) }
}

/// Three stops, filled as far as it has come, and the words.
fn draw_badge(out: &mut String, badge: Badge<'_>) {
    let words = badge_words(badge);
    let reached = match badge.stage {
        Verification::StrawMan => 1,
        Verification::Agreed => 2,
        Verification::Verified => 3,
    };
    let class = if reached == 1 { "badge straw" } else { "badge" };
    let _ = write!(out, "<g class=\"{class}\">");
    let wide = width(&words, BOLD_WORDS) + 90;
    rect(out, "t", Rect { x: 10, y: 8 - BADGE, w: wide, h: 28 }, "");
    let y = 22 - BADGE;
    for stop in 0..3 {
        let x = 26 + 20 * stop;
        if stop > 0 {
            let class = if stop < reached { "way" } else { "way next" };
            let _ = write!(out, "<path class=\"{class}\" d=\"M{} {y}h8\"/>", x - 14);
        }
        let class = if stop < reached { "stop" } else { "stop next" };
        let _ = write!(out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
    }
    plain_text(out, &words, (80, y + 5), " class=\"b\"");
    out.push_str("</g>");
}

//! The outlines of all shapes as SVG. In: a shape and its room. Each outline touches the places where
//! `layout::shape` lets lines end.

use std::fmt::Write as _;

use crate::pathway::layout::Rect;
use crate::pathway::layout::shape::{CORNER, LEAN, LID, NOTCH, SLOPE, WAVE};
use crate::pathway::layout::slant;
use crate::pathway::model::Shape;

/// `paint` holds the author's attributes, `stroke` that of the outline alone, for the lines inside.
pub(super) fn draw(out: &mut String, shape: Shape, rect: Rect, paint: &str, stroke: &str) {
    let Rect { x, y, w, h } = rect;
    let (right, bottom) = (x + w, y + h);
    let (cx, cy) = (x + w / 2, y + h / 2);
    let mut path = |d: String| {
        let _ = write!(out, "<path class=\"box\" d=\"{d}\"{paint}/>");
    };
    let lean = LEAN;
    match shape {
        Shape::Rectangle | Shape::Subprocess | Shape::LinedRectangle => {
            super::rect(out, "box", rect, paint);
            inner_lines(out, shape, rect, stroke);
        }
        Shape::Rounded => super::rect(out, "box", rect, &format!(" rx=\"8\"{paint}")),
        Shape::Stadium => super::rect(out, "box", rect, &format!(" rx=\"{}\"{paint}", h.min(44) / 2)),
        Shape::Bar => super::rect(out, "box bar", rect, paint),
        Shape::Text => {}
        Shape::Diamond | Shape::Hexagon => {
            let s = slant(h);
            path(format!(
                "M{} {y}H{}L{right} {cy}L{} {bottom}H{}L{x} {cy}Z",
                x + s,
                right - s,
                right - s,
                x + s
            ));
        }
        Shape::Circle | Shape::SmallCircle => circle(out, "box", rect, 0, paint),
        Shape::FilledCircle => circle(out, "box bar", rect, 0, paint),
        Shape::DoubleCircle => {
            circle(out, "box", rect, 0, paint);
            circle(out, "box", rect, 4, paint);
        }
        Shape::FramedCircle => {
            circle(out, "box", rect, 0, paint);
            circle(out, "box bar", rect, 4, paint);
        }
        Shape::CrossedCircle => {
            circle(out, "box", rect, 0, paint);
            let d = w * 7 / 20;
            let _ = write!(
                out,
                "<path class=\"in\" d=\"M{} {}l{} {}m0 -{}l-{} {}\"/>",
                cx - d,
                cy - d,
                2 * d,
                2 * d,
                2 * d,
                2 * d,
                2 * d
            );
        }
        Shape::Flag => path(format!("M{x} {y}H{right}V{bottom}H{x}L{} {cy}Z", x + NOTCH)),
        Shape::LeanRight => path(format!("M{} {y}H{right}L{} {bottom}H{x}Z", x + lean, right - lean)),
        Shape::LeanLeft => path(format!("M{x} {y}H{}L{right} {bottom}H{}Z", right - lean, x + lean)),
        Shape::Trapezoid => path(format!("M{} {y}H{}L{right} {bottom}H{x}Z", x + lean, right - lean)),
        Shape::TrapezoidDown => path(format!("M{x} {y}H{right}L{} {bottom}H{}Z", right - lean, x + lean)),
        Shape::Cylinder => {
            let (a, top, low) = (w / 2, y + LID, bottom - LID);
            path(format!("M{x} {top}A{a} {LID} 0 0 1 {right} {top}V{low}A{a} {LID} 0 0 1 {x} {low}Z"));
            let _ = write!(out, "<path class=\"in\" d=\"M{x} {top}A{a} {LID} 0 0 0 {right} {top}\"/>");
        }
        Shape::HorizontalCylinder => {
            let (a, from, to) = (h / 2, x + LID, right - LID);
            path(format!(
                "M{from} {y}H{to}A{LID} {a} 0 0 1 {to} {bottom}H{from}A{LID} {a} 0 0 1 {from} {y}Z"
            ));
            let _ = write!(out, "<path class=\"in\" d=\"M{to} {y}A{LID} {a} 0 0 0 {to} {bottom}\"/>");
        }
        Shape::Document => {
            let low = bottom - WAVE;
            path(format!(
                "M{x} {y}H{right}V{low}Q{} {} {cx} {low}T{x} {low}Z",
                x + w * 3 / 4,
                low - 2 * WAVE
            ));
        }
        Shape::Tape => {
            let (high, low, q) = (y + WAVE, bottom - WAVE, x + w / 4);
            path(format!(
                "M{x} {high}Q{q} {} {cx} {high}T{right} {high}V{low}Q{} {} {cx} {low}T{x} {low}Z",
                high + 2 * WAVE,
                x + w * 3 / 4,
                low - 2 * WAVE
            ));
        }
        Shape::Delay => {
            let a = h / 2;
            path(format!("M{x} {y}H{}A{a} {a} 0 0 1 {} {bottom}H{x}Z", right - a, right - a));
        }
        Shape::Display => path(format!(
            "M{x} {cy}L{} {y}H{}Q{right} {y} {right} {cy}T{} {bottom}H{}Z",
            x + 24,
            right - 18,
            right - 18,
            x + 24
        )),
        Shape::ManualInput => path(format!("M{x} {}L{right} {y}V{bottom}H{x}Z", y + SLOPE)),
        Shape::Card => path(format!("M{} {y}H{right}V{bottom}H{x}V{}Z", x + CORNER, y + CORNER)),
        Shape::Triangle => path(format!("M{cx} {y}L{right} {bottom}H{x}Z")),
        Shape::TriangleDown => path(format!("M{x} {y}H{right}L{cx} {bottom}Z")),
        Shape::Hourglass => path(format!("M{x} {y}H{right}L{x} {bottom}H{right}Z")),
        Shape::Bolt => path(format!(
            "M{cx} {y}L{} {}H{}L{cx} {bottom}L{} {}H{}Z",
            x + w / 10,
            y + h * 11 / 20,
            cx - 3,
            x + w * 9 / 10,
            y + h * 2 / 5,
            cx + 3
        )),
        Shape::Comment => {
            let _ = write!(
                out,
                "<path class=\"in\" d=\"M{} {y}Q{} {y} {} {}V{}Q{} {cy} {x} {cy}Q{} {cy} {} {}V{}Q{} {bottom} {} {bottom}\"{}/>",
                x + 12,
                x + 6,
                x + 6,
                y + 6,
                cy - 6,
                x + 6,
                x + 6,
                x + 6,
                cy + 6,
                bottom - 6,
                x + 6,
                x + 12,
                stroke
            );
        }
        Shape::Cloud => cloud(&mut path, rect),
    }
}

fn circle(out: &mut String, class: &str, rect: Rect, less: i32, paint: &str) {
    let (cx, cy, r) = (rect.x + rect.w / 2, rect.y + rect.h / 2, rect.w / 2 - less);
    let _ = write!(out, "<circle class=\"{class}\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"{paint}/>");
}

fn inner_lines(out: &mut String, shape: Shape, rect: Rect, stroke: &str) {
    let Rect { x, y, h, w } = rect;
    let d = match shape {
        Shape::Subprocess => format!("M{} {y}v{h}M{} {y}v{h}", x + 8, x + w - 8),
        Shape::LinedRectangle => format!("M{} {y}v{h}M{x} {}h{w}", x + 8, y + 6),
        _ => return,
    };
    let _ = write!(out, "<path class=\"in\" d=\"{d}\"{stroke}/>");
}

/// Curves whose outermost points lie on the middles of the sides.
fn cloud(path: &mut impl FnMut(String), rect: Rect) {
    let Rect { x, y, w, h } = rect;
    let at = |fx: i32, fy: i32| format!("{} {}", x + w * fx / 100, y + h * fy / 100);
    path(format!(
        "M{}Q{} {}Q{} {}Q{} {}Q{} {}Q{} {}Q{} {}Q{} {}Q{} {}Z",
        at(30, 14),
        at(50, -14),
        at(70, 14),
        at(94, 4),
        at(88, 30),
        at(112, 50),
        at(88, 70),
        at(94, 96),
        at(70, 86),
        at(50, 114),
        at(30, 86),
        at(6, 96),
        at(12, 70),
        at(-12, 50),
        at(12, 30),
        at(6, 4),
        at(30, 14)
    ));
}

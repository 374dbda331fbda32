//! A drawing as SVG. It is one image to those who hear it, whose equivalent is a table beside it: links in the drawing
//! would be the table's again, in an order that follows the map and not the alphabet, and smaller than a fingertip.

use std::fmt::Write as _;

use super::labels::{Anchor, LINE};
use super::{Drawing, Mark, Rect, Stop, TEXT, outline};
use crate::text::escape_html;

/// How far below the middle of a line of text its letters stand.
const BASELINE: f64 = TEXT * 0.36;

impl Drawing {
    /// The drawing with these classes. `name` is what it is called by those who do not see it, and `described_by` the id
    /// of the words beside it.
    pub fn svg(&self, classes: &str, name: &str, described_by: &str) -> String {
        let mut svg = String::with_capacity(4_000);
        let (width, height) = (self.width, self.height);
        let _ = write!(
            svg,
            "<svg class=\"map {classes}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" aria-label=\"{}\" aria-describedby=\"{}\">",
            escape_html(name),
            escape_html(described_by)
        );
        let (west, north) = self.frame.on_paper((0.0, 0.0));
        push_land(&mut svg, west, north, self.frame.scale() * outline::step());
        if let Some(locator) = &self.locator {
            self.push_locator(&mut svg, locator);
        }
        for stop in &self.stops {
            push_stop(&mut svg, stop);
        }
        svg.push_str("</svg>");
        svg
    }

    /// Whether a stop shows its number and not its name.
    pub fn has_numbers(&self) -> bool {
        self.stops.iter().any(|stop| stop.label.is_none())
    }

    /// England in small, and the part of it that the drawing shows.
    fn push_locator(&self, svg: &mut String, at: &Rect) {
        let ((west, south), (east, north)) = outline::corners();
        let scale = ((at.right - at.left) / (east - west)).min((at.bottom - at.top) / (north - south));
        let x = |east: f64| (east - west).mul_add(scale, at.left);
        let y = |to_north: f64| (north - to_north).mul_add(scale, at.top);
        svg.push_str("<g class=\"map-small\">");
        push_land(svg, x(0.0), y(0.0), scale * outline::step());
        let (from, to) = (self.frame.on_land((0.0, 0.0)), self.frame.on_land((self.width, self.height)));
        let (left, right) = (x(from.0).max(at.left - 4.0), x(to.0).min(at.right + 4.0));
        let (top, bottom) = (y(from.1).max(at.top - 4.0), y(to.1).min(at.bottom + 4.0));
        let _ = write!(
            svg,
            "<path class=\"map-part\" d=\"M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}z\"/></g>"
        );
    }
}

/// The outline with the origin of the National Grid at this point, and a step of its own so long.
fn push_land(svg: &mut String, x: f64, y: f64, step: f64) {
    let _ = write!(
        svg,
        "<path class=\"map-land\" transform=\"matrix({step:.3} 0 0 {:.3} {x:.1} {y:.1})\" d=\"{}\"/>",
        -step,
        outline::path()
    );
}

fn push_stop(svg: &mut String, stop: &Stop) {
    let (class, border) = match stop.mark {
        Mark::Filled => ("on", 0.0),
        Mark::Open if stop.label.is_some() => ("open", 4.0),
        Mark::Open => ("open", 3.0),
        Mark::Plain => ("plain", 1.5),
    };
    // The edge lies within the stop's radius.
    let (x, y, radius) = (stop.x, stop.y, stop.radius - border / 2.0);
    let circle = format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
    let border = if border > 0.0 { format!(" stroke-width=\"{border}\"") } else { String::new() };
    if let Some(label) = &stop.label {
        let _ = write!(svg, "<g class=\"{class}\">{circle}{border}/></g>");
        let (at, anchor) = match label.anchor {
            Anchor::Start => (label.extent.left, ""),
            Anchor::Middle => {
                (f64::midpoint(label.extent.left, label.extent.right), " text-anchor=\"middle\"")
            }
            Anchor::End => (label.extent.right, " text-anchor=\"end\""),
        };
        let _ = write!(svg, "<text{anchor}>");
        let mut middle = label.extent.top + LINE / 2.0;
        for line in &label.lines {
            let y = middle + BASELINE;
            let _ = write!(svg, "<tspan x=\"{at:.1}\" y=\"{y:.1}\">{}</tspan> ", escape_html(line));
            middle += LINE;
        }
        svg.truncate(svg.trim_end().len());
        svg.push_str("</text>");
        return;
    }
    let more = if stop.places.len() > 1 { "+" } else { "" };
    let number = stop.places.first().map_or(0, |place| place + 1);
    let _ = write!(
        svg,
        "<g class=\"{class}\"><title>{}</title>{circle}{border}/><text x=\"{x}\" y=\"{:.1}\" text-anchor=\"middle\">{number}{more}</text></g>",
        escape_html(&stop.name),
        y + BASELINE
    );
}

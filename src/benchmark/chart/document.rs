//! A finished drawing: as SVG for a page that has [`STYLES`], and as a file of its own with its styles inside.

use super::scene::{At, Scene};
#[cfg(test)]
use super::scene::{Rect, Spot};
use super::{Labels, Options, Width};
use crate::text::{escape_html, push_escaped};

/// The styles of a chart, by the custom properties of the page.
pub const STYLES: &str = include_str!("chart.css");

/// The properties that a page would set, for a drawing that stands alone.
const PALETTE: &str = ".chart{--surface:#fff;--ink:#212b32;--quiet:#4c6272;--line:#005eb8;--tint:#e3edf7;--hair:#d8dde0;\
--edge:#4c6272;--warn:#a84607;background:#fff}\
@media screen and (prefers-color-scheme:dark){.chart{--surface:#1b2329;--ink:#e8edee;--quiet:#aebbc4;--line:#4a9fec;\
--tint:#16304d;--hair:#37444d;--edge:#8b9aa5;--warn:#f0a35e;background:#1b2329}}\
@media print{.chart{--ink:#000;--quiet:#333;--hair:#aaa}}";

/// Room around a drawing that stands alone.
const MARGIN: f64 = 20.0;

/// A chart, drawn.
#[derive(Debug, Clone)]
pub struct Drawing {
    scene: Scene,
    title: String,
    description: String,
    prefix: String,
    width: Width,
}

impl Drawing {
    pub(super) fn new(
        mut scene: Scene,
        description: String,
        labels: &Labels<'_>,
        options: &Options<'_>,
    ) -> Self {
        // Words of the last line keep their feet.
        scene.height = (scene.height + 2.0).ceil();
        let prefix = options
            .prefix
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
            .collect();
        let headline = labels.headline.trim();
        let title = if headline.is_empty() { "Chart" } else { headline };
        Self { scene, title: title.to_string(), description, prefix, width: options.width }
    }

    /// What it shows, in a sentence.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, in full.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Width and height in units of the drawing; words are 14 high.
    pub fn size(&self) -> (f64, f64) {
        (self.scene.width, self.scene.height)
    }

    /// As SVG for a page that has [`STYLES`].
    pub fn svg(&self) -> String {
        self.document(0.0, "")
    }

    /// As a file of its own. Draw it with [`Options::is_titled`].
    pub fn stand_alone(&self) -> String {
        self.document(MARGIN, &format!("<style>{PALETTE}{}</style>", STYLES.trim_end()))
    }

    fn document(&self, margin: f64, styles: &str) -> String {
        let (class, letter) = match self.width {
            Width::Wide => ("chart-wide", "w"),
            Width::Narrow => ("chart-narrow", "n"),
        };
        let id = |what: &str| {
            format!("{}-{letter}-{what}", if self.prefix.is_empty() { "chart" } else { &self.prefix })
        };
        let (title, description) = (id("title"), id("desc"));
        let (wide, high) = (At(self.scene.width + margin * 2.0), At(self.scene.height + margin * 2.0));
        let from = At(-margin);
        let mut svg =
            String::with_capacity(self.scene.body.len() + self.description.len() + styles.len() + 700);
        let space = if styles.is_empty() { "" } else { " xmlns=\"http://www.w3.org/2000/svg\"" };
        svg.push_str(&format!(
            "<svg{space} class=\"chart {class}\" viewBox=\"{from} {from} {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
             role=\"img\" aria-labelledby=\"{title} {description}\"><title id=\"{title}\">{}</title><desc id=\"{description}\">",
            escape_html(&self.title),
        ));
        push_escaped(&mut svg, &self.description);
        svg.push_str("</desc>");
        svg.push_str(styles);
        svg.push_str(&self.scene.body);
        svg.push_str("</svg>");
        svg
    }

    /// Places of words, for tests.
    #[cfg(test)]
    pub(super) fn words(&self) -> &[Rect] {
        &self.scene.words
    }

    /// Places of figures and where they belong, for tests.
    #[cfg(test)]
    pub(super) fn figures(&self) -> (&[Spot], Rect) {
        (&self.scene.spots, self.scene.plot)
    }
}

/// The wide and the narrow drawing for a page, of which [`STYLES`] shows the one that has room.
pub fn both(options: &Options<'_>, draw: impl Fn(&Options<'_>) -> Drawing) -> String {
    let narrow = draw(&Options { width: Width::Narrow, ..*options }).svg();
    let wide = draw(&Options { width: Width::Wide, ..*options }).svg();
    format!("<div class=\"charts\">{wide}{narrow}</div>")
}

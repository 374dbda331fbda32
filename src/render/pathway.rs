//! The drawing of a pathway, in its page and as a file of its own, and its steps as templates see them.

use tera::Value;

use super::address::encoded;
use crate::pathway::draw::{self, Badge, Options, Verification};
use crate::pathway::layout::Layout;
use crate::pathway::{Flowchart, told};
use crate::site::{Drawing, PageIndex, Site};
use crate::text::long_date;

/// Where the drawing is published as a file of its own, below the root.
pub(super) fn address(site: &Site, index: PageIndex) -> String {
    format!("{}drawing.svg", site.pages[index].parsed.address)
}

/// The drawing as a file that needs nothing else.
pub(super) fn stand_alone(site: &Site, index: PageIndex) -> String {
    let Some(drawing) = &site.drawings[index] else { return String::new() };
    drawn(site, index, drawing, draw::stand_alone)
}

/// What comes of a drawing with the options that its page says.
fn drawn<T>(
    site: &Site,
    index: PageIndex,
    drawing: &Drawing,
    draw: fn(&Flowchart, &Layout, &Options<'_>) -> T,
) -> T {
    let page = &site.pages[index].parsed;
    let values = &page.values;
    let stage = match values.text("verification") {
        Some("straw-man") => Some(Verification::StrawMan),
        Some("agreed") => Some(Verification::Agreed),
        Some("verified-in-practice") => Some(Verification::Verified),
        _ => None,
    };
    let by = values.text("verified_by").map(|who| format!("by {who}"));
    let on = values.date("verified_on").map(long_date);
    let words = [by, on].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let options = Options {
        prefix: "to:drawing",
        title: Some(&page.title),
        description: values.text("summary"),
        badge: stage.map(|stage| Badge { stage, words: &words }),
        ..Options::default()
    };
    draw(&drawing.chart, drawing.layout(), &options)
}

/// The drawing and its steps, as the page that has them shows them, and where the drawing stands as a file.
pub(super) fn value(site: &Site, index: PageIndex) -> Vec<(&'static str, Value)> {
    let Some(drawing) = &site.drawings[index] else {
        let names = ["svg", "alone", "width", "height", "steps"];
        return names.into_iter().map(|name| (name, Value::none())).collect();
    };
    let svg = drawn(site, index, drawing, draw::svg);
    let (width, height) = drawn(site, index, drawing, |_, layout, options| draw::size(layout, options));
    let steps = told::html(&drawing.chart, &drawing.steps, "to:drawing", &|_| None);
    vec![
        ("svg", Value::safe_string(&svg)),
        ("width", Value::from(width)),
        ("height", Value::from(height)),
        ("alone", Value::from(encoded(&address(site, index)))),
        ("steps", Value::safe_string(&steps)),
    ]
}

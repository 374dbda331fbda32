//! The drawing of a pathway, in its page and as a file of its own, and its steps as templates see them.

use tera::Value;

use super::address::{encoded, file_of, root_of};
use super::links;
use crate::pathway::compare::Mark;
use crate::pathway::draw::{self, Badge, Options, Verification};
use crate::pathway::layout::Layout;
use crate::pathway::{Flowchart, told};
use crate::site::{Drawing, PageIndex, Site, names_a_file};
use crate::text::{long_date, lower_first};

/// Where the drawing is published as a file of its own, below the root.
pub(super) fn address(site: &Site, index: PageIndex) -> String {
    format!("{}drawing.svg", site.pages[index].parsed.address)
}

/// Where the text of a drawing is published that stands in its page and not in a file of its own, and that text.
pub(super) fn source(site: &Site, index: PageIndex) -> Option<(String, &str)> {
    let page = &site.pages[index].parsed;
    let text = page.values.text("diagram").filter(|text| !names_a_file(text))?;
    site.drawings[index].as_ref()?;
    Some((format!("{}drawing.mmd", page.address), text))
}

/// The drawing as a file that needs nothing else.
pub(super) fn stand_alone(site: &Site, index: PageIndex) -> String {
    let Some(drawing) = &site.drawings[index] else { return String::new() };
    drawn(site, index, drawing, draw::stand_alone)
}

/// A drawing on which a comparison has marked its steps and links, in its order.
pub(super) fn draw_marked(
    site: &Site,
    index: PageIndex,
    drawing: &Drawing,
    prefix: &str,
    node_marks: &[Mark],
    edge_marks: &[Mark],
) -> String {
    let words = verified(site, index);
    let options = Options { prefix, node_marks, edge_marks, ..options(site, index, &words) };
    draw::svg(&drawing.chart, drawing.layout(&site.layouts), &options)
}

/// What comes of a drawing with the options that its page says.
fn drawn<T>(
    site: &Site,
    index: PageIndex,
    drawing: &Drawing,
    draw: fn(&Flowchart, &Layout, &Options<'_>) -> T,
) -> T {
    let words = verified(site, index);
    draw(&drawing.chart, drawing.layout(&site.layouts), &options(site, index, &words))
}

fn options<'a>(site: &'a Site, index: PageIndex, words: &'a str) -> Options<'a> {
    let page = &site.pages[index].parsed;
    let stage = match page.values.text("verification") {
        Some("straw-man") => Some(Verification::StrawMan),
        Some("agreed") => Some(Verification::Agreed),
        Some("verified-in-practice") => Some(Verification::Verified),
        _ => None,
    };
    Options {
        prefix: "to:drawing",
        title: Some(&page.title),
        description: page.values.text("summary"),
        badge: stage.map(|stage| Badge { stage, words }),
        ..Options::default()
    }
}

/// Who agreed or verified a pathway, and when.
fn verified(site: &Site, index: PageIndex) -> String {
    let values = &site.pages[index].parsed.values;
    let (who, when) = match values.text("verification") {
        Some("agreed") => {
            (values.text("agreed_by"), values.period("agreed_on").map(|period| period.text.clone()))
        }
        Some("verified-in-practice") => {
            (values.text("verified_by"), values.date("verified_on").map(long_date))
        }
        _ => (None, None),
    };
    [who.map(|who| format!("by {}", lower_first(who))), when]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The drawing and its steps, as the page that has them shows them, and where the drawing stands as a file.
pub(super) fn value(site: &Site, index: PageIndex) -> Vec<(&'static str, Value)> {
    let Some(drawing) = &site.drawings[index] else {
        let names = ["svg", "alone", "width", "height", "steps"];
        return names.into_iter().map(|name| (name, Value::none())).collect();
    };
    let svg = drawn(site, index, drawing, draw::svg);
    let (width, height) = drawn(site, index, drawing, |_, layout, options| draw::size(layout, options));
    let root = root_of(&file_of(&site.pages[index].parsed.address));
    let steps = told::html(&drawing.chart, &drawing.steps, "to:drawing", &|href| {
        links::address(site, drawing.links.get(href)?, &root)
    });
    vec![
        ("svg", Value::safe_string(&svg)),
        ("width", Value::from(width)),
        ("height", Value::from(height)),
        ("alone", Value::from(encoded(&address(site, index)))),
        ("steps", Value::safe_string(&steps)),
    ]
}

//! The drawing of a pathway, in its page and as a file of its own, and its steps as templates see them.

use tera::Value;

use super::address::encoded;
use super::value::{map, optional};
use crate::pathway::Flowchart;
use crate::pathway::draw::{self, Badge, Options, Verification};
use crate::pathway::layout::Layout;
use crate::pathway::steps::{Kind, Next, Step};
use crate::site::{Drawing, PageIndex, Site};
use crate::text::long_date;

/// Where the drawing is published as a file of its own, below the root.
pub(super) fn address(site: &Site, index: PageIndex) -> String {
    format!("{}drawing.svg", site.pages[index].parsed.address)
}

/// The drawing as a file that needs nothing else.
pub(super) fn stand_alone(site: &Site, index: PageIndex) -> String {
    let Some(drawing) = &site.drawings[index] else { return String::new() };
    drawn(site, index, drawing, &drawing.layout(), draw::stand_alone)
}

type Draw = fn(&Flowchart, &Layout, &Options<'_>) -> String;

fn drawn(site: &Site, index: PageIndex, drawing: &Drawing, layout: &Layout, draw: Draw) -> String {
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
    draw(&drawing.chart, layout, &options)
}

/// The drawing and its steps, as the page that has them shows them, and where the drawing stands as a file.
pub(super) fn value(site: &Site, index: PageIndex) -> Vec<(&'static str, Value)> {
    let Some(drawing) = &site.drawings[index] else {
        let names = ["svg", "alone", "width", "height", "steps"];
        return names.into_iter().map(|name| (name, Value::none())).collect();
    };
    let svg = drawn(site, index, drawing, &drawing.layout(), draw::svg);
    let attribute = |name: &str| {
        let value = svg.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        optional(value)
    };
    let steps: Vec<Value> = drawing.steps.steps.iter().map(|step| step_value(drawing, step)).collect();
    vec![
        ("svg", Value::safe_string(&svg)),
        ("width", attribute("width")),
        ("height", attribute("height")),
        ("alone", Value::from(encoded(&address(site, index)))),
        ("steps", Value::from(steps)),
    ]
}

fn step_value(drawing: &Drawing, step: &Step) -> Value {
    let chart = &drawing.chart;
    let titles = step.headings.iter().map(|group| chart.groups[*group].label.plain());
    let heading = titles.filter(|title| !title.is_empty()).collect::<Vec<_>>().join(", ");
    // What simply goes on to the next number needs no word.
    let goes_on = |next: &Next| {
        next.words.is_empty()
            && next.hand_over.is_none()
            && next.target.number() == Some(step.number + 1)
            && step.next.len() == 1
    };
    let after_group = drawing.steps.from_groups.iter().filter(|group| group.after == Some(step.number));
    let next: Vec<Value> = step
        .next
        .iter()
        .filter(|next| !goes_on(next))
        .chain(after_group.flat_map(|group| &group.next))
        .map(|next| {
            map([
                ("text", Value::from(drawing.steps.sentence(chart, next, step.kind))),
                ("number", next.target.number().map_or_else(Value::none, Value::from)),
            ])
        })
        .collect();
    let link = step.link.as_ref().map(|link| link.href.as_str()).filter(|href| is_whole(href));
    map([
        ("number", Value::from(step.number)),
        ("text", Value::from(step.text.as_str())),
        ("heading", optional(Some(heading.as_str()).filter(|heading| !heading.is_empty()))),
        ("is_decision", Value::from(step.kind == Kind::Decision)),
        ("next", Value::from(next)),
        ("link", optional(link)),
    ])
}

/// Whether an address leads to the same place from every page.
fn is_whole(href: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme))
}

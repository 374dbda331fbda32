//! What differs between forms of a pathway: in short on the pages of both, and on a page of its own with the drawings
//! side by side, every step in a table, and every difference in a sentence.

use tera::{Context, Value};

use super::address::encoded;
use super::pathway::draw_marked;
use super::value::{map, optional};
use super::view::{Frame, Views};
use crate::pathway::compare::Mark;
use crate::pathway::steps::Step;
use crate::pathway::{Pair, aligned};
use crate::site::{Compared, Drawing, PageIndex, comparison_address};

/// Sentences on the page of a pathway; the page of the comparison has them all.
const FEW: usize = 5;

/// Steps and links in the drawings of one page of comparisons; further ones are compared in words only.
const MAX_DRAWN: usize = 2_000;

impl Views<'_> {
    /// The other forms of a pathway, and what differs from each, in short.
    pub(super) fn compared(&self, page: PageIndex) -> Value {
        if self.site.drawings[page].is_none() {
            return Value::from(Vec::<Value>::new());
        }
        let with = self.site.comparisons.iter().filter(|pair| pair.after == page || pair.before == page);
        with.map(|pair| {
            let other = if pair.after == page { pair.before } else { pair.after };
            let sentences = self.differences(pair);
            let after = &self.site.pages[pair.after].parsed;
            map([
                ("other", self.row(other)),
                ("other_is_later", Value::from(other == pair.after)),
                ("verification", optional(self.site.pages[other].parsed.values.text("verification"))),
                ("path", Value::from(encoded(&comparison_address(after)))),
                ("anchor", Value::from(anchor(pair, self))),
                (
                    "few",
                    sentences.iter().take(FEW).map(|it| Value::from(it.as_str())).collect::<Vec<_>>().into(),
                ),
                ("count", Value::from(sentences.len())),
                ("more", Value::from(sentences.len().saturating_sub(FEW))),
            ])
        })
        .collect::<Vec<Value>>()
        .into()
    }

    /// Where practice is known to differ: the site with its name where its code is given, what, and since when.
    pub(super) fn known_differences(&self, page: PageIndex) -> Value {
        let differences = self.site.pages[page].parsed.values.groups("differences");
        differences
            .map(|difference| {
                let place = difference.value.text("where").unwrap_or_default();
                let name = self.site.organisations.get(place).map(|known| known.name.as_str());
                map([
                    ("place", Value::from(name.unwrap_or(place))),
                    ("code", optional(name.map(|_| place))),
                    ("what", optional(difference.value.text("what"))),
                    ("since", optional(difference.value.period("since").map(|period| period.text.as_str()))),
                ])
            })
            .collect::<Vec<Value>>()
            .into()
    }

    /// Every difference between two forms, in sentences without full stops.
    fn differences(&self, pair: &Compared) -> Vec<String> {
        let of_drawings =
            pair.drawings(self.site).differences.iter().map(|difference| difference.sentence.clone());
        of_drawings.chain(pair.time_limits(self.site)).collect()
    }

    /// The page that compares a pathway with its earlier forms.
    pub(super) fn comparison(&self, page: PageIndex) -> Context {
        let after = &self.site.pages[page].parsed;
        let title = format!("Compared: {}", after.title);
        let pairs = self.site.compared_with(page);
        let description = match pairs {
            [only] => format!(
                "What differs from “{}”, in the drawings, step by step and in words.",
                self.site.pages[only.before].parsed.title
            ),
            _ => format!(
                "What differs from {} other forms, in the drawings, step by step and in words.",
                pairs.len()
            ),
        };
        let mut breadcrumbs = vec![("Home".to_string(), String::new())];
        breadcrumbs.push((after.kind.plural.to_string(), format!("{}/", after.kind.folder)));
        breadcrumbs.push((after.title.clone(), after.address.clone()));
        let mut context = self.framed(Frame {
            address: comparison_address(after),
            title: &title,
            what: "",
            description: &description,
            breadcrumbs,
            feed: None,
        });
        let mut drawn = 0;
        let views: Vec<Value> = pairs
            .iter()
            .enumerate()
            .map(|(number, pair)| {
                drawn += [pair.before, pair.after]
                    .into_iter()
                    .filter_map(|page| self.site.drawings[page].as_ref())
                    .map(|drawing| drawing.chart.nodes.len() + drawing.chart.edges.len())
                    .sum::<usize>();
                self.compared_in_full(pair, number + 1, drawn <= MAX_DRAWN)
            })
            .collect();
        context.insert_value("title", Value::from(title));
        context.insert_value("about", Value::from(description));
        context.insert_value("after", self.row(page));
        context.insert_value("pairs", Value::from(views));
        context.insert_value("has_drawing", Value::from(true));
        context
    }

    fn compared_in_full(&self, pair: &Compared, number: usize, is_drawn: bool) -> Value {
        let site = self.site;
        let (Some(before), Some(after)) = (&site.drawings[pair.before], &site.drawings[pair.after]) else {
            return Value::none();
        };
        let comparison = pair.drawings(site);
        let rows: Vec<Value> = aligned(&before.steps, &after.steps, comparison)
            .iter()
            .map(|row| step_row(row, before, after))
            .collect();
        let (drawn_before, drawn_after) = if is_drawn {
            let (nodes, edges) = (&comparison.before, &comparison.edges_before);
            let first = draw_marked(site, pair.before, before, &format!("to:before-{number}"), nodes, edges);
            let (nodes, edges) = (&comparison.after, &comparison.edges_after);
            let second = draw_marked(site, pair.after, after, &format!("to:after-{number}"), nodes, edges);
            (Value::safe_string(&first), Value::safe_string(&second))
        } else {
            (Value::none(), Value::none())
        };
        let sentences = self.differences(pair);
        map([
            ("before", self.row(pair.before)),
            ("after", self.row(pair.after)),
            ("anchor", Value::from(anchor(pair, self))),
            ("sentences", sentences.iter().map(|it| Value::from(it.as_str())).collect::<Vec<_>>().into()),
            ("rows", Value::from(rows)),
            ("drawn_before", drawn_before),
            ("drawn_after", drawn_after),
        ])
    }
}

/// What a link within the page of comparisons leads to.
fn anchor(pair: &Compared, views: &Views<'_>) -> String {
    format!("to:{}", views.site.pages[pair.before].parsed.slug)
}

fn step_row(row: &Pair<'_>, before: &Drawing, after: &Drawing) -> Value {
    let words = match row.mark {
        Mark::Same => "Same",
        Mark::Added => "Added",
        Mark::Removed => "Removed",
        Mark::Changed => "Changed",
        Mark::Moved => "Moved",
    };
    // Where a step stands tells only what moved.
    let place = |drawing: &Drawing, lane: Option<usize>| {
        let lane = lane.filter(|_| row.mark == Mark::Moved)?;
        Some(drawing.chart.groups[lane].label.plain())
    };
    let cell = |step: Option<&Step>, drawing: &Drawing| match step {
        None => Value::none(),
        Some(step) => map([
            ("number", Value::from(step.number)),
            ("text", Value::from(step.text.as_str())),
            ("place", optional(place(drawing, step.lane).as_deref())),
        ]),
    };
    map([
        ("before", cell(row.before, before)),
        ("after", cell(row.after, after)),
        ("mark", Value::from(words)),
    ])
}

//! Case studies side by side in one table.

use tera::{Context, Value};

use super::{Entry, newest};
use crate::render::value::{map, optional};
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, one_page};

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "case-studies/compare/",
        title: |_| "Compare case studies",
        beside: &["case-study"],
        // One case study alone cannot be compared.
        has_something: |pages, _| pages.iter().filter(|page| page.kind.name == "case-study").count() > 1,
        parts: one_page,
    },
    template: "compare-case-studies.html",
    view,
};

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let (pages, total) = newest(views.site, "case-study");
    let items: Vec<Value> = pages
        .into_iter()
        .map(|index| {
            let values = &views.site.pages[index].parsed.values;
            let measures: Vec<Value> = values
                .groups("measures")
                .map(|measure| {
                    let text = |name| optional(measure.value.text(name));
                    map([
                        ("metric", text("metric")),
                        ("baseline", text("baseline")),
                        ("result", text("result")),
                        ("unit", text("unit")),
                    ])
                })
                .collect();
            map([
                ("page", views.row(index)),
                ("cost", optional(values.text("cost"))),
                ("savings", optional(values.text("savings"))),
                ("measures", Value::from(measures)),
            ])
        })
        .collect();
    let mut context =
        views.overview(made, part, None, "The case studies of this site side by side, the newest first.");
    context.insert_value("items", Value::from(items));
    context.insert_value("total", Value::from(total));
    context
}

//! Networks side by side in one table.

use tera::{Context, Value};

use super::{Entry, ROWS, listed};
use crate::content::Status;
use crate::render::value::{map, optional};
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, Page, one_page};

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "networks/compare/",
        title: |_| "Compare networks",
        beside: &["network"],
        // One network alone cannot be compared.
        has_something: |pages, _| pages.iter().filter(|page| page.kind.name == "network").count() > 1,
        parts: one_page,
    },
    template: "compare-networks.html",
    view,
};

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let case_studies = |network: &Page| {
        let mut pages: Vec<usize> = network
            .incoming
            .iter()
            .filter(|relation| relation.field == "network")
            .map(|relation| relation.page)
            .filter(|page| {
                let page = &site.pages[*page].parsed;
                page.kind.name == "case-study" && page.status != Status::Archived
            })
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages.len()
    };
    let all = listed(site, "network");
    let (pages, total) = (all[..all.len().min(ROWS)].to_vec(), all.len());
    let items: Vec<Value> = pages
        .into_iter()
        .map(|index| {
            let page = &site.pages[index];
            let values = &page.parsed.values;
            let texts =
                |name| values.texts(name).map(|text| Value::from(text.value)).collect::<Vec<_>>().into();
            map([
                ("page", views.row(index)),
                ("region", optional(values.text("region"))),
                ("members", Value::from(values.list("members").len())),
                ("population", optional(values.text("population"))),
                ("case_studies", Value::from(case_studies(page))),
                ("asks", texts("asks")),
                ("offers", texts("offers")),
            ])
        })
        .collect();
    let mut context =
        views.overview(made, part, None, "The networks of this site side by side, by name.");
    context.insert_value("items", Value::from(items));
    context.insert_value("total", Value::from(total));
    context
}

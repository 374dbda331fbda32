//! Networks on a map of England, and how their bids fared, with a table that says the same.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Value};

use super::{Entry, ROWS, listed};
use crate::content::kinds::organisation::Organisations;
use crate::content::{ParsedPage, Status};
use crate::map::{Area, Mark, Place, draw};
use crate::render::members::{members, middle};
use crate::render::value::{map, optional};
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, Page, PageIndex, Site, one_page};

/// As many case studies of one network as its row names.
const CASES: usize = 5;

/// The drawing for phones and the one for wider screens, in units across.
const WIDTHS: [(&str, u16); 2] = [("map-narrow", 328), ("map-wide", 576)];

/// What it is called where any bid is told of.
const WITH_BIDS: &str = "Map of networks and bids";

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "networks/map/",
        title: |pages| if pages.iter().any(|page| bid(page).is_some()) { WITH_BIDS } else { "Map of networks" },
        beside: &["network"],
        has_something: |pages, organisations| {
            pages.iter().any(|page| {
                page.kind.name == "network"
                    && !is_made_up(page, organisations)
                    && middle(page, organisations).is_some()
            })
        },
        parts: one_page,
    },
    template: "map.html",
    view,
};

/// How a bid fared that a page tells of.
fn bid(page: &ParsedPage) -> Option<(Mark, &'static str)> {
    if page.kind.name != "case-study" {
        return None;
    }
    match page.values.text("bid_status")? {
        "winner" => Some((Mark::Filled, "Chosen")),
        "eoi" => Some((Mark::Open, "Expression of interest")),
        _ => None,
    }
}

/// Whether a network only illustrates: among real ones on a map of England it would be taken for one.
fn is_made_up(network: &ParsedPage, organisations: &Organisations) -> bool {
    let values = &network.values;
    let mut known = values
        .groups("members")
        .filter_map(|member| organisations.get(member.value.text("ods")?))
        .map(|organisation| organisation.fictional)
        .peekable();
    values.flag("fictional") == Some(true)
        || values.text("provenance") == Some("illustrative")
        || known.peek().is_some() && known.all(|fictional| fictional)
}

/// What case studies tell of a network's bids.
struct Bids<'a> {
    cases: Vec<PageIndex>,
    /// How each fared, and the programme that it was for.
    fared: BTreeSet<(&'static str, Option<&'a str>)>,
    mark: Mark,
}

fn bids<'a>(site: &'a Site, network: &Page) -> Bids<'a> {
    let mut found = Bids { cases: Vec::new(), fared: BTreeSet::new(), mark: Mark::Plain };
    for relation in network.incoming.iter().filter(|relation| relation.field == "network") {
        let page = &site.pages[relation.page].parsed;
        if page.kind.name != "case-study" || page.status == Status::Archived || found.cases.contains(&relation.page)
        {
            continue;
        }
        found.cases.push(relation.page);
        let Some((mark, word)) = bid(page) else {
            continue;
        };
        found.mark = found.mark.max(mark);
        found.fared.insert((word, page.values.text("programme")));
    }
    found
}

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let organisations = &site.organisations;
    let (made_up, real): (Vec<PageIndex>, Vec<PageIndex>) = listed(site, "network")
        .iter()
        .partition(|index| is_made_up(&site.pages[**index].parsed, organisations));
    let total = real.len();
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut programmes: BTreeSet<&str> = BTreeSet::new();
    let mut by_mark: BTreeMap<Mark, usize> = BTreeMap::new();
    let items: Vec<Value> = real
        .into_iter()
        .take(ROWS)
        .map(|index| {
            let page = &site.pages[index];
            let values = &page.parsed.values;
            let Bids { cases, fared, mark } = bids(site, page);
            programmes.extend(fared.iter().filter_map(|(_, programme)| *programme));
            let number = middle(&page.parsed, organisations).map(|(latitude, longitude)| {
                places.push(Place { latitude, longitude, label: &page.parsed.title, mark });
                *by_mark.entry(mark).or_default() += 1;
                places.len()
            });
            let bids: Vec<Value> = fared
                .into_iter()
                .map(|(word, programme)| {
                    map([("word", Value::from(word)), ("programme", optional(programme))])
                })
                .collect();
            let shown: Vec<Value> = cases.iter().take(CASES).map(|case| views.row(*case)).collect();
            map([
                ("page", views.row(index)),
                ("number", number.map_or_else(Value::none, Value::from)),
                (
                    "mark",
                    Value::from(match mark {
                        Mark::Filled => "on",
                        Mark::Open => "open",
                        Mark::Plain => "plain",
                    }),
                ),
                ("region", optional(values.text("region"))),
                ("members", Value::from(members(&page.parsed, organisations).len())),
                ("as_of", optional(values.period("as_of").map(|period| period.text.as_str()))),
                ("complete", Value::from(values.flag("complete") == Some(true))),
                ("bids", Value::from(bids)),
                ("cases", Value::from(shown)),
                ("more_cases", Value::from(cases.len().saturating_sub(CASES))),
            ])
        })
        .collect();
    let with_bids = made.title == WITH_BIDS;
    let (name, description) = if with_bids {
        (
            "Map of England with networks and their bids",
            "Where the networks of this site are, and which of them bid for a programme. A table says the same.",
        )
    } else {
        ("Map of England with networks", "Where the networks of this site are. A table says the same.")
    };
    let mut numbered = false;
    let drawings = WIDTHS.map(|(class, width)| {
        let drawing = draw(&places, Area::England, width);
        numbered |= drawing.has_numbers();
        Value::safe_string(&drawing.svg(class, name, "map:key"))
    });
    let of_mark = |mark| Value::from(by_mark.get(&mark).copied().unwrap_or(0));
    let mut context = views.overview(made, part, None, description);
    context.insert_value("with_bids", Value::from(with_bids));
    context.insert_value("numbered", Value::from(numbered));
    context.insert_value("off_map", Value::from(items.len() - places.len()));
    context.insert_value("items", Value::from(items));
    context.insert_value("total", Value::from(total));
    context.insert_value("maps", Value::from(Vec::from(drawings)));
    context.insert_value("chosen", of_mark(Mark::Filled));
    context.insert_value("interested", of_mark(Mark::Open));
    context.insert_value("without_bid", of_mark(Mark::Plain));
    context.insert_value("programme", optional(programmes.first().copied().filter(|_| programmes.len() == 1)));
    context.insert_value("made_up", made_up.into_iter().map(|index| views.row(index)).collect::<Vec<_>>().into());
    context
}

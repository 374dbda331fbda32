//! The glossary: every term with its meaning and the pages that use it.

use tera::{Context, Value};

use super::{Entry, a_to_z, shown};
use crate::markdown::{Term, Terms};
use crate::render::value::map;
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, PageIndex, one_page};

/// More terms than this are looked through by letter.
const WITHOUT_LETTERS: usize = 40;

/// As many pages are named for a term; of the others there is a count.
const PAGES: usize = 10;

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "glossary/",
        title: |_| "Glossary",
        beside: &[],
        has_something: |pages, _| pages.iter().any(|page| !page.body.terms.is_empty()),
        parts: one_page,
    },
    template: "glossary.html",
    view,
};

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let terms = Terms::new(&site.config.glossary);
    let mut uses: Vec<Vec<PageIndex>> = vec![Vec::new(); terms.list().len()];
    let mut by_title: Vec<PageIndex> = shown(site).collect();
    by_title.sort_by_cached_key(|index| (site.pages[*index].parsed.title.to_lowercase(), *index));
    for index in by_title {
        for term in &site.pages[index].parsed.body.terms {
            uses[*term as usize].push(index);
        }
    }
    let mut entries: Vec<(&Term, &Vec<PageIndex>)> = terms.list().iter().zip(&uses).collect();
    entries.sort_by_cached_key(|(term, _)| (a_to_z::place(&term.name), term.name.to_lowercase()));
    let has_letters = entries.len() > WITHOUT_LETTERS;
    let sections: Vec<Value> = entries
        .chunk_by(|(a, _), (b, _)| !has_letters || a_to_z::place(&a.name) == a_to_z::place(&b.name))
        .map(|section| {
            let place = a_to_z::place(&section[0].0.name);
            let (name, id) = if has_letters {
                (a_to_z::name(place), a_to_z::folder(place))
            } else {
                (String::new(), String::new())
            };
            let entries: Vec<Value> = section.iter().map(|(term, uses)| entry(views, term, uses)).collect();
            map([("name", Value::from(name)), ("id", Value::from(id)), ("terms", Value::from(entries))])
        })
        .collect();
    let mut context =
        views.overview(made, part, None, "Abbreviations and terms on this site, what they mean, and where they are used.");
    context.insert_value("sections", Value::from(sections));
    context
}

fn entry(views: &Views<'_>, term: &Term, uses: &[PageIndex]) -> Value {
    let pages = &views.site.pages;
    let title = |index: PageIndex| pages[index].parsed.title.as_str();
    let shares_title = |place: usize| {
        let neighbours = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        neighbours.filter_map(|other| uses.get(other)).any(|other| title(*other) == title(uses[place]))
    };
    let named: Vec<Value> = uses
        .iter()
        .take(PAGES)
        .enumerate()
        .map(|(place, index)| map([("page", views.row(*index)), ("shares_title", Value::from(shares_title(place)))]))
        .collect();
    map([
        ("id", Value::from(term.id.as_str())),
        ("name", Value::from(term.name.as_str())),
        ("meaning", Value::from(term.meaning.as_str())),
        ("further", Value::from(uses.len() - named.len())),
        ("uses", Value::from(named)),
    ])
}

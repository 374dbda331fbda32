//! Which pages of a site go into a pack: an event with what belongs to it, a network with what names it, or what a query
//! finds. Whatever the chosen pages cannot be understood without comes with them.

mod order;
mod query;

use super::{PageIndex, Resolved, Site};
use crate::content::Status;
use crate::content::kinds::Kind;
use crate::markdown::ReferenceKind;
use crate::text::{list_words, nearest};
use query::Query;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Everything that is published.
    Everything,
    /// An event by its name: itself, its sessions, and what these name.
    Event(String),
    /// A network by its name: itself, and every page that names it.
    Network(String),
    /// What a query finds, in the language of the `query` module.
    Query(String),
}

/// The pages of a pack.
#[derive(Debug)]
pub struct Choice {
    /// For each page whether it was chosen; none for all.
    pub(super) pages: Option<Vec<bool>>,
    /// What was chosen, in words.
    pub selection: String,
    /// The page that was asked for by its name.
    pub first: Option<PageIndex>,
    /// How many pages were asked for.
    pub asked_count: usize,
    /// How many more came because those name them.
    pub needed_count: usize,
}

/// Why nothing could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionProblem {
    /// What is wrong.
    pub message: String,
    /// What to ask for instead.
    pub help: String,
}

impl SelectionProblem {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// Fields whose pages a page cannot be understood without: whose it is, what it is measured by, what it was compared with.
const NEEDED: [&str; 5] = ["network", "standard", "standards", "earlier", "event"];

/// So many names are listed in a message.
const NAMED: usize = 12;

/// Chooses pages. `why_hidden` says why readers cannot see the page of a kind and a name, if there is such a page.
///
/// # Errors
///
/// What is asked for is unknown, is not published, or is nothing.
pub fn choose(
    site: &Site,
    selection: &Selection,
    why_hidden: &dyn Fn(&Kind, &str) -> Option<String>,
) -> Result<Choice, SelectionProblem> {
    let mut chosen = vec![false; site.pages.len()];
    let mut first = None;
    let words = match selection {
        Selection::Everything => {
            let asked_count = site.pages.len();
            if asked_count == 0 {
                return Err(SelectionProblem::new(
                    "no page of this site is published, so a pack would be empty",
                    "publish a page first: set `status: published` at its top",
                ));
            }
            let selection = "the whole site".to_string();
            return Ok(Choice { pages: None, selection, first, asked_count, needed_count: 0 });
        }
        Selection::Event(name) => {
            let event = named(site, "event", name, why_hidden)?;
            choose_event(site, event, &mut chosen);
            first = Some(event);
            format!("the event {}", site.pages[event].parsed.title)
        }
        Selection::Network(name) => {
            let network = named(site, "network", name, why_hidden)?;
            let page = &site.pages[network];
            chosen[network] = true;
            first = Some(network);
            let naming = page.incoming.iter().map(|relation| relation.page);
            for other in naming.chain(page.linked_from.iter().copied()) {
                chosen[other] = true;
            }
            format!("the network {}", page.parsed.title)
        }
        Selection::Query(text) => {
            let query = Query::read(text, site)?;
            for (index, is_chosen) in chosen.iter_mut().enumerate() {
                *is_chosen = query.finds(site, index);
            }
            format!("pages found by {}", text.trim())
        }
    };
    // A pack has a first page of its own.
    if let Some(home) = site.page_at("") {
        chosen[home] = false;
    }
    let asked_count = count(&chosen);
    if asked_count == 0 {
        return Err(SelectionProblem::new(
            "no published page was found, so a pack would be empty",
            "ask for less at once: each further name: or word must be true of a page as well",
        ));
    }
    add_needed(site, &mut chosen);
    let needed_count = count(&chosen) - asked_count;
    Ok(Choice { pages: Some(chosen), selection: words, first, asked_count, needed_count })
}

fn count(chosen: &[bool]) -> usize {
    chosen.iter().filter(|is_chosen| **is_chosen).count()
}

/// An event, its sessions, and the pages that these name in fields or text.
fn choose_event(site: &Site, event: PageIndex, chosen: &mut [bool]) {
    let of_event = site.pages[event].incoming.iter().filter(|relation| relation.field == "event");
    let own: Vec<PageIndex> = of_event.map(|relation| relation.page).chain([event]).collect();
    for index in own {
        chosen[index] = true;
        let page = &site.pages[index];
        for relation in &page.outgoing {
            chosen[relation.page] = true;
        }
        for link in &page.links {
            if let Resolved::Page(target, _) = link {
                chosen[*target] = true;
            }
        }
    }
}

/// Adds what chosen pages cannot do without, and what that cannot do without.
fn add_needed(site: &Site, chosen: &mut [bool]) {
    let mut waiting: Vec<PageIndex> = (0..chosen.len()).filter(|index| chosen[*index]).collect();
    while let Some(index) = waiting.pop() {
        let page = &site.pages[index];
        let named = page.outgoing.iter().filter(|relation| NEEDED.contains(&&*relation.field));
        // Whoever reads a version should learn that a later one stands.
        let later = page.incoming.iter().filter(|relation| relation.field == "replaces");
        let shown =
            page.parsed.body.references.iter().zip(&page.links).filter_map(|(reference, link)| match link {
                Resolved::Page(target, _) if reference.kind == ReferenceKind::Embed => Some(*target),
                _ => None,
            });
        for target in named.chain(later).map(|relation| relation.page).chain(shown) {
            if !chosen[target] {
                chosen[target] = true;
                waiting.push(target);
            }
        }
    }
}

/// The page of a kind that a name means, or why there is none.
fn named(
    site: &Site,
    kind: &'static str,
    name: &str,
    why_hidden: &dyn Fn(&Kind, &str) -> Option<String>,
) -> Result<PageIndex, SelectionProblem> {
    let bare = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')).unwrap_or(name).trim();
    if let Some(page) = site.find(kind, bare) {
        return Ok(page);
    }
    if let Some(why) = Kind::named(kind).and_then(|kind| why_hidden(kind, bare)) {
        return Err(SelectionProblem::new(
            format!("the {kind} `{bare}` is not published yet ({why}), so no pack can hold it"),
            "publish that page first, or choose another",
        ));
    }
    let pages: Vec<PageIndex> =
        (0..site.pages.len()).filter(|index| site.pages[*index].parsed.kind.name == kind).collect();
    Err(SelectionProblem::new(format!("there is no {kind} `{bare}`"), suggested(site, kind, bare, &pages)))
}

/// The name that was most likely meant: by file name or by title.
fn suggested(site: &Site, kind: &str, name: &str, pages: &[PageIndex]) -> String {
    let slug = |index: &PageIndex| site.pages[*index].parsed.slug.as_str();
    if let Some(near) = nearest(name, pages.iter().map(slug)) {
        return format!("did you mean `{near}`?");
    }
    let title = |index: &PageIndex| site.pages[*index].parsed.title.as_str();
    if let Some(near) = nearest(name, pages.iter().map(title))
        && let Some(page) = pages.iter().find(|index| title(index) == near)
    {
        return format!("did you mean `{}`?", slug(page));
    }
    match pages {
        [] => format!("this site has no published {kind} yet"),
        few if few.len() <= NAMED => {
            let names: Vec<String> = few.iter().map(|index| format!("`{}`", slug(index))).collect();
            format!(
                "there {} {}",
                if names.len() == 1 { "is only" } else { "are" },
                list_words(&names, "and")
            )
        }
        _ => format!("the name is that of the {kind}'s file, without .md"),
    }
}

/// Whether lists show a page.
fn is_listed(site: &Site, index: PageIndex) -> bool {
    site.pages[index].parsed.status != Status::Archived
}

//! Whether readers find each page, and can tell it from others.

use std::collections::{BTreeMap, VecDeque};

use crate::content::{ParsedPage, Status};
use crate::diagnostic::Diagnostic;
use crate::site::{Page, PageIndex, Resolved, Site};
use crate::source::World;
use crate::theme::Theme;

/// Fields that name another form of the same thing, which may well bear the same title.
const FORMS: [&str; 4] = ["replaces", "earlier", "repeats_as", "translation_of"];

/// Pages of one kind with one title, which a list or a result of a search does not tell apart.
pub(super) fn duplicate_titles(site: &Site, _: &Theme, _: &dyn World, problems: &mut Vec<Diagnostic>) {
    let mut by_title: BTreeMap<(&str, String), Vec<PageIndex>> = BTreeMap::new();
    for (index, page) in listed(site) {
        if let Some(title) = page.values.text("title") {
            let folded = title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            by_title.entry((page.kind.name, folded)).or_default().push(index);
        }
    }
    for pages in by_title.values().filter(|pages| pages.len() > 1) {
        let first = &site.pages[pages[0]];
        for &index in &pages[1..] {
            let page = &site.pages[index];
            if is_form_of(page, pages) {
                continue;
            }
            let kind = page.parsed.kind.title.to_lowercase();
            let mut problem = Diagnostic::warning(
                "duplicate-title",
                format!(
                    "{} is another {kind} of this title, so readers of a list cannot tell the two apart",
                    first.parsed.path
                ),
            )
            .in_file(&page.parsed.path)
            .help("say in the title what is different: the place, the year, or for whom it is");
            problem.span = page.parsed.values.get("title").map(|title| title.span);
            problems.push(problem);
        }
    }
}

/// Whether a page is told apart from others of its title by what it is: a later form, a translation.
fn is_form_of(page: &Page, pages: &[PageIndex]) -> bool {
    let relations = page.outgoing.iter().chain(&page.incoming);
    let mut forms = relations.filter(|relation| FORMS.contains(&relation.field.as_str()));
    page.translations.iter().any(|other| pages.contains(other))
        || forms.any(|relation| pages.contains(&relation.page))
}

/// Pages that lists show.
fn listed(site: &Site) -> impl Iterator<Item = (PageIndex, &ParsedPage)> {
    let pages = site.pages.iter().map(|page| &page.parsed).enumerate();
    pages.filter(|(_, page)| page.status != Status::Archived)
}

/// Pages that no menu, no list and no page leads to, however far one goes. The list of all pages from A to Z and the
/// search lead everywhere, and count for nothing here.
pub(super) fn orphan_pages(site: &Site, _: &Theme, _: &dyn World, problems: &mut Vec<Diagnostic>) {
    // Where there is neither a menu nor a home page yet, nothing can lead anywhere.
    if site.config.navigation.is_none() && site.page_at("").is_none() {
        return;
    }
    let reached = reached(site);
    for (index, page) in listed(site).filter(|(index, _)| !reached[*index]) {
        let mut problem = Diagnostic::warning(
            "orphan-page",
            "no menu, list or page leads to this page, so only those find it who know its address",
        )
        .in_file(&site.pages[index].parsed.path)
        .help(
            "link it from a page that its readers look at first, or name it under navigation in netsite.yaml",
        );
        problem.span = page.values.get("title").map(|title| title.span);
        problems.push(problem);
    }
}

/// Which pages a reader comes to who begins at the home page.
fn reached(site: &Site) -> Vec<bool> {
    let mut reached = vec![false; site.pages.len()];
    let mut waiting: VecDeque<PageIndex> = VecDeque::new();
    let menu = site.navigation.iter().filter_map(|(_, address)| site.page_at(address));
    let fixed = ["", "accessibility/"].into_iter().filter_map(|address| site.page_at(address));
    let lists = site.listings.iter().flat_map(|listing| listing.intro.iter().chain(&listing.pages).copied());
    waiting.extend(menu.chain(fixed).chain(lists));
    while let Some(index) = waiting.pop_front() {
        if std::mem::replace(&mut reached[index], true) {
            continue;
        }
        let page = &site.pages[index];
        let links = page.links.iter().filter_map(|link| match link {
            Resolved::Page(to, _) => Some(*to),
            _ => None,
        });
        let relations = page.outgoing.iter().chain(&page.incoming).map(|relation| relation.page);
        // A page of a folder shows the pages of the folder.
        let section = site.places[index].section.map_or(&[][..], |section| &site.sections[section]);
        waiting.extend(
            links.chain(relations).chain(page.translations.iter().copied()).chain(section.iter().copied()),
        );
    }
    reached
}

//! Parsed pages into a site.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::comparisons::comparison_address;
use super::links::Targets;
use super::navigation::navigation;
use super::networks::Networks;
use super::references::Directory;
use super::versions::changes_address;
use super::{
    Asset, Listing, Overview, Page, PageIndex, Relatedness, Relation, Remembered, Resolved, Site, addresses,
    comparisons, drawings, embargoed, figures, files, illustrative, organisations, overviews, programmes,
    references, remembered, review, sequences, shared_gaps, taxonomy, versions,
};
use crate::config::Config;
use crate::content::kinds::organisation::Organisations;
use crate::content::kinds::{ALL, Kind, Order};
use crate::content::{ParsedPage, Status};
use crate::diagnostic::Diagnostic;
use crate::fields::Value;
use crate::pathway::layout::Layouts;
use crate::source::SitePath;

/// All that a site is assembled from.
pub struct Inputs {
    /// The configuration.
    pub config: Config,
    /// Every page, public or not, in any order.
    pub pages: Vec<ParsedPage>,
    /// The organisations.
    pub organisations: Organisations,
    /// Files that are published as they stand, by path.
    pub assets: Vec<Asset>,
    /// Texts of data files by path.
    pub data: HashMap<SitePath, String>,
    /// Drawings that were laid out before.
    pub layouts: Layouts,
    /// The instant that the site is made for.
    pub now: Timestamp,
    /// Whether drafts and embargoed pages are shown as well.
    pub drafts: bool,
    /// A page that is shown though readers do not see it yet: the draft that somebody is to approve.
    pub shown: Option<SitePath>,
    /// The overviews that can be made; those with nothing to show are not.
    pub overviews: Vec<Overview>,
}

/// Puts the pages together. The problems are those between pages; each page's own were found before.
///
/// What an earlier assembling left makes this one quicker, and nothing else.
pub fn assemble(inputs: Inputs, remembered: &mut Remembered) -> (Site, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let inputs = embargoed::check(inputs, &mut problems);
    let Inputs { config, pages, organisations, mut assets, data, layouts, now, drafts, shown, overviews } =
        inputs;
    let next_change = next_change(&pages, drafts, &config.timezone, now);
    let (mut public, mut hidden): (Vec<ParsedPage>, Vec<ParsedPage>) = pages
        .into_iter()
        .partition(|page| drafts || is_visible(page, now) || shown.as_ref() == Some(&page.path));
    public.sort_by(|a, b| (&a.address, &a.path).cmp(&(&b.address, &b.path)));
    hidden.sort_by(|a, b| a.path.cmp(&b.path));
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    files::hold_back(&mut assets, &public, &hidden);
    let (repeated, directory) = rayon::join(|| duplicate_ids(&public), || Directory::new(&public, &hidden));
    problems.extend(repeated);
    let (relations, wrong) = references::all(&public, &directory);
    problems.extend(wrong);
    let closed_terms = taxonomy::ClosedTerms::of(&config);
    let today = config.timezone.to_datetime(now).date();
    for page in &public {
        review::check(page, today, &mut problems);
        closed_terms.check(&page.path, &page.values, &mut problems);
        organisations::check_members(page, &organisations, &mut problems);
    }
    let networks = Networks::of(public.iter());
    let reader =
        figures::Reader { config: &config, organisations: &organisations, data: &data, networks: &networks };
    shared_gaps::check(&public, &mut problems);
    let raw = reader.read(&public, &mut problems);
    for ((page, relations), raw) in public.iter().zip(&relations).zip(&raw) {
        let codes = raw.as_ref().map(figures::Raw::real_codes).unwrap_or_default();
        illustrative::check(page, relations, &public, &organisations, &codes, &mut problems);
    }
    let figures = reader.release(&public, &earlier_rounds(&relations), &raw, &mut problems);
    reader.check_hidden(&hidden, &mut problems);

    let listing_order = listing_order(&public);
    let by_id = directory.public_ids();
    let by_address: HashMap<String, PageIndex> =
        public.iter().enumerate().rev().map(|(index, page)| (page.address.clone(), index)).collect();
    let listings = listings(&public, &listing_order, &by_address);
    let overviews = overviews::made(&overviews, public.iter(), &organisations);
    let mut drawings = drawings::read(&public, &data, &mut problems);
    let comparisons = comparisons::pairs(&public, &relations, &drawings);
    let network = |name: &str| {
        Kind::named("network").and_then(|kind| match directory.find(kind, name) {
            Some(references::Known::Public(page)) => Some(page),
            _ => None,
        })
    };
    let programmes = programmes::programmes(&public, &relations, &config.timezone, &mut problems);
    let versions = versions::versions(&public, &relations, &network, &mut problems);
    // Taxonomies need relations, and links need the taxonomies' addresses; both are made before pages are joined.
    let (links, taxonomies, navigation) = {
        let taxonomies = taxonomy::build(&closed_terms, &public, &relations, &listing_order);
        let mut generated = addresses::generated(&config, &listings, &taxonomies, &overviews);
        generated.extend(comparisons.iter().map(|compared| comparison_address(&public[compared.after])));
        generated.extend(versions.changed_pages().map(|page| changes_address(&public[page])));
        let base_url = config.base_url.as_deref();
        let (targets, key) = rayon::join(
            || Targets::new(&directory, &public, &hidden, &assets, data.keys(), &generated, base_url),
            || remembered::key(&public, &hidden, &assets, data.keys().cloned(), &generated, base_url),
        );
        remembered.keep_if(key);
        let links: Vec<Vec<Resolved>> = public
            .iter()
            .map(|page| {
                remembered.links_of(page, &mut problems, |problems| targets.resolve_all(page, problems))
            })
            .collect();
        for (page, drawing) in public.iter().zip(&mut drawings) {
            files::check(page, &targets, &mut problems);
            if let Some(drawing) = drawing {
                let file = drawings::file_of(page);
                drawing.links = targets.resolve_drawn(page, drawing, file.as_ref(), &mut problems);
            }
        }
        let navigation = navigation(&config, &listings, &targets, &by_address, &generated, &mut problems);
        (links, taxonomies, navigation)
    };
    let redirects = redirects(&public);
    let pages = join(public, links, relations, &listing_order);
    let mut intros: Vec<PageIndex> = listings.iter().filter_map(|listing| listing.intro).collect();
    intros.sort_unstable();
    let related = Relatedness::new(&config, &pages, &intros, &mut remembered.topics);
    let (sections, places) = sequences::places(&pages, &listings, &|_| true);
    let site = Site {
        config,
        pages,
        drawings,
        figures,
        comparisons,
        programmes,
        versions,
        layouts,
        related,
        places,
        sections,
        listings,
        taxonomies,
        overviews,
        organisations,
        assets,
        data,
        redirects,
        navigation,
        now,
        next_change,
        pack: None,
        by_id,
        by_address,
    };
    (site, problems)
}

fn is_visible(page: &ParsedPage, now: Timestamp) -> bool {
    page.status.is_public() && page.embargo.is_none_or(|embargo| embargo <= now)
}

/// The first instant after `now` at which something of the site changes by itself: an embargo ends, a review falls
/// due, an event is over.
fn next_change(pages: &[ParsedPage], drafts: bool, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    // A day counts until its end, in the site's zone.
    let after =
        |day: Date| day.tomorrow().ok()?.to_zoned(zone.clone()).ok().map(|midnight| midnight.timestamp());
    let days = |page: &ParsedPage| {
        let last_day =
            page.values.local_time("ends").or_else(|| page.values.local_time("starts")).map(|time| time.date);
        [page.values.date("review_by"), last_day]
    };
    pages
        .iter()
        .filter(|page| drafts || page.status.is_public())
        .flat_map(|page| days(page).into_iter().flatten().filter_map(after).chain(page.embargo))
        .filter(|instant| *instant > now)
        .min()
}

pub(super) fn duplicate_ids(pages: &[ParsedPage]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen: HashMap<String, &ParsedPage> = HashMap::new();
    for page in pages {
        let mut names = vec![(page.id(), "rename one of the two files")];
        if let Some(key) = page.kind.key.and_then(|key| page.values.text(key)) {
            let name = format!("{}:{}", page.kind.name, key.to_lowercase());
            names.push((name, "give one of the two another code"));
        }
        names.dedup_by(|a, b| a.0 == b.0);
        for (name, help) in names {
            match seen.get(&name) {
                Some(first) if first.path != page.path && first.address != page.address => problems.push(
                    Diagnostic::error(
                        "duplicate-page",
                        format!("`{name}` names this page and {} alike", first.path),
                    )
                    .in_file(&page.path)
                    .help(help),
                ),
                Some(_) => {}
                None => {
                    seen.insert(name, page);
                }
            }
        }
    }
    problems
}

/// The day by which a page is ordered among others: when it was published, or else last reviewed.
pub fn day_of(page: &ParsedPage) -> Option<Date> {
    page.values.date("published").or_else(|| page.values.date("last_reviewed"))
}

/// Every page that listings show: by kind in the order of the registry, then in the kind's own order.
pub(super) fn listing_order(pages: &[ParsedPage]) -> Vec<PageIndex> {
    let rank: HashMap<&str, usize> = ALL.iter().enumerate().map(|(rank, kind)| (kind.name, rank)).collect();
    let mut order: Vec<PageIndex> =
        (0..pages.len()).filter(|index| pages[*index].status != Status::Archived).collect();
    order.sort_by_cached_key(|&index| {
        let page = &pages[index];
        // Pages are in the order of their addresses, so the index decides between equal titles.
        (rank[page.kind.name], key_in_kind(page), page.title.to_lowercase(), index)
    });
    order
}

/// What a kind's listing is sorted by before the title.
fn key_in_kind(page: &ParsedPage) -> (Reverse<Option<Date>>, String) {
    match page.kind.order {
        Order::NewestFirst => (Reverse(day_of(page)), String::new()),
        Order::ByTitle => (Reverse(None), String::new()),
        Order::LatestFirst(field) => (Reverse(page.values.date(field)), String::new()),
        Order::ByField(field) => {
            let key = match page.values.get(field).map(|value| &value.value) {
                Some(Value::LocalTime(time)) => format!("{} {:?}", time.date, time.time),
                Some(Value::Text(text)) => text.to_string(),
                // A standard without a code stands behind those that have one.
                _ => char::MAX.to_string(),
            };
            (Reverse(None), key)
        }
    }
}

pub(super) fn listings(
    pages: &[ParsedPage],
    order: &[PageIndex],
    by_address: &HashMap<String, PageIndex>,
) -> Vec<Listing> {
    ALL.iter()
        .filter(|kind| !kind.folder.is_empty())
        .filter_map(|kind| {
            let kind: &'static Kind = kind;
            let members: Vec<PageIndex> =
                order.iter().copied().filter(|index| pages[*index].kind == kind).collect();
            let intro = by_address.get(&format!("{}/", kind.folder)).copied();
            (!members.is_empty() || intro.is_some()).then_some(Listing { kind, pages: members, intro })
        })
        .collect()
}

fn redirects(pages: &[ParsedPage]) -> Vec<(String, PageIndex)> {
    let mut redirects: Vec<(String, PageIndex)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for alias in page.values.texts("aliases") {
            redirects.push((alias.value.trim_start_matches('/').to_string(), index));
        }
    }
    redirects
}

/// For each page, the earlier rounds of its benchmark.
fn earlier_rounds(relations: &[Vec<Relation>]) -> Vec<Vec<PageIndex>> {
    let earlier = |relation: &&Relation| relation.field == "earlier";
    relations.iter().map(|all| all.iter().filter(earlier).map(|relation| relation.page).collect()).collect()
}

/// Pages with their relations seen from both ends.
pub(super) fn join(
    parsed: Vec<ParsedPage>,
    links: Vec<Vec<Resolved>>,
    outgoing: Vec<Vec<Relation>>,
    order: &[PageIndex],
) -> Vec<Page> {
    let count = parsed.len();
    let mut incoming: Vec<Vec<Relation>> = vec![Vec::new(); count];
    let mut linked_from: Vec<Vec<PageIndex>> = vec![Vec::new(); count];
    for &from in order {
        for relation in outgoing[from].iter().filter(|relation| relation.field != "translation_of") {
            let back = Relation { field: relation.field.clone(), page: from };
            if relation.page != from {
                incoming[relation.page].push(back);
            }
        }
        for link in &links[from] {
            if let Resolved::Page(to, _) = link
                && *to != from
                && linked_from[*to].last() != Some(&from)
                && !outgoing[from].iter().any(|relation| relation.page == *to)
            {
                linked_from[*to].push(from);
            }
        }
    }
    let translations = translations(&outgoing, count);
    parsed
        .into_iter()
        .zip(links)
        .zip(outgoing)
        .zip(incoming)
        .zip(linked_from)
        .zip(translations)
        .map(|(((((parsed, links), outgoing), incoming), linked_from), translations)| Page {
            parsed,
            links,
            outgoing,
            incoming,
            linked_from,
            translations,
        })
        .collect()
}

/// For each page, the pages that translate it or that it translates, and their other translations.
fn translations(outgoing: &[Vec<Relation>], count: usize) -> Vec<Vec<PageIndex>> {
    let original = |index: PageIndex| {
        outgoing[index]
            .iter()
            .find(|relation| relation.field == "translation_of")
            .map_or(index, |relation| relation.page)
    };
    let mut groups: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
    for index in 0..count {
        let original = original(index);
        if original != index {
            groups.entry(original).or_insert_with(|| vec![original]).push(index);
        }
    }
    let mut translations = vec![Vec::new(); count];
    for group in groups.values() {
        for &member in group {
            translations[member] = group.iter().copied().filter(|other| *other != member).collect();
        }
    }
    translations
}

//! Versions of templates: which page took whose place, what differs between the two, which network uses which version,
//! and what grew from what. Only public pages are looked at, so a draft leaves no trace.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::{PageIndex, Relation, Site};
use crate::content::{ParsedPage, Status};
use crate::diagnostic::Diagnostic;
use crate::fields::Value;
use crate::form::versions::{Differences, differences};
use crate::text::{list_words, nearest};

/// Of a longer row of versions, so many steps are told; nobody reads more.
const MOST_STEPS: usize = 12;

/// A network that uses a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The network.
    pub network: PageIndex,
    /// The page that says so.
    pub said_by: PageIndex,
    /// The version that it uses, if that is said.
    pub version: Option<String>,
    /// The page of that version, where one stands.
    pub page: Option<PageIndex>,
    /// Since when, as it is written.
    pub since: Option<String>,
}

/// How the site's templates hang together.
#[derive(Debug, Default)]
pub struct Versions {
    earlier: Vec<Option<PageIndex>>,
    later: Vec<Option<PageIndex>>,
    grown: Vec<Vec<PageIndex>>,
    adoptions: Vec<Vec<Adoption>>,
    /// By network.
    used: BTreeMap<PageIndex, Vec<Adoption>>,
    /// By the page of the later version; made when they are first asked for.
    differences: BTreeMap<PageIndex, OnceLock<Differences>>,
}

impl Versions {
    /// The page that this one replaced.
    pub fn earlier(&self, page: PageIndex) -> Option<PageIndex> {
        self.earlier.get(page).copied().flatten()
    }

    /// The page that replaced this one.
    pub fn later(&self, page: PageIndex) -> Option<PageIndex> {
        self.later.get(page).copied().flatten()
    }

    /// The page that stands now in the place of this one, itself if nothing replaced it.
    pub fn newest(&self, page: PageIndex) -> PageIndex {
        std::iter::successors(Some(page), |page| self.later(*page)).last().unwrap_or(page)
    }

    /// A page and all that it replaced, the newest first.
    fn chain(&self, newest: PageIndex) -> impl Iterator<Item = PageIndex> {
        std::iter::successors(Some(newest), |page| self.earlier(*page))
    }

    /// The steps by which the newest version came about, each with the page before and the page after, the newest first.
    pub fn steps(&self, newest: PageIndex) -> Vec<(PageIndex, PageIndex)> {
        let steps = self.chain(newest).filter_map(|after| Some((self.earlier(after)?, after)));
        steps.take(MOST_STEPS).collect()
    }

    /// Whether there are more steps than are told.
    pub fn has_more_steps(&self, newest: PageIndex) -> bool {
        self.chain(newest).nth(MOST_STEPS + 1).is_some()
    }

    /// The pages that tell of changes: those with an earlier version and none later.
    pub fn changed_pages(&self) -> impl Iterator<Item = PageIndex> {
        (0..self.earlier.len()).filter(|page| self.earlier(*page).is_some() && self.later(*page).is_none())
    }

    /// Templates that grew from this one, each in its newest version; for the newest version, those that grew from
    /// earlier ones as well.
    pub fn grown_from(&self, page: PageIndex) -> Vec<PageIndex> {
        let own = self.newest(page);
        let of_chain = self.chain(page).flat_map(|page| self.grown.get(page).into_iter().flatten());
        let newest: BTreeSet<PageIndex> = of_chain.map(|page| self.newest(*page)).collect();
        newest.into_iter().filter(|page| *page != own).collect()
    }

    /// Who uses a template: what its page says, and what pages of earlier versions say of other networks.
    pub fn adoptions(&self, page: PageIndex) -> Vec<&Adoption> {
        let mut known = BTreeSet::new();
        let all = self.chain(page).flat_map(|page| self.adoptions.get(page).into_iter().flatten());
        // A network may use several versions that one page names.
        all.filter(|adoption| known.insert(adoption.network) || adoption.said_by == page).collect()
    }

    /// The templates that a network uses, by address.
    pub fn used_by(&self, network: PageIndex) -> &[Adoption] {
        self.used.get(&network).map_or(&[], Vec::as_slice)
    }
}

impl Site {
    /// What differs between a page and the one that it replaced.
    pub fn changes_of(&self, after: PageIndex) -> Option<&Differences> {
        let before = self.versions.earlier(after)?;
        let (old, new) = (self.pages[before].parsed.form.as_ref()?, self.pages[after].parsed.form.as_ref()?);
        Some(self.versions.differences.get(&after)?.get_or_init(|| differences(old, new)))
    }
}

/// Where the changes of a template are published, below the root.
pub fn changes_address(newest: &ParsedPage) -> String {
    format!("{}changes/", newest.address)
}

/// How templates hang together, and what is wrong with what they say of it. `find` gives the public page of a network's
/// name.
pub(super) fn versions(
    pages: &[ParsedPage],
    relations: &[Vec<Relation>],
    find: &dyn Fn(&str) -> Option<PageIndex>,
    problems: &mut Vec<Diagnostic>,
) -> Versions {
    let mut earlier = named(pages, relations, "replaces");
    let mut origins = named(pages, relations, "adapted_from");
    for (field, targets) in [("replaces", &mut earlier), ("adapted_from", &mut origins)] {
        cut_circles(pages, field, targets, problems);
    }
    let mut later: Vec<Option<PageIndex>> = vec![None; pages.len()];
    for (page, earlier) in earlier.iter_mut().enumerate() {
        let Some(target) = *earlier else { continue };
        if let Some(other) = later[target] {
            problems.push(replaced_twice(pages, page, other, target));
            *earlier = None;
        } else {
            later[target] = Some(page);
            problems.extend(not_lower(pages, page, target));
        }
    }
    let mut grown = vec![Vec::new(); pages.len()];
    for (page, origin) in origins.iter().enumerate() {
        if let Some(origin) = origin.filter(|_| pages[page].status != Status::Archived) {
            grown[origin].push(page);
        }
    }
    let differences = (0..pages.len()).filter(|page| earlier[*page].is_some());
    let differences = differences.map(|page| (page, OnceLock::new())).collect();
    let mut versions = Versions { earlier, later, grown, differences, ..Versions::default() };
    versions.adoptions =
        (0..pages.len()).map(|page| adoptions(pages, page, &versions, find, problems)).collect();
    let mut used: BTreeMap<PageIndex, Vec<Adoption>> = BTreeMap::new();
    for page in (0..pages.len()).filter(|page| versions.later(*page).is_none()) {
        for adoption in versions.adoptions(page) {
            used.entry(adoption.network).or_default().push(adoption.clone());
        }
    }
    versions.used = used;
    versions
}

/// For each template, the template that the field names.
fn named(pages: &[ParsedPage], relations: &[Vec<Relation>], field: &str) -> Vec<Option<PageIndex>> {
    let target = |(page, relations): (PageIndex, &Vec<Relation>)| {
        pages[page].form.as_ref()?;
        let named = relations.iter().find(|relation| relation.field == field)?.page;
        pages[named].form.as_ref().map(|_| named)
    };
    relations.iter().enumerate().map(target).collect()
}

/// Pages that name each other in a circle name nothing; the first of them says so.
fn cut_circles(
    pages: &[ParsedPage],
    field: &str,
    targets: &mut [Option<PageIndex>],
    problems: &mut Vec<Diagnostic>,
) {
    // 0: not seen; else the number of the walk that came by.
    let mut seen = vec![0; targets.len()];
    for start in 0..targets.len() {
        let mut page = start;
        while seen[page] == 0 {
            seen[page] = start + 1;
            match targets[page] {
                Some(next) => page = next,
                None => break,
            }
        }
        if seen[page] != start + 1 || targets[page].is_none() {
            continue;
        }
        let mut circle = vec![page];
        while let Some(next) = targets[circle[circle.len() - 1]].filter(|next| *next != page) {
            circle.push(next);
        }
        for member in &circle {
            targets[*member] = None;
        }
        let first = circle.iter().copied().min().unwrap_or(page);
        let names: Vec<String> = circle.iter().map(|page| format!("`{}`", pages[*page].slug)).collect();
        let message = match circle.len() {
            1 => format!("`{field}` names this page itself, so it would come before itself"),
            _ => format!(
                "{} name each other in `{field}`, so none of them came first",
                list_words(&names, "and")
            ),
        };
        problems.push(at(
            &pages[first],
            field,
            Diagnostic::error("template-circle", message)
                .help(format!("take `{field}` out of the page that came first")),
        ));
    }
}

fn at(page: &ParsedPage, field: &str, problem: Diagnostic) -> Diagnostic {
    let mut problem = problem.in_file(&page.path);
    problem.span = page.values.get(field).map(|value| value.span);
    problem
}

fn replaced_twice(pages: &[ParsedPage], page: PageIndex, other: PageIndex, target: PageIndex) -> Diagnostic {
    let message = format!(
        "`{}` is replaced by {} as well, so its readers could not be told which of the two stands",
        pages[target].slug, pages[other].path
    );
    let help = "name the version just before this one; a template that grew from another names it under adapted_from";
    at(&pages[page], "replaces", Diagnostic::error("replaced-twice", message).help(help))
}

/// An error for a page that replaces a version which is not lower than its own.
fn not_lower(pages: &[ParsedPage], page: PageIndex, target: PageIndex) -> Option<Diagnostic> {
    let (own, other) = (pages[page].values.text("version")?, pages[target].values.text("version")?);
    let is_lower = match (numbers(other), numbers(own)) {
        (Some(other), Some(own)) => compared(&other, &own) == Ordering::Less,
        _ => other.trim() != own.trim(),
    };
    let message = format!(
        "this page is version {own} and replaces `{}`, which is version {other}, so readers could not tell which came later",
        pages[target].slug
    );
    let help = "give this page a higher version, or let the other page replace this one";
    (!is_lower).then(|| at(&pages[page], "version", Diagnostic::error("version-order", message).help(help)))
}

/// The numbers in a version: `v1.10` has 1 and 10.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let digits = version.split(|character: char| !character.is_ascii_digit());
    let numbers: Option<Vec<u64>> =
        digits.filter(|digits| !digits.is_empty()).map(|digits| digits.parse().ok()).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

/// `1` and `1.0` are the same.
fn compared(one: &[u64], other: &[u64]) -> Ordering {
    let padded = |numbers: &[u64], place: usize| numbers.get(place).copied().unwrap_or(0);
    let places = 0..one.len().max(other.len());
    places
        .map(|place| padded(one, place).cmp(&padded(other, place)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// What a page says of who uses it.
fn adoptions(
    pages: &[ParsedPage],
    page: PageIndex,
    versions: &Versions,
    find: &dyn Fn(&str) -> Option<PageIndex>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Adoption> {
    if pages[page].form.is_none() {
        return Vec::new();
    }
    let version_of = |page: PageIndex| pages[page].values.text("version").map(str::trim);
    let mut known: Option<BTreeMap<&str, PageIndex>> = None;
    let mut all = Vec::new();
    for adoption in pages[page].values.groups("adopted_by") {
        let Some(Value::Reference(network)) = adoption.value.get("network").map(|value| &value.value) else {
            continue;
        };
        let Some(network) = find(&network.name) else { continue };
        // Every version of a template that has pages, by name; the newest of equal names.
        let known = known.get_or_insert_with(|| {
            let mut of_chain: Vec<PageIndex> = versions.chain(versions.newest(page)).collect();
            of_chain.reverse();
            of_chain.into_iter().filter_map(|page| Some((version_of(page)?, page))).collect()
        });
        let said = adoption.value.spanned_text("version");
        let mut named = said.as_ref().and_then(|said| known.get(said.value.trim()).copied());
        let mut version = said.as_ref().map(|said| said.value.trim().to_string());
        if let Some(said) = said.filter(|_| named.is_none()) {
            problems.push(unknown_version(said.value, &pages[page], known).at(said.span));
        }
        // The page of an earlier version says which version is meant; that of the newest does not.
        if version.is_none() && versions.later(page).is_some() {
            version = version_of(page).map(str::to_string);
            named = Some(page);
        }
        let since = adoption.value.period("date").map(|period| period.text.clone());
        all.push(Adoption { network, said_by: page, version, page: named, since });
    }
    all
}

fn unknown_version(said: &str, page: &ParsedPage, known: &BTreeMap<&str, PageIndex>) -> Diagnostic {
    let names: Vec<&str> = known.keys().copied().collect();
    let message = format!(
        "no page here is version {said} of this template, so readers cannot see what the network uses"
    );
    let help = match (nearest(said, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "give this page its `version`".to_string(),
        (None, [one]) => {
            format!("there is only {one}; a page of the other version would be named under `replaces`")
        }
        (None, many) => format!("there are {}", list_words(many, "and")),
    };
    Diagnostic::warning("unknown-version", message).in_file(&page.path).help(help)
}

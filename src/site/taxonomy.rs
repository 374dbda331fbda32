//! Taxonomies: lists of terms by which pages are found. A term that has a page of its own (a network, a standard) is
//! shown on that page; the others get one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{PageIndex, Relation};
use crate::config::Config;
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::fields::Values;
use crate::source::{SitePath, Span};
use crate::text::{did_you_mean, slugify, upper_first};

/// A taxonomy.
#[derive(Debug)]
pub struct Taxonomy {
    /// Its name: `theme`.
    pub name: &'static str,
    /// Its folder and the name of several terms: `themes`.
    pub plural: &'static str,
    /// Its title: `Themes`.
    pub title: &'static str,
    /// Its terms by name.
    pub terms: Vec<Term>,
}

/// What stands behind a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// A word; its listing is made.
    Word,
    /// A page of its own, which holds the listing.
    Page(PageIndex),
}

/// A term and the pages that bear it.
#[derive(Debug)]
pub struct Term {
    /// Its name as shown.
    pub name: String,
    /// Its address below the root: `themes/workforce/`.
    pub address: String,
    /// What stands behind it.
    pub kind: TermKind,
    /// Its pages, in the order of listings.
    pub pages: Vec<PageIndex>,
}

/// A term as a page names it.
pub(super) struct Named<'a> {
    pub(super) taxonomy: &'static str,
    pub(super) term: &'a str,
    pub(super) span: Span,
}

/// The words that a page's fields give for the taxonomies of words.
pub(super) fn named_terms(values: &Values) -> Vec<Named<'_>> {
    let mut named = Vec::new();
    for taxonomy in ["theme", "tag", "region", "stage"] {
        let terms = values.texts(field_of(taxonomy));
        named.extend(terms.map(|term| Named { taxonomy, term: term.value, span: term.span }));
    }
    named
}

/// The field that gives the words of a taxonomy.
fn field_of(taxonomy: &str) -> &str {
    match taxonomy {
        "theme" => "themes",
        "tag" => "tags",
        other => other,
    }
}

/// The lists of terms that a site closes, each term by its slug.
pub(super) struct ClosedTerms<'a>(BTreeMap<&'a str, Closed<'a>>);

struct Closed<'a> {
    terms: &'a [String],
    by_slug: BTreeMap<String, &'a str>,
}

impl<'a> ClosedTerms<'a> {
    pub(super) fn of(config: &'a Config) -> Self {
        let closed = config.closed_terms.iter().map(|(taxonomy, terms)| {
            // Of two spellings of one term the first counts.
            let by_slug = terms.iter().rev().map(|term| (slugify(term), term.as_str())).collect();
            (*taxonomy, Closed { terms, by_slug })
        });
        Self(closed.collect())
    }

    /// A term as its closed list spells it.
    fn official(&self, taxonomy: &str, slug: &str) -> Option<&'a str> {
        self.0.get(taxonomy)?.by_slug.get(slug).copied()
    }

    /// Errors for terms that a closed list does not have.
    pub(super) fn check(&self, path: &SitePath, values: &Values, problems: &mut Vec<Diagnostic>) {
        for named in named_terms(values) {
            let Some(closed) = self.0.get(named.taxonomy) else { continue };
            if closed.by_slug.contains_key(&slugify(named.term)) {
                continue;
            }
            let help = did_you_mean(named.term, closed.terms.iter().map(String::as_str))
                .unwrap_or_else(|| format!("choose from: {}", closed.terms.join(", ")));
            problems.push(
                Diagnostic::error(
                    "unknown-term",
                    format!("`{}` is none of this site's {}s", named.term, named.taxonomy),
                )
                .in_file(path)
                .at(named.span)
                .help(help),
            );
        }
    }
}

/// Builds every taxonomy from pages that are in the order of listings (`listed`).
pub(super) fn build(
    closed: &ClosedTerms<'_>,
    pages: &[ParsedPage],
    relations: &[Vec<Relation>],
    listed: &[PageIndex],
) -> Vec<Taxonomy> {
    let [mut themes, mut regions, mut stages, mut tags] = [(); 4].map(|()| Spellings::default());
    for &index in listed {
        let values = &pages[index].values;
        for (spellings, taxonomy) in
            [(&mut themes, "theme"), (&mut regions, "region"), (&mut stages, "stage"), (&mut tags, "tag")]
        {
            values.texts(field_of(taxonomy)).for_each(|term| spellings.add(term.value, index));
        }
        // A page belongs to a region by its own field or by that of a network that it names.
        let networks = relations[index].iter().filter(|relation| relation.field == "network");
        for network in networks {
            if let Some(region) = pages[network.page].values.text("region") {
                regions.add(region, index);
            }
        }
    }
    let words = |name, plural, title, spellings| Taxonomy {
        name,
        plural,
        title,
        terms: terms_of(spellings, name, plural, closed),
    };
    vec![
        words("theme", "themes", "Themes", themes),
        of_pages("network", "networks", "Networks", &["network", "adopted_by"], pages, relations, listed),
        words("region", "regions", "Regions", regions),
        of_pages("standard", "standards", "Standards", &["standards", "results"], pages, relations, listed),
        words("stage", "stages", "Stages", stages),
        words("tag", "tags", "Tags", tags),
    ]
}

/// Terms as pages spell them.
#[derive(Default)]
struct Spellings<'a> {
    by_slug: BTreeMap<String, usize>,
    /// Where each spelling is counted, as a term and a count of it: many pages spell a term alike.
    known: HashMap<&'a str, (usize, usize)>,
    terms: Vec<Spelt<'a>>,
}

/// How often each spelling of a term stands there, and its pages.
#[derive(Default)]
struct Spelt<'a> {
    counts: Vec<(&'a str, usize)>,
    pages: Vec<PageIndex>,
}

impl<'a> Spellings<'a> {
    fn add(&mut self, term: &'a str, index: PageIndex) {
        let (place, count) = *self.known.entry(term).or_insert_with(|| {
            let place = *self.by_slug.entry(slugify(term)).or_insert_with(|| {
                self.terms.push(Spelt::default());
                self.terms.len() - 1
            });
            let counts = &mut self.terms[place].counts;
            counts.push((term, 0));
            (place, counts.len() - 1)
        });
        let Spelt { counts, pages } = &mut self.terms[place];
        counts[count].1 += 1;
        if pages.last() != Some(&index) {
            pages.push(index);
        }
    }
}

/// The spelling that most pages use; of equals the first in order, which has capitals if one has.
fn usual_spelling<'a>(counts: &[(&'a str, usize)]) -> &'a str {
    counts
        .iter()
        .max_by_key(|(spelling, count)| (*count, Reverse(*spelling)))
        .map_or("", |(spelling, _)| spelling)
}

fn terms_of(
    mut spellings: Spellings<'_>,
    taxonomy: &str,
    plural: &str,
    closed: &ClosedTerms<'_>,
) -> Vec<Term> {
    spellings
        .by_slug
        .into_iter()
        .filter(|(slug, _)| !slug.is_empty())
        .map(|(slug, place)| {
            let Spelt { counts, pages } = std::mem::take(&mut spellings.terms[place]);
            let name = closed.official(taxonomy, &slug).unwrap_or_else(|| usual_spelling(&counts));
            Term {
                name: upper_first(name),
                address: format!("{plural}/{slug}/"),
                kind: TermKind::Word,
                pages,
            }
        })
        .collect()
}

/// Terms that are pages: everything that names the page in one of `fields` bears the term.
fn of_pages(
    name: &'static str,
    plural: &'static str,
    title: &'static str,
    fields: &[&str],
    pages: &[ParsedPage],
    relations: &[Vec<Relation>],
    listed: &[PageIndex],
) -> Taxonomy {
    let mut bearing: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
    for &index in listed {
        let page = &pages[index];
        if page.kind.name == name {
            bearing.entry(index).or_default();
        }
        for relation in relations[index].iter().filter(|relation| fields.contains(&&*relation.field)) {
            let bearers = bearing.entry(relation.page).or_default();
            if bearers.last() != Some(&index) {
                bearers.push(index);
            }
        }
    }
    let mut terms: Vec<Term> = bearing
        .into_iter()
        .map(|(index, bearers)| Term {
            name: pages[index].title.clone(),
            address: pages[index].address.clone(),
            kind: TermKind::Page(index),
            pages: bearers,
        })
        .collect();
    terms.sort_by(|a, b| (&a.name, &a.address).cmp(&(&b.name, &b.address)));
    Taxonomy { name, plural, title, terms }
}

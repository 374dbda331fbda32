//! Pages under embargo that are to be published by themselves: on that day nobody may be at hand, so what would stop
//! the site then is told now. They are checked as they will stand among the others once every embargo is over.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::assemble::{Inputs, duplicate_ids, listing_order, listings};
use super::links::Targets;
use super::networks::Networks;
use super::references::{self, Directory, Known};
use super::taxonomy::ClosedTerms;
use super::{
    PageIndex, Resolved, addresses, drawings, figures, files, illustrative, organisations, overviews,
    taxonomy,
};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};

/// Adds what will be wrong with pages under embargo. The inputs come back as they were, in another order.
pub(super) fn check(mut inputs: Inputs, problems: &mut Vec<Diagnostic>) -> Inputs {
    let now = inputs.now;
    let waits = |page: &ParsedPage| page.status.is_public() && page.embargo.is_some_and(|until| until > now);
    if inputs.drafts || !inputs.pages.iter().any(waits) {
        return inputs;
    }
    let pages = std::mem::take(&mut inputs.pages);
    let (mut public, hidden): (Vec<ParsedPage>, Vec<ParsedPage>) =
        pages.into_iter().partition(|page| page.status.is_public());
    public.sort_by(|a, b| (&a.address, &a.path).cmp(&(&b.address, &b.path)));
    let waiting: Vec<PageIndex> = (0..public.len()).filter(|index| waits(&public[*index])).collect();
    let mut found = Vec::new();
    look_at(&inputs, &public, &hidden, &waiting, &mut found);
    let paths: HashSet<SitePath> = waiting
        .iter()
        .flat_map(|index| {
            let page = &public[*index];
            let files = drawings::file_of(page).into_iter().chain(figures::files_of(page));
            files.chain([page.path.clone()])
        })
        .collect();
    problems.extend(
        found
            .into_iter()
            .filter(|problem: &Diagnostic| problem.path.as_ref().is_some_and(|path| paths.contains(path))),
    );
    inputs.pages = public;
    inputs.pages.extend(hidden);
    inputs
}

/// All that is asked of a page among others, of those that wait.
fn look_at(
    inputs: &Inputs,
    public: &[ParsedPage],
    hidden: &[ParsedPage],
    waiting: &[PageIndex],
    problems: &mut Vec<Diagnostic>,
) {
    let Inputs { config, organisations, data, .. } = inputs;
    let mut assets = inputs.assets.clone();
    files::hold_back(&mut assets, public, hidden);
    problems.extend(duplicate_ids(public));
    let directory = Directory::new(public, hidden);
    let (relations, wrong) = references::all(public, &directory);
    problems.extend(wrong);
    let closed_terms = ClosedTerms::of(config);
    let order = listing_order(public);
    let by_address: HashMap<String, PageIndex> =
        public.iter().enumerate().rev().map(|(index, page)| (page.address.clone(), index)).collect();
    let listings = listings(public, &order, &by_address);
    let overviews = overviews::made(&inputs.overviews, public.iter(), organisations);
    let taxonomies = taxonomy::build(&closed_terms, public, &relations, &order);
    let generated = addresses::generated(config, &listings, &taxonomies, &overviews);
    let base_url = config.base_url.as_deref();
    let targets = Targets::new(&directory, public, hidden, &assets, data.keys(), &generated, base_url);
    let networks = Networks::of(public.iter());
    let reader = figures::Reader { config, organisations, data, networks: &networks };
    for &index in waiting {
        let page = &public[index];
        drawings::read_one(page, data, problems);
        closed_terms.check(&page.path, &page.values, problems);
        organisations::check_members(page, organisations, problems);
        let codes = reader.read_one(page, problems).map(|raw| raw.real_codes()).unwrap_or_default();
        illustrative::check(page, &relations[index], public, organisations, &codes, problems);
        files::check(page, &targets, problems);
        let links = targets.resolve_all(page, problems);
        let until = page.embargo.unwrap_or(Timestamp::MIN);
        let fields = references::references(&page.values).into_iter().filter_map(|(_, reference)| {
            match directory.resolve(reference.value, reference.span) {
                Ok(Known::Public(to)) => Some((to, reference.span)),
                _ => None,
            }
        });
        let links = links.iter().zip(&page.body.references).filter_map(|(link, reference)| match link {
            Resolved::Page(to, _) => Some((*to, reference.span)),
            _ => None,
        });
        let later = fields.chain(links).filter(|(to, _)| public[*to].embargo.is_some_and(|end| end > until));
        problems.extend(later.map(|(to, span)| seen_too_late(page, &public[to], span)));
    }
}

/// A page that names one whose embargo ends after its own.
fn seen_too_late(page: &ParsedPage, other: &ParsedPage, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` is under embargo for longer than this page, so readers could not follow it",
        other.slug
    );
    Diagnostic::error("hidden-reference", message)
        .in_file(&page.path)
        .at(span)
        .help("end both embargoes at one time, or take the reference out")
}

//! What `netsite check` says beyond what stops a publication: whether readers find each page, and whether they read its
//! text with ease. A table of rules over a site, its theme and the sources of its pages; out come warnings and advice,
//! each with its place and what to write instead.

mod abbreviations;
mod contrast;
mod figures;
mod headings;
mod language;
mod links;
mod names;
mod pages;
mod prose;
mod readability;

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::World;
use crate::text::counted;
use crate::theme::Theme;
use names::Names;
use prose::Prose;

/// A rule: the code of its messages, and how they are found.
pub struct Rule {
    /// The code of every message of the rule.
    pub code: &'static str,
    check: Check,
}

enum Check {
    /// All pages together, and the theme.
    Site(fn(&Site, &Theme, &dyn World, &mut Vec<Diagnostic>)),
    /// The fields and links of each page, in any language.
    Page(fn(&ParsedPage, &mut Vec<Diagnostic>)),
    /// The text of each page in English.
    Text(fn(&Reading<'_>, &mut Vec<Diagnostic>)),
    /// The same, told once for all pages that have it.
    TextOnce(fn(&Reading<'_>, &mut Vec<Diagnostic>)),
}

/// Every rule, by its code.
pub const RULES: &[Rule] = &[
    Rule { code: "alt-names-medium", check: Check::Page(links::alt_names_medium) },
    Rule { code: "bare-address", check: Check::Page(links::bare_address) },
    Rule { code: "date-style", check: Check::Text(figures::date_style) },
    Rule { code: "duplicate-title", check: Check::Site(pages::duplicate_titles) },
    Rule { code: "hard-to-read", check: Check::Text(readability::hard_to_read) },
    Rule { code: "heading-capitals", check: Check::Text(headings::heading_capitals) },
    Rule { code: "large-number", check: Check::Text(figures::large_number) },
    Rule { code: "latin-abbreviation", check: Check::Text(language::latin_abbreviation) },
    Rule { code: "long-italics", check: Check::Text(language::long_italics) },
    Rule { code: "long-sentence", check: Check::Text(readability::long_sentence) },
    Rule { code: "long-title", check: Check::Page(headings::long_title) },
    Rule { code: "orphan-page", check: Check::Site(pages::orphan_pages) },
    Rule { code: "per-cent", check: Check::Text(figures::per_cent) },
    Rule { code: "range-dash", check: Check::Text(figures::range_dash) },
    Rule { code: "theme-contrast", check: Check::Site(contrast::theme_contrast) },
    Rule { code: "unknown-abbreviation", check: Check::TextOnce(abbreviations::unknown_abbreviation) },
];

/// Messages of one rule that are shown for one page; further ones are counted.
const MAX_SHOWN: usize = 10;

/// A page whose text is looked at.
struct Reading<'a> {
    page: &'a ParsedPage,
    prose: &'a Prose,
    names: &'a Names,
}

/// Warnings and advice on a site. The sources of its pages are read from `world` once more; one that cannot be read is
/// left out, since the build says so.
pub fn advice(site: &Site, theme: &Theme, world: &dyn World) -> Vec<Diagnostic> {
    let names = Names::of(site);
    let of_pages: Vec<(Vec<Diagnostic>, Vec<Diagnostic>)> =
        site.pages.par_iter().map(|page| of_page(&page.parsed, site, &names, world)).collect();
    let mut problems = Vec::new();
    let mut once = Vec::new();
    for (of_page, of_all) in of_pages {
        problems.extend(of_page);
        once.extend(of_all);
    }
    problems.extend(told_once(once));
    for rule in RULES {
        if let Check::Site(check) = rule.check {
            check(site, theme, world, &mut problems);
        }
    }
    problems
}

/// What is told of a page, and what is told once for all.
fn of_page(
    page: &ParsedPage,
    site: &Site,
    names: &Names,
    world: &dyn World,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut once = Vec::new();
    let language = page.values.text("lang").unwrap_or(&site.config.language);
    let is_english = language.split('-').next().is_some_and(|part| part.eq_ignore_ascii_case("en"));
    let text = world.read(&page.path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let prose = text.filter(|_| is_english).map(|text| prose::read(&text));
    for rule in RULES {
        let before = problems.len();
        match (&rule.check, &prose) {
            (Check::Page(check), _) => check(page, &mut problems),
            (Check::Text(check), Some(prose)) => check(&Reading { page, prose, names }, &mut problems),
            (Check::TextOnce(check), Some(prose)) => check(&Reading { page, prose, names }, &mut once),
            _ => {}
        }
        shorten(&mut problems, before);
    }
    let placed = |problems: Vec<Diagnostic>| {
        problems.into_iter().map(|problem| problem.in_file(&page.path)).collect::<Vec<_>>()
    };
    (placed(problems), placed(once))
}

/// Counts what is beyond [`MAX_SHOWN`] of the messages from an index on.
fn shorten(problems: &mut Vec<Diagnostic>, from: usize) {
    let beyond = (problems.len() - from).saturating_sub(MAX_SHOWN);
    if beyond > 0 {
        problems.truncate(from + MAX_SHOWN);
        if let Some(last) = problems.last_mut() {
            last.message = format!("{} (and {beyond} more on this page)", last.message);
        }
    }
}

/// Of messages in the same words the first, by path and place, with the number of other pages that have it.
fn told_once(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut by_words: BTreeMap<(&'static str, String), (Diagnostic, usize)> = BTreeMap::new();
    for problem in problems {
        let entry =
            by_words.entry((problem.code, problem.message.clone())).or_insert_with(|| (problem.clone(), 0));
        entry.1 += 1;
        if (&problem.path, problem.span) < (&entry.0.path, entry.0.span) {
            entry.0 = problem;
        }
    }
    by_words
        .into_values()
        .map(|(mut problem, count)| {
            if count > 1 {
                let others = counted(count - 1, "other page", "other pages");
                problem.message = format!("{} (so on {others})", problem.message);
            }
            problem
        })
        .collect()
}

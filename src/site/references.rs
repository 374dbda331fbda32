//! References of fields to pages: by slug, by code, and with the nearest known name where one is misspelt.

use std::collections::HashMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{PageIndex, Relation};
use crate::content::ParsedPage;
use crate::content::kinds::{ALL, Kind};
use crate::diagnostic::Diagnostic;
use crate::fields::{Reference, Value, Values};
use crate::source::{Span, Spanned};
use crate::text::{did_you_mean, list_words};

/// A page as a reference finds it, whether readers may see it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A page of the site.
    Public(PageIndex),
    /// One that is not published; the index is that of the list of hidden pages.
    Hidden(usize),
}

/// Every page's names.
pub(super) struct Directory<'a> {
    by_id: HashMap<String, Known>,
    slugs: HashMap<&'static str, Vec<&'a str>>,
    other_names: Vec<(&'static str, String, &'a str)>,
    unreadable: HashMap<&'static str, Known>,
    hidden: &'a [ParsedPage],
}

impl<'a> Directory<'a> {
    pub(super) fn new(public: &'a [ParsedPage], hidden: &'a [ParsedPage]) -> Self {
        let mut directory = Self {
            by_id: HashMap::new(),
            slugs: HashMap::new(),
            other_names: Vec::new(),
            unreadable: HashMap::new(),
            hidden,
        };
        for (index, page) in public.iter().enumerate() {
            directory.add(page, Known::Public(index));
        }
        for (index, page) in hidden.iter().enumerate() {
            directory.add(page, Known::Hidden(index));
        }
        directory
    }

    fn add(&mut self, page: &'a ParsedPage, known: Known) {
        let kind = page.kind;
        self.by_id.entry(page.id()).or_insert(known);
        if let Some(key) = kind.key.and_then(|key| page.values.text(key)) {
            self.by_id.entry(key_id(kind.name, key)).or_insert(known);
        }
        if !page.is_readable {
            self.unreadable.entry(kind.name).or_insert(known);
        }
        self.slugs.entry(kind.name).or_default().push(&page.slug);
        for field in kind.other_names {
            for name in page.values.texts(field) {
                self.other_names.push((kind.name, name.value.to_lowercase(), &page.slug));
            }
        }
    }

    /// Public pages by id, for [`super::Site`].
    pub(super) fn public_ids(&self) -> HashMap<String, PageIndex> {
        self.by_id
            .iter()
            .filter_map(|(id, known)| match known {
                Known::Public(index) => Some((id.clone(), *index)),
                Known::Hidden(_) => None,
            })
            .collect()
    }

    /// The page that a kind and a name mean. A code that nobody bears may be that of a page that could not be read.
    pub(super) fn find(&self, kind: &'static Kind, name: &str) -> Option<Known> {
        let id = format!("{}:{}", kind.name, name.trim_matches('/'));
        self.by_id
            .get(&id)
            .or_else(|| kind.key.and_then(|_| self.by_id.get(&key_id(kind.name, name))))
            .or_else(|| kind.key.and_then(|_| self.unreadable.get(kind.name)))
            .copied()
    }

    /// Why readers cannot see a hidden page, in words.
    pub(super) fn why_hidden(&self, index: usize) -> String {
        let page = &self.hidden[index];
        if page.status.is_public() {
            "is under embargo".to_string()
        } else {
            format!("has the status {}", page.status.name())
        }
    }

    /// The page that a reference means, or the problem with it.
    pub(super) fn resolve(&self, reference: &Reference, span: Span) -> Result<Known, Box<Diagnostic>> {
        let Some(kind_name) = &reference.kind else {
            return Err(Box::new(self.without_kind(&reference.name, span)));
        };
        let Some(kind) = Kind::named(kind_name) else {
            let names = ALL.iter().map(|kind| kind.name);
            let mut problem =
                Diagnostic::error("unknown-reference", format!("`{kind_name}` is no kind of page")).at(span);
            problem.help = did_you_mean(kind_name, names.clone()).or_else(|| {
                let quoted: Vec<&str> = names.collect();
                Some(format!("the kinds are {}", list_words(&quoted, "and")))
            });
            return Err(Box::new(problem));
        };
        if let Some(known) = self.find(kind, &reference.name) {
            return Ok(known);
        }
        Err(Box::new(
            Diagnostic::error(
                "unknown-reference",
                format!("there is no {} `{}`", kind.title.to_lowercase(), reference.name),
            )
            .at(span)
            .help(self.suggestion(kind, &reference.name)),
        ))
    }

    fn suggestion(&self, kind: &Kind, name: &str) -> String {
        // A path in the place of a name: `networks/devon.md`.
        let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md");
        let lower = name.to_lowercase();
        if let Some((.., slug)) =
            self.other_names.iter().find(|(of, other, _)| *of == kind.name && *other == lower)
        {
            return format!("write `{slug}`, the name of its file");
        }
        let slugs = self.slugs.get(kind.name).map_or(&[][..], Vec::as_slice);
        let names = self.other_names.iter().filter(|(of, ..)| *of == kind.name);
        if let Some(help) = did_you_mean(name, slugs.iter().copied()) {
            return help;
        }
        if let Some(near) = crate::text::nearest(&lower, names.clone().map(|(_, other, _)| other.as_str()))
            && let Some((.., slug)) = names.clone().find(|(_, other, _)| other == near)
        {
            return format!("did you mean `{slug}`?");
        }
        match slugs {
            [] => format!("there are no pages below content/{}/ yet", kind.folder),
            [one] => format!("there is only `{one}`"),
            few if few.len() <= 12 => {
                let mut few: Vec<String> = few.iter().map(|slug| format!("`{slug}`")).collect();
                few.sort_unstable();
                format!("there are {}", list_words(&few, "and"))
            }
            _ => format!("the name is that of the file below content/{}/, without .md", kind.folder),
        }
    }

    fn without_kind(&self, name: &str, span: Span) -> Diagnostic {
        let found: Vec<String> = ALL
            .iter()
            .filter(|kind| self.find(kind, name).is_some())
            .map(|kind| format!("{}:{name}", kind.name))
            .collect();
        let help = match &found[..] {
            [] => "write it as kind:name, for example case-study:devon".to_string(),
            found => format!("write {}", list_words(found, "or")),
        };
        Diagnostic::error("unknown-reference", format!("`{name}` does not say which kind of page is meant"))
            .at(span)
            .help(help)
    }
}

/// Codes are found whatever their capitals.
pub(super) fn key_id(kind: &str, key: &str) -> String {
    format!("{kind}#{}", key.to_lowercase())
}

/// Every reference in a page's fields, with its outermost field.
pub(super) fn references(values: &Values) -> Vec<(&str, Spanned<&Reference>)> {
    let mut found = Vec::new();
    for (field, value) in values.iter() {
        collect(field, value, &mut found);
    }
    found
}

fn collect<'a>(
    field: &'a str,
    value: &'a Spanned<Value>,
    found: &mut Vec<(&'a str, Spanned<&'a Reference>)>,
) {
    match &value.value {
        Value::Reference(reference) => found.push((field, Spanned::new(reference, value.span))),
        Value::List(items) => items.iter().for_each(|item| collect(field, item, found)),
        Value::Group(values) => values.iter().for_each(|(_, value)| collect(field, value, found)),
        _ => {}
    }
}

/// The relations that the fields of each page that readers see make, and what is wrong with them.
pub(super) fn all(pages: &[ParsedPage], directory: &Directory<'_>) -> (Vec<Vec<Relation>>, Vec<Diagnostic>) {
    let (relations, problems): (_, Vec<Vec<Diagnostic>>) =
        pages.par_iter().map(|page| relations(page, directory)).unzip();
    (relations, problems.into_iter().flatten().collect())
}

fn relations(page: &ParsedPage, directory: &Directory<'_>) -> (Vec<Relation>, Vec<Diagnostic>) {
    let mut relations = Vec::new();
    let mut problems = Vec::new();
    for (field, reference) in references(&page.values) {
        match directory.resolve(reference.value, reference.span) {
            Ok(Known::Public(index)) => {
                let relation = Relation { field: field.to_string(), page: index };
                if !relations.contains(&relation) {
                    relations.push(relation);
                }
            }
            Ok(Known::Hidden(index)) => problems.push(
                Diagnostic::error(
                    "hidden-reference",
                    format!(
                        "`{}` {}, so readers could not follow it",
                        reference.value.name,
                        directory.why_hidden(index)
                    ),
                )
                .in_file(&page.path)
                .at(reference.span)
                .help("publish that page first, or take the reference out"),
            ),
            Err(problem) => problems.push(problem.in_file(&page.path)),
        }
    }
    (relations, problems)
}

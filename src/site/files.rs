//! Files beside pages: those that fields name must exist, and those of pages that readers do not see yet are held back
//! with them.

use std::collections::HashSet;

use super::Asset;
use super::links::{Targets, file_of_link};
use crate::content::kinds::Kind;
use crate::content::{self, ParsedPage};
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Spanned};

/// The files that a page's fields name, each with its field.
fn named(page: &ParsedPage) -> impl Iterator<Item = (&'static str, Spanned<&str>)> {
    let files = ["data", "slides", "assets"]
        .into_iter()
        .flat_map(|name| page.values.texts(name).map(move |file| (name, file)));
    let diagram = page.values.spanned_text("diagram").filter(|diagram| names_a_file(diagram.value));
    files.chain(diagram.map(|diagram| ("diagram", diagram)))
}

/// Files that fields name must exist.
pub(super) fn check(page: &ParsedPage, targets: &Targets<'_>, problems: &mut Vec<Diagnostic>) {
    for (name, file) in named(page) {
        if targets.file(page, file.value).is_none() {
            let mut problem = Diagnostic::error(
                "missing-file",
                format!("`{name}` names `{}`, and there is no such file", file.value),
            )
            .in_file(&page.path)
            .at(file.span);
            problem.help = Some(targets.nearest_file(page, file.value).map_or_else(
                || "put the file beside this page and write its name".to_string(),
                |near| format!("did you mean `{near}`?"),
            ));
            problems.push(problem);
        }
    }
}

/// The same as paths.
pub(super) fn named_paths(page: &ParsedPage) -> impl Iterator<Item = SitePath> {
    let folder = page.path.parent();
    named(page).filter_map(move |(_, file)| folder.join(file.value))
}

/// Whether a pathway's diagram is the name of a file rather than the drawing itself.
pub fn names_a_file(diagram: &str) -> bool {
    !diagram.contains('\n') && diagram.trim().to_lowercase().ends_with(".mmd")
}

/// Takes out the files of hidden pages: those that they name, show or link, and those that lie in their own folders. A
/// file that a public page uses as well stays.
pub(super) fn hold_back(assets: &mut Vec<Asset>, public: &[ParsedPage], hidden: &[ParsedPage]) {
    if hidden.is_empty() {
        return;
    }
    let folders: HashSet<SitePath> = hidden.iter().filter_map(own_folder).collect();
    let kept = used(public);
    let held = used(hidden);
    let open: HashSet<SitePath> = public.iter().map(|page| page.path.parent()).collect();
    assets.retain(|asset| {
        let is_held = || {
            // The nearest folder that belongs to a page decides.
            let mut folder = asset.path.parent();
            while !folder.as_str().is_empty() && !open.contains(&folder) {
                if folders.contains(&folder) {
                    return true;
                }
                folder = folder.parent();
            }
            held.contains(&asset.path)
        };
        kept.contains(&asset.path) || !is_held()
    });
}

/// The folder of a page that has one to itself: `pathways/stroke/index.md`, but neither the home page nor the page above
/// a kind's list, whose folders are those of others.
fn own_folder(page: &ParsedPage) -> Option<SitePath> {
    let folder = page.path.parent();
    let below = folder.below(content::FOLDER)?;
    let is_own = page.path.file_stem().eq_ignore_ascii_case("index") && Kind::of_folder(below).is_none();
    is_own.then_some(folder)
}

/// The files that pages name in fields, or link or show in their text.
fn used(pages: &[ParsedPage]) -> HashSet<SitePath> {
    pages
        .iter()
        .flat_map(|page| {
            let links = page.body.references.iter();
            named_paths(page).chain(links.filter_map(|link| file_of_link(&page.path, &link.target)))
        })
        .collect()
}

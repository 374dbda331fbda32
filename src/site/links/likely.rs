//! What was most likely meant by a link that leads nowhere.

use super::Targets;
use super::problem::Problem;
use super::written::{relative, without_scheme};
use crate::content::ParsedPage;
use crate::markdown::{Reference, ReferenceKind};
use crate::source::SitePath;
use crate::text::{did_you_mean, nearest};

/// A page with more headings than this is searched no further for the one that was meant.
const HEADINGS: usize = 1_000;

impl Targets<'_> {
    /// Words for a link to a file that does not exist, with the file that was most likely meant.
    pub(super) fn missing<'s>(
        &'s self,
        page: &'s ParsedPage,
        reference: &Reference,
        path: &str,
        target: SitePath,
    ) -> Problem<'s> {
        let is_image = reference.kind == ReferenceKind::Image;
        let code = if is_image { "missing-image" } else { "broken-link" };
        let what = if is_image { "image" } else { "file" };
        let lower = target.as_str().to_lowercase();
        if let Some(actual) = self.lower_paths.get(&lower) {
            return Problem::error(
                code,
                format!(
                    "there is no {what} `{path}`: its name is written with other capitals, which matters on the published site"
                ),
                format!("write {}", relative(&page.path, actual)),
            );
        }
        if let Some(address) = self.made_at(&target).filter(|_| !is_image) {
            return Problem::error(
                code,
                format!("`{path}` is a folder, and the list of its pages is made, not written"),
                format!("write /{address}"),
            );
        }
        let message = format!("there is no {what} `{path}`");
        if let Some(whole) = without_scheme(path).filter(|_| !is_image) {
            return Problem::error(code, message, format!("write {whole}"));
        }
        let stem = target.as_str().trim_end_matches('/');
        let candidates = [
            format!("{stem}.md"),
            format!("{stem}/index.md"),
            stem.strip_suffix(".md").map_or(String::new(), |stem| format!("{stem}/index.md")),
            stem.strip_suffix(".html").map_or(String::new(), |stem| format!("{stem}.md")),
        ];
        if let Some(candidate) =
            candidates.iter().find(|candidate| self.by_path.contains_key(candidate.as_str()))
        {
            return Problem::error(code, message, format!("write {}", relative(&page.path, candidate)));
        }
        Problem::costly_error(code, message, move || {
            self.nearest_linked(page, &target, is_image).map_or_else(
                || {
                    let example = if is_image { "images/map.png" } else { "../pathways/stroke.md" };
                    format!("write the path of the file from this page's folder, such as {example}")
                },
                |near| format!("did you mean `{}`?", relative(&page.path, near.as_str())),
            )
        })
    }

    /// The file that an image or link most likely meant: one of the same name elsewhere, or else of the nearest.
    fn nearest_linked(&self, page: &ParsedPage, wanted: &SitePath, is_image: bool) -> Option<&SitePath> {
        let same_name = self.linkable(is_image).filter(|known| known.file_name() == wanted.file_name()).min();
        if same_name.is_some() {
            return same_name;
        }
        // Where a page moved, all that linked it ask the same.
        let key = (wanted.clone(), is_image);
        let remembered = self.searched.borrow().get(&key).copied();
        let near = remembered.unwrap_or_else(|| {
            let near = nearest_file(wanted, self.linkable(is_image));
            self.searched.borrow_mut().insert(key, near);
            near
        });
        // A page that links to itself by a wrong name is the last that was meant.
        if near.is_some_and(|near| *near == page.path) {
            return nearest_file(wanted, self.linkable(is_image).filter(|known| **known != page.path));
        }
        near
    }

    /// The nearest file to a path in a field that does not exist, relative to the page's folder.
    pub(in crate::site) fn nearest_file(&self, page: &ParsedPage, target: &str) -> Option<String> {
        let path = page.path.parent().join(target)?;
        let files = self.assets.iter().map(|asset| &asset.path).chain(self.data.iter().copied());
        nearest_file(&path, files).map(|near| relative(&page.path, near.as_str()))
    }

    /// The address nearest to one at which nothing stands, as a question.
    pub(super) fn nearest_address(&self, address: &str) -> String {
        let addresses = self.by_address.keys().copied().chain(self.generated.iter().map(String::as_str));
        nearest(address, addresses).map_or_else(
            || "link the file of the page, such as ../case-studies/devon.md".to_string(),
            |near| format!("did you mean `/{near}`?"),
        )
    }
}

/// The heading that was meant, or those that there are.
pub(super) fn nearest_heading(fragment: &str, target: &ParsedPage) -> String {
    let ids = || target.body.headings.iter().take(HEADINGS).map(|heading| heading.id.as_str());
    did_you_mean(fragment, ids()).unwrap_or_else(|| {
        let ids: Vec<&str> = ids().take(12).collect();
        if ids.is_empty() {
            "that page has no headings; take the part after # out".to_string()
        } else {
            format!("its headings are {}", ids.join(", "))
        }
    })
}

/// The file whose name is nearest to the one wanted, rather one of the same folder: folders' names are not compared,
/// because in a deep folder any two paths are alike.
fn nearest_file<'a>(wanted: &SitePath, known: impl Iterator<Item = &'a SitePath>) -> Option<&'a SitePath> {
    let (folder, extension) = (wanted.parent(), wanted.extension());
    let known: Vec<&SitePath> =
        known.filter(|file| extension.is_empty() || file.extension() == extension).collect();
    let near = nearest(wanted.file_stem(), known.iter().map(|file| file.file_stem()))?;
    let named = known.iter().copied().filter(|file| file.file_stem() == near);
    named.min_by_key(|file| (file.parent() != folder, *file))
}

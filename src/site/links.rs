//! Links in pages' text: each resolved to a page, a heading, a file or an outside address, or reported.

use std::collections::{HashMap, HashSet};

use super::references::{Directory, Known};
use super::{Asset, PageIndex};
use crate::content::kinds::Kind;
use crate::content::{self, ParsedPage};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Reference, ReferenceKind};
use crate::source::SitePath;
use crate::text::{did_you_mean, nearest};

/// Where a reference in a page's text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A page of the site, and a heading on it.
    Page(PageIndex, Option<Box<str>>),
    /// A heading of the same page.
    Heading(Box<str>),
    /// A file that is published as it stands (an index into [`super::Site::assets`]).
    Asset(usize),
    /// An address of the site that no page stands at, such as a listing; below the root.
    Address(Box<str>),
    /// An outside address.
    External(Box<str>),
    /// Nowhere; an error says so.
    Broken,
}

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

const IMAGE_EXTENSIONS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];

/// All that links may lead to.
pub(super) struct Targets<'a> {
    pub(super) directory: &'a Directory<'a>,
    pub(super) pages: &'a [ParsedPage],
    pub(super) base_url: Option<&'a str>,
    by_path: HashMap<&'a str, Known>,
    by_address: HashMap<&'a str, PageIndex>,
    assets: &'a [Asset],
    asset_paths: HashMap<&'a str, usize>,
    lower_paths: HashMap<String, &'a str>,
    data: HashSet<&'a str>,
    generated: &'a HashSet<String>,
}

struct Problem {
    code: &'static str,
    message: String,
    help: String,
    warning: bool,
}

impl Problem {
    fn error(code: &'static str, message: String, help: impl Into<String>) -> Self {
        Self { code, message, help: help.into(), warning: false }
    }
}

impl<'a> Targets<'a> {
    pub(super) fn new(
        directory: &'a Directory<'a>,
        pages: &'a [ParsedPage],
        hidden: &'a [ParsedPage],
        assets: &'a [Asset],
        data: impl Iterator<Item = &'a SitePath>,
        generated: &'a HashSet<String>,
        base_url: Option<&'a str>,
    ) -> Self {
        let mut by_path = HashMap::new();
        let mut by_address = HashMap::new();
        let mut lower_paths = HashMap::new();
        for (index, page) in pages.iter().enumerate() {
            by_path.insert(page.path.as_str(), Known::Public(index));
            by_address.insert(page.address.as_str(), index);
        }
        for (index, page) in hidden.iter().enumerate() {
            by_path.insert(page.path.as_str(), Known::Hidden(index));
        }
        let asset_paths: HashMap<&str, usize> =
            assets.iter().enumerate().map(|(index, asset)| (asset.path.as_str(), index)).collect();
        for page in pages.iter().chain(hidden) {
            lower_paths.insert(page.path.as_str().to_lowercase(), page.path.as_str());
        }
        for asset in assets {
            lower_paths.insert(asset.path.as_str().to_lowercase(), asset.path.as_str());
        }
        Self {
            directory,
            pages,
            base_url,
            by_path,
            by_address,
            assets,
            asset_paths,
            lower_paths,
            data: data.map(SitePath::as_str).collect(),
            generated,
        }
    }

    /// Resolves every reference of a page's text.
    pub(super) fn resolve_all(&self, page: &ParsedPage, problems: &mut Vec<Diagnostic>) -> Vec<Resolved> {
        page.body
            .references
            .iter()
            .map(|reference| {
                match self.resolve(page, reference).and_then(|found| self.fits(reference, found)) {
                    Ok((resolved, advice)) => {
                        problems.extend(advice.map(|advice| place(advice, page, reference)));
                        resolved
                    }
                    Err(problem) => {
                        problems.push(place(problem, page, reference));
                        Resolved::Broken
                    }
                }
            })
            .collect()
    }

    /// The page or file that a path in a field names, relative to its page; or the problem with it.
    pub(super) fn file(&self, page: &ParsedPage, target: &str) -> Option<SitePath> {
        let path = page.path.parent().join(target)?;
        let known = self.asset_paths.contains_key(path.as_str()) || self.data.contains(path.as_str());
        known.then_some(path)
    }

    /// The nearest file to a path that does not exist, relative to the page's folder.
    pub(super) fn nearest_file(&self, page: &ParsedPage, target: &str) -> Option<String> {
        let path = page.path.parent().join(target)?;
        let names = self.asset_paths.keys().copied().chain(self.data.iter().copied());
        nearest_file(&path, names).map(|near| relative(&page.path, near))
    }

    fn resolve(
        &self,
        page: &ParsedPage,
        reference: &Reference,
    ) -> Result<(Resolved, Option<Problem>), Problem> {
        let target = reference.target.trim();
        if target.is_empty() {
            return Err(Problem::error(
                "broken-link",
                "the link leads nowhere: its address is empty".into(),
                "write the address between the brackets ( )",
            ));
        }
        if decode_percent(target).chars().any(char::is_control) {
            return Err(Problem::error(
                "unsafe-link",
                format!(
                    "`{}` holds characters that cannot be seen, and browsers leave them out",
                    target.escape_debug()
                ),
                "type the address anew instead of pasting it",
            ));
        }
        let scheme = scheme_of(target);
        // `C:\plan.docx` is a drive before it is a slip of the slashes.
        let is_drive = scheme.is_some_and(|(scheme, _)| scheme.len() == 1);
        if target.contains('\\') && !target.contains("://") && !is_drive {
            return Err(Problem::error(
                "backslash",
                format!("`{target}` has backslashes, which only Windows understands"),
                format!("write {}", target.replace('\\', "/").replace("//", "/")),
            ));
        }
        if let Some((scheme, rest)) = scheme {
            if let Some(kind) = Kind::named(scheme) {
                return self.page_by_id(page, kind, rest).map(|resolved| (resolved, None));
            }
            return self.external(reference, scheme, target).map(|resolved| (resolved, None));
        }
        if target.starts_with("//") {
            return Err(Problem::error(
                "unsafe-link",
                format!("`{target}` does not say how it is fetched"),
                format!("write https:{target}"),
            ));
        }
        let (path, fragment) = match target.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (target, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            let fragment = decode_percent(fragment.unwrap_or(""));
            check_fragment(page, &fragment, page)?;
            return Ok((Resolved::Heading(fragment.into()), None));
        }
        let path = decode_percent(path);
        if let Some(address) = path.strip_prefix('/') {
            return self.at_root(page, address, fragment);
        }
        self.relative(page, reference, &path, fragment)
    }

    fn external(&self, reference: &Reference, scheme: &str, target: &str) -> Result<Resolved, Problem> {
        let scheme = scheme.to_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            let kinds = crate::content::kinds::ALL.iter().map(|kind| kind.name);
            let help = if scheme.len() == 1 {
                "copy the file beside the page and link it by its name".to_string()
            } else {
                did_you_mean(&scheme, kinds).unwrap_or_else(|| {
                    "links begin with https:, http:, mailto: or tel:, or name a file or a page".to_string()
                })
            };
            return Err(Problem::error(
                "unsafe-link",
                format!(
                    "a link that begins with `{scheme}:` is not published: it could do harm or leads nowhere"
                ),
                help,
            ));
        }
        if reference.kind == ReferenceKind::Image {
            return Err(Problem::error(
                "external-image",
                format!(
                    "the image `{target}` would be fetched from another site, which tells that site who reads the page"
                ),
                "copy the image beside the page and link it by its name",
            ));
        }
        if let Some(base_url) = self.base_url
            && let Some(rest) = target.strip_prefix(base_url)
        {
            let address = rest.split(['#', '?']).next().unwrap_or("");
            if self.by_address.contains_key(address) || self.generated.contains(address) {
                return Ok(Resolved::External(target.into()));
            }
            return Err(Problem::error(
                "broken-link",
                format!("there is no page at `/{address}` on this site"),
                self.nearest_address(address),
            ));
        }
        Ok(Resolved::External(target.into()))
    }

    fn page_by_id(&self, page: &ParsedPage, kind: &'static Kind, rest: &str) -> Result<Resolved, Problem> {
        let (name, fragment) =
            rest.split_once('#').map_or((rest, None), |(name, fragment)| (name, Some(fragment)));
        let reference =
            crate::fields::Reference { kind: Some(kind.name.to_string()), name: name.to_string() };
        match self.directory.resolve(&reference, crate::source::Span::default()) {
            Ok(known) => self.known(page, known, name, fragment),
            Err(problem) => {
                Err(Problem::error("unknown-reference", problem.message, problem.help.unwrap_or_default()))
            }
        }
    }

    /// A link to a page that was found: hidden pages and absent headings are problems.
    fn known(
        &self,
        from: &ParsedPage,
        known: Known,
        name: &str,
        fragment: Option<&str>,
    ) -> Result<Resolved, Problem> {
        match known {
            Known::Public(index) => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decode_percent);
                if let Some(fragment) = &fragment {
                    check_fragment(from, fragment, &self.pages[index])?;
                }
                Ok(Resolved::Page(index, fragment.map(String::into_boxed_str)))
            }
            Known::Hidden(index) => {
                let why = self.directory.why_hidden(index);
                Err(Problem::error(
                    "hidden-reference",
                    format!("`{name}` {why}, so readers could not follow the link"),
                    "publish that page first, or take the link out",
                ))
            }
        }
    }

    /// A link that begins with `/`: it works on the site, but neither on GitHub nor below another folder.
    fn at_root(
        &self,
        page: &ParsedPage,
        address: &str,
        fragment: Option<&str>,
    ) -> Result<(Resolved, Option<Problem>), Problem> {
        let advice = |path: &str| Problem {
            code: "absolute-link",
            message: format!("`/{address}` works on the published site only, not on GitHub"),
            help: format!("write {}", relative(&page.path, path)),
            warning: true,
        };
        let folder = if address.is_empty() || address.ends_with('/') {
            address.to_string()
        } else {
            format!("{address}/")
        };
        if let Some(&index) = self.by_address.get(folder.as_str()) {
            let resolved = self.known(page, Known::Public(index), address, fragment)?;
            return Ok((resolved, Some(advice(self.pages[index].path.as_str()))));
        }
        if self.generated.contains(&folder) || self.generated.contains(address) {
            let address = if self.generated.contains(&folder) { folder.as_str() } else { address };
            return Ok((Resolved::Address(address.into()), None));
        }
        let path = format!("{}/{address}", content::FOLDER);
        if let Some(&index) = self.asset_paths.get(path.as_str()) {
            return Ok((Resolved::Asset(index), Some(advice(&path))));
        }
        Err(Problem::error(
            "broken-link",
            format!("there is nothing at `/{address}`"),
            self.nearest_address(address),
        ))
    }

    fn nearest_address(&self, address: &str) -> String {
        let addresses = self.by_address.keys().copied().chain(self.generated.iter().map(String::as_str));
        let mut addresses: Vec<&str> = addresses.collect();
        addresses.sort_unstable();
        nearest(address, addresses).map_or_else(
            || "link the file of the page, such as ../case-studies/devon.md".to_string(),
            |near| format!("did you mean `/{near}`?"),
        )
    }

    fn relative(
        &self,
        page: &ParsedPage,
        reference: &Reference,
        path: &str,
        fragment: Option<&str>,
    ) -> Result<(Resolved, Option<Problem>), Problem> {
        let outside = || {
            Problem::error(
                "leaves-content",
                format!("`{path}` leads out of the content folder, and only what lies in it is published"),
                "move the file below content/ and link it there",
            )
        };
        let target = page.path.parent().join(path).ok_or_else(outside)?;
        if target.below(content::FOLDER).is_none() && target.as_str() != content::FOLDER {
            return Err(outside());
        }
        if let Some(&known) = self.by_path.get(target.as_str()) {
            let resolved = self.known(page, known, path, fragment)?;
            return Ok((resolved, None));
        }
        if let Some(&index) = self.asset_paths.get(target.as_str()) {
            return Ok((Resolved::Asset(index), None));
        }
        if self.data.contains(target.as_str()) {
            return Err(Problem::error(
                "data-not-published",
                format!("`{path}` is a data file, which is not published as it stands"),
                "link the page that shows the data",
            ));
        }
        Err(self.missing(page, reference, path, &target))
    }

    /// What was found, if an image is an image and what is embedded can be.
    fn fits(
        &self,
        reference: &Reference,
        (resolved, advice): (Resolved, Option<Problem>),
    ) -> Result<(Resolved, Option<Problem>), Problem> {
        let target = reference.target.trim();
        match (reference.kind, &resolved) {
            (ReferenceKind::Image, Resolved::Asset(index)) => {
                let extension = self.assets[*index].path.extension();
                if !IMAGE_EXTENSIONS.contains(&extension.as_str()) {
                    return Err(Problem::error(
                        "missing-image",
                        format!("`{target}` is not an image that browsers show"),
                        format!(
                            "use one of {}, or write a link without the ! before it",
                            IMAGE_EXTENSIONS.join(", ")
                        ),
                    ));
                }
            }
            (ReferenceKind::Image, _) => {
                return Err(Problem::error(
                    "missing-image",
                    format!("`{target}` is a page, not an image"),
                    "write a link without the ! before it",
                ));
            }
            (ReferenceKind::Embed, Resolved::Page(index, _)) => {
                let page = &self.pages[*index];
                if page.is_readable && !page.kind.embeddable {
                    return Err(embed_problem(target));
                }
            }
            (ReferenceKind::Embed, _) => return Err(embed_problem(target)),
            _ => {}
        }
        Ok((resolved, advice))
    }

    /// The address of what is made at a folder of the content.
    fn made_at(&self, target: &SitePath) -> Option<String> {
        let address = match target.below(content::FOLDER) {
            Some(folder) => format!("{folder}/"),
            None => String::new(),
        };
        self.generated.contains(&address).then_some(address)
    }

    /// Words for a link to a file that does not exist, with the file that was most likely meant.
    fn missing(&self, page: &ParsedPage, reference: &Reference, path: &str, target: &SitePath) -> Problem {
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
        if let Some(address) = self.made_at(target).filter(|_| !is_image) {
            return Problem::error(
                code,
                format!("`{path}` is a folder, and the list of its pages is made, not written"),
                format!("write /{address}"),
            );
        }
        let message = format!("there is no {what} `{path}`");
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
        let same_name = || {
            let mut found: Vec<&str> = self
                .by_path
                .keys()
                .chain(self.asset_paths.keys())
                .copied()
                .filter(|known| known.rsplit('/').next() == Some(target.file_name()))
                .collect();
            found.sort_unstable();
            found.first().copied()
        };
        let near = same_name().or_else(|| {
            let pages = self.by_path.keys().filter(|_| !is_image);
            let known = pages.chain(self.asset_paths.keys()).copied();
            nearest_file(target, known.filter(|known| *known != page.path.as_str()))
        });
        let example = if is_image { "images/map.png" } else { "../pathways/stroke.md" };
        let help = near.map_or_else(
            || format!("write the way to the file from this page's folder, such as {example}"),
            |near| format!("did you mean `{}`?", relative(&page.path, near)),
        );
        Problem::error(code, message, help)
    }
}

/// The file whose name is nearest to the one wanted, rather one of the same folder: folders' names are not compared,
/// because in a deep folder any two paths are alike.
fn nearest_file<'a>(wanted: &SitePath, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folder = wanted.parent();
    let mut known: Vec<(bool, &str, SitePath)> = known
        .map(|path| (path, SitePath::new(path)))
        .map(|(path, file)| (file.parent() != folder, path, file))
        .filter(|(.., file)| file.extension() == wanted.extension() || wanted.extension().is_empty())
        .collect();
    known.sort_unstable();
    let near = nearest(wanted.file_stem(), known.iter().map(|(.., file)| file.file_stem()))?.to_string();
    known.iter().find(|(.., file)| file.file_stem() == near).map(|(_, path, _)| *path)
}

fn check_fragment(from: &ParsedPage, fragment: &str, target: &ParsedPage) -> Result<(), Problem> {
    if !target.is_readable {
        return Ok(());
    }
    let ids = || target.body.headings.iter().map(|heading| heading.id.as_str());
    if ids().any(|id| id == fragment) {
        return Ok(());
    }
    let page = if from.path == target.path { "this page".to_string() } else { format!("`{}`", target.path) };
    let help = did_you_mean(fragment, ids()).unwrap_or_else(|| {
        let ids: Vec<&str> = ids().take(12).collect();
        if ids.is_empty() {
            "that page has no headings; take the part after # out".to_string()
        } else {
            format!("its headings are {}", ids.join(", "))
        }
    });
    Err(Problem::error("broken-fragment", format!("{page} has no heading `#{fragment}`"), help))
}

fn embed_problem(path: &str) -> Problem {
    Problem::error(
        "not-embeddable",
        format!("`{path}` cannot be embedded: only pathways and benchmarks can"),
        "write an ordinary link, or name a page of content/pathways/ or content/benchmarks/",
    )
}

fn place(problem: Problem, page: &ParsedPage, reference: &Reference) -> Diagnostic {
    let Problem { code, message, help, warning } = problem;
    let diagnostic =
        if warning { Diagnostic::warning(code, message) } else { Diagnostic::error(code, message) };
    let diagnostic = diagnostic.in_file(&page.path).at(reference.span);
    if help.is_empty() { diagnostic } else { diagnostic.help(help) }
}

/// `https` and what follows; none for a relative path.
fn scheme_of(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once(':')?;
    let valid = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    valid.then_some((scheme, rest))
}

/// `%20` and the like as the characters that they stand for; what is no such code stays as it is.
fn decode_percent(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let code = (bytes[index] == b'%')
            .then(|| text.get(index + 1..index + 3))
            .flatten()
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(byte) = code {
            decoded.push(byte);
            index += 3;
        } else {
            decoded.push(bytes[index]);
            index += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_string())
}

/// The relative path from a file to another, as a writer would type it.
pub(super) fn relative(from: &SitePath, to: &str) -> String {
    let from_folder = from.parent();
    let from: Vec<&str> = from_folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_as_a_writer_would_type_them() {
        let from = SitePath::new("content/case-studies/devon.md");
        assert_eq!(relative(&from, "content/pathways/stroke.md"), "../pathways/stroke.md");
        assert_eq!(relative(&from, "content/case-studies/kent.md"), "kent.md");
        assert_eq!(relative(&SitePath::new("content/a.md"), "content/b/c.md"), "b/c.md");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme_of("https://example.org"), Some(("https", "//example.org")));
        assert_eq!(scheme_of("case-study:devon"), Some(("case-study", "devon")));
        assert_eq!(scheme_of("a/b:c.md"), None);
        assert_eq!(decode_percent("a%20b%zz"), "a b%zz");
    }
}

//! Links in pages' text: each resolved to a page, a heading, a file or an outside address, or reported.

mod fitting;
mod likely;
mod outside;
mod problem;
mod written;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use problem::Problem;
use written::{decode_percent, relative, scheme_of};

use super::references::{Directory, Known};
use super::{Asset, Drawing, PageIndex};
use crate::content::kinds::Kind;
use crate::content::{self, ParsedPage};
use crate::diagnostic::{self, Diagnostic};
use crate::markdown::{Reference, ReferenceKind};
use crate::source::SitePath;

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

/// All that links may lead to.
pub(super) struct Targets<'a> {
    pub(super) pages: &'a [ParsedPage],
    directory: &'a Directory<'a>,
    hidden: &'a [ParsedPage],
    base_url: Option<&'a str>,
    by_path: HashMap<&'a str, Known>,
    by_address: HashMap<&'a str, PageIndex>,
    assets: &'a [Asset],
    asset_paths: HashMap<&'a str, usize>,
    lower_paths: HashMap<String, &'a str>,
    data: HashSet<&'a SitePath>,
    generated: &'a HashSet<String>,
    /// Files that were searched for, with what was found.
    searched: RefCell<HashMap<(SitePath, bool), Option<&'a SitePath>>>,
    /// The ids of the headings of pages, as far as links asked for them.
    ids: RefCell<HashMap<SitePath, HashSet<Box<str>>>>,
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
            data: data.collect(),
            hidden,
            searched: RefCell::default(),
            ids: RefCell::default(),
            generated,
        }
    }

    /// Resolves every reference of a page's text.
    pub(super) fn resolve_all(&self, page: &ParsedPage, problems: &mut Vec<Diagnostic>) -> Vec<Resolved> {
        let mut embed_count = 0;
        let mut error_count = 0;
        let mut links = Vec::with_capacity(page.body.references.len());
        for reference in &page.body.references {
            let is_embed = reference.kind == ReferenceKind::Embed;
            embed_count += usize::from(is_embed);
            let found = if is_embed && embed_count > fitting::MAX_EMBEDS {
                Err(fitting::too_many_embeds())
            } else {
                self.resolve(page, reference).and_then(|found| self.fits(reference, found))
            };
            links.push(match found {
                Ok((resolved, advice)) => {
                    problems.extend(advice.map(|advice| advice.place(page, reference)));
                    resolved
                }
                Err(problem) => {
                    error_count += 1;
                    if error_count <= diagnostic::MAX_LISTED {
                        problems.push(problem.place(page, reference));
                    }
                    Resolved::Broken
                }
            });
        }
        problems.extend(diagnostic::not_listed(error_count).map(|further| further.in_file(&page.path)));
        links
    }

    /// Resolves the links of a drawing's steps, by the address as it is written. `file` is where the drawing stands, if
    /// not in the page.
    pub(super) fn resolve_drawn(
        &self,
        page: &ParsedPage,
        drawing: &Drawing,
        file: Option<&SitePath>,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, Resolved> {
        let mut resolved = BTreeMap::new();
        let field = page.values.get("diagram").map(|value| value.span).unwrap_or_default();
        for node in &drawing.chart.nodes {
            let Some(link) = node.link.as_ref().filter(|link| !resolved.contains_key(&link.href)) else {
                continue;
            };
            let reference = Reference {
                kind: ReferenceKind::Link,
                target: link.href.clone(),
                text: node.label.plain(),
                span: if file.is_some() { link.span } else { field },
            };
            let placed = |problem: Problem<'_>| {
                let diagnostic = problem.place(page, &reference);
                file.map_or_else(|| diagnostic.clone(), |file| diagnostic.clone().in_file(file))
            };
            let found = self.resolve(page, &reference).and_then(|found| self.fits(&reference, found));
            let found = match found {
                Ok((found, advice)) => {
                    problems.extend(advice.map(placed));
                    found
                }
                Err(problem) => {
                    problems.push(placed(problem));
                    Resolved::Broken
                }
            };
            resolved.insert(link.href.clone(), found);
        }
        resolved
    }

    /// Every file that a link or an image may name.
    fn linkable(&self, is_image: bool) -> impl Iterator<Item = &'a SitePath> {
        let pages = self.pages.iter().chain(self.hidden).filter(move |_| !is_image);
        pages.map(|page| &page.path).chain(self.assets.iter().map(|asset| &asset.path))
    }

    /// The page or file that a path in a field names, relative to its page; or the problem with it.
    pub(super) fn file(&self, page: &ParsedPage, target: &str) -> Option<SitePath> {
        let path = page.path.parent().join(target)?;
        let known = self.asset_paths.contains_key(path.as_str()) || self.data.contains(&path);
        known.then_some(path)
    }

    fn resolve<'s>(
        &'s self,
        page: &'s ParsedPage,
        reference: &Reference,
    ) -> Result<(Resolved, Option<Problem<'s>>), Problem<'s>> {
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
            return self.outside(reference, scheme, target).map(|resolved| (resolved, None));
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
            self.check_fragment(page, &fragment, page)?;
            return Ok((Resolved::Heading(fragment.into()), None));
        }
        let path = decode_percent(path);
        if let Some(address) = path.strip_prefix('/') {
            return self.at_root(page, address, fragment);
        }
        self.relative(page, reference, &path, fragment)
    }

    fn page_by_id<'s>(
        &'s self,
        page: &'s ParsedPage,
        kind: &'static Kind,
        rest: &str,
    ) -> Result<Resolved, Problem<'s>> {
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
    fn known<'s>(
        &'s self,
        from: &'s ParsedPage,
        known: Known,
        name: &str,
        fragment: Option<&str>,
    ) -> Result<Resolved, Problem<'s>> {
        match known {
            Known::Public(index) => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decode_percent);
                if let Some(fragment) = &fragment {
                    self.check_fragment(from, fragment, &self.pages[index])?;
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
    fn at_root<'s>(
        &'s self,
        page: &'s ParsedPage,
        address: &str,
        fragment: Option<&str>,
    ) -> Result<(Resolved, Option<Problem<'s>>), Problem<'s>> {
        let advice = |path: &str| {
            let message = format!("`/{address}` works on the published site only, not on GitHub");
            let help = format!("write {}", relative(&page.path, path));
            Problem::warning("absolute-link", message, help)
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
        let (message, address) = (format!("there is nothing at `/{address}`"), address.to_string());
        Err(Problem::costly_error("broken-link", message, move || self.nearest_address(&address)))
    }

    fn relative<'s>(
        &'s self,
        page: &'s ParsedPage,
        reference: &Reference,
        path: &str,
        fragment: Option<&str>,
    ) -> Result<(Resolved, Option<Problem<'s>>), Problem<'s>> {
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
        if self.data.contains(&target) {
            return Err(Problem::error(
                "data-not-published",
                format!("`{path}` is a data file, which is not published as it stands"),
                "link the page that shows the data",
            ));
        }
        Err(self.missing(page, reference, path, target))
    }

    /// The address of what is made at a folder of the content.
    fn made_at(&self, target: &SitePath) -> Option<String> {
        let address = match target.below(content::FOLDER) {
            Some(folder) => format!("{folder}/"),
            None => String::new(),
        };
        self.generated.contains(&address).then_some(address)
    }

    fn has_heading(&self, page: &ParsedPage, id: &str) -> bool {
        let mut known = self.ids.borrow_mut();
        let ids = known
            .entry(page.path.clone())
            .or_insert_with(|| page.body.headings.iter().map(|heading| heading.id.as_str().into()).collect());
        ids.contains(id)
    }

    fn check_fragment<'s>(
        &self,
        from: &ParsedPage,
        fragment: &str,
        target: &'s ParsedPage,
    ) -> Result<(), Problem<'s>> {
        if !target.is_readable || self.has_heading(target, fragment) {
            return Ok(());
        }
        let page =
            if from.path == target.path { "this page".to_string() } else { format!("`{}`", target.path) };
        let message = format!("{page} has no heading `#{fragment}`");
        let fragment = fragment.to_string();
        Err(Problem::costly_error("broken-fragment", message, move || {
            likely::nearest_heading(&fragment, target)
        }))
    }
}

/// The path that a link to a file of the site names, whether or not there is one.
pub(super) fn file_of_link(page: &SitePath, target: &str) -> Option<SitePath> {
    let target = target.trim();
    let path = decode_percent(target.split(['#', '?']).next().filter(|path| !path.is_empty())?);
    match path.strip_prefix('/') {
        Some(address) => Some(SitePath::new(&format!("{}/{address}", content::FOLDER))),
        None if scheme_of(target).is_some() => None,
        None => page.parent().join(&path),
    }
}

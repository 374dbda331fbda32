//! What a site publishes: every output's path, what it is, and which file is to blame where two would be one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem::Discriminant;

use unicode_normalization::UnicodeNormalization;

use super::address::file_of;
use super::copies::Copy;
use super::images::Pictures;
use super::searching::Searching;
use super::sitemap::Sitemap;
use super::{
    benchmark, calendar, collection, doors, handout, images, offline, options, overviews, pagination,
    pathway, poster, printed, searching,
};
use crate::diagnostic::Diagnostic;
use crate::site::{PageIndex, Site, TermKind, changes_address, comparison_address};
use crate::source::{SitePath, Span};
use crate::text::file_name_problem;
use crate::theme::Theme;

/// One output to be made.
#[derive(Debug)]
pub struct Planned {
    /// Its path below the output folder.
    pub path: String,
    pub(super) what: What,
    origin: Option<(SitePath, Option<Span>)>,
}

impl Planned {
    /// The file that it is made from, where there is one.
    pub fn source(&self) -> Option<&SitePath> {
        self.origin.as_ref().map(|(path, _)| path)
    }

    /// Whether the index of the search is made of what this output's making leaves: such outputs are best made first.
    pub fn feeds_the_index(&self) -> bool {
        matches!(self.what, What::SearchPage(_))
    }

    /// What it has in common with outputs of the same template.
    pub(super) fn sort(&self, site: &Site) -> (Discriminant<What>, &'static str) {
        let template = match self.what {
            What::Page(index) => site.pages[index].parsed.kind.name,
            What::Overview { entry, .. } => overviews::ALL[entry].template,
            _ => "",
        };
        (std::mem::discriminant(&self.what), template)
    }

    /// Whether a template makes it, so that making it can fail.
    pub(super) fn is_of_template(&self) -> bool {
        match self.what {
            What::Home(_)
            | What::Page(_)
            | What::Listing { .. }
            | What::TaxonomyIndex(_)
            | What::Term { .. }
            | What::Overview { .. }
            | What::Search
            | What::Accessibility
            | What::NotFound
            | What::Comparison(_)
            | What::Changes(_)
            | What::Doors(_)
            | What::Handout(_)
            | What::Poster(_)
            | What::Redirect { .. } => true,
            What::SearchClient
            | What::SearchPage(_)
            | What::SearchIndex
            | What::Drawing(_)
            | What::DrawingSource(_)
            | What::Copy { .. }
            | What::Figures { .. }
            | What::Statistics(_)
            | What::Options(_)
            | What::Chart { .. }
            | What::Calendar { .. }
            | What::Collection { .. }
            | What::SiteFeed
            | What::TermFeed { .. }
            | What::Sitemap(_)
            | What::SitemapIndex
            | What::Robots
            | What::CatalogueCsv
            | What::CatalogueJson
            | What::Static(_)
            | What::Asset(_)
            | What::Resized { .. } => false,
        }
    }
}

/// What an output is.
#[derive(Debug)]
pub(super) enum What {
    Home(Option<PageIndex>),
    Page(PageIndex),
    Listing {
        listing: usize,
        number: usize,
    },
    TaxonomyIndex(usize),
    Term {
        taxonomy: usize,
        term: usize,
        number: usize,
    },
    Overview {
        entry: usize,
        made: usize,
        part: usize,
    },
    Search,
    SearchClient,
    SearchPage(usize),
    /// Stands for a file of the index where another output lies at its address.
    SearchIndex,
    Accessibility,
    NotFound,
    Drawing(PageIndex),
    DrawingSource(PageIndex),
    Copy {
        page: PageIndex,
        copy: Copy,
    },
    Handout(PageIndex),
    Poster(PageIndex),
    Comparison(PageIndex),
    Changes(PageIndex),
    Doors(PageIndex),
    Figures {
        page: PageIndex,
        number: usize,
    },
    Statistics(PageIndex),
    Options(PageIndex),
    Chart {
        page: PageIndex,
        number: usize,
    },
    Calendar {
        page: PageIndex,
        file: calendar::File,
    },
    Collection {
        page: PageIndex,
        file: collection::File,
    },
    Redirect {
        from: String,
        page: PageIndex,
    },
    SiteFeed,
    TermFeed {
        taxonomy: usize,
        term: usize,
    },
    Sitemap(Option<usize>),
    SitemapIndex,
    Robots,
    CatalogueCsv,
    CatalogueJson,
    Static(String),
    Asset(usize),
    Resized {
        asset: usize,
        width: u32,
    },
}

impl What {
    fn in_words(&self) -> &'static str {
        match self {
            Self::Home(_) => "the home page",
            Self::Page(_) => "a page",
            Self::Listing { .. } => "a listing",
            Self::TaxonomyIndex(_) | Self::Term { .. } => "a list of terms",
            Self::Overview { .. } => "an overview that is made",
            Self::Search => "the page of the search",
            Self::SearchClient | Self::SearchPage(_) | Self::SearchIndex => "a file of the search",
            Self::Accessibility => "the accessibility statement (from netsite.yaml)",
            Self::NotFound => "the page for addresses that do not exist",
            Self::Drawing(_) => "the drawing of a pathway",
            Self::DrawingSource(_) => "the text of a pathway's drawing",
            Self::Copy { .. } => "a copy of a document to be filled in",
            Self::Figures { .. } => "the figures of a benchmark",
            Self::Statistics(_) => "the statistics of a benchmark",
            Self::Options(_) => "the scores of a page's options",
            Self::Chart { .. } => "a chart of a benchmark",
            Self::Calendar { .. } => "a calendar file",
            Self::Collection { .. } => "a file for collecting data",
            Self::Handout(_) => "the hand-out of a case study",
            Self::Poster(_) => "the poster of an event",
            Self::Comparison(_) => "the comparison of a pathway with its other forms",
            Self::Changes(_) => "what changed in a template",
            Self::Doors(_) => "the door signs of an event",
            Self::Redirect { .. } => "an old address",
            Self::SiteFeed | Self::TermFeed { .. } => "a feed",
            Self::Sitemap(_) | Self::SitemapIndex => "the sitemap",
            Self::Robots => "robots.txt",
            Self::CatalogueCsv | Self::CatalogueJson => "the catalogue of case studies",
            Self::Static(_) => "a file of the theme",
            Self::Asset(_) => "a file",
            Self::Resized { .. } => "an image made narrower",
        }
    }
}

pub(super) fn plan(
    site: &Site,
    theme: &Theme,
    pictures: &Pictures,
    sitemap: &Sitemap,
    searching: Option<&Searching<'_>>,
) -> (Vec<Planned>, Vec<Diagnostic>) {
    let mut planner = Planner { site, outputs: Vec::new(), problems: Vec::new() };
    planner.pages();
    planner.listings();
    planner.terms();
    planner.extras(sitemap);
    if site.config.search {
        planner.search(searching);
    }
    for (address, path, _) in theme.statics() {
        if searching::is_left_out(&site.config, address) || printed::OF_THEME.contains(&address) {
            continue;
        }
        planner.add(address, What::Static(address.to_string()), Some((path.clone(), None)));
    }
    for (index, asset) in site.assets.iter().enumerate() {
        planner.add(asset.address(), What::Asset(index), Some((asset.path.clone(), None)));
    }
    for (asset, width) in pictures.variants() {
        let file = &site.assets[asset];
        let what = What::Resized { asset, width };
        planner.add(&images::variant_address(file, width), what, Some((file.path.clone(), None)));
    }
    if searching.is_some() {
        planner.keep_free_for_the_index();
    }
    let mut outputs = planner.outputs;
    let mut problems = planner.problems;
    offline::retain(site, &mut outputs);
    outputs.retain(|output| {
        let problem = too_long(site, output);
        let has_place = problem.is_none();
        problems.extend(problem);
        has_place
    });
    let Collisions { problems: collisions, without_place } = collisions(&outputs);
    problems.extend(collisions);
    outputs.retain(|output| !without_place.contains(&output.path));
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    outputs.dedup_by(|a, b| a.path == b.path);
    (outputs, problems)
}

struct Planner<'a> {
    site: &'a Site,
    outputs: Vec<Planned>,
    problems: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn add(&mut self, path: &str, what: What, origin: Option<(SitePath, Option<Span>)>) {
        self.outputs.push(Planned { path: file_of(path), what, origin });
    }

    /// Pages, but for those whose text stands above a listing.
    fn pages(&mut self) {
        let site = self.site;
        let home = site.page_at("");
        let origin = home.map(|index| (site.pages[index].parsed.path.clone(), None));
        self.add("", What::Home(home), origin);
        for (index, page) in site.pages.iter().enumerate() {
            let origin = Some((page.parsed.path.clone(), None));
            let shown_elsewhere =
                Some(index) == home || site.listings.iter().any(|listing| listing.intro == Some(index));
            if !shown_elsewhere {
                self.add(&page.parsed.address, What::Page(index), origin);
            }
        }
        for index in (0..site.pages.len()).filter(|index| site.drawings[*index].is_some()) {
            let origin = Some((site.pages[index].parsed.path.clone(), None));
            self.add(&pathway::address(site, index), What::Drawing(index), origin.clone());
            if let Some((address, _)) = pathway::source(site, index) {
                self.add(&address, What::DrawingSource(index), origin);
            }
        }
        for (index, figures) in site.figures.iter().enumerate() {
            let Some(figures) = figures else { continue };
            let page = &site.pages[index].parsed;
            let origin = || Some((page.path.clone(), None));
            for number in 0..figures.tables.len() {
                self.add(
                    &benchmark::csv_address(page, number),
                    What::Figures { page: index, number },
                    origin(),
                );
            }
            self.add(&benchmark::json_address(page), What::Statistics(index), origin());
            for number in 0..figures.panels.len() {
                self.add(
                    &benchmark::chart_address(page, number),
                    What::Chart { page: index, number },
                    origin(),
                );
            }
        }
        for (index, page) in site.pages.iter().enumerate() {
            if let Some(form) = &page.parsed.form {
                for copy in Copy::ALL.into_iter().filter(|copy| copy.is_of(form)) {
                    let origin = Some((page.parsed.path.clone(), None));
                    self.add(&copy.address(&page.parsed), What::Copy { page: index, copy }, origin);
                }
            }
            let page = &page.parsed;
            if collection::has_columns(page) {
                for file in collection::File::ALL {
                    let origin = Some((page.path.clone(), None));
                    self.add(
                        &collection::address(page, file),
                        What::Collection { page: index, file },
                        origin,
                    );
                }
            }
            if options::appraised(&page.values).is_some() {
                let origin = Some((page.path.clone(), None));
                self.add(&options::csv_address(page), What::Options(index), origin);
            }
        }
        for (page, file, address) in calendar::files(site) {
            let origin = Some((site.pages[page].parsed.path.clone(), None));
            self.add(&address, What::Calendar { page, file }, origin);
        }
        for (index, page) in site.pages.iter().enumerate() {
            if let Some(address) = handout::address(&page.parsed, &site.config) {
                self.add(&address, What::Handout(index), None);
            }
            if let Some(address) = poster::address(&page.parsed) {
                self.add(&address, What::Poster(index), None);
            }
        }
        for index in site.compared_pages() {
            // Without an origin: where a page stands at its address, it is the page that has to go.
            self.add(&comparison_address(&site.pages[index].parsed), What::Comparison(index), None);
        }
        for index in site.versions.changed_pages() {
            self.add(&changes_address(&site.pages[index].parsed), What::Changes(index), None);
        }
        for event in doors::events(site) {
            self.add(&doors::address(&site.pages[event].parsed), What::Doors(event), None);
        }
        for (alias, page) in &site.redirects {
            let parsed = &site.pages[*page].parsed;
            let span = parsed
                .values
                .texts("aliases")
                .find(|text| text.value.trim_start_matches('/') == alias)
                .map(|text| text.span);
            match redirect_path(alias) {
                Ok(path) => self.add(
                    &path,
                    What::Redirect { from: file_of(&path), page: *page },
                    Some((parsed.path.clone(), span)),
                ),
                Err(why) => {
                    let mut problem = Diagnostic::error(
                        "unusable-address",
                        format!("nothing can be published at the old address `/{alias}`: {why}"),
                    )
                    .in_file(&parsed.path)
                    .help("write it as it stood in the browser, or take it out");
                    problem.span = span;
                    self.problems.push(problem);
                }
            }
        }
    }

    fn listings(&mut self) {
        for (index, listing) in self.site.listings.iter().enumerate() {
            let base = format!("{}/", listing.kind.folder);
            let origin = listing.intro.map(|page| (self.site.pages[page].parsed.path.clone(), None));
            for number in 1..=pagination::page_count(listing.pages.len()) {
                let what = What::Listing { listing: index, number };
                self.add(&pagination::address(&base, number), what, origin.clone());
            }
            if listing.kind.name == "case-study" {
                self.add("case-studies/catalogue.csv", What::CatalogueCsv, None);
                self.add("case-studies/catalogue.json", What::CatalogueJson, None);
            }
        }
    }

    fn terms(&mut self) {
        let feeds = self.site.config.base_url.is_some();
        for (index, taxonomy) in self.site.taxonomies.iter().enumerate() {
            let listed = self.site.listings.iter().any(|listing| listing.kind.folder == taxonomy.plural);
            if !taxonomy.terms.is_empty() && !listed {
                self.add(&format!("{}/", taxonomy.plural), What::TaxonomyIndex(index), None);
            }
            for (term_index, term) in taxonomy.terms.iter().enumerate() {
                // The first page of a term that is a page of content is that page itself.
                let first = if term.kind == TermKind::Word { 1 } else { 2 };
                for number in first..=pagination::page_count(term.pages.len()) {
                    let what = What::Term { taxonomy: index, term: term_index, number };
                    self.add(&pagination::address(&term.address, number), what, None);
                }
                if feeds && !term.pages.is_empty() {
                    let what = What::TermFeed { taxonomy: index, term: term_index };
                    self.add(&format!("{}feed.xml", term.address), what, None);
                }
            }
        }
    }

    fn search(&mut self, searching: Option<&Searching<'_>>) {
        self.add("search/", What::Search, None);
        self.add(searching::CLIENT, What::SearchClient, None);
        let Some(searching) = searching else { return };
        for (number, path) in searching.page_files() {
            self.add(&path, What::SearchPage(number), None);
        }
    }

    /// Which files the index has is known when all pages were read; whatever lies where one may come is in its way.
    fn keep_free_for_the_index(&mut self) {
        let in_the_way = |output: &Planned| {
            let mut slashes = output.path.match_indices('/').map(|(at, _)| at);
            let end = slashes.nth(1).unwrap_or(output.path.len());
            let path = &output.path[..end];
            crate::search::is_index_path(&path.to_ascii_lowercase()).then(|| path.to_string())
        };
        let taken: BTreeSet<String> = self.outputs.iter().filter_map(in_the_way).collect();
        for path in taken {
            self.add(&path, What::SearchIndex, None);
        }
    }

    fn extras(&mut self, sitemap: &Sitemap) {
        let site = self.site;
        if site.config.accessibility.is_some() && site.page_at("accessibility/").is_none() {
            self.add("accessibility/", What::Accessibility, None);
        }
        for (entry, index, made) in overviews::of_site(site) {
            for (part, address) in made.addresses.iter().enumerate() {
                self.add(address, What::Overview { entry, made: index, part }, None);
            }
        }
        self.add("404.html", What::NotFound, None);
        self.add("robots.txt", What::Robots, None);
        if site.config.base_url.is_some() {
            self.add("feed.xml", What::SiteFeed, None);
            match sitemap.part_count() {
                1 => self.add("sitemap.xml", What::Sitemap(None), None),
                parts => {
                    self.add("sitemap.xml", What::SitemapIndex, None);
                    for part in 1..=parts {
                        self.add(&format!("sitemap-{part}.xml"), What::Sitemap(Some(part)), None);
                    }
                }
            }
        }
    }
}

/// Where the page for an old address is written, or why it cannot be. An address other than `.html` is a folder with
/// an index: a server would not take `old.aspx` for a web page.
fn redirect_path(alias: &str) -> Result<String, String> {
    let mut parts = Vec::new();
    for part in alias.trim_end_matches('/').split('/') {
        let name = decoded(part).ok_or("a `%` must be followed by the two digits of a character's code")?;
        if name.contains('/') || matches!(name.as_str(), "" | "." | "..") {
            return Err("a part of it is no name of a file".to_string());
        }
        if name.starts_with(".netsite-") {
            return Err("names that begin with `.netsite-` are kept for netsite itself".to_string());
        }
        if let Some(problem) = file_name_problem(&name) {
            return Err(problem);
        }
        parts.push(name);
    }
    let path = parts.join("/");
    let is_file = [".html", ".htm"].iter().any(|ending| alias.to_lowercase().ends_with(ending));
    Ok(if is_file { path } else { path + "/" })
}

/// The part of an address with `%20` and the like as characters.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The most bytes in a part of a path: no file system takes more than 255, and a name may still get an ending.
const MAX_PART: usize = 240;

/// An error for an output whose name no disk can hold: a term may be a whole sentence.
fn too_long(site: &Site, output: &Planned) -> Option<Diagnostic> {
    let part = output.path.split('/').find(|part| part.len() > MAX_PART)?;
    let begin: String = part.chars().take(40).collect();
    let mut problem = Diagnostic::error(
        "unusable-address",
        format!(
            "nothing can be published at the address `{begin}…`: a part of it is longer than {MAX_PART} bytes"
        ),
    )
    .help("write a shorter name");
    problem.path = match (&output.origin, &output.what) {
        (Some((path, _)), _) => Some(path.clone()),
        (None, What::Term { taxonomy, term, .. } | What::TermFeed { taxonomy, term }) => {
            let first = site.taxonomies[*taxonomy].terms[*term].pages.first();
            first.map(|page| site.pages[*page].parsed.path.clone())
        }
        _ => None,
    };
    problem.span = output.origin.as_ref().and_then(|(_, span)| *span);
    Some(problem)
}

/// What collides.
struct Collisions {
    problems: Vec<Diagnostic>,
    /// Outputs that cannot stand beside the others in a folder, so that they are not even made.
    without_place: HashSet<String>,
}

/// Errors for outputs at one path, and for paths that are one on Windows and macOS, where capitals and the form of
/// accents do not count; and for a file where another output needs a folder.
fn collisions(outputs: &[Planned]) -> Collisions {
    let folded = |path: &str| path.nfc().flat_map(char::to_lowercase).collect::<String>();
    let mut taken: HashMap<String, &Planned> = HashMap::with_capacity(outputs.len());
    let mut problems = Vec::new();
    let mut without_place = HashSet::new();
    for output in outputs {
        let key =
            if output.path.is_ascii() { output.path.to_ascii_lowercase() } else { folded(&output.path) };
        match taken.get(&key) {
            None => {
                taken.insert(key, output);
            }
            Some(first) => {
                problems.push(collision(first, output));
                if first.path != output.path {
                    without_place.insert(output.path.clone());
                }
            }
        }
    }
    let mut folders: HashSet<&str> = HashSet::new();
    for output in outputs {
        let mut rest = output.path.as_str();
        while let Some((parent, _)) = rest.rsplit_once('/')
            && folders.insert(parent)
        {
            let key = if parent.is_ascii() { parent.to_ascii_lowercase() } else { folded(parent) };
            if let Some(file) = taken.get(&key)
                && without_place.insert(file.path.clone())
            {
                problems.push(file_for_folder(file, output));
            }
            rest = parent;
        }
    }
    Collisions { problems, without_place }
}

/// A file at a path that is a folder for another output.
fn file_for_folder(file: &Planned, other: &Planned) -> Diagnostic {
    let address = other.path.trim_end_matches("index.html");
    let message = format!(
        "this would be a file at `/{}`, where {} needs a folder for `/{address}`",
        file.path,
        name_of(other)
    );
    let mut problem = Diagnostic::error("colliding-address", message).help("rename one of the two");
    if let Some((path, span)) = &file.origin {
        problem.path = Some(path.clone());
        problem.span = *span;
    }
    problem
}

fn name_of(output: &Planned) -> String {
    match &output.origin {
        Some((path, _)) => format!("`{path}`"),
        None => output.what.in_words().to_string(),
    }
}

fn collision(first: &Planned, second: &Planned) -> Diagnostic {
    // The diagnostic stands in a file that the writer can change.
    let (blamed, other) = if second.origin.is_some() { (second, first) } else { (first, second) };
    let other_name = name_of(other);
    let address = blamed.path.trim_end_matches("index.html");
    let mut problem = Diagnostic::error(
        "colliding-address",
        if blamed.path == other.path {
            format!("this would be published at `/{address}`, and so would {other_name}")
        } else {
            format!(
                "`/{address}` and `/{}` ({other_name}) are one address on Windows and macOS",
                other.path.trim_end_matches("index.html")
            )
        },
    )
    .help(match blamed.what {
        What::Redirect { .. } => "take this old address out: something stands there",
        _ if other.origin.is_none() => "rename this file",
        _ => "rename one of the two files",
    });
    if let Some((path, span)) = &blamed.origin {
        problem.path = Some(path.clone());
        problem.span = *span;
    }
    problem
}

//! A site and a theme into outputs: pages, listings, feeds, the sitemap, redirects, downloads. What is made is known
//! before anything is rendered ([`Renderer::plan`]); each output is then a function of its own view and the theme,
//! so that they can be rendered in any order, on any thread, one at a time.

mod address;
mod benchmark;
mod beside;
mod calendar;
mod catalogue;
mod collection;
mod comparison;
mod copies;
mod doors;
mod feed;
mod findable;
mod handout;
mod images;
mod inline;
mod links;
mod markup;
mod members;
mod offline;
mod options;
mod overviews;
mod pagination;
mod pathway;
mod plan;
mod poster;
mod printed;
mod searching;
mod signoff;
mod sitemap;
mod structured;
mod value;
mod versions;
mod view;

pub use images::{Pictures, Shown};
pub use inline::Files;
pub use offline::{MARK as SINGLE_FILE_MARK, SingleFile, TooLarge};
pub use overviews::overviews;
pub use plan::Planned;
pub use printed::Print;
pub use signoff::{SignOff, signoff_word};

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::site::{Asset, Site};
use crate::theme::{RenderError, Theme};
use offline::Offline;
use plan::What;
use searching::Searching;
use sitemap::Sitemap;
use view::Views;

/// One file of the published site.
#[derive(Debug)]
pub enum Output<'a> {
    /// Bytes that were made.
    Bytes(Vec<u8>),
    /// A file that is copied as it stands.
    Copy(&'a Asset),
    /// An image made narrower.
    Resized {
        /// The image.
        asset: &'a Asset,
        /// The width of one of its variants.
        width: u32,
    },
}

/// Renders the outputs of one site.
pub struct Renderer<'a> {
    site: &'a Site,
    theme: Theme,
    views: Views<'a>,
    sitemap: Sitemap,
    searching: Option<Searching<'a>>,
    /// For a pack, what its documents need to know of each other.
    offline: OnceLock<Offline>,
}

/// Outputs of one template of netsite's own that are made to try it.
const ENOUGH: usize = 100;

/// Errors for outputs that would stand at one address, without rendering any.
pub fn address_problems(site: &Site, theme: &Theme, pictures: &Pictures) -> Vec<Diagnostic> {
    plan::plan(site, theme, pictures, &Sitemap::new(site), None).1
}

impl<'a> Renderer<'a> {
    /// Prepares what outputs share.
    pub fn new(site: &'a Site, mut theme: Theme, pictures: &'a Pictures) -> Self {
        let views = Views::new(site, pictures);
        theme.set_globals(views.globals());
        Self {
            site,
            theme,
            views,
            sitemap: Sitemap::new(site),
            searching: Searching::new(site),
            offline: OnceLock::new(),
        }
    }

    /// Every output but the index of the search, sorted by path, and errors for those that would overwrite each other.
    pub fn plan(&self) -> (Vec<Planned>, Vec<Diagnostic>) {
        let planned =
            plan::plan(self.site, &self.theme, self.views.pictures, &self.sitemap, self.searching.as_ref());
        if self.site.pack.is_some() {
            self.offline.get_or_init(|| Offline::new(self.site, &planned.0));
        }
        planned
    }

    /// An output as a pack holds it. Copies of documents are taken elsewhere and lead to the website by themselves.
    fn settled(&self, planned: &Planned, bytes: Vec<u8>) -> Vec<u8> {
        let is_document = [".html", ".htm", ".svg"].iter().any(|ending| planned.path.ends_with(ending));
        if self.site.pack.is_none()
            || !is_document
            || matches!(planned.what, What::Copy { .. } | What::Static(_))
        {
            return bytes;
        }
        let offline = self.offline.get_or_init(|| Offline::new(self.site, &self.plan().0));
        offline.settled(&planned.path, &bytes)
    }

    /// The outputs to make to see whether templates fail. Those that come with netsite are tested with it, so
    /// a hundred outputs of a sort stand for all; a template of the site's own may fail on any.
    pub fn to_try<'p>(&self, plan: &'p [Planned]) -> Vec<&'p Planned> {
        let of_template = plan.iter().filter(|planned| planned.is_of_template());
        if !self.theme.has_shipped_templates_only() {
            return of_template.collect();
        }
        let mut counts = HashMap::new();
        of_template
            .filter(|planned| {
                let count = counts.entry(planned.sort(self.site)).or_insert(0);
                *count += 1;
                *count <= ENOUGH
            })
            .collect()
    }

    /// Makes one output.
    ///
    /// # Errors
    ///
    /// The template's error, with its place.
    pub fn render(&self, planned: &Planned) -> Result<Output<'a>, RenderError> {
        let views = &self.views;
        let site = self.site;
        let template = |name: &str, context: &tera::Context| {
            let mut html = Vec::with_capacity(16 * 1024);
            self.theme.render(name, context, &mut html)?;
            Ok(html)
        };
        let bytes = match &planned.what {
            What::Page(index) => template(self.template_of(*index), &views.page(*index, &self.theme)?)?,
            What::Home(_) if site.is_selection() => template("pack.html", &views.pack())?,
            What::Home(index) => template("home.html", &views.home(*index, &self.theme)?)?,
            What::Listing { listing, number } => {
                template("listing.html", &views.listing(*listing, *number, &self.theme)?)?
            }
            What::TaxonomyIndex(taxonomy) => template("taxonomy.html", &views.taxonomy(*taxonomy))?,
            What::Term { taxonomy, term, number } => {
                template("term.html", &views.term(*taxonomy, *term, *number, &self.theme)?)?
            }
            What::Overview { entry, made, part } => {
                let entry = overviews::ALL[*entry];
                template(entry.template, &(entry.view)(views, &site.overviews[*made], *part))?
            }
            What::Handout(index) => template("handout.html", &views.handout(*index))?,
            What::Poster(index) => template("poster.html", &views.poster(*index))?,
            What::Comparison(index) => template("compare-pathways.html", &views.comparison(*index))?,
            What::Changes(index) => template("compare-versions.html", &views.changes(*index))?,
            What::Doors(event) => template("doors.html", &views.doors(*event))?,
            What::Figures { page, number } => site.figures[*page]
                .as_ref()
                .map(|figures| benchmark::csv_file(figures, *number))
                .unwrap_or_default(),
            What::Statistics(page) => site.figures[*page]
                .as_ref()
                .map(|figures| benchmark::json_file(&site.pages[*page].parsed, figures))
                .unwrap_or_default(),
            What::Chart { page, number } => site.figures[*page]
                .as_ref()
                .map(|figures| benchmark::chart_file(figures, *number))
                .unwrap_or_default(),
            What::Calendar { page, file } => calendar::bytes(site, *page, *file),
            What::Collection { page, file } => collection::file(site, &site.pages[*page].parsed, *file),
            What::Options(page) => options::csv_file(&site.pages[*page].parsed),
            What::DrawingSource(index) => {
                pathway::source(site, *index).map(|(_, text)| text.as_bytes().to_vec()).unwrap_or_default()
            }
            What::Copy { page, copy } => copy.bytes(site, *page),
            What::Search => template("search.html", &views.search())?,
            What::SearchClient => crate::search::compact(crate::search::CLIENT).into_bytes(),
            What::SearchPage(number) => {
                self.searching.as_ref().map(|searching| searching.page_bytes(*number)).unwrap_or_default()
            }
            What::SearchIndex => Vec::new(),
            What::Drawing(index) => pathway::stand_alone(site, *index).into_bytes(),
            What::Accessibility => template("accessibility.html", &views.accessibility())?,
            What::NotFound => template("404.html", &views.not_found())?,
            What::Redirect { from, page } => template("redirect.html", &views.redirect(from, *page))?,
            What::SiteFeed => feed::site(site),
            What::TermFeed { taxonomy, term } => feed::term(site, *taxonomy, *term),
            What::Sitemap(number) => self.sitemap.part(site, *number),
            What::SitemapIndex => sitemap::index(site, self.sitemap.part_count()),
            What::Robots => sitemap::robots(site),
            What::CatalogueCsv => catalogue::csv(site),
            What::CatalogueJson => catalogue::json(site),
            What::Static(address) => self.theme.static_file(address).map(<[u8]>::to_vec).unwrap_or_default(),
            What::Asset(index) => return Ok(Output::Copy(&site.assets[*index])),
            What::Resized { asset, width } => {
                return Ok(Output::Resized { asset: &site.assets[*asset], width: *width });
            }
        };
        Ok(Output::Bytes(self.settled(planned, bytes)))
    }

    /// The index of the search, which is no part of the plan: path and bytes of each file. It is made quickest once all
    /// outputs that feed it were rendered.
    pub fn index(&self) -> Vec<(String, Vec<u8>)> {
        let files = self.searching.as_ref().map(Searching::index).unwrap_or_default();
        files.into_iter().map(|file| (file.path, file.bytes)).collect()
    }

    /// The template of a page's kind; a kind that the theme does not know looks like any page.
    fn template_of(&self, index: usize) -> &'static str {
        let own = self.site.pages[index].parsed.kind.template;
        if self.theme.has(own) { own } else { "item.html" }
    }

    /// The hash of a file that is published as it stands, of the theme or of the content; none for what is rendered.
    pub fn hash_of_file(&self, planned: &Planned) -> Option<[u8; 32]> {
        match &planned.what {
            What::Static(address) => {
                self.theme.static_file(address).map(|bytes| *blake3::hash(bytes).as_bytes())
            }
            What::Asset(index) => Some(self.site.assets[*index].hash),
            What::Resized { asset, .. } => Some(self.site.assets[*asset].hash),
            _ => None,
        }
    }

    /// The theme.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The theme again, for the texts of its templates.
    pub fn into_theme(self) -> Theme {
        self.theme
    }
}

//! All pages together: which of them readers may see, how they hang together (references, links, taxonomies,
//! listings), where everything is published, and what is wrong between them. A [`Site`] is never changed once it is
//! assembled.

mod addresses;
mod assemble;
mod committed;
mod comparisons;
mod drawings;
mod embargoed;
mod figures;
mod files;
mod illustrative;
mod links;
mod measured;
mod navigation;
mod networks;
mod organisations;
mod overviews;
mod packed;
pub mod programmes;
mod references;
mod related;
mod remembered;
mod review;
mod rounds;
pub mod selection;
mod sequences;
mod shared_gaps;
mod taxonomy;
mod versions;

pub use assemble::{Inputs, assemble, day_of};
pub use comparisons::{Compared, comparison_address};
pub use drawings::{Drawing, file_of as drawing_file_of};
pub use figures::{Figures, files_of, own_rule};
pub use files::names_a_file;
pub use links::Resolved;
pub use overviews::{MadeOverview, Overview, one_page};
pub use packed::Pack;
pub use programmes::Programme;
pub use related::Related;
use related::Relatedness;
pub use remembered::Remembered;
pub use sequences::{Place, Section};
pub use taxonomy::{Taxonomy, Term, TermKind};
pub use versions::{Adoption, Versions, changes_address};

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::config::Config;
use crate::content::ParsedPage;
use crate::content::kinds::Kind;
use crate::content::kinds::organisation::Organisations;
use crate::pathway::layout::Layouts;
use crate::source::SitePath;

/// The index of a page in [`Site::pages`].
pub type PageIndex = usize;

/// A file below `content/` that is published as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it stands.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
    /// The hash of its bytes.
    pub hash: [u8; 32],
}

impl Asset {
    /// Its address below the site's root.
    pub fn address(&self) -> &str {
        self.path.below(crate::content::FOLDER).unwrap_or(self.path.as_str())
    }
}

/// A page and its relations to others.
#[derive(Debug)]
pub struct Page {
    /// What its file says.
    pub parsed: ParsedPage,
    /// Where each reference in its text leads, in the order of [`crate::markdown::Document::references`].
    pub links: Vec<Resolved>,
    /// Pages that its fields name: the field (outermost), and the page.
    pub outgoing: Vec<Relation>,
    /// Pages whose fields name this one: their field and they themselves, in the order of listings.
    pub incoming: Vec<Relation>,
    /// Pages whose text links here and whose fields do not name it.
    pub linked_from: Vec<PageIndex>,
    /// The same page in other languages.
    pub translations: Vec<PageIndex>,
}

/// One page named by a field of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The outermost field: `network`, `cases`.
    pub field: String,
    /// The page at the other end.
    pub page: PageIndex,
}

/// A listing of pages at an address of its own.
#[derive(Debug)]
pub struct Listing {
    /// The kind that it lists.
    pub kind: &'static Kind,
    /// Its pages, in order.
    pub pages: Vec<PageIndex>,
    /// The writer's own page at its address, whose text stands above the list.
    pub intro: Option<PageIndex>,
}

/// A whole site.
#[derive(Debug)]
pub struct Site {
    /// Its configuration.
    pub config: Config,
    /// Its public pages, by address. With `--drafts`, the others too.
    pub pages: Vec<Page>,
    /// For each page, the drawing of its pathway.
    pub drawings: Vec<Option<Drawing>>,
    /// For each page, what may be seen of its figures.
    pub figures: Vec<Option<Figures>>,
    /// Pairs of pathways that are forms of one another, by the later form.
    pub comparisons: Vec<Compared>,
    /// The programme of each event.
    pub programmes: BTreeMap<PageIndex, Programme>,
    /// Which templates are versions of one another, and who uses them.
    pub versions: Versions,
    /// Drawings that were laid out before; it remembers what this build asks of it, and what it answers stays the same.
    pub layouts: Layouts,
    /// For each page, where it stands among others.
    pub places: Vec<Place>,
    /// The folders of plain pages.
    pub sections: Vec<Section>,
    /// One listing for each kind with pages or an index page, in the order of the registry.
    pub listings: Vec<Listing>,
    /// Its taxonomies.
    pub taxonomies: Vec<Taxonomy>,
    /// Its overviews that have something to show.
    pub overviews: Vec<MadeOverview>,
    /// Its organisations.
    pub organisations: Organisations,
    /// Files that are published as they stand, by path.
    pub assets: Vec<Asset>,
    /// Texts of data files that pages name: `.csv` of benchmarks and `.mmd` of pathways.
    pub data: HashMap<SitePath, String>,
    /// Old addresses and the pages that they lead to.
    pub redirects: Vec<(String, PageIndex)>,
    /// The links at the top: words and address below the root.
    pub navigation: Vec<(String, String)>,
    /// The instant that the site is made for.
    pub now: Timestamp,
    /// The next instant at which the site would come out differently, if content says one.
    pub next_change: Option<Timestamp>,
    /// What a pack shows of it; none for the website.
    pub pack: Option<Pack>,
    related: Relatedness,
    by_id: HashMap<String, PageIndex>,
    by_address: HashMap<String, PageIndex>,
}

impl Site {
    /// The file at a path, if it is published.
    pub fn asset(&self, path: &SitePath) -> Option<&Asset> {
        let index = self.assets.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
        self.assets.get(index)
    }

    /// The page that a reference of this kind and name means, by its slug or its code.
    pub fn find(&self, kind: &str, name: &str) -> Option<PageIndex> {
        let by_slug = format!("{kind}:{}", name.trim_matches('/'));
        let by_key = || references::key_id(kind, name);
        self.by_id.get(&by_slug).or_else(|| self.by_id.get(&by_key())).copied()
    }

    /// The earlier forms that a pathway is compared with on a page of its own.
    pub fn compared_with(&self, after: PageIndex) -> &[Compared] {
        let from = self.comparisons.partition_point(|compared| compared.after < after);
        let count = self.comparisons[from..].partition_point(|compared| compared.after == after);
        &self.comparisons[from..from + count]
    }

    /// The pathways that are compared with earlier forms.
    pub fn compared_pages(&self) -> impl Iterator<Item = PageIndex> {
        self.comparisons.chunk_by(|one, other| one.after == other.after).map(|pairs| pairs[0].after)
    }

    /// Puts a page with other words in the place of a page that differs from it in nothing else
    /// ([`ParsedPage::differs_in_text_only`]): whatever else the site holds is made without those words.
    pub fn set_words(&mut self, page: PageIndex, parsed: ParsedPage) {
        self.pages[page].parsed = parsed;
    }

    /// Others that a reader of a page may want next, the nearest first.
    pub fn related_to(&self, page: PageIndex) -> Vec<Related> {
        self.related.of(&self.pages, page)
    }

    /// The page at an address such as `case-studies/devon/`.
    pub fn page_at(&self, address: &str) -> Option<PageIndex> {
        self.by_address.get(address).copied()
    }
}

//! A site as a pack shows it. Pages that were not chosen keep their titles and fields, because chosen pages name them, and
//! nothing else of them is left: no text, no files, no place in any list, count, facet or search.

use jiff::civil::Date;

use super::assemble::{join, listing_order, listings};
use super::selection::Choice;
use super::taxonomy::ClosedTerms;
use super::{
    Page, PageIndex, Relatedness, Relation, Resolved, Site, addresses, files, overviews, programmes,
    sequences, taxonomy, versions,
};
use crate::source::SitePath;

/// What a pack holds of its site.
#[derive(Debug)]
pub struct Pack {
    /// What was chosen, in words: `the whole site`.
    pub selection: String,
    /// The page that was asked for by its name.
    pub first: Option<PageIndex>,
    /// The day whose state it shows.
    pub day: Date,
    /// Where the website is; links to what is not in the pack lead there.
    pub website: Option<String>,
    /// Whether its pages stand in one document.
    pub is_single_file: bool,
    /// Whether the pack holds each page and each file; none where it holds all.
    chosen: Option<Chosen>,
}

#[derive(Debug)]
struct Chosen {
    pages: Vec<bool>,
    assets: Vec<bool>,
}

impl Site {
    /// Whether readers find this page here: on the website always, in a pack where it was chosen.
    pub fn holds(&self, page: PageIndex) -> bool {
        self.chosen().is_none_or(|chosen| chosen.pages[page])
    }

    /// Whether this file is published here.
    pub fn holds_file(&self, asset: usize) -> bool {
        self.chosen().is_none_or(|chosen| chosen.assets[asset])
    }

    /// Whether only some of the site's pages were chosen.
    pub fn is_selection(&self) -> bool {
        self.chosen().is_some()
    }

    fn chosen(&self) -> Option<&Chosen> {
        self.pack.as_ref()?.chosen.as_ref()
    }

    /// The pages that readers find here.
    pub fn held_pages(&self) -> impl Iterator<Item = PageIndex> {
        (0..self.pages.len()).filter(|page| self.holds(*page))
    }

    /// The address of the website, also for a pack, which has none of its own.
    pub fn website(&self) -> Option<&str> {
        self.pack.as_ref().map_or(&self.config.base_url, |pack| &pack.website).as_deref()
    }

    /// The site as a pack shows it.
    #[must_use]
    pub fn packed(self, choice: Choice, is_single_file: bool) -> Self {
        let day = self.config.timezone.to_datetime(self.now).date();
        let Choice { pages, selection, first, .. } = choice;
        let (mut site, chosen) = match pages {
            Some(pages) => narrowed(self, pages),
            None => (self, None),
        };
        let website = site.config.base_url.take();
        // One document is narrowed by its own list.
        site.config.search &= !is_single_file;
        site.pack = Some(Pack { selection, first, day, website, is_single_file, chosen });
        site
    }
}

/// Makes every list anew from the pages that were chosen.
fn narrowed(mut site: Site, chosen: Vec<bool>) -> (Site, Option<Chosen>) {
    let is_chosen = |page: &PageIndex| chosen[*page];
    let assets = held_assets(&site.pages, &site.drawings, &site.assets, &chosen);
    let (mut parsed, mut links, mut relations) = (Vec::new(), Vec::new(), Vec::new());
    for (index, page) in std::mem::take(&mut site.pages).into_iter().enumerate() {
        let Page { parsed: one, links: its_links, outgoing, .. } = page;
        let is_held = chosen[index];
        parsed.push(if is_held { one } else { one.without_text() });
        links.push(if is_held { its_links } else { Vec::new() });
        relations.push(if is_held { outgoing } else { Vec::new() });
    }
    for (index, _) in chosen.iter().enumerate().filter(|(_, is_held)| !**is_held) {
        site.drawings[index] = None;
        site.figures[index] = None;
    }
    site.comparisons.retain(|pair| chosen[pair.before] && chosen[pair.after]);
    site.redirects.retain(|(_, page)| is_chosen(page));
    site.by_address.retain(|_, page| is_chosen(page));
    // Among each other the chosen pages are all that lists know.
    let inner: Vec<Vec<Relation>> = relations
        .iter()
        .map(|all| all.iter().filter(|relation| is_chosen(&relation.page)).cloned().collect())
        .collect();
    let order: Vec<PageIndex> = listing_order(&parsed).into_iter().filter(is_chosen).collect();
    site.listings = listings(&parsed, &order, &site.by_address);
    let find = |name: &str| site.by_id.get(&format!("network:{name}")).copied().filter(is_chosen);
    // What is wrong between versions was said when the whole site was assembled.
    site.versions = versions::versions(&parsed, &inner, &find, &mut Vec::new());
    site.programmes = programmes::programmes(&parsed, &inner, &site.config.timezone, &mut Vec::new());
    site.taxonomies = taxonomy::build(&ClosedTerms::of(&site.config), &parsed, &inner, &order);
    let about: Vec<_> = site.overviews.iter().map(|made| made.about).collect();
    let held = parsed.iter().enumerate().filter(|(index, _)| chosen[*index]).map(|(_, page)| page);
    site.overviews = overviews::made(&about, held, &site.organisations);
    let generated = addresses::generated(&site.config, &site.listings, &site.taxonomies, &site.overviews);
    let leads_somewhere =
        |address: &str| site.by_address.contains_key(address) || generated.contains(address);
    site.navigation.retain(|(_, address)| leads_somewhere(address));
    site.pages = join(parsed, links, relations, &order);
    let mut apart: Vec<PageIndex> = site.listings.iter().filter_map(|listing| listing.intro).collect();
    apart.extend((0..chosen.len()).filter(|page| !chosen[*page]));
    apart.sort_unstable();
    site.related = Relatedness::new(&site.config, &site.pages, &apart, &mut Vec::new());
    (site.sections, site.places) = sequences::places(&site.pages, &site.listings, &|page| chosen[page]);
    (site, Some(Chosen { pages: chosen, assets }))
}

/// The files that chosen pages name in fields, or link or show.
fn held_assets(
    pages: &[Page],
    drawings: &[Option<super::Drawing>],
    assets: &[super::Asset],
    chosen: &[bool],
) -> Vec<bool> {
    let mut held = vec![false; assets.len()];
    for (index, page) in pages.iter().enumerate().filter(|(index, _)| chosen[*index]) {
        let drawn = drawings[index].iter().flat_map(|drawing| drawing.links.values());
        for link in page.links.iter().chain(drawn) {
            if let Resolved::Asset(asset) = link {
                held[*asset] = true;
            }
        }
        let named: Vec<SitePath> = files::named_paths(&page.parsed).collect();
        for path in named {
            if let Ok(asset) = assets.binary_search_by(|asset| asset.path.cmp(&path)) {
                held[asset] = true;
            }
        }
    }
    held
}

//! Documents of one file that are made of a site beside its pages: a printed pack, a draft to be signed off. The stages
//! before are those of every build; these take the last one's place.

use super::Images;
use super::images::Source;
use crate::content;
use crate::diagnostic::Diagnostic;
use crate::render::{self, Files, Print, Renderer, SignOff};
use crate::site::{Asset, Site};
use crate::source::{ReadError, World};
use crate::theme::Theme;

/// The most sections of a printed document: about 1,500 sheets, which browsers still lay out.
pub const MOST_PRINTED: usize = 500;

impl Files for Images<'_> {
    fn whole(&self, asset: &Asset) -> Option<Vec<u8>> {
        Source::whole(self.source(), asset)
    }

    fn narrower(&self, asset: &Asset, width: u32) -> Option<Vec<u8>> {
        self.variant(asset, width).ok()
    }
}

/// Pages as one HTML document for paper; and the theme again, for the texts of its templates.
pub fn printed(
    site: &Site,
    theme: Theme,
    images: &Images<'_>,
    print: &Print<'_>,
) -> (Result<Vec<u8>, Box<Diagnostic>>, Theme) {
    let renderer = Renderer::new(site, theme, &images.pictures);
    let made = renderer.printed(print, images).map_err(|error| error.0);
    (made, renderer.into_theme())
}

/// One page for the one who approves it, as HTML; and the theme again.
pub fn signoff(
    site: &Site,
    theme: Theme,
    images: &Images<'_>,
    asked: &SignOff<'_>,
) -> (Result<Vec<u8>, Box<Diagnostic>>, Theme) {
    let renderer = Renderer::new(site, theme, &images.pictures);
    let made = renderer.signoff(asked, images).map_err(|error| error.0);
    (made, renderer.into_theme())
}

/// The same as a Word file.
///
/// # Errors
///
/// The page's file could not be read again.
pub fn signoff_word(world: &dyn World, site: &Site, asked: &SignOff<'_>) -> Result<Vec<u8>, ReadError> {
    let page = &site.pages[asked.page].parsed;
    let text = String::from_utf8_lossy(&world.read(&page.path)?).into_owned();
    let blocks = content::blocks(page, &text, &site.config.language);
    Ok(render::signoff_word(site, asked, blocks))
}

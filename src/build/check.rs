//! A site looked at without being published: every stage runs, and what it would write is dropped.

use jiff::Timestamp;

use super::{
    Assembled, ImageStore, Options, Progress, Unpublished, Verdict, address_problems, advice, assemble,
    sound_images, try_templates,
};
use crate::pathway::layout::Layouts;
use crate::site::Site;
use crate::source::{ReadError, World};
use crate::verdict::Coverage;

/// A site, and everything that there is to say of it.
pub struct Checked {
    /// The site.
    pub site: Site,
    /// Its problems and waivers.
    pub verdict: Verdict,
    /// Whether pages were rendered; else errors stood in the way, and templates may have problems of their own.
    pub is_whole: bool,
    /// Pages that are not published yet.
    pub unpublished: Vec<Unpublished>,
    /// How many pages were read, published or not.
    pub page_count: usize,
    /// See [`Assembled::next_change_at`].
    pub next_change_at: Option<Timestamp>,
}

/// Reads and assembles a site, looks at its images, tries its templates, and asks for advice. What was kept of images
/// and layouts is used, and nothing is added to it.
///
/// # Errors
///
/// The configuration could not be read: then there is no site here.
pub fn check(
    world: &dyn World,
    store: &dyn ImageStore,
    options: &Options,
    layouts: Layouts,
    progress: &Progress,
) -> Result<Checked, ReadError> {
    let Assembled { site, mut theme, mut problems, unpublished, page_count, next_change_at, .. } =
        assemble(world, options, layouts, progress)?;
    let (images, image_problems) = sound_images(world, store, &site, progress);
    problems.extend(image_problems);
    let mut is_whole = false;
    if let Some(loaded) = theme.take() {
        problems.extend(advice(&site, &loaded, world));
        let loaded = if problems.allow_rendering() {
            is_whole = true;
            let (found, loaded) = try_templates(&site, loaded, &images, progress);
            problems.extend(found);
            loaded
        } else {
            problems.extend(address_problems(&site, &loaded, &images));
            loaded
        };
        theme = Some(loaded);
    }
    let coverage = if is_whole { Coverage::Whole } else { Coverage::Part };
    let verdict = problems.verdict(world, theme.as_ref(), coverage);
    Ok(Checked { site, verdict, is_whole, unpublished, page_count, next_change_at })
}

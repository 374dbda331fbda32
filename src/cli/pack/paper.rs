//! `netsite pack --print`: chosen pages as one document for paper.

use super::Counts;
use crate::build::{self, Images, MOST_PRINTED};
use crate::cli::Failure;
use crate::diagnostic::Diagnostic;
use crate::render::Print;
use crate::site::Site;
use crate::site::selection::Choice;
use crate::text::upper_first;
use crate::theme::Theme;

/// The document and what it holds; or the template's error.
type Printed = Result<(Vec<u8>, Counts), Box<Diagnostic>>;

pub(super) fn printed(
    site: &Site,
    theme: Theme,
    images: &Images<'_>,
    choice: &Choice,
) -> Result<Printed, Failure> {
    let pages = choice.in_order(site);
    if pages.len() > MOST_PRINTED {
        let message = format!(
            "no document was made: {} pages were chosen, and more than {MOST_PRINTED} make a document so long that browsers \
             cannot print it",
            pages.len()
        );
        return Err(Failure::new(message)
            .help("choose a part with --event, --network or --select, and print the parts one by one"));
    }
    if pages.is_empty() {
        return Err(Failure::new("no document was made: the pages that were chosen only lead to others")
            .help("choose pages with a text of their own"));
    }
    let title = choice.first.map_or(&site.config.title, |page| &site.pages[page].parsed.title);
    let about = match choice.first.map(|page| site.pages[page].parsed.kind.name) {
        Some("event") => "The event, its sessions, and the pages that they name".to_string(),
        Some("network") => "The network, and the pages that name it".to_string(),
        _ => upper_first(&choice.selection),
    };
    let day = site.config.timezone.to_datetime(site.now).date();
    let print = Print { title, about: &about, day, selection: &pages };
    let counts = Counts { pages: pages.len(), needed: choice.needed_count };
    Ok(build::printed(site, theme, images, &print).0.map(|bytes| (bytes, counts)))
}

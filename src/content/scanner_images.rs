//! Images of scanners on a page that nobody says to have looked at.

use crate::diagnostic::Diagnostic;
use crate::disclosure::{is_of_a_scanner, unchecked_image};
use crate::fields::Values;
use crate::markdown::{Document, ReferenceKind};

/// Formats of drawings, which no scanner makes.
const DRAWN: &str = ".svg";

/// An error at each image of a scanner, unless the page says who looked at them.
pub(super) fn unchecked(values: &Values, body: &Document) -> Vec<Diagnostic> {
    if values.group("image_checked").is_some() {
        return Vec::new();
    }
    let images = body.references.iter().filter(|reference| reference.kind == ReferenceKind::Image);
    images
        .filter(|image| {
            let name = image.target.rsplit('/').next().unwrap_or("");
            !name.to_lowercase().ends_with(DRAWN) && is_of_a_scanner(&image.text, name)
        })
        .map(|image| unchecked_image().at(image.span))
        .collect()
}

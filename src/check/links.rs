//! Words of links and images that say little to a reader who hears them. Those that say nothing are told of by the build.

use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::markdown::ReferenceKind;

/// Links whose words are their address, which is read out letter by letter and says nothing of what is there.
pub(super) fn bare_address(page: &ParsedPage, problems: &mut Vec<Diagnostic>) {
    for link in page.body.references.iter().filter(|link| link.kind == ReferenceKind::Link) {
        let text = link.text.trim();
        let lower = text.to_lowercase();
        let is_address = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
        if is_address && !text.contains(' ') {
            problems.push(
                Diagnostic::advice(
                    "bare-address",
                    "the words of this link are its address, which screen readers read out letter by letter",
                )
                .at(link.span)
                .help("say what is there: `[what it opens](the address)`"),
            );
        }
    }
}

/// What people write before they say what an image shows; a screen reader has said already that it is an image.
const MEDIA: [&str; 11] = [
    "image of",
    "an image of",
    "picture of",
    "a picture of",
    "photo of",
    "a photo of",
    "photograph of",
    "a photograph of",
    "graphic of",
    "icon of",
    "screenshot of",
];

/// Words for images that begin with "image of".
pub(super) fn alt_names_medium(page: &ParsedPage, problems: &mut Vec<Diagnostic>) {
    for image in page.body.references.iter().filter(|image| image.kind == ReferenceKind::Image) {
        let lower = image.text.trim_start().to_lowercase();
        let Some(medium) = MEDIA.iter().find(|medium| {
            lower.strip_prefix(**medium).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        }) else {
            continue;
        };
        problems.push(
            Diagnostic::advice(
                "alt-names-medium",
                format!("the words for this image begin with `{medium}`, and a screen reader has said already what it is"),
            )
            .at(image.span)
            .help("begin with what it shows"),
        );
    }
}

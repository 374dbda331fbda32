//! Whether what a link leads to can stand where the link stands: an image is an image, and what is embedded can be.

use super::problem::Problem;
use super::{Resolved, Targets};
use crate::markdown::{Reference, ReferenceKind};

const IMAGE_EXTENSIONS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];

/// A page shows at most this many of others in its middle: each can be as large as a page.
pub(super) const MAX_EMBEDS: usize = 50;

impl Targets<'_> {
    /// What was found, if an image is an image and what is embedded can be.
    pub(super) fn fits<'s>(
        &'s self,
        reference: &Reference,
        (resolved, advice): (Resolved, Option<Problem<'s>>),
    ) -> Result<(Resolved, Option<Problem<'s>>), Problem<'s>> {
        let target = reference.target.trim();
        match (reference.kind, &resolved) {
            (ReferenceKind::Image, Resolved::Asset(index)) => {
                let extension = self.assets[*index].path.extension();
                if !IMAGE_EXTENSIONS.contains(&extension.as_str()) {
                    return Err(Problem::error(
                        "missing-image",
                        format!("`{target}` is not an image that browsers show"),
                        format!(
                            "use one of {}, or write a link without the ! before it",
                            IMAGE_EXTENSIONS.join(", ")
                        ),
                    ));
                }
            }
            (ReferenceKind::Image, _) => {
                return Err(Problem::error(
                    "missing-image",
                    format!("`{target}` is a page, not an image"),
                    "write a link without the ! before it",
                ));
            }
            (ReferenceKind::Embed, Resolved::Page(index, _)) => {
                let page = &self.pages[*index];
                if page.is_readable && !page.kind.embeddable {
                    return Err(embed_problem(target));
                }
            }
            (ReferenceKind::Embed, _) => return Err(embed_problem(target)),
            _ => {}
        }
        Ok((resolved, advice))
    }
}

fn embed_problem(path: &str) -> Problem<'static> {
    Problem::error(
        "not-embeddable",
        format!("`{path}` cannot be embedded: only pathways and benchmarks can"),
        "write an ordinary link, or name a page of content/pathways/ or content/benchmarks/",
    )
}

pub(super) fn too_many_embeds() -> Problem<'static> {
    Problem::error(
        "not-embeddable",
        format!("this page embeds more than {MAX_EMBEDS} others, which no reader would wait for"),
        "link the page instead, or divide this one into several",
    )
}

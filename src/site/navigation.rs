//! The links at the top of every page: those that `netsite.yaml` names, or one for each kind that has pages.

use std::collections::{HashMap, HashSet};

use super::links::Targets;
use super::{Listing, PageIndex};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// Words and addresses below the root. What leads nowhere is reported and left out.
pub(super) fn navigation(
    config: &Config,
    listings: &[Listing],
    targets: &Targets<'_>,
    by_address: &HashMap<String, PageIndex>,
    generated: &HashSet<String>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let Some(links) = &config.navigation else {
        return listings
            .iter()
            .filter(|listing| listing.kind.name != "session" && listing.kind.name != "assessment")
            .map(|listing| (listing.kind.plural.to_string(), format!("{}/", listing.kind.folder)))
            .collect();
    };
    links
        .iter()
        .filter_map(|link| {
            let written = link.link.value.as_str();
            let bare = written.trim_start_matches('/');
            let folder =
                if bare.is_empty() || bare.ends_with('/') { bare.to_string() } else { format!("{bare}/") };
            let by_file = SitePath::new(bare.strip_prefix("content/").map_or(bare, |rest| rest));
            let by_file = targets
                .pages
                .iter()
                .find(|page| page.path.below(crate::content::FOLDER) == Some(by_file.as_str()));
            let address = if by_address.contains_key(&folder) || generated.contains(&folder) {
                Some(folder.clone())
            } else {
                by_file.map(|page| page.address.clone())
            };
            if address.is_none() {
                problems.push(
                    Diagnostic::error(
                        "broken-link",
                        format!("the navigation leads to `{written}`, and there is nothing there"),
                    )
                    .in_file(&SitePath::new(crate::config::FILE_NAME))
                    .at(link.link.span)
                    .help(
                        crate::text::nearest(&folder, by_address.keys().map(String::as_str)).map_or_else(
                            || "write an address of the site such as /case-studies/".to_string(),
                            |near| format!("did you mean `/{near}`?"),
                        ),
                    ),
                );
            }
            Some((link.title.clone(), address?))
        })
        .collect()
}

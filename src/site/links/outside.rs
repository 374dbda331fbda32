//! Links to other sites, and to this one by its whole address.

use super::problem::Problem;
use super::written::decode_percent;
use super::{Resolved, Targets};
use crate::content;
use crate::markdown::{Reference, ReferenceKind};
use crate::text::did_you_mean;

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

impl Targets<'_> {
    pub(super) fn outside<'s>(
        &'s self,
        reference: &Reference,
        scheme: &str,
        target: &str,
    ) -> Result<Resolved, Problem<'s>> {
        let scheme = scheme.to_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            let kinds = crate::content::kinds::ALL.iter().map(|kind| kind.name);
            let help = if scheme.len() == 1 {
                "copy the file beside the page and link it by its name".to_string()
            } else {
                did_you_mean(&scheme, kinds).unwrap_or_else(|| {
                    "links begin with https:, http:, mailto: or tel:, or name a file or a page".to_string()
                })
            };
            return Err(Problem::error(
                "unsafe-link",
                format!(
                    "a link that begins with `{scheme}:` is not published: it could do harm or leads nowhere"
                ),
                help,
            ));
        }
        if reference.kind == ReferenceKind::Image {
            return Err(Problem::error(
                "external-image",
                format!(
                    "the image `{target}` would be fetched from another site, which tells that site who reads the page"
                ),
                "copy the image beside the page and link it by its name",
            ));
        }
        if let Some(base_url) = self.base_url
            && let Some(rest) = target.strip_prefix(base_url)
        {
            let address = decode_percent(rest.split(['#', '?']).next().unwrap_or(""));
            if !self.is_published(&address) {
                let message = format!("there is no page at `/{address}` on this site");
                return Err(Problem::costly_error("broken-link", message, move || {
                    self.nearest_address(&address)
                }));
            }
        }
        Ok(Resolved::External(target.into()))
    }

    /// Whether something of this site stands at an address.
    fn is_published(&self, address: &str) -> bool {
        self.by_address.contains_key(address)
            || self.generated.contains(address)
            || self.asset_paths.contains_key(format!("{}/{address}", content::FOLDER).as_str())
    }
}

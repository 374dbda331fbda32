//! What stands beside a page among results: whose it is, how far its claim has come, when somebody last looked at it.
//!
//! It travels as further facets that readers cannot choose: the search hands them back with each result as they are.

use crate::content::Status;
use crate::site::{PageIndex, Site};
use crate::text::long_date;
use crate::theme::rung;

/// Ladders in the order in which one is chosen, each with the words before its rung.
const LADDERS: [(&str, &str); 3] = [("verification", ""), ("evidence", "Evidence: "), ("stage", "")];

/// What is shown of a page, by name: `lang`, `of` (its networks), `flag`, `steps` (`2/4` or `stopped`) with `rung`,
/// `when` or, where it is too late, `due`.
pub(super) fn of(site: &Site, index: PageIndex) -> Vec<(String, String)> {
    let page = &site.pages[index];
    let values = &page.parsed.values;
    let mut shown: Vec<(&str, String)> = Vec::new();
    if let Some(lang) = values.text("lang").filter(|lang| *lang != site.config.language) {
        shown.push(("lang", lang.to_string()));
    }
    let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
    let networks: Vec<&str> =
        networks.map(|relation| site.pages[relation.page].parsed.title.as_str()).collect();
    match networks.len() {
        0 => {}
        1 | 2 => shown.push(("of", networks.join(", "))),
        many => shown.push(("of", format!("{many} networks"))),
    }
    match page.parsed.status {
        Status::Draft | Status::InReview => shown.push(("flag", "Draft".to_string())),
        Status::Archived => shown.push(("flag", "Archived".to_string())),
        Status::Published => {
            if values.text("provenance") == Some("illustrative") || values.flag("fictional") == Some(true) {
                shown.push(("flag", "Illustrative".to_string()));
            }
        }
    }
    let claim = LADDERS.iter().find_map(|(name, before)| Some((name, before, values.text(name)?)));
    let maturity = || Some((&"level", &"Maturity: ", values.text("level")?));
    let claim = if page.parsed.kind.name == "assessment" { maturity() } else { claim };
    if let Some((name, before, value)) = claim
        && let Some(rung) = rung(name, value)
    {
        let word = if before.is_empty() { rung.word } else { rung.word.to_lowercase() };
        let steps = if value == "stopped" { value.to_string() } else { format!("{}/{}", rung.step, rung.of) };
        shown.push(("steps", steps));
        shown.push(("rung", format!("{before}{word}")));
    }
    shown.extend(when(site, index));
    shown.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

/// The day of an event or a session; of other pages, that of the last review or on which one was due.
fn when(site: &Site, index: PageIndex) -> Option<(&'static str, String)> {
    let page = &site.pages[index].parsed;
    let values = &page.values;
    if let Some(time) = values.local_time("starts").or_else(|| values.local_time("start")) {
        return Some(("when", long_date(time.date)));
    }
    let today = site.config.timezone.to_datetime(site.now).date();
    match values.date("review_by").filter(|due| *due < today) {
        Some(due) if page.status != Status::Archived => {
            Some(("due", format!("Review was due {}", long_date(due))))
        }
        _ => values.date("last_reviewed").map(|day| ("when", format!("Reviewed {}", long_date(day)))),
    }
}

//! Who speaks at which sessions, over all events.

use std::collections::BTreeMap;

use super::names::{is_open_role, key, person};
use crate::content::{ParsedPage, Status};
use crate::site::{PageIndex, Site};

/// Somebody who speaks, or a role of those who do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// As they were first named.
    pub name: String,
    /// Whether it is a role that several people can have.
    pub is_role: bool,
    /// Their sessions, by time.
    pub sessions: Vec<PageIndex>,
}

/// Whether a page names speakers.
pub fn names_speakers(page: &ParsedPage) -> bool {
    page.kind.name == "session"
        && page.status != Status::Archived
        && page.values.texts("speakers").next().is_some()
}

/// All speakers, by name.
pub fn speakers(site: &Site) -> Vec<Speaker> {
    let mut sessions: Vec<PageIndex> =
        (0..site.pages.len()).filter(|page| names_speakers(&site.pages[*page].parsed)).collect();
    sessions.sort_by_key(|page| (site.pages[*page].parsed.values.local_time("start"), *page));
    let mut all: BTreeMap<String, Speaker> = BTreeMap::new();
    for session in sessions {
        for name in site.pages[session].parsed.values.texts("speakers") {
            let speaker = all.entry(key(&person(name.value))).or_insert_with(|| Speaker {
                name: name.value.to_string(),
                is_role: is_open_role(name.value),
                sessions: Vec::new(),
            });
            if speaker.sessions.last() != Some(&session) {
                speaker.sessions.push(session);
            }
        }
    }
    let mut all: Vec<Speaker> = all.into_values().collect();
    // People stand by the name as it is written, without its title.
    all.sort_by_cached_key(|speaker| (person(&speaker.name).to_lowercase(), speaker.name.clone()));
    all
}

//! What is remembered of links from one check to the next: when each last worked. It is a cache: damaged, it is empty.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, LinkOptions};

/// What is remembered, by address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCache {
    links: BTreeMap<String, Kept>,
}

/// What is remembered of one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// When it last worked.
    pub last_worked: Timestamp,
    /// Where it led for good, then.
    pub moved_to: Option<String>,
}

impl LinkCache {
    /// At most this many bytes are read.
    pub const MAX_BYTES: usize = 50_000_000;

    /// From what was kept.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// To keep it.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Forgets the addresses that the site no longer links.
    pub fn keep_only(&mut self, is_linked: impl Fn(&str) -> bool) {
        self.links.retain(|url, _| is_linked(url));
    }

    /// When an address last worked.
    pub fn last_worked(&self, url: &str) -> Option<Timestamp> {
        self.links.get(url).map(|kept| kept.last_worked)
    }

    #[cfg_attr(not(feature = "external-links"), expect(dead_code, reason = "only a check asks"))]
    pub(super) fn is_fresh(&self, url: &str, options: &LinkOptions) -> bool {
        // A clock that was set back makes nothing fresh for ever.
        self.last_worked(url).is_some_and(|then| {
            then <= options.now && options.now.duration_since(then).unsigned_abs() < options.fresh
        })
    }

    /// What an address that is fresh answered.
    #[cfg_attr(not(feature = "external-links"), expect(dead_code, reason = "only a check asks"))]
    pub(super) fn answer(&self, url: &str) -> Answer {
        let moved_to = self.links.get(url).and_then(|kept| kept.moved_to.clone());
        moved_to.map_or(Answer::Works, Answer::Moved)
    }

    #[cfg_attr(not(feature = "external-links"), expect(dead_code, reason = "only a check asks"))]
    pub(super) fn note(&mut self, url: &str, answer: &Answer, now: Timestamp) {
        let moved_to = match answer {
            Answer::Works => None,
            Answer::Moved(to) => Some(to.clone()),
            _ => return,
        };
        self.links.insert(url.to_string(), Kept { last_worked: now, moved_to });
    }
}

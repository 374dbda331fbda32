//! What was found in attachments, kept from one run to the next, so that a deck of slides that has not changed costs
//! nothing. Findings hold no value, so neither does what is kept. Damaged, or made by another version, it counts as none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::Inside;

/// What looked at the files: `build.rs` hashes the code of this folder, so that no change to it can be forgotten here.
const MAKER: &str = concat!(
    "netsite scans ",
    env!("CARGO_PKG_VERSION"),
    " ",
    env!("NETSITE_DISCLOSURE"),
    " ",
    env!("NETSITE_DEPENDENCIES"),
    "\n"
);
/// The most bytes that are kept.
pub const MAX_KEPT_BYTES: usize = 50_000_000;
const HASH: usize = 32;

/// The findings in the attachments of one site.
#[derive(Debug, Default)]
pub struct Scans {
    /// What the run before kept, by what was looked at.
    before: BTreeMap<String, Vec<Inside>>,
    /// What this run made or asked for.
    now: Mutex<Now>,
    /// Whether the bytes that came in were no findings of this version.
    is_unreadable: bool,
}

#[derive(Debug, Default)]
struct Now {
    used: BTreeSet<String>,
    made: BTreeMap<String, Vec<Inside>>,
}

impl Scans {
    /// The findings that [`Scans::to_bytes`] gave to an earlier run; none where anything is wrong with them.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match kept(bytes) {
            Some(before) => Self { before, ..Self::default() },
            None => Self { is_unreadable: !bytes.is_empty(), ..Self::default() },
        }
    }

    /// What the next run can take up: the findings that were asked for. None where that is what came in.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.made.is_empty() && now.used.len() == self.before.len() && !self.is_unreadable {
            return None;
        }
        let used = self.before.iter().filter(|(key, _)| now.used.contains(*key));
        let all: BTreeMap<&String, &Vec<Inside>> = used.chain(&now.made).collect();
        let mut bytes = MAKER.as_bytes().to_vec();
        bytes.extend(serde_json::to_vec(&all).ok()?);
        let hash = blake3::hash(&bytes);
        bytes.extend(hash.as_bytes());
        (bytes.len() <= MAX_KEPT_BYTES).then_some(bytes)
    }

    /// What was found in a file with these bytes (by their hash) and this ending of its name: what was kept, or what `look`
    /// finds.
    pub fn found(
        &self,
        hash: &[u8; HASH],
        extension: &str,
        look: impl FnOnce() -> Vec<Inside>,
    ) -> Vec<Inside> {
        let key = format!("{}.{extension}", blake3::Hash::from(*hash).to_hex());
        if let Some(found) = self.before.get(&key) {
            self.now.lock().unwrap_or_else(PoisonError::into_inner).used.insert(key);
            return found.clone();
        }
        let found = look();
        self.now.lock().unwrap_or_else(PoisonError::into_inner).made.insert(key, found.clone());
        found
    }
}

fn kept(bytes: &[u8]) -> Option<BTreeMap<String, Vec<Inside>>> {
    let (content, hash) = bytes.split_last_chunk::<HASH>()?;
    let findings = content.strip_prefix(MAKER.as_bytes())?;
    if blake3::hash(content).as_bytes() != hash {
        return None;
    }
    serde_json::from_slice(findings).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::Kind;

    fn inside() -> Vec<Inside> {
        vec![Inside { kind: Kind::NhsNumber, is_sure: true, place: "on slide 3".to_string() }]
    }

    #[test]
    fn what_was_found_once_is_not_looked_for_again() {
        let first = Scans::from_bytes(&[]);
        assert_eq!(first.found(&[1; 32], "pptx", inside), inside());
        let bytes = first.to_bytes().unwrap();
        let second = Scans::from_bytes(&bytes);
        assert_eq!(second.found(&[1; 32], "pptx", Vec::new), inside());
        assert_eq!(second.to_bytes(), None, "nothing else to keep");
        assert_eq!(second.found(&[1; 32], "docx", Vec::new), [], "another name may mean another format");
        let third = Scans::from_bytes(&bytes);
        assert!(third.to_bytes().is_some_and(|kept| kept.len() < bytes.len()), "what is gone is dropped");
    }

    #[test]
    fn damaged_bytes_count_as_none() {
        let scans = Scans::from_bytes(&[]);
        scans.found(&[1; 32], "pptx", inside);
        let bytes = scans.to_bytes().unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            let scans = Scans::from_bytes(&damaged);
            assert_eq!(scans.found(&[1; 32], "pptx", Vec::new), []);
            assert!(scans.to_bytes().is_some());
        }
    }
}

//! What open pages are told: whether they changed, which styles and images did, what is wrong, and how far the page
//! that is looked at has come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tiny_http::Request;

use crate::build::{Opened, Unpublished, Updated};
use crate::content::ParsedPage;
use crate::diagnostic::Located;
use crate::source::SitePath;

/// An open page that asks whether something changed.
#[derive(Debug)]
pub(crate) struct Look {
    pub(super) request: Request,
    /// The file of the page below the site's root: `about/index.html`.
    pub(super) page: String,
    /// The hash of the page as it was sent.
    pub(super) hash: String,
    /// What it knows of: the number of the last change.
    pub(super) version: u64,
    /// Whether it asks for the first time, and wants to know how things stand.
    pub(super) is_first: bool,
}

/// How many pages may wait for the next change; further ones are told to ask again later.
pub(super) const MOST_LOOKING: usize = 64;

/// What is known of the site as it stands, and who waits for the next change.
pub(super) struct Live {
    follows: bool,
    /// The number of the last change. It begins with the time, so that pages from before a restart are told.
    version: u64,
    problems: Vec<Located>,
    unpublished: Vec<Unpublished>,
    /// Templates and images that failed since the last change, by output.
    failed: Mutex<BTreeMap<String, Located>>,
    /// Files that pages show, each with the hash that it last had.
    files: BTreeMap<String, [u8; 32]>,
    /// The change that each file came with, for those that changed.
    changed_files: BTreeMap<String, u64>,
    /// The page that was edited last, and the change that it came with.
    edited: Option<(String, u64)>,
    pub(super) looking: Mutex<Vec<Look>>,
    /// The last good form of pages that were looked at, the newest last.
    pub(super) good: Mutex<Vec<(String, Vec<u8>)>>,
}

impl Live {
    pub(super) fn new(follows: bool) -> Self {
        let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self {
            follows,
            version: since_1970.map_or(1, |since| since.as_secs()) << 20,
            problems: Vec::new(),
            unpublished: Vec::new(),
            failed: Mutex::default(),
            files: BTreeMap::new(),
            changed_files: BTreeMap::new(),
            edited: None,
            looking: Mutex::default(),
            good: Mutex::default(),
        }
    }

    /// A change begins.
    pub(super) fn note_problems(&mut self, problems: Vec<Located>, unpublished: &[Unpublished]) {
        self.version += 1;
        self.problems = problems;
        self.unpublished = unpublished.to_vec();
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Takes note of which files pages show, and of the page that was edited.
    pub(super) fn note_outputs(
        &mut self,
        opened: &Opened<'_>,
        edited: &BTreeSet<SitePath>,
        updated: Updated,
    ) {
        self.problems.extend(opened.located_problems());
        if matches!(updated, Updated::Site | Updated::Theme) {
            let files: BTreeMap<String, [u8; 32]> = opened.files().collect();
            let is_other = |(path, hash): &(&String, &[u8; 32])| self.files.get(*path) != Some(*hash);
            if !self.files.is_empty() {
                let changed = files.iter().filter(is_other);
                self.changed_files.extend(changed.map(|(path, _)| (path.clone(), self.version)));
            }
            self.files = files;
        }
        let page = edited.iter().find_map(|path| opened.address_of(path));
        if let Some(page) = page {
            self.edited = Some((page, self.version));
        }
    }

    pub(super) fn problems(&self) -> &[Located] {
        &self.problems
    }

    pub(super) fn unpublished(&self) -> &[Unpublished] {
        &self.unpublished
    }

    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Takes note of an output that could not be rendered.
    pub(super) fn note_failure(&self, path: &str, problem: Located) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string(), problem);
    }

    /// Everything that is wrong, with what was found in rendering.
    pub(super) fn all_problems(&self) -> Vec<Located> {
        let mut all = self.problems.clone();
        for problem in self.failed.lock().unwrap_or_else(PoisonError::into_inner).values() {
            if !all.contains(problem) {
                all.push(problem.clone());
            }
        }
        all
    }

    /// What a page is told that knows of an earlier change. `hash` is that of the page as it is now; none where there is
    /// no such page any more.
    pub(super) fn told(
        &self,
        look: &Look,
        hash: Option<&str>,
        page: Option<&ParsedPage>,
        source: Option<&SitePath>,
    ) -> Value {
        let files: Vec<&String> = self
            .changed_files
            .iter()
            .filter(|(_, version)| **version > look.version)
            .map(|(path, _)| path)
            .collect();
        let followed = self.edited.as_ref().filter(|(page, version)| {
            self.follows && !look.is_first && *version > look.version && *page != address_of(&look.page)
        });
        let problems: Vec<Value> = self.all_problems().iter().map(problem).collect();
        json!({
            "version": self.version,
            "page": match hash {
                None => "gone",
                Some(hash) if hash == look.hash => "same",
                Some(_) => "changed",
            },
            "files": files,
            "go": followed.map(|(page, _)| page),
            "problems": problems,
            "source": source.map(SitePath::as_str),
            "status": page.and_then(|page| status(page, &self.unpublished)),
            "missing": page.map(|page| page.missing.clone()).unwrap_or_default(),
        })
    }
}

/// The address of a page by its file.
fn address_of(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// How far a page has come, where readers do not see it yet.
fn status(page: &ParsedPage, unpublished: &[Unpublished]) -> Option<String> {
    unpublished
        .iter()
        .find(|waiting| waiting.path == page.path.as_str())
        .map(|waiting| waiting.status.clone())
}

/// A problem as the page shows it: the line that is meant, with the place in it.
pub(super) fn problem(problem: &Located) -> Value {
    let (line, from, to) = meant_line(problem);
    json!({
        "severity": problem.severity,
        "code": problem.code,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "help": problem.help,
        "text": line,
        "before": line.get(..from).unwrap_or(""),
        "meant": line.get(from..to).unwrap_or(""),
    })
}

/// The line of the excerpt in which the main place begins, and the place in it.
pub(super) fn meant_line(problem: &Located) -> (&str, usize, usize) {
    let excerpt = problem.excerpt.as_str();
    let Some(label) = problem.labels.first() else { return ("", 0, 0) };
    let start = label.start.min(excerpt.len());
    let Some(head) = excerpt.get(..start) else { return ("", 0, 0) };
    let line_start = head.rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = excerpt[start..].find('\n').map_or(excerpt.len(), |newline| start + newline);
    let line = &excerpt[line_start..line_end];
    (line, start - line_start, label.end.clamp(start, line_end) - line_start)
}

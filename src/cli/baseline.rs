//! Problems that were there before: written down by `netsite check --write-baseline`, so that only others fail a later
//! run. They are known again by rule, file and the words of their line, not by its number.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Failure;
use crate::diagnostic::Located;
use crate::disk::{AskedFile, Replacing};

/// The first key of every baseline, by which an earlier one is known.
const MARK: &str = "netsite_baseline";

/// A baseline is not read beyond so many bytes.
const MAX_BYTES: usize = 100_000_000;

/// How many problems there were of each fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Baseline(BTreeMap<String, usize>);

impl Baseline {
    /// The problems of another run.
    pub(super) fn of(problems: &[Located]) -> Self {
        let mut baseline = Self::default();
        baseline.add(problems);
        baseline
    }

    fn add(&mut self, problems: &[Located]) {
        for problem in problems {
            *self.0.entry(problem.fingerprint.clone()).or_default() += 1;
        }
    }

    /// Both together; what is in both counts as often as in the one that has it more often.
    pub(super) fn join(&mut self, other: Self) {
        for (fingerprint, count) in other.0 {
            let own = self.0.entry(fingerprint).or_default();
            *own = (*own).max(count);
        }
    }

    /// For each problem whether it was there.
    pub(super) fn was_there(&self, problems: &[Located]) -> Vec<bool> {
        let mut left = self.0.clone();
        let mut take = |problem: &Located| match left.get_mut(&problem.fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        problems.iter().map(&mut take).collect()
    }

    /// Reads a file that an earlier run wrote.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let refused = |why: String| {
            Failure::new(format!("the baseline `{}` cannot be read: {why}", path.display())).help(format!(
                "write one from the state that counts as known: netsite check --write-baseline {}",
                path.display()
            ))
        };
        let file = AskedFile::at(path).map_err(|error| refused(error.to_string()))?;
        if !file.is_there() {
            return Err(refused("there is no such file".to_string()));
        }
        let bytes = file.read(MAX_BYTES).map_err(|error| refused(error.to_string()))?;
        parse(&bytes).ok_or_else(|| refused("it is no baseline of netsite".to_string()))
    }

    /// Writes problems down, in place of an earlier baseline and of nothing else.
    /// Never where it would be published.
    pub(super) fn write(path: &Path, root: &Path, problems: &[Located]) -> Result<(), Failure> {
        let failed = |why: String| {
            Failure::new(format!("the baseline cannot be written to `{}`: {why}", path.display()))
        };
        let file = AskedFile::at(path)
            .map_err(|error| failed(error.to_string()).help("name a file in a folder that is there"))?;
        for folder in [crate::content::FOLDER, crate::theme::FOLDER] {
            if file.is_inside(&root.join(folder)) {
                return Err(failed(format!("what lies in `{folder}` is a part of the site"))
                    .help("name a file outside, such as --write-baseline baseline.json"));
            }
        }
        if file.is_there() && file.read(MAX_BYTES).ok().and_then(|bytes| parse(&bytes)).is_none() {
            return Err(failed("another file is there, and it is no baseline".to_string())
                .help("choose another name, or take that file away"));
        }
        file.write(text(problems).as_bytes(), Replacing::Allowed).map_err(|error| failed(error.to_string()))
    }
}

/// The rule and the file stand beside each fingerprint for people, so that a change to a baseline can be reviewed.
fn text(problems: &[Located]) -> String {
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for problem in problems {
        *known.entry((&problem.path, &problem.code, &problem.fingerprint)).or_default() += 1;
    }
    let problems: Vec<Value> = known
        .into_iter()
        .map(|((file, rule, fingerprint), count)| {
            json!({ "file": file, "rule": rule, "fingerprint": fingerprint, "count": count })
        })
        .collect();
    format!("{:#}\n", json!({ MARK: 1, "problems": problems }))
}

fn parse(bytes: &[u8]) -> Option<Baseline> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value.get(MARK)?;
    let mut baseline = Baseline::default();
    for problem in value.get("problems")?.as_array()? {
        let count = usize::try_from(problem.get("count")?.as_u64()?).ok()?;
        let fingerprint = problem.get("fingerprint")?.as_str()?.to_string();
        let known = baseline.0.entry(fingerprint).or_default();
        *known = known.saturating_add(count);
    }
    Some(baseline)
}

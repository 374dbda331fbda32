//! `netsite check`: everything that there is to say of a site, and nothing written into it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::baseline::Baseline;
use super::build::CACHE_FOLDER;
use super::closing::{self, Counts};
use super::compare::{self, Difference};
use super::report::{Format, Report};
use super::summary::SummaryFile;
use super::terminal::{ProgressLine, print_error};
use super::{Failure, Outcome};
use crate::build::{self, Checked, NoStore, Options, Progress};
use crate::diagnostic::Located;
use crate::disk::{DiskWorld, HistoryError, HistoryWorld, ImageFolder, KeptFile};
use crate::pathway::layout::{Layouts, MAX_KEPT_BYTES};
use crate::text::{counted, did_you_mean};
use crate::verdict::{is_by_date, rule, rules};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Only problems of these rules: the words in brackets of their messages
    #[arg(long, value_name = "CODE", num_args = 1.., value_delimiter = ',')]
    only: Vec<String>,
    /// Check what is published at this instant, e.g. "2026-12-01 09:00 Europe/London" or 2026-12-01
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
    /// Check drafts and pages under embargo as if they were published
    #[arg(long)]
    drafts: bool,
    /// Fail only for problems that were not there where this branch left REF, e.g. main
    #[arg(long, value_name = "REF")]
    since: Option<String>,
    /// Fail only for problems that this file does not hold
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write today's problems down for --baseline
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Write a summary in Markdown; with --since, of pages and published figures that change
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// The same site before the change.
struct Before {
    /// None where there was no site.
    checked: Option<(Checked, HistoryWorld)>,
    commit: String,
}

impl Check {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let started = Instant::now();
        for code in &self.only {
            known_rule(code)?;
        }
        let root = super::root(self.root.as_ref())?;
        let now = super::instant(self.as_of.as_deref(), &root)?;
        let summary_file = self.summary.as_deref().map(|path| SummaryFile::at(path, &root)).transpose()?;
        let mut baseline = self.baseline.as_deref().map(Baseline::read).transpose()?;
        let progress = Arc::new(Progress::default());
        let progress_line = ProgressLine::watch(&progress);
        let options = Options { base_url: None, drafts: self.drafts };
        let world = DiskWorld::new(root.clone(), now);
        let cache = root.join(CACHE_FOLDER);
        let kept = KeptFile::new(cache.join("layouts"));
        let layouts = || Layouts::from_bytes(kept.read(MAX_KEPT_BYTES));
        let store = ImageFolder::new(cache.join("images"));
        let mut after = build::check(&world, &store, &options, layouts(), &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        self.keep_asked(&mut after.verdict.problems);
        let mut earlier_state = None;
        if let Some(reference) = &self.since {
            let mut earlier = before(reference, &root, now, &options, layouts(), &progress)?;
            let problems = earlier.checked.as_mut().map(|(checked, _)| {
                self.keep_asked(&mut checked.verdict.problems);
                Baseline::of(&checked.verdict.problems)
            });
            baseline.get_or_insert_default().join(problems.unwrap_or_default());
            earlier_state = Some(earlier);
        }
        drop(progress_line);
        let problems = &after.verdict.problems;
        let was_there = baseline.as_ref().map(|baseline| baseline.was_there(problems)).unwrap_or_default();
        if let Some(path) = &self.write_baseline {
            Baseline::write(path, &root, problems)?;
        }
        let run = Run { check: &self, after: &after, before: earlier_state.as_ref(), was_there: &was_there };
        if let Some(file) = &summary_file {
            file.write(&run.markdown(&world))?;
        }
        let outcome = run.finish(&root, started);
        // The command ends here: to give back the memory of a large site piece by piece takes long.
        std::mem::forget((after, earlier_state));
        outcome
    }

    fn keep_asked(&self, problems: &mut Vec<Located>) {
        if !self.only.is_empty() {
            problems.retain(|problem| self.only.contains(&problem.code));
        }
    }
}

/// The site where the branch that is checked out left `reference`.
fn before(
    reference: &str,
    root: &Path,
    now: Timestamp,
    options: &Options,
    layouts: Layouts,
    progress: &Progress,
) -> Result<Before, Failure> {
    let world = HistoryWorld::since(root, reference, now).map_err(|error| no_history(reference, &error))?;
    let commit = world.commit().to_string();
    if !world.has_site() {
        return Ok(Before { checked: None, commit });
    }
    let checked = build::check(&world, &NoStore, options, layouts, progress)
        .map_err(|error| Failure::new(format!("at {commit}: {error}")))?;
    Ok(Before { checked: Some((checked, world)), commit })
}

/// What was found, to be shown.
struct Run<'a> {
    check: &'a Check,
    after: &'a Checked,
    before: Option<&'a Before>,
    /// Empty where nothing is known of before.
    was_there: &'a [bool],
}

impl Run<'_> {
    fn is_compared(&self) -> bool {
        self.check.since.is_some() || self.check.baseline.is_some()
    }

    fn finish(&self, root: &Path, started: Instant) -> Result<Outcome, Failure> {
        let Checked { site, verdict, page_count, next_change_at, .. } = self.after;
        let folder = super::folder_in_repository(root);
        let mut report =
            Report { problems: &verdict.problems, was_there: self.was_there, folder: &folder, summary: None };
        let counts = Counts::of(report.new_problems());
        let known_count = verdict.problems.len() - report.new_problems().count();
        // A day that has come is no fault of a change.
        let failing =
            report.new_problems().filter(|problem| !(self.is_compared() && is_by_date(&problem.code)));
        let fails = Counts::of(failing).stop(self.check.deny_warnings);
        let mut summary = closing::summary(*page_count, counts, &verdict.waived, *next_change_at);
        if let Value::Object(summary) = &mut summary {
            summary.insert("already_there".to_string(), known_count.into());
            summary.insert("since".to_string(), json!(self.before.map(|before| &before.commit)));
            summary.insert("fails".to_string(), fails.into());
        }
        report.summary = Some(summary);
        report.show(self.check.format)?;
        print_error(&closing::waivers_in_words(&verdict.waived, self.check.format));
        let time = started.elapsed().as_secs_f64();
        let pages = counted(*page_count, "page", "pages");
        let of_rules = match &self.check.only[..] {
            [] => String::new(),
            codes => format!(" of {}", crate::text::list_words(codes, "and")),
        };
        let kind = if self.is_compared() { "new: " } else { "" };
        print_error(&format!("Checked {pages}: {kind}{}{of_rules}; {time:.2} s.\n", counts.in_words()));
        print_error(&self.known_in_words(known_count));
        print_error(&self.standing_in_words(counts, fails));
        print_error(&closing::next_change_in_words(*next_change_at, &site.config.timezone));
        Ok(if fails { Outcome::ContentErrors } else { Outcome::Clean })
    }

    fn known_in_words(&self, count: usize) -> String {
        let whence = match (&self.check.since, self.before) {
            (Some(reference), Some(Before { checked: None, commit })) => {
                return format!("There was no site yet at {commit}, where this branch left {reference}.\n");
            }
            (Some(reference), Some(before)) => {
                format!("at {}, where this branch left {reference}", before.commit)
            }
            _ => "in the baseline".to_string(),
        };
        match count {
            0 => String::new(),
            1 => format!("1 more problem was there already {whence}. It does not fail this check.\n"),
            count => {
                let problems = counted(count, "more problem", "more problems");
                format!("{problems} were there already {whence}. They do not fail this check.\n")
            }
        }
    }

    fn standing_in_words(&self, counts: Counts, fails: bool) -> String {
        let unseen = if self.after.is_whole {
            ""
        } else {
            "Pages were not rendered, so templates may have problems that show once the errors are mended.\n"
        };
        let standing = if counts.errors > 0 && fails {
            let errors = counted(counts.errors, "error is", "errors are");
            format!("Nothing is published until the {errors} mended.\n")
        } else if fails {
            "The warnings count as errors (--deny-warnings).\n".to_string()
        } else if self.is_compared() || !self.check.only.is_empty() {
            String::new()
        } else {
            "Nothing stands in the way of publishing it.\n".to_string()
        };
        format!("{standing}{unseen}")
    }

    /// The summary for a pull request.
    fn markdown(&self, world: &DiskWorld) -> String {
        let difference =
            self.before.and_then(|before| before.checked.as_ref()).map(|(checked, earlier)| Difference {
                changes: compare::compare(&checked.site, &self.after.site, earlier, world),
                mended: Baseline::of(&self.after.verdict.problems)
                    .was_there(&checked.verdict.problems)
                    .into_iter()
                    .filter(|is_still_there| !is_still_there)
                    .count(),
            });
        let report =
            Report { problems: &self.after.verdict.problems, was_there: self.was_there, ..Report::default() };
        let problems: Vec<&Located> = report.new_problems().collect();
        super::summary::markdown(difference.as_ref(), &problems, &self.after.verdict.waived)
    }
}

fn known_rule(code: &str) -> Result<(), Failure> {
    if rule(code).is_some() {
        return Ok(());
    }
    let help = did_you_mean(code, rules().iter().map(|rule| rule.code));
    Err(Failure::new(format!("there is no rule `{code}`")).help(
        help.unwrap_or_else(|| "write the word in brackets of a message, such as broken-link".to_string()),
    ))
}

fn no_history(reference: &str, error: &HistoryError) -> Failure {
    let failure = Failure::new(format!("nothing can be compared with `{reference}`: {error}"));
    match error {
        HistoryError::NoGit => failure.help("install git, or use --baseline FILE"),
        HistoryError::NoRepository => {
            failure.help("run it in a clone of the repository, or use --baseline FILE")
        }
        HistoryError::Unknown => {
            failure.help("name a branch such as main, a tag or a commit; `git fetch` may bring it")
        }
        HistoryError::Shallow => failure.help(
            "get the whole history: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab CI, or \
             `git fetch --unshallow`",
        ),
        HistoryError::Unrelated => failure.help("name the branch that this one began from"),
        HistoryError::Failed(_) => failure,
    }
}

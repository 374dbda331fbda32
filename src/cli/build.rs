//! `netsite build`: the site into a folder, whole or not at all.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::closing::{self, Counts};
use super::receipt::{self, ReceiptFile};
use super::report::{Format, Report};
use super::terminal::{ProgressLine, print_error};
use super::{Failure, Outcome};
use crate::build::{self, Kept, Options, Progress, Sink, SinkError, Unpublished, Verdict};
use crate::diagnostic::Located;
use crate::disclosure::{self, Scans};
use crate::disk::{self, DiskWorld, ImageFolder, KeptFile, Protected, Publication, PublishError, Published};
use crate::pathway::layout::{Layouts, MAX_KEPT_BYTES};
use crate::site::Asset;
use crate::source::World;
use crate::text::counted;
use crate::verdict::{Coverage, Waived};

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The folder to publish into [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address that the site will be published at, instead of netsite.yaml's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Build drafts and pages under embargo as well
    #[arg(long)]
    drafts: bool,
    /// Build what is published at this instant, e.g. "2026-12-01 09:00 Europe/London" or 2026-12-01
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
    /// Write down which figures of benchmarks were hidden and why, without the numbers
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors: publish nothing while there are any
    #[arg(long)]
    deny_warnings: bool,
}

/// What the last build left for the next, so that one with nothing changed has nothing to do.
#[derive(Debug, Serialize, Deserialize)]
struct LastBuild {
    /// The program, so that a new version builds anew.
    tool: String,
    /// The hash of everything that was read.
    fingerprint: String,
    output: PathBuf,
    /// The hash of the manifest of what was published.
    digest: String,
    /// The instants between which the site comes out the same.
    from: Timestamp,
    until: Timestamp,
    page_count: usize,
    output_count: usize,
    warnings: Vec<Located>,
    waived: Vec<Waived>,
    next_change_at: Option<Timestamp>,
    zone: String,
    unpublished: Vec<Unpublished>,
    has_base_url: bool,
}

/// The folder of what a later run can reuse.
pub(super) const CACHE_FOLDER: &str = ".netsite";

impl Build {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let started = Instant::now();
        let root = super::root(self.root.as_ref())?;
        let output = self.output.clone().unwrap_or_else(|| root.join("public"));
        base_url_problem(self.base_url.as_deref())?;
        let now = super::instant(self.as_of.as_deref(), &root)?;
        let world = DiskWorld::new(root.clone(), now);
        let cache = root.join(CACHE_FOLDER);
        let stat_record = cache.join("published");
        let image_folder = ImageFolder::new(cache.join("images"));
        let layouts_file = KeptFile::new(cache.join("layouts"));
        let scans_file = KeptFile::new(cache.join("scans"));
        let content = root.join(crate::content::FOLDER);
        let themes = root.join(crate::theme::FOLDER);
        let protected = Protected { root: &root, sources: &[&content, &themes] };
        let receipt = self.receipt_file(&root, &output)?;
        let publication = Publication::begin(&output, &protected, Some(&stat_record))
            .map_err(|error| publish_failure(&error))?;

        let progress = Arc::new(Progress::default());
        let progress_line = ProgressLine::watch(&progress);
        let options = Options { base_url: self.base_url.clone(), drafts: self.drafts };
        if let Some(last) = self.nothing_changed(&cache, &world, &options, &output, &stat_record, &progress) {
            drop(publication);
            drop(progress_line);
            let verdict = Verdict { problems: last.warnings, waived: last.waived };
            return self.finish(
                &verdict,
                &Done {
                    page_count: last.page_count,
                    published: Some(Published {
                        written: 0,
                        unchanged: last.output_count,
                        removed: 0,
                        digest: [0; 32],
                    }),
                    unpublished: last.unpublished,
                    has_base_url: last.has_base_url,
                    next_change_at: last.next_change_at,
                    zone: TimeZone::get(&last.zone).unwrap_or(TimeZone::UTC),
                    root: &root,
                    output: &output,
                    started,
                },
            );
        }

        let layouts = Layouts::from_bytes(layouts_file.read(MAX_KEPT_BYTES));
        let scans = Scans::from_bytes(&scans_file.read(disclosure::MAX_KEPT_BYTES));
        let assembled = build::assemble(&world, &options, Kept { layouts, scans }, &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        // Also where nothing is published: what is wrong with a page is often mended in many steps.
        if let Some(bytes) = assembled.scans.to_bytes() {
            scans_file.write(&bytes);
        }
        let page_count = assembled.site.pages.len();
        let has_base_url = assembled.site.config.base_url.is_some();
        let mut problems = assembled.problems;
        let (images, image_problems) = build::images(&world, &image_folder, &assembled.site, &progress);
        problems.extend(image_problems);
        let mut theme = assembled.theme;
        let mut output_count = 0;
        let sound = !problems.stop(&world, self.deny_warnings);
        if let Some(loaded) = theme.take_if(|_| sound) {
            let sink = DiskSink { publication: &publication, world: &world };
            let (rendered, loaded) = build::render(&assembled.site, loaded, &images, &sink, &progress)
                .map_err(|error| sink_failure(&error))?;
            output_count = rendered.output_count;
            problems.extend(rendered.problems);
            theme = Some(loaded);
        } else if let Some(theme) = &theme {
            problems.extend(build::address_problems(&assembled.site, theme, &images));
        }
        let sound = theme.is_some() && !problems.stop(&world, self.deny_warnings);
        let verdict = problems.verdict(&world, theme.as_ref(), Coverage::Part);
        let published = if sound {
            let published = publication.finish().map_err(|error| publish_failure(&error))?;
            let last = LastBuild {
                tool: tool(),
                fingerprint: hex(&assembled.fingerprint.0),
                output: absolute(&output),
                digest: hex(&published.digest),
                from: now,
                until: build::next_change(&assembled.site),
                page_count,
                output_count,
                warnings: verdict.problems.clone(),
                waived: verdict.waived.clone(),
                next_change_at: assembled.next_change_at,
                zone: assembled.site.config.timezone.iana_name().unwrap_or("UTC").to_string(),
                unpublished: assembled.unpublished.clone(),
                has_base_url,
            };
            last.keep(&cache);
            if let Some(file) = &receipt {
                file.write(&receipt::of_build(&assembled.site))?;
            }
            image_folder.drop_unused();
            if let Some(bytes) = assembled.site.layouts.to_bytes() {
                layouts_file.write(&bytes);
            }
            Some(published)
        } else {
            None
        };
        let zone = assembled.site.config.timezone.clone();
        let page_count = if published.is_some() { page_count } else { assembled.page_count };
        drop(progress_line);
        // The command ends here: to give back the memory of a large site piece by piece would take a tenth of a second.
        std::mem::forget(assembled.site);
        self.finish(
            &verdict,
            &Done {
                page_count,
                published,
                unpublished: assembled.unpublished,
                has_base_url,
                next_change_at: assembled.next_change_at,
                zone,
                root: &root,
                output: &output,
                started,
            },
        )
    }

    /// Where the receipt goes: not where it would be published, nor in a folder that the site is made from.
    fn receipt_file(&self, root: &Path, output: &Path) -> Result<Option<ReceiptFile>, Failure> {
        let Some(path) = &self.receipt else { return Ok(None) };
        let [content, themes, cache] =
            [crate::content::FOLDER, crate::theme::FOLDER, CACHE_FOLDER].map(|folder| root.join(folder));
        ReceiptFile::at(path, &[output, &content, &themes, &cache]).map(Some)
    }

    /// The last build, if this one would come out the same and its output stands untouched.
    fn nothing_changed(
        &self,
        cache: &Path,
        world: &DiskWorld,
        options: &Options,
        output: &Path,
        stat_record: &Path,
        progress: &Progress,
    ) -> Option<LastBuild> {
        let last = LastBuild::read(cache)?;
        let now = world.now();
        // What is hidden is found out anew for a receipt.
        let comparable = self.receipt.is_none()
            && last.tool == tool()
            && last.output == absolute(output)
            && last.from <= now
            && now < last.until
            && !Counts::of(&last.warnings).stop(self.deny_warnings);
        if !comparable || hex(&build::fingerprint(world, options, progress).ok()?.0) != last.fingerprint {
            return None;
        }
        let standing = disk::standing(output, Some(stat_record))?;
        (hex(&standing.digest) == last.digest).then_some(last)
    }

    fn finish(&self, verdict: &Verdict, done: &Done<'_>) -> Result<Outcome, Failure> {
        let Verdict { problems, waived } = verdict;
        let counts = Counts::of(problems);
        let mut summary = closing::summary(done.page_count, counts, waived, done.next_change_at);
        if let Value::Object(summary) = &mut summary {
            summary.insert("published".to_string(), done.published.is_some().into());
        }
        let folder = super::folder_in_repository(done.root);
        Report { problems, folder: &folder, summary: Some(summary), ..Report::default() }
            .show(self.format)?;
        if self.format == Format::Human {
            super::explain::say_more(problems);
            print_error(&done.unpublished_in_words());
        }
        print_error(&closing::waivers_in_words(waived, self.format));
        if done.published.is_some() {
            print_error(&closing::next_change_in_words(done.next_change_at, &done.zone));
        }
        print_error(&done.closing_line(counts, self.deny_warnings));
        let failed = counts.stop(self.deny_warnings);
        Ok(if failed { Outcome::ContentErrors } else { Outcome::Clean })
    }
}

/// What a build came to, for its last lines.
struct Done<'a> {
    /// Pages that were published; where nothing was, pages that were read.
    page_count: usize,
    published: Option<Published>,
    unpublished: Vec<Unpublished>,
    has_base_url: bool,
    next_change_at: Option<Timestamp>,
    /// The site's.
    zone: TimeZone,
    root: &'a Path,
    /// The folder that it was to be published into.
    output: &'a Path,
    started: Instant,
}

impl Done<'_> {
    fn unpublished_in_words(&self) -> String {
        let mut text = String::new();
        for page in &self.unpublished {
            let _ = writeln!(text, "{} is not published yet: {}.", page.path, page.status);
            if !page.missing.is_empty() {
                text.push_str("  Before publishing, it needs lines like these:\n");
                for line in page.missing.iter().flat_map(|lines| lines.lines()) {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    fn closing_line(&self, counts: Counts, deny_warnings: bool) -> String {
        let problems = counts.in_words();
        let time = self.started.elapsed().as_secs_f64();
        let pages = counted(self.page_count, "page", "pages");
        let Some(Published { written, unchanged, removed, .. }) = &self.published else {
            let why = if counts.errors == 0 && deny_warnings { " (--deny-warnings)" } else { "" };
            return format!("Nothing was published{why}: {problems} in {pages}; {time:.2} s.\n");
        };
        let removed = if *removed > 0 {
            format!(", {} removed", counted(*removed, "file", "files"))
        } else {
            String::new()
        };
        let feeds = if self.has_base_url {
            ""
        } else {
            "No feed or sitemap was made: netsite.yaml has no base_url.\n"
        };
        let written = counted(*written, "file", "files");
        let here = std::env::current_dir().unwrap_or_default();
        let folder = self.output.strip_prefix(here).unwrap_or(self.output).display();
        format!(
            "{feeds}Built {pages} into `{folder}`: {written} written, {unchanged} left alone{removed}; {problems}; {time:.2} s.\n"
        )
    }
}

impl LastBuild {
    const FILE: &str = "last-build.json";

    /// The record of the last build; a missing or damaged one counts as none.
    fn read(cache: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(cache.join(Self::FILE)).ok()?).ok()
    }

    /// Keeps the record for the next build.
    fn keep(&self, cache: &Path) {
        if let Ok(bytes) = serde_json::to_vec(self) {
            KeptFile::new(cache.join(Self::FILE)).write(&bytes);
        }
    }
}

/// Outputs into a publication.
struct DiskSink<'a> {
    publication: &'a Publication,
    world: &'a DiskWorld,
}

impl Sink for DiskSink<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        Ok(self.publication.add(path, bytes)?)
    }

    fn copy(&self, path: &str, asset: &Asset) -> Result<(), SinkError> {
        let from = self.world.locate(&asset.path)?;
        Ok(self.publication.add_copy(path, &from, asset.hash)?)
    }
}

fn sink_failure(error: &SinkError) -> Failure {
    match error.downcast_ref::<PublishError>() {
        Some(error) => publish_failure(error),
        None => Failure::new(error.to_string()),
    }
}

fn publish_failure(error: &PublishError) -> Failure {
    Failure::new(error.to_string()).help("nothing was published; what was published before stands as it was")
}

/// Why nothing can be published at an address.
pub(super) fn base_url_problem(url: Option<&str>) -> Result<(), Failure> {
    match url.filter(|url| !is_base_url(url)) {
        None => Ok(()),
        Some(url) => Err(Failure::new(format!("`{url}` is not an address that a site can be published at"))
            .help("write it whole, such as --base-url https://example.org/sharing/")),
    }
}

/// Whether pages' addresses can be joined to the end of this one.
fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
            && !rest.contains(|character: char| {
                character.is_whitespace() || character.is_control() || "?#<>\"\\".contains(character)
            })
    })
}

/// The version of the program, and which build of it: a rebuilt program renders anew.
fn tool() -> String {
    let built = std::env::current_exe().and_then(std::fs::metadata).ok().map(|metadata| {
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        format!("{}-{}", metadata.len(), modified.map_or(0, |modified| modified.as_nanos()))
    });
    format!("{} {}", env!("CARGO_PKG_VERSION"), built.unwrap_or_default())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn hex(hash: &[u8; 32]) -> String {
    blake3::Hash::from(*hash).to_hex().to_string()
}

//! `netsite pack`: the site, or a part of it, as one archive that opens without a network. The stages are those of a
//! build; only where the outputs go is another place.

mod draft;
mod output;
mod paper;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use output::{Place, Shape};

use super::build::{CACHE_FOLDER, base_url_problem};
use super::closing;
use super::report::{Format, Report};
use super::terminal::{ProgressLine, print_error};
use super::{Failure, Outcome};
use crate::build::{self, Assembled, Options, Progress, Unpublished, Verdict};
use crate::content::kinds::Kind;
use crate::disk::{DiskWorld, ImageFolder, KeptFile};
use crate::pack::{About, Packed};
use crate::pathway::layout::{Layouts, MAX_KEPT_BYTES};
use crate::site::Site;
use crate::site::selection::{Choice, Selection, choose};
use crate::text::{counted, slugify};
use crate::verdict::Coverage;

#[derive(Debug, Args)]
pub(super) struct Pack {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// An event by its name, with its sessions and what they name
    #[arg(long, value_name = "ID", group = "selection")]
    event: Option<String>,
    /// A network by its name, with every page that names it
    #[arg(long, value_name = "ID", group = "selection")]
    network: Option<String>,
    /// Pages by what is true of them, e.g. "kind:case-study theme:stroke,workforce -tag:pilot reporting"
    #[arg(long, value_name = "QUERY", group = "selection")]
    select: Option<String>,
    /// Make one document for mailboxes that take no archives, with everything in it
    #[arg(long)]
    single_file: bool,
    /// Make one long document for paper instead, with a list of contents and page numbers, ready to be saved as PDF
    #[arg(long, conflicts_with = "single_file")]
    print: bool,
    /// Make one file of a page that is not published yet, for somebody to approve: `case-study:devon`, or its file.
    /// It is a web page, or a Word file where the name after --output ends in .docx
    #[arg(long, value_name = "ID", conflicts_with_all = ["selection", "single_file", "print", "deny_warnings"])]
    draft: Option<String>,
    /// The file to make [default: the name of what is packed, in this folder]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where the website is, instead of netsite.yaml's address; links to what is not packed lead there
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Pack what is published at this instant, e.g. "2026-12-01 09:00 Europe/London" or 2026-12-01
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
    /// How problems are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors: make no pack while there are any
    #[arg(long)]
    deny_warnings: bool,
}

/// What many mailboxes take at most, in bytes.
const MAILBOX: u64 = 25_000_000;

/// What a run came to, for its last lines.
struct Done {
    packed: Option<(Packed, Counts)>,
    page_count: usize,
    output: PathBuf,
    started: Instant,
}

/// How many pages a pack holds, and how many of them came because others name them.
#[derive(Debug, Clone, Copy)]
struct Counts {
    pages: usize,
    needed: usize,
}

impl Pack {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        if let Some(name) = &self.draft {
            return self.draft(name);
        }
        let started = Instant::now();
        let root = super::root(self.root.as_ref())?;
        base_url_problem(self.base_url.as_deref())?;
        let now = super::instant(self.as_of.as_deref(), &root)?;
        let world = DiskWorld::new(root.clone(), now);
        // What cannot be written is said before any work is done.
        let place = |path: &std::path::Path| Place::at(path, &root, self.shape());
        let output = self.output.as_deref().map(place).transpose()?;
        let cache = root.join(CACHE_FOLDER);
        let image_folder = ImageFolder::new(cache.join("images"));
        let layouts_file = KeptFile::new(cache.join("layouts"));
        let progress = Arc::new(Progress::default());
        let progress_line = ProgressLine::watch(&progress);
        let options = Options { base_url: self.base_url.clone(), drafts: false };
        let layouts = Layouts::from_bytes(layouts_file.read(MAX_KEPT_BYTES));
        let assembled = build::assemble(&world, &options, layouts, &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        let Assembled { site, mut theme, mut problems, unpublished, page_count, .. } = assembled;
        let mut done = Done { packed: None, page_count, output: PathBuf::new(), started };
        if theme.is_none() || problems.stop(&world, self.deny_warnings) {
            // The images of the site are looked at as for a build, so that every problem is told at once.
            problems.extend(build::images(&world, &image_folder, &site, &progress).1);
            drop(progress_line);
            return self.finish(&problems.verdict(&world, theme.as_ref(), Coverage::Part), &done);
        }
        let choice = self.choose(&site, &unpublished)?;
        if let Some(loaded) = theme.take_if(|_| self.print) {
            let place = output.map_or_else(|| place(self.default_name(&site).as_ref()), Ok)?;
            let (images, image_problems) = build::images(&world, &image_folder, &site, &progress);
            problems.extend(image_problems);
            done.output = place.path().to_path_buf();
            if !problems.stop(&world, self.deny_warnings) {
                match paper::printed(&site, loaded, &images, &choice)? {
                    Ok((bytes, counts)) => done.packed = Some((place.write(&bytes)?, counts)),
                    Err(problem) => problems.extend([*problem]),
                }
            }
            drop(progress_line);
            return self.finish(&problems.verdict(&world, None, Coverage::Part), &done);
        }
        let name = self.default_name(&site);
        let counts = Counts { pages: choice.asked_count + choice.needed_count, needed: choice.needed_count };
        let site = site.packed(choice, self.single_file);
        let output = output.map_or_else(|| place(name.as_ref()), Ok)?.begin(&site, &world)?;
        done.output = output.path().to_path_buf();
        let (images, image_problems) = build::images(&world, &image_folder, &site, &progress);
        problems.extend(image_problems);
        if let Some(loaded) = theme.take_if(|_| !problems.stop(&world, self.deny_warnings)) {
            let (rendered, loaded) = build::render(&site, loaded, &images, &output, &progress)
                .map_err(|error| output::sink_failure(&error))?;
            problems.extend(rendered.problems);
            problems.extend(output.long_paths());
            theme = Some(loaded);
        }
        let is_sound = theme.is_some() && !problems.stop(&world, self.deny_warnings);
        let verdict = problems.verdict(&world, theme.as_ref(), Coverage::Part);
        if is_sound {
            let packed = output.finish(&about(&site, counts))?;
            done.packed = Some((packed, counts));
            // A part of the site asks for a part of its layouts, and the next build needs them all.
            if let Some(bytes) = site.layouts.to_bytes().filter(|_| !site.is_selection()) {
                layouts_file.write(&bytes);
            }
        }
        drop(progress_line);
        // The command ends here: to give back the memory of a large site piece by piece would take a tenth of a second.
        std::mem::forget(site);
        self.finish(&verdict, &done)
    }

    fn shape(&self) -> Shape {
        match (self.single_file, self.print, &self.draft) {
            (true, ..) => Shape::SingleFile,
            (_, true, _) => Shape::Paper,
            (.., Some(_)) => Shape::Draft,
            _ => Shape::Archive,
        }
    }

    fn selection(&self) -> Selection {
        match (&self.event, &self.network, &self.select) {
            (Some(event), ..) => Selection::Event(event.clone()),
            (_, Some(network), _) => Selection::Network(network.clone()),
            (.., Some(query)) => Selection::Query(query.clone()),
            _ => Selection::Everything,
        }
    }

    fn choose(&self, site: &Site, unpublished: &[Unpublished]) -> Result<Choice, Failure> {
        let why_hidden = |kind: &Kind, name: &str| {
            let folder = format!("{}/{}/{name}", crate::content::FOLDER, kind.folder);
            let paths = [format!("{folder}.md"), format!("{folder}/index.md")];
            let page = unpublished.iter().find(|page| paths.contains(&page.path));
            page.map(|page| page.status.clone())
        };
        choose(site, &self.selection(), &why_hidden).map_err(|problem| {
            Failure::new(format!("no pack was made: {}", problem.message)).help(problem.help)
        })
    }

    /// What the pack is called where nobody says.
    fn default_name(&self, site: &Site) -> String {
        let name = match self.selection() {
            Selection::Event(name) | Selection::Network(name) => slugify(&name),
            _ => slugify(&site.config.title),
        };
        let name = if name.is_empty() { "pack" } else { &name };
        let ending = match self.shape() {
            Shape::Archive => ".zip",
            Shape::SingleFile => ".html",
            Shape::Paper => "-print.html",
            Shape::Draft => "-draft.html",
        };
        format!("{}{ending}", name.chars().take(80).collect::<String>())
    }

    fn finish(&self, verdict: &Verdict, done: &Done) -> Result<Outcome, Failure> {
        let Verdict { problems, waived } = verdict;
        Report::of(problems).show(self.format)?;
        let counts = closing::Counts::of(problems);
        print_error(&closing::waivers_in_words(waived, self.format));
        print_error(&done.closing_line(counts.errors, counts.warnings, self.single_file));
        let failed = counts.stop(self.deny_warnings);
        Ok(if failed { Outcome::ContentErrors } else { Outcome::Clean })
    }
}

impl Done {
    fn closing_line(&self, errors: usize, warnings: usize, is_single_file: bool) -> String {
        let mut problems = Vec::new();
        if errors > 0 {
            problems.push(counted(errors, "error", "errors"));
        }
        if warnings > 0 {
            problems.push(counted(warnings, "warning", "warnings"));
        }
        let problems = if problems.is_empty() { "no problems".to_string() } else { problems.join(" and ") };
        let time = self.started.elapsed().as_secs_f64();
        let Some((packed, counts)) = &self.packed else {
            let pages = counted(self.page_count, "page", "pages");
            let why = if errors == 0 { " (--deny-warnings)" } else { "" };
            return format!("No pack was made{why}: {problems} in {pages}; {time:.2} s.\n");
        };
        let here = std::env::current_dir().unwrap_or_default();
        let file = self.output.strip_prefix(here).unwrap_or(&self.output).display();
        let mut line = format!("Packed {}", counted(counts.pages, "page", "pages"));
        if counts.needed > 0 {
            let _ = write!(line, " ({} of them because others need them)", counts.needed);
        }
        let size = size_in_words(packed.byte_count);
        let files = counted(packed.file_count, "file", "files");
        let _ = writeln!(line, " into `{file}`: {files}, {size}; {problems}; {time:.2} s.");
        if is_single_file && packed.byte_count > MAILBOX {
            line.push_str(
                "Many mailboxes refuse a message of more than 25 MB: to send it, choose fewer pages.\n",
            );
        }
        line
    }
}

/// A size as people compare it with a stick or a mailbox.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn about(site: &Site, counts: Counts) -> About {
    let pack = site.pack.as_ref();
    About {
        site: site.config.title.clone(),
        selection: pack.map(|pack| pack.selection.clone()).unwrap_or_default(),
        day: site.config.timezone.to_datetime(site.now).date(),
        page_count: counts.pages,
        website: site.website().map(str::to_string),
    }
}

//! `netsite pack --draft`: one page that is not published yet, as a file that somebody can read and approve.

use std::path::Path;

use super::output::{Place, Shape};
use super::{Pack, size_in_words};
use crate::build::{self, Assembled, Draft, NoDraft, Options, Problems, Progress};
use crate::cli::approve::page_path;
use crate::cli::build::{CACHE_FOLDER, base_url_problem};
use crate::cli::report::Report;
use crate::cli::terminal::print_error;
use crate::cli::{Failure, Outcome, instant, root};
use crate::diagnostic::Diagnostic;
use crate::disclosure::{mask_text, masked_path};
use crate::disk::{AskedFile, DiskWorld, ImageFolder, KeptFile};
use crate::pathway::layout::{Layouts, MAX_KEPT_BYTES};
use crate::render::SignOff;
use crate::source::SitePath;
use crate::text::slugify;
use crate::verdict::Coverage;

/// What nobody sends by email, sure or not: who has looked at a place and found it harmless says so in `waivers.yaml`.
const NEVER_SENT: [&str; 9] = [
    "chi-number",
    "date-of-birth",
    "dicom-file",
    "health-and-care-number",
    "hidden-number-told",
    "hospital-number",
    "nhs-number",
    "postcode-beside-name",
    "small-number-committed",
];

impl Pack {
    pub(super) fn draft(&self, name: &str) -> Result<Outcome, Failure> {
        let root = root(self.root.as_ref())?;
        base_url_problem(self.base_url.as_deref())?;
        let world = DiskWorld::new(root.clone(), instant(self.as_of.as_deref(), &root)?);
        let place = |path: &Path| Place::at(path, &root, Shape::Draft);
        let output = self.output.as_deref().map(place).transpose()?;
        let cache = root.join(CACHE_FOLDER);
        let layouts = Layouts::from_bytes(KeptFile::new(cache.join("layouts")).read(MAX_KEPT_BYTES));
        let progress = Progress::default();
        let options = Options { base_url: self.base_url.clone(), drafts: false };
        let file = AskedFile::at(Path::new(name)).ok().filter(AskedFile::is_there);
        let path = file.and_then(|file| page_path(&file, &root));
        let name = path.as_ref().map_or(name, SitePath::as_str);
        let mut draft =
            build::assemble_draft(&world, &options, name, layouts, &progress).map_err(|why| match why {
                NoDraft::Unreadable(error) => Failure::new(error.to_string()),
                NoDraft::Unknown(why) => {
                    Failure::new(format!("no file was made: {}", why.message)).help(why.help)
                }
            })?;
        let store = ImageFolder::new(cache.join("images"));
        let (images, of_images) = build::images(&world, &store, &draft.assembled.site, &progress);
        draft.assembled.problems.extend(of_images);
        let found = draft.assembled.problems.in_files(&world, &draft.files);
        let theme = draft.assembled.theme.take();
        let Draft { assembled: Assembled { site, problems, .. }, page, .. } = draft;
        let parsed = &site.pages[page].parsed;
        if !parsed.is_readable {
            return self.not_made(problems.replaced(found), &world, "the top of the page cannot be read");
        }
        let never_sent: Vec<Diagnostic> =
            found.iter().filter(|problem| is_never_sent(problem)).cloned().collect();
        if !never_sent.is_empty() {
            let why =
                "what may tell who a patient is stands in it, and files that are sent are never got back";
            return self.not_made(problems.replaced(never_sent), &world, why);
        }
        let Some(theme) = theme else {
            return self.not_made(problems, &world, "the theme has errors");
        };
        let slug = slugify(&parsed.slug);
        let default = format!("{}-draft.html", slug.chars().take(80).collect::<String>());
        let place = output.map_or_else(|| place(default.as_ref()), Ok)?;
        let told = told(found, &parsed.path);
        let day = site.config.timezone.to_datetime(site.now).date();
        let asked = SignOff { page, problems: &told, day };
        let made = if place.is_word() {
            let document = build::signoff_word(&world, &site, &asked);
            document.map_err(|error| Failure::new(format!("no file was made: {error}")))?
        } else {
            match build::signoff(&site, theme, &images, &asked).0 {
                Ok(html) => html,
                Err(problem) => {
                    return self.not_made(
                        problems.replaced(vec![*problem]),
                        &world,
                        "a template has an error",
                    );
                }
            }
        };
        let written = place.write(&made)?;
        let here = std::env::current_dir().unwrap_or_default();
        let file = place.path().strip_prefix(here).unwrap_or(place.path()).display();
        let points = told.len() + parsed.missing.len();
        let open = if points == 0 { "" } else { " What is still to be done for it stands at its end." };
        print_error(&format!(
            "Wrote the draft “{}” into `{}`, {}.{open}\n",
            mask_text(&parsed.title),
            mask_text(&file.to_string()),
            size_in_words(written.byte_count)
        ));
        Ok(Outcome::Clean)
    }

    /// Shows the problems for which no file was made.
    fn not_made(&self, problems: Problems, world: &DiskWorld, why: &str) -> Result<Outcome, Failure> {
        let verdict = problems.verdict(world, None, Coverage::Part);
        Report::of(&verdict.problems).show(self.format)?;
        print_error(&format!("No file was made: {why}.\n"));
        Ok(Outcome::ContentErrors)
    }
}

fn is_never_sent(problem: &Diagnostic) -> bool {
    problem.is_identifier || NEVER_SENT.contains(&problem.code)
}

/// The problems as the file tells them: those of files that the page takes in as its own, and nothing that another
/// message of the page could repeat of what it found.
fn told(found: Vec<Diagnostic>, page: &SitePath) -> Vec<Diagnostic> {
    let told = found.into_iter().map(|mut problem| {
        problem.message = mask_text(&problem.message);
        if let Some(path) = problem.path.take_if(|path| path != page) {
            problem.message = format!("{}: {}", masked_path(path.as_str()), problem.message);
            return problem.in_file(page);
        }
        problem
    });
    told.collect()
}

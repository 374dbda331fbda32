//! `netsite approve`: an approval goes back into the file of the page that was approved.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Failure, Outcome, terminal};
use crate::config::Config;
use crate::content::{MAX_PAGE_BYTES, NotApproved, with_approval};
use crate::disk::{AskedFile, Replacing};
use crate::source::SitePath;
use crate::text::{long_date, parse_date};

#[derive(Debug, Args)]
pub(super) struct Approve {
    /// The file of the page, such as content/case-studies/devon.md
    file: PathBuf,
    /// The role of the one who approved it, in quotation marks; a role outlives a name
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// The day of the approval [default: today]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Put it in the place of an approval that stands there
    #[arg(long)]
    replace: bool,
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl Approve {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let root = super::root(self.root.as_ref())?;
        let shown = self.file.display();
        let role = self.role.split_whitespace().collect::<Vec<_>>().join(" ");
        if role.is_empty() || role.chars().count() > 200 || role.contains(char::is_control) {
            return Err(Failure::new("--role does not say a role")
                .help("write a few words in quotation marks: --role \"Director of imaging\""));
        }
        let day = self.day(&root)?;
        let unusable = |why: String| {
            Failure::new(format!("`{shown}` cannot be approved: {why}"))
                .help("name the file of a page, such as content/case-studies/devon.md")
        };
        let file = AskedFile::at(&self.file).map_err(|error| unusable(error.to_string()))?;
        let path = page_path(&file, &root).ok_or_else(|| {
            unusable("it is no page of this site (a file in content/ that ends in .md)".to_string())
        })?;
        let bytes = file
            .read(MAX_PAGE_BYTES as usize)
            .map_err(|error| unusable(format!("it cannot be read: {error}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| unusable("it is not UTF-8, so nothing can be added to it".to_string()))?;
        let changed =
            with_approval(&path, &text, &role, day, self.replace).map_err(|why| self.refusal(why))?;
        file.write(changed.as_bytes(), Replacing::Allowed)
            .map_err(|error| Failure::new(format!("`{shown}` could not be written: {error}")))?;
        terminal::print_error(&format!(
            "Wrote into {shown}: approved by {role}, {}. Nothing else was changed.\n",
            long_date(day)
        ));
        Ok(Outcome::Clean)
    }

    fn day(&self, root: &std::path::Path) -> Result<Date, Failure> {
        let Some(text) = &self.date else {
            let config = std::fs::read_to_string(root.join(crate::config::FILE_NAME)).unwrap_or_default();
            return Ok(Config::read(&config).0.timezone.to_datetime(Timestamp::now()).date());
        };
        parse_date(text)
            .map_err(|problem| Failure::new(format!("--date: {}", problem.message)).help(problem.help))
    }

    fn refusal(&self, why: NotApproved) -> Failure {
        let shown = self.file.display();
        match why {
            NotApproved::Wrong(message, help) => {
                let mut failure =
                    Failure::new(format!("the top of `{shown}` has to be mended first: {message}"));
                failure.help = help;
                failure
            }
            NotApproved::Already(who) => Failure::new(format!("`{shown}` is approved already: {who}"))
                .help("if the new approval takes its place, run this again with --replace"),
            NotApproved::NoPlace => Failure::new(format!(
                "the top of `{shown}` is written in a way in which no line can be added safely, so nothing was changed"
            ))
            .help("write it by hand: approved_by: {role: Director of imaging, date: 2026-11-22}"),
        }
    }
}

/// The path of a page below the site's root; none for other files.
pub(super) fn page_path(file: &AskedFile, root: &std::path::Path) -> Option<SitePath> {
    let root = std::fs::canonicalize(root).ok()?;
    let below = file.path().strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
    let path = SitePath::new(&below);
    (path.below(crate::content::FOLDER).is_some() && path.extension() == "md").then_some(path)
}

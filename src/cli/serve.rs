//! `netsite serve`: the site as it is being written, in a browser on this computer.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

use super::build::CACHE_FOLDER;
use super::report::{Format, Report};
use super::terminal::print_error;
use super::{Failure, Outcome, root};
use crate::build::Options;
use crate::diagnostic::Located;
use crate::disk::ImageFolder;
use crate::serve::{ServeError, Settings, Told, serve};
use crate::source::SitePath;
use crate::text::{counted, list_words};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Serve {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The port to take, or the next free one after it
    #[arg(long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Show drafts and pages under embargo as well
    #[arg(long)]
    drafts: bool,
    /// Let open pages follow the page that is edited
    #[arg(long)]
    follow: bool,
    /// Look at all files now and then, where the system gives no word of edits (network drives)
    #[arg(long)]
    poll: bool,
    /// Show what is published at this instant, e.g. "2026-12-01 09:00 Europe/London" or 2026-12-01
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
}

impl Serve {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let folder = root(self.root.as_ref())?;
        let as_of = self.as_of.as_deref().map(|text| super::instant(Some(text), &folder)).transpose()?;
        let store = ImageFolder::new(folder.join(CACHE_FOLDER).join("images"));
        let settings = Settings {
            root: &folder,
            port: self.port,
            polls: self.poll,
            follows: self.follow,
            as_of,
            options: Options { base_url: None, drafts: self.drafts },
        };
        let mut problem_count = 0;
        let result = serve(&settings, &store, &mut |told| {
            if let (Told::Ready { address, .. }, true) = (told, self.open) {
                open_in_browser(address);
            }
            print_error(&in_words(told, problem_count));
            if let Told::Ready { problems, .. } | Told::Changed { problems, .. } = told {
                problem_count = problems.len();
                // Where nobody reads the terminal the pages still say it.
                let _ = Report::of(problems).show(Format::Human);
            }
        });
        result.map(|()| Outcome::Clean).map_err(|error| failure(&error))
    }
}

/// What happened, as a line of the terminal.
fn in_words(told: &Told<'_>, problems_before: usize) -> String {
    match told {
        Told::Ready { address, page_count, took, problems } => format!(
            "{} after {} ms: {address}\n{}Save a file, and the browser shows it. Press Ctrl+C to end.\n",
            counted(*page_count, "page", "pages"),
            took.as_millis(),
            problem_line(problems, 0),
        ),
        Told::OtherPort { asked, taken } => {
            format!("Port {asked} is taken by another program, so the site is shown at port {taken}.\n")
        }
        Told::Polls(why) => format!(
            "The system gives no word of edits ({why}), so all files are looked at every 0.3 seconds.\n"
        ),
        Told::Changed { paths, took, problems } => {
            let names: Vec<&str> = paths.iter().take(3).map(SitePath::as_str).collect();
            let mut line = match paths.len() {
                0 => "A new day, or the end of an embargo".to_string(),
                1..=3 => list_words(&names, "and"),
                more => format!("{} and {} more files", names.join(", "), more - names.len()),
            };
            let _ = write!(
                line,
                ": shown after {} ms\n{}",
                took.as_millis(),
                problem_line(problems, problems_before)
            );
            line
        }
        Told::Unreadable(error) => format!("{error}; the site is shown as it was.\n"),
    }
}

fn problem_line(problems: &[Located], before: usize) -> String {
    match (problems.len(), before) {
        (0, 0) => String::new(),
        (0, _) => "No problems any more.\n".to_string(),
        (count, _) => format!("{}:\n\n", counted(count, "problem", "problems")),
    }
}

fn failure(error: &ServeError) -> Failure {
    match error {
        ServeError::Port(port, error) => {
            Failure::new(format!("no port from {port} to {} can be taken: {error}", port.saturating_add(20)))
                .help("end the other program, or name another port: netsite serve --port 8080")
        }
        ServeError::Site(error) => Failure::new(error.to_string()),
        ServeError::Theme(problems) => {
            let _ = Report::of(problems).show(Format::Human);
            Failure::new("the theme has errors, so nothing can be shown yet")
        }
    }
}

/// Asks the system for a browser. Where it has none, the address stands in the terminal.
fn open_in_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = command.spawn();
}

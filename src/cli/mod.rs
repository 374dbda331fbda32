//! The command line: what can be asked for, and how answers are shown. Exit codes: 0 clean (warnings allowed),
//! 1 errors in the content (of `netsite find`: nothing was found), 2 the tool could not do its work or was asked for
//! something unsafe.

mod approve;
mod baseline;
mod build;
mod check;
mod closing;
mod compare;
mod completions;
mod explain;
mod find;
mod init;
mod links;
mod new;
mod pack;
mod receipt;
mod report;
mod review;
mod schema;
mod serve;
mod summary;
mod suppress;
mod terminal;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;

use crate::config::Config;
use crate::text::parse_moment;

/// Turns a folder of Markdown and data into a website that can be read, printed and trusted.
#[derive(Debug, Parser)]
#[command(name = "netsite", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site and publish it into a folder
    Build(build::Build),
    /// Show the site in a browser on this computer, and every edit as it is saved
    Serve(serve::Serve),
    /// Make a copy of the site, or of a part of it, that opens without a network
    Pack(pack::Pack),
    /// Look for problems, and write nothing
    Check(check::Check),
    /// Make a small site that builds, to start from
    Init(init::Init),
    /// Start a new page, with a line for everything that it needs
    New(new::New),
    /// Write into a page's file who approved it
    Approve(approve::Approve),
    /// Find every place at which a person or an organisation appears
    Find(find::Find),
    /// List the links to other sites, and look whether they still work
    Links(links::Links),
    /// List the pages that are past their review, or near it, by owner
    Review(review::Review),
    /// Make a table of figures that may be published from one with small numbers of people
    Suppress(suppress::Suppress),
    /// Say what the code of a message means, why it matters and how to mend it
    Explain(explain::Explain),
    /// Print the JSON Schema of a kind's front matter (or of netsite.yaml: `config`), for editors
    /// Print the JSON Schema of a kind's front matter (or of netsite.yaml: `config`; of waivers.yaml: `waivers`), for editors
    Schema(schema::Schema),
    /// Print completions for a shell
    Completions(completions::Completions),
}

/// Why a command could not do its work; exit code 2.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong.
    message: String,
    /// What to do about it.
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        // Paths and files are quoted here, and a terminal's text ends up in logs.
        Self { message: crate::disclosure::mask_text(&message.into()), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.message)
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    ContentErrors,
    /// What was looked for is nowhere.
    NothingFound,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A pipe that was closed is no reason for another exit code.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match arguments.command {
        Command::Build(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Pack(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::New(command) => command.run(),
        Command::Approve(command) => command.run(),
        Command::Find(command) => command.run(),
        Command::Links(command) => command.run(),
        Command::Review(command) => command.run(),
        Command::Suppress(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run::<Arguments>(),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors | Outcome::NothingFound) => ExitCode::from(1),
        Err(failure) => {
            report::failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// The site's root: the folder that was given, or the nearest one upward that holds `netsite.yaml`.
fn root(given: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    let no_site = |folder: &std::path::Path| {
        Failure::new(format!("there is no netsite.yaml in `{}`, so there is no site here", folder.display()))
    };
    match given {
        Some(folder) if folder.join(crate::config::FILE_NAME).is_file() => Ok(folder.clone()),
        Some(folder) => Err(no_site(folder)
            .help(format!("give the folder of a site, or make one: netsite init {}", folder.display()))),
        None => {
            let here = std::env::current_dir()
                .map_err(|error| Failure::new(format!("the current folder cannot be found: {error}")))?;
            crate::disk::DiskWorld::find_root(&here).ok_or_else(|| {
                Failure::new(format!(
                    "there is no netsite.yaml in `{}` or any folder above it, so there is no site here",
                    here.display()
                ))
                .help(
                    "change to the folder of a site, name it with --root, or make one: netsite init my-site",
                )
            })
        }
    }
}

/// The instant of a run: the one asked for with `--as-of`, or now.
fn instant(as_of: Option<&str>, root: &Path) -> Result<Timestamp, Failure> {
    let Some(text) = as_of else { return Ok(Timestamp::now()) };
    let config = std::fs::read_to_string(root.join(crate::config::FILE_NAME)).unwrap_or_default();
    let zone = Config::read(&config).0.timezone;
    parse_moment(text, Some(&zone))
        .map(|moment| moment.timestamp)
        .map_err(|problem| Failure::new(format!("--as-of: {}", problem.message)).help(problem.help))
}

/// The site's folder below the root of its repository, with `/` at its end; empty where it is that root, or lies in no
/// repository. Services that show problems beside files go by paths from there.
fn folder_in_repository(root: &Path) -> String {
    let Ok(root) = std::fs::canonicalize(root) else { return String::new() };
    let Some(repository) = root.ancestors().find(|folder| folder.join(".git").exists()) else {
        return String::new();
    };
    let below = root.strip_prefix(repository).unwrap_or(Path::new(""));
    below.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}

/// Success, also where nobody reads any more (`netsite schema | head`).
fn unless_closed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("the output could not be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

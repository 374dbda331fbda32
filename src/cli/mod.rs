//! The command line: what can be asked for, and how answers are shown. Exit codes: 0 clean (warnings allowed),
//! 1 errors in the content, 2 the tool could not do its work or was asked for something unsafe.

mod build;
mod completions;
mod init;
mod new;
mod receipt;
mod report;
mod schema;
mod suppress;
mod terminal;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Make a small site that builds, to start from
    Init(init::Init),
    /// Start a new page, with a line for everything that it needs
    New(new::New),
    /// Make a table of figures that may be published from one with small numbers of people
    Suppress(suppress::Suppress),
    /// Print the JSON Schema of a kind's front matter (or of netsite.yaml: `config`), for editors
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
        Command::Init(command) => command.run(),
        Command::New(command) => command.run(),
        Command::Suppress(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run::<Arguments>(),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::from(1),
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

/// Success, also where nobody reads any more (`netsite schema | head`).
fn unless_closed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("the output could not be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

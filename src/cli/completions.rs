//! `netsite completions`: what a shell needs to complete commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Failure, Outcome, unless_closed};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run<C: CommandFactory>(self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut C::command(), "netsite", &mut script);
        unless_closed(super::terminal::print(&String::from_utf8_lossy(&script)))?;
        Ok(Outcome::Clean)
    }
}

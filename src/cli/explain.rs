//! `netsite explain`: what a code means, why it matters and how to mend it, from the pages that come with the program.

use clap::Args;

use super::terminal::{print, print_error};
use super::{Failure, Outcome, unless_closed};
use crate::diagnostic::Located;
use crate::explain;
use crate::text::did_you_mean;

/// As wide as most terminals begin, and as far as eyes like to go.
const WIDTH: usize = 80;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code in the brackets of a message, such as broken-link, or a topic: embargo, committed; without it, all are listed
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let text = match &self.code {
            None => explain::list(explain::rules(), explain::topics(), WIDTH),
            Some(asked) => {
                let name = code_in(asked);
                let page = explain::page(name).ok_or_else(|| unknown(name))?;
                explain::show(&page, WIDTH)
            }
        };
        unless_closed(print(&text))?;
        Ok(Outcome::Clean)
    }
}

/// The code of what was copied from a message: `error[broken-link]:`.
fn code_in(asked: &str) -> &str {
    let inner = asked.split_once('[').map_or(asked, |(_, rest)| rest);
    inner.split(']').next().unwrap_or(inner).trim()
}

fn unknown(name: &str) -> Failure {
    let near = did_you_mean(name, explain::names());
    Failure::new(format!("there is no rule `{name}`"))
        .help(near.unwrap_or_else(|| "netsite explain lists every rule".to_string()))
}

/// Says below diagnostics how to learn more about them.
pub(super) fn say_more(problems: &[Located]) {
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes[..] {
        [] => {}
        [code] => print_error(&format!("netsite explain {code} says more.\n\n")),
        [code, ..] => {
            print_error(&format!("netsite explain CODE says more, such as: netsite explain {code}\n\n"));
        }
    }
}

//! Problems for people (with the source line), for editors, for programs, for GitHub and for tools that read SARIF.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Group, Level, Renderer};
use clap::ValueEnum;
use serde_json::Value;

use super::terminal::{print, print_error};
use super::{Failure, unless_closed};
use crate::diagnostic::Located;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, with the line that is meant
    Human,
    /// One line each: path:line:column
    Short,
    /// One JSON object a line, on standard output
    Json,
    /// Annotations for GitHub Actions, on standard output
    Github,
    /// SARIF 2.1.0 for code scanning, on standard output
    Sarif,
}

/// What a run found, to be shown.
#[derive(Debug, Default)]
pub(super) struct Report<'a> {
    /// Every problem, in the order in which they are shown.
    pub(super) problems: &'a [Located],
    /// For each problem whether it was there already; empty where nothing is known of before. Those are shown in
    /// [`Format::Sarif`] only.
    pub(super) was_there: &'a [bool],
    /// The site's folder below the root of its repository, with `/` at its end; empty where it is that root.
    pub(super) folder: &'a str,
    /// What [`Format::Json`] says at its end.
    pub(super) summary: Option<Value>,
}

impl<'a> Report<'a> {
    /// Problems of which nothing else is known.
    pub(super) fn of(problems: &'a [Located]) -> Self {
        Self { problems, ..Self::default() }
    }

    /// The problems that nobody knew of.
    pub(super) fn new_problems(&self) -> impl Iterator<Item = &'a Located> {
        self.problems
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.was_there.get(*index).is_some_and(|was_there| *was_there))
            .map(|(_, problem)| problem)
    }

    /// Shows it in a format. What is for people goes to standard error, the others to standard output.
    pub(super) fn show(&self, format: Format) -> Result<(), Failure> {
        let text = match format {
            Format::Human => self.new_problems().map(human::text).collect(),
            Format::Short => self.new_problems().map(short::line).collect(),
            Format::Json => {
                let lines: String = self.new_problems().map(json::line).collect();
                lines + &self.summary.as_ref().map_or_else(String::new, json::summary)
            }
            Format::Github => {
                self.new_problems().map(|problem| github::command(problem, self.folder)).collect()
            }
            Format::Sarif => format!("{:#}\n", sarif::log(self)),
        };
        if format == Format::Human {
            print_error(&text);
            return Ok(());
        }
        unless_closed(print(&text))
    }
}

/// Shows why a command could not do its work.
pub(super) fn failure(failure: &Failure) {
    let mut groups = vec![Group::with_title(Level::ERROR.primary_title(failure.message.as_str()))];
    if let Some(help) = &failure.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    // Each by itself: together they are joined by a bar, which stands for source lines that there are none of here.
    for group in groups {
        print_error(&format!("{}\n", renderer().render(&[group])));
    }
}

fn renderer() -> Renderer {
    Renderer::styled().decor_style(DecorStyle::Ascii)
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

//! `netsite new`: a starter for a page, with what it needs as comments to fill in.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::schema::kind_named;
use super::{Failure, Outcome, terminal};
use crate::config::Config;
use crate::content::Examples;
use crate::content::kinds::Kind;
use crate::disk::DiskWorld;
use crate::fields::{Field, Need};
use crate::source::{SitePath, World as _};
use crate::text::{file_name_problem, slugify};

#[derive(Debug, Args)]
pub(super) struct New {
    /// The kind of page, such as case-study
    kind: String,
    /// The title, in quotation marks
    title: String,
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        if self.kind == "organisation" {
            return Err(Failure::new("an organisation is a line of content/organisations.csv, not a page")
                .help("open that file and add a line: its code, a comma, its name"));
        }
        let kind = kind_named(&self.kind)?;
        let root = super::root(self.root.as_ref())?;
        // A line break inside quotation marks would end the line in the file too.
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let slug = slugify(&title);
        if slug.is_empty() {
            return Err(Failure::new("the title has no letters or digits to name the file by")
                .help("write the title in quotation marks: netsite new case-study \"Sharing reports\""));
        }
        if let Some(problem) = unusable(&slug, kind) {
            return Err(Failure::new(format!("a file cannot be named after this title: {problem}"))
                .help("choose another title; you can change it in the file later"));
        }
        let config =
            Config::read(&fs::read_to_string(root.join(crate::config::FILE_NAME)).unwrap_or_default()).0;
        let now = Timestamp::now();
        let today = config.timezone.to_datetime(now).date();
        let files = DiskWorld::new(root.clone(), now).list(&SitePath::new(crate::content::FOLDER)).files;
        let examples = Examples::of(files.iter().map(|file| &file.path), today, config.review_months);
        let folder = root.join(crate::content::FOLDER).join(kind.folder);
        // Data and drawings lie beside their page, so such a page has a folder of its own.
        let has_files = kind.has_files;
        let path =
            if has_files { folder.join(&slug).join("index.md") } else { folder.join(format!("{slug}.md")) };
        let text = starter(kind, &title, &examples);
        if let Some(taken) = standing(&folder, &slug) {
            return Err(already_there(&taken));
        }
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(|error| {
            Failure::new(format!("the folder `{}` could not be made: {error}", parent.display()))
        })?;
        let written = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        match written {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(already_there(&path)),
            Err(error) => {
                return Err(Failure::new(format!("`{}` could not be written: {error}", path.display())));
            }
            Ok(()) => {}
        }
        terminal::print_error(&format!(
            "Made {}, a draft.\nOpen it, fill in what it asks for, and set status: published when it is ready.\n`netsite build` says what is still missing; `netsite build --drafts` shows the page.\n",
            path.display()
        ));
        Ok(Outcome::Clean)
    }
}

/// Why no page of this kind can have this name.
fn unusable(slug: &str, kind: &Kind) -> Option<String> {
    if slug == "index" && !kind.folder.is_empty() {
        return Some(format!("the list of {} stands at `index`", kind.plural.to_lowercase()));
    }
    file_name_problem(&format!("{slug}.md"))
}

/// The file of a page that has this name already, in either form, however its letters are written.
fn standing(folder: &Path, slug: &str) -> Option<PathBuf> {
    let is_named = |path: &Path| {
        path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| slugify(stem) == slug)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut taken: Vec<PathBuf> = entries
        .filter_map(|path| {
            if path.is_dir() {
                let index = path.join("index.md");
                let is_same =
                    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| slugify(name) == slug);
                return (is_same && index.exists()).then_some(index);
            }
            let is_page = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
            (is_page && is_named(&path)).then_some(path)
        })
        .collect();
    taken.sort();
    taken.into_iter().next()
}

fn already_there(path: &Path) -> Failure {
    Failure::new(format!("`{}` is there already, and nothing was changed", path.display()))
        .help("choose another title, or open that file")
}

/// The text of a new page. Everything but title and status is a comment, so that the draft builds as it is.
pub(super) fn starter(kind: &Kind, title: &str, examples: &Examples) -> String {
    let mut text = format!("---\ntitle: {}\nstatus: draft\n", quoted(title));
    // Two signs for what explains: it stays a comment even where an editor takes one from every line at once.
    text.push_str("\n## Take the # away from a line that has one, and put your own words after its colon.\n");
    text.push_str("## Lines with two only explain. Readers see none of them.\n");
    text.push_str("\n## Needed before publication\n\n");
    for field in
        kind.all_fields().filter(|field| kind.need(field) == Need::ToPublish && field.name != "status")
    {
        prompt(&mut text, field, &examples.line(field));
    }
    text.push_str("\n## Readers are glad of these too\n\n");
    for field in kind.all_fields().filter(|field| kind.need(field) == Need::Optional && field.name != "kind")
    {
        prompt(&mut text, field, &examples.line(field));
    }
    if kind.folder.is_empty() {
        text.push_str("---\n\n");
        text.push_str(kind.starter);
        return text;
    }
    text.push_str("---\n");
    if !kind.starter.is_empty() {
        let _ = write!(text, "\n{}", kind.starter);
    }
    for heading in kind.sections.first().copied().unwrap_or_default() {
        let _ = write!(text, "\n## {heading}\n\n<!-- Write here. Readers do not see this line. -->\n");
    }
    if !kind.optional_sections.is_empty() {
        let headings: Vec<String> =
            kind.optional_sections.iter().map(|heading| format!("## {heading}")).collect();
        let _ = write!(text, "\n<!-- You may add: {} -->\n", headings.join(", "));
    }
    text
}

fn prompt(text: &mut String, field: &Field, line: &str) {
    let _ = writeln!(text, "## {}", field.about);
    for line in line.lines() {
        let _ = writeln!(text, "# {line}");
    }
}

/// A title that YAML reads as text, whatever is in it.
fn quoted(title: &str) -> String {
    let plain = title.chars().all(|character| character.is_alphanumeric() || " ,-".contains(character))
        && title.starts_with(|first: char| first.is_alphabetic())
        && !matches!(title.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null");
    if plain {
        title.to_string()
    } else {
        format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::kinds::ALL;
    use crate::content::{Context, Status, parse};

    #[test]
    fn every_kinds_starter_is_a_draft_without_errors_that_says_what_is_missing() {
        for kind in ALL {
            let text = starter(kind, "R&D: \"first\" steps", Examples::none());
            let path = SitePath::new(&format!(
                "content/{}/new.md",
                if kind.folder.is_empty() { "x" } else { kind.folder }
            ));
            let (page, problems) = parse(&path, &text, Context::default());
            assert!(problems.is_empty(), "{}: {problems:?}", kind.name);
            assert_eq!(
                (page.status, page.title.as_str(), page.kind),
                (Status::Draft, "R&D: \"first\" steps", *kind)
            );
            assert!(page.missing.iter().any(|line| line.starts_with("summary:")), "{}", kind.name);
        }
    }

    #[test]
    fn the_prompts_of_every_starter_are_yaml_once_their_hash_is_gone() {
        for kind in ALL {
            let text = starter(kind, "New", Examples::none());
            let filled: String = text
                .lines()
                .map(|line| line.strip_prefix("# ").unwrap_or(line))
                .fold(String::new(), |text, line| text + line + "\n");
            let path = SitePath::new(&format!(
                "content/{}/new.md",
                if kind.folder.is_empty() { "x" } else { kind.folder }
            ));
            let (_, problems) = parse(&path, &filled, Context::default());
            assert!(problems.is_empty(), "{}: {problems:?}\n{filled}", kind.name);
        }
    }
}

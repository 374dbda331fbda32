//! `netsite find`: every place at which a person or an organisation appears, in the files of a site and in what is
//! published of them, for when consent is withdrawn or a name changes. It writes nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::terminal::{print, print_error};
use super::{Failure, Outcome, unless_closed};
use crate::build::{self, Assembled, Options, Progress};
use crate::content::Status;
use crate::disk::DiskWorld;
use crate::find::{FoundText, Wanted, texts_of};
use crate::markdown::words_of;
use crate::pathway::layout::Layouts;
use crate::render::{Output, Pictures, Planned, Renderer};
use crate::source::{SitePath, Text, World};
use crate::text::counted;

#[derive(Debug, Args)]
pub(super) struct Find {
    /// The name: "Jane Smith", an organisation's name or its code
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How places are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Shown,
}

/// How places are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// For people
    Human,
    /// One line each: path:line:column
    Short,
    /// One JSON object
    Json,
}

/// A file that is larger than this is not searched.
const MAX_BYTES: u64 = 100_000_000;

/// A line is shown as far as this around the name, in characters.
const SHOWN_AROUND: usize = 60;

/// A place in a file.
struct Place {
    path: SitePath,
    /// 0 where the name of the file is meant.
    line: u32,
    column: u32,
    /// Where in a file that is no text.
    part: String,
    excerpt: String,
    is_sure: bool,
    by: Option<String>,
}

/// The places in one file; where it could not be searched, the reason and the place in its name.
type Searched = Result<Vec<Place>, (SitePath, String, Vec<Place>)>;

/// What was found.
#[derive(Default)]
struct Found {
    places: Vec<Place>,
    /// Outputs that show the name, by address, each with whether it is surely the one.
    published: BTreeMap<String, bool>,
    /// Files that could not be searched, with the reason.
    unsearched: Vec<(SitePath, String)>,
    /// Pages among the places that readers do not see.
    hidden: BTreeMap<SitePath, String>,
}

impl Find {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let root = super::root(self.root.as_ref())?;
        let name = self.name.join(" ");
        let world = DiskWorld::new(root, Timestamp::now());
        let progress = Progress::default();
        // Drafts too: a file that is not published yet holds the name all the same.
        let options = Options { drafts: true, ..Options::default() };
        let all = build::assemble(&world, &options, Layouts::default(), &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        let wanted = Wanted::new(&name, &all.site);
        if wanted.is_empty() {
            return Err(Failure::new("there is no name to look for")
                .help("write at least one word of it, such as: netsite find \"Jane Smith\""));
        }
        let mut found = Found::default();
        found.search_files(&world, &wanted);
        for page in all.site.pages.iter().map(|page| &page.parsed) {
            let embargo = page.embargo.is_some_and(|embargo| embargo > world.now());
            if !page.status.is_public() {
                found.hidden.insert(page.path.clone(), page.status.name().to_string());
            } else if embargo {
                found.hidden.insert(page.path.clone(), "under embargo".to_string());
            } else if page.status == Status::Archived {
                found.hidden.remove(&page.path);
            }
        }
        drop(all);
        let public = build::assemble(&world, &Options::default(), Layouts::default(), &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        let is_complete = found.search_outputs(public, &wanted);
        self.show(&name, &wanted, &found, is_complete)?;
        let nothing = found.places.is_empty() && found.published.is_empty();
        Ok(if nothing { Outcome::NothingFound } else { Outcome::Clean })
    }

    fn show(&self, name: &str, wanted: &Wanted, found: &Found, is_complete: bool) -> Result<(), Failure> {
        let text = match self.format {
            Shown::Human => in_words(name, wanted, found, is_complete),
            Shown::Short => found.places.iter().map(|place| place.short() + "\n").collect(),
            Shown::Json => as_json(name, wanted, found),
        };
        unless_closed(print(&text))?;
        if self.format == Shown::Short {
            print_error(&format!("{}.\n", counted(found.places.len(), "place", "places")));
        }
        Ok(())
    }
}

impl Found {
    /// Searches every file that the site is made from, and the files' names.
    fn search_files(&mut self, world: &DiskWorld, wanted: &Wanted) {
        let mut files = Vec::new();
        for folder in [crate::content::FOLDER, crate::theme::FOLDER] {
            let listing = world.list(&SitePath::new(folder));
            files.extend(listing.files);
            self.unsearched.extend(listing.refused);
        }
        for name in [crate::config::FILE_NAME, "waivers.yaml"] {
            let path = SitePath::new(name);
            if let Ok(bytes) = world.read(&path) {
                files.push(crate::source::FileEntry { path, size: bytes.len() as u64 });
            }
        }
        let searched: Vec<Searched> = files
            .par_iter()
            .map(|file| {
                let mut places = in_name(&file.path, wanted);
                let failed = |reason: &str, places| Err((file.path.clone(), reason.to_string(), places));
                if file.size > MAX_BYTES {
                    return failed("it is too large", places);
                }
                let Ok(bytes) = world.read(&file.path) else { return failed("it cannot be read", places) };
                let Some(texts) = texts_of(&file.path, bytes) else {
                    return failed("what is in it has to be looked at by a person", places);
                };
                places.extend(texts.into_iter().flat_map(|text| in_text(&file.path, text, wanted)));
                Ok(places)
            })
            .collect();
        for result in searched {
            match result {
                Ok(places) => self.places.extend(places),
                Err((path, reason, places)) => {
                    self.places.extend(places);
                    self.unsearched.push((path, reason));
                }
            }
        }
        self.places
            .sort_by(|a, b| (&a.path, a.line, a.column, &a.part).cmp(&(&b.path, b.line, b.column, &b.part)));
        self.unsearched.sort();
    }

    /// Searches what is published, made anew in memory. Gives whether all of it could be made.
    fn search_outputs(&mut self, public: Assembled, wanted: &Wanted) -> bool {
        let Some(theme) = public.theme else { return false };
        // How large an image is shown says nothing of names.
        let pictures = Pictures::default();
        let renderer = Renderer::new(&public.site, theme, &pictures);
        let (plan, _) = renderer.plan();
        let (feeding, others): (Vec<&Planned>, Vec<&Planned>) =
            plan.iter().partition(|planned| planned.feeds_the_index());
        let look = |planned: &&Planned| -> Result<Option<(String, bool)>, ()> {
            match renderer.render(planned) {
                Ok(Output::Bytes(bytes)) => Ok(in_output(&planned.path, bytes, wanted)),
                // A file that is published as it stands was searched among the files.
                Ok(Output::Copy(asset)) => Ok(self
                    .places
                    .iter()
                    .filter(|place| place.path == asset.path)
                    .map(|place| (address(&planned.path), place.is_sure))
                    .max_by_key(|(_, is_sure)| *is_sure)),
                Ok(Output::Resized { .. }) => Ok(None),
                Err(_) => Err(()),
            }
        };
        let mut results: Vec<_> = feeding.par_iter().map(look).collect();
        results.extend(others.par_iter().map(look).collect::<Vec<_>>());
        let of_index: Vec<_> = renderer
            .index()
            .into_par_iter()
            .map(|(path, bytes)| Ok(in_output(&path, bytes.clone(), wanted)))
            .collect();
        results.extend(of_index);
        let is_complete = results.iter().all(Result::is_ok);
        for (address, is_sure) in results.into_iter().flatten().flatten() {
            *self.published.entry(address).or_default() |= is_sure;
        }
        is_complete
    }
}

/// Whether an output shows the name, with its address.
fn in_output(path: &str, bytes: Vec<u8>, wanted: &Wanted) -> Option<(String, bool)> {
    let text = String::from_utf8(bytes).ok()?;
    let mut found = wanted.find(&text);
    if is_html(path) {
        // Markup may stand within the name.
        found.extend(wanted.find(&words_of(&text)));
    }
    let is_sure = found.iter().any(|one| one.is_sure);
    (!found.is_empty()).then(|| (address(path), is_sure))
}

fn is_html(path: &str) -> bool {
    SitePath::new(path).extension() == "html"
}

fn address(path: &str) -> String {
    let path = path
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(path);
    format!("/{path}")
}

/// The places in the name of a file.
fn in_name(path: &SitePath, wanted: &Wanted) -> Vec<Place> {
    let below = path.as_str();
    let found = wanted.find(below);
    let place = |one: crate::find::Appearance| Place {
        path: path.clone(),
        line: 0,
        column: 0,
        part: String::new(),
        excerpt: String::new(),
        is_sure: one.is_sure,
        by: one.by,
    };
    found.into_iter().take(1).map(place).collect()
}

/// The places in a text of a file.
fn in_text(path: &SitePath, found_text: FoundText, wanted: &Wanted) -> Vec<Place> {
    let FoundText { place: part, text } = found_text;
    let found = wanted.find(&text);
    if found.is_empty() {
        return Vec::new();
    }
    let text = Text::new(text);
    found
        .into_iter()
        .map(|one| {
            let place = text.line_column(one.range.start as u32);
            Place {
                path: path.clone(),
                line: place.line,
                column: place.column,
                part: part.clone(),
                excerpt: excerpt(text.as_str(), one.range.start, one.range.end),
                is_sure: one.is_sure,
                by: one.by,
            }
        })
        .collect()
}

/// The line around a place, or as much of it as can be shown.
fn excerpt(text: &str, start: usize, end: usize) -> String {
    let before = text[..start].rsplit('\n').next().unwrap_or("");
    let after = text[end..].split(['\n', '\r']).next().unwrap_or("");
    let cut = before.chars().count().saturating_sub(SHOWN_AROUND);
    let before: String = before.chars().skip(cut).collect();
    let shown: String = after.chars().take(SHOWN_AROUND).collect();
    let open = if cut > 0 { "…" } else { "" };
    let close = if shown.len() < after.len() { "…" } else { "" };
    let line = format!("{open}{before}{}{shown}{close}", &text[start..end]);
    let visible = |sign: char| if sign.is_control() { ' ' } else { sign };
    line.chars().map(visible).collect::<String>().trim().to_string()
}

impl Place {
    fn place(&self) -> String {
        let path = self.path.as_str();
        match (self.line, self.part.is_empty()) {
            (0, _) => format!("{path}: the name of the file"),
            (_, false) => format!("{path}: {}", self.part),
            (line, true) => format!("{path}:{line}:{}", self.column),
        }
    }

    fn short(&self) -> String {
        let likely = if self.is_sure { "" } else { "likely: " };
        format!("{}: {likely}{}", self.place(), self.excerpt)
    }
}

fn in_words(name: &str, wanted: &Wanted, found: &Found, is_complete: bool) -> String {
    let mut text = String::new();
    if let Wanted::Organisation(names) = wanted {
        text.push_str("This site knows it by these names:\n");
        for name in names {
            let _ = writeln!(text, "    {} ({})", name.text, name.what);
        }
        text.push('\n');
    }
    let (sure, likely): (Vec<&Place>, Vec<&Place>) = found.places.iter().partition(|place| place.is_sure);
    let mut section = |title: &str, places: &[&Place]| {
        if !places.is_empty() {
            let _ = writeln!(text, "{title}");
            for place in places {
                let by = place.by.as_ref().map_or(String::new(), |by| format!(" ({by})"));
                let hidden = found
                    .hidden
                    .get(&place.path)
                    .map_or(String::new(), |why| format!(" [not published: {why}]"));
                let _ = writeln!(text, "    {}{by}{hidden}", place.place());
                if !place.excerpt.is_empty() {
                    let _ = writeln!(text, "        {}", place.excerpt);
                }
            }
            text.push('\n');
        }
    };
    section(&format!("{} in the files of the site:", counted(sure.len(), "place", "places")), &sure);
    section(
        &format!("{} that may mean the same; look at each:", counted(likely.len(), "place", "places")),
        &likely,
    );
    if !found.published.is_empty() {
        let (pages, others): (Vec<_>, Vec<_>) =
            found.published.iter().partition(|(address, _)| address.ends_with('/') || is_html(address));
        let mut list = |title: &str, all: &[(&String, &bool)]| {
            if !all.is_empty() {
                let _ = writeln!(text, "{title}");
                for (address, is_sure) in all {
                    let _ = writeln!(text, "    {address}{}", if **is_sure { "" } else { " (likely)" });
                }
                text.push('\n');
            }
        };
        list(&format!("Published on {}:", counted(pages.len(), "page", "pages")), &pages);
        list(&format!("And in {} beside them:", counted(others.len(), "file", "files")), &others);
    }
    if !is_complete {
        text.push_str("Not everything that is published could be looked at: netsite build says why.\n\n");
    }
    if !found.unsearched.is_empty() {
        let count = counted(found.unsearched.len(), "file", "files");
        let _ = writeln!(text, "{count} could not be searched; open them and look:");
        for (path, reason) in &found.unsearched {
            let _ = writeln!(text, "    {path}: {reason}");
        }
        text.push('\n');
    }
    if found.places.is_empty() && found.published.is_empty() {
        let _ = writeln!(
            text,
            "`{name}` was found nowhere. Pictures are not read: look at those that show people or signs."
        );
        return text;
    }
    text.push_str(match wanted {
        Wanted::Person(_) => WITHDRAWN,
        Wanted::Organisation(_) => RENAMED,
    });
    text
}

const WITHDRAWN: &str = "If consent was withdrawn: take the name out of these files (say a role instead: the lead radiographer), build and
publish, then run this again. Published copies, packs and the history of the repository keep the old files: ask
whoever looks after them, and tell your information governance lead. Pictures are not read: look at them.
If a name changed: write the new one, and leave the old one only where the person wants it kept.
";

const RENAMED: &str = "If the name changed: where a page speaks of today, write the new name; where it speaks of the past, keep the old one
and say `as_of`. Give the new name in content/organisations.csv (a code that closed keeps its line, with `valid_to` and
`successor`), or for a network under `name`, with the old one under `former_names`.
";

fn as_json(name: &str, wanted: &Wanted, found: &Found) -> String {
    let names: Vec<_> = match wanted {
        Wanted::Person(_) => Vec::new(),
        Wanted::Organisation(names) => names
            .iter()
            .map(|name| serde_json::json!({ "name": name.text, "what": name.what, "sure": name.is_sure }))
            .collect(),
    };
    let places: Vec<_> = found
        .places
        .iter()
        .map(|place| {
            serde_json::json!({
                "path": place.path.as_str(),
                "line": place.line,
                "column": place.column,
                "part": place.part,
                "in_file_name": place.line == 0,
                "sure": place.is_sure,
                "by": place.by,
                "text": place.excerpt,
                "not_published": found.hidden.get(&place.path),
            })
        })
        .collect();
    let published: Vec<_> = found
        .published
        .iter()
        .map(|(address, is_sure)| serde_json::json!({ "address": address, "sure": is_sure }))
        .collect();
    let unsearched: Vec<_> = found
        .unsearched
        .iter()
        .map(|(path, reason)| serde_json::json!({ "path": path.as_str(), "reason": reason }))
        .collect();
    let report = serde_json::json!({
        "name": name,
        "names": names,
        "places": places,
        "published": published,
        "unsearched": unsearched,
    });
    format!("{report}\n")
}

//! `netsite find`: every place at which a person or an organisation appears, in the files of a site and in what is
//! published of them, for when consent is withdrawn or a name changes. It writes nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::terminal::{print, print_error};
use super::{Failure, Outcome, unless_closed};
use crate::build::{self, Assembled, Options, Progress};
use crate::content::Status;
use crate::disclosure::masked_path;
use crate::disk::DiskWorld;
use crate::find::{Place, Searched, Wanted};
use crate::markdown::words_of;
use crate::pathway::layout::Layouts;
use crate::render::{Output, Pictures, Planned, Renderer};
use crate::source::{SitePath, World};
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
            Shown::Short => found.places.iter().map(|place| short(place) + "\n").collect(),
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
            files.extend(listing.files.into_iter().map(|file| file.path));
            self.unsearched.extend(listing.refused);
        }
        for name in [crate::config::FILE_NAME, "waivers.yaml"] {
            let path = SitePath::new(name);
            if world.reader(&path).is_ok() {
                files.push(path);
            }
        }
        let searched: Vec<(SitePath, Option<Place>, Searched)> = files
            .into_par_iter()
            .map(|path| {
                let inside = match world.reader(&path) {
                    Ok(mut reader) => wanted.in_file(&path, &mut *reader),
                    Err(_) => {
                        Searched { unsearched: vec!["it cannot be read".to_string()], ..Searched::default() }
                    }
                };
                let name = wanted.in_name(&path);
                (path, name, inside)
            })
            .collect();
        for (path, name, Searched { places, unsearched }) in searched {
            self.places.extend(name);
            self.places.extend(places);
            self.unsearched.extend(unsearched.into_iter().map(|reason| (path.clone(), reason)));
        }
        // Places inside documents stay in the order of the document.
        self.places.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
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
    let found: Vec<bool> = match String::from_utf8(bytes) {
        Ok(text) => {
            // Markup may stand within the name.
            let words = if is_html(path) { wanted.find(&words_of(&text)) } else { Vec::new() };
            wanted.find(&text).iter().chain(&words).map(|one| one.is_sure).collect()
        }
        Err(error) => {
            let inside = wanted.in_file(&SitePath::new(path), &mut Cursor::new(error.into_bytes()));
            inside.places.iter().map(|place| place.is_sure).collect()
        }
    };
    let is_sure = found.contains(&true);
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

/// Where a place is, for people.
fn shown(place: &Place) -> String {
    let path = masked_path(place.path.as_str());
    if place.is_file_name() {
        format!("{path}: the name of the file")
    } else if place.part.is_empty() {
        format!("{path}:{}:{}", place.line, place.column)
    } else {
        format!("{path}: {}", place.part)
    }
}

fn short(place: &Place) -> String {
    let likely = if place.is_sure { "" } else { "likely: " };
    format!("{}: {likely}{}", shown(place), place.excerpt)
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
                let _ = writeln!(text, "    {}{by}{hidden}", shown(place));
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
        let count = counted(found.unsearched.len(), "file or part", "files or parts of files");
        let _ = writeln!(text, "{count} could not be searched; look yourself:");
        for (path, reason) in &found.unsearched {
            let _ = writeln!(text, "    {}: {reason}", masked_path(path.as_str()));
        }
        text.push('\n');
    }
    if found.places.is_empty() && found.published.is_empty() {
        let _ = writeln!(
            text,
            "`{name}` was found nowhere. What pictures show is not read: look at those of people or signs."
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
whoever looks after them, and tell your information governance lead. What pictures show is not read: look at them.
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
                "path": masked_path(place.path.as_str()),
                "line": place.line,
                "column": place.column,
                "part": place.part,
                "in_file_name": place.is_file_name(),
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
        .map(|(path, reason)| serde_json::json!({ "path": masked_path(path.as_str()), "reason": reason }))
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

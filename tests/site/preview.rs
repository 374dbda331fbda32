//! A site that is looked at while it is written: after every edit, what it shows is what a clean build publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, RwLock};

use jiff::Timestamp;
use netsite::build::{self, Answer, Changed, NoStore, Options, Preview, Progress, Sink, SinkError, Updated};
use netsite::diagnostic::Located;
use netsite::pathway::layout::Layouts;
use netsite::site::Asset;
use netsite::source::{FileEntry, Listing, ReadError, SitePath, World};
use netsite::verdict::Coverage;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::harness::{case_study, files, page};
use super::samples::every_kind;

type Tree = BTreeMap<String, Vec<u8>>;

/// A site's folder in memory that a writer works in.
struct Desk {
    files: RwLock<BTreeMap<SitePath, Vec<u8>>>,
    touched: Mutex<BTreeSet<SitePath>>,
    /// Every file that was read, each time.
    read: Mutex<Vec<String>>,
}

impl Desk {
    fn with_every_kind() -> Self {
        let site = every_kind();
        let all = files(&site.path("")).into_iter();
        let sources = all.filter(|(path, _)| !path.starts_with("public/") && !path.starts_with(".netsite/"));
        let files = sources.map(|(path, bytes)| (SitePath::new(&path), bytes)).collect();
        Self { files: RwLock::new(files), touched: Mutex::default(), read: Mutex::default() }
    }

    fn write(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let path = SitePath::new(path);
        self.files.write().unwrap().insert(path.clone(), bytes.into());
        self.touched.lock().unwrap().insert(path);
    }

    fn remove(&self, path: &str) {
        let path = SitePath::new(path);
        self.files.write().unwrap().remove(&path);
        self.touched.lock().unwrap().insert(path);
    }

    fn text(&self, path: &str) -> Option<String> {
        let bytes = self.files.read().unwrap().get(&SitePath::new(path)).cloned()?;
        Some(String::from_utf8(bytes).unwrap())
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        if let Some(text) = self.text(path) {
            self.write(path, text.replacen(from, to, 1));
        }
    }

    /// Every file below a folder, to another.
    fn rename(&self, from: &str, to: &str) {
        let paths: Vec<SitePath> = self.files.read().unwrap().keys().cloned().collect();
        for path in paths {
            let below = if path.as_str() == from { Some("") } else { path.below(from) };
            if let Some(below) = below {
                let bytes = self.files.read().unwrap()[&path].clone();
                self.remove(path.as_str());
                self.write(&format!("{to}/{below}"), bytes);
            }
        }
    }

    /// What was touched since the last time.
    fn take_touched(&self) -> BTreeSet<SitePath> {
        std::mem::take(&mut self.touched.lock().unwrap())
    }
}

impl World for Desk {
    fn list(&self, folder: &SitePath) -> Listing {
        let files = self.files.read().unwrap();
        let below = files.iter().filter(|(path, _)| path.below(folder.as_str()).is_some());
        let files =
            below.map(|(path, bytes)| FileEntry { path: path.clone(), size: bytes.len() as u64 }).collect();
        Listing { files, refused: Vec::new() }
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        self.read.lock().unwrap().push(path.to_string());
        let files = self.files.read().unwrap();
        files
            .get(path)
            .cloned()
            .ok_or_else(|| ReadError { path: path.clone(), source: std::io::ErrorKind::NotFound.into() })
    }

    fn now(&self) -> Timestamp {
        "2026-06-01T10:00:00Z".parse().unwrap()
    }
}

/// Takes outputs into memory.
struct Shelf<'d> {
    desk: &'d Desk,
    tree: Mutex<Tree>,
}

impl Sink for Shelf<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.tree.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok(())
    }

    fn copy(&self, path: &str, asset: &Asset) -> Result<(), SinkError> {
        self.add(path, &self.desk.read(&asset.path)?)
    }
}

/// What a clean build publishes, unless there are errors; and what it says.
fn clean_build(desk: &Desk, options: &Options) -> (Option<Tree>, Vec<String>) {
    let progress = Progress::default();
    let mut assembled = build::assemble(desk, options, Layouts::default(), &progress).unwrap();
    let (images, problems) = build::images(desk, &NoStore, &assembled.site, &progress);
    assembled.problems.extend(problems);
    let is_sound = !assembled.problems.stop(desk, false);
    let mut theme = assembled.theme;
    let mut published = None;
    if let Some(loaded) = theme.take_if(|_| is_sound) {
        let shelf = Shelf { desk, tree: Mutex::default() };
        let (rendered, loaded) = build::render(&assembled.site, loaded, &images, &shelf, &progress).unwrap();
        if rendered.problems.is_empty() {
            published = Some(shelf.tree.into_inner().unwrap());
        }
        assembled.problems.extend(rendered.problems);
        theme = Some(loaded);
    }
    (published, said(&assembled.problems.verdict(desk, theme.as_ref(), Coverage::Part).problems))
}

fn said(problems: &[Located]) -> Vec<String> {
    problems.iter().map(|p| format!("{}:{}:{} {} {}", p.path, p.line, p.column, p.code, p.message)).collect()
}

/// All that a preview shows.
fn shown(desk: &Desk, preview: &mut Preview<'_>) -> Tree {
    preview
        .open(|opened| {
            let mut tree: Tree = opened.index().clone();
            for path in opened.paths() {
                let bytes = match opened.get(path).unwrap().unwrap() {
                    Answer::Bytes(bytes) => bytes,
                    Answer::File(path) => desk.read(&path).unwrap(),
                };
                tree.insert(path.to_string(), bytes);
            }
            tree
        })
        .unwrap()
}

#[track_caller]
fn assert_equals_a_clean_build(desk: &Desk, preview: &mut Preview<'_>, options: &Options, what: &str) {
    let (published, said_by_build) = clean_build(desk, options);
    let Some(published) = published else {
        let codes: Vec<String> = preview.problems().iter().map(|problem| problem.code.clone()).collect();
        assert!(!codes.is_empty(), "{what}: a build says {said_by_build:?}");
        return;
    };
    assert_eq!(said(&preview.problems()), said_by_build, "{what}");
    let shown = shown(desk, preview);
    let paths = shown.keys().chain(published.keys());
    let different: Vec<&String> = paths.filter(|path| shown.get(*path) != published.get(*path)).collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}

/// One step of a writer at work, by numbers so that any sequence can be drawn.
#[derive(Debug, Clone, Copy)]
struct Step {
    what: usize,
    which: usize,
    /// Whether nobody looks before the next step.
    is_quick: bool,
}

const PAGES: [&str; 6] = [
    "content/about.md",
    "content/case-studies/sharing-reports.md",
    "content/lessons/patience.md",
    "content/sessions/talk.md",
    "content/guides/writing.md",
    "content/pathways/stroke/index.md",
];

const CASE: &str = "content/case-studies/another.md";

fn take(desk: &Desk, Step { what, which, .. }: Step) {
    let path = PAGES[which % PAGES.len()];
    match what {
        0..=3 => {
            if let Some(text) = desk.text(path) {
                desk.write(path, format!("{text}\nSentence {which} about CT.\n"));
            }
        }
        4 => desk.replace(path, "title: ", "title: New "),
        5 => {
            if let Some(text) = desk.text(path) {
                desk.write(path, format!("{text}\n### Heading {which}\n\nText.\n"));
            }
        }
        6 => desk.replace(path, "\n## ", "\n## New "),
        7 => desk.write(CASE, case_study(&format!("case {which}"), ["themes: [Stroke]\n", ""][which % 2])),
        8 => desk.remove(CASE),
        9 => {
            let text = format!("See [that]({}.md) and ![a](a.png).\n", ["about", "nowhere"][which % 2]);
            desk.write("content/further.md", page("Further", "tags: [one]\n", &text));
        }
        10 => desk.replace("netsite.yaml", "title: ", "title: Our "),
        11 => desk.write("netsite.yaml", "title: [\n"),
        12 => desk
            .write("netsite.yaml", "title: Site\nbase_url: https://test.example/\nglossary:\n  CT: a scan\n"),
        13 => {
            let template =
                ["<p>{{ page.title }}", "<p>{{ page.titel", "{% extends \"item.html\" %}"][which % 3];
            desk.write("themes/default/templates/page.html", template);
        }
        14 => desk.remove("themes/default/templates/page.html"),
        15 => desk.write("themes/default/static/style.css", format!("p {{ margin: {which}px }}\n")),
        16 => desk.rename("content/guides", "content/guidance"),
        17 => desk.rename("content/guidance", "content/guides"),
        18 => desk.write("content/benchmarks/reports/data.csv", format!("period,value\n2025,{which}000\n")),
        19 => desk.replace(path, "status: published", "status: draft"),
        20 => desk.replace(path, "status: draft", "status: published"),
        21 => desk.replace(path, "---\n", "---\ntitle: [\n"),
        22 => desk.replace(path, "---\ntitle: [\n", "---\n"),
        23 => desk.write(
            "content/drafts/later.md",
            page("Later", "embargo_until: 2026-07-01 09:00 Europe/London\n", "x\n"),
        ),
        24 => desk.write(CASE, "---\ntitle: broken: here\n"),
        _ => desk.write("content/extra.txt", format!("{which}")),
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..26_usize, 0..12_usize, any::<bool>());
    prop::collection::vec(step.prop_map(|(what, which, is_quick)| Step { what, which, is_quick }), 1..16)
}

#[test]
fn any_sequence_of_edits_shows_what_a_clean_build_publishes() {
    let config = Config { cases: 16, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(steps(), any::<bool>()), |(steps, drafts)| {
            let desk = Desk::with_every_kind();
            let options = Options { drafts, ..Options::default() };
            let mut preview = Preview::new(&desk, &NoStore, options.clone());
            preview.update(Changed::Any).unwrap();
            for (number, step) in steps.iter().enumerate() {
                take(&desk, *step);
                if step.is_quick && number + 1 < steps.len() {
                    continue;
                }
                preview.update(Changed::These(&desk.take_touched())).unwrap();
                let what = format!("{:?}", &steps[..=number]);
                assert_equals_a_clean_build(&desk, &mut preview, &options, &what);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_edit_of_words_leaves_the_site_as_it_was() {
    let desk = Desk::with_every_kind();
    let mut preview = Preview::new(&desk, &NoStore, Options::default());
    assert_eq!(preview.update(Changed::Any).unwrap(), Updated::Site);
    let look = |preview: &mut Preview<'_>| preview.update(Changed::These(&desk.take_touched())).unwrap();
    let step = |what| Step { what, which: 0, is_quick: false };
    take(&desk, step(0));
    assert_eq!(look(&mut preview), Updated::Words);
    desk.write("content/about.md", desk.text("content/about.md").unwrap());
    assert_eq!(look(&mut preview), Updated::Nothing);
    take(&desk, step(4));
    assert_eq!(look(&mut preview), Updated::Site);
    take(&desk, step(15));
    assert_eq!(look(&mut preview), Updated::Theme);
}

/// Which files a look read, in order of their names.
fn read_by_a_look(desk: &Desk, preview: &mut Preview<'_>) -> Vec<String> {
    desk.read.lock().unwrap().clear();
    preview.update(Changed::These(&desk.take_touched())).unwrap();
    let mut read = std::mem::take(&mut *desk.read.lock().unwrap());
    read.sort();
    read.dedup();
    read
}

#[test]
fn a_look_reads_what_changed_and_nothing_else() {
    let desk = Desk::with_every_kind();
    let mut preview = Preview::new(&desk, &NoStore, Options::default());
    preview.update(Changed::Any).unwrap();
    // What says how all pages are read, and how what is wrong with them is judged.
    let settings = ["netsite.yaml", "waivers.yaml"];
    let with = |paths: &[&'static str]| [paths, &settings].concat();
    take(&desk, Step { what: 0, which: 0, is_quick: false });
    assert_eq!(read_by_a_look(&desk, &mut preview), ["content/about.md"]);
    take(&desk, Step { what: 4, which: 0, is_quick: false });
    assert_eq!(read_by_a_look(&desk, &mut preview), with(&["content/about.md"]));
    take(&desk, Step { what: 9, which: 0, is_quick: false });
    assert_eq!(read_by_a_look(&desk, &mut preview), with(&["content/further.md"]));
    desk.remove("content/further.md");
    assert_eq!(read_by_a_look(&desk, &mut preview), with(&["content/further.md"]));
}

#[test]
fn what_changed_while_the_settings_could_not_be_read_is_seen_when_they_can() {
    let desk = Desk::with_every_kind();
    let options = Options::default();
    let mut preview = Preview::new(&desk, &NoStore, options.clone());
    preview.update(Changed::Any).unwrap();
    let settings = desk.text("netsite.yaml").unwrap();
    // All in one moment: settings that say nothing, another title of the same length, a page less, and a template.
    desk.write("netsite.yaml", "title: [\n");
    let text = desk.text("content/about.md").unwrap();
    let title = text.find("title: ").unwrap() + "title: ".len();
    desk.write("content/about.md", format!("{}Z{}", &text[..title], &text[title + 1..]));
    desk.remove("content/lessons/patience.md");
    desk.write("themes/default/templates/page.html", "<p>{{ page.title }}</p>");
    preview.update(Changed::These(&desk.take_touched())).unwrap();
    desk.write("netsite.yaml", settings);
    preview.update(Changed::These(&desk.take_touched())).unwrap();
    assert_equals_a_clean_build(&desk, &mut preview, &options, "after the settings were mended");
}

/// What an edit makes other than it was, without the files of the search's index.
fn changed_by(desk: &Desk, preview: &mut Preview<'_>, edit: impl FnOnce()) -> Vec<String> {
    let before = shown(desk, preview);
    edit();
    preview.update(Changed::These(&desk.take_touched())).unwrap();
    let after = shown(desk, preview);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let is_other = |path: &&String| before.get(*path) != after.get(*path);
    let is_page = |path: &&String| !path.starts_with("search/");
    paths.into_iter().filter(is_other).filter(is_page).cloned().collect()
}

#[test]
fn an_edit_changes_the_pages_that_show_it_and_no_other() {
    let desk = Desk::with_every_kind();
    let mut preview = Preview::new(&desk, &NoStore, Options::default());
    preview.update(Changed::Any).unwrap();
    let step = |what| Step { what, which: 0, is_quick: false };
    let words = changed_by(&desk, &mut preview, || take(&desk, step(0)));
    assert_eq!(words, ["about/index.html"]);
    let title = changed_by(&desk, &mut preview, || take(&desk, step(4)));
    // Beside its own page: the list of all pages, the page that is a translation of it, and what leads from old addresses.
    let naming = ["guides/amdanom/index.html", "old.html", "was/here/index.html", "who/index.html"];
    assert_eq!(title, [&["a-to-z/index.html", "about/index.html"], &naming[..]].concat());
    let styles = changed_by(&desk, &mut preview, || take(&desk, step(15)));
    assert_eq!(styles, ["style.css"]);
}

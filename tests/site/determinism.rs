//! The same site gives the same bytes, and a build over an earlier one gives what a clean one gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tempfile::TempDir;

use super::harness::{Run, TestSite, case_study, command, files, netsite, page};
use super::samples::every_kind;

/// Files by their paths.
type Tree = BTreeMap<String, Vec<u8>>;

/// Builds for one day, so that midnight cannot come between two builds.
fn build(root: &Path) -> Run {
    netsite(&["build", "--root", root.to_str().unwrap(), "--format", "json", "--as-of", "2026-06-01"])
}

/// Writes a site's files in the given order into a new folder, and gives the folder.
fn written<'a>(order: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, bytes) in order {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What a build of the same sources into a new folder publishes and says.
fn clean_build(sources: &Tree) -> (Tree, i32, String) {
    let folder = written(sources.iter());
    let run = build(folder.path());
    (files(&folder.path().join("public")), run.code, run.stdout)
}

/// The files of a site that are its sources.
fn sources(site: &TestSite) -> Tree {
    let mut all = files(&site.path(""));
    all.retain(|path, _| !path.starts_with("public/") && !path.starts_with(".netsite/"));
    all
}

#[track_caller]
fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let paths = one.keys().chain(other.keys());
    let different: Vec<&String> = paths.filter(|path| one.get(*path) != other.get(*path)).collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}

#[test]
fn threads_zone_and_language_of_the_machine_do_not_show() {
    let site = every_kind();
    let mut trees = Vec::new();
    for (threads, zone, language) in [
        ("1", "UTC", "C"),
        ("8", "Pacific/Kiritimati", "cy_GB.UTF-8"),
        ("3", "America/Los_Angeles", "tr_TR.UTF-8"),
    ] {
        let output = site.path(&format!("out-{threads}"));
        let mut command = command();
        command
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language);
        command.args(["build", "--root", site.path("").to_str().unwrap(), "--as-of", "2026-06-01 00:30"]);
        let run = Run::of(&command.args(["--output", output.to_str().unwrap()]).output().unwrap());
        assert_eq!(run.code, 0, "{}", run.stderr);
        trees.push(files(&output));
    }
    assert_same(&trees[0], &trees[1], "8 threads");
    assert_same(&trees[0], &trees[2], "3 threads");
}

#[test]
fn problems_come_in_one_order_on_any_number_of_threads() {
    let mut site = TestSite::new();
    for number in 0..40 {
        site = site.page(&format!("p{number}"), "colour: red\n", "[a](nowhere.md) [b](/none/)\n");
    }
    let said = |threads: &str| {
        let mut command = command();
        command.env("RAYON_NUM_THREADS", threads);
        command.args(["build", "--format", "json", "--root", site.path("").to_str().unwrap()]);
        Run::of(&command.output().unwrap()).stdout
    };
    let alone = said("1");
    // Three of each page, and what the run came to.
    assert_eq!(alone.lines().count(), 121);
    assert_eq!(said("8"), alone);
}

#[test]
fn the_order_in_which_files_were_made_and_the_folder_do_not_show() {
    let sources = sources(&every_kind());
    let (forwards, backwards) = (written(sources.iter()), written(sources.iter().rev()));
    assert_eq!((build(forwards.path()).code, build(backwards.path()).code), (0, 0));
    let published = |root: &TempDir| files(&root.path().join("public"));
    assert_same(&published(&forwards), &published(&backwards), "backwards");
    let folder = forwards.path().to_str().unwrap();
    for (path, bytes) in published(&forwards) {
        assert!(!String::from_utf8_lossy(&bytes).contains(folder), "{path} names the folder");
    }
}

#[test]
fn a_rebuild_equals_a_clean_build_whatever_changed() {
    type Edit = (&'static str, fn(&TestSite));
    const CASE: &str = "content/case-studies/sharing-reports.md";
    let edits: [Edit; 16] = [
        ("nothing", |_| {}),
        ("a word", |site| edit(site, "content/about.md", "Us.", "All of us.")),
        ("a title", |site| {
            edit(site, "content/lessons/patience.md", "title: Patience", "title: More patience");
        }),
        ("a heading that is linked", |site| {
            edit(site, "content/about.md", "## Who", "## Who we are");
            edit(site, "content/guides/writing.md", "#who", "#who-we-are");
        }),
        ("a new page", |site| {
            let new = case_study("new", "published: 2026-03-01\nthemes: [Stroke]\n");
            site.write("content/case-studies/new.md", new);
        }),
        ("a page less", |site| site.remove("content/sessions/talk.md")),
        ("a renamed page", |site| {
            rename(site, "content/guides/writing.md", "content/guides/how-to-write.md");
        }),
        ("a renamed folder", |site| {
            rename(site, "content/pathways/stroke", "content/pathways/stroke-2026");
            edit(site, CASE, "pathways/stroke/", "pathways/stroke-2026/");
            edit(site, CASE, "pathway:stroke", "pathway:stroke-2026");
        }),
        ("a template", |site| {
            let template = "{% extends \"base.html\" %}{% block main %}Lost{% endblock main %}";
            site.write("themes/ours/templates/404.html", template);
            edit(site, "netsite.yaml", "title:", "theme: ours\ntitle:");
        }),
        ("a file of the theme", |site| site.write("themes/ours/static/style.css", "p {}\n")),
        ("no template any more", |site| site.remove("themes/ours/templates/404.html")),
        ("the settings", |site| edit(site, "netsite.yaml", "title: Test site", "title: Our site")),
        ("a data file", |site| {
            site.write("content/benchmarks/reports/data.csv", "period,value\n2025,40000\n");
        }),
        ("a drawing", |site| {
            site.write("content/pathways/stroke-2026/stroke.mmd", "flowchart TD\n  a[Arrive] --> c[Wait]\n");
        }),
        ("an old address", |site| edit(site, "content/about.md", "/who/", "/who-we-were/")),
        ("a draft that is published", |site| {
            site.write("content/drafts/later.md", page("Later", "", "Now.\n"));
        }),
    ];
    let site = every_kind();
    assert_eq!(build(&site.path("")).code, 0);
    for (what, edit) in edits {
        edit(&site);
        let run = build(&site.path(""));
        let (clean, code, said) = clean_build(&sources(&site));
        assert_eq!((run.code, run.stdout.as_str()), (code, said.as_str()), "{what}");
        assert_eq!(code, 0, "{what}: {said}");
        assert_same(&site.outputs(), &clean, what);
    }
}

#[track_caller]
fn edit(site: &TestSite, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.path(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    site.write(path, text.replace(from, to));
}

fn rename(site: &TestSite, from: &str, to: &str) {
    fs::rename(site.path(from), site.path(to)).unwrap();
}

/// One step of a writer at work.
#[derive(Debug, Clone)]
enum Step {
    Write { page: usize, body: usize },
    WriteCaseStudy { page: usize, themes: usize },
    Remove { page: usize },
    Rename { from: usize, to: usize },
    Title { word: usize },
    Template { word: usize },
    Break,
}

const NAMES: [&str; 5] = ["about", "case-studies/a", "case-studies/b", "guides/index", "guides/c"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..NAMES.len(), 0..4_usize).prop_map(|(page, body)| Step::Write { page, body }),
        3 => (1..3_usize, 0..4_usize).prop_map(|(page, themes)| Step::WriteCaseStudy { page, themes }),
        2 => (0..NAMES.len()).prop_map(|page| Step::Remove { page }),
        2 => (0..NAMES.len(), 0..NAMES.len()).prop_map(|(from, to)| Step::Rename { from, to }),
        1 => (0..3_usize).prop_map(|word| Step::Title { word }),
        1 => (0..3_usize).prop_map(|word| Step::Template { word }),
        1 => Just(Step::Break),
    ];
    prop::collection::vec(step, 1..5)
}

fn take(site: &TestSite, step: &Step) {
    const TEMPLATE: &str = "themes/default/templates/page.html";
    let path = |page: usize| format!("content/{}.md", NAMES[page]);
    // What is not there cannot be removed or renamed, which a writer would see.
    match *step {
        Step::Write { page: number, body } => {
            let body = ["Text.\n", "## A\n\nText.\n", "[About](/about/)\n", "> [!NOTE]\n> Text.\n"][body];
            site.write(&path(number), page(NAMES[number], "tags: [one]\n", body));
        }
        Step::WriteCaseStudy { page, themes } => {
            let themes = ["", "themes: [A]\n", "themes: [B, A]\n", "aliases: [/old/]\nthemes: [a]\n"][themes];
            site.write(&path(page), case_study(NAMES[page], themes));
        }
        Step::Remove { page } => {
            let _ = fs::remove_file(site.path(&path(page)));
        }
        Step::Rename { from, to } => {
            let target = site.path(&path(to));
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            let _ = fs::rename(site.path(&path(from)), target);
        }
        Step::Title { word } => {
            site.write("netsite.yaml", format!("title: Site {word}\nbase_url: https://test.example/\n"));
        }
        Step::Template { word: 0 } => site.write(TEMPLATE, "<p>{{ page.title }}"),
        Step::Template { word: 1 } => site.write(TEMPLATE, "<p>{{ page.titel }}"),
        Step::Template { .. } => {
            let _ = fs::remove_file(site.path(TEMPLATE));
        }
        Step::Break => site.write("content/broken.md", "---\ntitle: [\n---\n"),
    }
}

#[test]
fn any_sequence_of_edits_gives_what_a_clean_build_gives() {
    let config = Config { cases: 20, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&steps(), |steps| {
            let site =
                TestSite::new().network().page("about", "", "Text.\n").case_study("a", "themes: [A]\n");
            let mut standing = clean_build(&sources(&site)).0;
            build(&site.path(""));
            for step in &steps {
                take(&site, step);
                let run = build(&site.path(""));
                let (clean, code, said) = clean_build(&sources(&site));
                prop_assert_eq!((run.code, &run.stdout), (code, &said));
                // With errors the last good site stands.
                if code == 0 {
                    standing = clean;
                }
                let outputs = site.outputs();
                let names = (outputs.keys().collect::<Vec<_>>(), standing.keys().collect::<Vec<_>>());
                prop_assert_eq!(&names.0, &names.1);
                prop_assert!(outputs == standing, "contents differ after {:?}", step);
                if matches!(step, Step::Break) {
                    site.remove("content/broken.md");
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_projects_own_content_comes_out_the_same_each_time() {
    let root = env!("CARGO_MANIFEST_DIR");
    let trees: Vec<Tree> = ["1", "2", "8"]
        .iter()
        .map(|threads| {
            let output = TempDir::new().unwrap();
            let published = output.path().join("site");
            let built = command()
                .args([
                    "build",
                    "--root",
                    root,
                    "--output",
                    published.to_str().unwrap(),
                    "--as-of",
                    "2026-12-01",
                ])
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            files(&published)
        })
        .collect();
    assert_same(&trees[0], &trees[1], "two threads");
    assert_same(&trees[0], &trees[2], "eight threads");
}

#[test]
fn claims_stand_in_the_writers_order() {
    let topics = ["Members", "Area", "Scans", "Budget", "Patients", "Origin"];
    let claims: String = topics
        .iter()
        .map(|topic| format!("  - about: {topic}\n    says: one\n  - about: {topic}\n    says: two\n"))
        .collect();
    let site = TestSite::new().page("about", &format!("claims:\n{claims}"), "Text.\n");
    site.build().clean();
    let page = site.output("about/index.html");
    let places: Vec<usize> = topics.iter().map(|topic| page.find(&format!("<h3>{topic}")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

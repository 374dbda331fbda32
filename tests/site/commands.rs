//! The commands beside `build`: a new site, a new page, schemas and completions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Stdio;

use netsite::content::kinds::ALL;
use serde_json::Value;

use super::harness::{Run, TestSite, command, files, netsite};
use super::published::assert_sound;

/// Runs `netsite new` in a site.
fn new(site: &TestSite, kind: &str, title: &str) -> Run {
    netsite(&["new", kind, title, "--root", site.path("").to_str().unwrap()])
}

/// Builds a site with messages for people.
fn build_for_people(site: &TestSite) -> Run {
    netsite(&["build", "--root", site.path("").to_str().unwrap()])
}

#[test]
fn init_makes_a_site_that_builds_without_problems_on_the_spot() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::of(&command().args(["init", "our site"]).current_dir(folder.path()).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let root = folder.path().join("our site");
    let build = Run::of(&command().arg("build").current_dir(&root).output().unwrap());
    assert_eq!(build.code, 0);
    assert!(build.stderr.contains("no problems"), "{}", build.stderr);
    assert!(root.join("public/case-studies/sharing-reports/index.html").is_file());
    // What git would be given: no output, no record.
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    assert!(ignored.contains("/public/") && ignored.contains("/.netsite/"));
    // The next step that it names works as written, blanks in the folder's name included.
    assert!(run.stderr.contains("cd \"our site\""), "{}", run.stderr);
}

#[test]
fn the_readme_of_a_new_site_leads_to_guides_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    netsite(&["init", folder.path().to_str().unwrap()]).clean();
    let mut to_read = vec!["README.md".to_string()];
    let mut read = BTreeSet::new();
    while let Some(name) = to_read.pop() {
        let text = fs::read_to_string(folder.path().join(&name)).unwrap_or_else(|_| panic!("no {name}"));
        let parent = if name.starts_with("docs/") { "docs/" } else { "" };
        // Examples in code name files of no site.
        let in_code = |at: usize| {
            let before = &text[..at];
            before.matches("\n```").count() % 2 == 1
                || before.rsplit('\n').next().unwrap().matches('`').count() % 2 == 1
        };
        for (at, _) in text.match_indices("](").filter(|(at, _)| !in_code(*at)) {
            let target = text[at + 2..].split([')', '#']).next().unwrap();
            if !target.is_empty() && !target.contains(':') && !read.contains(&format!("{parent}{target}")) {
                to_read.push(format!("{parent}{target}"));
            }
        }
        read.insert(name);
    }
    let guides = ["configuration", "front-matter", "messages", "themes", "writing"];
    for guide in guides {
        assert!(read.contains(&format!("docs/{guide}.md")), "{read:?}");
    }
    let readme = fs::read_to_string(folder.path().join("README.md")).unwrap();
    for needed in ["content/organisations.csv", "Latitude and longitude", "`content/index.md`"] {
        assert!(readme.contains(needed), "{needed}");
    }
}

#[test]
fn init_works_in_the_current_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let run = Run::of(&command().args(["init", "."]).current_dir(folder.path()).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("cd ."), "{}", run.stderr);
    assert!(folder.path().join("netsite.yaml").is_file());
}

#[test]
fn init_writes_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    fs::write(folder.path().join("thesis.docx"), "ten years of work").unwrap();
    let run = netsite(&["init", root]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not empty (it holds `thesis.docx`)"), "{}", run.stderr);
    assert_eq!(files(folder.path()).len(), 1);
    let file = folder.path().join("thesis.docx");
    let run = netsite(&["init", file.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let run = netsite(&["init", file.join("below").to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(fs::read_to_string(file).unwrap(), "ten years of work");
    // A second time neither.
    let site = folder.path().join("site");
    netsite(&["init", site.to_str().unwrap()]).clean();
    fs::write(site.join("content/index.md"), "mine").unwrap();
    assert_eq!(netsite(&["init", site.to_str().unwrap()]).code, 2);
    assert_eq!(fs::read_to_string(site.join("content/index.md")).unwrap(), "mine");
}

#[test]
fn every_kind_of_new_page_is_a_draft_in_its_folder_that_builds() {
    let site = TestSite::new();
    for kind in ALL {
        let run = new(&site, kind.name, &format!("Our first {}", kind.title));
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let made: Vec<String> = files(&site.path("content")).into_keys().collect();
    assert_eq!(
        made,
        [
            "assessments/our-first-assessment.md",
            "benchmarks/our-first-benchmark/index.md",
            "case-studies/our-first-case-study.md",
            "events/our-first-event.md",
            "lessons/our-first-lesson.md",
            "networks/our-first-network.md",
            "our-first-page.md",
            "pathways/our-first-pathway/index.md",
            "sessions/our-first-session.md",
            "standards/our-first-standard.md",
            "templates/our-first-template.md",
            "terms-of-reference/our-first-terms-of-reference.md",
        ]
    );
    let run = build_for_people(&site);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        run.stderr.matches("Before publishing, it needs lines like these:").count(),
        ALL.len(),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("Built 0 pages") && run.stderr.contains("no problems"), "{}", run.stderr);
    site.build_with(&["--drafts"]).clean();
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

/// What a new page holds below each heading.
const TO_WRITE: &str = "<!-- Write here. Readers do not see this line. -->";

/// The run says nothing but that words of the writer's own are still to come.
fn only_the_examples_are_left(run: &Run) {
    let left: Vec<String> = run.problems().iter().map(|p| format!("{} {}", p.code, p.message)).collect();
    let left: Vec<&str> = left.iter().filter_map(|said| said.split(" is still").next()).collect();
    let wanted = ["still-example `contact`", "still-example `owner`", "still-example `summary`"];
    assert_eq!(BTreeSet::from_iter(left), BTreeSet::from(wanted), "{}", run.stderr);
    assert_eq!(run.code, 0);
}

#[test]
fn the_lines_that_a_draft_is_told_to_add_publish_it() {
    let site = TestSite::new().network();
    assert_eq!(new(&site, "case-study", "Sharing a scanner").code, 0);
    let said = build_for_people(&site).stderr;
    let (_, rest) =
        said.split_once("content/case-studies/sharing-a-scanner.md is not published yet: draft").unwrap();
    let (_, rest) = rest.split_once("Before publishing, it needs lines like these:\n").unwrap();
    let lines: Vec<&str> = rest.lines().take_while(|line| line.starts_with("    ")).map(str::trim).collect();
    assert!(lines.len() >= 8, "{said}");
    let path = "content/case-studies/sharing-a-scanner.md";
    let text = fs::read_to_string(site.path(path)).unwrap();
    let filled = text.replace("status: draft\n", &format!("status: published\n{}\n", lines.join("\n")));
    site.write(path, filled.replace(TO_WRITE, "Words."));
    let run = site.build();
    only_the_examples_are_left(&run);
    assert!(site.publishes("case-studies/sharing-a-scanner/index.html"));
    assert!(!site.output("case-studies/sharing-a-scanner/index.html").contains("You may add"));
}

#[test]
fn a_new_page_names_a_network_of_its_site() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    netsite(&["init", root]).clean();
    let new = |kind: &str, title: &str| netsite(&["new", kind, title, "--root", root]).clean();
    let text = |slug: &str| {
        fs::read_to_string(folder.path().join(format!("content/case-studies/{slug}.md"))).unwrap()
    };
    new("case-study", "First");
    assert!(text("first").contains("\n# network: example-network\n"), "{}", text("first"));
    // One that is made up gives way to the writer's own.
    new("network", "Kent and Medway");
    new("case-study", "Second");
    assert!(text("second").contains("\n# network: kent-and-medway\n"), "{}", text("second"));
}

#[test]
fn the_prompts_of_a_new_page_publish_it_once_their_marks_are_gone() {
    let site = TestSite::new().network();
    assert_eq!(new(&site, "case-study", "Sharing a scanner").code, 0);
    let path = "content/case-studies/sharing-a-scanner.md";
    let text = fs::read_to_string(site.path(path)).unwrap();
    let (needed, rest) = text.split_once("\n## Readers are glad").unwrap();
    // One sign is taken away, as editors do it for every line at once: what has two stays a comment.
    let filled: Vec<&str> = needed.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let filled = format!("{}\n## Readers are glad{rest}", filled.join("\n"));
    site.write(path, filled.replace("status: draft", "status: published").replace(TO_WRITE, "Words."));
    let run = site.build();
    only_the_examples_are_left(&run);
    assert!(site.publishes("case-studies/sharing-a-scanner/index.html"));
}

#[test]
fn a_new_page_is_never_written_over_another() {
    let site = TestSite::new()
        .file("content/case-studies/one.md", "mine")
        .file("content/case-studies/two/index.md", "mine")
        .file("content/pathways/three.md", "mine")
        .file("content/Four.md", "mine");
    let before = files(&site.path("content"));
    for (kind, title) in
        [("case-study", "One"), ("case-study", "Two!"), ("pathway", "Three"), ("page", "Four")]
    {
        let run = new(&site, kind, title);
        assert_eq!(run.code, 2, "{title}");
        assert!(run.stderr.contains("is there already, and nothing was changed"), "{}", run.stderr);
    }
    assert_eq!(files(&site.path("content")), before);
}

#[test]
fn a_new_page_keeps_its_title_whatever_marks_are_in_it() {
    let titles = [
        "R&D: \"first\" steps",
        "2026",
        "yes",
        "# one",
        "C:\\temp",
        "It's ours",
        "{a}",
        "Ynys Môn",
        "null",
        "a\nb",
        "1e3",
        "0x1F",
        "~ x",
        "y",
        "No",
        "12:30",
        "@all",
        "tab\there",
    ];
    for title in titles {
        let site = TestSite::new();
        let run = new(&site, "lesson", title);
        assert_eq!(run.code, 0, "{title}: {}", run.stderr);
        let run = site.build_with(&["--drafts"]);
        run.clean();
        let html = site.output("lessons/index.html");
        let escaped = title
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('\'', "&#x27;")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let text = html.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#39;", "&#x27;");
        assert!(text.contains(&format!(">{escaped}<")), "{title}: {html}");
    }
}

#[test]
fn a_title_that_names_no_file_is_refused() {
    let site = TestSite::new();
    for title in ["", "!?", "🩻"] {
        let run = new(&site, "case-study", title);
        assert_eq!(run.code, 2, "{title}");
        assert!(run.stderr.contains("no letters or digits"), "{}", run.stderr);
    }
    // Windows has devices of these names, and a list stands at `index`.
    for title in ["Aux", "COM1", "Index", &"long ".repeat(60)] {
        let run = new(&site, "case-study", title);
        assert_eq!(run.code, 2, "{title}: {}", run.stderr);
        assert!(run.stderr.contains("choose another title"), "{}", run.stderr);
    }
    assert!(!site.path("content").exists());
}

#[test]
fn an_unknown_kind_is_told_the_nearest() {
    let site = TestSite::new();
    for run in [new(&site, "casestudy", "A"), netsite(&["schema", "casestudy"])] {
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains("there is no kind `casestudy`"), "{}", run.stderr);
        assert!(run.stderr.contains("did you mean `case-study`?"), "{}", run.stderr);
    }
    let run = new(&site, "organisation", "A");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("content/organisations.csv"), "{}", run.stderr);
}

#[test]
fn new_outside_a_site_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let run =
        Run::of(&command().args(["new", "case-study", "A"]).current_dir(folder.path()).output().unwrap());
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no netsite.yaml"), "{}", run.stderr);
}

fn schema(arguments: &[&str]) -> Value {
    let run = netsite(&[&["schema"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn schemas_ask_for_what_publication_needs() {
    for kind in ALL {
        let schema = schema(&[kind.name]);
        assert_eq!(schema["required"][0], "title", "{}", kind.name);
        let to_publish = schema["then"]["required"].as_array().unwrap();
        for name in ["summary", "owner", "last_reviewed", "review_by"] {
            assert!(to_publish.iter().any(|needed| needed == name), "{}: {name}", kind.name);
        }
        for needed in to_publish {
            assert!(schema["properties"][needed.as_str().unwrap()].is_object(), "{}: {needed}", kind.name);
        }
    }
    assert!(
        schema(&["case-study"])["then"]["required"].as_array().unwrap().iter().any(|name| name == "stage")
    );
    assert!(schema(&["config"])["properties"]["base_url"].is_object());
    assert!(schema(&[])["properties"]["measures"].is_object());
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    for arguments in
        [&["schema", "case-study"][..], &["completions", "bash"], &["--help"], &["build", "--help"]]
    {
        let mut child =
            command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The pipe is closed before anything is read.
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn completions_name_every_command_for_every_shell() {
    let mut scripts = BTreeMap::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = netsite(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        for word in ["netsite", "build", "init", "new", "schema", "completions", "deny-warnings"] {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
        scripts.insert(run.stdout, shell);
    }
    assert_eq!(scripts.len(), 5);
    assert_eq!(netsite(&["completions", "tcsh"]).code, 2);
}

#[test]
fn help_and_version_are_given() {
    let version = netsite(&["--version"]);
    assert_eq!((version.code, version.stdout.trim()), (0, concat!("netsite ", env!("CARGO_PKG_VERSION"))));
    let help = netsite(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["build", "init", "new", "schema", "completions"] {
        assert!(help.stdout.contains(&format!("\n  {command} ")), "{}", help.stdout);
        let own = netsite(&[command, "--help"]);
        assert!(own.code == 0 && own.stdout.contains("Usage: netsite "), "{}", own.stdout);
    }
    // Without a command there is nothing to do but to explain.
    let nothing = netsite(&[]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.stderr.contains("Usage: netsite"), "{}", nothing.stderr);
}

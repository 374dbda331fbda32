//! `netsite check --since`: only what a branch brings fails, told from real repositories; and its summary.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::check::check;
use super::harness::{Run, TestSite, command, files, page};

/// Runs `git` as nobody in particular.
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@test.example",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(site: &TestSite, message: &str) {
    git(&site.path(""), &["add", "-A"]);
    git(&site.path(""), &["commit", "-q", "-m", message]);
}

/// A site with a problem, committed on `main`, and a branch from there.
fn branch() -> TestSite {
    let site = TestSite::new().page("old", "", "[b](nowhere.md)\n").page("about", "", "About us.\n");
    git(&site.path(""), &["init", "-q"]);
    commit(&site, "Begin");
    git(&site.path(""), &["switch", "-q", "-c", "change"]);
    site
}

fn codes(run: &Run) -> Vec<String> {
    run.problems().into_iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}

#[test]
fn only_problems_that_the_branch_brings_fail() {
    let site = branch();
    assert_eq!(check(&site, &[]).code, 1);
    let run = check(&site, &["--since", "main"]).clean();
    assert!(run.stderr.contains("1 more problem was there already at "), "{}", run.stderr);
    let site = site.page("new", "", "[c](gone.md)\n");
    let run = check(&site, &["--since", "main"]);
    assert_eq!((run.code, codes(&run)), (1, vec!["broken-link content/new.md".to_string()]));
    // What is uncommitted counts, what main has got since does not.
    commit(&site, "A page");
    git(&site.path(""), &["switch", "-q", "main"]);
    let site = site.page("later", "", "[d](lost.md)\n");
    commit(&site, "Meanwhile");
    git(&site.path(""), &["switch", "-q", "change"]);
    assert_eq!(codes(&check(&site, &["--since", "main"])), ["broken-link content/new.md"]);
}

#[test]
fn nothing_in_the_repository_is_changed() {
    let site = branch().page("new", "", "Text.\n");
    let before = files(&site.path(""));
    check(&site, &["--since", "main"]).clean();
    assert!(files(&site.path("")) == before);
}

#[test]
fn a_site_in_a_folder_of_a_repository_is_found_there() {
    let repository = TestSite::new().file("README.md", "Ours.\n");
    let root = repository.path("docs/our site");
    for (name, text) in [
        ("netsite.yaml", "title: T\nbase_url: https://test.example/\n".to_string()),
        ("content/old.md", page("Old", "", "[b](nowhere.md)\n")),
        ("content/café.md", page("Café", "", "[b](nowhere.md)\n")),
    ] {
        repository.write(&format!("docs/our site/{name}"), text);
    }
    git(&repository.path(""), &["init", "-q"]);
    commit(&repository, "Begin");
    repository.write("docs/our site/content/new.md", page("New", "", "[c](gone.md)\n"));
    let run = |format: &str| {
        let arguments = ["check", "--since", "main", "--format", format, "--root", root.to_str().unwrap()];
        Run::of(&command().args(arguments).output().unwrap())
    };
    assert_eq!(codes(&run("json")), ["broken-link content/new.md"]);
    // Annotations go by paths from the repository's root.
    let said = run("github").stdout;
    assert!(said.starts_with("::error file=docs/our site/content/new.md,line=10,"), "{said}");
    assert!(run("sarif").stdout.contains("\"docs/our%20site/content/new.md\""));
}

#[test]
fn a_day_that_has_come_fails_no_change() {
    let site = branch();
    let waiver =
        "- rule: broken-link\n  place: content/new.md\n  reason: r\n  role: r\n  until: 2026-01-01\n";
    site.write("waivers.yaml", waiver);
    let run = check(&site, &["--since", "main", "--deny-warnings"]);
    assert_eq!((run.code, codes(&run)), (0, vec!["waiver-ended waivers.yaml".to_string()]));
}

#[test]
fn a_waiver_that_is_taken_away_brings_its_problem_back() {
    let site = branch();
    let waiver =
        "- rule: broken-link\n  place: content/old.md\n  reason: r\n  role: r\n  until: 2030-01-01\n";
    git(&site.path(""), &["switch", "-q", "main"]);
    site.write("waivers.yaml", waiver);
    commit(&site, "Waive");
    site.remove("waivers.yaml");
    assert_eq!(codes(&check(&site, &["--since", "main"])), ["broken-link content/old.md"]);
}

#[test]
fn what_cannot_be_compared_with_is_said_in_words() {
    let site = branch();
    let run = check(&site, &["--since", "mian"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no such commit, branch or tag"), "{}", run.stderr);
    assert_eq!(check(&site, &["--since=--help"]).code, 2);

    let outside = TestSite::new().page("a", "", "Text.\n");
    let run = check(&outside, &["--since", "main"]);
    assert!(run.code == 2 && run.stderr.contains("no git repository"), "{}", run.stderr);

    git(&site.path(""), &["switch", "-q", "--orphan", "other"]);
    let site = site.file("netsite.yaml", "title: T\n").page("a", "", "Text.\n");
    commit(&site, "Another beginning");
    let run = check(&site, &["--since", "main"]);
    assert!(run.code == 2 && run.stderr.contains("no commit in common"), "{}", run.stderr);

    let root = site.path("");
    let run = command()
        .args(["check", "--since", "main", "--root", root.to_str().unwrap()])
        .env("PATH", "")
        .output();
    let run = Run::of(&run.unwrap());
    assert!(run.code == 2 && run.stderr.contains("`git` is not there"), "{}", run.stderr);
}

#[test]
fn a_copy_with_a_part_of_the_history_says_how_to_get_the_rest() {
    let site = branch().page("new", "", "Text.\n");
    commit(&site, "A page");
    let folder = tempfile::tempdir().unwrap();
    let from = format!("file://{}", site.path("").display());
    git(folder.path(), &["clone", "-q", "--depth", "1", "--branch", "change", &from, "copy"]);
    let root = folder.path().join("copy");
    for name in ["main", "origin/main"] {
        let run = command().args(["check", "--since", name, "--root", root.to_str().unwrap()]).output();
        let run = Run::of(&run.unwrap());
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("`fetch-depth: 0`"), "{}", run.stderr);
    }
    // With the whole of it, a branch that only the server has is found by its name.
    git(&root, &["fetch", "-q", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
    let run = command().args(["check", "--since", "main", "--root", root.to_str().unwrap()]).output();
    assert_eq!(Run::of(&run.unwrap()).code, 0);
}

#[test]
fn where_there_was_no_site_everything_is_new() {
    let site = TestSite::new();
    site.remove("netsite.yaml");
    let site = site.file("README.md", "Ours.\n");
    git(&site.path(""), &["init", "-q"]);
    commit(&site, "Begin");
    let site =
        site.file("netsite.yaml", "title: T\nbase_url: https://test.example/\n").page("a", "", "[b](c.md)\n");
    let run = check(&site, &["--since", "main"]);
    assert_eq!((run.code, codes(&run)), (1, vec!["broken-link content/a.md".to_string()]));
    assert!(run.stderr.contains("There was no site yet"), "{}", run.stderr);
}

/// A benchmark of activity with these values of two months.
fn benchmark(fields: &str, values: [&str; 2]) -> [(String, String); 2] {
    let data = format!("period,organisation,value\n2024-04,XA11,{}\n2024-04,XB22,{}\n", values[0], values[1]);
    let page = super::benchmarks::benchmark("Scans", "scans", fields);
    [
        ("content/benchmarks/scans/index.md".to_string(), page),
        ("content/benchmarks/scans/data.csv".to_string(), data),
    ]
}

fn write_all(site: &TestSite, files: [(String, String); 2]) {
    for (path, text) in files {
        site.write(&path, text);
    }
}

fn summary(site: &TestSite) -> String {
    let file = site.path("summary.md");
    let _ = fs::remove_file(&file);
    check(site, &["--since", "main", "--summary", file.to_str().unwrap()]);
    fs::read_to_string(file).unwrap()
}

#[test]
fn a_summary_tells_pages_figures_and_problems_that_change() {
    let site = branch().network().file("content/organisations.csv", "ods,name\nXA11,Alder\nXB22,Birch\n");
    let measures = |result: &str| {
        format!(
            "measures:\n  - metric: Time to report\n    baseline: 7\n    result: {result}\n    unit: days\n"
        )
    };
    site.write("content/case-studies/c.md", super::harness::case_study("C", &measures("2")));
    write_all(&site, benchmark("direction: higher\ncounts: activity\nlevel: national\n", ["1200", "1300"]));
    commit(&site, "Figures");
    git(&site.path(""), &["switch", "-q", "main"]);
    git(&site.path(""), &["merge", "-q", "change"]);
    git(&site.path(""), &["switch", "-q", "-c", "second"]);

    let nothing = summary(&site);
    assert!(nothing.contains("No page changes.") && nothing.contains("None."), "{nothing}");

    site.write("content/case-studies/c.md", super::harness::case_study("C", &measures("1")));
    write_all(&site, benchmark("direction: higher\ncounts: activity\nlevel: national\n", ["1250", "1300"]));
    site.remove("content/about.md");
    site.write("content/old.md", page("Old", "", "No link.\n"));
    site.write("content/new.md", page("New | <b>one</b>", "", "[c](gone.md)\n"));
    let text = summary(&site);
    for line in [
        "1 page added, 3 pages changed and 1 page removed.",
        "| Scans | Alder, April 2024 | 1,200 scans | 1,250 scans |",
        "| C | Time to report, after | 2 days | 1 days |",
        "| added | New &#124; &#60;b&#62;one&#60;/b&#62; | /new/ |",
        "| changed | old | /old/ |",
        "| removed | about | /about/ |",
        "1 problem is mended.",
        "| error | broken-link | content/new&#46;md&#58;10 |",
    ] {
        assert!(text.to_lowercase().contains(&line.to_lowercase()), "{line}\n{text}");
    }
    assert!(!text.contains("1,300"), "{text}");
}

#[test]
fn a_summary_shows_released_figures_only_and_no_hidden_page() {
    let site = branch().file("content/organisations.csv", "ods,name\nXA11,Alder\nXB22,Birch\n");
    site.write("netsite.yaml", "title: T\nbase_url: https://test.example/\nrepository: private\n");
    let fields = "direction: higher\ncounts: patients\nlevel: sub-national\n";
    write_all(&site, benchmark(fields, ["6", "1313"]));
    commit(&site, "Figures");
    git(&site.path(""), &["switch", "-q", "main"]);
    git(&site.path(""), &["merge", "-q", "change"]);
    git(&site.path(""), &["switch", "-q", "-c", "second"]);
    write_all(&site, benchmark(fields, ["5", "1417"]));
    site.write(
        "content/secret.md",
        page("Secret plan", "embargo_until: 2099-01-01 09:00 Europe/London\n", "Text.\n"),
    );
    let text = summary(&site);
    assert!(text.contains("| 1,315 scans | 1,415 scans |"), "{text}");
    for raw in ["1,313", "1313", "1417", "1,417", "| 6", "| 5", "Secret"] {
        assert!(!text.contains(raw), "{raw}\n{text}");
    }
}

#[test]
fn a_summary_is_written_over_nothing_of_anybodys() {
    let site = branch();
    for path in ["netsite.yaml", "content/old.md", "content/new.md", "nowhere/summary.md"] {
        let file = site.path(path);
        assert_eq!(check(&site, &["--summary", file.to_str().unwrap()]).code, 2, "{path}");
    }
    assert!(!site.path("content/new.md").exists());
    // The file of a step of GitHub Actions is added to.
    let step = site.path("step.md");
    fs::write(&step, "Before.\n").unwrap();
    let root = site.path("");
    let arguments = ["check", "--root", root.to_str().unwrap(), "--summary", step.to_str().unwrap()];
    assert_eq!(command().args(arguments).output().unwrap().status.code(), Some(2));
    let run = command().args(arguments).env("GITHUB_STEP_SUMMARY", &step).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    let text = fs::read_to_string(&step).unwrap();
    assert!(text.starts_with("Before.\n") && text.contains("broken-link"), "{text}");
}

//! What CI runs: the workflows that `netsite init --ci` writes, and the release of netsite itself.

use std::fs;
use std::path::Path;

use netsite::fields::yaml::{self, Content, Node};

use super::harness::{TestSite, command, netsite};

fn parsed(name: &str, text: &str) -> Node {
    yaml::parse(text, 0).unwrap_or_else(|problem| panic!("{name}: {}", problem.message))
}

fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.content {
        Content::Map(entries) => entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node),
        _ => None,
    }
}

fn scalar(node: &Node) -> &str {
    match &node.content {
        Content::Scalar(text) => text,
        _ => "",
    }
}

/// Every mapping in a tree.
fn mappings<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.content {
        Content::Map(entries) => {
            found.push(node);
            for (_, node) in entries {
                mappings(node, found);
            }
        }
        Content::List(items) => {
            for item in items {
                mappings(item, found);
            }
        }
        _ => {}
    }
}

/// The files of a service in a new site.
fn written(service: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let run = netsite(&["init", folder.path().to_str().unwrap(), "--ci", service]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("Fill in the address and the checksum"), "{}", run.stderr);
    let names: &[&str] = match service {
        "github" => &[".github/workflows/site.yml", ".github/actions/get-netsite/action.yml"],
        _ => &[".gitlab-ci.yml"],
    };
    names
        .iter()
        .map(|name| ((*name).to_string(), fs::read_to_string(folder.path().join(name)).unwrap()))
        .collect()
}

fn github_files() -> Vec<(String, String)> {
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows/release.yml");
    let mut files = written("github");
    files.push(("release.yml".to_string(), fs::read_to_string(release).unwrap()));
    files
}

#[test]
fn actions_are_pinned_and_nothing_that_somebody_wrote_is_run() {
    for (name, text) in github_files() {
        let tree = parsed(&name, &text);
        let mut all = Vec::new();
        mappings(&tree, &mut all);
        let mut run_count = 0;
        for step in all {
            if let Some(action) = get(step, "uses").map(scalar) {
                let commit = action.rsplit_once('@').map(|(_, commit)| commit);
                let is_pinned = commit.is_some_and(|commit| {
                    commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
                });
                assert!(is_pinned || action.starts_with("./"), "{name}: {action}");
            }
            if let Some(script) = get(step, "run").map(scalar).filter(|script| !script.is_empty()) {
                run_count += 1;
                // A title of a pull request in a script would be a part of the script.
                assert!(!script.contains("${{"), "{name}: {script}");
            }
        }
        assert!(run_count > 0, "{name}");
        assert!(!text.contains("pull_request_target") && !text.contains("secrets."), "{name}");
        assert!(text.contains("NETSITE_VERSION") == name.is_empty(), "{name}");
    }
}

#[test]
fn workflows_may_read_and_only_jobs_that_need_it_more() {
    for (name, text) in github_files().into_iter().filter(|(name, _)| !name.ends_with("action.yml")) {
        let tree = parsed(&name, &text);
        let permissions = get(&tree, "permissions").unwrap();
        let Content::Map(entries) = &permissions.content else { panic!("{name}") };
        assert_eq!(entries.len(), 1, "{name}");
        assert_eq!(get(permissions, "contents").map(scalar), Some("read"), "{name}");
        let jobs = get(&tree, "jobs").unwrap();
        if let Some(check) = get(jobs, "check") {
            assert!(get(check, "permissions").is_none(), "pull requests of forks need no more than to read");
        }
    }
}

#[test]
fn commands_in_the_workflows_exist_with_their_options() {
    let mut seen = 0;
    for (name, text) in written("github").into_iter().chain(written("gitlab")) {
        parsed(&name, &text);
        for (at, _) in text.match_indices("netsite ") {
            let line = text[at..].lines().next().unwrap();
            let words: Vec<&str> = line.split([' ', ')', '|']).collect();
            let [_, command @ ("check" | "build"), ..] = words[..] else { continue };
            seen += 1;
            let help = netsite(&[command, "--help"]).stdout;
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{name}: netsite {command} {option}");
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}

#[test]
fn the_program_is_checked_before_it_is_run() {
    for (name, text) in [written("github").remove(1), written("gitlab").remove(0)] {
        let checked = text.find("sha256sum --check --strict").unwrap_or_else(|| panic!("{name}"));
        assert!(checked < text.find("unzip -q").unwrap(), "{name}");
        assert!(text.contains("Fill in"), "{name}");
    }
}

#[test]
fn a_site_that_is_there_gets_the_files_and_keeps_its_own() {
    let site = TestSite::new().page("a", "", "Text.\n");
    let add = || command().args(["init", "--ci", "github"]).current_dir(site.path("")).output().unwrap();
    assert_eq!(add().status.code(), Some(0));
    assert!(site.path(".github/workflows/site.yml").is_file());
    assert!(!site.path("docs").exists() && !site.path("README.md").exists());
    site.write(".github/workflows/site.yml", "ours: true\n");
    assert_eq!(add().status.code(), Some(2));
    assert_eq!(fs::read_to_string(site.path(".github/workflows/site.yml")).unwrap(), "ours: true\n");
    assert_eq!(netsite(&["init"]).code, 2);
}

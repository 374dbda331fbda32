//! The project's papers: what they name exists, what they list is complete, and the reference of fields is what the
//! program reads. `UPDATE_DOCS=1 cargo test --test site papers` writes the reference anew.

mod reference;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::harness::netsite;

/// Folders that hold no source: what builds and tools make, and the site's own text, which its build checks.
const MADE: [&str; 7] = [".git", ".netsite", "__pycache__", "content", "node_modules", "public", "target"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, by its path from the root, sorted; without what is made.
fn files(folder: &str, without: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let name = entry.file_name();
            if entry.file_type().unwrap().is_dir() {
                if !without.iter().any(|made| name == *made) {
                    waiting.push(path);
                }
            } else {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == wanted)
}

/// The Markdown that is written for readers of this repository; what lies below `src` is for new sites.
fn papers() -> Vec<String> {
    files("", &MADE)
        .into_iter()
        .filter(|path| has_extension(path, "md") && !path.starts_with("src/"))
        .collect()
}

/// The text of `path` with its generated part replaced.
fn with_generated(path: &str, generated: &str) -> String {
    let text = read(path);
    let begin = text.find("<!-- generated from").unwrap_or_else(|| panic!("{path} has no generated part"));
    let line_end = begin + text[begin..].find('\n').unwrap();
    format!("{}\n\n{generated}", &text[..line_end])
}

fn check_generated(path: &str, generated: &str) {
    let wanted = with_generated(path, generated);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join(path), &wanted).unwrap();
    }
    assert!(
        read(path) == wanted,
        "{path} is not what the program reads; run UPDATE_DOCS=1 cargo test --test site papers"
    );
}

#[test]
fn the_reference_of_fields_is_what_the_program_reads() {
    check_generated("docs/front-matter.md", &reference::front_matter());
    check_generated("docs/configuration.md", &reference::configuration());
}

/// Text without the tests at its end and without comments.
fn code_of(path: &str) -> String {
    let text = read(path);
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The string literal that text begins with.
fn literal(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('"')?.split('"').next()
}

/// The codes of every diagnostic that the source makes.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files("src", &["tests"]).iter().filter(|path| has_extension(path, "rs")) {
        let code = code_of(path);
        for marker in ["error(", "warning(", "advice(", "refuse(", "code: "] {
            codes.extend(
                code.match_indices(marker)
                    .filter_map(|(at, _)| literal(&code[at + marker.len()..]))
                    .map(String::from),
            );
        }
        // `let code = if … { "one" } else { "other" };`
        for (at, _) in code.match_indices("let code = ") {
            let statement = code[at..].split(';').next().unwrap_or("");
            codes.extend(statement.split('"').skip(1).step_by(2).map(String::from));
        }
    }
    codes.retain(|code| {
        !code.is_empty()
            && code.chars().all(|character| {
                character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
            })
    });
    codes
}

#[test]
fn every_message_is_documented() {
    let documented: BTreeSet<String> = read("docs/messages.md")
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.to_string()))
        .collect();
    let codes = codes();
    let missing: Vec<_> = codes.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&codes).collect();
    assert!(codes.len() > 50, "the source is not read rightly: {codes:?}");
    assert!(
        missing.is_empty() && gone.is_empty(),
        "docs/messages.md lacks {missing:?} and lists {gone:?}, which are gone"
    );
}

/// The lines of fenced code in a paper.
fn fenced(text: &str) -> Vec<&str> {
    let mut inside = false;
    text.lines()
        .filter(|line| {
            let is_fence = line.trim_start().starts_with("```");
            inside ^= is_fence;
            inside && !is_fence
        })
        .collect()
}

/// The commands of the binary, as its help lists them.
fn subcommands() -> BTreeSet<String> {
    let help = netsite(&["--help"]).stdout;
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(String::from)
        .collect()
}

#[test]
fn the_commands_in_the_papers_exist() {
    let subcommands = subcommands();
    let recipes = read("justfile");
    let mut wrong = Vec::new();
    for path in papers() {
        let text = read(&path);
        let spans = text.split('`').skip(1).step_by(2);
        let mut commands = fenced(&text);
        commands.extend(spans.filter(|span| !span.contains('\n')));
        for command in commands {
            let command = command.trim_start_matches(['$', ' ']).trim_start_matches("./");
            let words: Vec<&str> = command.split_whitespace().collect();
            let exists = match words[..] {
                ["netsite", name, ..] if name.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    subcommands.contains(name)
                }
                ["cargo", "run", ..] => {
                    let name =
                        words.iter().skip_while(|word| **word != "--").nth(1).copied().unwrap_or("build");
                    subcommands.contains(name)
                }
                ["just", name, ..] => recipes
                    .lines()
                    .any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ' ']))),
                ["bash", script, ..] | [script, ..]
                    if script.starts_with("scripts/") || script.starts_with(".ci/") =>
                {
                    root().join(script).is_file()
                }
                _ => true,
            };
            if !exists {
                wrong.push(format!("{path}: {command}"));
            }
        }
    }
    assert!(wrong.is_empty(), "no such commands: {wrong:#?}");
}

#[test]
fn the_readme_lists_every_command() {
    let readme = read("README.md");
    for name in subcommands() {
        assert!(readme.contains(&format!("| `netsite {name}")), "README.md does not list `netsite {name}`");
    }
}

#[test]
fn the_messages_in_the_readme_are_what_the_program_says() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("site");
    let site_path = site.to_str().unwrap();
    assert_eq!(netsite(&["init", site_path]).code, 0);
    let page = site.join("content/case-studies/sharing-reports.md");
    let text = fs::read_to_string(&page).unwrap();
    let text: String = text
        .lines()
        .map(|line| match line.split(": ").next() {
            Some("last_reviewed") => "last_reviewed: 03/04/18\n".to_string(),
            Some("network") => "network: exmple-network\n".to_string(),
            Some("stage") => "stage: pilto\n".to_string(),
            _ => format!("{line}\n"),
        })
        .collect();
    fs::write(&page, text).unwrap();
    let run = netsite(&["build", "--root", site_path]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let (messages, closing) = run.stderr.split_once("Nothing was published").unwrap();
    let readme = read("README.md");
    for message in messages.trim().split("\n\n") {
        assert!(readme.contains(message), "README.md does not show this message:\n{message}");
    }
    let counts = closing.split(';').next().unwrap();
    assert!(readme.contains(counts), "README.md does not say `{counts}`");
}

/// The id that GitHub gives a heading.
fn heading_id(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}

fn has_heading(text: &str, id: &str) -> bool {
    let code = fenced(text);
    text.lines()
        .filter(|line| line.starts_with('#') && !code.contains(line))
        .any(|line| heading_id(line) == id)
}

/// The targets of a paper's links, without those in code.
fn links(text: &str) -> Vec<String> {
    let code = fenced(text);
    text.lines()
        .filter(|line| !code.contains(line))
        .flat_map(|line| {
            let words: String = line.split('`').step_by(2).collect();
            words
                .match_indices("](")
                .filter_map(|(at, _)| words[at + 2..].split(')').next().map(String::from))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_link_in_the_papers_leads_somewhere() {
    let mut broken = Vec::new();
    for paper in papers() {
        let text = read(&paper);
        let folder = root().join(&paper).parent().map(PathBuf::from).unwrap();
        for link in links(&text).iter().filter(|link| !link.contains(':')) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { root().join(&paper) } else { folder.join(file) };
            let leads = target.exists()
                && (heading.is_empty() || has_heading(&fs::read_to_string(&target).unwrap(), heading));
            if !leads {
                broken.push(format!("{paper}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_readme_leads_to_every_paper() {
    let readme = links(&read("README.md"));
    let decisions = links(&read("docs/decisions/README.md"));
    for paper in papers() {
        let listed = match paper.strip_prefix("docs/decisions/") {
            Some("README.md") => readme.contains(&paper),
            Some(decision) => decisions.iter().any(|link| link == decision),
            None if paper.starts_with("docs/") || !paper.contains('/') => {
                paper == "README.md" || readme.contains(&paper)
            }
            None => true,
        };
        assert!(listed, "nothing leads to {paper}");
    }
}

#[test]
fn the_changelog_says_what_is_new() {
    let changelog = read("CHANGELOG.md");
    let unreleased = changelog.split("## [Unreleased]").nth(1).expect("CHANGELOG.md has no Unreleased part");
    let unreleased = unreleased.split("\n## [").next().unwrap();
    assert!(unreleased.contains("\n- "), "the Unreleased part of CHANGELOG.md is empty");
}

#[test]
fn every_module_stands_on_a_floor_of_the_architecture() {
    let architecture = read("ARCHITECTURE.md");
    let floors: String =
        architecture.lines().filter(|line| line.starts_with("| ")).collect::<Vec<_>>().join("\n");
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name();
        let module = name.to_str().unwrap().trim_end_matches(".rs");
        assert!(
            module == "lib" || floors.contains(&format!("`{module}`")),
            "ARCHITECTURE.md gives `{module}` no floor"
        );
    }
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let here = format!("{}/", root().display());
    // Written in two parts, so that this file does not name them.
    let places =
        [here, concat!("/", "home/").into(), concat!("/", "Users/").into(), concat!("/", "root/").into()];
    let mut named = Vec::new();
    for path in files("", &MADE).into_iter().chain(files("content", &MADE)) {
        let bytes = fs::read(root().join(&path)).unwrap();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for (number, line) in text.lines().enumerate() {
            let names_one = places.iter().any(|place| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|before| !before.is_alphanumeric() && !"._-/}>".contains(before))
                })
            });
            if names_one {
                named.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(named.is_empty(), "{named:#?}");
}

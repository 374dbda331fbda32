//! A site in a folder of its own, built by the real binary, checked by what it published and said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A site on disk; every method that changes it gives it back, so that calls can be chained.
pub(crate) struct TestSite {
    folder: TempDir,
}

/// What a run of the binary came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A diagnostic as `--format json` gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl TestSite {
    /// A site with a title and a base address, and no pages.
    pub(crate) fn new() -> Self {
        let site = Self { folder: TempDir::new().unwrap() };
        site.file("netsite.yaml", "title: Test site\nbase_url: https://test.example/\n")
    }

    /// Writes a file, as text or bytes.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Writes a file in the middle of a test.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// A published page of a kind that needs nothing else, with further front matter and a body.
    pub(crate) fn page(self, name: &str, front_matter: &str, body: &str) -> Self {
        self.file(&format!("content/{name}.md"), page(name, front_matter, body))
    }

    /// A published case study with its four sections, of the network `example`.
    pub(crate) fn case_study(self, slug: &str, front_matter: &str) -> Self {
        self.file(&format!("content/case-studies/{slug}.md"), case_study(slug, front_matter))
    }

    /// The network `example`, without members.
    pub(crate) fn network(self) -> Self {
        let fields = "name: Example network\nas_of: 2024\nmembers: []\nregion: South East\n";
        self.file("content/networks/example.md", page("Example", fields, "## About\n\nA network.\n"))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn build(&self) -> Run {
        self.build_with(&[])
    }

    /// Builds with further arguments; diagnostics come as JSON.
    pub(crate) fn build_with(&self, arguments: &[&str]) -> Run {
        let root = self.folder.path().to_str().unwrap();
        let mut all = vec!["build", "--root", root, "--format", "json"];
        all.extend(arguments);
        netsite(&all)
    }

    /// A published file as text.
    pub(crate) fn output(&self, path: &str) -> String {
        let path = self.path("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn publishes(&self, path: &str) -> bool {
        self.path("public").join(path).is_file()
    }

    /// Every published file with its bytes.
    pub(crate) fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("public"))
    }
}

/// The text of a published page.
pub(crate) fn page(title: &str, front_matter: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: A page about {title}.\nstatus: published\nowner: team@test.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n{front_matter}---\n\n{body}"
    )
}

/// The text of a published case study.
pub(crate) fn case_study(title: &str, front_matter: &str) -> String {
    let fields =
        format!("network: example\nperiod: 2025\nstage: pilot\ncontact: team@test.example\n{front_matter}");
    page(title, &fields, "## Problem\n\nA.\n\n## Solution\n\nB.\n\n## Output\n\nC.\n\n## Next steps\n\nD.\n")
}

/// A picture of 2 × 1 pixels.
pub(crate) fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::from(image::RgbImage::new(2, 1));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// Every file below a folder with its bytes, by its path with `/`.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A command that runs the binary in a quiet environment.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netsite"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs the binary.
pub(crate) fn netsite(arguments: &[&str]) -> Run {
    Run::of(&command().args(arguments).output().unwrap())
}

impl Run {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// The objects on standard output, one a line.
    fn objects(&self) -> Vec<Value> {
        let object = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        self.stdout.lines().map(object).collect()
    }

    /// What the run came to, from its last line.
    pub(crate) fn summary(&self) -> Value {
        self.objects().pop().expect("a run ends with a summary")["summary"].clone()
    }

    /// The diagnostics on standard output.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.objects()
            .into_iter()
            .filter(|value| value.get("summary").is_none())
            .map(|value| {
                let text = |name: &str| value[name].as_str().unwrap_or("").to_string();
                Problem {
                    code: text("code"),
                    severity: text("severity"),
                    path: text("path"),
                    line: value["line"].as_u64().unwrap(),
                    column: value["column"].as_u64().unwrap(),
                    message: text("message"),
                    help: text("help"),
                }
            })
            .collect()
    }

    /// The one diagnostic that there is.
    #[track_caller]
    pub(crate) fn only_problem(&self) -> Problem {
        let problems = self.problems();
        assert_eq!(problems.len(), 1, "{problems:#?}\n{}", self.stderr);
        problems.into_iter().next().unwrap()
    }

    /// The run was clean.
    #[track_caller]
    pub(crate) fn clean(self) -> Self {
        let said: Vec<&str> = self.stdout.lines().filter(|line| !line.starts_with("{\"summary\":")).collect();
        assert_eq!((self.code, said), (0, Vec::new()), "{}", self.stderr);
        self
    }
}

impl Problem {
    /// Where it is: `path:line:column`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.path, self.line, self.column)
    }
}

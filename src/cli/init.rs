//! `netsite init`: a small site that builds, to start from, and what a service needs to check and publish one.

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Failure, Outcome, schema, terminal};
use crate::content::kinds::ALL;
use crate::text::list_words;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the new site, made if it is not there; with --ci also that of a site that is there [default with
    /// --ci: this folder]
    #[arg(value_name = "DIR", required_unless_present = "ci")]
    folder: Option<PathBuf>,
    /// Add what this service needs to check every change and to publish the site
    #[arg(long, value_enum, value_name = "SERVICE")]
    ci: Option<Service>,
}

/// A service that runs netsite whenever the repository changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Service {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI and GitLab Pages
    Gitlab,
}

impl Service {
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Github => &[
                (".github/workflows/site.yml", include_str!("init/ci/github-site.yml")),
                (".github/actions/get-netsite/action.yml", include_str!("init/ci/github-action.yml")),
            ],
            Self::Gitlab => &[(".gitlab-ci.yml", include_str!("init/ci/gitlab.yml"))],
        }
    }

    /// The file in which the address and the checksum of the program are filled in.
    fn to_fill_in(self) -> &'static str {
        match self {
            Self::Github => ".github/actions/get-netsite/action.yml",
            Self::Gitlab => ".gitlab-ci.yml",
        }
    }
}

/// The files of a new site. What its pages tell is made up, and says so. The guides come with it, since whoever was
/// given the program alone has no other way to them.
const FILES: [(&str, &str); 13] = [
    ("netsite.yaml", include_str!("init/netsite.yaml")),
    ("README.md", include_str!("init/README.md")),
    ("docs/writing.md", include_str!("../../docs/writing.md")),
    ("docs/front-matter.md", include_str!("../../docs/front-matter.md")),
    ("docs/messages.md", include_str!("../../docs/messages.md")),
    ("docs/configuration.md", include_str!("../../docs/configuration.md")),
    ("docs/ci.md", include_str!("../../docs/ci.md")),
    ("docs/themes.md", include_str!("../../docs/themes.md")),
    (".gitignore", include_str!("init/gitignore")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/organisations.csv", include_str!("init/organisations.csv")),
    ("content/networks/example-network.md", include_str!("init/example-network.md")),
    ("content/case-studies/sharing-reports.md", include_str!("init/sharing-reports.md")),
];

impl Init {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let folder = self.folder.as_deref().unwrap_or(Path::new("."));
        if let Some(service) = self.ci
            && folder.join(crate::config::FILE_NAME).is_file()
        {
            return add_service(folder, service);
        }
        check_empty(folder)?;
        for (name, text) in FILES {
            write(folder, name, &without_pages_of_rules(text))?;
        }
        write(folder, ".vscode/settings.json", &schema::pretty(&editor_settings()))?;
        write(folder, ".vscode/extensions.json", "{\n  \"recommendations\": [\"redhat.vscode-yaml\"]\n}\n")?;
        write(folder, ".vscode/schemas/config.json", &schema::pretty(&schema::config()))?;
        write(folder, ".vscode/schemas/waivers.json", &schema::pretty(&schema::waivers()))?;
        for kind in ALL {
            let name = format!(".vscode/schemas/{}.json", kind.name);
            write(folder, &name, &schema::pretty(&schema::of_kind(kind)))?;
        }
        for (name, text) in self.ci.map(Service::files).unwrap_or_default() {
            write(folder, name, &of_this_version(text))?;
        }
        let shown = folder.display();
        // In the current folder there is nowhere to change to; a name with blanks needs quotation marks.
        let is_here = folder.components().all(|part| part == Component::CurDir);
        let change = match shown.to_string() {
            _ if is_here => String::new(),
            name if name.contains(' ') => format!("  cd \"{name}\"\n"),
            name => format!("  cd {name}\n"),
        };
        let place = if is_here { "this folder".to_string() } else { format!("`{shown}`") };
        terminal::print_error(&format!(
            "Made a small site in {place}.\n\n{change}  netsite build\n\nThen open public/index.html. Start a page of your own with: netsite new case-study \"Its title\"\n"
        ));
        if let Some(service) = self.ci {
            terminal::print_error(&next_steps(service));
        }
        Ok(Outcome::Clean)
    }
}

/// The guides without links to pages of rules, which come with the program: `netsite explain` shows them.
fn without_pages_of_rules(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    for folder in ["](rules/", "](topics/"] {
        let mut without = String::new();
        while let Some((before, after)) = rest.split_once(folder) {
            let open = before.rfind('[').unwrap_or(before.len());
            without.push_str(&before[..open]);
            without.push_str(before.get(open + 1..).unwrap_or_default());
            rest = after.split_once(')').map_or("", |(_, after)| after);
        }
        without.push_str(rest);
        kept = without;
        rest = &kept;
    }
    kept
}

/// Adds a service's files to a site that is there.
fn add_service(folder: &Path, service: Service) -> Result<Outcome, Failure> {
    if let Some((name, _)) = service.files().iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Failure::new(format!("`{name}` is there already, and nothing was changed"))
            .help("take it away or rename it first; docs/ci.md says what the new one holds"));
    }
    let mut names = Vec::new();
    for (name, text) in service.files() {
        write(folder, name, &of_this_version(text))?;
        names.push(format!("`{name}`"));
    }
    terminal::print_error(&format!("Wrote {}.\n{}", list_words(&names, "and"), next_steps(service)));
    Ok(Outcome::Clean)
}

fn next_steps(service: Service) -> String {
    format!(
        "\nFill in the address and the checksum of netsite in `{}`, then commit; docs/ci.md says the rest.\n",
        service.to_fill_in()
    )
}

fn of_this_version(text: &str) -> String {
    text.replace("NETSITE_VERSION", env!("CARGO_PKG_VERSION"))
}

/// Nothing of anybody's is written over: the folder must be new or empty (a `.git` is fine).
fn check_empty(folder: &Path) -> Result<(), Failure> {
    if folder.is_file() {
        return Err(
            Failure::new(format!("`{}` is a file", folder.display())).help("choose a name for a new folder")
        );
    }
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let example = entries.flatten().map(|entry| entry.file_name()).find(|name| name != ".git");
    match example {
        Some(name) => Err(Failure::new(format!(
            "`{}` is not empty (it holds `{}`), and nothing was changed",
            folder.display(),
            name.to_string_lossy()
        ))
        .help("choose a new or an empty folder: netsite init my-site")),
        None => Ok(()),
    }
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| Failure::new(format!("`{}` could not be written: {error}", path.display())))
}

/// Tells editors which schema belongs to which file.
fn editor_settings() -> serde_json::Value {
    let mut schemas = serde_json::Map::new();
    schemas.insert("./.vscode/schemas/config.json".into(), json!(["netsite.yaml"]));
    schemas.insert("./.vscode/schemas/waivers.json".into(), json!(["waivers.yaml"]));
    for kind in ALL.iter().filter(|kind| !kind.folder.is_empty()) {
        let files = json!([format!("content/{}/**/*.md", kind.folder)]);
        schemas.insert(format!("./.vscode/schemas/{}.json", kind.name), files);
    }
    schemas.insert("./.vscode/schemas/page.json".into(), json!(["content/*.md"]));
    json!({ "yaml.schemas": schemas })
}

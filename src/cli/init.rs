//! `netsite init`: a small site that builds, to start from.

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Failure, Outcome, schema, terminal};
use crate::content::kinds::ALL;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the new site; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The files of a new site. What its pages tell is made up, and says so. The guides come with it, since whoever was
/// given the program alone has no other way to them.
const FILES: [(&str, &str); 12] = [
    ("netsite.yaml", include_str!("init/netsite.yaml")),
    ("README.md", include_str!("init/README.md")),
    ("docs/writing.md", include_str!("../../docs/writing.md")),
    ("docs/front-matter.md", include_str!("../../docs/front-matter.md")),
    ("docs/messages.md", include_str!("../../docs/messages.md")),
    ("docs/configuration.md", include_str!("../../docs/configuration.md")),
    ("docs/themes.md", include_str!("../../docs/themes.md")),
    (".gitignore", include_str!("init/gitignore")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/organisations.csv", include_str!("init/organisations.csv")),
    ("content/networks/example-network.md", include_str!("init/example-network.md")),
    ("content/case-studies/sharing-reports.md", include_str!("init/sharing-reports.md")),
];

impl Init {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let folder = &self.folder;
        check_empty(folder)?;
        for (name, text) in FILES {
            write(folder, name, &without_pages_of_rules(text))?;
        }
        write(folder, ".vscode/settings.json", &schema::pretty(&editor_settings()))?;
        write(folder, ".vscode/extensions.json", "{\n  \"recommendations\": [\"redhat.vscode-yaml\"]\n}\n")?;
        write(folder, ".vscode/schemas/config.json", &schema::pretty(&schema::config()))?;
        for kind in ALL {
            let name = format!(".vscode/schemas/{}.json", kind.name);
            write(folder, &name, &schema::pretty(&schema::of_kind(kind)))?;
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
    for kind in ALL.iter().filter(|kind| !kind.folder.is_empty()) {
        let files = json!([format!("content/{}/**/*.md", kind.folder)]);
        schemas.insert(format!("./.vscode/schemas/{}.json", kind.name), files);
    }
    schemas.insert("./.vscode/schemas/page.json".into(), json!(["content/*.md"]));
    json!({ "yaml.schemas": schemas })
}

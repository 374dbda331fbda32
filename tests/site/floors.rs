//! The floors of ARCHITECTURE.md: a module uses only modules on lower floors, or those to its right on its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// From the top floor down, and on each floor from left to right.
const FLOORS: [&[&str]; 7] = [
    &["main", "cli"],
    &["serve", "pack", "disk", "network"],
    &["build"],
    &["check", "find", "render"],
    &["site", "content"],
    &[
        "verdict",
        "theme",
        "config",
        "markdown",
        "fields",
        "form",
        "collection",
        "image",
        "map",
        "pathway",
        "benchmark",
        "disclosure",
        "search",
        "appraisal",
        "calendar",
        "programme",
        "qr",
        "explain",
    ],
    &["diagnostic", "source", "text", "tiff"],
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every `crate::module` in a file's code, comments left out.
fn used_modules(code: &str) -> Vec<String> {
    let code: String = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("netsite::", "crate::");
    let mut used = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let rest = &code[start + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // `use crate::{a::B, c}`: the first name of each part, at the group's own depth.
            let mut depth = 0;
            let mut part = String::new();
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        used.push(std::mem::take(&mut part));
                        continue;
                    }
                    _ => {}
                }
                if depth == 0 {
                    part.push(character);
                }
            }
            used.push(part);
        } else {
            used.push(rest.to_string());
        }
    }
    used.into_iter()
        .map(|path| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|module| !module.is_empty() && module.starts_with(|c: char| c.is_lowercase()))
        .collect()
}

#[test]
fn no_module_uses_one_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let places: BTreeMap<&str, (usize, usize)> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| {
            modules.iter().enumerate().map(move |(place, module)| (*module, (floor, place)))
        })
        .collect();
    let mut files = Vec::new();
    sources(&source, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let below = file.strip_prefix(&source).unwrap();
        let module = below.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let own = places
            .get(module)
            .unwrap_or_else(|| panic!("`{module}` has no floor: add it to ARCHITECTURE.md and here"));
        for used in used_modules(&fs::read_to_string(&file).unwrap()) {
            let Some(other) = places.get(used.as_str()) else { continue };
            if used != module && other < own {
                wrong.push(format!("{} uses `{used}`, which is above it", below.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn uses_are_read_in_every_form() {
    let code = "use crate::{text::slugify, site::{Page, Site}, source};\nfn f() { crate::render::x() } // crate::cli\n";
    assert_eq!(used_modules(code), ["text", "site", "source", "render"]);
}

//! Embeds `themes/default/` and the pages of rules in the binary: writes the lists of their files as Rust. Tells
//! `src/image/` by a number which versions of its libraries it is built with, and `src/pathway/` and `src/disclosure/`
//! which code of their own.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("themes/default");
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read("Cargo.lock").unwrap_or_default());
    println!("cargo::rustc-env=NETSITE_DEPENDENCIES={:016x}", hasher.finish());
    println!("cargo::rerun-if-changed=src/pathway");
    println!("cargo::rustc-env=NETSITE_PATHWAYS={:016x}", hash_of(Path::new("src/pathway"))?);
    embed_pages("rules")?;
    embed_pages("topics")?;
    println!("cargo::rerun-if-changed=src/disclosure");
    println!("cargo::rustc-env=NETSITE_DISCLOSURE={:016x}", hash_of(Path::new("src/disclosure"))?);
    let files = collected(&root)?;
    let mut list = String::from("[\n");
    for file in &files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        writeln!(list, "    ({name:?}, include_bytes!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("default_theme.rs"), list)
}

/// Writes the list of the pages in a folder below `docs/`, by their names, for `src/explain/`.
fn embed_pages(folder: &str) -> io::Result<()> {
    let path =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("docs").join(folder);
    println!("cargo::rerun-if-changed=docs/{folder}");
    let mut files = collected(&path)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    // By name: by path, `yaml-tab.md` would stand before `yaml.md`.
    files.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    let mut list = String::from("[\n");
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(
        PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join(format!("{folder}.rs")),
        list,
    )
}

/// A number for all files below a folder.
fn hash_of(folder: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in collected(folder)? {
        let bytes = fs::read(file)?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(hasher.finish())
}

/// The files below a folder, in order.
fn collected(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')) {
            files.push(path);
        }
    }
    Ok(())
}

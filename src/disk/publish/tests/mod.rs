//! What someone sees who publishes, edits, publishes again, is interrupted, or names the wrong folder.

mod file_by_file;
mod interrupted;
#[cfg(unix)]
mod links;
mod publishing;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::disk::publish::manifest::MANIFEST_NAME;
use crate::disk::publish::{Protected, Publication, PublishError, Published, Refusal};

/// A site's folder with an output `public` in it.
struct Site {
    folder: TempDir,
}

/// The files of a site: path and text.
type Files<'a> = &'a [(&'a str, &'a str)];

const FIRST: Files<'static> =
    &[("index.html", "home"), ("about/index.html", "about"), ("cases/devon/index.html", "devon")];
const SECOND: Files<'static> =
    &[("index.html", "home"), ("about/index.html", "about us"), ("cases/dorset/index.html", "dorset")];

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/a.md"), "# A").unwrap();
        Self { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn cache(&self) -> PathBuf {
        self.path(".netsite/published")
    }

    fn begin(&self, output: &Path) -> Result<Publication, PublishError> {
        let sources = [self.path("content"), self.path("themes")];
        let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
        Publication::begin(
            output,
            &Protected { root: self.folder.path(), sources: &sources },
            Some(&self.cache()),
        )
    }

    fn publish_into(&self, output: &Path, files: Files<'_>) -> Result<Published, PublishError> {
        let publication = self.begin(output)?;
        for (path, text) in files {
            publication.add(path, text.as_bytes())?;
        }
        publication.finish()
    }

    fn publish(&self, files: Files<'_>) -> Published {
        self.publish_into(&self.path("public"), files).unwrap()
    }

    fn refusal(&self, output: &str) -> Refusal {
        match self.begin(&self.path(output)) {
            Err(PublishError::Unsafe { refusal, .. }) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    fn shows(&self, files: Files<'_>) {
        let expected: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_string(), (*text).to_string())).collect();
        assert_eq!(tree(&self.path("public")), expected);
    }

    /// Whether nothing of netsite's own is left beside the output or in it.
    fn is_tidy(&self) -> bool {
        let beside = names(self.folder.path());
        let inside = names(&self.path("public"));
        !beside.iter().any(|name| name.contains(".netsite-"))
            && inside.iter().all(|name| !name.starts_with(".netsite-") || name == MANIFEST_NAME)
    }
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Every published file below a folder with its text.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != MANIFEST_NAME)
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

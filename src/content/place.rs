//! Where a content file is published, and by which name other pages call it.

use super::FOLDER;
use super::kinds::Kind;
use crate::source::SitePath;
use crate::text::slugify;

/// A page's kind, address and name, all from its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kind that the folder says.
    pub kind: &'static Kind,
    /// The address below the site's root: `case-studies/devon/`; empty for the home page.
    pub address: String,
    /// The name in references: `devon`.
    pub slug: String,
}

impl Place {
    /// The place of a `.md` file below `content/`.
    pub fn of(path: &SitePath) -> Self {
        let below = path.below(FOLDER).unwrap_or(path.as_str());
        let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        let stem = match stem.rsplit_once('/') {
            Some((folder, last)) if last.eq_ignore_ascii_case("index") => folder,
            None if stem.eq_ignore_ascii_case("index") => "",
            _ => stem,
        };
        let parts: Vec<String> =
            stem.split('/').filter(|part| !part.is_empty()).map(part_of_address).collect();
        let mut address = parts.join("/");
        if !address.is_empty() {
            address.push('/');
        }
        let kind = match below.split_once('/') {
            Some((folder, _)) if parts.len() > 1 => Kind::of_folder(folder).unwrap_or(Kind::page()),
            _ => Kind::page(),
        };
        let slug = match &parts[..] {
            [] => "index".to_string(),
            [_, rest @ ..] if !kind.folder.is_empty() => rest.join("/"),
            all => all.join("/"),
        };
        Self { kind, address, slug }
    }

    /// The same place for a page whose front matter names another kind.
    #[must_use]
    pub fn with_kind(mut self, kind: &'static Kind) -> Self {
        if self.kind != kind {
            self.kind = kind;
            if let Some(last) =
                self.address.trim_end_matches('/').rsplit('/').next().filter(|last| !last.is_empty())
            {
                self.slug = last.to_string();
            }
        }
        self
    }
}

fn part_of_address(name: &str) -> String {
    let slug = slugify(name);
    if slug.is_empty() { "-".to_string() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_the_path_without_its_extension() {
        for (path, kind, address, slug) in [
            ("content/index.md", "page", "", "index"),
            ("content/about.md", "page", "about/", "about"),
            ("content/case-studies/devon.md", "case-study", "case-studies/devon/", "devon"),
            ("content/case-studies/devon/index.md", "case-study", "case-studies/devon/", "devon"),
            ("content/case-studies/index.md", "page", "case-studies/", "case-studies"),
            (
                "content/case-studies/2018/Devon STP.md",
                "case-study",
                "case-studies/2018/devon-stp/",
                "2018/devon-stp",
            ),
            ("content/guides/writing.md", "page", "guides/writing/", "guides/writing"),
        ] {
            let place = Place::of(&SitePath::new(path));
            assert_eq!((place.kind.name, &*place.address, &*place.slug), (kind, address, slug), "{path}");
        }
    }
}

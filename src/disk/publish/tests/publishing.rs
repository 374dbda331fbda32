//! Publishing, editing, publishing again.

use std::fs;

use rayon::prelude::*;

use super::{FIRST, Files, Site, modified, tree};
use crate::disk::publish::{PublishError, Standing, standing};

#[test]
fn a_first_publication_makes_the_folder_and_leaves_nothing_beside_it() {
    let site = Site::new();
    let published = site.publish(FIRST);
    assert_eq!((published.written, published.unchanged, published.removed), (3, 0, 0));
    site.shows(FIRST);
    assert!(site.is_tidy());
}

#[test]
fn an_empty_folder_may_be_published_into() {
    let site = Site::new();
    fs::create_dir(site.path("public")).unwrap();
    fs::write(site.path("public/.DS_Store"), "litter").unwrap();
    site.publish(FIRST);
    site.shows(FIRST);
}

#[test]
fn a_site_without_pages_is_published_too() {
    let site = Site::new();
    site.publish(&[]);
    assert!(site.path("public").is_dir());
    site.publish(FIRST);
    site.shows(FIRST);
    site.publish(&[]);
    site.shows(&[]);
}

#[test]
fn one_change_writes_one_file_and_the_others_keep_their_times() {
    let site = Site::new();
    site.publish(FIRST);
    let before = modified(&site.path("public/index.html"));
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&fs::metadata(site.path("public/index.html")).unwrap());

    let changed: Files<'_> =
        &[("index.html", "home"), ("about/index.html", "about us"), ("cases/devon/index.html", "devon")];
    let published = site.publish(changed);
    assert_eq!((published.written, published.unchanged, published.removed), (1, 2, 0));
    site.shows(changed);
    assert_eq!(modified(&site.path("public/index.html")), before);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::MetadataExt::ino(&fs::metadata(site.path("public/index.html")).unwrap()),
        inode
    );
    assert!(site.is_tidy());
}

#[test]
fn a_page_that_is_gone_is_removed_with_its_folder() {
    let site = Site::new();
    site.publish(FIRST);
    let published = site.publish(&FIRST[..2]);
    assert_eq!((published.written, published.unchanged, published.removed), (0, 2, 1));
    site.shows(&FIRST[..2]);
    assert!(!site.path("public/cases").exists());
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let site = Site::new();
    site.publish(&[("a", "file"), ("b/c", "in folder")]);
    site.publish(&[("a/x", "in folder"), ("b", "file")]);
    site.shows(&[("a/x", "in folder"), ("b", "file")]);
}

#[test]
fn the_same_site_again_touches_nothing() {
    let site = Site::new();
    let first = site.publish(FIRST);
    for _ in 0..2 {
        let folder = modified(&site.path("public"));
        let manifest = modified(&site.path("public/.netsite-manifest"));
        let again = site.publish(FIRST);
        assert_eq!((again.written, again.unchanged, again.removed), (0, 3, 0));
        assert_eq!(again.digest, first.digest);
        assert_eq!(modified(&site.path("public")), folder);
        assert_eq!(modified(&site.path("public/.netsite-manifest")), manifest);
        assert!(site.is_tidy());
    }
}

#[test]
fn the_order_in_which_files_arrive_does_not_show() {
    let (one, other) = (Site::new(), Site::new());
    one.publish(FIRST);
    let reversed: Vec<(&str, &str)> = FIRST.iter().rev().copied().collect();
    other.publish(&reversed);
    let manifest = |site: &Site| fs::read(site.path("public/.netsite-manifest")).unwrap();
    assert_eq!(manifest(&one), manifest(&other));
}

#[test]
fn files_may_arrive_from_many_threads() {
    let site = Site::new();
    let publication = site.begin(&site.path("public")).unwrap();
    let pages: Vec<String> = (0..500).map(|page| format!("p/{}/{page}/index.html", page % 7)).collect();
    pages.par_iter().for_each(|path| publication.add(path, path.as_bytes()).unwrap());
    assert_eq!(publication.finish().unwrap().written, 500);
    assert!(tree(&site.path("public")).iter().all(|(path, text)| path == text));
}

#[test]
fn a_publication_that_is_not_finished_leaves_what_stands() {
    let site = Site::new();
    site.publish(FIRST);
    let publication = site.begin(&site.path("public")).unwrap();
    publication.add("index.html", b"half").unwrap();
    drop(publication);
    site.shows(FIRST);
    assert!(site.is_tidy());
}

#[test]
fn folders_made_for_an_output_that_was_not_published_go_again() {
    let site = Site::new();
    drop(site.begin(&site.path("a/b/public")).unwrap());
    assert!(!site.path("a").exists());
}

#[test]
fn a_copied_file_is_read_only_where_it_differs() {
    let site = Site::new();
    let slides = site.path("content/slides.pdf");
    fs::write(&slides, "pdf").unwrap();
    let hash = *blake3::hash(b"pdf").as_bytes();
    let copy = || {
        let publication = site.begin(&site.path("public")).unwrap();
        publication.add_copy("slides.pdf", &slides, hash).and_then(|()| publication.finish())
    };
    assert_eq!(copy().unwrap().written, 1);
    site.shows(&[("slides.pdf", "pdf")]);
    fs::remove_file(&slides).unwrap();
    assert_eq!(copy().unwrap().unchanged, 1);
}

#[test]
fn a_file_that_changes_while_the_site_is_built_stops_the_publication() {
    let site = Site::new();
    site.publish(FIRST);
    let publication = site.begin(&site.path("public")).unwrap();
    let error = publication.add_copy("a.md", &site.path("content/a.md"), [7; 32]).unwrap_err();
    assert!(error.to_string().contains("build again"));
    drop(publication);
    site.shows(FIRST);
}

#[test]
fn no_path_leaves_the_output() {
    let site = Site::new();
    let publication = site.begin(&site.path("public")).unwrap();
    for path in [
        "",
        "/etc/passwd",
        "../a",
        "a/../../b",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\0b",
        "a\nb",
        ".netsite-manifest",
        ".netsite-new/x",
    ] {
        assert!(matches!(publication.add(path, b"x"), Err(PublishError::Path { .. })), "{path:?}");
    }
}

#[test]
fn one_address_cannot_be_published_twice() {
    let site = Site::new();
    site.publish(FIRST);
    let publication = site.begin(&site.path("public")).unwrap();
    publication.add("index.html", b"home").unwrap();
    publication.add("index.html", b"home").unwrap();
    assert!(publication.finish().is_err());
    site.shows(FIRST);
}

#[test]
fn a_page_edited_by_hand_is_replaced() {
    let site = Site::new();
    site.publish(FIRST);
    fs::write(site.path("public/index.html"), "HOME").unwrap();
    fs::remove_file(site.path("public/about/index.html")).unwrap();
    let published = site.publish(FIRST);
    assert_eq!((published.written, published.unchanged), (2, 1));
    site.shows(FIRST);
}

#[test]
fn a_page_edited_by_hand_is_noticed_though_its_time_was_put_back() {
    let site = Site::new();
    site.publish(FIRST);
    let page = site.path("public/index.html");
    let time = modified(&page);
    let edited = site.path("edited.html");
    fs::write(&edited, "HOME").unwrap();
    fs::File::options().write(true).open(&edited).unwrap().set_modified(time).unwrap();
    fs::rename(&edited, &page).unwrap();
    assert_eq!(site.publish(FIRST).written, 1);
    site.shows(FIRST);
}

#[test]
fn a_missing_or_damaged_cache_changes_nothing_that_is_published() {
    let site = Site::new();
    site.publish(FIRST);
    fs::write(site.path("public/index.html"), "HOME").unwrap();
    for damage in [None, Some("nonsense"), Some("netsite-record 1 00 99\n1 2 3 index.html\nend\n")] {
        match damage {
            Some(text) => fs::write(site.cache(), text).unwrap(),
            None => fs::remove_file(site.cache()).unwrap(),
        }
        site.publish(FIRST);
        site.shows(FIRST);
    }
}

#[test]
fn what_stands_is_known_by_its_digest_until_someone_touches_it() {
    let site = Site::new();
    let public = site.path("public");
    let cache = site.cache();
    assert_eq!(standing(&public, Some(&cache)), None);
    let published = site.publish(FIRST);
    let expected = Some(Standing { digest: published.digest });
    assert_eq!(standing(&public, Some(&cache)), expected);
    assert_eq!(standing(&public, None), expected);

    fs::write(public.join("index.html"), "HOME").unwrap();
    assert_eq!(standing(&public, Some(&cache)), None);
    site.publish(FIRST);
    fs::write(public.join("extra.html"), "x").unwrap();
    assert_eq!(standing(&public, Some(&cache)), None);
    fs::remove_file(public.join("extra.html")).unwrap();
    fs::remove_file(public.join("index.html")).unwrap();
    assert_eq!(standing(&public, Some(&cache)), None);
}

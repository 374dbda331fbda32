//! The wrong folder, someone else's folder, or two builds at once.

use std::fs;
use std::path::Path;

use super::{FIRST, SECOND, Site, modified, tree};
use crate::disk::publish::{PublishError, Refusal};

#[test]
fn folders_that_must_not_be_replaced_are_refused_and_untouched() {
    let site = Site::new();
    assert_eq!(site.refusal("."), Refusal::Site);
    assert_eq!(site.refusal("content/.."), Refusal::Site);
    assert_eq!(site.refusal("content"), Refusal::HoldsSource(site.path("content")));
    assert_eq!(site.refusal("content/public"), Refusal::InsideSource(site.path("content")));
    assert_eq!(site.refusal("nowhere/../content/public"), Refusal::InsideSource(site.path("content")));
    assert_eq!(site.refusal("themes/nhs/public"), Refusal::InsideSource(site.path("themes")));
    assert!(matches!(site.refusal(".git/public"), Refusal::InsideSource(_)));
    assert_eq!(site.refusal(".."), Refusal::Site);
    assert!(matches!(
        site.begin(Path::new("/")),
        Err(PublishError::Unsafe { refusal: Refusal::FileSystemRoot, .. })
    ));
    if let Some(home) = std::env::home_dir().filter(|home| home.parent().is_some()) {
        assert!(matches!(site.begin(&home), Err(PublishError::Unsafe { refusal: Refusal::Home, .. })));
    }
    assert_eq!(tree(site.folder.path()).len(), 1);
    assert!(!site.path("nowhere").exists());
}

#[test]
fn a_file_is_no_output() {
    let site = Site::new();
    fs::write(site.path("public"), "x").unwrap();
    assert_eq!(site.refusal("public"), Refusal::NotAFolder);
    assert_eq!(site.refusal("public/deeper"), Refusal::NotAFolder);
    assert_eq!(fs::read(site.path("public")).unwrap(), b"x");
}

#[test]
fn a_folder_of_someone_else_is_refused_and_untouched() {
    let site = Site::new();
    fs::create_dir(site.path("public")).unwrap();
    fs::write(site.path("public/thesis.docx"), "years").unwrap();
    let folder = modified(&site.path("public"));
    assert_eq!(site.refusal("public"), Refusal::SomeoneElses { example: "thesis.docx".to_string() });
    assert_eq!(modified(&site.path("public")), folder);
    let words = site.begin(&site.path("public")).unwrap_err().to_string();
    assert!(words.contains("--output") && words.contains("thesis.docx"), "{words}");
}

#[test]
fn files_that_someone_put_into_the_output_are_named() {
    let site = Site::new();
    site.publish(FIRST);
    for number in 1..=7 {
        fs::write(site.path(&format!("public/about/note-{number}.txt")), "x").unwrap();
    }
    fs::write(site.path("public/Thumbs.db"), "litter").unwrap();
    let Refusal::Strangers { examples, count } = site.refusal("public") else { panic!("not refused") };
    assert_eq!(count, 7);
    assert_eq!(examples.len(), 5);
    assert_eq!(examples[0], "about/note-1.txt");
    for number in 1..=7 {
        fs::remove_file(site.path(&format!("public/about/note-{number}.txt"))).unwrap();
    }
    site.publish(SECOND);
    site.shows(SECOND);
}

#[test]
fn a_damaged_manifest_is_no_licence_to_replace() {
    let site = Site::new();
    let manifest = site.path("public/.netsite-manifest");
    site.publish(FIRST);
    let whole = fs::read_to_string(&manifest).unwrap();
    for damaged in [
        "",
        "netsite-manifest 99\n",
        &whole[..whole.len() - 9],
        &whole.replace("index.html", "../index.html"),
    ] {
        fs::write(&manifest, damaged).unwrap();
        assert!(matches!(site.refusal("public"), Refusal::DamagedManifest { .. }), "{damaged:?}");
    }
    // A whole line lost: its file is nobody's.
    fs::write(&manifest, whole.lines().take(3).fold(String::new(), |text, line| text + line + "\n")).unwrap();
    assert!(matches!(site.refusal("public"), Refusal::Strangers { .. }));
    fs::write(&manifest, &whole).unwrap();
    site.shows(FIRST);
}

#[test]
fn two_builds_do_not_publish_into_one_folder_at_once() {
    let site = Site::new();
    let first = site.begin(&site.path("public")).unwrap();
    assert!(matches!(site.begin(&site.path("public")), Err(PublishError::InUse { .. })));
    drop(site.begin(&site.path("elsewhere")).unwrap());
    first.add("index.html", b"home").unwrap();
    first.finish().unwrap();
    site.publish(SECOND);
    site.shows(SECOND);
}

#[test]
fn a_lock_that_a_killed_build_left_does_not_close_the_folder() {
    let site = Site::new();
    fs::write(site.path(".public.netsite-lock"), "").unwrap();
    site.publish(FIRST);
    assert!(site.is_tidy());
}

#[test]
fn a_name_that_no_disk_can_hold_is_said_in_words() {
    let site = Site::new();
    site.publish(FIRST);
    let publication = site.begin(&site.path("public")).unwrap();
    let error = publication.add(&format!("{}/index.html", "x".repeat(300)), b"x").unwrap_err();
    assert!(error.to_string().contains("Shorten"), "{error}");
    drop(publication);
    site.shows(FIRST);
    assert!(site.is_tidy());
}

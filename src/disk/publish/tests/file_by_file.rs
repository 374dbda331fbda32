//! Where the folder itself cannot be replaced (a mount point): file by file, under a journal.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use super::{FIRST, Files, SECOND, Site, modified};
use crate::disk::publish::manifest::{MANIFEST_NAME, Made, Manifest};
use crate::disk::publish::places::{MadeFolders, Places};
use crate::disk::publish::staging::Staging;
use crate::disk::publish::{Publication, Refusal, StandingTree, exchange, standing};

/// Begins as for an output that is a mount point.
fn begin(site: &Site) -> Publication {
    fs::create_dir_all(site.path("public")).unwrap();
    let output = fs::canonicalize(site.path("public")).unwrap();
    let (mut places, lock) = Places::open(output).unwrap();
    places.staging = places.staging_inside.clone();
    exchange::recover(&places).unwrap();
    Publication {
        _lock: lock,
        _made_folders: MadeFolders::default(),
        staging: Staging::new(places.staging.clone()),
        standing: StandingTree::read(places.output.clone(), Some(&site.cache())).unwrap(),
        places,
        cache: Some(site.cache()),
        added: Mutex::default(),
    }
}

fn add_all(publication: &Publication, files: Files<'_>) {
    for (path, text) in files {
        publication.add(path, text.as_bytes()).unwrap();
    }
}

#[test]
fn the_result_is_the_same() {
    let site = Site::new();
    for files in [FIRST, SECOND, FIRST, &[("about", "file"), ("index.html/x", "in folder")], SECOND] {
        let publication = begin(&site);
        add_all(&publication, files);
        publication.finish().unwrap();
        site.shows(files);
        assert!(site.is_tidy());
        assert!(standing(&site.path("public"), None).is_some());
    }
    assert_eq!(site.publish(SECOND).unchanged, 3);
}

#[test]
fn unchanged_files_keep_their_times() {
    let site = Site::new();
    site.publish(FIRST);
    let before = modified(&site.path("public/index.html"));
    let publication = begin(&site);
    add_all(&publication, SECOND);
    let published = publication.finish().unwrap();
    assert_eq!((published.written, published.unchanged, published.removed), (2, 1, 1));
    assert_eq!(modified(&site.path("public/index.html")), before);
}

#[test]
fn a_tree_staged_beside_can_still_be_published() {
    let site = Site::new();
    site.publish(FIRST);
    let publication = site.begin(&site.path("public")).unwrap();
    add_all(&publication, SECOND);
    let manifest = Manifest::of(SECOND.iter().map(|(path, text)| {
        (*path, Made { hash: *blake3::hash(text.as_bytes()).as_bytes(), size: text.len() as u64 })
    }));
    publication.staging.write(MANIFEST_NAME, manifest.1.as_bytes()).unwrap();
    exchange::file_by_file(
        &publication.places,
        &["cases/devon/index.html"],
        &["about/index.html", "cases/dorset/index.html"],
    )
    .unwrap();
    drop(publication);
    site.shows(SECOND);
    assert!(site.is_tidy());
}

/// The steps of turning FIRST into SECOND, each as a kill could leave it done.
#[test]
fn the_next_run_completes_what_a_kill_interrupted() {
    let steps: [&dyn Fn(&Path); 4] = [
        &|public| fs::remove_dir_all(public.join("cases")).unwrap(),
        &|public| {
            fs::rename(public.join(".netsite-new/about/index.html"), public.join("about/index.html"))
                .unwrap();
        },
        &|public| {
            fs::create_dir_all(public.join("cases/dorset")).unwrap();
            let path = "cases/dorset/index.html";
            fs::rename(public.join(".netsite-new").join(path), public.join(path)).unwrap();
        },
        &|public| {
            fs::rename(public.join(".netsite-new").join(MANIFEST_NAME), public.join(MANIFEST_NAME)).unwrap();
        },
    ];
    for done in 0..=steps.len() {
        let site = Site::new();
        site.publish(FIRST);
        let other = Site::new();
        other.publish(SECOND);
        let public = site.path("public");
        fs::rename(other.path("public"), public.join(".netsite-new")).unwrap();
        fs::write(
            public.join(".netsite-journal"),
            "netsite-journal 1\nremove cases/devon/index.html\ntake about/index.html\n\
             take cases/dorset/index.html\ntake .netsite-manifest\nend\n",
        )
        .unwrap();
        for step in &steps[..done] {
            step(&public);
        }
        assert_eq!(standing(&public, None), None, "{done} steps done");
        drop(site.begin(&public).unwrap());
        site.shows(SECOND);
        assert!(site.is_tidy());
    }
}

#[test]
fn without_a_journal_the_old_tree_stands() {
    let site = Site::new();
    site.publish(FIRST);
    fs::create_dir(site.path("public/.netsite-new")).unwrap();
    fs::write(site.path("public/.netsite-new/index.html"), "half").unwrap();
    fs::write(site.path("public/.netsite-journal-draft"), "netsite-jour").unwrap();
    drop(site.begin(&site.path("public")).unwrap());
    site.shows(FIRST);
    assert!(site.is_tidy());
}

#[test]
fn a_journal_cannot_reach_out_of_the_output() {
    let site = Site::new();
    site.publish(FIRST);
    fs::write(site.path("public/.netsite-journal"), "netsite-journal 1\nremove ../content/a.md\nend\n")
        .unwrap();
    assert!(matches!(site.refusal("public"), Refusal::DamagedManifest { .. }));
    assert!(site.path("content/a.md").exists());
}

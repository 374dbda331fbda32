//! Links as the output, on the way to it and in it; permissions.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::{FIRST, SECOND, Site, tree};
use crate::disk::publish::Refusal;

#[test]
fn a_linked_output_is_published_where_the_link_leads() {
    let site = Site::new();
    fs::create_dir(site.path("www")).unwrap();
    symlink("www", site.path("public")).unwrap();
    site.publish(FIRST);
    site.publish(SECOND);
    site.shows(SECOND);
    assert!(fs::symlink_metadata(site.path("public")).unwrap().is_symlink());
    assert_eq!(tree(&site.path("www")), tree(&site.path("public")));
}

#[test]
fn a_link_does_not_lead_around_the_rules() {
    let site = Site::new();
    symlink("content", site.path("to-content")).unwrap();
    symlink(site.folder.path(), site.path("to-site")).unwrap();
    symlink("nowhere", site.path("to-nowhere")).unwrap();
    assert!(matches!(site.refusal("to-content"), Refusal::HoldsSource(_)));
    assert!(matches!(site.refusal("to-content/public"), Refusal::InsideSource(_)));
    assert_eq!(site.refusal("to-site"), Refusal::Site);
    assert_eq!(site.refusal("to-nowhere"), Refusal::DanglingLink);
}

#[test]
fn a_link_in_the_output_is_never_written_through() {
    let site = Site::new();
    site.publish(FIRST);
    fs::write(site.path("precious.txt"), "home").unwrap();
    fs::remove_file(site.path("public/index.html")).unwrap();
    symlink("../precious.txt", site.path("public/index.html")).unwrap();
    site.publish(&[("index.html", "new")]);
    assert_eq!(fs::read(site.path("precious.txt")).unwrap(), b"home");
    site.shows(&[("index.html", "new")]);
}

#[test]
fn a_folder_replaced_by_a_link_is_refused() {
    let site = Site::new();
    site.publish(FIRST);
    fs::rename(site.path("public/about"), site.path("about")).unwrap();
    symlink("../about", site.path("public/about")).unwrap();
    assert!(matches!(site.refusal("public"), Refusal::Strangers { .. }));
    assert!(site.path("about/index.html").exists());
}

#[test]
fn a_copy_has_the_usual_permissions_whatever_its_source_had() {
    let site = Site::new();
    let source = site.path("content/a.md");
    fs::set_permissions(&source, fs::Permissions::from_mode(0o700)).unwrap();
    let publication = site.begin(&site.path("public")).unwrap();
    publication.add_copy("a.md", &source, *blake3::hash(b"# A").as_bytes()).unwrap();
    publication.add("b.md", b"x").unwrap();
    publication.finish().unwrap();
    let mode = |path: &str| fs::metadata(site.path(path)).unwrap().permissions().mode();
    assert_eq!(mode("public/a.md"), mode("public/b.md"));
    assert_eq!(mode("public/a.md") & 0o111, 0);
}

//! A kill at each point of the exchange, by making what it leaves.

use std::fs;
use std::path::PathBuf;

use super::{FIRST, Files, SECOND, Site};
use crate::disk::publish::exchange;
use crate::disk::publish::manifest::MANIFEST_NAME;
use crate::disk::publish::places::Places;

/// A site that has published FIRST, and a whole staging tree of SECOND beside it.
fn staged() -> (Site, PathBuf, PathBuf) {
    let site = Site::new();
    site.publish(FIRST);
    let other = Site::new();
    other.publish(SECOND);
    let staging = site.path(".public.netsite-new");
    fs::rename(other.path("public"), &staging).unwrap();
    let retired = site.path(".public.netsite-old");
    (site, staging, retired)
}

fn begins_with(site: &Site, files: Files<'_>) {
    drop(site.begin(&site.path("public")).unwrap());
    site.shows(files);
    assert!(site.is_tidy());
    site.publish(SECOND);
    site.shows(SECOND);
}

#[test]
fn before_the_exchange_the_old_tree_stands() {
    let (site, _, _) = staged();
    begins_with(&site, FIRST);
}

#[test]
fn while_staging_the_old_tree_stands() {
    let (site, staging, _) = staged();
    fs::remove_file(staging.join(MANIFEST_NAME)).unwrap();
    fs::remove_file(staging.join("index.html")).unwrap();
    begins_with(&site, FIRST);
}

#[test]
fn between_two_renames_the_old_tree_comes_back() {
    let (site, _, retired) = staged();
    fs::rename(site.path("public"), &retired).unwrap();
    begins_with(&site, FIRST);
}

#[test]
fn after_two_renames_the_new_tree_stands() {
    let (site, staging, retired) = staged();
    fs::rename(site.path("public"), &retired).unwrap();
    fs::rename(&staging, site.path("public")).unwrap();
    begins_with(&site, SECOND);
}

#[test]
fn while_the_old_tree_is_removed_the_new_one_stands() {
    let (site, staging, retired) = staged();
    fs::rename(site.path("public"), &retired).unwrap();
    fs::rename(&staging, site.path("public")).unwrap();
    fs::remove_file(retired.join(MANIFEST_NAME)).unwrap();
    fs::rename(&retired, &staging).unwrap();
    begins_with(&site, SECOND);
}

#[test]
fn two_renames_publish_where_folders_cannot_be_exchanged() {
    let (site, _, _) = staged();
    let output = fs::canonicalize(site.path("public")).unwrap();
    let (places, lock) = Places::open(output).unwrap();
    assert!(exchange::in_two_steps(&places).unwrap());
    drop(lock);
    begins_with(&site, SECOND);
}

#[test]
fn a_missing_output_with_a_retired_tree_is_not_taken_for_a_first_build() {
    let (site, staging, retired) = staged();
    fs::remove_dir_all(&staging).unwrap();
    fs::rename(site.path("public"), &retired).unwrap();
    assert_eq!(site.publish(FIRST).unchanged, 3);
}

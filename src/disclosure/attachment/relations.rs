//! The relations of a part of an Office document: which id names which other part.

use std::collections::BTreeMap;

use super::markup::{Mark, marks};

/// For each id the name of the part that it means, from the root of the package.
pub(super) fn relations(part: &str, xml: &str) -> BTreeMap<String, String> {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = BTreeMap::new();
    marks(xml, &mut |mark| {
        if let Mark::Open("Relationship", attributes) = mark
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            found.insert(id.into_owned(), joined(folder, &target));
        }
    });
    found
}

/// The name of the part with the relations of another.
pub(super) fn of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

//! What must hold for any file, or Word offers to repair it.

use std::collections::BTreeSet;

use super::read::{Element, File};

#[track_caller]
pub(super) fn assert_sound(file: &File) {
    for (path, text) in &file.parts {
        Element::parse(text);
        assert!(!path.starts_with('/'), "{path}");
    }
    assert_parts_are_known(file);
    assert_ways_lead_somewhere(file);
    let names = |path: &str, element: &str, attribute: &str| -> BTreeSet<String> {
        let part = file.part(path);
        part.all(element).iter().map(|found| found.attribute(attribute).unwrap().to_string()).collect()
    };
    let styles = names("word/styles.xml", "w:style", "w:styleId");
    let instances = names("word/numbering.xml", "w:num", "w:numId");
    let blocks = if file.parts.contains_key("word/glossary/document.xml") {
        let glossary = file.part("word/glossary/document.xml");
        let names =
            glossary.all("w:docPartPr").into_iter().map(|part| part.value("w:name").unwrap().to_string());
        names.collect()
    } else {
        BTreeSet::new()
    };
    let mut ids = BTreeSet::new();
    for path in ["word/document.xml", "word/header1.xml", "word/styles.xml", "word/numbering.xml"] {
        let part = file.part(path);
        for name in ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"] {
            for used in part.all(name) {
                assert!(styles.contains(used.attribute("w:val").unwrap()), "no style {used:?}");
            }
        }
        for used in part.all("w:numId") {
            assert!(instances.contains(used.attribute("w:val").unwrap()), "no numbering {used:?}");
        }
        for control in part.all("w:sdt") {
            assert_control(control, &blocks);
            let id = control.child("w:sdtPr").unwrap().child("w:id").unwrap();
            assert!(ids.insert(id.attribute("w:val").unwrap().to_string()), "two controls with one number");
        }
        for cell in part.all("w:tc") {
            assert_eq!(cell.children.last().unwrap().name, "w:p", "a cell ends in a paragraph");
        }
        for table in part.all("w:tbl") {
            let columns = table.all("w:gridCol").len();
            assert!((1..=63).contains(&columns), "{columns} columns");
            for row in table.all("w:tr") {
                assert_eq!(row.all("w:tc").len(), columns);
            }
        }
    }
    let body = file.document().child("w:body").unwrap().clone();
    assert_eq!(body.children.last().unwrap().name, "w:sectPr");
    for (table, next) in body.children.iter().zip(body.children.iter().skip(1)) {
        assert!(table.name != "w:tbl" || next.name == "w:p", "tables that Word would join");
    }
}

#[track_caller]
fn assert_control(control: &Element, blocks: &BTreeSet<String>) {
    let properties = control.child("w:sdtPr").unwrap();
    for name in ["w:alias", "w:tag"] {
        let value = properties.child(name).and_then(|found| found.attribute("w:val")).unwrap_or("-");
        assert!((1..=64).contains(&value.chars().count()), "{name} {value}");
    }
    if let Some(block) = properties.value("w:docPart") {
        assert!(blocks.contains(block), "no placeholder {block}");
    }
    assert!(!control.child("w:sdtContent").unwrap().children.is_empty(), "a control without content");
}

#[track_caller]
fn assert_parts_are_known(file: &File) {
    let types = file.part("[Content_Types].xml");
    for part in types.all("Override") {
        let path = part.attribute("PartName").unwrap().trim_start_matches('/');
        assert!(file.parts.contains_key(path), "{path} is not there");
    }
    for path in file.parts.keys() {
        let extension = path.rsplit('.').next().unwrap();
        assert!(["xml", "rels"].contains(&extension), "{path} is of no kind");
    }
}

#[track_caller]
fn assert_ways_lead_somewhere(file: &File) {
    for path in file.parts.keys().filter(|path| path.contains("_rels/")) {
        let (folder, name) = path.rsplit_once("_rels/").unwrap();
        let mut ids = BTreeSet::new();
        for way in file.part(path).all("Relationship") {
            assert!(ids.insert(way.attribute("Id").unwrap().to_string()), "two ways of one name");
            let target = way.attribute("Target").unwrap();
            if way.attribute("TargetMode") == Some("External") {
                assert!(target.is_ascii() && !target.contains([' ', '<', '"']), "{target}");
                continue;
            }
            let joined = match target.strip_prefix("../") {
                Some(above) => above.to_string(),
                None => format!("{folder}{target}"),
            };
            assert!(file.parts.contains_key(&joined), "{path} leads to {joined}");
        }
        let owner = format!("{folder}{}", name.trim_end_matches(".rels"));
        if !owner.is_empty() {
            for link in file.part(&owner).all("w:hyperlink") {
                assert!(ids.contains(link.attribute("r:id").unwrap()), "a link that leads nowhere");
            }
        }
    }
}

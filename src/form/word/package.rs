//! The parts of the file and what leads from one to another, and the archive that holds them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{DECLARATION, xml};

const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// `[Content_Types].xml`: what each part is.
pub(super) fn content_types(has_placeholders: bool) -> String {
    let mut types = String::new();
    let mut part = |path: &str, kind: &str| {
        let _ = write!(types, r#"<Override PartName="/{path}" ContentType="{kind}+xml"/>"#);
    };
    for (path, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header1", "header"),
        ("header2", "header"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        part(&format!("word/{path}.xml"), &format!("{DOCUMENT}{kind}"));
    }
    if has_placeholders {
        part("word/glossary/document.xml", &format!("{DOCUMENT}document.glossary"));
        part("word/glossary/styles.xml", &format!("{DOCUMENT}styles"));
    }
    part("customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties");
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
    part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties");
    format!(
        r#"{DECLARATION}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>"#
    )
}

/// Where a part leads: a name, what for, and the part.
struct Way<'a>(&'a str, &'a str, &'a str);

fn ways<'a>(ways: &[Way], links: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let mut written = String::new();
    for Way(id, kind, target) in ways {
        let kind = if *kind == "metadata/core-properties" {
            format!("{PACKAGE}relationships/{kind}")
        } else {
            format!("{OFFICE}{kind}")
        };
        let _ = write!(written, r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#);
    }
    for (address, id) in links {
        let _ = write!(
            written,
            r#"<Relationship Id="{id}" Type="{OFFICE}hyperlink" Target="{}" TargetMode="External"/>"#,
            xml::escaped(address)
        );
    }
    format!(r#"{DECLARATION}<Relationships xmlns="{PACKAGE}relationships">{written}</Relationships>"#)
}

/// `_rels/.rels`.
pub(super) fn package_ways() -> String {
    ways(
        &[
            Way("document", "officeDocument", "word/document.xml"),
            Way("core", "metadata/core-properties", "docProps/core.xml"),
            Way("app", "extended-properties", "docProps/app.xml"),
        ],
        std::iter::empty(),
    )
}

/// `word/_rels/document.xml.rels`.
pub(super) fn document_ways<'a>(
    has_placeholders: bool,
    links: impl Iterator<Item = (&'a String, &'a String)>,
) -> String {
    let mut leads = vec![
        Way("styles", "styles", "styles.xml"),
        Way("numbering", "numbering", "numbering.xml"),
        Way("settings", "settings", "settings.xml"),
        Way("header", "header", "header1.xml"),
        Way("headerFirst", "header", "header2.xml"),
        Way("footer", "footer", "footer1.xml"),
        Way("footerFirst", "footer", "footer2.xml"),
        Way("answers", "customXml", "../customXml/item1.xml"),
    ];
    if has_placeholders {
        leads.push(Way("glossary", "glossaryDocument", "glossary/document.xml"));
    }
    ways(&leads, links)
}

/// The ways of a part that leads to links alone.
pub(super) fn link_ways<'a>(links: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    ways(&[], links)
}

/// `word/glossary/_rels/document.xml.rels`.
pub(super) fn glossary_ways() -> String {
    ways(&[Way("styles", "styles", "styles.xml")], std::iter::empty())
}

/// `customXml/_rels/item1.xml.rels`.
pub(super) fn answers_ways() -> String {
    ways(&[Way("properties", "customXmlProps", "itemProps1.xml")], std::iter::empty())
}

/// The parts in an archive, with a time that never changes.
pub(super) fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        let is_large = text.len() >= u32::MAX as usize;
        archive
            .start_file(path.as_str(), options.large_file(is_large))
            .and_then(|()| archive.write_all(text.as_bytes()).map_err(Into::into))
            .expect("an archive in memory takes what is written, and each part has a name of its own");
    }
    archive.finish().expect("an archive in memory can be finished").into_inner()
}

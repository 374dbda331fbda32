//! What stands around the text: the page, its header and footer, settings, and what the file says about itself.

use std::fmt::Write;

use super::super::{Form, Inline};
use super::runs::{Look, text_runs};
use super::writer::Writer;
use super::{About, DECLARATION, NAMESPACES, xml};

/// A4 in twentieths of a point, its margins left and right, and what they leave.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_247;
/// The width of the text.
pub(super) const TEXT_WIDTH: u32 = PAGE.0 - 2 * MARGIN;

/// The properties of the one section. The first page has no header: the title stands on it.
pub(super) fn section() -> String {
    let (width, height) = PAGE;
    format!(
        r#"<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/><w:headerReference w:type="first" r:id="headerFirst"/><w:footerReference w:type="first" r:id="footerFirst"/><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1474" w:right="{MARGIN}" w:bottom="1361" w:left="{MARGIN}" w:header="680" w:footer="624" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>"#
    )
}

impl Writer<'_> {
    /// `word/header1.xml`: the title, with its gaps.
    pub(super) fn header(&mut self, title: &[Inline]) -> String {
        let paragraph = self.paragraph("Header", "", "", title);
        format!("{DECLARATION}<w:hdr {NAMESPACES}>{paragraph}</w:hdr>")
    }
}

/// `word/header2.xml`, of the first page.
pub(super) fn no_header() -> String {
    format!(r#"{DECLARATION}<w:hdr {NAMESPACES}><w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p></w:hdr>"#)
}

/// `word/footer1.xml` and `word/footer2.xml`: the version, and the page of how many.
pub(super) fn footer(form: &Form) -> String {
    let version = version_words(form).map_or(String::new(), |version| text_runs(&version, Look::default()));
    let page = [
        text_runs("\tPage ", Look::default()),
        field("PAGE"),
        text_runs(" of ", Look::default()),
        field("NUMPAGES"),
    ]
    .concat();
    format!(
        r#"{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{version}{page}</w:p></w:ftr>"#
    )
}

/// A field that Word works out as it lays out the page, without asking.
fn field(name: &str) -> String {
    let part = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    format!(
        r#"{begin}<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>{separate}<w:r><w:t>1</w:t></w:r>{end}"#,
        begin = part("begin"),
        separate = part("separate"),
        end = part("end"),
    )
}

/// `Version 1.0`.
pub(super) fn version_words(form: &Form) -> Option<String> {
    let version = form.version.trim();
    (!version.is_empty()).then(|| format!("Version {version}"))
}

/// `word/settings.xml`: the ways of Word 2013 and later, and nothing that asks the reader a question.
pub(super) fn settings(language: &str) -> String {
    let language = xml::attribute(language, 35);
    format!(
        r#"{DECLARATION}<w:settings {NAMESPACES}><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="differentiateMultirowTableHeaders" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"#
    )
}

/// `docProps/core.xml`.
pub(super) fn core_properties(title: &str, form: &Form, about: &About) -> String {
    let mut properties = String::new();
    let mut property = |name: &str, value: &str| {
        let value = xml::escaped(value.trim());
        if !value.is_empty() {
            let _ = write!(properties, "<{name}>{value}</{name}>");
        }
    };
    property("dc:title", title);
    property("dc:subject", &about.subject);
    property("dc:creator", &about.publisher);
    property("dc:description", &about.summary);
    property("cp:lastModifiedBy", &about.publisher);
    property("dc:language", &form.language);
    property("cp:version", &form.version);
    let day = about.created;
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{properties}<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"#
    )
}

/// `docProps/app.xml`.
pub(super) fn app_properties(about: &About) -> String {
    let company = xml::escaped(about.publisher.trim());
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>netsite</Application><DocSecurity>0</DocSecurity><Company>{company}</Company></Properties>"#
    )
}

/// `word/glossary/document.xml`: building blocks with the names in brackets, which Word puts back into a control from
/// which the answer was removed.
pub(super) fn glossary<'a>(placeholders: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let look = Look { character_style: Some("PlaceholderText"), ..Look::default() };
    let mut blocks = String::new();
    for (number, (text, name)) in placeholders.enumerate() {
        let _ = write!(
            blocks,
            r#"<w:docPart><w:docPartPr><w:name w:val="{name}"/><w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors><w:guid w:val="{{5B1E0A94-6D27-4C3F-8E52-{number:012X}}}"/></w:docPartPr><w:docPartBody><w:p>{text}</w:p></w:docPartBody></w:docPart>"#,
            number = number + 1,
            text = text_runs(text, look),
        );
    }
    format!(
        "{DECLARATION}<w:glossaryDocument {NAMESPACES}><w:docParts>{blocks}</w:docParts></w:glossaryDocument>"
    )
}

//! A document as a Word file (Office Open XML, ECMA-376) that can be filled in and marked up: gaps are content controls,
//! clauses and repeated rows are too, headings and numbers hang on styles. In: a form and its answers. Out: a `.docx`, or
//! the parts of the empty one, which a browser fills in by the tags that `controls` describes.

mod body;
mod bound;
mod controls;
mod frame;
mod lists;
mod package;
mod runs;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod writer;
mod xml;

use jiff::civil::Date;

use super::settled::{headings_in_clauses, settled};
use super::{Answers, Form};
use body::Place;
use runs::{Look, text_runs};
use writer::Writer;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespaces of every part of Word's own; what Word 2013 added is skipped by readers that do not know it.
const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15""#;

/// What a file says about itself beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Who publishes the template: the name of the site or of its publisher.
    pub publisher: String,
    /// What kind of document it is: `Terms of reference`.
    pub subject: String,
    /// What it is for, in a sentence or two.
    pub summary: String,
    /// The day from which the template is.
    pub created: Date,
    /// The address of the page that has the template.
    pub address: Option<String>,
    /// The licence of the template's text.
    pub licence: Option<String>,
}

/// The document with its answers as a `.docx`. What has no answer can be filled in in Word.
pub fn word(form: &Form, answers: &Answers, about: &About) -> Vec<u8> {
    package::archive(&written(form, answers, about))
}

/// The parts of the empty document, each with its path in the archive and its XML, in the order of the archive.
pub fn parts(form: &Form, about: &About) -> Vec<(String, String)> {
    written(form, &[], about)
}

fn written(form: &Form, answers: &Answers, about: &About) -> Vec<(String, String)> {
    let mut form = settled(form, answers);
    form.blocks = headings_in_clauses(&form.blocks);
    if form.language.trim().is_empty() {
        form.language = "en-GB".to_string();
    }
    let mut writer = Writer::new(&form, answers);
    let title = writer.plain(&form.title).split_whitespace().collect::<Vec<_>>().join(" ");
    let header = writer.header(&form.title);
    let header_links = std::mem::take(&mut writer.links);
    let document = document(&mut writer, about);
    let Writer { links, placeholders, lists, .. } = writer;
    let has_placeholders = !placeholders.is_empty();

    let mut parts = vec![
        ("[Content_Types].xml", package::content_types(has_placeholders)),
        ("_rels/.rels", package::package_ways()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", package::document_ways(has_placeholders, links.iter())),
        ("word/styles.xml", styles::part(form.numbering, &form.language)),
        ("word/numbering.xml", lists.part(form.numbering)),
        ("word/settings.xml", frame::settings(&form.language)),
        ("word/header1.xml", header),
        ("word/header2.xml", frame::no_header()),
        ("word/footer1.xml", frame::footer(&form)),
        ("word/footer2.xml", frame::footer(&form)),
        ("customXml/item1.xml", bound::answers(&form, answers)),
        ("customXml/_rels/item1.xml.rels", package::answers_ways()),
        ("customXml/itemProps1.xml", bound::properties()),
        ("docProps/core.xml", frame::core_properties(&title, &form, about)),
        ("docProps/app.xml", frame::app_properties(about)),
    ];
    if !header_links.is_empty() {
        parts.push(("word/_rels/header1.xml.rels", package::link_ways(header_links.iter())));
    }
    if has_placeholders {
        parts.push(("word/glossary/document.xml", frame::glossary(placeholders.iter())));
        parts.push(("word/glossary/_rels/document.xml.rels", package::glossary_ways()));
        parts.push(("word/glossary/styles.xml", styles::glossary_part(&form.language)));
    }
    parts.into_iter().map(|(path, text)| (path.to_string(), text)).collect()
}

fn document(writer: &mut Writer, about: &About) -> String {
    let form = writer.form;
    let title = writer.paragraph("Title", "", "", &form.title);
    let version = frame::version_words(form).unwrap_or_default();
    let subtitle = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Subtitle"/></w:pPr>{}</w:p>"#,
        text_runs(&version, Look::default())
    );
    let mut place = Place::START;
    let body = writer.blocks(&form.blocks, &mut place);
    let source = source(writer, about);
    format!(
        "{DECLARATION}<w:document {NAMESPACES}><w:body>{title}{subtitle}{body}{source}{}</w:body></w:document>",
        frame::section()
    )
}

/// The last line: where the template is from, and its licence.
fn source(writer: &mut Writer, about: &About) -> String {
    use super::{Inline, Style};
    let text = |text: &str| Inline::Text { text: text.to_string(), style: Style::default() };
    let publisher = about.publisher.trim();
    let mut words = match (&about.address, publisher.is_empty()) {
        (None, true) => return String::new(),
        (None, false) => vec![text(&format!("From a template of {publisher}"))],
        (Some(address), _) => {
            let from = if publisher.is_empty() {
                "From a template: ".to_string()
            } else {
                format!("From a template of {publisher}: ")
            };
            let link =
                Inline::Link { reference: 0, address: Some(address.clone()), words: vec![text(address)] };
            vec![text(&from), link]
        }
    };
    if let Some(licence) = about.licence.as_deref().filter(|licence| !licence.trim().is_empty()) {
        words.push(text(&format!(" (licence: {})", licence.trim())));
    }
    writer.paragraph("Source", "", "", &words)
}

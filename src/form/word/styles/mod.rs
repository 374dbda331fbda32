//! How everything looks: `word/styles.xml`. Names that Word knows are used where it has them, so that its navigation,
//! screen readers and other people's templates find headings, lists and titles by them.

use std::fmt::Write;

mod letters;
mod lists;
mod text;

use super::super::Numbering;
use super::xml;
use letters::{characters, table};
use lists::{frame, list_styles};
use text::{headings, paragraphs};

const TEXT: &str = "212B32";
const SECONDARY: &str = "4C6272";
const BLUE: &str = "005EB8";
const DARK_BLUE: &str = "003087";
const BORDER: &str = "AEB7BD";
const TINT: &str = "E8F1F8";

/// A paragraph style: its id and name, what it is based on and followed by, and the properties of paragraphs and letters.
struct ParagraphStyle<'a> {
    id: &'a str,
    name: &'a str,
    based_on: &'a str,
    next: &'a str,
    paragraph: &'a str,
    letters: &'a str,
}

impl ParagraphStyle<'_> {
    fn write(&self, styles: &mut String) {
        let Self { id, name, based_on, next, paragraph, letters } = self;
        let _ = write!(
            styles,
            r#"<w:style w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/><w:next w:val="{next}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"#,
            custom = if is_built_in(name) { "" } else { r#" w:customStyle="1""# },
        );
    }
}

/// Whether Word knows the style by its name.
fn is_built_in(name: &str) -> bool {
    const NAMES: [&str; 8] =
        ["Title", "Subtitle", "Body Text", "Quote", "header", "footer", "caption", "List Continue"];
    NAMES.contains(&name)
        || ["heading ", "List Bullet", "List Number"].iter().any(|beginning| name.starts_with(beginning))
}

fn size(points: f32) -> String {
    let halves = (points * 2.0).round();
    format!(r#"<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>"#)
}

fn colour(hex: &str) -> String {
    format!(r#"<w:color w:val="{hex}"/>"#)
}

/// `word/styles.xml`.
pub(super) fn part(numbering: Numbering, language: &str) -> String {
    let mut styles = format!("{}<w:styles {}>{}", super::DECLARATION, super::NAMESPACES, defaults(language));
    headings(&mut styles, numbering);
    paragraphs(&mut styles, numbering);
    list_styles(&mut styles);
    frame(&mut styles);
    characters(&mut styles);
    table(&mut styles);
    styles.push_str("</w:styles>");
    styles
}

/// `word/glossary/styles.xml`: what the building blocks there need.
pub(super) fn glossary_part(language: &str) -> String {
    let mut styles = format!("{}<w:styles {}>{}", super::DECLARATION, super::NAMESPACES, defaults(language));
    characters(&mut styles);
    styles.push_str("</w:styles>");
    styles
}

fn defaults(language: &str) -> String {
    format!(
        r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>{colour}{size}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>"#,
        colour = colour(TEXT),
        size = size(11.0),
        language = xml::attribute(language, 35),
    )
}

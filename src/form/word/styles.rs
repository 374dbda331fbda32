//! How everything looks: `word/styles.xml`. Names that Word knows are used where it has them, so that its navigation,
//! screen readers and other people's templates find headings, lists and titles by them.

use std::fmt::Write;

use super::super::Numbering;
use super::lists::{self, BULLETS, NUMBER_WIDTH, NUMBERS};
use super::xml;

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

fn headings(styles: &mut String, numbering: Numbering) {
    let text_style = "BodyText";
    ParagraphStyle {
        id: "Title",
        name: "Title",
        based_on: "Normal",
        next: "Subtitle",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="0" w:after="80" w:line="240" w:lineRule="auto"/>"#,
        letters: &format!("<w:b/><w:bCs/>{}{}", colour(DARK_BLUE), size(26.0)),
    }
    .write(styles);
    ParagraphStyle {
        id: "Subtitle",
        name: "Subtitle",
        based_on: "Normal",
        next: text_style,
        paragraph: &format!(
            r#"<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{BLUE}"/></w:pBdr><w:spacing w:after="320"/>"#
        ),
        letters: &format!("{}{}", colour(SECONDARY), size(12.0)),
    }
    .write(styles);
    let looks = [(17.0, BLUE, 400), (13.5, DARK_BLUE, 300), (12.0, DARK_BLUE, 240), (11.0, DARK_BLUE, 200), (11.0, SECONDARY, 200)];
    for (level, (points, hex, before)) in looks.iter().enumerate() {
        let number = match numbering {
            Numbering::Clauses if level == 0 => r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#.to_string(),
            Numbering::Headings => {
                format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#)
            }
            _ => String::new(),
        };
        // Headings inside a numbered section stand above its paragraphs, not above their numbers.
        let indent = if numbering == Numbering::Clauses && level > 0 {
            format!(r#"<w:ind w:left="{NUMBER_WIDTH}"/>"#)
        } else {
            String::new()
        };
        ParagraphStyle {
            id: &format!("Heading{}", level + 1),
            name: &format!("heading {}", level + 1),
            based_on: "Normal",
            next: if numbering == Numbering::Clauses { "Clause" } else { text_style },
            paragraph: &format!(
                r#"<w:keepNext/><w:keepLines/>{number}<w:suppressAutoHyphens/><w:spacing w:before="{before}" w:after="100" w:line="252" w:lineRule="auto"/>{indent}<w:outlineLvl w:val="{level}"/>"#
            ),
            letters: &format!("<w:b/><w:bCs/>{}{}", colour(hex), size(*points)),
        }
        .write(styles);
    }
}

fn paragraphs(styles: &mut String, numbering: Numbering) {
    let plain = ParagraphStyle {
        id: "BodyText",
        name: "Body Text",
        based_on: "Normal",
        next: "BodyText",
        paragraph: "",
        letters: "",
    };
    plain.write(styles);
    let numbered = r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#;
    let is_numbered = numbering == Numbering::Clauses;
    ParagraphStyle {
        id: "Clause",
        name: "Clause",
        based_on: "Normal",
        next: "Clause",
        paragraph: if is_numbered { numbered } else { "" },
        letters: "",
    }
    .write(styles);
    let bar = |hex: &str| {
        format!(r#"<w:pBdr><w:left w:val="single" w:sz="32" w:space="10" w:color="{hex}"/></w:pBdr>"#)
    };
    ParagraphStyle {
        id: "Quote",
        name: "Quote",
        paragraph: &format!(r#"{}<w:ind w:left="340" w:right="340"/>"#, bar(BORDER)),
        letters: &colour(SECONDARY),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "Note",
        name: "Note",
        next: "Note",
        paragraph: &format!(r#"{}<w:ind w:left="340" w:right="340"/>"#, bar(BLUE)),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "NoteTitle",
        name: "Note Title",
        based_on: "Note",
        next: "Note",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="140" w:after="40"/>"#,
        letters: &format!("<w:b/><w:bCs/>{}", colour(BLUE)),
    }
    .write(styles);
    ParagraphStyle {
        id: "Instruction",
        name: "Instruction",
        paragraph: &format!(
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/>{}"#,
            if is_numbered { format!(r#"<w:ind w:left="{NUMBER_WIDTH}"/>"#) } else { String::new() }
        ),
        letters: &format!("<w:i/><w:iCs/>{}{}", colour(SECONDARY), size(9.5)),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "Code",
        name: "Code",
        next: "BodyText",
        paragraph: r#"<w:shd w:val="clear" w:color="auto" w:fill="F0F4F5"/><w:suppressAutoHyphens/><w:spacing w:line="252" w:lineRule="auto"/><w:jc w:val="left"/>"#,
        letters: r#"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/><w:sz w:val="19"/><w:szCs w:val="19"/>"#,
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "Line",
        name: "Line",
        paragraph: &format!(
            r#"<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{BORDER}"/></w:pBdr><w:spacing w:before="120" w:after="240" w:line="240" w:lineRule="auto"/>"#
        ),
        letters: &size(4.0),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "TableText",
        name: "Table Text",
        next: "TableText",
        paragraph: r#"<w:suppressAutoHyphens/><w:spacing w:before="60" w:after="60" w:line="252" w:lineRule="auto"/>"#,
        letters: &size(10.5),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "TableHeading",
        name: "Table Heading",
        based_on: "TableText",
        next: "TableText",
        paragraph: "<w:keepNext/>",
        letters: &format!("<w:b/><w:bCs/>{}", colour(DARK_BLUE)),
    }
    .write(styles);
    ParagraphStyle {
        id: "AfterTable",
        name: "After Table",
        paragraph: r#"<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/>"#,
        letters: &size(4.0),
        ..plain
    }
    .write(styles);
    ParagraphStyle {
        id: "Source",
        name: "Source",
        paragraph: &format!(
            r#"<w:keepLines/><w:pBdr><w:top w:val="single" w:sz="6" w:space="8" w:color="{BORDER}"/></w:pBdr><w:spacing w:before="480" w:after="0"/>"#
        ),
        letters: &format!("{}{}", colour(SECONDARY), size(9.5)),
        ..plain
    }
    .write(styles);
}

fn list_styles(styles: &mut String) {
    for (id, name, instance) in
        [("ListBullet", "List Bullet", BULLETS), ("ListNumber", "List Number", NUMBERS)]
    {
        for depth in 0..5_u8 {
            let ending = if depth == 0 { String::new() } else { format!("{}", depth + 1) };
            let space = if depth == 0 { String::new() } else { format!(" {ending}") };
            let id = format!("{id}{ending}");
            ParagraphStyle {
                id: &id,
                name: &format!("{name}{space}"),
                based_on: "Normal",
                next: &id,
                paragraph: &format!(
                    r#"<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{instance}"/></w:numPr><w:spacing w:after="80"/>"#,
                    lists::level(depth)
                ),
                letters: "",
            }
            .write(styles);
        }
    }
    ParagraphStyle {
        id: "ListContinue",
        name: "List Continue",
        based_on: "Normal",
        next: "ListContinue",
        paragraph: r#"<w:spacing w:after="80"/><w:ind w:left="454"/>"#,
        letters: "",
    }
    .write(styles);
}

fn frame(styles: &mut String) {
    let tabs = format!(
        r#"<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>"#,
        super::frame::TEXT_WIDTH
    );
    let letters = format!("{}{}", colour(SECONDARY), size(9.0));
    for (id, name, border) in [("Header", "header", "bottom"), ("Footer", "footer", "top")] {
        ParagraphStyle {
            id,
            name,
            based_on: "Normal",
            next: id,
            paragraph: &format!(
                r#"<w:pBdr><w:{border} w:val="single" w:sz="6" w:space="6" w:color="{BORDER}"/></w:pBdr>{tabs}"#
            ),
            letters: &letters,
        }
        .write(styles);
    }
}

fn characters(styles: &mut String) {
    let style = |id: &str, name: &str, custom: &str, letters: &str| {
        format!(
            r#"<w:style w:type="character"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr>{letters}</w:rPr></w:style>"#
        )
    };
    let custom = r#" w:customStyle="1""#;
    styles.push_str(&style("Hyperlink", "Hyperlink", "", &format!(r#"{}<w:u w:val="single"/>"#, colour(BLUE))));
    styles.push_str(&style(
        "PlaceholderText",
        "Placeholder Text",
        "",
        &format!(r#"{}<w:shd w:val="clear" w:color="auto" w:fill="FFF2B8"/>"#, colour(TEXT)),
    ));
    styles.push_str(&style(
        "CodeText",
        "Code Text",
        custom,
        r#"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/>"#,
    ));
}

fn table(styles: &mut String) {
    let border = |side: &str, width: u32, hex: &str| {
        format!(r#"<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{hex}"/>"#)
    };
    let borders: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].map(|side| border(side, 4, BORDER)).concat();
    let _ = write!(
        styles,
        r#"<w:style w:type="table" w:customStyle="1" w:styleId="NetworkTable"><w:name w:val="Network Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{head}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"#,
        head = border("bottom", 12, BLUE),
    );
}

//! Titles, headings, paragraphs and what stands beside them.

use super::super::super::Numbering;
use super::super::lists::NUMBER_WIDTH;
use super::{BLUE, BORDER, DARK_BLUE, ParagraphStyle, SECONDARY, colour, size};

pub(super) fn headings(styles: &mut String, numbering: Numbering) {
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
    let looks = [
        (17.0, BLUE, 400),
        (13.5, DARK_BLUE, 300),
        (12.0, DARK_BLUE, 240),
        (11.0, DARK_BLUE, 200),
        (11.0, SECONDARY, 200),
    ];
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

pub(super) fn paragraphs(styles: &mut String, numbering: Numbering) {
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

//! Letters within a paragraph, and tables.

use std::fmt::Write;

use super::{BLUE, BORDER, TEXT, TINT, colour};

pub(super) fn characters(styles: &mut String) {
    let style = |id: &str, name: &str, custom: &str, letters: &str| {
        format!(
            r#"<w:style w:type="character"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr>{letters}</w:rPr></w:style>"#
        )
    };
    let custom = r#" w:customStyle="1""#;
    styles.push_str(&style(
        "Hyperlink",
        "Hyperlink",
        "",
        &format!(r#"{}<w:u w:val="single"/>"#, colour(BLUE)),
    ));
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

pub(super) fn table(styles: &mut String) {
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

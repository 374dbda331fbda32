//! Lists, and what stands at the head and foot of a page.

use super::super::frame::TEXT_WIDTH;
use super::super::lists::{self, BULLETS, NUMBERS};
use super::{BORDER, ParagraphStyle, SECONDARY, colour, size};

pub(super) fn list_styles(styles: &mut String) {
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

pub(super) fn frame(styles: &mut String) {
    let tabs = format!(
        r#"<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>"#
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

//! Numbers and bullets: `word/numbering.xml`. Sections and their paragraphs are numbered by one outline that hangs on the
//! styles; every numbered list is an instance of its own, so that it begins anew.

use std::fmt::Write;

use super::super::Numbering;

/// Where lists stand: beside the margin, or below a paragraph that has a number itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Ground {
    /// Beside the margin.
    #[default]
    Margin,
    /// Below a numbered paragraph.
    Clause,
}

/// How far text stands from the margin below a number, in twentieths of a point.
pub(super) const NUMBER_WIDTH: u32 = 709;
/// As many levels as Word has.
const LEVELS: u8 = 9;
/// As far as Word counts.
const LAST_NUMBER: u64 = 32_767;

const OUTLINE: u32 = 1;
/// The instances of bullets, by their ground; the style of bulleted lists hangs on the first.
pub(super) const BULLETS: u32 = 2;
const BULLETS_IN_CLAUSE: u32 = 3;
/// What the style of numbered lists hangs on, for those who write on in Word.
pub(super) const NUMBERS: u32 = 4;
const NUMBERS_IN_CLAUSE: u32 = 5;
const FIRST_LIST: u32 = 6;

/// The numbered lists of a document: where each stands, at which level, and its first number.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbered: Vec<(Ground, u8, u64)>,
}

impl Lists {
    /// The instance of numbering for a list, `depth` lists down.
    pub(super) fn begin(&mut self, start: Option<u64>, ground: Ground, depth: u8) -> u32 {
        match (start, ground) {
            (Some(start), ground) => {
                self.numbered.push((ground, level(depth), start.min(LAST_NUMBER)));
                FIRST_LIST + self.numbered.len() as u32 - 1
            }
            (None, Ground::Margin) => BULLETS,
            (None, Ground::Clause) => BULLETS_IN_CLAUSE,
        }
    }

    /// `word/numbering.xml`.
    pub(super) fn part(&self, numbering: Numbering) -> String {
        let kinds = [
            outline(numbering),
            bullets(BULLETS, Ground::Margin),
            bullets(BULLETS_IN_CLAUSE, Ground::Clause),
            numbers(NUMBERS, Ground::Margin),
            numbers(NUMBERS_IN_CLAUSE, Ground::Clause),
        ]
        .concat();
        let mut instances = String::new();
        for kind in OUTLINE..FIRST_LIST {
            let _ = write!(instances, r#"<w:num w:numId="{kind}"><w:abstractNumId w:val="{kind}"/></w:num>"#);
        }
        for (index, (ground, level, start)) in (FIRST_LIST..).zip(&self.numbered) {
            let kind = if *ground == Ground::Margin { NUMBERS } else { NUMBERS_IN_CLAUSE };
            let _ = write!(
                instances,
                r#"<w:num w:numId="{index}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>"#
            );
        }
        format!("{}<w:numbering {}>{kinds}{instances}</w:numbering>", super::DECLARATION, super::NAMESPACES)
    }
}

/// The level of a list, `depth` lists down; what lies deeper stands on Word's last.
pub(super) fn level(depth: u8) -> u8 {
    depth.min(LEVELS - 1)
}

/// How far the text of a list stands from the margin.
pub(super) fn indent(ground: Ground, depth: u8) -> u32 {
    let base = if ground == Ground::Clause { NUMBER_WIDTH } else { 0 };
    base + (u32::from(level(depth)) + 1) * 454
}

fn outline(numbering: Numbering) -> String {
    let mut levels = String::new();
    for level in 0..LEVELS {
        let (style, text) = match (numbering, level) {
            (Numbering::Clauses, 0) => (Some("Heading1".to_string()), "%1.".to_string()),
            (Numbering::Clauses, 1) => (Some("Clause".to_string()), "%1.%2".to_string()),
            (Numbering::Headings, 0..=4) => {
                let text: Vec<String> = (1..=level + 1).map(|level| format!("%{level}")).collect();
                (Some(format!("Heading{}", level + 1)), text.join("."))
            }
            _ => (None, String::new()),
        };
        let style = style.map_or(String::new(), |style| format!(r#"<w:pStyle w:val="{style}"/>"#));
        let format = if text.is_empty() { "none" } else { "decimal" };
        let width = if numbering == Numbering::Headings && level > 1 { 1021 } else { NUMBER_WIDTH };
        let _ = write!(
            levels,
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{width}" w:hanging="{width}"/></w:pPr></w:lvl>"#
        );
    }
    kind(OUTLINE, &levels)
}

fn bullets(id: u32, ground: Ground) -> String {
    kind(
        id,
        &(0..LEVELS)
            .map(|depth| list_level(depth, ground, "bullet", ["•", "–"][usize::from(depth % 2)]))
            .collect::<String>(),
    )
}

fn numbers(id: u32, ground: Ground) -> String {
    let levels: String = (0..LEVELS)
        .map(|depth| match ground {
            Ground::Margin => {
                let format = ["decimal", "lowerLetter", "lowerRoman"][usize::from(depth % 3)];
                list_level(depth, ground, format, &format!("%{}.", depth + 1))
            }
            Ground::Clause => {
                let format = ["lowerLetter", "lowerRoman", "upperLetter"][usize::from(depth % 3)];
                list_level(depth, ground, format, &format!("(%{})", depth + 1))
            }
        })
        .collect();
    kind(id, &levels)
}

fn list_level(depth: u8, ground: Ground, format: &str, text: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="454"/></w:pPr></w:lvl>"#,
        left = indent(ground, depth)
    )
}

/// A kind of numbering. Word joins kinds without a number of their own when text is copied from one file to another.
fn kind(id: u32, levels: &str) -> String {
    format!(
        r#"<w:abstractNum w:abstractNumId="{id}"><w:nsid w:val="4E53{id:04X}"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4E54{id:04X}"/>{levels}</w:abstractNum>"#
    )
}

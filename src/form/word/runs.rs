//! Running text: runs, links and line breaks.

use std::fmt::Write;

use super::super::{Inline, Style};
use super::writer::Writer;
use super::xml;

/// How a run looks: as its words do, and as what stands around it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// As its words do.
    pub(super) style: Style,
    /// A style that stands above all: of a link, of a name in brackets.
    pub(super) character_style: Option<&'static str>,
}

impl Look {
    /// The properties of a run, in the order that the schema asks for.
    pub(super) fn properties(self, is_rtl: bool) -> String {
        let mut properties = String::new();
        let Style { bold, italic, code, struck } = self.style;
        match (self.character_style, code) {
            (Some(style), _) => {
                let _ = write!(properties, r#"<w:rStyle w:val="{style}"/>"#);
            }
            (None, true) => properties.push_str(r#"<w:rStyle w:val="CodeText"/>"#),
            (None, false) => {}
        }
        if bold {
            properties.push_str("<w:b/><w:bCs/>");
        }
        if italic {
            properties.push_str("<w:i/><w:iCs/>");
        }
        if struck {
            properties.push_str("<w:strike/>");
        }
        if is_rtl {
            properties.push_str("<w:rtl/>");
        }
        if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") }
    }
}

/// Text as runs, one for each stretch of a direction; never nothing, because a control must hold a run.
pub(super) fn text_runs(text: &str, look: Look) -> String {
    let mut runs = String::new();
    let clean = xml::clean(text);
    for (is_rtl, piece) in xml::by_direction(&clean) {
        let _ = write!(runs, "<w:r>{}{}</w:r>", look.properties(is_rtl), run_content(piece));
    }
    if runs.is_empty() { format!("<w:r>{}<w:t/></w:r>", look.properties(false)) } else { runs }
}

/// Text with its line breaks and tabs as the elements that Word has for them.
fn run_content(text: &str) -> String {
    let mut content = String::with_capacity(text.len() + 48);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            content.push_str("<w:br/>");
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                content.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(content, r#"<w:t xml:space="preserve">{}</w:t>"#, xml::escaped(piece));
            }
        }
    }
    content
}

impl Writer<'_> {
    /// Running text as runs, controls and links.
    pub(super) fn words(&mut self, words: &[Inline]) -> String {
        words.iter().map(|inline| self.inline(inline, None)).collect()
    }

    fn inline(&mut self, inline: &Inline, character_style: Option<&'static str>) -> String {
        match inline {
            // An empty answer of a row leaves nothing, not a run without text.
            Inline::Text { text, .. } if text.is_empty() => String::new(),
            Inline::Text { text, style } => text_runs(text, Look { style: *style, character_style }),
            Inline::Gap { gap, column, is_capital, style } => {
                self.control(*gap, *column, *is_capital, Look { style: *style, character_style })
            }
            Inline::Link { address, words, .. } => {
                let link = address.as_deref().and_then(web_address).map(|address| self.link(address));
                let style = link.as_ref().map(|_| "Hyperlink").or(character_style);
                // A link within a link is no link: the schema knows none.
                let inside: String = words
                    .iter()
                    .map(|inner| match inner {
                        Inline::Link { words, .. } => {
                            words.iter().map(|inner| self.inline(inner, style)).collect()
                        }
                        other => self.inline(other, style),
                    })
                    .collect();
                match link {
                    Some(link) if character_style.is_none() && !inside.is_empty() => {
                        format!(r#"<w:hyperlink r:id="{link}" w:history="1">{inside}</w:hyperlink>"#)
                    }
                    _ => inside,
                }
            }
            Inline::Break => "<w:r><w:br/></w:r>".to_string(),
        }
    }

    /// The text as a reader sees it: by it the direction of a paragraph and the width of a column are known.
    pub(super) fn plain(&self, words: &[Inline]) -> String {
        words
            .iter()
            .map(|inline| match inline {
                Inline::Text { text, .. } => text.clone(),
                Inline::Gap { gap, column, is_capital, .. } => self
                    .filling(*gap, *column, *is_capital)
                    .unwrap_or_else(|| self.form.brackets(*gap, *column, *is_capital)),
                Inline::Link { words, .. } => self.plain(words),
                Inline::Break => "\n".to_string(),
            })
            .collect()
    }
}

/// An address as a relationship can hold it; none if a document had better not lead there.
fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    if !["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
        return None;
    }
    let mut written = String::with_capacity(address.len());
    for (index, character) in address.char_indices() {
        let is_escape = character == '%'
            && address
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if is_escape || character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(character) {
            written.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(written, "%{byte:02X}");
            }
        }
    }
    Some(written)
}

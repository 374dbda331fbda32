//! What a case study tells, as plain sentences under its headings: paragraphs, points, and rows of tables as points.

use crate::content::ParsedPage;
use crate::markdown::{Section, words_of};
use crate::render::markup::{Tag, Token, tokens};
use crate::text::fitting::sentences;

/// A section of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Tale {
    /// Its heading.
    pub(in crate::render) heading: String,
    /// Whether it looks ahead.
    pub(in crate::render) is_next: bool,
    /// Its paragraphs and points.
    pub(in crate::render) blocks: Vec<Block>,
}

/// A paragraph or a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Block {
    /// Whether it is a point of a list.
    pub(in crate::render) is_point: bool,
    /// The heading right above it, which runs into it.
    pub(in crate::render) lead: String,
    /// Its sentences.
    pub(in crate::render) sentences: Vec<String>,
}

/// The sections that readers of the kind expect, as far as the page has them; else its first ones.
pub(in crate::render) fn told(page: &ParsedPage) -> Vec<Tale> {
    let expected: Vec<&str> = page.kind.sections.iter().flat_map(|set| set.iter().copied()).collect();
    let is_expected = |section: &&Section| {
        let heading = section.heading.as_ref().map(|heading| heading.text.trim());
        heading.is_some_and(|heading| expected.iter().any(|wanted| wanted.eq_ignore_ascii_case(heading)))
    };
    let mut sections: Vec<&Section> = page.body.sections.iter().filter(is_expected).collect();
    if sections.is_empty() {
        sections = page.body.sections.iter().take(4).collect();
    }
    sections
        .into_iter()
        .map(|section| {
            let heading = section.heading.as_ref();
            Tale {
                heading: heading.map(|heading| heading.text.clone()).unwrap_or_default(),
                is_next: heading.is_some_and(|heading| heading.id.starts_with("next-steps")),
                blocks: blocks(section.html.text()),
            }
        })
        .filter(|tale| !tale.blocks.is_empty())
        .collect()
}

/// What begins a new paragraph or point wherever it opens or closes.
const BLOCKS: [&str; 19] = [
    "p",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "div",
    "section",
    "blockquote",
    "figure",
    "figcaption",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "caption",
];

fn blocks(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut all = tokens(html);
    while let Some(token) = all.next() {
        match token {
            Token::Open(tag) if is_left_out(&tag) => all.pass_over(&tag),
            Token::Open(tag) => match tag.name {
                "tr" => reader.row(all.inside(&tag)),
                "h3" | "h4" | "h5" | "h6" => {
                    reader.end();
                    reader.lead = words_of(all.inside(&tag));
                }
                "br" => reader.words.push(' '),
                name if BLOCKS.contains(&name) => {
                    reader.end();
                    reader.is_point = name == "li";
                }
                _ => {}
            },
            Token::Close(name) if BLOCKS.contains(&name) => reader.end(),
            Token::Close(_) | Token::Aside => {}
            Token::Text(text) => reader.words.push_str(text),
        }
    }
    reader.end();
    reader.blocks
}

/// What paper cannot show in a line of text, and what is no part of it.
fn is_left_out(tag: &Tag<'_>) -> bool {
    matches!(tag.name, "svg" | "pre" | "script" | "style" | "thead" | "img" | "picture" | "caption")
        || tag.attribute("popover").is_some()
        || ["anchor", "footnote-ref", "footnotes", "alert-title", "full-size", "embed", "unseen"]
            .iter()
            .any(|class| tag.has_class(class))
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    lead: String,
    words: String,
    is_point: bool,
}

impl Reader {
    fn end(&mut self) {
        let words = words_of(&std::mem::take(&mut self.words));
        let is_point = std::mem::take(&mut self.is_point);
        self.push(is_point, &words);
    }

    fn push(&mut self, is_point: bool, words: &str) {
        if words.chars().any(char::is_alphanumeric) {
            let sentences = sentences(words).into_iter().map(str::to_string).collect();
            let lead = std::mem::take(&mut self.lead);
            self.blocks.push(Block { is_point, lead, sentences });
        }
    }

    /// A row of a table: what it is about, then what it says.
    fn row(&mut self, html: &str) {
        self.end();
        let mut cells = Vec::new();
        let mut all = tokens(html);
        while let Some(token) = all.next() {
            if let Token::Open(tag) = token
                && matches!(tag.name, "th" | "td")
            {
                cells.push(words_of(all.inside(&tag)));
            }
        }
        cells.retain(|cell| !cell.is_empty());
        let words = match cells.as_slice() {
            [] => return,
            [only] => only.clone(),
            // Figures say nothing without the heads of their columns.
            [_, says @ ..] if says.iter().any(|cell| is_figure(cell)) => return,
            [about, says @ ..] => format!("{about}: {}", says.join("; ")),
        };
        self.push(true, &words);
    }
}

fn is_figure(cell: &str) -> bool {
    cell.chars().any(|sign| sign.is_ascii_digit()) && !cell.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::blocks;

    fn told(html: &str) -> Vec<String> {
        let words = |block: &super::Block| {
            let lead = if block.lead.is_empty() { String::new() } else { format!("[{}] ", block.lead) };
            format!("{}{lead}{}", if block.is_point { "- " } else { "" }, block.sentences.join(" | "))
        };
        blocks(html).iter().map(words).collect()
    }

    #[test]
    fn paragraphs_points_and_rows_are_told_in_their_order() {
        assert_eq!(
            told(
                "<p>One &amp; <a href=\"x\">two</a>. Three.</p><h3>On call<a class=\"anchor\" href=\"#a\">#</a></h3><ul><li>First</li><li><p>Second</p></li></ul><table><thead><tr><th>Strand</th></tr></thead><tbody><tr><td>Academy</td><td>Trains</td><td>In years</td></tr><tr><td>Rota</td><td>7.2</td></tr></tbody></table>"
            ),
            ["One & two. | Three.", "- [On call] First", "Second", "- Academy: Trains; In years"]
        );
    }

    #[test]
    fn drawings_code_and_meanings_of_terms_are_left_out() {
        let html = "<figure><svg><text>drawn</text></svg></figure><pre>code</pre><p>A <button class=\"term\" popovertarget=\"t\">CT</button><span popover id=\"t\">computed tomography</span> scan</p>";
        assert_eq!(told(html), ["A CT scan"]);
    }
}

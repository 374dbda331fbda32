//! Markdown that was written, read by a parser of Markdown.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::markdown;
use crate::form::sample::{self, answers, gap, text};
use crate::form::{Block, Form, Row};

/// The headings and cells of a Markdown text.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut headings, mut cells) = (Vec::new(), Vec::new());
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => words.clear(),
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::InlineHtml(html) if &*html == "<br>" => words.push(' '),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Heading(_)) => headings.push(std::mem::take(&mut words)),
            Event::End(TagEnd::TableCell) => cells.push(std::mem::take(&mut words)),
            Event::Html(html) | Event::InlineHtml(html) => panic!("markup: {html}"),
            _ => {}
        }
    }
    (headings, cells)
}

#[test]
fn the_document_reads_as_markdown() {
    let text = markdown(&sample::form(), &answers());
    let beginning = "# Terms of reference of North Example Imaging Network\n\nVersion 1.2\n\n> **Note**\n>\n> Words in square";
    assert!(text.starts_with(beginning), "{text}");
    for part in [
        "\n\n2. what it would take to change them:\n\n   - people\n   - money, systems and time\n\n   with what each",
        "as [the guidance on **governance**](<https://example.org/governance?a=1&amp;b=two words>) says. Files are named `minutes-2027.docx`.\\\nNothing *~~else~~* is.",
        "| Name | Role | Organisation |\n| --- | --- | --- |\n| Dr A. Example | Chair | North Example Hospitals |\n",
        "- North Example Hospitals\n- East Example Trust\n- West Example Trust\n",
        "\n```\nBoard\n  Workstream <A & B>\n\tGroup\n```\n\n---\n",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn what_nobody_answered_stays_in_brackets() {
    let text = markdown(&sample::form(), &[]);
    assert!(text.starts_with("# Terms of reference of [network name]\n"), "{text}");
    assert!(
        text.contains("*Only where the answer to “Network holds money” is not Yes:*\n\nEach trust"),
        "{text}"
    );
    let form = Form { blocks: vec![Block::Paragraph(vec![gap(0), text_inline("(here)")])], ..sample::form() };
    assert!(markdown(&form, &[]).ends_with("\n\n[network name]\\(here)\n"));
}

fn text_inline(words: &str) -> crate::form::Inline {
    text(words)
}

proptest! {
    #[test]
    fn headings_and_cells_are_read_back(
        heading in "\\PC{0,30}", cell in "\\PC{0,30}", marks in "[-#>*_`|<&;a1.()! +=~:\\[\\]\\\\]{0,16}",
    ) {
        let blocks = vec![
            Block::Paragraph(vec![text(&marks)]),
            Block::Heading { level: 2, id: String::new(), words: vec![text("H "), text(&heading), gap(0)] },
            Block::Table {
                head: vec![vec![text("Head")]],
                rows: vec![
                    Row { repeats: None, cells: vec![vec![text(&cell)]] },
                    Row { repeats: None, cells: vec![vec![text(&marks), gap(0)]] },
                ],
            },
            Block::Heading { level: 3, id: String::new(), words: vec![text("I "), text(&marks)] },
        ];
        let form = Form { title: vec![text("T "), text(&marks)], blocks, ..sample::form() };
        let name = Some(heading.clone());
        let (headings, cells) = read(&markdown(&form, &[name]));
        let squeezed = |text: String| text.split_whitespace().collect::<String>();
        let filled = if heading.trim().is_empty() { "[network name]" } else { heading.trim() };
        prop_assert_eq!(
            headings.into_iter().map(squeezed).collect::<Vec<_>>(),
            [format!("T{marks}"), format!("H{heading}{filled}"), format!("I{marks}")].map(squeezed)
        );
        prop_assert_eq!(
            cells.into_iter().map(squeezed).collect::<Vec<_>>(),
            ["Head".to_string(), cell, format!("{marks}{filled}")].map(squeezed)
        );
    }
}

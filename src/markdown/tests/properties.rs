//! What holds for any text: no panic, balanced and harmless HTML, places that lie in the text.

use proptest::prelude::*;

use super::{page, settings};
use crate::markdown::highlight::{self, Colouring};
use crate::markdown::{Document, RawHtml, Settings, Terms, parse};

const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Reads the page as a browser would and checks what must hold for all of them.
pub(super) fn assert_sound(text: &str, document: &Document) {
    let html = page(document);
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = tag_end(rest);
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "unbalanced in {html}");
            continue;
        }
        let name = tag.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap();
        assert!(!matches!(name, "" | "script" | "style" | "iframe" | "object"), "<{tag}>");
        for attribute in attribute_names(tag) {
            assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "srcdoc", "<{tag}>");
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?} in {html}");
    // The site fills in addresses: without it there must be none but our own.
    for section in &document.sections {
        for tag in section.html.text().split('<').skip(1) {
            let tag = &tag[..tag_end(tag)];
            let names = attribute_names(tag);
            assert!(
                !names.contains(&"src") && (!names.contains(&"href") || tag.contains(" href=\"#")),
                "<{tag}>"
            );
        }
    }
    let spans = document.references.iter().map(|reference| reference.span);
    let problems = document
        .problems
        .iter()
        .flat_map(|problem| problem.span.into_iter().chain(problem.labels.iter().map(|label| label.span)));
    for span in spans.chain(problems).chain(document.headings.iter().map(|heading| heading.span)) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
}

fn tag_end(text: &str) -> usize {
    let mut in_quotes = false;
    text.bytes()
        .position(|byte| {
            in_quotes ^= byte == b'"';
            byte == b'>' && !in_quotes
        })
        .expect("a tag ends")
}

fn attribute_names(tag: &str) -> Vec<&str> {
    // Every second piece between quotes is a value.
    tag.split('"')
        .step_by(2)
        .flat_map(|piece| piece.split([' ', '=']))
        .skip(1)
        .filter(|name| !name.is_empty())
        .collect()
}

fn markdown_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z éß日]{1,6}",
        2 => prop::sample::select(vec![
            "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n    ", "\n# ", "\n## ", "\n### ", "> [!NOTE]\n> ", "> [!FIGURE]\n> ",
            "\n\n> [!FIGURES]\n> | a | b |\n> | - | - |\n> | 1 | 2 |\n", "\n\n> [!EMBED]\n> [a](b)\n", "\n> [!OPTIONS]\n> ",
            "| a (1) | b (2) |\n|---|--:|\n| 1 | 2 |\n", "\n> [!MATRIX]\n> | a | b |\n> | - | - |\n> | c | yes |\n",
            "```", "~~~", "`", "**", "*", "_", "~~", "[", "]", "(", ")", "](", "![", "[^1]", "\n[^1]: ", "<", ">", "&", "&amp;",
            "\"", "'", "\\", "|", "<b>", "</b>", "<details>\n", "</details>\n", "<summary>", "</summary>", "<br>", "<!--", "-->",
            "<script>", "<img src=x onerror=x>", "<abbr title=\"x\">", "<a href=\"javascript:x\">", "javascript:alert(1)",
            "https://a.org/x_y", "www.b.org.", "c@d.org", "\n: ", "\n---\n", "{#id}", "{#id .c}", "\0", "\u{1b}", "\r\n", "\t",
            "[a]: <b c> 'd'\n", "[a]", "[ ] ", "rust\nfn a() {}\n", " onclick=\"x\"", " style=\"x\"", "<http://x>", "<e@f.org>",
        ]).prop_map(str::to_string),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_sound_page(
        text in markdown_like(),
        sanitise: bool,
        withhold: bool,
        glossary in prop::collection::vec(("[a-cß&x. ]{1,4}", "[a-c<\"&> ]{0,9}"), 0..5),
        language in prop::sample::select(vec!["en-GB", "cy", "ar", "pl"]),
    ) {
        let raw_html = if sanitise { RawHtml::Sanitise } else { RawHtml::Escape };
        let withhold = withhold.then(|| "Held <back>.".to_string());
        let terms = Terms::new(&glossary);
        let settings = Settings { withhold, terms: &terms, language, ..settings(raw_html) };
        let document = parse(&text, 0, &settings);
        assert_sound(&text, &document);
        prop_assert_eq!(&document, &parse(&text, 0, &settings));
    }

    #[test]
    fn coloured_code_is_the_code(
        language in prop::sample::select(vec!["rust", "yaml", "sql", "python", "js", "html", "bash", "json", "css", "r", "xml"]),
        code in prop_oneof![
            "[ a-z0-9<>\"'`{}()\\[\\]#/*:;=&$\\\\|.,\n\t-]{0,80}",
            "(\\PC|\n){0,40}",
        ],
    ) {
        if let Colouring::Coloured(html) = highlight::colour(language, &code) {
            let mut text = String::new();
            for piece in html.split('<') {
                text.push_str(piece.strip_prefix("/span>").or(piece.split_once("\">").map(|(_, rest)| rest)).unwrap_or(piece));
            }
            prop_assert_eq!(html.matches("<span class=\"").count(), html.matches("</span>").count());
            prop_assert_eq!(text, crate::text::escape_html(&code));
        } else {
            prop_assert!(false, "{} is known", language);
        }
    }

    #[test]
    fn a_place_in_the_file_is_the_place_in_the_body_moved(text in markdown_like(), base in 0_u32..1_000) {
        let here = parse(&text, 0, &settings(RawHtml::Escape));
        let there = parse(&text, base, &settings(RawHtml::Escape));
        prop_assert_eq!(here.references.len(), there.references.len());
        for (a, b) in here.references.iter().zip(&there.references) {
            prop_assert_eq!(a.span.shifted(base), b.span);
        }
    }
}

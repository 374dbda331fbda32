//! Texts made to hurt: each is written in bounded time and space, and stays balanced.

use super::properties::assert_sound;
use super::{codes, document};
use crate::markdown::{RawHtml, parse};

#[test]
fn hostile_texts_are_bounded() {
    let n = 20_000;
    let table_row = format!("|{}\n", "a|".repeat(300));
    let texts = [
        "[".repeat(n),
        "]".repeat(n),
        "*".repeat(n),
        "_".repeat(n),
        "> ".repeat(n),
        ">".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "`".repeat(n),
        "<".repeat(n),
        "<!--".repeat(n),
        "&".repeat(n),
        "~".repeat(n),
        "#".repeat(n),
        "\\".repeat(n),
        "(".repeat(n),
        "|".repeat(n),
        "- ".repeat(n),
        "1. ".repeat(n),
        "*a ".repeat(n),
        "*a_ ".repeat(n),
        "a**b".repeat(n),
        "[^a]".repeat(n),
        "[^".repeat(n),
        "[!NOTE]".repeat(n),
        "<b>".repeat(n),
        "<b title=\"".repeat(n),
        "<details>\n".repeat(2_000),
        "https://".repeat(n),
        "www.".repeat(n),
        "www.a_b.".repeat(n),
        "a@".repeat(n),
        "@a.b".repeat(n),
        "a.".repeat(n) + "@b.c",
        "\u{0}".repeat(n),
        "\r".repeat(n),
        "\n".repeat(n),
        "```\n".repeat(n),
        "[a]: b\n".repeat(n),
        "## a\n".repeat(5_000),
        "[^1]: x\n\n".repeat(2_000),
        "x[^1]".repeat(n) + "\n\n[^1]: y",
        "> [!NOTE]\n".repeat(2_000),
        (0..150).map(|depth| "  ".repeat(depth) + "- a\n").collect::<Vec<_>>().concat(),
        (0..150).map(|depth| "> ".repeat(depth) + "[!NOTE]\n").collect::<Vec<_>>().concat(),
        format!("{table_row}|{}\n{}", "-|".repeat(300), "|b|\n".repeat(5_000)),
        "`` ` ".repeat(n),
        (0..n / 4).map(|number| format!("a[^mark{number}] \n\n[^note{number}]: x\n\n")).collect(),
        (0..n / 4).map(|number| format!("```lang{number}\n```\n")).collect(),
        format!("## {}\n\n{}", "a".repeat(n), "|a|\n|-|\n\n".repeat(n / 4)),
        "a\n: b\n".repeat(3_000),
        "![a](b)".repeat(n),
        "<a@b.c>".repeat(n),
        "[a]\n\n[a]: ".repeat(2_000),
        "é".repeat(n),
        "- [ ] ".repeat(n),
        "|-\n".repeat(n),
        "<?".repeat(n),
        "<![CDATA[".repeat(n),
        "<!A ".repeat(n),
    ];
    for text in &texts {
        for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
            let document = parse(text, 0, &super::settings(raw_html));
            let size: usize = document.sections.iter().map(|section| section.html.byte_len()).sum();
            assert!(size <= 4_000_000 + 100_000, "{size} bytes from {}", &text[..20]);
            assert!(document.problems.len() <= 501);
            assert_sound(text, &document);
        }
    }
}

#[test]
fn a_page_that_grows_too_large_is_cut_with_one_error() {
    let text = format!("|{}\n|{}\n{}", "a|".repeat(400), "-|".repeat(400), "|b|\n".repeat(2_000));
    assert_eq!(codes(&text), ["page-too-large!"]);
}

#[test]
fn what_is_nested_too_deep_is_flattened_with_one_error() {
    let text = format!("{} deep", ">".repeat(100));
    assert_eq!(codes(&text), ["too-deep!"]);
    assert!(super::page(&document(&text)).contains("deep"));
}

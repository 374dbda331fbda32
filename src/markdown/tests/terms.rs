//! The glossary's terms, explained where they are first used; and our own words on pages in other languages.

use std::fmt::Write as _;

use super::{page, settings};
use crate::markdown::{Document, RawHtml, Settings, Terms, parse};

fn glossary() -> Terms {
    let pair = |(term, meaning): &(&str, &str)| ((*term).to_string(), (*meaning).to_string());
    Terms::new(
        &[
            ("RIS", "radiology information system"),
            ("PACS", "picture archiving and communication system"),
            ("CT", "computed tomography"),
            ("CT scan", "a picture made by computed tomography"),
            ("MRI", "magnetic resonance imaging"),
            ("R&D", "research & \"development\""),
            ("C++", "a language"),
            (".NET", "a framework"),
        ]
        .iter()
        .map(pair)
        .collect::<Vec<_>>(),
    )
}

fn document_in(text: &str, language: &str) -> Document {
    let terms = glossary();
    parse(text, 0, &Settings { terms: &terms, language, ..settings(RawHtml::Sanitise) })
}

/// The page with each explained term as `{term=meaning}`.
fn marked(text: &str) -> String {
    let html = page(&document_in(text, "en-GB"));
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<button") {
        let (attributes, after) = after.split_once('>').unwrap();
        let (term, after) = after.split_once("</button><span popover id=\"").unwrap();
        let (id, after) = after.split_once("\">").unwrap();
        let (meaning, after) = after.split_once("</span>").unwrap();
        assert!(attributes.contains(&format!("popovertarget=\"{id}\"")), "{attributes} {id}");
        out.push_str(before);
        let _ = write!(out, "{{{term}={meaning}}}");
        rest = after;
    }
    out + rest
}

#[test]
fn a_term_is_explained_at_its_first_use() {
    assert_eq!(
        page(&document_in("One RIS.\n\nThe RIS again.\n", "en-GB")),
        "<p>One <button type=\"button\" class=\"term\" popovertarget=\"term:ris\" aria-describedby=\"term:ris\">RIS</button>\
         <span popover id=\"term:ris\">radiology information system</span>.</p>\n<p>The RIS again.</p>\n"
    );
    assert!(marked("- a RIS\n").contains("a {RIS=radiology"));
    assert!(marked("| A |\n| - |\n| RIS |\n").contains(">{RIS=radiology"));
    assert!(marked("> [!NOTE]\n> The **RIS**\n").contains("<strong>{RIS="));
    assert!(marked("See https://a.org/RIS for RIS.\n").contains("for {RIS="));
}

#[test]
fn terms_are_whole_words_and_the_longest_wins() {
    assert_eq!(marked("A CT scan.\n"), "<p>A {CT scan=a picture made by computed tomography}.</p>\n");
    assert_eq!(
        marked("CT scanner, RISK, ris, IRIS, x_RIS\n"),
        "<p>{CT=computed tomography} scanner, RISK, ris, IRIS, x_RIS</p>\n"
    );
    assert_eq!(marked("Two MRIs\n"), "<p>Two {MRIs=magnetic resonance imaging}</p>\n");
    assert_eq!(marked("(RIS/PACS)\n").matches('{').count(), 2);
    assert!(marked("CT-guided\n").contains("{CT="));
    assert!(marked("the RIS’s\n").contains("{RIS="));
    assert_eq!(
        marked("R&D in C++ or .NET, not NET\n"),
        "<p>{R&amp;D=research &amp; &quot;development&quot;} in {C++=a language} or {.NET=a framework}, not NET</p>\n"
    );
}

#[test]
fn what_is_no_running_text_is_left_alone() {
    for text in [
        "## The RIS\n",
        "[RIS](a.md)\n",
        "`RIS`\n",
        "![RIS](a.png)\n",
        "| RIS |\n| - |\n| x |\n",
        "RIS\n: Radiology thing\n",
        "<abbr title=\"x\">RIS</abbr>\n",
        "<details>\n<summary>RIS</summary>\n\nx\n\n</details>\n",
        "```\nRIS\n```\n",
    ] {
        assert!(!marked(text).contains('{'), "{}", marked(text));
    }
    assert!(marked("## The RIS\n\nThe RIS.\n").contains("<p>The {RIS="), "the first use in running text");
}

#[test]
fn what_the_writer_spells_out_is_not_explained_again() {
    for text in [
        "a radiology information system (RIS)\n",
        "one *Radiology Information\nSystem* (RIS)\n",
        "RIS (radiology information systems)\n",
        "the RIS, or radiology information system, is\n",
        "&amp; a radiology information system (RIS) \\\n",
    ] {
        assert!(!marked(&format!("{text}\nRIS again\n")).contains('{'), "{}", marked(text));
    }
    assert!(marked(&format!("radiology information system {} RIS\n", "far ".repeat(20))).contains('{'));
}

#[test]
fn a_page_knows_its_terms() {
    let document = document_in("## PACS\n\nThe [CT](a.md) and a radiology information system (RIS)\n", "en");
    assert_eq!(*document.terms, [0, 1, 2]);
    assert!(document_in("none", "en").terms.is_empty());
}

#[test]
fn ids_are_unique_whatever_the_terms() {
    let pairs = ["A", "a", "a-2", "&", "+"].map(|term| (term.to_string(), "x".to_string()));
    let terms = Terms::new(&pairs);
    let mut ids: Vec<_> = terms.list().iter().map(|term| term.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5, "{ids:?}");
}

#[test]
fn a_meaning_on_a_page_in_another_language_is_marked() {
    let html = page(&document_in("Un RIS.\n", "cy"));
    assert!(html.contains("<span popover id=\"term:ris\" lang=\"en-GB\">radiology"), "{html}");
    let html = page(&document_in("RIS\n", "ar"));
    assert!(html.contains("<span popover id=\"term:ris\" lang=\"en-GB\" dir=\"ltr\">radiology"), "{html}");
}

const OURS: &str = "## T\n\n> [!NOTE]\n> a\n\n- [x] b[^1]\n\n| H |\n| - |\n| c |\n\n| H |\n| - |\n| c |\n\n[^1]: d\n\n### S\n\n\
                    > [!FIGURES]\n> | M | 2016 | After |\n> | - | - | - |\n> | x | 1 | 2 |\n\n\
                    > [!OPTIONS]\n> | O | A (1) |\n> | - | - |\n> | x | 1 |\n> | y | 1 |\n";

#[test]
fn our_own_words_are_welsh_on_welsh_pages() {
    let html = page(&document_in(OURS, "cy"));
    for wanted in [
        "<p class=\"alert-title\">Nodyn</p>",
        "checked aria-label=\"Wedi’i wneud\">",
        "aria-label=\"Tabl: T\"",
        "aria-label=\"Tabl 2: T\"",
        "aria-label=\"Troednodyn 1\"",
        "aria-label=\"Troednodiadau\"",
        "aria-label=\"Yn ôl i’r testun\"",
        "aria-label=\"Dolen i’r adran hon\"",
        ">Cyn, 2016<span",
        ">Ar ôl, After<span",
        ">Safle</th>",
        ">1af (cydradd)</td>",
        "x, y sydd â’r",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
    assert!(!html.contains(" lang="), "{html}");
}

#[test]
fn in_a_language_that_is_not_known_they_are_marked_as_english() {
    let html = page(&document_in(OURS, "pl"));
    for wanted in [
        "<p class=\"alert-title\"><span lang=\"en\">Note</span></p>",
        "aria-label=\"Done\" lang=\"en\">",
        "aria-label=\"T\"",
        "aria-label=\"2: T\"",
        "aria-label=\"Footnote 1\" lang=\"en\">1</a>",
        "role=\"doc-endnotes\">",
        "aria-label=\"Back to text\" lang=\"en\"",
        "<span lang=\"en\">Before</span>, 2016<span",
        "lang=\"en\">Rank</th>",
        "<p class=\"options-result\" lang=\"en\">",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

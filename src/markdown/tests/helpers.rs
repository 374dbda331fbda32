//! Blocks with a meaning of their own.

use super::{codes, document, html, page, settings};
use crate::markdown::{RawHtml, ReferenceKind, Settings, parse};

const OPTIONS: &str = "> [!OPTIONS]\n> | Option | Quality (60) | Cost (40%) |\n> | --- | ---: | ---: |\n> | Keep | 2 | 5 |\n> | Share | 4 | 3 |\n> | Buy | 4 | 3 |\n";

#[test]
fn alerts() {
    let note = "<div class=\"alert alert-note\"><p class=\"alert-title\">Note</p>\n<p>Read <em>this</em>.</p>\n</div>\n";
    assert_eq!(html("> [!NOTE]\n> Read *this*.\n"), note);
    assert_eq!(html("> [!note]\n>\n> Read *this*.\n"), note);
    assert!(
        html("> [!WARNING]\n> - a\n").contains("alert-warning\"><p class=\"alert-title\">Warning</p>\n<ul>")
    );
    assert!(html("> plain\n").starts_with("<blockquote>\n<p>plain"));
    assert!(html("> [link] text\n").starts_with("<blockquote>"));
}

#[test]
fn an_unknown_name_is_an_error_with_the_nearest() {
    let document = document("> [!FIGURS]\n> x\n");
    assert_eq!(document.problems[0].code, "unknown-helper");
    assert!(document.problems[0].help.as_ref().unwrap().starts_with("did you mean `[!FIGURES]`?"));
    assert!(page(&document).contains("<p>x</p>"), "the text stays to be read");
}

#[test]
fn a_figure_has_an_image_and_a_caption() {
    for text in [
        "> [!FIGURE]\n> ![The region](map.png)\n>\n> Seven *trusts*.\n",
        "> [!FIGURE]\n> ![The region](map.png)\n> Seven *trusts*.\n",
    ] {
        assert_eq!(
            html(text),
            "<figure class=\"figure\"><img src=\"map.png\" alt=\"The region\"><figcaption><p>Seven <em>trusts</em>.</p>\n</figcaption></figure>\n"
        );
    }
    assert_eq!(codes("> [!FIGURE]\n> no image\n"), ["helper-shape!"]);
    assert_eq!(codes("> [!FIGURE]\n"), ["helper-shape!"]);
}

#[test]
fn key_figures() {
    let html_of = html("> [!FIGURES]\n>\n> | Figure | What |\n> | - | - |\n> | **22** | bids |\n");
    assert!(html_of.contains("<dt>bids</dt><dd><strong>22</strong></dd>"), "{html_of}");
    let change = html(
        "> [!FIGURES]\n> | Measure | 2016 | After |\n> | - | - | - |\n> | Turnaround | 7 days | 1 day |\n",
    );
    assert!(change.contains("<dt>Turnaround</dt>"));
    assert!(
        change.contains(
            "<span class=\"figure-when\">Before, 2016<span class=\"unseen\">:</span></span> 7 days"
        ),
        "{change}"
    );
    assert!(
        change.contains("<span class=\"figure-when\">After<span class=\"unseen\">:</span></span> 1 day"),
        "{change}"
    );
    assert_eq!(codes("> [!FIGURES]\n> 22 bids\n"), ["helper-shape!"]);
    assert_eq!(codes("> [!FIGURES]\n> | a |\n> | - |\n> | 1 |\n"), ["helper-shape!"]);
}

#[test]
fn an_embedded_page_is_a_hole_between_blocks() {
    let text = "a\n\n> [!EMBED]\n> [The stroke pathway](../pathways/stroke.md)\n\nb\n";
    let document = document(text);
    let reference = &document.references[0];
    assert_eq!((reference.kind, reference.target.as_str()), (ReferenceKind::Embed, "../pathways/stroke.md"));
    assert_eq!(
        (reference.text.as_str(), reference.span.of(text)),
        ("The stroke pathway", "../pathways/stroke.md")
    );
    assert_eq!(page(&document), "<p>a</p>\n<div class=\"embedded\"></div>\n<p>b</p>\n");
    assert_eq!(codes("> [!EMBED]\n> [a](b.md) and [c](d.md)\n"), ["helper-shape!"]);
    assert_eq!(codes("> [!EMBED]\n> stroke\n"), ["helper-shape!"]);
}

#[test]
fn options_are_ranked_and_ties_are_said() {
    let html = html(OPTIONS);
    assert!(html.contains("<th role=\"rowheader\" scope=\"row\">Keep</th>"), "{html}");
    assert!(
        html.contains(
            "data-label=\"Weighted total\">3.2</td><td role=\"cell\" class=\"right short\" data-label=\"Rank\">third</td>"
        ),
        "{html}"
    );
    assert_eq!(html.matches(">joint first</td>").count(), 2);
    assert!(
        html.contains("<p class=\"options-result\">Share and Buy share the highest weighted total, 3.6. Their scores are the same for every criterion, so no weights can tell them apart. If the weight of Cost rose from 40 to 61, Keep would come first.</p>"),
        "{html}"
    );
    assert_eq!(codes(OPTIONS), Vec::<String>::new());
}

#[test]
fn totals_that_differ_look_different() {
    let html =
        html("> [!OPTIONS]\n> | O | A (99) | B (1) |\n> | - | - | - |\n> | x | 3 | 4 |\n> | y | 3 | 3 |\n");
    assert!(html.contains(">3.01</td>") && html.contains(">3.00</td>"), "{html}");
    assert!(html.contains("x has the highest weighted total, 3.01."));
}

#[test]
fn a_missing_number_is_shown_where_it_is_missing() {
    let text = OPTIONS.replace("| 2 |", "| good |").replace("Cost (40%)", "Cost");
    let document = document(&text);
    let places: Vec<_> = document
        .problems
        .iter()
        .map(|problem| (problem.code, problem.span.unwrap().of(&text).trim_matches(['|', ' '])))
        .collect();
    assert_eq!(places, [("option-weight", "Cost"), ("option-score", "good")]);
    assert_eq!(codes("> [!OPTIONS]\n> none\n"), ["helper-shape!"]);
}

#[test]
fn a_matrix_marks_its_answers_and_keeps_the_words() {
    let html = html(
        "> [!MATRIX]\n> | Function | A | B |\n> | - | - | - |\n> | Worklist | Yes | partly, from 2019 |\n> | Audit | no | see note |\n",
    );
    assert!(html.contains("<table role=\"table\" class=\"matrix\">"));
    assert!(html.contains("class=\"yes\" data-label=\"A\">Yes</td><td role=\"cell\" class=\"partly\" data-label=\"B\">partly, from 2019</td>"), "{html}");
    assert!(
        html.contains(
            "class=\"no\" data-label=\"A\">no</td><td role=\"cell\" data-label=\"B\">see note</td>"
        ),
        "{html}"
    );
    assert_eq!(codes("> [!MATRIX]\n> x\n"), ["helper-shape!"]);
}

#[test]
fn a_live_procurement_withholds_names_and_scores() {
    let settings = Settings {
        withhold: Some("Held back until the contract is signed.".to_string()),
        ..settings(RawHtml::Escape)
    };
    let matrix = "> [!MATRIX]\n> | F | [Supplier](s.md) |\n> | - | - |\n> | Worklist | yes |\n";
    let broken = "> [!OPTIONS]\n> Supplier scored 4\n";
    for text in [OPTIONS, matrix, broken] {
        let document = parse(text, 0, &settings);
        assert_eq!(page(&document), "<p class=\"withheld\">Held back until the contract is signed.</p>\n");
        assert!(document.references.is_empty());
    }
}

#[test]
fn helpers_do_not_nest() {
    assert_eq!(codes("> [!FIGURE]\n> ![A map](m.png)\n>\n> > [!EMBED]\n> > [a](b.md)\n"), ["nested-helper!"]);
}

#[test]
fn a_name_in_the_wrong_place_is_an_error() {
    assert_eq!(codes("> [!NOTE] Read this.\n"), ["stray-helper!"]);
    assert_eq!(codes("[!OPTIONS]\n\n| O | A (1) |\n| - | - |\n| x | 1 |\n"), ["stray-helper!"]);
    assert_eq!(codes("\\[!NOTE] and [!else]\n\n> [!NOTE]\n> x\n"), Vec::<String>::new());
}

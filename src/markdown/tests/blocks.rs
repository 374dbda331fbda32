//! Blocks: sections, headings, lists, tables, footnotes, code.

use super::{codes, document, html};

#[test]
fn a_page_is_divided_at_its_second_level_headings() {
    let document =
        document("Before.\n\n## Problem\n\nToo slow.\n\n### Why\n\nPost.\n\n## Next steps\n\nTraining.\n");
    let headings: Vec<_> = document
        .sections
        .iter()
        .map(|section| section.heading.as_ref().map(|heading| heading.text.as_str()))
        .collect();
    assert_eq!(headings, [None, Some("Problem"), Some("Next steps")]);
    assert_eq!(document.sections[0].html.text(), "<p>Before.</p>\n");
    assert!(document.sections[1].html.text().contains("<h3 id=\"why\">Why"));
    assert!(!document.sections[1].html.text().contains("<h2"));
    assert_eq!(document.headings.iter().map(|heading| heading.level).collect::<Vec<_>>(), [2, 3, 2]);
    assert_eq!(document.word_count, 9);
}

#[test]
fn a_heading_inside_a_list_or_quote_begins_no_section() {
    let document = document("> ## Quoted\n\n- ## Listed\n");
    assert_eq!(document.sections.len(), 1);
    assert_eq!(document.headings.len(), 2);
}

#[test]
fn heading_ids_are_the_words_and_unique() {
    let document = document("## What's new?\n\n## What's new?\n\n## Plan {#whats-new-2 .c}\n\n## !?\n");
    let ids: Vec<_> = document.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["whats-new", "whats-new-3", "whats-new-2", "section"]);
    assert!(document.problems.is_empty());
}

#[test]
fn a_heading_keeps_its_emphasis_and_has_a_link_to_itself() {
    let document = document("## The *one* `id` [site](x.md)\n\n### Sub\n");
    let heading = &document.headings[0];
    assert_eq!(heading.text, "The one id site");
    assert_eq!(heading.html, "The <em>one</em> <code>id</code> site");
    assert_eq!(document.references.len(), 1, "the link is still checked");
    assert!(document.sections[1].html.text().contains("<a class=\"anchor\" href=\"#sub\" aria-label="));
}

#[test]
fn lists_and_tasks() {
    assert_eq!(html("3. c\n4. d\n"), "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n");
    let tasks = html("- [x] done\n- [ ] not yet\n");
    assert!(
        tasks.contains(
            "<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> done"
        )
    );
    assert!(tasks.contains("aria-label=\"To do\"> not yet"));
    assert_eq!(
        html("EPR\n: Electronic patient record\n"),
        "<dl>\n<dt>EPR</dt>\n<dd>Electronic patient record</dd>\n</dl>\n"
    );
}

#[test]
fn a_table_scrolls_by_keyboard_and_names_its_columns() {
    let html = html("## Bids\n\n| Network | Trusts & more |\n| --- | ---: |\n| Devon | 4 |\n");
    assert!(
        html.contains(
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Bids\"><table role=\"table\">"
        )
    );
    assert!(html.contains("<th role=\"columnheader\" scope=\"col\" class=\"right\">Trusts &amp; more</th>"));
    assert!(html.contains("<td role=\"cell\" class=\"right\" data-label=\"Trusts &amp; more\">4</td>"));
    assert!(!html.contains("style="));
}

#[test]
fn a_first_column_without_a_name_names_the_rows() {
    let html = html("| | Bids |\n| - | -: |\n| Devon | 4 |\n");
    assert!(html.contains("<tr role=\"row\"><td role=\"cell\"></td><th role=\"columnheader\""), "{html}");
    assert!(html.contains("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">Devon</th><td"), "{html}");
}

#[test]
fn a_table_before_any_heading_is_named_by_its_columns_and_each_table_has_its_own_name() {
    let table = "| A | B |\n| - | - |\n| 1 | 2 |\n\n";
    let html = html(&format!("{table}{table}"));
    assert!(html.contains("aria-label=\"Table: A, B\""));
    assert!(html.contains("aria-label=\"Table 2: A, B\""));
}

#[test]
fn footnotes_are_numbered_by_mention_and_lead_back() {
    let html = html("One[^b] two[^a] three[^b].\n\n[^a]: Note A.\n[^b]: Note B.\n\n## End\n\nLast.\n");
    assert!(html.contains("One<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1\" aria-label=\"Footnote 1\">1</a></sup>"));
    assert!(html.contains("id=\"fnref:1:2\""));
    let notes = &html[html.find("<section class=\"footnotes\"").unwrap()..];
    assert!(html.find("Last.").unwrap() < html.find("<section").unwrap(), "they stand at the end");
    assert!(notes.find("Note B.").unwrap() < notes.find("Note A.").unwrap());
    assert!(notes.contains("href=\"#fnref:1:2\" aria-label=\"Back to text\">"));
    assert!(notes.contains("</a></p>\n</li>"), "the way back stands in the note's last line: {notes}");
}

#[test]
fn a_footnote_may_mention_itself_or_another() {
    let html = html("x[^a]\n\n[^a]: A[^b] and [^a].\n[^b]: B.\n");
    assert!(html.contains("<li id=\"fn:2\"><p>B."));
    assert!(codes("x[^a]\n\n[^a]: A[^b] and [^a].\n[^b]: B.\n").is_empty());
}

#[test]
fn code_is_coloured_with_few_classes_and_neighbours_are_one() {
    let html = html("```yaml\ntitle: \"A & B\" # note\ncount: 12\n```\n");
    assert!(html.starts_with("<pre tabindex=\"0\"><code class=\"language-yaml\">"), "{html}");
    assert!(html.contains("<span class=\"s\">&quot;A &amp; B&quot;</span>"), "{html}");
    assert!(html.contains("<span class=\"c\"># note"), "{html}");
    assert!(html.contains("<span class=\"n\">12</span>"), "{html}");
    assert!(html.len() < 400, "{html}");
}

#[test]
fn code_without_a_language_is_plain() {
    assert_eq!(html("    a < b\n"), "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
    assert_eq!(html("```\nx\n```\n"), "<pre tabindex=\"0\"><code>x\n</code></pre>\n");
    assert!(codes("```text\nx\n```\n").is_empty());
}

#[test]
fn a_diagram_that_is_no_flowchart_keeps_its_source() {
    let html = html("```mermaid\npie\n  A --> B\n```\n");
    assert_eq!(
        html,
        "<pre class=\"pathway-source\" tabindex=\"0\"><code class=\"language-mermaid\">pie\n  A --&gt; B\n</code></pre>\n"
    );
}

#[test]
fn a_very_long_line_of_code_is_shown_plain() {
    let long = format!("```json\n[{}1]\n```\n", "1,".repeat(2_000));
    assert!(!html(&long).contains("<span"));
}

#[test]
fn line_ends_of_windows_make_no_difference() {
    let text = "## A\n\n- x\n- y\n\n| H |\n| - |\n| 1 |\n\n> [!NOTE]\n> hello\n\n```yaml\na: 1\n```\n";
    assert_eq!(html(&text.replace('\n', "\r\n")), html(text));
}

//! HTML that a writer typed.

use super::{codes, html, safe_html};
use crate::markdown::{RawHtml, parse};

fn safe_codes(text: &str) -> Vec<&'static str> {
    parse(text, 0, &super::settings(RawHtml::Sanitise)).problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn html_is_shown_as_text_with_one_warning_for_each_place() {
    assert_eq!(html("a <b>bold</b> word"), "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n");
    assert_eq!(codes("a <b>bold</b> word\n\n<div>\nx\n</div>\n"), ["raw-html", "raw-html"]);
    assert_eq!(html("<div>\nx\n</div>\n"), "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n");
}

#[test]
fn a_writers_notes_vanish() {
    for render in [html, safe_html] {
        assert_eq!(render("a<!-- b -->c"), "<p>ac</p>\n");
        assert_eq!(render("<!--\nb\n\n## c\n-->\n\nd\n"), "<p>d</p>\n");
        assert_eq!(render("<!-- only -->"), "");
    }
    assert_eq!(codes("a<!-- b -->c\n\n<!-- d -->\n"), Vec::<String>::new());
    assert_eq!(codes("<!-- b\n\nc\n"), ["unclosed-comment!"]);
}

#[test]
fn harmless_tags_are_written_anew() {
    assert_eq!(
        safe_html("H<SUB>2</SUB>O, <abbr title='A \"b\" &amp; c'>x</abbr><br/>y"),
        "<p>H<sub>2</sub>O, <abbr title=\"A &quot;b&quot; &amp; c\">x</abbr><br>y</p>\n"
    );
    assert_eq!(safe_codes("<time datetime=\"2018-04-18\">18 April</time>"), Vec::<&str>::new());
}

#[test]
fn details_hold_markdown() {
    let text =
        "<details open>\n<summary>More <b>here</b></summary>\n\n- one\n- two\n\n</details>\n\nAfter.\n";
    assert_eq!(
        safe_html(text).replace('\n', ""),
        "<details open><summary>More <b>here</b></summary><ul><li>one</li><li>two</li></ul></details><p>After.</p>"
    );
    assert!(safe_codes(text).is_empty());
}

#[test]
fn everything_else_is_text() {
    for text in [
        "a <script>alert(1)</script>",
        "a <b onclick=\"x()\">b</b>",
        "a <b style=\"x\">b</b>",
        "a <a href=\"javascript:x\">b</a>",
        "a <img src=x onerror=x>",
        "<iframe src=x></iframe>",
        "a <b title=\"x\" title=\"y\">b</b>",
        "a <time datetime=x dir=up>b</time>",
        "<style>\nx\n</style>",
        "a </b> c",
        "a <details>x</details>",
    ] {
        let html = safe_html(text);
        assert_eq!(safe_codes(text).first(), Some(&"raw-html"), "{text}");
        let tags: Vec<&str> = html.split('<').skip(1).filter(|tag| !tag.starts_with(['p', '/'])).collect();
        assert_eq!(tags, Vec::<&str>::new(), "{text}: {html}");
    }
}

#[test]
fn what_is_left_open_ends_with_its_block() {
    assert_eq!(safe_html("a <b>b\n\nc"), "<p>a <b>b</b></p>\n<p>c</p>\n");
    assert_eq!(safe_html("*a <b>b* c</b>"), "<p><em>a <b>b</b></em> c&lt;/b&gt;</p>\n");
    assert_eq!(safe_html("<details>\n<summary>x\n\ny\n\n## z\n").matches("</details>").count(), 1);
    assert!(safe_codes("a <b>b").contains(&"raw-html"));
}

#[test]
fn a_block_of_html_reads_as_text_and_its_entities_as_characters() {
    assert_eq!(safe_html("<details>\nR&amp;D\n</details>\n"), "<details>\n<p>\nR&amp;D</p>\n</details>\n");
    assert_eq!(safe_html("</details>\n"), "<p>&lt;/details&gt;</p>\n");
    assert_eq!(safe_codes("</details>\n"), ["raw-html"]);
}

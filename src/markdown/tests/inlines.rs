//! Links, images, bare addresses and text.

use super::{document, html};
use crate::markdown::ReferenceKind;

#[test]
fn a_link_waits_for_its_address() {
    let text = "See [the *case*](../case-studies/devon.md \"Devon\").";
    let document = document(text);
    assert_eq!(document.sections[0].html.text(), "<p>See <a title=\"Devon\">the <em>case</em></a>.</p>\n");
    let reference = &document.references[0];
    assert_eq!((reference.kind, reference.text.as_str()), (ReferenceKind::Link, "the case"));
    assert_eq!(reference.span.of(text), "../case-studies/devon.md");
    assert!(html(text).contains("<a href=\"../case-studies/devon.md\" title=\"Devon\">"));
}

#[test]
fn addresses_are_found_where_they_are_written() {
    for (text, expected) in [
        ("[a](<x y.md>)", "x y.md"),
        ("[a]( x_(1).md 't')", "x_(1).md"),
        ("[a](#part)", "#part"),
        ("[a][ref] b\n\n[REF]: /there.md 'T'", "/there.md"),
        ("[ref]\n\n[ref]: <there.md>", "there.md"),
        ("<https://a.org>", "https://a.org"),
        ("![b](c.png)", "c.png"),
        ("x &amp; https://a.org/p_q_r.", "https://a.org/p_q_r"),
        ("[![b](c.png)](d.md)", "d.md"),
    ] {
        let document = document(text);
        let reference = &document.references[0];
        assert_eq!(reference.span.of(text), expected, "{text}");
        assert_eq!(reference.target, expected, "{text}");
    }
}

#[test]
fn places_are_those_of_the_file() {
    let file = "---\ntitle: T\n---\n[a](b.md) ![](c.png)\n";
    let base = 17;
    let document = crate::markdown::parse(
        &file[base..],
        base as u32,
        &super::settings(crate::markdown::RawHtml::Escape),
    );
    assert_eq!(document.references[0].span.of(file), "b.md");
    assert_eq!(document.problems[0].span.unwrap().of(file), "![](c.png)");
}

#[test]
fn an_image_carries_its_words_and_loads_late_but_for_one_at_the_top() {
    assert_eq!(html("![A \"scan\"](a.png)"), "<p><img src=\"a.png\" alt=\"A &quot;scan&quot;\"></p>\n");
    let late = "<p><img src=\"a.png\" alt=\"A\" loading=\"lazy\" decoding=\"async\"></p>\n";
    assert!(html("![A](a.png)\n\n![A](a.png)").ends_with(late));
    assert!(html("## B\n\n![A](a.png)").ends_with(late));
}

#[test]
fn an_image_alone_with_a_title_has_a_caption() {
    let html = html("![The region](map.png \"Seven trusts\")\n");
    assert!(html.starts_with("<figure class=\"figure\"><img src=\"map.png\" alt=\"The region\""));
    assert!(html.contains("<figcaption>Seven trusts</figcaption></figure>"));
    assert!(!html.contains("title="));
}

#[test]
fn bare_addresses_become_links() {
    let text = "Ask imaging_team@nhs.net or see www.england.nhs.uk/a_b, (https://x.org/?a=1&b=2).";
    let document = document(text);
    let targets: Vec<_> = document.references.iter().map(|reference| reference.target.as_str()).collect();
    assert_eq!(
        targets,
        ["mailto:imaging_team@nhs.net", "https://www.england.nhs.uk/a_b", "https://x.org/?a=1&b=2"]
    );
    assert_eq!(document.references[1].span.of(text), "www.england.nhs.uk/a_b");
    assert_eq!(document.references[0].text, "imaging_team@nhs.net");
}

#[test]
fn addresses_in_code_and_links_stay_as_they_are() {
    let document = document("`https://a.org` [www.b.org](c.md) <d@e.org>\n\n    https://f.org\n");
    let targets: Vec<_> = document.references.iter().map(|reference| reference.target.as_str()).collect();
    assert_eq!(targets, ["c.md", "mailto:d@e.org"]);
}

#[test]
fn text_stays_as_typed() {
    assert_eq!(
        html("\"Quotes\" -- and... R&D \\<b> &lt;"),
        "<p>&quot;Quotes&quot; -- and... R&amp;D &lt;b&gt; &lt;</p>\n"
    );
    assert_eq!(html("a~~b~~ \u{0}x\u{1b}[0m"), "<p>a<del>b</del> \u{fffd}x\u{fffd}[0m</p>\n");
}

use super::super::stretches::{stretches, words_of};
use super::document;

fn told(text: &str) -> Vec<(String, String, String)> {
    let all = stretches(&document(text).sections);
    all.into_iter().map(|stretch| (stretch.id, stretch.heading, stretch.text)).collect()
}

fn stretch(id: &str, heading: &str, text: &str) -> (String, String, String) {
    (id.to_string(), heading.to_string(), text.to_string())
}

#[test]
fn text_falls_into_stretches_below_its_headings() {
    let page = "Before.\n\n## One & two\n\nA **bold**er [word](b.md) here.\n\n### Deeper\n\n- First\n- Second\n\n#### Deepest\n\nLast.\n";
    assert_eq!(
        told(page),
        [
            stretch("", "", "Before."),
            stretch("one-two", "One & two", "A bolder word here."),
            stretch("deeper", "Deeper", "First Second Deepest Last."),
        ]
    );
}

#[test]
fn cells_of_tables_are_words_apart() {
    let page = "| A | B |\n| --- | --- |\n| 1 | `x<y` |\n";
    assert_eq!(told(page), [stretch("", "", "A B 1 x<y")]);
}

#[test]
fn what_a_writer_typed_comes_back_as_it_was() {
    let page = "5 < 6 & \"quotes\" <script>alert(1)</script> &copy; 6 > 5\n";
    assert_eq!(told(page), [stretch("", "", "5 < 6 & \"quotes\" <script>alert(1)</script> © 6 > 5")]);
}

#[test]
fn marks_of_footnotes_and_drawings_are_no_words() {
    let page = "Known[^1] facts.\n\n[^1]: A note.\n";
    assert_eq!(told(page), [stretch("", "", "Known facts. A note.")]);
    let page = "```mermaid\nflowchart TD\n    accTitle: T\n    accDescr: D\n    A[Call] --> B[Scan]\n```\n";
    assert_eq!(told(page), [stretch("", "", "Call Scan The pathway ends here")]);
}

#[test]
fn broken_html_ends() {
    for html in ["<", "<a", "a <b c=\"", "<svg>", "<h3", "&", "&#x;", "&#99999999;", "é<span popover>é"] {
        let _ = words_of(html);
    }
    assert_eq!(words_of("a<br>b &amp;&lt;"), "a b &<");
}

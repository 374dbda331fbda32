//! What writers are told.

use super::{codes, document};

#[test]
fn a_sound_page_has_no_problems() {
    let text = "Intro with [a case](a.md) and ![a map of Devon](map.png).\n\n## One\n\n### Two\n\nText[^1].\n\n[^1]: Note.\n";
    assert_eq!(codes(text), Vec::<String>::new());
}

#[test]
fn headings_that_mislead() {
    assert_eq!(codes("# Title\n"), ["heading-level-one"]);
    assert_eq!(codes("## A\n\n#### B\n"), ["skipped-heading-level"]);
    assert_eq!(codes("### B\n"), ["skipped-heading-level"]);
    assert_eq!(codes("##\n\ntext\n"), ["empty-heading"]);
    assert_eq!(codes("## A {#x}\n\n## B {#x}\n"), ["duplicate-id!"]);
    assert_eq!(codes("## Sets {a, b}\n"), ["heading-attributes"]);
    assert_eq!(codes("## A {#x/y}\n"), ["unsafe-id"]);
}

#[test]
fn a_duplicate_id_points_to_the_first() {
    let text = "## A {#x}\n\n## B {#x}\n";
    let document = document(text);
    assert_eq!(document.problems[0].labels[0].span.of(text).trim(), "## A {#x}");
    assert_ne!(document.headings[0].id, document.headings[1].id);
}

#[test]
fn images_need_words() {
    assert_eq!(codes("![](scan.png)"), ["missing-alt!"]);
    assert_eq!(codes("![scan.png](img/scan.png)"), ["alt-file-name"]);
    assert_eq!(codes("![scan](img/scan.png)"), ["alt-file-name"]);
    let help = document("![](scan.png)").problems[0].help.clone().unwrap();
    assert!(help.contains("![what it shows](scan.png)"), "{help}");
}

#[test]
fn links_need_words_that_say_where_they_lead() {
    assert_eq!(codes("[](a.md)"), ["empty-link!"]);
    assert_eq!(codes("[Click here!](a.md) [read more…](b.md)"), ["vague-link", "vague-link"]);
    assert_eq!(codes("[![A map](m.png)](a.md)"), Vec::<String>::new());
    assert_eq!(codes("[![](m.png)](a.md)"), ["missing-alt!"]);
}

#[test]
fn footnotes_that_lead_nowhere() {
    assert_eq!(codes("a[^nope] and `[^code]` and \\[^escaped]"), ["footnote-missing"]);
    assert_eq!(codes("a\n\n[^1]: unused\n"), ["footnote-unused"]);
    assert_eq!(codes("a[^1]\n\n[^1]: one\n\n[^1]: two\n"), ["footnote-repeated"]);
    let problem = &document("a[^sorce]\n\n[^source]: x\n").problems[0];
    assert_eq!(problem.help.as_deref(), Some("did you mean `source`?"));
}

#[test]
fn tables_and_code() {
    assert_eq!(codes("|  |  |\n| - | - |\n| 1 | 2 |\n"), ["table-header"]);
    assert_eq!(codes("```yml\na: 1\n```\n"), Vec::<String>::new());
    let document = document("```pyhton\nx\n```\n");
    assert_eq!(document.problems[0].code, "code-language");
    assert_eq!(document.problems[0].help.as_deref(), Some("did you mean `python`?"));
}

#[test]
fn what_is_shown_as_it_was_typed() {
    let table = document("Trust\tReports\nKent\t4\n");
    assert_eq!(
        table.problems[0].help.as_deref(),
        Some("write it like this:\n| Trust | Reports |\n| --- | --- |\n| Kent | 4 |")
    );
    for typed in [
        "| A | B |\n| 1 | 2 |\n",
        "We did:\n\n•\tOne\n•\tTwo\n",
        "> ##Problem\n",
        "See [the form](the form.docx).\n",
    ] {
        assert_eq!(codes(typed), ["shown-as-typed"], "{typed}");
    }
    let link = document("See [the form](the form.docx).\n");
    assert_eq!(
        link.problems[0].span.unwrap().of("See [the form](the form.docx).\n"),
        "[the form](the form.docx)"
    );
    for sound in [
        "| A | B |\n| - | - |\n| 1 | 2 |\n",
        "#NHS and ## in a line\n",
        "`[a](b c.md)` and [a](<b c.md>) and [a](b.md \"c.md\")\n",
        "One tab\tin a line\nof text\n",
    ] {
        assert_eq!(codes(sound), Vec::<String>::new(), "{sound}");
    }
}

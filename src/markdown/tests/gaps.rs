//! Gaps that readers fill in, as writers type them and readers see them.

use super::{page, settings};
use crate::form::{Block, Gap, GapKind, Inline, Wanted};
use crate::markdown::{Document, RawHtml, Settings, parse};

fn gap(name: &str, kind: GapKind, example: &str) -> Gap {
    Gap {
        name: name.to_string(),
        key: crate::text::slugify(name),
        label: crate::text::upper_first(name),
        hint: None,
        kind,
        default: None,
        example: (!example.is_empty()).then(|| example.to_string()),
        wanted: Wanted::Optional,
        is_shared: false,
    }
}

fn gaps() -> Vec<Gap> {
    let columns = ["Role", "Organisation"].map(String::from).to_vec();
    vec![
        gap("network name", GapKind::Text, "Example Network"),
        gap("chair", GapKind::Text, "the medical director"),
        gap("quorum", GapKind::Text, ""),
        gap("members", GapKind::Members(columns), "Chair; North Trust\nNurse; South Trust"),
        gap("trusts", GapKind::Organisations, "North Trust; South Trust; East Trust"),
        gap("lay members", GapKind::YesNo, ""),
        gap("meetings", GapKind::Choice(["Online", "In person"].map(String::from).to_vec()), ""),
    ]
}

fn read(text: &str) -> Document {
    let gaps = gaps();
    parse(text, 0, &Settings { gaps: Some(&gaps), ..settings(RawHtml::Escape) })
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn an_example_stands_in_a_gap_and_a_name_where_there_is_none() {
    let document = read("The [network name] needs [quorum].\n");
    assert_eq!(document.problems, []);
    assert_eq!(
        page(&document),
        "<p>The <span class=\"gap\" data-gap=\"network-name\">Example Network</span> needs \
         <span class=\"gap empty\" data-gap=\"quorum\">[quorum]</span>.</p>\n"
    );
}

#[test]
fn a_gap_stands_in_headings_tables_emphasis_and_beside_another() {
    for text in [
        "## About [network name]\n\nWords.\n",
        "| Who | What |\n|---|---|\n| [network name] | **[network name]** |\n",
        "- *[Network  Name]*\n",
        "[network name][chair]\n",
        "[network name] (the [chair])\n",
    ] {
        let document = read(text);
        assert_eq!(document.problems, [], "{text}");
        assert!(page(&document).contains("data-gap=\"network-name\""), "{text}: {}", page(&document));
        assert!(!page(&document).contains("[network"), "{text}: {}", page(&document));
    }
    assert!(page(&read("[network name][chair]\n")).contains("data-gap=\"chair\""));
    assert_eq!(read("## About [network name]\n").headings[0].text, "About network name");
}

#[test]
fn a_capital_is_kept() {
    let html = page(&read("[Chair] presides.\n"));
    assert!(html.contains("data-gap=\"chair\" data-capital>The medical director</span>"), "{html}");
}

#[test]
fn rows_and_items_are_repeated_for_each_line_of_an_example() {
    let html = page(&read("| Role | From |\n|---|---|\n| [members: role] | [members: organisation] |\n"));
    assert_eq!(html.matches("data-rows=\"members\"").count(), 2, "{html}");
    assert!(html.contains(">Chair</span>") && html.contains(">South Trust</span>"), "{html}");
    let html = page(&read("- [trusts]\n- others\n"));
    assert_eq!(html.matches("<li data-rows=\"trusts\">").count(), 3, "{html}");
    assert_eq!(html.matches("<li>").count(), 1, "{html}");
    let html = page(&read("Of [trusts], one of each: [members: role].\n"));
    assert!(html.contains(">North Trust, South Trust and East Trust</span>"), "{html}");
    assert!(html.contains(">Chair and Nurse</span>"), "{html}");
}

#[test]
fn a_clause_names_its_condition() {
    let html = page(&read("> [!IF lay members]\n> They are paid.\n>\n> - Promptly\n"));
    assert!(html.starts_with("<div class=\"clause\" data-if=\"lay-members\" data-is=\"Yes\"><p class=\"when\">Only where “Lay members” is answered Yes</p>\n<p>They are paid.</p>"), "{html}");
    let html = page(&read("> [!if not meetings is online]\n> A room is booked.\n"));
    assert!(html.contains("data-if=\"meetings\" data-is=\"Online\" data-not>"), "{html}");
    let html = page(&read("> [!IF NOT lay members]\n> No fees are paid.\n"));
    assert!(
        html.contains("data-is=\"No\"><p class=\"when\">Only where “Lay members” is answered No"),
        "{html}"
    );
    let blocks = read("> [!IF meetings is not in person]\n> A link is sent.\n").blocks;
    let [Block::Clause { condition, blocks }] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!((condition.gap, condition.answer.as_str(), condition.is_negated), (6, "In person", true));
    assert_eq!(blocks.len(), 1);
}

#[test]
fn what_cannot_be_filled_in_is_told() {
    assert_eq!(codes("The [netwrk name].\n"), ["undeclared-gap"]);
    let problem = &read("The [netwrk name].\n").problems[0];
    assert!(problem.help.as_deref().unwrap_or("").contains("network name"), "{:?}", problem.help);
    assert_eq!(codes("The [members: rank].\n"), ["undeclared-gap"]);
    assert_eq!(codes("The [chair: role].\n"), ["undeclared-gap"]);
    assert_eq!(codes("Write `[network name]` here.\n"), ["gap-in-code"]);
    assert_eq!(codes("    [network name]\n"), ["gap-in-code"]);
    assert_eq!(codes("See [the terms of [network name]](terms.md).\n"), ["gap-in-link"]);
    assert_eq!(codes("See [the terms](https://example.org/[chair]).\n"), ["gap-in-code"]);
    assert_eq!(codes("![The sign of [network name]](sign.png)\n"), ["gap-in-link"]);
    assert_eq!(codes("> [!IF network name]\n> Words.\n"), ["clause-condition"]);
    assert_eq!(codes("> [!IF meetings]\n> Words.\n"), ["clause-condition"]);
    assert_eq!(codes("> [!IF meetings is onlin]\n> Words.\n"), ["clause-condition"]);
    assert_eq!(codes("> [!IF lay membrs]\n> Words.\n"), ["undeclared-gap"]);
}

#[test]
fn brackets_that_mean_something_else_stay() {
    let text = "\\[chair] and [chair](a.md), [^1] and [the rest][rest].\n\n- [ ] to do\n- [x] done\n\n> [!NOTE]\n> A note.\n\n[rest]: b.md\n\n[^1]: A note.\n";
    let document = read(text);
    assert_eq!(document.problems, []);
    assert!(!page(&document).contains("data-gap"), "{}", page(&document));
    let elsewhere = super::document("The [network name] stays.\n");
    assert_eq!(page(&elsewhere), "<p>The [network name] stays.</p>\n");
    assert!(elsewhere.blocks.is_empty());
}

#[test]
fn blocks_hold_the_same_text() {
    let text = "Before.\n\n## Purpose of [network name]\n\nThe **[chair]** leads[^1].\n\n1. First\n2. Second\n   - [trusts]\n\n> [!NOTE]\n> The [older terms](a.md).\n\n| A | B |\n|---|---|\n| 1 | [members: role] |\n\n[^1]: For *now*.\n";
    let document = read(text);
    assert_eq!(document.problems, []);
    let [before, heading, led, list, note, table, rule, footnote] = &document.blocks[..] else {
        panic!("{:#?}", document.blocks)
    };
    assert!(matches!(before, Block::Paragraph(_)));
    let Block::Heading { level: 2, id, words } = heading else { panic!("{heading:?}") };
    assert_eq!(id, "purpose-of-network-name");
    assert!(matches!(words[1], Inline::Gap { gap: 0, .. }));
    let Block::Paragraph(words) = led else { panic!("{led:?}") };
    assert!(matches!(words[1], Inline::Gap { gap: 1, style, .. } if style.bold));
    let Block::List { start: Some(1), items } = list else { panic!("{list:?}") };
    let [Block::Paragraph(_), Block::List { start: None, items: inner }] = &items[1].blocks[..] else {
        panic!("{items:?}")
    };
    assert_eq!((items[1].repeats, inner[0].repeats), (None, Some(4)));
    let Block::Quote { title: Some(title), blocks } = note else { panic!("{note:?}") };
    assert_eq!((title.as_str(), blocks.len()), ("Note", 1));
    let Block::Table { head, rows } = table else { panic!("{table:?}") };
    assert_eq!((head.len(), rows.len(), rows[0].repeats), (2, 1, Some(3)));
    assert!(matches!(rule, Block::Rule));
    let Block::Paragraph(words) = footnote else { panic!("{footnote:?}") };
    assert!(matches!(&words[0], Inline::Text { text, .. } if text == "Note 1. "), "{words:?}");
}

//! Odd values and odd templates.

use super::{Element, controls_tagged, read, tag_of};
use crate::form::sample::{self, answers, gap, question, text};
use crate::form::{Block, Condition, Form, GapKind, Inline, Item, Row};

fn with_network(name: &str) -> Vec<Option<String>> {
    let mut answers = answers();
    answers[sample::NETWORK] = Some(name.to_string());
    answers
}

fn only(blocks: Vec<Block>) -> Form {
    Form { blocks, ..sample::form() }
}

#[test]
fn markup_in_an_answer_is_text() {
    let name = "<script>alert(\"1\")</script> & 'B' ]]> <w:p/> &amp;";
    let file = read(&sample::form(), &with_network(name));
    assert!(file.lines().contains(&format!("2. Membership of {name}")));
    assert_eq!(file.part("customXml/item1.xml").all("answer")[0].words(), name);
    assert!(file.part("docProps/core.xml").words().contains(name));
}

#[test]
fn lines_tabs_and_signs_of_an_answer_stay_and_controls_go() {
    let file = read(&sample::form(), &with_network("North\r\nEast\u{2028}West\u{0}\u{1b}\u{ffff}\tSouth 😀"));
    let controls = file.document();
    let shown = controls_tagged(&controls, "gap:network-name")[0].words();
    assert_eq!(shown, "North\nEast\nWest\tSouth 😀");
}

#[test]
fn words_from_right_to_left_are_set_so_and_others_are_not() {
    let name = "شبكة التصوير & ד\"ר (2027) NHS";
    let document = read(&sample::form(), &with_network(name)).document();
    let control = controls_tagged(&document, "gap:network-name")[0];
    let runs: Vec<(bool, String)> =
        control.all("w:r").iter().map(|run| (!run.all("w:rtl").is_empty(), run.words())).collect();
    assert_eq!(runs, [(true, "شبكة التصوير & ד\"ר".to_string()), (false, " (2027) NHS".to_string())]);
    // The sentence around it is English; a cell with nothing else is not.
    let mut answers = answers();
    answers[sample::MEMBERS] = Some("أحمد\tChair\tبيت".to_string());
    answers[sample::AIM] = Some("تحسين".to_string());
    let document = read(&sample::form(), &answers).document();
    let from_right: Vec<String> = document
        .all("w:p")
        .into_iter()
        .filter(|paragraph| !paragraph.all("w:bidi").is_empty())
        .map(Element::words)
        .collect();
    assert_eq!(from_right, ["أحمد", "بيت"]);
}

#[test]
fn a_very_long_answer_is_whole() {
    let name = "imaging & ".repeat(10_000);
    let document = read(&sample::form(), &with_network(&name)).document();
    assert_eq!(controls_tagged(&document, "gap:network-name")[0].words(), name.trim());
}

#[test]
fn an_answer_that_is_no_choice_or_no_day_is_shown_as_given() {
    let mut answers = answers();
    answers[sample::FREQUENCY] = Some("fortnightly".to_string());
    answers[sample::REVIEW] = Some("next spring".to_string());
    let document = read(&sample::form(), &answers).document();
    assert_eq!(controls_tagged(&document, "gap:how-often")[0].words(), "fortnightly");
    let review = controls_tagged(&document, "gap:review-date")[0];
    assert_eq!(review.words(), "next spring");
    assert_eq!(review.all("w:date")[0].attribute("w:fullDate"), None);
}

#[test]
fn spaces_are_no_answer() {
    let file = read(&sample::form(), &with_network(" \n\t "));
    assert!(file.lines().contains(&"Terms of reference of [network name]".to_string()));
}

#[test]
fn rows_with_too_few_or_too_many_cells_fit_the_table() {
    let mut answers = answers();
    answers[sample::MEMBERS] = Some("A\nB\tChair\n\n C \tD\tE\tF".to_string());
    let document = read(&sample::form(), &answers).document();
    let rows: Vec<Vec<String>> = document.all("w:tbl")[0]
        .all("w:tr")
        .iter()
        .map(|row| row.all("w:tc").iter().map(|cell| cell.words()).collect())
        .collect();
    assert_eq!(rows[1..], [["A", "", ""], ["B", "Chair", ""], ["C", "D", "E\tF"]]);
}

#[test]
fn what_is_too_long_for_word_is_found_by_its_place() {
    let mut form = sample::form();
    let long = "a name that nobody would give to a question, and somebody did, because they could";
    form.gaps.push(question(long, GapKind::Choice(vec!["one".to_string(), long.to_string()])));
    let condition = Condition { gap: 9, answer: long.to_string(), is_negated: true };
    form.blocks = vec![
        Block::Paragraph(vec![gap(9)]),
        Block::Clause { condition, blocks: vec![Block::Paragraph(vec![text("Then")])] },
    ];
    let document = read(&form, &[]).document();
    let tags: Vec<&str> = document.all("w:sdt").into_iter().map(tag_of).collect();
    assert_eq!(tags[1..], ["gap:#9", "if:#9!=#1"]);
}

#[test]
fn a_table_with_more_columns_than_word_opens_becomes_two() {
    let cells = |name: &str| (1..=70).map(|number| vec![text(&format!("{name}{number}"))]).collect();
    let table =
        Block::Table { head: cells("Head "), rows: vec![Row { repeats: None, cells: cells("Cell ") }] };
    let document = read(&only(vec![table]), &[]).document();
    let columns: Vec<usize> =
        document.all("w:tbl").iter().map(|table| table.all("w:gridCol").len()).collect();
    assert_eq!(columns, [63, 7]);
    assert!(document.words().contains("Cell 70"));
}

#[test]
fn lists_begin_at_their_first_number_however_deep_they_are() {
    let list = |start, words: &str, blocks: Vec<Block>| {
        let mut all = vec![Block::Paragraph(vec![text(words)])];
        all.extend(blocks);
        Block::List { start, items: vec![Item { repeats: None, blocks: all }] }
    };
    let mut deep = list(Some(2), "deepest", Vec::new());
    for depth in (0..12).rev() {
        deep = list(Some(3), &format!("depth {depth}"), vec![deep]);
    }
    let lines = read(&only(vec![deep, list(Some(7), "again", Vec::new())]), &[]).lines();
    assert!(lines.contains(&"3. depth 0".to_string()), "{lines:#?}");
    assert!(lines.contains(&"c. depth 1".to_string()), "{lines:#?}");
    assert!(lines.contains(&"7. again".to_string()), "{lines:#?}");
}

#[test]
fn links_lead_only_where_a_document_may() {
    let link = |address: &str| Inline::Link {
        reference: 0,
        address: Some(address.to_string()),
        words: vec![text("here "), gap(sample::NETWORK)],
    };
    let addresses = [
        "javascript:alert(1)",
        "https://example.org/a b?ü=<1>&c=%20",
        "file:///c:/x",
        "/relative/",
        "mailto:a@example.org",
    ];
    let file = read(&only(vec![Block::Paragraph(addresses.map(link).to_vec())]), &[]);
    let targets: Vec<String> = file
        .part("word/_rels/document.xml.rels")
        .all("Relationship")
        .iter()
        .filter(|way| way.attribute("TargetMode").is_some())
        .map(|way| way.attribute("Target").unwrap().to_string())
        .collect();
    let source = "https://example.org/board/";
    assert_eq!(targets, ["https://example.org/a%20b?%C3%BC=%3C1%3E&c=%20", source, "mailto:a@example.org"]);
    assert!(file.document().words().contains("here [network name]here [network name]"));
}

#[test]
fn paragraphs_before_the_first_section_in_notes_and_in_tables_have_no_number() {
    let blocks = vec![
        Block::Paragraph(vec![text("before")]),
        Block::Heading { level: 2, id: "a".to_string(), words: vec![text("Section")] },
        Block::Quote { title: None, blocks: vec![Block::Paragraph(vec![text("quoted")])] },
        Block::Paragraph(vec![text("after")]),
    ];
    let lines = read(&only(blocks), &[]).lines();
    assert_eq!(lines[2..6], ["before", "1. Section", "quoted", "1.1 after"]);
}

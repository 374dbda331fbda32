use proptest::prelude::*;

use super::*;
use crate::form::{Block, Condition, Gap, GapKind, Inline, Item, Numbering, Row, Style, Wanted};

/// A form from lines: `## Section`, `### Heading`, `- point`, `1. point`, `| cell | cell`, `? gap = answer: paragraph`
/// and paragraphs. Words in square brackets are gaps.
fn form(text: &str) -> Form {
    let mut form = Form { version: "1.0".to_string(), ..Form::default() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let block = block(line, &mut form.gaps);
        match (form.blocks.last_mut(), block) {
            (Some(Block::List { start, items }), Block::List { start: other, items: mut more })
                if start.is_some() == other.is_some() =>
            {
                items.append(&mut more);
            }
            (Some(Block::Table { rows, .. }), Block::Table { head, .. }) => {
                rows.push(Row { repeats: None, cells: head });
            }
            (_, block) => form.blocks.push(block),
        }
    }
    form
}

fn block(line: &str, gaps: &mut Vec<Gap>) -> Block {
    let heading = |level, words: Vec<Inline>| Block::Heading { level, id: String::new(), words };
    let list = |start, words| Block::List {
        start,
        items: vec![Item { repeats: None, blocks: vec![Block::Paragraph(words)] }],
    };
    if let Some(words) = line.strip_prefix("### ") {
        heading(3, inlines(words, gaps))
    } else if let Some(words) = line.strip_prefix("## ") {
        heading(2, inlines(words, gaps))
    } else if let Some(words) = line.strip_prefix("- ") {
        list(None, inlines(words, gaps))
    } else if let Some(words) = line.strip_prefix("1. ") {
        list(Some(1), inlines(words, gaps))
    } else if let Some(cells) = line.strip_prefix("| ") {
        Block::Table { head: cells.split(" | ").map(|cell| inlines(cell, gaps)).collect(), rows: Vec::new() }
    } else if let Some((condition, words)) = line.strip_prefix("? ").and_then(|rest| rest.split_once(": ")) {
        let (name, answer) = condition.split_once(" = ").expect("a condition has an answer");
        let condition = Condition { gap: gap(name, gaps), answer: answer.to_string(), is_negated: false };
        Block::Clause { condition, blocks: vec![Block::Paragraph(inlines(words, gaps))] }
    } else {
        Block::Paragraph(inlines(line, gaps))
    }
}

fn inlines(text: &str, gaps: &mut Vec<Gap>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (index, part) in text.split(['[', ']']).enumerate() {
        inlines.push(if index % 2 == 0 {
            Inline::Text { text: part.to_string(), style: Style::default() }
        } else {
            Inline::Gap { gap: gap(part, gaps), column: None, is_capital: false, style: Style::default() }
        });
    }
    inlines
}

fn gap(name: &str, gaps: &mut Vec<Gap>) -> usize {
    gaps.iter().position(|gap| gap.name == name).unwrap_or_else(|| {
        gaps.push(Gap {
            name: name.to_string(),
            key: name.replace(' ', "-"),
            label: crate::text::upper_first(name),
            hint: None,
            kind: GapKind::Text,
            default: None,
            example: None,
            wanted: Wanted::Optional,
            is_shared: false,
        });
        gaps.len() - 1
    })
}

fn sentences(before: &str, after: &str) -> Vec<String> {
    differences(&form(before), &form(after)).sentences().map(str::to_string).collect()
}

fn assert_told(before: &str, after: &str, expected: &[&str]) {
    assert_eq!(sentences(before, after), expected);
}

const BOARD: &str = "
    ## Purpose
    The board of [network name] exists:
    1. to give people imaging that is safe and good
    1. to make the service able to last
    ## Membership
    Each trust sends a clinical lead and an operational lead.
    The board can decide when a third of the members are there.
    Members declare interests before each meeting.
    ## Review
    The board looks at these terms every year.";

#[test]
fn a_change_of_words_is_told_by_the_words() {
    assert_told(
        BOARD,
        &BOARD.replace("a third", "half"),
        &["Clause 2.2 was changed: “a third” became “half”"],
    );
    assert_told(
        BOARD,
        &BOARD.replace("able to last", "able to last, and ready for what comes"),
        &["Clause 1.1 (b) was changed: “, and ready for what comes” was added"],
    );
    assert_told(
        BOARD,
        &BOARD.replace("[network name]", "[network]"),
        &[
            "Clause 1.1 was changed: “[network name]” became “[network]”",
            "The question “Network” is new",
            "The question “Network name” is gone",
        ],
    );
    assert_told(
        BOARD,
        &BOARD.replace(
            "Members declare interests before each meeting",
            "Whoever gains from a bid leaves the room",
        ),
        &[
            "Clause 2.3 of the version before was taken out: “Members declare interests before each meeting.”",
            "Clause 2.3 is new: “Whoever gains from a bid leaves the room.”",
        ],
    );
}

#[test]
fn clauses_that_came_and_went_are_told_with_their_numbers() {
    let second = BOARD.replace(
        "    Members declare",
        "    Members may send a deputy who can decide for them.\n    Members declare",
    );
    assert_told(BOARD, &second, &["Clause 2.3 is new: “Members may send a deputy who can decide for them.”"]);
    let mut later = form(&second);
    later.version = "1.1".to_string();
    let found = differences(&later, &form(BOARD));
    assert_eq!(
        found.sentences().collect::<Vec<_>>(),
        [
            "Version 1.1 became 1.0",
            "Clause 2.3 of version 1.1 was taken out: “Members may send a deputy who can decide for them.”"
        ]
    );
    assert_eq!(found.summary(), "1 clause taken out; 10 as before");
    let found = differences(&form(BOARD), &form(&second));
    let membership = &found.sections[1];
    assert_eq!(
        membership
            .stretches()
            .iter()
            .map(|stretch| match stretch {
                Stretch::Same(said) => said.as_str(),
                Stretch::Differs(entry) => entry.number().unwrap_or_default(),
            })
            .collect::<Vec<_>>(),
        ["2 clauses unchanged: 2.1 to 2.2", "2.3", "1 clause unchanged: 2.4, which was 2.3"]
    );
}

#[test]
fn clauses_that_moved_are_told_as_moved() {
    let moved = BOARD
        .replace("\n    Members declare interests before each meeting.", "")
        .replace("every year.", "every year.\n    Members declare interests before every meeting.");
    assert_told(BOARD, &moved, &["Clause 2.3 moved to 3.2 and was changed: “each” became “every”"]);
    let order = "## Purpose\nWe share scanners.\nWe train people together.\nWe publish what we measure.";
    let other = "## Purpose\nWe train people together.\nWe publish what we measure.\nWe share scanners.";
    assert_told(order, other, &["Clause 1.1 moved to 1.3"]);
}

#[test]
fn sections_are_told_as_a_whole() {
    let with = BOARD.replace(
        "    ## Review",
        "    ## Money\n    Trusts pay by the number of scans.\n    A trust that leaves keeps paying for what it signed.\n    ## Review",
    );
    assert_told(BOARD, &with, &["Section 3, “Money”, is new, with 2 clauses"]);
    assert_told(&with, BOARD, &["The former section 3, “Money”, was taken out, with 2 clauses"]);
    assert_told(
        BOARD,
        &BOARD.replace("## Membership", "## Who belongs to it"),
        &["Section 2 is now called “Who belongs to it”; it was “Membership”"],
    );
    let turned = "## Scope\nWe buy together.\n## Purpose\nWe share scanners.\nWe train people.\n## Review\nEvery year.";
    let straight = "## Purpose\nWe share scanners.\nWe train people.\n## Scope\nWe buy together.\n## Review\nEvery year.";
    let told = sentences(straight, turned);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("stood as section"), "{told:?}");
}

#[test]
fn rows_are_known_by_their_first_cell_and_tables_told_whole() {
    let table = "## Members\nThese vote:\n| Role | How many\n| Clinical lead | 1\n| Carers | 2";
    assert_told(
        table,
        &table.replace("| Carers | 2", "| Carers | 3\n| Chair | 1"),
        &[
            "The row “Carers” under 1.1 was changed: “2” became “3”",
            "The row “Chair” under 1.1 is new: “Chair; 1”",
        ],
    );
    assert_told(
        "## Members\nThese vote:",
        table,
        &["A table under 1.1 is new, with 2 rows: “Role; How many”"],
    );
}

#[test]
fn conditions_are_told_beside_words() {
    let always = "## Money\nThe host [host] pays first.\nThe board meets in [model].";
    let sometimes =
        "## Money\n? model = Lead trust: The host [host] pays first.\nThe board meets in [model].";
    let told = |before: &str, after: &str| -> Vec<String> {
        sentences(before, after).into_iter().filter(|sentence| sentence.starts_with("Clause")).collect()
    };
    assert_eq!(
        told(always, sometimes),
        ["Clause 1.1 was changed: it now stands only if “Model” is “Lead trust”"]
    );
    assert_eq!(
        told(sometimes, always),
        ["Clause 1.1 was changed: it now stands always, where it stood only if “Model” is “Lead trust”"]
    );
}

#[test]
fn questions_are_told_by_what_they_ask() {
    let before = form(BOARD);
    let mut after = before.clone();
    after.gaps[0].wanted = Wanted::Required;
    after.gaps[0].kind = GapKind::Choice(vec!["North".to_string(), "South".to_string()]);
    let told: Vec<String> = differences(&before, &after).questions;
    assert_eq!(
        told,
        [
            "The question “Network name” must now be answered",
            "The question “Network name” now asks for one of several choices, no longer for a line of text"
        ]
    );
    let mut more = after.clone();
    more.gaps[0].kind = GapKind::Choice(vec!["North".to_string(), "East".to_string(), "West".to_string()]);
    more.gaps[0].hint = Some("As the region writes it".to_string());
    assert_eq!(
        differences(&after, &more).questions,
        [
            "The question “Network name” has the new choices “East” and “West”",
            "The question “Network name” no longer has the choice “South”",
            "The question “Network name” now has a hint: “As the region writes it”"
        ]
    );
}

#[test]
fn a_link_that_leads_elsewhere_is_a_difference() {
    let linked = |address: &str| {
        let words = inlines("the standard", &mut Vec::new());
        Form {
            blocks: vec![Block::Paragraph(vec![Inline::Link {
                reference: 0,
                address: Some(address.to_string()),
                words,
            }])],
            ..Form::default()
        }
    };
    let found = differences(&linked("https://a.example"), &linked("https://b.example"));
    assert_eq!(
        found.sentences().collect::<Vec<_>>(),
        ["A paragraph before the first heading was changed: the link “the standard” leads elsewhere"]
    );
}

#[test]
fn numbers_are_those_of_each_way_of_numbering() {
    let text = "Before.\n## A\nOne.\n### B\n1. x\n1. y\nTwo.\n## C\nThree.";
    let numbers = |numbering| {
        let form = Form { numbering, ..form(text) };
        let numbers =
            Document::read(&form).clauses.into_iter().map(|clause| clause.number.unwrap_or_default());
        numbers.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(numbers(Numbering::Clauses), " 1 1.1  1.1 (a) 1.1 (b) 1.2 2 2.1");
    assert_eq!(numbers(Numbering::Headings), " 1  1.1    2 ");
    assert_eq!(numbers(Numbering::Nothing).trim(), "");
}

/// Texts that hold what the texts of templates hold, alike enough that clauses find each other.
fn any_form() -> impl Strategy<Value = Form> {
    let words = ["board", "decides", "members", "half", "the", "[chair]", "reports", "scanner,", "yearly"];
    let sentence =
        prop::collection::vec(prop::sample::select(words.to_vec()), 1..8).prop_map(|words| words.join(" "));
    let starts = ["", "", "", "## ", "### ", "- ", "1. ", "| ", "? model = Lead: "];
    let line = (prop::sample::select(starts.to_vec()), sentence)
        .prop_map(|(start, words)| format!("{start}{words}"));
    prop::collection::vec(line, 0..25).prop_map(|lines| form(&lines.join("\n")))
}

fn texts<'e>(entries: impl Iterator<Item = &'e Option<Clause>>) -> Vec<String> {
    let mut texts: Vec<String> = entries.flatten().map(Clause::text).collect();
    texts.sort();
    texts
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_against_itself_has_no_differences(form in any_form()) {
        let found = differences(&form, &form);
        prop_assert!(found.is_same(), "{:?}", found.sentences().collect::<Vec<_>>());
        prop_assert_eq!(found.sentences().count(), 0);
    }

    #[test]
    fn every_clause_of_each_side_is_told_once(before in any_form(), after in any_form()) {
        let found = differences(&before, &after);
        let entries = || found.sections.iter().flat_map(|section| &section.entries);
        let all = |form: &Form| {
            let mut texts: Vec<String> = Document::read(form).clauses.iter().map(Clause::text).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(texts(entries().map(|entry| &entry.before)), all(&before));
        prop_assert_eq!(texts(entries().map(|entry| &entry.after)), all(&after));
        let after_in_order: Vec<String> =
            entries().filter_map(|entry| entry.after.as_ref()).map(Clause::text).collect();
        let in_order: Vec<String> = Document::read(&after).clauses.iter().map(Clause::text).collect();
        prop_assert_eq!(after_in_order, in_order);
        let shown: usize = found.sections.iter().flat_map(Section::stretches).filter(|stretch| matches!(stretch, Stretch::Differs(_))).count();
        prop_assert_eq!(shown, entries().filter(|entry| !entry.is_same()).count());
    }

    #[test]
    fn marked_text_rebuilds_both_texts(before in any_form(), after in any_form()) {
        for entry in differences(&before, &after).sections.iter().flat_map(|section| &section.entries) {
            let text = |without: Edit| -> String {
                entry.runs.iter().filter(|run| run.edit != without).map(|run| run.text.as_str()).collect()
            };
            let of = |clause: &Option<Clause>| clause.as_ref().map(Clause::text).unwrap_or_default();
            prop_assert_eq!(text(Edit::Inserted), of(&entry.before));
            prop_assert_eq!(text(Edit::Deleted), of(&entry.after));
        }
    }

    #[test]
    fn swapped_sides_swap_what_came_and_went(before in any_form(), after in any_form()) {
        let (forth, back) = (differences(&before, &after), differences(&after, &before));
        let of = |found: &Differences, mark: Mark| {
            let entries = found.sections.iter().flat_map(|section| &section.entries);
            let marked = entries.filter(|entry| entry.mark == mark);
            texts(marked.map(|entry| if entry.after.is_some() { &entry.after } else { &entry.before }))
        };
        prop_assert_eq!(of(&forth, Mark::Added), of(&back, Mark::Removed));
        prop_assert_eq!(of(&forth, Mark::Removed), of(&back, Mark::Added));
        let turned = Counts { added: back.counts.removed, removed: back.counts.added, ..back.counts };
        prop_assert_eq!(forth.counts, turned);
    }

    #[test]
    fn whatever_differs_is_told(before in any_form(), after in any_form()) {
        let found = differences(&before, &after);
        let entries = || found.sections.iter().flat_map(|section| &section.entries);
        prop_assert_eq!(found.is_same(), found.sentences().count() == 0);
        for entry in entries() {
            prop_assert!(!entry.is_same() || entry.sentence.is_none());
            prop_assert!(entry.sentence.as_ref().is_none_or(|told| !told.trim_end().ends_with(':')), "{:?}", entry.sentence);
        }
    }
}

//! What holds for any template and any answers.

use proptest::prelude::*;

use super::read::File;
use super::{about, assert_sound, word};
use crate::form::sample;
use crate::form::word::xml;
use crate::form::{Block, Cell, Condition, Form, Inline, Item, Numbering, Row, Style};

fn words() -> impl Strategy<Value = Vec<Inline>> {
    let style = any::<(bool, bool, bool, bool)>().prop_map(|(bold, italic, code, struck)| Style {
        bold,
        italic,
        code,
        struck,
    });
    let text = (any::<String>(), style.clone()).prop_map(|(text, style)| Inline::Text { text, style });
    // One gap more than there are: what holds a place that is none must not break the file.
    let gap = (0..10_usize, proptest::option::of(0..4_usize), any::<bool>(), style)
        .prop_map(|(gap, column, is_capital, style)| Inline::Gap { gap, column, is_capital, style });
    let simple = prop_oneof![text, gap, Just(Inline::Break)];
    let inline = simple.prop_recursive(2, 8, 3, |inner| {
        let address = proptest::option::of(prop_oneof![any::<String>(), "https://[a-z&<\"%é ]{0,12}"]);
        (address, proptest::collection::vec(inner, 0..3)).prop_map(|(address, words)| Inline::Link {
            reference: 0,
            address,
            words,
        })
    });
    proptest::collection::vec(inline, 0..4)
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    proptest::collection::vec(words(), 0..4)
}

fn block() -> impl Strategy<Value = Block> {
    let repeats = proptest::option::of(5..10_usize);
    let row = (repeats.clone(), cells()).prop_map(|(repeats, cells)| Row { repeats, cells });
    let simple = prop_oneof![
        (0..9_u8, words()).prop_map(|(level, words)| Block::Heading { level, id: String::new(), words }),
        words().prop_map(Block::Paragraph),
        (cells(), proptest::collection::vec(row, 0..3)).prop_map(|(head, rows)| Block::Table { head, rows }),
        any::<String>().prop_map(Block::Code),
        Just(Block::Rule),
    ];
    simple.prop_recursive(4, 24, 4, move |inner| {
        let blocks = proptest::collection::vec(inner, 0..4);
        let item = (repeats.clone(), blocks.clone()).prop_map(|(repeats, blocks)| Item { repeats, blocks });
        prop_oneof![
            (any::<Option<u64>>(), proptest::collection::vec(item, 0..3))
                .prop_map(|(start, items)| Block::List { start, items }),
            (any::<Option<String>>(), blocks.clone())
                .prop_map(|(title, blocks)| Block::Quote { title, blocks }),
            (0..10_usize, any::<String>(), any::<bool>(), blocks).prop_map(
                |(gap, answer, is_negated, blocks)| Block::Clause {
                    condition: Condition { gap, answer, is_negated },
                    blocks,
                }
            ),
        ]
    })
}

fn form() -> impl Strategy<Value = Form> {
    let numbering =
        prop_oneof![Just(Numbering::Clauses), Just(Numbering::Headings), Just(Numbering::Nothing)];
    let labels = proptest::collection::vec(any::<(String, String, String)>(), 9);
    (words(), any::<(String, String)>(), numbering, labels, proptest::collection::vec(block(), 0..6))
        .prop_map(|(title, (version, language), numbering, labels, blocks)| {
            let mut gaps = sample::form().gaps;
            for (gap, (name, key, label)) in gaps.iter_mut().zip(labels) {
                (gap.name, gap.key, gap.label) = (name, key, label);
            }
            Form { title, version, language, numbering, gaps, blocks }
        })
}

fn answers() -> impl Strategy<Value = Vec<Option<String>>> {
    let answer = prop_oneof![any::<String>(), "(Yes|No|2027-08-06)", "([a-z<&\"]{0,3}[\t\n]){0,9}"];
    proptest::collection::vec(proptest::option::of(answer), 0..11)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_template_with_any_answers_is_a_sound_file(form in form(), answers in answers()) {
        assert_sound(&File::read(&word(&form, &answers, &about())));
    }

    #[test]
    fn any_answer_is_read_back_in_every_place(name in "\\PC{0,40}") {
        let mut answers = sample::answers();
        answers[sample::NETWORK] = Some(name.clone());
        let file = File::read(&word(&sample::form(), &answers, &about()));
        let shown = if name.trim().is_empty() { "[network name]" } else { name.trim() };
        let lines = file.lines();
        prop_assert!(lines.iter().any(|line| *line == format!("2. Membership of {}", xml::clean(shown)).trim()), "{lines:#?}");
    }

    #[test]
    fn no_piece_of_a_text_is_lost_between_directions(text in "[a-z אבגم ن123.,()\n\t😀]{0,30}") {
        let pieces = xml::by_direction(&text);
        prop_assert_eq!(pieces.iter().map(|piece| piece.1).collect::<String>(), text.as_str());
        prop_assert!(pieces.iter().all(|piece| !piece.1.is_empty()));
        for (is_rtl, piece) in pieces {
            prop_assert!(!is_rtl || !piece.contains(|character: char| character.is_ascii_alphabetic()));
            prop_assert!(is_rtl || !piece.contains(['א', 'ב', 'ג', 'م', 'ن']));
        }
    }
}

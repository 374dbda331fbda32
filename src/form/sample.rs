//! A document with everything in it that a form can hold, for tests.

use crate::form::{Block, Cell, Condition, Form, Gap, GapKind, Inline, Item, Numbering, Row, Style, Wanted};

const PLAIN: Style = Style { bold: false, italic: false, code: false, struck: false };

/// Words.
pub(crate) fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_string(), style: PLAIN }
}

/// Where the answer to a question goes.
pub(crate) fn gap(gap: usize) -> Inline {
    Inline::Gap { gap, column: None, is_capital: false, style: PLAIN }
}

fn bold(text: &str) -> Inline {
    Inline::Text { text: text.to_string(), style: Style { bold: true, ..PLAIN } }
}

fn column(gap: usize, column: usize) -> Inline {
    Inline::Gap { gap, column: Some(column), is_capital: false, style: PLAIN }
}

fn section(id: &str, words: Vec<Inline>) -> Block {
    Block::Heading { level: 2, id: id.to_string(), words }
}

fn paragraph(words: Vec<Inline>) -> Block {
    Block::Paragraph(words)
}

fn item(words: Vec<Inline>) -> Item {
    Item { repeats: None, blocks: vec![Block::Paragraph(words)] }
}

fn cells(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|cell| vec![text(cell)]).collect()
}

fn row(texts: &[&str]) -> Row {
    Row { repeats: None, cells: cells(texts) }
}

/// A question that takes an answer of this kind.
pub(crate) fn question(name: &str, kind: GapKind) -> Gap {
    let label = name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
    Gap {
        name: name.to_string(),
        key: name.replace(' ', "-").to_lowercase(),
        label,
        hint: None,
        kind,
        default: None,
        example: None,
        wanted: Wanted::Required,
        is_shared: false,
    }
}

pub(crate) const NETWORK: usize = 0;
pub(crate) const CHAIR: usize = 1;
pub(crate) const REVIEW: usize = 2;
pub(crate) const AIM: usize = 3;
pub(crate) const FREQUENCY: usize = 4;
pub(crate) const MONEY: usize = 5;
pub(crate) const MEMBERS: usize = 6;
pub(crate) const TRUSTS: usize = 7;
pub(crate) const QUORUM: usize = 8;

/// Answers to all questions of the sample.
pub(crate) fn answers() -> Vec<Option<String>> {
    [
        "North Example Imaging Network",
        "Dr A. Example",
        "2027-08-06",
        "bring the reporting of the area together\nand make it last",
        "every two months",
        "Yes",
        "Dr A. Example\tChair\tNorth Example Hospitals\nB. Sample\tNetwork director\tEast Example Trust\nC. Person\tLead radiographer\tWest Example Trust",
        "North Example Hospitals\nEast Example Trust\nWest Example Trust",
        "6",
    ]
    .map(|answer| Some(answer.to_string()))
    .to_vec()
}

/// Terms of reference with every kind of block and gap.
pub(crate) fn form() -> Form {
    let columns = ["Name", "Role", "Organisation"].map(str::to_string).to_vec();
    let frequencies = ["every month", "every two months", "every quarter"].map(str::to_string).to_vec();
    let mut gaps = vec![
        question("network name", GapKind::Text),
        question("chair", GapKind::Text),
        question("review date", GapKind::Date),
        question("aim in one sentence", GapKind::LongText),
        question("how often", GapKind::Choice(frequencies)),
        question("network holds money", GapKind::YesNo),
        question("members", GapKind::Members(columns)),
        question("member trusts", GapKind::Organisations),
        question("quorum", GapKind::Number),
    ];
    gaps[FREQUENCY].default = Some("every quarter".to_string());
    Form {
        title: vec![text("Terms of reference of "), gap(NETWORK)],
        version: "1.2".to_string(),
        language: "en-GB".to_string(),
        numbering: Numbering::Clauses,
        gaps,
        blocks: blocks(),
    }
}

fn blocks() -> Vec<Block> {
    let capital = Inline::Gap { gap: AIM, column: None, is_capital: true, style: PLAIN };
    let holds_money = |is_negated| Condition { gap: MONEY, answer: "Yes".to_string(), is_negated };
    vec![
        Block::Quote {
            title: Some("Note".to_string()),
            blocks: vec![paragraph(vec![
                text(
                    "Words in square brackets are gaps to fill. The shape follows what a group of nine trusts described in 2018; it ",
                ),
                text("wrote terms of its own and has not adopted these."),
            ])],
        },
        paragraph(vec![text("Agreed by "), gap(TRUSTS), text(".")]),
        section("purpose", vec![text("Purpose")]),
        paragraph(vec![text("The board of "), gap(NETWORK), text(" exists to "), gap(AIM), text(".")]),
        paragraph(vec![text("It will give its members, every year:")]),
        Block::List {
            start: Some(1),
            items: vec![
                item(vec![text(
                    "a description of how things are now, at every site, checked by somebody who works there",
                )]),
                Item {
                    repeats: None,
                    blocks: vec![
                        paragraph(vec![text("what it would take to change them:")]),
                        Block::List {
                            start: None,
                            items: vec![
                                item(vec![text("people")]),
                                item(vec![text("money, systems and time")]),
                            ],
                        },
                        paragraph(vec![text("with what each of them costs")]),
                    ],
                },
                item(vec![text("a recommendation that boards can "), bold("accept or reject")]),
            ],
        },
        paragraph(vec![capital, text(" is what it is measured by.")]),
        Block::List {
            start: Some(1),
            items: vec![item(vec![text("this list begins anew")]), item(vec![text("and goes on")])],
        },
        Block::Heading { level: 3, id: "out".to_string(), words: vec![text("What is outside it")] },
        paragraph(vec![
            text("Matters of a single trust, as "),
            Inline::Link {
                reference: 1,
                address: Some("https://example.org/governance?a=1&b=two words".to_string()),
                words: vec![text("the guidance on "), bold("governance")],
            },
            text(" says. Files are named "),
            Inline::Text { text: "minutes-2027.docx".to_string(), style: Style { code: true, ..PLAIN } },
            text("."),
            Inline::Break,
            text("Nothing "),
            Inline::Text { text: "else".to_string(), style: Style { struck: true, italic: true, ..PLAIN } },
            text(" is."),
        ]),
        section("membership", vec![text("Membership of "), gap(NETWORK)]),
        paragraph(vec![text("The chair is "), gap(CHAIR), text(". These are the members:")]),
        Block::Table {
            head: cells(&["Name", "Role", "Organisation"]),
            rows: vec![Row {
                repeats: Some(MEMBERS),
                cells: vec![vec![column(MEMBERS, 0)], vec![column(MEMBERS, 1)], vec![column(MEMBERS, 2)]],
            }],
        },
        paragraph(vec![text("The trusts that take part:")]),
        Block::List {
            start: None,
            items: vec![Item { repeats: Some(TRUSTS), blocks: vec![paragraph(vec![gap(TRUSTS)])] }],
        },
        section("meetings", vec![text("Meetings")]),
        paragraph(vec![
            text("The board meets "),
            gap(FREQUENCY),
            text(". "),
            gap(QUORUM),
            text(" members make a quorum."),
        ]),
        Block::Table {
            head: cells(&["Decision", "Who decides", "What must be there before"]),
            rows: vec![
                row(&[
                    "Spend up to £50,000",
                    "The network director",
                    "A page that says what for, what else was considered, and who is asked to use it",
                ]),
                row(&["Spend more", "The board, by two thirds", "A business case"]),
                row(&["Change these terms", "Every member trust", ""]),
            ],
        },
        section("money", vec![text("Money")]),
        Block::Clause {
            condition: holds_money(false),
            blocks: vec![
                paragraph(vec![text(
                    "The network holds money through its host, and reports on it every quarter.",
                )]),
                paragraph(vec![text("What is left at the end of a year stays with the network.")]),
            ],
        },
        section("review", vec![text("Review")]),
        Block::Clause {
            condition: holds_money(true),
            blocks: vec![paragraph(vec![text("Each trust pays for what it does itself.")])],
        },
        paragraph(vec![text("These terms are reviewed by "), gap(REVIEW), text(".")]),
        Block::Quote {
            title: None,
            blocks: vec![paragraph(vec![text("Nobody owns a network that nobody reviews.")])],
        },
        Block::Code("Board\n  Workstream <A & B>\n\tGroup".to_string()),
        Block::Rule,
        paragraph(vec![text("Signed for "), gap(NETWORK), text(" by "), gap(CHAIR), text(".")]),
    ]
}

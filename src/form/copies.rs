//! What must hold for every copy of a form: the words that go in come out, and nothing that was typed becomes markup.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::pattern::{BEGIN, END, fill};
use super::{
    Block, Cell, Condition, Form, Format, Gap, GapKind, Inline, Item, Numbering, Row, Style, Wanted, html,
    html_pattern, markdown, template_script,
};

fn gap(name: &str, kind: GapKind) -> Gap {
    Gap {
        name: name.to_string(),
        key: name.replace(' ', "-"),
        label: name.to_string(),
        hint: None,
        kind,
        default: None,
        example: None,
        wanted: Wanted::Optional,
        is_shared: false,
    }
}

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_string(), style: Style::default() }
}

fn place(gap: usize) -> Inline {
    Inline::Gap { gap, column: None, is_capital: false, style: Style::default() }
}

fn heading(level: u8, words: &str) -> Block {
    Block::Heading { level, id: words.to_string(), words: vec![text(words)] }
}

fn terms() -> Form {
    let columns = vec!["name".to_string(), "role".to_string()];
    let lay = Condition { gap: 2, answer: "Yes".to_string(), is_negated: false };
    let member =
        |column| Inline::Gap { gap: 1, column: Some(column), is_capital: false, style: Style::default() };
    let mut meets = gap("meets", GapKind::Text);
    meets.default = Some("every 6 weeks".to_string());
    Form {
        title: vec![text("Terms of reference: "), place(0)],
        version: "1.0".to_string(),
        language: "en-GB".to_string(),
        numbering: Numbering::Clauses,
        gaps: vec![
            gap("network name", GapKind::Text),
            gap("members", GapKind::Members(columns)),
            gap("lay members", GapKind::YesNo),
            meets,
        ],
        blocks: vec![
            heading(2, "Members"),
            Block::Paragraph(vec![text("The members of "), place(0), text(" are:")]),
            Block::Table {
                head: vec![vec![text("Name")], vec![text("Role")]],
                rows: vec![Row { repeats: Some(1), cells: vec![vec![member(0)], vec![member(1)]] }],
            },
            heading(2, "Lay members"),
            Block::Clause { condition: lay, blocks: vec![Block::Paragraph(vec![text("Two are lay.")])] },
            heading(2, "Meetings"),
            Block::Paragraph(vec![text("It meets "), place(3), text(".")]),
        ],
    }
}

fn answers(given: &[Option<&str>]) -> Vec<Option<String>> {
    given.iter().map(|answer| answer.map(str::to_string)).collect()
}

#[test]
fn an_empty_template_shows_its_gaps_its_defaults_and_its_conditions() {
    assert_eq!(
        markdown(&terms(), &[]),
        "# Terms of reference: [network name]

Version 1.0

## 1. Members

1.1 The members of [network name] are:

| Name | Role |
| --- | --- |
| [members: name] | [members: role] |

*Only where “lay members” is answered Yes:*

## 2. Lay members

2.1 Two are lay.

## 3. Meetings

3.1 It meets every 6 weeks.
"
    );
}

#[test]
fn a_filled_copy_has_its_rows_and_only_the_clauses_that_stand() {
    let given = answers(&[
        Some("Peninsula | R&D"),
        Some("A. Smith\tChair\n\n2. Jones\t"),
        Some("no"),
        Some("1. weekly"),
    ]);
    assert_eq!(
        markdown(&terms(), &given),
        "# Terms of reference: Peninsula \\| R\\&D

Version 1.0

## 1. Members

1.1 The members of Peninsula \\| R\\&D are:

| Name | Role |
| --- | --- |
| A. Smith | Chair |
| 2\\. Jones |  |

## 2. Meetings

2.1 It meets 1. weekly.
"
    );
}

#[test]
fn an_answer_never_becomes_markup_in_html() {
    let given = answers(&[Some("<script>alert(1)</script> & \"x\"\nשלום"), None, Some("Yes")]);
    let copy = html(&terms(), &given);
    assert!(copy.contains(
        "<title>Terms of reference: &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; שלום</title>"
    ));
    assert!(copy.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;<br>שלום</bdi>"));
    assert!(copy.contains("<h2>2. Lay members</h2>\n<p>2.1 Two are lay.</p>\n<h2>3. Meetings</h2>"));
    assert!(copy.contains("<td><span class=\"empty\">[members: role]</span></td>"));
}

#[test]
fn nothing_ends_the_script_that_holds_a_template() {
    let mut form = terms();
    form.blocks.push(Block::Code("</script><script>\u{2028}".to_string()));
    let script = template_script(&form, &[("word/document.xml".to_string(), "<w:t>a</w:t>".to_string())]);
    assert!(!script.contains('<') && !script.contains('\u{2028}'), "{script}");
    let json =
        script.strip_prefix("netsiteTemplate(").and_then(|script| script.strip_suffix(");\n")).unwrap();
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["parts"][0][1], "<w:t>a</w:t>");
    assert!(data["html"].as_str().unwrap().contains(BEGIN));
    assert_eq!(data["html"].as_str().unwrap(), html_pattern(&form));
}

/// What `fill.js` and this library must make of the same answers; `UPDATE_DOCS=1` writes it anew.
const CASES: &str = "tests/browser/fill-cases.json";

#[test]
fn the_browser_is_tested_with_what_is_filled_here() {
    let mut form = terms();
    form.gaps.push(gap("review date", GapKind::Date));
    form.gaps.push(gap("trusts", GapKind::Organisations));
    let capital = Inline::Gap {
        gap: 3,
        column: None,
        is_capital: true,
        style: Style { bold: true, ..Style::default() },
    };
    form.blocks.push(Block::List {
        start: None,
        items: vec![Item { repeats: Some(5), blocks: vec![Block::Paragraph(vec![place(5)])] }],
    });
    form.blocks.push(Block::Paragraph(vec![
        capital,
        text(" by "),
        place(4),
        text(" for "),
        place(5),
        text("; "),
        place(1),
    ]));
    let columns = |gap: &Gap| gap.columns().to_vec();
    let kind = |gap: &Gap| match gap.kind {
        GapKind::Members(_) => "members",
        GapKind::Organisations => "organisations",
        GapKind::Date => "date",
        _ => "text",
    };
    let gaps: Vec<serde_json::Value> = form
        .gaps
        .iter()
        .map(|gap| {
            serde_json::json!({
                "key": gap.key,
                "kind": kind(gap),
                "isList": gap.is_list(),
                "columns": columns(gap),
                "default": gap.default.clone().unwrap_or_default(),
            })
        })
        .collect();
    let hostile = "<b>&amp; R&D\u{85}1. `x` *y* _z_ a_b [c](d) \\ | ~~ # $ ! \u{E000}g\u{E002}\u{0}\u{1F642}\u{FEFF} שלום!";
    let given: Vec<Vec<Option<&str>>> = vec![
        vec![],
        vec![
            Some(" Peninsula "),
            Some("Chair\tNorth\tmore\n\n \t\nNurse"),
            Some("yes"),
            Some("ßmonthly"),
            Some("2027-08-06"),
            Some("A"),
        ],
        vec![
            Some("# a #"),
            Some("- a\t1. b\n+\t:"),
            Some("No"),
            Some("- weekly\r\n\r\n= or so"),
            Some("6 August 2027"),
            Some("A\tB\nC\n\nD"),
        ],
        vec![Some(hostile), Some(hostile), Some("Perhaps"), Some(hostile), Some(hostile), Some(hostile)],
        vec![Some("&#38"), Some("\t\n\t"), Some(" "), Some(""), Some(" "), Some("\n")],
        vec![Some("1"), None, None, Some(".5"), Some("&"), Some("123) x\n> y")],
    ];
    let cases: Vec<serde_json::Value> = given
        .iter()
        .map(|given| {
            let answers = answers(given);
            serde_json::json!({
                "answers": answers,
                "markdown": fill(&super::markdown_pattern(&form), &form, &answers, Format::Markdown),
                "html": html(&form, &answers),
            })
        })
        .collect();
    let data = serde_json::json!({
        "gaps": gaps,
        "markdown": super::markdown_pattern(&form),
        "html": html_pattern(&form),
        "cases": cases,
    });
    let written = format!("{data:#}\n");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(CASES);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "{CASES} is not what is filled here: UPDATE_DOCS=1 cargo test --lib copies");
}

const LETTERS: &str = "[ -~\u{A0}éß\u{2028}\u{85}\n\t\u{E000}\u{E001}\u{E002}שא🙂\u{0}\u{FEFF}]{0,12}";

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        LETTERS,
        "[-*_#+=`~.)(\\[\\]!&;:<>|\\\\ 1a\n]{0,8}",
        Just("&amp;".to_string()),
        Just("</script><b>".to_string()),
        Just("1. a".to_string()),
    ]
}

fn any_style() -> impl Strategy<Value = Style> {
    let flags = prop_oneof![3 => Just((false, false, false, false)), 1 => any::<(bool, bool, bool, bool)>()];
    flags.prop_map(|(bold, italic, code, struck)| Style { bold, italic, code, struck })
}

fn any_inline() -> impl Strategy<Value = Inline> {
    let words = (any_words(), any_style()).prop_map(|(text, style)| Inline::Text { text, style });
    let gap = (0..6_usize, prop::option::of(0..3_usize), any::<bool>(), any_style())
        .prop_map(|(gap, column, is_capital, style)| Inline::Gap { gap, column, is_capital, style });
    let link = (prop::option::of(any_words()), any_words()).prop_map(|(address, words)| Inline::Link {
        reference: 0,
        address,
        words: vec![text(&words)],
    });
    prop_oneof![4 => words, 3 => gap, 1 => link, 1 => Just(Inline::Break)]
}

fn any_words_of_text() -> impl Strategy<Value = Cell> {
    prop::collection::vec(any_inline(), 0..5)
}

fn any_block() -> impl Strategy<Value = Block> {
    let table = (
        prop::collection::vec(any_words_of_text(), 1..4),
        prop::collection::vec(
            (prop::option::of(0..6_usize), prop::collection::vec(any_words_of_text(), 3)),
            0..3,
        ),
    )
        .prop_map(|(head, rows)| Block::Table {
            rows: rows
                .into_iter()
                .map(|(repeats, mut cells)| {
                    cells.truncate(head.len());
                    Row { repeats, cells }
                })
                .collect(),
            head,
        });
    let leaf = prop_oneof![
        4 => any_words_of_text().prop_map(Block::Paragraph),
        2 => (2..5_u8, any_words_of_text())
            .prop_map(|(level, words)| Block::Heading { level, id: String::new(), words }),
        1 => any_words().prop_map(Block::Code),
        1 => Just(Block::Rule),
        2 => table,
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let item = (prop::option::of(0..6_usize), prop::collection::vec(inner.clone(), 0..3))
            .prop_map(|(repeats, blocks)| Item { repeats, blocks });
        prop_oneof![
            (prop::option::of(0..12_u64), prop::collection::vec(item, 0..4))
                .prop_map(|(start, items)| Block::List { start, items }),
            (prop::option::of(any_words()), prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(title, blocks)| Block::Quote { title, blocks }),
            (0..6_usize, any_words(), any::<bool>(), prop::collection::vec(inner, 0..3)).prop_map(
                |(gap, answer, is_negated, blocks)| Block::Clause {
                    condition: Condition { gap, answer, is_negated },
                    blocks
                }
            ),
        ]
    })
}

prop_compose! {
    fn any_form()(
        title in any_words_of_text(),
        numbering in prop_oneof![Just(Numbering::Clauses), Just(Numbering::Headings), Just(Numbering::Nothing)],
        default in prop::option::of(any_words()),
        name in any_words(),
        blocks in prop::collection::vec(any_block(), 0..6),
    ) -> Form {
        let columns = vec!["a".to_string(), "b".to_string(), name.clone()];
        let mut text = gap("text", GapKind::Text);
        text.default = default;
        let mut long = gap("long", GapKind::LongText);
        long.name = name;
        Form {
            title,
            version: "1".to_string(),
            language: "en".to_string(),
            numbering,
            gaps: vec![
                text,
                long,
                gap("members", GapKind::Members(columns)),
                gap("names", GapKind::Organisations),
                gap("day", GapKind::Date),
                gap("yes", GapKind::YesNo),
            ],
            blocks,
        }
    }
}

fn any_answers() -> impl Strategy<Value = Vec<Option<String>>> {
    let answer = prop_oneof![
        any_words(),
        Just("Yes".to_string()),
        (any_words(), any_words(), any_words()).prop_map(|(a, b, c)| format!("{a}\t{b}\n{c}")),
    ];
    prop::collection::vec(prop::option::of(answer), 0..7)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// The words that somebody reads who opens the Markdown on GitHub.
fn read_as_markdown(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut words = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::Html(html) if !html.starts_with("<!--") => words.extend(["HTML ", &*html]),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => words.push_str("MARKUP"),
            Event::End(TagEnd::Image) => words.push_str("IMAGE"),
            _ => {}
        }
    }
    squeezed(&words)
}

/// The words of a document as it is read; panics where its tags do not match.
fn read_as_html(html: &str) -> String {
    let body = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    let mut pieces = body.split('<');
    let mut words = pieces.next().unwrap_or_default().to_string();
    let mut open = Vec::new();
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap();
        assert!(!text.contains('>'), "{body}");
        match (tag.strip_prefix('/'), tag.split(' ').next().unwrap_or_default()) {
            (Some(name), _) => assert_eq!(open.pop(), Some(name), "{body}"),
            (None, "br" | "hr") => {}
            (None, name) => open.push(name),
        }
        words.push_str(text);
    }
    assert!(open.is_empty(), "{body}");
    unescaped(&squeezed(&words))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn markdown_and_html_say_the_same_words(form in any_form(), answers in any_answers()) {
        let markdown = markdown(&form, &answers);
        let html = html(&form, &answers);
        prop_assert_eq!(read_as_markdown(&markdown), read_as_html(&html), "{}", markdown);
        prop_assert!(!markdown.contains([BEGIN, END]) && !html.contains([BEGIN, END]));
    }

    #[test]
    fn any_pattern_can_be_filled(pattern in "([\u{E000}\u{E001}\u{E002}giref12=!0a]|text|members){0,40}", answers in any_answers()) {
        let _ = fill(&pattern, &terms(), &answers, Format::Markdown);
    }
}

//! What somebody who opens the file would notice.

mod odd;
mod properties;
mod read;
mod sound;

use jiff::civil::date;

use super::{About, parts, word};
use crate::form::sample::{self, answers};
use crate::form::{Answers, Form, Numbering};
use read::{Element, File};
use sound::assert_sound;

fn about() -> About {
    About {
        publisher: "Imaging networks & practice".to_string(),
        subject: "Terms of reference".to_string(),
        summary: "A template for a board.".to_string(),
        created: date(2026, 11, 21),
        address: Some("https://example.org/board/".to_string()),
        licence: Some("CC BY 4.0".to_string()),
    }
}

#[track_caller]
fn read(form: &Form, answers: &Answers) -> File {
    let file = File::read(&word(form, answers, &about()));
    assert_sound(&file);
    file
}

fn controls_tagged<'a>(part: &'a Element, tag: &str) -> Vec<&'a Element> {
    part.all("w:sdt").into_iter().filter(|control| tag_of(control) == tag).collect()
}

fn tag_of(control: &Element) -> &str {
    let tag = control.child("w:sdtPr").and_then(|properties| properties.child("w:tag"));
    tag.and_then(|tag| tag.attribute("w:val")).unwrap_or_default()
}

#[test]
fn the_filled_document_reads_in_order_with_its_numbers() {
    let lines = read(&sample::form(), &answers()).lines();
    let expected = [
        "Terms of reference of North Example Imaging Network",
        "Version 1.2",
        "Note",
        "Words in square brackets are gaps to fill. The shape follows what a group of nine trusts described in 2018; it wrote terms of its own and has not adopted these.",
        "Agreed by North Example Hospitals, East Example Trust and West Example Trust.",
        "1. Purpose",
        "1.1 The board of North Example Imaging Network exists to bring the reporting of the area together\nand make it last.",
        "1.2 It will give its members, every year:",
        "(a) a description of how things are now, at every site, checked by somebody who works there",
        "(b) what it would take to change them:",
        "– people",
        "– money, systems and time",
        "with what each of them costs",
        "(c) a recommendation that boards can accept or reject",
        "1.3 Bring the reporting of the area together\nand make it last is what it is measured by.",
        "(a) this list begins anew",
        "(b) and goes on",
        "What is outside it",
        "1.4 Matters of a single trust, as the guidance on governance says. Files are named minutes-2027.docx.\nNothing else is.",
        "2. Membership of North Example Imaging Network",
        "2.1 The chair is Dr A. Example. These are the members:",
        "Name",
        "Role",
        "Organisation",
        "Dr A. Example",
        "Chair",
        "North Example Hospitals",
        "B. Sample",
        "Network director",
        "East Example Trust",
        "C. Person",
        "Lead radiographer",
        "West Example Trust",
        "2.2 The trusts that take part:",
        "• North Example Hospitals",
        "• East Example Trust",
        "• West Example Trust",
        "3. Meetings",
        "3.1 The board meets every two months. 6 members make a quorum.",
    ];
    assert_eq!(lines[..expected.len()], expected);
    let end = &lines[lines.len() - 10..];
    assert_eq!(
        end,
        [
            "4. Money",
            "4.1 The network holds money through its host, and reports on it every quarter.",
            "4.2 What is left at the end of a year stays with the network.",
            "5. Review",
            "5.1 These terms are reviewed by 6 August 2027.",
            "Nobody owns a network that nobody reviews.",
            "Board\n  Workstream <A & B>\n\tGroup",
            "5.2 Signed for North Example Imaging Network by Dr A. Example.",
            "From a template of Imaging networks & practice: https://example.org/board/ (licence: CC BY 4.0)",
        ]
        .iter()
        .fold(vec!["Every member trust"], |mut lines, line| {
            lines.push(line);
            lines
        })
    );
}

#[test]
fn headings_are_numbered_and_paragraphs_are_not_where_the_template_says_so() {
    let lines = read(&Form { numbering: Numbering::Headings, ..sample::form() }, &answers()).lines();
    for line in [
        "1 Purpose",
        "It will give its members, every year:",
        "2. what it would take to change them:",
        "1.1 What is outside it",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line} is not in {lines:#?}");
    }
    let lines = read(&Form { numbering: Numbering::Nothing, ..sample::form() }, &answers()).lines();
    assert!(lines.iter().any(|line| line == "Purpose"), "{lines:#?}");
}

#[test]
fn a_section_under_a_condition_goes_with_its_heading() {
    let mut answers = answers();
    answers[sample::MONEY] = Some("no".to_string());
    let lines = read(&sample::form(), &answers).lines();
    assert!(!lines.iter().any(|line| line.contains("Money")), "{lines:#?}");
    assert!(lines.iter().any(|line| line == "4. Review"), "{lines:#?}");
    assert!(lines.iter().any(|line| line == "4.1 Each trust pays for what it does itself."), "{lines:#?}");
}

#[test]
fn the_empty_document_shows_names_in_brackets_and_says_what_is_optional() {
    let file = read(&sample::form(), &[]);
    let document = file.document();
    let clauses = controls_tagged(&document, "if:network-holds-money=Yes");
    let [money] = clauses.as_slice() else { panic!("one clause, not {}", clauses.len()) };
    assert_eq!(
        money.words(),
        "This section stands only where the answer to “Network holds money” is Yes; delete it otherwise.MoneyThe network holds money through its host, and reports on it every quarter.What is left at the end of a year stays with the network."
    );
    assert_eq!(controls_tagged(&document, "if:network-holds-money!=Yes").len(), 1);
    assert_eq!(
        controls_tagged(&document, "gap:aim-in-one-sentence:capital")[0].words(),
        "[Aim in one sentence]"
    );
    let rows = controls_tagged(&document, "rows:members");
    assert_eq!(rows[0].all("w:tr").len(), 1);
    assert_eq!(tag_of(rows[0].all("w:sdt")[2]), "gap:members:1");
    assert_eq!(controls_tagged(&document, "rows:member-trusts")[0].all("w:p").len(), 1);
    for control in controls_tagged(&document, "gap:network-name") {
        assert_eq!(control.words(), "[network name]");
        assert_eq!(control.value("w:rStyle"), Some("PlaceholderText"));
        assert_eq!(control.value("w:alias"), Some("Network name"));
        assert_eq!(control.all("w:showingPlcHdr").len(), 1);
    }
    // A default is there from the beginning, as an answer.
    let often = controls_tagged(&document, "gap:how-often")[0];
    assert_eq!((often.words().as_str(), often.all("w:showingPlcHdr").len()), ("every quarter", 0));
    let choices: Vec<_> =
        often.all("w:listItem").iter().map(|choice| choice.attribute("w:value").unwrap()).collect();
    assert_eq!(choices, ["every month", "every two months", "every quarter"]);
}

#[test]
fn what_is_typed_into_one_place_stands_in_all_of_them() {
    for answers in [Vec::new(), answers()] {
        let file = read(&sample::form(), &answers);
        let store = file.part("customXml/item1.xml");
        let shown = if answers.is_empty() { "[network name]" } else { "North Example Imaging Network" };
        let mut places = 0;
        for part in [file.document(), file.part("word/header1.xml")] {
            for control in controls_tagged(&part, "gap:network-name") {
                places += 1;
                assert_eq!(control.words(), shown);
                let binding = control.all("w:dataBinding")[0];
                assert_eq!(binding.attribute("w:xpath"), Some("/a:answers[1]/a:answer[1]"));
            }
        }
        assert_eq!(places, 5);
        let answer = store.all("answer")[0].clone();
        assert_eq!(answer.attribute("key"), Some("network-name"));
        assert_eq!(answer.words(), answers.first().cloned().flatten().unwrap_or_default());
    }
}

#[test]
fn answers_are_plain_and_dates_are_dates() {
    let document = read(&sample::form(), &answers()).document();
    let review = controls_tagged(&document, "gap:review-date")[0];
    assert_eq!(review.words(), "6 August 2027");
    assert_eq!(review.all("w:date")[0].attribute("w:fullDate"), Some("2027-08-06T00:00:00Z"));
    let gaps = document.all("w:sdt").into_iter().filter(|control| tag_of(control).starts_with("gap:"));
    for control in gaps {
        assert_eq!(control.all("w:showingPlcHdr").len(), 0, "{}", control.words());
        assert_ne!(control.value("w:rStyle"), Some("PlaceholderText"), "{}", control.words());
    }
}

#[test]
fn every_table_repeats_its_header_row_and_breaks_no_row() {
    let mut answers = answers();
    let members: Vec<String> = (1..=40).map(|number| format!("Member {number}\tRole\tTrust")).collect();
    answers[sample::MEMBERS] = Some(members.join("\n"));
    let document = read(&sample::form(), &answers).document();
    let tables = document.all("w:tbl");
    assert_eq!(tables.iter().map(|table| table.all("w:tr").len()).collect::<Vec<_>>(), [41, 4]);
    for table in tables {
        for (index, row) in table.all("w:tr").into_iter().enumerate() {
            assert_eq!(row.all("w:tblHeader").len(), usize::from(index == 0), "row {index}");
            assert_eq!(row.all("w:cantSplit").len(), 1);
        }
    }
    assert_eq!(document.value("w:tblCaption"), Some("Table 1: Membership of North Example Imaging Network"));
    assert_eq!(
        document.value("w:tblDescription"),
        Some("40 rows below a header row. Columns: Name, Role, Organisation.")
    );
}

#[test]
fn the_file_says_what_it_is() {
    let file = read(&sample::form(), &answers());
    let core = file.part("docProps/core.xml");
    let told = |name: &str| core.child(name).map(Element::words).unwrap_or_default();
    assert_eq!(told("dc:title"), "Terms of reference of North Example Imaging Network");
    assert_eq!(told("dc:creator"), "Imaging networks & practice");
    assert_eq!(told("dc:subject"), "Terms of reference");
    assert_eq!(told("dc:language"), "en-GB");
    assert_eq!(told("cp:version"), "1.2");
    assert_eq!(told("dcterms:created"), "2026-11-21T00:00:00Z");
    assert_eq!(file.part("word/styles.xml").all("w:lang")[0].attribute("w:val"), Some("en-GB"));
    assert_eq!(file.part("word/header1.xml").words(), "Terms of reference of North Example Imaging Network");
    assert_eq!(file.part("word/footer1.xml").words(), "Version 1.2\tPage 1 of 1");
    let fields: Vec<String> = file
        .part("word/footer2.xml")
        .all("w:instrText")
        .iter()
        .map(|field| field.children[0].text.trim().to_string())
        .collect();
    assert_eq!(fields, ["PAGE", "NUMPAGES"]);
}

#[test]
fn the_same_document_is_the_same_bytes_and_its_parts_are_those_of_the_empty_one() {
    let form = sample::form();
    assert_eq!(word(&form, &answers(), &about()), word(&form, &answers(), &about()));
    let parts: std::collections::BTreeMap<_, _> = parts(&form, &about()).into_iter().collect();
    assert_eq!(File::read(&word(&form, &[], &about())).parts, parts);
}

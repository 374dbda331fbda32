//! Files as people save them, and what they are told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Reading, Standing, read};
use crate::benchmark::disclose::release;
use crate::benchmark::measure::{Direction, Measure};
use crate::benchmark::output::csv;
use crate::benchmark::released::{Kind, Released};
use crate::diagnostic::{Located, Texts};
use crate::source::{SitePath, Text};

fn measure(unit: &str) -> Measure {
    Measure { unit: unit.to_string(), direction: Direction::Higher, ..Measure::default() }
}

fn standing(text: &str) -> Standing {
    match text {
        "XZ901" | "Example Hill" => {
            Standing::Fictional { code: "XZ901".to_string(), name: "Example Hill".to_string() }
        }
        "A" | "B" | "C" => Standing::Known { code: text.to_string(), name: format!("Trust {text}") },
        _ => Standing::Unknown { nearest: Some("XZ901".to_string()) },
    }
}

fn read_bytes(bytes: &[u8], unit: &str, columns: &[(&str, &str)]) -> Reading {
    let columns: BTreeMap<String, String> =
        columns.iter().map(|(usual, own)| ((*usual).to_string(), (*own).to_string())).collect();
    read(&SitePath::new("data.csv"), bytes, &columns, &measure(unit), &standing)
}

fn read_text(text: &str, unit: &str) -> Reading {
    read_bytes(text.as_bytes(), unit, &[])
}

/// The rows as an exempt benchmark shows them.
fn shown(reading: Reading, unit: &str) -> Released {
    assert!(reading.is_sound(), "{:?}", reading.problems);
    let table = reading.table.unwrap();
    release(&[table], &measure(unit), None).tables.remove(0)
}

fn rows(text: &str, unit: &str) -> Vec<String> {
    let released = shown(read_text(text, unit), unit);
    csv::text(&released).lines().skip(1).map(str::to_string).collect()
}

/// Problems as `line:column code: message`, in the order of the file.
fn told(text: &str, unit: &str) -> Vec<String> {
    let reading = read_text(text, unit);
    let texts: Texts = [(SitePath::new("data.csv"), Text::new(text.to_string()))].into_iter().collect();
    let mut problems = reading.problems;
    crate::diagnostic::sort(&mut problems);
    problems
        .iter()
        .map(|problem| {
            let located = Located::new(problem, &texts);
            assert!(problem.help.as_ref().is_some_and(|help| !help.is_empty()), "{problem:?} has no help");
            format!("{}:{} {}: {}", located.line, located.column, located.code, located.message)
        })
        .collect()
}

#[track_caller]
fn is_told(text: &str, unit: &str, wanted: &str) {
    let told = told(text, unit);
    assert!(told.iter().any(|told| told.starts_with(wanted)), "{wanted} is not among {told:#?}");
}

#[test]
fn a_file_as_excel_saves_it() {
    let text =
        "\u{feff}Period,VALUE,,\r\nApr-24,\"1,204\",,\r\nMay-24, 1\u{a0}300 ,,\r\n\r\nJun-24,-,,\r\n,,,\r\n";
    assert_eq!(rows(text, "reports"), ["2024-04,1204", "2024-05,1300", "2024-06,-"]);
}

#[test]
fn semicolons_tabs_percent_signs_and_pounds() {
    assert_eq!(rows("period;value\n2023;12.5%\n2024;13%\n", "%"), ["2023,12.5", "2024,13"]);
    assert_eq!(rows("period\tvalue\n2023\t£1,200\n2024\t£900\n", "£"), ["2023,1200", "2024,900"]);
}

#[test]
fn newest_first_is_as_good_as_oldest_first() {
    let newest = "period,value\nJune 2024,3\nMay 2024,2\nApril 2024,1\n";
    assert_eq!(rows(newest, "reports"), ["2024-04,1", "2024-05,2", "2024-06,3"]);
    assert_eq!(told(newest, "reports"), [""; 0]);
}

#[test]
fn the_files_own_names_of_columns() {
    let text = "Month,Provider Code,Percent\n2024-04,XZ901,77.7\n2024-04,Example Hill,70\n";
    let named = [("period", "month"), ("organisation", "Provider  code"), ("value", "PERCENT")];
    let reading = read_bytes(text.as_bytes(), "%", &named);
    let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["duplicate-row", "one-organisation"], "the code and the name are one organisation");
    is_told(
        "Month,Percent\n2024-04,77.7\n",
        "%",
        "1:1 missing-column: there is no column `period`; the first row has `Month` and `Percent`",
    );
    let help = read_text("Month,Percent\n2024-04,77.7\n", "%").problems[0].help.clone().unwrap();
    assert_eq!(help, "write `columns: { period: Month }` on the page");
}

#[test]
fn how_values_come_about() {
    let kind = |text: &str, unit: &str| shown(read_text(text, unit), unit).kind();
    let three = "period,value,numerator,denominator\n";
    assert_eq!(kind(&format!("{three}2023,77.7,3267,4204\n"), "%"), Kind::Proportion { scale: 100.0 });
    assert_eq!(kind(&format!("{three}2023,0.777,3267,4204\n"), "share"), Kind::Proportion { scale: 1.0 });
    assert_eq!(
        kind(&format!("{three}2023,1.07,21,19.7\n"), "standardised ratio"),
        Kind::StandardisedRatio { scale: 1.0 }
    );
    assert_eq!(kind("period,value\n2023,12\n", "staff"), Kind::Count);
    assert_eq!(kind("period,value\n2023,12\n", "days"), Kind::Other);
}

#[test]
fn each_problem_says_its_row_and_column() {
    let head = "period,organisation,value,numerator,denominator\n";
    for (row, wanted) in [
        ("2024,A,about 5,5,10", "2:8 not-a-number: row 2, column `value`: `about 5` is not a number"),
        ("2024,A,1.23E+05,5,10", "2:8 not-a-number: row 2, column `value`: `1.23E+05` is how Excel shortens"),
        ("summer,A,50,5,10", "2:1 unreadable-period: row 2, column `period`: `summer` is not a period"),
        (",A,50,5,10", "2:1 unreadable-period: row 2, column `period`: no period is given"),
        ("2024,,50,5,10", "2:6 nameless-row: row 2, column `organisation`"),
        ("2024,A,50,-5,10", "2:11 negative-count: row 2, column `numerator`"),
        ("2024,A,50,5,0", "2:13 zero-denominator: row 2, column `denominator`"),
        ("2024,A,120,12,10", "2:12 numerator-too-large: row 2, column `numerator`"),
        (
            "2024,A,\"50\",5,10\n2023,A,51,5,10\n2022,A,50,5,10",
            "3:8 value-differs: row 3, column `value`: 51 is not",
        ),
        ("2024,XZ109,50,5,10", "2:6 unknown-organisation: row 2, column `organisation`: `XZ109`"),
        ("2024,A,1,204,5,10", "2:16 too-many-cells: row 2: 6 cells stand under 5 columns"),
        ("2024,A,50,5,10", "2:6 one-organisation"),
    ] {
        is_told(&format!("{head}{row}\n"), "%", wanted);
    }
}

#[test]
fn problems_between_rows() {
    let head = "period,organisation,value\n";
    is_told(
        &format!("{head}2024-04,A,5\n2024-04,B,6\n2024-04,A,7\n"),
        "reports",
        "4:1 duplicate-row: row 4, column `period`: A, April 2024 is given twice",
    );
    is_told(
        &format!("{head}2024-04,A,5\n2024-06,A,6\n2024-05,A,7\n2024-07,A,7\n"),
        "reports",
        "4:1 rows-out-of-order: row 4, column `period`: A, May 2024 stands after June 2024",
    );
    is_told(
        &format!("{head}2024-04,A,5\n2024-07,A,6\n"),
        "reports",
        "3:1 missing-row: row 3, column `period`: A, there is no row from May 2024 until July 2024",
    );
    is_told(
        &format!("{head}2024-04,A,5\n2024-05,A,5\n2024/25,A,60\n"),
        "reports",
        "4:1 mixed-periods: row 4, column `period`: 1 row covers a financial year",
    );
    is_told(
        &format!("{head}2024-04,A,5%\n2024-05,A,6%\n2024-06,A,0.07\n"),
        "%",
        "4:11 mixed-units: row 4, column `value`: 1 figure stands with no sign among others with `%`",
    );
    is_told(&format!("{head}2024-04,A,5%\n"), "reports", "2:11 mixed-units");
}

#[test]
fn files_that_are_no_csv_in_utf_8() {
    let told = |bytes: &[u8]| {
        let reading = read_bytes(bytes, "£", &[]);
        assert!(reading.table.is_none() && reading.problems.len() == 1);
        (reading.problems[0].message.clone(), reading.problems[0].span)
    };
    let (message, span) = told(b"period,value\n2024,\xa3120\n");
    assert_eq!(message, "row 2: the byte 0xA3 (probably £) is not UTF-8");
    assert_eq!(span.map(|span| span.start), Some(18));
    assert!(told(b"PK\x03\x04rest").0.contains("Excel workbook"));
    assert!(told(&[0xff, 0xfe, b'p', 0]).0.contains("UTF-16"));
    assert!(told(b"").0.contains("no rows"));
    assert!(told(b"period,value\n").0.contains("no rows"));
}

#[test]
fn a_quotation_mark_that_is_left_open() {
    is_told("period,value\n2023,\"12\n2024,13\n2025,14\n", "reports", "2:1 open-quotation");
}

#[test]
fn at_most_20_of_a_kind_are_listed() {
    let rows: String = (0..332).map(|row| format!("{},many\n", 1700 + row)).collect();
    let reading = read_text(&format!("period,value\n{rows}"), "reports");
    assert_eq!(reading.problems.len(), 21);
    assert_eq!(reading.problems[20].message, "and 312 more problems of the same kind");
    assert!(!reading.is_sound());
}

#[test]
fn many_rows_are_read_and_compared() {
    let mut text = "period,organisation,value,numerator,denominator\n".to_string();
    for organisation in 0..500 {
        for month in 0..200 {
            let period = format!("{}-{:02}", 2000 + month / 12, 1 + month % 12);
            let part = 100 + organisation;
            writeln!(text, "{period},T{organisation},50.0,{part},{}", 2 * part).unwrap();
        }
    }
    let reading = read_bytes(text.as_bytes(), "%", &[]);
    assert_eq!(reading.table.as_ref().map(super::Table::row_count), Some(100_000));
    assert!(reading.is_sound());
}

proptest::proptest! {
    #[test]
    fn no_file_is_too_odd(text in "(period|value|organisation|[,;\"\n\r£%*-]|[0-9]{1,4}|2024-0[1-9]|A|Total|\\PC){0,60}") {
        for head in ["", "period,value\n", "period,organisation,value,numerator,denominator\n"] {
            let reading = read_text(&format!("{head}{text}"), "%");
            if let Some(table) = reading.table {
                let rule = crate::benchmark::Rule::patients();
                let release = release(&[table], &measure("%"), Some(&rule));
                let _ = csv::text(&release.tables[0]);
                let _ = crate::benchmark::chosen(&release.tables[0]);
            }
        }
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read_bytes(&bytes, "%", &[]);
    }
}

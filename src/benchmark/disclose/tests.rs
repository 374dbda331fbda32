//! What readers see of small numbers, and what they cannot work back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{InFile, Rule, release, suppress};
use crate::benchmark::measure::{Aggregate, Counts, Level, Measure};
use crate::benchmark::output::csv;
use crate::benchmark::read::{Reading, Standing, Table, read};
use crate::source::SitePath;

pub(super) fn measure(unit: &str, counts: Counts) -> Measure {
    Measure { unit: unit.to_string(), counts, ..Measure::default() }
}

fn reading(text: &str, measure: &Measure) -> Reading {
    let unknown = |_: &str| Standing::Unknown { nearest: None };
    read(&SitePath::new("data.csv"), text.as_bytes(), &BTreeMap::new(), measure, &unknown)
}

pub(super) fn table_of(text: &str, measure: &Measure) -> Table {
    reading(text, measure).table.expect("the text is a table")
}

/// The safe CSV of tables that are released together, by their rule, without its header and `note` column.
fn safe(texts: &[&str], measure: &Measure) -> Vec<Vec<String>> {
    let tables: Vec<Table> = texts.iter().map(|text| table_of(text, measure)).collect();
    let rule = Rule::of(measure.counts);
    let release = release(&tables, measure, rule.as_ref());
    release.tables.iter().map(|table| lines(&csv::text(table))).collect()
}

fn lines(text: &str) -> Vec<String> {
    let has_notes = text.lines().next().is_some_and(|header| header.ends_with(",note"));
    let without_note = |line: &str| {
        let note = line.rfind(',').filter(|_| has_notes).unwrap_or(line.len());
        line[..note].to_string()
    };
    text.lines().skip(1).map(without_note).collect()
}

#[test]
fn patients_from_1_to_7_are_hidden_and_others_rounded() {
    let text =
        "period,organisation,value\n2024,A,0\n2024,B,1\n2024,C,7\n2024,D,8\n2024,E,12\n2024,F,13\n2024,G,-\n";
    assert_eq!(
        safe(&[text], &measure("patients", Counts::Patients))[0],
        ["2024,0,A", "2024,*,B", "2024,*,C", "2024,10,D", "2024,10,E", "2024,15,F", "2024,-,G"]
    );
}

#[test]
fn staff_from_1_to_4_are_hidden_and_others_left() {
    let text = "period,organisation,value\n2024,A,4\n2024,B,5\n2024,C,0.4\n2024,D,12.6\n";
    assert_eq!(
        safe(&[text], &measure("whole-time equivalent", Counts::Staff))[0],
        ["2024,*,A", "2024,5,B", "2024,*,C", "2024,12.6,D"]
    );
}

#[test]
fn activity_money_and_organisations_are_exempt() {
    let text = "period,organisation,value\n2024,A,3\n2024,B,12\n2024,Total,15\n";
    for counts in [Counts::Activity, Counts::Money, Counts::Organisations] {
        assert_eq!(safe(&[text], &measure("things", counts))[0], ["2024,3,A", "2024,12,B", "2024,15,Total"]);
    }
}

#[test]
fn national_figures_are_exempt_and_those_of_organisations_are_not() {
    let national = Measure { level: Level::National, ..measure("patients", Counts::Patients) };
    assert_eq!(safe(&["period,value\n2023,3\n2024,12\n"], &national)[0], ["2023,3", "2024,12"]);
    let text = "period,organisation,value\n2024,A,3\n2024,B,120\n";
    assert_eq!(safe(&[text], &national)[0], ["2024,*,A", "2024,120,B"]);
    let release = release(&[table_of(text, &national)], &national, Some(&Rule::patients()));
    assert_eq!(release.problems[0].code, "not-national");
}

#[test]
fn a_total_is_made_anew_from_what_is_shown() {
    let text = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,C,100\n2024,Total,124\n";
    let patients = measure("patients", Counts::Patients);
    assert_eq!(safe(&[text], &patients)[0], ["2024,*,A", "2024,20,B", "2024,100,C", "2024,120,Total"]);
    let release = release(&[table_of(text, &patients)], &patients, Some(&Rule::patients()));
    let reasons: Vec<(u32, &str)> =
        release.receipt.withheld.iter().map(|one| (one.row, one.reason.as_str())).collect();
    assert_eq!(reasons, [(2, "hidden, 1 to 7"), (5, "total of the figures shown")]);
    assert_eq!((release.receipt.figures, release.receipt.rounded), (4, 2));
}

#[test]
fn a_total_that_does_not_add_up_is_hidden() {
    let text = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,All trusts,140\n";
    assert_eq!(
        safe(&[text], &measure("patients", Counts::Patients))[0],
        ["2024,*,A", "2024,20,B", "2024,*,All trusts"]
    );
}

#[test]
fn years_and_quarters_do_not_reveal_a_month() {
    let text = "period,value\n2024-04,3\n2024-05,30\n2024-06,40\nQ1 2024/25,73\n2023-24,500\n";
    assert_eq!(
        safe(&[text], &measure("patients", Counts::Patients))[0],
        ["2023/24,500", "2024-04,*", "2024-04-01 to 2024-06-30,70", "2024-05,30", "2024-06,40"]
    );
}

#[test]
fn another_snapshot_does_not_reveal_a_figure() {
    let months = "period,organisation,value\n2024-04,A,3\n2024-05,A,30\n2024-06,A,40\n";
    let quarter = "period,organisation,value\nQ1 2024/25,A,73\nQ1 2024/25,B,200\n";
    let totals = "period,organisation,value\n2024-04,Total,203\n2024-05,Total,230\n";
    let revised = "period,organisation,value\n2024-04,A,9\n2024-05,A,31\n";
    let safe = safe(&[months, quarter, totals, revised], &measure("patients", Counts::Patients));
    assert_eq!(safe[1], ["2024-04-01 to 2024-06-30,*,A", "2024-04-01 to 2024-06-30,200,B"]);
    assert_eq!(safe[2], ["2024-04,*,Total", "2024-05,230,Total"]);
    assert_eq!(safe[3], ["2024-04,*,A", "2024-05,30,A"]);
}

#[test]
fn a_small_month_of_all_is_not_the_difference_of_two_grand_totals() {
    // Years of each organisation in one file, months of all in another: both add up to the same grand total.
    let years = "period,organisation,value\n2024/25,A,1200\n2024/25,B,3\n2024/25,C,700\n";
    let mut months = "period,organisation,value\n".to_string();
    for month in 4..=15 {
        let (year, month) = if month > 12 { (2025, month - 12) } else { (2024, month) };
        let figure = if month == 4 { 154 } else { 159 };
        writeln!(months, "{year}-{month:02},Total,{figure}").unwrap();
    }
    let safe = safe(&[years, &months], &measure("staff", Counts::Staff));
    assert_eq!(safe[0], ["2024/25,1200,A", "2024/25,*,B", "2024/25,700,C"]);
    assert_eq!(
        safe[1].iter().filter(|row| row.contains('*')).count(),
        1,
        "one month is hidden as well: {:?}",
        safe[1]
    );
}

#[test]
fn a_network_does_not_reveal_its_trusts() {
    let text =
        "period,organisation,value\n2024,KMIN,124\n2024,X,77\n2024,A,3\n2024,B,21\n2024,Y,31\n2024,C,100\n";
    let aggregates = vec![Aggregate {
        organisation: "KMIN".to_string(),
        members: vec!["A".to_string(), "B".to_string(), "C".to_string()],
    }];
    let declared = Measure { aggregates, ..measure("patients", Counts::Patients) };
    assert_eq!(
        safe(&[text], &declared)[0],
        ["2024,120,KMIN", "2024,75,X", "2024,*,A", "2024,20,B", "2024,30,Y", "2024,100,C"]
    );
    // Undeclared sums are seen where they stand next to their parts, or sum all others.
    let beside = "period,organisation,value\n2024,North,124\n2024,A,3\n2024,B,21\n2024,C,100\n2024,D,40\n";
    assert_eq!(safe(&[beside], &measure("patients", Counts::Patients))[0][0], "2024,*,North");
}

#[test]
fn rates_that_rest_on_few_are_hidden() {
    let text = "period,organisation,value,numerator,denominator\n\
        2024,A,60.0,3,5\n2024,B,3.0,3,100\n2024,C,50.0,50,100\n2024,D,0.0,0,6\n2024,E,37.5,18,48\n";
    assert_eq!(
        safe(&[text], &measure("%", Counts::Patients))[0],
        ["2024,*,A,*,*", "2024,*,B,*,100", "2024,50,C,50,100", "2024,*,D,0,*", "2024,40,E,20,50"]
    );
}

#[test]
fn rate_and_denominator_do_not_give_the_numerator() {
    let text =
        "period,organisation,value,denominator\n2024,A,3.0,100\n2024,B,30.0,100\n2024,Total,16.5,200\n";
    assert_eq!(
        safe(&[text], &measure("%", Counts::Patients))[0],
        ["2024,*,A,100", "2024,30,B,100", "2024,30,Total,100"]
    );
}

#[test]
fn a_rate_without_its_base_is_hidden_with_a_warning() {
    let text = "period,organisation,value\n2024,A,30.0\n2024,B,12.5\n";
    let rates = measure("%", Counts::Patients);
    assert_eq!(safe(&[text], &rates)[0], ["2024,*,A", "2024,*,B"]);
    let release = release(&[table_of(text, &rates)], &rates, Some(&Rule::patients()));
    assert_eq!(release.problems[0].code, "no-denominator");
}

#[test]
fn the_rate_of_a_total_is_that_of_the_figures_shown() {
    let text = "period,organisation,value,numerator,denominator\n\
        2024,A,3.0,3,100\n2024,B,20.0,20,100\n2024,C,40.0,40,100\n2024,Total,21.0,63,300\n";
    assert_eq!(safe(&[text], &measure("%", Counts::Patients))[0][3], "2024,30,Total,60,200");
}

#[test]
fn differences_that_are_small_figures_are_hidden() {
    let patients = measure("patients", Counts::Patients);
    // B is not listed, and would be 3.
    let rest = "period,organisation,value\n2024,A,100\n2024,C,50\n2024,Total,153\n";
    assert_eq!(safe(&[rest], &patients)[0][2], "2024,*,Total");
    // Year to date: July would be 3.
    let to_date = "period,value\n2024-04-01 to 2024-06-30,120\n2024-04-01 to 2024-07-31,123\n2024-04-01 to 2024-08-31,150\n";
    assert_eq!(
        safe(&[to_date], &patients)[0],
        ["2024-04-01 to 2024-06-30,120", "2024-04-01 to 2024-07-31,*", "2024-04-01 to 2024-08-31,*"]
    );
}

#[test]
fn the_country_is_shown_where_it_holds_far_more() {
    let patients = measure("patients", Counts::Patients);
    let far_more = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,England,120000\n";
    assert_eq!(safe(&[far_more], &patients)[0][2], "2024,120000,England");
    let no_more = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,England,34\n";
    assert_eq!(safe(&[no_more], &patients)[0][2], "2024,*,England");
}

#[test]
fn expected_numbers_are_not_rounded() {
    let text = "period,organisation,value,numerator,denominator\n2024,A,1.07,21,19.7\n2024,B,0.61,3,4.9\n2024,C,0.5,4,8.0\n";
    assert_eq!(
        safe(&[text], &measure("standardised ratio", Counts::Patients))[0],
        ["2024,1.07,A,20,19.7", "2024,*,B,*,*", "2024,*,C,*,8"]
    );
}

#[test]
fn categories_and_their_totals() {
    let text =
        "period,category,value\n2024,20 to 29,3\n2024,30 to 39,40\n2024,40 to 49,60\n2024,All ages,103\n";
    assert_eq!(
        safe(&[text], &measure("staff", Counts::Staff))[0],
        ["2024,*,20 to 29", "2024,40,30 to 39", "2024,60,40 to 49", "2024,100,All ages"]
    );
}

#[test]
fn a_rule_can_be_changed() {
    let rule = Rule { hide_to: 10, round_to: 10, ..Rule::patients() };
    let patients = measure("patients", Counts::Patients);
    let release = release(&[table_of("period,value\n2023,9\n2024,16\n", &patients)], &patients, Some(&rule));
    assert_eq!(lines(&csv::text(&release.tables[0])), ["2023,*", "2024,20"]);
    assert_eq!(rule.words(), "Counts from 1 to 10 are hidden and others are rounded to the nearest 10.");
}

#[test]
fn a_safe_file_is_safe_already() {
    let raw = "\u{feff}Month,Trust,Count\r\n2024-04,A,3\r\n2024-04,B,21\r\n2024-04,C,\"1,100\"\r\n2024-04,Total,\"1,124\"\r\n";
    let columns: BTreeMap<String, String> =
        [("period", "Month"), ("organisation", "Trust"), ("value", "Count")]
            .map(|(usual, own)| (usual.to_string(), own.to_string()))
            .into();
    let patients = measure("patients", Counts::Patients);
    let path = SitePath::new("raw.csv");
    let once = suppress(&path, raw.as_bytes(), &columns, &patients, &Rule::patients());
    assert!(once.problems.is_empty(), "{:?}", once.problems);
    let text = once.csv.unwrap();
    assert_eq!(
        text,
        "period,value,organisation,note\r\n\
         2024-04,*,A,value hidden: 1 to 7\r\n\
         2024-04,20,B,\r\n\
         2024-04,1100,C,\r\n\
         2024-04,1120,Total,total of the figures shown\r\n"
    );
    let twice = suppress(&path, text.as_bytes(), &BTreeMap::new(), &patients, &Rule::patients());
    let lines_of = |text: &str| lines(text);
    assert_eq!(lines_of(&twice.csv.unwrap()), lines_of(&text));
}

#[test]
fn a_file_with_errors_is_not_made_safe() {
    let safe = suppress(
        &SitePath::new("raw.csv"),
        b"period,value\n2024-04,about 3\n",
        &BTreeMap::new(),
        &measure("patients", Counts::Patients),
        &Rule::patients(),
    );
    assert!(safe.csv.is_none() && safe.receipt.is_none());
    assert_eq!(safe.problems[0].code, "not-a-number");
}

/// Counts of organisations over months, with a row for all of them.
fn counts(figures: &[Vec<u32>], has_total: bool) -> String {
    let mut text = "period,organisation,value\n".to_string();
    for (month, row) in figures.iter().enumerate() {
        for (number, figure) in row.iter().enumerate() {
            writeln!(text, "2024-{:02},T{number},{figure}", month + 1).unwrap();
        }
        if has_total {
            writeln!(text, "2024-{:02},Total,{}", month + 1, row.iter().sum::<u32>()).unwrap();
        }
    }
    text
}

#[test]
fn rounding_makes_no_figure_small() {
    let rule = Rule { hide_to: 10, round_to: 20, ..Rule::patients() };
    let patients = measure("patients", Counts::Patients);
    let table = table_of("period,value\n2021,10\n2022,11\n2023,29\n2024,31\n", &patients);
    let release = release(&[table], &patients, Some(&rule));
    assert_eq!(lines(&csv::text(&release.tables[0])), ["2021,*", "2022,20", "2023,20", "2024,40"]);
}

#[test]
fn what_was_hidden_before_keeps_its_reason() {
    let patients = measure("%", Counts::Patients);
    let raw = "period,organisation,value,numerator,denominator\n2024,A,60.0,3,5\n2024,B,3.0,3,100\n";
    let path = SitePath::new("raw.csv");
    let safe = suppress(&path, raw.as_bytes(), &BTreeMap::new(), &patients, &Rule::patients());
    let text = safe.csv.unwrap();
    let again = suppress(&path, text.as_bytes(), &BTreeMap::new(), &patients, &Rule::patients());
    let receipt = again.receipt.unwrap();
    assert_eq!(receipt.withheld[0].reason, "hidden, rests on 7 or fewer");
    assert_eq!(receipt.withheld[1].reason, "hidden, 1 to 7");
    assert!(receipt.withheld.iter().all(|withheld| withheld.in_file == InFile::Nothing));
    assert_eq!(again.csv.unwrap(), text);
}

#[test]
fn a_rate_with_its_denominator_discloses_what_it_rests_on() {
    let patients = measure("%", Counts::Patients);
    let raw = "period,organisation,value,denominator\n2024,A,3.0,100\n2024,B,66.7,24\n";
    let table = table_of(raw, &patients);
    let release = release(&[table], &patients, Some(&Rule::patients()));
    let small: Vec<u32> = release
        .receipt
        .withheld
        .iter()
        .filter(|one| one.in_file == InFile::Telling)
        .map(|one| one.row)
        .collect();
    assert_eq!(small, [2]);
}

#[test]
fn all_but_a_few_tell_the_few() {
    // Of 50 reports 49 in time: one was late. 92 of 100 would be rounded to a difference of 10, 93 of 102 to one of 5.
    let text = "period,organisation,value,numerator,denominator\n\
        2024,A,98.0,49,50\n2024,B,92.0,92,100\n2024,C,100.0,60,60\n2024,D,91.2,93,102\n2024,Total,94.2,294,312\n";
    let patients = measure("%", Counts::Patients);
    assert_eq!(
        safe(&[text], &patients)[0],
        [
            "2024,*,A,*,50",
            "2024,90,B,90,100",
            "2024,100,C,60,60",
            "2024,*,D,*,100",
            "2024,93.8,Total,150,160"
        ]
    );
    let staff = measure("%", Counts::Staff);
    assert_eq!(safe(&[text], &staff)[0][0], "2024,*,A,*,50");
    assert_eq!(safe(&[text], &staff)[0][3], "2024,91.2,D,93,102");
    let activity = measure("%", Counts::Activity);
    assert_eq!(safe(&[text], &activity)[0][0], "2024,98,A,49,50", "reports are no people");
    // Observed over expected deaths, and events per 1,000, are no parts of a whole.
    let ratio = "period,organisation,value,numerator,denominator\n2024,A,0.98,49,50\n";
    assert_eq!(safe(&[ratio], &measure("standardised ratio", Counts::Patients))[0], ["2024,0.98,A,50,50"]);
    // A rate and its denominator tell the numerator, and so the few as well.
    let rate = "period,organisation,value,denominator\n2024,A,98.0,50\n2024,B,60.0,50\n";
    assert_eq!(safe(&[rate], &patients)[0], ["2024,*,A,50", "2024,60,B,50"]);
    let table = table_of(text, &patients);
    let release = release(&[table], &patients, Some(&Rule::patients()));
    let first = &release.receipt.withheld[0];
    assert_eq!((first.reason.as_str(), first.in_file), ("hidden, all but 1 to 7", InFile::Telling));
}

/// Rows and columns of files that are committed as they stand and give something away.
fn given_away(texts: &[&str], measure: &Measure) -> Vec<(u32, &'static str)> {
    let tables: Vec<Table> = texts.iter().map(|text| table_of(text, measure)).collect();
    let release = release(&tables, measure, Rule::of(measure.counts).as_ref());
    let telling = release.receipt.withheld.iter().filter(|one| one.in_file != InFile::Nothing);
    telling.map(|one| (one.row, one.column)).collect()
}

#[test]
fn files_that_give_away_what_they_hide() {
    let patients = measure("patients", Counts::Patients);
    let staff = measure("staff", Counts::Staff);
    let one = "period,organisation,value\n2024,A,*\n2024,B,21\n2024,C,103\n2024,Total,128\n";
    for measure in [&patients, &staff] {
        assert_eq!(given_away(&[one], measure), [(5, "value")], "one hidden beside an exact total");
    }
    let few = "period,organisation,value\n2024,A,*\n2024,B,*\n2024,C,103\n2024,Total,105\n";
    assert_eq!(given_away(&[few], &patients), [(5, "value")], "two that can only be 1 each");
    let months = "period,value\n2024-04,*\n2024-05,31\n2024-06,42\n";
    let quarter = "period,value\nQ1 2024/25,77\n";
    assert_eq!(given_away(&[months, quarter], &patients), [(2, "value")], "another round");
    let revised = "period,organisation,value\n2024,A,*\n2024,B,31\n";
    let shown = "period,organisation,value\n2024,A,4\n2024,B,31\n";
    assert_eq!(given_away(&[revised, shown], &patients), [(2, "value")]);
    let rate = "period,organisation,value,numerator,denominator\n2024,A,3.0,*,100\n2024,B,41.0,41,100\n";
    assert_eq!(given_away(&[rate], &measure("%", Counts::Patients)), [(2, "value")], "rate × denominator");
    // The hidden B follows from its rate, and then A from the total.
    let chain = "period,organisation,value,numerator,denominator\n\
        2024,A,*,*,100\n2024,B,21.0,*,100\n2024,C,41.0,41,100\n2024,Total,21.7,65,300\n";
    let found = given_away(&[chain], &measure("%", Counts::Patients));
    assert!(found.contains(&(5, "numerator")) && found.contains(&(5, "value")), "{found:?}");
    let rest = "period,organisation,value\n2024,A,100\n2024,C,51\n2024,Total,154\n";
    assert_eq!(given_away(&[rest], &patients), [(4, "value")], "B is not listed, and is 3");
    let to_date = "period,value\n2024-04-01 to 2024-06-30,120\n2024-04-01 to 2024-07-31,123\n";
    assert_eq!(given_away(&[to_date], &staff), [(3, "value")], "July is 3");
    // Rows and columns: A in May follows from May, then A in April from A's own total.
    let square = "period,organisation,value\n2024-04,A,*\n2024-04,B,*\n2024-05,A,*\n2024-05,B,88\n\
        2024-05,Total,91\n2024-04-01 to 2024-05-31,A,8\n";
    assert_eq!(given_away(&[square], &staff).len(), 2, "{:?}", given_away(&[square], &staff));
}

#[test]
fn files_that_keep_what_they_hide() {
    let patients = measure("patients", Counts::Patients);
    for text in [
        // A second one hidden by hand: 3 and 21, or any two that make 24.
        "period,organisation,value\n2024,A,*\n2024,B,*\n2024,C,103\n2024,Total,127\n",
        // The total holds others as well.
        "period,organisation,value\n2024,A,*\n2024,B,21\n2024,C,103\n2024,England,912345\n",
        // As Hospital Episode Statistics are published: the rounding protects.
        "period,organisation,value\n2024,A,*\n2024,B,20\n2024,C,105\n2024,Total,130\n",
        // Nobody knows how many of the third.
        "period,organisation,value\n2024,A,*\n2024,B,21\n2024,C,-\n2024,Total,121\n",
    ] {
        assert_eq!(given_away(&[text], &patients), [], "{text}");
    }
}

#[test]
fn the_country_does_not_give_its_organisations_away() {
    let national = Measure { level: Level::National, ..measure("staff", Counts::Staff) };
    let text = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,England,24\n";
    assert_eq!(safe(&[text], &national)[0], ["2024,*,A", "2024,21,B", "2024,21,England"]);
    let far_more = "period,organisation,value\n2024,A,3\n2024,B,21\n2024,England,120000\n";
    assert_eq!(safe(&[far_more], &national)[0][2], "2024,120000,England");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn making_a_safe_file_safe_changes_nothing(
        figures in proptest::collection::vec(proptest::collection::vec(0u32..60, 4), 1..5),
        has_total in proptest::bool::ANY,
    ) {
        for (counts_what, rule) in [(Counts::Patients, Rule::patients()), (Counts::Staff, Rule::staff())] {
            let measure = measure("people", counts_what);
            let path = SitePath::new("raw.csv");
            let raw = counts(&figures, has_total);
            let once = suppress(&path, raw.as_bytes(), &BTreeMap::new(), &measure, &rule).csv.unwrap();
            let again = suppress(&path, once.as_bytes(), &BTreeMap::new(), &measure, &rule);
            let receipt = again.receipt.unwrap();
            proptest::prop_assert!(receipt.withheld.iter().all(|withheld| withheld.in_file == InFile::Nothing));
            proptest::prop_assert_eq!(again.csv.unwrap(), once);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn a_file_that_was_made_safe_can_be_committed(
        figures in proptest::collection::vec(proptest::collection::vec((0u32..40, 0u32..40), 4), 1..5),
        has_total in proptest::bool::ANY,
        has_numerators in proptest::bool::ANY,
    ) {
        let mut raw = "period,organisation,value,numerator,denominator\n".to_string();
        for (month, row) in figures.iter().enumerate() {
            let sum = row.iter().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
            let total = has_total.then_some(("Total".to_string(), sum));
            let named = row.iter().enumerate().map(|(place, own)| (format!("T{place}"), *own));
            for (name, (numerator, others)) in named.chain(total) {
                let base = numerator + others;
                let rate = f64::from(numerator) / f64::from(base.max(1)) * 100.0;
                let value = if base == 0 { "-".to_string() } else { format!("{rate:.2}") };
                let numerator = if has_numerators { numerator.to_string() } else { "-".to_string() };
                writeln!(raw, "2024-{:02},{name},{value},{numerator},{base}", month + 1).unwrap();
            }
        }
        for (counted, rule) in [(Counts::Patients, Rule::patients()), (Counts::Staff, Rule::staff())] {
            let measure = measure("%", counted);
            let safe = suppress(&SitePath::new("raw.csv"), raw.as_bytes(), &BTreeMap::new(), &measure, &rule);
            let text = safe.csv.unwrap();
            let table = table_of(&text, &measure);
            let receipt = release(&[table], &measure, Some(&rule)).receipt;
            let telling: Vec<_> = receipt.withheld.iter().filter(|one| one.in_file != InFile::Nothing).collect();
            proptest::prop_assert!(telling.is_empty(), "{telling:?} in\n{text}of\n{raw}");
        }
    }
}

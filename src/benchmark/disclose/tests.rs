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
pub(super) fn safe(texts: &[&str], measure: &Measure) -> Vec<Vec<String>> {
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

//! What may stand in files that are committed, and what figures tell by their rests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::tests::{measure, safe, table_of};
use super::{InFile, Rule, release, suppress};
use crate::benchmark::measure::{Counts, Level, Measure};
use crate::benchmark::read::Table;
use crate::source::SitePath;

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

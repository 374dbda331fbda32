//! An attacker who sees all that is released, knows the rule and knows which rows are totals of which, tries every
//! world there could be. Whatever is hidden as small must be able to be any number of the hidden range.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::tests::{measure, table_of};
use super::{Rule, release};
use crate::benchmark::measure::Counts;
use crate::benchmark::released::{Hidden, How, Released, Shown};

/// The cells that there are: 2 organisations and their total, 2 months and both together. The first 4 are free.
const CELLS: [(&str, &str); 9] = [
    ("A", "2024-04"),
    ("A", "2024-05"),
    ("B", "2024-04"),
    ("B", "2024-05"),
    ("A", "2024-04-01 to 2024-05-31"),
    ("B", "2024-04-01 to 2024-05-31"),
    ("Total", "2024-04"),
    ("Total", "2024-05"),
    ("Total", "2024-04-01 to 2024-05-31"),
];

/// Each cell as the sum of free ones.
const SUMS: [&[usize]; 9] = [&[0], &[1], &[2], &[3], &[0, 1], &[2, 3], &[0, 2], &[1, 3], &[0, 1, 2, 3]];

fn world(free: [u32; 4]) -> [u32; 9] {
    SUMS.map(|parts| parts.iter().map(|part| free[*part]).sum())
}

/// A file with those cells that `is_listed` has.
fn csv(cells: &[u32; 9], is_listed: [bool; 9]) -> String {
    let mut text = "period,organisation,value\n".to_string();
    for ((organisation, period), (figure, is_listed)) in CELLS.iter().zip(cells.iter().zip(is_listed)) {
        if is_listed {
            writeln!(text, "{period},{organisation},{figure}").unwrap();
        }
    }
    text
}

/// What is seen of each cell, from all tables.
fn seen(tables: &[Released]) -> Vec<(usize, Shown)> {
    let mut seen = Vec::new();
    for table in tables {
        for row in table.rows() {
            let organisation =
                table.organisation_of(row).map_or("", |organisation| organisation.code.as_str());
            let code = row.when.code();
            let cell = CELLS.iter().position(|cell| *cell == (organisation, code.as_str()));
            seen.push((cell.expect("the cell is one of those written"), row.value));
        }
    }
    seen
}

/// Whether a world could have been released as this.
fn is_possible(world: &[u32; 9], seen: &[(usize, Shown)], rule: &Rule) -> bool {
    seen.iter().all(|(cell, shown)| {
        let figure = f64::from(world[*cell]);
        match shown {
            // Made from figures that are seen already.
            Shown::Figure { how: How::TotalOfShown, .. } | Shown::NotGiven | Shown::Absent => true,
            Shown::Figure { figure: rounded, .. } => {
                !rule.is_small(figure) && (rule.rounded(figure) - *rounded).abs() < 1e-9
            }
            Shown::Hidden(Hidden::Small(_)) => rule.is_small(figure),
            Shown::Hidden(_) => !rule.is_small(figure) || *cell > 3,
        }
    })
}

/// The values that each cell hidden as small could have.
fn possible_values(seen: &[(usize, Shown)], rule: &Rule, most: u32) -> BTreeMap<usize, Vec<bool>> {
    let hidden = |cell: &usize| {
        seen.iter().any(|(other, shown)| other == cell && matches!(shown, Shown::Hidden(Hidden::Small(_))))
    };
    let hidden: Vec<usize> = (0..CELLS.len()).filter(hidden).collect();
    let mut found: BTreeMap<usize, Vec<bool>> =
        hidden.iter().map(|cell| (*cell, vec![false; rule.hide_to as usize + 1])).collect();
    for a in 0..=most {
        for b in 0..=most {
            for c in 0..=most {
                for d in 0..=most {
                    let world = world([a, b, c, d]);
                    if is_possible(&world, seen, rule) {
                        for cell in &hidden {
                            let values = found.get_mut(cell).expect("every hidden cell has a list");
                            values[world[*cell] as usize] = true;
                        }
                    }
                }
            }
        }
    }
    found
}

fn free() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 1_u32..=7, 1 => Just(0_u32), 3 => 8_u32..=16]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_hidden_cell_can_be_narrowed_down(
        free in prop::array::uniform4(free()),
        first in prop::array::uniform9(prop::bool::weighted(0.8)),
        second in prop::array::uniform9(prop::bool::weighted(0.3)),
        is_staff in any::<bool>(),
    ) {
        let rule = if is_staff { Rule::staff() } else { Rule::patients() };
        let measure = measure("people", Counts::Patients);
        let cells = world(free);
        let texts: Vec<String> = [first, second]
            .into_iter()
            .filter(|listed| listed.iter().any(|listed| *listed))
            .map(|listed| csv(&cells, listed))
            .collect();
        let tables: Vec<_> = texts.iter().map(|text| table_of(text, &measure)).collect();
        let release = release(&tables, &measure, Some(&rule));
        let seen = seen(&release.tables);
        prop_assert!(is_possible(&cells, &seen, &rule), "the true world must be possible: {seen:?}");
        for (cell, values) in possible_values(&seen, &rule, 18) {
            prop_assert!(
                values[1..].iter().all(|is_possible| *is_possible),
                "{:?} can only be {values:?} in {texts:?} released as {seen:?}",
                CELLS[cell]
            );
        }
    }

}

proptest! {
    #[test]
    fn another_hidden_number_changes_nothing(
        leaves in prop::collection::vec(prop_oneof![2 => 1_u32..=7, 3 => 200_u32..330], 12),
        chosen in 0_usize..12,
        other in 1_u32..=7,
        has_rates in any::<bool>(),
    ) {
        // 4 organisations in 3 months with quarters and totals. The large figures of an organisation are 1,000 × 2^n
        // and some, so that no figure is the sum of others by accident.
        let mut leaves: Vec<u32> = leaves
            .iter()
            .enumerate()
            .map(|(place, leaf)| if *leaf > 7 { leaf + (1000 << (place / 3)) * (1 + place as u32 % 3) } else { *leaf })
            .collect();
        let written = |leaves: &[u32]| {
            let of = |organisation: usize, month: usize| leaves[organisation * 3 + month];
            let mut text = if has_rates {
                "period,organisation,value,numerator,denominator\n".to_string()
            } else {
                "period,organisation,value\n".to_string()
            };
            for organisation in 0..=4 {
                for month in 0..=3 {
                    let (organisations, months) = (
                        if organisation == 4 { 0..4 } else { organisation..organisation + 1 },
                        if month == 3 { 0..3 } else { month..month + 1 },
                    );
                    let figure: u32 =
                        organisations.clone().flat_map(|o| months.clone().map(move |m| (o, m))).map(|(o, m)| of(o, m)).sum();
                    let count = organisations.clone().count() * months.clone().count() * 100_000;
                    let name = if organisation == 4 { "Total".to_string() } else { format!("T{organisation}") };
                    let period = if month == 3 { "Q1 2024/25".to_string() } else { format!("2024-0{}", 4 + month) };
                    if has_rates {
                        let rate = f64::from(figure) / f64::from(u32::try_from(count).unwrap()) * 100.0;
                        writeln!(text, "{period},{name},{rate:.4},{figure},{count}").unwrap();
                    } else {
                        writeln!(text, "{period},{name},{figure}").unwrap();
                    }
                }
            }
            text
        };
        leaves[chosen] = leaves[chosen].min(3);
        let unit = if has_rates { "%" } else { "patients" };
        let measure = measure(unit, Counts::Patients);
        let safe = |leaves: &[u32]| {
            let release = release(&[table_of(&written(leaves), &measure)], &measure, Some(&Rule::patients()));
            let statistics: Vec<String> = release
                .tables
                .iter()
                .flat_map(|table| [crate::benchmark::output::csv::text(table), crate::benchmark::output::json::rows(table).to_string()])
                .collect();
            (statistics, release.receipt)
        };
        let before = safe(&leaves);
        leaves[chosen] = other;
        prop_assert_eq!(before, safe(&leaves));
    }
}

//! Funnel limits against published worked examples, and what must hold for any organisations.

use proptest::prelude::*;

use super::*;

fn input(name: &str, numerator: f64, denominator: f64) -> FunnelInput {
    FunnelInput { name: name.to_string(), code: name.to_string(), numerator, denominator }
}

#[track_caller]
fn near(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() <= by, "{found} is not {wanted}");
}

#[test]
fn limits_of_a_proportion() {
    let whole = 100_000_000.0;
    let inputs = [input("a", whole * 0.806_424_48, whole), input("b", whole * 0.806_424_48, whole)];
    let funnel = Funnel::new(&inputs, FunnelKind::Proportion, 100.0, false).unwrap();
    near(funnel.centre, 80.642_448, 1e-6);
    for (denominator, wanted) in [
        (50.0, [69.691_035, 91.593_861, 63.375_595, 97.909_301]),
        (1008.0, [78.203_374, 83.081_521, 76.796_814, 84.488_082]),
    ] {
        let limits = funnel.limits(denominator);
        let found = [limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998];
        for (found, wanted) in found.into_iter().zip(wanted) {
            near(found, wanted, 1e-5);
        }
    }
}

#[test]
fn exact_limits_of_a_ratio() {
    let inputs = [input("a", 10.0, 10.0), input("b", 20.0, 20.0)];
    let funnel = Funnel::new(&inputs, FunnelKind::Ratio, 1.0, false).unwrap();
    for (expected, wanted) in [
        (15.0, [0.559_692_4, 1.649_348, 0.386_265, 2.082_907]),
        (20.0, [0.610_826_0, 1.544_419, 0.447_910_7, 1.902_094]),
        (30.0, [0.674_695_8, 1.427_562, 0.528_972_4, 1.702_771]),
    ] {
        let limits = funnel.limits(expected);
        let found = [limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998];
        for (found, wanted) in found.into_iter().zip(wanted) {
            near(found, wanted, 1e-6);
        }
    }
}

#[test]
fn who_lies_outside_is_told_by_name() {
    let mut inputs: Vec<FunnelInput> =
        (0..30).map(|number| input(&format!("Trust {number}"), 50.0, 100.0)).collect();
    inputs.push(input("Hill", 80.0, 100.0));
    inputs.push(input("Vale", 20.0, 100.0));
    let funnel = Funnel::new(&inputs, FunnelKind::Proportion, 100.0, false).unwrap();
    assert_eq!(
        funnel.headline(),
        "One of 32 organisations is above the upper 99.8% limit: Hill; one of 32 organisations is below the lower 99.8% limit: Vale"
    );
    let funnel = Funnel::new(&inputs[..30], FunnelKind::Proportion, 100.0, false).unwrap();
    assert_eq!(funnel.headline(), "All 30 organisations are within the 99.8% limits");
}

#[test]
fn overdispersion_widens_limits_where_there_is_any() {
    let alike: Vec<FunnelInput> = (0..20).map(|number| input(&number.to_string(), 50.0, 100.0)).collect();
    let funnel = Funnel::new(&alike, FunnelKind::Proportion, 100.0, true).unwrap();
    near(funnel.overdispersion.unwrap().tau_squared, 0.0, 0.0);
    assert_eq!(
        funnel.limits(80.0),
        Funnel::new(&alike, FunnelKind::Proportion, 100.0, false).unwrap().limits(80.0)
    );

    // Two groups of organisations of one size, 4 standard errors from the middle on the arcsine scale: no score is
    // pulled in, so phi is 16 and tau squared (20 × 16 − 19) ÷ (20 w − w) with w = 4 × 400.
    let middle = std::f64::consts::FRAC_PI_4;
    let apart: Vec<FunnelInput> = (0..20)
        .map(|number| {
            let step = if number % 2 == 0 { 4.0 } else { -4.0 } / (2.0 * 400.0_f64.sqrt());
            input(&number.to_string(), 400.0 * (middle + step).sin().powi(2), 400.0)
        })
        .collect();
    let funnel = Funnel::new(&apart, FunnelKind::Proportion, 100.0, true).unwrap();
    let found = funnel.overdispersion.unwrap();
    near(found.phi, 16.0, 1e-9);
    near(found.tau_squared, (20.0 * 16.0 - 19.0) / (19.0 * 1600.0), 1e-12);
    assert!(funnel.points.iter().all(|point| point.zone == Zone::Within));
    let plain = Funnel::new(&apart, FunnelKind::Proportion, 100.0, false).unwrap();
    assert!(plain.points.iter().all(|point| point.zone != Zone::Within));
}

proptest! {
    #[test]
    fn limits_lie_around_the_centre_and_narrow_with_size(
        inputs in prop::collection::vec((0_u32..500, 1_u32..5000), 2..40),
        is_ratio in any::<bool>(),
        is_adjusted in any::<bool>(),
    ) {
        let inputs: Vec<FunnelInput> =
            inputs.iter().map(|(part, rest)| input("x", f64::from(*part), f64::from(part + rest))).collect();
        let kind = if is_ratio { FunnelKind::Ratio } else { FunnelKind::Proportion };
        let funnel = Funnel::new(&inputs, kind, 100.0, is_adjusted).unwrap();
        let mut before: Option<Limits> = None;
        for denominator in [1.0, 8.0, 50.0, 400.0, 10_000.0, 1e7] {
            let limits = funnel.limits(denominator);
            prop_assert!(limits.lower_998 <= limits.lower_95 && limits.upper_95 <= limits.upper_998);
            prop_assert!(limits.lower_95 <= funnel.centre + 1e-6 && funnel.centre - 1e-6 <= limits.upper_95);
            if let Some(before) = before {
                prop_assert!(limits.upper_998 - limits.lower_998 <= before.upper_998 - before.lower_998 + 1e-6);
            }
            before = Some(limits);
        }
    }
}

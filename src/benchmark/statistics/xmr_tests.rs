//! `XmR` charts against published worked examples, and what must hold for any series.

use proptest::prelude::*;

use super::*;

/// The example of `NHSRplotthedots`, "Deviations from Excel defaults".
const SPIKE: [f64; 18] =
    [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];

/// Breaches of 4 hours in type 1 departments of RQM, April 2016 to March 2019 (NHS England; `NHSRdatasets`, CC0).
const BREACHES: [f64; 36] = [
    1199.0, 929.0, 970.0, 1178.0, 1110.0, 1388.0, 2061.0, 1985.0, 2675.0, 3141.0, 1942.0, 2030.0, 1309.0,
    1960.0, 1169.0, 1117.0, 1085.0, 1492.0, 1280.0, 1197.0, 1569.0, 1406.0, 1328.0, 1564.0, 1204.0, 1130.0,
    1190.0, 1064.0, 1073.0, 1255.0, 1264.0, 1552.0, 1267.0, 1587.0, 1774.0, 1116.0,
];

fn options() -> Options {
    Options::default()
}

fn screened() -> Options {
    Options { is_screened: true, ..Options::default() }
}

/// Points with a cause, numbered from 1.
fn of_cause(xmr: &Xmr, cause: SpecialCause) -> Vec<usize> {
    xmr.flagged().filter(|(_, flag)| flag.cause == cause).map(|(place, _)| place + 1).collect()
}

#[track_caller]
fn near(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() <= by, "{found} is not {wanted}");
}

#[test]
fn one_spike_with_and_without_screening() {
    let plain = Xmr::new(&SPIKE, &options());
    let phase = plain.last_phase().unwrap();
    near(phase.mean, 1.94, 0.005);
    near(phase.lower, -3.06, 0.005);
    near(phase.upper, 6.95, 0.005);
    assert_eq!(of_cause(&plain, SpecialCause::Outside), [5]);
    let screened = Xmr::new(&SPIKE, &screened());
    let phase = screened.last_phase().unwrap();
    near(phase.mean, 1.94, 0.005);
    near(phase.lower, -0.72, 0.005);
    near(phase.upper, 4.60, 0.005);
    assert_eq!((phase.screened, of_cause(&screened, SpecialCause::Outside)), (2, vec![5]));
}

#[test]
fn breaches_of_36_months() {
    let xmr = Xmr::new(&BREACHES, &Options { direction: Direction::Lower, ..options() });
    let phase = xmr.last_phase().unwrap();
    near(phase.mean, 1460.0, 1e-9);
    near(phase.lower, 668.612, 1e-3);
    near(phase.upper, 2251.388, 1e-3);
    assert_eq!(of_cause(&xmr, SpecialCause::Outside), [9, 10]);
    assert_eq!(of_cause(&xmr, SpecialCause::Run), [25, 26, 27, 28, 29, 30, 31]);
    assert_eq!(xmr.flagged().count(), 9);
    let meaning = |place: usize| xmr.points[place - 1].flag.map(|flag| flag.meaning);
    assert_eq!((meaning(9), meaning(25)), (Some(Meaning::Concern), Some(Meaning::Improvement)));
    assert_eq!(xmr.variation, Some(Variation::CommonCause));
}

#[test]
fn breaches_with_screening() {
    let xmr = Xmr::new(&BREACHES, &screened());
    let phase = xmr.last_phase().unwrap();
    near(phase.lower, 739.140, 1e-3);
    near(phase.upper, 2180.860, 1e-3);
    assert_eq!(of_cause(&xmr, SpecialCause::Outside), [9, 10]);
    assert_eq!(of_cause(&xmr, SpecialCause::NearLimit), [2, 3, 7, 8, 11, 12]);
    assert_eq!(of_cause(&xmr, SpecialCause::Run), [25, 26, 27, 28, 29, 30, 31]);
    let way = |place: usize| xmr.points[place - 1].flag.map(|flag| flag.way);
    assert_eq!((way(2), way(7)), (Some(Way::Down), Some(Way::Up)));
}

#[test]
fn a_trend_needs_seven_points_that_rise_strictly() {
    // The ends of a short trend lie outside its narrow limits, which is the cause that comes first.
    let flagged = |values: &[f64]| -> Vec<usize> {
        let xmr = Xmr::new(values, &options());
        if of_cause(&xmr, SpecialCause::Trend).is_empty() {
            return Vec::new();
        }
        xmr.flagged()
            .filter(|(_, flag)| flag.cause <= SpecialCause::Trend)
            .map(|(place, _)| place + 1)
            .collect()
    };
    assert_eq!(flagged(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(flagged(&[2.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 3.0]), [2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(flagged(&[1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0]), [0; 0]);
    assert_eq!(flagged(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), [0; 0]);
    let falling = Xmr::new(
        &[7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0],
        &Options { direction: Direction::Higher, ..options() },
    );
    let middle = falling.points[3].flag.unwrap();
    assert_eq!(
        (middle.cause, middle.way, middle.meaning),
        (SpecialCause::Trend, Way::Down, Meaning::Concern)
    );
    assert_eq!(falling.variation, Some(Variation::ConcernLow));
}

#[test]
fn a_point_on_the_mean_breaks_a_run() {
    // The mean is 0 by symmetry; small steps between large ones keep the limits wide.
    let run = |middle: f64| {
        let mut values = vec![0.5, 3.0, 0.5, middle, 3.0, 0.5, 3.0];
        values.extend([-0.5, -3.0, -0.5, -middle, -3.0, -0.5, -3.0]);
        Xmr::new(&values, &options())
    };
    assert_eq!(of_cause(&run(1.0), SpecialCause::Run).len(), 14);
    assert_eq!(of_cause(&run(0.0), SpecialCause::Run).len(), 0);
}

#[test]
fn limits_are_worked_out_anew_after_a_step_change() {
    let mut values = vec![10.0, 12.0, 11.0, 13.0, 10.0, 12.0];
    values.extend([20.0, 22.0, 21.0, 23.0, 20.0, 22.0]);
    let xmr = Xmr::new(&values, &Options { recalculate_from: vec![6, 0, 99], ..options() });
    assert_eq!(xmr.phases.len(), 2);
    near(xmr.phases[0].mean, 68.0 / 6.0, 1e-9);
    near(xmr.phases[1].mean, 128.0 / 6.0, 1e-9);
    near(xmr.phases[0].mean_moving_range, 2.0, 1e-9);
    assert_eq!(xmr.points[6].phase, 1);
    assert_eq!(xmr.flagged().count(), 0);
    assert!(xmr.phases.iter().all(|phase| phase.is_trial));
}

#[test]
fn a_target_is_judged_by_the_latest_limits() {
    let with = |target, direction| {
        Xmr::new(&[10.0, 12.0, 11.0, 13.0, 10.0], &Options { target: Some(target), direction, ..options() })
            .assurance
    };
    assert_eq!(with(30.0, Direction::Higher), Some(Assurance::Fail));
    assert_eq!(with(30.0, Direction::Lower), Some(Assurance::Pass));
    assert_eq!(with(11.0, Direction::Higher), Some(Assurance::HitOrMiss));
    assert_eq!(with(1.0, Direction::Higher), Some(Assurance::Pass));
    assert_eq!(with(1.0, Direction::Neutral), None);
}

#[test]
fn one_figure_shows_no_icon_and_equal_figures_no_cause() {
    let one = Xmr::new(&[5.0], &Options { target: Some(4.0), direction: Direction::Higher, ..options() });
    assert_eq!((one.variation, one.assurance), (None, None));
    assert!(Xmr::new(&[], &options()).phases.is_empty());
    for is_screened in [false, true] {
        let equal = Xmr::new(&[0.1; 20], &Options { is_screened, ..options() });
        assert_eq!((equal.flagged().count(), equal.last_phase().unwrap().screened), (0, 0));
    }
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((-10_000_i32..10_000).prop_map(|value| f64::from(value) / 10.0), 1..60)
}

proptest! {
    #[test]
    fn the_mean_lies_within_the_limits_and_screening_narrows_them(values in values()) {
        let plain = Xmr::new(&values, &options());
        let screened = Xmr::new(&values, &screened());
        for xmr in [&plain, &screened] {
            let phase = xmr.last_phase().unwrap();
            prop_assert!(phase.lower <= phase.near_lower && phase.near_lower <= phase.mean);
            prop_assert!(phase.mean <= phase.near_upper && phase.near_upper <= phase.upper);
            prop_assert_eq!(xmr.points.len(), values.len());
        }
        let (wide, narrow) = (plain.last_phase().unwrap(), screened.last_phase().unwrap());
        prop_assert!(narrow.mean_moving_range <= wide.mean_moving_range + 1e-9);
        prop_assert!(narrow.screened < values.len().max(1));
    }

    #[test]
    fn causes_do_not_depend_on_unit_or_zero(values in values(), scale in 1_u32..1000, shift in -100_000_i32..100_000) {
        let flags = |values: &[f64]| Xmr::new(values, &options()).flagged().collect::<Vec<_>>();
        let moved: Vec<f64> = values.iter().map(|value| value * f64::from(scale) + f64::from(shift)).collect();
        prop_assert_eq!(flags(&values), flags(&moved));
    }

    #[test]
    fn high_and_low_are_mirrors(values in values()) {
        let flags = |values: &[f64], direction| {
            let xmr = Xmr::new(values, &Options { direction, ..options() });
            xmr.flagged().map(|(place, flag)| (place, flag.cause, flag.meaning)).collect::<Vec<_>>()
        };
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        prop_assert_eq!(flags(&values, Direction::Higher), flags(&mirrored, Direction::Lower));
    }
}

//! What must hold of every drawing, whatever the figures: words apart and inside, figures inside the plot, nothing
//! hidden drawn, valid and bounded SVG.

use jiff::civil::date;
use proptest::prelude::*;

use super::scene::Rect;
use super::*;
use crate::benchmark::measure::Direction;
use crate::benchmark::released::{Hidden, How, Shown};
use crate::benchmark::statistics::change::Changed;
use crate::benchmark::statistics::funnel::{FunnelInput, FunnelKind};
use crate::benchmark::statistics::profile::Band;
use crate::benchmark::statistics::quantile::{median, quantile, sorted};
use crate::benchmark::statistics::ranked::RankedPoint;
use crate::benchmark::statistics::xmr;
use crate::benchmark::when::When;

fn shown(figure: f64) -> Shown {
    Shown::Figure { figure, how: How::AsGiven }
}

fn months(values: &[Shown]) -> Vec<Moment> {
    let mut when = When::new(date(2016, 4, 1), date(2016, 4, 30));
    values
        .iter()
        .map(|value| {
            let moment = Moment { when, value: *value };
            when = when.next().unwrap();
            moment
        })
        .collect()
}

fn figures_of(moments: &[Moment]) -> Vec<f64> {
    moments.iter().filter_map(|moment| moment.value.figure()).collect()
}

fn labels(measure: &Measure, decimals: u8) -> Labels<'_> {
    Labels {
        headline: "What the chart shows & what it does not, in a sentence of some length",
        subtitle: "Measure, unit. Who, when.",
        measure,
        decimals,
        size: "",
        notes: &[Note { point: 3, words: "a scanner was replaced" }],
    }
}

/// What is wrong with a drawing, if anything.
fn fault(drawing: &Drawing) -> Option<String> {
    let (wide, high) = drawing.size();
    let frame = Rect { left: -0.1, top: -0.1, right: wide + 0.1, bottom: high + 0.1 };
    let words = drawing.words();
    for (number, word) in words.iter().enumerate() {
        if !word.is_within(&frame) {
            return Some(format!("words leave the frame: {word:?} in {frame:?}"));
        }
        if let Some(other) = words[..number].iter().find(|other| other.overlaps(&word.grown(-0.05))) {
            return Some(format!("words meet: {word:?} and {other:?}"));
        }
    }
    let (spots, plot) = drawing.figures();
    if let Some(spot) = spots.iter().find(|spot| !plot.grown(0.1).holds(**spot)) {
        return Some(format!("a figure leaves the plot: {spot:?} in {plot:?}"));
    }
    let svg = drawing.svg();
    // What cannot be placed is written as the largest number.
    for bad in [" style=", "922337203", "<style"] {
        if svg.contains(bad) {
            return Some(format!("{bad} in the drawing"));
        }
    }
    (svg != drawing.svg()).then(|| "two drawings of one".to_string())
}

fn all_widths(draw: impl Fn(&Options<'_>) -> Drawing) -> Result<(), TestCaseError> {
    for width in [Width::Wide, Width::Narrow] {
        for is_titled in [false, true] {
            let drawing = draw(&Options { prefix: "test", picked: &["X2"], width, is_titled });
            prop_assert_eq!(fault(&drawing), None, "{:?}", width);
        }
    }
    Ok(())
}

fn any_measure() -> impl Strategy<Value = Measure> {
    let unit = prop_oneof![
        Just("%"),
        Just(""),
        Just("£"),
        Just("days"),
        Just("£ million"),
        Just(
            "per 1,000 examinations of patients who were referred by their general practitioner within 7 days"
        )
    ];
    let direction = prop_oneof![Just(Direction::Higher), Just(Direction::Lower), Just(Direction::Neutral)];
    let target = proptest::option::of(prop_oneof![0.0..100.0_f64, -1e6..1e6_f64]);
    let group = proptest::option::of(".{0,70}");
    (unit, direction, target, group, any::<bool>()).prop_map(
        |(unit, direction, target, peer_group, is_illustrative)| Measure {
            unit: unit.to_string(),
            direction,
            target,
            peer_group,
            is_illustrative,
            ..Measure::default()
        },
    )
}

/// Figures of one kind: usual, all alike, tiny, huge, with an outlier, any at all.
fn any_figures(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        proptest::collection::vec(0.0..100.0_f64, 1..most),
        proptest::collection::vec((0..40_i32).prop_map(f64::from), 1..most),
        proptest::collection::vec(-50.0..20.0_f64, 1..most),
        (1..most, prop_oneof![Just(0.0), Just(100.0), Just(-7.5), Just(1e300)])
            .prop_map(|(count, value)| vec![value; count]),
        proptest::collection::vec(-1e-12..1e-12_f64, 1..most),
        proptest::collection::vec(1e15..1e16_f64, 1..most),
        proptest::collection::vec(99.0..100.0_f64, 1..most),
        (proptest::collection::vec(90.0..100.0_f64, 9..most.max(10)), 1e3..1e9_f64).prop_map(
            |(mut figures, outlier)| {
                figures[4] = outlier;
                figures
            }
        ),
        proptest::collection::vec(any::<f64>().prop_filter("a figure", |figure| figure.is_finite()), 1..most),
    ]
}

fn any_moments(most: usize) -> impl Strategy<Value = Vec<Moment>> {
    any_figures(most).prop_flat_map(|figures| {
        let count = figures.len();
        proptest::collection::vec(0..12_u8, count).prop_map(move |kinds| {
            let values: Vec<Shown> = figures
                .iter()
                .zip(kinds)
                .map(|(figure, kind)| match kind {
                    0 => Shown::Hidden(Hidden::Small(7)),
                    1 => Shown::NotGiven,
                    _ => shown(*figure),
                })
                .collect();
            months(&values)
        })
    })
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Z][a-z]{2,14}( and [A-Z][a-z]{2,12}){0,3}( NHS Foundation Trust)?",
        1 => ".{0,80}"
    ]
}

fn ranked_of(names: &[String], values: &[f64], histories: &[Vec<Option<f64>>]) -> Ranked {
    let mut points: Vec<RankedPoint> = values
        .iter()
        .enumerate()
        .map(|(number, value)| RankedPoint {
            name: names[number % names.len()].clone(),
            code: format!("X{number}"),
            value: *value,
            quarter: 2,
            history: histories.get(number).cloned().unwrap_or_default(),
        })
        .collect();
    points.sort_by(|a, b| a.value.total_cmp(&b.value));
    let in_order = sorted(values);
    let [lower_quartile, median, upper_quartile] = [0.25, 0.5, 0.75].map(|p| quantile(&in_order, p).unwrap());
    let peer_group = Some("The peer group of all large acute teaching hospitals of the north".to_string());
    Ranked {
        points,
        without_figure: names.to_vec(),
        lower_quartile,
        median,
        upper_quartile,
        peer_group,
        peer_median: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_series_is_drawn(
        moments in any_moments(130), measure in any_measure(), decimals in 0..8_u8,
        steps in proptest::collection::vec(0..120_usize, 0..4), is_screened: bool,
    ) {
        let figures = figures_of(&moments);
        let options = xmr::Options {
            is_screened, recalculate_from: steps, direction: measure.direction, target: measure.target,
        };
        let xmr = Xmr::new(&figures, &options);
        let labels = labels(&measure, decimals);
        all_widths(|options| super::xmr(&xmr, &moments, &labels, options))?;
        all_widths(|options| line(&moments, &labels, options))?;
        if let Some(run) = Run::new(&figures) {
            all_widths(|options| super::run(&run, &moments, &labels, options))?;
        }
    }

    #[test]
    fn any_organisations_are_ranked(
        names in proptest::collection::vec(any_name(), 1..30), values in any_figures(130),
        histories in proptest::collection::vec(
            proptest::collection::vec(proptest::option::of(-1e3..1e3_f64), 0..30), 0..50),
        measure in any_measure(), decimals in 0..4_u8,
    ) {
        let ranked = ranked_of(&names, &values, &histories);
        all_widths(|options| super::ranked(&ranked, &labels(&measure, decimals), options))?;
    }

    #[test]
    fn any_funnel_is_drawn(
        names in proptest::collection::vec(any_name(), 1..20),
        sizes in prop_oneof![
            proptest::collection::vec((1.0..10_000.0_f64, 0.0..=1.0_f64), 2..60),
            proptest::collection::vec((1.0..200.0_f64, 0.97..=1.0_f64), 2..60),
            proptest::collection::vec((1e-3..1e12_f64, 0.0..=0.02_f64), 2..60),
        ],
        is_ratio: bool, is_adjusted: bool, measure in any_measure(),
    ) {
        let inputs: Vec<FunnelInput> = sizes.iter().enumerate().map(|(number, (size, share))| FunnelInput {
            name: names[number % names.len()].clone(),
            code: format!("X{number}"),
            numerator: (size * share).floor(),
            denominator: *size,
        }).collect();
        let kind = if is_ratio { FunnelKind::Ratio } else { FunnelKind::Proportion };
        if let Some(funnel) = Funnel::new(&inputs, kind, 100.0, is_adjusted) {
            all_widths(|options| super::funnel(&funnel, &labels(&measure, 1), options))?;
        }
    }

    #[test]
    fn any_change_is_drawn(
        names in proptest::collection::vec(any_name(), 1..20), before in any_figures(60), measure in any_measure(),
    ) {
        let points: Vec<Changed> = before.iter().enumerate().map(|(number, figure)| Changed {
            name: names[number % names.len()].clone(),
            code: format!("X{number}"),
            before: *figure,
            after: before[(number * 7 + 3) % before.len()],
        }).collect();
        let all = |of: fn(&Changed) -> f64| median(&points.iter().map(of).collect::<Vec<_>>()).unwrap();
        let change = Change {
            medians: (all(|point| point.before), all(|point| point.after)),
            before: When::new(date(2022, 4, 1), date(2023, 3, 31)),
            after: When::new(date(2024, 1, 15), date(2024, 11, 30)),
            in_one_only: names,
            points,
            direction: measure.direction,
        };
        all_widths(|options| slope(&change, &labels(&measure, 1), options))?;
    }

    #[test]
    fn any_profile_is_drawn(
        names in proptest::collection::vec(any_name(), 1..20), values in any_figures(70), measure in any_measure(),
    ) {
        let bands = values.iter().enumerate().map(|(number, value)| Band {
            name: names[number % names.len()].clone(),
            value: Some(*value).filter(|_| number % 5 != 1),
            share: Some(12.3).filter(|_| number % 2 == 0),
            hidden: Some("hidden, to protect another figure".to_string()).filter(|_| number % 10 == 1),
        }).collect();
        let when = When::new(date(2022, 4, 1), date(2023, 3, 31));
        let profile = Profile { when, bands, total: Some(5.0) };
        all_widths(|options| super::profile(&profile, &labels(&measure, 1), options))?;
    }
}

#[test]
fn a_hidden_figure_is_a_gap_with_a_word() {
    let values: Vec<Shown> = (0..12)
        .map(
            |month| if month == 5 { Shown::Hidden(Hidden::Small(7)) } else { shown(40.0 + f64::from(month)) },
        )
        .collect();
    let moments = months(&values);
    let measure = Measure::default();
    let xmr = Xmr::new(&figures_of(&moments), &xmr::Options::default());
    let drawing = super::xmr(&xmr, &moments, &labels(&measure, 0), &Options::default());
    let svg = drawing.svg();
    assert!(svg.contains("hidden, 1 to 7") && svg.contains("class=\"hidden\""));
    let trace = svg.split("class=\"trace\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(trace.matches('M').count(), 2);
    let (spots, plot) = drawing.figures();
    assert_eq!(spots.len(), 11);
    assert!(spots.iter().all(|spot| spot.1 < plot.bottom - 1.0));
}

#[test]
fn special_causes_are_told_by_shape_and_words() {
    let figures = [1., 2., 1., 2., 10., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1.];
    let moments = months(&figures.map(shown));
    for (direction, class, words) in [
        (Direction::Higher, "<circle class=\"good\"", "Special cause: improvement"),
        (Direction::Lower, "<path class=\"bad\"", "Special cause: concern"),
        (Direction::Neutral, "<path class=\"other\"", "Special cause: neither better nor worse"),
    ] {
        let measure = Measure { direction, ..Measure::default() };
        let xmr = Xmr::new(&figures, &xmr::Options { direction, ..xmr::Options::default() });
        let drawing = super::xmr(&xmr, &moments, &labels(&measure, 0), &Options::default());
        let svg = drawing.svg();
        assert!(svg.contains(class) && svg.contains(words), "{direction:?}");
        assert!(svg.contains("Aug 2016: above the upper limit"));
        assert!(drawing.description().contains("Aug 2016 (above the upper limit)"));
    }
}

#[test]
fn an_outlier_is_named_and_does_not_flatten_the_others() {
    let mut values: Vec<f64> = (0..12).map(|number| 100.0 + f64::from(number)).collect();
    values.push(9_400.0);
    let names: Vec<String> = (0..13).map(|number| format!("Place {number} NHS Trust")).collect();
    let drawing =
        super::ranked(&ranked_of(&names, &values, &[]), &labels(&Measure::default(), 0), &Options::default());
    assert!(drawing.svg().contains("9,400") && drawing.svg().contains("Beyond the scale"));
    let (spots, _) = drawing.figures();
    let at = |figure: usize| spots.iter().map(|spot| spot.0).fold(0.0, f64::max) - spots[figure].0;
    assert!((at(1) - at(12)).abs() > 100.0);
}

#[test]
fn invented_figures_say_so_on_every_drawing() {
    let measure = Measure { is_illustrative: true, ..Measure::default() };
    let moments = months(&[shown(1.0), shown(2.0)]);
    let drawing = line(&moments, &labels(&measure, 0), &Options::default());
    assert!(drawing.svg().contains("Illustrative data"));
    assert!(line(&[], &labels(&measure, 0), &Options::default()).svg().contains("No figures are shown"));
}

#[test]
fn a_drawing_of_its_own_has_its_words_and_styles_inside() {
    let moments = months(&[shown(1.0), shown(2.0)]);
    let measure = Measure::default();
    let options = Options { prefix: "a", is_titled: true, ..Options::default() };
    let alone = line(&moments, &labels(&measure, 0), &options).stand_alone();
    assert!(alone.starts_with("<svg xmlns=") && alone.contains("<style>"));
    assert!(alone.contains("What the chart shows &amp; what it does not"));
    assert!(alone.contains("Measure, unit. Who, when."));
    let page = both(&options, |options| line(&moments, &labels(&measure, 0), options));
    assert!(
        page.contains("id=\"a-w-title\"") && page.contains("id=\"a-n-title\"") && !page.contains("<style")
    );
}

#[test]
fn many_figures_stay_small() {
    let values: Vec<Shown> = (0..5_000).map(|day| shown(f64::from(day * 7919 % 1_000))).collect();
    let start = date(2005, 1, 1);
    let moments: Vec<Moment> = values
        .iter()
        .enumerate()
        .map(|(day, value)| {
            let day = start.checked_add(jiff::Span::new().days(i64::try_from(day).unwrap())).unwrap();
            Moment { when: When::new(day, day), value: *value }
        })
        .collect();
    let measure = Measure::default();
    let xmr = Xmr::new(&figures_of(&moments), &xmr::Options::default());
    let drawing = super::xmr(&xmr, &moments, &labels(&measure, 0), &Options::default());
    assert_eq!(fault(&drawing), None);
    assert!(drawing.svg().len() < 80_000, "{}", drawing.svg().len());
    let forty: Vec<f64> = (0..40).map(|number| f64::from(number * 37 % 41)).collect();
    let names: Vec<String> =
        (0..40).map(|number| format!("Somewhere Teaching Hospitals {number} NHS Trust")).collect();
    let histories: Vec<Vec<Option<f64>>> =
        (0..40).map(|_| forty[..24].iter().copied().map(Some).collect()).collect();
    let ranked = ranked_of(&names, &forty, &histories);
    let drawing = super::ranked(&ranked, &labels(&measure, 1), &Options::default());
    assert!(drawing.svg().len() < 14_000, "{}", drawing.svg().len());
}

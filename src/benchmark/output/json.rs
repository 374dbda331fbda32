//! `statistics.json`: mean, limits and flagged points for machines, as plain decimals with at most five places.

use serde_json::{Map, Number, Value, json};

use crate::benchmark::measure::PeerMedian;
use crate::benchmark::released::{Released, Shown};
use crate::benchmark::statistics::funnel::{FunnelKind, Limits, Zone};
use crate::benchmark::statistics::xmr::{Meaning, SpecialCause, Way};
use crate::benchmark::statistics::{Assurance, Change, Funnel, Profile, Ranked, Run, Variation, Xmr};
use crate::benchmark::when::When;

/// A figure rounded to five decimals; whole numbers without a point, and never an exponent.
pub fn figure(figure: f64) -> Value {
    let rounded = (figure * 1e5).round() / 1e5;
    let rounded = if rounded.is_finite() { rounded } else { figure };
    if rounded.fract() == 0.0 && rounded.abs() < 9e15 {
        return Value::from(rounded as i64);
    }
    Number::from_f64(rounded).map_or(Value::Null, Value::Number)
}

fn maybe(value: Option<f64>) -> Value {
    value.map_or(Value::Null, figure)
}

fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Object(pairs.into_iter().map(|(name, value)| (name.to_string(), value)).collect::<Map<_, _>>())
}

/// The rows that are shown: `value` is null where there is none, and `hidden` says why.
pub fn rows(released: &Released) -> Value {
    let of_row = |row: &crate::benchmark::released::ReleasedRow| {
        let mut fields = Map::new();
        fields.insert("period".to_string(), Value::from(row.when.code()));
        if let Some(organisation) = released.organisation_of(row) {
            fields.insert("organisation".to_string(), Value::from(organisation.code.clone()));
        }
        if let Some(category) = released.category_of(row) {
            fields.insert("category".to_string(), Value::from(category));
        }
        let cells = [("value", row.value), ("numerator", row.numerator), ("denominator", row.denominator)];
        for (name, shown) in cells.iter().filter(|(_, shown)| *shown != Shown::Absent) {
            fields.insert((*name).to_string(), maybe(shown.figure()));
        }
        let hidden: Map<String, Value> = cells
            .iter()
            .filter_map(|(name, shown)| match shown {
                Shown::Hidden(reason) => Some(((*name).to_string(), Value::from(reason.words()))),
                _ => None,
            })
            .collect();
        if !hidden.is_empty() {
            fields.insert("hidden".to_string(), Value::Object(hidden));
        }
        Value::Object(fields)
    };
    released.rows().iter().map(of_row).collect()
}

/// An `XmR` chart; `whens` are the periods of its points.
pub fn xmr(xmr: &Xmr, whens: &[When]) -> Value {
    let code = |place: usize| whens.get(place).map_or(Value::Null, |when| Value::from(when.code()));
    let phases = xmr.phases.iter().map(|phase| {
        object([
            ("from", code(phase.from)),
            ("to", code(phase.to.saturating_sub(1))),
            ("points", Value::from(phase.to - phase.from)),
            ("mean", figure(phase.mean)),
            ("mean_moving_range", figure(phase.mean_moving_range)),
            ("lower_limit", figure(phase.lower)),
            ("upper_limit", figure(phase.upper)),
            ("lower_near_limit", figure(phase.near_lower)),
            ("upper_near_limit", figure(phase.near_upper)),
            ("moving_ranges_screened", Value::from(phase.screened)),
            ("trial_limits", Value::from(phase.is_trial)),
        ])
    });
    let flagged = xmr.flagged().map(|(place, flag)| {
        let cause = match flag.cause {
            SpecialCause::Outside => "outside-limits",
            SpecialCause::Trend => "trend",
            SpecialCause::NearLimit => "two-of-three-near-limit",
            SpecialCause::Run => "run",
        };
        let way = match flag.way {
            Way::Up => "high",
            Way::Down => "low",
        };
        let meaning = match flag.meaning {
            Meaning::Improvement => "improvement",
            Meaning::Concern => "concern",
            Meaning::Neither => "neither",
        };
        object([
            ("point", Value::from(place + 1)),
            ("period", code(place)),
            ("value", figure(xmr.points[place].value)),
            ("cause", Value::from(cause)),
            ("side", Value::from(way)),
            ("meaning", Value::from(meaning)),
        ])
    });
    json!({
        "chart": "xmr",
        "phases": phases.collect::<Vec<_>>(),
        "flagged": flagged.collect::<Vec<_>>(),
        "variation": xmr.variation.map(Variation::name),
        "assurance": xmr.assurance.map(Assurance::name),
        "target": maybe(xmr.target),
    })
}

fn limits(limits: &Limits) -> Value {
    object([
        ("lower_95", figure(limits.lower_95)),
        ("upper_95", figure(limits.upper_95)),
        ("lower_99_8", figure(limits.lower_998)),
        ("upper_99_8", figure(limits.upper_998)),
    ])
}

/// A funnel plot.
pub fn funnel(funnel: &Funnel) -> Value {
    let points = funnel.points.iter().map(|point| {
        let zone = match point.zone {
            Zone::FarBelow => "below-99.8",
            Zone::Below => "below-95",
            Zone::Within => "within",
            Zone::Above => "above-95",
            Zone::FarAbove => "above-99.8",
        };
        object([
            ("organisation", Value::from(point.code.clone())),
            ("value", figure(point.value)),
            ("denominator", figure(point.denominator)),
            ("limits", limits(&point.limits)),
            ("zone", Value::from(zone)),
        ])
    });
    let kind = match funnel.kind {
        FunnelKind::Proportion => "proportion",
        FunnelKind::Ratio => "standardised-ratio",
    };
    json!({
        "chart": "funnel",
        "kind": kind,
        "centre": figure(funnel.centre),
        "overdispersion": funnel.overdispersion.map(|found| {
            object([("phi", figure(found.phi)), ("tau_squared", figure(found.tau_squared))])
        }),
        "points": points.collect::<Vec<_>>(),
    })
}

/// The median of a peer group.
pub fn peer_median(peer: &PeerMedian) -> Value {
    json!({ "group": peer.group, "value": figure(peer.value), "note": peer.note })
}

/// A comparison in one period.
pub fn ranked(ranked: &Ranked) -> Value {
    let points = ranked.points.iter().map(|point| {
        object([
            ("organisation", Value::from(point.code.clone())),
            ("value", figure(point.value)),
            ("quarter", Value::from(point.quarter)),
        ])
    });
    json!({
        "chart": "ranked",
        "quantiles": "type 7",
        "lower_quartile": figure(ranked.lower_quartile),
        "median": figure(ranked.median),
        "upper_quartile": figure(ranked.upper_quartile),
        "peer_group": ranked.peer_group,
        "peer_median": ranked.peer_median.as_ref().map(peer_median),
        "points": points.collect::<Vec<_>>(),
    })
}

/// A change between two periods.
pub fn change(change: &Change) -> Value {
    let points = change.points.iter().map(|point| {
        object([
            ("organisation", Value::from(point.code.clone())),
            ("before", figure(point.before)),
            ("after", figure(point.after)),
            ("difference", figure(point.difference())),
        ])
    });
    json!({
        "chart": "slope",
        "before": change.before.code(),
        "after": change.after.code(),
        "median_before": figure(change.medians.0),
        "median_after": figure(change.medians.1),
        "points": points.collect::<Vec<_>>(),
    })
}

/// A profile.
pub fn profile(profile: &Profile) -> Value {
    let bands = profile.bands.iter().map(|band| {
        object([
            ("name", Value::from(band.name.clone())),
            ("value", maybe(band.value)),
            ("share", maybe(band.share)),
        ])
    });
    json!({
        "chart": "profile",
        "period": profile.when.code(),
        "total_shown": maybe(profile.total),
        "bands": bands.collect::<Vec<_>>(),
    })
}

/// A run chart.
pub fn run(run: &Run) -> Value {
    json!({
        "chart": "run",
        "median": figure(run.median),
        "useful_points": run.useful,
        "longest_run": run.longest,
        "longest_run_by_chance": run.longest_by_chance,
        "crossings": run.crossings,
        "fewest_crossings_by_chance": run.fewest_by_chance,
        "signal": run.has_signal(),
    })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_plain_and_stable() {
        for (number, text) in [
            (-3.062_352_941, "-3.06235"),
            (1460.0, "1460"),
            (0.000_01, "0.00001"),
            (0.000_000_1, "0"),
            (-0.0, "0"),
            (1e14, "100000000000000"),
            (12_345_678_901.5, "12345678901.5"),
        ] {
            assert_eq!(figure(number).to_string(), text);
        }
        assert!(figure(f64::NAN).is_null());
    }
}

//! Which chart fits the shape of the figures, and why another that was asked for does not.

use super::released::{Kind, Released};

/// A chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chart {
    /// One series with limits.
    Xmr,
    /// Organisations by size, with limits.
    Funnel,
    /// Organisations by value.
    Ranked,
    /// Two periods side by side.
    Slope,
    /// Bars of categories.
    Profile,
    /// One series with its median.
    Run,
    /// No chart: the figures are told in words and in the table.
    None,
}

impl Chart {
    /// As pages write it: `xmr`. `auto` is no chart but [`chosen`].
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "xmr" => Some(Self::Xmr),
            "funnel" => Some(Self::Funnel),
            "ranked" => Some(Self::Ranked),
            "slope" => Some(Self::Slope),
            "profile" => Some(Self::Profile),
            "run" => Some(Self::Run),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    /// As pages write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xmr => "xmr",
            Self::Funnel => "funnel",
            Self::Ranked => "ranked",
            Self::Slope => "slope",
            Self::Profile => "profile",
            Self::Run => "run",
            Self::None => "none",
        }
    }
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The chart that answers the benchmark's question.
    pub main: Chart,
    /// Places in [`Released::series`] of series that are long enough for an `XmR` chart (or a run chart, where `main` is
    /// one): what `main` draws where it draws one series, and what may be drawn beside it otherwise.
    pub series: Vec<usize>,
}

/// So many points are enough for limits, if only for trial limits under 12.
const XMR: usize = 10;
/// So few points are a series at all.
const RUN: usize = 3;
/// So many organisations are enough to see a funnel.
const FUNNEL: usize = 5;

/// The shape of the figures: how many there are to compare, and how long they are.
struct Shape {
    /// Of each series, how many points are shown.
    lengths: Vec<usize>,
    /// The longest series that is no total.
    longest: usize,
    /// Organisations (or categories) with a figure in the latest period.
    compared: usize,
    /// Organisations in both of the two latest periods in which any can be compared.
    in_two_periods: usize,
    /// Periods in which more than one can be compared.
    periods_compared: usize,
    has_categories: bool,
    can_be_funnel: bool,
}

impl Shape {
    fn of(released: &Released) -> Self {
        let series = released.series();
        let lengths: Vec<usize> = series.iter().map(|series| series.points().len()).collect();
        let latest = released.latest();
        let compared = latest.as_ref().map_or(0, |snapshot| snapshot.figures().count());
        let mut by_period = std::collections::BTreeMap::<_, usize>::new();
        let mut in_two_periods = 0;
        for series in series.iter().filter(|series| !series.is_total) {
            let points = series.points();
            in_two_periods += usize::from(points.len() >= 2);
            for (when, _) in points {
                *by_period.entry(when).or_default() += 1;
            }
        }
        let with_denominator = latest.as_ref().map_or(0, |snapshot| {
            let rows = snapshot.rows.iter();
            rows.filter(|row| row.value.figure().is_some() && row.denominator.figure().is_some()).count()
        });
        let is_share = matches!(released.kind(), Kind::Proportion { .. } | Kind::StandardisedRatio { .. });
        Self {
            longest: lengths.iter().copied().max().unwrap_or(0),
            lengths,
            compared,
            in_two_periods,
            periods_compared: by_period.values().filter(|count| **count > 1).count(),
            has_categories: released.categories().next().is_some(),
            can_be_funnel: is_share && with_denominator >= FUNNEL,
        }
    }

    fn long_enough(&self, least: usize) -> Vec<usize> {
        (0..self.lengths.len()).filter(|series| self.lengths[*series] >= least).collect()
    }
}

/// The chart for the shape of the figures.
pub fn chosen(released: &Released) -> Choice {
    let shape = Shape::of(released);
    let main = if shape.has_categories && shape.compared > 1 {
        Chart::Profile
    } else if shape.compared <= 1 {
        match shape.longest {
            XMR.. => Chart::Xmr,
            RUN.. => Chart::Run,
            _ => Chart::None,
        }
    } else if shape.can_be_funnel {
        Chart::Funnel
    } else if shape.periods_compared == 2 && shape.in_two_periods > 1 {
        Chart::Slope
    } else {
        Chart::Ranked
    };
    let least = if main == Chart::Run { RUN } else { XMR };
    Choice { main, series: shape.long_enough(least) }
}

/// The chart that a page asks for, or what it lacks and what to do.
pub fn asked_for(chart: Chart, released: &Released) -> Result<Choice, (String, String)> {
    let shape = Shape::of(released);
    let lacks = |what: &str| {
        Err((format!("the figures are not enough for `chart: {}`: {what}", chart.name()), help(released)))
    };
    match chart {
        Chart::Xmr | Chart::Run if shape.longest < 2 => {
            lacks("it needs one organisation with several periods")
        }
        Chart::Funnel if shape.compared < 2 => {
            lacks("only one organisation can be shown, and a funnel compares several")
        }
        Chart::Funnel if !shape.can_be_funnel && super::statistics::Funnel::of_latest(released).is_none() => {
            lacks("it needs the columns `numerator` and `denominator`, with the value worked out from them")
        }
        Chart::Ranked | Chart::Profile if shape.compared < 2 => {
            lacks("only one figure can be shown in the latest period")
        }
        Chart::Slope if shape.in_two_periods < 1 => lacks("it needs two periods with the same organisation"),
        _ => {
            let least = match chart {
                Chart::Run => RUN.min(shape.longest),
                Chart::Xmr => XMR.min(shape.longest),
                // Beside a comparison, only series that bear limits are charts of their own.
                _ => XMR,
            };
            Ok(Choice { main: chart, series: shape.long_enough(least.max(1)) })
        }
    }
}

fn help(released: &Released) -> String {
    format!(
        "write `chart: {}`, which fits these figures, or leave the field out",
        chosen(released).main.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::disclose::release;
    use crate::benchmark::measure::{Direction, Measure};
    use crate::benchmark::output::json;
    use crate::benchmark::read::{Standing, read};
    use crate::benchmark::statistics::xmr::Options;
    use crate::benchmark::statistics::{Change, Profile, Ranked, Run, Xmr};
    use crate::source::SitePath;

    fn released(text: &str, unit: &str) -> Released {
        let measure = Measure { unit: unit.to_string(), direction: Direction::Higher, ..Measure::default() };
        let unknown = |_: &str| Standing::Unknown { nearest: None };
        let reading = read(
            &SitePath::new("data.csv"),
            text.as_bytes(),
            &std::collections::BTreeMap::new(),
            &measure,
            &unknown,
        );
        release(&[reading.table.unwrap()], &measure, None).tables.remove(0)
    }

    fn months(count: usize) -> String {
        let rows = (0..count)
            .map(|month| format!("{}-{:02},{}\n", 2022 + month / 12, 1 + month % 12, 50 + month * 7 % 5));
        format!("period,value\n{}", rows.collect::<String>())
    }

    fn organisations(count: usize, periods: &[&str], has_denominator: bool) -> String {
        let mut text = "period,organisation,value,numerator,denominator\n".to_string();
        for period in periods {
            for number in 0..count {
                let rest = if has_denominator { format!(",{},100", 50 + number) } else { ",-,-".to_string() };
                text.push_str(
                    &[*period, ",T", &number.to_string(), ",", &(50 + number).to_string(), &rest, "\n"]
                        .concat(),
                );
            }
        }
        text
    }

    #[test]
    fn the_chart_follows_the_shape() {
        let main = |text: &str| chosen(&released(text, "%")).main;
        assert_eq!(main(&months(36)), Chart::Xmr);
        assert_eq!(main(&months(10)), Chart::Xmr);
        assert_eq!(main(&months(6)), Chart::Run);
        assert_eq!(main(&months(2)), Chart::None);
        assert_eq!(main(&organisations(8, &["2024"], true)), Chart::Funnel);
        assert_eq!(main(&organisations(8, &["2024"], false)), Chart::Ranked);
        assert_eq!(main(&organisations(4, &["2023", "2024"], false)), Chart::Slope);
        assert_eq!(main("period,category,value\n2024,20 to 29,5\n2024,30 to 39,9\n"), Chart::Profile);
    }

    #[test]
    fn a_chart_that_does_not_fit_says_what_is_missing() {
        let one = released(&months(36), "%");
        let (message, help) = asked_for(Chart::Funnel, &one).unwrap_err();
        assert_eq!(
            message,
            "the figures are not enough for `chart: funnel`: only one organisation can be shown, and a funnel compares several"
        );
        assert_eq!(help, "write `chart: xmr`, which fits these figures, or leave the field out");
        assert_eq!(asked_for(Chart::Run, &one).unwrap().series, [0]);
        let without = released(&organisations(8, &["2024"], false), "%");
        assert!(asked_for(Chart::Funnel, &without).unwrap_err().0.contains("`denominator`"));
    }

    #[test]
    fn each_chart_says_what_it_shows() {
        let series = |text: &str| {
            let released = released(text, "%");
            let points = released.series()[0].points();
            let (whens, values): (Vec<_>, Vec<f64>) = points.into_iter().unzip();
            let options = Options { direction: Direction::Higher, ..Options::default() };
            (Xmr::new(&values, &options), Run::new(&values).unwrap(), whens)
        };
        let (calm, run, whens) = series(&months(24));
        assert_eq!(
            calm.headline(&whens),
            "No special cause from Jan 2022 to Dec 2023: the figures vary by chance"
        );
        assert_eq!(run.headline(), "No shift: the figures vary around their median by chance");
        let (high, _, whens) = series(&format!("{}2024-01,90\n", months(24)));
        assert_eq!(
            high.headline(&whens),
            "Jan 2024 is above the upper limit: a special cause of improvement"
        );
        assert_eq!(json::xmr(&high, &whens)["flagged"][0]["period"], "2024-01");
        let (past, _, whens) = series(&format!("{}2024-01,90\n2024-02,51\n", months(24)));
        assert_eq!(past.headline(&whens), "No special cause since Jan 2024");

        let compared =
            released(&organisations(5, &["2023", "2024"], false).replace("2024,T0,50", "2024,T0,40"), "%");
        let periods = compared.periods();
        let change = Change::between(&compared.snapshot(periods[0]), &compared.snapshot(periods[1])).unwrap();
        assert_eq!(
            change.headline(),
            "Of 5 organisations, one became worse and four stayed the same from 2023 to 2024"
        );
        let ranked = Ranked::of(&compared.snapshot(periods[0])).unwrap();
        assert_eq!(
            ranked.headline(compared.measure(), 0),
            "The middle half of 5 organisations lies from 51% to 53%"
        );
        let ages = released("period,category,value\n2024,20 to 29,10\n2024,30 to 39,30\n", "staff");
        let profile = Profile::of(&ages.latest().unwrap()).unwrap();
        assert_eq!(
            profile.headline(ages.measure(), 0),
            "30 to 39 is the largest group, with 75% of those shown"
        );
    }
}

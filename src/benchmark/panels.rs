//! What a page shows of a benchmark: a panel for each chart, with the statistic behind it, its words and its drawing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::chart::{self, Drawing, Labels, Moment, Note};
use super::chosen::{Chart, Choice};
use super::measure::Measure;
use super::output::json;
use super::released::{Released, Series, Snapshot};
use super::statistics::{Change, Funnel, Profile, Ranked, Run, Xmr, xmr};
use super::when::When;
use crate::text::counted;

/// At most so many series have a chart each; the table and the file have all.
const MOST: usize = 12;

/// What the page says of its charts.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Leave out moving ranges that are far larger than the others, once.
    pub is_screened: bool,
    /// Widen the limits of a funnel where organisations vary more than chance explains.
    pub is_adjusted: bool,
    /// Periods from which limits are worked out anew.
    pub recalculate_from: Vec<When>,
    /// What happened when.
    pub notes: Vec<(When, String)>,
    /// What the axis of sizes counts: "Plain X-rays".
    pub size: String,
}

/// The statistic behind a chart.
#[derive(Debug)]
enum Statistic {
    Xmr(Xmr),
    Run(Run),
    Line,
    Funnel(Funnel),
    Ranked(Ranked),
    Slope(Change),
    Profile(Profile),
}

/// One chart and what belongs to it.
#[derive(Debug)]
pub struct Panel {
    measure: Measure,
    decimals: u8,
    statistic: Statistic,
    moments: Vec<Moment>,
    notes: Vec<(usize, String)>,
    size: String,
    when: String,
    /// What it shows, in a sentence without a full stop.
    pub headline: String,
    /// Measure, unit, who and when.
    pub subtitle: String,
    /// Mean and limits, or the median: a sentence each. What the icons say stands in the chart.
    pub words: Vec<String>,
    /// Whose figures they are; empty where they are of all together.
    pub whose: String,
}

/// The panels of a table, as its chart was chosen. `earlier` is the table of the round before, for what changed since.
pub fn panels(
    released: &Released,
    earlier: Option<&Released>,
    choice: &Choice,
    wishes: &Wishes,
) -> Vec<Panel> {
    let all = released.series();
    let mut panels: Vec<Panel> = match choice.main {
        Chart::Xmr | Chart::Run => {
            let chosen = choice.series.iter().filter_map(|number| all.get(*number)).take(MOST);
            chosen.filter_map(|series| over_time(released, series, choice.main, wishes)).collect::<Vec<_>>()
        }
        Chart::Funnel => of_each(released, Snapshot::by_category, |part| funnel(part, wishes)),
        Chart::Ranked => of_each(released, Snapshot::by_category, ranked),
        Chart::Slope => slope(released, released),
        Chart::Profile => of_each(released, Snapshot::by_organisation, profile),
        Chart::None => all
            .iter()
            .filter(|series| series.points().len() > 1)
            .take(MOST)
            .filter_map(|series| over_time(released, series, Chart::None, wishes))
            .collect(),
    };
    if choice.main != Chart::Slope
        && let Some(earlier) = earlier
    {
        panels.extend(slope(earlier, released));
    }
    if matches!(choice.main, Chart::Funnel | Chart::Ranked | Chart::Slope) {
        let series = choice.series.iter().filter_map(|number| all.get(*number)).take(MOST);
        panels.extend(series.filter_map(|series| over_time(released, series, Chart::Xmr, wishes)));
    }
    if let Some(peer) = &released.measure().peer_median {
        let words = peer.words(released.measure(), released.decimals());
        for panel in panels.iter_mut().filter(|panel| panel.chart() != Chart::Slope) {
            panel.words.push(words.clone());
        }
    }
    panels
}

/// "April 2016 to March 2018", "2016/17".
fn stretch(first: Option<&When>, last: Option<&When>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", first.words(), last.words()),
        (Some(first), _) => first.words(),
        _ => String::new(),
    }
}

fn panel(released: &Released, statistic: Statistic, headline: String, who: &str, when: &str) -> Panel {
    Panel {
        measure: released.measure().clone(),
        decimals: released.decimals(),
        statistic,
        moments: Vec::new(),
        notes: Vec::new(),
        size: String::new(),
        when: when.to_string(),
        headline,
        subtitle: chart::subtitle(released.measure(), who, when),
        words: Vec::new(),
        whose: String::new(),
    }
}

fn over_time(released: &Released, series: &Series<'_>, chart: Chart, wishes: &Wishes) -> Option<Panel> {
    let (whens, values): (Vec<When>, Vec<f64>) = series.points().into_iter().unzip();
    let measure = released.measure();
    let moments = chart::moments(series);
    let when = stretch(moments.first().map(|moment| &moment.when), moments.last().map(|moment| &moment.when));
    let place = |when: &When| whens.iter().position(|other| other.start >= when.start);
    let mut words = Vec::new();
    let (statistic, headline) = match chart {
        Chart::Xmr => {
            let options = xmr::Options {
                is_screened: wishes.is_screened,
                recalculate_from: wishes.recalculate_from.iter().filter_map(place).collect(),
                direction: measure.direction,
                target: measure.target,
            };
            let xmr = Xmr::new(&values, &options);
            words.extend(xmr.limits_in_words(measure, released.decimals()));
            let headline = xmr.headline(&whens);
            (Statistic::Xmr(xmr), headline)
        }
        Chart::Run => {
            let run = Run::new(&values)?;
            let headline = run.headline();
            (Statistic::Run(run), headline)
        }
        _ => (Statistic::Line, when.clone()),
    };
    let notes = wishes.notes.iter().filter_map(|(when, words)| Some((place(when)?, words.clone()))).collect();
    let name = series.full_name();
    let mut panel = panel(released, statistic, headline, &name, &when);
    panel.words = words;
    panel.whose = name;
    panel.moments = moments;
    panel.notes = notes;
    Some(panel)
}

/// A panel for each part of the latest period: all of it, or each organisation or category of a file with both.
fn of_each<'a>(
    released: &'a Released,
    parts: impl Fn(&Snapshot<'a>) -> Vec<(&'a str, Snapshot<'a>)>,
    panel_of: impl Fn(&Snapshot<'a>) -> Option<Panel>,
) -> Vec<Panel> {
    let parts = released.latest().map(|snapshot| parts(&snapshot)).unwrap_or_default();
    named(parts.into_iter().map(|(name, part)| (name, panel_of(&part))))
}

/// The first panels of some, each with the name of what it is about; the last says how many more there are.
fn named<'a>(all: impl Iterator<Item = (&'a str, Option<Panel>)>) -> Vec<Panel> {
    let (mut panels, mut more) = (Vec::new(), 0);
    for (name, panel) in all {
        let Some(mut panel) = panel else { continue };
        if panels.len() == MOST {
            more += 1;
            continue;
        }
        if !name.is_empty() {
            panel.subtitle = chart::subtitle(&panel.measure, name, &panel.when);
            panel.whose = name.to_string();
        }
        panels.push(panel);
    }
    if let Some(last) = panels.last_mut().filter(|_| more > 0) {
        last.words.push(format!("{} in the file without a chart.", counted(more, "more is", "more are")));
    }
    panels
}

fn funnel(snapshot: &Snapshot<'_>, wishes: &Wishes) -> Option<Panel> {
    let funnel = Funnel::of(snapshot, wishes.is_adjusted)?;
    let (headline, when) = (funnel.headline(), snapshot.when.words());
    let mut panel = panel(snapshot.released(), Statistic::Funnel(funnel), headline, "", &when);
    panel.size.clone_from(&wishes.size);
    Some(panel)
}

fn ranked(snapshot: &Snapshot<'_>) -> Option<Panel> {
    let ranked = Ranked::of(snapshot)?;
    let released = snapshot.released();
    let (measure, decimals) = (released.measure(), released.decimals());
    let (headline, when) = (ranked.headline(measure, decimals), snapshot.when.words());
    let median = ranked.median_in_words(measure, decimals);
    let mut panel = panel(released, Statistic::Ranked(ranked), headline, "", &when);
    panel.words.push(median);
    Some(panel)
}

/// What changed between the two latest periods, of one table or of two.
fn slope(earlier: &Released, released: &Released) -> Vec<Panel> {
    let changed = || {
        let after = released.latest()?;
        let periods = earlier.periods();
        let before = periods.iter().rev().find(|when| when.start < after.when.start)?;
        Some((earlier.snapshot(*before), after))
    };
    let Some((before, after)) = changed() else { return Vec::new() };
    let before_parts: BTreeMap<&str, Snapshot<'_>> = before.by_category().into_iter().collect();
    named(after.by_category().into_iter().map(|(name, after)| {
        let change = before_parts.get(name).and_then(|before| Change::between(before, &after));
        let panel = change.map(|change| {
            let headline = change.headline();
            let when = stretch(Some(&before.when), Some(&after.when));
            panel(released, Statistic::Slope(change), headline, "", &when)
        });
        (name, panel)
    }))
}

fn profile(snapshot: &Snapshot<'_>) -> Option<Panel> {
    let released = snapshot.released();
    let profile = Profile::of(snapshot)?;
    let (headline, when) = (profile.headline(released.measure(), released.decimals()), snapshot.when.words());
    Some(panel(released, Statistic::Profile(profile), headline, "", &when))
}

impl Panel {
    /// The chart.
    pub fn draw(&self, options: &chart::Options<'_>) -> Drawing {
        let notes: Vec<Note<'_>> =
            self.notes.iter().map(|(point, words)| Note { point: *point, words }).collect();
        let labels = Labels {
            headline: &self.headline,
            subtitle: &self.subtitle,
            measure: &self.measure,
            decimals: self.decimals,
            size: &self.size,
            notes: &notes,
        };
        match &self.statistic {
            Statistic::Xmr(xmr) => chart::xmr(xmr, &self.moments, &labels, options),
            Statistic::Run(run) => chart::run(run, &self.moments, &labels, options),
            Statistic::Line => chart::line(&self.moments, &labels, options),
            Statistic::Funnel(funnel) => chart::funnel(funnel, &labels, options),
            Statistic::Ranked(ranked) => chart::ranked(ranked, &labels, options),
            Statistic::Slope(change) => chart::slope(change, &labels, options),
            Statistic::Profile(profile) => chart::profile(profile, &labels, options),
        }
    }

    /// The statistic for machines.
    pub fn json(&self) -> Value {
        let whens: Vec<When> = self
            .moments
            .iter()
            .filter(|moment| moment.value.figure().is_some())
            .map(|moment| moment.when)
            .collect();
        let statistic = match &self.statistic {
            Statistic::Xmr(xmr) => json::xmr(xmr, &whens),
            Statistic::Run(run) => json::run(run),
            Statistic::Line => Value::Null,
            Statistic::Funnel(funnel) => json::funnel(funnel),
            Statistic::Ranked(ranked) => json::ranked(ranked),
            Statistic::Slope(change) => json::change(change),
            Statistic::Profile(profile) => json::profile(profile),
        };
        json!({ "chart": self.chart().name(), "of": self.whose, "headline": self.headline, "subtitle": self.subtitle, "statistics": statistic })
    }

    /// Which chart it is.
    pub fn chart(&self) -> Chart {
        match &self.statistic {
            Statistic::Xmr(_) => Chart::Xmr,
            Statistic::Run(_) => Chart::Run,
            Statistic::Line => Chart::None,
            Statistic::Funnel(_) => Chart::Funnel,
            Statistic::Ranked(_) => Chart::Ranked,
            Statistic::Slope(_) => Chart::Slope,
            Statistic::Profile(_) => Chart::Profile,
        }
    }
}

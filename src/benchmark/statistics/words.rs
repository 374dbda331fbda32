//! What each chart shows, in a sentence for its headline. Never a rank number: neighbours differ by chance.

use super::change::Change;
use super::funnel::{Funnel, FunnelPoint, Zone};
use super::profile::Profile;
use super::ranked::Ranked;
use super::run::Run;
use super::xmr::{Flag, Meaning, SpecialCause, Way, Xmr};
use crate::benchmark::measure::{Direction, Measure, PeerMedian};
use crate::benchmark::output::number::for_readers;
use crate::benchmark::when::When;
use crate::text::{list_words, upper_first};

/// At most so many names stand in a sentence.
const NAMED: usize = 4;

/// "two", "12".
fn number_word(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| crate::text::thousands(count), |word| (*word).to_string())
}

fn organisations(count: usize) -> &'static str {
    if count == 1 { "organisation" } else { "organisations" }
}

/// "A, B and C", or "A, B, C and 5 others".
fn named(names: &[&str]) -> String {
    if names.len() <= NAMED {
        return list_words(names, "and");
    }
    let others = names.len() - (NAMED - 1);
    let mut shown: Vec<String> = names[..NAMED - 1].iter().map(ToString::to_string).collect();
    shown.push(format!("{others} others"));
    list_words(&shown, "and")
}

impl Xmr {
    /// `whens` are the periods of the points.
    pub fn headline(&self, whens: &[When]) -> String {
        let short = |place: usize| whens.get(place).map_or(String::new(), When::short);
        let (Some(last), Some(first)) = (self.points.last(), whens.first()) else {
            return "No figures are shown".to_string();
        };
        let last_place = self.points.len() - 1;
        if self.points.len() == 1 {
            return format!("One figure, for {}: it shows no direction", short(0));
        }
        if let Some(flag) = last.flag {
            let same = |place: &usize| {
                let point = &self.points[*place];
                point.phase == last.phase
                    && point.flag.is_some_and(|other| other.cause == flag.cause && other.way == flag.way)
            };
            let count = (0..=last_place).rev().take_while(same).count();
            let from = short(last_place + 1 - count);
            let (limit, side) = match flag.way {
                Way::Up => ("upper", "above"),
                Way::Down => ("lower", "below"),
            };
            let what = match (flag.cause, count) {
                (SpecialCause::Outside, 1) => format!("{} is {side} the {limit} limit", short(last_place)),
                (SpecialCause::Outside, _) => format!("All points since {from} are {side} the {limit} limit"),
                (SpecialCause::Trend, _) => {
                    let goes = if flag.way == Way::Up { "risen" } else { "fallen" };
                    format!("The figures have {goes} without a break since {from}")
                }
                (SpecialCause::NearLimit, _) => format!("The latest points are close to the {limit} limit"),
                (SpecialCause::Run, _) => format!("All points since {from} are {side} the mean"),
            };
            return format!("{what}: {}", meaning(flag));
        }
        match self.flagged().last() {
            None => format!(
                "No special cause from {} to {}: the figures vary by chance",
                first.short(),
                short(last_place)
            ),
            Some((place, _)) => format!("No special cause since {}", short(place)),
        }
    }

    /// Mean and limits in words, with "trial limits" where there are few points.
    pub fn limits_in_words(&self, measure: &Measure, decimals: u8) -> Option<String> {
        let phase = self.last_phase()?;
        let figure = |figure: f64| measure.with_unit(&for_readers(figure, decimals));
        let limits = if phase.is_trial { "Trial limits" } else { "Limits" };
        Some(format!(
            "Mean {}. {limits} {} to {}.",
            figure(phase.mean),
            figure(phase.lower),
            figure(phase.upper)
        ))
    }
}

fn meaning(flag: Flag) -> &'static str {
    match flag.meaning {
        Meaning::Improvement => "a special cause of improvement",
        Meaning::Concern => "a special cause of concern",
        Meaning::Neither => "a special cause",
    }
}

impl Funnel {
    /// Who lies outside.
    pub fn headline(&self) -> String {
        let all = self.points.len();
        let lying = |zone: Zone| -> Vec<&FunnelPoint> {
            self.points.iter().filter(|point| point.zone == zone).collect()
        };
        let mut parts = Vec::new();
        for (zone, where_it_is) in
            [(Zone::FarAbove, "above the upper 99.8% limit"), (Zone::FarBelow, "below the lower 99.8% limit")]
        {
            let names: Vec<&str> = lying(zone).iter().map(|point| point.name.as_str()).collect();
            if !names.is_empty() {
                let be = if names.len() == 1 { "is" } else { "are" };
                let count = number_word(names.len());
                parts.push(format!(
                    "{count} of {all} {} {be} {where_it_is}: {}",
                    organisations(all),
                    named(&names)
                ));
            }
        }
        if !parts.is_empty() {
            return upper_first(&parts.join("; "));
        }
        let outside_95 = lying(Zone::Above).len() + lying(Zone::Below).len();
        let beyond = match outside_95 {
            0 => String::new(),
            1 => "; one lies outside the 95% limits, as one in 20 does by chance".to_string(),
            several => {
                format!("; {} lie outside the 95% limits, as one in 20 does by chance", number_word(several))
            }
        };
        format!("All {all} organisations are within the 99.8% limits{beyond}")
    }
}

impl Ranked {
    /// Where the middle half lies.
    pub fn headline(&self, measure: &Measure, decimals: u8) -> String {
        let figure = |figure: f64| measure.with_unit(&for_readers(figure, decimals));
        format!(
            "The middle half of {} organisations lies from {} to {}",
            self.points.len(),
            figure(self.lower_quartile),
            figure(self.upper_quartile)
        )
    }

    /// The median, with whose it is.
    pub fn median_in_words(&self, measure: &Measure, decimals: u8) -> String {
        let figure = measure.with_unit(&for_readers(self.median, decimals));
        match (&self.peer_median, &self.peer_group) {
            (None, Some(group)) => format!("Median {figure}, of those shown. Peer group: {group}."),
            _ => format!("Median {figure}, of those shown."),
        }
    }
}

impl PeerMedian {
    /// Whose median it is, how much and where from: "Shelford Group median 15.0%. Model Hospital, June 2018."
    pub fn words(&self, measure: &Measure, decimals: u8) -> String {
        let figure = measure.with_unit(&for_readers(self.value, self.decimals.max(decimals)));
        let note = self.note.as_deref().map(|note| note.trim().trim_end_matches('.'));
        let note = note.filter(|note| !note.is_empty()).map_or(String::new(), |note| format!(" {note}."));
        format!("{} median {figure}.{note}", self.group.trim())
    }
}

impl Change {
    /// How many went which way.
    pub fn headline(&self) -> String {
        let all = self.points.len();
        let rose = self.points.iter().filter(|point| point.difference() > 0.0).count();
        let fell = self.points.iter().filter(|point| point.difference() < 0.0).count();
        let (ways, counts) = match self.direction {
            Direction::Higher => (["improved", "became worse"], [rose, fell]),
            Direction::Lower => (["improved", "became worse"], [fell, rose]),
            Direction::Neutral => (["rose", "fell"], [rose, fell]),
        };
        let same = all - rose - fell;
        let mut parts = Vec::new();
        for (way, count) in ways.iter().zip(counts).filter(|(_, count)| *count > 0) {
            parts.push(format!("{} {way}", number_word(count)));
        }
        if same > 0 {
            parts.push(format!("{} stayed the same", number_word(same)));
        }
        let first = format!("Of {all} {}", organisations(all));
        format!(
            "{first}, {} from {} to {}",
            list_words(&parts, "and"),
            self.before.short(),
            self.after.short()
        )
    }
}

impl Profile {
    /// The largest group.
    pub fn headline(&self, measure: &Measure, decimals: u8) -> String {
        let largest = self
            .bands
            .iter()
            .filter_map(|band| Some((band, band.value?)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.name.cmp(&a.0.name)));
        let Some((band, value)) = largest else { return "No figures are shown".to_string() };
        let as_large: Vec<&str> = self
            .bands
            .iter()
            .filter(|other| other.value == Some(value))
            .map(|other| other.name.as_str())
            .collect();
        let names = list_words(&as_large, "and");
        let figure = measure.with_unit(&for_readers(value, decimals));
        match (band.share.map(|share| for_readers(share, 0)), as_large.len()) {
            (Some(share), 1) => format!("{names} is the largest group, with {share}% of those shown"),
            (None, 1) => format!("{names} has the highest figure, {figure}"),
            (_, several) if several == self.bands.len() => format!("All are equal, with {figure} each"),
            (Some(share), 2..=4) => {
                format!("{names} are the largest groups, with {share}% each of those shown")
            }
            (None, 2..=4) => format!("{names} have the highest figure, {figure}"),
            (_, several) => format!("{} share the highest figure, {figure}", number_word(several)),
        }
    }
}

impl Run {
    /// Whether there is a shift.
    pub fn headline(&self) -> String {
        let count = self.values.len();
        if !self.is_judged() {
            return format!(
                "{} points are too few to tell a change from chance",
                upper_first(&number_word(count))
            );
        }
        if self.longest > self.longest_by_chance {
            return format!(
                "A shift: {} points in a row lie on one side of the median",
                number_word(self.longest)
            );
        }
        if self.crossings < self.fewest_by_chance {
            return "A shift: the line crosses its median more seldom than chance explains".to_string();
        }
        "No shift: the figures vary around their median by chance".to_string()
    }
}

//! What a benchmark's page says about its figures: what is measured, in what unit, which direction is better, and
//! what is counted.

/// Which direction is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// A higher figure is better.
    Higher,
    /// A lower figure is better.
    Lower,
    /// Neither is better.
    #[default]
    Neutral,
}

impl Direction {
    /// `higher`, `lower` or `neutral`, as pages write it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "higher" => Some(Self::Higher),
            "lower" => Some(Self::Lower),
            "neutral" => Some(Self::Neutral),
            _ => None,
        }
    }
}

/// What is counted; it decides which rule hides small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counts {
    /// Patients, or what belongs to one patient each.
    Patients,
    /// Members of staff, posts and vacancies.
    Staff,
    /// Examinations, reports, appointments.
    #[default]
    Activity,
    /// Organisations, bids, systems.
    Organisations,
    /// Pounds.
    Money,
    /// Anything else.
    Other,
}

impl Counts {
    /// `patients`, `staff` and so on, as pages write it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "patients" => Some(Self::Patients),
            "staff" => Some(Self::Staff),
            "activity" => Some(Self::Activity),
            "organisations" => Some(Self::Organisations),
            "money" => Some(Self::Money),
            "other" => Some(Self::Other),
            _ => None,
        }
    }

    /// Whether it is people who are counted, so that small numbers may identify somebody.
    pub fn is_of_people(self) -> bool {
        matches!(self, Self::Patients | Self::Staff)
    }
}

/// Of what area the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Of the whole country.
    National,
    /// Of smaller areas or of organisations.
    #[default]
    SubNational,
}

impl Level {
    /// `national` or `sub-national`, as pages write it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "national" => Some(Self::National),
            "sub-national" => Some(Self::SubNational),
            _ => None,
        }
    }
}

/// An organisation whose figures are the total of others': a network and its trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// As the file writes it: a code or a name.
    pub organisation: String,
    /// Its members, each as the file writes it.
    pub members: Vec<String>,
}

/// The median of a group that the figures are compared with, from elsewhere: the group need not hold any organisation
/// of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerMedian {
    /// In the measure's unit.
    pub value: f64,
    /// How many decimals it is given with.
    pub decimals: u8,
    /// Whose median it is: "Shelford Group".
    pub group: String,
    /// Where it comes from, or what has to be known of it.
    pub note: Option<String>,
}

/// What the page says about the figures.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    /// What is measured, in one line: "Plain X-ray reports ready within 7 days".
    pub metric: String,
    /// What the figures count: `%`, `£ million`, `staff`, `per 1,000 examinations`.
    pub unit: String,
    /// Which direction is better.
    pub direction: Direction,
    /// What is counted.
    pub counts: Counts,
    /// Of what area.
    pub level: Level,
    /// The figure to reach, in the unit.
    pub target: Option<f64>,
    /// Whom the figures are compared with: "Shelford Group".
    pub peer_group: Option<String>,
    /// The median of a peer group, where the page gives one from elsewhere.
    pub peer_median: Option<PeerMedian>,
    /// Whether the figures are made up to show how a page works.
    pub is_illustrative: bool,
    /// Organisations that are totals of others and cannot be told by their names.
    pub aggregates: Vec<Aggregate>,
}

/// Words in a unit that say that a figure is no count of people or things.
const NO_COUNT: [&str; 20] = [
    "%",
    "percent",
    "percentage",
    "proportion",
    "share",
    "rate",
    "ratio",
    "per",
    "mean",
    "median",
    "average",
    "index",
    "score",
    "days",
    "hours",
    "minutes",
    "weeks",
    "£",
    "smr",
    "shmi",
];

impl Measure {
    /// Whether the unit names a count, so that figures of parts add up to the figure of the whole.
    pub(super) fn unit_is_count(&self) -> bool {
        let unit = self.unit.to_lowercase();
        let mut words = unit.split(|c: char| !c.is_alphanumeric());
        !(unit.contains(['%', '£']) || words.any(|word| NO_COUNT.contains(&word)))
    }

    /// What numerator ÷ denominator is multiplied by to give the figure, where the unit says so: 100 for `%`, 1,000
    /// for `per 1,000`.
    pub(super) fn unit_scale(&self) -> Option<f64> {
        let unit = self.unit.to_lowercase();
        if unit.contains('%') || unit.contains("percent") {
            return Some(100.0);
        }
        let after_per = unit.split("per ").nth(1)?.replace(',', "");
        let digits: String = after_per.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|scale| *scale > 0.0)
    }

    /// Whether the unit names a standardised ratio, of observed over expected.
    pub(super) fn unit_is_ratio(&self) -> bool {
        let unit = self.unit.to_lowercase();
        unit.contains("ratio") || unit.contains("smr") || unit.contains("shmi")
    }

    /// A figure with its unit as it is read in a sentence: `77.7%`, `£134 million`, `12 days`.
    pub fn with_unit(&self, figure: &str) -> String {
        let unit = self.unit.trim();
        if unit.is_empty() || unit == "%" {
            return format!("{figure}{unit}");
        }
        match unit.strip_prefix('£') {
            Some(rest) => format!("£{figure}{rest}"),
            None => format!("{figure} {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(unit: &str) -> Measure {
        Measure { unit: unit.to_string(), ..Measure::default() }
    }

    #[test]
    fn a_unit_tells_counts_from_rates() {
        for count in ["staff", "bids", "million reports", "patients", "examinations", ""] {
            assert!(unit(count).unit_is_count(), "{count}");
        }
        for rate in ["%", "per 1,000 patients", "days", "£ million", "standardised ratio", "mean wait"] {
            assert!(!unit(rate).unit_is_count(), "{rate}");
        }
        assert_eq!(unit("%").unit_scale(), Some(100.0));
        assert_eq!(unit("per 1,000 examinations").unit_scale(), Some(1000.0));
        assert_eq!(unit("per patient").unit_scale(), None);
    }

    #[test]
    fn a_figure_is_read_with_its_unit() {
        assert_eq!(unit("%").with_unit("77.7"), "77.7%");
        assert_eq!(unit("£ million").with_unit("134"), "£134 million");
        assert_eq!(unit("days").with_unit("12"), "12 days");
    }
}

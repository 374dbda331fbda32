//! The stretch of days that a row covers, in words and for files. How people write it is read in `read::period`.

use jiff::civil::Date;

use crate::text::long_date;

/// How long a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// 7 days.
    Week,
    /// A calendar month.
    Month,
    /// January to March, April to June, July to September or October to December.
    Quarter,
    /// April to March.
    FinancialYear,
    /// January to December.
    Year,
    /// Anything else.
    Other,
}

impl Grain {
    /// `month`; `several` for the plural.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::FinancialYear => "financial year",
            Self::Year => "year",
            Self::Other => "stretch of time",
        }
    }
}

/// A stretch of whole days, ordered by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// How long it is.
    pub grain: Grain,
}

const SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn short_month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|month| SHORT.get(month)).copied().unwrap_or_default()
}

/// "April 2024".
fn long_month(date: Date) -> String {
    let words = long_date(date);
    words.split_once(' ').map_or(String::new(), |(_, month)| month.to_string())
}

impl When {
    /// A period as people write it; none where it cannot be told.
    pub fn parse(text: &str) -> Option<Self> {
        super::read::period::parse_one(text)
    }

    /// From the first day to the last; the grain follows.
    pub fn new(start: Date, end: Date) -> Self {
        Self { start, end, grain: grain_of(start, end) }
    }

    /// Whether every day of `other` is one of this stretch.
    pub fn contains(&self, other: &When) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// In full, for tables and sentences: `April 2024`, `2024/25`, `April to June 2024`, `20 June 2021`.
    pub fn words(&self) -> String {
        let (start, end) = (self.start, self.end);
        match self.grain {
            Grain::Day => long_date(start),
            Grain::Week => format!("week ending {}", long_date(end)),
            Grain::Month => long_month(start),
            Grain::FinancialYear => financial_year(start),
            Grain::Year => start.year().to_string(),
            Grain::Quarter | Grain::Other if whole_months(start, end) => {
                let last = long_month(end);
                let first = long_month(start);
                match first.rsplit_once(' ') {
                    Some((month, _)) if start.year() == end.year() => format!("{month} to {last}"),
                    _ => format!("{first} to {last}"),
                }
            }
            Grain::Quarter | Grain::Other => format!("{} to {}", long_date(start), long_date(end)),
        }
    }

    /// For an axis: `Apr 2024`, `20 Jun 2021`, `2024/25`, `Apr–Jun 2024`.
    pub fn short(&self) -> String {
        let (start, end) = (self.start, self.end);
        let day = |date: Date| format!("{} {} {}", date.day(), short_month(date), date.year());
        match self.grain {
            Grain::Day => day(start),
            Grain::Week => day(end),
            Grain::Month => format!("{} {}", short_month(start), start.year()),
            Grain::FinancialYear => financial_year(start),
            Grain::Year => start.year().to_string(),
            Grain::Quarter | Grain::Other if whole_months(start, end) => {
                let first =
                    if start.year() == end.year() { String::new() } else { format!(" {}", start.year()) };
                format!("{}{first}–{} {}", short_month(start), short_month(end), end.year())
            }
            Grain::Quarter | Grain::Other => format!("{}–{}", day(start), day(end)),
        }
    }

    /// For files, and read back as the same stretch: `2024-04`, `2021-06-20`, `2024/25`, `2024-04-01 to 2024-06-30`.
    pub fn code(&self) -> String {
        match self.grain {
            Grain::Day => self.start.to_string(),
            Grain::Month => format!("{:04}-{:02}", self.start.year(), self.start.month()),
            Grain::FinancialYear => financial_year(self.start),
            Grain::Year => format!("{:04}", self.start.year()),
            Grain::Week | Grain::Quarter | Grain::Other => format!("{} to {}", self.start, self.end),
        }
    }

    /// The stretch of the same grain that follows; none for days and for stretches of no usual length.
    pub fn next(&self) -> Option<When> {
        let months = match self.grain {
            Grain::Week => {
                let week = jiff::Span::new().days(7);
                let next = |date: Date| date.checked_add(week).ok();
                return Some(When { start: next(self.start)?, end: next(self.end)?, grain: Grain::Week });
            }
            Grain::Month => 1,
            Grain::Quarter => 3,
            Grain::FinancialYear | Grain::Year => 12,
            Grain::Day | Grain::Other => return None,
        };
        let start = self.start.checked_add(jiff::Span::new().months(months)).ok()?;
        let end = start.checked_add(jiff::Span::new().months(months - 1)).ok()?.last_of_month();
        Some(When { start, end, grain: self.grain })
    }
}

fn financial_year(start: Date) -> String {
    format!("{}/{:02}", start.year(), (start.year() + 1).rem_euclid(100))
}

fn whole_months(start: Date, end: Date) -> bool {
    start.day() == 1 && end == end.last_of_month()
}

fn grain_of(start: Date, end: Date) -> Grain {
    if start == end {
        return Grain::Day;
    }
    if whole_months(start, end) {
        let years = i32::from(end.year()) - i32::from(start.year());
        let months = years * 12 + i32::from(end.month()) - i32::from(start.month()) + 1;
        match (months, start.month()) {
            (1, _) => return Grain::Month,
            (3, 1 | 4 | 7 | 10) => return Grain::Quarter,
            (12, 4) => return Grain::FinancialYear,
            (12, 1) => return Grain::Year,
            _ => return Grain::Other,
        }
    }
    let days = end.since(start).map_or(0, |span| span.get_days());
    if days == 6 { Grain::Week } else { Grain::Other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn stretches_are_told_in_words_and_for_files() {
        for (start, end, words, short, code) in [
            (date(2024, 4, 1), date(2024, 4, 30), "April 2024", "Apr 2024", "2024-04"),
            (date(2024, 4, 1), date(2025, 3, 31), "2024/25", "2024/25", "2024/25"),
            (date(1999, 4, 1), date(2000, 3, 31), "1999/00", "1999/00", "1999/00"),
            (date(2021, 6, 20), date(2021, 6, 20), "20 June 2021", "20 Jun 2021", "2021-06-20"),
            (
                date(2024, 4, 1),
                date(2024, 6, 30),
                "April to June 2024",
                "Apr–Jun 2024",
                "2024-04-01 to 2024-06-30",
            ),
            (
                date(2023, 12, 1),
                date(2024, 2, 29),
                "December 2023 to February 2024",
                "Dec 2023–Feb 2024",
                "2023-12-01 to 2024-02-29",
            ),
            (
                date(2024, 4, 1),
                date(2024, 4, 7),
                "week ending 7 April 2024",
                "7 Apr 2024",
                "2024-04-01 to 2024-04-07",
            ),
        ] {
            let when = When::new(start, end);
            assert_eq!(
                (when.words().as_str(), when.short().as_str(), when.code().as_str()),
                (words, short, code)
            );
        }
    }

    #[test]
    fn the_next_stretch_is_as_long() {
        let next = |start, end| When::new(start, end).next().unwrap().words();
        assert_eq!(next(date(2023, 12, 1), date(2023, 12, 31)), "January 2024");
        assert_eq!(next(date(2024, 1, 1), date(2024, 3, 31)), "April to June 2024");
        assert_eq!(next(date(2024, 4, 1), date(2025, 3, 31)), "2025/26");
        assert_eq!(next(date(2024, 2, 26), date(2024, 3, 3)), "week ending 10 March 2024");
    }
}

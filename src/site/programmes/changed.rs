//! When pages changed: to the minute where a writer says so, as on the day of an event.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{instant, is_cancelled};
use crate::site::{PageIndex, Site};
use crate::text::LocalTime;

impl Site {
    /// The last change that a page gives the time of: readers who saw the page before must know of it.
    pub fn timed_change(&self, page: PageIndex) -> Option<(LocalTime, &str)> {
        let changes = self.pages[page].parsed.values.groups("changes");
        let timed = changes.filter_map(|change| {
            let time = change.value.local_time("date").filter(|time| time.time.is_some())?;
            Some((time, change.value.text("what")?))
        });
        timed.max_by_key(|(time, _)| *time)
    }

    /// Why what a page is about does not take place; empty where it says no more than that.
    pub fn cancelled(&self, page: PageIndex) -> Option<&str> {
        let parsed = &self.pages[page].parsed;
        let why = parsed.values.text("cancelled").filter(|_| is_cancelled(parsed))?;
        Some(if matches!(why.to_lowercase().as_str(), "true" | "yes") { "" } else { why })
    }

    /// When the content of a page last changed, as far as it says so itself. A day without a time is its beginning in
    /// UTC.
    pub fn changed_at(&self, page: PageIndex) -> Option<Timestamp> {
        let values = &self.pages[page].parsed.values;
        let changes = values.groups("changes").filter_map(|change| change.value.local_time("date"));
        let zone = self.zone_of(page);
        let at = |time: LocalTime| {
            instant(zone, time).or_else(|| TimeZone::UTC.to_timestamp(time.date.at(0, 0, 0, 0)).ok())
        };
        let days = [values.date("last_reviewed"), values.date("published")].into_iter().flatten();
        changes.chain(days.map(|date| LocalTime { date, time: None })).filter_map(at).max()
    }
}

//! What a programme says in words: the zone of its times, and what helps people to take part.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::text::long_date;

/// The zone of times as people call it: `UK time` for Europe/London, `Paris time`.
pub fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some("Europe/London" | "Europe/Belfast" | "GB") => "UK time".to_string(),
        Some(name) if !name.contains('/') => name.to_string(),
        Some(name) => format!("{} time", name.rsplit('/').next().unwrap_or(name).replace('_', " ")),
        None => "local time".to_string(),
    }
}

/// The zone of the times between two instants in a sentence, with what sets it apart and a change of the clocks.
pub fn zone_sentence(zone: &TimeZone, first: Timestamp, last: Timestamp) -> String {
    let name = zone_name(zone);
    let (before, after) = (mark(zone, first), mark(zone, last));
    let change = zone.following(first).next().map(|transition| transition.timestamp());
    match change.filter(|change| before != after && *change <= last) {
        Some(change) => {
            let day = long_date(zone.to_datetime(change).date());
            format!("All times are {name}. The clocks change on {day}: {before} before, {after} after.")
        }
        None if name == before => format!("All times are {name}."),
        None => format!("All times are {name} ({before})."),
    }
}

/// `BST, UTC+1`; zones without letters of their own have the hours only.
fn mark(zone: &TimeZone, instant: Timestamp) -> String {
    let info = zone.to_offset_info(instant);
    let hours = from_utc(info.offset());
    match info.abbreviation() {
        letters if letters.starts_with(|c: char| c.is_ascii_alphabetic()) && letters != hours => {
            format!("{letters}, {hours}")
        }
        _ => hours,
    }
}

fn from_utc(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_string(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// What helps people to take part: how writers put it, what it is called, and what it means to somebody who never
/// needed it.
const ACCESS: [(&[&str], &str, &str); 6] = [
    (
        &["step-free", "step free", "step-free access"],
        "Step-free",
        "no steps or stairs on the way in or to the rooms",
    ),
    (
        &["hearing loop", "loop", "induction loop", "hearing loops"],
        "Hearing loop",
        "sound goes straight to hearing aids that are set to it",
    ),
    (&["captions", "live captions", "subtitles"], "Captions", "what is said can be read as it is said"),
    (
        &["bsl", "british sign language", "bsl interpreter", "bsl interpretation"],
        "British Sign Language (BSL)",
        "an interpreter signs what is said",
    ),
    (&["quiet room", "quiet space"], "Quiet room", "a place to rest from noise and people"),
    (
        &["accessible toilet", "accessible toilets"],
        "Accessible toilets",
        "with room for a wheelchair and a helper",
    ),
];

/// What an entry of a page's `access` is called, and what it means where that is known.
pub fn access(entry: &str) -> (String, Option<&'static str>) {
    let key = entry.trim().to_lowercase();
    let known = ACCESS.iter().find(|(names, ..)| names.contains(&key.as_str()));
    match known {
        Some((_, name, meaning)) => ((*name).to_string(), Some(*meaning)),
        None => (entry.trim().to_string(), None),
    }
}

/// Whether an audience is everybody, so that nobody is left out who looks for theirs.
pub fn is_everyone(audience: &str) -> bool {
    ["everyone", "everybody", "all", "all delegates"].contains(&audience.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::{access, zone_sentence};

    fn sentence(zone: &str, first: &str, last: &str) -> String {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        zone_sentence(&TimeZone::get(zone).unwrap(), at(first), at(last))
    }

    #[test]
    fn the_zone_is_said_as_people_say_it() {
        for (zone, expected) in [
            ("Europe/London", "All times are UK time (BST, UTC+1)."),
            ("Europe/Paris", "All times are Paris time (CEST, UTC+2)."),
            ("America/St_Johns", "All times are St Johns time (NDT, UTC-2:30)."),
            ("Asia/Dubai", "All times are Dubai time (UTC+4)."),
            ("UTC", "All times are UTC."),
        ] {
            assert_eq!(sentence(zone, "2018-04-18T09:00:00Z", "2018-04-18T16:00:00Z"), expected);
        }
    }

    #[test]
    fn a_change_of_the_clocks_during_an_event_is_said() {
        let expected =
            "All times are UK time. The clocks change on 25 October 2026: BST, UTC+1 before, GMT, UTC after.";
        assert_eq!(sentence("Europe/London", "2026-10-24T08:00:00Z", "2026-10-25T16:00:00Z"), expected);
        let same_day = "All times are UK time (GMT, UTC).";
        assert_eq!(sentence("Europe/London", "2026-10-25T09:00:00Z", "2026-10-25T16:00:00Z"), same_day);
    }

    #[test]
    fn what_helps_people_is_explained_where_it_is_known() {
        assert_eq!(access("BSL").0, "British Sign Language (BSL)");
        assert_eq!(access(" Step-free ").1, Some("no steps or stairs on the way in or to the rooms"));
        assert_eq!(access("Prayer room"), ("Prayer room".to_string(), None));
    }
}

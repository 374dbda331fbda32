//! The members of a network: who belongs to it and who did, what they are called since, and where each is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::content::ParsedPage;
use crate::content::kinds::organisation::{Organisation, Organisations};
use crate::map::is_in_reach;
use crate::text::{Period, counted, list_words, long_date};

/// More takeovers than this in a row are a circle.
const MOST_SUCCESSORS: usize = 8;

/// An organisation that belongs or belonged to a network.
pub(super) struct Member<'a> {
    pub(super) code: &'a str,
    /// Its name at the time of the list.
    pub(super) name: &'a str,
    pub(super) from: Option<&'a Period>,
    pub(super) to: Option<&'a Period>,
    /// Its own line in the list of organisations.
    pub(super) organisation: Option<&'a Organisation>,
    /// The organisation that it is part of today, where that is another.
    pub(super) today: Option<&'a Organisation>,
    /// The organisation at whose place it stands on a map: itself, or the nearest that took it in.
    pub(super) seat: Option<&'a Organisation>,
}

impl Member<'_> {
    /// Whether the list says until when it was a member.
    pub(super) fn has_left(&self) -> bool {
        self.to.is_some()
    }
}

/// The members of a network's page, those that left last, each part by name.
pub(super) fn members<'a>(network: &'a ParsedPage, organisations: &'a Organisations) -> Vec<Member<'a>> {
    let mut members: Vec<Member<'a>> = network
        .values
        .groups("members")
        .filter_map(|member| {
            let ods = member.value.text("ods")?;
            let organisation = organisations.get(ods);
            let line = successors(ods, organisations);
            Some(Member {
                code: ods,
                name: member
                    .value
                    .text("name")
                    .or(organisation.map(|known| known.name.as_str()))
                    .unwrap_or("Name not known"),
                from: member.value.period("from"),
                to: member.value.period("to"),
                organisation,
                today: line.last().copied().filter(|last| last.ods != ods),
                seat: line.into_iter().find(|each| position(each).is_some()),
            })
        })
        .collect();
    members.sort_by_cached_key(|member| {
        (member.has_left(), in_lists(member.name).to_lowercase(), member.code.to_string())
    });
    members
}

/// Where an organisation stands on a map of England; nowhere if it is made up.
pub(super) fn position(organisation: &Organisation) -> Option<(f64, f64)> {
    organisation
        .position
        .filter(|(latitude, longitude)| !organisation.fictional && is_in_reach(*latitude, *longitude))
}

/// The middle of those members whose place is known. Two that are one organisation today count once.
pub(super) fn middle(network: &ParsedPage, organisations: &Organisations) -> Option<(f64, f64)> {
    let members = members(network, organisations);
    let seats: BTreeMap<&str, (f64, f64)> = members
        .iter()
        .filter(|member| !member.has_left())
        .filter_map(|member| Some((member.seat?.ods.as_str(), position(member.seat?)?)))
        .collect();
    let count = f64::from(u32::try_from(seats.len()).ok()?);
    let sum = seats.values().fold((0.0, 0.0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}

/// An organisation and those that took it in, one after the other.
fn successors<'a>(code: &str, organisations: &'a Organisations) -> Vec<&'a Organisation> {
    let mut line: Vec<&Organisation> = Vec::new();
    let mut next = organisations.get(code);
    while let Some(organisation) = next.filter(|_| line.len() < MOST_SUCCESSORS) {
        line.push(organisation);
        next = organisation.successor.as_ref().and_then(|code| organisations.get(code));
    }
    line
}

/// Something that happened to the members of a network.
pub(super) struct Event {
    /// When, in the writer's words.
    pub(super) when: String,
    pub(super) what: String,
    /// Whether this is the day of the list itself.
    pub(super) is_list: bool,
}

/// What is known to have happened, in the order of time, and where the list stands in it; nothing where only the list
/// has a date.
pub(super) fn history(network: &ParsedPage, members: &[Member<'_>]) -> Vec<Event> {
    // By the day, then by what happened: those who joined, the list, those who left, those who closed.
    let mut events: BTreeMap<(Date, u8, String), BTreeSet<String>> = BTreeMap::new();
    for member in members {
        if let Some(from) = member.from {
            let key = (from.start, 0, from.text.clone());
            events.entry(key).or_default().insert(member.name.to_string());
        }
        if let Some(to) = member.to {
            let key = (to.end.unwrap_or(to.start), 2, to.text.clone());
            events.entry(key).or_default().insert(member.name.to_string());
        }
        if let Some(closed) = member.organisation.and_then(|known| known.valid_to) {
            let what = member.today.map_or_else(
                || format!("{} ({}) closed", member.name, member.code),
                |today| {
                    format!(
                        "{} ({}) closed and became part of {} ({})",
                        member.name, member.code, today.name, today.ods
                    )
                },
            );
            events.entry((closed, 3, long_date(closed))).or_default().insert(what);
        }
    }
    if events.is_empty() {
        return Vec::new();
    }
    if let Some(list) = network.values.period("as_of") {
        events.entry((list.end.unwrap_or(list.start), 1, list.text.clone())).or_default();
    }
    events
        .into_iter()
        .map(|((_, kind, when), names)| {
            let names: Vec<String> = names.into_iter().collect();
            let (what, is_list) = match kind {
                0 => (format!("{} joined", list_words(&names, "and")), false),
                1 => {
                    let count = members.iter().filter(|member| !member.has_left()).count();
                    let counted = counted(count, "organisation", "organisations");
                    (format!("The list of members on this page: {counted}"), true)
                }
                2 => (format!("{} left", list_words(&names, "and")), false),
                _ => (names.join("; "), false),
            };
            Event { when, what, is_list }
        })
        .collect()
}

/// A name as lists sort it.
fn in_lists(name: &str) -> &str {
    name.strip_prefix("The ").unwrap_or(name)
}

/// The short names of organisations on a map: what their own is without the words that nearly all have. Where two
/// would be called the same, both keep more.
pub(super) fn short_names(names: &[&str]) -> Vec<String> {
    let shortest: Vec<&str> = names.iter().map(|name| shortened(name, LONG)).collect();
    names
        .iter()
        .zip(&shortest)
        .map(|(name, short)| {
            let is_alone = shortest.iter().filter(|other| *other == short).count() == 1;
            (if is_alone { short } else { shortened(name, NHS) }).to_string()
        })
        .collect()
}

/// Endings that say only that it is an NHS trust.
const NHS: &[&str] =
    &["NHS Foundation Trust", "NHS Trust", "NHS Hospitals Trust", "NHS Hospitals Foundation Trust"];

/// Words at the end that say what sort of hospital it is, after the endings above.
const LONG: &[&str] = &[
    "NHS Foundation Trust",
    "NHS Trust",
    "University",
    "Universities",
    "Teaching",
    "Hospitals",
    "Hospital",
    "Healthcare",
    "Health",
    "General",
    "District",
    "Acute",
    "NHS",
];

fn shortened<'a>(name: &'a str, endings: &[&str]) -> &'a str {
    let mut short = in_lists(name.trim());
    loop {
        let shorter = endings
            .iter()
            .find_map(|ending| short.strip_suffix(ending)?.strip_suffix(' '))
            .map(|rest| rest.trim_end_matches([' ', ',']));
        match shorter {
            // "Barts" is a name, "City" is none.
            Some(rest) if !matches!(rest, "City" | "Royal") && !rest.ends_with(" and") => short = rest,
            _ => break,
        }
    }
    if endings.len() > NHS.len() {
        for beginning in ["University Hospitals of ", "University Hospitals ", "University Hospital "] {
            short = short.strip_prefix(beginning).filter(|rest| !rest.is_empty()).unwrap_or(short);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_a_map_are_short_and_still_names() {
        for (name, short) in [
            ("The Newcastle upon Tyne Hospitals NHS Foundation Trust", "Newcastle upon Tyne"),
            ("East Kent Hospitals University NHS Foundation Trust", "East Kent"),
            ("University Hospitals of Derby and Burton NHS Foundation Trust", "Derby and Burton"),
            (
                "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust",
                "Queen Elizabeth Hospital, King's Lynn",
            ),
            ("Barts Health NHS Trust", "Barts"),
            ("Royal United Hospitals Bath NHS Foundation Trust", "Royal United Hospitals Bath"),
            ("North Tees and Hartlepool NHS Foundation Trust", "North Tees and Hartlepool"),
        ] {
            assert_eq!(short_names(&[name]), [short]);
        }
    }

    #[test]
    fn two_of_one_short_name_keep_more() {
        let names = ["Leeds Teaching Hospitals NHS Trust", "Leeds Acute NHS Trust", "York NHS Trust"];
        assert_eq!(short_names(&names), ["Leeds Teaching Hospitals", "Leeds Acute", "York"]);
    }

    #[test]
    fn a_circle_of_successors_ends() {
        let text = "ods,name,successor\nRA1,One,RA2\nRA2,Two,RA1\n";
        let (organisations, _) = crate::content::kinds::organisation::parse(text);
        assert_eq!(successors("RA1", &organisations).len(), MOST_SUCCESSORS);
    }
}

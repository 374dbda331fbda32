//! How a coming event could be changed so that nobody has to choose: for `netsite check`, never for a build. A
//! programme in which people must choose is right as it stands.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::programme::{Change, fewest_changes};
use crate::site::Site;
use crate::text::{counted, list_words};

use super::{AudienceRoute, Programme, is_cancelled};

/// So many audiences, and sessions of each, are named.
const NAMED: usize = 3;

/// Warnings for coming events at which an audience cannot attend all that is meant for it, each with the fewest changes
/// that would help.
pub fn advice(site: &Site) -> Vec<Diagnostic> {
    site.programmes.values().filter_map(|programme| of_event(site, programme)).collect()
}

fn of_event(site: &Site, programme: &Programme) -> Option<Diagnostic> {
    let event = &site.pages[programme.event].parsed;
    if is_cancelled(event) || programme.is_over(site) {
        return None;
    }
    let routes = programme.routes();
    let torn: Vec<&AudienceRoute<'_>> = routes.iter().filter(|route| !route.left_out.is_empty()).collect();
    if torn.is_empty() {
        return None;
    }
    let mut losses: Vec<String> = torn.iter().take(NAMED).map(|route| loss(site, route)).collect();
    if torn.len() > NAMED {
        losses.push(counted(torn.len() - NAMED, "more audience", "more audiences"));
    }
    let message = format!("not everybody can attend all that is meant for them: {}", losses.join("; "));
    let mut problem = Diagnostic::warning("audience-must-choose", message)
        .in_file(&event.path)
        .help(proposal(site, programme, &routes));
    problem.span = event.values.key_span("audiences").or_else(|| event.values.key_span("title"));
    Some(problem)
}

/// `Radiologists would miss “A” for “B” at 11am`.
fn loss(site: &Site, route: &AudienceRoute<'_>) -> String {
    let title = |page: usize| format!("“{}”", site.pages[page].parsed.title);
    let mut missed: Vec<String> = route
        .left_out
        .iter()
        .take(NAMED)
        .map(|left| {
            let first = left.sessions[0];
            let instead: Vec<String> =
                left.instead.iter().take(NAMED).map(|other| title(other.page)).collect();
            let reason = if instead.is_empty() {
                String::new()
            } else {
                format!(" for {}", list_words(&instead, "and"))
            };
            format!("{}{reason} ({})", title(first.page), first.start)
        })
        .collect();
    if route.left_out.len() > NAMED {
        missed.push(counted(route.left_out.len() - NAMED, "more session", "more sessions"));
    }
    format!("{} would miss {}", route.audience, list_words(&missed, "and"))
}

fn proposal(site: &Site, programme: &Programme, routes: &[AudienceRoute<'_>]) -> String {
    let Some(proposal) = fewest_changes(&programme.model) else {
        return hopeless(programme, routes);
    };
    let changes: Vec<String> =
        proposal.changes.iter().map(|change| in_words(site, programme, change)).collect();
    let (few, sure) = match (changes.len(), proposal.is_fewest) {
        (1, _) => ("one change is enough", ""),
        (_, true) => ("these changes are enough", ", and fewer are not"),
        (_, false) => ("these changes are enough", ", though fewer may be"),
    };
    let list = match changes.as_slice() {
        [one] => one.clone(),
        many => many
            .iter()
            .enumerate()
            .map(|(number, change)| format!("({}) {change}", number + 1))
            .collect::<Vec<_>>()
            .join("; "),
    };
    format!("{few} for everybody to attend everything{sure}: {list}")
}

/// What can be done where no changes help; nobody can go to two sessions that start together.
fn hopeless(programme: &Programme, routes: &[AudienceRoute<'_>]) -> String {
    let starts: BTreeSet<i64> = programme.model.sessions.iter().map(|session| session.start).collect();
    let fullest = routes.iter().max_by_key(|route| route.attended.len() + route.left_out.len());
    let meant = fullest.map_or(0, |route| route.attended.len() + route.left_out.len());
    let reason = match fullest {
        Some(route) if meant > starts.len() => format!(
            "no repeats or moves can help: {meant} sessions are meant for {}, and there {} {} at which sessions start",
            route.audience,
            if starts.len() == 1 { "is" } else { "are" },
            counted(starts.len(), "time", "times")
        ),
        _ => "no repeats or moves were found after which all could attend: rooms and times do not suffice, or it would need too many".to_string(),
    };
    format!(
        "{reason}; name fewer audiences, add rooms or times, or put slides and notes on the pages of the sessions for those who miss them"
    )
}

fn in_words(site: &Site, programme: &Programme, change: &Change) -> String {
    let (Change::Move { session, start, room } | Change::Repeat { session, start, room }) = *change;
    let own = programme.session(session);
    let title = &site.pages[own.page].parsed.title;
    let room = programme.rooms.get(room).map_or("another room", String::as_str);
    let when = programme.local(start);
    let (date, clock) = (crate::text::long_date(when.date), when.clock().unwrap_or_default());
    // On an event of one day the day goes without saying.
    let when = if own.start.date == when.date { clock } else { format!("{clock} on {date}") };
    match change {
        Change::Move { .. } if when == own.start.clock().unwrap_or_default() => {
            format!("move “{title}” to {room}")
        }
        Change::Move { .. } => {
            format!("move “{title}” from {} to {when}, in {room}", own.start.clock().unwrap_or_default())
        }
        Change::Repeat { .. } => format!("repeat “{title}” at {when}, in {room}"),
    }
}

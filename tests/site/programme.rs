//! The programme of an event as a whole: what a writer is told of clashes, rooms and clocks, and what a reader finds of
//! routes, changes, speakers and what a session leaves behind.

use netsite::build::{self, Options, Progress};
use netsite::diagnostic::Diagnostic;
use netsite::disk::DiskWorld;
use netsite::pathway::layout::Layouts;
use netsite::site::programmes::advice;

use super::harness::{TestSite, page};
use super::told::told;

const ABOUT: &str = "## About\n\nText.\n";

pub(crate) fn event(title: &str, day: &str, fields: &str) -> String {
    let zone = if fields.contains("timezone") { "" } else { "timezone: Europe/London\n" };
    page(title, &format!("starts: {day}\nends: {day}\nvenue: Hall\n{zone}{fields}"), ABOUT)
}

/// A session of the event `day`, on its day in 2031 unless the times say another.
pub(crate) fn session(title: &str, start: &str, end: &str, fields: &str) -> String {
    let on = |time: &str| if time.contains(' ') { time.to_string() } else { format!("2031-05-14 {time}") };
    let (start, end) = (on(start), on(end));
    let event = if fields.contains("event:") { "" } else { "event: day\n" };
    let speakers = if fields.contains("speakers:") { "" } else { "speakers: []\n" };
    page(title, &format!("{event}start: {start}\nend: {end}\n{speakers}{fields}"), ABOUT)
}

pub(crate) fn day(fields: &str) -> TestSite {
    TestSite::new().file("content/events/day.md", event("The day", "2031-05-14", fields))
}

#[test]
fn people_and_rooms_that_are_needed_twice_are_told() {
    let site = day("")
        .file(
            "content/sessions/a.md",
            session("A", "10:00", "11:00", "room: North\nspeakers: [Dr Ann Example, Network director]\n"),
        )
        .file(
            "content/sessions/b.md",
            session("B", "10:30", "11:30", "room: South\nspeakers: [ann example]\n"),
        )
        .file(
            "content/sessions/c.md",
            session("C", "10:45", "11:30", "room: East\nspeakers: [Network director]\n"),
        )
        .file("content/sessions/d.md", session("D", "10:45", "11:15", "room: east\n"))
        .file(
            "content/sessions/e.md",
            session("E", "11:00", "11:30", "room: North\nspeakers: [Dr Ann Example of Devon]\n"),
        );
    told(
        &site,
        r"
        error speaker-clash content/sessions/b.md:12:12
          ann example cannot be in two rooms: another session is “A”, from 10am to 11am
          help: move one of the sessions, or name who else speaks
        warning speaker-clash content/sessions/c.md:12:12
          Network director speaks at the same time in another room: “A”, from 10am to 11am
          help: if they are two people, say which is meant: Network director, Devon; if it is one, move one of the sessions
        warning room-clash content/sessions/d.md:12:7
          East has another session at the same time: “C”, from 10:45am to 11:30am
          help: give one of the two another room or time; where a room holds several at once, list it in `rooms` of the event with `shared: true`
        warning room-spelling content/sessions/d.md:12:7
          this room is `east` here and `East` in other sessions of the event, so readers look for two rooms
          help: write room: East
        ",
    );
}

#[test]
fn rooms_that_an_event_lists_are_the_only_ones() {
    let rooms = "rooms:\n  - name: Room 1\n    capacity: 40\n  - name: Foyer\n    shared: true\n";
    let site = day(rooms)
        .file("content/sessions/a.md", session("A", "10:00", "11:00", "room: room1\ncapacity: 60\n"))
        .file("content/sessions/b.md", session("B", "10:00", "11:00", "room: Room 1\ncapacity: 41\n"))
        .file("content/sessions/c.md", session("C", "10:00", "11:00", "room: Cellar\n"))
        .file("content/sessions/d.md", session("D", "12:00", "13:00", "room: Foyer\n"))
        .file("content/sessions/e.md", session("E", "12:00", "13:00", "room: Foyer\ncancelled: \"no\"\n"));
    told(
        &site,
        r"
        error unknown-room content/sessions/a.md:12:7
          `room1` is not among the rooms of the event `day`
          help: write room: Room 1
        error room-clash content/sessions/b.md:12:7
          Room 1 has another session at the same time: “A”, from 10am to 11am
          help: give one of the two another room or time; where a room holds several at once, say `shared: true` in `rooms` of the event
        error room-too-small content/sessions/b.md:13:11
          41 can come to this session, and Room 1 holds 40
          help: give it a larger room, or a `capacity` that the room holds
        error unknown-room content/sessions/c.md:12:7
          `Cellar` is not among the rooms of the event `day`
          help: there are Room 1 and Foyer; add it to `rooms` of the event if it is one of them
        ",
    );
}

#[test]
fn times_that_the_clocks_skip_or_show_twice_are_told() {
    let site = TestSite::new()
        .file("content/events/spring.md", event("Spring", "2031-03-30", ""))
        .file("content/events/autumn.md", event("Autumn", "2031-10-26", "timezone: Europe/Lisbon\n"))
        .file("content/events/bst.md", event("Summer", "2031-07-01", "timezone: GMT+1\n"))
        .file(
            "content/sessions/a.md",
            session("A", "2031-03-30 01:15", "2031-03-30 03:00", "event: spring\nroom: R\n"),
        )
        .file(
            "content/sessions/b.md",
            session("B", "2031-10-26 00:30", "2031-10-26 01:30", "event: autumn\nroom: R\n"),
        );
    told(
        &site,
        r"
        error unknown-zone content/events/bst.md:11:11
          `GMT+1` is not the name of a time zone, so the clocks cannot be known
          help: write timezone: Europe/London
        error time-skipped content/sessions/a.md:8:8
          there is no 1:15am on 30 March 2031: the clocks go forward past it
          help: write start: 2031-03-30 00:15, before the change, or start: 2031-03-30 02:15, after it
        warning time-twice content/sessions/b.md:9:6
          1:30am on 26 October 2031 happens twice, because the clocks go back; the first is taken (WEST)
          help: choose a time outside that hour, or say in the text of the page which is meant
        ",
    );
}

#[test]
fn sessions_belong_to_the_days_of_their_event_and_repeat_each_other_there() {
    let site = day("")
        .file("content/events/other.md", event("Other", "2031-06-01", ""))
        .file(
            "content/events/hidden.md",
            event("Hidden", "2031-06-01", "").replace("status: published", "status: draft"),
        )
        .file(
            "content/sessions/late.md",
            session("Late", "2031-05-15 10:00", "2031-05-15 11:00", "room: R\n"),
        )
        .file("content/sessions/one.md", session("One", "10:00", "11:00", "room: R\nrepeats_as: two\n"))
        .file("content/sessions/two.md", session("Two", "11:00", "12:00", "room: R\nrepeats_as: one\n"))
        .file(
            "content/sessions/elsewhere.md",
            session("Elsewhere", "12:00", "13:00", "room: R\nrepeats_as: there\n"),
        )
        .file(
            "content/sessions/there.md",
            session("There", "2031-06-01 10:00", "2031-06-01 11:00", "event: other\nroom: R\n"),
        )
        .file(
            "content/sessions/unseen.md",
            session("Unseen", "2031-06-01 10:00", "2031-06-01 11:00", "event: hidden\nroom: R\n"),
        );
    told(
        &site,
        r"
        error repeat-elsewhere content/sessions/elsewhere.md:13:13
          `repeats_as` names `there`, a session of `other`, so nobody at this event could go to it
          help: name a session of the same event, or name the page under `related`
        error outside-event content/sessions/late.md:9:8
          this session is on 15 May 2031, and its event `day` is on 14 May 2031, so the programme cannot show it
          help: check the day of `start`, and `starts` and `ends` of the event
        error repeat-circle content/sessions/one.md:13:13
          `one` and `two` repeat each other in a circle, so none of them comes first
          help: name the later session in the earlier one, and take `repeats_as` out of the last
        error hidden-reference content/sessions/unseen.md:11:8
          `hidden` has the status draft, so readers could not follow it
          help: publish that page first, or take the reference out
        ",
    );
}

#[test]
fn a_quote_needs_consent_before_it_is_published() {
    let quoted = "room: R\nfeedback:\n  - quote: I wish I had seen them all\n    who: Radiographer\n";
    let agreed = format!("{quoted}    consent: {{ role: Events team, date: 2031-05-20 }}\n");
    let site = day("")
        .file("content/sessions/a.md", session("A", "10:00", "11:00", quoted))
        .file("content/sessions/b.md", session("B", "12:00", "13:00", &agreed));
    told(
        &site,
        r"
        error quote-without-consent content/sessions/a.md:14:12
          nobody is noted to have agreed that these words are published
          help: ask, and add consent: { role: Events team, date: 2018-04-20 }; or take the quote out
        ",
    );
    site.write("content/sessions/a.md", session("A", "10:00", "11:00", "room: R\n"));
    site.build().clean();
    let html = site.output("sessions/b/index.html");
    assert!(
        html.contains("I wish I had seen them all") && html.contains("Events team, 20 May 2031"),
        "{html}"
    );
}

/// Radiologists want two sessions at 11, of which one is repeated at 2; managers want two at 11.
fn parallel() -> TestSite {
    day("")
        .network()
        .case_study("home", "")
        .file("content/sessions/welcome.md", session("Welcome", "10:00", "10:45", "room: Hall\naudiences: [Everyone]\n"))
        .file("content/sessions/home.md", session("Home reporting", "11:00", "12:00", "room: A\naudiences: [Radiologists]\nrepeats_as: home-again\n"))
        .file("content/sessions/home-again.md", session("Home reporting again", "14:00", "15:00", "room: A\naudiences: [radiologists]\n"))
        .file("content/sessions/stroke.md", session("Stroke", "11:00", "12:00", "room: B\naudiences: [Radiologists, Managers]\ncases: [home]\nrecording: https://example.org/video\n"))
        .file("content/sessions/money.md", session("Money", "11:00", "12:00", "room: C\naudiences: [Managers]\n"))
}

/// The words of a page alone.
fn words(html: &str) -> String {
    let words = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_audience_has_a_way_through_the_day() {
    let site = parallel();
    site.build().clean();
    let text = words(&site.output("events/day/index.html"));
    assert!(
        text.contains("Radiologists 3 sessions 10am to 10:45am Welcome Hall 11am to midday Stroke B 2pm to 3pm Home reporting again A This takes in every session that is meant for Radiologists."),
        "{text}"
    );
    assert!(text.contains("Managers 2 sessions, 1 missed"), "{text}");
    assert!(text.contains("Nobody can go to more of what is meant for Managers. This way misses:"), "{text}");
    let missed = "Stroke , 11am, at the same time as Money. It left a recording. To read afterwards: home .";
    assert!(text.contains(missed), "{text}");
}

/// What is advised in the summer before the event.
fn advised(site: &TestSite) -> Vec<Diagnostic> {
    let world = DiskWorld::new(site.path(""), "2030-07-01T09:00:00Z".parse().unwrap());
    let assembled =
        build::assemble(&world, &Options::default(), Layouts::default(), &Progress::default()).unwrap();
    advice(&assembled.site)
}

#[test]
fn advice_names_the_fewest_changes_and_a_build_says_nothing_of_it() {
    let site = parallel();
    site.build().clean();
    let advice = advised(&site);
    assert_eq!(advice.len(), 1, "{advice:#?}");
    let problem = &advice[0];
    assert_eq!((problem.code, problem.severity.name()), ("audience-must-choose", "warning"));
    assert!(
        problem
            .message
            .starts_with("not everybody can attend all that is meant for them: Managers would miss"),
        "{problem:?}"
    );
    let help = problem.help.as_deref().unwrap();
    assert_eq!(
        help,
        "one change is enough for everybody to attend everything: move “Money” from 11am to 2pm, in C"
    );
}

#[test]
fn advice_is_for_coming_events_and_says_where_nothing_helps() {
    let site = day("")
        .file("content/sessions/a.md", session("A", "10:00", "11:00", "room: R\naudiences: [X]\n"))
        .file("content/sessions/b.md", session("B", "10:00", "11:00", "room: S\naudiences: [X]\n"));
    let advice = advised(&site);
    let help = advice[0].help.as_deref().unwrap();
    assert!(
        help.starts_with("no repeats or moves can help: 2 sessions are meant for X, and there is 1 time"),
        "{help}"
    );
    site.write("content/events/day.md", event("The day", "2018-05-14", ""));
    for (name, title) in [("a", "A"), ("b", "B")] {
        let fields = format!("room: {title}\naudiences: [X]\n");
        site.write(
            &format!("content/sessions/{name}.md"),
            session(title, "2018-05-14 10:00", "2018-05-14 11:00", &fields),
        );
    }
    assert!(advised(&site).is_empty(), "what is over cannot be changed");
}

#[test]
fn an_event_without_parallel_sessions_needs_no_routes() {
    let site =
        day("").file("content/sessions/a.md", session("A", "10:00", "11:00", "room: R\naudiences: [X]\n"));
    site.build().clean();
    assert!(!site.output("events/day/index.html").contains("to:routes"));
    assert!(advised(&site).is_empty());
}

#[test]
fn a_change_on_the_day_stands_where_readers_look() {
    let changed = "room: R\npublished: 2031-05-01\nchanges:\n  - date: 2031-05-02\n    what: A spelling\n  - date: 2031-05-14 08:10\n    what: Moved to room R\n";
    let site = day("").file("content/sessions/a.md", session("A", "10:00", "11:00", changed)).file(
        "content/sessions/b.md",
        session("B", "12:00", "13:00", "room: R\ncancelled: The speaker is ill\n"),
    );
    site.build().clean();
    let html = site.output("sessions/a/index.html");
    assert!(
        html.contains("<time datetime=\"2031-05-14T08:10\">Changed 8:10am</time>.</b> Moved to room R"),
        "{html}"
    );
    let programme = words(&site.output("events/day/index.html"));
    assert!(programme.contains("Changed 8:10am") && programme.contains("Cancelled"), "{programme}");
    let feed = site.output("feed.xml");
    // Ten past eight in summer is ten past seven in UTC.
    assert!(feed.contains("<updated>2031-05-14T07:10:00Z</updated>"), "{feed}");
    assert!(feed.contains("Changed 14 May 2031, 8:10am: Moved to room R."), "{feed}");
    assert!(words(&site.output("sessions/b/index.html")).contains("Cancelled. The speaker is ill"));
    assert!(site.output("sessions/b/index.html").contains("EventCancelled"));
    assert!(site.output("sessions/a/index.html").contains("\"startDate\":\"2031-05-14T10:00+01:00\""));
}

#[test]
fn speakers_have_a_list_that_search_engines_leave_out() {
    let site = day("")
        .file(
            "content/sessions/a.md",
            session("A", "10:00", "11:00", "room: R\nspeakers: [Dr Zoe Example, Network director]\n"),
        )
        .file("content/sessions/b.md", session("B", "12:00", "13:00", "room: R\nspeakers: [zoe example]\n"))
        .file(
            "content/sessions/c.md",
            session("C", "14:00", "15:00", "room: R\nspeakers: [Hidden Person]\n")
                .replace("status: published", "status: draft"),
        );
    site.build().clean();
    let html = site.output("speakers/index.html");
    let text = words(&html);
    assert!(text.contains("Network director A The day, 14 May 2031 Dr Zoe Example A The day, 14 May 2031 B The day, 14 May 2031"), "{text}");
    assert!(html.contains("noindex") && !html.contains("Hidden Person"));
    assert!(!site.output("sitemap.xml").contains("speakers/"));
    assert!(site.output("sessions/index.html").contains("href=\"../speakers/\""));
}

#[test]
fn a_case_says_where_it_was_presented() {
    let site = parallel();
    site.build().clean();
    let html = site.output("case-studies/home/index.html");
    let text = words(&html);
    assert!(text.contains("Presented at Stroke The day, 14 May 2031"), "{text}");
    assert_eq!(html.matches("sessions/stroke/").count(), 1, "it is named once: {html}");
}

#[test]
fn events_are_listed_by_year_the_latest_first() {
    let site = TestSite::new()
        .file("content/events/a.md", event("Old", "2018-04-18", ""))
        .file("content/events/b.md", event("Newer", "2031-02-01", ""))
        .file("content/events/c.md", event("Newest", "2031-05-14", ""));
    site.build().clean();
    let text = words(&site.output("events/index.html"));
    let places: Vec<usize> = ["2031 14 May 2031 Newest", "Newer", "2018 18 April 2018 Old"]
        .iter()
        .map(|words| text.find(words).unwrap_or_else(|| panic!("{words}: {text}")))
        .collect();
    assert!(places.is_sorted(), "{text}");
    let newer = words(&site.output("events/b/index.html"));
    assert!(newer.contains("Later event Newest") && newer.contains("Earlier event Old"), "{newer}");
}

#[test]
fn a_way_through_what_is_over_is_told_in_the_past() {
    let site = TestSite::new().file("content/events/day.md", event("The day", "2018-05-14", ""));
    for (name, title) in [("a", "A"), ("b", "B")] {
        let fields = format!("room: {title}\naudiences: [X]\n");
        site.write(
            &format!("content/sessions/{name}.md"),
            session(title, "2018-05-14 10:00", "2018-05-14 11:00", &fields),
        );
    }
    site.build().clean();
    let text = words(&site.output("events/day/index.html"));
    assert!(
        text.contains("Nobody could have gone to all that was meant for X. This missed: B , 10am, at the same time as A."),
        "{text}"
    );
}

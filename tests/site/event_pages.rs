//! What the pages of an event say of its sessions: the table of each day, repeats, zones, signs for doors, and what was
//! missed.

use super::harness::{TestSite, page};

const EVENT: &str =
    "starts: 2018-04-18 09:30\nends: 2018-04-18 16:30\ntimezone: Europe/London\nvenue: Hall\n";

fn event(fields: &str) -> String {
    page("A day", fields, "## About\n\nText.\n")
}

fn session(title: &str, start: &str, end: &str, room: &str, more: &str) -> String {
    let day = |time: &str| if time.contains('-') { time.to_string() } else { format!("2018-04-18 {time}") };
    let fields =
        format!("event: day\nstart: {}\nend: {}\nroom: {room}\nspeakers: []\n{more}", day(start), day(end));
    page(title, &fields, "## About\n\nText.\n")
}

/// One session for all, two beside each other, one of which runs again.
fn site() -> TestSite {
    TestSite::new()
        .file("content/events/day.md", event(EVENT))
        .file("content/sessions/open.md", session("Open", "10:00", "10:30", "Hall", ""))
        .file("content/sessions/one.md", session("One", "11:00", "12:30", "Room 10", "repeats_as: again\n"))
        .file("content/sessions/two.md", session("Two", "11:00", "11:30", "Room 2", ""))
        .file("content/sessions/three.md", session("Three", "11:45", "12:30", "Room 2", ""))
        .file("content/sessions/again.md", session("One, again", "14:00", "15:30", "Room 2", ""))
}

/// What readers see of HTML, on one line.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(site: &TestSite) -> String {
    let html = site.output("events/day/index.html");
    let from = html.find("<table").unwrap();
    html[from..].split_once("</table>").unwrap().0.to_string()
}

#[test]
fn sessions_stand_by_time_and_room() {
    let site = site();
    site.build().clean();
    let table = table(&site);
    let expected = "Time 18 April 2018 Room 2 Room 10 10am Open Hall. Until 10:30am 11am Two Until 11:30am One \
                    Until 12:30pm Again at 2pm, Room 2 11:45am Three Until 12:30pm 2pm One, again Room 2. Until \
                    3:30pm Repeat of 11am, Room 10";
    assert_eq!(text(&table), expected);
    assert_eq!(table.matches("rowspan=\"2\"").count(), 1, "{table}");
    assert_eq!(table.matches("colspan=\"2\"").count(), 2, "{table}");
    // What scripts read: the instant, not the time on a clock.
    assert!(
        table.contains(
            "data-session=\"one\" data-start=\"2018-04-18T10:00:00Z\" data-end=\"2018-04-18T11:30:00Z\""
        ),
        "{table}"
    );
}

#[test]
fn repeats_and_what_runs_beside_are_on_the_pages_of_sessions() {
    let site = site();
    site.build().clean();
    let one = site.output("sessions/one/index.html");
    assert!(one.contains("<a href=\"../../sessions/again/\">Again at 2pm, Room 2</a>"), "{one}");
    let said = text(&one);
    assert!(said.contains("At the same time Two 11am, Room 2 Three 11:45am, Room 2"), "{said}");
    let again = site.output("sessions/again/index.html");
    assert!(again.contains("<a href=\"../../sessions/one/\">Repeat of 11am, Room 10</a>"), "{again}");
    assert!(!again.contains("At the same time"), "{again}");
}

#[test]
fn repeats_of_repeats_are_each_told_once() {
    let three = |title: &str, time: &str, end: &str, next: &str| session(title, time, end, "Hall", next);
    let site = TestSite::new()
        .file("content/events/day.md", event(EVENT))
        .file("content/sessions/a.md", three("A", "10:00", "10:30", "repeats_as: b\n"))
        .file("content/sessions/b.md", three("B", "11:00", "11:30", "repeats_as: c\n"))
        .file("content/sessions/c.md", three("C", "12:00", "12:30", ""));
    site.build();
    let said = text(&site.output("events/day/index.html"));
    for expected in [
        "A Hall. Until 10:30am Again at 11am, Hall Again at midday, Hall",
        "B Hall. Until 11:30am Repeat of 10am, Hall Again at midday, Hall",
        "C Hall. Until 12:30pm Repeat of 10am, Hall",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn what_ran_at_the_same_time_is_listed_once_the_event_is_over() {
    let site = site();
    site.build_with(&["--as-of", "2018-04-18"]);
    assert!(!site.output("events/day/index.html").contains("could not attend"));
    site.build_with(&["--as-of", "2018-04-19"]);
    let html = site.output("events/day/index.html");
    let missed =
        text(html.split_once("class=\"labelled missed\">").unwrap().1.split_once("</section>").unwrap().0);
    let expected = "Sessions you could not attend 3 sessions ran while another did, so nobody could be in all of them. \
                    Each has its own page. Two 11am, Room 2 One 11am and 2pm, Room 10 Three 11:45am, Room 2";
    assert_eq!(missed, expected);
}

#[test]
fn the_zone_is_said_where_it_could_be_doubted() {
    let said = |event_fields: &str| {
        let site = site().file("content/events/day.md", event(event_fields));
        site.build();
        text(&site.output("events/day/index.html"))
    };
    assert!(!said(EVENT).contains("All times"));
    let online = format!("{EVENT}online: https://example.org/join\n");
    assert!(said(&online).contains("All times are UK time (BST, UTC+1)."));
    let elsewhere = EVENT.replace("London", "Paris");
    assert!(said(&elsewhere).contains("All times are Paris time (CEST, UTC+2)."));
}

#[test]
fn times_are_right_across_a_change_of_the_clocks() {
    let fields = "starts: 2026-10-24\nends: 2026-10-25\ntimezone: Europe/London\nvenue: Hall\n";
    let site = TestSite::new()
        .file("content/events/day.md", event(fields))
        .file("content/sessions/a.md", session("A", "2026-10-24 11:00", "2026-10-24 12:00", "Hall", ""))
        .file("content/sessions/b.md", session("B", "2026-10-25 11:00", "2026-10-25 12:00", "Hall", ""));
    site.build();
    let html = site.output("events/day/index.html");
    assert!(html.contains("data-start=\"2026-10-24T10:00:00Z\""), "{html}");
    assert!(html.contains("data-start=\"2026-10-25T11:00:00Z\""), "{html}");
    assert!(text(&html).contains("The clocks change on 25 October 2026"));
    assert_eq!(html.matches("<time datetime=\"2026-10-25T11:00:00Z\">11am</time>").count(), 1, "{html}");
}

#[test]
fn a_long_programme_has_links_to_its_times() {
    let mut site = site();
    site.build().clean();
    assert!(!site.output("events/day/index.html").contains("Times of"));
    for number in 0..10 {
        let start = format!("16:{number:02}");
        let text = session(&format!("Late {number}"), &start, "17:30", &format!("Room {}", 20 + number), "");
        site = site.file(&format!("content/sessions/late-{number}.md"), text);
    }
    site.build().clean();
    let html = site.output("events/day/index.html");
    let times = html.split_once("aria-label=\"Times of Wednesday 18 April 2018\"").unwrap().1;
    let times = times.split_once("</nav>").unwrap().0;
    let targets: Vec<&str> =
        times.split("href=\"#").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert!(text(times).contains("10am 11am"), "{times}");
    assert!(targets.len() > 4, "{times}");
    for target in targets {
        assert_eq!(html.matches(&format!("id=\"{target}\"")).count(), 1, "{target}");
    }
}

#[test]
fn each_room_and_day_has_a_sign_for_its_door() {
    let site = site();
    site.build().clean();
    assert!(site.output("events/day/index.html").contains("href=\"doors/\""));
    let html = site.output("events/day/doors/index.html");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
    let signs: Vec<String> = html.split("<section class=\"sign").skip(1).map(text).collect();
    assert_eq!(signs.len(), 3);
    assert!(
        signs[1]
            .contains("Room 2 Wednesday 18 April 2018 Time Sessions in Room 2 11am to 11:30am Two 11:45am"),
        "{signs:?}"
    );
    assert!(!site.output("sitemap.xml").contains("/doors/"));
    let index: String = site
        .outputs()
        .into_iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(!index.contains("/doors/") && !index.contains("Door signs"));
}

#[test]
fn what_is_held_back_is_in_no_programme() {
    let site = site()
        .file(
            "content/sessions/secret.md",
            session("Secret", "11:00", "12:00", "Room 3", "embargo_until: 2099-01-01 09:00 Europe/London\n"),
        )
        .file(
            "content/sessions/draft.md",
            session("Sketch", "11:00", "12:00", "Room 4", "").replace("status: published", "status: draft"),
        );
    site.build();
    for (path, bytes) in site.outputs() {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["Secret", "Sketch", "Room 3", "Room 4"] {
            assert!(!text.contains(word), "{word} in {path}");
        }
    }
}

#[test]
fn an_event_without_sessions_has_no_programme() {
    let site = TestSite::new().file("content/events/day.md", event(EVENT));
    site.build().clean();
    let html = site.output("events/day/index.html");
    assert!(!html.contains("Programme") && !html.contains("programme.js"), "{html}");
    assert!(!site.publishes("events/day/doors/index.html"));
}

#[test]
fn a_page_where_the_signs_would_stand_is_named() {
    let site = site().file("content/events/day/doors.md", page("Doors", "kind: page\n", "Text.\n"));
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "colliding-address", "{problem:?}");
    assert!(problem.message.contains("door signs"), "{problem:?}");
}

#[test]
fn text_of_writers_is_text_wherever_it_stands() {
    let title = "<b>&\"'</b>";
    let site = site().file(
        "content/sessions/odd.md",
        session("'<b>&\"''</b>'", "11:00", "12:00", "'<i>Room</i> \"9\"'", "audiences: ['<u>All</u>']\n"),
    );
    site.build();
    let html = site.output("events/day/index.html");
    assert!(!html.contains(title) && !html.contains("<i>Room") && !html.contains("<u>"), "{html}");
    assert!(html.contains("data-room=\"&lt;i&gt;Room&lt;/i&gt; &quot;9&quot;\""), "{html}");
}

//! Calendar files as a reader's calendar takes them in: what is in them, what replaces what, and what leaves no trace.

use super::harness::TestSite;
use super::programme::{day, event, session};

/// A file's lines as a calendar reads them, put together again.
fn lines(site: &TestSite, path: &str) -> Vec<String> {
    let text = site.output(path);
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    text.replace("\r\n ", "").split("\r\n").map(str::to_string).collect()
}

fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let found = lines.iter().find_map(|line| line.strip_prefix(name));
    found.unwrap_or_else(|| panic!("{name}: {lines:#?}"))
}

fn three() -> TestSite {
    let fields = "room: A\naudiences: [Radiologists]\nspeakers: [Network director, Service manager]\n";
    day("online: https://example.org/join\n")
        .file("content/sessions/a.md", session("Sharing; and caring", "10:00", "10:45", fields))
        .file("content/sessions/b.md", session("B", "11:00", "11:45", "room: B\n"))
        .file(
            "content/sessions/secret.md",
            session("Secret talk", "12:00", "12:45", "room: B\n")
                .replace("status: published", "status: draft"),
        )
        .file(
            "content/sessions/later.md",
            session(
                "Embargoed talk",
                "13:00",
                "13:45",
                "room: B\nembargo_until: 2099-01-01 09:00 Europe/London\n",
            ),
        )
}

#[test]
fn a_session_is_one_entry_with_its_zone_and_all_that_is_known_of_it() {
    let site = three();
    site.build().clean();
    let lines = lines(&site, "sessions/a/a.ics");
    for line in [
        "UID:a.day@test.example",
        "DTSTART;TZID=Europe/London:20310514T100000",
        "DTEND;TZID=Europe/London:20310514T104500",
        "SUMMARY:Sharing\\; and caring",
        "LOCATION:A\\, Hall",
        "URL:https://test.example/sessions/a/",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    ] {
        assert!(lines.iter().any(|other| other == line), "{line}\n{lines:#?}");
    }
    assert_eq!(
        value(&lines, "DESCRIPTION:"),
        "A page about Sharing\\; and caring.\\nSpeakers: Network director\\, Service manager\\nFor: Radiologists\\nJoin online: https://example.org/join\\nPart of: The day\\nhttps://test.example/sessions/a/"
    );
    assert!(site.output("sessions/a/index.html").contains("href=\"../../sessions/a/a.ics\" download"));
}

#[test]
fn an_event_is_one_entry_or_its_whole_programme() {
    let site = three();
    site.build().clean();
    let whole = lines(&site, "events/day/day.ics");
    let uids: Vec<&String> = whole.iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids, ["UID:day@test.example", "UID:a.day@test.example", "UID:b.day@test.example"]);
    assert_eq!(value(&whole, "X-WR-CALNAME:"), "The day");
    let days = lines(&site, "events/day/day-days.ics");
    assert_eq!(days.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
    assert_eq!(value(&days, "DTSTART"), ";VALUE=DATE:20310514");
    let html = site.output("events/day/index.html");
    assert!(html.contains("href=\"webcal://test.example/events/day/day.ics\""), "{html}");
}

#[test]
fn what_is_not_published_leaves_no_trace_in_any_calendar() {
    let site = three();
    site.build().clean();
    for (path, bytes) in site.outputs() {
        let text = String::from_utf8_lossy(&bytes);
        let is_calendar = path.contains(".ics") || path.contains("calendar-data");
        if is_calendar {
            assert!(!text.contains("Secret") && !text.contains("Embargoed"), "{path}");
        }
        assert!(!path.contains("secret") && !path.contains("later"), "{path}");
    }
    let output = site.path("preview");
    site.build_with(&["--drafts", "--output", output.to_str().unwrap()]);
    let preview = std::fs::read_to_string(output.join("events/day/day.ics")).unwrap();
    assert!(!preview.contains("Secret") && !output.join("sessions/secret/secret.ics").exists());
}

#[test]
fn a_change_replaces_what_a_calendar_took_in_before() {
    let site = three();
    site.build().clean();
    let before = lines(&site, "sessions/b/b.ics");
    assert_eq!((value(&before, "SEQUENCE:"), value(&before, "DTSTAMP:")), ("0", "20260105T000000Z"));
    let changed = "room: C\nchanges:\n  - date: 2031-05-14 08:10\n    what: Moved to room C\n";
    site.write("content/sessions/b.md", session("B", "11:15", "11:45", changed));
    site.build().clean();
    let after = lines(&site, "sessions/b/b.ics");
    assert_eq!(value(&before, "UID:"), value(&after, "UID:"));
    assert_eq!((value(&after, "SEQUENCE:"), value(&after, "DTSTAMP:")), ("1", "20310514T071000Z"));
    assert!(value(&after, "DESCRIPTION:").starts_with("Changed 14 May 2031\\, 8:10am: Moved to room C"));
    // A change of the event, such as its venue, is one of each of its sessions.
    site.write(
        "content/events/day.md",
        event("The day", "2031-05-14", "changes:\n  - date: 2031-05-13\n    what: New hall\n"),
    );
    site.build().clean();
    assert_eq!(value(&lines(&site, "sessions/b/b.ics"), "SEQUENCE:"), "2");
}

#[test]
fn what_does_not_take_place_is_cancelled_and_says_so() {
    let site = three();
    site.write(
        "content/sessions/b.md",
        session("B", "11:00", "11:45", "room: B\ncancelled: The speaker is ill\n"),
    );
    site.build().clean();
    let one = lines(&site, "sessions/b/b.ics");
    assert_eq!((value(&one, "STATUS:"), value(&one, "SUMMARY:")), ("CANCELLED", "Cancelled: B"));
    assert!(value(&one, "DESCRIPTION:").starts_with("Cancelled: The speaker is ill\\n"));
    site.write("content/events/day.md", event("The day", "2031-05-14", "cancelled: true\n"));
    site.build().clean();
    let whole = lines(&site, "events/day/day.ics");
    assert_eq!(whole.iter().filter(|line| *line == "STATUS:CANCELLED").count(), 3);
}

#[test]
fn entries_for_a_choice_are_those_of_the_files() {
    let site = three();
    site.build().clean();
    let script = site.output("events/day/calendar-data.js");
    let data = script.split_once("|| {}, ").unwrap().1.trim_end().trim_end_matches(");");
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let of = &data["day"];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
    let joined = text(&of["head"]) + &text(&of["entries"]["b"]) + &text(&of["tail"]);
    assert_eq!(joined, site.output("sessions/b/b.ics"));
    assert_eq!(of["entries"].as_object().unwrap().len(), 2);
    assert!(
        site.output("events/day/index.html")
            .contains("src=\"../../calendar.js\" data-entries=\"../../events/day/calendar-data.js\"")
    );
}

#[test]
fn a_site_without_an_address_has_calendars_but_nothing_to_follow() {
    let site = three().file("netsite.yaml", "title: Test site\n");
    site.build().clean();
    let lines = lines(&site, "sessions/a/a.ics");
    assert_eq!(value(&lines, "UID:"), "a.day@test-site.invalid");
    assert!(!lines.iter().any(|line| line.starts_with("URL:")));
    assert!(!site.output("events/day/index.html").contains("webcal:"));
}

#[test]
fn an_event_over_days_is_its_days_and_says_its_times() {
    let fields = "starts: 2031-05-14 09:30\nends: 2031-05-16 16:00\ntimezone: Europe/London\nvenue: Hall\n";
    let site = TestSite::new()
        .file("content/events/long.md", super::harness::page("Long", fields, "## About\n\nText.\n"));
    site.build().clean();
    let lines = lines(&site, "events/long/long-days.ics");
    assert!(lines.iter().any(|line| line == "DTEND;VALUE=DATE:20310517"), "{lines:#?}");
    assert!(value(&lines, "DESCRIPTION:").contains("14 May 2031\\, 9:30am to 16 May 2031\\, 4pm"));
    assert!(!site.publishes("events/long/long.ics"), "it has no sessions");
}

#[test]
fn nobody_is_asked_to_note_what_is_over_and_the_files_stay() {
    let site = three();
    site.write("content/events/day.md", event("The day", "2018-04-18", ""));
    site.write("content/sessions/a.md", session("A", "2018-04-18 10:00", "2018-04-18 11:00", "room: A\n"));
    site.remove("content/sessions/b.md");
    site.remove("content/sessions/later.md");
    site.build().clean();
    assert!(site.publishes("events/day/day.ics") && site.publishes("sessions/a/a.ics"));
    for page in ["events/day/index.html", "sessions/a/index.html"] {
        assert!(!site.output(page).contains(".ics"), "{page}");
    }
}

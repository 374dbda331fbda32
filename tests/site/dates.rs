//! Days, times, instants and periods: as people write them, and where they are asked what they mean.

use super::harness::{TestSite, case_study, page};
use super::told::told;

#[test]
fn a_day_that_could_be_two_is_asked_about_and_one_that_is_none_is_refused() {
    let mut site = TestSite::new();
    for (name, day) in [
        ("a", "03/04/18"),
        ("b", "31 February 2018"),
        ("c", "2018-02-31"),
        ("d", "25/12/2018"),
        ("e", "3.4.2018"),
        ("f", "April 2018"),
        ("g", "yesterday"),
        ("h", "40/40/2018"),
        ("i", "2018/04/03"),
        ("j", "3 Aprl 2018"),
        ("k", "Monday 3 April 2018"),
    ] {
        site = site.page(name, &format!("published: {day}\n"), "");
    }
    told(
        &site,
        r"
        error unclear-date content/a.md:8:12
          the date `03/04/18` is unclear
          help: write 2018-04-03 or 3 April 2018
        error unclear-date content/b.md:8:12
          `31 February 2018` is a day that does not exist
          help: check the day and the month; write it as 2018-04-03 or 3 April 2018
        error unclear-date content/c.md:8:12
          `2018-02-31` is a day that does not exist
          help: check the day and the month; write it as 2018-04-03 or 3 April 2018
        error unclear-date content/d.md:8:12
          the date `25/12/2018` is unclear
          help: write 2018-12-25 or 25 December 2018
        error unclear-date content/e.md:8:12
          the date `3.4.2018` is unclear
          help: write 2018-04-03 or 3 April 2018
        error unclear-date content/f.md:8:12
          `April 2018` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error unclear-date content/g.md:8:12
          `yesterday` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error unclear-date content/h.md:8:12
          `40/40/2018` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error unclear-date content/i.md:8:12
          the date `2018/04/03` is not written as dates are here
          help: write 2018-04-03 or 3 April 2018
        error unclear-date content/j.md:8:12
          `3 Aprl 2018` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error unclear-date content/k.md:8:12
          3 April 2018 is a Tuesday, not a Monday
          help: check the day; the weekday may be left out
        ",
    );
}

#[test]
fn every_shape_of_a_day_is_taken_and_shown_in_one() {
    let mut site = TestSite::new();
    let days = [
        "2018-04-03",
        "3 April 2018",
        "3rd apr 2018",
        "'2018-4-3'",
        "03 April, 2018",
        "Tuesday 3 April 2018",
    ];
    for (index, day) in days.into_iter().enumerate() {
        site = site.page(&format!("p{index}"), &format!("published: {day}\n"), "");
    }
    site.build().clean();
    for (index, day) in days.into_iter().enumerate() {
        assert!(site.output(&format!("p{index}/index.html")).contains("3 April 2018"), "{day}");
    }
}

#[test]
fn an_instant_says_its_zone_and_happens_once() {
    let mut site = TestSite::new();
    for (name, instant) in [
        ("a", "2026-12-01 09:00"),
        ("b", "2026-03-29 01:30 Europe/London"),
        ("c", "2026-10-25 01:30 Europe/London"),
        ("d", "2026-12-01 09:00 Europe/Lundon"),
        ("e", "soon"),
        ("f", "01/12/2026 09:00 Europe/London"),
        ("g", "2026-12-01 25:00 Europe/London"),
        ("h", "2026-12-01 9 o'clock Europe/London"),
    ] {
        site = site.page(name, &format!("embargo_until: {instant}\n"), "");
    }
    told(
        &site,
        r"
        error unclear-date content/a.md:8:16
          `2026-12-01 09:00` does not say in which time zone
          help: add the zone, for example 2026-12-01 09:00 Europe/London
        error unclear-date content/b.md:8:16
          `2026-03-29 01:30 Europe/London` does not exist: the clocks go forward past it
          help: choose a time before or after the change
        error unclear-date content/c.md:8:16
          `2026-10-25 01:30 Europe/London` happens twice: the clocks go back over it
          help: say which by the offset, for example 2026-10-25T01:30+01:00
        error unclear-date content/d.md:8:16
          `Europe/Lundon` is not a time zone
          help: name the zone as a place, for example 2026-12-01 09:00 Europe/London
        error unclear-date content/e.md:8:16
          `soon` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error unclear-date content/f.md:8:16
          the date `01/12/2026` is unclear
          help: write 2026-12-01 or 1 December 2026
        error unclear-date content/g.md:8:16
          `25:00` is not a time of day
          help: write it as 2018-04-18 14:30
        error unclear-date content/h.md:8:16
          `2026-12-01 9 o'clock` is not a day and time
          help: write it as 2018-04-18 14:30
        ",
    );
}

#[test]
fn a_period_is_a_stretch_of_days_that_ends_after_it_starts() {
    let mut site = TestSite::new().network();
    for (name, period) in [
        ("a", "last summer"),
        ("b", "June 2018 to May 2018"),
        ("c", "03/04/18 to 05/06/18"),
        ("d", "2016/18"),
        ("e", "Q5 2018"),
        ("f", "31 February 2018"),
    ] {
        let text = case_study("A", "").replace("period: 2025", &format!("period: {period}"));
        site = site.file(&format!("content/case-studies/{name}.md"), text);
    }
    told(
        &site,
        r"
        error unclear-date content/case-studies/a.md:9:9
          `last summer` is not a period
          help: write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019
        error unclear-date content/case-studies/b.md:9:9
          `June 2018 to May 2018` ends before it starts
          help: write the earlier date first
        error unclear-date content/case-studies/c.md:9:9
          the date `05/06/18` is unclear
          help: write 2018-06-05 or 5 June 2018
        error unclear-date content/case-studies/d.md:9:9
          `2016/18` is not a period
          help: write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019
        error unclear-date content/case-studies/e.md:9:9
          `Q5 2018` is not a period
          help: write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019
        error unclear-date content/case-studies/f.md:9:9
          `31 February 2018` is a day that does not exist
          help: check the day and the month; write it as 2018-04-03 or 3 April 2018
        ",
    );
}

#[test]
fn every_shape_of_a_period_is_taken_in_the_writers_words() {
    let mut site = TestSite::new().network();
    let periods = [
        "2018",
        "2016/17",
        "2016/2017",
        "April 2018",
        "2018-04",
        "Q1 2018/19",
        "January to June 2018",
        "6 months to June 2018",
        "2018-01-05 to 2018-06-01",
        "since 2019",
        "from March 2018 to 3 April 2019",
    ];
    for (index, period) in periods.into_iter().enumerate() {
        let text = case_study("A", "").replace("period: 2025", &format!("period: {period}"));
        site = site.file(&format!("content/case-studies/c{index}.md"), text);
    }
    site.build().clean();
    for (index, period) in periods.into_iter().enumerate() {
        assert!(site.output(&format!("case-studies/c{index}/index.html")).contains(period), "{period}");
    }
}

#[test]
fn an_event_and_its_sessions_end_after_they_start() {
    let event = |times: &str| {
        let fields = format!("{times}timezone: Europe/London\nvenue: Example Hall\n");
        page("E", &fields, "## About\n\nText.\n")
    };
    let session = |times: &str| {
        page("S", &format!("event: good\n{times}room: Hall\nspeakers: []\n"), "## About\n\nText.\n")
    };
    let site = TestSite::new()
        .file("content/events/good.md", event("starts: 18 April 2018, 9.30 am\nends: 2018-04-18T16:30\n"))
        .file("content/events/whole-day.md", event("starts: 2018-04-18\nends: 2018-04-18\n"))
        .file("content/events/a.md", event("starts: 2018-04-18 16:30\nends: 2018-04-18 09:30\n"))
        .file("content/sessions/b.md", session("start: 2018-04-19 10:00\nend: 2018-04-18 11:00\n"))
        .file("content/sessions/c.md", session("start: 2018-04-18 10:00\nend: 2018-04-18 10:00\n"));
    told(
        &site,
        r"
        error ends-before-it-starts content/events/a.md:9:7
          `ends` (18 April 2018, 9:30am) is not after `starts` (18 April 2018, 4:30pm)
          help: check the day and the time of both
        error ends-before-it-starts content/sessions/b.md:10:6
          `end` (18 April 2018, 11am) is not after `start` (19 April 2018, 10am)
          help: check the day and the time of both
        error ends-before-it-starts content/sessions/c.md:10:6
          `end` (18 April 2018, 10am) is not after `start` (18 April 2018, 10am)
          help: check the day and the time of both
        ",
    );
}

use jiff::civil::{Weekday, date, datetime};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn appointment(start: DateTime, end: DateTime) -> Appointment {
    Appointment {
        uid: "home-reporting.sharing-2018@example.org".into(),
        title: "Home reporting; what we learned, and what next".into(),
        when: When::Times { start, end },
        place: Some("Room B, Example Hall".into()),
        about: "First line\nSecond line".into(),
        address: Some("https://example.org/sessions/home-reporting/".into()),
        changed: "2018-04-18T07:10:00Z".parse().unwrap(),
        revision: 2,
        is_cancelled: false,
        is_busy: true,
    }
}

fn calendar(zone: &str, appointments: Vec<Appointment>) -> String {
    Calendar { name: None, zone: TimeZone::get(zone).unwrap(), appointments }.file()
}

fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[test]
fn a_session_says_when_where_and_what() {
    let text = calendar(
        "Europe/London",
        vec![appointment(datetime(2018, 4, 18, 11, 0, 0, 0), datetime(2018, 4, 18, 11, 45, 0, 0))],
    );
    let expected = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//netsite//Programme//EN\nCALSCALE:GREGORIAN\n\
        BEGIN:VTIMEZONE\nTZID:Europe/London\n\
        BEGIN:DAYLIGHT\nDTSTART:20170326T010000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
        TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nTZNAME:BST\nEND:DAYLIGHT\n\
        BEGIN:STANDARD\nDTSTART:20171029T020000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
        TZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nTZNAME:GMT\nEND:STANDARD\nEND:VTIMEZONE\n\
        BEGIN:VEVENT\nUID:home-reporting.sharing-2018@example.org\nDTSTAMP:20180418T071000Z\n\
        LAST-MODIFIED:20180418T071000Z\nSEQUENCE:2\n\
        DTSTART;TZID=Europe/London:20180418T110000\nDTEND;TZID=Europe/London:20180418T114500\n\
        SUMMARY:Home reporting\\; what we learned\\, and what next\n\
        LOCATION:Room B\\, Example Hall\nDESCRIPTION:First line\\nSecond line\n\
        URL:https://example.org/sessions/home-reporting/\nSTATUS:CONFIRMED\nTRANSP:OPAQUE\n\
        END:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(text, expected.replace('\n', "\r\n"));
}

/// The rules of New York since 2007 as RFC 5545 gives them in its example of a time zone.
#[test]
fn zones_with_other_rules_are_described_by_them() {
    let at = datetime(2008, 7, 1, 9, 0, 0, 0);
    let text = calendar("America/New_York", vec![appointment(at, at)]);
    for line in [
        "DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT",
        "DTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("DTEND"), "an end that is the start is none: {text}");
}

#[test]
fn a_zone_that_keeps_its_clocks_has_one_offset() {
    let at = datetime(2020, 1, 1, 9, 0, 0, 0);
    let text = calendar("Asia/Kolkata", vec![appointment(at, at)]);
    assert_eq!(text.matches("BEGIN:STANDARD").count(), 1, "{text}");
    assert!(!text.contains("DAYLIGHT") && text.contains("TZOFFSETTO:+0530"), "{text}");
    let text = calendar("UTC", vec![appointment(at, at)]);
    assert!(text.contains("DTSTART:20200101T090000Z") && !text.contains("VTIMEZONE"), "{text}");
}

/// In 2016 Turkey stayed on summer time, so no yearly rule says what its clocks do.
#[test]
fn years_in_which_the_rules_changed_are_told_one_by_one() {
    let at = datetime(2017, 1, 10, 9, 0, 0, 0);
    let text = calendar("Europe/Istanbul", vec![appointment(at, at)]);
    assert!(!text.contains("RRULE"), "{text}");
    assert!(text.contains("DTSTART:20160101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200"), "{text}");
    assert!(text.contains("DTSTART:20160327T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300"), "{text}");
    assert!(!text.contains("2016103"), "the clocks did not go back that autumn: {text}");
}

#[test]
fn whole_days_end_on_the_day_after() {
    let mut whole = appointment(datetime(2018, 4, 18, 0, 0, 0, 0), datetime(2018, 4, 18, 0, 0, 0, 0));
    whole.when = When::Days { first: date(2018, 2, 6), last: date(2018, 2, 28) };
    whole.is_busy = false;
    whole.is_cancelled = true;
    let text = calendar("Europe/London", vec![whole]);
    assert!(text.contains("DTSTART;VALUE=DATE:20180206\r\nDTEND;VALUE=DATE:20180301\r\n"), "{text}");
    assert!(!text.contains("VTIMEZONE"), "days have no zone: {text}");
    assert!(text.contains("SUMMARY:Cancelled: Home") && text.contains("STATUS:CANCELLED"), "{text}");
    assert!(text.contains("TRANSP:TRANSPARENT"), "{text}");
}

proptest! {
    #[test]
    fn no_text_breaks_the_file(title in any::<String>(), about in any::<String>(), uid in any::<String>()) {
        let at = datetime(2018, 4, 18, 9, 0, 0, 0);
        let mut odd = appointment(at, at);
        (odd.title, odd.about, odd.uid) = (title, about, uid);
        let text = calendar("Europe/London", vec![odd]);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            prop_assert!(line.len() <= 75, "{line}");
            prop_assert!(!line.contains(|character: char| character.is_control()), "{line:?}");
        }
        let unfolded = unfolded(&text);
        let names = ["BEGIN:VEVENT", "UID:", "SUMMARY:", "DESCRIPTION:", "END:VEVENT"];
        for name in names {
            let count = unfolded.split("\r\n").filter(|line| line.starts_with(name)).count();
            // A description of nothing is no line.
            prop_assert!(count == 1 || (count == 0 && name == "DESCRIPTION:"), "{name}: {count}");
        }
    }

    /// Whatever the zone, the rules that are written give every day of the years its true offset.
    #[test]
    fn the_rules_of_a_zone_hold_for_its_years(
        zone in prop::sample::select(vec![
            "Europe/London", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
            "America/Sao_Paulo", "Pacific/Apia", "Asia/Tehran", "Antarctica/Troll", "Asia/Gaza",
        ]),
        year in 1995_i16..2035,
        day in 1_i16..=365,
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let at = date(year, 1, 1).checked_add(jiff::Span::new().days(i64::from(day) - 1)).unwrap().at(12, 0, 0, 0);
        let mut lines = Lines::default();
        zone::write(&mut lines, &zone, at.date(), at.date());
        let true_offset = zone.to_offset(zone.to_ambiguous_timestamp(at).compatible().unwrap());
        prop_assert_eq!(read_offset(&lines.into_text(), at), true_offset.seconds());
    }
}

/// The offset in seconds at a local time by the text of a VTIMEZONE, read as the standard says: that of the last onset.
fn read_offset(text: &str, at: DateTime) -> i32 {
    let mut best: Option<(DateTime, i32)> = None;
    for block in text.split("BEGIN:").skip(2) {
        let field = |name: &str| {
            block
                .split("\r\n")
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .map(str::to_string)
        };
        let seconds = |text: &str| {
            let number = |range: std::ops::Range<usize>| {
                text.get(range).map_or(0, |digits| digits.parse::<i32>().unwrap())
            };
            let sign = if text.starts_with('-') { -1 } else { 1 };
            sign * (number(1..3) * 3600 + number(3..5) * 60 + number(5..7))
        };
        let start: DateTime = field("DTSTART").unwrap().parse().unwrap();
        let to = seconds(&field("TZOFFSETTO").unwrap());
        let mut onsets = vec![start];
        if let Some(rule) = field("RRULE") {
            let part = |name: &str| {
                rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')).unwrap()
            };
            let month: i8 = part("BYMONTH").parse().unwrap();
            let (number, day) = part("BYDAY").split_at(part("BYDAY").len() - 2);
            let day =
                ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|name| *name == day).unwrap();
            let weekday = Weekday::from_monday_zero_offset(i8::try_from(day).unwrap()).unwrap();
            for year in start.year() + 1..=at.year() {
                let date =
                    date(year, month, 1).nth_weekday_of_month(number.parse().unwrap(), weekday).unwrap();
                onsets.push(date.to_datetime(start.time()));
            }
        }
        for onset in onsets.into_iter().filter(|onset| *onset <= at) {
            if best.is_none_or(|(other, _)| other <= onset) {
                best = Some((onset, to));
            }
        }
    }
    best.unwrap().1
}

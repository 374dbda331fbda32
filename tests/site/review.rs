//! Pages that are past their review or near it.

use super::harness::{Run, TestSite, netsite, page};
use super::samples::every_kind;

fn review(site: &TestSite, arguments: &[&str]) -> Run {
    let root = site.path("");
    let mut all = vec!["review", "--root", root.to_str().unwrap()];
    all.extend(arguments);
    netsite(&all)
}

fn site() -> TestSite {
    let dated = |title: &str, due: &str, owner: &str| {
        page(title, "", "A.\n").replace("2030-01-05", due).replace("team@test.example", owner)
    };
    TestSite::new()
        .file(
            "netsite.yaml",
            "title: Test site\nbase_url: https://test.example/\nreview: { warn_days: 30 }\n",
        )
        .file("content/past.md", dated("Past, one; two", "2026-05-01", "b@test.example"))
        .file("content/today.md", dated("Today", "2026-06-01", "a@test.example"))
        .file("content/near.md", dated("Near", "2026-07-01", "A@test.example"))
        .file("content/far.md", dated("Far", "2026-07-02", "a@test.example"))
        .file(
            "content/draft.md",
            dated("Draft", "2026-05-01", "a@test.example").replace("published", "draft"),
        )
        .file("content/old.md", dated("Old", "2026-01-06", "a@test.example").replace("published", "archived"))
}

const DAY: [&str; 2] = ["--as-of", "2026-06-01"];

#[test]
fn pages_are_listed_by_owner_and_a_late_one_is_no_error() {
    let run = review(&site(), &DAY);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = run.stdout;
    assert!(text.starts_with("On 1 June 2026: 1 page past review, 2 within 30 days of it.\n"), "{text}");
    let order = [
        "a@test.example\n",
        "  Today is due today",
        "  Near is due 1 July 2026, in 30 days",
        "b@test.example\n",
        "  Past, one; two was due 1 May 2026, 31 days ago",
    ];
    let places: Vec<usize> =
        order.iter().map(|words| text.find(words).unwrap_or_else(|| panic!("{words}\n{text}"))).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains("Far") && !text.contains("Draft") && !text.contains("Old"), "{text}");
}

#[test]
fn another_reach_and_one_owner_can_be_asked_for() {
    let text =
        review(&site(), &["--as-of", "2026-06-01", "--within", "31", "--owner", "A@TEST.example"]).stdout;
    assert!(text.contains("Far") && !text.contains("Past"), "{text}");
    let none = review(&site(), &["--as-of", "2020-06-01", "--within", "0"]).stdout;
    assert!(none.contains("no page is past its review"), "{none}");
}

#[test]
fn the_report_comes_as_json() {
    let run = review(&site(), &[&DAY[..], &["--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["as_of"], "2026-06-01");
    assert_eq!(report["owners"][0]["owner"], "a@test.example");
    assert_eq!(report["owners"][1]["pages"][0]["days"], -31);
    assert_eq!(report["owners"][1]["pages"][0]["overdue"], true);
    assert_eq!(report["owners"][1]["pages"][0]["address"], "/past/");
}

#[test]
fn a_calendar_has_one_task_a_page_and_keeps_its_name() {
    let calendar = |day: &str| review(&site(), &["--format", "ics", "--as-of", day]).stdout;
    let text = calendar("2026-06-01");
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches("BEGIN:VTODO\r\n").count(), 3);
    assert!(text.contains("DUE;VALUE=DATE:20260501\r\nSUMMARY:Review: Past\\, one\\; two\r\n"), "{text}");
    assert!(text.contains("URL:https://test.example/past/\r\n"), "{text}");
    let names = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(String::from).collect()
    };
    let later = names(&calendar("2026-06-02"));
    assert!(names(&text).iter().all(|name| later.contains(name)), "{later:?}");
}

#[test]
fn a_page_that_is_past_says_so_to_its_readers() {
    let site = site();
    site.build_with(&["--as-of", "2026-06-01"]).clean();
    assert!(site.output("past/index.html").contains("overdue for review"));
    for page in ["near", "today", "old"] {
        assert!(!site.output(&format!("{page}/index.html")).contains("overdue for review"), "{page}");
    }
}

#[test]
fn pages_of_every_kind_say_that_they_are_past_their_review() {
    let site = every_kind();
    site.build_with(&["--as-of", "2031-01-01"]).clean();
    for address in [
        "about",
        "assessments/example-2026",
        "benchmarks/reports",
        "case-studies/sharing-reports",
        "events/day",
        "lessons/patience",
        "networks/example",
        "pathways/stroke",
        "sessions/talk",
        "standards/in-301",
        "terms-of-reference/board",
    ] {
        assert!(site.output(&format!("{address}/index.html")).contains("overdue for review"), "{address}");
    }
}

//! `netsite check`: all that a build reports and more, with nothing written; rules that a site sets; baselines.

use std::fs;

use serde_json::Value;

use super::harness::{Run, TestSite, files, netsite, page};

/// Runs `netsite check` with diagnostics as JSON.
pub(crate) fn check(site: &TestSite, arguments: &[&str]) -> Run {
    let root = site.path("");
    let mut all = vec!["check", "--root", root.to_str().unwrap(), "--format", "json"];
    all.extend(arguments);
    netsite(&all)
}

fn codes(run: &Run) -> Vec<String> {
    run.problems().into_iter().map(|problem| problem.code).collect()
}

/// A page with an error and a warning.
fn faulty() -> TestSite {
    TestSite::new().page("a", "", "[b](nowhere.md) and [About us](/a/)\n")
}

fn with_checks(site: TestSite, checks: &str) -> TestSite {
    site.file("netsite.yaml", format!("title: T\nbase_url: https://test.example/\nchecks: {checks}\n"))
}

#[test]
fn what_a_build_reports_is_found_and_nothing_is_written() {
    let site = faulty();
    let before = files(&site.path(""));
    let run = check(&site, &[]);
    assert_eq!((run.code, codes(&run)), (1, vec!["broken-link".to_string(), "absolute-link".to_string()]));
    assert_eq!(run.problems(), site.build().problems());
    let fine = TestSite::new().page("a", "", "Text.\n");
    let run = check(&fine, &[]).clean();
    assert!(run.stderr.contains("Nothing stands in the way of publishing it."), "{}", run.stderr);
    let after: Vec<_> = files(&fine.path("")).into_keys().collect();
    assert_eq!(after, ["content/a.md", "netsite.yaml"]);
    assert_eq!(before.len(), 2);
}

#[test]
fn templates_are_tried() {
    let template = "<p>\n{{ page.titel }}\n</p>\n";
    let site = TestSite::new()
        .file("netsite.yaml", "title: T\nbase_url: https://test.example/\ntheme: ours\n")
        .file("themes/ours/templates/page.html", template)
        .page("a", "", "Text.\n");
    let problem = check(&site, &[]).problems().remove(0);
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("template-error", "themes/ours/templates/page.html")
    );
    // A link that leads nowhere does not keep a template from being tried; a page that cannot be read does.
    let site = site.page("b", "", "[b](nowhere.md)\n");
    assert!(codes(&check(&site, &[])).contains(&"template-error".to_string()));
    let run = check(&site.file("content/c.md", "no fields\n"), &[]);
    assert!(!codes(&run).contains(&"template-error".to_string()));
    assert!(run.stderr.contains("Pages were not rendered"), "{}", run.stderr);
}

#[test]
fn damaged_images_are_found_and_none_is_made_narrower() {
    let mut png = super::harness::png();
    png.truncate(png.len() - 20);
    let site = TestSite::new().page("a", "", "![A scanner](scan.png)\n").file("content/scan.png", png);
    assert_eq!(codes(&check(&site, &[])), ["damaged-image"]);
    assert!(!site.path(".netsite").exists());
}

#[test]
fn exit_codes_are_those_of_a_build() {
    let warned = TestSite::new().page("about", "", "[About us](/about/)\n");
    assert_eq!(check(&warned, &[]).code, 0);
    assert_eq!(check(&warned, &["--deny-warnings"]).code, 1);
    assert_eq!(netsite(&["check", "--root", warned.path("content").to_str().unwrap()]).code, 2);
}

#[test]
fn only_the_rules_that_are_asked_for_are_shown_and_count() {
    let site = faulty();
    let run = check(&site, &["--only", "absolute-link"]);
    assert_eq!((run.code, codes(&run)), (0, vec!["absolute-link".to_string()]));
    assert_eq!(codes(&check(&site, &["--only", "absolute-link,broken-link"])).len(), 2);
    let run = check(&site, &["--only", "brokn-link"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `broken-link`?"), "{}", run.stderr);
}

#[test]
fn drafts_are_checked_where_they_are_asked_for() {
    let draft = page("A", "", "[b](nowhere.md)\n").replace("status: published", "status: draft");
    let site = TestSite::new().file("content/a.md", draft).page("c", "", "Text.\n");
    check(&site, &[]).clean();
    assert_eq!(codes(&check(&site, &["--drafts"])), ["broken-link"]);
}

#[test]
fn it_says_when_the_answer_changes_by_itself() {
    let site = TestSite::new().page("a", "embargo_until: 2026-12-01 09:00 Europe/London\n", "Text.\n");
    for run in [check(&site, &["--as-of", "2026-11-01"]), site.build_with(&["--as-of", "2026-11-01"])] {
        assert_eq!(run.summary()["next_change_at"], "2026-12-01T09:00:00Z");
        let words = "What is published changes by itself on 1 December 2026, 9am: build it again then.";
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    // A review falls due after its day, not every night.
    let run = check(&site, &["--as-of", "2026-12-02"]);
    assert_eq!(run.summary()["next_change_at"], "2030-01-06T00:00:00Z");
    assert!(run.stderr.contains("on 6 January 2030: build"), "{}", run.stderr);
    assert_eq!(check(&site, &["--as-of", "2031-01-01"]).summary()["next_change_at"], Value::Null);
    // Also where nothing had to be built.
    let again = || site.build_with(&["--as-of", "2026-11-01"]);
    assert_eq!(again().stdout, again().stdout);
}

#[test]
fn a_site_says_how_much_a_rule_matters_to_build_and_check_alike() {
    let site = with_checks(faulty(), "{broken-link: warning, absolute-link: error}");
    for run in [check(&site, &[]), site.build()] {
        let severities: Vec<_> =
            run.problems().into_iter().map(|problem| (problem.code, problem.severity)).collect();
        let expected = [("broken-link", "warning"), ("absolute-link", "error")];
        assert_eq!(severities, expected.map(|(code, severity)| (code.to_string(), severity.to_string())));
        assert_eq!(run.code, 1);
    }
    let site = with_checks(site, "{broken-link: advice, absolute-link: off}");
    let run = site.build_with(&["--deny-warnings"]);
    assert_eq!((run.code, run.problems()[0].severity.as_str()), (0, "advice"));
    assert!(site.output("a/index.html").contains("About us"));
    assert!(run.stderr.contains("1 piece of advice"), "{}", run.stderr);
    // The same where nothing had to be built.
    assert_eq!(site.build_with(&["--deny-warnings"]).code, 0);
    assert_eq!(check(&site, &["--deny-warnings"]).code, 0);
}

#[test]
fn rules_that_protect_people_and_reading_are_not_lowered() {
    for (checks, place, words) in [
        ("{small-number-committed: warning}", "netsite.yaml:3:10", "protects people"),
        ("{hidden-reference: off}", "netsite.yaml:3:10", "nothing is excepted"),
        ("{broken-link: off, wrong-type: warning}", "netsite.yaml:3:28", "cannot be read"),
    ] {
        let problem =
            check(&with_checks(TestSite::new().page("a", "", "Text.\n"), checks), &[]).only_problem();
        assert_eq!((problem.code.as_str(), problem.place()), ("rule-not-lowered", place.to_string()));
        assert!(problem.message.contains(words), "{}", problem.message);
    }
    let problem =
        check(&with_checks(TestSite::new().page("a", "", "T.\n"), "{brokn-link: off}"), &[]).only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.help.as_str()),
        ("unknown-rule", "did you mean `broken-link`?")
    );
    let problem =
        check(&with_checks(TestSite::new().page("a", "", "T.\n"), "{broken-link: warn}"), &[]).only_problem();
    assert_eq!(problem.code, "unknown-choice");
}

#[test]
fn a_baseline_holds_what_is_known_wherever_its_line_has_gone() {
    let site = faulty();
    let file = site.path("known.json");
    let file = file.to_str().unwrap();
    assert_eq!(check(&site, &["--write-baseline", file]).code, 1);
    let run = check(&site, &["--baseline", file]);
    assert_eq!((run.code, codes(&run)), (0, Vec::new()));
    assert!(run.stderr.contains("2 more problems were there already in the baseline."), "{}", run.stderr);
    assert_eq!(run.summary()["already_there"], 2);

    let text = fs::read_to_string(site.path("content/a.md")).unwrap();
    site.write("content/a.md", text.replace("[b]", "A new line.\n\n[c](nowhere.md)\n\n[b]"));
    let run = check(&site, &["--baseline", file]);
    assert_eq!((run.code, codes(&run)), (1, vec!["broken-link".to_string()]));
    assert_eq!(run.only_problem().line, 12);

    // The same line twice is one problem more.
    site.write("content/a.md", format!("{text}\n{}", text.lines().last().unwrap()));
    assert_eq!(codes(&check(&site, &["--baseline", file])).len(), 2);
}

#[test]
fn a_baseline_is_no_other_file_and_no_line_of_content() {
    let site = faulty();
    let run = check(&site, &["--write-baseline", site.path("netsite.yaml").to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(fs::read_to_string(site.path("netsite.yaml")).unwrap().starts_with("title"));
    assert_eq!(
        check(&site, &["--write-baseline", site.path("content/known.json").to_str().unwrap()]).code,
        2
    );
    assert!(!site.path("content/known.json").exists());
    assert_eq!(check(&site, &["--baseline", site.path("netsite.yaml").to_str().unwrap()]).code, 2);
    assert_eq!(check(&site, &["--baseline", site.path("none.json").to_str().unwrap()]).code, 2);
    let file = site.path("known.json");
    check(&site, &["--write-baseline", file.to_str().unwrap()]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("broken-link") && !text.contains("nowhere.md"), "{text}");
}

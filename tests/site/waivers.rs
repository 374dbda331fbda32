//! `waivers.yaml`: exceptions for one rule, one place and a time, which are told at every run.

use super::check::check;
use super::disclosure::{RAW, site_of};
use super::harness::{TestSite, command, netsite};

fn waiver(rule: &str, place: &str, until: &str) -> String {
    format!(
        "- rule: {rule}\n  place: {place}\n  reason: The page moves in May.\n  role: Web editor\n  until: {until}\n"
    )
}

/// A page with a link that leads nowhere on line 12.
fn site(waivers: &str) -> TestSite {
    TestSite::new().page("a", "", "Text.\n\n[b](nowhere.md)\n").file("waivers.yaml", waivers)
}

const AS_OF: [&str; 2] = ["--as-of", "2026-05-01"];

#[test]
fn what_is_waived_is_published_and_told_each_time() {
    for place in ["content/a.md", "content/a.md:12", "content/*.md", "\"**\""] {
        let site = site(&waiver("broken-link", place, "2026-05-31"));
        for _ in 0..2 {
            let run = site.build_with(&AS_OF).clean();
            assert!(run.stderr.contains("1 waiver covers 1 problem."), "{place}: {}", run.stderr);
            assert_eq!(run.summary()["waivers"][0]["count"], 1);
            assert_eq!(run.summary()["next_change_at"], "2026-05-31T23:00:00Z");
        }
        check(&site, &[&AS_OF[..], &["--deny-warnings"]].concat()).clean();
        let run = netsite(&["build", "--root", site.path("").to_str().unwrap(), AS_OF[0], AS_OF[1]]);
        let line = format!(
            "  broken-link in {}: 1 until 31 May 2026. Web editor: The page moves in May.",
            place.trim_matches('"')
        );
        assert!(run.stderr.contains(&line), "{}", run.stderr);
    }
}

#[test]
fn it_holds_for_its_rule_and_place_only() {
    for (rule, place) in
        [("broken-link", "content/b.md"), ("broken-link", "content/a.md:11"), ("missing-alt", "content/a.md")]
    {
        let run = site(&waiver(rule, place, "2026-05-31")).build_with(&AS_OF);
        assert_eq!((run.code, run.only_problem().code.as_str()), (1, "broken-link"), "{rule} {place}");
    }
}

#[test]
fn one_that_has_ended_covers_nothing_and_says_so() {
    let site = site(&waiver("broken-link", "content/a.md", "30 April 2026"));
    let run = site.build_with(&AS_OF);
    let problems = run.problems();
    assert_eq!((run.code, problems.len()), (1, 2));
    assert_eq!(problems[1].place(), "waivers.yaml:1:9");
    assert_eq!(problems[1].message, "the waiver of `broken-link` for `content/a.md` ended on 30 April 2026");
    assert!(problems[1].help.contains("renew"), "{}", problems[1].help);
    // The build of its last day does not stand for the day after.
    site.build_with(&["--as-of", "2026-04-30"]).clean();
    assert_eq!(site.build_with(&AS_OF).code, 1);
}

#[test]
fn one_that_covers_nothing_is_a_warning_of_check() {
    let site = TestSite::new()
        .page("a", "", "Text.\n")
        .file("waivers.yaml", waiver("broken-link", "content\\\\a.md", "2030-01-01"));
    site.build().clean();
    let problem = check(&site, &[]).only_problem();
    assert_eq!((problem.code.as_str(), problem.place()), ("waiver-unused", "waivers.yaml:2:10".to_string()));
    assert!(problem.help.contains('/'), "{}", problem.help);
}

#[test]
fn a_waiver_is_whole_and_of_a_rule_that_has_exceptions() {
    for (text, code, place) in [
        (waiver("broken-lnk", "content/a.md", "2026-05-31"), "unknown-rule", "waivers.yaml:1:9"),
        (waiver("yaml", "content/a.md", "2026-05-31"), "waiver-refused", "waivers.yaml:1:9"),
        (waiver("hidden-reference", "content/a.md", "2026-05-31"), "waiver-refused", "waivers.yaml:1:9"),
        (waiver("broken-link", "content/a.md", "31/05/26"), "unclear-date", "waivers.yaml:5:10"),
        (
            waiver("broken-link", "content/a.md", "2026-05-31").replace("role: ", "rol: "),
            "unknown-key",
            "waivers.yaml:4:3",
        ),
        ("- rule: broken-link\n  place: content/a.md\n".to_string(), "missing-field", "waivers.yaml:1:3"),
        ("rule: broken-link\n".to_string(), "wrong-type", "waivers.yaml:1:1"),
        ("- rule: \"broken\n".to_string(), "yaml", "waivers.yaml:1:9"),
    ] {
        let run = site(&text).build_with(&AS_OF);
        let problems = run.problems();
        assert!(problems.iter().any(|problem| problem.code == "broken-link"), "{text}");
        let own: Vec<_> = problems.iter().filter(|problem| problem.path == "waivers.yaml").collect();
        assert!(
            own.iter().any(|problem| problem.code == code && problem.place() == place),
            "{text}: {own:#?}"
        );
    }
}

#[test]
fn small_numbers_may_be_waived_and_stay_hidden_on_pages() {
    let site = site_of(RAW);
    assert_eq!(site.build().code, 1);
    let place = "content/benchmarks/scans/data.csv";
    let until = "until: 2030-01-01\n";
    let rest = format!(
        "  place: {place}\n  reason: Published by NHS England.\n  role: Caldicott guardian\n  {until}"
    );
    let site = site.file(
        "waivers.yaml",
        format!("- rule: small-number-committed\n{rest}- rule: hidden-number-told\n{rest}"),
    );
    assert_eq!(site.build().code, 0);
    let csv = site.output("benchmarks/scans/data.csv");
    assert!(csv.contains('*') && !csv.contains(",6,21583"), "{csv}");
}

#[test]
fn the_schema_for_editors_asks_for_every_field() {
    let schema: serde_json::Value = serde_json::from_str(&netsite(&["schema", "waivers"]).stdout).unwrap();
    assert_eq!(schema["items"]["required"], serde_json::json!(["rule", "place", "reason", "role", "until"]));
    let folder = tempfile::tempdir().unwrap();
    assert!(command().args(["init", "."]).current_dir(folder.path()).status().unwrap().success());
    assert!(folder.path().join(".vscode/schemas/waivers.json").is_file());
}

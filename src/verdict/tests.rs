use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::diagnostic::Severity;

fn settings(checks: &str) -> (Settings, Vec<Diagnostic>) {
    Settings::read(&Config::read(&format!("title: T\nchecks: {checks}\n")).0.checks)
}

fn problem(code: &'static str, severity: Severity, path: &str, start: usize) -> Diagnostic {
    let mut problem = Diagnostic::error(code, "something").in_file(&SitePath::new(path));
    problem.severity = severity;
    problem.at(Span::new(start, start))
}

/// Lines of ten bytes.
fn judged(rules: &SiteRules, problems: Vec<Diagnostic>, coverage: Coverage) -> Judged {
    rules.judge(problems, date(2026, 6, 1), coverage, &|_, span| Some(span.start / 10 + 1))
}

fn codes(judged: &Judged) -> Vec<(&str, Severity)> {
    judged.problems.iter().map(|problem| (problem.code, problem.severity)).collect()
}

const WAIVERS: &str = "\
- rule: broken-link
  place: content/about.md:2
  reason: The page is being written.
  role: Web editor
  until: 2026-06-01
- rule: broken-link
  place: content/old/**
  reason: Kept as it was.
  role: Web editor
  until: 31 May 2026
";

#[test]
fn a_site_raises_lowers_and_switches_off_rules() {
    let (settings, problems) =
        settings("{broken-link: warning, vague-link: error, missing-alt: off, missing-section: advice}");
    assert!(problems.is_empty(), "{problems:?}");
    let rules = SiteRules { settings, ..SiteRules::default() };
    let found = [
        ("broken-link", Severity::Error),
        ("vague-link", Severity::Warning),
        ("missing-alt", Severity::Error),
        ("missing-section", Severity::Error),
        ("yaml", Severity::Error),
    ];
    let found = found.map(|(code, severity)| problem(code, severity, "content/a.md", 0)).to_vec();
    assert_eq!(
        codes(&judged(&rules, found, Coverage::Whole)),
        [
            ("broken-link", Severity::Warning),
            ("vague-link", Severity::Error),
            ("missing-section", Severity::Advice),
            ("yaml", Severity::Error)
        ]
    );
}

#[test]
fn what_protects_people_and_what_could_not_be_read_stays() {
    for code in
        ["small-number-committed", "hidden-reference", "yaml", "wrong-type", "image-location", "nhs-number"]
    {
        if rule(code).is_none() {
            continue;
        }
        let (settings, problems) = settings(&format!("{{{code}: off}}"));
        assert_eq!(problems.len(), 1, "{code}");
        assert_eq!(problems[0].code, "rule-not-lowered");
        assert_eq!(settings, Settings::default());
        let (_, problems) = self::settings(&format!("{{{code}: error}}"));
        assert!(problems.is_empty(), "{code} may be raised");
    }
    let (_, problems) = settings("{brokn-link: off}");
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `broken-link`?"));
}

#[test]
fn a_waiver_covers_its_rule_at_its_place_until_its_end() {
    let (waivers, problems) = Waivers::read(WAIVERS);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(waivers.next_end(date(2026, 5, 1)), Some(date(2026, 5, 31)));
    let rules = SiteRules { waivers, ..SiteRules::default() };
    let error = |path, start| problem("broken-link", Severity::Error, path, start);
    let found =
        vec![error("content/about.md", 12), error("content/about.md", 22), error("content/old/a.md", 0)];
    let judged = judged(&rules, found, Coverage::Whole);
    assert_eq!(judged.waived.len(), 1);
    assert_eq!((judged.waived[0].count, judged.waived[0].until.as_str()), (1, "2026-06-01"));
    let places: Vec<_> =
        judged.problems.iter().map(|problem| (problem.code, problem.span.unwrap().start)).collect();
    assert_eq!(places, [("broken-link", 22), ("broken-link", 0), ("waiver-ended", 132)]);
}

#[test]
fn a_waiver_that_covers_nothing_is_told_only_where_everything_was_looked_at() {
    let (waivers, _) = Waivers::read(WAIVERS);
    let rules = SiteRules { waivers, ..SiteRules::default() };
    let told = |coverage| codes(&judged(&rules, Vec::new(), coverage)).len();
    assert_eq!((told(Coverage::Part), told(Coverage::Whole)), (1, 2));
}

#[test]
fn no_waiver_covers_what_identifies_a_person() {
    let text = WAIVERS.replace("broken-link", "image-location");
    let (waivers, problems) = Waivers::read(&text);
    assert!(problems.is_empty(), "{problems:?}");
    let rules = SiteRules { waivers, ..SiteRules::default() };
    let found = problem("image-location", Severity::Warning, "content/about.md", 12).identifier();
    assert_eq!(
        codes(&judged(&rules, vec![found], Coverage::Part)),
        [
            ("image-location", Severity::Warning),
            ("waiver-refused", Severity::Error),
            ("waiver-ended", Severity::Warning)
        ]
    );
}

#[test]
fn what_is_wrong_in_the_file_waives_nothing() {
    for (text, code) in [
        ("rule: broken-link\n", "wrong-type"),
        ("- rule: broken-lnk\n  place: a\n  reason: b\n  role: c\n  until: 2027-01-01\n", "unknown-rule"),
        ("- rule: yaml\n  place: a\n  reason: b\n  role: c\n  until: 2027-01-01\n", "waiver-refused"),
        (
            "- rule: hidden-reference\n  place: a\n  reason: b\n  role: c\n  until: 2027-01-01\n",
            "waiver-refused",
        ),
        ("- rule: broken-link\n  place: a\n  reason: b\n  role: c\n", "missing-field"),
        ("- rule: broken-link\n  place: a\n  reason: b\n  role: c\n  until: soon\n", "unclear-date"),
        ("- rule: [\n", "yaml"),
    ] {
        let (waivers, problems) = Waivers::read(text);
        assert!(waivers.0.is_empty(), "{text}");
        assert!(problems.iter().any(|problem| problem.code == code), "{text}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.path.is_some()), "{text}");
    }
    assert!(Waivers::read("").1.is_empty());
}

proptest! {
    #[test]
    fn nothing_makes_a_finding_of_a_person_less(
        code in prop::sample::select(rules().iter().map(|rule| rule.code).collect::<Vec<_>>()),
        level in prop::sample::select(LEVELS.to_vec()),
        place in prop::sample::select(vec!["**", "content/a.md", "content/a.md:1", "content/*.md"]),
    ) {
        let text = format!("- rule: {code}\n  place: {place:?}\n  reason: r\n  role: r\n  until: 2099-01-01\n");
        let rules = SiteRules {
            settings: settings(&format!("{{{code}: {level}}}")).0,
            waivers: Waivers::read(&text).0,
        };
        let found = problem(code, Severity::Error, "content/a.md", 0).identifier();
        let judged = judged(&rules, vec![found], Coverage::Whole);
        prop_assert!(judged.problems.iter().any(|problem| problem.code == code && problem.is_error()));
    }

    #[test]
    fn any_text_is_read(text in "[ -~\n]{0,200}") {
        let _ = Waivers::read(&text);
    }
}

//! What the kinds of page ask for and check.

use super::harness::{TestSite, case_study, page};
use super::told::told;

#[test]
fn sections_that_readers_expect_are_asked_for_and_another_known_form_is_taken() {
    let with = |body: &str| {
        let text = case_study("A", "");
        format!("{}\n---\n\n{body}", text.split("\n---\n").next().unwrap())
    };
    let site = TestSite::new()
        .network()
        .file("content/case-studies/a.md", with("## Problem\n\nA.\n\n## solution\n\nB.\n\n## Output\n\nC.\n"))
        .file("content/case-studies/b.md", with("Only words.\n"))
        .file(
            "content/case-studies/c.md",
            with("## Context\n\nA.\n\n## Approach\n\nB.\n\n## Key considerations\n\nC.\n"),
        )
        .file("content/case-studies/d.md", with("## Context\n\nA.\n\n## Approach\n\nB.\n"))
        .file("content/case-studies/e.md", with("## Problem\n").replace("published", "draft"));
    told(
        &site,
        r"
        error missing-section content/case-studies/a.md:22:1
          the section Next steps is missing: readers of a case study expect Problem, Solution, Output and Next steps (or Context, Approach and Key considerations)
          help: add the heading ## Next steps, or set status: draft
        error missing-section content/case-studies/b.md:2:1
          the sections Problem, Solution, Output and Next steps are missing: readers of a case study expect Problem, Solution, Output and Next steps (or Context, Approach and Key considerations)
          help: add the headings ## Problem, ## Solution, ## Output and ## Next steps, or set status: draft
        error missing-section content/case-studies/d.md:18:1
          the section Key considerations is missing: readers of a case study expect Problem, Solution, Output and Next steps (or Context, Approach and Key considerations)
          help: add the heading ## Key considerations, or set status: draft
        ",
    );
}

#[test]
fn a_pathway_verified_in_practice_says_by_whom_and_when() {
    let pathway = |fields: &str| {
        let fields = format!("diagram: |\n  flowchart LR\n  a --> b\ndescription: D.\n{fields}");
        page("P", &fields, "## Steps\n\nA.\n\n## Known differences\n\nB.\n")
    };
    let proved = "verification: verified-in-practice\nverified_by: Lead\nverified_on: 2026-02-01\n";
    let site = TestSite::new()
        .file("content/pathways/a.md", pathway("verification: verified-in-practice\n"))
        .file("content/pathways/b.md", pathway("verification: verified-in-practice\nverified_by: Lead\n"))
        .file("content/pathways/c.md", pathway(proved))
        .file("content/pathways/d.md", pathway("verification: agreed\n"));
    told(
        &site,
        r"
        error verification-without-proof content/pathways/a.md:12:15
          `verified-in-practice` tells readers that somebody checked the pathway against what really happens
          help: add `verified_by` and `verified_on`; agreement in a meeting is `verification: agreed`
        error verification-without-proof content/pathways/b.md:12:15
          `verified-in-practice` tells readers that somebody checked the pathway against what really happens
          help: add `verified_on`; agreement in a meeting is `verification: agreed`
        ",
    );
}

#[test]
fn a_result_without_a_baseline_is_advised_about_unless_it_is_opinion() {
    let site = TestSite::new()
        .network()
        .case_study("a", "measures:\n  - metric: Turnaround\n    result: 1\n    unit: day\n")
        .case_study("b", "evidence: opinion\nmeasures:\n  - metric: Turnaround\n    result: better\n");
    told(
        &site,
        r"
        warning result-without-baseline content/case-studies/a.md:13:5
          Turnaround: a result without a baseline shows a reader no change
          help: add `baseline:`, or say `evidence: opinion`
        ",
    );
}

#[test]
fn options_are_scored_for_known_criteria_on_one_scale() {
    let options = "criteria:\n  - name: Quality\n    weight: 60\n  - name: Cost\n    weight: 40\noptions:\n  - name: One provider\n    scores: { Quality: 4, Costs: 3 }\n  - name: Two\n    scores:\n      Quality: 11\n      Speed: 2\n      Cost: -1\n  - name: Three\n    scores: { Quality: high }\n";
    let fields = format!(
        "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\n{options}"
    );
    let body = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    let site = TestSite::new().file("content/terms-of-reference/a.md", page("A", &fields, body));
    told(
        &site,
        r"
        error unknown-criterion content/terms-of-reference/a.md:22:27
          `Costs` is scored but is not one of the criteria
          help: did you mean `Cost`?
        error score-out-of-range content/terms-of-reference/a.md:25:16
          the score for `Quality` is not from 0 to 10
          help: score every criterion on the same scale, from 0 (not at all) to 10 (fully)
        error unknown-criterion content/terms-of-reference/a.md:26:7
          `Speed` is scored but is not one of the criteria
          help: add a criterion named `Speed` with its weight, or take the score out
        error score-out-of-range content/terms-of-reference/a.md:27:13
          the score for `Cost` is not from 0 to 10
          help: score every criterion on the same scale, from 0 (not at all) to 10 (fully)
        error wrong-type content/terms-of-reference/a.md:29:24
          each of `scores` must be a whole number
          help: write it like this: scores: { Quality: 4 }
        ",
    );
}

#[test]
fn an_event_says_where_to_go() {
    let fields = "starts: 2018-04-18 09:30\nends: 2018-04-18 16:30\ntimezone: Europe/London\n";
    let site = TestSite::new().file("content/events/a.md", page("A", fields, "## About\n\nText.\n"));
    told(
        &site,
        r"
        error missing-field content/events/a.md:2:1
          an event without `venue` or `online` tells nobody where to go
          help: add `venue: Example Hall, Leeds` or `online: https://…`, or set `status: draft`
        ",
    );
}

#[test]
fn a_criterion_counts_for_something() {
    let sections = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    for weight in ["0", "-3", "9223372036854775807"] {
        let fields = format!(
            "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\ncriteria:\n  - name: Quality\n    weight: {weight}\noptions:\n  - name: One\n    scores: {{ Quality: 9 }}\n"
        );
        let site = TestSite::new().file("content/terms-of-reference/a.md", page("A", &fields, sections));
        let problem = site.build().only_problem();
        assert_eq!((problem.code.as_str(), problem.line), ("option-weight", 17), "{weight}");
    }
}

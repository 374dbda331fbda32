//! References of one page to another: by name, by code, and what a writer is told where they lead nowhere.

use super::harness::{TestSite, page};
use super::told::{run_told, told};

pub(crate) fn standard(code: &str) -> String {
    page(
        code,
        &format!("framework: QSIN\nversion: as cited in 2023\ncode: {code}\n"),
        "## Statement\n\nText.\n",
    )
}

#[test]
fn a_reference_that_leads_nowhere_comes_with_the_nearest_name() {
    let devon = "name: Devon Imaging Network\nalso_known_as: [Devon STP]\nformer_names: [Peninsula]\nas_of: 2018\nmembers: []\n";
    let case = "related:\n  - case-study:b\n  - case-studdy:a\n  - recipe:soup\n  - devon\n  - nobody\n";
    let lesson =
        "audience: [Boards]\nthemes: [x]\nnetwork: [devn, Devon STP, peninsula, Kent]\nstandards: IN-999\n";
    let site = TestSite::new()
        .network()
        .file("content/networks/devon.md", page("Devon", devon, "## About\n\nText.\n"))
        .case_study("a", case)
        .file("content/lessons/b.md", page("B", lesson, ""));
    told(
        &site,
        r"
        error unknown-reference content/case-studies/a.md:13:5
          there is no case study `b`
          help: there is only `a`
        error unknown-reference content/case-studies/a.md:14:5
          `case-studdy` is no kind of page
          help: did you mean `case-study`?
        error unknown-reference content/case-studies/a.md:15:5
          `recipe` is no kind of page
          help: the kinds are case-study, network, pathway, benchmark, event, session, terms-of-reference, template, lesson, standard, assessment and page
        error unknown-reference content/case-studies/a.md:16:5
          `devon` does not say which kind of page is meant
          help: write network:devon
        error unknown-reference content/case-studies/a.md:17:5
          `nobody` does not say which kind of page is meant
          help: write it as kind:name, for example case-study:devon
        error unknown-reference content/lessons/b.md:10:11
          there is no network `devn`
          help: did you mean `devon`?
        error unknown-reference content/lessons/b.md:10:17
          there is no network `Devon STP`
          help: write `devon`, the name of its file
        error unknown-reference content/lessons/b.md:10:28
          there is no network `peninsula`
          help: write `devon`, the name of its file
        error unknown-reference content/lessons/b.md:10:39
          there is no network `Kent`
          help: there are `devon` and `example`
        error unknown-reference content/lessons/b.md:11:12
          there is no standard `IN-999`
          help: there are no pages below content/standards/ yet
        ",
    );
}

#[test]
fn a_standard_is_found_by_its_code_whatever_its_capitals() {
    let site = TestSite::new()
        .network()
        .file("content/standards/equipment-and-it.md", standard("IN-301"))
        .case_study("a", "standards: [IN-301]\n")
        .case_study("b", "standards: in-301\nrelated: standard:In-301\n")
        .case_study("c", "standards: [equipment-and-it]\n")
        .page("d", "", "[By code](standard:in-301)\n");
    site.build().clean();
    let standard = site.output("standards/equipment-and-it/index.html");
    for name in ["a", "b", "c"] {
        assert!(standard.contains(&format!("case-studies/{name}/")), "{name}\n{standard}");
        let case = site.output(&format!("case-studies/{name}/index.html"));
        assert!(case.contains("standards/equipment-and-it/"), "{name}");
    }
    assert!(site.output("d/index.html").contains("href=\"../standards/equipment-and-it/\""));
}

#[test]
fn one_name_means_one_page() {
    let lesson = |kind: &str| page("Vision", &format!("{kind}audience: [A]\nthemes: [b]\n"), "");
    let site = TestSite::new()
        .file("content/standards/a.md", standard("IN-301"))
        .file("content/standards/b.md", standard("in-301"))
        .file("content/lessons/vision.md", lesson(""))
        .file("content/reading/vision.md", lesson("kind: lesson\n"));
    told(
        &site,
        r"
        error duplicate-page content/reading/vision.md:1:1
          `lesson:vision` names this page and content/lessons/vision.md alike
          help: rename one of the two files
        error duplicate-page content/standards/b.md:1:1
          `standard:in-301` names this page and content/standards/a.md alike
          help: give one of the two another code
        ",
    );
}

#[test]
fn what_readers_cannot_see_is_not_named_to_them() {
    let hidden = |status: &str| page("Hidden", "", "Text.\n").replace("status: published", status);
    let body = "[Draft](draft.md), [review](page:review) and [later](later.md#there).\n";
    let site = TestSite::new()
        .file("content/draft.md", hidden("status: draft"))
        .file("content/review.md", hidden("status: in-review"))
        .file("content/later.md", hidden("status: published\nembargo_until: 2099-12-01 09:00 Europe/London"))
        .page("a", "related: [page:draft, page:review, page:later]\n", body)
        .file("content/c.md", hidden("status: draft\nrelated: page:draft"));
    told(
        &site,
        r"
        error hidden-reference content/a.md:8:11
          `draft` has the status draft, so readers could not follow it
          help: publish that page first, or take the reference out
        error hidden-reference content/a.md:8:23
          `review` has the status in-review, so readers could not follow it
          help: publish that page first, or take the reference out
        error hidden-reference content/a.md:8:36
          `later` is under embargo, so readers could not follow it
          help: publish that page first, or take the reference out
        error hidden-reference content/a.md:11:9
          `draft.md` has the status draft, so readers could not follow the link
          help: publish that page first, or take the link out
        error hidden-reference content/a.md:11:29
          `review` has the status in-review, so readers could not follow the link
          help: publish that page first, or take the link out
        error hidden-reference content/a.md:11:54
          `later.md` is under embargo, so readers could not follow the link
          help: publish that page first, or take the link out
        ",
    );
    // With drafts shown, the same references hold, but for the heading that is not there.
    let run = site.build_with(&["--drafts", "--output", site.path("preview").to_str().unwrap()]);
    run_told(
        &run,
        r"
        error broken-fragment content/a.md:11:54
          `content/later.md` has no heading `#there`
          help: that page has no headings; take the part after # out
        ",
    );
}

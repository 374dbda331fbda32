//! Relations between pages are seen from both ends.

use super::harness::{TestSite, page};
use super::references::standard;

/// The part of a page that is its own.
fn main_of(site: &TestSite, address: &str) -> String {
    let page = site.output(&format!("{address}index.html"));
    page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_string()
}

#[track_caller]
fn leads(site: &TestSite, from: &str, to: &str) {
    let up = "../".repeat(from.matches('/').count());
    assert!(main_of(site, from).contains(&format!("href=\"{up}{to}\"")), "{from} does not lead to {to}");
}

fn everything() -> TestSite {
    let pathway = |title: &str, fields: &str| {
        let fields =
            format!("diagram: |\n  flowchart LR\n  a --> b\ndescription: D.\nverification: agreed\n{fields}");
        page(title, &fields, "## Steps\n\nA.\n\n## Known differences\n\nB.\n")
    };
    let about = |title: &str, fields: &str| page(title, fields, "## About\n\nText.\n");
    let event = "starts: 2018-04-18 09:30\nends: 2018-04-18 16:30\ntimezone: Europe/London\nvenue: Hall\nnetwork: example\n";
    let talk = "event: sharing\nstart: 2018-04-18 10:00\nend: 2018-04-18 10:45\nroom: Hall\nspeakers: []\ncases: [home]\nrepeats_as: talk-again\n";
    let again = "event: sharing\nstart: 2018-04-18 11:00\nend: 2018-04-18 11:45\nroom: Hall\nspeakers: []\n";
    let assessment = "network: example\nframework: QSIN\nlevel: emerging\nassessed_on: 2026-01-01\nresults:\n  - standard: IN-301\n    level: thriving\n";
    let terms = "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\nadopted_by:\n  - network: example\n";
    let terms_body = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    TestSite::new()
        .network()
        .file("content/standards/it.md", standard("IN-301"))
        .case_study("home", "standards: [IN-301]\n")
        .file("content/events/sharing.md", about("Sharing", event))
        .file("content/sessions/talk.md", about("Talk", talk))
        .file("content/sessions/talk-again.md", about("Talk again", again))
        .file(
            "content/pathways/new.md",
            pathway("New", "replaces: old\nvariations: [rural]\nnetwork: example\n"),
        )
        .file("content/pathways/old.md", pathway("Old", ""))
        .file("content/pathways/rural.md", pathway("Rural", ""))
        .file("content/assessments/first.md", page("First", assessment, "## Gap\n\nText.\n"))
        .file("content/terms-of-reference/board.md", page("Board", terms, terms_body))
        .page("about", "", "See [the case](case-studies/home.md).\n")
        .page("am-danom", "lang: cy\ntranslation_of: page:about\n", "Testun.\n")
}

#[test]
fn each_end_leads_to_the_other() {
    let site = everything();
    site.build().clean();
    for (one, other) in [
        ("events/sharing/", "sessions/talk/"),
        ("sessions/talk/", "case-studies/home/"),
        ("sessions/talk/", "sessions/talk-again/"),
        ("case-studies/home/", "networks/example/"),
        ("case-studies/home/", "standards/it/"),
        ("pathways/new/", "pathways/old/"),
        ("pathways/new/", "pathways/rural/"),
        ("pathways/new/", "networks/example/"),
        ("events/sharing/", "networks/example/"),
        ("assessments/first/", "networks/example/"),
        ("assessments/first/", "standards/it/"),
        ("terms-of-reference/board/", "networks/example/"),
        ("about/", "case-studies/home/"),
        ("about/", "am-danom/"),
    ] {
        leads(&site, one, other);
        leads(&site, other, one);
    }
}

#[test]
fn a_translation_says_its_language_on_both_pages() {
    let site = everything();
    site.build().clean();
    let welsh = site.output("am-danom/index.html");
    assert!(welsh.contains("<html lang=\"cy\""), "{welsh}");
    let english = site.output("about/index.html");
    assert!(english.contains("<html lang=\"en-GB\""), "{english}");
    for (page, language) in [(&english, "cy"), (&welsh, "en-GB")] {
        assert!(page.contains(&format!("hreflang=\"{language}\"")), "{language}\n{page}");
    }
}

#[test]
fn a_page_named_twice_is_shown_once_and_the_page_itself_never() {
    let site = TestSite::new()
        .network()
        .case_study("a", "related: [case-study:a, case-study:b, case-study:b]\n")
        .case_study("b", "related: case-study:a\n");
    site.build().clean();
    let main = main_of(&site, "case-studies/a/");
    let (main, turn) = main.split_once("<nav class=\"turn\"").unwrap();
    assert!(turn.contains("href=\"../../case-studies/b/\""), "the next page: {turn}");
    assert_eq!(main.matches("href=\"../../case-studies/b/\"").count(), 1, "{main}");
    assert!(!main.contains("href=\"../../case-studies/a/\""), "{main}");
}

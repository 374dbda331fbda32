//! Lists: by kind, newest first, fifty a page.

use super::harness::{TestSite, case_study};
use super::published::{assert_sound, tags};
use super::samples::case_studies;

/// The titles of a list's rows, in order.
fn rows(html: &str) -> Vec<String> {
    let list = html.split("<ul class=\"rows\">").nth(1).unwrap();
    list.split("<div class=\"row-what\"><a href=\"")
        .skip(1)
        .map(|row| row.split('>').nth(1).unwrap().split('<').next().unwrap().to_string())
        .collect()
}

fn link(html: &str, rel: &str) -> Option<String> {
    tags(html)
        .iter()
        .find(|tag| tag.get("rel") == Some(rel))
        .and_then(|tag| tag.get("href"))
        .map(str::to_string)
}

#[test]
fn a_list_is_newest_first() {
    let site = TestSite::new()
        .network()
        .case_study("oldest", "published: 2019-01-01\n")
        .case_study("newest", "published: 2026-01-01\n")
        .case_study("middle", "published: 2022-01-01\n");
    site.build().clean();
    assert_eq!(rows(&site.output("case-studies/index.html")), ["newest", "middle", "oldest"]);
}

#[test]
fn fifty_pages_are_one_list() {
    let site = case_studies(50);
    site.build().clean();
    let html = site.output("case-studies/index.html");
    assert_eq!(rows(&html).len(), 50);
    assert!(!html.contains("class=\"pager\""));
    assert!(!site.publishes("case-studies/page/2/index.html"));
}

#[test]
fn the_fifty_first_page_begins_a_second_list() {
    let site = case_studies(51);
    site.build().clean();
    let first = site.output("case-studies/index.html");
    let second = site.output("case-studies/page/2/index.html");
    assert_eq!(rows(&first).len(), 50);
    assert_eq!(rows(&first)[0], "Case 051");
    assert_eq!(rows(&second), ["Case 001"]);
    assert_eq!(
        (link(&first, "prev"), link(&first, "next").as_deref()),
        (None, Some("../case-studies/page/2/"))
    );
    assert_eq!(
        (link(&second, "prev").as_deref(), link(&second, "next")),
        (Some("../../../case-studies/"), None)
    );
    assert!(second.contains("51 to 51 of 51"), "{second}");
    assert!(!site.publishes("case-studies/page/1/index.html"));
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn a_hundred_and_one_pages_are_three_lists_that_lead_to_each_other() {
    let site = case_studies(101);
    site.build().clean();
    let second = site.output("case-studies/page/2/index.html");
    assert_eq!(rows(&second).len(), 50);
    assert_eq!(link(&second, "prev").as_deref(), Some("../../../case-studies/"));
    assert_eq!(link(&second, "next").as_deref(), Some("../../../case-studies/page/3/"));
    assert_eq!(rows(&site.output("case-studies/page/3/index.html")), ["Case 001"]);
    assert!(!site.publishes("case-studies/page/4/index.html"));
    // The network's own page is the first of its lists.
    assert_eq!(rows(&site.output("networks/example/page/3/index.html")).len(), 1);
    assert_eq!(rows(&site.output("themes/reporting/page/2/index.html")).len(), 50);
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn pages_of_one_list_have_titles_that_tell_them_apart() {
    let site = case_studies(51);
    site.build().clean();
    let title = |path: &str| {
        let html = site.output(path);
        tags(&html).into_iter().find(|tag| tag.name == "title").unwrap().text
    };
    for list in ["case-studies", "themes/reporting", "networks/example"] {
        assert_ne!(title(&format!("{list}/index.html")), title(&format!("{list}/page/2/index.html")));
    }
}

#[test]
fn a_page_of_content_where_a_list_continues_is_an_error() {
    let two = case_study("Two", "published: 2020-01-01\n");
    let site = case_studies(51).file("content/case-studies/page/2.md", two);
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("colliding-address", "content/case-studies/page/2.md")
    );
}

#[test]
fn the_writers_own_text_stands_above_the_first_list_only() {
    let site = case_studies(51).page("case-studies/index", "", "## How to read these\n\nSlowly.\n");
    site.build().clean();
    assert!(site.output("case-studies/index.html").contains("Slowly."));
    assert!(!site.output("case-studies/page/2/index.html").contains("Slowly."));
}

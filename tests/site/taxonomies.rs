//! Themes, tags, regions and stages: open or closed, one term however it is spelt.

use super::harness::{TestSite, page};
use super::told::told;

#[test]
fn a_closed_list_refuses_other_words() {
    let network = page("N", "name: N\nas_of: 2024\nmembers: []\nregion: Sowth East\n", "## About\n\nText.\n");
    let site = TestSite::new()
        .file(
            "netsite.yaml",
            "title: T\ntaxonomies:\n  themes: [Home reporting, Workforce]\n  tags: [ct]\n  regions: [South East]\n",
        )
        .network()
        .case_study("a", "themes: [home-reporting, Workforse]\ntags: [MRI]\n")
        .file("content/networks/n.md", network);
    told(
        &site,
        r"
        error unknown-term content/case-studies/a.md:12:26
          `Workforse` is none of this site's themes
          help: did you mean `Workforce`?
        error unknown-term content/case-studies/a.md:13:8
          `MRI` is none of this site's tags
          help: choose from: ct
        error unknown-term content/networks/n.md:11:9
          `Sowth East` is none of this site's regions
          help: did you mean `South East`?
        ",
    );
}

#[test]
fn a_closed_list_gives_its_own_spelling_and_an_open_one_takes_any_word() {
    let site = TestSite::new().network().case_study("a", "themes: [anything-at-ALL]\n");
    site.build().clean();
    assert!(site.output("themes/anything-at-all/index.html").contains("Anything-at-ALL</h1>"));
    site.write("netsite.yaml", "title: T\ntaxonomies:\n  themes: [Anything at all]\n");
    site.build().clean();
    assert!(site.output("themes/anything-at-all/index.html").contains("Anything at all</h1>"));
}

#[test]
fn spellings_of_one_theme_are_one_term_under_the_most_usual() {
    let site = TestSite::new()
        .network()
        .case_study("a", "themes: [Home reporting]\n")
        .case_study("b", "themes: [home-reporting]\n")
        .case_study("c", "themes: [home reporting, HOME Reporting]\n")
        .case_study("d", "themes: [Home reporting]\n");
    site.build().clean();
    let term = site.output("themes/home-reporting/index.html");
    for name in ["a", "b", "c", "d"] {
        assert_eq!(
            term.matches(&format!("href=\"../../case-studies/{name}/\"")).count(),
            1,
            "{name}\n{term}"
        );
    }
    assert!(term.contains("Home reporting</h1>"), "{term}");
    assert_eq!(site.output("themes/index.html").matches("href=\"../themes/home-reporting/\"").count(), 1);
}

#[test]
fn a_page_is_found_by_its_stage_and_by_the_region_of_its_network() {
    let site = TestSite::new().network().case_study("a", "");
    site.build().clean();
    let region = site.output("regions/south-east/index.html");
    assert!(region.contains("case-studies/a/") && region.contains("networks/example/"), "{region}");
    assert!(site.output("stages/pilot/index.html").contains("case-studies/a/"));
}

#[test]
fn words_of_signs_or_of_other_scripts_do_no_harm() {
    let site =
        TestSite::new().network().case_study("a", "themes: [\"!?\", \"日本\", \"a/b\", \"..\", \"<b>\"]\n");
    site.build().clean();
    assert!(site.publishes("themes/日本/index.html"));
    assert!(site.publishes("themes/a-b/index.html"));
    assert!(site.output("themes/b/index.html").contains("&lt;b&gt;"));
    assert!(!site.output("themes/b/index.html").contains("<b>"));
}

#[test]
fn a_term_that_no_disk_can_hold_as_a_name_is_an_error_on_its_page() {
    let site = TestSite::new().page("a", &format!("tags: [{}]\n", "long ".repeat(60)), "");
    let problem = site.build_with(&["--base-url", "https://test.example/"]).problems().remove(0);
    assert_eq!((problem.code.as_str(), problem.path.as_str()), ("unusable-address", "content/a.md"));
}

//! The main way, from a few files to a published site.

use super::harness::TestSite;

#[test]
fn a_case_study_becomes_a_page_that_its_network_and_themes_lead_to() {
    let site = TestSite::new().network().case_study(
        "sharing-reports",
        "themes: [Reporting]\nmeasures:\n  - metric: Wait\n    baseline: 9\n    result: 5\n",
    );
    let run = site.build().clean();
    assert!(run.stderr.contains("Built 2 pages"), "{}", run.stderr);
    let page = site.output("case-studies/sharing-reports/index.html");
    assert!(page.contains("<h1"), "{page}");
    assert!(page.contains("href=\"../../networks/example/\""), "{page}");
    assert!(page.contains("href=\"../../themes/reporting/\""), "{page}");
    for listing in [
        "networks/example/index.html",
        "themes/reporting/index.html",
        "case-studies/index.html",
        "index.html",
    ] {
        assert!(site.output(listing).contains("case-studies/sharing-reports/"), "{listing}");
    }
    assert!(site.output("feed.xml").contains("https://test.example/case-studies/sharing-reports/"));
    assert!(site.output("sitemap.xml").contains("https://test.example/case-studies/sharing-reports/"));
}

//! Files that would run in readers' browsers are not published.

use super::harness::TestSite;

fn codes(site: &TestSite) -> Vec<(String, String)> {
    site.build().problems().into_iter().map(|problem| (problem.code.clone(), problem.place())).collect()
}

#[test]
fn a_file_that_runs_is_an_error_with_what_to_do_instead() {
    for name in ["old.html", "old.HTM", "tool.js", "a/film.swf", "run.exe", "page.php", "drawing.svgz"] {
        let site = TestSite::new().file(&format!("content/{name}"), "x");
        let problem = site.build().only_problem();
        assert_eq!((problem.code.as_str(), problem.severity.as_str()), ("active-file", "error"), "{name}");
        assert!(!problem.help.is_empty(), "{name}");
    }
}

#[test]
fn a_drawing_with_a_script_is_an_error_at_the_script() {
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">\n  {inside}\n</svg>\n");
    let site = TestSite::new()
        .file("content/a.svg", svg("<script>alert(1)</script>"))
        .file("content/b.svg", svg("<g onload=\"a()\"/>"))
        .file("content/c.svg", svg("<foreignObject/>"))
        .file("content/good.svg", svg("<title>A script</title><path d=\"M0 0\"/>"))
        .file("content/data.xml", "<?xml-stylesheet href=\"a.xsl\"?><a/>")
        .page("about", "", "![A drawing](good.svg)\n");
    let error = |place: &str| ("active-file".to_string(), format!("content/{place}"));
    assert_eq!(
        codes(&site),
        [error("a.svg:2:3"), error("b.svg:2:3"), error("c.svg:2:3"), error("data.xml:1:1")]
    );
    for file in ["a.svg", "b.svg", "c.svg", "data.xml"] {
        site.remove(&format!("content/{file}"));
    }
    site.build().clean();
    assert!(site.publishes("good.svg"));
}

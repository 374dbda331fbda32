//! The search as it is published: which files there are, what they may not hold, and a site without it.

use super::harness::{TestSite, case_study, page};

/// A word that is in no other text.
const MARKER: &str = "xqmarkerx";

/// The published files of the search that hold the middle of the marker, forwards or backwards: the index writes only
/// what a word does not share with the one before, and some words from their ends.
fn told(site: &TestSite) -> Vec<String> {
    let holds = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains("marker") || text.contains("rekram")
    };
    let files = site.outputs().into_iter().filter(|(path, _)| path.starts_with("search"));
    files.filter(|(path, bytes)| path.contains(MARKER) || holds(bytes)).map(|(path, _)| path).collect()
}

fn of_the_search(site: &TestSite) -> Vec<String> {
    site.outputs().into_keys().filter(|path| path.starts_with("search")).collect()
}

#[test]
fn a_site_is_searched_by_a_page_a_script_and_an_index() {
    let site = TestSite::new().network().case_study("devon", "").page("about", "", "Text.\n");
    site.build().clean();
    let files = of_the_search(&site);
    for file in [
        "search/index.html",
        "search/search.js",
        "search/index.js",
        "search/f.js",
        "search/d0.js",
        "search/t0.js",
        "search/t2.js",
        "search-field.js",
        "search-page.js",
        "search.css",
    ] {
        assert!(files.iter().any(|path| path == file), "{file} of {files:?}");
    }
    assert!(!files.iter().any(|path| path == "search/t3.js"), "a file for each page: {files:?}");
    let about = site.output("about/index.html");
    assert!(about.contains("<form class=\"search\" role=\"search\" action=\"../search/\""), "{about}");
    assert!(
        !about.contains("search.js"),
        "nothing of the search is loaded before somebody goes to its field"
    );
    assert!(site.output("index.html").contains("<form class=\"find\" role=\"search\" action=\"./search/\""));
}

#[test]
fn a_file_where_the_index_may_come_is_an_error() {
    let site = TestSite::new().file("content/search/D7.js", "text").file("content/search/notes.js", "text");
    let problems = site.build().problems();
    let told: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code.as_str(), problem.path.as_str())).collect();
    assert_eq!(told, [("active-file", "content/search/D7.js"), ("active-file", "content/search/notes.js")]);
}

#[test]
fn its_page_leads_everywhere_without_scripts_and_is_itself_not_searched_for() {
    let site = TestSite::new()
        .network()
        .case_study("devon", "themes: [Stroke]\n")
        .case_study("kent", "themes: [Data]\n");
    site.build().clean();
    let page = site.output("search/index.html");
    for link in ["../a-to-z/", "../case-studies/", "../networks/", "../themes/stroke/", "../themes/data/"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    assert!(!site.output("sitemap.xml").contains("/search/"));
}

#[test]
fn a_site_that_wants_no_search_has_nothing_of_it() {
    let site = TestSite::new()
        .file("netsite.yaml", "title: Test site\nsearch: false\nsearch_shortcut: true\n")
        .network()
        .case_study("devon", "");
    site.build().clean();
    assert_eq!(of_the_search(&site), Vec::<String>::new());
    for (path, bytes) in
        site.outputs().into_iter().filter(|(path, _)| path.split('.').next_back() == Some("html"))
    {
        let html = String::from_utf8(bytes).unwrap();
        assert!(!html.to_lowercase().contains("search"), "{path}\n{html}");
    }
    assert!(!site.output("index.html").contains("<script"), "no script that only a search needs");
    // It goes away with the setting, too.
    site.write("netsite.yaml", "title: Test site\n");
    site.build().clean();
    assert!(site.publishes("search/index.js"));
    site.write("netsite.yaml", "title: Test site\nsearch: false\n");
    site.build().clean();
    assert_eq!(of_the_search(&site), Vec::<String>::new());
}

#[test]
fn a_single_key_leads_to_the_field_only_where_a_site_says_so() {
    let site = TestSite::new().page("about", "", "Text.\n");
    site.build().clean();
    assert!(!site.publishes("search-shortcut.js"));
    assert!(!site.output("about/index.html").contains("search-shortcut"));
    site.write("netsite.yaml", "title: Test site\nsearch_shortcut: true\n");
    site.build().clean();
    assert!(site.publishes("search-shortcut.js"));
    assert!(site.output("about/index.html").contains("<script src=\"../search-shortcut.js\" defer>"));
}

#[test]
fn what_is_not_published_is_in_no_file_of_the_search() {
    let full = |more: &str| {
        let fields = format!(
            "tags: [{MARKER} tag]\nmeasures:\n  - metric: {MARKER}\n    baseline: 1\n    result: 2\n{more}"
        );
        case_study(&format!("{MARKER} title"), &fields).replace("A.\n", &format!("{MARKER}.\n"))
    };
    let draft = full("").replace("status: published", "status: draft");
    let review = full("").replace("status: published", "status: in-review");
    let embargoed = full("embargo_until: 2035-07-01 09:00 Europe/London\n");
    for text in [draft, review, embargoed] {
        let site = TestSite::new()
            .network()
            .case_study("seen", "")
            .file(&format!("content/case-studies/{MARKER}.md"), text);
        site.build().clean();
        assert_eq!(told(&site), Vec::<String>::new());
    }
    let site = TestSite::new().network().file("content/case-studies/open.md", full(""));
    site.build().clean();
    assert!(told(&site).len() > 1, "published, it is in the index and among the excerpts: {:?}", told(&site));
}

#[test]
fn names_that_a_live_purchase_withholds_are_in_no_file_of_the_search() {
    let buying = |state: &str| {
        let options = format!(
            "> [!OPTIONS]\n> | Option | Quality (60) | Cost (40) |\n> | --- | --- | --- |\n> | {MARKER} | 7 | 3 |\n> | Other | 4 | 5 |\n"
        );
        case_study("Buying", &format!("exiting_supplier: {MARKER}\nprocurement: {state}\n"))
            .replace("B.\n", &format!("B.\n\n{options}"))
    };
    let site = TestSite::new().network().file("content/case-studies/buying.md", buying("live"));
    site.build().clean();
    assert_eq!(told(&site), Vec::<String>::new());
    site.write("content/case-studies/buying.md", buying("closed"));
    site.build().clean();
    assert_ne!(told(&site), Vec::<String>::new());
}

#[test]
fn no_text_of_a_page_becomes_markup_or_ends_a_script() {
    let hostile =
        page("</script><img src=x onerror=alert(1)>", "tags: [\"<b>\"]\n", "Text \u{2028} `</script>`.\n")
            .replace(
                "title: </script><img src=x onerror=alert(1)>",
                "title: \"</script><img src=x onerror=alert(1)>\"",
            )
            .replace(
                "summary: A page about </script><img src=x onerror=alert(1)>.",
                "summary: \"A <!-- page.\"",
            );
    let site = TestSite::new().file("content/x.md", hostile);
    site.build().clean();
    for (path, bytes) in site.outputs() {
        if path.starts_with("search/") && path != "search/index.html" {
            let text = String::from_utf8(bytes).unwrap();
            // In our own scripts a `<` compares numbers.
            for markup in ["</", "<!--", "<b>", "<img", "\u{2028}"] {
                assert!(!text.contains(markup), "{path}\n{text}");
            }
        }
    }
}

#[test]
fn a_result_says_whose_a_page_is_how_sure_and_how_fresh() {
    let site = TestSite::new().network().case_study("devon", "evidence: before-after\n").page(
        "welsh",
        "lang: cy\n",
        "Text.\n",
    );
    site.build_with(&["--as-of", "2026-02-01"]).clean();
    let results = |site: &TestSite| -> String {
        (0..3).map(|number| site.output(&format!("search/t{number}.js"))).collect()
    };
    let fresh = results(&site);
    for said in [
        "\"of\",\"Example\"",
        "\"steps\",\"2/4\",\"rung\",\"Evidence: before and after\"",
        "\"lang\",\"cy\"",
        "Reviewed 5 January 2026",
    ] {
        assert!(fresh.contains(said), "{said}\n{fresh}");
    }
    let late = site.build_with(&["--as-of", "2031-02-01"]);
    assert_eq!(late.code, 0, "{}", late.stderr);
    assert!(results(&site).contains("\"due\",\"Review was due 5 January 2030\""), "{}", results(&site));
}

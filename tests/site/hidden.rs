//! What readers are not to see: drafts, embargoed and archived pages, live purchases, small numbers.

use super::harness::{Run, TestSite, case_study, files, page, png};

const MARKER: &str = "xqmarkerx";

/// Published files that hold the marker, in their bytes or their names.
fn leaks(site: &TestSite, folder: &str) -> Vec<String> {
    files(&site.path(folder))
        .into_iter()
        .filter(|(path, bytes)| {
            path.to_lowercase().contains(MARKER)
                || String::from_utf8_lossy(bytes).to_lowercase().contains(MARKER)
        })
        .map(|(path, _)| path)
        .collect()
}

/// A case study full of the marker.
fn marked(status: &str, more: &str) -> String {
    let fields = format!(
        "themes: [{MARKER} theme]\ntags: [{MARKER} tag]\naliases: [/old-{MARKER}/]\nmeasures:\n  - metric: {MARKER}\n    baseline: 1\n    result: 2\n{more}"
    );
    case_study(&format!("{MARKER} title"), &fields).replace("status: published", &format!("status: {status}"))
}

/// Builds into another folder.
fn preview(site: &TestSite, arguments: &[&str]) -> Run {
    let output = site.path("preview");
    let mut all = vec!["--output", output.to_str().unwrap()];
    all.extend(arguments);
    site.build_with(&all)
}

#[test]
fn a_page_that_is_not_published_leaves_no_byte() {
    for status in ["draft", "in-review"] {
        let site = TestSite::new()
            .network()
            .case_study("seen", "")
            .file(&format!("content/case-studies/{MARKER}.md"), marked(status, ""));
        site.build().clean();
        assert_eq!(leaks(&site, "public"), Vec::<String>::new(), "{status}");
        preview(&site, &["--drafts"]).clean();
        let shown = leaks(&site, "preview");
        for path in [
            "case-studies/xqmarkerx/index.html",
            "themes/xqmarkerx-theme/index.html",
            "networks/example/index.html",
        ] {
            assert!(shown.iter().any(|shown| shown == path), "{path} of {shown:?}");
        }
    }
}

#[test]
fn an_embargo_holds_to_its_instant() {
    let text = marked("published", "embargo_until: 2030-07-01 09:00 Europe/London\n");
    let site = TestSite::new().network().file(&format!("content/case-studies/{MARKER}.md"), text);
    preview(&site, &["--as-of", "2030-07-01T07:59:59Z"]).clean();
    assert_eq!(leaks(&site, "preview"), Vec::<String>::new());
    preview(&site, &["--as-of", "2030-07-01T08:00:00Z"]).clean();
    assert!(leaks(&site, "preview").iter().any(|path| path == "feed.xml"));
    preview(&site, &["--as-of", "2029-01-01T00:00:00Z", "--drafts"]).clean();
    assert!(leaks(&site, "preview").iter().any(|path| path == "case-studies/xqmarkerx/index.html"));
}

#[test]
fn an_archived_page_keeps_its_address_and_leaves_the_lists() {
    let site = TestSite::new()
        .network()
        .file("content/case-studies/old.md", marked("archived", ""))
        .case_study("new", "themes: [Workforce]\n")
        .page("about", "", "[The old one](case-studies/old.md)\n");
    site.build().clean();
    assert!(site.output("case-studies/old/index.html").contains(MARKER));
    assert!(site.output("about/index.html").contains("href=\"../case-studies/old/\""));
    for list in [
        "index.html",
        "case-studies/index.html",
        "networks/example/index.html",
        "feed.xml",
        "themes/index.html",
    ] {
        assert!(!site.output(list).contains(MARKER), "{list}");
        assert!(!site.output(list).contains("case-studies/old/"), "{list}");
    }
}

#[test]
fn a_live_purchase_names_no_supplier_and_shows_no_score() {
    let body = format!(
        "## Problem\n\nA.\n\n## Solution\n\n> [!OPTIONS]\n> | Option | Quality (60) | Cost (40) |\n> | --- | --- | --- |\n> | {MARKER} | 7 | 3 |\n> | Other | 4 | 5 |\n\n> [!MATRIX]\n> | Function | {MARKER} |\n> | --- | --- |\n> | Worklist | yes |\n\n## Output\n\nC.\n\n## Next steps\n\nD.\n"
    );
    let case = |state: &str| {
        let fields = format!("exiting_supplier: {MARKER}\nprocurement: {state}\n");
        let text = case_study("Buying", &fields);
        format!("{}{body}", text.split("## Problem").next().unwrap())
    };
    let options = format!(
        "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\nprocurement: live\ncriteria:\n  - name: Quality\n    weight: 60\noptions:\n  - name: {MARKER}\n    about: {MARKER}\n    scores: {{ Quality: 4 }}\n  - name: B\n    scores: {{ Quality: 5 }}\n"
    );
    let sections = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    let site = TestSite::new()
        .network()
        .file("content/case-studies/buying.md", case("live"))
        .file("content/terms-of-reference/board.md", page("Board", &options, sections));
    site.build().clean();
    assert_eq!(leaks(&site, "public"), Vec::<String>::new());
    let live = site.output("case-studies/buying/index.html");
    assert!(live.contains("not published while the purchase is live"), "{live}");
    site.write("content/case-studies/buying.md", case("closed"));
    site.build().clean();
    assert!(site.output("case-studies/buying/index.html").matches(MARKER).count() >= 3);
}

fn benchmark(fields: &str) -> String {
    let fields = format!(
        "metric: Scans\ndefinition: D.\nunit: patients\ndirection: lower\nperiod: 2024\ncollection: C\nprovenance: real\n{fields}"
    );
    page("Scans", &fields, "## Reading this\n\nA.\n\n## Limits\n\nB.\n")
}

/// Builds a site with this file and this benchmark, and finds the marker nowhere.
#[track_caller]
fn nothing_shown(file: &str, benchmark: &str) {
    let site = TestSite::new()
        .file("netsite.yaml", "title: T\nbase_url: https://test.example/\nrepository: private\n")
        .file(file, "period,value,XQMARKERX\n2023,20,XQMARKERX\n2024,3,XQMARKERX\n")
        .file("content/benchmarks/scans.md", benchmark);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(leaks(&site, "public"), Vec::<String>::new(), "{file}");
    let copied = site.outputs().into_keys().find(|path| path.to_lowercase().ends_with("scans.csv"));
    assert_eq!(copied, None, "{file}");
}

#[test]
fn small_numbers_of_people_are_not_shown_and_their_file_is_not_copied() {
    for counts in ["patients", "staff"] {
        let with = |data: &str| benchmark(&format!("data: {data}\ncounts: {counts}\nlevel: sub-national\n"));
        nothing_shown("content/benchmarks/scans.csv", &with("scans.csv"));
        nothing_shown("content/data/scans.csv", &with("../data/scans.csv"));
        nothing_shown("content/data/scans.csv", &with("./../x/../data/scans.csv"));
        let draft = with("../data/scans.csv").replace("status: published", "status: draft");
        nothing_shown("content/data/scans.csv", &draft);
        nothing_shown("content/benchmarks/UNUSED-SCANS.CSV", &draft);
    }
}

#[test]
fn files_of_a_page_that_is_not_published_are_held_back_with_it() {
    let pathway = |status: &str| {
        let fields = "embargo_until: 2030-07-01 09:00 Europe/London\ndiagram: stroke.mmd\ndescription: D.\nverification: agreed\n";
        let body = "## Steps\n\nA.\n\n## Known differences\n\n![A map](../../maps/map.png)\n";
        page("Stroke", fields, body).replace("status: published", &format!("status: {status}"))
    };
    let site = TestSite::new()
        .file("content/pathways/stroke/index.md", pathway("published"))
        .file("content/pathways/stroke/stroke.mmd", "flowchart LR\na --> b\n")
        .file("content/pathways/stroke/notes/plan.docx", "x")
        .file("content/maps/map.png", png())
        .file("content/maps/other.png", "x")
        .file("content/slides.pdf", "x")
        .file("content/form.pdf", "x")
        .page("about", "", "[The form](form.pdf)\n");
    site.write(
        "content/draft.md",
        page("Draft", "", "[Slides](slides.pdf) [The form](form.pdf)\n").replace("published", "draft"),
    );
    let files = |folder: &str| {
        let held =
            ["pathways/stroke/stroke.mmd", "pathways/stroke/notes/plan.docx", "maps/map.png", "slides.pdf"];
        held.map(|file| site.path(folder).join(file).is_file())
    };
    preview(&site, &["--as-of", "2030-07-01T07:59:59Z"]).clean();
    assert_eq!(files("preview"), [false; 4]);
    assert!(site.path("preview/maps/other.png").is_file(), "no page holds it back");
    assert!(site.path("preview/form.pdf").is_file(), "a page that readers see uses it too");
    preview(&site, &["--as-of", "2030-07-01T08:00:00Z"]).clean();
    assert_eq!(files("preview"), [true, true, true, false]);
    preview(&site, &["--as-of", "2029-01-01T00:00:00Z", "--drafts"]).clean();
    assert_eq!(files("preview"), [true; 4]);
}

#[test]
fn a_page_above_others_holds_back_nothing_of_theirs() {
    let draft = page("Later", "", "").replace("published", "draft");
    let site = TestSite::new()
        .file("content/index.md", &draft)
        .file("content/case-studies/index.md", &draft)
        .file("content/case-studies/images/a.png", png())
        .file("content/guides/index.md", &draft)
        .file("content/guides/b.png", png())
        .page("guides/first", "", "");
    site.build().clean();
    assert!(site.publishes("case-studies/images/a.png"));
    assert!(site.publishes("guides/b.png"));
}

#[test]
fn a_page_under_a_name_that_is_no_pages_is_not_published_as_a_file() {
    for name in ["devon.md.txt", "devon.markdown", "devon.md.bak"] {
        let site = TestSite::new().file(&format!("content/{name}"), marked("draft", ""));
        let problem = site.build().only_problem();
        assert_eq!((problem.code.as_str(), problem.path), ("file-name", format!("content/{name}")));
    }
}

#[test]
fn no_template_is_given_what_a_live_purchase_withholds() {
    let options = format!(
        "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\nprocurement: live\ncriteria:\n  - name: Quality\n    weight: 60\noptions:\n  - name: {MARKER}\n    scores: {{ Quality: 4 }}\n  - name: B\n    scores: {{ Quality: 5 }}\n"
    );
    let sections = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    let site = TestSite::new()
        .file("netsite.yaml", "title: T\ntheme: ours\n")
        .file(
            "themes/ours/templates/terms-of-reference.html",
            "{% for option in page.fields.options or [] %}{{ option.name }}{% endfor %}{{ page.scores.withheld }}",
        )
        .file("content/terms-of-reference/board.md", page("Board", &options, sections));
    site.build().clean();
    assert_eq!(leaks(&site, "public"), Vec::<String>::new());
}

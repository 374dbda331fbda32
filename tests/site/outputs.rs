//! What a published site consists of, and what must hold of all of it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::harness::{TestSite, case_study, files, netsite, page};
use super::published::{assert_sound, decoded_entities, tags};
use super::samples::every_kind;

#[test]
fn every_address_in_a_site_of_all_kinds_leads_somewhere_and_needs_no_lax_policy() {
    let site = every_kind();
    site.build().clean();
    assert_sound(&site.outputs(), Some("https://test.example/sharing/"));
}

#[test]
fn drafts_are_sound_too() {
    let site = every_kind();
    site.build_with(&["--drafts"]).clean();
    assert!(site.publishes("drafts/later/index.html"));
    assert_sound(&site.outputs(), Some("https://test.example/sharing/"));
}

#[test]
fn a_new_site_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    netsite(&["init", root.to_str().unwrap()]).clean();
    netsite(&["build", "--root", root.to_str().unwrap()]).clean();
    assert_sound(&files(&root.join("public")), None);
}

#[test]
fn the_programmes_own_site_is_sound() {
    // A copy, because a build writes its record beside the settings.
    let copy = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in files(&root.join("content")) {
        let target = copy.path().join("content").join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    fs::copy(root.join("netsite.yaml"), copy.path().join("netsite.yaml")).unwrap();
    let run = netsite(&["build", "--root", copy.path().to_str().unwrap(), "--as-of", "2026-12-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_sound(&files(&copy.path().join("public")), Some("https://imaging-practice.example/"));
}

#[test]
fn links_are_relative_so_that_the_site_works_in_any_folder() {
    let site = every_kind();
    site.build().clean();
    let at_one_address = site.output("case-studies/sharing-reports/index.html");
    site.build_with(&["--base-url", "https://elsewhere.example/a/b/"]).clean();
    let at_another = site.output("case-studies/sharing-reports/index.html");
    let moved = at_another
        .replace("https://elsewhere.example/a/b/", "https://test.example/sharing/")
        .replace("https%3A%2F%2Felsewhere.example%2Fa%2Fb%2F", "https%3A%2F%2Ftest.example%2Fsharing%2F");
    assert_eq!(moved, at_one_address);
    assert_sound(&site.outputs(), Some("https://elsewhere.example/a/b/"));
}

#[test]
fn a_site_without_a_home_page_gets_one() {
    let site = TestSite::new().network().case_study("Sharing", "");
    site.build().clean();
    let home = site.output("index.html");
    assert!(home.contains("<h1>Test site</h1>"), "{home}");
    assert!(home.contains("href=\"./case-studies/sharing/\""), "{home}");
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn a_site_without_pages_is_published_too() {
    let site = TestSite::new();
    let run = site.build().clean();
    assert!(run.stderr.contains("Built 0 pages"), "{}", run.stderr);
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn without_an_address_of_its_own_the_site_is_built_and_says_what_is_left_out() {
    let site = TestSite::new().file("netsite.yaml", "title: Test site\n").network().case_study("Sharing", "");
    let run = site.build().clean();
    assert!(
        run.stderr.contains("No feed or sitemap was made: netsite.yaml has no base_url"),
        "{}",
        run.stderr
    );
    assert!(!site.publishes("feed.xml") && !site.publishes("sitemap.xml"));
    assert!(!site.output("robots.txt").contains("Sitemap"));
    let html = site.output("case-studies/sharing/index.html");
    assert!(!html.contains("canonical") && !html.contains("feed.xml"), "{html}");
    assert_sound(&site.outputs(), None);
}

#[test]
fn the_page_for_lost_readers_works_at_any_depth_below_the_base() {
    let site = every_kind();
    site.build().clean();
    let html = site.output("404.html");
    assert!(html.contains("href=\"/sharing/style.css\""), "{html}");
    assert!(html.contains("href=\"/sharing/case-studies/\""), "{html}");
    assert!(html.contains("content=\"noindex\"") && !html.contains("canonical"), "{html}");
}

#[test]
fn old_addresses_lead_to_the_page() {
    let site = every_kind();
    site.build().clean();
    for (file, target) in
        [("who/index.html", "../about/"), ("old.html", "./about/"), ("was/here/index.html", "../../about/")]
    {
        let html = site.output(file);
        assert!(html.contains(&format!("content=\"0; url={target}\"")), "{file}: {html}");
        assert!(html.contains(&format!("<a href=\"{target}\">about</a>")), "{file}: {html}");
        assert!(html.contains("href=\"https://test.example/sharing/about/\""), "{file}: {html}");
        assert!(html.contains("noindex"), "{file}");
    }
}

#[test]
fn an_old_address_where_something_stands_is_an_error_at_its_line() {
    let site = TestSite::new().page("a", "aliases:\n  - /b/\n", "A.\n").page("b", "", "B.\n");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.place().as_str()), ("colliding-address", "content/a.md:9:5"));
    assert!(problem.message.contains("content/b.md"), "{problem:?}");
}

#[test]
fn an_old_address_that_two_pages_claim_is_an_error() {
    let site = TestSite::new().page("a", "aliases: [/old/]\n", "").page("b", "aliases: [/old]\n", "");
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "colliding-address");
    assert!(problem.message.contains("`/old/`"), "{problem:?}");
}

#[test]
fn an_old_address_is_written_where_a_server_looks_for_it() {
    let aliases = "aliases: [/old%20place/, \"/hen%20dudalen.html\", /old.aspx]\n";
    let site = TestSite::new().page("a", aliases, "");
    site.build().clean();
    for path in ["old place/index.html", "hen dudalen.html", "old.aspx/index.html"] {
        assert!(site.publishes(path), "{path}: {:?}", site.outputs().keys());
    }
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn an_old_address_that_no_folder_can_hold_is_an_error_of_the_page() {
    for alias in ["/.netsite-manifest", "/.netsite-new/x/", "/%2e%2e/x/", "/a%00b/", "/a%2fb/", "/%zz/"] {
        let site = TestSite::new().page("a", &format!("aliases: [\"{alias}\"]\n"), "");
        let run = site.build();
        assert_eq!(run.code, 1, "{alias}: {}", run.stderr);
        assert_eq!(run.only_problem().place(), "content/a.md:8:11", "{alias}");
    }
}

#[test]
fn what_programs_read_of_a_page_is_json_and_cannot_break_out() {
    let title = "\"A </script><script>alert(1)</script> & <b>title</b>\"";
    let text = case_study("A", "published: 2026-02-03\n").replace("title: A\n", &format!("title: {title}\n"));
    let site = TestSite::new().network().file("content/case-studies/a.md", text);
    site.build().clean();
    let html = site.output("case-studies/a/index.html");
    let tags = tags(&html);
    let scripts: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.get("type") == Some("application/ld+json"))
        .map(|tag| tag.text.as_str())
        .collect();
    let [script] = scripts[..] else { panic!("{scripts:?}") };
    let data: Value = serde_json::from_str(script).unwrap();
    assert_eq!(data["headline"], "A </script><script>alert(1)</script> & <b>title</b>");
    assert_eq!(data["url"], "https://test.example/case-studies/a/");
    assert_eq!(data["datePublished"], "2026-02-03");
    assert!(!html.contains("<b>title") && !html.contains("<script>alert"), "{html}");
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn a_page_says_where_it_stands_and_how_it_is_shown_elsewhere() {
    let site = every_kind();
    site.build().clean();
    let html = site.output("case-studies/sharing-reports/index.html");
    let tags = tags(&html);
    let property = |name: &str| {
        let tag = tags.iter().find(|tag| tag.get("property") == Some(name));
        tag.and_then(|tag| tag.get("content")).unwrap_or("").to_string()
    };
    let address = "https://test.example/sharing/case-studies/sharing-reports/";
    let canonical = tags.iter().find(|tag| tag.get("rel") == Some("canonical")).unwrap();
    assert_eq!(canonical.get("href"), Some(address));
    assert_eq!(property("og:url"), address);
    assert_eq!(property("og:title"), "Sharing reports: a <first> step & more");
    assert_eq!(property("og:type"), "article");
    assert!(property("og:description").starts_with("A page about"), "{html}");
    let title = tags.iter().find(|tag| tag.name == "title").unwrap();
    assert_eq!(
        decoded_entities(&title.text),
        "Sharing reports: a <first> step & more – Case study – Test site"
    );
}

#[test]
fn every_page_says_its_language_and_leads_to_the_other() {
    let site = every_kind();
    site.build().clean();
    let lang = |path: &str| tags(&site.output(path))[0].get("lang").unwrap().to_string();
    assert_eq!(lang("about/index.html"), "en-GB");
    assert_eq!(lang("guides/amdanom/index.html"), "cy");
    assert!(site.output("about/index.html").contains("hreflang=\"cy\""));
    assert!(site.output("guides/amdanom/index.html").contains("hreflang=\"en-GB\""));
}

#[test]
fn a_home_page_or_list_in_another_language_says_so() {
    let site = TestSite::new().page("index", "lang: cy\n", "Croeso.\n").page(
        "case-studies/index",
        "lang: cy\n",
        "Croeso.\n",
    );
    site.build().clean();
    for path in ["index.html", "case-studies/index.html"] {
        assert_eq!(tags(&site.output(path))[0].get("lang"), Some("cy"), "{path}");
    }
}

#[test]
fn what_the_theme_says_on_a_page_in_another_language_is_marked() {
    let fields = "lang: cy\nchanges:\n  - date: 2018-04-03\n    what: Newid\n";
    let site = TestSite::new().network().case_study("a", fields);
    site.build().clean();
    let html = site.output("case-studies/a/index.html");
    for wanted in [
        "<p class=\"kicker\" lang=\"en-GB\">Case study</p>",
        "<dt lang=\"en-GB\">Stage</dt>",
        "<span lang=\"en-GB\">Pilot</span>",
        "<time datetime=\"2018-04-03\">3 April 2018</time></dt><dd lang=\"cy\">Newid</dd>",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
    // In lists the page's own words are marked, not ours.
    let list = site.output("case-studies/index.html");
    assert!(
        list.contains("href=\"../case-studies/a/\" lang=\"cy\">") && !list.contains("<li lang"),
        "{list}"
    );
    let home = site.output("networks/example/index.html");
    assert!(!home.contains("lang=\"en-GB\"><"), "{home}");
}

#[test]
fn dates_of_a_page_in_welsh_are_welsh() {
    let template = "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1><p>{{ page.changes[0].date.text }} | {{ page.changes[0].date.ours }}</p>{% endblock main %}";
    let site = TestSite::new()
        .page("a", "lang: cy\nchanges:\n  - date: 2018-04-03\n    what: Newid\n", "A.\n")
        .file("themes/plain/templates/page.html", template)
        .file("netsite.yaml", "title: T\ntheme: plain\n");
    site.build().clean();
    assert!(site.output("a/index.html").contains("<p>3 Ebrill 2018 | 3 April 2018</p>"));
}

#[test]
fn the_catalogue_holds_every_case_study_and_no_formula() {
    let formula = case_study("A", "published: 2026-02-03\nthemes: [Reporting, \"+Data\"]\n")
        .replace("title: A\n", "title: \"=HYPERLINK(\\\"x\\\")\"\n");
    let site = TestSite::new().network().file("content/case-studies/a.md", formula).case_study("b", "").page(
        "case-studies/index",
        "",
        "",
    );
    site.build().clean();
    let csv = site.output("case-studies/catalogue.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][column("title")], "'=HYPERLINK(\"x\")");
    assert_eq!(&rows[0][column("themes")], "Reporting; +Data");
    assert_eq!(&rows[0][column("address")], "https://test.example/case-studies/a/");
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    let json: Value = serde_json::from_str(&site.output("case-studies/catalogue.json")).unwrap();
    assert_eq!(json["case_studies"].as_array().unwrap().len(), 2);
    assert_eq!(json["case_studies"][0]["title"], "=HYPERLINK(\"x\")");
    assert_eq!(json["case_studies"][0]["networks"][0], "Example");
}

#[test]
fn taxonomies_are_listed_with_their_counts() {
    let site = TestSite::new()
        .network()
        .case_study("a", "themes: [Reporting, Workforce]\n")
        .case_study("b", "themes: [reporting]\n");
    site.build().clean();
    let html = site.output("themes/index.html");
    let list = html.split("<ul class=\"ways\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let lines: Vec<&str> = list.lines().filter(|line| line.contains("<li>")).collect();
    assert!(lines[0].contains(">Reporting</a>") && lines[0].contains(">2<"), "{lines:?}");
    assert!(lines[1].contains(">Workforce</a>") && lines[1].contains(">1<"), "{lines:?}");
}

#[test]
fn nothing_of_a_draft_or_an_embargoed_page_is_published() {
    let embargo = "embargo_until: 2031-01-01 09:00 Europe/London\nthemes: [Okapi]\naliases: [/gnu/]\n";
    let draft = page("Quagga", "tags: [Tapir]\n", "Text.\n").replace("published", "draft");
    let site = TestSite::new()
        .network()
        .case_study("known", "")
        .file("content/case-studies/secret.md", case_study("Zebra", embargo))
        .file("content/draft.md", draft);
    let run = site.build_with(&["--as-of", "2030-01-02"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (path, bytes) in site.outputs() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase() + &path;
        for word in ["zebra", "secret", "okapi", "gnu", "quagga", "tapir"] {
            assert!(!text.contains(word), "{path} tells of {word}");
        }
    }
    assert_eq!(site.build_with(&["--as-of", "2031-01-01 09:00 Europe/London"]).code, 0);
    assert!(site.publishes("case-studies/secret/index.html") && site.publishes("gnu/index.html"));
}

#[test]
fn a_file_that_would_take_a_generated_address_is_an_error() {
    let site = TestSite::new()
        .network()
        .case_study("a", "")
        .file("content/feed.xml", "mine")
        .file("content/404.html", "mine")
        .file("content/style.css", "mine")
        .file("content/Robots.TXT", "mine");
    let mut problems = site.build().problems();
    problems.retain(|problem| problem.code != "active-file");
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["content/404.html", "content/Robots.TXT", "content/feed.xml", "content/style.css"]);
    assert!(problems.iter().all(|problem| problem.code == "colliding-address"), "{problems:?}");
    assert!(problems[1].message.contains("Windows"), "{problems:?}");
}

#[test]
fn a_file_and_a_folder_of_one_name_are_an_error_on_any_system() {
    let site =
        TestSite::new().page("a", "aliases: [/notes.html]\n", "").file("content/notes.html/a.txt", "text");
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "colliding-address");
    assert!(!problem.message.contains("Windows"), "{problem:?}");
    assert!(problem.message.contains("folder"), "{problem:?}");
}

#[test]
fn a_term_of_unusual_letters_does_not_break_the_site() {
    let site = TestSite::new().page("a", "tags: [\"!?\", \"C++\", \"日本\", a/b, \"..\"]\n", "");
    let run = site.build();
    assert!(run.problems().iter().all(|problem| problem.path == "content/a.md"), "{}", run.stderr);
    if run.code == 0 {
        assert_sound(&site.outputs(), Some("https://test.example/"));
    }
}

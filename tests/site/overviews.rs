//! Pages that help to find one's way: what stands on each, that it is absent where there is nothing to show, and that
//! nothing unpublished leaves a trace.

use std::fmt::Write as _;

use super::harness::{TestSite, case_study, page};
use super::published::{assert_sound, decoded_entities, tags};
use super::samples::every_kind;

const BASE: Option<&str> = Some("https://test.example/");

/// What a reader reads: a page's main part without tags, white space made one.
fn words(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        text.push(' ');
        text.push_str(part.split_once('>').unwrap().1);
    }
    decoded_entities(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(site: &TestSite, address: &str) -> String {
    words(&site.output(&format!("{address}index.html")))
}

fn links(html: &str) -> Vec<String> {
    tags(html).iter().filter_map(|tag| tag.get("href").map(ToString::to_string)).collect()
}

fn network(site: TestSite, name: &str, fields: &str) -> TestSite {
    let fields = format!("name: {name} network\nas_of: 2024\nmembers: []\n{fields}");
    let text = page(name, &fields, "## About\n\nA network.\n");
    site.file(&format!("content/networks/{}.md", name.to_lowercase()), text)
}

fn standard(site: TestSite, code: &str, title: &str) -> TestSite {
    let fields = format!("framework: A standard\nversion: \"2023\"\ncode: {code}\n");
    let text = page(title, &fields, "## Statement\n\nOne.\n");
    site.file(&format!("content/standards/{}.md", code.to_lowercase()), text)
}

fn assessment(site: TestSite, network: &str, day: &str, results: &[(&str, &str)]) -> TestSite {
    let mut fields = format!(
        "network: {network}\nframework: A standard\nlevel: developing\nassessed_on: {day}\nresults:\n"
    );
    for (standard, level) in results {
        let _ = write!(fields, "  - standard: {standard}\n    level: {level}\n");
    }
    let text = page(&format!("Assessment of {day}"), &fields, "## Gap\n\nOurs.\n");
    site.file(&format!("content/assessments/{network}-{day}.md"), text)
}

#[test]
fn every_page_stands_under_its_letter() {
    let site = TestSite::new().page("beta", "", "B.\n").page("alpha", "", "A.\n").page("angle", "", "A.\n");
    let site = site.page("7 days", "", "Seven.\n").page("Élan", "", "E.\n");
    site.build().clean();
    let text = read(&site, "a-to-z/");
    assert!(text.contains("A alpha Page angle Page B beta Page E Élan Page 0–9 7 days Page"), "{text}");
    assert!(text.contains("C , no pages D , no pages E F , no pages"), "{text}");
    let html = site.output("a-to-z/index.html");
    assert!(links(&html).contains(&"#letter-b".to_string()), "{html}");
    assert!(!links(&html).contains(&"#letter-c".to_string()), "{html}");
    assert!(!site.publishes("a-to-z/a/index.html"));
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn many_pages_are_divided_by_letter() {
    let mut site = TestSite::new().page("zebra", "", "Z.\n");
    for number in 1..=500 {
        site = site.file(&format!("content/p{number}.md"), page(&format!("Page {number:03}"), "", "P.\n"));
    }
    site.build().clean();
    let first = site.output("a-to-z/index.html");
    assert!(links(&first).contains(&"../a-to-z/z/".to_string()), "{first}");
    assert!(!first.contains("zebra"), "{first}");
    let text = read(&site, "a-to-z/z/");
    assert!(text.contains("A to Z: Z") && text.contains("Z zebra Page"), "{text}");
    assert!(read(&site, "a-to-z/p/").contains("Page 001 Page Page 002"));
    assert!(!site.publishes("a-to-z/q/index.html"));
    assert!(site.output("sitemap.xml").contains("<loc>https://test.example/a-to-z/p/</loc>"));
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn changes_stand_by_day_and_are_counted_since_the_last_event() {
    let event = "starts: 2018-04-18\nends: 2018-04-18\ntimezone: Europe/London\nvenue: A hall\n";
    let site = TestSite::new()
        .page("old", "published: 2018-01-02\n", "Old.\n")
        .page(
            "new",
            "published: 2018-05-01\nchanges:\n  - date: 2018-06-03\n    what: Added the second year\n  - date: 2018-04-18\n    what: Shown on the day\n",
            "New.\n",
        )
        .page("other", "published: 2018-06-03\n", "Other.\n")
        .file("content/events/day.md", page("A day", event, "## About\n\nA day.\n"));
    site.build().clean();
    let text = read(&site, "changes/");
    let expected = "Since the sharing event of 18 April 2018 : 3 changes. 3 June 2018 new Added the second year other Published (page) 1 May 2018 new Published (page) 18 April 2018 new Shown on the day 2 January 2018 old Published (page)";
    assert!(text.contains(expected), "{text}");
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn of_many_changes_the_newest_hundred_are_shown() {
    let mut changes = String::from("changes:\n");
    for number in 0..101 {
        let _ = write!(changes, "  - date: 2025-01-{:02}\n    what: Change {number}.\n", 31 - number / 4);
    }
    let site = TestSite::new().page("busy", &changes, "Busy.\n");
    site.build().clean();
    let text = read(&site, "changes/");
    assert!(text.contains("Change 99.") && !text.contains("Change 100."), "{text}");
    assert!(text.contains("The newest 100 changes are shown."), "{text}");
    assert!(!text.contains("Since the sharing event"), "{text}");
}

#[test]
fn offers_that_come_near_an_ask_are_shown_with_a_letter_to_both() {
    let site = TestSite::new();
    let site = network(
        site,
        "North",
        "contact: north@test.example\nasks: [\"Planning of on-call rotas & cover\", A spare scanner]\noffers: [Rotas planned on call]\n",
    );
    let site = network(
        site,
        "South",
        "contact: south@test.example\noffers: [A plan for a shared on-call rota, A scanner protocol]\n",
    );
    let site = network(site, "Silent", "");
    site.build().clean();
    let text = read(&site, "networks/help/");
    assert!(
        text.contains("North Planning of on-call rotas & cover A spare scanner Rotas planned on call South Nothing at present A plan for a shared on-call rota A scanner protocol"),
        "{text}"
    );
    assert!(
        text.contains("Planning of on-call rotas & cover South : A plan for a shared on-call rota Both say: call, planning, rotas. Write to North and South"),
        "{text}"
    );
    assert!(text.contains("A spare scanner No offer of another network comes near."), "{text}");
    assert!(!text.contains("Silent"), "{text}");
    let html = site.output("networks/help/index.html");
    let letter = links(&html).into_iter().find(|link| link.contains("subject=")).unwrap();
    assert!(letter.starts_with("mailto:north@test.example,south@test.example?subject=North%20and%20South%3A%20Planning%20of%20on-call%20rotas%20%26%20cover&body=North%20looks%20for"), "{letter}");
    assert!(letter.contains("%0D%0A") && !letter.contains(' '), "{letter}");
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn offers_of_others_are_looked_for_only_where_there_are_others() {
    let site = network(TestSite::new(), "North", "asks: [Help with a shared worklist]\n");
    site.build().clean();
    let text = read(&site, "networks/help/");
    assert!(text.contains("Help with a shared worklist") && !text.contains("come near"), "{text}");
    let site = network(site, "South", "asks: [A licence for a workstation]\n");
    site.build().clean();
    assert!(read(&site, "networks/help/").contains("Offers that come near"));
}

#[test]
fn a_theme_that_both_name_brings_an_ask_and_an_offer_together() {
    let site = TestSite::new().page("about", "themes: [Workforce]\n", "About.\n");
    let site = network(site, "North", "asks: [A workforce strategy]\n");
    let site = network(site, "South", "offers: [Two years of workforce figures]\n");
    site.build().clean();
    let text = read(&site, "networks/help/");
    assert!(text.contains("South : Two years of workforce figures Both are about Workforce."), "{text}");
    assert!(!site.output("networks/help/index.html").contains("subject="), "neither gives a contact");
}

#[test]
fn what_is_made_up_is_marked_and_no_real_network_is_written_to_about_it() {
    let site =
        network(TestSite::new(), "Real", "contact: real@test.example\nasks: [A shared scanner rota]\n");
    let site = network(
        site,
        "Fable",
        "contact: fable@test.example\nfictional: true\noffers: [Our shared scanner rota]\n",
    );
    site.build().clean();
    let text = read(&site, "networks/help/");
    assert!(text.contains("Fable Illustrative"), "{text}");
    assert!(text.contains("Fable Illustrative : Our shared scanner rota"), "{text}");
    assert!(!text.contains("Write to"), "{text}");
}

#[test]
fn the_matrix_shows_the_latest_level_of_each_network_and_standard() {
    let site = network(TestSite::new(), "North", "");
    let site = network(site, "South", "fictional: true\n");
    let site = standard(standard(site, "IN-302", "Staff"), "IN-301", "Equipment");
    let site = assessment(site, "north", "2025-01-01", &[("IN-301", "emerging"), ("IN-302", "thriving")]);
    let site = assessment(site, "north", "2026-01-01", &[("IN-301", "maturing")]);
    let site = assessment(site, "south", "2025-06-01", &[("IN-301", "pre-emerging")])
        .file("content/pages.md", page("Pages", "", "See [the matrix](/standards/matrix/).\n"));
    site.build().clean();
    let text = read(&site, "standards/matrix/");
    assert!(
        text.contains("Equipment IN-301 Maturing Pre-emerging Staff IN-302 Thriving Not assessed"),
        "{text}"
    );
    assert!(text.contains("Standard North South Illustrative"), "{text}");
    assert!(links(&site.output("standards/index.html")).contains(&"../standards/matrix/".to_string()));
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn networks_and_case_studies_are_compared_in_tables() {
    let site = network(
        TestSite::new(),
        "North",
        "region: South East\npopulation: about 900,000\nasks: [A rota]\noffers: [A form]\npublished: 2026-01-09\n",
    );
    let site = site.network().case_study("First", "published: 2025-01-01\n").case_study(
        "Second",
        "published: 2026-01-01\ncost: £5\nsavings: £9\nevidence: before-after\nmeasures:\n  - metric: Wait\n    baseline: 9\n    result: 5\n    unit: days\n",
    );
    site.build().clean();
    let text = read(&site, "networks/compare/");
    assert!(
        text.contains("Example South East Not given Not given 2 Not given Not given North South East Not given about 900,000 0 A rota A form"),
        "{text}"
    );
    let text = read(&site, "case-studies/compare/");
    assert!(
        text.contains("Second Example 2025 Pilot Before and after £5 £9 Wait: from 9 to 5 days First"),
        "{text}"
    );
    let listing = links(&site.output("case-studies/index.html"));
    assert!(listing.contains(&"../case-studies/compare/".to_string()), "{listing:?}");
    let listing = links(&site.output("networks/index.html"));
    assert!(listing.contains(&"../networks/compare/".to_string()), "{listing:?}");
    assert!(listing.contains(&"../networks/help/".to_string()), "{listing:?}");
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn a_table_of_more_than_two_hundred_says_that_it_is_cut() {
    let mut site = TestSite::new().network();
    for number in 1..=201 {
        site =
            site.case_study(&format!("Case {number:03}"), &format!("published: {}-01-01\n", 1800 + number));
    }
    site.build().clean();
    let text = read(&site, "case-studies/compare/");
    assert!(text.contains("The newest 200 of 201 are shown."), "{text}");
    assert!(text.contains("Case 201") && !text.contains("Case 001"), "{text}");
}

#[test]
fn an_overview_with_nothing_to_show_is_absent() {
    let site = TestSite::new().network().case_study("Only one", "");
    site.build().clean();
    let absent =
        ["changes/", "networks/help/", "networks/compare/", "case-studies/compare/", "standards/matrix/"];
    for (path, bytes) in site.outputs() {
        let text = String::from_utf8_lossy(&bytes);
        for address in absent {
            assert!(!path.starts_with(address), "{path}");
            assert!(!text.contains(&format!("/{address}")), "{path} names {address}");
        }
    }
    let empty = TestSite::new();
    empty.build().clean();
    assert!(!empty.publishes("a-to-z/index.html"));
    assert!(!empty.output("index.html").contains("a-to-z"));
}

#[test]
fn drafts_leave_no_trace() {
    let secret = "published: 2026-01-01\nchanges:\n  - date: 2026-02-01\n    what: Secretly changed\n";
    let fields =
        "name: Secret\nas_of: 2024\nmembers: []\nasks: [Secretly a rota]\noffers: [Secretly a form]\n";
    let draft = |text: String| text.replace("status: published", "status: draft");
    let embargoed = format!("{secret}embargo_until: 2999-01-01 09:00 Europe/London\n");
    let mut site = network(
        network(TestSite::new(), "North", "asks: [A rota]\n"),
        "South",
        "offers: [A form]\n",
    )
    .page("secret-later", &embargoed, "Later.\n");
    let open = case_study("Open", "published: 2025-01-01\n").replace("network: example", "network: north");
    site.write("content/case-studies/open.md", &open);
    let files = [
        ("networks/secret.md", draft(page("Secret network", fields, "## About\n\nA.\n"))),
        ("case-studies/secret.md", draft(open.replace("title: Open", "title: Secret case"))),
        ("secret.md", draft(page("Secret page", secret, "A.\n"))),
    ];
    for (path, text) in files {
        site = site.file(&format!("content/{path}"), text);
    }
    let run = site.build();
    assert_eq!(run.code, 0, "{} {}", run.stdout, run.stderr);
    for address in ["a-to-z/", "changes/", "networks/help/", "networks/compare/"] {
        let html = site.output(&format!("{address}index.html")).to_lowercase();
        assert!(!html.contains("secret"), "{address}: {html}");
    }
    assert!(!site.publishes("case-studies/compare/index.html"), "one case study is published");
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn archived_pages_stand_in_no_overview() {
    let archived =
        page("Gone", "published: 2020-01-01\n", "Gone.\n").replace("status: published", "status: archived");
    let site = TestSite::new().page("here", "", "Here.\n").file("content/gone.md", archived);
    site.build().clean();
    assert!(!read(&site, "a-to-z/").contains("Gone"));
    assert!(!site.publishes("changes/index.html"));
}

#[test]
fn content_links_to_overviews_and_cannot_take_their_place() {
    let site = TestSite::new().page("about", "", "See [all pages](/a-to-z/).\n");
    site.build().clean();
    assert!(site.output("about/index.html").contains("href=\"../a-to-z/\""));
    assert!(site.output("sitemap.xml").contains("<loc>https://test.example/a-to-z/</loc>"));
    let taken = TestSite::new().page("a-to-z", "", "Mine.\n");
    let problem = taken.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.path.as_str()), ("colliding-address", "content/a-to-z.md"));
}

#[test]
fn the_footer_leads_to_what_is_for_everybody() {
    let site = every_kind();
    site.build().clean();
    let footer = links(&site.output("about/index.html"));
    for address in ["../a-to-z/", "../changes/"] {
        assert!(footer.contains(&address.to_string()), "{footer:?}");
    }
}

const GLOSSARY: &str = "title: Test site\nbase_url: https://test.example/\nglossary:\n  RIS: radiology information system\n  PACS: picture archiving & communication\n  ab: a small one\n";

#[test]
fn the_glossary_tells_what_terms_mean_and_where_they_are_used() {
    let mut site = TestSite::new()
        .file("netsite.yaml", GLOSSARY)
        .file("content/old.md", page("old", "", "An RIS.\n").replace("published", "archived"));
    for number in 10..21 {
        site = site.page(&format!("page-{number}"), "", "An RIS.\n");
    }
    let site = site
        .page("last", "", "PACS, [all of them](/glossary/).\n")
        .file("content/unsaid.md", page("unsaid", "", "PACS\n").replace("published", "draft"));
    site.build();
    let text = read(&site, "glossary/");
    assert!(
        text.contains("ab a small one PACS picture archiving & communication Used in last RIS radiology"),
        "{text}"
    );
    assert!(
        text.contains("Used in page-10 , page-11") && text.contains("page-19 , and on 1 other page"),
        "{text}"
    );
    assert!(!text.contains("unsaid") && !text.contains("old"), "{text}");
    assert!(site.output("glossary/index.html").contains("<div id=\"ris\">"));
    assert!(links(&site.output("last/index.html")).contains(&"../glossary/".to_string()));
    assert_sound(&site.outputs(), BASE);
}

#[test]
fn many_terms_stand_by_letter_and_without_uses_there_is_no_glossary() {
    let terms: String = (0..41).map(|number| format!("  {}{number}: x\n", ['Q', 'É'][number % 2])).collect();
    let config = format!("title: Test site\nbase_url: https://test.example/\nglossary:\n{terms}");
    let site = TestSite::new().file("netsite.yaml", config).page("index", "", "None.\n");
    site.build().clean();
    assert!(!site.publishes("glossary/index.html"));
    let site = site.page("used", "", "A Q2.\n");
    site.build().clean();
    let html = site.output("glossary/index.html");
    assert!(links(&html).contains(&"#to:q".to_string()) && html.contains("<h2 id=\"to:e\">E</h2>"), "{html}");
}

#[test]
fn a_term_is_explained_in_pages_alone() {
    let body = "## Problem\n\nAn RIS.\n\n## Solution\n\nAn RIS.\n\n## Output\n\nO.\n\n## Next steps\n\nN.\n";
    let text = case_study("A", "published: 2026-02-03\n");
    let front_matter = text.rsplit_once("---\n").unwrap().0;
    let site = TestSite::new()
        .network()
        .file("netsite.yaml", GLOSSARY)
        .file("content/case-studies/a.md", format!("{front_matter}---\n{body}"));
    site.build().clean();
    let html = site.output("case-studies/a/index.html");
    assert_eq!(html.matches("radiology information system").count(), 1, "{html}");
    // The search knows it everywhere.
    for (path, bytes) in site.outputs().into_iter().filter(|(path, _)| !path.starts_with("search/")) {
        let says = String::from_utf8_lossy(&bytes).contains("radiology information system");
        let expected = matches!(path.as_str(), "case-studies/a/index.html" | "glossary/index.html");
        assert_eq!(says, expected, "{path}");
    }
}

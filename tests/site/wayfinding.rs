//! What leads a reader on from a page, and what they can do with it: related pages, pages before and after, sections,
//! contents, how to cite, share and report.

use super::harness::{TestSite, case_study, page};
use super::references::standard;
use super::told::told;

const CONTACTS: &str = "title: Test site\nbase_url: https://test.example/\npublisher:\n  name: The team\n  mailbox: us@test.example\n";

/// Twelve pages with nothing in common, so that what two others share is rare.
fn unlike(mut site: TestSite) -> TestSite {
    for word in "apple birch cedar dates elder ferns grape hazel ivy juniper kelp lemon".split(' ') {
        site = site.page(word, "", "Text.\n");
    }
    site
}

fn titled(title: &str, summary: &str, fields: &str) -> String {
    page(title, fields, "Text.\n").replace(&format!("A page about {title}."), summary)
}

/// The list of related pages of a page, as HTML.
fn related(site: &TestSite, name: &str) -> String {
    let page = site.output(&format!("{name}/index.html"));
    let list = page.split("<h2>Related</h2>").nth(1).and_then(|rest| rest.split("</section>").next());
    list.unwrap_or("").to_string()
}

#[test]
fn pages_that_share_what_few_share_are_related_and_say_why() {
    let site = unlike(TestSite::new().network())
        .file("content/one.md", titled("One", "First.", "themes: [Stroke]\nnetwork: example\n"))
        .file("content/two.md", titled("Two", "Second.", "themes: [stroke]\nnetwork: example\n"))
        .file("content/three.md", titled("Faster thrombectomy", "Third.", ""))
        .file("content/four.md", titled("Thrombectomy at night", "Fourth.", ""));
    site.build().clean();
    let one = related(&site, "one");
    assert!(one.contains("href=\"../two/\"") && one.contains("Same network and theme: Stroke"), "{one}");
    let three = related(&site, "three");
    assert!(three.contains("href=\"../four/\"") && three.contains("Also about thrombectomy"), "{three}");
    assert_eq!(related(&site, "apple"), "");
}

#[test]
fn words_that_the_site_calls_one_relate_pages() {
    let site = unlike(TestSite::new())
        .file("netsite.yaml", "title: Test site\nsynonyms:\n  - [thrombectomy, clot retrieval]\n")
        .file("content/one.md", titled("Faster clot retrieval", "First.", ""))
        .file("content/two.md", titled("Thrombectomy at night", "Second.", ""));
    site.build().clean();
    assert!(related(&site, "one").contains("Also about clot retrieval"), "{}", related(&site, "one"));
}

#[test]
fn what_is_linked_hidden_made_up_or_in_another_language_is_not_related() {
    let fields = |more: &str| format!("themes: [Stroke]\ntags: [night]\n{more}");
    let of_status = |status: &str| {
        page(status, &fields(""), "").replace("status: published", &format!("status: {status}"))
    };
    let site = unlike(TestSite::new())
        .file("content/one.md", page("One", &fields(""), "See [two](two.md).\n"))
        .file("content/two.md", page("Two", &fields(""), "Text.\n"))
        .file("content/named.md", page("Named", &fields("related: page:one\n"), "Text.\n"))
        .file("content/welsh.md", page("Welsh", &fields("lang: cy\n"), "Text.\n"))
        .file("content/made-up.md", page("Made up", &fields("provenance: illustrative\n"), "Text.\n"))
        .file("content/old.md", of_status("archived"))
        .file("content/draft.md", of_status("draft"));
    site.build().clean();
    assert_eq!(related(&site, "one"), "");
    let two = related(&site, "two");
    assert!(two.contains("../named/"), "{two}");
    for other in ["one", "welsh", "made-up", "old", "draft"] {
        assert!(!two.contains(&format!("../{other}/")), "{other}\n{two}");
    }
}

#[test]
fn an_edit_of_a_text_changes_no_other_page() {
    let site = unlike(TestSite::new())
        .file("content/one.md", titled("Faster thrombectomy", "First.", ""))
        .file("content/two.md", titled("Thrombectomy at night", "Second.", ""));
    site.build().clean();
    let before = site.outputs();
    let edited = titled("Faster thrombectomy", "First.", "").replace("Text.", "Apples and birches.");
    site.write("content/one.md", edited);
    site.build().clean();
    let outputs = site.outputs();
    let changed: Vec<&str> = outputs
        .iter()
        .filter(|(path, bytes)| before[*path] != **bytes && !path.starts_with("search/"))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, [".netsite-manifest", "one/index.html"]);
}

#[test]
fn pages_lead_to_those_before_and_after_them_in_their_list() {
    let talk = |title: &str, event: &str, start: &str| {
        let times = format!("start: 2018-04-18 {start}\nend: 2018-04-18 18:00\n");
        page(title, &format!("event: {event}\n{times}room: {title}\nspeakers: []\n"), "## About\n\nText.\n")
    };
    let event = |title: &str| {
        let times = "starts: 2018-04-18 09:30\nends: 2018-04-18 18:30\ntimezone: Europe/London\n";
        page(title, &format!("{times}venue: Hall\nnetwork: example\n"), "## About\n\nText.\n")
    };
    let site = TestSite::new()
        .network()
        .file("content/standards/a.md", standard("IN-101"))
        .file("content/standards/b.md", standard("IN-102"))
        .file("content/events/one.md", event("One"))
        .file("content/events/two.md", event("Two"))
        .file("content/sessions/late.md", talk("Late", "one", "15:00"))
        .file("content/sessions/early.md", talk("Early", "one", "10:00"))
        .file("content/sessions/between.md", talk("Between", "two", "12:00"));
    site.build().clean();
    let early = site.output("sessions/early/index.html");
    assert!(early.contains("rel=\"next\" href=\"../../sessions/late/\""), "{early}");
    assert!(!early.contains("rel=\"prev\""), "{early}");
    assert!(site.output("sessions/late/index.html").contains("rel=\"prev\" href=\"../../sessions/early/\""));
    assert!(!site.output("sessions/between/index.html").contains("class=\"turn\""));
    assert!(site.output("standards/a/index.html").contains("rel=\"next\" href=\"../../standards/b/\""));
}

#[test]
fn the_pages_of_a_folder_are_a_section_in_the_order_of_its_own_page() {
    let site = TestSite::new()
        .page("guide/index", "", "Read [the second](b.md) first.\n")
        .page("guide/a", "", "Text.\n")
        .page("guide/b", "", "Text.\n")
        .page("alone", "", "Text.\n");
    site.build().clean();
    let b = site.output("guide/b/index.html");
    let list = b.split("aria-label=\"In this section\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let links = ["../../guide/\"", "../../guide/b/\" aria-current=\"page\"", "../../guide/a/\""];
    let places: Vec<usize> = links.iter().map(|link| list.find(link).unwrap()).collect();
    assert!(places.is_sorted(), "{list}");
    assert!(b.contains("rel=\"prev\" href=\"../../guide/\""), "{b}");
    assert!(b.contains("rel=\"next\" href=\"../../guide/a/\""), "{b}");
    assert!(!site.output("alone/index.html").contains("In this section"));
}

#[test]
fn the_second_page_of_a_list_leads_back_to_the_first() {
    let mut site = TestSite::new();
    for number in 0..51 {
        site = site.file(&format!("content/standards/{number}.md"), standard(&format!("IN-{number}")));
    }
    site.build().clean();
    let second = site.output("standards/page/2/index.html");
    let crumbs = second.split("aria-label=\"Breadcrumb\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(crumbs.contains("<a href=\"../../../standards/\">Standards</a>"), "{crumbs}");
}

#[test]
fn a_page_says_how_to_cite_it_and_who_tells_it() {
    let site = TestSite::new()
        .file("netsite.yaml", CONTACTS)
        .network()
        .case_study("own", "told_by: own\npublished: 2025-12-01\n")
        .case_study("retold", "told_by: retold\npublished: 2025-12-01\n")
        .file("content/why.md", page("What works & why?", "", "Text.\n"));
    site.build().clean();
    let dates = "Published 1 December 2025, last reviewed 5 January 2026.";
    let at = "https://test.example";
    for (address, citation) in [
        ("case-studies/own", format!("Example. own. Test site. {dates} {at}/case-studies/own/")),
        (
            "case-studies/retold",
            format!(
                "The team. retold. Test site. Retold from published sources. {dates} {at}/case-studies/retold/"
            ),
        ),
        (
            "why",
            format!("The team. What works &amp; why? Test site. Last reviewed 5 January 2026. {at}/why/"),
        ),
    ] {
        let page = site.output(&format!("{address}/index.html"));
        assert!(page.contains(&format!("<p>{citation}</p>")), "{citation}\n{page}");
    }
    let page = site.output("why/index.html");
    assert!(page.contains("href=\"mailto:?subject=What%20works%20%26%20why%3F&amp;body="), "{page}");
}

#[test]
fn without_a_base_address_nothing_is_said_of_one() {
    let site = TestSite::new().file("netsite.yaml", "title: Test site\n").page("a", "", "Text.\n");
    site.build().clean();
    let page = site.output("a/index.html");
    assert!(page.contains("<p>a. Test site. Last reviewed 5 January 2026.</p>"), "{page}");
    for absent in
        ["Share by email", "Link to this page", "mailto:?", "Suggest a case study", "Report a problem"]
    {
        assert!(!page.contains(absent), "{absent}\n{page}");
    }
}

#[test]
fn a_draft_is_not_to_be_cited() {
    let site = TestSite::new().file("content/a.md", page("A", "", "").replace("published", "draft"));
    site.build_with(&["--drafts"]);
    assert!(!site.output("a/index.html").contains("Cite this page"));
}

#[test]
fn readers_report_and_suggest_where_the_configuration_says() {
    let contact = "contact:\n  suggest: r&d@test.example\n  report: https://forms.example/new?page={address}&about={title}\n";
    let site =
        TestSite::new().file("netsite.yaml", format!("{CONTACTS}{contact}")).network().case_study("R&D", "");
    site.build().clean();
    let page = site.output("case-studies/r-d/index.html");
    let address = "https%3A%2F%2Ftest.example%2Fcase-studies%2Fr-d%2F";
    let report = format!("href=\"https://forms.example/new?page={address}&amp;about=R%26D\"");
    assert!(page.contains(&report), "{page}");
    let suggest = "href=\"mailto:r%26d@test.example?subject=A%20case%20study%20for%20Test%20site&amp;body=";
    for place in ["index.html", "case-studies/index.html", "case-studies/r-d/index.html"] {
        assert!(site.output(place).contains(suggest), "{place}");
    }
}

#[test]
fn problems_are_reported_to_the_publisher_where_nothing_else_is_said() {
    let site = TestSite::new().file("netsite.yaml", CONTACTS).page("a", "", "Text.\n");
    site.build().clean();
    let page = site.output("a/index.html");
    let report = "href=\"mailto:us@test.example?subject=A%20problem%20with%3A%20a&amp;body=";
    assert!(page.contains(report), "{page}");
    assert!(!page.contains("Suggest a case study"));
}

#[test]
fn a_contact_that_leads_nowhere_is_reported() {
    let site = TestSite::new().file(
        "netsite.yaml",
        "title: Test site\ncontact:\n  suggest: the team\n  report: https://forms.example/?page={adress}\n",
    );
    told(
        &site,
        r"
        error wrong-type netsite.yaml:3:12
          `suggest` must be an email address, or a web address that begins with https://
          help: write it like this: suggest: sharing@example.org
        error unknown-placeholder netsite.yaml:4:11
          `report`: nothing is filled in for `{adress}`
          help: did you mean `address`?
        ",
    );
    site.write("netsite.yaml", "title: Test site\ncontact:\n  report: https://{title}.example/{page\n");
    told(
        &site,
        r"
        error unknown-placeholder netsite.yaml:3:11
          `report`: nothing is filled in for `{page}`
          help: {title} stands for the page's title and {address} for its address
        error unknown-placeholder netsite.yaml:3:11
          `report`: the name of a site cannot be filled in
          help: write placeholders after the name, as in https://forms.example.org/?page={address}
        ",
    );
}

#[test]
fn a_title_says_what_a_page_is() {
    let site = TestSite::new().network().case_study("Same", "themes: [Same]\n").page("About", "", "Text.\n");
    site.build().clean();
    for (path, title) in [
        ("case-studies/same/index.html", "Same – Case study – Test site"),
        ("themes/same/index.html", "Same – Themes – Test site"),
        ("about/index.html", "About – Test site"),
        ("index.html", "Test site"),
    ] {
        let page = site.output(path);
        assert!(page.contains(&format!("<title>{title}</title>")), "{path}\n{page}");
    }
}

/// The main part of a page.
fn main_of(site: &TestSite, address: &str) -> String {
    let html = site.output(&format!("{address}index.html"));
    html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0.to_string()
}

#[test]
fn the_home_page_offers_no_choice_of_one() {
    let measured = "measures:\n  - metric: Days to report\n    baseline: 7\n    result: 1\n    unit: days\n";
    let site = TestSite::new().network().case_study("Sharing", measured);
    site.build().clean();
    let home = main_of(&site, "");
    assert_eq!(home.matches(">Sharing</a>").count(), 1, "{home}");
    assert!(!home.contains("One result") && !home.contains("By network"), "{home}");
    assert!(!home.contains("./stages/") && !home.contains("./regions/"), "{home}");
    assert!(home.contains("<a href=\"./a-to-z/\">A to Z</a>"), "{home}");

    let other = page(
        "Second",
        "name: Second network\nas_of: 2024\nmembers: []\nregion: London\n",
        "## About\n\nA.\n",
    );
    let case = case_study("Pooling", "").replace("network: example", "network: second");
    let case = case.replace("stage: pilot", "stage: idea");
    let site = site.file("content/networks/second.md", other).file("content/case-studies/pooling.md", case);
    site.build().clean();
    let home = main_of(&site, "");
    assert!(home.contains("One result") && home.contains("By network"), "{home}");
    assert!(home.contains("./stages/") && home.contains("./regions/"), "{home}");
}

#[test]
fn a_list_of_one_kind_counts_in_its_words() {
    let site = TestSite::new().network().case_study("Sharing", "");
    site.build().clean();
    assert!(main_of(&site, "case-studies/").contains("<h2>1 case study</h2>"));
    let site = site.case_study("Pooling", "");
    site.build().clean();
    assert!(main_of(&site, "case-studies/").contains("<h2>2 case studies</h2>"));
}

#[test]
fn a_draft_with_next_to_nothing_leaves_no_gaps() {
    let site = TestSite::new().file("content/case-studies/new.md", "---\ntitle: New\nstatus: draft\n---\n");
    site.build_with(&["--drafts"]);
    assert!(main_of(&site, "case-studies/new/").contains("<dl class=\"facts\"></dl>"));
    let list = main_of(&site, "case-studies/");
    let kind = list.split_once("<p class=\"row-kind\">").unwrap().1.split_once("</p>").unwrap().0;
    assert_eq!(kind.trim(), "Case study");
}

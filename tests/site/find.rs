//! Where people and organisations appear, for when consent is withdrawn or a name changes.

use serde_json::Value;

use super::harness::{Run, TestSite, netsite, page};

fn find(site: &TestSite, arguments: &[&str]) -> Run {
    let root = site.path("");
    let mut all = vec!["find", "--root", root.to_str().unwrap()];
    all.extend(arguments);
    netsite(&all)
}

/// The places as `path:line:column`, those that are only likely with a question mark.
fn places(site: &TestSite, name: &str) -> Vec<String> {
    let report = report(site, name);
    let list = report["places"].as_array().unwrap();
    list.iter()
        .map(|place| {
            let likely = if place["sure"] == true { "" } else { "?" };
            format!("{}:{}:{}{likely}", place["path"].as_str().unwrap(), place["line"], place["column"])
        })
        .collect()
}

fn report(site: &TestSite, name: &str) -> Value {
    serde_json::from_str(&find(site, &[name, "--format", "json"]).stdout).unwrap()
}

fn people() -> TestSite {
    TestSite::new()
        .network()
        .case_study("one", "champions: [\"Zoë O’Brien\"]\n")
        .page("about", "", "Thanks to ZOE OBRIEN, and to **Zoë** O'Brien.\n\nLater, Z. O’Brien left.\n")
        .file(
            "content/talk/zoe-obrien.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>O'Brien, Zoe</title></svg>",
        )
        .file("content/data/people.csv", "family,given\nO'Brien,Zoë\nO'Brien,Ann\n")
        .file("content/draft.md", page("Later", "", "By Zoë O'Brien.\n").replace("published", "draft"))
}

#[test]
fn a_person_is_found_in_every_kind_of_file() {
    let wanted = [
        "content/about.md:10:11",
        "content/about.md:10:32",
        "content/about.md:12:8?",
        "content/case-studies/one.md:12:14",
        "content/data/people.csv:2:1",
        "content/draft.md:10:4",
        "content/talk/zoe-obrien.svg:0:0",
        "content/talk/zoe-obrien.svg:1:48",
    ];
    for name in ["Zoe O'Brien", "o’brien, zoë", "ZOË OBRIEN"] {
        assert_eq!(places(&people(), name), wanted, "{name}");
    }
}

#[test]
fn the_report_says_where_readers_see_the_name_and_what_to_do() {
    let run = find(&people(), &["Zoe", "O'Brien"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for words in [
        "content/about.md:10:11",
        "content/draft.md:10:4 [not published: draft]",
        "content/talk/zoe-obrien.svg: the name of the file",
        "    /about/\n",
        "    /case-studies/one/\n",
        "    /talk/zoe-obrien.svg\n",
        "If consent was withdrawn",
    ] {
        assert!(run.stdout.contains(words), "{words}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("    /draft/"), "{}", run.stdout);
    let addresses = report(&people(), "Zoe O'Brien")["published"].to_string();
    assert!(
        addresses.contains("/case-studies/catalogue.json") || addresses.contains("/search/"),
        "{addresses}"
    );
}

#[test]
fn an_organisation_is_found_by_all_its_names_and_its_code() {
    let members = "name: Example network\nas_of: 2024\nalso_known_as: [Example alliance]\nmembers:\n  - ods: ZZ1\n    name: Oldtown Hospitals NHS Trust\n";
    let site = TestSite::new()
        .file("content/organisations.csv", "ods,name,successor,valid_to\nZZ1,Newtown Hospitals NHS Foundation Trust,,\nZZ0,Village Hospital,ZZ1,2019-01-01\n")
        .file("content/networks/example.md", page("Example", members, "## About\n\nNewtown   hospitals NHS\nFoundation Trust.\n"))
        .page("about", "", "Oldtown Hospitals, ZZ1, the zz1 form, Village Hospital and the Example Alliance.\n");
    for name in ["ZZ1", "newtown hospitals", "Oldtown Hospitals NHS Trust"] {
        assert_eq!(
            places(&site, name),
            [
                "content/about.md:10:1?",
                "content/about.md:10:20",
                "content/about.md:10:39?",
                "content/networks/example.md:12:10",
                "content/networks/example.md:13:11",
                "content/networks/example.md:18:1",
                "content/organisations.csv:2:1",
                "content/organisations.csv:2:5",
                "content/organisations.csv:3:5?",
                "content/organisations.csv:3:22",
            ],
            "{name}"
        );
    }
    assert!(places(&site, "example alliance").contains(&"content/about.md:10:64".to_string()));
    let run = find(&site, &["ZZ1"]);
    assert!(run.stdout.contains("Oldtown Hospitals NHS Trust (a name that it bore)"), "{}", run.stdout);
}

#[test]
fn a_name_that_is_nowhere_ends_with_1_and_no_name_with_2() {
    let run = find(&people(), &["Nobody Here"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("was found nowhere"), "{}", run.stdout);
    assert_eq!(find(&people(), &["..."]).code, 2);
}

#[test]
fn a_file_that_nobody_can_search_is_named() {
    let site = people().file("content/slides.pptx", [0x50, 0x4b, 3, 4, 0, 0xff]);
    let run = find(&site, &["Zoe O'Brien"]);
    assert!(run.stdout.contains("content/slides.pptx: "), "{}", run.stdout);
}

//! Maps of networks and of their members: what stands on them stands in a table, and nothing made up stands among what
//! is real.

use std::fmt::Write as _;

use super::harness::{TestSite, case_study, page};
use super::published::{assert_sound, decoded_entities};

const ORGANISATIONS: &str = "\
ods,name,valid_to,successor,latitude,longitude,fictional
RX1,Northtown University Hospitals NHS Trust,,,54.97,-1.61,
RX2,Southtown NHS Foundation Trust,,,50.72,-3.53,
RX3,Old Southtown NHS Trust,2019-09-30,RX2,,,
RX4,Nowhere Hospital NHS Trust,,,,,
RX5,Faraway Hospital NHS Trust,,,40.71,-74.00,
XZ901,Fable Hospital,,,52.5,-1.5,true
";

fn site() -> TestSite {
    TestSite::new().file("content/organisations.csv", ORGANISATIONS)
}

fn network(site: TestSite, name: &str, members: &str, fields: &str) -> TestSite {
    let members = if members.is_empty() { "members: []\n".into() } else { format!("members:\n{members}") };
    let fields = format!("name: {name} network\nas_of: June 2018\n{members}{fields}");
    let text = page(name, &fields, "## About\n\nA network.\n");
    site.file(&format!("content/networks/{}.md", name.to_lowercase()), text)
}

fn bid(site: TestSite, title: &str, network: &str, status: &str) -> TestSite {
    let fields = format!("programme: Early adopters\nbid_status: {status}\n");
    let text = case_study(title, &fields).replace("network: example", &format!("network: {network}"));
    site.file(&format!("content/case-studies/{}.md", title.to_lowercase()), text)
}

fn words(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let text: String =
        main.split('<').skip(1).map(|part| format!(" {}", part.split_once('>').unwrap().1)).collect();
    decoded_entities(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The wide drawing of a page.
fn drawing(html: &str) -> &str {
    let start = html.find("<svg class=\"map map-wide\"").unwrap();
    &html[start..start + html[start..].find("</svg>").unwrap()]
}

#[test]
fn the_map_of_networks_shows_their_bids_and_the_table_says_the_same() {
    let site = network(site(), "North", "  - ods: RX1\n", "region: North\n");
    let site = network(site, "South", "  - ods: RX2\n", "");
    let site = network(site, "Unplaced", "  - ods: RX4\n  - ods: RX5\n", "");
    let site = network(site, "Fable", "  - ods: XZ901\n", "fictional: true\n");
    let site = bid(bid(site, "Won", "north", "winner"), "Tried", "south", "eoi");
    site.build().clean();
    let html = site.output("networks/map/index.html");
    let text = words(&html);
    assert!(
        text.contains("North North 1 As of June 2018; may be incomplete Chosen Early adopters Won"),
        "{text}"
    );
    assert!(
        text.contains(
            "South Not given 1 As of June 2018; may be incomplete Expression of interest Early adopters Tried"
        ),
        "{text}"
    );
    assert!(text.contains("Unplaced Not on the map: the place of no member is known"), "{text}");
    assert!(text.contains("Left out, because made up: Fable ."), "{text}");
    assert!(
        text.contains("Filled stop: chosen in “Early adopters” (1) Open stop: expression of interest (1)"),
        "{text}"
    );
    let drawing = drawing(&html);
    assert!(drawing.contains(">North</tspan>") && drawing.contains(">South</tspan>"), "{drawing}");
    assert!(!drawing.contains("Fable") && !drawing.contains("Unplaced"), "{drawing}");
    assert_eq!(drawing.matches("class=\"on\"").count(), 1, "{drawing}");
    assert_eq!(drawing.matches("class=\"open\"").count(), 1, "{drawing}");
    let listing = site.output("networks/index.html");
    assert!(listing.contains("href=\"../networks/map/\""), "{listing}");
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn without_a_place_there_is_no_map() {
    let site = network(site(), "Unplaced", "  - ods: RX4\n  - ods: RX5\n", "");
    let site = network(site, "Fable", "  - ods: XZ901\n", "fictional: true\n");
    let site = network(site, "Empty", "", "");
    site.build().clean();
    assert!(!site.publishes("networks/map/index.html"));
    for name in ["unplaced", "fable", "empty"] {
        assert!(!site.output(&format!("networks/{name}/index.html")).contains("<svg"), "{name}");
    }
}

#[test]
fn a_network_shows_where_its_members_are_and_what_became_of_them() {
    let members = "  - ods: RX3\n  - ods: RX1\n    name: Northtown General NHS Trust\n    from: \"2016\"\n  - ods: RX4\n    to: May 2017\n";
    let site = network(site(), "Both", members, "");
    site.build().clean();
    let html = site.output("networks/both/index.html");
    let text = words(&html);
    assert!(
        text.contains("Code Northtown General NHS Trust Today: Northtown University Hospitals NHS Trust From 2016 RX1 Old Southtown NHS Trust Since merged or renamed: Southtown NHS Foundation Trust, code RX2 Not dated RX3 Nowhere Hospital NHS Trust Not on the map: no member today Until May 2017 RX4"),
        "{text}"
    );
    assert!(
        text.contains("2016 Northtown General NHS Trust joined May 2017 Nowhere Hospital NHS Trust left June 2018 The list of members on this page: 2 organisations; it may be incomplete 30 September 2019 Old Southtown NHS Trust (RX3) closed and became part of Southtown NHS Foundation Trust (RX2)"),
        "{text}"
    );
    let drawing = drawing(&html);
    assert!(drawing.contains(">Northtown</tspan>") && drawing.contains(">Southtown</tspan>"), "{drawing}");
    assert!(!drawing.contains("<line") && drawing.matches("class=\"open\"").count() == 2, "{drawing}");
    assert_sound(&site.outputs(), Some("https://test.example/"));
}

#[test]
fn members_without_dates_have_no_history() {
    let site = network(site(), "North", "  - ods: RX1\n", "complete: true\n");
    site.build().clean();
    let text = words(&site.output("networks/north/index.html"));
    assert!(!text.contains("over time"), "{text}");
    assert!(text.contains("As of June 2018"), "{text}");
}

#[test]
fn without_a_bid_the_map_says_nothing_of_bids() {
    let site = network(site(), "North", "  - ods: RX1\n", "");
    let told = case_study("Told", "").replace("network: example", "network: north");
    let site = site.file("content/case-studies/told.md", told);
    site.build().clean();
    let html = site.output("networks/map/index.html");
    let text = words(&html);
    assert!(text.starts_with("Map of networks Where"), "{text}");
    assert!(!html.to_lowercase().contains("bid") && !text.contains("ring"), "{text}");
    assert!(text.contains("North Not given 1 As of June 2018; may be incomplete Told"), "{text}");
    assert!(site.output("networks/index.html").contains(">Map of networks</a>"));
}

#[test]
fn numbers_stand_in_the_table_only_where_they_stand_on_the_map() {
    let members = "  - ods: RX1\n  - ods: RX2\n";
    let few = network(site(), "Few", members, "");
    few.build().clean();
    for address in ["networks/few/index.html", "networks/map/index.html"] {
        let html = few.output(address);
        assert!(!html.contains("map-number") && !words(&html).contains("number"), "{html}");
    }
    let mut organisations = ORGANISATIONS.to_string();
    let mut members = String::new();
    for number in 0..70 {
        let _ = writeln!(organisations, "RY{number},A hospital with a long name {number},,,53.48,-2.24,");
        let _ = writeln!(members, "  - ods: RY{number}");
    }
    let crowd = network(site().file("content/organisations.csv", organisations), "Crowd", &members, "");
    crowd.build().clean();
    let html = crowd.output("networks/crowd/index.html");
    assert!(html.contains("<b class=\"map-number\">70</b>"), "{html}");
    assert!(words(&html).contains("it has its number in the list"), "{html}");
}

use super::{Comparison, Kind, Mark};
use crate::pathway::{Flowchart, parse};

fn chart(text: &str) -> Flowchart {
    let parsed = parse(text, 0);
    parsed.chart.unwrap_or_else(|| panic!("{:?}", parsed.problems))
}

fn sentences(before: &str, after: &str) -> Vec<String> {
    let comparison = Comparison::new(&chart(before), &chart(after));
    comparison.differences.into_iter().map(|difference| difference.sentence).collect()
}

const AGREED: &str = include_str!("../../../tests/pathway/corpus/good/stroke.mmd");

#[test]
fn a_chart_is_equal_to_itself_whatever_its_ids() {
    assert!(Comparison::new(&chart(AGREED), &chart(AGREED)).is_same());
    let renamed = AGREED
        .replace("    J{", "    accepted{")
        .replace("J --", "accepted --")
        .replace("--> J", "--> accepted");
    let renamed = renamed.replace("class E,G,J", "class E,G,accepted");
    assert_eq!(sentences(AGREED, &renamed), Vec::<String>::new());
}

#[test]
fn the_sites_differ_from_what_was_agreed() {
    let site_a = AGREED
        .replace("        K[\"CT perfusion to select for late window (6 to 24 hours)\"]\n", "")
        .replace("        J -- \"No, 6-24 h\" --> K\n        K -- \"Favourable mismatch\" --> L\n", "")
        .replace("    K -. \"No target: stay local\" .-> H\n", "    J -- \"No\" --> H\n")
        .replace("within 20 minutes", "within 60 minutes");
    let comparison = Comparison::new(&chart(&site_a), &chart(AGREED));
    let told: Vec<&str> = comparison.differences.iter().map(|found| found.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "Added: “CT perfusion to select for late window (6 to 24 hours)”, at Comprehensive stroke centre (hub)",
            "Time limit: “Non-contrast CT head and CT angiography (arch to vertex) within 20 minutes of arrival” \
             was “within 60 minutes”, is now “within 20 minutes”",
            "Decision: “Accepted, and groin puncture possible within 6 hours of onset?” no longer has the outcome \
             “No” to “Thrombolysis if eligible; admit to hyper-acute stroke unit”",
            "Decision: “Accepted, and groin puncture possible within 6 hours of onset?” has a new outcome \
             “No, 6-24 h” to “CT perfusion to select for late window (6 to 24 hours)”",
        ]
    );
    let agreed = chart(AGREED);
    let added: Vec<&str> = (0..agreed.nodes.len())
        .filter(|node| comparison.after[*node] == Mark::Added)
        .map(|node| agreed.nodes[node].id.as_str())
        .collect();
    assert_eq!(added, ["K"]);
}

#[test]
fn a_step_that_another_lane_does_is_moved() {
    let site_b = AGREED
        .replace("        H[\"Thrombolysis if eligible; admit to hyper-acute stroke unit\"]\n", "")
        .replace(
            "        L[[",
            "        H[\"Thrombolysis if eligible; admit to hyper-acute stroke unit\"]\n        L[[",
        )
        .replace("        G -- No --> H\n", "")
        .replace("    G -- Yes --> I --> J", "    G -- No --> H\n    G -- Yes --> I --> J");
    assert_eq!(
        sentences(&site_b, AGREED),
        [
            "Moved: “Thrombolysis if eligible; admit to hyper-acute stroke unit”, from Comprehensive stroke centre (hub) \
          to Referring hospital (acute stroke centre)"
        ]
    );
}

#[test]
fn an_outcome_that_leads_elsewhere_is_told_once() {
    let before = "flowchart TD\n q{Urgent?} -- Yes --> a[Scan today]\n q -- No --> b[Waiting list]";
    let after = "flowchart TD\n q{Urgent?} -- Yes --> b[Waiting list]\n q -- No --> a[Scan today]";
    let kinds: Vec<Kind> =
        Comparison::new(&chart(before), &chart(after)).differences.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::Decision, Kind::Decision]);
    let other = "flowchart TD\n q{Urgent?} -- Yes --> c[Telephone the registrar]\n q -- No --> b[Waiting list]\n a[Scan today]";
    assert_eq!(
        sentences(before, other),
        [
            "Added: “Telephone the registrar”",
            "Decision: at “Urgent?”, “Yes” now leads to “Telephone the registrar”, before to “Scan today”",
        ]
    );
}

#[test]
fn a_step_put_between_two_is_no_change_of_their_link() {
    let before = "flowchart TD\n a[Referral] --> b[Scan]";
    let after = "flowchart TD\n a[Referral] --> v[Vetting by a radiologist] --> b[Scan]";
    assert_eq!(sentences(before, after), ["Added: “Vetting by a radiologist”"]);
    assert_eq!(sentences(after, before), ["Removed: “Vetting by a radiologist”"]);
}

#[test]
fn equal_ids_alone_do_not_make_a_step_the_same() {
    let told =
        sentences("flowchart TD\n A[Referral] --> B[Scan]", "flowchart TD\n A[Telephone call] --> B[Scan]");
    assert_eq!(told, ["Added: “Telephone call”", "Removed: “Referral”"]);
}

#[test]
fn links_between_steps_that_stay_are_told() {
    let before = "flowchart TD\n a[Referral] -->|by post| b[Scan] --> c[Report]";
    let after = "flowchart TD\n a[Referral] -->|by e-mail| b[Scan]\n a --> c[Report]";
    assert_eq!(
        sentences(before, after),
        [
            "Other words: from “Referral” to “Scan”, “by post” is now “by e-mail”",
            "New link: from “Referral” to “Report”",
            "Link removed: from “Scan” to “Report”",
        ]
    );
}

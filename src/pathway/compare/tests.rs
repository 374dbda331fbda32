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
            "Time limit at “Non-contrast CT head and CT angiography (arch to vertex) within 20 minutes of arrival”: \
             “within 60 minutes” is now “within 20 minutes”",
            "Decision: at “Accepted, and groin puncture possible within 6 hours of onset?”, “No” no longer leads to \
             “Thrombolysis if eligible; admit to hyper-acute stroke unit”",
            "Decision: at “Accepted, and groin puncture possible within 6 hours of onset?”, “No, 6-24 h” now leads to \
             “CT perfusion to select for late window (6 to 24 hours)”",
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
            "Decision: at “Urgent?”, “Yes” now leads to “Telephone the registrar”, no longer to “Scan today”",
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
            "Reworded: from “Referral” to “Scan”, “by post” is now “by e-mail”",
            "New link: “Referral” now leads to “Report”",
            "Link removed: “Scan” no longer leads to “Report”",
        ]
    );
}

#[test]
fn a_step_between_the_same_steps_is_told_as_reworded_or_replaced() {
    let before = "flowchart TD\n a[Referral] --> b[Fax to the booking office] --> c[Scan]";
    let reworded = "flowchart TD\n a[Referral] --> x[Booking request by e-mail] --> c[Scan]";
    assert_eq!(
        sentences(before, reworded),
        ["Reworded: “Fax to the booking office” is now “Booking request by e-mail”"]
    );
    let replaced = "flowchart TD\n a[Referral] --> x[Electronic request] --> c[Scan]";
    assert_eq!(
        sentences(before, replaced),
        ["Replaced: “Fax to the booking office” by “Electronic request”"]
    );
}

#[test]
fn of_several_steps_at_one_place_none_is_taken_for_another() {
    let before = "flowchart TD\n a[Referral] --> b[Cannula] & c[Fasting] --> d[Scan]";
    let after = "flowchart TD\n a[Referral] --> x[Safety form] & y[Consent] --> d[Scan]";
    let kinds: Vec<Kind> =
        Comparison::new(&chart(before), &chart(after)).differences.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::Added, Kind::Added, Kind::Removed, Kind::Removed]);
    let decided = "flowchart TD\n a[Referral] --> q{Urgent?} --> d[Scan]";
    let told = sentences("flowchart TD\n a[Referral] --> b[Cannula] --> d[Scan]", decided);
    assert_eq!(told, ["Added: “Urgent?”", "Removed: “Cannula”"]);
}

#[test]
fn a_lane_with_another_name_moves_none_of_its_steps() {
    let before = "flowchart TD\n subgraph one[Site A]\n a[Arrival] --> b[Scan] --> c[Report]\n end";
    let after = before.replace("[Site A]", "[Any acute hospital]");
    assert_eq!(sentences(before, &after), ["Renamed: “Site A” is now “Any acute hospital”"]);
}

#[test]
fn two_variants_of_a_stroke_pathway_differ_as_people_would_say_it() {
    let site = "flowchart TD
        subgraph ed[Emergency department, site A]
            arrive[Arrival, triage nurse] --> ct[Plain CT head within 60 minutes] --> bleed{Bleed?}
            bleed -- Yes --> neuro[Ring neurosurgery]
            bleed -- No --> lysis[Thrombolysis]
        end
        subgraph hub[Hub]
            decide{Thrombectomy possible?} -- Yes --> mt[Thrombectomy]
        end
        lysis --> decide
        decide -- No --> ward[Stroke ward]
        mt -->|within 72 h| ward";
    let agreed = "flowchart TD
        subgraph asc[Acute stroke centre]
            arrive[Met by the stroke team on arrival] --> ct[CT head and CT angiography within 20 minutes]
            ct --> bleed{Haemorrhage on CT?}
            bleed -- Yes --> neuro[Neurosurgical discussion]
            bleed -- No --> lvo{Large vessel occlusion?} -- No --> lysis[Thrombolysis]
        end
        subgraph hub[\"Comprehensive stroke centre (hub)\"]
            decide{Accepted for thrombectomy?} -- Yes --> mt[Mechanical thrombectomy]
        end
        lvo -- Yes --> decide
        decide -- No --> ward[Hyper-acute stroke unit]
        mt -->|within 24 h| ward";
    assert_eq!(
        sentences(site, agreed),
        [
            "Added: “Large vessel occlusion?”, at Acute stroke centre",
            "Renamed: “Emergency department, site A” is now “Acute stroke centre”",
            "Renamed: “Hub” is now “Comprehensive stroke centre (hub)”",
            "Reworded: “Arrival, triage nurse” is now “Met by the stroke team on arrival”",
            "Reworded: “Plain CT head within 60 minutes” is now “CT head and CT angiography within 20 minutes”",
            "Replaced: “Bleed?” by “Haemorrhage on CT?”",
            "Replaced: “Ring neurosurgery” by “Neurosurgical discussion”",
            "Reworded: “Thrombectomy possible?” is now “Accepted for thrombectomy?”",
            "Reworded: “Thrombectomy” is now “Mechanical thrombectomy”",
            "Reworded: “Stroke ward” is now “Hyper-acute stroke unit”",
            "Time limit at “CT head and CT angiography within 20 minutes”: “within 60 minutes” is now “within 20 minutes”",
            "Time limit from “Mechanical thrombectomy” to “Hyper-acute stroke unit”: “within 72 h” is now “within 24 h”",
            "Decision: at “Haemorrhage on CT?”, “No” now leads to “Large vessel occlusion?”, no longer to “Thrombolysis”",
            "Link removed: “Thrombolysis” no longer leads to “Thrombectomy possible?”",
        ]
    );
}

use super::{Kind, Steps, Target};
use crate::pathway::{Flowchart, parse};

fn chart(text: &str) -> Flowchart {
    let parsed = parse(text, 0);
    parsed.chart.unwrap_or_else(|| panic!("{:?}", parsed.problems))
}

fn plain(text: &str) -> String {
    let chart = chart(text);
    let steps = Steps::new(&chart);
    assert_eq!(steps.faults(&chart), Vec::<String>::new());
    steps.plain(&chart)
}

#[test]
fn the_stroke_pathway_reads_in_the_order_of_care() {
    let text = plain(include_str!("../../../tests/pathway/corpus/good/stroke.mmd"));
    assert_eq!(
        text,
        "Community and ambulance service\n\
         1. Symptom onset or last known well. Go to step 2. Go to step 3.\n\
         2. 999 call: FAST positive. Pre-alert to nearest acute stroke centre. Hand over to Referring hospital (acute \
         stroke centre) and go to step 4.\n\
         3. Self-presents to emergency department. Hand over to Referring hospital (acute stroke centre) and go to step 4.\n\
         Referring hospital (acute stroke centre)\n\
         4. ED arrival: stroke team assessment and NIHSS within 15 minutes.\n\
         5. Non-contrast CT head and CT angiography (arch to vertex) within 20 minutes of arrival.\n\
         6. Haemorrhage on CT? If yes, go to step 7. If no, go to step 8.\n\
         7. Intracerebral haemorrhage care bundle and neurosurgical discussion. The pathway ends here.\n\
         8. Large vessel occlusion on CTA? If no, go to step 14. If yes, go to step 9.\n\
         9. Image transfer to hub through image exchange portal; phone the on-call interventional neuroradiologist. \
         Hand over to Comprehensive stroke centre (hub) and go to step 10.\n\
         Comprehensive stroke centre (hub)\n\
         10. Accepted, and groin puncture possible within 6 hours of onset? If yes, go to step 12. If no, 6-24 h, go \
         to step 11.\n\
         11. CT perfusion to select for late window (6 to 24 hours). Favourable mismatch: go to step 12. No target: \
         stay local: hand over to Referring hospital (acute stroke centre) and go to step 14.\n\
         12. Mechanical thrombectomy.\n\
         13. Post-procedure care: 24 hours in neuro-HDU, repeat CT. Repatriate within 24-72 h: hand over to Referring \
         hospital (acute stroke centre) and go to step 14.\n\
         Referring hospital (acute stroke centre)\n\
         14. Thrombolysis if eligible; admit to hyper-acute stroke unit. The pathway ends here.\n"
    );
}

#[test]
fn a_loop_goes_back_to_its_step() {
    let text = plain(
        "flowchart TD\n a[Refer] --> b[Scan] --> c{Good enough?}\n c -- No --> b\n c -- Yes --> d[Report]\n b --> b",
    );
    assert_eq!(
        text,
        "1. Refer.\n2. Scan. Go to step 3. Repeat this step.\n3. Good enough? If no, go back to step 2. If yes, go to \
         step 4.\n4. Report. The pathway ends here.\n"
    );
}

#[test]
fn a_loop_without_a_beginning_begins_where_it_was_written_first() {
    let chart = chart("flowchart TD\n a[Plan] --> b[Do] --> c[Study] --> d[Act] --> a");
    let steps = Steps::new(&chart);
    assert_eq!(steps.starts, [1]);
    assert_eq!(steps.steps[3].next[0].target, Target::Step(1));
    assert!(steps.steps[3].next[0].is_back);
    assert!(steps.steps.iter().all(|step| step.kind == Kind::Step));
}

#[test]
fn several_beginnings_are_said_first_and_a_join_waits_for_all() {
    let text = plain("flowchart TD\n gp[GP referral] --> v[Vetting]\n v --> s[Scan]\n ed[ED request] --> v");
    assert_eq!(
        text,
        "Begins at step 1 or step 2.\n1. GP referral. Go to step 3.\n2. ED request.\n3. Vetting.\n4. Scan. The pathway \
         ends here.\n"
    );
}

#[test]
fn what_is_not_linked_comes_last() {
    let text = plain("flowchart TD\n note[A remark]\n a[Refer] --> b[Scan]\n a ~~~ note");
    assert_eq!(text, "1. Refer.\n2. Scan. The pathway ends here.\n3. A remark. Not linked to other steps.\n");
}

#[test]
fn links_of_whole_groups_are_read_after_their_last_step() {
    let text = plain(
        "flowchart TD\n subgraph one[Before the scan]\n a[Safety check] --> b[Cannula]\n end\n subgraph two[Scan]\n \
         c[Position] --> d[Acquire]\n end\n one -->|all done| two",
    );
    assert_eq!(
        text,
        "Before the scan\n1. Safety check.\n2. Cannula.\nAfter all of Before the scan: all done: hand over to Scan \
         (step 3).\nScan\n3. Position.\n4. Acquire. The pathway ends here.\n"
    );
}

#[test]
fn what_a_group_leads_to_is_no_beginning() {
    let text = plain(
        "flowchart TD\n subgraph one[Scan]\n a[Position] --> b[Acquire]\n end\n one --> r[Report]\n r --> s[Sent]",
    );
    assert_eq!(
        text,
        "Scan\n1. Position.\n2. Acquire.\nAfter all of Scan, go to step 3.\n3. Report.\n4. Sent. The pathway ends here.\n"
    );
}

#[test]
fn a_link_back_into_a_group_does_not_turn_the_groups_around() {
    let text = plain(
        "flowchart TD\n subgraph one[Before]\n a[Safety] --> b[Cannula]\n end\n subgraph two[Scan]\n c[Position] --> \
         q{Good?}\n end\n q -- No --> b\n q -- All of it --> d[Report]\n one --> two",
    );
    assert_eq!(
        text,
        "Before\n1. Safety.\n2. Cannula.\nAfter all of Before, hand over to Scan (step 3).\nScan\n3. Position.\n4. Good? \
         If no, hand over to Before and go back to step 2. All of it: go to step 5.\n5. Report. The pathway ends here.\n"
    );
}

#[test]
fn the_list_says_where_a_way_ends_and_where_links_of_the_site_lead() {
    let chart = chart(
        "flowchart TD\n a[Refer] --> q{Urgent?}\n b[Walk in] --> q\n q -- Yes --> c[Scan]\n q -- No --> d[List]\n click c \
         \"../scan.md\"\n click d \"../gone.md\"",
    );
    let resolve = |href: &str| (href == "../scan.md").then(|| "/scan/".to_string());
    let html = crate::pathway::told::html(&chart, &Steps::new(&chart), "to", &resolve);
    assert!(html.starts_with("<p>Begins at step 1 or step 2.</p>\n<ol>"), "{html}");
    assert!(html.contains("<a href=\"/scan/\">Scan</a>\n<ul>\n<li>The pathway ends here</li>"), "{html}");
    assert!(html.contains("\">List\n<ul>"), "{html}");
    let links: Vec<&str> = chart.links().map(|link| link.href.as_str()).collect();
    assert_eq!(links, ["../scan.md", "../gone.md"]);
}

#[test]
fn lines_without_arrows_and_with_two_say_so() {
    let text = plain("flowchart LR\n a[Hub] <--> b[Spoke]\n b --- c[Archive]\n d[Backup] x--x c");
    assert!(text.contains("Go to step 2; it also leads back here."), "{text}");
    assert!(text.contains("Linked with step"), "{text}");
}

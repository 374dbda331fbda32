use proptest::prelude::*;

use super::*;
use crate::pathway::layout::Arrangement;
use crate::pathway::{draw, parse};

const IN_LANES: &str = "flowchart LR\n subgraph a[\"Ward **one**\"]\n  A([\"`Call *now*`\"]) --> B{Urgent?}\n end\n subgraph b[Hub]\n  C[Scan] ~~~ D[Übergabe]\n end\n B -- Yes --> C\n B -. No, in 6 hours .-> D\n A ==> A\n a --> b\n style C fill:#fff7cc,stroke-width:3px\n";

fn chart(text: &str) -> Flowchart {
    parse(text, 0).chart.unwrap()
}

/// The bytes that a run of these charts keeps, after one that kept `before`.
fn run(before: &[u8], charts: &[&str]) -> Option<Vec<u8>> {
    let layouts = Layouts::from_bytes(before.to_vec());
    for text in charts {
        let chart = chart(text);
        assert_eq!(layouts.layout(&chart, Options::default()), layout(&chart, Options::default()));
    }
    layouts.to_bytes()
}

#[test]
fn a_layout_comes_back_as_it_was() {
    let chart = chart(IN_LANES);
    for arrangement in [Arrangement::Automatic, Arrangement::Lanes, Arrangement::Layers] {
        let made = layout(&chart, Options { arrangement });
        assert_eq!(Layout::from_bytes(&made.to_bytes(), &chart), Some(made));
    }
}

#[test]
fn what_a_run_used_is_kept_and_nothing_else() {
    let (one, two) = ("flowchart TD\n A --> B\n", IN_LANES);
    let both = run(&[], &[one, two]).unwrap();
    assert_eq!(run(&[], &[two, one, one]).unwrap(), both, "the order of asking leaves no trace");
    assert_eq!(run(&both, &[two, one]), None, "nothing changed");
    assert_eq!(run(&both, &[one]).unwrap(), run(&[], &[one]).unwrap());
}

#[test]
fn what_is_kept_is_used() {
    let kept = run(&[], &["flowchart TD\n A[Call] --> B\n"]).unwrap();
    let layouts = Layouts::from_bytes(altered(&kept, b"Call", b"Cell"));
    let drawn = layouts.layout(&chart("flowchart TD\n A[Call] --> B\n"), Options::default());
    assert_eq!(drawn.nodes[0].lines[0].runs[0].text, "Cell");
}

#[test]
fn bytes_of_another_version_or_damaged_ones_count_as_none() {
    let text = "flowchart TD\n A[Call] --> B\n";
    let kept = run(&[], &[text]).unwrap();
    let foreign = altered(&kept, env!("NETSITE_PATHWAYS").as_bytes(), b"0000000000000000");
    assert_eq!(run(&foreign, &[text]), Some(kept.clone()));
    for damaged in [&kept[..kept.len() - 1], &kept[1..], &b"\xff"[..], &[kept.as_slice(), b"\n"].concat()] {
        assert_eq!(run(damaged, &[text]), Some(kept.clone()));
    }
    // What cannot be read goes even where there is nothing to keep.
    assert!(run(b"damaged", &[]).is_some());
    assert_eq!(run(&[], &[]), None);
}

#[test]
fn the_key_follows_what_can_move_anything() {
    let key_of = |text: &str| key(&chart(text), Options::default());
    let first = "flowchart TD\n A[Call] -->|yes| B\n";
    for same in
        ["flowchart TD\n\n  A[Call] -->|yes| B;", "flowchart TD\n accTitle: Way\n A[Call] -->|yes| B\n"]
    {
        assert_eq!(key_of(first), key_of(same), "{same}");
    }
    for other in [
        "flowchart LR\n A[Call] -->|yes| B\n",
        "flowchart TD\n A[Cell] -->|yes| B\n",
        "flowchart TD\n A(Call) -->|yes| B\n",
        "flowchart TD\n A[Call] -->|yet| B\n",
        "flowchart TD\n A[Call] -->|yes| C\n",
        "flowchart TD\n A[Call] ---->|yes| B\n",
        "flowchart TD\n A[Call] -.->|yes| B\n",
        "flowchart TD\n A[Call] -->|yes| B\n style A font-weight:bold\n",
        "flowchart TD\n subgraph x\n A[Call] -->|yes| B\n end\n",
    ] {
        assert_ne!(key_of(first), key_of(other), "{other}");
    }
    let lanes = Options { arrangement: Arrangement::Lanes };
    assert_ne!(key_of(first), key(&chart(first), lanes));
}

/// Kept bytes with one piece taken for another, under a hash that is right again.
fn altered(kept: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut content = kept[..kept.len() - HASH].to_vec();
    let at = content.windows(from.len()).position(|piece| piece == from).unwrap();
    content[at..at + to.len()].copy_from_slice(to);
    let hash = blake3::hash(&content);
    content.extend(hash.as_bytes());
    content
}

proptest! {
    #[test]
    fn no_bytes_do_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let chart = chart(IN_LANES);
        let mut bytes = layout(&chart, Options::default()).to_bytes();
        for (place, value) in changes {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(layout) = Layout::from_bytes(&bytes, &chart) {
            draw::svg(&chart, &layout, &draw::Options::default());
        }
    }
}

//! Times one drawing on one core, from its text to its SVG: `cargo bench --bench pathways`. Does nothing when it is run
//! in another way, so that tests of all targets cost no more.
#![expect(clippy::print_stdout, reason = "the figures are for people, in the terminal")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use netsite::pathway::layout::{Options as Arranged, layout};
use netsite::pathway::{Flowchart, Steps, draw, parse, told};

/// The program's own allocator, so that the figures are its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each stage is repeated, and how often at most.
const LONG_ENOUGH: Duration = Duration::from_millis(600);
const MOST_ROUNDS: usize = 2_000;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("| drawing | read | laid out | drawn | steps | laid out and drawn | target |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (name, text, target) in [
        ("6 nodes", six(), "≤ 0.5 ms"),
        ("20 nodes in 3 lanes", in_lanes(20), "≤ 10 ms"),
        ("200 nodes, 260 edges", linked(200, 260), "≤ 200 ms"),
        ("200 nodes in 3 lanes", in_lanes(200), "≤ 200 ms"),
        ("2,000 nodes, 10,000 edges", linked(2_000, 10_000), "bounded"),
    ] {
        let read = || parse(&text, 0).chart.unwrap_or_else(|| panic!("{name} can be read"));
        let chart: Flowchart = read();
        let placed = layout(&chart, Arranged::default());
        let options = draw::Options { prefix: "to:drawing", ..draw::Options::default() };
        let lay = timed(|| layout(&chart, Arranged::default()));
        let drawn = timed(|| draw::svg(&chart, &placed, &options));
        let steps = timed(|| told::html(&chart, &Steps::new(&chart), "to:drawing", &|_| None));
        println!(
            "| {name} | {} | {} | {} | {} | {} | {target} |",
            in_ms(timed(read)),
            in_ms(lay),
            in_ms(drawn),
            in_ms(steps),
            in_ms(lay + drawn)
        );
    }
}

/// The median of as many rounds as there is time for.
fn timed<T>(work: impl Fn() -> T) -> Duration {
    let begun = Instant::now();
    let mut took = Vec::new();
    while took.is_empty() || (begun.elapsed() < LONG_ENOUGH && took.len() < MOST_ROUNDS) {
        let start = Instant::now();
        black_box(work());
        took.push(start.elapsed());
    }
    took.sort_unstable();
    took[took.len() / 2]
}

fn in_ms(took: Duration) -> String {
    format!("{:.3} ms", took.as_secs_f64() * 1_000.0)
}

/// A request that is urgent or not.
fn six() -> String {
    "flowchart TD\n    accTitle: A way\n    accDescr: From a request to a report.\n    A([Request from the ward]) --> B{Is it urgent?}\n    \
     B -- Yes --> C[Scan within 6 hours]\n    B -- No --> D[Wait for a place on the list]\n    \
     C --> E[Report by the team of the site]\n    D --> E\n    E --> F([Back to the ward])\n"
        .to_string()
}

/// Steps in three lanes, each lane a way down, with hand-overs between neighbours.
fn in_lanes(nodes: usize) -> String {
    let mut text = "flowchart TD\n".to_string();
    for lane in 0..3 {
        let _ = writeln!(text, "    subgraph lane{lane}[\"Organisation {lane}\"]");
        for node in (lane..nodes).step_by(3) {
            let words = match node / 3 % 4 {
                2 => "{Is another scan needed?}".to_string(),
                _ => format!("[Step {node} is done within {} hours]", node % 24 + 1),
            };
            let _ = writeln!(text, "        n{node}{words}");
        }
        let _ = writeln!(text, "    end");
    }
    for node in 0..nodes {
        let (down, over) = (node + 3, node + 4);
        if down < nodes {
            let outcome = if node / 3 % 4 == 2 { "-- Yes " } else { "" };
            let _ = writeln!(text, "    n{node} {outcome}--> n{down}");
        }
        if node / 3 % 4 == 2 && over < nodes {
            let _ = writeln!(text, "    n{node} -- No --> n{over}");
        }
    }
    text
}

/// Steps with so many links: each node has one from a node before it, the rest lead anywhere, back as well.
fn linked(nodes: usize, edges: usize) -> String {
    let mut text = "flowchart TD\n".to_string();
    for node in 0..nodes {
        let _ = writeln!(text, "    n{node}[Step {node} of many]");
    }
    let mut state = 1_u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    for node in 1..nodes {
        let _ = writeln!(text, "    n{} --> n{node}", node - 1 - below(node.min(8)));
    }
    for _ in nodes - 1..edges {
        let _ = writeln!(text, "    n{} --> n{}", below(nodes), below(nodes));
    }
    text
}

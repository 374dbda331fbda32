//! Times a thousand charts of each sort on one core, from the rows of their file to their SVG: `cargo bench --bench
//! charts`. Does nothing when it is run in another way, so that tests of all targets cost no more.
#![expect(clippy::print_stdout, reason = "the figures are for people, in the terminal")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use netsite::benchmark::chart::Options;
use netsite::benchmark::{Chart, Measure, Released, Standing, Wishes, chosen, panels, read, release};
use netsite::source::SitePath;

/// The program's own allocator, so that the figures are its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many charts of each sort.
const CHARTS: usize = 1_000;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "| {CHARTS} charts | read and released | statistics and drawing | of one, bytes | target of drawing |"
    );
    println!("|---|--:|--:|--:|--:|");
    let percent = Measure { metric: "Reports within 7 days".into(), unit: "%".into(), ..Measure::default() };
    for (name, chart, rows) in [
        ("XmR, 36 months", Chart::Xmr, table(1, 36)),
        ("funnel of 40", Chart::Funnel, table(40, 1)),
        ("ranked, 40 with 12 months each", Chart::Ranked, table(40, 12)),
        ("change of 40", Chart::Slope, table(40, 2)),
    ] {
        let begun = Instant::now();
        let tables: Vec<Released> = (0..CHARTS).map(|_| released(&rows, &percent)).collect();
        let reading = begun.elapsed();
        let wishes = Wishes::default();
        let mut bytes = 0;
        let begun = Instant::now();
        for table in &tables {
            let choice = chosen::asked_for(chart, table).unwrap_or_else(|_| panic!("{name} can be drawn"));
            let panel = panels(table, None, &choice, &wishes).swap_remove(0);
            bytes = black_box(panel.draw(&Options { prefix: "chart", ..Options::default() }).svg()).len();
        }
        println!(
            "| {name} | {:.2} s | {:.2} s | {bytes} | ≤ 1 s |",
            reading.as_secs_f64(),
            begun.elapsed().as_secs_f64()
        );
    }
}

fn released(rows: &str, measure: &Measure) -> Released {
    let unknown = |code: &str| Standing::Known { code: code.to_string(), name: format!("{code} Hospitals") };
    let reading = read(&SitePath::new("data.csv"), rows.as_bytes(), &BTreeMap::new(), measure, &unknown);
    let table = reading.table.filter(|_| reading.problems.is_empty()).expect("the rows are sound");
    release(&[table], measure, None).tables.swap_remove(0)
}

/// Rows of so many organisations and months, the same in each run.
fn table(organisations: usize, months: usize) -> String {
    let mut text = "period,organisation,value,numerator,denominator\n".to_string();
    let mut state = 1_u64;
    let mut below = |limit: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % limit
    };
    for organisation in 0..organisations {
        for month in 0..months {
            let (year, month) = (2022 + month / 12, month % 12 + 1);
            let out_of = 500 + below(4_000);
            let counted = out_of * (70 + below(20)) / 100;
            let share = f64::from(counted) / f64::from(out_of) * 100.0;
            let _ = writeln!(text, "{year}-{month:02},T{organisation:02},{share:.1},{counted},{out_of}");
        }
    }
    text
}

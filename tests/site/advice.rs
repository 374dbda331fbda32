//! What is advised of the real content: nothing, so that advice is not something that people learn to pass over.

use std::path::Path;

use netsite::build::{self, Options, Progress};
use netsite::check;
use netsite::disk::DiskWorld;
use netsite::pathway::layout::Layouts;

#[test]
fn the_real_content_reads_as_the_rules_ask() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    let world = DiskWorld::new(root, "2026-11-22T12:00:00Z".parse().unwrap());
    let assembled =
        build::assemble(&world, &Options::default(), Layouts::default(), &Progress::default()).unwrap();
    let theme = assembled.theme.unwrap();
    let found = build::locate(&world, Some(&theme), check::advice(&assembled.site, &theme, &world));
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            let help = one.help.as_deref().unwrap_or("");
            format!("{}:{}:{} {} {} – {help}", one.path, one.line, one.column, one.code, one.message)
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_rule_has_a_code_of_its_own_in_order() {
    let codes: Vec<&str> = check::RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
}

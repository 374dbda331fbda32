//! The two halves of a text, parted at its middle line, as two versions of a pathway: whatever one holds and the other
//! does not is marked, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netsite::pathway::compare::Mark;
use netsite::pathway::{Comparison, Flowchart, parse};

fn chart(lines: &[&str]) -> Option<Flowchart> {
    let text = lines.join("\n");
    // A half seldom begins as a flowchart does.
    parse(&text, 0).chart.or_else(|| parse(&format!("flowchart TD\n{text}"), 0).chart)
}

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let (before, after) = lines.split_at(lines.len() / 2);
    let (Some(before), Some(after)) = (chart(before), chart(after)) else { return };
    let comparison = Comparison::new(&before, &after);
    let kept = |marks: &[Mark], gone: Mark| marks.iter().filter(|mark| **mark != gone).count();
    assert_eq!(kept(&comparison.before, Mark::Removed), kept(&comparison.after, Mark::Added));
    assert!(Comparison::new(&before, &before).is_same());
});

//! Any text as a flowchart: read, laid out, drawn and told in steps. Nothing may panic, every step must be told, and
//! nothing of the text may become an element or a script of the page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netsite::pathway::layout::{self, layout};
use netsite::pathway::{Steps, draw, parse, told};

fuzz_target!(|text: &str| {
    let parsed = parse(text, 0);
    for problem in &parsed.problems {
        let span = problem.span.expect("every problem has a place");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
    }
    let Some(chart) = parsed.chart else { return };
    let svg = draw::svg(&chart, &layout(&chart, layout::Options::default()), &draw::Options::default());
    let steps = Steps::new(&chart);
    assert!(steps.faults(&chart).is_empty());
    let html = told::html(&chart, &steps, "to", &|href| Some(href.to_string()));
    let _ = steps.plain(&chart);
    for page in [svg, html] {
        let lower = page.to_ascii_lowercase();
        for unsafe_piece in
            ["<script", "<foreignobject", "<iframe", "href=\"javascript", "href=\"data", "href=\"vbscript"]
        {
            assert!(!lower.contains(unsafe_piece), "{unsafe_piece}");
        }
    }
});

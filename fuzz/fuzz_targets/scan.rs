//! Any text in any form: every finding has a place in the text, and what is masked holds none of it any more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netsite::disclosure::{Form, mask_text, scan};

fuzz_target!(|text: &str| {
    for form in [Form::Prose, Form::Rows, Form::Fields, Form::Markup] {
        for finding in scan(text, form) {
            assert!(text.get(finding.span.start as usize..finding.span.end as usize).is_some());
        }
    }
    let masked = mask_text(text);
    for finding in scan(text, Form::Prose).iter().filter(|finding| finding.is_sure) {
        let value = &text[finding.span.start as usize..finding.span.end as usize];
        assert!(!masked.contains(value) || text.matches(value).count() > 1);
    }
});

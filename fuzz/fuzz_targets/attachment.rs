//! Any bytes as an attached file of any format: it is looked into or said not to be, and nothing panics or runs on.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use netsite::disclosure::attachment::look;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.docx", "a.pdf", "a.png", "a.eml", "a.csv", "a"] {
        look(name, &mut Cursor::new(bytes));
    }
});

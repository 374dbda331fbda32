//! What a browser needs to make a filled copy, as a script, which a page may load from a folder without a server too.

use std::fmt::Write as _;

use serde_json::json;

use super::{Form, html_pattern, markdown_pattern};

/// The script that hands the files of a Word document (path and text) and the patterns of the other copies to the page.
/// It is safe inside a `<script>` as well.
pub fn template_script(form: &Form, word: &[(String, String)]) -> String {
    let data = json!({ "parts": word, "markdown": markdown_pattern(form), "html": html_pattern(form) });
    let mut script = String::from("netsiteTemplate(");
    for character in data.to_string().chars() {
        match character {
            // Inside a string, where alone these can be, this is the same letter. Marks for private use stay readable.
            '<' | '\u{2028}' | '\u{2029}' | '\u{E000}'..='\u{E002}' => {
                let _ = write!(script, "\\u{:04x}", u32::from(character));
            }
            _ => script.push(character),
        }
    }
    script.push_str(");\n");
    script
}

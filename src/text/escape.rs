//! Text into HTML: the five characters that mean something there.

/// Adds `text` to `html` so that it reads as text, in an element or in a quoted attribute.
pub fn push_escaped(html: &mut String, text: &str) {
    let mut plain_from = 0;
    for (index, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[plain_from..index]);
        html.push_str(replacement);
        plain_from = index + 1;
    }
    html.push_str(&text[plain_from..]);
}

/// The text as HTML text.
pub fn escape_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    push_escaped(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            super::escape_html("<a href=\"x\">R&D's</a>"),
            "&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;"
        );
    }
}

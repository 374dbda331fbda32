//! Addresses in HTML: relative ones, so that a site works below any folder, and absolute ones for feeds.

use std::fmt::Write as _;

/// The way from an output to the site's root: `./` from the root itself, `../../` from two folders down.
pub(super) fn root_of(output: &str) -> String {
    match output.matches('/').count() {
        0 => "./".to_string(),
        depth => "../".repeat(depth),
    }
}

/// The file that is written for an address: `case-studies/devon/` → `case-studies/devon/index.html`.
pub(super) fn file_of(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_string()
    }
}

/// Adds an address with what URLs do not allow written as `%xx`.
pub(super) fn push_encoded(out: &mut String, address: &str) {
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~!$'()*+,;=@:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// The same as a new text.
pub(super) fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    push_encoded(&mut out, address);
    out
}

/// Everything but unreserved characters as `%xx` (RFC 6068).
pub(super) fn percent_encoded(text: &str) -> String {
    let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_depth_finds_the_root() {
        assert_eq!(root_of("index.html"), "./");
        assert_eq!(root_of("case-studies/devon/index.html"), "../../");
        assert_eq!(file_of("case-studies/devon/"), "case-studies/devon/index.html");
        assert_eq!(file_of("old.html"), "old.html");
        assert_eq!(encoded("a b/é.png"), "a%20b/%C3%A9.png");
    }
}

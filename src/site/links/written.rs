//! Addresses as writers put them: schemes, characters as `%20`, and the relative path that they should have put.

use crate::source::SitePath;

/// `https` and what follows; none for a relative path.
pub(super) fn scheme_of(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once(':')?;
    let valid = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    valid.then_some((scheme, rest))
}

/// What was meant by `www.england.nhs.uk/x` or `team@nhs.net`.
pub(super) fn without_scheme(path: &str) -> Option<String> {
    if path.starts_with("www.") {
        return Some(format!("https://{path}"));
    }
    let (name, domain) = path.split_once('@')?;
    (!name.contains('/') && domain.contains('.') && !domain.contains('/')).then(|| format!("mailto:{path}"))
}

/// `%20` and the like as the characters that they stand for; what is no such code stays as it is.
pub(super) fn decode_percent(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let code = (bytes[index] == b'%')
            .then(|| text.get(index + 1..index + 3))
            .flatten()
            .filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(byte) = code {
            decoded.push(byte);
            index += 3;
        } else {
            decoded.push(bytes[index]);
            index += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_string())
}

/// The relative path from a file to another, as a writer would type it.
pub(super) fn relative(from: &SitePath, to: &str) -> String {
    let from_folder = from.parent();
    let from: Vec<&str> = from_folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_as_a_writer_would_type_them() {
        let from = SitePath::new("content/case-studies/devon.md");
        assert_eq!(relative(&from, "content/pathways/stroke.md"), "../pathways/stroke.md");
        assert_eq!(relative(&from, "content/case-studies/kent.md"), "kent.md");
        assert_eq!(relative(&SitePath::new("content/a.md"), "content/b/c.md"), "b/c.md");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme_of("https://example.org"), Some(("https", "//example.org")));
        assert_eq!(scheme_of("case-study:devon"), Some(("case-study", "devon")));
        assert_eq!(scheme_of("a/b:c.md"), None);
        assert_eq!(decode_percent("a%20b%zz%+1"), "a b%zz%+1");
    }
}

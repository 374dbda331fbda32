//! Addresses in documents as paths of files.

/// An address with an ending to its path.
pub(super) fn with_ending(address: &str, ending: &str) -> String {
    let at = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(at);
    format!("{path}{ending}{rest}")
}

/// The path that an address names from a document; none above the root. A folder ends in `/`, the root is empty.
pub(super) fn joined(from: &str, address: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map(|(folder, _)| folder).filter(|_| !address.starts_with('/'));
    let mut parts: Vec<&str> = folder.map_or_else(Vec::new, |folder| folder.split('/').collect());
    let mut is_folder = true;
    for part in address.trim_start_matches('/').split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut path = parts.join("/");
    if is_folder && !path.is_empty() {
        path.push('/');
    }
    Some(path)
}

/// An address without the escapes of HTML and of addresses.
pub(super) fn decoded(address: &str) -> String {
    let mut text = address.to_string();
    if text.contains('&') {
        for (escape, character) in [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ] {
            text = text.replace(escape, character);
        }
    }
    if !text.contains('%') {
        return text;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or(text)
}

/// Whether a path ends in a full stop and these letters, whatever their size.
pub(super) fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

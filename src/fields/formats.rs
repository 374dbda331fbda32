//! What the text of a field must look like: addresses, codes, languages. What passes here is put into links, so nothing
//! may pass that is more than it says.

pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.chars().all(|character| character.is_alphanumeric() || ".-".contains(character))
        // In a link `mailto:`, what follows `?` would be headers of the letter.
        && !local.contains(|character: char| character.is_whitespace() || "<>\"'(),;:\\?%#".contains(character))
}

pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|character: char| character.is_whitespace() || "<>\"".contains(character))
    })
}

pub(super) fn is_ods(text: &str) -> bool {
    (3..=6).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// A colour with six small digits, from three or six of any size; the `#` may be missing.
pub(super) fn colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#').unwrap_or(text).to_ascii_lowercase();
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(digits.chars().fold("#".to_string(), |colour, digit| format!("{colour}{digit}{digit}"))),
        6 => Some(format!("#{digits}")),
        _ => None,
    }
}

pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase())
    }) && parts
        .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

pub(super) fn is_site_path(text: &str) -> bool {
    text.starts_with('/')
        && text.len() > 1
        && !text.contains(|character: char| {
            character.is_whitespace() || character.is_control() || "?#\\<>\"".contains(character)
        })
        && text.split('/').all(|part| part != ".." && part != ".")
        && !text.contains("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_held_in_one_form() {
        assert_eq!(colour("#005EB8").as_deref(), Some("#005eb8"));
        assert_eq!(colour("fa0").as_deref(), Some("#ffaa00"));
        for bad in ["blue", "#12345", "#ggg", "", "#", "rgb(0,0,0)"] {
            assert_eq!(colour(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_holds_nothing_but_an_address() {
        for good in ["imaging.devon@nhs.net", "r&d+scans@example.org", "team@exämple.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a@b", "a@b.org?cc=c.org", "a?bcc=b@c.org", "a@b@c.org", "a b@c.org", "a@.org"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_web_address("https://example.org/a?b#c"));
        for bad in ["javascript:alert(1)", "//example.org", "https:///x", "https://a\" onclick"] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}

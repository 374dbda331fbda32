//! Addresses that stand bare in running text: `https://…`, `www.…` and email addresses, by the rules of GitHub
//! Flavored Markdown (section 6.9): a full stop or an unpaired bracket after an address is not part of it.

/// What kind of address was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressKind {
    Full,
    WithoutScheme,
    Email,
}

/// An address in a text, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: AddressKind,
}

/// The DNS allows no longer name; longer runs are not looked through again and again.
const MAX_DOMAIN: usize = 253;

/// The longest part of an email address before its `@` (RFC 5321).
const MAX_LOCAL: usize = 64;

/// Whether it is worth searching `text`. A piece of an address is enough.
pub(super) fn may_hold_address(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'@') || text.contains("://") || text.contains("www.")
}

/// The addresses in `text`, in order and apart.
pub(super) fn find(text: &str) -> Vec<Address> {
    let bytes = text.as_bytes();
    let mut found: Vec<Address> = Vec::new();
    let mut free_from = 0;
    let mut index = 0;
    while index < bytes.len() {
        let address = match bytes[index] {
            b'h' | b'H' | b'w' | b'W' if may_begin(text, index) => web_address(text, index),
            b'@' => email_address(text, index, free_from),
            _ => None,
        };
        match address {
            Some(address) => {
                index = address.end;
                free_from = address.end;
                found.push(address);
            }
            None => index += 1,
        }
    }
    found
}

/// An address begins a word.
fn may_begin(text: &str, index: usize) -> bool {
    text[..index]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '/' | '@' | '.'))
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn web_address(text: &str, start: usize) -> Option<Address> {
    let rest = &text[start..];
    let (kind, host) = if starts_with_ignoring_case(rest, "https://") {
        (AddressKind::Full, 8)
    } else if starts_with_ignoring_case(rest, "http://") {
        (AddressKind::Full, 7)
    } else if starts_with_ignoring_case(rest, "www.") {
        (AddressKind::WithoutScheme, 0)
    } else {
        return None;
    };
    let host_length = domain_length(&rest[host..])?;
    let path = host + host_length;
    let stop = rest[path..]
        .find(|character: char| character.is_whitespace() || character.is_control() || character == '<');
    let end = stop.map_or(rest.len(), |stop| path + stop);
    let end = host + host_length + without_trailing(&rest[path..end]);
    // The host itself may end in the full stop of its sentence.
    let end = if end == path { host + rest[host..path].trim_end_matches(['.', '_', '-']).len() } else { end };
    Some(Address { start, end: start + end, kind })
}

/// The length of the domain that `text` begins with, if it has at least two parts and no `_` in the last two.
fn domain_length(text: &str) -> Option<usize> {
    let length = text
        .char_indices()
        .find(|(offset, character)| {
            *offset > MAX_DOMAIN || !(character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
        })
        .map_or(text.len(), |(offset, _)| offset);
    let domain = text[..length].trim_end_matches(['.', '-', '_']);
    let mut parts = domain.rsplit('.');
    let (last, before) = (parts.next()?, parts.next()?);
    let good = !domain.starts_with('.')
        && !last.is_empty()
        && !before.is_empty()
        && !last.contains('_')
        && !before.contains('_');
    good.then_some(length)
}

/// How much of a path is left when the punctuation of the sentence around it is taken off its end.
fn without_trailing(path: &str) -> usize {
    let opened = path.bytes().filter(|byte| *byte == b'(').count();
    let mut closed = path.bytes().filter(|byte| *byte == b')').count();
    let mut end = path.len();
    while let Some(last) = path[..end].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '’' | '”' | ']' => {}
            ')' if closed > opened => closed -= 1,
            ';' => {
                end -= entity_length(&path[..end]);
                continue;
            }
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

/// The length of what looks like an entity at the end of `path`, or of its last `;` alone.
fn entity_length(path: &str) -> usize {
    let name = &path[..path.len() - 1];
    let start = name.trim_end_matches(|character: char| character.is_ascii_alphanumeric()).len();
    if start < name.len() && name[..start].ends_with('&') { path.len() - start + 1 } else { 1 }
}

fn email_address(text: &str, at: usize, free_from: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let mut start = at;
    while start > free_from && is_local(bytes[start - 1]) && at - start <= MAX_LOCAL {
        start -= 1;
    }
    let leading = bytes[start..at].iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    let start = start + leading;
    if start == at || at - start > MAX_LOCAL {
        return None;
    }
    let rest = &text[at + 1..];
    let length = rest
        .bytes()
        .take(MAX_DOMAIN)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .count();
    let domain = rest[..length].trim_end_matches('.');
    let is_good = domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains("..")
        && !domain.ends_with(['-', '_'])
        && !rest[domain.len()..].starts_with('@');
    is_good.then(|| Address { start, end: at + 1 + domain.len(), kind: AddressKind::Email })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|address| &text[address.start..address.end]).collect()
    }

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        assert_eq!(found("See https://www.england.nhs.uk/imaging."), ["https://www.england.nhs.uk/imaging"]);
        assert_eq!(found("(www.england.nhs.uk)"), ["www.england.nhs.uk"]);
        assert_eq!(
            found("https://a.org/x_(y) and https://a.org/x_(y)), so"),
            ["https://a.org/x_(y)", "https://a.org/x_(y)"]
        );
        assert_eq!(found("https://a.org/?q=1&copy; x"), ["https://a.org/?q=1"]);
        assert_eq!(found("“www.a.org”"), ["www.a.org"]);
    }

    #[test]
    fn addresses_of_people() {
        assert_eq!(found("Write to imaging.devon@nhs.net."), ["imaging.devon@nhs.net"]);
        assert_eq!(found("a@b, @handle, a@b.c-, x@@y.org"), Vec::<&str>::new());
    }

    #[test]
    fn words_that_are_no_addresses() {
        assert_eq!(found("https:// http://x awww.a.org www. www.a_b.c_d"), Vec::<&str>::new());
    }
}

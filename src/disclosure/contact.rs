//! Mobile numbers and personal mailboxes. Where a page says how a team is reached they belong; elsewhere they are
//! somebody's own.

use super::Form;
use super::digits::{Group, digit};
use super::person::FORENAMES;
use super::table::{is_contact, line_start};

/// A telephone number.
pub(super) struct Telephone {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is a mobile number that somebody may have.
    pub(super) is_mobile: bool,
}

/// Reads the groups as one telephone number; none where they are something else.
pub(super) fn telephone(text: &str, groups: &[Group]) -> Option<Telephone> {
    let first = groups.first()?;
    let last = groups.last()?;
    if text[..first.start].ends_with(|before: char| before.is_alphanumeric() || before == '.')
        || text[last.end..].starts_with(char::is_alphanumeric)
    {
        return None;
    }
    let mut digits = Vec::with_capacity(14);
    let mut at = first.start;
    while at < last.end {
        match digit(text, at) {
            Some((value, length)) => {
                digits.push(value);
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
        if digits.len() > 14 {
            return None;
        }
    }
    let before = text[..first.start].trim_end_matches([' ', '\u{a0}']);
    let has_plus = before.ends_with('+') && text[..first.start].len() == before.len();
    let national: &[u8] = match digits.as_slice() {
        [4, 4, 0, rest @ ..] | [4, 4, rest @ ..] if has_plus => rest,
        [0, 0, 4, 4, rest @ ..] => rest,
        rest if before.ends_with("(0)") => rest,
        [0, rest @ ..] if digits.len() == 11 => rest,
        _ => return None,
    };
    if national.len() != 10 {
        return None;
    }
    // Numbers kept for drama and examples (Ofcom): 07700 900000 to 900999.
    let is_mobile = national[0] == 7 && !national.starts_with(&[7, 7, 0, 0, 9, 0, 0]);
    Some(Telephone { start: first.start, end: last.end, is_mobile })
}

/// The personal mailbox around an `@`; none for mailboxes of teams and of examples.
pub(super) fn personal_mailbox(text: &str, at: usize) -> Option<(usize, usize)> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-+'".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let before = text.as_bytes()[..at].iter().rev().take(65).take_while(|byte| is_local(byte)).count();
    let after = text.as_bytes()[at + 1..].iter().take(254).take_while(|byte| is_domain(byte)).count();
    if before == 0 || before > 64 {
        return None;
    }
    let start = at - before;
    let local = text[start..at].trim_start_matches(['.', '-', '_', '\'']).to_lowercase();
    let domain = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
    let end = at + 1 + domain.len();
    let domain = domain.to_lowercase();
    let is_example = ["example.com", "example.org", "example.net"]
        .iter()
        .any(|name| domain == *name || domain.ends_with(&format!(".{name}")))
        || [".example", ".test", ".invalid", ".localhost"].iter().any(|end| domain.ends_with(end));
    if is_example || !domain.contains('.') {
        return None;
    }
    let parts: Vec<&str> = local
        .split(['.', '_', '-', '+'])
        .map(|part| part.trim_end_matches(|last: char| last.is_ascii_digit()))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.iter().any(|part| TEAM_WORDS.contains(part)) {
        return None;
    }
    let is_of_a_person = match parts.as_slice() {
        [] => false,
        // Mailboxes that everyone can have are people's.
        _ if FREE_DOMAINS.contains(&domain.as_str()) => true,
        [only] => FORENAMES.contains(only),
        [first, .., last] => {
            last.len() > 1 && (first.len() == 1 || FORENAMES.contains(first) || FORENAMES.contains(last))
        }
    };
    is_of_a_person.then_some((start, end))
}

const FREE_DOMAINS: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "live.com",
    "live.co.uk",
    "msn.com",
    "yahoo.com",
    "yahoo.co.uk",
    "ymail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "btinternet.com",
    "sky.com",
    "virginmedia.com",
    "proton.me",
    "protonmail.com",
];

const TEAM_WORDS: &[&str] = &[
    "academy",
    "admin",
    "alliance",
    "appointments",
    "archive",
    "board",
    "booking",
    "bookings",
    "business",
    "centre",
    "comms",
    "communications",
    "contact",
    "data",
    "department",
    "digital",
    "ehub",
    "enquiries",
    "events",
    "feedback",
    "foi",
    "governance",
    "group",
    "hello",
    "help",
    "helpdesk",
    "hub",
    "imaging",
    "info",
    "information",
    "it",
    "learning",
    "library",
    "mail",
    "network",
    "networks",
    "news",
    "noreply",
    "office",
    "operations",
    "pacs",
    "pmo",
    "postmaster",
    "press",
    "privacy",
    "procurement",
    "programme",
    "project",
    "projects",
    "quality",
    "radiology",
    "referrals",
    "reporting",
    "reply",
    "secretary",
    "service",
    "services",
    "sharing",
    "support",
    "team",
    "webmaster",
    "workforce",
];

/// Whether a place stands in a field that says how somebody is reached: `contact:` in front matter, or below it.
pub(super) fn is_for_contacts(text: &str, at: usize, form: Form) -> bool {
    let in_fields = match form {
        Form::Prose => is_in_front_matter(text, at),
        Form::Fields => true,
        Form::Rows | Form::Markup => false,
    };
    if !in_fields {
        return false;
    }
    let Some(mut start) = line_start(text, at) else { return false };
    let mut depth = usize::MAX;
    // A field's own line, then the lines that it stands below.
    for _ in 0..MOST_LINES {
        let line = &text[start..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let own = line.len() - line.trim_start_matches([' ', '-']).len();
        let has_key = line.trim_start_matches([' ', '-']).split_once(':');
        if own < depth
            && let Some((key, _)) = has_key
        {
            if is_contact(key) {
                return true;
            }
            depth = own;
        }
        if depth == 0 || start == 0 {
            return false;
        }
        match line_start(text, start - 1) {
            Some(before) => start = before,
            None => return false,
        }
    }
    false
}

/// A field's parents are looked for in so many lines.
const MOST_LINES: usize = 60;

fn is_in_front_matter(text: &str, at: usize) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.starts_with("---")
        && text[3..].find("\n---").is_some_and(|end| at <= end + 3 + '\u{feff}'.len_utf8())
}

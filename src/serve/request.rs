//! What a browser asks for, and whether it may: only this machine's own pages reach the preview, and only to read.

/// The part of the base path under which the preview's own pages and scripts lie.
pub(super) const OWN: &str = "__netsite/";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A file of the site, by its path below the site's root, such as `about/` or `style.css`.
    Site(String),
    /// A page or script of the preview itself, and the query behind it.
    Own(String, Vec<(String, String)>),
    /// Something above the folder that the site is published in.
    Outside,
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Only GET and HEAD are answered.
    Method,
    /// The request was sent to another name than this machine's: a page elsewhere may have sent it here.
    Host,
    /// A page of another origin asks.
    Origin,
    /// The address cannot be read.
    Address,
}

impl Refused {
    pub(super) fn status(self) -> u16 {
        match self {
            Self::Method => 405,
            Self::Host => 421,
            Self::Origin => 403,
            Self::Address => 400,
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Method => "The preview can only be read (GET and HEAD).",
            Self::Host => "The preview answers on this computer only, as localhost or 127.0.0.1.",
            Self::Origin => "Pages of other sites may not read the preview.",
            Self::Address => "This address cannot be read.",
        }
    }
}

/// The facts of a request that decide what becomes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'r> {
    pub(super) method: &'r str,
    /// The path with its query, as it was sent.
    pub(super) target: &'r str,
    pub(super) host: Option<&'r str>,
    pub(super) origin: Option<&'r str>,
}

/// Reads a request, for a server at this port and a site below this base path (`/` or `/sharing/`).
pub(super) fn read(head: Head<'_>, port: u16, base: &str) -> Result<Asked, Refused> {
    if !matches!(head.method, "GET" | "HEAD") {
        return Err(Refused::Method);
    }
    // Without this, any site could point a name of its own at this machine and read drafts (DNS rebinding).
    if !head.host.is_some_and(|host| is_ours(host, port)) {
        return Err(Refused::Host);
    }
    let origin_is_ours =
        |origin: &str| origin.strip_prefix("http://").is_some_and(|host| is_ours(host, port));
    if head.origin.is_some_and(|origin| !origin_is_ours(origin)) {
        return Err(Refused::Origin);
    }
    let (path, query) = head.target.split_once('?').unwrap_or((head.target, ""));
    let path = path.split('#').next().unwrap_or(path);
    let path = decoded(path).ok_or(Refused::Address)?;
    // What is looked up are names of outputs, never of files, so `..` finds nothing; it is refused to say so.
    let leads_out = path.split(['/', '\\']).any(|part| part == "..");
    if !path.starts_with('/') || path.contains('\0') || leads_out {
        return Err(Refused::Address);
    }
    let Some(below) = path.strip_prefix(base) else { return Ok(Asked::Outside) };
    Ok(match below.strip_prefix(OWN) {
        Some(own) => Asked::Own(own.to_string(), pairs(query)),
        None => Asked::Site(below.to_string()),
    })
}

/// Whether a `Host` names this machine and this port.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.ends_with(']') => (name, given.parse().ok()),
        _ => (host, Some(80)),
    };
    given == Some(port)
        && ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| decoded(&text.replace('+', " ")).unwrap_or_default();
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (plain(name), plain(value))
    };
    query.split('&').filter(|part| !part.is_empty()).take(16).map(pair).collect()
}

/// Text with `%xx` read; none where that is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let hex = text.get(at + 1..at + 3)?;
            // `from_str_radix` takes a sign.
            if !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            out.push(u8::from_str_radix(hex, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// A part of a file that is asked for (RFC 9110, 14.2): from the first byte up to, not including, the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// All of it.
    Whole,
    /// A part.
    Part(u64, u64),
    /// A part that there is none of.
    Beyond,
}

/// Reads a `Range` header for a file of this size. What is not one range of bytes asks for the whole.
pub(super) fn range(header: Option<&str>, size: u64) -> Range {
    let Some((from, to)) = header
        .and_then(|header| header.trim().strip_prefix("bytes="))
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Range::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (start, end) = match (number(from), number(to)) {
        (Some(start), Some(last)) if last >= start => (start, last.saturating_add(1).min(size)),
        (Some(start), None) if to.trim().is_empty() => (start, size),
        (None, Some(last)) if from.trim().is_empty() => (size.saturating_sub(last), size),
        _ => return Range::Whole,
    };
    if start < end { Range::Part(start, end) } else { Range::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str) -> Result<Asked, Refused> {
        read(Head { method: "GET", target, host: Some("127.0.0.1:4000"), origin: None }, 4000, "/sharing/")
    }

    #[test]
    fn paths_are_read_below_the_base() {
        let site = |path: &str| Ok(Asked::Site(path.to_string()));
        assert_eq!(asked("/sharing/"), site(""));
        assert_eq!(asked("/sharing/about/?q=1"), site("about/"));
        assert_eq!(asked("/sharing/caf%C3%A9.png"), site("café.png"));
        assert_eq!(asked("/about/"), Ok(Asked::Outside));
        let look = Asked::Own("look".to_string(), vec![("page".to_string(), "/a b/".to_string())]);
        assert_eq!(asked("/sharing/__netsite/look?page=%2Fa+b%2F"), Ok(look));
    }

    #[test]
    fn no_spelling_leads_out() {
        for target in [
            "/sharing/../netsite.yaml",
            "/sharing/%2e%2e/netsite.yaml",
            "/sharing/%2E%2e%2fnetsite.yaml",
            "/sharing/..%5cnetsite.yaml",
            "/sharing/..\\netsite.yaml",
            "/sharing/a%00b",
            "/sharing/%ff",
            "/sharing/%+1",
            "/sharing/%e",
            "sharing/",
            "http://127.0.0.1:4000/sharing/",
            "*",
            "",
        ] {
            assert_eq!(asked(target), Err(Refused::Address), "{target}");
        }
        // Twice encoded, it is the name of a file that is not there.
        assert_eq!(asked("/sharing/%252e%252e/x"), Ok(Asked::Site("%2e%2e/x".to_string())));
    }

    #[test]
    fn only_this_machine_reads_and_nobody_writes() {
        let with = |method, host, origin| read(Head { method, target: "/", host, origin }, 4000, "/");
        assert!(with("HEAD", Some("LOCALHOST:4000"), Some("http://localhost:4000")).is_ok());
        assert!(with("GET", Some("[::1]:4000"), None).is_ok());
        assert_eq!(with("POST", Some("localhost:4000"), None), Err(Refused::Method));
        for host in [
            None,
            Some("localhost"),
            Some("localhost:4001"),
            Some("evil.example:4000"),
            Some("127.0.0.1.evil.example:4000"),
            Some(""),
        ] {
            assert_eq!(with("GET", host, None), Err(Refused::Host), "{host:?}");
        }
        for origin in ["https://localhost:4000", "http://evil.example", "null", "http://localhost:4001"] {
            assert_eq!(with("GET", Some("localhost:4000"), Some(origin)), Err(Refused::Origin), "{origin}");
        }
    }

    #[test]
    fn ranges_stay_within_the_file() {
        assert_eq!(range(Some("bytes=0-3"), 10), Range::Part(0, 4));
        assert_eq!(range(Some("bytes=4-"), 10), Range::Part(4, 10));
        assert_eq!(range(Some("bytes=-3"), 10), Range::Part(7, 10));
        assert_eq!(range(Some("bytes=8-99"), 10), Range::Part(8, 10));
        assert_eq!(range(Some("bytes=10-"), 10), Range::Beyond);
        assert_eq!(range(Some("bytes=-0"), 10), Range::Beyond);
        assert_eq!(range(Some("bytes=0-"), 0), Range::Beyond);
        for odd in [None, Some("bytes=3-1"), Some("bytes=0-1,3-4"), Some("lines=1-2"), Some("bytes=a-b")] {
            assert_eq!(range(odd, 10), Range::Whole, "{odd:?}");
        }
    }
}

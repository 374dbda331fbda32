//! Addresses: their hosts, where a redirect leads, and which of them lie in private networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address without the part that only browsers use.
pub(super) fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// The host of an address in small letters, without its port; none where it is no address on the web.
pub(super) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    // A name before `@` is for confusing people: no honest link has one.
    if authority.contains('@') {
        return None;
    }
    let host = match authority.strip_prefix('[') {
        Some(inner) => inner.split(']').next()?,
        None => authority.split(':').next()?,
    };
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_' | ':');
    (!host.is_empty() && host.chars().all(is_plain))
        .then(|| host.to_lowercase().trim_end_matches('.').to_string())
}

/// Where a redirect leads.
pub(super) fn join(base: &str, location: &str) -> Option<String> {
    let location = without_fragment(location.trim());
    if location.contains("://") {
        return host(location).map(|_| location.to_string());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(rest) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let authority = rest.split(['/', '?']).next()?;
    let origin = format!("{scheme}://{authority}");
    if location.starts_with('/') {
        return Some(format!("{origin}{location}"));
    }
    let path = rest[authority.len()..].split('?').next().unwrap_or("");
    if location.starts_with('?') {
        return Some(format!("{origin}{path}{location}"));
    }
    let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
    Some(format!("{origin}{folder}{location}"))
}

/// Whether a host's name says that it lies in a private network: `localhost`, `intranet`, `10.0.0.1`.
pub(super) fn is_private_host(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return is_private(address);
    }
    // `127.1`, `0x7f.1` and `2130706433` are addresses to some systems, and no names.
    let is_number = |part: &str| {
        !part.is_empty() && (part.bytes().all(|byte| byte.is_ascii_digit()) || part.starts_with("0x"))
    };
    let last = host.rsplit('.').next().unwrap_or("");
    let endings =
        ["localhost", "local", "internal", "lan", "home", "corp", "intranet", "test", "invalid", "arpa"];
    !host.contains('.') || is_number(last) || endings.contains(&last)
}

/// Whether an address is none of the open internet (IANA special-purpose registries).
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Addresses of version 4 in one of the coats that they may wear.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            address.is_loopback() || address.is_unspecified() || inner(high, low)
        }
        [0x2002, high, low, ..] => inner(high, low),
        // Only 2000::/3 is given out to the internet; of it, these are for documents and other uses.
        [first, second, ..] => {
            first & 0xe000 != 0x2000
                || (first, second) == (0x2001, 0x0db8)
                || (first == 0x2001 && second < 0x0200)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_any_coat() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
            "::7f00:1",
        ];
        for text in private {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
        for text in ["8.8.8.8", "2a00:1450:4009::1", "::ffff:8.8.8.8", "151.101.1.1"] {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
        for host in
            ["localhost", "intranet", "printer.local", "127.1", "2130706433", "0x7f.0.0.1", "10.0.0.1"]
        {
            assert!(is_private_host(host), "{host}");
        }
        for host in ["www.england.nhs.uk", "example.org", "8.8.8.8"] {
            assert!(!is_private_host(host), "{host}");
        }
    }

    #[test]
    fn hosts_and_redirects_are_read_as_browsers_read_them() {
        assert_eq!(host("https://WWW.Example.org:8443/a?b").as_deref(), Some("www.example.org"));
        assert_eq!(host("http://[::1]:80/").as_deref(), Some("::1"));
        assert_eq!(host("https://example.org\\@evil.test/").as_deref(), Some("example.org"));
        for odd in ["ftp://example.org", "https://a@b.org/", "https:///x", "mailto:a@b.org", "https://a b/"] {
            assert_eq!(host(odd), None, "{odd}");
        }
        let base = "https://a.org/x/y?z";
        for (location, wanted) in [
            ("/b", "https://a.org/b"),
            ("b#c", "https://a.org/x/b"),
            ("?q", "https://a.org/x/y?q"),
            ("//c.org/d", "https://c.org/d"),
            ("http://d.org", "http://d.org"),
        ] {
            assert_eq!(join(base, location).as_deref(), Some(wanted), "{location}");
        }
        assert_eq!(join(base, "file:///etc/passwd"), None);
    }
}

//! What a document of one file holds in itself: pictures as `data:` addresses, and a content security policy that allows
//! its own style and script and nothing else.

use sha2::{Digest, Sha256};

use crate::site::Asset;

/// Where the bytes of a site's files come from.
pub trait Files: Sync {
    /// A file as it stands.
    fn whole(&self, asset: &Asset) -> Option<Vec<u8>>;

    /// An image at the width of one of its variants, as WebP.
    fn narrower(&self, asset: &Asset, width: u32) -> Option<Vec<u8>>;
}

/// Bytes as the address of themselves.
pub(super) fn data_address(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", base64(bytes))
}

/// The type of a picture by the ending of its address; none where it is no picture that browsers show.
pub(super) fn picture_type(address: &str) -> Option<&'static str> {
    let ending = address.rsplit('.').next()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// The policy of a document with one style and at most one script.
pub(super) fn policy(style: &str, script: &str) -> String {
    let of = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())));
    let script = if script.is_empty() { "'none'".to_string() } else { of(script) };
    format!(
        "default-src 'none'; img-src data:; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'",
        of(style)
    )
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place > chunk.len() { '=' } else { char::from(sign) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_the_standard_does() {
        // RFC 4648, section 10.
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_policy_allows_one_style_and_one_script() {
        // The hash of nothing, as FIPS 180-4 has it.
        assert!(
            policy("", "").contains(
                "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src 'none'"
            )
        );
    }
}

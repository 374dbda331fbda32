//! A text into a QR code as SVG (ISO/IEC 18004): always dark on white with its quiet zone, in one path, so that it prints
//! crisply and is read from a dark screen too. In: the text and what the code is for. Out: an `<svg>` element.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use crate::text::push_escaped;

/// The light modules that a reader needs around the code (ISO/IEC 18004, 6.3.8).
const QUIET_ZONE: usize = 4;

/// Which modules are turned over so that no large areas are of one colour. Trying all eight to find the best takes nine
/// times as long, and every reader knows each; this one repeats least like text does.
const MASK: u8 = 7;

/// The code of a text as an element with the class `qr` and a title, a unit a module. None for a text that is empty or
/// longer than a code can hold at error correction M (2,331 bytes).
pub fn svg(text: &str, title: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let code = QrCode::encode_segments_advanced(
        &QrSegment::make_segments(text),
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        Some(Mask::new(MASK)),
        true,
    )
    .ok()?;
    let rows = code.size();
    let side = rows.unsigned_abs() as usize + 2 * QUIET_ZONE;
    let mut out = format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\" role=\"img\" shape-rendering=\"crispEdges\"><title>"
    );
    push_escaped(&mut out, title);
    out.push_str("</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path stroke=\"#000\" d=\"");
    let mut numbers = itoa::Buffer::new();
    let mut push = |command: &str, number: usize, then: &str| {
        out.push_str(command);
        out.push_str(numbers.format(number));
        out.push_str(then);
    };
    for row in 0..rows {
        // Dark runs of a row, each from where the one before ended.
        let mut light = QUIET_ZONE;
        let mut dark = 0;
        let mut begins = true;
        for column in 0..=rows {
            if code.get_module(column, row) {
                dark += 1;
                continue;
            }
            if dark > 0 {
                if begins {
                    push("M", light, " ");
                    push("", row.unsigned_abs() as usize + QUIET_ZONE, ".5");
                } else {
                    push("m", light, " 0");
                }
                push("h", dark, "");
                begins = false;
                (light, dark) = (0, 0);
            }
            light += 1;
        }
    }
    out.push_str("\"/></svg>");
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::svg;

    /// What a scanner reads from a code, drawn from its path at 5 pixels a module.
    fn scanned(svg: &str) -> String {
        const SCALE: usize = 5;
        let between = |from: &str, to: &str| svg.split_once(from).unwrap().1.split_once(to).unwrap().0;
        let side: usize = between("width=\"", "\"").parse().unwrap();
        let mut is_dark = vec![false; side * side];
        let (mut x, mut y) = (0, 0);
        let mut rest = between(" d=\"", "\"");
        while let Some(command) = rest.chars().next() {
            let end = rest[1..].find(['M', 'm', 'h']).map_or(rest.len(), |at| at + 1);
            let (first, second) = rest[1..end].split_once(' ').unwrap_or((&rest[1..end], ""));
            let first: usize = first.parse().unwrap();
            match command {
                'M' => (x, y) = (first, second.strip_suffix(".5").unwrap().parse().unwrap()),
                'm' => x += first,
                _ => {
                    is_dark[y * side + x..][..first].fill(true);
                    x += first;
                }
            }
            rest = &rest[end..];
        }
        let pixels = side * SCALE;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(pixels, pixels, |x, y| {
            if is_dark[(y / SCALE) * side + x / SCALE] { 0 } else { 255 }
        });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "{svg}");
        grids[0].decode().unwrap().1
    }

    #[test]
    fn an_address_is_scanned_back() {
        let address = "https://imaging-practice.example/case-studies/devon-home-reporting/";
        let code = svg(address, "Code of <this> page").unwrap();
        assert_eq!(scanned(&code), address);
        assert!(
            code.contains("<title>Code of &lt;this&gt; page</title>") && code.matches("<path").count() == 1
        );
    }

    #[test]
    fn what_no_code_can_hold_has_none() {
        assert_eq!(svg("", "Nothing"), None);
        assert_eq!(svg(&"é".repeat(1_166), "Too long"), None);
        assert!(svg(&"a".repeat(2_331), "Just short enough").is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_the_address_it_is_scanned_back(path in "[a-zA-Z0-9/%é?=&.-]{1,120}") {
            let address = format!("https://x.example/{path}");
            prop_assert_eq!(scanned(&svg(&address, "Code").unwrap()), address);
        }
    }
}

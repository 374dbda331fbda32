//! A text into a QR code as SVG (ISO/IEC 18004): always dark on white with its quiet zone, in one path, so that it prints
//! crisply and is read from a dark screen too. In: the text and what the code is for. Out: an `<svg>` element.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::text::push_escaped;

/// The light modules that a reader needs around the code (ISO/IEC 18004, 6.3.8).
const QUIET_ZONE: usize = 4;

/// The code of a text as an element with the class `qr` and a title, a unit a module. None for a text that is empty or
/// longer than a code can hold at error correction M (2,331 bytes).
pub fn svg(text: &str, title: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET_ZONE;
    let mut out = format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\" role=\"img\" shape-rendering=\"crispEdges\"><title>"
    );
    push_escaped(&mut out, title);
    let _ = write!(
        out,
        "</title><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\""
    );
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let from = column;
            while column < code.size && code[row][column].value() {
                column += 1;
            }
            if column > from {
                let length = column - from;
                let (x, y) = (from + QUIET_ZONE, row + QUIET_ZONE);
                let _ = write!(out, "M{x} {y}h{length}v1h-{length}z");
            }
            column += 1;
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
        for stroke in between(" d=\"", "\"").split_terminator('z') {
            let (place, length) = stroke[1..].split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let length: usize = length.split_once('v').unwrap().0.parse().unwrap();
            let from = y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap();
            is_dark[from..from + length].fill(true);
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

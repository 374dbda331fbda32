//! The old formats of Office and saved mails of Outlook (compound files): they are not taken apart. Their letters are
//! read, and their numbers where they stand as Excel writes them.

use super::Look;
use super::letters::runs;
use crate::disclosure::number::{Issuer, issuer};
use crate::disclosure::{Kind, NotRead};

/// The first bytes of every compound file.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl Look<'_> {
    pub(super) fn compound(&mut self, bytes: &[u8], outer: &str) {
        if holds(bytes, "EncryptedPackage") {
            return self.not_read(NotRead::Locked, outer);
        }
        self.rough(bytes, outer);
        if holds(bytes, "Workbook") || holds(bytes, "Book") {
            self.numbers(bytes, outer);
        }
        // Mails are saved so by Outlook of today too.
        self.add(Kind::RoughlyRead, false, outer);
        let text = runs(bytes);
        for line in text.lines().filter(|line| line.len() < 60) {
            if super::super::person::has_forename(line) {
                self.receiver.author(line, outer);
                break;
            }
        }
    }

    /// Numbers of ten digits in eight bytes each. No others look like them: half of their bits are zero.
    fn numbers(&mut self, bytes: &[u8], outer: &str) {
        for window in bytes.windows(8) {
            let [.., high, top] = window else { continue };
            if *top != 0x41 || !(0xc0..=0xff).contains(high) && !(0xe0..=0xff).contains(high) {
                continue;
            }
            let number = f64::from_le_bytes(window.try_into().unwrap_or_default());
            if number.fract() != 0.0 || !(1e9..1e10).contains(&number) {
                continue;
            }
            let digits: Vec<u8> = format!("{number:.0}").bytes().map(|digit| digit - b'0').collect();
            let kind = match digits.try_into().ok().and_then(issuer) {
                Some(Issuer::Nhs) => Kind::NhsNumber,
                Some(Issuer::Chi) => Kind::ChiNumber,
                Some(Issuer::HealthAndCare) => Kind::HealthAndCareNumber,
                Some(Issuer::Test) => Kind::TestNumber,
                Some(Issuer::Nobody) | None => continue,
            };
            self.add(kind, false, outer);
        }
    }
}

/// Whether a stream of this name is in a compound file: names are in pairs of bytes.
fn holds(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

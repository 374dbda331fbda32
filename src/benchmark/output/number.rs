//! Figures as text: for readers with commas between thousands, for files plain. Never an exponent, never `-0`.

/// For readers: `1,204.5`, `−3.06`.
pub fn for_readers(figure: f64, decimals: u8) -> String {
    let plain = plain(figure, decimals);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("−", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::from(sign);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// For files: `1204.5`, `-3.06`, with so many decimals.
pub fn plain(figure: f64, decimals: u8) -> String {
    let text = format!("{figure:.*}", usize::from(decimals));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    if is_zero { text.trim_start_matches('-').to_string() } else { text }
}

/// For files, without zeros at the end: at most so many decimals.
pub fn shortest(figure: f64, decimals: u8) -> String {
    let text = plain(figure, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_plain_decimals() {
        assert_eq!(for_readers(1_234_567.5, 1), "1,234,567.5");
        assert_eq!(for_readers(-3.06, 2), "−3.06");
        assert_eq!(for_readers(-0.001, 1), "0.0");
        assert_eq!(for_readers(100.0, 0), "100");
        assert_eq!(plain(1e14, 0), "100000000000000");
        assert_eq!(shortest(0.000_02, 5), "0.00002");
        assert_eq!(shortest(1460.0, 3), "1460");
    }
}

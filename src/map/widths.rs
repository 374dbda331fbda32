//! How wide words are in Arial, in thousandths of its size, so that room for them is known before a browser draws them.
//! Helvetica and the fonts that stand in for Arial elsewhere have the same widths.

/// From space to `~`.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width of a text of this size. What is not in the table counts as wide, so that no label comes out too long.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|character| match character {
            ' '..='~' => f64::from(ASCII[character as usize - 32]),
            '’' | '‘' => 222.0,
            'À'..='ſ' => 780.0,
            // One letter may be drawn as two or three, or wider than it is high.
            _ => 1_200.0,
        })
        .sum();
    // A little more, for fonts that are not quite the same.
    thousandths * size * 1.03 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_width_of_their_letters() {
        assert!((width("Leeds", 100.0) / 1.03 - (55.6 + 55.6 + 55.6 + 55.6 + 50.0)).abs() < 0.01);
        assert!((width("~ A", 10.0) / 1.03 - (5.84 + 2.78 + 6.67)).abs() < 0.01);
        assert!(width("Ynys Môn", 14.0) > width("Ynys Mon", 14.0));
    }
}

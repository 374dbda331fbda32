//! Which widths an image deserves.

/// A phone's column once; the same on a sharp screen, and the text column of a desktop once; the text column on a
/// sharp screen.
const WIDTHS: [u32; 3] = [480, 768, 1360];

/// The widths to make of an image `original` pixels wide, the widest first. None is wider than the original, and none
/// is so near the next that it would save nobody anything.
pub(super) fn widths(original: u32) -> Vec<u32> {
    let widest = original.min(WIDTHS[2]);
    let narrower = WIDTHS[..2].iter().rev().copied().filter(|width| *width <= widest / 5 * 4);
    std::iter::once(widest).chain(narrower).collect()
}

#[cfg(test)]
mod tests {
    use super::widths;

    #[test]
    fn no_width_is_above_the_original_or_beside_another() {
        assert_eq!(widths(4032), [1360, 768, 480]);
        assert_eq!(widths(1000), [1000, 768, 480]);
        assert_eq!(widths(800), [800, 480]);
        assert_eq!(widths(500), [500]);
        assert_eq!(widths(1), [1]);
    }
}

//! The author's colours kept readable: words in a colour that stands out from their ground.

use crate::pathway::model::Rgb;

/// What normal text needs.
const ENOUGH: f64 = 4.5;
const DARK: Rgb = Rgb([0x21, 0x2b, 0x32]);

/// The wished colour of words where it is readable on a ground, else dark or white, whichever is.
pub(super) fn readable(wish: Option<Rgb>, ground: Rgb) -> Rgb {
    if let Some(wish) = wish
        && wish.contrast(ground) >= ENOUGH
    {
        return wish;
    }
    if DARK.contrast(ground) >= ENOUGH {
        DARK
    } else if Rgb::WHITE.contrast(ground) >= Rgb::BLACK.contrast(ground) {
        Rgb::WHITE
    } else {
        Rgb::BLACK
    }
}

#[cfg(test)]
mod tests {
    use super::{Rgb, readable};

    #[test]
    fn words_are_readable_on_every_ground() {
        for grey in 0..=255 {
            for ground in [Rgb([grey; 3]), Rgb([grey, 128, 0]), Rgb([0, grey, 255])] {
                let words = readable(Some(Rgb([255, 0, 0])), ground);
                assert!(words.contrast(ground) >= 4.5, "{words:?} on {ground:?}");
            }
        }
    }
}

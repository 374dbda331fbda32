//! The author's colours kept readable: contrast after WCAG 2.2, and words in a colour that stands out from their ground.

use crate::pathway::model::Rgb;

/// What normal text needs.
const ENOUGH: f64 = 4.5;
const DARK: Rgb = Rgb([0x21, 0x2b, 0x32]);
const BLACK: Rgb = Rgb([0, 0, 0]);
const WHITE: Rgb = Rgb([255, 255, 255]);

pub(super) fn hex(colour: Rgb) -> String {
    let [red, green, blue] = colour.0;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The wished colour of words where it is readable on a ground, else dark or white, whichever is.
pub(super) fn readable(wish: Option<Rgb>, ground: Rgb) -> Rgb {
    if let Some(wish) = wish
        && contrast(wish, ground) >= ENOUGH
    {
        return wish;
    }
    if contrast(DARK, ground) >= ENOUGH {
        DARK
    } else if contrast(WHITE, ground) >= contrast(BLACK, ground) {
        WHITE
    } else {
        BLACK
    }
}

/// The contrast of two colours, 1 to 21.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.0.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::{Rgb, contrast, readable};

    #[test]
    fn words_are_readable_on_every_ground() {
        for grey in 0..=255 {
            for ground in [Rgb([grey; 3]), Rgb([grey, 128, 0]), Rgb([0, grey, 255])] {
                let words = readable(Some(Rgb([255, 0, 0])), ground);
                assert!(contrast(words, ground) >= 4.5, "{words:?} on {ground:?}");
            }
        }
    }
}

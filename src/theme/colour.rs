//! Colours as a site writes them, and the nearest that can be read where one cannot.

pub(super) use crate::text::Rgb;

/// How many steps lead from a colour to black or white when a readable one is looked for.
const STEPS: u32 = 64;

impl Rgb {
    /// From `#rrggbb`, as fields hold colours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.is_ascii() {
            return None;
        }
        let part = |index: usize| u8::from_str_radix(&digits[index..index + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The way from this colour to another, this colour first.
    fn towards(self, goal: Self) -> impl Iterator<Item = Self> {
        (0..=STEPS).map(move |step| {
            let mut mixed = [0; 3];
            for (index, channel) in mixed.iter_mut().enumerate() {
                let (from, to) = (u32::from(self.0[index]), u32::from(goal.0[index]));
                // A mix of two bytes is a byte.
                *channel = u8::try_from((from * (STEPS - step) + to * step) / STEPS).unwrap_or(u8::MAX);
            }
            Self(mixed)
        })
    }

    /// The nearest colour on the way to black or to white that has at least the contrast that each of `others` asks
    /// for; none where neither way leads to one.
    pub(super) fn readable(self, others: &[(Self, f64)]) -> Option<Self> {
        let serves = |colour: &Self| others.iter().all(|(other, least)| colour.contrast(*other) >= *least);
        let darker = self.towards(Rgb::BLACK).enumerate().find(|(_, colour)| serves(colour));
        let lighter = self.towards(Rgb::WHITE).enumerate().find(|(_, colour)| serves(colour));
        [darker, lighter].into_iter().flatten().min_by_key(|(steps, _)| *steps).map(|(_, colour)| colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Rgb {
        Rgb::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        // The design's own figures: link blue on the ground and on white.
        assert!((colour("#005eb8").contrast(colour("#f0f4f5")) - 5.8).abs() < 0.05);
        assert!((colour("#005eb8").contrast(Rgb::WHITE) - 6.4).abs() < 0.05);
        assert!((colour("#777777").contrast(Rgb::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn the_nearest_readable_colour_keeps_its_hue() {
        let ground = colour("#f0f4f5");
        let pale = colour("#88aaff");
        let found = pale.readable(&[(ground, 4.5)]).unwrap();
        assert!(found.contrast(ground) >= 4.5 && found.contrast(ground) < 5.0, "{found}");
        assert_eq!(colour("#005eb8").readable(&[(ground, 4.5)]), Some(colour("#005eb8")));
        assert_eq!(pale.readable(&[(Rgb::WHITE, 7.0), (Rgb::BLACK, 7.0)]), None);
    }
}

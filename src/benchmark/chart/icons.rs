//! The icons of Making Data Count: a ring with a letter or a curve, and beside it what it means in words.

use super::scene::{At, Scene};
use crate::benchmark::statistics::{Assurance, Variation};

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    /// What the latest point says.
    Variation(Variation),
    /// What the limits say of the target.
    Assurance(Assurance),
}

/// From the middle of the ring to its edge.
pub(super) const RADIUS: f64 = 15.0;

impl Icon {
    /// What it means.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Variation(variation) => variation.words(),
            Self::Assurance(assurance) => assurance.words(),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Variation(Variation::ImprovementHigh | Variation::ImprovementLow)
            | Self::Assurance(Assurance::Pass) => "good",
            Self::Variation(Variation::ConcernHigh | Variation::ConcernLow)
            | Self::Assurance(Assurance::Fail) => "bad",
            Self::Variation(Variation::NeitherHigh | Variation::NeitherLow) => "other",
            Self::Variation(Variation::CommonCause) | Self::Assurance(Assurance::HitOrMiss) => "usual",
        }
    }

    /// Draws it around a point.
    pub(super) fn draw(self, scene: &mut Scene, (x, y): (f64, f64)) {
        let (class, at_x, at_y, radius) = (self.class(), At(x), At(y), At(RADIUS - 1.5));
        scene.draw(format_args!(
            "<g class=\"icon {class}\"><circle cx=\"{at_x}\" cy=\"{at_y}\" r=\"{radius}\"/>"
        ));
        let letter = match self {
            Self::Variation(variation) => variation.letter(),
            Self::Assurance(assurance) => Some(assurance.letter()),
        };
        match letter {
            None => {
                // Up and down around a mean, and nothing more.
                let left = At(x - 9.0);
                scene.draw(format_args!("<path d=\"M{left} {at_y}l3.5 -4l4 7l4 -7l4 6l3 -4\"/>"));
            }
            Some(letter) => {
                let baseline = At(y + 5.8);
                scene.draw(format_args!("<text x=\"{at_x}\" y=\"{baseline}\">{letter}</text>"));
            }
        }
        scene.body.push_str("</g>");
    }
}

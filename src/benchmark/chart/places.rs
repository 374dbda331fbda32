//! Places for words around a point, and the thin line that leads to those that do not stand beside it.

use super::letters::LINE;
use super::scene::{Anchor, Candidate, Rect, Scene, Spot};

/// Places for words around a point, the nearest first.
pub(super) fn around((x, y): Spot, lines: usize, more: f64) -> Vec<Candidate> {
    let half = LINE * lines as f64 / 2.0;
    let mut candidates = Vec::with_capacity(60);
    for (number, away) in [9.0, 16.0, 26.0, 40.0, 58.0, 80.0].into_iter().enumerate() {
        let (away, cost) = (away + more, number as f64 * 1.4);
        for (dx, dy, anchor, own) in [
            (away, 0.0, Anchor::Start, 0.0),
            (-away, 0.0, Anchor::End, 0.1),
            (0.0, -away - half + 2.0, Anchor::Middle, 0.3),
            (0.0, away + half - 2.0, Anchor::Middle, 0.4),
            (away, -away - half, Anchor::Start, 0.5),
            (away, away + half, Anchor::Start, 0.5),
            (-away, -away - half, Anchor::End, 0.6),
            (-away, away + half, Anchor::End, 0.6),
            (4.0, -away - half, Anchor::End, 0.7),
            (-4.0, -away - half, Anchor::Start, 0.7),
            (4.0, away + half, Anchor::End, 0.8),
            (-4.0, away + half, Anchor::Start, 0.8),
        ] {
            candidates.push(Candidate { x: x + dx, middle: y + dy, anchor, cost: cost + own });
        }
    }
    candidates
}

/// A thin line from a point to words that do not stand beside it.
pub(super) fn leader(scene: &mut Scene, (x, y): Spot, rect: Rect, gap: f64) {
    let (to_x, to_y) = (x.clamp(rect.left, rect.right), y.clamp(rect.top + 4.0, rect.bottom - 4.0));
    let (dx, dy) = (to_x - x, to_y - y);
    let length = dx.hypot(dy);
    if length > gap + 10.0 {
        let from = (x + dx / length * gap, y + dy / length * gap);
        scene.line("when", from, (to_x, to_y));
        scene.avoid(from, (to_x, to_y), 5.0);
    }
}

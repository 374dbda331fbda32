//! Mends for words that found no free place: another way for their own line, or for those that are in their way.

use super::super::Rect;
use super::super::shape::Side;
use super::Router;

/// What a line may cost more so that its words can be read, in tenths of a px.
const WORTH: u32 = 900;
/// How many words are looked after.
const MOST_MENDED: usize = 40;

impl Router<'_> {
    /// Looks after all words that have no place.
    pub(super) fn amend(&mut self, order: &[usize]) {
        let lost: Vec<usize> = order.iter().copied().filter(|&edge| self.is_lost(edge)).collect();
        for edge in lost.into_iter().take(MOST_MENDED) {
            if self.is_hurried() {
                return;
            }
            if self.is_lost(edge) && !self.go_another_way(edge) {
                self.clear_the_way(edge);
            }
        }
    }

    fn is_lost(&self, edge: usize) -> bool {
        self.scene.sizes.edges[edge].w > 0
            && !self.shares[edge]
            && self.labels[edge].is_none()
            && self.routed[edge].is_some()
    }

    /// Leaves or arrives by another side, where that gives the words a place.
    fn go_another_way(&mut self, edge: usize) -> bool {
        let Some(before) = self.routed[edge].clone() else { return false };
        let (leaving, arriving) = (before.from.side, before.to.side);
        let ways: [(Option<Side>, Option<Side>); 3] =
            [(Some(leaving), None), (None, Some(arriving)), (Some(leaving), Some(arriving))];
        let mut best = None;
        for (leaving, arriving) in ways {
            self.lift(edge);
            let Some(cost) = self.route_avoiding(edge, leaving, arriving) else { continue };
            let cheaper = best.as_ref().is_none_or(|(least, _)| cost < *least);
            if cheaper && cost <= before.cost + WORTH && self.labels[edge].is_some() {
                best = self.routed[edge].clone().map(|routed| (cost, routed));
            }
        }
        self.lift(edge);
        let found = best.is_some();
        self.put(edge, best.map_or(before, |(_, routed)| routed));
        found
    }

    /// Asks the lines that are in the way of an edge's words to go round them.
    fn clear_the_way(&mut self, edge: usize) {
        let Some(routed) = self.routed[edge].clone() else { return };
        let size = &self.scene.sizes.edges[edge];
        let Some(rect) = self.words.wish(edge, &self.corners(&routed), (size.w, size.h)) else { return };
        self.grid.letter(rect, edge, true);
        let in_the_way: Vec<usize> = (0..self.routed.len())
            .filter(|&other| other != edge)
            .filter(|&other| {
                self.routed[other].as_ref().is_some_and(|routed| self.passes(&routed.points, rect))
            })
            .collect();
        for other in in_the_way {
            let Some(before) = self.routed[other].clone() else { continue };
            let had_words = self.labels[other].is_some();
            self.lift(other);
            self.route(other);
            if self.routed[other].is_none() || (had_words && self.labels[other].is_none()) {
                self.lift(other);
                self.put(other, before);
            }
        }
        self.grid.letter(rect, edge, false);
        self.lift(edge);
        self.put(edge, routed);
    }

    fn passes(&self, points: &[usize], rect: Rect) -> bool {
        let near = rect.grown(4);
        points.iter().any(|&point| {
            let (x, y) = self.grid.place(point);
            near.x < x && x < near.right() && near.y < y && y < near.bottom()
        })
    }
}

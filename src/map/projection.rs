//! Latitude and longitude on paper: the transverse Mercator projection about 2° west, of a sphere, in kilometres of the
//! National Grid. On a map of England it differs from the grid by a kilometre or two.

use super::{Area, TEXT, outline};

const EARTH: f64 = 6_371.0;

/// Where the grid's origin lies from the meridian and the equator, fitted at London and Carlisle.
const FALSE_EAST: f64 = 400.0;
const FALSE_NORTH: f64 = -5_547.5;

/// Kilometres east and north on the National Grid.
pub(super) fn project(latitude: f64, longitude: f64) -> (f64, f64) {
    let (latitude, from_meridian) = (latitude.to_radians(), (longitude + 2.0).to_radians());
    let east = (latitude.cos() * from_meridian.sin()).atanh();
    let north = latitude.tan().atan2(from_meridian.cos());
    (east.mul_add(EARTH, FALSE_EAST), north.mul_add(EARTH, FALSE_NORTH))
}

/// Whether a place can stand on a map of England: in it, or so near that the outline's long edges may have cut it off.
pub fn is_in_reach(latitude: f64, longitude: f64) -> bool {
    let point = project(latitude, longitude);
    outline::is_land(point) || outline::edges().any(|(from, to)| distance(point, from, to) < 15.0)
}

/// From a point to an edge.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (east, north) = (to.0 - from.0, to.1 - from.1);
    let along = ((point.0 - from.0) * east + (point.1 - from.1) * north) / (east * east + north * north);
    let along = along.clamp(0.0, 1.0);
    (point.0 - east.mul_add(along, from.0)).hypot(point.1 - north.mul_add(along, from.1))
}

/// What part of the country a drawing shows, and how large.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The kilometres of the upper left corner.
    west: f64,
    north: f64,
    /// Units of the drawing for a kilometre.
    scale: f64,
    height: f64,
}

impl Frame {
    /// The frame of a drawing this wide.
    pub(super) fn new(points: &[(f64, f64)], area: Area, width: f64) -> Self {
        if area == Area::England || points.is_empty() {
            return Self::of_england(width);
        }
        let low =
            points.iter().fold((f64::MAX, f64::MAX), |low, each| (low.0.min(each.0), low.1.min(each.1)));
        let high =
            points.iter().fold((f64::MIN, f64::MIN), |high, each| (high.0.max(each.0), high.1.max(each.1)));
        let (wide, tall) = (high.0 - low.0, high.1 - low.1);
        // Beside and above the outermost stops there is room for a name.
        let (beside, above) = (width * 0.22, 4.0 * TEXT);
        // Nearer than this the coast would be nowhere to be seen.
        let nearest = width / if wide.max(tall) < 1.0 { 220.0 } else { 100.0 };
        let scale = ((width - 2.0 * beside) / wide.max(1.0))
            .min((width * 1.2 - 2.0 * above) / tall.max(1.0))
            .min(nearest)
            .max(Self::of_england(width).scale);
        let height = tall.mul_add(scale, 2.0 * above).clamp(width * 0.75, width * 1.3).round();
        let west = f64::midpoint(low.0, high.0) - width / scale / 2.0;
        let north = f64::midpoint(low.1, high.1) + height / scale / 2.0;
        Self { west, north, scale, height }
    }

    fn of_england(width: f64) -> Self {
        let margin = 6.0;
        let ((west, south), (east, north)) = outline::corners();
        let scale = (width - 2.0 * margin) / (east - west);
        let height = (north - south).mul_add(scale, 2.0 * margin).round();
        Self { west: west - margin / scale, north: north + margin / scale, scale, height }
    }

    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// Units of the drawing for a kilometre.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// A point of the grid in the drawing.
    pub(super) fn on_paper(&self, (east, north): (f64, f64)) -> (f64, f64) {
        ((east - self.west) * self.scale, (self.north - north) * self.scale)
    }

    /// A point of the drawing on the grid.
    pub(super) fn on_land(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x / self.scale + self.west, self.north - y / self.scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_places_lie_where_the_national_grid_has_them() {
        let places = [
            ("Charing Cross", (51.5074, -0.1278), (530.0, 180.0)),
            ("Land's End", (50.0657, -5.7132), (134.2, 25.0)),
            ("Berwick-upon-Tweed", (55.7702, -2.0054), (400.0, 653.0)),
            ("Great Yarmouth", (52.6083, 1.7305), (652.8, 307.5)),
            ("Carlisle", (54.8925, -2.9329), (340.0, 555.8)),
        ];
        for (name, (latitude, longitude), grid) in places {
            let point = project(latitude, longitude);
            let off = (point.0 - grid.0).hypot(point.1 - grid.1);
            assert!(off < 3.0, "{name} at {point:?} is {off} km from {grid:?}");
        }
    }

    #[test]
    fn places_far_from_england_are_out_of_reach() {
        assert!(is_in_reach(51.5, -0.1) && is_in_reach(55.8, -2.0) && is_in_reach(50.0, -5.2));
        for (latitude, longitude) in
            [(51.5, 5.1), (40.7, -74.0), (57.1, -2.1), (54.6, -5.9), (-51.5, -0.1), (90.0, 180.0)]
        {
            assert!(!is_in_reach(latitude, longitude), "{latitude} {longitude}");
        }
    }

    #[test]
    fn every_point_of_the_frame_is_found_again() {
        let frame = Frame::new(&[(400.0, 300.0), (450.0, 320.0)], Area::Around, 366.0);
        let point = frame.on_land(frame.on_paper((410.0, 305.0)));
        assert!((point.0 - 410.0).abs() < 1e-6 && (point.1 - 305.0).abs() < 1e-6, "{point:?}");
    }
}

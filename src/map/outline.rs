//! England as a route diagram would draw it: its coast and its borders with Wales and Scotland in horizontals, verticals
//! and diagonals. Drawn by us from the positions of capes, estuaries and border towns.

use std::fmt::Write as _;

use super::{Edge, Rect};

/// Kilometres between two lines of the grid that the outline is drawn on.
const STEP: i32 = 5;

/// The mainland, clockwise from Berwick: east and north on the grid. A line of the table is a stretch of the coast.
#[rustfmt::skip]
const MAINLAND: &[(i32, i32)] = &[
    // The east coast to the Tees and to Flamborough Head.
    (80, 131), (84, 127), (84, 123), (85, 122), (85, 118), (87, 116), (87, 112), (91, 108), (91, 106), (92, 105),
    (95, 105), (105, 95), (105, 94), (104, 93), (104, 90),
    // Spurn Head, the Humber, Lincolnshire and the Wash.
    (108, 86), (108, 83), (106, 85), (96, 85), (95, 84), (103, 84), (111, 76), (111, 72), (108, 69), (108, 67),
    (110, 65), (112, 65), (113, 66), (113, 68), (114, 69),
    // Norfolk, Suffolk and Essex.
    (125, 69), (131, 63), (131, 58), (130, 57), (130, 52), (125, 47), (125, 44), (124, 43), (121, 43), (120, 42),
    (118, 42), (119, 41), (121, 41), (121, 40), (118, 37),
    // The Thames, and Kent to Dungeness.
    (114, 37), (113, 36), (109, 36), (108, 35), (119, 35), (120, 34), (128, 34), (128, 32), (127, 31), (127, 29),
    (121, 23), (119, 23),
    // Beachy Head, Selsey Bill, Southampton Water and Poole.
    (116, 20), (113, 20), (112, 19), (111, 19), (110, 20), (99, 20), (98, 19), (97, 19), (96, 20), (91, 20), (89, 22),
    (88, 22), (88, 21), (89, 20), (87, 18), (81, 18), (81, 16), (80, 15),
    // Portland, Start Point, Plymouth Sound and the Lizard.
    (75, 15), (74, 14), (70, 18), (62, 18), (59, 15), (59, 11), (57, 9), (57, 8), (56, 7), (54, 7), (51, 10), (42, 10),
    (38, 6), (36, 6), (35, 5), (35, 3), (34, 2), (33, 3), (33, 4), (31, 6), (30, 6), (29, 5),
    // Land's End, Hartland Point, Exmoor and the Severn.
    (27, 5), (27, 7), (28, 8), (31, 8), (36, 13), (36, 14), (40, 18), (41, 18), (44, 21), (44, 26), (49, 26), (49, 29),
    (50, 30), (59, 30), (60, 29), (65, 29), (66, 30), (66, 32), (74, 40), (74, 41), (73, 41), (71, 39),
    // The border with Wales, from the Wye to the Dee.
    (71, 42), (65, 48), (65, 49), (66, 50), (66, 54), (64, 56), (64, 57), (66, 59), (66, 62), (64, 64), (64, 66),
    (66, 68), (70, 68), (70, 69), (67, 72), (67, 75),
    // Wirral, the Mersey, the Ribble, Morecambe Bay and St Bees Head.
    (64, 78), (65, 79), (66, 79), (66, 78), (67, 77), (70, 77), (70, 78), (68, 78), (67, 79), (67, 80), (66, 81),
    (66, 82), (69, 85), (70, 85), (70, 86), (67, 86), (66, 87), (66, 89), (69, 92), (69, 95), (68, 96), (67, 96),
    (64, 93), (63, 94), (63, 96), (59, 100), (59, 103),
    // The Solway, and the border with Scotland over the Cheviots to the Tweed.
    (60, 104), (60, 107), (62, 109), (62, 111), (64, 113), (66, 113), (75, 122), (76, 122), (77, 123), (77, 126),
    (76, 127),
];

/// The Isle of Wight, from the Needles.
const WIGHT: &[(i32, i32)] = &[(86, 16), (88, 18), (91, 18), (92, 17), (92, 16), (91, 15), (87, 15)];

/// Width and height of the small map that says where a larger one lies.
pub(super) const LOCATOR: (f64, f64) = (53.0, 65.0);

/// South-west and north-east corners, in kilometres of the National Grid.
pub(super) fn corners() -> ((f64, f64), (f64, f64)) {
    ((135.0, 10.0), (655.0, 655.0))
}

/// The outline as a path, in steps of the grid with north upwards: an SVG turns it over with its `transform`.
pub(super) fn path() -> String {
    let mut path = String::with_capacity(1_000);
    for ring in [MAINLAND, WIGHT] {
        let mut last = ring[0];
        let _ = write!(path, "M{} {}", last.0, last.1);
        for point in &ring[1..] {
            let (east, north) = (point.0 - last.0, point.1 - last.1);
            let _ = match (east, north) {
                (_, 0) => write!(path, "h{east}"),
                (0, _) => write!(path, "v{north}"),
                // A minus parts two numbers as well as a space does.
                (_, 1..) => write!(path, "l{east} {north}"),
                _ => write!(path, "l{east}{north}"),
            };
            last = *point;
        }
        path.push('z');
    }
    path
}

/// Kilometres between two whole numbers of [`path`].
pub(super) fn step() -> f64 {
    f64::from(STEP)
}

/// The edges of the outline, in kilometres.
pub(super) fn edges() -> impl Iterator<Item = Edge> {
    let km = |(east, north): (i32, i32)| (f64::from(east * STEP), f64::from(north * STEP));
    [MAINLAND, WIGHT].into_iter().flat_map(move |ring| {
        ring.iter().zip(ring.iter().cycle().skip(1)).map(move |(from, to)| (km(*from), km(*to)))
    })
}

/// Whether a point, in kilometres, lies in England.
pub(super) fn is_land((east, north): (f64, f64)) -> bool {
    let crossed = edges().filter(|(from, to)| {
        (from.1 > north) != (to.1 > north)
            && east < (to.0 - from.0) * (north - from.1) / (to.1 - from.1) + from.0
    });
    crossed.count() % 2 == 1
}

/// Whether an edge passes through a rectangle; both in the same units. Exact for edges of 0°, 45° and 90°.
pub(super) fn crosses(rect: &Rect, from: (f64, f64), to: (f64, f64)) -> bool {
    // The part of the edge that lies within both pairs of sides (Liang and Barsky).
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (start, delta, low, high) in
        [(from.0, to.0 - from.0, rect.left, rect.right), (from.1, to.1 - from.1, rect.top, rect.bottom)]
    {
        if delta.abs() < 1e-9 {
            if start < low || start > high {
                return false;
            }
        } else {
            let (one, two) = ((low - start) / delta, (high - start) / delta);
            enters = enters.max(one.min(two));
            leaves = leaves.min(one.max(two));
        }
    }
    enters < leaves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::projection::project;

    #[test]
    fn every_edge_is_horizontal_vertical_or_diagonal() {
        for (from, to) in edges() {
            let (east, north) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
            let is_straight = east == 0.0 || north == 0.0 || (east - north).abs() < 1e-9;
            assert!(is_straight && east + north > 0.0, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn no_corner_is_flat_and_no_edge_crosses_another() {
        let edges: Vec<_> = edges().collect();
        for (index, (from, to)) in edges.iter().enumerate() {
            for (a, b) in &edges[index + 1..] {
                if from == a || from == b || to == a || to == b {
                    let turn = (to.0 - from.0) * (b.1 - a.1) - (to.1 - from.1) * (b.0 - a.0);
                    assert!(turn != 0.0, "flat at {a:?}");
                    continue;
                }
                let side = |p: &(f64, f64), q: &(f64, f64), r: &(f64, f64)| {
                    ((q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)).signum()
                };
                let apart =
                    side(from, to, a) * side(from, to, b) > 0.0 || side(a, b, from) * side(a, b, to) > 0.0;
                let same_line = side(from, to, a) == 0.0 && side(from, to, b) == 0.0;
                assert!(apart || same_line, "{from:?} {to:?} meets {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn the_corners_are_the_outermost_points() {
        let ((west, south), (east, north)) = corners();
        let all: Vec<(f64, f64)> = edges().map(|(from, _)| from).collect();
        let least = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).fold(f64::MAX, f64::min);
        let most = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).fold(f64::MIN, f64::max);
        assert_eq!((least(|p| p.0), least(|p| p.1)), (west, south));
        assert_eq!((most(|p| p.0), most(|p| p.1)), (east, north));
    }

    #[test]
    fn english_towns_lie_on_land_and_others_do_not() {
        for (town, latitude, longitude) in [
            ("London", 51.51, -0.13),
            ("Newcastle", 54.97, -1.61),
            ("Carlisle", 54.89, -2.93),
            ("Truro", 50.26, -5.05),
            ("Norwich", 52.63, 1.30),
            ("Canterbury", 51.28, 1.08),
            ("Hereford", 52.06, -2.72),
            ("Hull", 53.76, -0.34),
            ("Liverpool", 53.41, -2.90),
            ("the middle of the Isle of Wight", 50.67, -1.30),
            ("Shrewsbury", 52.71, -2.75),
            ("Alnwick", 55.41, -1.71),
            ("Exeter", 50.72, -3.53),
            ("Lincoln", 53.23, -0.54),
        ] {
            assert!(is_land(project(latitude, longitude)), "{town}");
        }
        for (town, latitude, longitude) in [
            ("Cardiff", 51.48, -3.18),
            ("Swansea", 51.62, -3.94),
            ("Aberystwyth", 52.41, -4.08),
            ("Edinburgh", 55.95, -3.19),
            ("Dumfries", 55.07, -3.61),
            ("Wrexham", 53.05, -3.0),
            ("the Wash", 52.95, 0.35),
            ("the Channel", 50.2, -1.0),
        ] {
            assert!(!is_land(project(latitude, longitude)), "{town}");
        }
    }

    #[test]
    fn a_path_has_only_moves_of_the_eight_directions() {
        let path = path();
        assert!(path.starts_with("M80 131l4-4v-4l1-1") && path.ends_with('z'), "{path}");
        assert!(path.len() < 1_100, "{}", path.len());
    }

    #[test]
    fn an_edge_crosses_a_rectangle_or_passes_it() {
        let rect = Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(crosses(&rect, (0.0, 15.0), (30.0, 15.0)));
        assert!(crosses(&rect, (5.0, 5.0), (25.0, 25.0)));
        assert!(crosses(&rect, (12.0, 12.0), (14.0, 12.0)));
        assert!(!crosses(&rect, (0.0, 15.0), (9.0, 15.0)));
        assert!(!crosses(&rect, (0.0, 12.0), (12.0, 0.0)));
    }
}

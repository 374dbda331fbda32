//! Room for every stop: each stands where its place lies, or as near to it as the stops before it allow.

/// The space between two stops.
const GAP: f64 = 3.0;

/// How many half stops away from its place a stop is still looked for.
const FAR: i16 = 10;

/// How many of them it goes to stand on land.
const NOT_FAR: f64 = 5.0;

/// A stop with the places that it stands for.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) x: f64,
    pub(super) y: f64,
    radius: f64,
    pub(super) places: Vec<usize>,
}

/// Stops for circles of these middles and radii, none of which meet, on land as long as there is any not much further
/// away. A place for which there is no room near it shares the nearest stop.
pub(super) fn spread(
    wanted: &[(f64, f64, f64)],
    width: f64,
    height: f64,
    is_land: &dyn Fn(f64, f64) -> bool,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let around = around();
    for (place, (x, y, radius)) in wanted.iter().copied().enumerate() {
        let inside = |value: f64, most: f64| value.clamp(radius + 2.0, most - radius - 2.0).round();
        let is_free = |x: f64, y: f64, groups: &[Group]| {
            groups.iter().all(|other| (other.x - x).hypot(other.y - y) >= other.radius + radius + GAP)
        };
        let step = radius + GAP / 2.0;
        let mut free = around
            .iter()
            .map(|(east, south)| (east.mul_add(step, x), south.mul_add(step, y)))
            .map(|(x, y)| (inside(x, width), inside(y, height)))
            .filter(|(x, y)| is_free(*x, *y, &groups));
        let nearest = free.next();
        let ashore = nearest
            .into_iter()
            .chain(free)
            .take_while(|(to_x, to_y)| (to_x - x).hypot(to_y - y) < NOT_FAR * step)
            .find(|(x, y)| is_land(*x, *y));
        if let Some((x, y)) = ashore.or(nearest) {
            groups.push(Group { x, y, radius, places: vec![place] });
            continue;
        }
        let apart = |group: &Group| (group.x - x).hypot(group.y - y);
        if let Some(nearest) = groups.iter_mut().min_by(|a, b| apart(a).total_cmp(&apart(b))) {
            nearest.places.push(place);
        }
    }
    groups
}

/// Steps away from a point, the nearest first, sideways before up and down.
fn around() -> Vec<(f64, f64)> {
    let line = -FAR..=FAR;
    let mut steps: Vec<(i16, i16)> =
        line.clone().flat_map(|south| line.clone().map(move |east| (east, south))).collect();
    steps.sort_by_key(|(east, south)| (east * east + south * south, south.abs(), *south, *east));
    steps.into_iter().map(|(east, south)| (f64::from(east), f64::from(south))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_stands_where_it_lies_and_the_next_beside_it() {
        let groups =
            spread(&[(50.0, 50.0, 9.0), (50.0, 50.0, 9.0), (50.0, 50.0, 9.0)], 100.0, 100.0, &|_, _| true);
        assert_eq!((groups[0].x, groups[0].y), (50.0, 50.0));
        for (index, group) in groups.iter().enumerate() {
            assert_eq!(group.places, [index]);
            assert!((group.x - 50.0).hypot(group.y - 50.0) < 30.0, "{group:?}");
        }
    }

    #[test]
    fn beside_the_sea_the_second_stop_stands_on_land() {
        let groups = spread(&[(50.0, 50.0, 9.0), (50.0, 50.0, 9.0)], 100.0, 100.0, &|x, _| x < 55.0);
        assert!(groups[1].x < 55.0, "{groups:?}");
    }

    #[test]
    fn where_there_is_no_room_a_stop_is_shared_and_no_place_is_lost() {
        let groups = spread(&vec![(20.0, 20.0, 12.0); 40], 60.0, 60.0, &|_, _| true);
        let mut places: Vec<usize> = groups.iter().flat_map(|group| group.places.clone()).collect();
        places.sort_unstable();
        assert!(groups.len() > 1 && groups.len() < 40, "{}", groups.len());
        assert_eq!(places, (0..40).collect::<Vec<_>>());
    }
}

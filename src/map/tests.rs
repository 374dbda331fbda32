//! What must hold for every drawing: nothing overlaps, nothing leaves the paper, no place is lost.

use proptest::prelude::*;

use super::*;

fn place(latitude: f64, longitude: f64, label: &str) -> Place<'_> {
    Place { latitude, longitude, label, mark: Mark::Open }
}

#[track_caller]
fn assert_readable(drawing: &Drawing, count: usize) {
    let mut seen: Vec<usize> = drawing.stops.iter().flat_map(|stop| stop.places.clone()).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..count).collect::<Vec<_>>());
    for (index, stop) in drawing.stops.iter().enumerate() {
        assert!(stop.extent().is_within(drawing.width, drawing.height), "{stop:?}");
        for other in &drawing.stops[index + 1..] {
            let apart = (stop.x - other.x).hypot(stop.y - other.y);
            assert!(apart >= stop.radius + other.radius, "{stop:?} {other:?}");
        }
        let Some(label) = &stop.label else { continue };
        assert!(label.extent.is_within(drawing.width, drawing.height), "{label:?}");
        assert!(drawing.locator.is_none_or(|locator| !locator.meets(&label.extent, 0.0)), "{label:?}");
        for (other_index, other) in drawing.stops.iter().enumerate() {
            assert!(other_index == index || !other.extent().meets(&label.extent, 0.0), "{label:?} {other:?}");
            if let Some(theirs) = &other.label {
                assert!(
                    other_index == index || !theirs.extent.meets(&label.extent, 0.0),
                    "{label:?} {theirs:?}"
                );
            }
        }
    }
}

#[test]
fn places_far_apart_have_their_names_beside_them() {
    let places =
        [place(54.97, -1.61, "Newcastle"), place(50.72, -3.53, "Exeter"), place(52.63, 1.30, "Norwich")];
    let drawing = draw(&places, Area::England, 576);
    assert_readable(&drawing, 3);
    assert!(!drawing.has_numbers());
    let svg = drawing.svg("wide", "Three \"towns\"", "key");
    assert!(
        svg.contains(">Newcastle</tspan>") && svg.contains("aria-label=\"Three &quot;towns&quot;\""),
        "{svg}"
    );
    assert!(!svg.contains("style="), "{svg}");
}

#[test]
fn a_crowd_has_numbers_and_says_its_names_to_the_mouse() {
    let names: Vec<String> = (1..=40).map(|number| format!("North London Partnership {number}")).collect();
    let places: Vec<Place<'_>> = names.iter().map(|name| place(51.5, -0.1, name)).collect();
    let drawing = draw(&places, Area::England, 328);
    assert_readable(&drawing, 40);
    let svg = drawing.svg("", "A crowd", "key");
    assert!(drawing.has_numbers() && svg.contains("<title>North London Partnership 7</title>"), "{svg}");
    assert!(svg.contains(">40</text>"), "{svg}");
}

#[test]
fn five_hundred_places_at_one_point_are_all_accounted_for() {
    let places: Vec<Place<'_>> = (0..500).map(|_| place(51.5, -0.1, "Somewhere")).collect();
    let drawing = draw(&places, Area::Around, 328);
    assert_readable(&drawing, 500);
    assert!(drawing.svg("", "A crowd", "key").contains("+</text>"));
}

#[test]
fn a_shared_stop_claims_no_more_than_each_of_its_places() {
    let mut places: Vec<Place<'_>> = (0..500).map(|_| place(51.5, -0.1, "Somewhere")).collect();
    for (number, place) in places.iter_mut().enumerate() {
        place.mark = if number % 2 == 0 { Mark::Filled } else { Mark::Plain };
    }
    let drawing = draw(&places, Area::England, 328);
    for stop in &drawing.stops {
        assert!(stop.mark == Mark::Plain || stop.places.iter().all(|place| place % 2 == 0), "{stop:?}");
    }
}

#[test]
fn names_are_escaped() {
    let svg = draw(&[place(51.5, -0.1, "<b> & co")], Area::Around, 328).svg("", "x", "y");
    assert!(svg.contains("&lt;b&gt; &amp; co") && !svg.contains("<b>"), "{svg}");
}

#[test]
fn nothing_to_draw_is_england_alone() {
    let drawing = draw(&[], Area::Around, 328);
    assert_readable(&drawing, 0);
    assert!(drawing.height > 328.0);
}

fn some_places() -> impl Strategy<Value = Vec<(f64, f64, String, u8)>> {
    let one = (49.9..55.9_f64, -6.0..1.9_f64, "[A-Z][a-z]{2,12}( (and|of) [A-Z][a-z]{2,10}){0,2}", 0..3_u8);
    prop_oneof![
        proptest::collection::vec(one.clone(), 1..30),
        // Within a few kilometres, as in a city; and at the very same points.
        proptest::collection::vec(one.clone(), 1..30).prop_map(|places| {
            places
                .into_iter()
                .map(|(lat, long, name, mark)| (51.5 + lat / 50.0, long / 20.0, name, mark))
                .collect()
        }),
        proptest::collection::vec(one, 1..90).prop_map(|places| {
            places
                .into_iter()
                .map(|(lat, long, name, mark)| (lat.round(), long.round(), name, mark))
                .collect()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_drawing_can_be_read(places in some_places(), around in any::<bool>(), wide in any::<bool>()) {
        let marks = [Mark::Plain, Mark::Open, Mark::Filled];
        let places: Vec<Place<'_>> = places
            .iter()
            .map(|(latitude, longitude, label, mark)| Place {
                latitude: *latitude,
                longitude: *longitude,
                label,
                mark: marks[usize::from(*mark)],
            })
            .collect();
        let area = if around { Area::Around } else { Area::England };
        let width = if wide { 576 } else { 328 };
        let drawing = draw(&places, area, width);
        assert_readable(&drawing, places.len());
        let again = draw(&places, area, width);
        prop_assert_eq!(drawing.svg("a", "b", "c"), again.svg("a", "b", "c"));
    }
}

//! Schematic maps: places in England as stops, with their names or numbers, on an outline of horizontals, verticals and
//! diagonals. Comes in: places with latitude and longitude. Goes out: SVG of classes and no styles, so that the page's
//! style sheet colours it. Knows nothing of a site.

mod labels;
mod outline;
mod projection;
mod spread;
mod svg;

pub use projection::is_in_reach;

use labels::{Label, label_all};
use projection::Frame;
use spread::spread;

/// East and north in kilometres, or right and down in units of a drawing.
type Point = (f64, f64);

/// A straight line between two points.
type Edge = (Point, Point);

/// The size of text, in the drawing's own units.
const TEXT: f64 = 14.0;

/// The radius of a stop whose name stands beside it.
const NAMED: f64 = 9.0;

/// The radius of a stop with a number of up to two digits in it, and of one with more.
const NUMBERED: (f64, f64) = (12.0, 17.0);

/// Above this many stops nobody finds a name, and looking for room would take long.
const MOST_NAMES: usize = 60;

/// What a stop looks like: told apart by its shape, not by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// A thin ring.
    Plain,
    /// A strong ring.
    Open,
    /// A disc.
    Filled,
}

/// Something at a place.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east; most of England lies west of Greenwich and has a minus.
    pub longitude: f64,
    /// Its name, as short as it can be.
    pub label: &'a str,
    /// How its stop is drawn.
    pub mark: Mark,
}

/// How much a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The whole country.
    England,
    /// The country around the places, with a small map that says where that is.
    Around,
}

/// A drawing, placed and labelled. Its numbers are those of the places, from 1.
#[derive(Debug)]
pub struct Drawing {
    width: f64,
    height: f64,
    frame: Frame,
    stops: Vec<Stop>,
    locator: Option<Rect>,
}

/// One stop; more than one place only where hundreds leave no room.
#[derive(Debug)]
struct Stop {
    x: f64,
    y: f64,
    radius: f64,
    mark: Mark,
    places: Vec<usize>,
    /// The names of its places.
    name: String,
    /// The name beside it; its number stands in it otherwise.
    label: Option<Label>,
}

/// A rectangle that something takes up.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    /// Whether two come nearer than this; lines of text may follow each other more closely than words.
    fn meets(&self, other: &Self, gap: f64) -> bool {
        self.left < other.right + gap
            && other.left < self.right + gap
            && self.top < other.bottom + gap.min(3.0)
            && other.top < self.bottom + gap.min(3.0)
    }

    fn is_within(&self, width: f64, height: f64) -> bool {
        self.left >= 2.0 && self.top >= 2.0 && self.right <= width - 2.0 && self.bottom <= height - 2.0
    }
}

impl Stop {
    fn extent(&self) -> Rect {
        let r = self.radius;
        Rect { left: self.x - r, top: self.y - r, right: self.x + r, bottom: self.y + r }
    }
}

/// Draws the places on a map of this many units across. Names stand beside the stops where there is room for nearly
/// all; otherwise every stop has its number in it, since readers would have to look for each in two ways.
///
/// The same places give the same drawing, whatever is beside them on the page.
pub fn draw(places: &[Place<'_>], area: Area, width: u16) -> Drawing {
    let width = f64::from(width);
    let points: Vec<(f64, f64)> =
        places.iter().map(|place| projection::project(place.latitude, place.longitude)).collect();
    let frame = Frame::new(&points, area, width);
    let mut named = vec![places.len() <= MOST_NAMES; places.len()];
    loop {
        let mut drawing = place_all(places, &points, &named, frame, area, width);
        if !named.contains(&true) {
            return drawing;
        }
        label_all(&mut drawing, &named);
        let unnamed: Vec<usize> = drawing
            .stops
            .iter()
            .filter(|stop| stop.label.is_none())
            .flat_map(|stop| stop.places.iter().copied())
            .collect();
        if unnamed.iter().all(|place| !named[*place]) {
            return drawing;
        }
        // A stop with a number in it takes more room, so all is placed again; each round names fewer.
        let most_numbered = places.len() / 4;
        for place in unnamed.iter().copied() {
            named[place] = false;
        }
        if unnamed.len() > most_numbered {
            named.fill(false);
        }
    }
}

fn place_all(
    places: &[Place<'_>],
    points: &[(f64, f64)],
    named: &[bool],
    frame: Frame,
    area: Area,
    width: f64,
) -> Drawing {
    let numbered = if places.len() < 100 { NUMBERED.0 } else { NUMBERED.1 };
    let wanted: Vec<(f64, f64, f64)> = points
        .iter()
        .zip(named)
        .map(|(point, named)| {
            let (x, y) = frame.on_paper(*point);
            (x, y, if *named { NAMED } else { numbered })
        })
        .collect();
    let mut stops: Vec<Stop> = Vec::new();
    let is_land = |x, y| outline::is_land(frame.on_land((x, y)));
    for group in spread(&wanted, width, frame.height(), &is_land) {
        let first = group.places[0];
        let labels: Vec<&str> = group.places.iter().map(|place| places[*place].label).collect();
        stops.push(Stop {
            x: group.x,
            y: group.y,
            radius: wanted[first].2,
            // A shared stop claims no more than all of its places do.
            mark: group.places.iter().map(|place| places[*place].mark).min().unwrap_or(Mark::Plain),
            name: labels.join(", "),
            places: group.places,
            label: None,
        });
    }
    let mut drawing = Drawing { width, height: frame.height(), frame, stops, locator: None };
    if area == Area::Around {
        drawing.locator = locator(&drawing);
    }
    drawing
}

/// Where the small map has room: the first corner without a stop, those over the sea first.
fn locator(drawing: &Drawing) -> Option<Rect> {
    let (wide, high) = outline::LOCATOR;
    let (right, bottom) = (drawing.width - wide - 8.0, drawing.height - high - 8.0);
    let mut corners: Vec<Rect> = [(8.0, 8.0), (right, 8.0), (8.0, bottom), (right, bottom)]
        .into_iter()
        .map(|(left, top)| Rect { left, top, right: left + wide, bottom: top + high })
        .filter(|corner| drawing.stops.iter().all(|stop| !corner.meets(&stop.extent(), 24.0)))
        .collect();
    let land = |corner: &Rect| {
        let middle = (f64::midpoint(corner.left, corner.right), f64::midpoint(corner.top, corner.bottom));
        outline::is_land(drawing.frame.on_land(middle))
    };
    corners.sort_by_key(land);
    corners.first().copied()
}

#[cfg(test)]
mod tests;

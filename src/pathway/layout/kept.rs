//! Layouts kept from one run to the next: those of the run before come in as the bytes of one file, and those that this
//! run used go out as such. A layout is found by a hash of all of its flowchart that can move anything; bytes that are
//! damaged, or that another version made, count as none.

mod bytes;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Layout, Options, layout};
use crate::pathway::model::{Edge, End, Flowchart, Group, Label, Node, Style};
use bytes::{Reader, Writer};

/// What made a layout: `build.rs` hashes the code of drawings, so that no change to it can be forgotten here.
const MAKER: &str =
    concat!("netsite layouts ", env!("CARGO_PKG_VERSION"), " ", env!("NETSITE_PATHWAYS"), "\n");
/// The most bytes that are kept; layouts beyond are made anew by each run.
pub const MAX_KEPT_BYTES: usize = 100_000_000;
const HASH: usize = 32;

type Key = [u8; HASH];

/// The layouts of one site.
#[derive(Debug, Default)]
pub struct Layouts {
    /// What the run before kept.
    bytes: Vec<u8>,
    /// Where each of its layouts stands, by key.
    before: Vec<(Key, Range<usize>, AtomicBool)>,
    /// Those that this run made.
    made: Mutex<BTreeMap<Key, Box<[u8]>>>,
    /// Whether the bytes that came in were no layouts of this version.
    unreadable: bool,
    keeps_nothing: bool,
}

impl Layouts {
    /// Layouts of which none is kept.
    pub fn none() -> &'static Self {
        static NONE: Layouts = Layouts {
            bytes: Vec::new(),
            before: Vec::new(),
            made: Mutex::new(BTreeMap::new()),
            unreadable: false,
            keeps_nothing: true,
        };
        &NONE
    }

    /// The layouts that [`Layouts::to_bytes`] gave to an earlier run; none where anything is wrong with them.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match places(&bytes) {
            Some(places) => {
                let before = places.into_iter().map(|(key, place)| (key, place, AtomicBool::new(false)));
                Self { before: before.collect(), bytes, ..Self::default() }
            }
            None => Self { unreadable: !bytes.is_empty(), ..Self::default() },
        }
    }

    /// What the next run can take up: the layouts that were asked for. None where that is what came in.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let all_used = self.before.iter().all(|(.., used)| used.load(Ordering::Relaxed));
        if made.is_empty() && all_used && !self.unreadable {
            return None;
        }
        let used = self.before.iter().filter(|(.., used)| used.load(Ordering::Relaxed));
        let mut kept: BTreeMap<&Key, &[u8]> =
            used.map(|(key, place, _)| (key, &self.bytes[place.clone()])).collect();
        kept.extend(made.iter().map(|(key, layout)| (key, &**layout)));
        let mut out = MAKER.as_bytes().to_vec();
        for (key, layout) in kept {
            if out.len() + 2 * HASH + layout.len() > MAX_KEPT_BYTES {
                break;
            }
            out.extend(key);
            out.extend((layout.len() as u32).to_le_bytes());
            out.extend(layout);
        }
        let hash = blake3::hash(&out);
        out.extend(hash.as_bytes());
        Some(out)
    }

    /// What [`layout`] gives: from what was kept, or made and kept.
    pub fn layout(&self, chart: &Flowchart, options: Options) -> Layout {
        if self.keeps_nothing {
            return layout(chart, options);
        }
        let key = key(chart, options);
        if let Ok(found) = self.before.binary_search_by(|(known, ..)| known.cmp(&key)) {
            let (_, place, used) = &self.before[found];
            if let Some(layout) = Layout::from_bytes(&self.bytes[place.clone()], chart) {
                used.store(true, Ordering::Relaxed);
                return layout;
            }
        }
        let layout = layout(chart, options);
        if let Entry::Vacant(place) = self.made.lock().unwrap_or_else(PoisonError::into_inner).entry(key) {
            place.insert(layout.to_bytes());
        }
        layout
    }
}

/// Where the layouts stand in kept bytes, by key; none where the bytes are not whole.
fn places(bytes: &[u8]) -> Option<Vec<(Key, Range<usize>)>> {
    let (content, hash) = bytes.split_last_chunk::<HASH>()?;
    let mut rest = content.strip_prefix(MAKER.as_bytes())?;
    if blake3::hash(content).as_bytes() != hash {
        return None;
    }
    let mut places: Vec<(Key, Range<usize>)> = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk::<HASH>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let start = content.len() - after.len();
        let (layout, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        // Layouts are found by bisection.
        if places.last().is_some_and(|(last, _)| last >= key) {
            return None;
        }
        places.push((*key, start..start + layout.len()));
        rest = after;
    }
    Some(places)
}

/// A hash of what a layout can depend on: all but where things are written, what is only said, and where links lead.
fn key(chart: &Flowchart, options: Options) -> Key {
    let Options { arrangement } = options;
    let Flowchart { direction, title: _, description: _, nodes, edges, groups } = chart;
    let mut out = Writer::default();
    out.byte(arrangement as u8);
    out.byte(*direction as u8);
    out.count(nodes.len());
    for Node { id, label, shape, group, style, link: _, span: _ } in nodes {
        out.text(id);
        put_label(&mut out, label);
        out.byte(*shape as u8);
        out.index(*group);
        put_style(&mut out, style);
    }
    out.count(edges.len());
    for Edge { from, to, label, line, tail, head, length, style, span: _ } in edges {
        for end in [from, to] {
            match end {
                End::Node(node) => out.count(2 * node),
                End::Group(group) => out.count(2 * group + 1),
            }
        }
        put_label(&mut out, label);
        out.byte(*line as u8);
        out.byte(*tail as u8);
        out.byte(*head as u8);
        out.count(*length as usize);
        put_style(&mut out, style);
    }
    out.count(groups.len());
    for Group { id, label, parent, direction, style, span: _ } in groups {
        out.text(id);
        put_label(&mut out, label);
        out.index(*parent);
        out.byte(direction.map_or(0, |direction| direction as u8 + 1));
        put_style(&mut out, style);
    }
    *blake3::hash(&out.bytes).as_bytes()
}

fn put_label(out: &mut Writer, label: &Label) {
    let Label { lines } = label;
    out.count(lines.len());
    for line in lines {
        out.runs(line);
    }
}

fn put_style(out: &mut Writer, style: &Style) {
    let Style { fill, stroke, color, stroke_width, dashed, bold, classes } = style;
    for colour in [fill, stroke, color] {
        out.byte(u8::from(colour.is_some()));
        out.bytes.extend(colour.iter().flat_map(|colour| colour.0));
    }
    out.byte(u8::from(stroke_width.is_some()));
    out.bytes.extend(stroke_width.iter().flat_map(|width| width.to_bits().to_le_bytes()));
    out.byte(u8::from(*dashed));
    out.byte(u8::from(*bold));
    out.count(classes.len());
    for class in classes {
        out.text(class);
    }
}

impl Layout {
    /// As bytes, without the flowchart that they belong to.
    fn to_bytes(&self) -> Box<[u8]> {
        let mut out = Writer::default();
        out.layout(self);
        out.bytes.into_boxed_slice()
    }

    /// From bytes, where they are a layout of this flowchart.
    fn from_bytes(bytes: &[u8], chart: &Flowchart) -> Option<Self> {
        let mut reader = Reader { rest: bytes };
        let layout = reader.layout()?;
        let frames_fit =
            layout.frames.iter().all(|frame| frame.group.is_none_or(|group| group < chart.groups.len()));
        let fits =
            layout.nodes.len() == chart.nodes.len() && layout.edges.len() == chart.edges.len() && frames_fit;
        (fits && reader.rest.is_empty()).then_some(layout)
    }
}

#[cfg(test)]
mod tests;

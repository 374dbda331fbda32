//! Layers: each group is laid out on its own, inner ones first, and stands in the group around it as one large step;
//! its frame and title are drawn around it. In: the flowchart and sizes. Out: rectangles of nodes and frames.

mod level;
mod room;

use super::place::Placed;
use super::size::{Size, Sizes, plain};
use super::{Frame, Rect, WordBox, is_across, up};
use crate::pathway::measure::BOLD_WORDS;
use crate::pathway::model::{Direction, End, Flowchart};
use level::{LevelEdge, place_level};

/// What stands on a level: a node, or a group as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Node(usize),
    Group(usize),
}

/// A group with its inside settled.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) w: i32,
    pub(super) h: i32,
    /// What it holds, with the middle of each, from its upper left corner.
    items: Vec<(usize, (i32, i32))>,
    groups: Vec<(usize, (i32, i32))>,
    title: Size,
}

impl Block {
    /// A block that holds nothing but another.
    pub(super) fn only(group: usize, inner: &Block) -> Block {
        let groups = vec![(group, (inner.w / 2, inner.h / 2))];
        Block { w: inner.w, h: inner.h, groups, ..Block::default() }
    }
}

/// Between the sides of a frame's room and what is in it.
const PADDING: i32 = 30;

/// Which items stand directly in each group, and which edges join them there; the last of each is the top.
pub(super) struct Levels {
    pub(super) items: Vec<Vec<Item>>,
    /// Edge, item at its beginning, item at its end.
    pub(super) edges: Vec<Vec<(usize, usize, usize)>>,
}

/// The place of each node and group among the items of its level.
struct Positions {
    node: Vec<usize>,
    group: Vec<usize>,
}

pub(super) fn levels(chart: &Flowchart) -> Levels {
    let top = chart.groups.len();
    let mut items: Vec<Vec<Item>> = vec![Vec::new(); top + 1];
    let mut position = Positions { node: vec![0; chart.nodes.len()], group: vec![0; top] };
    for (index, node) in chart.nodes.iter().enumerate() {
        let level = node.group.unwrap_or(top);
        position.node[index] = items[level].len();
        items[level].push(Item::Node(index));
    }
    for (index, group) in chart.groups.iter().enumerate() {
        let level = group.parent.unwrap_or(top);
        position.group[index] = items[level].len();
        items[level].push(Item::Group(index));
    }
    let mut edges: Vec<Vec<(usize, usize, usize)>> = vec![Vec::new(); top + 1];
    for (index, edge) in chart.edges.iter().enumerate() {
        let (from, to) = (path(chart, edge.from), path(chart, edge.to));
        let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
        let place = |item: Item| match item {
            Item::Node(node) => position.node[node],
            Item::Group(group) => position.group[group],
        };
        let level = match same.checked_sub(1).map(|last| from[last]) {
            None => top,
            Some(Item::Group(group)) => group,
            // A self-loop: nothing to place.
            Some(Item::Node(_)) => continue,
        };
        if let (Some(&one), Some(&other)) = (from.get(same), to.get(same)) {
            edges[level].push((index, place(one), place(other)));
        }
    }
    Levels { items, edges }
}

/// An end with the groups around it, outermost first.
fn path(chart: &Flowchart, end: End) -> Vec<Item> {
    let (first, mut around) = match end {
        End::Node(node) => (Item::Node(node), chart.nodes[node].group),
        End::Group(group) => (Item::Group(group), chart.groups[group].parent),
    };
    let mut path = vec![first];
    while let Some(group) = around {
        path.push(Item::Group(group));
        around = chart.groups[group].parent;
    }
    path.reverse();
    path
}

/// Lays out the whole chart in layers.
pub(super) fn place_all(chart: &Flowchart, sizes: &Sizes) -> Placed {
    let levels = levels(chart);
    let mut blocks = vec![Block::default(); chart.groups.len() + 1];
    for group in (0..chart.groups.len()).rev() {
        blocks[group] = block(chart, sizes, &levels, &blocks, Some(group));
    }
    let top = block(chart, sizes, &levels, &blocks, None);
    let mut placed = Placed { nodes: vec![Rect::default(); chart.nodes.len()], frames: Vec::new() };
    unfold(sizes, &blocks, &top, (0, 0), &mut placed);
    placed
}

/// Lays out one group from the blocks of those inside it.
pub(super) fn block(
    chart: &Flowchart,
    sizes: &Sizes,
    levels: &Levels,
    blocks: &[Block],
    group: Option<usize>,
) -> Block {
    let level = group.unwrap_or(chart.groups.len());
    let direction = direction_of(chart, group);
    let across = is_across(direction);
    let turn = |(w, h): (i32, i32)| if across { (h, w) } else { (w, h) };
    let items: Vec<(i32, i32)> = levels.items[level]
        .iter()
        .map(|&item| match item {
            Item::Node(node) => turn((sizes.nodes[node].w, sizes.nodes[node].h)),
            Item::Group(inner) => turn((blocks[inner].w, blocks[inner].h)),
        })
        .collect();
    let edges: Vec<LevelEdge> = levels.edges[level]
        .iter()
        .map(|&(edge, from, to)| LevelEdge {
            from,
            to,
            least: i32::try_from(chart.edges[edge].length.clamp(1, 8)).unwrap_or(1),
            label: (sizes.edges[edge].w, sizes.edges[edge].h),
        })
        .collect();
    let settled = place_level(&items, &edges, across, group.is_some());
    let title = group.map_or_else(Size::default, |group| {
        let room = if across { settled.main } else { settled.cross };
        plain(&chart.groups[group].label, (room + 20).max(180), BOLD_WORDS)
    });
    let (inner_w, inner_h) = turn((settled.cross, settled.main));
    let (left, over, w, h) = if group.is_some() {
        let over = up(title.h + PADDING + 10);
        let w = twice(inner_w.max(title.w - 20).max(40) + 2 * PADDING);
        (up((w - inner_w) / 2), over, w, twice(over + inner_h.max(20) + PADDING))
    } else {
        (0, 0, inner_w, inner_h)
    };
    let mut made = Block { w, h, title, ..Block::default() };
    for (&item, &(cross, main)) in levels.items[level].iter().zip(&settled.middles) {
        let (x, y) = match direction {
            Direction::Down => (cross, main),
            Direction::Up => (cross, settled.main - main),
            Direction::Right => (main, cross),
            Direction::Left => (settled.main - main, cross),
        };
        let at = (left + x, over + y);
        match item {
            Item::Node(node) => made.items.push((node, at)),
            Item::Group(inner) => made.groups.push((inner, at)),
        }
    }
    made
}

/// The direction of a group: its own, or that of the nearest one around it that has one.
pub(super) fn direction_of(chart: &Flowchart, group: Option<usize>) -> Direction {
    let mut at = group;
    while let Some(group) = at {
        if let Some(own) = chart.groups[group].direction {
            return own;
        }
        at = chart.groups[group].parent;
    }
    chart.direction
}

/// The next multiple of 20, so that the middle of a block lies on the grid as well as its edges.
fn twice(value: i32) -> i32 {
    up(up(value) / 2) * 2
}

/// Gives all that a block holds its place in the drawing.
pub(super) fn unfold(sizes: &Sizes, blocks: &[Block], top: &Block, origin: (i32, i32), placed: &mut Placed) {
    let mut open: Vec<(&Block, (i32, i32))> = vec![(top, origin)];
    let first = placed.frames.len();
    while let Some((block, (x, y))) = open.pop() {
        for &(node, at) in &block.items {
            placed.nodes[node] = around((x + at.0, y + at.1), &sizes.nodes[node]);
        }
        for &(group, at) in &block.groups {
            let inner = &blocks[group];
            let corner = (x + at.0 - inner.w / 2, y + at.1 - inner.h / 2);
            placed.frames.push(frame(group, inner, corner));
            open.push((inner, corner));
        }
    }
    placed.frames[first..].sort_by_key(|frame| frame.group);
}

pub(super) fn around(middle: (i32, i32), size: &Size) -> Rect {
    Rect { x: middle.0 - size.w / 2, y: middle.1 - size.h / 2, w: size.w, h: size.h }
}

/// The frame of a block: half a track inside its room, so that no line runs along it.
fn frame(group: usize, block: &Block, corner: (i32, i32)) -> Frame {
    let rect = Rect { x: corner.0 + 5, y: corner.1 + 5, w: block.w - 10, h: block.h - 10 };
    let title = Rect { x: rect.x + 12, y: rect.y + 8, w: block.title.w, h: block.title.h };
    Frame {
        group: Some(group),
        lane: false,
        rect,
        title: WordBox { rect: title, lines: block.title.lines.clone() },
    }
}

//! Lanes: a column for each group at the top (a row where the chart runs from side to side), and the steps on common
//! rows. In: the flowchart and sizes. Out: rectangles of nodes, lanes and the frames inside lanes.

mod columns;

use super::cycles::turned;
use super::layered::{Block, Item, Levels, around, block, levels, unfold};
use super::place::Placed;
use super::ranks::{Forward, ranks};
use super::size::{Size, Sizes, plain};
use super::{Frame, Rect, WordBox, is_across, up};
use crate::pathway::measure::BOLD_WORDS;
use crate::pathway::model::{Direction, End, Flowchart, Shape};
use columns::{Grid, Member, settle};

/// The width that a drawing of columns should keep to, and the height of one of rows.
const WIDEST: i32 = 1040;
const HIGHEST: i32 = 900;
/// A box is widened to its column's width up to here.
const WIDEST_BOX: i32 = 206;

/// An edge between members of lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) edge: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) turned: bool,
    /// An outcome that leaves its decision sideways, to a step on the same row.
    pub(super) sideways: bool,
}

pub(super) fn place(chart: &Flowchart, sizes: &Sizes) -> Placed {
    let levels = levels(chart);
    let mut blocks = vec![Block::default(); chart.groups.len() + 1];
    for group in (0..chart.groups.len()).rev() {
        if chart.groups[group].parent.is_some() {
            blocks[group] = block(chart, sizes, &levels, &blocks, Some(group));
        }
    }
    let lanes = lanes_of(chart, &levels);
    let across = is_across(chart.direction);
    let turn = |w: i32, h: i32| if across { (h, w) } else { (w, h) };
    let mut members: Vec<Member> = Vec::new();
    let mut node_member = vec![usize::MAX; chart.nodes.len()];
    let mut group_member = vec![usize::MAX; chart.groups.len()];
    for (lane, group) in lanes.iter().enumerate() {
        for &item in &levels.items[group.unwrap_or(chart.groups.len())] {
            let (w, h) = match item {
                Item::Node(node) => {
                    node_member[node] = members.len();
                    turn(sizes.nodes[node].w, sizes.nodes[node].h)
                }
                Item::Group(inner) if chart.groups[inner].parent.is_some() => {
                    group_member[inner] = members.len();
                    turn(blocks[inner].w, blocks[inner].h)
                }
                Item::Group(_) => continue,
            };
            members.push(Member { item, lane, w, h, rank: 0, row: 0, column: 0 });
        }
    }
    let mut links = links(chart, &node_member, &group_member);
    set_ranks(chart, &mut members, &mut links);
    let grid = settle(&mut members, &links, lanes.len(), if across { HIGHEST } else { WIDEST });
    lay(chart, sizes, &Drawn { lanes, members, links, grid, blocks, across })
}

/// The lanes in order; the steps without a group have one of their own, first where the chart begins there.
fn lanes_of(chart: &Flowchart, levels: &Levels) -> Vec<Option<usize>> {
    let mut lanes: Vec<Option<usize>> =
        (0..chart.groups.len()).filter(|&group| chart.groups[group].parent.is_none()).map(Some).collect();
    let loose = levels.items[chart.groups.len()].iter().any(|item| matches!(item, Item::Node(_)));
    if loose {
        let first = chart.nodes.first().is_some_and(|node| node.group.is_none());
        lanes.insert(if first { 0 } else { lanes.len() }, None);
    }
    lanes
}

fn links(chart: &Flowchart, node_member: &[usize], group_member: &[usize]) -> Vec<Link> {
    // The member that an end belongs to: itself, or the group around it that stands directly in a lane.
    let member = |end: End| {
        let mut group = match end {
            End::Node(node) if node_member[node] != usize::MAX => return Some(node_member[node]),
            End::Node(node) => chart.nodes[node].group,
            End::Group(group) => Some(group),
        };
        while let Some(at) = group {
            if group_member[at] != usize::MAX {
                return Some(group_member[at]);
            }
            group = chart.groups[at].parent;
        }
        None
    };
    let mut links: Vec<Link> = Vec::new();
    for (edge, written) in chart.edges.iter().enumerate() {
        if let (Some(from), Some(to)) = (member(written.from), member(written.to))
            && from != to
        {
            links.push(Link { edge, from, to, turned: false, sideways: false });
        }
    }
    links
}

fn set_ranks(chart: &Flowchart, members: &mut [Member], links: &mut [Link]) {
    let pairs: Vec<(usize, usize)> = links.iter().map(|link| (link.from, link.to)).collect();
    for (link, turned) in links.iter_mut().zip(turned(members.len(), &pairs)) {
        link.turned = turned;
        if turned {
            std::mem::swap(&mut link.from, &mut link.to);
        }
    }
    choose_sideways(chart, members, links);
    let forward: Vec<Forward> = links
        .iter()
        .map(|link| {
            let same = members[link.from].lane == members[link.to].lane;
            let least = i32::try_from(chart.edges[link.edge].length.clamp(1, 8)).unwrap_or(1);
            let least = if link.sideways {
                0
            } else if same {
                least
            } else {
                least - 1
            };
            Forward { from: link.from, to: link.to, least, weight: if same { 2 } else { 3 } }
        })
        .collect();
    for (rank, member) in ranks(members.len(), &forward).into_iter().zip(members) {
        member.rank = rank;
    }
}

/// One outcome of each decision leaves sideways: to an end, or to a step whose way goes on in another lane.
fn choose_sideways(chart: &Flowchart, members: &[Member], links: &mut [Link]) {
    let mut entering = vec![0; members.len()];
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (index, link) in links.iter().enumerate() {
        entering[link.to] += 1;
        leaving[link.from].push(index);
    }
    for decision in 0..members.len() {
        let Item::Node(node) = members[decision].item else { continue };
        if !chart.nodes[node].shape.is_decision() || leaving[decision].len() < 2 {
            continue;
        }
        let lane = members[decision].lane;
        if leaving[decision].iter().any(|&out| members[links[out].to].lane != lane) {
            continue;
        }
        let suits = |&out: &usize| {
            let to = links[out].to;
            let onward = leaving[to].iter().all(|&next| members[links[next].to].lane != lane);
            (entering[to] == 1 && onward && !links[out].turned).then_some((!leaving[to].is_empty(), out))
        };
        if let Some((_, out)) = leaving[decision].iter().filter_map(suits).min() {
            links[out].sideways = true;
        }
    }
}

/// What is drawn, before it has places.
struct Drawn {
    lanes: Vec<Option<usize>>,
    members: Vec<Member>,
    links: Vec<Link>,
    grid: Grid,
    blocks: Vec<Block>,
    across: bool,
}

/// Gives everything its place.
fn lay(chart: &Flowchart, sizes: &Sizes, drawn: &Drawn) -> Placed {
    let rows = row_middles(sizes, drawn);
    let columns = column_middles(chart, sizes, drawn);
    let across = drawn.across;
    let titles: Vec<Size> = drawn
        .lanes
        .iter()
        .zip(&columns.bounds)
        .map(|(group, bounds)| {
            let room = if across { 130 } else { (bounds.1 - bounds.0 - 40).max(60) };
            group.map_or_else(Size::default, |group| plain(&chart.groups[group].label, room, BOLD_WORDS))
        })
        .collect();
    let band = titles.iter().map(|title| if across { title.w } else { title.h }).max().unwrap_or(0);
    let band = if band == 0 { 0 } else { up(band + 12) + 5 };
    let end = up(rows.end) + 5;
    let mirrored = matches!(chart.direction, Direction::Up | Direction::Left);
    let mut placed = Placed { nodes: vec![Rect::default(); chart.nodes.len()], frames: Vec::new() };
    for ((group, &(from, to)), title) in drawn.lanes.iter().zip(&columns.bounds).zip(titles) {
        let (rect, band_rect) = if across {
            (
                Rect { x: 5 - up(band), y: from, w: end + up(band) - 5, h: to - from },
                Rect { x: 5 - up(band), y: from, w: up(band), h: to - from },
            )
        } else {
            (
                Rect { x: from, y: 5 - up(band), w: to - from, h: end + up(band) - 5 },
                Rect { x: from, y: 5 - up(band), w: to - from, h: up(band) },
            )
        };
        placed.frames.push(Frame {
            group: *group,
            lane: true,
            rect,
            title: WordBox { rect: band_rect, lines: title.lines },
        });
    }
    for member in &drawn.members {
        let main = rows.middles[member.row];
        let main = if mirrored { up(rows.end) + 10 - main } else { main };
        let cross = columns.middles[drawn.grid.first[member.lane] + member.column];
        let middle = if across { (main, cross) } else { (cross, main) };
        match member.item {
            Item::Node(node) => {
                let mut size = sizes.nodes[node].clone();
                let width = columns.widths[drawn.grid.first[member.lane] + member.column];
                if !across && widens(chart.nodes[node].shape) && width <= WIDEST_BOX {
                    size.w = size.w.max(width);
                }
                placed.nodes[node] = around(middle, &size);
            }
            Item::Group(inner) => {
                let corner = (middle.0 - drawn.blocks[inner].w / 2, middle.1 - drawn.blocks[inner].h / 2);
                let single = Block::only(inner, &drawn.blocks[inner]);
                unfold(sizes, &drawn.blocks, &single, corner, &mut placed);
            }
        }
    }
    placed
}

/// Whether a shape may be as wide as its column.
fn widens(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Rectangle
            | Shape::Rounded
            | Shape::Stadium
            | Shape::Subprocess
            | Shape::Diamond
            | Shape::Hexagon
            | Shape::LinedRectangle
            | Shape::Card
            | Shape::Document
    )
}

struct Rows {
    middles: Vec<i32>,
    end: i32,
}

fn row_middles(sizes: &Sizes, drawn: &Drawn) -> Rows {
    let count = drawn.grid.rows.max(1);
    let mut half = vec![10; count];
    for member in &drawn.members {
        half[member.row] = half[member.row].max(member.h / 2 + 1);
    }
    let mut tracks = vec![0; count + 1];
    let mut words = vec![0; count + 1];
    for link in &drawn.links {
        let (from, to) = (drawn.members[link.from].row, drawn.members[link.to].row);
        let (from, to) = (from.min(to), from.max(to));
        tracks[from] += 1;
        tracks[to.max(1) - 1] += i32::from(to > from + 1);
        let size = &sizes.edges[link.edge];
        if size.w > 0 {
            let need = if drawn.across { size.w + 34 } else { size.h + 20 };
            words[from] = words[from].max(need);
            if from == to && from > 0 {
                words[from - 1] = words[from - 1].max(need);
            }
        }
    }
    let mut at = up(half[0] + 20);
    let mut middles = Vec::with_capacity(count);
    for row in 0..count {
        if row > 0 {
            at = up(at + half[row - 1] + 40 + 10 * (tracks[row - 1] / 2).min(9) + words[row - 1] + half[row]);
        }
        middles.push(at);
    }
    Rows { end: at + half[count - 1] + 30, middles }
}

struct Columns {
    /// Of all columns, lane after lane.
    middles: Vec<i32>,
    widths: Vec<i32>,
    /// Where each lane begins and ends.
    bounds: Vec<(i32, i32)>,
}

fn column_middles(chart: &Flowchart, sizes: &Sizes, drawn: &Drawn) -> Columns {
    let grid = &drawn.grid;
    let total = grid.first.last().copied().unwrap_or(0) + grid.columns.last().copied().unwrap_or(0);
    let mut widths = vec![40; total];
    for member in &drawn.members {
        let column = grid.first[member.lane] + member.column;
        widths[column] = widths[column].max(member.w);
    }
    // Room after each column for lines that run along it and for words of lines that leave it sideways.
    let mut tracks = vec![0_i32; total + 1];
    let mut words = vec![0_i32; total + 1];
    let place = |member: usize| grid.first[drawn.members[member].lane] + drawn.members[member].column;
    for link in &drawn.links {
        let (one, other) = (place(link.from), place(link.to));
        let (left, right) = (one.min(other), one.max(other));
        tracks[left + 1] += 1;
        tracks[right] += 1;
        let size = &sizes.edges[link.edge];
        let level = drawn.members[link.from].row == drawn.members[link.to].row;
        if size.w > 0 && (level || right > left) {
            let need = if drawn.across { size.h + 14 } else { size.w + 10 };
            words[left + 1] = words[left + 1].max(need);
        }
    }
    let mut middles = vec![0; total];
    let mut bounds = Vec::new();
    let mut x = 5;
    for (lane, &count) in grid.columns.iter().enumerate() {
        let start = x;
        let first = grid.first[lane];
        let mut at = x + 35 + 10 * (tracks[first] / 2).min(6);
        for column in first..first + count {
            if column > first {
                at += 50 + 10 * (tracks[column] / 2).min(6) + words[column];
            }
            middles[column] = up(at + widths[column] / 2);
            at = middles[column] + widths[column] / 2;
        }
        at += 35 + 10 * (tracks[first + count] / 2).min(6) + words[first + count];
        if drawn.across
            && let Some(group) = drawn.lanes[lane]
        {
            let title = plain(&chart.groups[group].label, 130, BOLD_WORDS);
            at = at.max(start + title.h + 16);
        }
        x = up(at) + 5;
        bounds.push((start, x));
    }
    Columns { middles, widths, bounds }
}

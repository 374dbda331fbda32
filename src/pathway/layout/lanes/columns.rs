//! The grid inside lanes: how many columns each lane has, on which row and in which column each step stands. In: ranks
//! and links. Out: rows by list scheduling (Coffman and Graham), columns by local search.

use super::super::layered::Item;
use super::Link;

/// Something that stands in a lane, with its size turned so that the main way runs down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) item: Item,
    pub(super) lane: usize,
    pub(super) w: i32,
    pub(super) h: i32,
    pub(super) rank: i32,
    pub(super) row: usize,
    /// Within its lane.
    pub(super) column: usize,
}

/// How many columns each lane has.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub(super) columns: Vec<usize>,
    /// The first column of each lane among all.
    pub(super) first: Vec<usize>,
    pub(super) rows: usize,
}

/// The most columns that a lane is given.
const MOST_COLUMNS: usize = 3;
/// Above this many members the search looks at each one's own edges only.
const MOST_THOROUGH: usize = 48;

/// Settles rows and columns of all members.
pub(super) fn settle(members: &mut [Member], links: &[Link], lanes: usize, widest: i32) -> Grid {
    let mut need = vec![60; lanes];
    for member in members.iter() {
        need[member.lane] = need[member.lane].max(member.w + 44);
    }
    let width = |columns: &[usize]| -> i32 {
        columns.iter().zip(&need).map(|(&count, need)| i32::try_from(count).unwrap_or(1) * need).sum()
    };
    let order = order(members, links);
    let entering = entering(members.len(), links);
    let mut columns = vec![1; lanes];
    for link in links.iter().filter(|link| link.sideways) {
        let lane = members[link.from].lane;
        if columns[lane] == 1 {
            columns[lane] = 2;
            if width(&columns) > widest * 11 / 10 {
                columns[lane] = 1;
            }
        }
    }
    let mut height = schedule(members, links, &entering, &order, &columns);
    // One more column where it saves most rows, as long as the drawing stays within its width.
    loop {
        let mut best: Option<(usize, usize)> = None;
        for lane in 0..lanes {
            columns[lane] += 1;
            if columns[lane] <= MOST_COLUMNS && width(&columns) <= widest {
                let now = schedule(members, links, &entering, &order, &columns);
                if now + columns[lane] <= height + 1
                    && now < height
                    && best.is_none_or(|(least, _)| now < least)
                {
                    best = Some((now, lane));
                }
            }
            columns[lane] -= 1;
        }
        let Some((now, lane)) = best else { break };
        columns[lane] += 1;
        height = now;
    }
    let rows = schedule(members, links, &entering, &order, &columns);
    let mut first = Vec::with_capacity(lanes);
    let mut at = 0;
    for &count in &columns {
        first.push(at);
        at += count;
    }
    let grid = Grid { columns, first, rows };
    spread(members, &grid);
    search(members, links, &grid);
    grid
}

/// Members by rank, and along the edges within a rank; those beside a decision right after it.
fn order(members: &[Member], links: &[Link]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    let depth = depths(members, links);
    order.sort_by_key(|&member| (members[member].rank, depth[member], member));
    order
}

/// How many edges of no length lead to each member on its own rank.
fn depths(members: &[Member], links: &[Link]) -> Vec<usize> {
    let mut depth = vec![0; members.len()];
    let level: Vec<&Link> =
        links.iter().filter(|link| members[link.from].rank == members[link.to].rank).collect();
    for _ in 0..members.len().min(64) {
        let mut changed = false;
        for link in &level {
            if depth[link.to] <= depth[link.from] {
                depth[link.to] = depth[link.from] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    depth
}

fn entering(count: usize, links: &[Link]) -> Vec<Vec<usize>> {
    let mut entering = vec![Vec::new(); count];
    for (index, link) in links.iter().enumerate() {
        entering[link.to].push(index);
    }
    entering
}

/// Gives each member the first row that its edges and the width of its lane allow; returns how many rows there are.
fn schedule(
    members: &mut [Member],
    links: &[Link],
    entering: &[Vec<usize>],
    order: &[usize],
    columns: &[usize],
) -> usize {
    let mut filled: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    let mut done = vec![false; members.len()];
    let mut rows = 0;
    for &member in order {
        let lane = members[member].lane;
        let mut row = 0;
        let mut before = false;
        for &index in &entering[member] {
            let link = &links[index];
            if !done[link.from] {
                continue;
            }
            before = true;
            let from = members[link.from];
            let beside = link.sideways && columns[lane] > 1 || from.lane != lane;
            row = row.max(from.row + usize::from(!beside));
        }
        if !before {
            row = usize::try_from(members[member].rank).unwrap_or(0);
        }
        let lane_rows = &mut filled[lane];
        loop {
            if lane_rows.len() <= row {
                lane_rows.resize(row + 1, 0);
            }
            if lane_rows[row] < columns[lane] {
                break;
            }
            row += 1;
        }
        lane_rows[row] += 1;
        members[member].row = row;
        done[member] = true;
        rows = rows.max(row + 1);
    }
    rows
}

/// First columns: in the order of each row.
fn spread(members: &mut [Member], grid: &Grid) {
    let mut filled: Vec<Vec<usize>> = grid.columns.iter().map(|_| vec![0; grid.rows]).collect();
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&member| (members[member].rank, member));
    for member in order {
        let place = &mut filled[members[member].lane][members[member].row];
        members[member].column = *place;
        *place += 1;
    }
}

/// Moves and exchanges members within their rows as long as that costs less.
fn search(members: &mut [Member], links: &[Link], grid: &Grid) {
    let total = grid.first.last().copied().unwrap_or(0) + grid.columns.last().copied().unwrap_or(0);
    let mut cells = vec![usize::MAX; total * grid.rows];
    let cell = |member: &Member| (grid.first[member.lane] + member.column) * grid.rows + member.row;
    for (index, member) in members.iter().enumerate() {
        cells[cell(member)] = index;
    }
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (index, link) in links.iter().enumerate() {
        around[link.from].push(index);
        around[link.to].push(index);
    }
    let thorough = members.len() <= MOST_THOROUGH;
    let all: Vec<usize> = (0..links.len()).collect();
    for _ in 0..6 {
        let mut better = false;
        for index in 0..members.len() {
            let member = members[index];
            for column in 0..grid.columns[member.lane] {
                if column == members[index].column {
                    continue;
                }
                let target = (grid.first[member.lane] + column) * grid.rows + member.row;
                let other = cells[target];
                let concerned: Vec<usize> = if thorough {
                    all.clone()
                } else {
                    let more: &[usize] = if other == usize::MAX { &[] } else { &around[other] };
                    around[index].iter().chain(more).copied().collect()
                };
                let cost = |members: &[Member], cells: &[usize]| -> i32 {
                    let bias = |at: usize| {
                        if at == usize::MAX { 0 } else { i32::try_from(members[at].column).unwrap_or(0) }
                    };
                    bias(index)
                        + bias(other)
                        + concerned.iter().map(|&link| price(&links[link], members, grid, cells)).sum::<i32>()
                };
                let now = cost(members, &cells);
                let from = cell(&members[index]);
                let old = members[index].column;
                let exchange = |members: &mut [Member], cells: &mut [usize], to: usize, back: usize| {
                    members[index].column = to;
                    if other != usize::MAX {
                        members[other].column = back;
                    }
                    cells.swap(from, target);
                };
                exchange(members, &mut cells, column, old);
                if cost(members, &cells) < now {
                    better = true;
                } else {
                    exchange(members, &mut cells, old, column);
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// What a link costs: columns crossed, turns, and steps that lie in its way.
fn price(link: &Link, members: &[Member], grid: &Grid, cells: &[usize]) -> i32 {
    let place =
        |member: usize| (grid.first[members[member].lane] + members[member].column, members[member].row);
    let ((c1, r1), (c2, r2)) = (place(link.from), place(link.to));
    let (left, right, high, low) = (c1.min(c2), c1.max(c2), r1.min(r2), r1.max(r2));
    let taken = |column: usize, row: usize| cells[column * grid.rows + row] != usize::MAX;
    // A way that stays in its lane should be straight; one that leaves it turns anyway.
    let same = members[link.from].lane == members[link.to].lane;
    let mut price = if same { 15 } else { 8 } * i32::try_from(right - left).unwrap_or(0);
    let between = |count: usize| 22 * i32::try_from(count.min(1000)).unwrap_or(0);
    if left == right {
        price += between((high + 1..low).take(64).filter(|&row| taken(left, row)).count());
    } else if high == low {
        price += between((left + 1..right).filter(|&column| taken(column, high)).count());
    } else {
        // One turn at least; the corner of the shorter way should be free.
        let turns = [(c1, r2), (c2, r1)].into_iter().map(|(column, row)| i32::from(taken(column, row))).min();
        price += 6 + 8 * turns.unwrap_or(0);
    }
    if link.sideways && (high != low || right != left + 1) {
        price += 30;
    }
    price
}

//! The sessions of one day as a table: a row for each time at which something starts, a column for each room. Sessions
//! of unequal length span rows; one that has no other beside it is for everybody and spans the rooms. Slots come in; the
//! rooms, and rows of cells that fill the table without a hole, go out.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::Timestamp;

/// With more rooms than this a table is no help, and sessions stand below each other.
const MOST_ROOMS: usize = 60;

/// A table has at most so many cells; beyond, sessions stand below each other.
const MOST_CELLS: usize = 20_000;

/// The column of sessions whose room is not known.
pub const NO_ROOM: &str = "Room to be confirmed";

/// A session in time and space.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// When it starts.
    pub start: Timestamp,
    /// When it ends; one that ends before it starts takes no time.
    pub end: Timestamp,
    /// Where it is.
    pub room: Option<&'a str>,
}

/// A day as a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The names of the columns; none where there is a single column for all sessions.
    pub rooms: Vec<String>,
    /// Rows in stretches that no cell reaches beyond, so that a stretch can be left out as a whole.
    pub stretches: Vec<Vec<Row>>,
}

/// All that starts at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The time.
    pub start: Timestamp,
    /// Whether its only session is for everybody.
    pub is_plenary: bool,
    /// From left to right; none where a cell of a row above reaches into this one.
    pub cells: Vec<Cell>,
}

/// A cell of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Indexes of the slots in it; empty where the room is free. Several only where sessions meet in one room.
    pub slots: Vec<usize>,
    /// Its first column, from 0.
    pub column: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// How many rows it spans.
    pub rows: usize,
}

impl Slot<'_> {
    fn overlaps(&self, other: &Slot<'_>) -> bool {
        self.start < other.ends() && other.start < self.ends()
    }

    /// Its end; something that takes no time still keeps the instant at which it is for itself.
    fn ends(&self) -> Timestamp {
        let shortest = self.start.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(self.start);
        self.end.max(shortest)
    }
}

/// Lays out the slots of a day. Rooms that differ by case and spaces only are one; their columns stand in `order`, and
/// those that it does not name after them as people count: room 2 before room 10.
pub fn grid(slots: &[Slot<'_>], order: &[&str]) -> Grid {
    let mut by_time: Vec<usize> = (0..slots.len()).collect();
    by_time.sort_by_key(|index| (slots[*index].start, slots[*index].ends(), *index));
    let is_alone = alone(slots, &by_time);
    let mut starts: Vec<Timestamp> = slots.iter().map(|slot| slot.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let rooms = rooms(slots, &is_alone, order);
    if rooms.len() < 2 || rooms.len() > MOST_ROOMS || rooms.len() * starts.len() > MOST_CELLS {
        return in_one_column(slots, &by_time, &is_alone, &starts);
    }
    let columns: BTreeMap<String, usize> =
        rooms.iter().enumerate().map(|(column, room)| (folded(room), column)).collect();
    let row_of = |time: Timestamp| starts.partition_point(|start| *start < time);
    // For each column, what stands in it: its first row, the row after its last, and its slots.
    let mut standing: Vec<Vec<(usize, usize, Vec<usize>)>> = vec![Vec::new(); rooms.len()];
    let mut plenary: BTreeMap<usize, usize> = BTreeMap::new();
    for index in by_time {
        let slot = &slots[index];
        let first = row_of(slot.start);
        if is_alone[index] {
            plenary.insert(first, index);
            continue;
        }
        let after = row_of(slot.ends()).max(first + 1);
        let Some(column) = columns.get(&folded(slot.room.unwrap_or(NO_ROOM))) else { continue };
        match standing[*column].last_mut() {
            Some((_, last, together)) if first < *last => {
                *last = after.max(*last);
                together.push(index);
            }
            _ => standing[*column].push((first, after, vec![index])),
        }
    }
    let mut next = vec![0; rooms.len()];
    let mut stretches = vec![Vec::new()];
    let mut reach = 0;
    for (number, start) in starts.iter().enumerate() {
        if number >= reach && number > 0 {
            stretches.push(Vec::new());
        }
        let mut row = Row { start: *start, is_plenary: false, cells: Vec::new() };
        if let Some(index) = plenary.get(&number) {
            row.is_plenary = true;
            row.cells.push(Cell { slots: vec![*index], column: 0, columns: rooms.len(), rows: 1 });
            reach = reach.max(number + 1);
        } else {
            for (column, here) in standing.iter().enumerate() {
                if let Some((first, after, together)) = here.get(next[column]).filter(|cell| cell.0 <= number)
                {
                    if *first == number {
                        let rows = after - first;
                        row.cells.push(Cell { slots: together.clone(), column, columns: 1, rows });
                        reach = reach.max(*after);
                    }
                    if *after == number + 1 {
                        next[column] += 1;
                    }
                } else {
                    row.cells.push(Cell { slots: Vec::new(), column, columns: 1, rows: 1 });
                }
            }
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.push(row);
        }
    }
    Grid { rooms, stretches }
}

/// Whether each slot is the only one at its time.
fn alone(slots: &[Slot<'_>], by_time: &[usize]) -> Vec<bool> {
    let mut is_alone = vec![true; slots.len()];
    let mut longest: Option<usize> = None;
    for index in by_time {
        if let Some(other) = longest.filter(|other| slots[*other].overlaps(&slots[*index])) {
            is_alone[other] = false;
            is_alone[*index] = false;
        }
        if longest.is_none_or(|other| slots[other].ends() < slots[*index].ends()) {
            longest = Some(*index);
        }
    }
    is_alone
}

/// The rooms in which something has another beside it, in the order of their columns.
fn rooms(slots: &[Slot<'_>], is_alone: &[bool], order: &[&str]) -> Vec<String> {
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for (slot, is_alone) in slots.iter().zip(is_alone) {
        if !is_alone {
            let room = slot.room.unwrap_or(NO_ROOM);
            named.entry(folded(room)).or_insert(room);
        }
    }
    let mut rooms: Vec<(usize, String, &str)> = named
        .into_iter()
        .map(|(key, name)| {
            let wanted = order.iter().position(|room| folded(room) == key).unwrap_or(order.len());
            (if name == NO_ROOM { usize::MAX } else { wanted }, key, name)
        })
        .collect();
    rooms.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| as_counted(&one.1, &other.1)));
    rooms.into_iter().map(|(_, _, name)| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn in_one_column(slots: &[Slot<'_>], by_time: &[usize], is_alone: &[bool], starts: &[Timestamp]) -> Grid {
    let mut left = by_time.iter().copied().peekable();
    let row = |start: &Timestamp| {
        let mut here = Vec::new();
        while let Some(index) = left.next_if(|index| slots[*index].start == *start) {
            here.push(index);
        }
        let is_plenary = here.iter().all(|index| is_alone[*index]);
        vec![Row {
            start: *start,
            is_plenary,
            cells: vec![Cell { slots: here, column: 0, columns: 1, rows: 1 }],
        }]
    };
    Grid { rooms: Vec::new(), stretches: starts.iter().map(row).collect() }
}

/// A room's name as it is compared.
pub fn folded(room: &str) -> String {
    room.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Names in the order in which people count: numbers in them by their size.
pub fn as_counted(one: &str, other: &str) -> Ordering {
    let parts = |name: &str| -> Vec<(String, Option<u64>)> {
        let mut parts = Vec::new();
        let mut rest = name;
        while !rest.is_empty() {
            let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let (text, numbered) = rest.split_at(words);
            let digits = numbered.find(|c: char| !c.is_ascii_digit()).unwrap_or(numbered.len());
            parts.push((text.to_string(), numbered[..digits].parse().ok()));
            rest = &numbered[digits..];
        }
        parts
    };
    parts(one).cmp(&parts(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    use super::{Cell, Grid, Slot, grid};

    /// Minutes after an hour.
    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_524_042_000).unwrap() + SignedDuration::from_mins(minutes)
    }

    fn slot(start: i64, end: i64, room: &str) -> Slot<'_> {
        Slot { start: at(start), end: at(end), room: Some(room) }
    }

    /// The table as text: slots of a cell by number, how many columns and rows it spans, `-` where a room is free.
    fn drawn(grid: &Grid) -> String {
        let spanned = |count: usize, word: &str| match count {
            1 => String::new(),
            _ => format!(" {word} {count}"),
        };
        let cell = |cell: &Cell| {
            let slots: Vec<String> = cell.slots.iter().map(ToString::to_string).collect();
            let text = if slots.is_empty() { "-".to_string() } else { slots.join("+") };
            format!("{text}{}{}", spanned(cell.columns, "across"), spanned(cell.rows, "down"))
        };
        let row = |row: &super::Row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ");
        let stretch = |rows: &Vec<super::Row>| rows.iter().map(row).collect::<Vec<_>>().join("\n");
        let table = grid.stretches.iter().map(stretch).collect::<Vec<_>>().join("\n\n");
        format!("{}\n{table}", grid.rooms.join(" | "))
    }

    #[test]
    fn a_day_of_plenaries_and_parallel_sessions() {
        let slots = [
            slot(0, 40, "Main hall"),
            slot(60, 105, "Room B"),
            slot(60, 105, "Room A"),
            slot(60, 105, "Room C"),
            slot(225, 270, "Room A"),
            slot(225, 270, "Room B"),
            slot(285, 330, "Main hall"),
        ];
        let expected = "Room A | Room B | Room C\n0 across 3\n\n2 | 1 | 3\n\n4 | 5 | -\n\n6 across 3";
        assert_eq!(drawn(&grid(&slots, &[])), expected);
    }

    #[test]
    fn a_long_session_stands_beside_all_that_start_while_it_runs() {
        let slots = [
            slot(0, 90, "Room 10"),
            slot(0, 30, "Room 2"),
            slot(45, 90, "Room 2"),
            slot(90, 120, "Room 2"),
            slot(100, 130, "Room 10"),
        ];
        let expected = "Room 2 | Room 10\n1 | 0 down 2\n2\n\n3 down 2 | -\n4";
        assert_eq!(drawn(&grid(&slots, &[])), expected);
    }

    #[test]
    fn sessions_that_meet_in_one_room_share_its_cell() {
        let slots = [slot(0, 50, "Room 1"), slot(40, 80, " room  1"), slot(0, 50, "Room 2")];
        assert_eq!(drawn(&grid(&slots, &[])), "Room 1 | Room 2\n0+1 down 2 | 2 down 2\n");
    }

    #[test]
    fn an_event_may_order_its_rooms() {
        let slots = [slot(0, 9, "Annexe"), slot(0, 9, "Studio"), slot(0, 9, "Hall")];
        let unknown = Slot { room: None, ..slots[0] };
        let slots = [slots[0], slots[1], slots[2], unknown];
        assert_eq!(grid(&slots, &["HALL", "Studio"]).rooms, ["Hall", "Studio", "Annexe", super::NO_ROOM]);
    }

    #[test]
    fn what_is_no_table_stands_in_one_column() {
        let one_room = [slot(0, 9, "Hall"), slot(5, 12, "Hall"), slot(20, 30, "Hall")];
        assert_eq!(drawn(&grid(&one_room, &[])), "\n0\n\n1\n\n2");
        let names: Vec<String> = (0..200).map(|number| format!("Room {number}")).collect();
        let many: Vec<Slot<'_>> = names.iter().map(|name| slot(0, 9, name)).collect();
        assert!(grid(&many, &[]).rooms.is_empty());
        assert_eq!(grid(&[], &[]), Grid::default());
    }

    proptest! {
        #[test]
        fn each_session_stands_once_and_no_place_is_left_out(
            made in prop::collection::vec((0_i64..20, -1_i64..9, 0_usize..5), 0..40)
        ) {
            let names = ["A", "B", "C", "D", "a "];
            let slots: Vec<Slot<'_>> =
                made.iter().map(|(start, long, room)| slot(*start, start + long, names[*room])).collect();
            let table = grid(&slots, &[]);
            let width = table.rooms.len().max(1);
            let mut seen = vec![0; slots.len()];
            for stretch in &table.stretches {
                let mut covered = vec![vec![0; width]; stretch.len()];
                for (number, row) in stretch.iter().enumerate() {
                    for cell in &row.cells {
                        for rows in &mut covered[number..number + cell.rows] {
                            rows[cell.column..cell.column + cell.columns].iter_mut().for_each(|place| *place += 1);
                        }
                        for index in &cell.slots {
                            seen[*index] += 1;
                            let last = &stretch[number + cell.rows - 1];
                            prop_assert!(row.start <= slots[*index].start && slots[*index].start <= last.start);
                            // What starts later than a session's last row starts when it is over.
                            if let Some(next) = stretch.get(number + cell.rows) {
                                prop_assert!(table.rooms.is_empty() || slots[*index].end <= next.start);
                            }
                        }
                    }
                }
                prop_assert!(covered.iter().flatten().all(|count| *count == 1), "{:?}", covered);
            }
            prop_assert!(seen.iter().all(|count| *count == 1), "{:?}", seen);
        }
    }
}

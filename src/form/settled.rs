//! A document with its answers: which clauses stand, which rows repeat, and what goes into each gap. A Word file, a page
//! and Markdown are all made from what comes out here, so that they say the same.

use crate::text::{list_words, long_date, parse_date, upper_first};

use super::{Answers, Block, Cell, Condition, Form, GapKind, Inline, Item, Row};

impl Form {
    /// What was answered to a question; none where nothing but spaces was.
    pub fn answer<'a>(&self, gap: usize, answers: &'a Answers) -> Option<&'a str> {
        answers.get(gap)?.as_deref().filter(|answer| !answer.trim().is_empty())
    }

    /// What goes into a gap: its answer, or else its default. Several names are joined as in a sentence, a day is
    /// written in full. None where a name in brackets stays.
    pub fn filling(
        &self,
        gap: usize,
        column: Option<usize>,
        is_capital: bool,
        answers: &Answers,
    ) -> Option<String> {
        let question = self.gaps.get(gap)?;
        let filling = if question.is_list() {
            let rows = self.answer_rows(gap, answers);
            let names: Vec<&str> = rows
                .iter()
                .filter_map(|row| row.get(column.unwrap_or_default()))
                .map(String::as_str)
                .filter(|name| !name.is_empty())
                .collect();
            list_words(&names, "and")
        } else {
            let given = self.answer(gap, answers).or(question.default.as_deref()).unwrap_or_default();
            match question.kind {
                GapKind::Date => parse_date(given).map_or_else(|_| given.to_string(), long_date),
                GapKind::LongText => given.trim_end().to_string(),
                _ => given.trim().to_string(),
            }
        };
        let filling = if is_capital { upper_first(&filling) } else { filling };
        (!filling.trim().is_empty()).then_some(filling)
    }

    /// What stands in a gap without an answer: its name in brackets, or that of the column which belongs there.
    pub fn brackets(&self, gap: usize, column: Option<usize>, is_capital: bool) -> String {
        let Some(question) = self.gaps.get(gap) else { return "[ ]".to_string() };
        let name = column.and_then(|column| question.columns().get(column)).unwrap_or(&question.name);
        if is_capital { format!("[{}]", upper_first(name)) } else { format!("[{name}]") }
    }

    /// The rows that were given to a question with several answers, as many cells each as it has columns.
    pub fn answer_rows(&self, gap: usize, answers: &Answers) -> Vec<Vec<String>> {
        let Some((question, answer)) = self.gaps.get(gap).zip(self.answer(gap, answers)) else {
            return Vec::new();
        };
        let column_count = question.columns().len().max(1);
        let is_divided = matches!(question.kind, GapKind::Members(_));
        answer
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                if is_divided {
                    let cells = line.splitn(column_count, '\t').map(|cell| cell.trim().to_string());
                    cells.chain(std::iter::repeat_n(String::new(), column_count)).take(column_count).collect()
                } else {
                    vec![line.trim().to_string()]
                }
            })
            .collect()
    }
}

impl Condition {
    /// Whether the clause is there; none while its question has no answer.
    pub fn holds(&self, form: &Form, answers: &Answers) -> Option<bool> {
        let answer = form.answer(self.gap, answers)?;
        let is_given = answer.trim().to_lowercase() == self.answer.trim().to_lowercase();
        Some(is_given != self.is_negated)
    }
}

/// The document with its clauses decided and its rows repeated, as far as there are answers. A section of which nothing
/// is left goes with its heading. Gaps in running text stay: [`Form::filling`] says what goes into them.
pub fn settled(form: &Form, answers: &Answers) -> Form {
    Form { blocks: settled_blocks(&form.blocks, form, answers), ..form.clone() }
}

fn settled_blocks(blocks: &[Block], form: &Form, answers: &Answers) -> Vec<Block> {
    let mut settled = Vec::new();
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        let Block::Heading { level, .. } = block else {
            settled.extend(settled_block(block, form, answers));
            index += 1;
            continue;
        };
        let end = section_end(blocks, index, *level);
        let section = blocks.get(index + 1..end).unwrap_or_default();
        let left = settled_blocks(section, form, answers);
        if section.is_empty() || !left.is_empty() {
            settled.push(block.clone());
            settled.extend(left);
        }
        index = end;
    }
    settled
}

/// Where the section ends that the heading at `index` opens.
fn section_end(blocks: &[Block], index: usize, opened: u8) -> usize {
    let after = blocks.get(index + 1..).unwrap_or_default();
    let ends = |block: &Block| matches!(block, Block::Heading { level, .. } if *level <= opened);
    after.iter().position(ends).map_or(blocks.len(), |place| index + 1 + place)
}

fn settled_block(block: &Block, form: &Form, answers: &Answers) -> Vec<Block> {
    match block {
        Block::Clause { condition, blocks } => {
            let blocks = settled_blocks(blocks, form, answers);
            match condition.holds(form, answers) {
                Some(true) => blocks,
                Some(false) => Vec::new(),
                None => vec![Block::Clause { condition: condition.clone(), blocks }],
            }
        }
        Block::List { start, items } => {
            let settled: Vec<Item> =
                items.iter().flat_map(|item| settled_item(item, form, answers)).collect();
            if settled.is_empty() && !items.is_empty() {
                return Vec::new();
            }
            vec![Block::List { start: *start, items: settled }]
        }
        Block::Table { head, rows } => {
            let rows = rows.iter().flat_map(|row| settled_row(row, form, answers)).collect();
            vec![Block::Table { head: head.clone(), rows }]
        }
        Block::Quote { title, blocks } => {
            let settled = settled_blocks(blocks, form, answers);
            if settled.is_empty() && !blocks.is_empty() {
                return Vec::new();
            }
            vec![Block::Quote { title: title.clone(), blocks: settled }]
        }
        other => vec![other.clone()],
    }
}

fn settled_item(item: &Item, form: &Form, answers: &Answers) -> Vec<Item> {
    let rows = item.repeats.map(|gap| (gap, form.answer_rows(gap, answers)));
    let items = match rows {
        Some((gap, rows)) if !rows.is_empty() => rows
            .iter()
            .map(|row| {
                let blocks = blocks_of_row(&item.blocks, gap, row);
                Item { repeats: None, blocks: settled_blocks(&blocks, form, answers) }
            })
            .collect(),
        _ => {
            vec![Item { repeats: item.repeats, blocks: settled_blocks(&item.blocks, form, answers) }]
        }
    };
    items.into_iter().filter(|left| item.blocks.is_empty() || !left.blocks.is_empty()).collect()
}

fn settled_row(row: &Row, form: &Form, answers: &Answers) -> Vec<Row> {
    let rows = row.repeats.map(|gap| (gap, form.answer_rows(gap, answers)));
    match rows {
        Some((gap, rows)) if !rows.is_empty() => rows
            .iter()
            .map(|given| Row {
                repeats: None,
                cells: row.cells.iter().map(|cell| words_of_row(cell, gap, given)).collect(),
            })
            .collect(),
        _ => vec![row.clone()],
    }
}

/// The blocks of a repeated item for one row. What would repeat inside it does not: three such lists within each other
/// could ask for a million items.
fn blocks_of_row(blocks: &[Block], gap: usize, row: &[String]) -> Vec<Block> {
    let inner = |blocks: &[Block]| blocks_of_row(blocks, gap, row);
    let of_cells = |cells: &[Cell]| cells.iter().map(|cell| words_of_row(cell, gap, row)).collect();
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, id, words } => {
                Block::Heading { level: *level, id: id.clone(), words: words_of_row(words, gap, row) }
            }
            Block::Paragraph(words) => Block::Paragraph(words_of_row(words, gap, row)),
            Block::List { start, items } => Block::List {
                start: *start,
                items: items.iter().map(|item| Item { repeats: None, blocks: inner(&item.blocks) }).collect(),
            },
            Block::Table { head, rows } => Block::Table {
                head: of_cells(head),
                rows: rows.iter().map(|row| Row { repeats: None, cells: of_cells(&row.cells) }).collect(),
            },
            Block::Quote { title, blocks } => Block::Quote { title: title.clone(), blocks: inner(blocks) },
            Block::Clause { condition, blocks } => {
                Block::Clause { condition: condition.clone(), blocks: inner(blocks) }
            }
            Block::Code(_) | Block::Rule => block.clone(),
        })
        .collect()
}

/// Running text with the gaps of one question filled from one row; without a column they hold the whole row.
fn words_of_row(words: &[Inline], of: usize, row: &[String]) -> Vec<Inline> {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Gap { gap, column, is_capital, style } if *gap == of => {
                let text = column.map_or_else(
                    || row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(", "),
                    |column| row.get(column).cloned().unwrap_or_default(),
                );
                let text = if *is_capital { upper_first(&text) } else { text };
                Inline::Text { text, style: *style }
            }
            Inline::Link { reference, address, words } => Inline::Link {
                reference: *reference,
                address: address.clone(),
                words: words_of_row(words, of, row),
            },
            other => other.clone(),
        })
        .collect()
}

/// The document with each heading whose section is one clause inside that clause.
pub(super) fn headings_in_clauses(blocks: &[Block]) -> Vec<Block> {
    let mut folded = Vec::new();
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        index += 1;
        let heading = if let Block::Heading { level, .. } = block {
            let end = section_end(blocks, index - 1, *level);
            match blocks.get(index..end) {
                Some([Block::Clause { condition, blocks: inner }]) => Some((condition, inner, end)),
                _ => None,
            }
        } else {
            None
        };
        match (heading, block) {
            (Some((condition, inner, end)), heading) => {
                let mut with_heading = vec![heading.clone()];
                with_heading.extend(headings_in_clauses(inner));
                folded.push(Block::Clause { condition: condition.clone(), blocks: with_heading });
                index = end;
            }
            (None, Block::Clause { condition, blocks: inner }) => folded
                .push(Block::Clause { condition: condition.clone(), blocks: headings_in_clauses(inner) }),
            (None, other) => folded.push(other.clone()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{Block, Form, Inline, Item, settled};
    use crate::form::sample::{self, MEMBERS, MONEY, NETWORK, TRUSTS, answers, gap, text};
    use crate::form::{Condition, Style};

    fn heading(level: u8, words: &str) -> Block {
        Block::Heading { level, id: String::new(), words: vec![text(words)] }
    }

    fn clause(is_negated: bool, blocks: Vec<Block>) -> Block {
        Block::Clause { condition: Condition { gap: MONEY, answer: "yes".to_string(), is_negated }, blocks }
    }

    fn said(words: &str) -> Block {
        Block::Paragraph(vec![text(words)])
    }

    fn blocks_of(blocks: Vec<Block>) -> Vec<Block> {
        settled(&Form { blocks, ..sample::form() }, &answers()).blocks
    }

    #[test]
    fn answers_go_into_gaps_as_they_read_in_a_sentence() {
        let form = sample::form();
        let mut given = answers();
        given[NETWORK] = Some("  éast network\n".to_string());
        let filling = |gap, column, is_capital| form.filling(gap, column, is_capital, &given);
        assert_eq!(filling(NETWORK, None, true).as_deref(), Some("Éast network"));
        assert_eq!(filling(sample::REVIEW, None, false).as_deref(), Some("6 August 2027"));
        let trusts = "North Example Hospitals, East Example Trust and West Example Trust";
        assert_eq!(filling(TRUSTS, None, false).as_deref(), Some(trusts));
        assert_eq!(
            filling(MEMBERS, Some(1), false).as_deref(),
            Some("Chair, Network director and Lead radiographer")
        );
        assert_eq!(form.filling(sample::FREQUENCY, None, false, &[]).as_deref(), Some("every quarter"));
        assert_eq!(form.filling(NETWORK, None, false, &[Some(" ".to_string())]), None);
    }

    #[test]
    fn headings_stay_that_never_had_a_text_and_go_when_their_text_does() {
        let blocks = vec![
            heading(2, "Empty from the beginning"),
            heading(2, "Gone"),
            heading(3, "Gone as well"),
            clause(true, vec![said("a")]),
            heading(2, "Kept"),
            heading(3, "Gone"),
            clause(true, vec![said("b")]),
            heading(3, "Kept"),
            clause(false, vec![said("c")]),
        ];
        let kept =
            [heading(2, "Empty from the beginning"), heading(2, "Kept"), heading(3, "Kept"), said("c")];
        assert_eq!(blocks_of(blocks), kept);
    }

    #[test]
    fn a_clause_that_nobody_decided_stays_a_clause() {
        let form = Form { blocks: vec![clause(true, vec![said("a")])], ..sample::form() };
        assert_eq!(settled(&form, &[]), form);
    }

    #[test]
    fn what_holds_a_list_alone_repeats_and_nothing_repeats_inside_it() {
        let inner =
            Item { repeats: Some(MEMBERS), blocks: vec![Block::Paragraph(vec![gap(TRUSTS), gap(MEMBERS)])] };
        let list = |items| Block::List { start: None, items };
        let outer = Item { repeats: Some(TRUSTS), blocks: vec![list(vec![inner])] };
        let blocks = blocks_of(vec![list(vec![outer])]);
        let [Block::List { items, .. }] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert_eq!(items.len(), 3);
        let name = Inline::Text { text: "East Example Trust".to_string(), style: Style::default() };
        let only = Item { repeats: None, blocks: vec![Block::Paragraph(vec![name, gap(MEMBERS)])] };
        assert_eq!(items[1].blocks, [list(vec![only])]);
    }

    #[test]
    fn items_and_lists_that_a_clause_emptied_go() {
        let item = |block| Item { repeats: None, blocks: vec![block] };
        let list = |items| Block::List { start: None, items };
        let blocks = vec![
            list(vec![item(clause(true, vec![said("a")]))]),
            list(vec![item(clause(true, vec![said("a")])), item(said("b"))]),
        ];
        assert_eq!(blocks_of(blocks), [list(vec![item(said("b"))])]);
    }
}

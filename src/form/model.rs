//! What a document to be filled in is made of.

use std::collections::BTreeSet;

/// A document with gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// What stands at its head; it may hold gaps.
    pub title: Vec<Inline>,
    /// Its version: `1.0`.
    pub version: String,
    /// The language of its text, as a tag: `en-GB`.
    pub language: String,
    /// What is numbered.
    pub numbering: Numbering,
    /// The questions, in the order in which they are asked. Indexes into this list stand in the text.
    pub gaps: Vec<Gap>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// What is numbered in a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Numbering {
    /// Sections (1, 2) and the paragraphs in them (1.1, 1.2), as in terms that are agreed and quoted by number.
    #[default]
    Clauses,
    /// Sections (1, 2) and the headings in them (1.1, 1.2).
    Headings,
    /// Nothing.
    Nothing,
}

/// A question whose answer goes into the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its name as it stands between brackets, with single spaces: `network name`.
    pub name: String,
    /// Its name in forms and files: `network-name`. Unique in the form.
    pub key: String,
    /// The question: `Network name`.
    pub label: String,
    /// How to answer, in a sentence.
    pub hint: Option<String>,
    /// What an answer is.
    pub kind: GapKind,
    /// The answer unless somebody gives another.
    pub default: Option<String>,
    /// What an answer looks like. Shown in the text until there is an answer. For [`GapKind::Members`] a line for each
    /// row, its cells divided by `;`.
    pub example: Option<String>,
    /// Whether a document without an answer is unfinished.
    pub wanted: Wanted,
    /// Whether its answer serves other templates too.
    pub is_shared: bool,
}

/// Whether an answer must be given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing is said where there is none.
    #[default]
    Optional,
    /// Missing answers are listed before a copy is taken.
    Required,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// A line.
    Text,
    /// Several lines.
    LongText,
    /// A number.
    Number,
    /// A day, written in full: `6 August 2027`.
    Date,
    /// One of these.
    Choice(Vec<String>),
    /// `Yes` or `No`.
    YesNo,
    /// Rows with these columns (never empty), such as members with their role and organisation.
    Members(Vec<String>),
    /// Several names of organisations, suggested from those that the site knows, or typed.
    Organisations,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 2 for a section of the document, to 6.
        level: u8,
        /// Its id on the page.
        id: String,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// The cells of its header row.
        head: Vec<Cell>,
        /// The other rows, each with as many cells.
        rows: Vec<Row>,
    },
    /// A quotation, or a note under a title of its own.
    Quote {
        /// `Note`, `Warning`.
        title: Option<String>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Text as typed, with its line breaks.
    Code(String),
    /// A line across.
    Rule,
    /// Blocks that are there only under a condition. A section whose whole text is one clause goes with its heading.
    Clause {
        /// When it is there.
        condition: Condition,
        /// What stands in it.
        blocks: Vec<Block>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The gap for each of whose rows or names the item is repeated.
    pub repeats: Option<usize>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The gap for each of whose rows or names the row is repeated.
    pub repeats: Option<usize>,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
pub type Cell = Vec<Inline>;

/// When a clause is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The gap whose answer decides; a choice, or yes or no.
    pub gap: usize,
    /// The answer that it must have.
    pub answer: String,
    /// Whether it must be any other answer instead.
    pub is_negated: bool,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// How they look.
        style: Style,
    },
    /// Where an answer goes.
    Gap {
        /// Which.
        gap: usize,
        /// The column of a gap with rows.
        column: Option<usize>,
        /// Whether the answer begins with a capital here, as its name does in the text.
        is_capital: bool,
        /// How it looks.
        style: Style,
    },
    /// A link.
    Link {
        /// Its place among the references of the text, by which its address is found.
        reference: u32,
        /// Where it leads, in full; none where only its words can be shown.
        address: Option<String>,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A line break.
    Break,
}

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of the letters, independent of the others"
)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// As typed, in letters of one width.
    pub code: bool,
    /// Struck through.
    pub struck: bool,
}

/// Answers by the places of their gaps; may be shorter than the gaps. Rows of a gap with columns are lines, their cells
/// divided by tabs; names of organisations are lines.
pub type Answers = [Option<String>];

/// A gap as it is named in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub gap: usize,
    /// The column after its name: `[members: role]`.
    pub column: Option<usize>,
    /// Whether it is written with a capital where its name has a small letter.
    pub is_capital: bool,
}

/// The gap that stands between brackets as `written`, whatever its capitals and spaces.
pub fn place_of(gaps: &[Gap], written: &str) -> Option<Place> {
    let (gap, column) = if let Some(gap) = named(gaps, written) {
        (gap, None)
    } else {
        let (name, column) = written.split_once(':')?;
        let gap = named(gaps, name)?;
        let wanted = folded(column);
        (gap, Some(gaps[gap].columns().iter().position(|column| folded(column) == wanted)?))
    };
    let first = |text: &str| text.trim_start().chars().next();
    let is_capital = first(written).is_some_and(char::is_uppercase)
        && first(&gaps[gap].name).is_some_and(char::is_lowercase);
    Some(Place { gap, column, is_capital })
}

fn named(gaps: &[Gap], name: &str) -> Option<usize> {
    let wanted = folded(name);
    gaps.iter().position(|gap| folded(&gap.name) == wanted)
}

impl Form {
    /// The gap that stands between brackets as `written`, whatever its capitals and spaces.
    pub fn gap_as_written(&self, written: &str) -> Option<Place> {
        place_of(&self.gaps, written)
    }

    /// The document with the address of each link, asked for by its place among the references of the text.
    #[must_use]
    pub fn with_addresses(mut self, address_of: &dyn Fn(u32) -> Option<String>) -> Self {
        address_blocks(&mut self.blocks, address_of);
        self
    }

    /// The gaps that stand in the title, in the text or in a condition.
    pub fn used_gaps(&self) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        note_words(&self.title, &mut used);
        note_blocks(&self.blocks, &mut used);
        used
    }

    /// The gap of this name, whatever its capitals and spaces.
    pub fn gap_named(&self, name: &str) -> Option<usize> {
        named(&self.gaps, name)
    }
}

impl Gap {
    /// The names of its columns; none unless it has rows.
    pub fn columns(&self) -> &[String] {
        match &self.kind {
            GapKind::Members(columns) => columns,
            _ => &[],
        }
    }

    /// Whether it has several answers, so that what holds it alone is repeated.
    pub fn is_list(&self) -> bool {
        matches!(self.kind, GapKind::Members(_) | GapKind::Organisations)
    }

    /// Its example or default as rows of cells, for a gap with several answers; one row otherwise.
    pub fn example_rows(&self) -> Vec<Vec<String>> {
        let text = self.default.as_deref().or(self.example.as_deref()).unwrap_or_default();
        let cells = |line: &str| line.split(';').map(|cell| cell.trim().to_string()).collect();
        match self.kind {
            GapKind::Members(_) => text.lines().filter(|line| !line.trim().is_empty()).map(cells).collect(),
            GapKind::Organisations => text
                .split(['\n', ';'])
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| vec![name.to_string()])
                .collect(),
            _ if text.is_empty() => Vec::new(),
            _ => vec![vec![text.to_string()]],
        }
    }
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn note_words(words: &[Inline], used: &mut BTreeSet<usize>) {
    for inline in words {
        match inline {
            Inline::Gap { gap, .. } => {
                used.insert(*gap);
            }
            Inline::Link { words, .. } => note_words(words, used),
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

fn note_blocks(blocks: &[Block], used: &mut BTreeSet<usize>) {
    for block in blocks {
        match block {
            Block::Heading { words, .. } | Block::Paragraph(words) => note_words(words, used),
            Block::List { items, .. } => items.iter().for_each(|item| note_blocks(&item.blocks, used)),
            Block::Table { head, rows } => {
                head.iter()
                    .chain(rows.iter().flat_map(|row| &row.cells))
                    .for_each(|cell| note_words(cell, used));
            }
            Block::Quote { blocks, .. } => note_blocks(blocks, used),
            Block::Clause { condition, blocks } => {
                used.insert(condition.gap);
                note_blocks(blocks, used);
            }
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn address_words(words: &mut [Inline], address_of: &dyn Fn(u32) -> Option<String>) {
    for inline in words {
        if let Inline::Link { reference, address, .. } = inline {
            *address = address_of(*reference);
        }
    }
}

fn address_blocks(blocks: &mut [Block], address_of: &dyn Fn(u32) -> Option<String>) {
    for block in blocks {
        match block {
            Block::Heading { words, .. } | Block::Paragraph(words) => address_words(words, address_of),
            Block::List { items, .. } => {
                for item in items {
                    address_blocks(&mut item.blocks, address_of);
                }
            }
            Block::Table { head, rows } => {
                let cells = head.iter_mut().chain(rows.iter_mut().flat_map(|row| &mut row.cells));
                cells.for_each(|cell| address_words(cell, address_of));
            }
            Block::Quote { blocks, .. } | Block::Clause { blocks, .. } => address_blocks(blocks, address_of),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

//! A form as the flat list of what readers quote: each heading, paragraph, point of a list and row of a table with its
//! number, in its section, as words.

use crate::form::{Block, Condition, Form, Inline, Item, Numbering, Row};

/// Numbers have so many parts at most: `2.3 (b) (iv)`.
const DEEPEST: usize = 3;

/// What a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A heading, of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A point of a list.
    Point,
    /// The row at the head of a table.
    ColumnHeadings,
    /// Another row of a table.
    Row,
    /// Text as typed, with its line breaks.
    AsTyped,
}

impl Kind {
    /// Kinds that can turn into one another when a text is revised have the same class.
    pub(super) fn class(self) -> u8 {
        match self {
            Self::Heading(_) => 0,
            Self::Paragraph | Self::Point => 1,
            Self::ColumnHeadings => 2,
            Self::Row => 3,
            Self::AsTyped => 4,
        }
    }
}

/// A clause of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What it is.
    pub kind: Kind,
    /// Its number as readers see it, if it has one: `2`, `2.3`, `2.3 (b)`.
    pub number: Option<String>,
    /// What it belongs to: the number of a clause, or the words of a heading in quotation marks; empty before the first
    /// heading.
    pub under: String,
    /// Its text: words, gaps as `[network name]`, spaces and signs, one by one.
    pub pieces: Vec<String>,
    /// Under which conditions it stands.
    pub(super) conditions: Vec<Stands>,
    /// The gap for each of whose rows it is repeated, as its name stands in the text.
    pub(super) repeats: Option<String>,
    /// Where its links lead, by their words.
    pub(super) links: Vec<(String, String)>,
    /// Which table it is a row of.
    pub(super) table: Option<usize>,
}

/// When a clause stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stands {
    /// The name of the gap, the answer, and whether it must be another: what makes two conditions the same.
    key: (String, String, bool),
    /// `“Model” is “Alliance”`.
    pub(super) words: String,
}

/// All clauses of a form, and where its sections begin and end among them.
pub(super) struct Document {
    pub(super) clauses: Vec<Clause>,
    /// The clauses of each section. The first has no heading; others begin with theirs.
    pub(super) sections: Vec<std::ops::Range<usize>>,
    /// The section of each clause.
    pub(super) section_of: Vec<usize>,
}

impl Clause {
    /// Its text.
    pub fn text(&self) -> String {
        self.pieces.concat()
    }

    /// Whether it begins a section.
    pub(super) fn begins_section(&self) -> bool {
        matches!(self.kind, Kind::Heading(..=2))
    }

    pub(super) fn same_conditions(&self, other: &Self) -> bool {
        self.conditions.iter().map(|stands| &stands.key).eq(other.conditions.iter().map(|stands| &stands.key))
    }
}

impl Document {
    pub(super) fn read(form: &Form) -> Self {
        let mut reader = Reader::new(form);
        for block in &form.blocks {
            reader.block(block, true);
        }
        let clauses = reader.clauses;
        let begins = (0..clauses.len()).filter(|index| clauses[*index].begins_section());
        let bounds: Vec<usize> = std::iter::once(0).chain(begins).chain([clauses.len()]).collect();
        let sections: Vec<_> = bounds.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let section_of = sections
            .iter()
            .enumerate()
            .flat_map(|(section, range)| range.clone().map(move |_| section))
            .collect();
        Self { clauses, sections, section_of }
    }
}

struct Reader<'f> {
    form: &'f Form,
    clauses: Vec<Clause>,
    /// How many headings of each level there were since the last of a higher one.
    headings: [u32; 7],
    /// Numbered paragraphs in the section.
    paragraphs: u32,
    conditions: Vec<Stands>,
    /// What the next clause belongs to.
    under: String,
    /// The number to which points of a list add theirs.
    number: String,
    /// How many lists lie around.
    depth: usize,
    tables: usize,
}

impl<'f> Reader<'f> {
    fn new(form: &'f Form) -> Self {
        Self {
            form,
            clauses: Vec::new(),
            headings: [0; 7],
            paragraphs: 0,
            conditions: Vec::new(),
            under: String::new(),
            number: String::new(),
            depth: 0,
            tables: 0,
        }
    }

    /// Paragraphs are numbered where they stand in a section itself.
    fn block(&mut self, block: &Block, is_numbered: bool) {
        match block {
            Block::Heading { level, words, .. } => self.heading(*level, words),
            Block::Paragraph(words) => {
                let number = (is_numbered && self.form.numbering == Numbering::Clauses)
                    .then(|| self.next_paragraph())
                    .flatten();
                if let Some(number) = &number {
                    self.number.clone_from(number);
                }
                self.push(Kind::Paragraph, number.clone(), words);
                if let Some(number) = number {
                    self.under = number;
                }
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { blocks, .. } => {
                for block in blocks {
                    self.block(block, false);
                }
            }
            Block::Code(text) => {
                let mut pieces = Vec::new();
                push_pieces(&mut pieces, text.trim_end(), true);
                self.push_pieces(Kind::AsTyped, None, pieces, Vec::new());
            }
            Block::Rule => {}
            Block::Clause { condition, blocks } => {
                let stands = self.stands(condition);
                self.conditions.push(stands);
                for block in blocks {
                    self.block(block, is_numbered);
                }
                self.conditions.pop();
            }
        }
    }

    fn heading(&mut self, level: u8, words: &[Inline]) {
        let place = usize::from(level.clamp(2, 6));
        self.headings[place] += 1;
        self.headings[place + 1..].fill(0);
        let is_section = level <= 2;
        if is_section {
            self.paragraphs = 0;
        }
        let number = match self.form.numbering {
            Numbering::Clauses => is_section.then(|| self.headings[2].to_string()),
            Numbering::Headings => Some(self.heading_number(place)),
            Numbering::Nothing => None,
        };
        self.under.clear();
        self.push(Kind::Heading(level), number.clone(), words);
        let title = self.clauses.last().map(Clause::text).unwrap_or_default();
        self.under = number.clone().unwrap_or_else(|| format!("“{}”", title.trim()));
        // Headings within a section do not begin its paragraphs anew.
        if is_section || number.is_some() {
            self.number = number.unwrap_or_default();
        }
    }

    /// A section that begins below its usual level has no part for the levels that are not there.
    fn heading_number(&self, level: usize) -> String {
        let parts = self.headings[2..=level].iter().filter(|count| **count > 0);
        parts.map(u32::to_string).collect::<Vec<_>>().join(".")
    }

    fn next_paragraph(&mut self) -> Option<String> {
        let section = self.headings[2];
        self.paragraphs += u32::from(section > 0);
        (section > 0).then(|| format!("{section}.{}", self.paragraphs))
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let around = (self.under.clone(), self.number.clone());
        for (index, item) in items.iter().enumerate() {
            let place = start.map(|start| start.saturating_add(index as u64));
            self.item(place, item, &around);
        }
        (self.under, self.number) = around;
    }

    /// Points of lists without numbers have none.
    fn item(&mut self, place: Option<u64>, item: &Item, (under, around): &(String, String)) {
        let has_clauses = self.form.numbering == Numbering::Clauses;
        let number =
            place.filter(|_| has_clauses && self.depth < DEEPEST - 1 && !around.is_empty()).map(|place| {
                format!("{around} ({})", if self.depth == 0 { letters(place) } else { roman(place) })
            });
        let first = self.clauses.len();
        self.under.clone_from(under);
        self.number = number.clone().unwrap_or_default();
        self.depth += 1;
        let mut blocks = item.blocks.iter();
        if let Some(Block::Paragraph(words)) = item.blocks.first() {
            self.push(Kind::Point, number.clone(), words);
            blocks.next();
        }
        if let Some(number) = number {
            self.under = number;
        }
        for block in blocks {
            self.block(block, false);
        }
        self.depth -= 1;
        let repeats = item.repeats.map(|gap| self.gap_name(gap, None));
        for clause in &mut self.clauses[first..] {
            clause.repeats = repeats.clone().or(clause.repeats.take());
        }
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Row]) {
        let table = self.tables;
        self.tables += 1;
        let heads =
            std::iter::once((Kind::ColumnHeadings, head, None)).filter(|(_, head, _)| !head.is_empty());
        let rows = rows.iter().map(|row| (Kind::Row, row.cells.as_slice(), row.repeats));
        for (kind, cells, repeats) in heads.chain(rows) {
            let (mut pieces, mut links) = (Vec::new(), Vec::new());
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    pieces.extend([";".to_string(), " ".to_string()]);
                }
                let mut said = self.said(cell);
                links.append(&mut said.links);
                pieces.append(&mut said.pieces());
            }
            self.push_pieces(kind, None, pieces, links);
            if let Some(clause) = self.clauses.last_mut() {
                clause.table = Some(table);
            }
            let repeats = repeats.map(|gap| self.gap_name(gap, None));
            if let Some(clause) = self.clauses.last_mut() {
                clause.repeats = repeats;
            }
        }
    }

    fn push(&mut self, kind: Kind, number: Option<String>, words: &[Inline]) {
        let mut said = self.said(words);
        let links = std::mem::take(&mut said.links);
        self.push_pieces(kind, number, said.pieces(), links);
    }

    fn push_pieces(
        &mut self,
        kind: Kind,
        number: Option<String>,
        pieces: Vec<String>,
        links: Vec<(String, String)>,
    ) {
        self.clauses.push(Clause {
            kind,
            number,
            under: self.under.clone(),
            pieces,
            conditions: self.conditions.clone(),
            repeats: None,
            links,
            table: None,
        });
    }

    fn said(&self, inlines: &[Inline]) -> Said {
        let mut said = Said::default();
        self.say(inlines, &mut said);
        said
    }

    /// How words look is no difference between versions.
    fn say(&self, inlines: &[Inline], said: &mut Said) {
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => said.words(text),
                Inline::Gap { gap, column, .. } => {
                    said.parts.push((format!("[{}]", self.gap_name(*gap, *column)), true));
                }
                Inline::Link { address, words, .. } => {
                    if let Some(address) = address {
                        said.links.push((self.said(words).text(), address.clone()));
                    }
                    self.say(words, said);
                }
                Inline::Break => said.words(" "),
            }
        }
    }

    fn gap_name(&self, gap: usize, column: Option<usize>) -> String {
        let Some(gap) = self.form.gaps.get(gap) else { return String::new() };
        match column.and_then(|column| gap.columns().get(column)) {
            Some(column) => format!("{}: {column}", gap.name),
            None => gap.name.clone(),
        }
    }

    fn stands(&self, condition: &Condition) -> Stands {
        let (name, label) =
            self.form.gaps.get(condition.gap).map_or(("", ""), |gap| (gap.key.as_str(), gap.label.as_str()));
        let is = if condition.is_negated { "is not" } else { "is" };
        Stands {
            key: (name.to_string(), condition.answer.to_lowercase(), condition.is_negated),
            words: format!("“{label}” {is} “{}”", condition.answer),
        }
    }
}

/// Running text, in which gaps stay whole.
#[derive(Default)]
struct Said {
    /// Each with whether it is a gap. Words in several looks are one.
    parts: Vec<(String, bool)>,
    links: Vec<(String, String)>,
}

impl Said {
    fn words(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some((words, false)) => words.push_str(text),
            _ => self.parts.push((text.to_string(), false)),
        }
    }

    fn text(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn pieces(self) -> Vec<String> {
        let mut pieces = Vec::new();
        for (text, is_gap) in self.parts {
            if is_gap {
                pieces.push(text);
            } else {
                push_pieces(&mut pieces, &text, false);
            }
        }
        tidy(&mut pieces);
        pieces
    }
}

/// Words, single spaces and signs. Signs within words and figures belong to them: `trust's`, `1,000`.
fn push_pieces(pieces: &mut Vec<String>, text: &str, keeps_lines: bool) {
    let mut characters = text.chars().peekable();
    let mut open: Option<char> = None;
    while let Some(character) = characters.next() {
        let joins = open.zip(characters.peek()).is_some_and(|(last, next)| match character {
            '\'' | '’' | '-' | '/' | '@' | '_' => is_word(*next),
            ',' | '.' | ':' => last.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        });
        let continues = joins || is_word(character);
        match pieces.last_mut().filter(|_| continues && open.is_some()) {
            Some(last) => last.push(character),
            None if keeps_lines && character == '\n' => pieces.push("\n".to_string()),
            None if character.is_whitespace() => pieces.push(" ".to_string()),
            None => pieces.push(character.to_string()),
        }
        open = continues.then_some(character);
    }
}

/// Letters, figures, and what makes no sense when it is torn from them: accents, parts of a picture, currencies.
fn is_word(character: char) -> bool {
    let is_sign = matches!(character, '‐'..='‧' | '‰'..='⁞' | '«' | '»' | '·');
    character.is_alphanumeric() || !character.is_ascii() && !character.is_whitespace() && !is_sign
}

/// One space between words, none at the ends.
fn tidy(pieces: &mut Vec<String>) {
    pieces.dedup_by(|next, last| next == " " && last == " ");
    if pieces.last().is_some_and(|last| last == " ") {
        pieces.pop();
    }
    if pieces.first().is_some_and(|first| first == " ") {
        pieces.remove(0);
    }
}

/// `a` to `z`, then `aa`.
fn letters(mut place: u64) -> String {
    let mut letters = Vec::new();
    while place > 0 {
        letters.push(b'a' + ((place - 1) % 26) as u8);
        place = (place - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// `i` to `xxxix`, as far as points of a list go; figures beyond.
fn roman(place: u64) -> String {
    if place == 0 || place >= 40 {
        return place.to_string();
    }
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    "x".repeat((place / 10) as usize) + units[(place % 10) as usize]
}

//! The name of the column in which a number stands, for tables in CSV and in Markdown. Numbers are asked for from the
//! beginning of a text to its end, so that every line is looked at once.

use super::context::{Label, of_heading};

/// The columns of the table that was looked at last.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// What the names of the columns say; empty where they say nothing.
    labels: Vec<Option<Label>>,
    /// Whether the columns' names are those of contacts.
    contacts: Vec<bool>,
    separator: u8,
    /// Where the lines begin that are known to belong to the table, and how far.
    known_to: usize,
    is_table: bool,
}

impl Columns {
    /// The columns of a whole file of rows, which its first line names.
    pub(super) fn of_rows(text: &str) -> Self {
        let line = text.lines().next().unwrap_or("");
        let separator = if line.contains('\t') {
            b'\t'
        } else if line.matches(';').count() > line.matches(',').count() {
            b';'
        } else {
            b','
        };
        let mut columns = Self { separator, known_to: text.len(), is_table: true, ..Self::default() };
        columns.name(line);
        columns
    }

    /// Markdown, whose tables are found as numbers are.
    pub(super) fn of_markdown() -> Self {
        Self { separator: b'|', ..Self::default() }
    }

    fn name(&mut self, line: &str) {
        let cells = cells(line, self.separator);
        self.contacts = cells.iter().map(|cell| is_contact(cell)).collect();
        self.labels = cells.iter().map(|cell| of_heading(cell)).collect();
    }

    /// What the name of the column says in which `at` stands.
    pub(super) fn label(&mut self, text: &str, at: usize) -> Option<Label> {
        let column = self.column(text, at)?;
        self.labels.get(column).copied().flatten()
    }

    /// Whether `at` stands in a column of contacts.
    pub(super) fn is_contact(&mut self, text: &str, at: usize) -> bool {
        self.column(text, at).is_some_and(|column| self.contacts.get(column) == Some(&true))
    }

    fn column(&mut self, text: &str, at: usize) -> Option<usize> {
        let line_start = line_start(text, at)?;
        if self.separator == b'|' {
            self.follow(text, at);
        }
        self.is_table.then(|| cells(&text[line_start..at], self.separator).len().saturating_sub(1))
    }

    /// Finds the table of a line of Markdown.
    fn follow(&mut self, text: &str, at: usize) {
        let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        if line_end <= self.known_to {
            return;
        }
        for line in text[self.known_to..line_end].split_inclusive('\n') {
            let is_row = line.contains('|');
            // Titles may stand above the row that names the columns.
            let is_sought =
                self.labels.iter().all(Option::is_none) && !line.contains(|c: char| c.is_ascii_digit());
            if is_row && (!self.is_table || is_sought) {
                self.name(line);
            }
            self.is_table = is_row;
        }
        self.known_to = line_end;
    }
}

/// Where the line of a place begins; none in lines that nobody wrote by hand.
pub(super) fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST_LINE);
    match text.as_bytes()[from..at].iter().rposition(|byte| *byte == b'\n') {
        Some(newline) => Some(from + newline + 1),
        None => (from == 0).then_some(0),
    }
}

/// In a longer line the columns are not counted, in bytes.
const LONGEST_LINE: usize = 20_000;

/// The cells of a line; a separator between quotes is a part of its cell.
fn cells(line: &str, separator: u8) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_quoted = false;
    for (index, byte) in line.bytes().enumerate() {
        if byte == b'"' {
            is_quoted = !is_quoted;
        } else if byte == separator && (!is_quoted || separator == b'|') {
            cells.push(&line[start..index]);
            start = index + 1;
        }
    }
    cells.push(&line[start..]);
    cells
}

/// Whether a field of this name holds how somebody at work is reached.
pub(super) fn is_contact(name: &str) -> bool {
    let name = name.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    CONTACT_FIELDS.iter().any(|field| name == *field || name.starts_with(field))
}

const CONTACT_FIELDS: [&str; 9] =
    ["contact", "owner", "email", "e-mail", "mailbox", "telephone", "phone", "feedback", "author"];

//! A text with places: where an answer goes, where a clause under a condition begins and ends, where rows repeat, and
//! where a number counts on. The marks of the places are characters for private use, of which everything that somebody
//! typed is cleaned. `fill.js` of the theme fills the same marks in a reader's browser: what changes here changes there.

use std::fmt::Write as _;

use super::{Answers, Block, Condition, Form, Gap, GapKind, Inline, markdown};
use crate::text::{list_words, long_date, parse_date, push_escaped, upper_first};

/// A mark begins, its kind and fields are divided, it ends.
pub(super) const BEGIN: char = '\u{E000}';
const DIVIDE: char = '\u{E001}';
pub(super) const END: char = '\u{E002}';

/// A document has at most so many rows of one gap; a file that somebody made by hand may hold more.
const MOST_ROWS: usize = 1000;

/// What a text with places becomes, which says how an answer is written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As Markdown, in which no letter of an answer means anything.
    Markdown,
    /// As HTML text.
    Html,
}

/// Where an answer goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub gap: usize,
    pub column: Option<usize>,
    pub is_capital: bool,
    /// Whether what stands here may begin a line, where some letters mean something in Markdown.
    pub is_start: bool,
    /// Whether nothing but letters may stand here, as in the title of an HTML document.
    pub is_plain: bool,
    /// What divides the lines of an answer.
    pub line_break: &'a str,
    /// What stands here without an answer, as the format wants it.
    pub empty: &'a str,
}

/// A text with places that is being written.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    text: String,
}

impl Pattern {
    /// Adds what the format says itself; nothing that somebody typed and was not cleaned.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn gap(&mut self, form: &Form, place: Spot<'_>) {
        let Some(gap) = form.gaps.get(place.gap) else {
            return;
        };
        let column = place.column.map(|column| column.to_string()).unwrap_or_default();
        let flags: String = [(place.is_capital, 'c'), (place.is_start, 's'), (place.is_plain, 'p')]
            .iter()
            .filter_map(|(is_set, flag)| is_set.then_some(*flag))
            .collect();
        self.mark(&["g", &gap.key, &column, &flags, place.line_break, place.empty]);
    }

    /// What follows is there only under the condition; `note` says so where nobody has decided yet.
    pub(super) fn clause(&mut self, form: &Form, condition: &Condition, note: &str) {
        let key = form.gaps.get(condition.gap).map_or("", |gap| gap.key.as_str());
        let sense = if condition.is_negated { "!" } else { "=" };
        self.mark(&["i", key, &cleaned(&condition.answer), sense, note]);
    }

    pub(super) fn end_clause(&mut self) {
        self.mark(&["e"]);
    }

    /// What follows is there for each row or name of the answer.
    pub(super) fn rows(&mut self, form: &Form, gap: usize) {
        self.mark(&["r", form.gaps.get(gap).map_or("", |gap| gap.key.as_str())]);
    }

    pub(super) fn end_rows(&mut self) {
        self.mark(&["f"]);
    }

    /// The next number of a section: `3`.
    pub(super) fn section_number(&mut self) {
        self.mark(&["1"]);
    }

    /// The next number in a section: `3.2`.
    pub(super) fn paragraph_number(&mut self) {
        self.mark(&["2"]);
    }

    fn mark(&mut self, fields: &[&str]) {
        self.text.push(BEGIN);
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.text.push(DIVIDE);
            }
            self.text.push_str(field);
        }
        self.text.push(END);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Whether the heading at `index` has one clause for its whole text, so that it goes with it.
pub(super) fn is_lone_clause(blocks: &[Block], index: usize) -> bool {
    let Some(Block::Heading { level, .. }) = blocks.get(index) else {
        return false;
    };
    let ends = |block: Option<&Block>| match block {
        None => true,
        Some(Block::Heading { level: next, .. }) => next <= level,
        Some(_) => false,
    };
    matches!(blocks.get(index + 1), Some(Block::Clause { .. })) && ends(blocks.get(index + 2))
}

/// Whether running text says anything.
pub(super) fn says_anything(words: &[Inline]) -> bool {
    words.iter().any(|inline| match inline {
        Inline::Text { text, .. } => !cleaned(text).trim().is_empty(),
        Inline::Gap { .. } => true,
        Inline::Link { words, .. } => says_anything(words),
        Inline::Break => false,
    })
}

/// When a clause is there, in words: `Only where “Lay members” is answered Yes`.
pub(super) fn when(form: &Form, condition: &Condition) -> String {
    let label = form.gaps.get(condition.gap).map_or("", |gap| gap.label.as_str());
    let how = if condition.is_negated { "is not answered" } else { "is answered" };
    one_line(&format!("Only where “{label}” {how} {}", condition.answer))
}

/// How a gap stands in a document that lacks its answer: `[network name]`, `[members: role]`.
pub(super) fn bracketed(form: &Form, gap: usize, column: Option<usize>) -> String {
    form.gaps.get(gap).map_or(String::new(), |gap| one_line(&gap.in_brackets(column)))
}

/// Text without what no document may hold: control characters, and those of the marks. Every line break is `\n`, every
/// tab a space.
pub(super) fn cleaned(text: &str) -> String {
    cleaned_answer(text).replace('\t', " ")
}

/// Clean text in which every stretch of white space is one space.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in cleaned(text).chars() {
        if !letter.is_whitespace() || letter == '\u{A0}' {
            line.push(letter);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// Clean text with its tabs, which divide cells.
fn cleaned_answer(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' | '\n' => clean.push(character),
            '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | BEGIN..=END => {}
            _ if character.is_control() => {}
            _ => clean.push(character),
        }
    }
    clean
}

/// The lines of a clean text without spaces around them, and without empty ones at its ends.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    lines.join("\n")
}

/// What was answered, as rows of clean cells: one with one cell unless the gap has several answers; none without an
/// answer.
fn answered(gap: &Gap, answer: Option<&str>) -> Vec<Vec<String>> {
    let answer = cleaned_answer(answer.unwrap_or_default());
    let rows = answer.lines().filter(|line| !line.trim().is_empty()).take(MOST_ROWS);
    match &gap.kind {
        GapKind::Members(columns) => rows
            .map(|line| line.splitn(columns.len().max(1), '\t').map(|cell| trimmed(&cell.replace('\t', " "))))
            .map(Iterator::collect)
            .collect(),
        GapKind::Organisations => rows.map(|name| vec![trimmed(&name.replace('\t', " "))]).collect(),
        _ if answer.trim().is_empty() => Vec::new(),
        _ => vec![vec![trimmed(&answer.replace('\t', " "))]],
    }
}

#[derive(Debug)]
enum Token<'a> {
    Text(&'a str),
    Mark(Vec<&'a str>),
}

fn tokens(pattern: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (index, stretch) in pattern.split(BEGIN).enumerate() {
        let text = match stretch.split_once(END) {
            Some((mark, text)) if index > 0 => {
                tokens.push(Token::Mark(mark.split(DIVIDE).collect()));
                text
            }
            _ => stretch,
        };
        tokens.push(Token::Text(text));
    }
    tokens
}

/// For each clause and each set of rows that begins, where it ends.
fn ends(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut ends = vec![tokens.len(); tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark(fields) if matches!(fields[0], "i" | "r") => open.push(index),
            Token::Mark(fields) if matches!(fields[0], "e" | "f") => {
                if let Some(begin) = open.pop() {
                    ends[begin] = index;
                }
            }
            _ => {}
        }
    }
    ends
}

/// The text of a pattern with the answers in their places, or else the defaults; a place without either shows its name.
pub fn fill(pattern: &str, form: &Form, answers: &Answers, format: Format) -> String {
    let rows: Vec<Vec<Vec<String>>> = form
        .gaps
        .iter()
        .enumerate()
        .map(|(index, gap)| answered(gap, answers.get(index).and_then(Option::as_deref)))
        .collect();
    let of = |key: &str| form.gaps.iter().zip(&rows).find(|(gap, _)| gap.key == key);
    let tokens = tokens(pattern);
    let ends = ends(&tokens);
    let mut text = String::with_capacity(pattern.len());
    let mut repeats: Vec<(usize, &str, usize)> = Vec::new();
    let (mut section, mut paragraph) = (0_u32, 0_u32);
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let fields = match token {
            Token::Text(piece) => {
                text.push_str(piece);
                index += 1;
                continue;
            }
            Token::Mark(fields) => fields.as_slice(),
        };
        match *fields {
            ["g", key, column, flags, line_break, empty] => {
                let repeated = repeats.iter().rev().find(|(_, repeated, _)| *repeated == key);
                let column = column.parse().ok();
                let row = of(key).and_then(|(_, rows)| rows.get(repeated?.2));
                let words = match (row, of(key)) {
                    (Some(row), _) => Some(of_row(row, column)),
                    (None, Some((gap, rows))) => {
                        Some(in_a_sentence(gap, rows, column)).filter(|words| !words.is_empty())
                    }
                    (None, None) => None,
                };
                match words {
                    Some(words) => push_words(&mut text, &words, flags, line_break, format),
                    None => text.push_str(empty),
                }
            }
            ["i", key, answer, sense, note] => match of(key).and_then(|(_, rows)| rows.first()?.first()) {
                None => text.push_str(note),
                Some(given) if (given.to_lowercase() == answer.to_lowercase()) == (sense == "=") => {}
                Some(_) => index = ends[index],
            },
            ["r", key] => repeats.push((index, key, 0)),
            ["f"] => {
                if let Some((begin, key, row)) = repeats.pop()
                    && of(key).is_some_and(|(_, rows)| row + 1 < rows.len())
                {
                    repeats.push((begin, key, row + 1));
                    index = begin;
                }
            }
            ["1"] => {
                (section, paragraph) = (section + 1, 0);
                text.push_str(&section.to_string());
            }
            ["2"] => {
                paragraph += 1;
                let _ = write!(text, "{section}.{paragraph}");
            }
            _ => {}
        }
        index += 1;
    }
    text
}

/// The words of one row; all its cells where no column is named.
fn of_row(row: &[String], column: Option<usize>) -> String {
    match column {
        Some(column) => row.get(column).cloned().unwrap_or_default(),
        None => row.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

/// The words of an answer in running text.
fn in_a_sentence(gap: &Gap, rows: &[Vec<String>], column: Option<usize>) -> String {
    if gap.is_list() {
        let names: Vec<&String> = rows
            .iter()
            .filter_map(|row| row.get(column.unwrap_or_default()))
            .filter(|name| !name.is_empty())
            .collect();
        return list_words(&names, "and");
    }
    let given = match rows.first().and_then(|row| row.first()) {
        Some(given) => given.clone(),
        None => trimmed(&cleaned(gap.default.as_deref().unwrap_or_default())),
    };
    match gap.kind {
        GapKind::Date => parse_date(&given).map_or(given, long_date),
        _ => given,
    }
}

fn push_words(text: &mut String, words: &str, flags: &str, line_break: &str, format: Format) {
    let words = if flags.contains('c') { upper_first(words) } else { words.to_string() };
    let is_isolated = format == Format::Html && !flags.contains('p') && words.chars().any(is_right_to_left);
    if is_isolated {
        text.push_str("<bdi>");
    }
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            text.push_str(line_break);
        }
        match format {
            Format::Markdown => markdown::push_escaped_words(text, line, index > 0 || flags.contains('s')),
            Format::Html => push_escaped(text, line),
        }
    }
    if is_isolated {
        text.push_str("</bdi>");
    }
}

/// Whether a letter is of the blocks that Unicode keeps for writing from right to left.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

//! A check as Markdown, for a pull request: what readers would see change, and which problems are new. What comes from
//! the site's files stands in cells of tables and is written so that none of it is taken for markup.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Failure;
use super::compare::{Difference, How};
use crate::diagnostic::Located;
use crate::disk::{AskedFile, Replacing};
use crate::text::{counted, list_words};
use crate::verdict::Waived;

/// Rows of one table; GitHub takes a megabyte in all.
const MOST_ROWS: usize = 100;

/// Letters of one cell.
const MOST_LETTERS: usize = 300;

/// What every summary begins with, so that an earlier one is known.
const MARK: &str = "<!-- netsite check -->\n";

/// The most that is read of a file to see whether it is a summary.
const MAX_BYTES: usize = 10_000_000;

/// The file that a summary goes into.
#[derive(Debug)]
pub(super) struct SummaryFile {
    file: AskedFile,
    shown: PathBuf,
    is_of_step: bool,
}

impl SummaryFile {
    /// Checks the place before any work is done: no file of the site's and no other file is written over.
    pub(super) fn at(path: &Path, root: &Path) -> Result<Self, Failure> {
        let shown = path.to_path_buf();
        let refused = |why: &str| {
            Failure::new(format!("the summary cannot be written to `{}`: {why}", shown.display()))
        };
        let file = AskedFile::at(path)
            .map_err(|error| refused(&error.to_string()).help("name a file in a folder that is there"))?;
        for folder in [crate::content::FOLDER, crate::theme::FOLDER] {
            if file.is_inside(&root.join(folder)) {
                return Err(refused(&format!("what lies in `{folder}` is a part of the site"))
                    .help("name a file outside, such as --summary summary.md"));
            }
        }
        // GitHub Actions gives each step a file of its own, to which every command of the step adds.
        let is_of_step = std::env::var_os("GITHUB_STEP_SUMMARY").is_some_and(|step| Path::new(&step) == path);
        let is_ours =
            || file.read(MAX_BYTES).is_ok_and(|bytes| bytes.is_empty() || bytes.starts_with(MARK.as_bytes()));
        if !is_of_step && file.is_there() && !is_ours() {
            return Err(refused("another file is there, and it is no summary")
                .help("choose another name, or take that file away"));
        }
        Ok(Self { file, shown, is_of_step })
    }

    /// Writes a summary, in place of an earlier one.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        let written = if self.is_of_step {
            let mut options = OpenOptions::new();
            let file = options.append(true).create(true).open(self.file.path());
            file.and_then(|mut file| file.write_all(text.as_bytes()))
        } else {
            self.file.write(text.as_bytes(), Replacing::Allowed)
        };
        written.map_err(|error| {
            Failure::new(format!("the summary `{}` could not be written: {error}", self.shown.display()))
        })
    }
}

/// The summary of a check. `problems` are those that are new, or all where nothing is compared.
pub(super) fn markdown(difference: Option<&Difference>, problems: &[&Located], waived: &[Waived]) -> String {
    let mut text = String::from(MARK);
    if let Some(difference) = difference {
        push_changes(&mut text, difference);
    }
    push_problems(&mut text, problems, difference);
    push_waivers(&mut text, waived);
    text
}

fn push_changes(text: &mut String, Difference { changes, .. }: &Difference) {
    text.push_str("## What readers would see change\n\n");
    let count = |how| changes.pages.iter().filter(|page| page.how == how).count();
    let counts: Vec<String> = [(How::Added, "added"), (How::Changed, "changed"), (How::Removed, "removed")]
        .into_iter()
        .map(|(how, words)| (count(how), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", counted(count, "page", "pages")))
        .collect();
    let counts = if counts.is_empty() { "No page changes".to_string() } else { list_words(&counts, "and") };
    let _ = writeln!(text, "{counts}.\n");
    if !changes.figures.is_empty() {
        let figures: Vec<[String; 4]> = changes
            .figures
            .iter()
            .map(|change| {
                [&change.page, &change.figure, &change.before, &change.after].map(|text| cell(text))
            })
            .collect();
        text.push_str("### Published figures that change\n\n");
        push_table(text, ["Page", "Figure", "Before", "After"], &figures, "figures");
    }
    if !changes.pages.is_empty() {
        let pages: Vec<[String; 3]> = changes
            .pages
            .iter()
            .map(|page| {
                let how = match page.how {
                    How::Added => "added",
                    How::Changed => "changed",
                    How::Removed => "removed",
                };
                [how.to_string(), cell(&page.title), cell(&format!("/{}", page.address))]
            })
            .collect();
        text.push_str("### Pages\n\n");
        push_table(text, ["", "Title", "Address"], &pages, "pages");
    }
}

fn push_problems(text: &mut String, problems: &[&Located], difference: Option<&Difference>) {
    let new = if difference.is_some() { "New problems" } else { "Problems" };
    let _ = writeln!(text, "## {new}\n");
    if let Some(Difference { mended: mended @ 1.., .. }) = difference {
        let _ = writeln!(text, "{} mended.\n", counted(*mended, "problem is", "problems are"));
    }
    if problems.is_empty() {
        text.push_str("None.\n\n");
        return;
    }
    let mut order: Vec<&&Located> = problems.iter().collect();
    // The gravest first; within a severity they stay in their order.
    order.sort_by_key(|problem| (!problem.is_error(), !problem.is_warning()));
    let rows: Vec<[String; 4]> = order
        .into_iter()
        .map(|problem| {
            let place = match problem.path.as_str() {
                "" => String::new(),
                path => cell(&format!("{path}:{}", problem.line)),
            };
            let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" – {help}"));
            let what = cell(&format!("{}{help}", problem.message));
            [problem.severity.clone(), cell(&problem.code), place, what]
        })
        .collect();
    push_table(text, ["", "Rule", "Place", "What"], &rows, "problems");
}

fn push_waivers(text: &mut String, waived: &[Waived]) {
    if waived.is_empty() {
        return;
    }
    let rows: Vec<[String; 5]> = waived
        .iter()
        .map(|waiver| {
            let Waived { rule, place, reason, role, until, count } = waiver;
            let count = count.to_string();
            [cell(&format!("{rule} in {place}")), count, cell(until), cell(role), cell(reason)]
        })
        .collect();
    text.push_str("## Waivers\n\n");
    push_table(text, ["Waiver", "Covers", "Until", "Role", "Reason"], &rows, "waivers");
}

fn push_table<const COLUMNS: usize>(
    text: &mut String,
    head: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
    what: &str,
) {
    let _ = writeln!(text, "| {} |\n|{}", head.join(" | "), "---|".repeat(COLUMNS));
    for row in rows.iter().take(MOST_ROWS) {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text.push('\n');
    if let Some(more @ 1..) = rows.len().checked_sub(MOST_ROWS) {
        let _ = writeln!(text, "And {more} more {what}.\n");
    }
}

/// Text of one cell. Signs that could begin markup, an address or a mention are written as entities, which no Markdown
/// takes for what they stand for.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    for _ in 0..MOST_LETTERS {
        let Some(letter) = letters.next() else { return cell };
        let is_between_words =
            before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphabetic());
        match letter {
            letter if letter.is_whitespace() || letter.is_control() => cell.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            // `www.` and `name.example` become links by themselves.
            '.' if is_between_words => cell.push_str("&#46;"),
            ' ' | ',' | '.' | '%' | '/' | '(' | ')' | '?' | ';' => cell.push(letter),
            '-' if before.is_alphanumeric() => cell.push('-'),
            letter if letter.is_ascii_punctuation() => {
                let _ = write!(cell, "&#{};", u32::from(letter));
            }
            letter => cell.push(letter),
        }
        before = letter;
    }
    if letters.peek().is_some() {
        cell.push('…');
    }
    cell
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    #[test]
    fn a_cell_is_text_and_nothing_else() {
        assert_eq!(cell("About us"), "About us");
        assert_eq!(cell("a|b\n<img src=x>"), "a&#124;b &#60;img src&#61;x&#62;");
        assert_eq!(cell("see www.evil.example @team"), "see www&#46;evil&#46;example &#64;team");
        assert_eq!(cell("12.5% of 3-3-4"), "12.5% of 3-3-4");
        assert_eq!(cell(&"a".repeat(400)).chars().count(), 301);
    }

    proptest! {
        #[test]
        fn no_text_makes_markup(text in "[ -~\n\t|<>\\[\\]()!*_`~#@:é]{0,80}") {
            let table = format!("| a |\n|---|\n| {} |\n", cell(&text));
            let mut shown = String::new();
            // Everything but what only changes quotation marks.
            let options = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);
            for event in Parser::new_ext(&table, options) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?} of {}", other, table),
                }
            }
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&shown), words(&format!("a{}", text.trim())));
        }
    }
}

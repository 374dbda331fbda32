//! Small things about text that every floor needs: escaping, slugs, dates and periods as people write them, and the
//! nearest known name for a misspelt one.

mod colour;
mod dates;
mod escape;
pub mod fitting;
mod nearest;
mod phrases;
mod slug;
mod topic;
pub mod widths;
mod zones;

pub use colour::Rgb;
pub use dates::{
    DateProblem, LocalTime, Moment, Period, long_date, parse_date, parse_local_time, parse_moment,
    parse_period,
};
pub use escape::{escape_html, push_escaped};
pub use nearest::{did_you_mean, nearest};
pub use phrases::{Phrases, language_mark, phrases, same_language};
pub use slug::{file_name_problem, slugify};
pub use topic::{says_something, stem};
pub use zones::zone_meant;

/// A count with its noun: `1 page`, `12 pages`, `1,204 pages`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// A whole number with commas between thousands, as the NHS writes it.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The text with a capital at its beginning.
pub fn upper_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// The text with a small letter at its beginning.
pub fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_lowercase().chain(characters).collect())
}

/// A cell of a file for spreadsheets. They run cells that begin like a formula; an apostrophe before it keeps it text.
pub fn spreadsheet_text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_string() }
}

/// Names joined as in a sentence: `a, b and c`.
pub fn list_words<T: AsRef<str>>(names: &[T], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

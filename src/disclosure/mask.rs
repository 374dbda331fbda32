//! Letters and digits give way to dots wherever something identifying would be repeated: in the lines beside a message, in
//! messages that quote a page, and in the names of files.

use super::{Form, scan};
use crate::diagnostic::Located;
use crate::source::Span;

const DOT: char = '•';

/// The text with dots in place of what may identify somebody, judged by the text alone.
pub fn mask_text(text: &str) -> String {
    let spans: Vec<Span> = scan(text, Form::Prose).into_iter().map(|finding| finding.span).collect();
    if spans.is_empty() { text.to_string() } else { masked(text, &spans).0 }
}

/// Whether something that identifies a person by itself stands in a text.
pub fn holds_identifier(text: &str) -> bool {
    scan(text, Form::Prose).iter().any(|finding| finding.kind.is_identifier())
}

/// A path as it may be shown: of a name that holds something identifying the first letters and the ending are left.
pub fn masked_path(path: &str) -> String {
    path.split('/').map(masked_name).collect::<Vec<_>>().join("/")
}

pub(super) fn masked_name(name: &str) -> String {
    if scan(name, Form::Prose).is_empty() {
        return name.to_string();
    }
    let first: String = name.chars().take(3).take_while(|first| first.is_alphabetic()).collect();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ending = if is_ending { format!(".{ending}") } else { String::new() };
    format!("{first}••••{ending}")
}

/// Masks a diagnostic that is about to be shown. `values` are what its file holds and nobody may read in a message.
pub fn conceal(located: &mut Located, values: &[&str]) {
    let hide = |text: &str| {
        let mut text = mask_text(text);
        for value in values {
            if text.contains(value) {
                text = text.replace(value, &masked_whole(value));
            }
        }
        text
    };
    located.message = hide(&located.message);
    located.help = located.help.take().map(|help| hide(&help));
    located.path = masked_path(&located.path);
    for label in &mut located.labels {
        label.text = hide(&label.text);
    }
    let excerpt = std::mem::take(&mut located.excerpt);
    let mut spans: Vec<Span> = scan(&excerpt, Form::Prose).into_iter().map(|finding| finding.span).collect();
    for value in values {
        let places = excerpt.match_indices(value);
        spans.extend(places.map(|(start, value)| Span::new(start, start + value.len())));
    }
    let (masked, moved) = masked(&excerpt, &spans);
    for label in &mut located.labels {
        label.start = moved.place(label.start);
        label.end = moved.place(label.end);
    }
    located.excerpt = masked;
}

fn masked_whole(value: &str) -> String {
    value.chars().map(|character| if character.is_alphanumeric() { DOT } else { character }).collect()
}

/// How far places in a text moved when letters became dots, which are longer: for each, where it stood and where it
/// stands now.
struct Moved(Vec<(usize, usize)>);

impl Moved {
    fn place(&self, before: usize) -> usize {
        let index = self.0.partition_point(|(from, _)| *from <= before);
        match index.checked_sub(1).map(|index| self.0[index]) {
            Some((from, to)) => to + (before - from),
            None => before,
        }
    }
}

fn masked(text: &str, spans: &[Span]) -> (String, Moved) {
    let mut hidden: Vec<&Span> = spans.iter().collect();
    hidden.sort();
    let mut hidden = hidden.into_iter().peekable();
    let mut out = String::with_capacity(text.len() + 16);
    let mut moved = Vec::new();
    let mut until = 0;
    for (at, character) in text.char_indices() {
        while let Some(span) = hidden.next_if(|span| span.start as usize <= at) {
            until = until.max(span.end as usize);
        }
        if at < until && character.is_alphanumeric() {
            out.push(DOT);
            moved.push((at + character.len_utf8(), out.len()));
        } else {
            out.push(character);
        }
    }
    (out, Moved(moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_the_first_letters_are_left() {
        assert_eq!(masked_name("Smith 943 476 5919.docx"), "Smi••••.docx");
        assert_eq!(masked_name("943-476-5919"), "••••");
        assert_eq!(masked_name("stroke-2018.png"), "stroke-2018.png");
    }

    #[test]
    fn places_follow_what_becomes_longer() {
        let (text, moved) = masked("a 12 b", &[Span::new(2, 4)]);
        assert_eq!(text, "a •• b");
        assert_eq!(&text[moved.place(5)..], "b");
        assert_eq!(&text[moved.place(0)..moved.place(4)], "a ••");
    }
}

//! The slips of those who write YAML by hand, in words for someone who is no programmer. A parser says where it gave
//! up and in its own terms; what the writer did is mostly to be seen in that line or the one above it.

use granit_parser::ScanError;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// For values that nest too deep or are too many.
pub(super) fn beyond_limits(span: Span) -> Diagnostic {
    Diagnostic::error("yaml-limit", "this is more than netsite reads: lists and fields may nest 16 deep, and a page has far fewer than 50,000")
        .at(span)
        .help("write it flatter; put a value that begins with [ or { in quotation marks")
}

/// For anchors, aliases and tags, which front matter never needs and people write by chance.
pub(super) fn special_sign(span: Span, text: &str, base: u32) -> Diagnostic {
    let start = span.start.saturating_sub(base) as usize;
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
    // Inside a list the value ends before the line does, and after an anchor or a tag it began before this place.
    let is_whole = line.starts_with(['&', '*', '!']) && !line.ends_with([']', '}', ',']);
    let help = if is_whole {
        format!("put the whole value in quotation marks: {}", quoted(line))
    } else {
        "put the whole value in quotation marks".to_string()
    };
    Diagnostic::error(
        "yaml-limit",
        "a value that begins with &, * or ! has another meaning in YAML, which netsite does not take",
    )
    .at(span)
    .help(help)
}

/// `title: Scanner #2`: YAML takes `#2` for a comment, and readers would see half of the title.
pub(super) fn lost_words(value: Span, text: &str, base: u32) -> Option<Diagnostic> {
    let (start, end) = (value.start.saturating_sub(base) as usize, value.end.saturating_sub(base) as usize);
    let written = text.get(start..end)?.trim_end();
    let after = text.get(start + written.len()..)?.lines().next()?;
    let words = after.trim();
    let is_meant = words.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    (is_meant && !written.is_empty()).then(|| {
        let hash = start + written.len() + after.len() - after.trim_start().len();
        Diagnostic::error("yaml", format!("`{words}` would be lost: after a space, # begins a comment"))
            .at(Span::new(hash, hash + words.len()).shifted(base))
            .help(format!(
                "put the value in quotation marks: {}; for a comment, write a space after #",
                quoted(&format!("{written} {words}"))
            ))
    })
}

/// A line indented with a tab, which YAML forbids and parsers blame elsewhere.
pub(super) fn tab_indent(text: &str, base: u32) -> Option<Diagnostic> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('\t') && !line.trim().is_empty() {
            let end = offset + line.len() - line.trim_start_matches('\t').len();
            return Some(
                Diagnostic::error("yaml-tab", "this line is indented with a tab, which YAML does not allow")
                    .at(Span::new(offset, end).shifted(base))
                    .help("indent it with two spaces for each level"),
            );
        }
        offset += line.len();
    }
    None
}

/// What the writer most likely did where the parser gave up.
pub(super) fn explain(error: &ScanError, text: &str, base: u32) -> Diagnostic {
    let said = error.to_string();
    let mut offset = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let failure = Failure { text, offset, said: said.to_lowercase() };
    let slip = failure.comment_in_brackets().or_else(|| failure.colon_in_value());
    let slip = slip.or_else(|| failure.limit()).or_else(|| failure.after_quote());
    let slip = slip.or_else(|| failure.open_quote()).or_else(|| failure.open_bracket());
    let slip = slip.or_else(|| failure.first_character()).or_else(|| failure.wrong_line());
    let mut problem = slip.unwrap_or_else(|| failure.unknown(&said));
    problem.span = problem.span.map(|span| span.shifted(base));
    problem
}

/// Where the parser gave up, and what it said.
struct Failure<'a> {
    text: &'a str,
    offset: usize,
    said: String,
}

/// One line and its first byte.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Line<'a> {
    /// The value after `name: ` or `- name: `, and its first byte.
    fn value(&self) -> Option<(&'a str, usize)> {
        let colon = self.text.find(": ")?;
        let value = self.text[colon + 1..].trim_start();
        Some((value.trim_end(), self.start + self.text.len() - value.len()))
    }

    /// What stands before the colon.
    fn name(&self) -> &'a str {
        self.text.split(':').next().unwrap_or("").trim_start().trim_start_matches("- ").trim()
    }

    fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_field(&self) -> bool {
        self.text.trim_end().ends_with(':') || self.text.contains(": ")
    }

    fn is_list_item(&self) -> bool {
        self.text.trim_start().starts_with("- ")
    }

    /// `-metric: x`, a list's item without the space after its sign.
    fn is_joined_item(&self) -> bool {
        let mut signs = self.text.trim_start().chars();
        signs.next() == Some('-') && signs.next().is_some_and(char::is_alphanumeric)
    }

    /// The words of the line, without its indentation.
    fn span(&self) -> Span {
        Span::new(self.start + self.indentation(), self.start + self.text.trim_end().len())
    }
}

impl<'a> Failure<'a> {
    /// Every line that says something, up to the one at which the parser gave up.
    fn lines(&self) -> Vec<Line<'a>> {
        let mut start = 0;
        let lines = self.text.split_inclusive('\n').map(|text| {
            let line = Line { text: text.trim_end_matches(['\n', '\r']), start };
            start += text.len();
            line
        });
        lines.filter(|line| line.start <= self.offset && !line.text.trim().is_empty()).collect()
    }

    /// The line at which the parser gave up.
    fn line(&self) -> Line<'a> {
        self.lines().pop().unwrap_or(Line { text: "", start: 0 })
    }

    fn place(&self) -> Span {
        let character = self.text[self.offset..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.offset, self.offset + character)
    }

    /// `colours: { plate: #004d40 }`: the bracket that closes is part of the comment.
    fn comment_in_brackets(&self) -> Option<Diagnostic> {
        self.lines().into_iter().rev().find_map(|line| {
            let (value, start) = line.value()?;
            let close = match value.chars().next()? {
                '[' => ']',
                '{' => '}',
                _ => return None,
            };
            let hash = lost_in_brackets(value)?;
            let is_closed_before = value[..hash].contains(close);
            (!is_closed_before && value.ends_with(close)).then(|| {
                let lost = &value[hash..];
                let message =
                    format!("`{lost}` is lost: without quotation marks, what follows # is a comment");
                Diagnostic::error("yaml", message)
                    .at(Span::new(start + hash, start + value.len()))
                    .help(format!("write {}: {}", line.name(), with_quoted_items(value)))
            })
        })
    }

    /// `title: Stroke: a pathway`.
    fn colon_in_value(&self) -> Option<Diagnostic> {
        let line = self.line();
        let (value, _) = line.value()?;
        let twice = value.contains(": ") || value.ends_with(':');
        (twice && self.said.contains("mapping values are not allowed")).then(|| {
            Diagnostic::error(
                "yaml-colon",
                "a colon followed by a space inside a value needs quotation marks around the value",
            )
            .at(self.place())
            .help(format!("write {}: {}", line.name(), quoted(value)))
        })
    }

    fn limit(&self) -> Option<Diagnostic> {
        let says = |words: &[&str]| words.iter().any(|word| self.said.contains(word));
        if says(&["anchor", "alias", "tag"]) {
            return Some(special_sign(self.place(), self.text, 0));
        }
        says(&["depth", "limit", "nesting", "too many"]).then(|| beyond_limits(self.place()))
    }

    /// `title: "Home reporting`.
    fn open_quote(&self) -> Option<Diagnostic> {
        if !self.said.contains("quoted scalar") {
            return None;
        }
        let open = self.lines().into_iter().find_map(|line| {
            let (value, start) = line.value()?;
            let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
            (!value[1..].contains(quote)).then(|| Span::new(start, start + 1))
        });
        Some(
            Diagnostic::error("yaml", "a quotation mark is opened here and not closed")
                .at(open.unwrap_or(self.place()))
                .help(
                    "close it at the end of the value; inside double quotation marks write ' for a quotation",
                ),
        )
    }

    /// `title: "Home" reporting`.
    fn after_quote(&self) -> Option<Diagnostic> {
        self.lines().into_iter().rev().take(2).find_map(|line| {
            let (value, start) = line.value()?;
            let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
            let end = value[1..].find(quote)? + 2;
            let after = value[end..].trim_start();
            // Marks around the whole are meant as YAML's: `'Kent's reports'`.
            let whole = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).unwrap_or(value);
            (!after.is_empty() && !after.starts_with(['#', quote])).then(|| {
                Diagnostic::error(
                    "yaml",
                    "a value that begins with a quotation mark ends at the next one, and here words follow it",
                )
                .at(Span::new(start + value.len() - after.len(), start + value.len()))
                .help(format!("put the whole value in quotation marks: {}", quoted(whole)))
            })
        })
    }

    /// `tags: [a, b`, or `title: [Draft] Stroke`.
    fn open_bracket(&self) -> Option<Diagnostic> {
        self.lines().into_iter().rev().find_map(|line| {
            let (value, start) = line.value()?;
            let open = value.chars().next()?;
            let close = match open {
                '[' => ']',
                '{' => '}',
                _ => return None,
            };
            if value.ends_with(close) && value.matches(open).count() == value.matches(close).count() {
                return None;
            }
            let message = format!("a value that begins with `{open}` is a list that ends with `{close}`");
            Some(Diagnostic::error("yaml", message).at(Span::new(start, start + 1)).help(format!(
                "end the line with `{close}`, or put the value in quotation marks: {}",
                quoted(value)
            )))
        })
    }

    /// `title: @home`.
    fn first_character(&self) -> Option<Diagnostic> {
        let line = self.line();
        let (value, start) = line.value()?;
        let first = value.chars().next()?;
        "@`%|>?,]}".contains(first).then(|| {
            Diagnostic::error("yaml", format!("a value cannot begin with `{first}`"))
                .at(Span::new(start, start + first.len_utf8()))
                .help(format!("put the whole value in quotation marks: {}", quoted(value)))
        })
    }

    /// A line that is no field, is indented too far, or begins a list where fields stand.
    fn wrong_line(&self) -> Option<Diagnostic> {
        let lines = self.lines();
        let (last, before) = lines.split_last()?;
        let no_field = |line: &&Line<'_>| !line.is_field() && !line.is_list_item();
        if let Some(line) = [Some(last), before.last()].into_iter().flatten().find(no_field) {
            return Some(no_field_problem(*line));
        }
        let above = before.last()?;
        if last.is_list_item() != above.is_list_item() && last.indentation() == above.indentation() {
            return Some(
                Diagnostic::error(
                    "yaml",
                    "a list and fields stand at one level, so it is not clear whose list it is",
                )
                .at(last.span())
                .help("write the field's name and a colon, and below it each item on a line that begins with two spaces and `- `"),
            );
        }
        if let Some(line) = [last, above].into_iter().find(|line| line.is_joined_item()) {
            let words = line.text.trim();
            return Some(
                Diagnostic::error("yaml", format!("`{words}` has no space after its `-`"))
                    .at(line.span())
                    .help(format!("write - {}", &words[1..])),
            );
        }
        (last.indentation() != above.indentation()).then(|| {
            Diagnostic::error("yaml", "this line begins further in or out than the lines that it belongs to")
                .at(last.span())
                .help("begin the fields of one level in the same column; indent with two spaces")
        })
    }

    fn unknown(&self, said: &str) -> Diagnostic {
        let said = said.split(" at char ").next().unwrap_or(said);
        Diagnostic::error("yaml", format!("this cannot be read as YAML ({said})")).at(self.place()).help(
            "each line is `name: value`; lists are indented lines that begin with `- `; indent with spaces",
        )
    }
}

fn no_field_problem(line: Line<'_>) -> Diagnostic {
    let words: String = line.text.trim().chars().take(40).collect();
    if line.text.trim_start().starts_with("//") || line.text.trim_start().starts_with("<!--") {
        return Diagnostic::error(
            "yaml",
            format!("`{words}` is no note: among the fields, a note begins with #"),
        )
        .at(line.span())
        .help("write # and a space before the note, or take the line out");
    }
    match line.text.trim().split_once(':') {
        Some((name, value)) => Diagnostic::error("yaml", format!("`{words}` has no space after its colon"))
            .at(line.span())
            .help(format!("write {name}: {value}")),
        None => Diagnostic::error("yaml", format!("`{words}` is not a field: it has no colon after a name"))
            .at(line.span())
            .help("write each field as `name: value`; indent a value that goes on over several lines below its name"),
    }
}

/// Where a comment begins in a list or mapping on one line that was not meant as one.
fn lost_in_brackets(value: &str) -> Option<usize> {
    value.match_indices('#').map(|(hash, _)| hash).find(|hash| {
        let before = &value[..*hash];
        let is_quoted = ['"', '\''].iter().any(|quote| before.matches(*quote).count() % 2 == 1);
        let is_word = value[hash + 1..].starts_with(char::is_alphanumeric);
        before.ends_with(' ') && is_word && !is_quoted
    })
}

/// The list or mapping with quotation marks around each item that holds a comment.
fn with_quoted_items(value: &str) -> String {
    let mut value = value.to_string();
    while let Some(hash) = lost_in_brackets(&value) {
        let start = value[..hash].rfind(['[', '{', ',', ':']).map_or(0, |sign| sign + 1);
        let end = value[hash..].find([']', '}', ',']).map_or(value.len(), |length| hash + length);
        let item = value[start..end].trim();
        let (start, end) =
            (end - value[start..end].trim_start().len(), start + value[start..end].trim_end().len());
        let item = quoted(item);
        value.replace_range(start..end, &item);
    }
    value
}

/// The value as it may be typed. Curly marks around the whole are meant as YAML's.
fn quoted(value: &str) -> String {
    let pairs = [('“', '”'), ('”', '”'), ('‘', '’')];
    let inner = pairs.into_iter().find_map(|(open, close)| {
        let inner = value.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, '“'])).then_some(inner)
    });
    let value = inner.unwrap_or(value);
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "'"))
}

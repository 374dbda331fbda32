//! Any text as Markdown that reads as that text.

pub(super) fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// Text with everything that Markdown or HTML would read as something else made harmless; `line` is what stands before
/// it on its line. Spaces stay single.
pub(super) fn escaped(text: &str, line: &str) -> String {
    let text = one_line(&clean(text));
    let mut markdown = String::with_capacity(text.len() + 8);
    for (index, character) in text.char_indices() {
        let (before, after) = text.split_at(index);
        let is_mark = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '<' => true,
            // Where a heading may begin, or its closing marks.
            '#' => before.is_empty() || before.ends_with(' '),
            '-' | '+' | '=' | '>' => before.is_empty() && line.trim().is_empty(),
            // The number of a list.
            '.' | ')' => is_digits(line.trim(), before),
            // What a name in brackets before it would be read with, as a link or its definition.
            '(' | ':' => before.is_empty() && line.ends_with(']'),
            '&' => is_entity(after),
            _ => false,
        };
        if is_mark {
            markdown.push('\\');
        }
        markdown.push(character);
    }
    markdown
}

fn is_digits(line: &str, before: &str) -> bool {
    let mut bytes = line.bytes().chain(before.bytes()).take(10).peekable();
    bytes.peek().is_some() && bytes.all(|byte| byte.is_ascii_digit())
}

fn is_entity(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let end = name.bytes().take(40).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

pub(super) fn in_angles(address: &str) -> String {
    address
        .chars()
        .filter(|character| !character.is_control())
        .map(|character| match character {
            '<' => "%3C".to_string(),
            '>' => "%3E".to_string(),
            '\\' => "%5C".to_string(),
            '|' => "%7C".to_string(),
            '&' => "&amp;".to_string(),
            other => other.to_string(),
        })
        .collect()
}

/// The text without controls, every kind of line end a line feed.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| match character {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        })
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n'))
        .collect()
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

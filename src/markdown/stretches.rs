//! A page's text without its markup, in stretches below its headings: for a search. It is read from the HTML that this
//! module wrote, so that whatever is shown can be found and nothing else.

use super::Section;

/// What stands below one heading, up to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The heading's id; empty above the first.
    pub id: String,
    /// The heading's words.
    pub heading: String,
    /// The text, on one line.
    pub text: String,
}

/// The stretches of a page's text in order; those without any words are left out.
pub fn stretches(sections: &[Section]) -> Vec<Stretch> {
    let mut all = Vec::new();
    for section in sections {
        let mut current = Stretch::default();
        if let Some(heading) = &section.heading {
            current.id.clone_from(&heading.id);
            current.heading.clone_from(&heading.text);
        }
        read(section.html.text(), current, &mut all);
    }
    all
}

/// Text that HTML shows, on one line.
pub fn words_of(html: &str) -> String {
    let mut all = Vec::new();
    read(html, Stretch::default(), &mut all);
    let parts: Vec<String> = all.into_iter().flat_map(|stretch| [stretch.heading, stretch.text]).collect();
    parts.join(" ").trim().to_string()
}

/// What stands in the middle of a line; any other tag ends a word.
const IN_WORDS: [&str; 18] = [
    "a", "abbr", "b", "bdi", "button", "code", "em", "i", "kbd", "mark", "s", "small", "span", "strong",
    "sub", "sup", "u", "wbr",
];

fn read(html: &str, mut current: Stretch, all: &mut Vec<Stretch>) {
    let mut rest = html;
    let mut in_heading = false;
    while let Some(at) = rest.find('<') {
        let (text, tag_on) = rest.split_at(at);
        push_text(if in_heading { &mut current.heading } else { &mut current.text }, text);
        let end = end_of_tag(tag_on);
        let tag = &tag_on[1..end.saturating_sub(1).max(1)];
        rest = &tag_on[end..];
        let closes = tag.starts_with('/');
        let name =
            tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !closes && is_left_out(name, tag) {
            rest = after_element(rest, name);
        } else if matches!(name, "h3" | "h4") {
            in_heading = !closes && name == "h3";
            if in_heading {
                let id = attribute(tag, "id").unwrap_or_default().to_string();
                let next = Stretch { id, ..Stretch::default() };
                finish(std::mem::replace(&mut current, next), all);
            } else {
                push_space(&mut current.text);
            }
        } else if !IN_WORDS.contains(&name) {
            push_space(if in_heading { &mut current.heading } else { &mut current.text });
        }
    }
    push_text(&mut current.text, rest);
    finish(current, all);
}

/// Where a tag ends; a `>` within quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// Drawings say in their steps what they show; what a term means is not what the page says of it; marks are no words.
fn is_left_out(name: &str, tag: &str) -> bool {
    name == "svg"
        || (tag.contains(" popover") && name == "span")
        || attribute(tag, "class").is_some_and(|class| {
            class
                .split(' ')
                .any(|class| matches!(class, "anchor" | "footnote-ref" | "footnote-back" | "drawing-open"))
        })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let value = rest[at + name.len()..].strip_prefix("=\"");
        if let Some(value) = value.filter(|_| rest[..at].ends_with(' ')) {
            return value.split('"').next();
        }
        rest = &rest[at + name.len()..];
    }
    None
}

/// What follows the end of an element whose start tag was read.
fn after_element<'h>(html: &'h str, name: &str) -> &'h str {
    let mut depth = 1;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let closes = tag.starts_with('/');
        let is_same = tag
            .trim_start_matches('/')
            .strip_prefix(name)
            .is_some_and(|after| after.starts_with([' ', '>', '\n']));
        rest = &rest[at..][end_of_tag(&rest[at..])..];
        if is_same {
            depth = if closes { depth - 1 } else { depth + 1 };
            if depth == 0 {
                return rest;
            }
        }
    }
    ""
}

fn finish(mut stretch: Stretch, all: &mut Vec<Stretch>) {
    for text in [&mut stretch.heading, &mut stretch.text] {
        text.truncate(text.trim_end().len());
    }
    if !stretch.heading.is_empty() || !stretch.text.is_empty() {
        all.push(stretch);
    }
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Adds text of HTML with its character references as characters and each run of spaces as one.
fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next.is_whitespace() {
            push_space(out);
            rest = rest.trim_start();
            continue;
        }
        let entity = if next == '&' {
            rest.split_once(';').and_then(|(name, after)| Some((character(&name[1..])?, after)))
        } else {
            None
        };
        if let Some((character, after)) = entity {
            if character.is_whitespace() {
                push_space(out);
            } else {
                out.push(character);
            }
            rest = after;
            continue;
        }
        // Everything up to the next space or reference at once: with the single spaces between words of ASCII, if that
        // is what follows, since most text is that.
        let mut end = plain_start(rest);
        if end == 0 {
            end = rest[next.len_utf8()..]
                .find(|c: char| c.is_whitespace() || c == '&')
                .map_or(rest.len(), |at| at + next.len_utf8());
        }
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
}

/// How far a text consists of ASCII without references, in which each space is one between two words.
fn plain_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_graphic() && *byte != b'&';
    let is_one_space = |at: usize| at > 0 && bytes[at] == b' ' && bytes.get(at + 1).is_some_and(is_word);
    let end = bytes.iter().enumerate().position(|(at, byte)| !(is_word(byte) || is_one_space(at)));
    end.unwrap_or(bytes.len())
}

/// The character of a reference that our own escaping writes.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

//! XML and HTML as marks and texts, read leniently: a part of a document may be damaged, and what can be read of it is
//! looked at all the same.

use std::borrow::Cow;

/// One thing of a marked-up text.
#[derive(Debug)]
pub(super) enum Mark<'a> {
    /// A start tag or an empty element: its name without prefix, and its attributes as written.
    Open(&'a str, Attributes<'a>),
    /// An end tag, or the end of an empty element.
    Close(&'a str),
    /// Characters between tags, resolved.
    Text(Cow<'a, str>),
    /// What stands in a comment.
    Comment(&'a str),
}

/// The attributes of a tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// Names without prefixes, and values.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let equals = rest.find('=')?;
            let name = rest[..equals]
                .trim()
                .rsplit(|before: char| before.is_whitespace() || before == ':')
                .next()?;
            let value = rest[equals + 1..].trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let end = value[1..].find(quote)? + 1;
            rest = &value[end + 1..];
            Some((name, resolved(&value[1..end])))
        })
    }
}

/// Gives every mark of a text to `each`, in order.
pub(super) fn marks<'a>(text: &'a str, each: &mut dyn FnMut(Mark<'a>)) {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            each(Mark::Text(resolved(&rest[..start])));
        }
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->");
            each(Mark::Comment(&comment[..end.unwrap_or(comment.len())]));
            rest = end.map_or("", |end| &comment[end + 3..]);
        } else if let Some(plain) = rest.strip_prefix("<![CDATA[") {
            let end = plain.find("]]>");
            each(Mark::Text(Cow::Borrowed(&plain[..end.unwrap_or(plain.len())])));
            rest = end.map_or("", |end| &plain[end + 3..]);
        } else {
            let Some(end) = end_of_tag(rest) else { return each(Mark::Text(resolved(rest))) };
            tag(&rest[1..end], each);
            rest = &rest[end + 1..];
        }
    }
    if !rest.is_empty() {
        each(Mark::Text(resolved(rest)));
    }
}

/// Where a tag's `>` stands; one between quotes is a part of a value.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn tag<'a>(inner: &'a str, each: &mut dyn FnMut(Mark<'a>)) {
    if inner.starts_with(['?', '!']) {
        return;
    }
    if let Some(name) = inner.strip_prefix('/') {
        return each(Mark::Close(local(name.trim())));
    }
    let (inner, is_empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = local(&inner[..end]);
    each(Mark::Open(name, Attributes(&inner[end..])));
    if is_empty {
        each(Mark::Close(name));
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The text with its references to characters resolved.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let character = end.and_then(|end| named(&rest[1..end]));
        if let (Some(character), Some(end)) = (character, end) {
            out.push(character);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "thinsp" => '\u{2009}',
        "ndash" => '\u{2013}',
        _ => return None,
    })
}

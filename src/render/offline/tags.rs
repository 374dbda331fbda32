//! HTML and SVG as a row of tags and what stands between them. It takes what our templates and the Markdown writer make,
//! and anything else without failing: what is no tag is text.

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, comments, and what stands inside `script` and `style`.
    Text(&'a str),
    /// The beginning of an element.
    Open(Tag<'a>),
    /// The end of one, with its name.
    Close {
        /// All of it.
        text: &'a str,
        /// Its name, as it stands there.
        name: &'a str,
    },
}

/// The beginning of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// All of it, from `<` to `>`.
    pub(super) text: &'a str,
    /// Its name, as it stands there.
    pub(super) name: &'a str,
}

/// An attribute, escaped as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    /// All of it, without the space before it.
    pub(super) text: &'a str,
    /// Its name, as it stands there.
    pub(super) name: &'a str,
    /// Its value without quotation marks; empty where it has none.
    pub(super) value: &'a str,
}

/// Elements whose inside is text until they end.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The pieces of a document; put together, they are the document again.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// The element of text that was begun.
    raw: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(document: &'a str) -> Self {
        Self { rest: document, raw: None }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = end_of_raw(self.rest, name);
            if end > 0 {
                return Some(Piece::Text(self.take(end)));
            }
        }
        let Some(start) = self.rest.find('<') else {
            return Some(Piece::Text(self.take(self.rest.len())));
        };
        if start > 0 {
            return Some(Piece::Text(self.take(start)));
        }
        let after = &self.rest[1..];
        if after.starts_with("!--") {
            let end = self.rest.find("-->").map_or(self.rest.len(), |end| end + 3);
            return Some(Piece::Text(self.take(end)));
        }
        let (is_close, name_from) = if after.starts_with('/') { (true, 2) } else { (false, 1) };
        let name_length = self.rest[name_from..]
            .find(|next: char| !next.is_ascii_alphanumeric() && !":-".contains(next))
            .unwrap_or(self.rest.len() - name_from);
        let begins_name = self.rest[name_from..].starts_with(|first: char| first.is_ascii_alphabetic());
        let Some(end) = end_of_tag(self.rest).filter(|_| begins_name) else {
            return Some(Piece::Text(self.take(1)));
        };
        let text = self.take(end);
        let name = &text[name_from..name_from + name_length];
        if is_close {
            return Some(Piece::Close { text, name });
        }
        if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) && !text.ends_with("/>") {
            self.raw = Some(name);
        }
        Some(Piece::Open(Tag { text, name }))
    }
}

/// Where the tag at the beginning ends; `>` in quotation marks does not end it.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the end tag of an element of text begins.
fn end_of_raw(text: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let after = text.as_bytes().get(at + 2..at + 2 + name.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(text.len())
}

impl<'a> Tag<'a> {
    /// Its attributes, in their order.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        let end = self.text.len() - if self.text.ends_with("/>") { 2 } else { 1 };
        Attributes { rest: &self.text[1 + self.name.len()..end.max(1 + self.name.len())] }
    }

    /// The value of an attribute as it stands there.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|found| found.value)
    }

    /// `/>` or `>`.
    pub(super) fn ending(&self) -> &'static str {
        if self.text.ends_with("/>") { "/>" } else { ">" }
    }
}

/// The attributes of a tag.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        self.rest = self.rest.trim_start_matches(|next: char| next.is_ascii_whitespace() || next == '/');
        if self.rest.is_empty() {
            return None;
        }
        let ends_name = |next: char| next.is_ascii_whitespace() || next == '=' || next == '/';
        // An attribute has a name of one character at least, so that this always goes on.
        let first = self.rest.chars().next().map_or(1, char::len_utf8);
        let name_end = self.rest[first..].find(ends_name).map_or(self.rest.len(), |at| at + first);
        let name = &self.rest[..name_end];
        let after = self.rest[name_end..].trim_start();
        let Some(after) = after.strip_prefix('=') else {
            let attribute = Attribute { text: name, name, value: "" };
            self.rest = &self.rest[name_end..];
            return Some(attribute);
        };
        let after = after.trim_start();
        let from = self.rest.len() - after.len();
        let (value, length) = if let Some(quote @ ('"' | '\'')) = after.chars().next() {
            let inside = &after[1..];
            inside.find(quote).map_or((inside, after.len()), |end| (&inside[..end], end + 2))
        } else {
            let end = after.find(|next: char| next.is_ascii_whitespace()).unwrap_or(after.len());
            (&after[..end], end)
        };
        let (text, rest) = self.rest.split_at(from + length);
        self.rest = rest;
        Some(Attribute { text, name, value })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of<'a>(piece: &Piece<'a>) -> &'a str {
        match piece {
            Piece::Text(text) | Piece::Close { text, .. } => text,
            Piece::Open(tag) => tag.text,
        }
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let document = "<a href=\"x?a=1&amp;b\" class='it>s' hidden data-x=5>t</a>";
        let Some(Piece::Open(tag)) = Pieces::of(document).next() else { panic!() };
        let found: Vec<_> = tag.attributes().map(|found| (found.name, found.value)).collect();
        assert_eq!(found, [("href", "x?a=1&amp;b"), ("class", "it>s"), ("hidden", ""), ("data-x", "5")]);
    }

    #[test]
    fn what_looks_like_a_tag_in_a_script_or_a_comment_is_text() {
        let document = "<script>a < b; '<a href=x>'</script><!-- <a href=y> --><b>";
        let tags: Vec<_> = Pieces::of(document)
            .filter_map(|piece| match piece {
                Piece::Open(tag) => Some(tag.name),
                _ => None,
            })
            .collect();
        assert_eq!(tags, ["script", "b"]);
    }

    proptest! {
        #[test]
        fn pieces_are_the_document(document in "[<>/a\"'=! -]{0,40}|(<(a|script|/script)( [a-z]=\"?[^\"]{0,4}\"?)?>?){0,6}|\\PC{0,30}") {
            let mut whole = String::new();
            for piece in Pieces::of(&document) {
                whole.push_str(text_of(&piece));
                if let Piece::Open(tag) = &piece {
                    prop_assert!(tag.attributes().count() <= tag.text.len());
                }
            }
            prop_assert_eq!(whole, document);
        }
    }
}

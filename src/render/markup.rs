//! HTML that netsite or a theme wrote, read as a row of tags and texts, so that a page can be told anew on paper. It never
//! fails: what is no tag is text.

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Text as it is written, with its character references.
    Text(&'h str),
    /// A start tag.
    Open(Tag<'h>),
    /// The name of an end tag.
    Close(&'h str),
    /// A comment or a declaration.
    Aside,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Its name as written.
    pub(super) name: &'h str,
    attributes: &'h str,
    /// Whether it ends in `/>`, as empty elements of drawings do.
    pub(super) is_closed: bool,
}

/// Elements without an end tag.
const VOID: [&str; 10] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

impl<'h> Tag<'h> {
    /// Whether nothing stands inside.
    pub(super) fn is_empty(&self) -> bool {
        self.is_closed || VOID.contains(&self.name)
    }

    /// The attributes in order; one without a value has none.
    pub(super) fn attributes(&self) -> Attributes<'h> {
        Attributes(self.attributes)
    }

    /// The value of an attribute as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value.unwrap_or_default())
    }

    /// Whether it is of a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }
}

/// The attributes of a tag.
pub(super) struct Attributes<'h>(&'h str);

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, Option<&'h str>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|sign: char| sign.is_ascii_whitespace() || sign == '=').unwrap_or(rest.len());
        // A stray `=` is stepped over.
        let (name, rest) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
        let Some(value) = rest.strip_prefix('=') else {
            self.0 = rest;
            return Some((name, None));
        };
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => value.split_at(value.find(|sign: char| sign.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.0 = rest;
        Some((name, Some(value)))
    }
}

/// The tokens of a piece of HTML.
pub(super) struct Tokens<'h> {
    rest: &'h str,
    /// The element whose content is read as it stands.
    raw: Option<&'h str>,
}

/// Reads HTML.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html, raw: None }
}

impl<'h> Tokens<'h> {
    /// Steps over the content and the end of an element whose start was read.
    pub(super) fn pass_over(&mut self, tag: &Tag<'h>) {
        if tag.is_empty() {
            return;
        }
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Token::Open(inner)) if inner.name == tag.name && !inner.is_empty() => depth += 1,
                Some(Token::Close(name)) if name == tag.name => depth -= 1,
                None => return,
                _ => {}
            }
        }
    }

    /// The content of an element whose start was read, as written; its end is stepped over.
    pub(super) fn inside(&mut self, tag: &Tag<'h>) -> &'h str {
        let from = self.rest;
        self.pass_over(tag);
        let read = &from[..from.len() - self.rest.len()];
        read.rfind("</").map_or(read, |end| &read[..end])
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = self
                .rest
                .match_indices("</")
                .find(|(at, _)| self.rest[at + 2..].starts_with(name))
                .map_or(self.rest.len(), |(at, _)| at);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            if !text.is_empty() {
                return Some(Token::Text(text));
            }
        }
        let Some(markup) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        };
        if let Some(comment) = markup.strip_prefix("!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return Some(Token::Aside);
        }
        let closes = markup.starts_with('/');
        let named = markup.trim_start_matches('/');
        if !closes
            && !named.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && !markup.starts_with(['!', '?'])
        {
            // A sign that begins no tag.
            let end = markup.find('<').map_or(self.rest.len(), |at| at + 1);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        }
        let end = end_of_tag(named);
        let tag = &named[..end];
        self.rest = named.get(end + 1..).unwrap_or_default();
        if markup.starts_with(['!', '?']) {
            return Some(Token::Aside);
        }
        let name_end = tag.find(|sign: char| sign.is_ascii_whitespace() || sign == '/').unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        if closes {
            return Some(Token::Close(name));
        }
        let is_closed = attributes.ends_with('/');
        if RAW.contains(&name) && !is_closed {
            self.raw = Some(name);
        }
        Some(Token::Open(Tag { name, attributes, is_closed }))
    }
}

/// Where a tag ends; a `>` within quotes does not end it.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_is_read_as_tags_and_texts() {
        let html =
            "<p class=\"a b\" title='x > y' hidden>5 < 6 <br/>&amp;</p><script>a < b</script><!-- c -->end";
        let all: Vec<Token<'_>> = tokens(html).collect();
        let Token::Open(first) = all[0] else { panic!("{all:?}") };
        assert_eq!((first.name, first.attribute("title"), first.has_class("b")), ("p", Some("x > y"), true));
        assert_eq!(first.attributes().last(), Some(("hidden", None)));
        assert_eq!(all[1..3], [Token::Text("5 "), Token::Text("< 6 ")]);
        assert_eq!(all[5..6], [Token::Close("p")]);
        assert_eq!(all[7], Token::Text("a < b"));
        assert_eq!(all.last(), Some(&Token::Text("end")));
    }

    #[test]
    fn an_element_is_stepped_over_with_those_inside_it() {
        let mut read = tokens("<div><div>in</div></div>after");
        let Some(Token::Open(tag)) = read.next() else { panic!() };
        read.pass_over(&tag);
        assert_eq!(read.next(), Some(Token::Text("after")));
        let mut read = tokens("<b>one <i>two</i></b>");
        let Some(Token::Open(tag)) = read.next() else { panic!() };
        assert_eq!(read.inside(&tag), "one <i>two</i>");
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(html in "[<>/a-c=\"' !é-]{0,80}") {
            for token in tokens(&html) {
                if let Token::Open(tag) = token {
                    prop_assert!(tag.attributes().count() <= html.len());
                }
            }
        }
    }
}

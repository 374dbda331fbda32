//! YAML into a tree in which every value keeps its place and its text as written.
//!
//! The parser's events become a tree rather than structs through serde: serde stops at the first wrong field, and a
//! page's writer is to hear of all of them; and a scalar keeps its text, so that `version: 1.10` stays 1.10.

use granit_parser::{Event, Parser, ScalarStyle};

use super::slips::{beyond_limits, explain, lost_words, special_sign, tab_indent};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// A value of a YAML document and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// Where it stands.
    pub span: Span,
    /// What stands behind `#` in the line of an empty value: a comment to YAML, and maybe a value to the writer.
    pub comment: Option<Box<str>>,
}

impl Node {
    fn new(content: Content, span: Span) -> Self {
        Self { content, span, comment: None }
    }
}

/// What a YAML value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// A word, number or text; numbers and booleans as they were written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of writing, with repeated keys still in it.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Lists and mappings nest at most this deep.
const MAX_DEPTH: usize = 16;
/// A document has at most this many values; front matter has some dozens.
const MAX_NODES: usize = 50_000;

/// Reads one YAML document that begins `base` bytes into its file. An empty one is an empty mapping.
///
/// # Errors
///
/// The one place at which the text stops being YAML, in words for its writer.
pub fn parse(text: &str, base: u32) -> Result<Node, Box<Diagnostic>> {
    if let Some(problem) = tab_indent(text, base) {
        return Err(Box::new(problem));
    }
    let mut builder = Builder { text, base, open: Vec::new(), root: None, node_count: 0 };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Box::new(explain(&error, text, base)))?;
        let span = span
            .byte_range()
            .map_or(Span::default(), |range| Span::new(range.start, range.end))
            .shifted(base);
        builder.take(event, span).map_err(Box::new)?;
    }
    Ok(builder.root.unwrap_or_else(|| Node::new(Content::Null, Span::default().shifted(base))))
}

/// Makes the tree from the parser's events.
struct Builder<'a> {
    text: &'a str,
    base: u32,
    open: Vec<Open>,
    root: Option<Node>,
    node_count: usize,
}

/// A list or mapping that is not closed yet.
enum Open {
    List(Span, Vec<Node>),
    Map(Span, Vec<(Spanned<String>, Node)>, Option<Spanned<String>>),
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Alias(_) => return Err(special_sign(span, self.text, self.base)),
            Event::Scalar(_, _, anchor, ref tag) if anchor > 0 || tag.is_some() => {
                return Err(special_sign(span, self.text, self.base));
            }
            Event::SequenceStart(_, anchor, ref tag) | Event::MappingStart(_, anchor, ref tag)
                if anchor > 0 || tag.is_some() =>
            {
                return Err(special_sign(span, self.text, self.base));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= MAX_DEPTH => {
                return Err(beyond_limits(span));
            }
            Event::Scalar(text, style, ..) => {
                if style == ScalarStyle::Plain
                    && let Some(problem) = lost_words(span, self.text, self.base)
                {
                    return Err(problem);
                }
                let is_null =
                    style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let content = if is_null { Content::Null } else { Content::Scalar(text.into_owned()) };
                self.add(Node::new(content, span))?;
            }
            Event::SequenceStart(..) => self.open.push(Open::List(span, Vec::new())),
            Event::MappingStart(..) => self.open.push(Open::Map(span, Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(start, items)) => {
                    self.add(Node::new(Content::List(items), start))?;
                }
                Some(Open::Map(start, entries, _)) => {
                    self.add(Node::new(Content::Map(entries), start))?;
                }
                None => {}
            },
            Event::DocumentStart(..) if self.root.is_some() => {
                return Err(Diagnostic::error(
                    "yaml",
                    "a second document begins here, and netsite reads one",
                )
                .at(span)
                .help("take the line --- out"));
            }
            _ => {}
        }
        Ok(())
    }

    /// What stands behind `#` in the line of a key that no value follows.
    fn comment_after(&self, key: Span) -> Option<Box<str>> {
        let after = self.text.get(key.end.saturating_sub(self.base) as usize..)?.lines().next()?;
        let comment =
            after.trim_start_matches(['"', '\'', ' ']).strip_prefix(':')?.trim().strip_prefix('#')?;
        Some(comment.into())
    }

    fn add(&mut self, mut node: Node) -> Result<(), Diagnostic> {
        self.node_count += 1;
        if self.node_count > MAX_NODES {
            return Err(beyond_limits(node.span));
        }
        if node.content == Content::Null
            && let Some(Open::Map(_, _, Some(key))) = self.open.last()
        {
            node.comment = self.comment_after(key.span);
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, key)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => match node.content {
                    Content::Scalar(name) => *key = Some(Spanned::new(name, node.span)),
                    Content::Null => *key = Some(Spanned::new(String::new(), node.span)),
                    Content::List(_) | Content::Map(_) => {
                        return Err(Diagnostic::error("yaml", "a list or a mapping cannot be the name of a field")
                            .at(Span { start: node.span.start.max(self.base), ..node.span })
                            .help("write a plain name before the colon; put a value that begins with [ or { in quotation marks"));
                    }
                },
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'a>(node: &'a Node, key: &str) -> &'a str {
        let Content::Map(entries) = &node.content else { panic!("not a map") };
        match &entries.iter().find(|(name, _)| name.value == key).unwrap().1.content {
            Content::Scalar(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn scalars_keep_their_text_and_place() {
        let text = "title: \"a é: b\"\nversion: 1.10\nods: 0123\nyes: yes\n";
        let node = parse(text, 4).unwrap();
        assert_eq!(scalar(&node, "title"), "a é: b");
        assert_eq!(scalar(&node, "version"), "1.10");
        assert_eq!(scalar(&node, "ods"), "0123");
        assert_eq!(scalar(&node, "yes"), "yes");
        let Content::Map(entries) = &node.content else { panic!("not a map") };
        assert_eq!(entries[1].1.span, Span::new(26, 30).shifted(4));
    }

    #[test]
    fn a_bare_key_is_nothing_and_repeated_keys_are_kept() {
        let node = parse("tags:\ntags: [a]\n", 0).unwrap();
        let Content::Map(entries) = &node.content else { panic!("not a map") };
        assert_eq!(entries[0].1.content, Content::Null);
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn mistakes_are_explained_where_they_are() {
        for (text, code, start) in [
            ("title: Stroke: a pathway\n", "yaml-colon", 13),
            ("a: 1\n\tb: 2\n", "yaml-tab", 5),
            ("a: &x 1\nb: *x\n", "yaml-limit", 6),
            ("a: @home\n", "yaml", 3),
            ("a: 'x\nb: 1\n", "yaml", 3),
        ] {
            let problem = parse(text, 0).unwrap_err();
            assert_eq!(
                (problem.code, problem.span.unwrap().start),
                (code, start),
                "{text}: {}",
                problem.message
            );
        }
        assert_eq!(
            parse("title: Stroke: a pathway\n", 0).unwrap_err().help.as_deref(),
            Some("write title: \"Stroke: a pathway\"")
        );
    }

    #[test]
    fn a_yaml_bomb_is_refused_in_bounded_time() {
        let deep = "a: ".to_string() + &"[".repeat(100_000);
        assert_eq!(parse(&deep, 0).unwrap_err().code, "yaml-limit");
        let laughs = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n";
        assert_eq!(parse(laughs, 0).unwrap_err().code, "yaml-limit");
    }
}

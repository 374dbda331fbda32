//! YAML into a tree in which every value keeps its place and its text as written.
//!
//! It goes through serde (serde-saphyr) into [`Node`] instead of into structs: serde stops at the first wrong field,
//! and a page's writer is to hear of all of them; and a scalar keeps its text, so that `version: 1.10` stays 1.10.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};

use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// A value of a YAML document and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// Where it stands.
    pub span: Span,
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
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_events: MAX_NODES * 3,
            max_anchors: 0,
            max_aliases: 0,
            max_documents: 1,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Raw>(text, options) {
        Ok(raw) => Ok(raw.into_node(text, base)),
        Err(error) => Err(Box::new(explain(&error, text, base))),
    }
}

/// A value as serde hands it over: scalars that are not strings have only their place.
struct Raw {
    span: Option<(usize, usize)>,
    content: RawContent,
}

enum RawContent {
    Null,
    Bare,
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(serde_saphyr::Spanned<String>, Raw)>),
}

impl Raw {
    fn into_node(self, text: &str, base: u32) -> Node {
        let (start, length) = self.span.unwrap_or((0, 0));
        let written = text.get(start..start + length).unwrap_or("");
        let span = Span::new(start, start + length).shifted(base);
        let content = match self.content {
            RawContent::Null => Content::Null,
            RawContent::Bare => Content::Scalar(written.trim().to_string()),
            RawContent::Text(text) => Content::Scalar(text),
            RawContent::List(items) => {
                Content::List(items.into_iter().map(|item| item.into_node(text, base)).collect())
            }
            RawContent::Map(entries) => Content::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let (start, length) = byte_range(key.referenced.span()).unwrap_or((0, 0));
                        let span = Span::new(start, start + length).shifted(base);
                        (Spanned::new(key.value, span), value.into_node(text, base))
                    })
                    .collect(),
            ),
        };
        Node { content, span }
    }
}

fn byte_range(span: serde_saphyr::Span) -> Option<(usize, usize)> {
    Some((usize::try_from(span.byte_offset()?).ok()?, usize::try_from(span.byte_len()?).ok()?))
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<RawContent>::deserialize(deserializer)?;
        Ok(Self { span: byte_range(spanned.referenced.span()), content: spanned.value })
    }
}

impl<'de> Deserialize<'de> for RawContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawContent;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawContent, E> {
        Ok(RawContent::Bare)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawContent, E> {
        Ok(RawContent::Text(text.to_string()))
    }

    fn visit_unit<E>(self) -> Result<RawContent, E> {
        Ok(RawContent::Null)
    }

    fn visit_none<E>(self) -> Result<RawContent, E> {
        Ok(RawContent::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawContent, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawContent, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawContent::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawContent, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawContent::Map(map))
    }
}

/// A line indented with a tab, which YAML forbids and parsers blame elsewhere.
fn tab_indent(text: &str, base: u32) -> Option<Diagnostic> {
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

/// The parser's error in words for someone who is no programmer.
fn explain(error: &serde_saphyr::Error, text: &str, base: u32) -> Diagnostic {
    let said = error.without_snippet().to_string();
    let offset = error.location().map_or(0, |location| offset_of(text, location.line(), location.column()));
    let span = Span::new(offset, (offset + 1).min(text.len()).max(offset)).shifted(base);
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let said_lower = said.to_lowercase();
    if said_lower.contains("mapping values are not allowed") && line.matches(':').count() > 1 {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        return Diagnostic::error(
            "yaml-colon",
            "a colon followed by a space inside a value needs quotation marks around the value",
        )
        .at(span)
        .help(format!("write {}: \"{}\"", key.trim_end(), value.trim().replace('"', "'")));
    }
    if ["anchor", "alias", "budget", "depth", "limit", "nesting", "too many"]
        .iter()
        .any(|word| said_lower.contains(word))
    {
        return Diagnostic::error(
            "yaml-limit",
            "this goes beyond what netsite reads: values may nest 16 deep, and anchors (&) and aliases (*) are not taken",
        )
        .at(span)
        .help("write the values out; put a value that begins with & or * in quotation marks");
    }
    if said_lower.contains("unexpected character") || said_lower.contains("cannot start any token") {
        return Diagnostic::error("yaml", "a value cannot begin with this character")
            .at(span)
            .help("put the whole value in quotation marks: \"…\"");
    }
    if said_lower.contains("quoted scalar") {
        return Diagnostic::error("yaml", "a quotation mark was opened and not closed")
            .at(span)
            .help("close the quotation mark at the end of the value; inside double quotation marks write ' for a quotation");
    }
    let said = said.split(" at line ").next().unwrap_or(&said).trim_start_matches("error: ").to_string();
    Diagnostic::error("yaml", format!("this is not YAML: {said}"))
        .at(span)
        .help("each line is `name: value`; lists are indented lines that begin with `- `; indent with spaces")
}

fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let column = usize::try_from(column).unwrap_or(1).saturating_sub(1);
    text[start..].char_indices().nth(column).map_or(text.len(), |(index, _)| start + index)
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
            ("a: 'x\nb: 1\n", "yaml", 6),
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

//! HTML that a writer typed. It is shown as text, or a short list of harmless tags is written anew with checked
//! attributes; nothing is passed through. Comments are a writer's notes and vanish.

use std::borrow::Cow;

use super::RawHtml;
use super::events::text_of;
use super::html::push_clean_escaped;
use super::limits::MAX_DEPTH;
use super::writer::{Frame, Writer};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A tag that may stand in a page.
pub(super) struct AllowedTag {
    name: &'static str,
    close: &'static str,
    place: Place,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Place {
    /// Among words.
    Inline,
    /// Among words, without an end.
    Void,
    /// Between paragraphs: `details`.
    Block,
    /// First in `details`.
    Summary,
}

impl AllowedTag {
    /// Whether a term in it can be explained: not where a button would lie in something to press, nor what is explained
    /// or typed as it stands.
    pub(super) fn holds_terms(&self) -> bool {
        !matches!(self.name, "summary" | "abbr" | "dfn" | "kbd")
    }
}

macro_rules! inline_tags {
    ($($name:literal),*) => {
        [$(AllowedTag { name: $name, close: concat!("</", $name, ">"), place: Place::Inline }),*]
    };
}

static INLINE_TAGS: [AllowedTag; 17] = inline_tags![
    "sup", "sub", "kbd", "abbr", "mark", "small", "ins", "del", "b", "strong", "i", "em", "u", "cite", "dfn",
    "time", "q"
];

static OTHER_TAGS: [AllowedTag; 4] = [
    AllowedTag { name: "br", close: "", place: Place::Void },
    AllowedTag { name: "wbr", close: "", place: Place::Void },
    AllowedTag { name: "details", close: "</details>\n", place: Place::Block },
    AllowedTag { name: "summary", close: "</summary>\n", place: Place::Summary },
];

/// A tag as typed, once it is found harmless.
struct Tag {
    allowed: &'static AllowedTag,
    is_end: bool,
    /// Its attributes, written anew.
    attributes: String,
}

/// A stretch of HTML.
enum Token<'t> {
    Text(&'t str),
    Comment,
    UnclosedComment(&'t str),
    /// Anything between `<` and `>`, with what it may stand for.
    Markup(&'t str, Option<Tag>),
}

impl Writer<'_> {
    /// Writes one tag, comment or the like that stands among words.
    pub(super) fn write_inline_html(&mut self, html: &str, span: Span) {
        if html.starts_with("<!--") {
            return;
        }
        let tag = match self.settings.raw_html {
            RawHtml::Escape => None,
            RawHtml::Sanitise => parse_tag(html),
        };
        let is_written = tag.is_some_and(|tag| match tag.allowed.place {
            Place::Inline | Place::Void => self.write_tag(&tag, span),
            Place::Block | Place::Summary => false,
        });
        if !is_written {
            self.warn_of_html(html, span);
            self.write_words(html);
        }
    }

    /// Writes a block of HTML lines.
    pub(super) fn write_html_block(&mut self, index: usize) {
        let events = self.events;
        let end = events.end_of(index);
        let span = events.span(index);
        let mut html = String::new();
        for part in index + 1..end {
            if let Some(text) = text_of(events.event(part)) {
                html.push_str(text);
            }
        }
        let allows = self.settings.raw_html == RawHtml::Sanitise;
        let depth = self.frames.len();
        let mut paragraph: Option<usize> = None;
        let mut rest = html.as_str();
        while !rest.is_empty() && !self.is_full(index) {
            let (token, after) = next_token(rest, allows);
            rest = after;
            match token {
                Token::Comment => {}
                Token::UnclosedComment(text) => self.report_unclosed_comment(text, span),
                Token::Markup(text, Some(tag))
                    if matches!(tag.allowed.place, Place::Block | Place::Summary) =>
                {
                    if let Some(depth) = paragraph.take() {
                        self.close_to(depth);
                    }
                    if !self.write_tag(&tag, span) {
                        self.begin_paragraph(&mut paragraph);
                        self.warn_of_html(text, span);
                        self.write_words(text);
                    }
                }
                Token::Text(text) | Token::Markup(text, None) if text.trim().is_empty() => {
                    if paragraph.is_some() {
                        self.out.push(" ");
                    }
                }
                Token::Text(text) | Token::Markup(text, None) => {
                    self.begin_paragraph(&mut paragraph);
                    if text.starts_with('<') {
                        self.warn_of_html(text, span);
                    }
                    self.write_words(&if allows { decoded(text) } else { text.into() });
                }
                Token::Markup(text, Some(tag)) => {
                    self.begin_paragraph(&mut paragraph);
                    if !self.write_tag(&tag, span) {
                        self.warn_of_html(text, span);
                        self.write_words(text);
                    }
                }
            }
        }
        if let Some(depth) = paragraph {
            self.close_to(depth);
        }
        // `details` alone may go on past its block: Markdown stands between its tags.
        let stays = self.frames[depth.min(self.frames.len())..]
            .iter()
            .take_while(|frame| matches!(frame, Frame::Raw { tag, .. } if tag.place == Place::Block))
            .count();
        self.close_to((depth + stays).min(self.frames.len()));
    }

    /// Words between tags need a paragraph, unless they are a summary.
    fn begin_paragraph(&mut self, paragraph: &mut Option<usize>) {
        let raw = self.frames.iter().rev().map_while(|frame| match frame {
            Frame::Raw { tag, .. } => Some(tag.place),
            _ => None,
        });
        let in_summary = raw.take_while(|place| *place != Place::Block).any(|place| place == Place::Summary);

        if paragraph.is_none() && !in_summary {
            *paragraph = Some(self.frames.len());
            self.open("<p>", "</p>\n");
        }
    }

    /// Writes a harmless tag if it fits here; says whether it did.
    fn write_tag(&mut self, tag: &Tag, span: Span) -> bool {
        let allowed = tag.allowed;
        let innermost = match self.frames.last() {
            Some(Frame::Raw { tag, .. }) => Some(*tag),
            _ => None,
        };
        if tag.is_end {
            let fits =
                allowed.place != Place::Void && innermost.is_some_and(|open| open.name == allowed.name);
            if fits {
                self.frames.pop();
                self.out.push(allowed.close);
            }
            return fits;
        }
        if self.frames.len() >= MAX_DEPTH
            || (allowed.place == Place::Summary && innermost.is_none_or(|open| open.place != Place::Block))
        {
            return false;
        }
        let mut html = format!("<{}{}>", allowed.name, tag.attributes);
        if allowed.place == Place::Block {
            html.push('\n');
        }
        self.out.push(&html);
        if allowed.place != Place::Void {
            self.frames.push(Frame::Raw { tag: allowed, span });
        }
        true
    }

    /// Closes a tag that the writer left open.
    pub(super) fn close_unended(&mut self, tag: &'static AllowedTag, span: Span) {
        self.out.push(tag.close);
        let problem = Diagnostic::warning(
            "raw-html",
            format!("`<{}>` is not closed, so it ends with its block", tag.name),
        );
        let end = tag.close.trim_end();
        self.problems.add(problem.at(span).help(format!("write `{end}` where it should end")));
    }

    /// Warns once in each block.
    fn warn_of_html(&mut self, html: &str, span: Span) {
        if self.raw_warned == Some(self.block_start) {
            return;
        }
        self.raw_warned = Some(self.block_start);
        let name: String = html
            .trim_start_matches(['<', '/', '!', '?'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(20)
            .collect::<String>()
            .to_lowercase();
        let shown = if name.is_empty() { "HTML".to_string() } else { format!("`<{name}>`") };
        let problem = Diagnostic::warning(
            "raw-html",
            format!("{shown} in the text is not understood and is shown to readers as typed"),
        );
        let mut help = match name.as_str() {
            "b" | "strong" => "write `**bold**`".to_string(),
            "i" | "em" => "write `*emphasis*`".to_string(),
            "a" => "write `[words](address)`".to_string(),
            "img" => "write `![what it shows](file.png)`".to_string(),
            "br" => "end the line with two spaces or `\\`".to_string(),
            "p" | "div" | "span" | "font" | "center" => {
                "leave an empty line between paragraphs and delete the tags".to_string()
            }
            "table" | "tr" | "td" | "th" | "thead" | "tbody" => {
                "write a Markdown table: `| A | B |`".to_string()
            }
            "ul" | "ol" | "li" => "write a list with `- ` before each item".to_string(),
            "h1" | "h2" | "h3" | "h4" => "write `## Heading`".to_string(),
            "del" | "s" | "strike" => "write `~~struck out~~`".to_string(),
            "code" | "pre" => "write `` `code` `` or a fence of three backticks".to_string(),
            "iframe" | "video" | "embed" | "object" => "write a link to what it shows".to_string(),
            _ => "write Markdown instead, or `\\<` for a sign that readers see".to_string(),
        };
        let is_allowed = allowed_tag(&name).is_some();
        if self.settings.raw_html == RawHtml::Escape && is_allowed {
            help.push_str("; or allow harmless tags in `netsite.yaml`: `markdown: { raw_html: safe }`");
        } else if self.settings.raw_html == RawHtml::Sanitise && is_allowed {
            help.push_str("; this tag is allowed where it is paired with its end in the same block, with no attributes but title, lang, dir, open and datetime");
        }
        self.problems.add(problem.at(span).help(help));
    }

    fn report_unclosed_comment(&mut self, text: &str, span: Span) {
        let problem = Diagnostic::error(
            "unclosed-comment",
            format!(
                "a comment is never closed, so everything after it ({} characters) is hidden from readers",
                text.chars().count()
            ),
        );
        self.problems.add(problem.at(span).help("write `-->` where the comment ends"));
    }
}

fn next_token(html: &str, allows_tags: bool) -> (Token<'_>, &str) {
    if let Some(comment) = html.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) => (Token::Comment, &comment[end + 3..]),
            None => (Token::UnclosedComment(html), ""),
        };
    }
    if !allows_tags {
        let end = html.find("<!--").unwrap_or(html.len());
        return (Token::Text(&html[..end]), &html[end..]);
    }
    if html.starts_with('<') {
        let end = markup_length(html);
        return (Token::Markup(&html[..end], parse_tag(&html[..end])), &html[end..]);
    }
    let end = html.find('<').unwrap_or(html.len());
    (Token::Text(&html[..end]), &html[end..])
}

/// How far the markup at the start of `html` goes: to its `>` outside quotes, but not past the next `<`.
fn markup_length(html: &str) -> usize {
    let mut quote = None;
    for (offset, byte) in html.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return offset + 1,
            (_, b'<') => return offset,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn allowed_tag(name: &str) -> Option<&'static AllowedTag> {
    INLINE_TAGS.iter().chain(&OTHER_TAGS).find(|tag| tag.name == name)
}

fn parse_tag(html: &str) -> Option<Tag> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let (inner, is_end) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner.strip_suffix('/').unwrap_or(inner), false),
    };
    let name_length = inner.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let allowed = allowed_tag(&inner[..name_length].to_ascii_lowercase())?;
    let mut attributes = String::new();
    let mut seen: Vec<&'static str> = Vec::new();
    let mut rest = &inner[name_length..];
    while !rest.trim_start().is_empty() {
        if is_end || !rest.starts_with(|first: char| first.is_ascii_whitespace()) {
            return None;
        }
        let (name, value, after) = next_attribute(rest.trim_start())?;
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        rest = after;
        push_attribute(&mut attributes, allowed.name, name, value)?;
    }
    Some(Tag { allowed, is_end, attributes })
}

/// The name, the value if there is one, and the rest.
fn next_attribute(text: &str) -> Option<(&'static str, Option<&str>, &str)> {
    let length = text.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(text.len());
    let name = *["title", "lang", "dir", "open", "datetime"]
        .iter()
        .find(|name| text[..length].eq_ignore_ascii_case(name))?;
    let rest = &text[length..];
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some((name, None, rest)) };
    let value = value.trim_start();
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        let end = value[1..].find(quote)? + 1;
        return Some((name, Some(&value[1..end]), &value[end + 1..]));
    }
    let end = value
        .find(|character: char| character.is_whitespace() || "\"'=<>`".contains(character))
        .unwrap_or(value.len());
    Some((name, Some(&value[..end]), &value[end..]))
}

/// Adds a checked attribute; none where it must not stand on this tag or with this value.
fn push_attribute(attributes: &mut String, tag: &str, name: &str, value: Option<&str>) -> Option<()> {
    let value = decoded(value.unwrap_or(""));
    match name {
        "open" => {
            if tag == "details" {
                attributes.push_str(" open");
            }
            return (tag == "details").then_some(());
        }
        "dir" if !matches!(&*value, "ltr" | "rtl" | "auto") => return None,
        "lang" if !value.chars().all(|character| character.is_ascii_alphanumeric() || character == '-') => {
            return None;
        }
        "datetime" if !matches!(tag, "time" | "ins" | "del") => return None,
        _ => {}
    }
    attributes.push(' ');
    attributes.push_str(name);
    attributes.push_str("=\"");
    push_clean_escaped(attributes, &value);
    attributes.push('"');
    Some(())
}

/// The entities that people write in HTML, as their characters; all are escaped again.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .into()
}

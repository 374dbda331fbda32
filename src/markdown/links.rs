//! Links, images and running text with its bare addresses: what the page refers to, and whether the words for it
//! serve a reader who hears them.

use pulldown_cmark::{Event, LinkType, Tag};

use super::ReferenceKind;
use super::autolink::{self, AddressKind};
use super::events::Events;
use super::html::{Part, push_clean_escaped};
use super::writer::{Frame, Writer};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Link texts that say nothing to a reader who meets the link alone, in a list of a page's links.
const VAGUE: [&str; 34] = [
    "click here",
    "click",
    "here",
    "read more",
    "more",
    "learn more",
    "find out more",
    "see more",
    "link",
    "this link",
    "this",
    "this page",
    "page",
    "website",
    "download",
    "details",
    "click this",
    "click this link",
    "click below",
    "this website",
    "this site",
    "this document",
    "this file",
    "this article",
    "read this",
    "see here",
    "go here",
    "more information",
    "more info",
    "further information",
    "further details",
    "more details",
    "continue",
    "open",
];

const IMAGE_ENDINGS: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];

impl Writer<'_> {
    /// Opens a link and gives the index to go on from.
    pub(super) fn start_link(&mut self, index: usize) -> usize {
        if let Some(after) = self.write_gaps(index) {
            return after;
        }
        let events = self.events;
        let Some(Tag::Link { link_type, dest_url, title, .. }) = events.tag(index) else { return index + 1 };
        let end = events.end_of(index);
        let span = destination(events, index).unwrap_or(events.span(index));
        let text = events.plain_text(index + 1, end);
        let target = match link_type {
            LinkType::Email => format!("mailto:{dest_url}"),
            _ => dest_url.to_string(),
        };
        if !matches!(link_type, LinkType::Autolink | LinkType::Email) {
            self.check_link_text(&text, index);
        }
        self.check_gaps_in(&target, "an address", span);
        let words = if text.is_empty() { Some(dest_url.to_string()) } else { None };
        let reference = self.refer(ReferenceKind::Link, &target, text, span);
        if self.in_heading || self.in_link || self.is_too_deep() {
            self.frames.push(Frame::Ours(""));
        } else {
            self.out.push("<a");
            self.out.push_hole(reference);
            if !title.is_empty() {
                let mut attribute = String::from(" title=\"");
                push_clean_escaped(&mut attribute, title);
                attribute.push('"');
                self.out.push(&attribute);
            }
            self.out.push(">");
            self.frames.push(Frame::Link);
            self.in_link = true;
        }
        if let Some(words) = words {
            self.out.push_text(&words);
        }
        index + 1
    }

    fn check_link_text(&mut self, text: &str, index: usize) {
        let span = self.events.span(index);
        let folded = text.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
        if text.is_empty() {
            let has_image = self
                .events
                .siblings(index + 1, self.events.end_of(index))
                .any(|child| matches!(self.events.tag(child), Some(Tag::Image { .. })));
            // An image without words is reported as such.
            if !has_image {
                let problem = Diagnostic::error(
                    "empty-link",
                    "a link without words cannot be seen, and a screen reader has nothing to say for it",
                );
                self.problems
                    .add(problem.at(span).help("write where the link leads: `[what is there](address)`"));
            }
        } else if VAGUE.contains(&folded.as_str()) {
            let problem = Diagnostic::warning(
                "vague-link",
                format!(
                    "the link text `{folded}` does not say where it leads, for a reader who moves from link to link"
                ),
            );
            self.problems.add(
                problem.at(span).help("name what the link opens: `[terms of reference for Devon](address)`"),
            );
        }
    }

    /// Writes an image; without the title where that is shown as a caption.
    pub(super) fn write_image(&mut self, index: usize, with_title: bool) {
        let events = self.events;
        let Some(Tag::Image { dest_url, title, .. }) = events.tag(index) else { return };
        let span = destination(events, index).unwrap_or(events.span(index));
        let alt = events.plain_text(index + 1, events.end_of(index));
        self.check_alt(&alt, dest_url, events.span(index));
        self.check_gaps_in_image(index);
        let reference = self.refer(ReferenceKind::Image, dest_url, alt.clone(), span);
        if self.in_heading {
            self.write_words(&alt);
            return;
        }
        let mut attributes = String::from(" alt=\"");
        push_clean_escaped(&mut attributes, &alt);
        attributes.push('"');
        if with_title && !title.is_empty() {
            attributes.push_str(" title=\"");
            push_clean_escaped(&mut attributes, title);
            attributes.push('"');
        }
        // What stands before the first heading is seen at once; to wait for it there would only delay it.
        let is_near_top = self.headings.is_empty() && !std::mem::replace(&mut self.has_image, true);
        attributes.push_str(if is_near_top { ">" } else { " loading=\"lazy\" decoding=\"async\">" });
        self.out.push_hole_for(reference, Part::Before);
        self.out.push("<img");
        self.out.push_hole(reference);
        self.out.push(&attributes);
        self.out.push_hole_for(reference, Part::After);
        // Not in a caption: a figure is called what its caption says. And not in a link, which holds no other.
        if !self.in_link {
            self.out.push_hole_for(reference, Part::Whole);
        }
    }

    fn check_alt(&mut self, alt: &str, target: &str, span: Span) {
        let file = target.rsplit(['/', '\\']).next().unwrap_or(target);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let lower = alt.to_lowercase();
        if alt.is_empty() {
            let problem = Diagnostic::error(
                "missing-alt",
                "this image has no words: a reader who cannot see the image needs its content in words",
            );
            self.problems.add(
                problem.at(span).help(format!("write `![what it shows]({})`", target.replace('\\', "/"))),
            );
        } else if alt == file || alt == stem || IMAGE_ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            let problem = Diagnostic::warning(
                "alt-file-name",
                format!(
                    "the words for this image are the name of its file, `{alt}`, which tells a reader nothing"
                ),
            );
            self.problems.add(
                problem.at(span).help(format!("write `![what it shows]({})`", target.replace('\\', "/"))),
            );
        }
    }

    /// The image of a paragraph that holds nothing else, if it has a title: the title is its caption.
    pub(super) fn lone_titled_image(&self, paragraph: usize) -> Option<usize> {
        let image = paragraph + 1;
        match self.events.tag(image)? {
            Tag::Image { title, .. } if !title.is_empty() => {
                (self.events.end_of(image) + 1 == self.events.end_of(paragraph)).then_some(image)
            }
            _ => None,
        }
    }

    pub(super) fn write_titled_figure(&mut self, image: usize) {
        let Some(Tag::Image { title, .. }) = self.events.tag(image) else { return };
        self.out.push("<figure class=\"figure\">");
        self.write_image(image, false);
        self.out.push("<figcaption>");
        self.write_words(title);
        self.out.push("</figcaption></figure>\n");
    }

    /// Writes the text events from `index` on, bare addresses as links, and gives the index after them.
    pub(super) fn write_text(&mut self, index: usize) -> usize {
        let events = self.events;
        let mut after = index;
        let mut has_address = false;
        while after < events.len()
            && let Event::Text(text) = events.event(after)
        {
            has_address = has_address || autolink::may_hold_address(text);
            if &**text == "[" {
                self.check_footnote_mark(events.span(after));
            }
            after += 1;
        }
        if has_address && !self.in_link && !self.in_heading {
            self.write_text_with_addresses(index, after);
        } else if !self.settings.terms.list().is_empty() {
            self.write_text_with_terms(index, after);
        } else {
            for piece in index..after {
                if let Event::Text(text) = events.event(piece) {
                    self.write_words(text);
                }
            }
        }
        after
    }

    fn write_text_with_terms(&mut self, from: usize, to: usize) {
        let events = self.events;
        match events.event(from) {
            // Most texts come in one piece.
            Event::Text(text) if to == from + 1 => {
                let Span { start, end } = events.span(from);
                let is_as_written = (end - start) as usize == text.len();
                let place = |offset: usize| start as usize + if is_as_written { offset } else { 0 };
                self.write_words_and_terms(text, &place);
            }
            _ => {
                let run = Run::of(events, from, to);
                self.write_words_and_terms(&run.text, &|offset| run.place(offset, offset > 0));
            }
        }
    }

    fn write_text_with_addresses(&mut self, from: usize, to: usize) {
        let run = Run::of(self.events, from, to);
        let joined = &run.text;
        let mut written = 0;
        for address in autolink::find(joined) {
            let before = written;
            self.write_words_and_terms(&joined[before..address.start], &|offset| {
                run.place(before + offset, offset > 0)
            });
            let text = &joined[address.start..address.end];
            let target = match address.kind {
                AddressKind::Full => text.to_string(),
                AddressKind::WithoutScheme => format!("https://{text}"),
                AddressKind::Email => format!("mailto:{text}"),
            };
            let span = Span::new(run.place(address.start, false), run.place(address.end, true));
            let reference = self.refer(ReferenceKind::Link, &target, super::html::clean(text), span);
            self.out.push("<a");
            self.out.push_hole(reference);
            self.out.push(">");
            self.write_words(text);
            self.out.push("</a>");
            written = address.end;
        }
        self.write_words_and_terms(&joined[written..], &|offset| run.place(written + offset, offset > 0));
    }
}

/// Texts that follow each other: the parser cuts at every character that might have meant something, so an address
/// with `_` in it comes in pieces. They are joined, with a note of where each begins.
struct Run {
    text: String,
    pieces: Vec<(usize, Span)>,
}

impl Run {
    fn of(events: &Events<'_>, from: usize, to: usize) -> Self {
        let mut run = Self { text: String::new(), pieces: Vec::new() };
        for index in from..to {
            if let Event::Text(text) = events.event(index) {
                run.pieces.push((run.text.len(), events.span(index)));
                run.text.push_str(text);
            }
        }
        run
    }

    /// Where an offset in the text stands in the source.
    fn place(&self, offset: usize, is_end: bool) -> usize {
        let wanted = if is_end { offset.saturating_sub(1) } else { offset };
        let piece = self.pieces.partition_point(|(start, _)| *start <= wanted).saturating_sub(1);
        let (start, span) = self.pieces[piece];
        let length = self.pieces.get(piece + 1).map_or(self.text.len(), |next| next.0) - start;
        // An entity is longer in the source than its character: then only the whole piece has a place.
        if length == (span.end - span.start) as usize {
            span.start as usize + offset - start
        } else if is_end {
            span.end as usize
        } else {
            span.start as usize
        }
    }
}

/// Where the address of the link or image at `index` is written.
pub(super) fn destination(events: &Events<'_>, index: usize) -> Option<Span> {
    let (link_type, id) = match events.tag(index)? {
        Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => (*link_type, id),
        _ => return None,
    };
    let whole = events.span(index);
    match link_type {
        LinkType::Autolink | LinkType::Email => {
            Some(Span::new(whole.start as usize + 1, (whole.end as usize).saturating_sub(1)))
        }
        LinkType::Inline => {
            let end = events.end_of(index);
            let text_end = if end > index + 1 { events.span(end - 1).end } else { whole.start };
            address_after("](", events.source, text_end, whole.end)
        }
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            let line = events.definition(id)?;
            address_after("]:", events.source, line.start, line.end)
        }
        _ => None,
    }
}

/// The address that follows `mark` in `from..to`.
fn address_after(mark: &str, source: &str, from: u32, to: u32) -> Option<Span> {
    let region = source.get(from as usize..to as usize)?;
    let after = region.find(mark)? + mark.len();
    let rest = &region[after..];
    let start = after + rest.len() - rest.trim_start().len();
    let rest = &region[start..];
    let bytes = rest.as_bytes();
    let in_brackets = bytes.first() == Some(&b'<');
    let mut depth = 0;
    let mut escaped = false;
    let mut length = bytes.len();
    for (offset, byte) in bytes.iter().enumerate().skip(usize::from(in_brackets)) {
        let ends = match byte {
            _ if escaped => false,
            b'>' => in_brackets,
            _ if in_brackets => false,
            b'(' => {
                depth += 1;
                false
            }
            b')' => {
                depth -= 1;
                depth < 0
            }
            byte => byte.is_ascii_whitespace(),
        };
        escaped = *byte == b'\\' && !escaped;
        if ends {
            length = offset;
            break;
        }
    }
    let start = start + usize::from(in_brackets);
    let end = start.max(start - usize::from(in_brackets) + length);
    (end > start).then(|| Span::new(from as usize + start, from as usize + end))
}

//! Events into HTML: the loop, the elements that need no file of their own, and the state that all of them share.
//! Elements nest on a stack of frames, never on the call stack, so that no text can exhaust it.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::events::Events;
use super::footnotes::Footnotes;
use super::headings::{Heading, Ids};
use super::html::Html;
use super::limits::{MAX_DEPTH, MAX_HIGHLIGHTED, MAX_INPUT, max_output};
use super::problems::Problems;
use super::raw_html::AllowedTag;
use super::terms::Use;
use super::words::Words;
use super::{Document, RawHtml, Reference, ReferenceKind, Section, Settings};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text::{Phrases, phrases};

/// An element that is open.
pub(super) enum Frame {
    /// One of ours, with the HTML that ends it; empty below the deepest level that is written.
    Ours(&'static str),
    /// A link: no link may stand in it.
    Link,
    /// One that the writer typed.
    Raw { tag: &'static AllowedTag, span: Span },
}

/// The state of one body's writing.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about where the writer is, not modes of one thing"
)]
pub(super) struct Writer<'a> {
    pub(super) events: &'a Events<'a>,
    pub(super) settings: &'a Settings<'a>,
    /// The words that are ours, in the body's language.
    pub(super) phrases: &'static Phrases,
    /// Marks them where that language is another.
    pub(super) ours: String,
    pub(super) out: Html,
    pub(super) frames: Vec<Frame>,
    pub(super) problems: Problems,
    pub(super) references: Vec<Reference>,
    pub(super) headings: Vec<Heading>,
    pub(super) ids: Ids,
    pub(super) footnotes: Footnotes,
    pub(super) in_link: bool,
    pub(super) in_heading: bool,
    /// Whether an image was written.
    pub(super) has_image: bool,
    /// In the header of a table, which narrow screens do not show.
    pub(super) in_table_header: bool,
    /// What was done with each term; empty before the first.
    pub(super) terms: Vec<Use>,
    /// In a helper or a footnote: no section begins here, and no helper but an alert.
    pub(super) enclosed: bool,
    /// Where the block begins whose HTML was last warned about.
    pub(super) raw_warned: Option<u32>,
    pub(super) block_start: u32,
    /// Tables since the last heading, to tell their labels apart.
    pub(super) table_count: usize,
    pub(super) highlight_left: usize,
    /// Flowcharts that were drawn, and their steps and links together.
    pub(super) drawings: usize,
    pub(super) drawn: usize,
    /// The gap with several answers that is being repeated, and the line of its example that is written.
    pub(super) example_row: Option<(usize, usize)>,
    sections: Vec<Section>,
    section_heading: Option<Heading>,
    words: Words,
    /// Bytes of HTML that are written but not in `out`.
    parked: usize,
    max_output: usize,
    too_large: bool,
    too_deep: bool,
}

/// Parses and writes a body, see [`super::parse`].
pub(super) fn write(text: &str, base: u32, settings: &Settings<'_>) -> Document {
    let mut kept = text.len().min(MAX_INPUT);
    while !text.is_char_boundary(kept) {
        kept -= 1;
    }
    let source = &text[..kept];
    let events = Events::read(source, settings.raw_html == RawHtml::Escape, settings.gaps.is_some());
    let mut writer = Writer {
        events: &events,
        settings,
        phrases: phrases(settings.language),
        ours: phrases(settings.language).mark(settings.language),
        out: Html::default(),
        frames: Vec::new(),
        problems: Problems::new(base),
        references: Vec::new(),
        headings: Vec::new(),
        ids: Ids::default(),
        footnotes: Footnotes::default(),
        in_link: false,
        in_heading: false,
        has_image: false,
        in_table_header: false,
        terms: Vec::new(),
        enclosed: false,
        raw_warned: None,
        block_start: 0,
        table_count: 0,
        highlight_left: MAX_HIGHLIGHTED,
        drawings: 0,
        drawn: 0,
        example_row: None,
        sections: Vec::new(),
        section_heading: None,
        words: Words::default(),
        parked: 0,
        max_output: max_output(source.len()),
        too_large: false,
        too_deep: false,
    };
    writer.reserve_ids();
    writer.find_footnotes();
    writer.find_as_typed();
    writer.write_range(0, events.len());
    writer.write_footnotes();
    if kept < text.len() || (events.cut && !writer.too_large) {
        writer.report_too_large(Span::new(kept, kept));
    }
    writer.finish(base)
}

impl Writer<'_> {
    fn finish(mut self, base: u32) -> Document {
        self.end_section();
        let blocks = super::blocks::blocks_of(&self);
        for reference in &mut self.references {
            reference.span = reference.span.shifted(base);
        }
        for heading in &mut self.headings {
            heading.span = heading.span.shifted(base);
        }
        for heading in self.sections.iter_mut().filter_map(|section| section.heading.as_mut()) {
            heading.span = heading.span.shifted(base);
        }
        let terms = self.used_terms();
        Document {
            has_drawing: self.drawings > 0,
            // Collected anew, each list takes just the memory that it needs.
            sections: self.sections.into_boxed_slice().into_vec(),
            references: self.references.into_boxed_slice().into_vec(),
            headings: self.headings.into_boxed_slice().into_vec(),
            problems: self.problems.finish(),
            word_count: self.words.count(),
            terms,
            blocks,
        }
    }

    fn end_section(&mut self) {
        let mut html = std::mem::take(&mut self.out);
        html.shrink();
        self.parked += html.byte_len();
        self.sections.push(Section { heading: self.section_heading.take(), html });
    }

    /// Whether a heading here begins a section of the page.
    pub(super) fn at_top_level(&self) -> bool {
        !self.enclosed && self.frames.iter().all(|frame| matches!(frame, Frame::Raw { .. }))
    }

    /// Ends the section and begins the one of `heading`.
    pub(super) fn begin_section(&mut self, heading: Heading) {
        self.close_to(0);
        self.end_section();
        self.section_heading = Some(heading);
    }

    /// Writes the events `from..to`, which must be whole elements.
    pub(super) fn write_range(&mut self, from: usize, to: usize) {
        let base = self.frames.len();
        let mut index = from;
        while index < to && !self.is_full(index) {
            index = self.write_event(index);
        }
        self.close_to(base);
    }

    /// Writes the events `from..to` apart from the rest and gives them.
    pub(super) fn capture(&mut self, from: usize, to: usize) -> Html {
        let outer = std::mem::take(&mut self.out);
        self.parked += outer.byte_len();
        self.write_range(from, to);
        let inner = std::mem::replace(&mut self.out, outer);
        self.parked -= self.out.byte_len();
        inner
    }

    /// Counts HTML that is kept elsewhere than in `out`.
    pub(super) fn park(&mut self, bytes: usize) {
        self.parked += bytes;
    }

    /// Whether the page has grown past its limit; reports it once, at the event `index`.
    pub(super) fn is_full(&mut self, index: usize) -> bool {
        if !self.too_large && self.parked + self.out.byte_len() > self.max_output {
            let start = self.events.span(index).start as usize;
            self.report_too_large(Span::new(start, start));
        }
        self.too_large
    }

    fn report_too_large(&mut self, span: Span) {
        self.too_large = true;
        let problem = Diagnostic::error(
            "page-too-large",
            "the page is too large to be published, so its end is missing from here on for every reader",
        );
        self.problems.add(
            problem
                .at(span)
                .help("divide it into several pages, or offer a large table as a file to download"),
        );
    }

    /// Writes the event at `index`, or the element that starts there, and gives the index to go on from.
    fn write_event(&mut self, index: usize) -> usize {
        let events = self.events;
        let span = events.span(index);
        match events.event(index) {
            Event::Start(tag) => return self.start(index, tag),
            Event::End(_) => self.close_ours(),
            Event::Text(_) => return self.write_text(index),
            Event::Code(code) => {
                self.words.add(code);
                self.check_gaps_in(code, "code", span);
                self.out.push("<code>");
                self.out.push_text(code);
                self.out.push("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.write_inline_html(html, span),
            Event::FootnoteReference(label) => self.write_footnote_reference(label),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.out.push("<hr>\n"),
            Event::TaskListMarker(done) => {
                let Phrases { done: is_done, to_do, .. } = self.phrases;
                let (checked, label) = if *done { (" checked", is_done) } else { ("", to_do) };
                let mark = &self.ours;
                self.out.push(&format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"{mark}> "
                ));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.write_words(text),
        }
        index + 1
    }

    fn line_break(&mut self, html: &str) {
        self.words.end();
        self.out.push(html);
    }

    /// Writes running text.
    pub(super) fn write_words(&mut self, text: &str) {
        self.words.add(text);
        self.out.push_text(text);
    }

    fn start(&mut self, index: usize, tag: &Tag<'_>) -> usize {
        let after = self.events.end_of(index) + 1;
        match tag {
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { .. } => return self.start_link(index),
            Tag::Image { .. } => {
                self.write_image(index, true);
                return after;
            }
            _ => return self.start_block(index, tag),
        }
        index + 1
    }

    fn start_block(&mut self, index: usize, tag: &Tag<'_>) -> usize {
        let after = self.events.end_of(index) + 1;
        self.words.end();
        self.block_start = self.events.span(index).start;
        match tag {
            Tag::Paragraph => {
                self.check_stray_marker(index);
                if let Some(image) = self.lone_titled_image(index) {
                    self.write_titled_figure(image);
                    return after;
                }
                self.open("<p>", "</p>\n");
            }
            Tag::Heading { level, id, attrs, .. } => {
                let has_attributes = !attrs.is_empty();
                self.write_heading(index, level_number(*level), id.as_deref(), has_attributes);
                return after;
            }
            Tag::BlockQuote(_) => return self.start_quote(index),
            Tag::CodeBlock(kind) => {
                self.write_code_block(index, kind);
                return after;
            }
            Tag::HtmlBlock => {
                self.write_html_block(index);
                return after;
            }
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => {
                if self.write_repeated_item(index) {
                    return after;
                }
                let open = if self.is_task(index) { "<li class=\"task\">" } else { "<li>" };
                self.open(open, "</li>\n");
            }
            Tag::DefinitionList => self.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open("<dd>", "</dd>\n"),
            Tag::Table(_) => {
                self.write_plain_table(index);
                return after;
            }
            // Footnotes are written at the end; metadata blocks are not asked for.
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => return after,
            _ => self.frames.push(Frame::Ours("")),
        }
        index + 1
    }

    fn is_task(&self, item: usize) -> bool {
        let is_marker = |index: usize| {
            index < self.events.len() && matches!(self.events.event(index), Event::TaskListMarker(_))
        };
        is_marker(item + 1)
            || (matches!(self.events.tag(item + 1), Some(Tag::Paragraph)) && is_marker(item + 2))
    }

    /// Whether a term can be explained here: not in a heading, a link, or words that a list or tag explains.
    pub(super) fn explains_here(&self) -> bool {
        let explains = |frame: &Frame| match frame {
            Frame::Ours(close) => *close != "</dt>\n",
            Frame::Link => false,
            Frame::Raw { tag, .. } => tag.holds_terms(),
        };
        !self.in_heading && !self.in_link && !self.in_table_header && self.frames.iter().all(explains)
    }

    /// Opens an element of ours, or nothing where it would lie too deep.
    pub(super) fn open(&mut self, open: &str, close: &'static str) {
        if self.is_too_deep() {
            self.out.push("\n");
            self.frames.push(Frame::Ours(""));
        } else {
            self.out.push(open);
            self.frames.push(Frame::Ours(close));
        }
    }

    pub(super) fn is_too_deep(&mut self) -> bool {
        let deep = self.frames.len() >= MAX_DEPTH;
        if deep && !self.too_deep {
            self.too_deep = true;
            let problem = Diagnostic::error(
                "too-deep",
                format!("the text is nested more than {MAX_DEPTH} levels deep, which no reader can follow"),
            );
            let span = Span::new(self.block_start as usize, self.block_start as usize);
            self.problems.add(problem.at(span).help("use fewer levels of lists, quotes and emphasis"));
        }
        deep
    }

    /// Closes the innermost element of ours and whatever the writer left open in it.
    pub(super) fn close_ours(&mut self) {
        while let Some(frame) = self.frames.pop() {
            match frame {
                Frame::Raw { tag, span } => self.close_unended(tag, span),
                Frame::Link => {
                    self.in_link = false;
                    self.out.push("</a>");
                    return;
                }
                Frame::Ours(close) => {
                    if close == "</p>\n" {
                        if self.out.undo_empty("<p>") {
                            return;
                        }
                        self.out.trim_end();
                    }
                    self.out.push(close);
                    return;
                }
            }
        }
    }

    /// Closes elements until only `depth` are open.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.frames.len() > depth {
            if let Some(Frame::Raw { tag, span }) = self.frames.last() {
                let (tag, span) = (*tag, *span);
                self.frames.pop();
                self.close_unended(tag, span);
            } else {
                self.close_ours();
            }
        }
    }

    /// Notes a reference and gives its index.
    pub(super) fn refer(&mut self, kind: ReferenceKind, target: &str, mut text: String, span: Span) -> u32 {
        let mut target = super::html::clean(target);
        target.shrink_to_fit();
        text.shrink_to_fit();
        self.references.push(Reference { kind, target, text, span });
        self.references.len() as u32 - 1
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

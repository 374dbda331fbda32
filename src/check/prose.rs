//! The running text of a page, read from its source once more: blocks of words, each word with its place in the file. What
//! is no text of the writer's own (code, addresses, quotations) is left out or masked, so that no rule meets it. Words and
//! sentences are found once for all rules.

mod sentences;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::content;
use crate::source::Span;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    /// An item of a list, or a cell of a table: often no sentence.
    Note,
}

/// A block of text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Its words on one line; each byte of what is masked is [`MASK`].
    pub(super) text: String,
    /// Where pieces begin in the text, and in the file; sorted.
    pieces: Vec<Piece>,
    /// Where its words stand in the text; sorted.
    words: Vec<Range<usize>>,
    /// Where its sentences stand in the text; sorted.
    pub(super) sentences: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Piece {
    at: usize,
    source: Span,
    /// Whether each byte of the piece stands as it is in the file.
    is_exact: bool,
}

/// Stands for what is no word: code, addresses.
const MASK: char = '_';

/// A stretch in italics.
#[derive(Debug)]
pub(super) struct Italics {
    pub(super) span: Span,
    pub(super) words: usize,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) blocks: Vec<Block>,
    pub(super) italics: Vec<Italics>,
}

/// A page that raises more events than this is reported elsewhere, and looked at no further.
const MAX_EVENTS: usize = 400_000;

impl Block {
    fn new(kind: Kind) -> Self {
        Self { kind, text: String::new(), pieces: Vec::new(), words: Vec::new(), sentences: Vec::new() }
    }

    /// The block when its text is whole.
    fn finished(mut self) -> Self {
        self.words = words(&self.text).iter().map(|word| word.start..word.end()).collect();
        if self.kind != Kind::Heading {
            self.sentences = sentences::sentences(&self.text);
        }
        self
    }

    fn push(&mut self, text: &str, source: Range<usize>, is_masked: bool) {
        let is_exact = source.len() == text.len();
        self.pieces.push(Piece {
            at: self.text.len(),
            source: Span::new(source.start, source.end),
            is_exact,
        });
        if is_masked {
            self.text.extend(std::iter::repeat_n(MASK, text.len()));
            return;
        }
        let from = self.text.len();
        self.text.push_str(text);
        mask_addresses(&mut self.text, from);
    }

    /// Where a stretch of the text stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.place(range.start, false), self.place(range.end, true))
    }

    fn place(&self, offset: usize, is_end: bool) -> usize {
        let wanted = if is_end { offset.saturating_sub(1) } else { offset };
        let index = self.pieces.partition_point(|piece| piece.at <= wanted).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return 0 };
        if piece.is_exact {
            (piece.source.start as usize + (offset - piece.at)).min(piece.source.end as usize)
        } else if is_end {
            piece.source.end as usize
        } else {
            piece.source.start as usize
        }
    }

    /// Whether a stretch stands in quotation marks by itself: then it is spoken of, and not said.
    pub(super) fn is_quoted(&self, range: Range<usize>) -> bool {
        let marks = ['"', '\'', '“', '”', '‘', '’', '«', '»'];
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[range.end..].trim_start_matches(['.', ',']).chars().next();
        before.is_some_and(|mark| marks.contains(&mark)) && after.is_some_and(|mark| marks.contains(&mark))
    }

    /// Its words: letters and digits, with apostrophes in them.
    pub(super) fn words(&self) -> Vec<Word<'_>> {
        self.words_of(&self.words)
    }

    /// The words that stand in a stretch of the text.
    pub(super) fn words_in(&self, range: &Range<usize>) -> Vec<Word<'_>> {
        let from = self.words.partition_point(|word| word.start < range.start);
        let to = self.words.partition_point(|word| word.end <= range.end);
        self.words_of(self.words.get(from..to).unwrap_or_default())
    }

    fn words_of(&self, places: &[Range<usize>]) -> Vec<Word<'_>> {
        places.iter().map(|place| Word { text: &self.text[place.clone()], start: place.start }).collect()
    }
}

/// A word and its place in its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text: letters, digits, what is masked, and apostrophes between letters.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let is_part = |character: char| character.is_alphanumeric() || character == MASK;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let joins = matches!(character, '\'' | '’')
            && start.is_some()
            && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if is_part(character) || joins {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            words.push(Word { text: &text[from..at], start: from });
        }
    }
    words.extend(start.map(|from| Word { text: &text[from..], start: from }));
    words
}

/// Masks words that are addresses, from a place in the text on.
fn mask_addresses(text: &mut String, from: usize) {
    if !["://", "www.", "@"].iter().any(|sign| text[from..].contains(sign)) {
        return;
    }
    let masked: String = text[from..]
        .split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            if ["://", "www.", "@"].iter().any(|sign| bare.contains(sign)) {
                let rest = &word[bare.len()..];
                format!("{}{rest}", MASK.to_string().repeat(bare.len()))
            } else {
                word.to_string()
            }
        })
        .collect();
    text.replace_range(from.., &masked);
}

/// Reads the text of a page's file.
pub(super) fn read(file: &str) -> Prose {
    let Some((body, base)) = content::text_below(file) else { return Prose::default() };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut reader = Reader { body, base, prose: Prose::default(), open: None, ..Reader::default() };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter().take(MAX_EVENTS) {
        reader.take(event, range);
    }
    reader.close();
    reader.prose
}

#[derive(Default)]
struct Reader<'b> {
    body: &'b str,
    base: usize,
    prose: Prose,
    open: Option<Block>,
    /// Lists, tables and definitions that are open: what stands in them is no sentence for sure.
    notes: usize,
    /// Quotations of somebody else's words that are open.
    quotations: usize,
    /// For each quotation that is open, whether it is one.
    quotes: Vec<bool>,
    in_code: bool,
    in_address: bool,
    in_image: usize,
    italics: Vec<(usize, usize)>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.in_code && self.in_image == 0 => {
                let is_masked = self.in_address;
                self.push(&text, range, is_masked);
            }
            Event::Code(code) => self.push(&code, range, true),
            Event::SoftBreak | Event::HardBreak => self.push(" ", range.start..range.start + 1, false),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>, is_masked: bool) {
        if self.quotations > 0 {
            return;
        }
        let source = self.base + range.start..self.base + range.end;
        let kind = if self.notes > 0 { Kind::Note } else { Kind::Paragraph };
        self.open.get_or_insert_with(|| Block::new(kind)).push(text, source, is_masked);
    }

    fn close(&mut self) {
        let open = self.open.take().filter(|block| !block.text.trim().is_empty());
        self.prose.blocks.extend(open.map(Block::finished));
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => {
                self.close();
                if self.quotations == 0 {
                    self.open = Some(Block::new(Kind::Heading));
                }
            }
            Tag::BlockQuote(_) => {
                self.close();
                // A block of ours begins with its name, `[!NOTE]`; any other quotation is in somebody else's words.
                let text = self.body.get(range).unwrap_or("").trim_start_matches(['>', ' ', '\t']);
                let is_quotation = !text.starts_with("[!");
                self.quotes.push(is_quotation);
                self.quotations += usize::from(is_quotation);
            }
            Tag::List(_) | Tag::Table(_) | Tag::DefinitionList => {
                self.close();
                self.notes += 1;
            }
            Tag::Paragraph
            | Tag::Item
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock => self.close(),
            Tag::CodeBlock(_) => {
                self.close();
                self.in_code = true;
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.in_address = true,
            Tag::Image { .. } => self.in_image += 1,
            Tag::Emphasis => {
                let written = self.open.as_ref().map_or(0, |block| block.text.len());
                self.italics.push((range.start, written));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotations -= usize::from(self.quotes.pop().unwrap_or(false));
            }
            TagEnd::List(_) | TagEnd::Table | TagEnd::DefinitionList => {
                self.close();
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock => self.close(),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Link => self.in_address = false,
            TagEnd::Image => self.in_image = self.in_image.saturating_sub(1),
            TagEnd::Emphasis => {
                let Some((start, written)) = self.italics.pop() else { return };
                let Some(block) = &self.open else { return };
                let words = words(block.text.get(written..).unwrap_or("")).len();
                let span = Span::new(self.base + start, self.base + range.end);
                self.prose.italics.push(Italics { span, words });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(body: &str) -> String {
        format!("---\ntitle: T\n---\n{body}")
    }

    #[test]
    fn each_word_has_its_place_in_the_file() {
        let text =
            file("One *two* [three](x.md) &amp; four\nfive `six` <https://a.example/b>\n\n## A seven\n");
        let prose = read(&text);
        assert_eq!(prose.blocks.len(), 2, "{prose:?}");
        for word in ["One", "two", "three", "four", "five"] {
            let block = &prose.blocks[0];
            let found = block.words().into_iter().find(|found| found.text == word).unwrap();
            assert_eq!(block.span(found.start..found.end()).of(&text), word);
        }
        assert!(!prose.blocks[0].text.contains("six") && !prose.blocks[0].text.contains("example"));
        assert_eq!(prose.blocks[1].kind, Kind::Heading);
    }

    #[test]
    fn words_of_others_and_code_are_left_out() {
        let prose = read(&file("> Somebody said e.g. this.\n\n```\ncode\n```\n\n> [!NOTE]\n> Ours.\n"));
        let texts: Vec<&str> = prose.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["[!NOTE] Ours."]);
    }
}

//! Pieces of HTML with holes where the site puts what only it knows: the address behind a link, the size of an
//! image, an embedded block.

use crate::text::push_escaped;

/// A place in a piece of HTML that waits for a reference to be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Hole {
    /// Offset in bytes into the piece's text.
    at: u32,
    /// Index into [`super::Document::references`].
    reference: u32,
    part: Part,
}

/// Which place of what refers a hole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// In the tag, for its attributes; where a block goes, all of it.
    Inside,
    /// Before the tag of an image.
    Before,
    /// After the tag of an image.
    After,
    /// Where a reader looks for a way to the whole of an image.
    Whole,
}

/// HTML with holes, in the order of their places. Its text is balanced and safe: only this module's own tags and
/// attributes stand in it, and everything a writer typed is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Html {
    text: String,
    holes: Vec<Hole>,
}

impl Html {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.holes.is_empty()
    }

    /// The length of the text without what fills the holes.
    pub fn byte_len(&self) -> usize {
        self.text.len()
    }

    /// The text with its holes left empty.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds the whole to `out`; at each hole `resolve` is given the reference's index and the place, and adds what
    /// belongs there.
    pub fn fill(&self, out: &mut String, resolve: &mut dyn FnMut(u32, Part, &mut String)) {
        out.reserve(self.text.len() + self.holes.len() * 32);
        let mut from = 0;
        for hole in &self.holes {
            let at = hole.at as usize;
            out.push_str(&self.text[from..at]);
            resolve(hole.reference, hole.part, out);
            from = at;
        }
        out.push_str(&self.text[from..]);
    }

    pub(super) fn push(&mut self, html: &str) {
        self.text.push_str(html);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        push_clean_escaped(&mut self.text, text);
    }

    pub(super) fn push_hole(&mut self, reference: u32) {
        self.push_hole_for(reference, Part::Inside);
    }

    pub(super) fn push_hole_for(&mut self, reference: u32, part: Part) {
        self.holes.push(Hole { at: self.text.len() as u32, reference, part });
    }

    pub(super) fn append(&mut self, other: &Html) {
        let offset = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.holes.extend(other.holes.iter().map(|hole| Hole { at: hole.at + offset, ..*hole }));
    }

    /// Takes back an element that turned out to hold nothing; says whether it did.
    pub(super) fn undo_empty(&mut self, open: &str) -> bool {
        let length = self.text.trim_end().len();
        let hole_inside = self.holes.last().is_some_and(|hole| hole.at as usize >= length);
        let empty = !hole_inside && self.text[..length].ends_with(open);
        if empty {
            self.text.truncate(length - open.len());
        }
        empty
    }

    /// The same without a paragraph's end, so that more can be put into its last paragraph; says whether there was one.
    pub(super) fn reopen_paragraph(&mut self) -> bool {
        let open = self.text.ends_with("</p>\n");
        if open {
            self.text.truncate(self.text.len() - "</p>\n".len());
        }
        open
    }

    /// Drops white space from the end.
    pub(super) fn trim_end(&mut self) {
        let last_hole = self.holes.last().map_or(0, |hole| hole.at as usize);
        self.text.truncate(self.text.trim_end().len().max(last_hole));
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Moves into memory of just the size that it needs: allocators may leave a text that is merely shrunk in a
    /// block of twice its size, and a site holds thousands of them.
    pub(super) fn shrink(&mut self) {
        self.text = String::from(self.text.as_str());
        self.holes = self.holes.as_slice().to_vec();
    }
}

fn is_stray_control(character: char) -> bool {
    (character < ' ' && !matches!(character, '\t' | '\n' | '\r')) || character == '\u{7f}'
}

/// Escapes, and puts the replacement character where a control character would break the page or hide in it.
pub(super) fn push_clean_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(is_stray_control) {
        push_escaped(html, &rest[..at]);
        html.push('\u{fffd}');
        rest = &rest[at + 1..];
    }
    push_escaped(html, rest);
}

/// The text with the replacement character in the place of control characters.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|character| if is_stray_control(character) { '\u{fffd}' } else { character }).collect()
}

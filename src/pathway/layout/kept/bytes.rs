//! A layout as bytes and back: numbers of as many bytes as they need, texts and lists after their length.

use super::super::{Frame, Layout, NodeBox, Rect, Route, WordBox};
use crate::pathway::measure::TextLine;
use crate::pathway::model::Run;

/// No place of a drawing lies further out, in px; it keeps sums of places within their numbers.
const FURTHEST: i32 = 1 << 24;

/// Bytes that are being written.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    pub(super) fn count(&mut self, value: usize) {
        let mut value = value;
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(super) fn index(&mut self, index: Option<usize>) {
        self.count(index.map_or(0, |index| index + 1));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend(text.as_bytes());
    }

    pub(super) fn runs(&mut self, runs: &[Run]) {
        self.count(runs.len());
        for Run { text, bold, italic } in runs {
            self.byte(u8::from(*bold) | u8::from(*italic) << 1);
            self.text(text);
        }
    }

    /// Numbers near nothing take one byte on either side of it.
    fn place(&mut self, value: i32) {
        self.count(((value << 1) ^ (value >> 31)).cast_unsigned() as usize);
    }

    fn point(&mut self, (x, y): (i32, i32)) {
        self.place(x);
        self.place(y);
    }

    fn rect(&mut self, Rect { x, y, w, h }: Rect) {
        self.point((x, y));
        self.point((w, h));
    }

    fn lines(&mut self, lines: &[TextLine]) {
        self.count(lines.len());
        for TextLine { runs, width } in lines {
            self.runs(runs);
            self.place(*width);
        }
    }

    fn words(&mut self, WordBox { rect, lines }: &WordBox) {
        self.rect(*rect);
        self.lines(lines);
    }

    pub(super) fn layout(&mut self, layout: &Layout) {
        let Layout { width, height, in_lanes, nodes, edges, frames } = layout;
        self.point((*width, *height));
        self.byte(u8::from(*in_lanes));
        self.count(nodes.len());
        for NodeBox { rect, lines, words_at } in nodes {
            self.rect(*rect);
            self.lines(lines);
            self.point(*words_at);
        }
        self.count(edges.len());
        for Route { points, label } in edges {
            self.count(points.len());
            for point in points {
                self.point(*point);
            }
            self.byte(u8::from(label.is_some()));
            if let Some(label) = label {
                self.words(label);
            }
        }
        self.count(frames.len());
        for Frame { group, lane, rect, title } in frames {
            self.index(*group);
            self.byte(u8::from(*lane));
            self.rect(*rect);
            self.words(title);
        }
    }
}

/// Bytes that are being read; each reading is none where they are not what it expects.
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn count(&mut self) -> Option<usize> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return usize::try_from(value).ok();
            }
        }
        None
    }

    /// A list. Room is made as its items are read: a length alone may promise anything.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut list = Vec::with_capacity(count.min(self.rest.len()).min(1024));
        for _ in 0..count {
            list.push(item(self)?);
        }
        Some(list)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn run(&mut self) -> Option<Run> {
        let style = self.byte().filter(|style| *style < 4)?;
        Some(Run { text: self.text()?, bold: style & 1 != 0, italic: style & 2 != 0 })
    }

    fn place(&mut self) -> Option<i32> {
        let value = u32::try_from(self.count()?).ok()?;
        let value = (value >> 1).cast_signed() ^ -(value & 1).cast_signed();
        (-FURTHEST..=FURTHEST).contains(&value).then_some(value)
    }

    fn point(&mut self) -> Option<(i32, i32)> {
        Some((self.place()?, self.place()?))
    }

    fn rect(&mut self) -> Option<Rect> {
        let ((x, y), (w, h)) = (self.point()?, self.point()?);
        Some(Rect { x, y, w, h })
    }

    fn lines(&mut self) -> Option<Vec<TextLine>> {
        self.list(|line| Some(TextLine { runs: line.list(Self::run)?, width: line.place()? }))
    }

    fn words(&mut self) -> Option<WordBox> {
        Some(WordBox { rect: self.rect()?, lines: self.lines()? })
    }

    fn node(&mut self) -> Option<NodeBox> {
        Some(NodeBox { rect: self.rect()?, lines: self.lines()?, words_at: self.point()? })
    }

    fn route(&mut self) -> Option<Route> {
        let points = self.list(Self::point)?;
        let label = if self.flag()? { Some(self.words()?) } else { None };
        Some(Route { points, label })
    }

    fn frame(&mut self) -> Option<Frame> {
        Some(Frame {
            group: self.count()?.checked_sub(1),
            lane: self.flag()?,
            rect: self.rect()?,
            title: self.words()?,
        })
    }

    pub(super) fn layout(&mut self) -> Option<Layout> {
        let (width, height) = self.point()?;
        Some(Layout {
            width,
            height,
            in_lanes: self.flag()?,
            nodes: self.list(Self::node)?,
            edges: self.list(Self::route)?,
            frames: self.list(Self::frame)?,
        })
    }
}

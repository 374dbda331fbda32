//! `[!FIGURE]`: an image and its caption, which may be long.

use pulldown_cmark::{Event, Tag};

use super::Marker;
use crate::markdown::writer::Writer;

const EXAMPLE: &str = "> ![What the image shows](file.png)\n>\n> The caption.";

impl Writer<'_> {
    pub(super) fn write_figure(&mut self, marker: Marker<'_>) {
        let events = self.events;
        let content = self.content(marker);
        // The image stands right below the marker or in a paragraph of its own.
        let (from, end, blocks_from) = if content.has_inline() {
            (content.inline.0, content.inline.1, content.blocks.0)
        } else if matches!(events.tag(content.blocks.0), Some(Tag::Paragraph)) {
            let end = events.end_of(content.blocks.0);
            (content.blocks.0 + 1, end, end + 1)
        } else {
            return self.refuse(marker, "an image as its first line", EXAMPLE);
        };
        let Some(Tag::Image { title, .. }) = events.tag(from) else {
            return self.refuse(marker, "an image as its first line", EXAMPLE);
        };
        let mut words_from = events.end_of(from) + 1;
        while words_from < end && matches!(events.event(words_from), Event::SoftBreak | Event::HardBreak) {
            words_from += 1;
        }
        let blocks = (blocks_from, content.blocks.1);
        self.out.push("<figure class=\"figure\">");
        self.write_image(from, false);
        if words_from < end || blocks.0 < blocks.1 || !title.is_empty() {
            self.out.push("<figcaption>");
            if words_from < end {
                self.open("<p>", "</p>\n");
                self.write_range(words_from, end);
                self.close_ours();
            } else if blocks.0 == blocks.1 {
                self.write_words(title);
            }
            self.write_range(blocks.0, blocks.1);
            self.out.push("</figcaption>");
        }
        self.out.push("</figure>\n");
    }
}

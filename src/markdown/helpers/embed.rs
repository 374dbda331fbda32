//! `[!EMBED]`: the drawing or chart of another page, named by a link to it.

use pulldown_cmark::{Event, Tag};

use super::Marker;
use crate::markdown::ReferenceKind;
use crate::markdown::links::destination;
use crate::markdown::writer::Writer;

const EXAMPLE: &str = "> [The uniform stroke pathway](../pathways/stroke.md)";

impl Writer<'_> {
    pub(super) fn write_embed(&mut self, marker: Marker<'_>) {
        match self.only_link(marker) {
            Some(link) => self.write_embedded(link),
            None => self.refuse(marker, "exactly one link, to a pathway or a benchmark", EXAMPLE),
        }
    }

    /// The link that is all the helper's content.
    fn only_link(&self, marker: Marker<'_>) -> Option<usize> {
        let events = self.events;
        let content = self.content(marker);
        let (from, to) = if content.has_inline() {
            if content.blocks.0 < content.blocks.1 {
                return None;
            }
            content.inline
        } else {
            let paragraph = content.blocks.0;
            let is_paragraph = matches!(events.tag(paragraph), Some(Tag::Paragraph));
            if !is_paragraph || events.end_of(paragraph) + 1 != content.blocks.1 {
                return None;
            }
            (paragraph + 1, events.end_of(paragraph))
        };
        let mut siblings = events.siblings(from, to).filter(|index| match events.event(*index) {
            Event::SoftBreak | Event::HardBreak => false,
            Event::Text(text) => !text.trim().is_empty(),
            _ => true,
        });
        let link = siblings.next()?;
        (siblings.next().is_none() && matches!(events.tag(link), Some(Tag::Link { .. }))).then_some(link)
    }

    fn write_embedded(&mut self, link: usize) {
        let events = self.events;
        let Some(Tag::Link { dest_url, .. }) = events.tag(link) else { return };
        let span = destination(events, link).unwrap_or(events.span(link));
        let text = events.plain_text(link + 1, events.end_of(link));
        let reference = self.refer(ReferenceKind::Embed, dest_url, text, span);
        self.out.push_hole(reference);
        self.out.push("\n");
    }
}

//! `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`: text set apart.

use super::Marker;
use crate::markdown::writer::Writer;
use crate::text::Phrases;

pub(super) struct Alert {
    name: &'static str,
    open: &'static str,
    title: fn(&Phrases) -> &'static str,
}

const ALERTS: [Alert; 5] = [
    Alert { name: "NOTE", open: "<div class=\"alert alert-note\">", title: |words| words.note },
    Alert { name: "TIP", open: "<div class=\"alert alert-tip\">", title: |words| words.tip },
    Alert {
        name: "IMPORTANT",
        open: "<div class=\"alert alert-important\">",
        title: |words| words.important,
    },
    Alert { name: "WARNING", open: "<div class=\"alert alert-warning\">", title: |words| words.warning },
    Alert { name: "CAUTION", open: "<div class=\"alert alert-caution\">", title: |words| words.caution },
];

impl Alert {
    pub(super) fn title(&self, phrases: &Phrases) -> &'static str {
        (self.title)(phrases)
    }
}

pub(super) fn find(name: &str) -> Option<&'static Alert> {
    ALERTS.iter().find(|alert| alert.name == name)
}

impl Writer<'_> {
    /// Opens an alert and gives the index of its first event; the ends of its paragraph and quote close it, so that
    /// alerts may nest without end.
    pub(super) fn start_alert(&mut self, alert: &'static Alert, marker: Marker<'_>) -> usize {
        let end_of_first = self.events.end_of(marker.paragraph);
        let content = marker.content;
        let title = alert.title(self.phrases);
        let title = match self.ours.as_str() {
            "" => title.to_string(),
            // A paragraph of another direction would stand at the other side.
            mark => format!("<span{mark}>{title}</span>"),
        };
        let open = format!("{}<p class=\"alert-title\">{title}</p>\n", alert.open);
        self.open(&open, "</div>\n");
        if content == end_of_first {
            return content + 1;
        }
        self.open("<p>", "</p>\n");
        content
    }
}

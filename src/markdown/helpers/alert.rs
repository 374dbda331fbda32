//! `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`: text set apart.

use super::Marker;
use crate::markdown::writer::Writer;

pub(super) struct Alert {
    name: &'static str,
    open: &'static str,
}

const ALERTS: [Alert; 5] = [
    Alert { name: "NOTE", open: "<div class=\"alert alert-note\"><p class=\"alert-title\">Note</p>\n" },
    Alert { name: "TIP", open: "<div class=\"alert alert-tip\"><p class=\"alert-title\">Tip</p>\n" },
    Alert {
        name: "IMPORTANT",
        open: "<div class=\"alert alert-important\"><p class=\"alert-title\">Important</p>\n",
    },
    Alert {
        name: "WARNING",
        open: "<div class=\"alert alert-warning\"><p class=\"alert-title\">Warning</p>\n",
    },
    Alert {
        name: "CAUTION",
        open: "<div class=\"alert alert-caution\"><p class=\"alert-title\">Caution</p>\n",
    },
];

pub(super) fn find(name: &str) -> Option<&'static Alert> {
    ALERTS.iter().find(|alert| alert.name == name)
}

impl Writer<'_> {
    /// Opens an alert and gives the index of its first event; the ends of its paragraph and quote close it, so that
    /// alerts may nest without end.
    pub(super) fn start_alert(&mut self, alert: &'static Alert, marker: Marker<'_>) -> usize {
        let end_of_first = self.events.end_of(marker.paragraph);
        let content = marker.content;
        self.open(alert.open, "</div>\n");
        if content == end_of_first {
            return content + 1;
        }
        self.open("<p>", "</p>\n");
        content
    }
}

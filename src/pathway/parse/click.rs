//! `click A "https://…"`: links of nodes. Only addresses that lead to a page or a mailbox go on; calls of scripts are
//! never followed.

use super::draft::Click;
use super::label::with_entities_resolved;
use super::reader::{Reader, quoted};
use super::words::not_closed;
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Link;

impl Reader<'_> {
    /// The whole statement.
    pub(super) fn click_statement(&mut self) -> Option<()> {
        self.at += "click".len();
        self.skip_spaces();
        let name_at = self.at;
        let name = self.take_while(|next| !next.is_whitespace() && next != ';').to_string();
        let name_span = self.span(name_at, self.at);
        self.skip_spaces();
        if self.sees_word("href") {
            self.at += "href".len();
            self.skip_spaces();
        }
        if name.is_empty() || self.is_at_separator() {
            return self.fail(
                Diagnostic::error("flowchart-click", "`click` names a step and the address that it leads to")
                    .at(name_span)
                    .help("write `click A \"https://www.example.nhs.uk/\" \"What is there\"`"),
            );
        }
        if !self.sees("\"") {
            self.callback();
            return Some(());
        }
        let (href, href_at) = self.quoted_value()?;
        self.skip_spaces();
        let tooltip = if self.sees("\"") { Some(self.quoted_value()?.0) } else { None };
        self.skip_spaces();
        let target_at = self.at;
        let target = self.take_while(|next| next.is_ascii_alphanumeric() || next == '_');
        self.skip_spaces();
        if !self.is_at_separator() || !matches!(target, "" | "_self" | "_blank" | "_parent" | "_top") {
            let place = self.span(target_at, self.at.max(target_at + 1).min(self.text.len()));
            return self.fail(
                Diagnostic::error(
                    "flowchart-click",
                    "only a tooltip in quotes and a target can follow the address",
                )
                .at(place)
                .help("write `click A \"https://www.example.nhs.uk/\" \"What is there\"`"),
            );
        }
        let span = self.span(href_at, href_at + href.len());
        if let Some(problem) = refusal(&href) {
            return self.fail(problem.at(span));
        }
        let tooltip = tooltip
            .map(|tooltip| with_entities_resolved(&tooltip))
            .filter(|tooltip| !tooltip.trim().is_empty());
        self.draft.clicks.push(Click { name, name_span, link: Link { href, tooltip, span } });
        Some(())
    }

    fn quoted_value(&mut self) -> Option<(String, usize)> {
        let line = self.line_rest();
        let start = self.at;
        let Some(length) = line[1..].find('"') else {
            self.at += line.len();
            return self.fail(not_closed("\"", "\"").at(self.span(start, self.at)));
        };
        self.at += length + 2;
        Some((line[1..=length].trim().to_string(), start + 1))
    }

    fn callback(&mut self) {
        let start = self.at;
        let mut is_quoted = false;
        let call = self.rest().find(|next| {
            is_quoted ^= next == '"';
            next == '\n' || (next == ';' && !is_quoted)
        });
        self.at += call.unwrap_or(self.rest().len());
        let place = self.span(start, start + self.text[start..self.at].trim_end().len());
        self.problems.push(
            Diagnostic::warning("flowchart-click", "a click that calls a script does nothing here")
                .at(place)
                .help("give an address in quotes instead, or delete the line"),
        );
    }
}

/// Why an address cannot be a link; none for a good one.
fn refusal(href: &str) -> Option<Diagnostic> {
    let help = "write an address that begins with https://, or a path within this site";
    // Browsers drop control characters and spaces from a scheme, and resolve entity codes before they look at it.
    let seen: String = with_entities_resolved(href)
        .chars()
        .filter(|next| !next.is_control() && !next.is_whitespace())
        .take(2_000)
        .collect::<String>()
        .to_lowercase();
    let scheme =
        seen.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    match scheme {
        _ if seen.is_empty() => {
            Some(Diagnostic::error("flowchart-click", "this link has no address").help(help))
        }
        None | Some("http" | "https" | "mailto") => None,
        Some(scheme) => Some(
            Diagnostic::error(
                "flowchart-unsafe-link",
                format!(
                    "a step cannot link to a `{}:` address; it could run a script in the reader's browser",
                    quoted(scheme)
                ),
            )
            .help(help),
        ),
    }
}

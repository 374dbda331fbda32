//! Where readers turn to: a mailbox, or the address of a form in which placeholders are filled for each page.

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Values};
use crate::text::did_you_mean;

pub(super) const FIELDS: &[Field] = &[
    Field::optional(
        "suggest",
        Shape::Contact,
        "Where readers suggest a case study: a mailbox, or the address of a form.",
        "sharing@example.org",
    ),
    Field::optional(
        "report",
        Shape::Contact,
        "Where readers report a problem with a page; without it, the mailbox of the publisher.",
        "https://forms.example.org/report?page={address}",
    ),
];

/// What is filled in for each page.
const PLACEHOLDERS: [&str; 2] = ["title", "address"];

/// Where readers turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// A mailbox.
    Mailbox(String),
    /// The address of a form, with placeholders.
    Form(String),
}

impl Contact {
    pub(super) fn read(contact: &Values, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let written = contact.spanned_text(name)?;
        let text = written.value;
        let Some((_, rest)) = text.split_once("://") else {
            return Some(Self::Mailbox(text.to_string()));
        };
        let mut report = |message: String, help: String| {
            problems.push(Diagnostic::error("unknown-placeholder", message).at(written.span).help(help));
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        if host.contains('{') {
            report(
                format!("`{name}`: the name of a site cannot be filled in"),
                "write placeholders after the name, as in https://forms.example.org/?page={address}"
                    .to_string(),
            );
        }
        for part in rest[host.len()..].split('{').skip(1) {
            let placeholder = part.split('}').next().unwrap_or("");
            if !part.contains('}') || !PLACEHOLDERS.contains(&placeholder) {
                let near = did_you_mean(placeholder, PLACEHOLDERS);
                report(
                    format!("`{name}`: nothing is filled in for `{{{placeholder}}}`"),
                    near.unwrap_or_else(|| {
                        "{title} stands for the page's title and {address} for its address".to_string()
                    }),
                );
            }
        }
        Some(Self::Form(text.to_string()))
    }
}

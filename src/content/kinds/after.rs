//! What events and sessions leave behind: what was agreed to be done, and what people said who agreed to be quoted.

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Values};

const ACTION: &[Field] = &[
    Field::always("what", Shape::Text, "What is to be done.", "Share the template for job descriptions"),
    Field::optional("owner", Shape::Text, "Who does it, as a role.", "Workforce lead"),
    Field::optional("due", Shape::Date, "By when.", "2018-06-30"),
];

const CONSENT: &[Field] = &[
    Field::always("role", Shape::Text, "Who asked for it, as a role.", "Events team"),
    Field::always("date", Shape::Date, "When it was given.", "2018-04-20"),
];

const QUOTE: &[Field] = &[
    Field::always("quote", Shape::Text, "Their words.", "I wish I could have gone to all of them"),
    Field::always("who", Shape::Text, "Who said it, as a role.", "Service manager"),
    Field::optional(
        "consent",
        Shape::Group(CONSENT),
        "Who asked whether the words may be published, and when it was agreed.",
        "{ role: Events team, date: 2018-04-20 }",
    ),
];

pub(super) const ACTIONS: Field =
    Field::optional("actions", Shape::List(&Shape::Group(ACTION)), "What was agreed to be done.", "");

pub(super) const FEEDBACK: Field = Field::optional(
    "feedback",
    Shape::List(&Shape::Group(QUOTE)),
    "What people said of it who agreed that it may be published.",
    "",
);

/// Errors for quotes on a published page without a note of consent.
pub(super) fn check(fields: &Values) -> Vec<Diagnostic> {
    if !fields.text("status").is_some_and(|status| status == "published" || status == "archived") {
        return Vec::new();
    }
    let is_agreed = |feedback: &Values| feedback.get("consent").is_some();
    fields
        .groups("feedback")
        .filter(|feedback| !is_agreed(feedback.value))
        .map(|feedback| {
            let place = feedback.value.get("quote").map_or(feedback.span, |quote| quote.span);
            Diagnostic::error(
                "quote-without-consent",
                "nobody is noted to have agreed that these words are published",
            )
            .at(place)
            .help("ask, and add consent: { role: Events team, date: 2018-04-20 }; or take the quote out")
        })
        .collect()
}

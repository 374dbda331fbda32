//! The fields by which a page is a document to be filled in, shared by the kinds that are.

use crate::fields::{Field, Shape, Target};

const GAP: &[Field] = &[
    Field::always("gap", Shape::Text, "Its name, as it stands between square brackets.", "network name"),
    Field::optional("label", Shape::Text, "The question that is asked for it.", "Name of the network"),
    Field::optional("hint", Shape::Text, "How to answer, in a sentence.", "As your partners write it"),
    Field::optional(
        "type",
        Shape::Choice(&[
            "text",
            "long text",
            "number",
            "date",
            "choice",
            "yes or no",
            "members",
            "organisations",
        ]),
        "What an answer is; text unless said.",
        "text",
    ),
    Field::optional(
        "choices",
        Shape::List(&Shape::Text),
        "The answers to choose from, such as [In person, Online].",
        "",
    ),
    Field::optional(
        "columns",
        Shape::List(&Shape::Text),
        "What is asked of each member; Role and Organisation unless said.",
        "",
    ),
    Field::optional("default", Shape::Paragraphs, "The answer unless the reader gives another.", ""),
    Field::optional("required", Shape::Flag, "Whether a copy without an answer is unfinished.", "true"),
    Field::optional(
        "example",
        Shape::Paragraphs,
        "An answer that shows what is meant; it stands in the text until there is one. For members, a line for each, with ; between its cells.",
        "Example Imaging Network",
    ),
    Field::optional(
        "shared",
        Shape::Flag,
        "Whether its answer serves other templates that ask the same.",
        "true",
    ),
];

/// The gaps of the text.
pub(super) const GAPS: Field = Field::optional(
    "gaps",
    Shape::List(&Shape::Group(GAP)),
    "What readers fill in: each name stands in the text between square brackets, [network name].",
    "",
);

/// What stands at the head of a copy.
pub(super) const DOCUMENT_TITLE: Field = Field::optional(
    "document_title",
    Shape::Text,
    "What stands at the head of a copy, with gaps in it; the page's title unless given.",
    "\"Terms of reference: [network name]\"",
);

/// What is numbered in a copy.
pub(super) const NUMBERING: Field = Field::optional(
    "numbering",
    Shape::Choice(&["clauses", "headings", "none"]),
    "What is numbered: each paragraph (clauses), headings only, or nothing.",
    "headings",
);

const ADOPTION: &[Field] = &[
    Field::always("network", Shape::Reference(Target::Kind("network")), "Which network uses it.", "devon"),
    Field::optional("version", Shape::Text, "Which version.", "\"1.0\""),
    Field::optional("date", Shape::Period, "Since when.", "May 2018"),
];

/// Who uses it.
pub(super) const ADOPTED_BY: Field =
    Field::optional("adopted_by", Shape::List(&Shape::Group(ADOPTION)), "Which networks use it.", "");

/// Which version it is.
pub(super) const VERSION: Field =
    Field::to_publish("version", Shape::Text, "The version of the template.", "\"1.0\"");

/// Who helped.
pub(super) const CO_DESIGNED_WITH: Field = Field::optional(
    "co_designed_with",
    Shape::List(&Shape::Text),
    "Who helped to design it, as roles.",
    "[Radiology service managers]",
);

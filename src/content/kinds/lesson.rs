//! Lessons: what somebody learned, for boards or for those who do the work.

use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape};

/// A lesson.
pub(super) static KIND: Kind = Kind {
    name: "lesson",
    folder: "lessons",
    title: "Lesson",
    plural: "Lessons",
    about: "What somebody learned, with the questions that a board should ask.",
    lead: "What was learned, with questions for boards.",
    fields: &[
        Field::to_publish("audience", Shape::List(&Shape::Text), "Whom it is for.", "[Trust boards]"),
        Field::optional(
            "board_questions",
            Shape::List(&Shape::Text),
            "Questions that a board should ask.",
            "[What is our vision?]",
        ),
        Field::optional(
            "author_interest",
            Shape::Text,
            "An interest of the author that readers should know.",
            "The author leads a supplier.",
        ),
    ],
    also_needs: &["themes"],
    sections: &[],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "lesson.html",
    schema_org: "Article",
    starter: "Write what was learned, most important first.\n",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};

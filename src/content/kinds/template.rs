//! Templates other than terms of reference: briefs, memorandums, specifications, forms for collecting data.

use super::filling::{ADOPTED_BY, DOCUMENT_TITLE, GAPS, NUMBERING};
use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape, Target};

/// Templates.
pub(super) static KIND: Kind = Kind {
    name: "template",
    folder: "templates",
    title: "Template",
    plural: "Templates",
    about: "A document that others fill in: a brief, a memorandum, a specification, a form for collecting data.",
    lead: "Documents to fill in here and take away: briefs, memorandums, specifications and forms.",
    fields: &[
        Field::to_publish("version", Shape::Text, "The version of the template.", "\"1.0\""),
        Field::optional(
            "co_designed_with",
            Shape::List(&Shape::Text),
            "Who helped to design it, as roles.",
            "[Radiology service managers]",
        ),
        GAPS,
        DOCUMENT_TITLE,
        NUMBERING,
        ADOPTED_BY,
        Field::optional(
            "adapted_from",
            Shape::Reference(Target::Any),
            "The page that it grew from.",
            "terms-of-reference:network-board",
        ),
    ],
    also_needs: &[],
    sections: &[],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "terms-of-reference.html",
    schema_org: "DigitalDocument",
    starter: "",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};

//! Terms of reference: templates by which a network says what it is for and how it decides.

use super::filling::{ADOPTED_BY, CO_DESIGNED_WITH, DOCUMENT_TITLE, GAPS, NUMBERING, VERSION};
use super::{Kind, Order, appraisal};
use crate::fields::{Field, Shape, Target};

/// Terms of reference.
pub(super) static KIND: Kind = Kind {
    name: "terms-of-reference",
    folder: "terms-of-reference",
    title: "Terms of reference",
    plural: "Terms of reference",
    about: "A template by which a network says what it is for, who belongs to it and how it decides.",
    lead: "Templates to fill in and adopt: purposes, members, quorum and reporting.",
    fields: &[
        VERSION,
        Field::to_publish(
            "purposes",
            Shape::List(&Shape::Text),
            "What the group is for.",
            "[Decide together where scanners go]",
        ),
        Field::to_publish(
            "membership",
            Shape::List(&Shape::Text),
            "Who belongs to it, as roles.",
            "[A clinical lead of each trust]",
        ),
        Field::to_publish(
            "chair",
            Shape::Text,
            "Who chairs it, as a role.",
            "Chief executive of a member trust",
        ),
        Field::to_publish(
            "quorum",
            Shape::Text,
            "How many must be present to decide.",
            "Half of the members, one from each trust",
        ),
        Field::to_publish("meets", Shape::Text, "How often it meets.", "Every month"),
        Field::to_publish(
            "reports_to",
            Shape::Text,
            "To whom it reports.",
            "The boards of the member trusts",
        ),
        CO_DESIGNED_WITH,
        appraisal::CRITERIA,
        appraisal::OPTIONS,
        appraisal::PROCUREMENT,
        GAPS,
        DOCUMENT_TITLE,
        NUMBERING,
        ADOPTED_BY,
        Field::optional(
            "replaces",
            Shape::Reference(Target::Kind("terms-of-reference")),
            "The version before this one, which has a page of its own.",
            "network-board-1-0",
        ),
        Field::optional(
            "adapted_from",
            Shape::Reference(Target::Kind("terms-of-reference")),
            "The template that it grew from.",
            "network-board",
        ),
    ],
    also_needs: &[],
    sections: &[&["Purpose", "Scope", "Membership", "Accountability", "Review"]],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "terms-of-reference.html",
    schema_org: "DigitalDocument",
    starter: "",
    has_files: false,
    embeddable: false,
    check: appraisal::check,
};

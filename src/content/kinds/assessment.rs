//! Assessments: how far a network has come against a framework, and what it does about the gap.

use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape, Target};

/// The levels of the maturity matrix, the lowest first.
const LEVELS: &[&str] = &["pre-emerging", "emerging", "developing", "maturing", "thriving"];

const RESULT: &[Field] = &[
    Field::always(
        "standard",
        Shape::Reference(Target::Kind("standard")),
        "The standard, by its code.",
        "IN-301",
    ),
    Field::always("level", Shape::Choice(LEVELS), "How far the network has come.", "developing"),
    Field::optional("gap", Shape::Text, "What is missing.", "Two archives are not yet linked"),
    Field::optional("action", Shape::Text, "What is done about it.", "Link the archives"),
    Field::optional("action_owner", Shape::Text, "Who does it, as a role.", "IT workstream lead"),
    Field::optional("due", Shape::Date, "By when.", "2026-09-30"),
    Field::optional("evidence", Shape::List(&Shape::Text), "What shows it.", "[Minutes of the board]"),
];

/// An assessment.
pub(super) static KIND: Kind = Kind {
    name: "assessment",
    folder: "assessments",
    title: "Assessment",
    plural: "Assessments",
    about: "How far a network has come against a framework, and what it does about the gap.",
    lead: "How far networks have come with each standard, and what they do next.",
    fields: &[
        Field::to_publish(
            "framework",
            Shape::Text,
            "The framework that it was assessed against.",
            "Quality Standard for Imaging Networks",
        ),
        Field::to_publish(
            "level",
            Shape::Choice(LEVELS),
            "How far the network has come as a whole.",
            "developing",
        ),
        Field::to_publish("assessed_on", Shape::Date, "When.", "2026-02-01"),
        Field::optional("results", Shape::List(&Shape::Group(RESULT)), "The level for each standard.", ""),
        Field::optional("gap", Shape::Text, "What is missing as a whole.", "No shared capacity plan"),
        Field::optional("action", Shape::Text, "What is done about it.", "Agree a capacity plan"),
        Field::optional("action_owner", Shape::Text, "Who does it, as a role.", "Network director"),
        Field::optional("due", Shape::Date, "By when.", "2026-09-30"),
        Field::optional("evidence", Shape::List(&Shape::Text), "What shows it.", "[Minutes of the board]"),
    ],
    also_needs: &["network"],
    sections: &[&["Gap"]],
    optional_sections: &["Statement"],
    key: None,
    other_names: &[],
    order: Order::NewestFirst,
    template: "assessment.html",
    schema_org: "Report",
    starter: "",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};

//! Standards: a register of codes with our own one-line summaries; the standards' own text is copyright.

use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape};

/// A standard.
pub(super) static KIND: Kind = Kind {
    name: "standard",
    folder: "standards",
    title: "Standard",
    plural: "Standards",
    about: "One standard of a framework: its code and what it asks, in our own words.",
    lead: "What is asked of imaging networks, in our own words, and who works on it.",
    fields: &[
        Field::to_publish(
            "framework",
            Shape::Text,
            "The framework that it belongs to.",
            "Quality Standard for Imaging Networks",
        ),
        Field::to_publish(
            "version",
            Shape::Text,
            "The framework's version, or where it was seen.",
            "as cited in 2023",
        ),
        Field::optional("code", Shape::Text, "Its code, where the source gives one.", "IN-301"),
    ],
    also_needs: &[],
    sections: &[&["Statement"]],
    optional_sections: &["Gap"],
    key: Some("code"),
    other_names: &[],
    order: Order::ByField("code"),
    template: "standard.html",
    schema_org: "CreativeWork",
    starter: "",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};

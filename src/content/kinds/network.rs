//! Networks: who they are, which organisations belong to them and since when, what they look for and can lend.

use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape};

const MEMBER: &[Field] = &[
    Field::always("ods", Shape::Ods, "The organisation's code.", "REM"),
    Field::optional(
        "name",
        Shape::Text,
        "Its name at the time, if it bears another now.",
        "Aintree University Hospital NHS Foundation Trust",
    ),
    Field::optional("from", Shape::Period, "Since when it belongs to the network.", "2018"),
    Field::optional("to", Shape::Period, "Until when it belonged to it.", "2021"),
];

/// A network.
pub(super) static KIND: Kind = Kind {
    name: "network",
    folder: "networks",
    title: "Network",
    plural: "Networks",
    about: "A network: its members over time, what it looks for and what it can lend.",
    lead: "Who is in each network, what it shares, and what it looks for.",
    fields: &[
        Field::to_publish("name", Shape::Text, "The network's full name.", "Kent and Medway Imaging Network"),
        Field::to_publish("as_of", Shape::Period, "When the list of members held.", "June 2018"),
        Field::to_publish(
            "members",
            Shape::List(&Shape::Group(MEMBER)),
            "Its organisations by code; may be empty (`[]`).",
            "[]",
        ),
        Field::optional(
            "also_known_as",
            Shape::List(&Shape::Text),
            "Other names in use.",
            "[Merseyside and Cheshire]",
        ),
        Field::optional(
            "former_names",
            Shape::List(&Shape::Text),
            "Names that it no longer bears.",
            "[Norfolk Acute Collaboration]",
        ),
        Field::optional(
            "complete",
            Shape::Flag,
            "Whether the list of members is known to be complete.",
            "false",
        ),
        Field::optional("region", Shape::Term("region"), "The region of England.", "South East"),
        Field::optional(
            "population",
            Shape::Text,
            "How many people it serves, and who says so.",
            "about 900,000",
        ),
        Field::optional("lead", Shape::Text, "Who leads it, as a role.", "Network director"),
        Field::optional("contact", Shape::Email, "The network's mailbox.", "imaging.network@example.org"),
        Field::optional("website", Shape::WebAddress, "The network's own site.", "https://example.org"),
        Field::optional(
            "asks",
            Shape::List(&Shape::Text),
            "What it looks for from others.",
            "[Help with a shared on-call rota]",
        ),
        Field::optional(
            "offers",
            Shape::List(&Shape::Text),
            "What it can lend to others.",
            "[A terms of reference template]",
        ),
        Field::optional(
            "fictional",
            Shape::Flag,
            "true for a made-up network that only illustrates.",
            "false",
        ),
    ],
    also_needs: &[],
    sections: &[&["About"]],
    optional_sections: &[],
    key: None,
    other_names: &["name", "also_known_as", "former_names"],
    order: Order::ByTitle,
    template: "network.html",
    schema_org: "Organization",
    starter: "",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};

//! Events: a day or more on which networks share what they learned, with its sessions.

use super::{Kind, Order, after};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Values};

const ROOM: &[Field] = &[
    Field::always("name", Shape::Text, "What it is called.", "Room A"),
    Field::optional("capacity", Shape::Integer, "How many people it holds.", "40"),
    Field::optional(
        "shared",
        Shape::Flag,
        "Whether several sessions can be in it at once, as in a hall with posters.",
        "true",
    ),
];

/// An event.
pub(super) static KIND: Kind = Kind {
    name: "event",
    folder: "events",
    title: "Event",
    plural: "Events",
    about: "A day on which networks share what they learned; its sessions are pages of their own.",
    lead: "Days on which networks met to share, with what you missed.",
    fields: &[
        Field::to_publish("starts", Shape::LocalTime, "When it starts.", "2018-04-18 09:30"),
        Field::to_publish("ends", Shape::LocalTime, "When it ends.", "2018-04-18 16:30"),
        Field::to_publish("timezone", Shape::Zone, "The zone of its times.", "Europe/London"),
        Field::optional("venue", Shape::Text, "Where it is.", "Example Hall, Leeds"),
        Field::optional("online", Shape::WebAddress, "Where to join online.", "https://example.org/join"),
        Field::optional("booking_url", Shape::WebAddress, "Where to book.", "https://example.org/book"),
        Field::optional("capacity", Shape::Integer, "How many can come.", "200"),
        Field::optional(
            "access",
            Shape::List(&Shape::Text),
            "What helps people to take part.",
            "[step-free, hearing loop, captions, BSL]",
        ),
        Field::optional("audiences", Shape::List(&Shape::Text), "Whom it is for.", "[Network managers]"),
        Field::optional(
            "rooms",
            Shape::List(&Shape::Group(ROOM)),
            "Its rooms; where they are listed, sessions can be in no others.",
            "",
        ),
        Field::optional(
            "cancelled",
            Shape::Text,
            "That it does not take place, and why; true where there is no more to say.",
            "Too few could travel in the snow",
        ),
        after::ACTIONS,
        after::FEEDBACK,
    ],
    also_needs: &[],
    sections: &[&["About"]],
    optional_sections: &["Notes"],
    key: None,
    other_names: &[],
    order: Order::LatestFirst("starts"),
    template: "event.html",
    schema_org: "Event",
    starter: "",
    has_files: false,
    embeddable: false,
    check,
};

fn check(fields: &Values) -> Vec<Diagnostic> {
    let mut problems = super::session::ends_after_it_starts(fields, "starts", "ends");
    let published = fields.text("status").is_some_and(|status| status == "published" || status == "archived");
    if published && fields.get("venue").is_none() && fields.get("online").is_none() {
        let mut problem = Diagnostic::error(
            "missing-field",
            "an event without `venue` or `online` tells nobody where to go",
        )
        .help("add `venue: Example Hall, Leeds` or `online: https://…`, or set `status: draft`");
        problem.span = fields.key_span("title");
        problems.push(problem);
    }
    problems.extend(after::check(fields));
    problems
}

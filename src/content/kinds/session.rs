//! Sessions: one talk, workshop or discussion of an event.

use super::{Kind, Order, after};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Target, Values};
use crate::text::LocalTime;

/// A session.
pub(super) static KIND: Kind = Kind {
    name: "session",
    folder: "sessions",
    title: "Session",
    plural: "Sessions",
    about: "One talk, workshop or discussion of an event, with its slides and notes afterwards.",
    lead: "Talks and workshops of the events, with their slides and notes.",
    fields: &[
        Field::to_publish(
            "event",
            Shape::Reference(Target::Kind("event")),
            "The event that it belongs to.",
            "sharing-event-2018",
        ),
        Field::to_publish("start", Shape::LocalTime, "When it starts.", "2018-04-18 10:00"),
        Field::to_publish("end", Shape::LocalTime, "When it ends.", "2018-04-18 10:45"),
        Field::to_publish("room", Shape::Text, "Where it is.", "Main hall"),
        Field::to_publish(
            "speakers",
            Shape::List(&Shape::Text),
            "Who speaks, as roles or names with consent; may be empty (`[]`).",
            "[Network director]",
        ),
        Field::optional("audiences", Shape::List(&Shape::Text), "Whom it is for.", "[Network managers]"),
        Field::optional(
            "repeats_as",
            Shape::Reference(Target::Kind("session")),
            "The session that repeats this one.",
            "home-reporting-again",
        ),
        Field::optional(
            "fixed",
            Shape::Flag,
            "Whether its time and room cannot be changed, so that no other is proposed.",
            "true",
        ),
        Field::optional("capacity", Shape::Integer, "How many people can come to it.", "40"),
        Field::optional(
            "booking_url",
            Shape::WebAddress,
            "Where to book, if it is not booked with the event.",
            "https://example.org/book",
        ),
        Field::optional(
            "access",
            Shape::List(&Shape::Text),
            "What helps people to take part, beside what helps at the whole event.",
            "[step-free, hearing loop, captions, BSL]",
        ),
        Field::optional(
            "cancelled",
            Shape::Text,
            "That it does not take place, and why; true where there is no more to say.",
            "The speaker was called away",
        ),
        Field::optional("slides", Shape::File, "The slides.", "slides.pdf"),
        Field::optional("recording", Shape::WebAddress, "The recording.", "https://example.org/video"),
        Field::optional(
            "cases",
            Shape::List(&Shape::Reference(Target::Kind("case-study"))),
            "Case studies that it presents.",
            "[devon]",
        ),
        Field::optional(
            "templates",
            Shape::List(&Shape::Reference(Target::Any)),
            "Templates and terms of reference that it shows.",
            "[terms-of-reference:network-board]",
        ),
        after::ACTIONS,
        after::FEEDBACK,
    ],
    also_needs: &[],
    sections: &[&["About"]],
    optional_sections: &["Notes"],
    key: None,
    other_names: &[],
    order: Order::ByField("start"),
    template: "session.html",
    schema_org: "Event",
    starter: "",
    has_files: false,
    embeddable: false,
    check,
};

fn check(fields: &Values) -> Vec<Diagnostic> {
    let mut problems = ends_after_it_starts(fields, "start", "end");
    problems.extend(after::check(fields));
    problems
}

/// An error where the end lies before the start; a day without a time is its whole day.
pub(super) fn ends_after_it_starts(fields: &Values, start: &str, end: &str) -> Vec<Diagnostic> {
    let (Some(from), Some(to)) = (fields.local_time(start), fields.local_time(end)) else {
        return Vec::new();
    };
    let (Some(start_value), Some(end_value)) = (fields.get(start), fields.get(end)) else {
        return Vec::new();
    };
    let whole_day = |time: LocalTime| time.time.is_none();
    let wrong = to.date < from.date
        || (to.date == from.date && !whole_day(from) && !whole_day(to) && to.time <= from.time);
    if !wrong {
        return Vec::new();
    }
    vec![
        Diagnostic::error("ends-before-it-starts", format!("`{end}` ({to}) is not after `{start}` ({from})"))
            .at(end_value.span)
            .label(start_value.span, "it starts here")
            .help("check the day and the time of both"),
    ]
}

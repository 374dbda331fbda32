//! Benchmarks: a measure of many organisations or of one over time, with its definition, source and limits.

use super::{Kind, Order, nothing_more};
use crate::fields::{Field, Shape, Target};

const NOTE: &[Field] = &[
    Field::always("when", Shape::Text, "The period, as the file has it.", "Apr 2025"),
    Field::always("what", Shape::Text, "What happened, in a few words.", "first cohort reports"),
];

const PEER_MEDIAN: &[Field] = &[
    Field::always("value", Shape::Quantity, "The median, in the unit of the figures.", "\"15.0%\""),
    Field::always("group", Shape::Text, "Whose median it is.", "Shelford Group"),
    Field::optional("note", Shape::Text, "Where it comes from.", "Model Hospital, June 2018"),
];

/// A benchmark.
pub(super) static KIND: Kind = Kind {
    name: "benchmark",
    folder: "benchmarks",
    title: "Benchmark",
    plural: "Benchmarks",
    about: "A measure with its definition, data, source and limits.",
    lead: "Figures with their definition, period, source and limits.",
    fields: &[
        Field::to_publish(
            "data",
            Shape::List(&Shape::File),
            "The CSV file beside the page: columns `period` and `value`, and others. Of several, the last is the latest round.",
            "data.csv",
        ),
        Field::to_publish(
            "metric",
            Shape::Text,
            "What is measured, in one line.",
            "Plain X-ray reports by radiographers",
        ),
        Field::to_publish(
            "definition",
            Shape::Paragraphs,
            "Exactly what is counted, over what.",
            "Reports by radiographers divided by all plain X-ray reports.",
        ),
        Field::to_publish("unit", Shape::Text, "What the figures count.", "\"%\""),
        Field::to_publish(
            "direction",
            Shape::Choice(&["higher", "lower", "neutral"]),
            "Which direction is better.",
            "neutral",
        ),
        Field::to_publish("period", Shape::Period, "What time the figures cover.", "2016/17"),
        Field::to_publish(
            "collection",
            Shape::Text,
            "The collection that they come from.",
            "National Imaging Data Collection, round 1",
        ),
        Field::to_publish(
            "counts",
            Shape::Choice(&["patients", "staff", "activity", "organisations", "money", "other"]),
            "What is counted; it decides which small numbers are hidden.",
            "activity",
        ),
        Field::to_publish(
            "level",
            Shape::Choice(&["national", "sub-national"]),
            "national figures, or of smaller areas and organisations.",
            "national",
        ),
        Field::to_publish(
            "provenance",
            Shape::Choice(&["real", "illustrative"]),
            "Whether it is real, or made up to show how a page works; then it may name fictional organisations only.",
            "real",
        ),
        Field::optional(
            "earlier",
            Shape::List(&Shape::Reference(Target::Kind("benchmark"))),
            "Pages of earlier rounds of the same benchmark.",
            "[waiting-times-2024]",
        ),
        Field::optional("peer_group", Shape::Text, "Whom the figures are compared with.", "Shelford Group"),
        Field::optional(
            "peer_median",
            Shape::Group(PEER_MEDIAN),
            "The median of a group that need not hold the organisations of the file, from elsewhere: drawn as a line and told in words.",
            "",
        ),
        Field::optional("target", Shape::Quantity, "The figure to reach, in the unit of the figures.", "90"),
        Field::optional(
            "limitations",
            Shape::Paragraphs,
            "What the figures cannot tell.",
            "The source does not say which months are covered.",
        ),
        Field::optional(
            "chart",
            Shape::Choice(&["auto", "xmr", "funnel", "ranked", "slope", "profile", "run", "none"]),
            "Which chart is drawn.",
            "auto",
        ),
        Field::optional(
            "screened",
            Shape::Flag,
            "XmR chart: leave out far larger moving ranges, once, from the limits.",
            "true",
        ),
        Field::optional(
            "recalculate_from",
            Shape::List(&Shape::Text),
            "XmR chart: periods from which the limits are worked out anew, after a change that is known.",
            "[Apr 2025]",
        ),
        Field::optional(
            "overdispersion",
            Shape::Flag,
            "Funnel: widen the limits where organisations vary more than chance explains.",
            "true",
        ),
        Field::optional("denominator", Shape::Text, "Funnel: what the denominator counts.", "Plain X-rays"),
        Field::optional(
            "notes",
            Shape::List(&Shape::Group(NOTE)),
            "What happened when, shown on a chart over time.",
            "",
        ),
        Field::optional(
            "columns",
            Shape::Map(&Shape::Text),
            "Which column of the file holds what, if they are named otherwise.",
            "{ value: Percent }",
        ),
    ],
    also_needs: &[],
    sections: &[&["Reading this", "Limits"]],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "benchmark.html",
    schema_org: "Dataset",
    starter: "",
    has_files: true,
    embeddable: true,
    check: nothing_more,
};

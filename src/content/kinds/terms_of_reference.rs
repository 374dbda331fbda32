//! Terms of reference: templates by which a network says what it is for and how it decides.

use super::filling::{ADOPTED_BY, DOCUMENT_TITLE, GAPS, NUMBERING};
use super::{Kind, Order};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Target, Value, Values};

const OPTION: &[Field] = &[
    Field::always("name", Shape::Text, "The option.", "One lead provider"),
    Field::optional("about", Shape::Text, "What it means.", "One trust employs and buys for all"),
    Field::optional(
        "scores",
        Shape::Map(&Shape::Integer),
        "Its score for each criterion, by the criterion's name.",
        "{ Quality: 4 }",
    ),
];

const CRITERION: &[Field] = &[
    Field::always("name", Shape::Text, "The criterion.", "Quality"),
    Field::always("weight", Shape::Integer, "How much it counts.", "40"),
    Field::optional("about", Shape::Text, "What is judged by it.", "Safer, more even care"),
];

/// Terms of reference.
pub(super) static KIND: Kind = Kind {
    name: "terms-of-reference",
    folder: "terms-of-reference",
    title: "Terms of reference",
    plural: "Terms of reference",
    about: "A template by which a network says what it is for, who belongs to it and how it decides.",
    lead: "Templates to fill in and adopt: purposes, members, quorum and reporting.",
    fields: &[
        Field::to_publish("version", Shape::Text, "The version of the template.", "\"1.0\""),
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
        Field::optional(
            "co_designed_with",
            Shape::List(&Shape::Text),
            "Who helped to design it, as roles.",
            "[Radiology service managers]",
        ),
        Field::optional("criteria", Shape::List(&Shape::Group(CRITERION)), "What options are judged by.", ""),
        Field::optional(
            "options",
            Shape::List(&Shape::Group(OPTION)),
            "Options that are weighed, with their scores.",
            "",
        ),
        Field::optional(
            "procurement",
            Shape::Choice(&["live", "closed"]),
            "While a purchase is live, scores are not published.",
            "closed",
        ),
        GAPS,
        DOCUMENT_TITLE,
        NUMBERING,
        ADOPTED_BY,
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
    check,
};

/// Weights above this are slips, and sums of those below are exact.
const MAX_WEIGHT: i64 = 1_000_000;

/// Criteria count for something, and scores are given for known criteria only.
fn check(fields: &Values) -> Vec<Diagnostic> {
    let criteria: Vec<&str> =
        fields.groups("criteria").filter_map(|criterion| criterion.value.text("name")).collect();
    let mut problems = Vec::new();
    for criterion in fields.groups("criteria") {
        let Some(weight) = criterion.value.get("weight") else { continue };
        if !matches!(weight.value, Value::Integer(1..=MAX_WEIGHT)) {
            problems.push(
                Diagnostic::error(
                    "option-weight",
                    "a weight is a whole number from 1 to 1,000,000, so that readers can check the totals",
                )
                .at(weight.span)
                .help("write how much the criterion counts, such as weight: 40"),
            );
        }
    }
    for option in fields.groups("options") {
        let Some(scores) = option.value.group("scores") else { continue };
        for (name, score) in scores.iter() {
            if !criteria.contains(&name) {
                let mut problem = Diagnostic::error(
                    "unknown-criterion",
                    format!("`{name}` is scored but is not one of the criteria"),
                )
                .at(scores.key_span(name).unwrap_or(score.span));
                problem.help =
                    Some(crate::text::did_you_mean(name, criteria.iter().copied()).unwrap_or_else(|| {
                        format!("add a criterion named `{name}` with its weight, or take the score out")
                    }));
                problems.push(problem);
            } else if !matches!(score.value, Value::Integer(0..=10)) {
                problems.push(
                    Diagnostic::error(
                        "score-out-of-range",
                        format!("the score for `{name}` is not from 0 to 10"),
                    )
                    .at(score.span)
                    .help("score every criterion on the same scale, from 0 (not at all) to 10 (fully)"),
                );
            }
        }
    }
    problems
}

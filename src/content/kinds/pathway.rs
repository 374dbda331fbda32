//! Pathways: a drawing of steps written as text, and how far it was found true.

use super::{Kind, Order};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Target, Values};

const TIME_LIMIT: &[Field] = &[
    Field::always("what", Shape::Text, "What must happen in time.", "Onset to thrombectomy"),
    Field::always("limit", Shape::Text, "Within what time.", "6 hours"),
    Field::optional(
        "note",
        Shape::Text,
        "What a reader must know about it.",
        "As agreed in 2018; later guidance allows longer.",
    ),
];

const DIFFERENCE: &[Field] = &[
    Field::always("where", Shape::Text, "The site, by its name or its organisation's code.", "RBL"),
    Field::always(
        "what",
        Shape::Text,
        "What is done differently there.",
        "CT angiography in the evening needs a call to the radiographer on call.",
    ),
    Field::optional("since", Shape::Period, "When this was found, or since when it is so.", "June 2018"),
];

/// A pathway.
pub(super) static KIND: Kind = Kind {
    name: "pathway",
    folder: "pathways",
    title: "Pathway",
    plural: "Pathways",
    about: "The steps of care or of work, drawn from text, and how far the drawing was found true in practice.",
    lead: "Steps of care and of work, drawn and in words, with how far each has been checked in practice.",
    fields: &[
        Field::to_publish(
            "diagram",
            Shape::Paragraphs,
            "The drawing as a Mermaid flowchart: its text, or the name of a .mmd file beside the page.",
            "stroke.mmd",
        ),
        Field::to_publish(
            "description",
            Shape::Paragraphs,
            "The drawing in words, for those who cannot see it.",
            "A patient with a suspected stroke is …",
        ),
        Field::to_publish(
            "verification",
            Shape::Choice(&["straw-man", "agreed", "verified-in-practice"]),
            "How sure it is: a first sketch, agreed in a meeting, or checked against what really happens.",
            "agreed",
        ),
        Field::optional(
            "agreed_by",
            Shape::Text,
            "Who agreed it, as a group or a role.",
            "The stroke leads of nine trusts",
        ),
        Field::optional("agreed_on", Shape::Period, "When it was agreed.", "June 2018"),
        Field::optional(
            "verified_by",
            Shape::Text,
            "Who checked it in practice, as a role.",
            "Stroke network lead",
        ),
        Field::optional("verified_on", Shape::Date, "When it was checked in practice.", "2026-02-01"),
        Field::optional(
            "time_limits",
            Shape::List(&Shape::Group(TIME_LIMIT)),
            "Steps that must happen in time.",
            "",
        ),
        Field::optional(
            "differences",
            Shape::List(&Shape::Group(DIFFERENCE)),
            "Where practice is known to differ from the drawing.",
            "",
        ),
        Field::optional(
            "variations",
            Shape::List(&Shape::Reference(Target::Kind("pathway"))),
            "Other forms of the same pathway.",
            "[stroke-as-is]",
        ),
        Field::optional(
            "replaces",
            Shape::Reference(Target::Kind("pathway")),
            "The pathway that this one replaced.",
            "stroke-as-is",
        ),
        Field::optional(
            "layout",
            Shape::Choice(&["auto", "lanes"]),
            "lanes: one column for each organisation or site.",
            "lanes",
        ),
    ],
    also_needs: &[],
    sections: &[&["Steps", "Known differences"]],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "pathway.html",
    schema_org: "HowTo",
    starter: "",
    has_files: true,
    embeddable: true,
    check,
};

fn check(fields: &Values) -> Vec<Diagnostic> {
    let Some(verification) = fields.spanned_text("verification") else { return Vec::new() };
    let missing: Vec<&str> =
        ["verified_by", "verified_on"].into_iter().filter(|field| fields.get(field).is_none()).collect();
    if verification.value != "verified-in-practice" || missing.is_empty() {
        return Vec::new();
    }
    let missing: Vec<String> = missing.iter().map(|field| format!("`{field}`")).collect();
    vec![
        Diagnostic::error(
            "verification-without-proof",
            "`verified-in-practice` tells readers that somebody checked the pathway against what really happens",
        )
        .at(verification.span)
        .help(format!(
            "add {}; agreement in a meeting is `verification: agreed`",
            crate::text::list_words(&missing, "and")
        )),
    ]
}

//! Templates other than terms of reference: briefs, memorandums, specifications, forms for collecting data.

use super::filling::{ADOPTED_BY, CO_DESIGNED_WITH, DOCUMENT_TITLE, GAPS, NUMBERING, VERSION};
use super::{Kind, Order, appraisal};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Target, Values};

const COLUMN: &[Field] = &[
    Field::always("column", Shape::Text, "Its heading.", "Scans reported"),
    Field::always(
        "means",
        Shape::Text,
        "What exactly to enter, so that two people enter the same.",
        "CT scans whose report was signed off in the month",
    ),
    Field::optional(
        "type",
        Shape::Choice(&["text", "whole number", "number", "date", "choice", "yes or no"]),
        "What it takes; text unless said.",
        "choice",
    ),
    Field::optional(
        "choices",
        Shape::List(&Shape::Text),
        "The entries to choose from.",
        "[CT, MRI, Ultrasound]",
    ),
    Field::optional("unit", Shape::Text, "What its numbers count.", "scans"),
    Field::optional("example", Shape::Text, "An entry that shows what is meant.", "CT"),
    Field::optional("required", Shape::Flag, "Whether a row without it is unfinished.", "true"),
];

/// Templates.
pub(super) static KIND: Kind = Kind {
    name: "template",
    folder: "templates",
    title: "Template",
    plural: "Templates",
    about: "A document that others fill in: a brief, a memorandum, a specification, a form for collecting data.",
    lead: "Documents to fill in here and take away: briefs, memorandums, specifications and forms.",
    fields: &[
        VERSION,
        CO_DESIGNED_WITH,
        appraisal::CRITERIA,
        appraisal::OPTIONS,
        appraisal::PROCUREMENT,
        GAPS,
        DOCUMENT_TITLE,
        NUMBERING,
        Field::optional(
            "collects",
            Shape::List(&Shape::Group(COLUMN)),
            "The columns of a template for collecting data; a workbook and CSV files are made of them.",
            "",
        ),
        ADOPTED_BY,
        Field::optional(
            "replaces",
            Shape::Reference(Target::Kind("template")),
            "The version before this one, which has a page of its own.",
            "workstream-brief-1-0",
        ),
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
    check,
};

/// More columns than this nobody fills in.
const MAX_COLUMNS: usize = 500;

/// Columns have names of their own, and choices where they are chosen from.
fn check(fields: &Values) -> Vec<Diagnostic> {
    let mut problems = appraisal::check(fields);
    let mut names: Vec<String> = Vec::new();
    if let Some(column) = fields.groups("collects").nth(MAX_COLUMNS) {
        let message = format!("more than {MAX_COLUMNS} columns are collected, which nobody would fill in");
        problems.push(
            Diagnostic::error("collected-column", message)
                .at(column.span)
                .help("divide it into several templates"),
        );
        return problems;
    }
    for column in fields.groups("collects") {
        let Some(name) = column.value.spanned_text("column") else { continue };
        let folded = name.value.trim().to_lowercase();
        if names.contains(&folded) {
            let message =
                format!("the column `{}` stands here twice, so nobody can tell which is which", name.value);
            problems.push(
                Diagnostic::error("collected-column", message)
                    .at(name.span)
                    .help("give each column a heading of its own"),
            );
        }
        names.push(folded);
        let count = column.value.texts("choices").count();
        let is_choice = column.value.text("type") == Some("choice");
        if is_choice && count < 2 {
            let message = format!(
                "the column `{}` is a choice and needs two entries or more to choose from",
                name.value
            );
            let span = column.value.key_span("type").unwrap_or(name.span);
            problems.push(
                Diagnostic::error("collected-column", message)
                    .at(span)
                    .help("add a line such as choices: [CT, MRI]"),
            );
        } else if !is_choice && count > 0 {
            let message = format!("choices are given for the column `{}`, whose type takes none", name.value);
            let span = column.value.key_span("choices").unwrap_or(name.span);
            problems.push(
                Diagnostic::error("collected-column", message)
                    .at(span)
                    .help("write type: choice, or take the choices out"),
            );
        }
    }
    problems
}

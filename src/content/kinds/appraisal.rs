//! Options weighed by criteria: the fields, and what to check of them, of every kind of page that can hold them.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Value, Values};
use crate::source::Spanned;
use crate::text::list_words;

const OPTION: &[Field] = &[
    Field::always("name", Shape::Text, "The option.", "One lead provider"),
    Field::optional("about", Shape::Text, "What it means.", "One trust employs and buys for all"),
    Field::optional(
        "scores",
        Shape::Map(&Shape::Integer),
        "Its score for each criterion, by the criterion's name, from 0 to 10.",
        "{ Quality: 4 }",
    ),
];

const CRITERION: &[Field] = &[
    Field::always("name", Shape::Text, "The criterion.", "Quality"),
    Field::always("weight", Shape::Integer, "How much it counts beside the others.", "40"),
    Field::optional("about", Shape::Text, "What is judged by it.", "Safer, more even care"),
];

/// What options are judged by.
pub(super) const CRITERIA: Field =
    Field::optional("criteria", Shape::List(&Shape::Group(CRITERION)), "What options are judged by.", "");

/// The options and their scores.
pub(super) const OPTIONS: Field = Field::optional(
    "options",
    Shape::List(&Shape::Group(OPTION)),
    "Options that are weighed, with their scores.",
    "",
);

/// Whether a purchase is under way.
pub(super) const PROCUREMENT: Field = Field::optional(
    "procurement",
    Shape::Choice(&["live", "closed"]),
    "While a purchase is live, options and scores are not published.",
    "closed",
);

/// Weights above this are slips.
const MAX_WEIGHT: i64 = 1_000_000;

/// What no single field can say: criteria that count, scores for known criteria on one scale, names that tell apart, and
/// something to choose between.
pub(super) fn check(fields: &Values) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    check_weights(fields, &mut problems);
    check_scores(fields, &mut problems);
    check_names(fields, "criteria", ["criteria", "criterion"], &mut problems);
    check_names(fields, "options", ["options", "option"], &mut problems);
    // A draft is still being written.
    if problems.is_empty() && fields.text("status") != Some("draft") {
        check_choice(fields, &mut problems);
    }
    problems
}

fn names<'v>(fields: &'v Values, list: &str) -> Vec<Spanned<&'v str>> {
    fields.groups(list).filter_map(|each| each.value.spanned_text("name")).collect()
}

fn check_weights(fields: &Values, problems: &mut Vec<Diagnostic>) {
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
}

fn check_scores(fields: &Values, problems: &mut Vec<Diagnostic>) {
    let criteria: Vec<&str> = names(fields, "criteria").into_iter().map(|name| name.value).collect();
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
}

fn check_names(fields: &Values, list: &str, [many, one]: [&str; 2], problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for name in names(fields, list) {
        if !seen.insert(name.value.trim().to_lowercase()) {
            problems.push(
                Diagnostic::error(
                    "same-option",
                    format!("two {many} are called `{}`, so readers could not tell them apart", name.value),
                )
                .at(name.span)
                .help(format!("give each {one} a name of its own")),
            );
        }
    }
}

/// Whether there is something to choose between, and every option can be ranked.
fn check_choice(fields: &Values, problems: &mut Vec<Diagnostic>) {
    let (criteria, options) = (names(fields, "criteria"), names(fields, "options"));
    let Some(first) = options.first() else { return };
    if criteria.is_empty() {
        problems.push(
            Diagnostic::warning(
                "no-criteria",
                "there are options and no criteria, so readers would not see them",
            )
            .at(first.span)
            .help("add `criteria:`, each with a name and a weight"),
        );
        return;
    }
    if options.len() == 1 {
        problems.push(
            Diagnostic::warning(
                "one-option",
                format!("`{}` is the only option, so there is nothing to weigh it against", first.value),
            )
            .at(first.span)
            .help("add the other options, if only to keep things as they are"),
        );
    }
    let scores_of = |option: &Spanned<&Values>, criterion: &str| {
        option.value.group("scores").is_some_and(|scores| scores.get(criterion).is_some())
    };
    let unscored: BTreeSet<&str> = criteria
        .iter()
        .filter(|criterion| !fields.groups("options").any(|option| scores_of(&option, criterion.value)))
        .map(|criterion| criterion.value)
        .collect();
    // Where nobody scored anything the options say so.
    let is_begun = unscored.len() < criteria.len();
    for criterion in criteria.iter().filter(|criterion| is_begun && unscored.contains(criterion.value)) {
        problems.push(
            Diagnostic::warning(
                "criterion-unscored",
                format!("no option has a score for `{}`, so none can be ranked", criterion.value),
            )
            .at(criterion.span)
            .help("score every option for it, or take the criterion out"),
        );
    }
    for option in fields.groups("options") {
        let Some(name) = option.value.spanned_text("name") else { continue };
        let missing: Vec<String> = criteria
            .iter()
            .filter(|criterion| !(is_begun && unscored.contains(criterion.value)))
            .filter(|criterion| !scores_of(&option, criterion.value))
            .map(|criterion| format!("`{}`", criterion.value))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let what = if missing.len() == criteria.len() {
            "has no scores".to_string()
        } else {
            format!("has no score for {}", list_words(&missing, "or"))
        };
        problems.push(
            Diagnostic::warning(
                "option-unscored",
                format!("`{}` {what}, so it is shown without a total and a rank", name.value),
            )
            .at(name.span)
            .help(format!("write them below the option: scores: {{ {}: 5 }}", missing[0].trim_matches('`'))),
        );
    }
}
